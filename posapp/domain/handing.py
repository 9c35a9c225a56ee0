"""Packing and handing over: held units leave the shelf."""

from collections.abc import Mapping

from posapp.domain.book import Book
from posapp.domain.errors import Refused
from posapp.domain.lines import Line
from posapp.domain.orders import Order, ShipStatus, Status
from posapp.domain.payments import PaymentStatus
from posapp.domain.stock import MovementKind


def hand_over(book: Book, order: Order, units: Mapping[str, int]) -> None:
    """Hand over held units of a paid order; no units named means all that it holds.

    Raises `Refused` for an order that is not paid, and for more than a line holds.
    """
    if not order.is_confirmed:
        raise Refused(
            f"Order {order.number} is {order.status.lower()}: there is nothing to hand over.", code="not_paid"
        )
    if order.payment_status != PaymentStatus.PAID:
        raise Refused(f"Order {order.number} is not paid in full: goods must not leave.", code="not_paid")
    if not units:
        if not any(line.allocated_qty for line in order.lines):
            raise Refused(f"Order {order.number} holds no units to hand over.", code="nothing_held")
        hand_over_all(book, order)
        return
    for line_id, count in units.items():
        line = order.line(line_id)
        if line is None or not 0 < count <= line.allocated_qty:
            held = line.allocated_qty if line else 0
            raise Refused(f"Order {order.number} holds {held} of that line, not {count}.", code="not_held")
        _hand(book, order, line, count)
    mark_progress(order)


def hand_over_all(book: Book, order: Order) -> None:
    """Hand over everything an order holds."""
    for line in order.lines:
        if line.allocated_qty:
            _hand(book, order, line, line.allocated_qty)
    mark_progress(order)


def _hand(book: Book, order: Order, line: Line, count: int) -> None:
    line.allocated_qty -= count
    line.handed_over_qty += count
    for item, per in line.uses.items():
        level, units = book.level(item, order.location_id), count * per
        book.move(level, MovementKind.HANDOVER, on_hand=-units, allocated=-units, order=order, line=line)


def mark_progress(order: Order) -> None:
    """See that a confirmed order is COMPLETED exactly when nothing is left to hand over."""
    if order.is_confirmed:
        open_units = any(
            line.handed_over_qty < order.wanted(line) or line.confirmed_qty < line.qty for line in order.lines
        )
        order.status = Status.PROCESSING if open_units else Status.COMPLETED


def mark_shipped(order: Order, status: ShipStatus) -> None:
    """Say where the goods are: SHIPPED, then DELIVERED. Only goods that left can be on their way."""
    if not any(line.handed_over_qty for line in order.lines):
        raise Refused(f"Nothing of order {order.number} was handed over yet.", code="nothing_handed_over")
    steps = list(ShipStatus)
    forward = steps.index(status) > steps.index(order.ship_status)
    if status not in (ShipStatus.SHIPPED, ShipStatus.DELIVERED) or not forward:
        raise Refused(f"Order {order.number} is {order.ship_status.lower()} already.", code="already_marked")
    order.ship_status = status
