"""Orders that wait at the counter for whoever comes for them: paid ones, and those that are paid on the spot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from posapp.db.rows import from_text
from posapp.domain.paying import ON_DELIVERY
from posapp.queries.order_conditions import PAYMENT
from posapp.queries.reader import Reader, Row
from posapp.queries.search import order_hits, tidy

PAGE_ROWS = 256
_HELD = "EXISTS (SELECT 1 FROM order_line l WHERE l.order_id = o.id AND l.allocated_qty > 0)"
_COLUMNS = "SELECT o.id, o.number, o.remote_id, o.channel, COALESCE(c.name, ''), COALESCE(c.phone, ''), o.confirmed_at"
_WAITING = f"o.status = 'PROCESSING' AND {PAYMENT['paid']} AND {_HELD}"
_ALL = (
    f"{_COLUMNS} FROM orders o LEFT JOIN contact c ON c.id = o.contact_id WHERE {_WAITING} "
    f"ORDER BY o.placed_at, o.id LIMIT {PAGE_ROWS}"
)
_FOUND = (
    f"{_COLUMNS} FROM ({{hits}}) h CROSS JOIN orders o ON o.id = h.id LEFT JOIN contact c ON c.id = o.contact_id "
    f"WHERE {_WAITING} ORDER BY o.placed_at, o.id LIMIT {PAGE_ROWS}"
)
_UNPAID = (
    "SELECT o.id, o.number, o.remote_id, o.channel, COALESCE(c.name, ''), COALESCE(c.phone, ''), o.payment_mark "
    "FROM ({hits}) h CROSS JOIN orders o ON o.id = h.id LEFT JOIN contact c ON c.id = o.contact_id "
    f"WHERE o.status = 'OPEN' AND (o.channel IN ('MANUAL', 'COUNTER') OR o.payment_method = '{ON_DELIVERY}') "
    f"ORDER BY o.placed_at DESC, o.id DESC LIMIT {PAGE_ROWS}"
)
_LINES = (
    "SELECT id, name, allocated_qty, confirmed_qty - refunded_qty - allocated_qty - handed_over_qty "
    "FROM order_line WHERE order_id = ? AND confirmed_qty > refunded_qty ORDER BY position, id"
)


@dataclass(frozen=True, slots=True)
class HeldUnits:
    """A line that waits: units that are held for the customer, and units that are missing."""

    line_id: str
    name: str
    held: int
    short: int


@dataclass(frozen=True, slots=True)
class Collectable:
    """A paid order with units on the shelf; handing over is `HandOver` of all or some of them."""

    order_id: str
    number: str
    remote_id: str  # the web shop's number, "" where it did not come from there
    channel: str
    customer: str  # "" for a walk-in
    phone: str
    paid_at: datetime | None
    lines: tuple[HeldUnits, ...]

    @property
    def units(self) -> int:
        """Units that can be handed over now."""
        return sum(line.held for line in self.lines)


@dataclass(frozen=True, slots=True)
class ToPay:
    """An unpaid order that is paid when somebody comes for it: made here, or in the web shop to pay on delivery."""

    order_id: str
    number: str
    remote_id: str
    channel: str
    customer: str
    phone: str
    mark: str  # its payment chip: unpaid, partly, or awaiting a transfer that was announced


def collectable(reader: Reader, typed: str = "") -> Sequence[Collectable]:
    """Orders to be collected that a typed name, number or phone may mean; oldest first, all without a text."""
    with reader.snapshot():
        if tidy(typed):
            hits = order_hits(typed, reader.settings().currency)
            rows = reader.rows(_FOUND.format(hits=hits.sql), hits.parameters)
        else:
            rows = reader.rows(_ALL)
        return [_row(reader, row) for row in rows]


def to_pay(reader: Reader, typed: str) -> Sequence[ToPay]:
    """Unpaid orders that a typed name, number or phone may mean and that can be paid here; newest first."""
    if not tidy(typed):
        return ()
    hits = order_hits(typed, reader.settings().currency)
    return [ToPay(*row) for row in reader.rows(_UNPAID.format(hits=hits.sql), hits.parameters)]


def _row(reader: Reader, row: Row) -> Collectable:
    order_id, number, remote_id, channel, customer, phone, paid_at = row
    paid = from_text(paid_at) if paid_at else None
    lines = _held(reader, order_id)
    return Collectable(order_id, number, remote_id, channel, customer, phone, paid, lines)


def _held(reader: Reader, order_id: str) -> tuple[HeldUnits, ...]:
    lines = (HeldUnits(*row) for row in reader.rows(_LINES, (order_id,)))
    return tuple(line for line in lines if line.held or line.short)
