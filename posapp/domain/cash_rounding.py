"""What coins do to money that goes back in cash: a little more or less of it, and what no coin pays."""

from posapp.domain.book import Book
from posapp.domain.orders import Order
from posapp.domain.payments import ACCOUNT, ROUNDING, Part, PaymentState, Refund
from posapp.domain.tendering import CASH, nearest


def rounding_of(order: Order, amount_minor: int, *, exchanged_minor: int, step_minor: int) -> int:
    """What rounding adds to (or takes off) a refund in cash; never beyond what was paid.

    The order keeps the difference and the next refund starts from it, so that what stays with the
    order is never further from its worth than half a coin. `exchanged_minor` of it is not paid out.
    """
    paid_out = amount_minor - exchanged_minor
    counted = [p for p in order.payments if p.applied and p.state == PaymentState.SUCCEEDED]
    on_account = any(payment.method == ACCOUNT for payment in counted)
    nothing_left = order.total_minor == 0 and amount_minor == order.paid_minor  # to keep a difference
    if step_minor <= 1 or paid_out <= 0 or on_account or nothing_left:
        return 0
    rounded = nearest(max(0, paid_out + order.rounding_minor), step_minor)
    while rounded - paid_out > order.paid_minor - amount_minor:
        rounded -= step_minor
    return max(0, rounded) - paid_out


def round_off(book: Book, order: Order, refund: Refund, step_minor: int) -> None:
    """Where a refund is all there is to give, cash pays it down to the last coin; what no coin pays is nobody's.

    It counts as given back, so that nothing stays owed. What can be rounded either way has been already.
    """
    cash = [part for part in order.parts if part.refund_id == refund.id and part.route == CASH]
    off = sum(part.amount_minor for part in cash) % max(1, step_minor)
    for part in reversed(cash):
        less = min(off, part.amount_minor)
        off -= less
        part.amount_minor -= less
        if less:
            rest = Part(book.new_id("part"), refund.id, order.id, part.payment_id, less, ROUNDING)
            rest.shift_id = book.shift_id
            order.parts.append(rest)
    order.parts[:] = [part for part in order.parts if part.amount_minor]
