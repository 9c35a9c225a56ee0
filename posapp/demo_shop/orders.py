"""An order's life in WooCommerce: placed, paid, moved from status to status, thrown away."""

import secrets

from posapp.demo_shop.book import Book
from posapp.demo_shop.pricing import totals
from posapp.demo_shop.records import Line, Order, Refund
from posapp.demo_shop.stock import GIVES_BACK, REDUCED, TAKES_STOCK, adjust, give_back, take

STATUSES = (
    "auto-draft",
    "pending",
    "processing",
    "on-hold",
    "completed",
    "cancelled",
    "refunded",
    "failed",
    "checkout-draft",
)
NEEDS_PAYMENT = frozenset({"pending", "failed"})
# payment_complete() of WooCommerce also takes these; the REST field set_paid does not.
MAY_COMPLETE = frozenset({"pending", "failed", "on-hold"})
_WORDS = {"pending": "Pending payment", "on-hold": "On hold"}


def open_order(book: Book, *, created_via: str = "rest-api") -> Order:
    """A new, empty, pending order."""
    now = book.now()
    order = Order(
        id=book.post_id(),
        status="pending",
        order_key=f"wc_order_{secrets.token_urlsafe(10)[:13].replace('-', 'x').replace('_', 'y')}",
        created_at=now,
        modified_at=now,
        created_via=created_via,
    )
    book.state.orders[order.id] = order
    book.changes += 1
    return order


def number_tax_line(book: Book, order: Order) -> None:
    """Give the order its one tax line while something in it is taxed, and take it away when nothing is."""
    taxed = any(line.taxable for line in order.lines) or any(
        charge.tax_minor for charge in (*order.shipping_lines, *order.fees)
    )
    if taxed and order.tax_line_id is None:
        order.tax_line_id = book.line_id()
    elif not taxed:
        order.tax_line_id = None


def needs_payment(order: Order) -> bool:
    """Whether WooCommerce would show its Pay link."""
    return order.status in NEEDS_PAYMENT and totals(order).total_minor > 0


def needs_processing(book: Book, order: Order) -> bool:
    """Whether there is a known product to pack."""
    return any(line.stocked_id in book.state.products for line in order.lines)


def _paid_status(book: Book, order: Order) -> str:
    if order.payment_method == "cod":
        return "completed"
    return "processing" if needs_processing(book, order) else "completed"


def set_status(book: Book, order: Order, status: str) -> None:
    """Move to another status with everything WooCommerce hangs on it: stock, dates, a note, a refund.

    Trash and deletion are not statuses in this sense: they move no stock.
    """
    before, order.status = order.status, status
    if before == status:
        book.touch(order)
        return
    _stamp(book, order)
    if status in TAKES_STOCK:
        take(book, order)
    elif status in GIVES_BACK:
        give_back(book, order)
    elif status == "refunded":
        _refund_the_rest(book, order)
    if before not in {"auto-draft", "checkout-draft", "trash"}:
        book.note(order, f"Order status changed from {_spoken(before)} to {_spoken(status)}.")
    book.touch(order)


def _spoken(status: str) -> str:
    return _WORDS.get(status, status.capitalize())


def _stamp(book: Book, order: Order) -> None:
    paid = _paid_status(book, order)
    arrived = order.status == paid or (paid == "processing" and order.status == "completed")
    if arrived and order.paid_at is None:
        order.paid_at = book.now()
    if order.status == "completed":
        order.completed_at = book.now()


def _refund_the_rest(book: Book, order: Order) -> None:
    left = totals(order).total_minor - sum(refund.amount_minor for refund in order.refunds)
    if left > 0:
        kind = book.meta("_refund_type", "full")
        order.refunds.append(Refund(book.post_id(), book.now(), left, "Order fully refunded.", False, [kind]))


def payment_complete(book: Book, order: Order, transaction_id: str = "") -> bool:
    """What a gateway calls when money came. False, and nothing happens, for an order that is past it.

    WooCommerce itself would also take a cancelled order back here. The demo shop leaves it cancelled, so
    that late money stays what it is: money for an order that is closed.
    """
    if order.status not in MAY_COMPLETE:
        return False
    if transaction_id:
        order.transaction_id = transaction_id
    if order.paid_at is None:
        order.paid_at = book.now()
    by = f"Payment via {order.payment_title} ({transaction_id})." if transaction_id else "Payment complete."
    book.note(order, by)
    set_status(book, order, "processing" if needs_processing(book, order) else "completed")
    return True


def change_quantity(book: Book, order: Order, line: Line, quantity: int) -> None:
    """Edit a line's quantity: the units move, the money stays as it was."""
    line.quantity = quantity
    adjust(book, order, line, quantity)


def remove_line(book: Book, order: Order, line: Line) -> None:
    """Take a line out of an order and put its units back."""
    adjust(book, order, line, 0)
    line.meta = [row for row in line.meta if row.key != REDUCED]
    order.lines.remove(line)


def trash(book: Book, order: Order) -> None:
    """Throw away: no stock moves, and the lists forget it."""
    now = int(book.now().timestamp())
    book.put_meta(order.meta, "_wp_trash_meta_status", f"wc-{order.status}")
    book.put_meta(order.meta, "_wp_trash_meta_time", str(now))
    order.status = "trash"
    book.touch(order)
