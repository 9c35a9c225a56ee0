"""Cancelling an order here, taking a decision back, and swapping with an order that overtook."""

from posapp.domain.allocation import allocate, close, mark_short, release, take
from posapp.domain.attention import SHORT_REASONS, Reason
from posapp.domain.book import Book, Decision
from posapp.domain.errors import Refused
from posapp.domain.events import AttentionRaised
from posapp.domain.orders import CloseReason, Line, Order, Status
from posapp.domain.payments import RefundKind
from posapp.domain.refunding import Payout, give_back, refund_order, shut, take_off_sales
from posapp.domain.stock import MovementKind

UNDOABLE = ("refund_excess", "refund_order", "fulfill_order", "mixed")


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
    if any(part.refund_id == decision.refund_id for part in order.parts):
        raise Refused(
            "The money has left the till: a refund that was paid cannot be undone.", code="money_left"
        )
    for line in order.lines:
        found, took = decision.found.get(line.id, 0), decision.took.get(line.id, 0)
        release(book, order, line, found + took, reason="undo")
        if found:
            level = book.level(line.item_id, order.location_id)
            book.move(level, MovementKind.FOUND, on_hand=-found, order=order, line=line, reason="undo")
    _take_refund_back(book, order, decision.refund_id)
    decision.undone = True
    book.decisions.append(decision)
    _reopen_case(book, order, decision)


def _take_refund_back(book: Book, order: Order, refund_id: str) -> None:
    """Put back the lines and the total of a refund that paid nothing out."""
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
    book.add_sales(order, refund.sales_minor, refund_id=refund.id)
    order.retotal()


def _revive(book: Book, order: Order) -> None:
    """Bring back an order that was given back whole: its units are taken again as a new arrival."""
    order.status, order.close_reason, order.cancelled_at = Status.PROCESSING, CloseReason.NONE, None
    order.queue_at = book.at
    allocate(book, order)


def _reopen_case(book: Book, order: Order, decision: Decision) -> None:
    """The case that the decision closed is open again."""
    for case in order.cases:
        closed_by_it = case.resolution == decision.key and case.resolved_at == decision.at
        if not case.is_open and case.reason in SHORT_REASONS and closed_by_it:
            case.is_open, case.resolution, case.resolved_by, case.resolved_at = True, "", "", None
            book.tell(AttentionRaised(order.id, case.reason))
            return


def swap(book: Book, order: Order, other: Order) -> None:
    """Give a waiting order the units of one that paid later and overtook it.

    Moves min(short, held) per item in one step. Raises `Refused` once a unit of the
    other is with its customer: goods handed over always win.
    """
    if not (order.is_confirmed and other.is_confirmed) or other.place <= order.place:
        raise Refused(f"Order {other.number} did not overtake order {order.number}.", code="no_swap")
    if any(line.handed_over_qty for line in other.lines):
        raise Refused(f"Units of order {other.number} are with its customer already.", code="handed_over")
    moved = 0
    for line in order.lines:
        for theirs in reversed(other.lines):
            moved += _swap_units(book, order, line, other, theirs)
    if not moved:
        raise Refused(
            f"Order {other.number} holds nothing that order {order.number} is short of.", code="no_swap"
        )
    mark_short(book, other, Reason.STOCK_DEFICIT, overtaken_by=order.id)
    case = order.open_case(*SHORT_REASONS)
    if case is not None and not order.short_units:
        close(book, order, case, resolution="swap", by=book.actor)


def _swap_units(book: Book, order: Order, line: Line, other: Order, theirs: Line) -> int:
    same_shelf = theirs.item_id == line.item_id and other.location_id == order.location_id
    if not (line.tracked and theirs.tracked and same_shelf):
        return 0
    units = min(order.short(line), theirs.allocated_qty)
    if units <= 0:
        return 0
    release(book, other, theirs, units, reason="swap")
    take(book, order, line, book.level(line.item_id, order.location_id), units)
    return units
