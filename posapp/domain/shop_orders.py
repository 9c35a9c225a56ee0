"""Following what a web shop's back office does to an order. It never pays out by itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from posapp.domain.allocation import close, leaving, let_go, release_all
from posapp.domain.attention import Reason
from posapp.domain.book import Book
from posapp.domain.handing import hand_over_all
from posapp.domain.lines import Line
from posapp.domain.orders import CloseReason, Order, Status
from posapp.domain.paying import raise_case, weigh
from posapp.domain.refunding import shut
from posapp.domain.shop_refunds import deleted_refunds

LEFT_THERE = ("completed", "refunded")  # words of the shop that let the goods be with the customer


@dataclass(frozen=True, slots=True)
class Terms:
    """A shop's stored figures beside the lines: net and taxes of shipping and of fees."""

    shipping_net_minor: int
    shipping_taxes: dict[str, int]
    fees_net_minor: int
    fees_taxes: dict[str, int]
    discount_minor: int


def revise(book: Book, order: Order, incoming: Sequence[Line], terms: Terms) -> None:
    """Make lines and charges those of the shop.

    The shop's figures replace the snapshot; N is unchanged: what is over is credit, what
    is missing is balance. Units leave short first, then held, then those with the customer.
    """
    total_before, quantities_before = order.total_minor, _quantities(order)
    known = {line.remote_id: line for line in order.lines if line.remote_id}
    for new in incoming:
        line = known.pop(new.remote_id, None)
        if line is None:
            order.lines.append(new)
        else:
            _follow_line(book, order, line, new)
    for line in known.values():
        _shrink(book, order, line, 0)
        line.qty_placed = line.qty = line.refunded_qty
    order.lines.sort(key=lambda line: (line.position, line.id))
    order.shipping_net_minor, order.shipping_taxes = terms.shipping_net_minor, dict(terms.shipping_taxes)
    order.fees_net_minor, order.fees_taxes = terms.fees_net_minor, dict(terms.fees_taxes)
    order.discount_minor = terms.discount_minor
    _absorb_unassigned(order, total_before)
    order.retotal()
    if order.is_confirmed and (order.total_minor, _quantities(order)) != (total_before, quantities_before):
        raise_case(book, order, Reason.SHOP_CHANGED, detail="edited")
    weigh(book, order, at=book.at)


def _absorb_unassigned(order: Order, total_before: int) -> None:
    """What was given back without naming goods shrinks when its goods go: it is not given back twice."""
    less = total_before - order.total_now_minor
    order.unassigned_minor -= min(order.unassigned_minor, max(0, less))


def _quantities(order: Order) -> dict[str, int]:
    return {line.remote_id: line.qty for line in order.lines if line.qty}


def _follow_line(book: Book, order: Order, line: Line, new: Line) -> None:
    _shrink(book, order, line, new.qty)
    line.qty_placed = line.qty = max(new.qty, line.refunded_qty)
    line.net_minor, line.taxes, line.unit_price_minor = new.net_minor, dict(new.taxes), new.unit_price_minor
    line.name, line.sku, line.position = new.name, new.sku, new.position
    line.taken_by_shop = new.taken_by_shop
    if line.confirmed_qty == 0:
        line.variant_id, line.item_id = new.variant_id, new.item_id


def _shrink(book: Book, order: Order, line: Line, quantity: int) -> None:
    """Take confirmed units off a line that the shop made smaller."""
    gone = line.confirmed_qty - max(quantity, line.refunded_qty)
    if gone > 0:
        leave = leaving(line, gone)
        line.confirmed_qty -= gone
        let_go(book, order, line, leave)


def complete(book: Book, order: Order) -> None:
    """The shop says the goods left: hand over what is held, now or as soon as it is paid."""
    order.completed_in_shop = True
    if order.is_confirmed:
        hand_over_all(book, order)


def cancel_in_shop(book: Book, order: Order, detail: str) -> None:
    """Cancelled, failed, trashed or deleted there. After payment a person decides about the money."""
    if order.status == Status.CANCELLED:
        return
    money = order.paid_minor > 0 or order.contribution_minor > 0
    release_all(book, order)
    shut(book, order, CloseReason.SHOP)
    if money:
        raise_case(book, order, Reason.SHOP_CHANGED, detail=detail)


def reopen_from_shop(book: Book, order: Order) -> None:
    """The shop took its cancelling back: the order is a new arrival, as if a person had reopened it."""
    if order.status == Status.CANCELLED and order.close_reason == CloseReason.SHOP:
        case = order.open_case(Reason.SHOP_CHANGED)
        if case is not None or order.paid_minor == 0 == order.unapplied_minor:
            reopen(book, order)
            if case is not None:
                close(book, order, case, resolution="reopened in the shop", by=book.actor)
                ask_what_is_left(book, order)


def ask_what_is_left(book: Book, order: Order) -> None:
    """Of an order that lives again, what else the shop did to it is still to be decided."""
    if deleted_refunds(order):
        raise_case(book, order, Reason.SHOP_CHANGED, detail="refund_deleted")
    elif order.contribution_minor > order.total_minor:
        raise_case(book, order, Reason.SHOP_CHANGED, detail="edited")


def reopen(book: Book, order: Order) -> None:
    """Restore what was wanted, as a new arrival; confirmed again only if the money covers it."""
    order.status, order.close_reason, order.cancelled_at = Status.OPEN, CloseReason.NONE, None
    for line in order.lines:
        line.confirmed_qty = min(line.confirmed_qty, line.refunded_qty + line.handed_over_qty)
    weigh(book, order, at=book.at)
