"""The payment provider's side: money that came, is awaited, failed, or was taken back. Amounts in kobo."""

from dataclasses import dataclass
from datetime import datetime

from posapp.demo_shop.book import Book, NotThere
from posapp.demo_shop.orders import payment_complete, set_status
from posapp.demo_shop.pricing import totals
from posapp.demo_shop.provider_refunds import RefundDeclined, make_refund
from posapp.demo_shop.records import Order, Transaction

METHOD = "paystack"
TITLE = "Card or transfer (Paystack)"
STATUSES = ("success", "failed", "abandoned", "pending", "ongoing", "processing", "queued", "reversed")
FEE_BP = 150  # 1.5 %
FEE_FLAT_MINOR = 10_000  # ₦100, from ₦2,500 on
FEE_FLAT_FROM_MINOR = 250_000
FEE_CAP_MINOR = 200_000  # ₦2,000


@dataclass(frozen=True)
class Attempt:
    """How a customer pays: how much, with what outcome, and who bears the provider's fee."""

    amount_minor: int | None = None  # None: what the order still wants
    status: str = "success"
    channel: str = "card"
    reference: str | None = None
    customer_fee_minor: int = 0


def fee_on(amount_minor: int) -> int:
    """The provider's own fee on a local payment."""
    flat = FEE_FLAT_MINOR if amount_minor >= FEE_FLAT_FROM_MINOR else 0
    return min(FEE_CAP_MINOR, amount_minor * FEE_BP // 10_000 + flat)


def transaction(book: Book, reference: str) -> Transaction:
    """Raises `NotThere`."""
    for known in book.state.transactions.values():
        if known.reference == reference:
            return known
    raise NotThere(f"no transaction {reference}")


def transactions_of(book: Book, order: Order) -> list[Transaction]:
    """Every attempt to pay this order, oldest first."""
    return [t for t in book.state.transactions.values() if t.order_id == order.id]


def received_minor(book: Book, order: Order) -> int:
    """What the provider holds for the order: succeeded and not given back, less fees customers bore."""
    held = [t for t in transactions_of(book, order) if t.status == "success"]
    return sum(t.amount_minor - t.customer_fee_minor - t.refunded_minor for t in held)


def charge(book: Book, order: Order | None, attempt: Attempt) -> Transaction:
    """An attempt to pay, at the provider only. Without an order it is money nobody can place."""
    if attempt.status not in STATUSES:
        raise ValueError(f"the provider has no status {attempt.status!r}")
    wanted = attempt.amount_minor
    if wanted is None:
        wanted = totals(order).total_minor if order is not None else 0
    now = book.now()
    billing = order.billing if order is not None else {}
    made = Transaction(
        id=book.state.next_transaction,
        reference=attempt.reference or _reference(book, order),
        status=attempt.status,
        amount_minor=wanted + attempt.customer_fee_minor,
        requested_minor=wanted,
        created_at=now,
        paid_at=now if attempt.status in {"success", "reversed"} else None,
        channel=attempt.channel,
        order_id=order.id if order is not None else None,
        order_key=order.order_key if order is not None else "",
        email=billing.get("email") or "guest@example.test",
        first_name=billing.get("first_name", ""),
        last_name=billing.get("last_name", ""),
        phone=billing.get("phone", ""),
        customer_fee_minor=attempt.customer_fee_minor,
    )
    made.fee_minor = _fee(made)
    book.state.next_transaction += 1
    book.state.transactions[made.id] = made
    book.changes += 1
    return made


def _fee(made: Transaction) -> int | None:
    if made.paid_at is None:
        return None
    return made.customer_fee_minor or fee_on(made.amount_minor)


def _reference(book: Book, order: Order | None) -> str:
    """The WordPress plugin's own shape: order id, underscore, seconds; a free one."""
    seconds = int(book.now().timestamp())
    taken = {t.reference for t in book.state.transactions.values()}
    while True:
        reference = f"{order.id if order is not None else 0}_{seconds}"
        if reference not in taken:
            return reference
        seconds += 1


def pay(book: Book, order: Order, attempt: Attempt) -> Transaction:
    """Pay an order through the provider, and tell the shop as the plugin does."""
    order.payment_method, order.payment_title = METHOD, TITLE
    made = charge(book, order, attempt)
    if made.status in {"success", "reversed"}:
        tell_shop(book, order, made)
    return made


def tell_shop(book: Book, order: Order, made: Transaction) -> None:
    """What the plugin does with a success: enough completes the order, too little puts it on hold.

    WooCommerce knows one payment per order: a second one, and one for a cancelled order, leave a note.
    """
    if received_minor(book, order) >= totals(order).total_minor or made.status == "reversed":
        if not payment_complete(book, order, made.reference):
            book.note(order, f"Paystack: another payment arrived ({made.reference}).")
    elif order.status in {"pending", "failed"}:
        order.transaction_id = made.reference
        set_status(book, order, "on-hold")
        book.note(order, f"Paystack: the amount paid is less than the total ({made.reference}).")
    else:
        book.note(order, f"Paystack: a payment arrived ({made.reference}).")


def settle(book: Book, made: Transaction, status: str = "success", paid_at: datetime | None = None) -> None:
    """The bank answers an awaited payment, at `paid_at` or now."""
    if made.status not in {"pending", "ongoing", "processing", "queued"}:
        return
    made.status = status
    book.changes += 1
    if status == "success":
        made.paid_at = (paid_at or book.now()).replace(microsecond=0)
        made.fee_minor = _fee(made)
        if made.order_id is not None and made.order_id in book.state.orders:
            tell_shop(book, book.order(made.order_id), made)


def reverse(book: Book, made: Transaction) -> None:
    """The bank takes the money back. WooCommerce hears nothing of it."""
    if made.status == "success":
        made.status = "reversed"
        book.changes += 1


def give_money_back(book: Book, order: Order, amount_minor: int, reason: str = "") -> bool:
    """A refund as the shop's plugin asks for it; False when the provider does not hold so much of the order's money.

    It is paid out at once. The plugin leaves a note of its own, and knows nothing of the till.
    """
    if received_minor(book, order) < amount_minor:
        return False
    left = amount_minor
    note = f"Refund for Order ID: #{order.id} on {book.state.name}"
    try:
        for made in transactions_of(book, order):
            if made.status == "success" and left:
                part = min(left, made.amount_minor - made.customer_fee_minor - made.refunded_minor)
                if part:
                    make_refund(book, made, part, customer_note=reason, merchant_note=note, at_once=True)
                left -= part
    except RefundDeclined:
        return False
    return True
