"""The journal: what was done, by whom, when, in a chain that shows every later touch."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from sqlite3 import Connection

_LAST = "SELECT hash FROM journal ORDER BY seq DESC LIMIT 1"
_INSERT = (
    "INSERT INTO journal (id, till, actor, recorded_at, body, answer, hash) VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_ANSWER = "SELECT answer FROM journal WHERE id = ?"
_ALL = "SELECT seq, id, till, actor, recorded_at, body, answer, hash FROM journal ORDER BY seq"
START = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One command as it is written down; `body` is its JSON, `answer` what it gave back."""

    id: str
    till: str
    actor: str
    recorded_at: str
    body: str
    answer: str

    def chained(self, previous: str) -> str:
        """The hash of this entry: of all it says and of the hash before."""
        parts = (previous, self.id, self.till, self.actor, self.recorded_at, self.body, self.answer)
        return sha256("\x1f".join(parts).encode()).hexdigest()


def first_answer(connection: Connection, command_id: str) -> str | None:
    """What a command answered when it was first carried out, None if it never was."""
    row = connection.execute(_ANSWER, (command_id,)).fetchone()
    return None if row is None else str(row[0])


def append(connection: Connection, entry: Entry) -> None:
    """Add a command to the end of the journal."""
    last = connection.execute(_LAST).fetchone()
    linked = entry.chained(last[0] if last else START)
    connection.execute(
        _INSERT, (entry.id, entry.till, entry.actor, entry.recorded_at, entry.body, entry.answer, linked)
    )


def entries(connection: Connection) -> Iterator[tuple[int, Entry, str]]:
    """Every place, entry and stored hash, from the first to the last."""
    for seq, *parts, stored in connection.execute(_ALL):
        yield seq, Entry(*parts), stored
