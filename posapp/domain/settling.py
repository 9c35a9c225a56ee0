"""The end of every command: waiting orders are served, cases agree with the facts."""

from posapp.domain.allocation import close, fill_waiting, settle_shortages, tell_changes
from posapp.domain.attention import CANCELLED_THERE, OVER_REASONS, Reason
from posapp.domain.book import Book
from posapp.domain.handing import mark_progress
from posapp.domain.orders import Order, Status
from posapp.domain.paying import raise_case
from posapp.domain.payments import PaymentState
from posapp.domain.sending import queue_refunds, settle_refunds
from posapp.domain.shop_refunds import deleted_refunds
from posapp.domain.told_back import queue_word


def settle(book: Book) -> None:
    """Leave no free unit beside a short line and no case without its fact; then tell the news."""
    for order in list(book.orders.values()):
        order.retotal()
    fill_waiting(book)
    for order in list(book.changed_orders()):
        mark_progress(order)
        settle_shortages(book, order)
        _settle_shop_change(book, order)
        _settle_deleted(order)
        _settle_over(book, order)
        _settle_late(book, order)
        _settle_gone(book, order)
        if order.refunds:
            settle_refunds(book, order)
            queue_refunds(book, order)
        queue_word(book, order)
    tell_changes(book)


def _settle_over(book: Book, order: Order) -> None:
    """More was paid than the order costs, and nobody has said yet what becomes of it."""
    order.credit_kept_minor = min(order.credit_kept_minor, max(0, order.paid_minor - order.total_minor))
    over = order.credit_minor - order.credit_kept_minor
    case = order.open_case(*OVER_REASONS)
    if over > 0 and order.is_confirmed:
        if case is None:
            raise_case(book, order, _over_reason(order))
    elif case is not None:
        close(book, order, case, resolution="gone", by="posapp")


def _over_reason(order: Order) -> Reason:
    """A second payment of the whole is a duplicate; anything else is too much."""
    whole = [
        p
        for p in order.payments
        if p.applied and p.state == PaymentState.SUCCEEDED and order.left_of(p) >= order.total_minor > 0
    ]
    return Reason.DUPLICATE_PAYMENT if len(whole) > 1 else Reason.OVERPAYMENT


def _settle_late(book: Book, order: Order) -> None:
    """Money that came for a closed order waits for a decision as long as any of it is left."""
    case = order.open_case(Reason.LATE_PAYMENT)
    late = {payment.id for payment in order.payments if not payment.applied}
    owed = order.failed_minor
    failed = sum(owed.get(part.id, 0) for part in order.parts if part.payment_id in late)
    if order.unapplied_minor - failed > 0:
        raise_case(book, order, Reason.LATE_PAYMENT)
    elif case is not None:
        close(book, order, case, resolution="gone", by="posapp")


def _settle_gone(book: Book, order: Order) -> None:
    """Close what time or news has settled: a reversal made good, a delay that ended."""
    reversed_case = order.open_case(Reason.PAYMENT_REVERSED)
    made_good = order.paid_minor >= order.total_minor or order.status == Status.CANCELLED
    if reversed_case is not None and made_good:
        close(book, order, reversed_case, resolution="gone", by="posapp")
    delayed = order.open_case(Reason.PAYMENT_DELAYED)
    pending = any(p.state == PaymentState.PENDING for p in order.payments)
    if delayed is not None and (not pending or order.status != Status.OPEN):
        close(book, order, delayed, resolution="gone", by="posapp")


def _settle_shop_change(book: Book, order: Order) -> None:
    """A shop's change is settled when it is taken back, or its money is given back or paid."""
    case = order.open_case(Reason.SHOP_CHANGED)
    before = book.orders_before[order.id]
    if case is None or before is None or before.open_case(Reason.SHOP_CHANGED) is None:
        return
    living = order.status != Status.CANCELLED
    reopened = living and case.detail in CANCELLED_THERE
    given_back = before.undecided_minor > 0 == order.undecided_minor
    sales_follow = not living or order.contribution_minor <= order.total_minor
    paid = living and before.paid_minor < before.total_minor and order.paid_minor >= order.total_minor
    if reopened or paid or (given_back and sales_follow):
        close(book, order, case, resolution="gone", by="posapp")


def _settle_deleted(order: Order) -> None:
    """Once it is decided what becomes of a refund that the shop deleted, it is the shop's no more."""
    if order.open_case(Reason.SHOP_CHANGED) is None:
        for refund in deleted_refunds(order):
            refund.remote_id = ""
