"""What a customer, a bank or the shop can still do about an order, offered on its page."""

from collections.abc import Callable
from dataclasses import dataclass

from posapp.demo_shop.book import Book
from posapp.demo_shop.checkout import TOO_MUCH_MINOR, half_of, money_seen, pay_late
from posapp.demo_shop.orders import NEEDS_PAYMENT, set_status
from posapp.demo_shop.pricing import totals
from posapp.demo_shop.provider import Attempt, charge, pay, received_minor, reverse, settle, transactions_of
from posapp.demo_shop.provider_records import ProviderRefund
from posapp.demo_shop.provider_refunds import plan, refunds_of, settle_refund
from posapp.demo_shop.records import Order, Transaction

AWAITED = frozenset({"pending", "ongoing", "processing", "queued"})


@dataclass(frozen=True)
class Deed:
    """One button: its word, what it means, when it is there, and what it does."""

    word: str
    meaning: str
    there: Callable[[Book, Order], bool]
    do: Callable[[Book, Order], None]
    primary: bool = False


def _unpaid(book: Book, order: Order) -> bool:
    return order.status in NEEDS_PAYMENT and not _awaited(book, order)


def _awaited(book: Book, order: Order) -> list[Transaction]:
    return [t for t in transactions_of(book, order) if t.status in AWAITED]


def _paid(book: Book, order: Order) -> list[Transaction]:
    return [t for t in transactions_of(book, order) if t.status == "success"]


def _rest_minor(book: Book, order: Order) -> int:
    return totals(order).total_minor - received_minor(book, order)


def _part_paid(book: Book, order: Order) -> bool:
    return order.status == "on-hold" and bool(_paid(book, order)) and _rest_minor(book, order) > 0


def _pay(book: Book, order: Order) -> None:
    pay(book, order, Attempt())


def _pay_rest(book: Book, order: Order) -> None:
    pay(book, order, Attempt(amount_minor=_rest_minor(book, order)))


def _pay_too_much(book: Book, order: Order) -> None:
    amount = totals(order).total_minor + TOO_MUCH_MINOR
    pay(book, order, Attempt(amount_minor=amount, channel="bank_transfer"))


def _pay_part(book: Book, order: Order) -> None:
    pay(book, order, Attempt(amount_minor=half_of(totals(order).total_minor), channel="bank_transfer"))


def _pay_slowly(book: Book, order: Order) -> None:
    charge(book, order, Attempt(status="pending", channel="bank_transfer"))


def _bank_answers(book: Book, order: Order) -> None:
    settle(book, _awaited(book, order)[0])


def _bank_declines(book: Book, order: Order) -> None:
    settle(book, _awaited(book, order)[0], "failed")


def _take_back(book: Book, order: Order) -> None:
    reverse(book, _paid(book, order)[-1])


def _paid_out(book: Book, order: Order) -> list[ProviderRefund]:
    made = [refund for each in transactions_of(book, order) for refund in refunds_of(book, each)]
    return [refund for refund in made if refund.status == "processed"]


def _refund_fails(book: Book, order: Order) -> None:
    plan(book, "failed")


def _refund_asks(book: Book, order: Order) -> None:
    plan(book, "needs-attention")


def _refund_comes_back(book: Book, order: Order) -> None:
    settle_refund(book, _paid_out(book, order)[-1], "failed")


def _cancel(book: Book, order: Order) -> None:
    set_status(book, order, "cancelled")


DEEDS = {
    "pay": Deed("Pay now (test)", "The whole amount, by card.", _unpaid, _pay, primary=True),
    "rest": Deed("Pay the rest", "What the deposit left open.", _part_paid, _pay_rest, primary=True),
    "answers": Deed(
        "The bank answers",
        "The transfer arrived after all.",
        lambda book, order: bool(_awaited(book, order)),
        _bank_answers,
        primary=True,
    ),
    "declines": Deed(
        "The bank declines",
        "The transfer failed; the order stays unpaid.",
        lambda book, order: bool(_awaited(book, order)),
        _bank_declines,
    ),
    "seen": Deed(
        "The shop saw it",
        "The bank transfer is in the shop's account.",
        lambda book, order: order.status == "on-hold" and order.payment_method == "bacs",
        money_seen,
        primary=True,
    ),
    "late": Deed(
        "Pay all the same",
        "An old payment link still works: money for a cancelled order.",
        lambda book, order: order.status == "cancelled",
        pay_late,
        primary=True,
    ),
    "too_much": Deed("Pay too much", "₦1,000 more than it costs.", _unpaid, _pay_too_much),
    "part": Deed("Pay half", "A deposit by bank transfer.", _unpaid, _pay_part),
    "slow": Deed("Pay, slow bank", "The bank has not answered yet.", _unpaid, _pay_slowly),
    "again": Deed(
        "Pay once more",
        "The same order paid a second time by mistake.",
        lambda book, order: bool(_paid(book, order)) and order.status in {"processing", "completed"},
        _pay,
    ),
    "back": Deed(
        "The bank takes it back",
        "The last payment is reversed; the shop hears nothing of it.",
        lambda book, order: bool(_paid(book, order)),
        _take_back,
    ),
    "refund_fails": Deed(
        "Next refund fails",
        "Whichever is asked for next, half a minute later.",
        lambda book, order: bool(_paid(book, order)),
        _refund_fails,
    ),
    "refund_asks": Deed(
        "Next refund needs details",
        "The provider asks for the customer's bank account.",
        lambda book, order: bool(_paid(book, order)),
        _refund_asks,
    ),
    "refund_back": Deed(
        "The refund comes back",
        "Paid out, and then the customer's bank did not take it.",
        lambda book, order: bool(_paid_out(book, order)),
        _refund_comes_back,
    ),
    "cancel": Deed(
        "Cancel the order",
        "Before anything was paid.",
        lambda book, order: order.status in NEEDS_PAYMENT,
        _cancel,
    ),
}


def offered(book: Book, order: Order) -> dict[str, Deed]:
    """The deeds that make sense now."""
    return {name: deed for name, deed in DEEDS.items() if deed.there(book, order)}
