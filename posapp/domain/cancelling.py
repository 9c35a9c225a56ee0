"""Cancelling an order here, taking a decision back, and swapping with an order that overtook."""

from posapp.domain.allocation import allocate, release
from posapp.domain.book import Book, Decision
from posapp.domain.errors import Refused
from posapp.domain.events import AttentionRaised
from posapp.domain.orders import CloseReason, Order, Status
from posapp.domain.payments import PartState, RefundKind
from posapp.domain.refunding import Payout, give_back, refund_order, shut, take_off_sales
from posapp.domain.sending import withdraw
from posapp.domain.stock import MovementKind
from posapp.domain.stocktaking import carry

UNDOABLE = ("refund_excess", "refund_order", "fulfill_order", "mixed", "refund", "refund_difference")


def cancel_order(book: Book, order: Order, payout: Payout) -> None:
    """Cancel freely before confirmation, giving a deposit back; a paid one is refunded whole.

    Raises `Refused` once units are with the customer: that is a return.
    """
    if order.status == Status.CANCELLED:
        raise Refused(f"Order {order.number} is cancelled already.", code="cancelled")
    if any(line.handed_over_qty for line in order.lines):
        raise Refused(
            f"Goods of order {order.number} are with the customer: that is a return.", code="handed_over"
        )
    if order.is_confirmed:
        refund_order(book, order, payout, CloseReason.CANCELLED)
        return
    if order.paid_minor > 0 or order.contribution_minor > 0:
        refund = give_back(book, order, RefundKind.ORDER, max(0, order.paid_minor), payout)
        take_off_sales(book, order, refund, order.contribution_minor)  # of an order that was confirmed once
    shut(book, order, CloseReason.CANCELLED)


def undo(book: Book, order: Order, decision: Decision) -> None:
    """Take a decision back while nothing else has happened to the order since.

    FOUND units vanish, free units that were taken are free again, and the order is short
    as it was. Money that has left cannot be called back: such a decision stays.
    """
    if decision.key not in UNDOABLE:
        raise Refused("That decision cannot be taken back.", code="cannot_undo")
    if decision.undone:
        raise Refused("That was undone already.", code="undone")
    if decision.version_after != order.version:
        raise Refused(f"Order {order.number} changed since: it can no longer be undone.", code="too_late")
    parts = [part for part in order.parts if part.refund_id == decision.refund_id]
    if any(part.state != PartState.QUEUED for part in parts):
        raise Refused(
            "The money has left the till: a refund that was paid cannot be undone.", code="money_left"
        )
    _give_units_back(book, order, decision)
    take_refund_back(book, order, decision.refund_id)
    decision.undone = True
    book.decisions.append(decision)
    _reopen_case(book, order, decision)


def _give_units_back(book: Book, order: Order, decision: Decision) -> None:
    """Let go of what the decision brought, found and took: each unit goes where it came from."""
    for line in order.lines:
        release(book, order, line, decision.gained.get(line.id, 0), reason="undo")
        for item, units in decision.found.get(line.id, {}).items():
            level = book.level(item, order.location_id)
            book.move(level, MovementKind.FOUND, on_hand=-units, order=order, line=line, reason="undo")
    for gone in decision.brought:
        here, there = (book.level(gone.item_id, place) for place in (order.location_id, gone.location_id))
        carry(book, here, there, gone.units, order=order, line=order.line(gone.line_id), reason="undo")


def take_refund_back(book: Book, order: Order, refund_id: str) -> None:
    """Put back the lines and the total of a refund that paid nothing out; what was to be sent of it is withdrawn."""
    refund = next((r for r in order.refunds if r.id == refund_id), None)
    if refund is None:
        return
    if refund.kind == RefundKind.ORDER:
        _revive(book, order)
    for gone in refund.lines:
        line = order.line(gone.line_id)
        if line is not None:
            line.refunded_qty -= gone.quantity
    order.unassigned_minor -= refund.unassigned_minor
    order.kept_minor += refund.shipping_minor - refund.kept_minor
    order.refunds.remove(refund)
    order.parts = [part for part in order.parts if part.refund_id != refund_id]
    withdraw(book, order, refund_id)
    book.add_sales(order, refund.sales_minor, refund_id=refund.id)
    order.retotal()


def _revive(book: Book, order: Order) -> None:
    """Bring back an order that was closed to give its money back: its units are taken again as a new arrival.

    One that was never paid in full is open again; one that the shop had ended stays ended.
    """
    if order.close_reason == CloseReason.SHOP:
        return
    was_confirmed = (
        any(line.confirmed_qty > line.refunded_qty for line in order.lines) or not order.units_left
    )
    is_confirmed = order.confirmed_at is not None and was_confirmed
    order.status = Status.PROCESSING if is_confirmed else Status.OPEN
    order.close_reason, order.cancelled_at = CloseReason.NONE, None
    if is_confirmed:
        order.queue_at = book.at
        allocate(book, order)


def _reopen_case(book: Book, order: Order, decision: Decision) -> None:
    """The case that the decision closed is open again."""
    for case in order.cases:
        closed_by_it = case.resolution == decision.key and case.resolved_at == decision.at
        if not case.is_open and closed_by_it:
            case.is_open, case.resolution, case.resolved_by, case.resolved_at = True, "", "", None
            book.tell(AttentionRaised(order.id, case.reason))
            return
