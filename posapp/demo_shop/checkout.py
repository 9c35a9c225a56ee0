"""The till of the web shop: a basket becomes an order, and a choice of payment becomes money or not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from posapp.demo_shop.book import Book, NotThere
from posapp.demo_shop.names import email_of
from posapp.demo_shop.orders import number_tax_line, open_order, payment_complete, set_status
from posapp.demo_shop.pricing import describe, new_charge, new_line, totals
from posapp.demo_shop.provider import METHOD, TITLE, Attempt, charge, pay, reverse
from posapp.demo_shop.records import Order, Product
from posapp.demo_shop.stock import on_hand

MOST_UNITS = 1_000_000
TOO_MUCH_MINOR = 100_000  # ₦1,000 on top of the total
TITLES = {METHOD: TITLE, "bacs": "Bank transfer", "cod": "Cash on delivery"}


class Delivery(StrEnum):
    """How the goods get to the customer."""

    PICKUP = "pickup"
    LAGOS = "lagos"


DELIVERIES = {
    # title, method of WooCommerce, its instance, net price in kobo
    Delivery.PICKUP: ("Pick up in the shop", "pickup_location", "0", 0),
    Delivery.LAGOS: ("Lagos delivery", "flat_rate", "1", 150_000),
}


class Payment(StrEnum):
    """What the customer does about the money; each makes a case for the till."""

    NOW = "now"
    LATER = "later"
    TWICE = "twice"
    TOO_MUCH = "too_much"
    PART = "part"
    SLOW = "slow"
    REVERSED = "reversed"
    AFTER_CANCELLING = "after_cancelling"
    ON_DELIVERY = "on_delivery"
    TRANSFER = "transfer"


@dataclass(frozen=True)
class Customer:
    """Who buys. The address is an invented one in Lagos."""

    first_name: str
    last_name: str = ""
    phone: str = ""
    email: str = ""
    street: str = ""

    def billing(self) -> dict[str, str]:
        """As WooCommerce keeps it."""
        return {
            "first_name": self.first_name,
            "last_name": self.last_name,
            "address_1": self.street,
            "city": "Lagos",
            "state": "LA",
            "country": "NG",
            "email": self.email or email_of(self.first_name, self.last_name),
            "phone": self.phone,
        }


@dataclass(frozen=True)
class Purchase:
    """A basket with everything the checkout asks."""

    items: Sequence[tuple[int, int]]  # product or variation id, units
    customer: Customer
    delivery: Delivery = Delivery.PICKUP
    method: str = METHOD
    note: str = ""
    user_agent: str = field(default="", repr=False)


class NotForSale(ValueError):
    """What is in the basket cannot be bought; the words are for the customer."""


def room_for(book: Book, product: Product, in_basket: int) -> bool:
    """Whether one more fits into the basket, by what the shop shows.

    This is asked when a unit goes into the basket and not again at the checkout. WooCommerce asks there
    too, and loses that race four times in five; in the demo shop it is always lost, because two customers
    who pay for the last unit are what it is for.
    """
    units = on_hand(book, product)
    return units is None or in_basket < units


def place(book: Book, purchase: Purchase) -> Order:
    """Turn a basket into a pending order. Raises `NotForSale`."""
    lines = [(_buyable(book, product_id), units) for product_id, units in purchase.items]
    if not lines:
        raise NotForSale("The basket is empty.")
    if any(not 1 <= units <= MOST_UNITS for _, units in lines):
        raise NotForSale("That is not a number of units one can buy.")
    order = open_order(book, created_via="store-api")
    order.lines = [new_line(book, product, units) for product, units in lines]
    title, method_id, instance, net_minor = DELIVERIES[purchase.delivery]
    taxable = net_minor > 0 and any(line.taxable for line in order.lines)
    delivery = new_charge(book, title, net_minor, taxable=taxable, method_id=method_id)
    delivery.instance_id = instance
    delivery.meta = [book.meta("Items", describe(order).replace("×", "&times;"))]
    order.shipping_lines = [delivery]
    number_tax_line(book, order)
    order.billing = purchase.customer.billing()
    order.shipping = {key: value for key, value in order.billing.items() if key != "email"}
    order.payment_method, order.payment_title = purchase.method, TITLES.get(purchase.method, "")
    order.customer_note = purchase.note
    order.ip_address, order.user_agent = "127.0.0.1", purchase.user_agent
    order.meta = [book.meta("is_vat_exempt", "no")]
    return order


def _buyable(book: Book, product_id: int) -> Product:
    try:
        product = book.product(product_id)
    except NotThere:
        raise NotForSale("That product is not in the shop.") from None
    if product.status != "publish" or product.kind == "variable" or not product.price:
        raise NotForSale(f"{product.name} cannot be bought.")
    return product


def settle_choice(book: Book, order: Order, choice: Payment) -> None:
    """Do what the customer chose at the checkout."""
    _DEEDS[choice](book, order)


def _later(book: Book, order: Order) -> None:
    """Nothing yet: the order waits for its payment."""


def _now(book: Book, order: Order) -> None:
    pay(book, order, Attempt())


def _twice(book: Book, order: Order) -> None:
    pay(book, order, Attempt())
    pay(book, order, Attempt())


def _too_much(book: Book, order: Order) -> None:
    amount = totals(order).total_minor + TOO_MUCH_MINOR
    pay(book, order, Attempt(amount_minor=amount, channel="bank_transfer"))


def _part(book: Book, order: Order) -> None:
    amount = half_of(totals(order).total_minor)
    pay(book, order, Attempt(amount_minor=amount, channel="bank_transfer"))


def _slow(book: Book, order: Order) -> None:
    charge(book, order, Attempt(status="pending", channel="bank_transfer"))


def _reversed(book: Book, order: Order) -> None:
    reverse(book, pay(book, order, Attempt()))


def _after_cancelling(book: Book, order: Order) -> None:
    set_status(book, order, "cancelled")
    pay_late(book, order)


def _on_delivery(book: Book, order: Order) -> None:
    promise(book, order, "cod", "processing")


def _transfer(book: Book, order: Order) -> None:
    promise(book, order, "bacs", "on-hold")


_DEEDS: dict[Payment, Callable[[Book, Order], None]] = {
    Payment.LATER: _later,
    Payment.NOW: _now,
    Payment.TWICE: _twice,
    Payment.TOO_MUCH: _too_much,
    Payment.PART: _part,
    Payment.SLOW: _slow,
    Payment.REVERSED: _reversed,
    Payment.AFTER_CANCELLING: _after_cancelling,
    Payment.ON_DELIVERY: _on_delivery,
    Payment.TRANSFER: _transfer,
}


def pay_late(book: Book, order: Order) -> None:
    """Pay a cancelled order.

    Times here are whole seconds, and at equal times a payment comes before a cancelling: so an order that
    was cancelled just now was cancelled a second ago.
    """
    order.modified_at = min(order.modified_at, book.now() - timedelta(seconds=1))
    order.created_at = min(order.created_at, order.modified_at)
    pay(book, order, Attempt())


def promise(book: Book, order: Order, method: str, status: str) -> None:
    """Goods now, money later: WooCommerce takes the stock and has no date_paid."""
    order.payment_method, order.payment_title = method, TITLES[method]
    set_status(book, order, status)


def money_seen(book: Book, order: Order) -> None:
    """Somebody at the shop saw the bank transfer arrive."""
    payment_complete(book, order)


def half_of(total_minor: int) -> int:
    """A deposit: half, in whole naira, at least one."""
    return max(100, total_minor // 200 * 100)
