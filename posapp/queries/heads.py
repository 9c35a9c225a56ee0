"""Orders without their lines: what a list needs, many at a time, money derived by the domain."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from posapp.db.rows import CASE, PART, PAYMENT, Shape, from_text
from posapp.domain.attention import Reason
from posapp.domain.orders import Channel, CloseReason, Order, ShipStatus, Status
from posapp.domain.standing import FulfilmentMark, PaymentMark
from posapp.queries.reader import Reader

COLUMNS = (
    "o.id, o.number, o.channel, o.location_id, o.currency, o.placed_at, o.sequence, o.local_ref, o.remote_id, "
    "o.contact_id, o.status, o.ship_status, o.close_reason, o.confirmed_at, o.total_minor, o.history, "
    "COALESCE(c.name, ''), COALESCE(c.phone, '')"
)
# What a list shows of an order, for `order_rows`.
LISTED = (
    "o.id, o.number, o.local_ref, o.remote_id, o.placed_at, o.confirmed_at, COALESCE(c.name, ''), "
    "COALESCE(c.phone, ''), o.channel, o.payment_mark, o.fulfilment_mark, o.currency, o.total_minor, o.paid_minor, "
    "o.refunded_minor, o.owed_minor"
)
_BY_IDS = (
    f"SELECT {COLUMNS} FROM json_each(?) j CROSS JOIN orders o ON o.id = j.value "
    "LEFT JOIN contact c ON c.id = o.contact_id ORDER BY j.key"
)


def _of_orders(shape: Shape[Any], more: str = "") -> str:
    return f"{shape.select} WHERE order_id IN (SELECT value FROM json_each(?)){more} ORDER BY rowid"


_PAYMENTS, _PARTS = _of_orders(PAYMENT), _of_orders(PART)
_CASES = _of_orders(CASE, " AND is_open = 1")
_REASONS = (
    "SELECT order_id, reason FROM attention_case WHERE is_open = 1 "
    "AND order_id IN (SELECT value FROM json_each(?)) ORDER BY rowid"
)


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order in a list. Times are aware UTC; `confirmed_at` is when it was paid in full, if it was."""

    id: str
    number: str
    local_ref: str
    remote_id: str
    placed_at: datetime
    confirmed_at: datetime | None
    customer: str  # "" for a walk-in
    phone: str
    channel: Channel
    payment: PaymentMark
    fulfilment: FulfilmentMark
    currency: str
    total_minor: int
    paid_minor: int  # N: what was paid and is still with the merchant
    refunded_minor: int
    owed_minor: int
    reasons: tuple[Reason, ...]  # of open cases, oldest first


@dataclass(frozen=True, slots=True)
class Head:
    """An order without lines and closed cases, and who it is for."""

    order: Order
    customer: str
    phone: str


def order_rows(reader: Reader, found: Sequence[tuple[Any, ...]]) -> list[OrderRow]:
    """Make rows of `LISTED`; the reasons of open cases are read with them."""
    waiting = [row[0] for row in found if row[10] == FulfilmentMark.ATTENTION]
    reasons: dict[str, tuple[Reason, ...]] = {}
    for order_id, reason in reader.rows(_REASONS, (json.dumps(waiting),)) if waiting else ():
        reasons[order_id] = (*reasons.get(order_id, ()), Reason(reason))
    return [_order_row(row, reasons.get(row[0], ())) for row in found]


def _order_row(row: tuple[Any, ...], reasons: tuple[Reason, ...]) -> OrderRow:
    return OrderRow(
        id=row[0],
        number=row[1],
        local_ref=row[2],
        remote_id=row[3],
        placed_at=from_text(row[4]),
        confirmed_at=from_text(row[5]) if row[5] else None,
        customer=row[6],
        phone=row[7],
        channel=Channel(row[8]),
        payment=PaymentMark(row[9]),
        fulfilment=FulfilmentMark(row[10]),
        currency=row[11],
        total_minor=row[12],
        paid_minor=row[13],
        refunded_minor=row[14],
        owed_minor=row[15],
        reasons=reasons,
    )


def heads_of(reader: Reader, order_ids: Iterable[str]) -> list[Head]:
    """Heads by id, in the order of the ids."""
    with reader.snapshot():
        return complete(reader, reader.rows(_BY_IDS, (json.dumps(list(order_ids)),)))


def complete(reader: Reader, found: Sequence[tuple[Any, ...]]) -> list[Head]:
    """Make heads of rows of `COLUMNS`: their payments, parts and open cases are read with them."""
    heads = [_head(row) for row in found]
    orders = {head.order.id: head.order for head in heads}
    ids = (json.dumps(list(orders)),)
    for row in reader.rows(_PAYMENTS, ids):
        payment = PAYMENT.decode(row)
        orders[payment.order_id].payments.append(payment)
    for row in reader.rows(_PARTS, ids):
        part = PART.decode(row)
        orders[part.order_id].parts.append(part)
    for row in reader.rows(_CASES, ids):
        case = CASE.decode(row)
        orders[case.order_id].cases.append(case)
    return heads


def _head(row: tuple[Any, ...]) -> Head:
    order = Order(
        id=row[0],
        number=row[1],
        channel=Channel(row[2]),
        location_id=row[3],
        currency=row[4],
        placed_at=from_text(row[5]),
        sequence=row[6],
        local_ref=row[7],
        remote_id=row[8],
        contact_id=row[9],
        status=Status(row[10]),
        ship_status=ShipStatus(row[11]),
        close_reason=CloseReason(row[12]),
        confirmed_at=from_text(row[13]) if row[13] else None,
        total_minor=row[14],
        history=bool(row[15]),
    )
    return Head(order, row[16], row[17])
