"""What still has to reach the outside, as the window shows it: what waits, and what was refused."""

from dataclasses import dataclass
from datetime import datetime

from posapp.db.rows import from_text
from posapp.domain.outbox import OutKind, OutState
from posapp.queries.reader import Reader, Row

_COUNTS = (
    "SELECT COUNT(NULLIF(state = 'REFUSED', 1)), COUNT(NULLIF(state = 'REFUSED', 0)) FROM outgoing "
    "WHERE state IN ('WAITING', 'SENDING', 'REFUSED')"
)
_ROWS = (
    "SELECT g.id, g.order_id, o.number, COALESCE(c.name, ''), g.kind, g.\"to\", o.currency, "
    "COALESCE(p.amount_minor, r.amount_minor, 0), g.state, COALESCE(NULLIF(g.words, ''), t.words, ''), "
    "COALESCE(t.tries, 0), t.next_at, g.due_at, COALESCE(r.decided_at, g.due_at) "
    "FROM outgoing g JOIN orders o ON o.id = g.order_id LEFT JOIN contact c ON c.id = o.contact_id "
    "LEFT JOIN part p ON p.id = g.part_id LEFT JOIN refund r ON r.id = g.refund_id "
    "LEFT JOIN outgoing_try t ON t.outgoing_id = g.id "
    "WHERE g.state IN ('WAITING', 'SENDING', 'REFUSED') ORDER BY g.rowid"
)


@dataclass(frozen=True, slots=True)
class OutboxCounts:
    """How much is still to be sent (`waiting`), and what a person must look at (`refused`)."""

    waiting: int
    refused: int


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One thing that the outside has not acknowledged. Times are aware UTC.

    `words` says why it was refused, or what the last try met; "" where nothing went wrong so far.
    """

    id: str
    order_id: str
    number: str  # of the order
    customer: str  # "" for a walk-in
    kind: OutKind
    to: str  # the web shop's connection, or the payment provider's name
    currency: str
    amount_minor: int  # 0 where no money is in it
    state: OutState  # WAITING, SENDING (it may have arrived) or REFUSED (parked)
    words: str
    tries: int
    next_at: datetime | None  # when it is tried next; None: as soon as it may
    due_at: datetime  # not sent before: until then its decision can be undone
    since: datetime  # when it was decided


def outbox_counts(reader: Reader) -> OutboxCounts:
    """How many things wait to be sent, and how many were refused."""
    return OutboxCounts(*reader.rows(_COUNTS)[0])


def outbox_rows(reader: Reader) -> tuple[OutboxRow, ...]:
    """Everything that was not acknowledged yet, in the order in which it was written."""
    return tuple(map(_row, reader.rows(_ROWS)))


def _row(row: Row) -> OutboxRow:
    outgoing_id, order_id, number, customer, kind, to, currency, amount, state, words, *more = row
    tries, next_at, due_at, since = more
    return OutboxRow(
        outgoing_id, order_id, number, customer, OutKind(kind), to, currency, amount, OutState(state), words, tries,
        from_text(next_at) if next_at else None, from_text(due_at), from_text(since),
    )  # fmt: skip
