"""Writing the print queue; every function works inside the caller's transaction."""

from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Connection

from posapp.db.rows import to_text

RECEIPT, Z, TEST = "receipt", "z", "test"
_COLUMNS = "id, kind, subject, copy, torn, attempts"
_OPEN = "state IN ('waiting', 'printing')"


@dataclass(frozen=True, slots=True)
class Job:
    """A job whose turn it is. `copy`: it was asked for as one, or the same was printed before."""

    id: int
    kind: str
    subject: str
    copy: bool
    torn: bool
    attempts: int


def ask_for(connection: Connection, kind: str, subject: str, at: datetime, *, copy: bool = False) -> int:
    """Put something at the end of the queue; gives its id."""
    sql = "INSERT INTO print_job (kind, subject, copy, asked_at) VALUES (?, ?, ?, ?) RETURNING id"
    return int(connection.execute(sql, (kind, subject, int(copy), to_text(at))).fetchone()[0])


def take_up(connection: Connection) -> None:
    """After a start: what was being printed when the program ended may be on paper, in part or whole."""
    connection.execute("UPDATE print_job SET state = 'waiting', torn = 1 WHERE state = 'printing'")


def next_job(connection: Connection) -> Job | None:
    """The one whose turn it is, None where nothing waits."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM print_job WHERE {_OPEN} ORDER BY id LIMIT 1").fetchone()
    if row is None:
        return None
    job_id, kind, subject, copy, torn, attempts = row
    before = connection.execute(
        "SELECT 1 FROM print_job WHERE kind = ? AND subject = ? AND id < ? AND (state = 'printed' OR torn = 1) "
        "AND kind <> 'test' LIMIT 1",
        (kind, subject, job_id),
    ).fetchone()
    return Job(job_id, kind, subject, bool(copy or before), bool(torn), attempts)


def begin(connection: Connection, job_id: int) -> bool:
    """Write down that its first byte is about to leave; False when it was cancelled meanwhile."""
    changed = connection.execute(
        f"UPDATE print_job SET state = 'printing', attempts = attempts + 1 WHERE id = ? AND {_OPEN}",
        (job_id,),
    )
    return changed.rowcount == 1


def is_open(connection: Connection, job_id: int) -> bool:
    """Whether it is still to be printed."""
    sql = f"SELECT 1 FROM print_job WHERE id = ? AND {_OPEN}"
    return connection.execute(sql, (job_id,)).fetchone() is not None


def finish(connection: Connection, job_id: int) -> None:
    """It is on paper."""
    connection.execute("UPDATE print_job SET state = 'printed', trouble = '' WHERE id = ?", (job_id,))


def put_back(connection: Connection, job_id: int, trouble: str, *, torn: bool) -> None:
    """It waits again, because of this trouble; once torn, it stays so."""
    connection.execute(
        f"UPDATE print_job SET state = 'waiting', trouble = ?, torn = max(torn, ?) WHERE id = ? AND {_OPEN}",
        (trouble, int(torn), job_id),
    )


def give_up(connection: Connection, job_id: int, state: str, trouble: str = "") -> None:
    """Cancelled by a person, or failed for good; what is printed stays printed."""
    connection.execute(
        f"UPDATE print_job SET state = ?, trouble = ? WHERE id = ? AND {_OPEN}", (state, trouble, job_id)
    )


def repeat(connection: Connection, job_id: int, at: datetime) -> None:
    """Have the same once more, as a copy."""
    connection.execute(
        "INSERT INTO print_job (kind, subject, copy, asked_at) SELECT kind, subject, 1, ? FROM print_job WHERE id = ?",
        (to_text(at), job_id),
    )


def waiting(connection: Connection) -> int:
    """How many are not printed yet."""
    return int(connection.execute(f"SELECT count(*) FROM print_job WHERE {_OPEN}").fetchone()[0])
