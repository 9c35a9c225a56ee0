"""The money of a refund: what units are worth, who gets it, on which payment it goes back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from posapp.domain.allocation import release_all
from posapp.domain.book import Book
from posapp.domain.cash_rounding import round_off, rounding_of
from posapp.domain.errors import Refused
from posapp.domain.lines import Line
from posapp.domain.money import split
from posapp.domain.orders import CloseReason, Order, Status
from posapp.domain.payments import (
    ACCOUNT,
    EXCHANGE,
    GATEWAY,
    OWN,
    PROVIDER,
    SENT_OUT,
    Part,
    PartState,
    Payment,
    PaymentState,
    Refund,
    RefundKind,
    RefundLine,
    Teller,
)
from posapp.domain.tendering import CASH


@dataclass(frozen=True, slots=True)
class Payout:
    """How a person gives money back: by cash, by hand elsewhere, or by a gateway outside, with what was noted.

    `amount_minor` lowers what the units are worth, never raises it; lowering needs a reason.
    `shipping_minor` is added, up to what shipping costs on the order. Route "own": each part the way
    its payment came. `exchange_minor` of it is not paid out but pays the new sale `exchange_for`;
    the rest is rounded to what cash can pay, where the step is more than 1. What was bought on account
    lowers the account, by `owed_minor` at most where that is said; what was paid since goes back as the rest.
    That holds for what pays a new sale too: its part names the sale, and the account pays that one instead.
    """

    route: str = "cash"
    reference: str = ""
    reason: str = ""
    amount_minor: int | None = None
    shipping_minor: int = 0
    exchange_minor: int = 0
    exchange_for: str = ""
    cash_step_minor: int = 1
    owed_minor: int | None = None


def refund_units(
    book: Book,
    order: Order,
    units: Mapping[str, int],
    kind: RefundKind,
    payout: Payout,
    *,
    credit_minor: int | None = None,
) -> Refund:
    """Take units off an order with their money; the units themselves are the caller's business.

    What a shop had given back without naming goods is not given back twice. While a
    balance is due only what exceeds it is paid out, the rest lowers the balance.
    `credit_minor` is the credit there was before the whole change; it stays credit.
    """
    paid, total_before = order.paid_minor, order.total_minor
    kept_before, unassigned_before = order.kept_minor, order.unassigned_minor
    credit = max(0, paid - total_before) if credit_minor is None else credit_minor
    lines = [_take_off(line, units[line.id]) for line in order.lines if units.get(line.id)]
    worth = sum(line.net_minor + line.tax_minor for line in lines)
    order.unassigned_minor -= min(order.unassigned_minor, worth)
    _take_shipping(order, payout.shipping_minor)
    if not order.units_left:
        order.rounding_minor = 0  # what empties an order gives the rounding back too
    order.retotal()
    payable = min(total_before - order.total_minor, max(0, paid - order.total_minor - credit))
    kept = _keep_back(payable, payout)
    order.kept_minor += kept
    rounding = _in_coins(order, payable - kept, payout)
    order.rounding_minor -= rounding
    order.retotal()
    refund = open_refund(book, order, kind, payable - kept + rounding, lines=lines, reason=payout.reason)
    refund.shipping_minor = payout.shipping_minor
    refund.kept_minor = order.kept_minor - kept_before
    refund.unassigned_minor = order.unassigned_minor - unassigned_before
    take_off_sales(book, order, refund, total_before - order.total_minor)
    pay_parts(book, order, refund, payout, _applied(order))
    return refund


def _take_off(line: Line, units: int) -> RefundLine:
    net, taxes = line.worth_by_rate(units)
    line.refunded_qty += units
    return RefundLine(line.id, units, net, sum(taxes.values()), taxes)


def _take_shipping(order: Order, amount_minor: int) -> None:
    """Take an amount off shipping, its net and its taxes in proportion."""
    rates = list(order.shipping_taxes)
    whole = [order.shipping_net_minor, *(order.shipping_taxes[rate] for rate in rates)]
    if not 0 <= amount_minor <= sum(whole):
        raise Refused(f"Shipping on order {order.number} is less than that.", code="too_much")
    if amount_minor:
        shares = split(amount_minor, whole)
        order.shipping_net_minor -= shares[0]
        order.shipping_taxes = {
            r: order.shipping_taxes[r] - s for r, s in zip(rates, shares[1:], strict=True)
        }


def _keep_back(payable: int, payout: Payout) -> int:
    """What a person keeps back of a refund; it becomes a fee on the order."""
    if payout.amount_minor is None or payout.amount_minor == payable:
        return 0
    if not 0 <= payout.amount_minor < payable:
        raise Refused(
            "A refund can be lowered, never raised above what the units are worth.", code="too_much"
        )
    if not payout.reason:
        raise Refused("Say why less is given back than the units are worth.", code="reason_missing")
    return payable - payout.amount_minor


def _in_coins(order: Order, amount: int, payout: Payout) -> int:
    netted, step = payout.exchange_minor, payout.cash_step_minor
    return rounding_of(order, amount, exchanged_minor=netted, step_minor=step) if payout.route == CASH else 0


def _all_of(amount: int, payout: Payout) -> int:
    """Refuse to lower a refund that gives back all there is; a wish is never silently ignored."""
    if payout.amount_minor not in (None, amount) or payout.shipping_minor:
        raise Refused(
            "This gives back all that is left: the amount cannot be changed.", code="amount_is_fixed"
        )
    return amount


def refund_order(book: Book, order: Order, payout: Payout, close_reason: CloseReason) -> Refund:
    """Give back all that is left and close the order; what it held is free again.

    The missing units were never on the shelf, so they come back to nowhere.
    """
    if not order.is_confirmed:
        raise Refused(
            f"Order {order.number} is {order.status.lower()}, there is nothing to refund.", code="not_paid"
        )
    if any(line.handed_over_qty for line in order.lines):
        raise Refused(
            f"Units of order {order.number} are with the customer: take them back first.", code="handed_over"
        )
    amount = _all_of(order.paid_minor, payout)
    refund = open_refund(book, order, RefundKind.ORDER, amount, reason=payout.reason)
    pay_parts(book, order, refund, payout, _applied(order))
    release_all(book, order)
    take_off_sales(book, order, refund, order.contribution_minor)
    shut(book, order, close_reason)
    return refund


def shut(book: Book, order: Order, close_reason: CloseReason) -> None:
    """Close an order for good reason; lines and total stay as they are on paper."""
    order.status, order.close_reason, order.cancelled_at = Status.CANCELLED, close_reason, book.at


def open_refund(
    book: Book,
    order: Order,
    kind: RefundKind,
    amount: int,
    *,
    lines: list[RefundLine] | None = None,
    reason: str = "",
) -> Refund:
    """Write down a decision to give back; the parts follow."""
    refund = Refund(
        id=book.new_id("refund"),
        order_id=order.id,
        kind=kind,
        amount_minor=amount,
        sales_minor=0,
        decided_at=book.at,
        actor=book.actor,
        reason=reason,
        lines=lines or [],
    )
    order.refunds.append(refund)
    return refund


def take_off_sales(book: Book, order: Order, refund: Refund, amount: int) -> None:
    """Lower Total Sales by what leaves the order, never by more than it contributes."""
    refund.sales_minor = max(0, min(amount, order.contribution_minor - order.least_contribution_minor))
    book.add_sales(order, -refund.sales_minor, refund_id=refund.id)


def pay_parts(book: Book, order: Order, refund: Refund, payout: Payout, payments: list[Payment]) -> None:
    """Spread a refund over payments, newest first. Raises `Refused` beyond what they still hold (I6)."""
    left = refund.amount_minor
    netted, owed = min(left, payout.exchange_minor), payout.owed_minor
    for payment in newest_first(payments):
        share = min(left, order.left_of(payment))
        into_sale = min(share, netted)
        left, netted, rest = left - share, netted - into_sale, share - into_sale
        moved = on_account = 0
        if payment.method == ACCOUNT:
            moved = into_sale if owed is None else min(into_sale, owed)
            on_account = rest if owed is None else min(rest, owed - moved)
            owed = None if owed is None else owed - moved - on_account
        ways = (
            (into_sale - moved, EXCHANGE, payout.exchange_for),
            (moved, ACCOUNT, payout.exchange_for),
            (on_account, ACCOUNT, "" if payout.exchange_for else payout.reference),
            (rest - on_account, route_of(payout.route, order, payment), payout.reference),
        )
        for amount, route, reference in ways:
            if amount > 0:
                part_id = book.new_id("part")
                part = Part(part_id, refund.id, order.id, payment.id, amount, route, reference)
                if route in SENT_OUT:
                    part.state = PartState.QUEUED
                else:
                    part.shift_id = book.shift_id
                order.parts.append(part)
    if left:
        raise Refused(f"Order {order.number} has no more than that to give back.", code="too_much")
    round_off(book, order, refund, payout.cash_step_minor)


def newest_first(payments: Sequence[Payment]) -> list[Payment]:
    """Payments in the order in which money goes back on them.

    Tenders of one sale have one time: the one named last goes back first. What feeds tell has no
    order of its own at one time, and is taken by id.
    """
    places = {
        payment.id: at if payment.provider == Teller.HAND else -1 for at, payment in enumerate(payments)
    }
    return sorted(payments, key=lambda p: (p.paid_at, places[p.id], p.id), reverse=True)


def route_of(route: str, order: Order, payment: Payment) -> str:
    """How money of a payment goes back, where each part goes as it came: in cash, or by hand elsewhere.

    What a person took here has no gateway behind it: it goes as it came where the rest goes through one.
    """
    taken_here = payment.provider in (Teller.HAND, Teller.BEFORE)
    if route == OWN or (route in SENT_OUT and taken_here):
        return CASH if payment.method in (CASH, EXCHANGE, ACCOUNT) else "hand"
    if route == GATEWAY and not order.shop_id:
        raise Refused(
            f"Order {order.number} came from no web shop: nobody there can pay back.", code="no_gateway"
        )
    if route == PROVIDER and payment.provider == Teller.SHOP:
        raise Refused("The web shop told of this payment: it goes back through the shop.", code="no_provider")
    return route


def give_back(
    book: Book, order: Order, kind: RefundKind, amount: int, payout: Payout, *, late: bool = False
) -> Refund:
    """Give back money that concerns no goods and no sales."""
    refund = open_refund(book, order, kind, _all_of(amount, payout), reason=payout.reason)
    pay_parts(book, order, refund, payout, _unapplied(order) if late else _applied(order))
    return refund


def _applied(order: Order) -> list[Payment]:
    return [p for p in order.payments if p.applied and p.state == PaymentState.SUCCEEDED]


def _unapplied(order: Order) -> list[Payment]:
    return [p for p in order.payments if not p.applied and p.state == PaymentState.SUCCEEDED]
