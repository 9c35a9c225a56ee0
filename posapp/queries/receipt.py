"""What a receipt says of one order: what was bought, what was paid with, what came back. The figures add up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import msgspec

from posapp.db.rows import to_text
from posapp.domain.lines import Line
from posapp.domain.money import worth_of
from posapp.domain.orders import Channel, Order, Status
from posapp.domain.payments import (
    ACCOUNT,
    EXCHANGE,
    PartState,
    PaymentState,
    PaymentStatus,
    RefundLine,
    Teller,
)
from posapp.domain.sales_taxes import taxes_left
from posapp.queries.detail_rows import ContactFacts
from posapp.queries.details import contact_facts
from posapp.queries.reader import Reader
from posapp.queries.revisions import entries_of

_EXCHANGED = (
    "SELECT r.order_id, r.lines FROM part p JOIN refund r ON r.id = p.refund_id "
    "WHERE p.route IN ('exchange', 'account') AND p.reference = ? AND r.decided_at = ? GROUP BY r.id ORDER BY r.rowid"
)
_NAME = (
    "SELECT o.number, l.id, l.name FROM order_line l JOIN orders o ON o.id = l.order_id WHERE l.order_id = ?"
)
_MAKERS = ("sell", "place_order", "take_back_unknown")
_REFUND_LINES = msgspec.json.Decoder(list[RefundLine])


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """Units sold at their list price; discounts stand beneath, or in the sum."""

    name: str
    sku: str
    quantity: int
    unit_price_minor: int
    amount_minor: int  # quantity × unit price
    discount_minor: int  # of it, the line's own; positive
    note: str


@dataclass(frozen=True, slots=True)
class ReceiptTax:
    """A tax of the sale; `on_top`: it was added to the prices, otherwise they contain it."""

    name: str
    amount_minor: int


@dataclass(frozen=True, slots=True)
class ReceiptTender:
    """Money that came. `given_minor` is the cash handed over where it was more, else 0."""

    method: str
    amount_minor: int
    given_minor: int
    reference: str
    awaited: bool  # announced, and not yet seen in our own account
    paid_at: datetime

    @property
    def change_minor(self) -> int:
        """What went back at once."""
        return max(0, self.given_minor - self.amount_minor)


@dataclass(frozen=True, slots=True)
class ReceiptReturn:
    """Units that came back; of another order in an exchange, then its number is given. No units: the delivery."""

    name: str
    quantity: int
    amount_minor: int
    number: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptRefund:
    """Money that went back, by the way it went; not `there` yet while somebody outside still pays it out."""

    route: str
    method: str  # of the payment it went back on
    amount_minor: int
    at: datetime
    provider: str = ""  # of that payment
    there: bool = True


@dataclass(frozen=True, slots=True)
class Receipt:
    """One order as a customer is told. Amounts in minor units of `currency`; `discount_minor` is positive.

    goods − discount + tax on top + delivery + fees + rounding + adjustment = sold; sold − gone = total.
    """

    order_id: str
    number: str
    code: str  # what a scanner reads to find it again
    channel: Channel
    status: Status
    payment_status: PaymentStatus
    no_receipt: bool  # stands for a sale of before: goods came back without a receipt
    currency: str
    shop: str
    location: str
    till: str
    staff: str
    placed_at: datetime
    contact: ContactFacts
    lines: tuple[ReceiptLine, ...]
    goods_minor: int
    discount_minor: int
    tax_on_top_minor: int
    delivery_minor: int
    fees_minor: int
    rounding_minor: int
    adjustment_minor: int  # what a web shop's own figures differ by
    sold_minor: int  # what it came to before anything came back
    gone_minor: int  # what came off since: units that came back, delivery given back
    total_minor: int
    taxes: tuple[ReceiptTax, ...]  # in the total as it is now
    tenders: tuple[ReceiptTender, ...]
    returns: tuple[ReceiptReturn, ...]
    refunds: tuple[ReceiptRefund, ...]
    paid_minor: int
    balance_minor: int  # still to pay
    note: str


def receipt_of(reader: Reader, order_id: str) -> Receipt | None:
    """Everything a receipt or an invoice says of an order, as it is now; None where there is none."""
    with reader.snapshot():
        order = reader.order(order_id)
        return None if order is None else _receipt(reader, order)


def _receipt(reader: Reader, order: Order) -> Receipt:
    shop = reader.settings()
    places = {place.id: place.name for place in shop.locations}
    lines = sorted(order.lines, key=lambda line: (line.position, line.id))
    sums = _sums(order, lines)
    living = order.status != Status.CANCELLED
    return Receipt(
        order_id=order.id,
        number=order.number,
        code=order.local_ref or order.number,
        channel=order.channel,
        status=order.status,
        payment_status=order.payment_status,
        no_receipt=order.no_receipt,
        currency=order.currency,
        shop=shop.name,
        location=places.get(order.location_id, "") if len(places) > 1 else "",
        till=shop.till,
        staff=_staff(reader, order),
        placed_at=order.placed_at,
        contact=contact_facts(reader, order.contact_id),
        lines=tuple(_line(line) for line in lines if line.qty),
        total_minor=order.total_minor,
        taxes=tuple(ReceiptTax(name, tax) for name, tax in sorted(taxes_left(order).items()) if tax),
        tenders=tuple(_tenders(order)),
        returns=(*_returns(order), *_exchanged(reader, order)),
        refunds=tuple(_refunds(order)),
        paid_minor=order.paid_minor,
        balance_minor=max(0, order.total_minor - order.paid_minor) if living else 0,
        note=order.note,
        **sums,
    )


def _line(line: Line) -> ReceiptLine:
    amount = line.qty * line.unit_price_minor
    # The discount was given on what was placed; units edited away took their share along.
    discount = worth_of(
        line.discount_minor, taken=line.qty_placed - line.qty, more=line.qty, of_units=line.qty_placed
    )
    return ReceiptLine(line.name, line.sku, line.qty, line.unit_price_minor, amount, discount, line.note)


def _sums(order: Order, lines: Iterable[Line]) -> dict[str, int]:
    """The figures between the lines and the total; a web shop's own need not be made of ours."""
    sold = [(line, line.qty_placed - line.qty) for line in lines if line.qty]
    goods = sum(line.qty * line.unit_price_minor for line, _ in sold)
    net = sum(_part(line.net_minor, line, off) for line, off in sold)
    taxes = sum(_part(tax, line, off) for line, off in sold for tax in line.taxes.values())
    discount = order.discount_minor if all(not off for _, off in sold) else max(0, goods - net - taxes)
    on_top = net + taxes - goods + discount
    adjustment = 0
    if not 0 <= on_top <= taxes:
        on_top, adjustment = 0, on_top
    delivery = order.shipping_net_minor + sum(order.shipping_taxes.values())
    delivery += sum(refund.shipping_minor for refund in order.refunds)
    fees = order.fees_net_minor + sum(order.fees_taxes.values())
    rounding = order.rounding_minor
    if not order.shop_id and all(line.qty == line.qty_placed for line in order.lines):
        # As it was sold: what is given back later may be rounded too, and moves the order's own figure.
        rounding = order.total_placed_minor - (net + taxes + delivery + fees)
    whole = net + taxes + delivery + fees + rounding
    return {
        "goods_minor": goods,
        "discount_minor": discount,
        "tax_on_top_minor": on_top,
        "delivery_minor": delivery,
        "fees_minor": fees,
        "rounding_minor": rounding,
        "adjustment_minor": adjustment,
        "sold_minor": whole,
        "gone_minor": whole - order.total_minor,
    }


