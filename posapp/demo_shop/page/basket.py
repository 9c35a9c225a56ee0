"""What a browser carries: its basket, who it is, and the orders it made. All of it is hostile until read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from starlette.responses import Response

from posapp.demo_shop.book import Book
from posapp.demo_shop.checkout import MOST_UNITS, Customer
from posapp.demo_shop.names import person
from posapp.demo_shop.pricing import price_minor
from posapp.demo_shop.records import Order, Product

MOST_LINES = 20
MOST_ORDERS = 8
MOST_NAME = 60
AGE_S = 30 * 24 * 3600


@dataclass
class Basket:
    """Units by product or variation id, in the order they were put in."""

    units: dict[int, int] = field(default_factory=dict)

    @classmethod
    def read(cls, book: Book, cookie: str) -> "Basket":
        """Read "11.2-15.1"; what is not for sale or makes no sense is left out."""
        basket = cls()
        for part in cookie.split("-")[:MOST_LINES]:
            match = re.fullmatch(r"(\d{1,9})\.(\d{1,7})", part)
            if match is None:
                continue
            product = book.state.products.get(int(match[1]))
            units = int(match[2])
            if product is not None and for_sale(product) and 1 <= units <= MOST_UNITS:
                basket.units[product.id] = units
        return basket

    def cookie(self) -> str:
        """The same, to be kept."""
        return "-".join(f"{product_id}.{units}" for product_id, units in self.units.items() if units > 0)

    def lines(self, book: Book) -> list[tuple[Product, int]]:
        """Products with their units."""
        return [(book.product(product_id), units) for product_id, units in self.units.items()]

    def goods_minor(self, book: Book) -> int:
        """What the goods cost, VAT inside, in kobo."""
        return sum(price_minor(product) * units for product, units in self.lines(book))


def for_sale(product: Product) -> bool:
    """Whether it can be put into a basket."""
    return product.status == "publish" and product.kind != "variable" and bool(product.price)


def who_buys(book: Book, cookies: Mapping[str, str]) -> Customer:
    """The name this browser used last, or an invented one."""
    parts = [clean(unquote(part)) for part in cookies.get("who", "").split("~")]
    if len(parts) == 3 and parts[0]:
        return Customer(*parts)
    return Customer(*person(book.random))


def clean(text: str) -> str:
    """One line of a form: no control or direction characters, not endless."""
    kept = "".join(
        c for c in text if c.isprintable() and c not in "\u200e\u200f\u061c\u2066\u2067\u2068\u2069"
    )
    return " ".join(kept.split())[:MOST_NAME]


def remember(response: Response, **values: str) -> None:
    """Set cookies that only this shop's pages get."""
    for name, value in values.items():
        response.set_cookie(name, value, max_age=AGE_S, httponly=True, samesite="lax")


def who_cookie(customer: Customer) -> str:
    """A name and a phone, to be kept."""
    return "~".join(
        quote(part, safe="") for part in (customer.first_name, customer.last_name, customer.phone)
    )


def own_orders(book: Book, cookies: Mapping[str, str]) -> list[Order]:
    """The orders this browser made and may see, newest first."""
    found = []
    for part in cookies.get("orders", "").split("~")[:MOST_ORDERS]:
        number, _, key = part.partition(".")
        order = book.state.orders.get(int(number)) if re.fullmatch(r"\d{1,9}", number) else None
        if order is not None and order.order_key == key:
            found.append(order)
    return found


def orders_cookie(orders: list[Order]) -> str:
    """Those orders, to be kept."""
    return "~".join(f"{order.id}.{order.order_key}" for order in orders[:MOST_ORDERS])
