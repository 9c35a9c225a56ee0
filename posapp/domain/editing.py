"""Changing an order of our own after it was placed."""

from collections.abc import Mapping, Sequence

from posapp.domain.allocation import release
from posapp.domain.book import Book
from posapp.domain.errors import Refused, StaleVersion
from posapp.domain.lines import Line
from posapp.domain.orders import Order, Status
from posapp.domain.paying import weigh
from posapp.domain.payments import RefundKind
from posapp.domain.refunding import Payout, refund_units


def edit_order(
    book: Book,
    order: Order,
    *,
    seen_version: int,
    wanted: Mapping[str, int],
    added: Sequence[Line],
    payout: Payout,
) -> None:
    """Set lines to new quantities and add lines; each added line is a snapshot of its own.

    Units that were never confirmed just leave. Confirmed ones leave short first, then
    held, and their money goes back by the rule; never below what is with the customer.
    """
    if order.version != seen_version:
        raise StaleVersion(order.number)
    if order.status == Status.CANCELLED:
        raise Refused(f"Order {order.number} is cancelled and cannot be edited.", code="cancelled")
    credit = max(0, order.paid_minor - order.total_minor)
    back: dict[str, int] = {}
    for line_id, quantity in wanted.items():
        line = order.line(line_id)
        if line is None or not 0 <= quantity <= line.qty - line.refunded_qty:
            raise Refused(
                "To add units of an item, add a line; a line can only be made smaller.", code="bad_quantity"
            )
        gone = line.qty - line.refunded_qty - quantity
        unpaid = min(gone, line.qty - max(line.confirmed_qty, line.refunded_qty))
        line.qty -= unpaid
        if gone > unpaid:
            back[line_id] = gone - unpaid
    _check_handed_over(order, back)
    order.lines.extend(added)
    order.retotal()
    if order.units_left == sum(back.values()):
        raise Refused("Nothing would be left of the order: cancel it instead.", code="nothing_left")
    if back:
        _drop_units(book, order, back, payout, credit)
    weigh(book, order, at=book.at)


def _check_handed_over(order: Order, back: Mapping[str, int]) -> None:
    for line in order.lines:
        if back.get(line.id, 0) > order.wanted(line) - line.handed_over_qty:
            raise Refused(
                f"Units of {line.name} are with the customer: that is a return.", code="handed_over"
            )


def _drop_units(book: Book, order: Order, back: Mapping[str, int], payout: Payout, credit: int) -> None:
    """Refund confirmed units and take them off: short ones first, then held ones."""
    short = {line.id: order.short(line) for line in order.lines}
    refund_units(book, order, back, RefundKind.EDIT, payout, credit_minor=credit)
    for line in order.lines:
        release(book, order, line, back.get(line.id, 0) - short[line.id])
