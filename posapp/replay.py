"""Replaying the journal into an empty database, and comparing everything it governs.

A command holds all it needs and a handler reads no clock and no chance, so the same
journal gives the same rows. Where it does not, a row was touched behind the desk's back,
or a release changed what an old command does. Both must be said, never mended silently.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from sqlite3 import Connection
from typing import Any

import msgspec

from posapp.commands.handlers import DECODER
from posapp.db import database, journal
from posapp.db.journal import Entry
from posapp.db.rows import from_text
from posapp.db.schema import GOVERNED
from posapp.desk import apply
from posapp.domain.errors import Refused

SHOWN = 50  # differences that are told one by one; the others are counted
EVERY = 1_000  # commands between two words of progress


@dataclass(slots=True)
class Replayed:
    """What a replay found; `differences` are sentences, the first ones only, `found` counts all."""

    commands: int = 0
    rows: int = 0
    found: int = 0
    differences: list[str] = field(default_factory=list)

    def differs(self, words: str) -> None:
        """Note a difference."""
        self.found += 1
        if self.found <= SHOWN:
            self.differences.append(words)


def check_replay(stored: Connection, *, progress: Callable[[int], None] = lambda done: None) -> Replayed:
    """Replay the journal of a database and compare. Only reads; a writer may go on beside it.

    The caller has begun a transaction on `stored`, so that journal and rows are of one moment.
    """
    assert stored.in_transaction, "rows and journal must be of one moment"
    result = Replayed()
    rebuilt = database.open_memory()
    try:
        _replay(stored, rebuilt, result, progress)
        for table in GOVERNED:
            _compare(stored, rebuilt, table, result)
    finally:
        rebuilt.close()
    return result


def check_chain(stored: Connection) -> Iterator[str]:
    """Say every place where the journal was altered, as far as its own hashes tell."""
    previous, expected = journal.START, 1
    for seq, entry, linked in journal.entries(stored):
        if seq != expected:
            yield f"journal: after entry {expected - 1} comes entry {seq}; what lay between is gone or was moved"
        if linked != entry.chained(previous):
            yield f"journal: entry {seq} ({entry.id}) does not fit its hash: it, or the one before, was altered"
        previous, expected = linked, seq + 1
    given = stored.execute("SELECT seq FROM sqlite_sequence WHERE name = 'journal'").fetchone()
    if (given[0] if given else 0) != expected - 1:
        yield f"journal: it ends at entry {expected - 1}, but {given[0] if given else 0} were written"


def _replay(
    stored: Connection, rebuilt: Connection, result: Replayed, progress: Callable[[int], None]
) -> None:
    """Carry out every entry again, in one transaction: nobody needs to see it half done."""
    for words in check_chain(stored):
        result.differs(words)
    rebuilt.execute("BEGIN")
    for seq, entry, _ in journal.entries(stored):
        trouble = _carry_out(rebuilt, entry)
        if trouble:
            result.differs(f"journal: entry {seq} ({entry.id}) {trouble}")
        result.commands += 1
        if result.commands % EVERY == 0:
            progress(result.commands)
    rebuilt.execute("COMMIT")


def _carry_out(rebuilt: Connection, entry: Entry) -> str:
    """Do one command again; says what is wrong with it, "" where nothing is."""
    rebuilt.execute("SAVEPOINT entry")
    try:
        command = DECODER.decode(entry.body)
        answer, _ = apply(rebuilt, command, from_text(entry.recorded_at))
        journal.append(rebuilt, entry)
    except msgspec.MsgspecError as error:
        trouble = f"cannot be read: {error}"
    except Refused as refusal:
        trouble = f"is refused now, though it was accepted then: {refusal.message}"
    except Exception as error:  # noqa: BLE001 - what an altered entry breaks in a handler is a finding, not a fault
        trouble = f"cannot be carried out again: {type(error).__name__}: {error}"
    else:
        rebuilt.execute("RELEASE entry")
        same = (answer, command.id, command.actor) == (entry.answer, entry.id, entry.actor)
        return "" if same else f"answers {answer!r} now; {entry.answer!r} stands in the journal"
    rebuilt.execute("ROLLBACK TO entry")
    rebuilt.execute("RELEASE entry")
    return trouble


def _compare(stored: Connection, rebuilt: Connection, table: Any, result: Replayed) -> None:
    """Walk both tables by primary key, side by side, and tell every row that is not the same in both."""
    name, key = table._meta.table_name, table._meta.primary_key.column_name
    columns = [column.column_name for column in table._meta.sorted_fields]
    listed = ", ".join(f'"{column}"' for column in columns)
    sql = f'SELECT "{key}", {listed} FROM "{name}" ORDER BY "{key}"'  # noqa: S608 - names of our own tables
    here, there = stored.execute(sql), rebuilt.execute(sql)
    old, new = here.fetchone(), there.fetchone()
    while old or new:
        if new is None or (old and old[0] < new[0]):
            result.differs(f"{name} {old[0]}: this row does not come from the journal")
            old = here.fetchone()
        elif old is None or new[0] < old[0]:
            result.differs(f"{name} {new[0]}: the journal makes this row, but it is gone")
            new = there.fetchone()
        else:
            _compare_row(name, columns, old, new, result)
            old, new = here.fetchone(), there.fetchone()
        result.rows += 1


def _compare_row(
    name: str, columns: list[str], old: tuple[Any, ...], new: tuple[Any, ...], result: Replayed
) -> None:
    if old == new:
        return
    for column, is_now, must_be in zip(columns, old[1:], new[1:], strict=True):
        if is_now != must_be:
            words = f"{name} {old[0]}: {column} is {_short(is_now)}, the journal makes it {_short(must_be)}"
            result.differs(words)


def _short(value: object) -> str:
    words = repr(value)
    return words if len(words) <= 100 else words[:99] + "…"
