"""Everything about one order, read in one go and in one state of the database."""

from collections.abc import Sequence
from datetime import datetime

from posapp.db.rows import DECISION
from posapp.domain.book import Book
from posapp.domain.orders import Order, Status
from posapp.domain.outbox import Outgoing, OutState
from posapp.domain.payments import IN_SHOP, Part, PartState, Payment, PaymentState, Refund, Teller
from posapp.domain.resolutions import fingerprint
from posapp.domain.standing import fulfilment_mark, payment_mark
from posapp.queries.attention import paid_at
from posapp.queries.case_facts import case_facts
from posapp.queries.detail_lines import line_facts
from posapp.queries.detail_rows import (
    ContactFacts,
    MoneyFacts,
    OrderDetails,
    PartFacts,
    PaymentFacts,
    RefundFacts,
    SameReference,
)
from posapp.queries.offers import action_offers, resolution_offers, swap_offer, undo_offers
from posapp.queries.reader import Reader
from posapp.queries.rehearsal import new_book
from posapp.queries.timeline import timeline

_CONTACT = "SELECT id, name, phone, email, address, note FROM contact WHERE id = ?"
_LOCATION = "SELECT name FROM location WHERE id = ?"
_DECISIONS = f"{DECISION.by_order} DESC LIMIT 20"
_SAME = (
    "SELECT DISTINCT y.reference, o.id, o.number FROM payment mine "
    "CROSS JOIN payment y ON y.reference = mine.reference CROSS JOIN orders o ON o.id = y.order_id "
    "WHERE mine.order_id = ? AND mine.reference <> '' AND y.order_id <> mine.order_id ORDER BY o.placed_at LIMIT 20"
)


def order_details(reader: Reader, order_id: str, at: datetime) -> OrderDetails | None:
    """One order as of now, with what can be decided about it; None where there is none."""
    with reader.snapshot():
        book = new_book(reader, "", at)
        if book.source.order(order_id) is None:
            return None
        return _details(reader, book, book.order(order_id), at)


def _details(reader: Reader, book: Book, order: Order, at: datetime) -> OrderDetails:
    decisions = [DECISION.decode(row) for row in reader.rows(_DECISIONS, (order.id,))]
    rows = book.outgoing(order.id)
    return OrderDetails(
        id=order.id,
        number=order.number,
        local_ref=order.local_ref,
        remote_id=order.remote_id,
        channel=order.channel,
        location_id=order.location_id,
        location=reader.value(_LOCATION, (order.location_id,)) or "",
        version=order.version,
        status=order.status,
        payment_status=order.payment_status,
        ship_status=order.ship_status,
        close_reason=order.close_reason,
        payment=payment_mark(order),
        fulfilment=fulfilment_mark(order),
        placed_at=order.placed_at,
        confirmed_at=order.confirmed_at,
        cancelled_at=order.cancelled_at,
        paid_at=paid_at(order),
        payment_method=order.payment_method,
        shop_status=order.shop_status,
        contact=contact_facts(reader, order.contact_id),
        lines=line_facts(reader, book, order),
        money=_money(order),
        payments=tuple(_payment(order, payment) for payment in order.payments),
        refunds=tuple(_refund(order, refund, rows) for refund in order.refunds),
        cases=case_facts(reader, order),
        timeline=timeline(reader, order, decisions, rows),
        offers=resolution_offers(reader, order, at),
        actions=action_offers(reader, order, at),
        undo=undo_offers(reader, order, decisions, rows, at),
        swap=swap_offer(reader, order, at),
        same_references=tuple(SameReference(*row) for row in reader.rows(_SAME, (order.id,))),
        auto_fill=book.source.auto_fill,
        fingerprint=fingerprint(book, order),
        note=order.note,
    )


def contact_facts(reader: Reader, contact_id: str) -> ContactFacts:
    """Who an order is for."""
    return ContactFacts(*(reader.row(_CONTACT, (contact_id,)) or ("", "", "", "", "", "")))


def _money(order: Order) -> MoneyFacts:
    paid, left = order.paid_minor, [(line, line.qty - line.refunded_qty) for line in order.lines]
    living = order.status != Status.CANCELLED
    taxes = [*order.shipping_taxes.values(), *order.fees_taxes.values()]
    received = sum(p.credited_minor for p in order.payments if p.state == PaymentState.SUCCEEDED)
    return MoneyFacts(
        currency=order.currency,
        goods_minor=sum(line.unit_price_minor * units for line, units in left),
        discount_minor=order.discount_minor,
        delivery_minor=order.shipping_net_minor + sum(order.shipping_taxes.values()),
        fees_minor=order.fees_net_minor + sum(order.fees_taxes.values()) + order.kept_minor,
        rounding_minor=order.rounding_minor,
        tax_minor=sum(line.worth(units)[1] for line, units in left) + sum(taxes),
        unassigned_minor=order.unassigned_minor,
        total_placed_minor=order.total_placed_minor,
        total_minor=order.total_minor,
        paid_minor=paid,
        received_minor=received,
        refunded_minor=order.refunded_minor,
        balance_minor=max(0, order.total_minor - paid) if living else 0,
        credit_minor=max(0, paid - order.total_minor) if living else 0,
        owed_minor=order.owed_minor,
        can_refund_minor=max(0, paid) + order.unapplied_minor,
    )


def _payment(order: Order, payment: Payment) -> PaymentFacts:
    return PaymentFacts(
        payment_id=payment.id,
        provider=payment.provider,
        method=payment.method,
        reference=payment.reference,
        amount_minor=payment.credited_minor,
        left_minor=order.left_of(payment),
        state=payment.state,
        paid_at=payment.paid_at,
        applied=payment.applied,
        is_awaited=payment.provider == Teller.HAND and payment.state == PaymentState.PENDING,
    )


def _refund(order: Order, refund: Refund, rows: Sequence[Outgoing]) -> RefundFacts:
    names = {line.id: line.name for line in order.lines}
    payments = {payment.id: payment for payment in order.payments}
    said = {row.part_id: row.words for row in rows if row.part_id and row.state == OutState.FAILED}
    return RefundFacts(
        refund_id=refund.id,
        kind=refund.kind,
        amount_minor=refund.amount_minor,
        decided_at=refund.decided_at,
        actor=refund.actor,
        reason=refund.reason,
        shipping_minor=refund.shipping_minor,
        in_shop=any(part.route == IN_SHOP for part in order.parts if part.refund_id == refund.id),
        units=tuple((names.get(gone.line_id, ""), gone.quantity) for gone in refund.lines),
        parts=tuple(
            _part(part, payments.get(part.payment_id), said.get(part.id, ""))
            for part in order.parts
            if part.refund_id == refund.id
        ),
    )


def _part(part: Part, payment: Payment | None, words: str) -> PartFacts:
    return PartFacts(
        payment_id=part.payment_id,
        method=payment.method if payment else "",
        amount_minor=part.amount_minor,
        route=part.route,
        reference=part.reference,
        state=part.state,
        part_id=part.id,
        provider=payment.provider if payment else "",
        words=words if part.state == PartState.FAILED else "",
    )
