"""Decisions about money that came late, twice or too much, that went back, or that a shop changed."""

from typing import Protocol

from posapp.domain.allocation import close, release_all
from posapp.domain.attention import Reason
from posapp.domain.book import Book, Decision
from posapp.domain.errors import Refused
from posapp.domain.orders import CloseReason, Order, Status
from posapp.domain.payments import PartState, PaymentState, RefundKind
from posapp.domain.refunding import Payout, give_back, open_refund, pay_parts, shut, take_off_sales
from posapp.domain.shop_orders import ask_what_is_left, reopen
from posapp.domain.shop_refunds import deleted_refunds, take_back


class Chosen(Protocol):
    """What these need to know of a choice: how money goes back."""

    @property
    def payout(self) -> Payout:
        """Route, reference and reason."""
        ...


def accept_late(book: Book, order: Order, choice: Chosen, decision: Decision) -> None:
    """Take late money for the closed order: it is wanted again, as a new arrival now."""
    if order.close_reason == CloseReason.REFUNDED:
        raise Refused(
            f"Order {order.number} was refunded and stays closed. Refund this payment, or make a new order.",
            code="refunded",
        )
    for payment in order.payments:
        if payment.state == PaymentState.SUCCEEDED and not payment.applied and order.left_of(payment) > 0:
            payment.applied = True
    if order.status == Status.CANCELLED:
        reopen(book, order)


def refund_late(book: Book, order: Order, choice: Chosen, decision: Decision) -> None:
    """Give back what came too late; neither goods nor sales are concerned."""
    refund = give_back(book, order, RefundKind.LATE, order.unapplied_minor, choice.payout, late=True)
    decision.refund_id = refund.id


def refund_difference(book: Book, order: Order, choice: Chosen, decision: Decision) -> None:
    """Give back what was paid above the total."""
    over = order.credit_minor - order.credit_kept_minor
    decision.refund_id = give_back(book, order, RefundKind.OVERPAY, over, choice.payout).id


def keep_as_credit(book: Book, order: Order, choice: Chosen, decision: Decision) -> None:
    """Leave what was paid above the total with the order, as credit of the customer."""
    order.credit_kept_minor = order.credit_minor


def release_and_cancel(book: Book, order: Order, choice: Chosen, decision: Decision) -> None:
    """The money went back at the bank: free the units, close the order, give back what is left."""
    if any(line.handed_over_qty for line in order.lines):
        raise Refused("Goods are with the customer already: write the loss off, or wait.", code="handed_over")
    refund = give_back(book, order, RefundKind.ORDER, max(0, order.paid_minor), choice.payout)
    decision.refund_id = refund.id
    release_all(book, order)
    take_off_sales(book, order, refund, order.contribution_minor)
    shut(book, order, CloseReason.CANCELLED)


def wait_for_payment(book: Book, order: Order, choice: Chosen, decision: Decision) -> None:
    """Keep the units and wait: the order stays partly paid, and goods stay here until it is paid."""


def write_off(book: Book, order: Order, choice: Chosen, decision: Decision) -> None:
    """The goods are gone and so is the money. Total Sales keeps the sale; the loss is the bank's line."""
    if not any(line.handed_over_qty for line in order.lines):
        raise Refused("The goods are still here: release them instead.", code="not_handed_over")


def refund_after_shop(book: Book, order: Order, choice: Chosen, decision: Decision) -> None:
    """Pay out what the shop's change left over."""
    over = order.undecided_minor
    if over <= 0:
        raise Refused("Nothing is left over to give back.", code="nothing_owed")
    kind = RefundKind.ORDER if order.status == Status.CANCELLED else RefundKind.EDIT
    refund = give_back(book, order, kind, over, choice.payout)
    decision.refund_id = refund.id
    _follow_sales(book, order, refund_id=refund.id)


def already_refunded(book: Book, order: Order, choice: Chosen, decision: Decision) -> None:
    """The money went back in the shop already: write that down, and let sales follow."""
    for refund in deleted_refunds(order):
        for part in order.parts:
            payment = next(p for p in order.payments if p.id == part.payment_id)
            if part.refund_id == refund.id and part.amount_minor <= order.left_of(payment):
                part.state = PartState.PROCESSED
    over = order.undecided_minor
    if not over and order.contribution_minor <= _worth(order):
        return
    kind = RefundKind.ORDER if order.status == Status.CANCELLED else RefundKind.EDIT
    refund = open_refund(book, order, kind, over, reason="already refunded in the shop")
    counted = [p for p in order.payments if p.applied and p.state == PaymentState.SUCCEEDED]
    pay_parts(book, order, refund, Payout(route="shop", reference=choice.payout.reference), counted)
    decision.refund_id = refund.id
    _follow_sales(book, order, refund_id=refund.id)


def _worth(order: Order) -> int:
    return 0 if order.status == Status.CANCELLED else order.total_minor


def _follow_sales(book: Book, order: Order, *, refund_id: str) -> None:
    """Let Total Sales fall to what the order is worth now."""
    refund = next(r for r in order.refunds if r.id == refund_id)
    take_off_sales(book, order, refund, order.contribution_minor - _worth(order))


def reopen_order(book: Book, order: Order, choice: Chosen, decision: Decision) -> None:
    """The customer wants it after all: wanted again, as a new arrival now."""
    deleted = deleted_refunds(order)
    for refund in deleted:
        take_back(order, refund)
    if order.status == Status.CANCELLED and (deleted or order.close_reason != CloseReason.REFUNDED):
        reopen(book, order)
        case = order.open_case(Reason.SHOP_CHANGED)
        if case is not None:
            close(book, order, case, resolution=decision.key, by=book.actor)
            ask_what_is_left(book, order)
    elif order.status == Status.CANCELLED:
        raise Refused(f"Order {order.number} was refunded and stays closed.", code="refunded")
    elif not deleted:
        raise Refused(f"Order {order.number} is not cancelled.", code="not_cancelled")


def accept_as_paid(book: Book, order: Order, choice: Chosen, decision: Decision) -> None:
    """Let the customer off what the shop's change left unpaid: the total becomes what was paid.

    What is forgiven names no goods, so it is not given back when goods go.
    """
    missing = order.total_minor - order.paid_minor
    if missing < 0:
        raise Refused("Nothing is missing: more was paid than the order costs.", code="nothing_missing")
    order.unassigned_minor += missing
    order.retotal()
