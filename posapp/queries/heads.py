"""Orders without their lines: what a list needs, many at a time, money derived by the domain."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from posapp.db.rows import CASE, PART, PAYMENT, Shape, from_text
from posapp.domain.attention import Reason
from posapp.domain.orders import Channel, CloseReason, Order, ShipStatus, Status
from posapp.queries.reader import Reader
from posapp.queries.standing import FulfilmentMark, PaymentMark, fulfilment_mark, payment_mark

COLUMNS = (
    "o.id, o.number, o.channel, o.location_id, o.currency, o.placed_at, o.sequence, o.local_ref, o.remote_id, "
    "o.contact_id, o.status, o.ship_status, o.close_reason, o.confirmed_at, o.total_minor, o.history, "
    "COALESCE(c.name, ''), COALESCE(c.phone, '')"
)
_BY_IDS = (
    f"SELECT {COLUMNS} FROM json_each(?) j CROSS JOIN orders o ON o.id = j.value "
    "LEFT JOIN contact c ON c.id = o.contact_id ORDER BY j.key"
)


def _of_orders(shape: Shape[Any], more: str = "") -> str:
    return f"{shape.select} WHERE order_id IN (SELECT value FROM json_each(?)){more} ORDER BY rowid"


_PAYMENTS, _PARTS = _of_orders(PAYMENT), _of_orders(PART)
_CASES = _of_orders(CASE, " AND is_open = 1")


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

    def row(self) -> OrderRow:
        """The order as a list shows it."""
        order = self.order
        return OrderRow(
            id=order.id,
            number=order.number,
            local_ref=order.local_ref,
            remote_id=order.remote_id,
            placed_at=order.placed_at,
            confirmed_at=order.confirmed_at,
            customer=self.customer,
            phone=self.phone,
            channel=order.channel,
            payment=payment_mark(order),
            fulfilment=fulfilment_mark(order),
            currency=order.currency,
            total_minor=order.total_minor,
            paid_minor=order.paid_minor,
            refunded_minor=order.refunded_minor,
            owed_minor=order.owed_minor,
            reasons=tuple(case.reason for case in order.cases),
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
