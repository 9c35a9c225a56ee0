"""The print queue as the settings show it: what waits, what is in trouble, what was printed last."""

from dataclasses import dataclass
from datetime import datetime

from posapp.db.rows import from_text
from posapp.queries.reader import Reader

_JOBS = (
    "SELECT j.id, j.kind, COALESCE(o.number, ''), j.copy, j.torn, j.state, j.trouble, j.asked_at FROM print_job j "
    "LEFT JOIN orders o ON o.id = j.subject AND j.kind = 'receipt' "
)
_OPEN = f"{_JOBS} WHERE j.state IN ('waiting', 'printing') ORDER BY j.id LIMIT ?"
_DONE = f"{_JOBS} WHERE j.state NOT IN ('waiting', 'printing') ORDER BY j.id DESC LIMIT ?"


@dataclass(frozen=True, slots=True)
class PrintJobRow:
    """A job of the queue. `trouble` is a code while it waits, words for a job that failed."""

    id: int
    kind: str  # receipt, z, test
    number: str  # of its order
    copy: bool
    torn: bool  # a part of it may be on paper already
    state: str  # waiting, printing, printed, cancelled, failed
    trouble: str
    asked_at: datetime

    @property
    def is_open(self) -> bool:
        """Whether it can be cancelled."""
        return self.state in ("waiting", "printing")


def print_jobs(reader: Reader, *, open_most: int = 20, done_most: int = 5) -> tuple[PrintJobRow, ...]:
    """What is not printed yet, first of it first, then what was done last, newest first."""
    with reader.snapshot():
        rows = [*reader.rows(_OPEN, (open_most,)), *reader.rows(_DONE, (done_most,))]
    return tuple(
        PrintJobRow(job_id, kind, number, bool(copy), bool(torn), state, trouble, from_text(asked_at))
        for job_id, kind, number, copy, torn, state, trouble, asked_at in rows
    )
