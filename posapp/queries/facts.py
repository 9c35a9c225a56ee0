"""Orders as scripts read them: every number of an order under its documented name.

The names are a promise (docs/command-line.md): fields are added, none is renamed.
Amounts are minor units of `currency`, times ISO 8601 in UTC.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from sqlite3 import Connection
from typing import Any

import msgspec

from posapp.db.rows import CASE, LINE, ORDER, PART, PAYMENT, REFUND, Shape, to_text
from posapp.domain.attention import SHORT_REASONS
from posapp.domain.lines import Line
from posapp.domain.orders import Order

CHUNK = 200  # orders read together; few enough to begin printing soon
_CHILDREN: tuple[tuple[str, Shape[Any]], ...] = (
    ("lines", LINE),
    ("payments", PAYMENT),
    ("refunds", REFUND),
    ("parts", PART),
    ("cases", CASE),
)


class LineFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One line; two lines of one product stay two. Quantities are units."""

    sku: str
    name: str
    ordered: int
    wanted: int
    held: int
    short: int
    refunded: int
    handed_over: int
    tracked: bool
    unit_price_minor: int
    total_minor: int  # what is left of the line with its tax


class PaymentFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One payment or attempt; `applied` is false for money that came for a closed order."""

    method: str
    state: str
    amount_minor: int  # without the fee that the customer bore
    gross_minor: int
    left_minor: int  # what of it has not been given back
    reference: str
    provider: str
    paid_at: str
    applied: bool


class PartFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One share of a refund: by which way it goes back, and how far its money is."""

    route: str
    state: str
    amount_minor: int
    reference: str


class RefundFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One decision to give money back."""

    kind: str
    amount_minor: int
    sales_minor: int  # what it took off Total Sales
    decided_at: str
    actor: str
    reason: str
    parts: tuple[PartFacts, ...]


class CaseFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One reason why the order needed a person, and how it ended; `resolution` "" while it is open."""

    reason: str
    detail: str
    opened_at: str
    resolution: str
    resolved_by: str
    resolved_at: str | None


class OrderFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One order as it is now."""

    number: str
    remote_id: str
    local_ref: str
    channel: str
    customer: str
    placed_at: str
    confirmed_at: str | None
    status: str
    payment_status: str
    ship_status: str
    total_minor: int
    paid_minor: int
    refunded_minor: int
    owed_minor: int
    attention: tuple[str, ...]
    overtaken_by: str | None  # number of the order that took the missing units
    lines: tuple[LineFacts, ...]
    currency: str
    balance_minor: int  # what is still to be paid
    total_placed_minor: int
    shipping_minor: int
    discount_minor: int
    close_reason: str
    cancelled_at: str | None
    version: int
    payments: tuple[PaymentFacts, ...]
    refunds: tuple[RefundFacts, ...]
    cases: tuple[CaseFacts, ...]


def order_facts(connection: Connection, order_id: str) -> OrderFacts:
    """One order. Raises `KeyError` where there is none."""
    for facts in orders_facts(connection, [order_id]):
        return facts
    raise KeyError(order_id)


def orders_facts(connection: Connection, order_ids: Iterable[str]) -> Iterator[OrderFacts]:
    """Orders in the order of the ids, read in chunks, so that a long list costs little memory."""
    ids = iter(order_ids)
    while chunk := list(islice(ids, CHUNK)):
        yield from _read(connection, chunk)


def _read(connection: Connection, ids: Sequence[str]) -> Iterator[OrderFacts]:
    marks = ",".join("?" * len(ids))
    rows = connection.execute(f"{ORDER.select} WHERE id IN ({marks})", ids).fetchall()
    orders = {order.id: order for order in map(ORDER.decode, rows)}
    for field, shape in _CHILDREN:
        for row in connection.execute(f"{shape.select} WHERE order_id IN ({marks}) ORDER BY rowid", ids):
            child = shape.decode(row)
            getattr(orders[child.order_id], field).append(child)
    names = _column(connection, "name", "contact", (o.contact_id for o in orders.values()))
    takers = (case.overtaken_by for o in orders.values() for case in o.cases if case.is_open)
    numbers = _column(connection, "number", "orders", takers)
    for order_id in ids:
        if order_id in orders:
            order = orders[order_id]
            yield _facts(order, names.get(order.contact_id, ""), numbers)


def _column(connection: Connection, column: str, table: str, ids: Iterable[str]) -> dict[str, str]:
    wanted = sorted({some for some in ids if some})
    marks = ",".join("?" * len(wanted))
    return dict(
        connection.execute(f"SELECT id, {column} FROM {table} WHERE id IN ({marks})", wanted).fetchall()
    )


def _facts(order: Order, customer: str, numbers: dict[str, str]) -> OrderFacts:
    short = order.open_case(*SHORT_REASONS)
    living = order.status != "CANCELLED"
    return OrderFacts(
        number=order.number,
        remote_id=order.remote_id,
        local_ref=order.local_ref,
        channel=order.channel,
        customer=customer,
        placed_at=to_text(order.placed_at),
        confirmed_at=to_text(order.confirmed_at) if order.confirmed_at else None,
        status=order.status,
        payment_status=order.payment_status,
        ship_status=order.ship_status,
        total_minor=order.total_minor,
        paid_minor=order.paid_minor,
        refunded_minor=order.refunded_minor,
        owed_minor=order.owed_minor,
        attention=tuple(case.reason for case in order.cases if case.is_open),
        overtaken_by=numbers.get(short.overtaken_by) if short else None,
        lines=tuple(_line(order, line) for line in sorted(order.lines, key=lambda line: line.position)),
        currency=order.currency,
        balance_minor=max(0, order.total_minor - order.paid_minor) if living else 0,
        total_placed_minor=order.total_placed_minor,
        shipping_minor=order.shipping_net_minor + sum(order.shipping_taxes.values()),
        discount_minor=order.discount_minor,
        close_reason=order.close_reason,
        cancelled_at=to_text(order.cancelled_at) if order.cancelled_at else None,
        version=order.version,
        payments=_payments(order),
        refunds=_refunds(order),
        cases=_cases(order),
    )


def _line(order: Order, line: Line) -> LineFacts:
    return LineFacts(
        sku=line.sku,
        name=line.name,
        ordered=line.qty,
        wanted=order.wanted(line),
        held=line.allocated_qty,
        short=order.short(line),
        refunded=line.refunded_qty,
        handed_over=line.handed_over_qty,
        tracked=line.tracked,
        unit_price_minor=line.unit_price_minor,
        total_minor=line.gross_left_minor,
    )


def _payments(order: Order) -> tuple[PaymentFacts, ...]:
    return tuple(
        PaymentFacts(
            method=payment.method,
            state=payment.state,
            amount_minor=payment.credited_minor,
            gross_minor=payment.gross_minor,
            left_minor=order.left_of(payment),
            reference=payment.reference,
            provider=payment.provider,
            paid_at=to_text(payment.paid_at),
            applied=payment.applied,
        )
        for payment in order.payments
    )


def _refunds(order: Order) -> tuple[RefundFacts, ...]:
    return tuple(
        RefundFacts(
            kind=refund.kind,
            amount_minor=refund.amount_minor,
            sales_minor=refund.sales_minor,
            decided_at=to_text(refund.decided_at),
            actor=refund.actor,
            reason=refund.reason,
            parts=tuple(
                PartFacts(
                    route=part.route,
                    state=part.state,
                    amount_minor=part.amount_minor,
                    reference=part.reference,
                )
                for part in order.parts
                if part.refund_id == refund.id
            ),
        )
        for refund in order.refunds
    )


def _cases(order: Order) -> tuple[CaseFacts, ...]:
    return tuple(
        CaseFacts(
            reason=case.reason,
            detail=case.detail,
            opened_at=to_text(case.opened_at),
            resolution=case.resolution,
            resolved_by=case.resolved_by,
            resolved_at=to_text(case.resolved_at) if case.resolved_at else None,
        )
        for case in order.cases
    )
