"""What a web shop is told of its order: that the goods left, that it was cancelled, what was decided.

Only what a person does here is told, never what the shop itself has said; and only the last word: one that
waits and is overtaken is withdrawn.
"""

from posapp.domain.book import Book
from posapp.domain.events import OutboxChanged
from posapp.domain.orders import Order, Status
from posapp.domain.outbox import COMPLETED, PAID, UNDO_FOR, Outgoing, OutKind, OutState
from posapp.domain.paying import is_told_here
from posapp.domain.rights import SYSTEM_ACTORS
from posapp.domain.sending import SHOWN_THERE

TELL_NOTHING, TELL_STATUS, TELL_NOTE = "off", "status", "note"  # values of the setting `tell_shop`
CANCELLED = "cancelled"  # as WooCommerce and most web shops call it


def queue_word(book: Book, order: Order) -> None:
    """Write what the shop is to be told of a change, and take back what is no longer true."""
    before = book.orders_before[order.id]
    if before is None or not order.shop_id or book.source.tell_shop == TELL_NOTHING:
        return
    if order.status == before.status and len(order.refunds) == len(before.refunds):
        return
    _withdraw_stale(book, order, before)
    if book.actor in SYSTEM_ACTORS and not _is_paid_elsewhere(order, before):
        return
    status, message = _word(order, before)
    message = message if book.source.tell_shop == TELL_NOTE else ""
    if status or message:
        rows = book.outgoing(order.id)
        told = sum(row.kind == OutKind.SHOP_ORDER for row in rows) + 1
        key, due_at = f"{order.id}/told/{told}", book.at + UNDO_FOR
        row = Outgoing(
            key, order.id, OutKind.SHOP_ORDER, order.shop_id, due_at, status=status, message=message
        )
        if message.startswith("refunded") and len(order.refunds) > len(before.refunds):
            row.refund_id = order.refunds[-1].id  # the money that the message speaks of
        rows.append(row)
        book.tell(OutboxChanged(order.id))


def _word(order: Order, before: Order) -> tuple[str, str]:
    """The shop's word for what an order has become, "" where it stays, and the message to its customer."""
    if order.status == Status.CANCELLED != before.status:
        if _shop_says_refunded(order):
            return "", "refunded"
        return CANCELLED, "cancelled"
    if order.status == Status.PROCESSING and _is_paid_elsewhere(order, before):
        return PAID, ""
    if order.status == Status.COMPLETED != before.status:
        return (COMPLETED if order.shop_status != COMPLETED else ""), "handed_over"
    if len(order.refunds) > len(before.refunds) and order.refunds[-1].kind in SHOWN_THERE:
        return "", "refunded_excess"
    return "", ""


def _is_paid_elsewhere(order: Order, before: Order) -> bool:
    """Whether money that the shop cannot know of has confirmed it: it would go on waiting, and cancel in the end."""
    return before.confirmed_at is None is not order.confirmed_at and is_told_here(order)


def _shop_says_refunded(order: Order) -> bool:
    """Whether its refunds empty the order in the shop's own book: that turns it refunded there by itself."""
    given = sum(refund.amount_minor for refund in order.refunds if refund.kind in SHOWN_THERE)
    return 0 < order.total_placed_minor <= given


def _withdraw_stale(book: Book, order: Order, before: Order) -> None:
    """Withdraw what waits, where the order went back behind it (open again, a refund undone) or has ended since."""
    ended = (Status.COMPLETED, Status.CANCELLED)
    moved = order.status != before.status
    went_back = (moved and before.status in ended) or len(order.refunds) < len(before.refunds)
    is_over = moved and order.status == Status.CANCELLED
    for row in book.outgoing(order.id) if went_back or is_over else ():
        waits = row.kind == OutKind.SHOP_ORDER and row.state == OutState.WAITING
        if waits and (went_back or row.status):  # what was said of money beside the status stays true
            row.state, row.answered_at = OutState.WITHDRAWN, book.at
            book.tell(OutboxChanged(order.id))