def _part(amount_minor: int, line: Line, off: int) -> int:
    """What of a whole-line amount belongs to the units that were sold in the end."""
    return worth_of(amount_minor, taken=off, more=line.qty, of_units=line.qty_placed)


def _tenders(order: Order) -> Iterable[ReceiptTender]:
    for payment in order.payments:
        awaited = payment.state == PaymentState.PENDING and payment.provider == Teller.HAND
        if payment.state != PaymentState.SUCCEEDED and not awaited:
            continue
        by_hand = payment.provider in (Teller.HAND, Teller.SHOP, Teller.BEFORE)
        yield ReceiptTender(
            method=payment.method if by_hand else payment.provider,
            amount_minor=payment.credited_minor,
            given_minor=payment.given_minor if payment.given_minor > payment.credited_minor else 0,
            reference=payment.reference,
            awaited=awaited,
            paid_at=payment.paid_at,
        )


def _returns(order: Order) -> Iterable[ReceiptReturn]:
    names = {line.id: line.name for line in order.lines}
    for refund in order.refunds:
        for gone in refund.lines:
            amount = gone.net_minor + gone.tax_minor
            yield ReceiptReturn(names.get(gone.line_id, ""), gone.quantity, amount)
        if refund.shipping_minor:
            yield ReceiptReturn("", 0, refund.shipping_minor)


def _exchanged(reader: Reader, order: Order) -> Iterable[ReceiptReturn]:
    """The goods of other orders that paid a part of this one."""
    if not any(payment.method in (EXCHANGE, ACCOUNT) for payment in order.payments):
        return
    for of_order, lines in reader.rows(_EXCHANGED, (order.number, to_text(order.placed_at))):
        named = {line_id: (number, name) for number, line_id, name in reader.rows(_NAME, (of_order,))}
        for gone in _REFUND_LINES.decode(lines):
            number, name = named.get(gone.line_id, ("", ""))
            yield ReceiptReturn(name, gone.quantity, gone.net_minor + gone.tax_minor, number)


def _refunds(order: Order) -> Iterable[ReceiptRefund]:
    payments = {payment.id: payment for payment in order.payments}
    decided = {refund.id: refund.decided_at for refund in order.refunds}
    for part in order.parts:
        if part.counts:
            payment, there = payments.get(part.payment_id), part.state == PartState.PROCESSED
            method, provider = (payment.method, payment.provider) if payment else ("", "")
            at = decided[part.refund_id]
            yield ReceiptRefund(part.route, method, part.amount_minor, at, provider, there)


def _staff(reader: Reader, order: Order) -> str:
    """Who made the sale; nobody did where a web shop told of it."""
    if order.channel == Channel.WEB:
        return ""
    return next((entry.actor for entry in entries_of(reader, order.id) if entry.do in _MAKERS), "")
