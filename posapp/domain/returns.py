"""Goods that come back over the counter, with a receipt or without one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from posapp.domain.allocation import fill_waiting
from posapp.domain.book import Book
from posapp.domain.errors import Refused
from posapp.domain.lines import Line
from posapp.domain.orders import CloseReason, Order, ShipStatus, Status
from posapp.domain.paying import weigh
from posapp.domain.payments import Payment, PaymentState, Refund, RefundKind, Teller
from posapp.domain.refunding import Payout, refund_units, shut
from posapp.domain.stock import MovementKind


@dataclass(frozen=True, slots=True)
class Back:
    """Units of one line that came back; `restock`: fit for sale, onto the shelf of `location_id`."""

    line_id: str
    quantity: int
    restock: bool
    reason: str = ""


def take_back(
    book: Book, order: Order, back: Sequence[Back], payout: Payout, location_id: str = ""
) -> Refund:
    """Take units back that are with the customer, and give their money back by the rules.

    `location_id`: the shelf they go to, "" for the one they came from. `payout.shipping_minor` of the
    delivery goes back too, with the goods or after them. Raises `Refused` for more than was handed over
    and has not come back, and for more delivery than is left on the order.
    """
    if not order.is_confirmed:
        raise Refused(f"Order {order.number} is {order.status.lower()}.", code="not_confirmed")
    units: dict[str, int] = {}
    for item in back:
        line = _line(order, item)
        units[line.id] = units.get(line.id, 0) + item.quantity
        if units[line.id] > line.handed_over_qty:
            left = line.handed_over_qty
            words = f"only {left} can come back" if left else "nothing of it is with the customer"
            raise Refused(f"{line.name}, order {order.number}: {words}.", code="not_returnable")
        if not item.restock and not (item.reason or payout.reason):
            raise Refused(f"{line.name}: say why it does not go back on the shelf.", code="reason_missing")
    if not units and not payout.shipping_minor:
        raise Refused("Say what came back.", code="nothing_chosen")
    said = dict.fromkeys(item.reason for item in back if item.reason)
    why = payout.reason or ", ".join(said) or ("goods came back" if units else "delivery given back")
    refund = refund_units(book, order, units, RefundKind.EDIT, replace(payout, reason=why))
    for item in back:
        _receive(book, order, _line(order, item), item, location_id or order.location_id)
    if any(line.confirmed_qty < line.qty for line in order.lines):
        fill_waiting(book)  # whoever waits for a unit that came back was there first
        weigh(book, order, at=book.at)  # what was paid may cover all that is left now
    _mark_returned(book, order)
    return refund


def _line(order: Order, back: Back) -> Line:
    line = order.line(back.line_id)
    if line is None:
        raise Refused("That line is not part of this order.", code="line_not_found")
    if back.quantity <= 0:
        raise Refused(f"{line.name}: say how many came back.", code="bad_quantity")
    return line


def _receive(book: Book, order: Order, line: Line, back: Back, location_id: str) -> None:
    """The units leave the customer; only what is fit for sale reaches a shelf."""
    line.handed_over_qty -= back.quantity
    if back.restock:
        for item, per in line.uses.items():
            level, units = book.level(item, location_id), back.quantity * per
            book.move(level, MovementKind.RETURN, on_hand=units, order=order, line=line, reason=back.reason)


def _mark_returned(book: Book, order: Order) -> None:
    """An order whose goods are all back is returned; one that gave all its money back too is closed for good."""
    if order.units_left:
        return
    order.ship_status = ShipStatus.RETURNED
    if order.paid_minor <= 0:
        shut(book, order, CloseReason.REFUNDED)


def sold_before(book: Book, order: Order) -> None:
    """Write down a sale of before that nobody can name, so that its goods can come back.

    They are with the customer and paid for. It adds nothing to Total Sales, where it was
    counted once under another number, and moves no stock.
    """
    order.no_receipt, order.status = True, Status.COMPLETED
    order.confirmed_at = order.queue_at = book.at
    order.queue_seq = order.sequence
    for line in order.lines:
        variant = book.source.variant(line.variant_id)
        line.tracked = variant is not None and variant.track_stock
        line.item_id = variant.item_id if variant is not None else ""
        line.components = dict(variant.components) if variant is not None else {}
        line.confirmed_qty = line.handed_over_qty = line.qty
    if order.total_minor > 0:
        ref = book.new_id("before")
        order.payments.append(
            Payment(
                book.new_id("payment"), order.id, Teller.BEFORE, ref, "", "before", order.total_minor, 0,
                PaymentState.SUCCEEDED, book.at,
            )
        )  # fmt: skip
    order.ship_status = ShipStatus.DELIVERED
