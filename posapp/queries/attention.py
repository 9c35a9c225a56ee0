"""Orders that need a person: how many, which, since when, and what each is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from posapp.domain.attention import SHORT_REASONS, Case, Reason
from posapp.domain.orders import Channel, Order
from posapp.domain.payments import SENT_OUT, PartState, PaymentState
from posapp.queries.heads import Head, heads_of
from posapp.queries.reader import Reader

MOST_ROWS = 256
_STUCK = (PartState.FAILED, PartState.NEEDS_DETAILS)  # money that goes nowhere until a person does something
_COUNT = "SELECT COUNT(DISTINCT order_id) FROM attention_case WHERE is_open = 1"
_OPEN = (
    "SELECT DISTINCT a.order_id, COALESCE(o.queue_at, o.placed_at) FROM attention_case a "
    "CROSS JOIN orders o ON o.id = a.order_id WHERE a.is_open = 1"
)
_LINES = (
    "SELECT order_id, id, name, sku, qty - refunded_qty, confirmed_qty - refunded_qty, "
    "confirmed_qty - refunded_qty - allocated_qty - handed_over_qty "
    "FROM order_line WHERE order_id = ? ORDER BY position, id"
)
_ARRIVED = (
    "SELECT o.id, o.number, COALESCE(c.name, ''), l.name, "
    "l.confirmed_qty - l.refunded_qty - l.allocated_qty - l.handed_over_qty AS short, "
    "CASE WHEN l.components = '{}' "
    "THEN (SELECT v.on_hand - v.allocated FROM level v WHERE v.id = l.item_id || '@' || o.location_id) "
    "ELSE (SELECT MIN(COALESCE(v.on_hand - v.allocated, 0) / j.value) FROM json_each(l.components) j "
    "LEFT JOIN level v ON v.id = j.key || '@' || o.location_id) END AS free "
    "FROM (SELECT DISTINCT order_id FROM attention_case WHERE is_open = 1 "
    "AND reason IN ('SHORTAGE', 'STOCK_DEFICIT')) waits CROSS JOIN orders o ON o.id = waits.order_id "
    "CROSS JOIN order_line l ON l.order_id = o.id "
    "LEFT JOIN contact c ON c.id = o.contact_id "
    "WHERE o.status IN ('PROCESSING', 'COMPLETED') AND l.tracked = 1 AND short > 0 AND free > 0 "
    "ORDER BY o.queue_at, o.queue_seq, o.id, l.position LIMIT 256"
)


class Sort(StrEnum):
    """In what order the list stands."""

    OLDEST = "oldest"  # oldest payment first
    NEWEST = "newest"
    NUMBER = "number"
    AMOUNT = "amount"  # most money first


@dataclass(frozen=True, slots=True)
class AttentionLine:
    """What one line of a waiting order is about: `short` of `wanted`; 0 short where stock is not the matter."""

    name: str
    sku: str
    wanted: int
    short: int


@dataclass(frozen=True, slots=True)
class AttentionRow:
    """An order that needs a person. Times are aware UTC, amounts minor units."""

    id: str
    number: str
    remote_id: str
    channel: Channel
    customer: str
    phone: str
    currency: str
    paid_at: datetime | None  # the payment it is about; None if no money came
    waiting_since: datetime  # when its oldest open case was opened, or a payment that hangs was announced
    reasons: tuple[Reason, ...]  # oldest first
    lines: tuple[AttentionLine, ...]  # the short ones; for other reasons every line
    was_cancelled: bool
    total_minor: int
    paid_minor: int  # what came, late money included, and was not given back
    credit_minor: int  # paid above the total
    balance_minor: int  # what is missing up to the total
    owed_minor: int  # what the customer must get back
    pending_minor: int  # announced and not there yet
    shop_change: str  # what the web shop did: "cancelled", "edited", "refunded", …
    refund_minor: int = 0  # of refunds that failed or wait for a bank account


@dataclass(frozen=True, slots=True)
class Arrival:
    """Free units that a waiting order could have. Until somebody gives them, a newer payment may take them."""

    order_id: str
    number: str
    customer: str
    name: str
    short: int
    free_now: int


def attention_count(reader: Reader) -> int:
    """How many orders need a person; an order with two cases is one."""
    return int(reader.value(_COUNT))


def attention_rows(
    reader: Reader, why: Sequence[Reason] = (), sort: Sort = Sort.OLDEST
) -> tuple[AttentionRow, ...]:
    """List the orders that need a person, at most 256; `why` keeps those with one of these reasons."""
    sql, wanted = _OPEN, [str(reason) for reason in why]
    if wanted:
        sql += f" AND a.reason IN ({', '.join('?' * len(wanted))})"
    with reader.snapshot():
        ids = [row[0] for row in reader.rows(f"{sql} ORDER BY 2, 1", wanted)]
        heads = heads_of(reader, _first(reader, ids, sort))
        rows = [_row(reader, head) for head in heads]
    return tuple(_sorted(rows, sort))


def _first(reader: Reader, ids: list[str], sort: Sort) -> list[str]:
    """Leave out what would not be shown, before anything is read for it."""
    return ids[-MOST_ROWS:] if sort == Sort.NEWEST else ids[:MOST_ROWS]


def _sorted(rows: list[AttentionRow], sort: Sort) -> list[AttentionRow]:
    match sort:
        case Sort.NUMBER:
            return sorted(rows, key=lambda row: (len(row.number), row.number))
        case Sort.AMOUNT:
            return sorted(rows, key=lambda row: (-row.paid_minor, row.id))
        case Sort.OLDEST | Sort.NEWEST:
            newest = sort == Sort.NEWEST
            return sorted(rows, key=lambda row: (row.paid_at or row.waiting_since, row.id), reverse=newest)


def _row(reader: Reader, head: Head) -> AttentionRow:
    order = head.order
    cases = sorted(order.cases, key=lambda case: (case.opened_at, case.id))
    paid = max(0, order.paid_minor)
    living = order.close_reason == ""
    return AttentionRow(
        id=order.id,
        number=order.number,
        remote_id=order.remote_id,
        channel=order.channel,
        customer=head.customer,
        phone=head.phone,
        currency=order.currency,
        paid_at=paid_at(order),
        waiting_since=min(_since(order, case) for case in cases),
        reasons=tuple(case.reason for case in cases),
        lines=_lines(reader, order, cases),
        was_cancelled=not living,
        total_minor=order.total_minor,
        paid_minor=paid + order.unapplied_minor,
        credit_minor=max(0, paid - order.total_minor) if living else 0,
        balance_minor=max(0, order.total_minor - paid) if living else 0,
        owed_minor=order.owed_minor,
        pending_minor=sum(p.credited_minor for p in order.payments if p.state == PaymentState.PENDING),
        shop_change=next((c.detail for c in cases if c.reason == Reason.SHOP_CHANGED), ""),
        refund_minor=sum(
            part.amount_minor for part in order.parts if part.route in SENT_OUT and part.state in _STUCK
        ),
    )


def _since(order: Order, case: Case) -> datetime:
    """Since when the customer waits: a payment that hangs did so before the till was told of it."""
    if case.reason != Reason.PAYMENT_DELAYED:
        return case.opened_at
    hanging = [p.paid_at for p in order.payments if p.state == PaymentState.PENDING]
    return min((case.opened_at, *hanging))


def paid_at(order: Order) -> datetime | None:
    """When the money came that an order's cases are about: late money, the completing payment, or the last."""
    counted = [p for p in order.payments if p.state == PaymentState.SUCCEEDED]
    late = [p.paid_at for p in counted if not p.applied and order.left_of(p) > 0]
    if late:
        return min(late)
    if order.confirmed_at is not None:
        return order.confirmed_at
    return max((p.paid_at for p in counted or order.payments), default=None)


def _lines(reader: Reader, order: Order, cases: list[Case]) -> tuple[AttentionLine, ...]:
    is_short = any(case.reason in SHORT_REASONS for case in cases)
    found = reader.rows(_LINES, (order.id,))
    if is_short:
        return tuple(
            AttentionLine(name, sku, wanted, short)
            for _, _, name, sku, _, wanted, short in found
            if short > 0
        )
    return tuple(AttentionLine(name, sku, units, 0) for _, _, name, sku, units, _, _ in found if units > 0)


def arrived_for(reader: Reader) -> tuple[Arrival, ...]:
    """Waiting orders for which units are free now, oldest place first.

    Only with *fill waiting orders automatically* switched off can there be any.
    """
    return tuple(Arrival(*row) for row in reader.rows(_ARRIVED))
