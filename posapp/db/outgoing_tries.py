"""Which rows of the outbox are due, and the memory of their tries: all that a kill must not forget.

Rows of one order go out one after the other, in the order in which they were written; one that was refused holds
up those behind it. A note about money waits until the money is there, and holds up nothing.
"""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from sqlite3 import Connection

from posapp.db.rows import OUTGOING, from_text, to_text
from posapp.domain.outbox import UNDO_FOR, Outgoing, OutState

STILL_RUNNING = timedelta(seconds=90)  # a request that was not answered may be carried out for so long
FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(minutes=15)
JITTER = (0.7, 1.3)  # chance, so that tills do not march in step

_COLUMNS = ", ".join(f'g."{name}"' for name in OUTGOING.columns)
# A note about money is too early while a share of it has not left, or asks for a person.
_EARLY = (
    "g.message LIKE 'refunded%' AND (EXISTS (SELECT 1 FROM part p WHERE p.order_id = g.order_id "
    "AND p.state IN ('QUEUED', 'SUBMITTED')) OR EXISTS (SELECT 1 FROM attention_case c "
    "WHERE c.order_id = g.order_id AND c.is_open = 1 AND c.reason IN ('REFUND_FAILED', 'NEEDS_DETAILS')))"
)
_OPEN = (
    f"SELECT {_COLUMNS}, t.tries, t.next_at, t.begun_at, {_EARLY} "
    "FROM outgoing g LEFT JOIN outgoing_try t ON t.outgoing_id = g.id "
    "WHERE g.state IN ('WAITING', 'SENDING', 'REFUSED') ORDER BY g.rowid"
)
_DETAILS = "SELECT body FROM outgoing_details WHERE outgoing_id = ?"
_FORGET = (
    "DELETE FROM outgoing_details WHERE outgoing_id NOT IN "
    "(SELECT id FROM outgoing WHERE state IN ('WAITING', 'SENDING', 'REFUSED'))"
)
_WRITE = (
    "INSERT INTO outgoing_try (outgoing_id, tries, next_at, begun_at, words) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT (outgoing_id) DO UPDATE SET tries = excluded.tries, next_at = excluded.next_at, "
    "begun_at = excluded.begun_at, words = excluded.words"
)
_HURRY = (
    "UPDATE outgoing_try SET next_at = ?1 WHERE next_at > ?1 AND outgoing_id IN "
    "(SELECT id FROM outgoing WHERE state IN ('WAITING', 'SENDING') AND (?2 = '' OR \"to\" = ?2))"
)
_LEFT = "SELECT COUNT(*) FROM outgoing WHERE state IN ('WAITING', 'SENDING')"


@dataclass(slots=True)
class Try:
    """How far the sending of a row is. `begun_at` is None where nothing of it can be running over there."""

    outgoing_id: str
    tries: int = 0
    next_at: datetime | None = None
    begun_at: datetime | None = None
    words: str = ""

    def pause(self, now: datetime, asked_s: float = 0) -> datetime:
        """When to try again after one more that told nothing; at least as late as the other side asked for."""
        doubled_s = FIRST_PAUSE.total_seconds() * 2.0 ** min(self.tries, 10)
        wait_s = min(LONGEST_PAUSE.total_seconds(), doubled_s) * random.uniform(*JITTER)
        return now + timedelta(seconds=max(wait_s, asked_s))


@dataclass(slots=True)
class Due:
    """A row whose turn it is in its order, and when it may go."""

    row: Outgoing
    so_far: Try
    at: datetime


def turns(connection: Connection, now: datetime) -> list[Due]:
    """The row of each order whose turn it is, soonest first. A clock that was set back parks none of them."""
    found: list[Due] = []
    blocked: set[str] = set()
    for *columns, tries, next_at, begun_at, is_early in connection.execute(_OPEN).fetchall():
        row = OUTGOING.decode(tuple(columns))
        if row.order_id in blocked or is_early:
            continue
        blocked.add(row.order_id)
        if row.state != OutState.REFUSED:
            told = Try(row.id, tries or 0, _time(next_at), _time(begun_at))
            found.append(Due(row, told, _when(connection, row, told, now)))
    return sorted(found, key=lambda due: due.at)


def _when(connection: Connection, row: Outgoing, told: Try, now: datetime) -> datetime:
    """When a row may go. What lies further ahead than it can was written under another clock, and is mended."""
    mended = False
    if row.due_at > now + UNDO_FOR and told.next_at is None:
        told.next_at, mended = now + UNDO_FOR, True
    if told.next_at is not None and told.next_at > now + LONGEST_PAUSE * 4 + STILL_RUNNING:
        told.next_at, mended = now + STILL_RUNNING, True
    if told.begun_at is not None and told.begun_at > now:
        told.begun_at, mended = now, True
    if mended:
        write_try(connection, told)
    waits = [told.next_at] if told.next_at is not None else []
    waits += [row.due_at] if row.due_at <= now + UNDO_FOR else []
    waits += [told.begun_at + STILL_RUNNING] if told.begun_at is not None else []
    return max(waits)


def write_try(connection: Connection, told: Try) -> None:
    """Keep how far a row is; "" where nothing is known yet of when it goes."""
    begun_at = to_text(told.begun_at) if told.begun_at else None
    next_at = to_text(told.next_at) if told.next_at else ""
    connection.execute(_WRITE, (told.outgoing_id, told.tries, next_at, begun_at, told.words[:300]))


def hurry(connection: Connection, now: datetime, to: str = "") -> None:
    """The network is back, or a person asks: try at once what only waits for its next try."""
    connection.execute(_HURRY, (to_text(now), to))


def read_details(connection: Connection, outgoing_id: str) -> bytes | None:
    """The bank account that a row is to tell, as JSON; None where it is gone."""
    row = connection.execute(_DETAILS, (outgoing_id,)).fetchone()
    return None if row is None else str(row[0]).encode()


def forget_details(connection: Connection) -> None:
    """Delete every bank account that no row waits to tell."""
    connection.execute(_FORGET)


def still_to_send(connection: Connection) -> int:
    """How many rows are still to be sent."""
    return int(connection.execute(_LEFT).fetchone()[0])


def _time(text: str | None) -> datetime | None:
    return from_text(text) if text else None
