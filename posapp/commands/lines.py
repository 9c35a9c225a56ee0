"""Lines of an order made here: which product, at what price, with which taxes, fixed from then on."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from posapp.commands.command import Work, named
from posapp.domain.errors import NotFound, Refused
from posapp.domain.lines import Line
from posapp.domain.money import smallest_cash
from posapp.domain.orders import Channel, Order
from posapp.domain.pricing import MAX_TOTAL_MINOR, Discount, PricedSale, PricedWish, TaxClass
from posapp.domain.sale_line import SaleLine

MAX_UNITS = 1_000_000
MAX_LINES = 500
_PRODUCT = "SELECT name, sku, price_minor, archived, sellable, tax_class_id FROM product WHERE id = ?"


@dataclass(frozen=True, slots=True)
class Article:
    """A line that is wanted, with what the catalogue says of its product."""

    product_id: str
    name: str
    sku: str
    list_minor: int | None
    wish: PricedWish
    note: str = ""


class Placed(Protocol):
    """What a command that makes an order at the counter says of it."""

    @property
    def order_id(self) -> str:
        """A new id."""
        ...

    @property
    def location_id(self) -> str:
        """Whose shelf it takes from."""
        ...

    @property
    def at(self) -> datetime:
        """When it was made."""
        ...


def new_order(work: Work, command: Placed, number: int, contact_id: str) -> Order:
    """An empty order of the counter. Raises `Refused` for an id that is known, `NotFound` for a strange location."""
    if work.row("SELECT 1 FROM orders WHERE id = ?", (command.order_id,)):
        raise Refused("That was done already.", code="done_already")
    check_location(work, command.location_id)
    return Order(
        id=command.order_id,
        number=f"{number:04d}",
        channel=Channel.COUNTER,
        location_id=command.location_id,
        currency=work.setting("currency"),
        placed_at=command.at,
        sequence=number,
        contact_id=contact_id,
    )


def check_location(work: Work, location_id: str) -> None:
    """Raises `NotFound` for a place that the shop does not have: units would lie nowhere."""
    if work.row("SELECT 1 FROM location WHERE id = ?", (location_id,)) is None:
        raise NotFound("There is no such location.", code="location_not_found")


def articles(work: Work, lines: Sequence[SaleLine], *, sold: bool = True) -> list[Article]:
    """Look up what is wanted; `sold`: only what can be sold today. Raises `Refused` and `NotFound`."""
    if not 0 < len(lines) <= MAX_LINES:
        raise Refused(f"A sale has between 1 and {MAX_LINES} lines.", code="no_lines")
    return [_article(work, line, sold=sold) for line in lines]


def _article(work: Work, line: SaleLine, *, sold: bool) -> Article:
    row = work.row(_PRODUCT, (line.product_id,))
    if row is None:
        raise NotFound("There is no such product.", code="product_not_found")
    name, sku, list_minor, archived, sellable, tax_class_id = row
    if sold and (archived or not sellable):
        raise Refused(f"{name} is no longer sold.", code="archived")
    if not 0 < line.quantity <= MAX_UNITS:
        raise Refused(f"{name}: between 1 and {MAX_UNITS:,} units can be ordered.", code="bad_quantity")
    price = list_minor if line.unit_price_minor is None else line.unit_price_minor
    if price is None or not 0 <= price <= MAX_TOTAL_MINOR:
        raise Refused(f"{name} has no price yet.", code="no_price")
    discount = Discount(line.discount_bp, line.discount_minor)
    wish = PricedWish(line.quantity, price, discount, tax_class_of(work, tax_class_id), name)
    return Article(line.product_id, name, sku, list_minor, wish, line.note)


def tax_class_of(work: Work, tax_class_id: str) -> TaxClass:
    """The taxes of a class; "" is the standard one, which the settings describe."""
    if tax_class_id:
        row = work.row("SELECT rates, included FROM tax_class WHERE id = ?", (tax_class_id,))
        if row is not None:
            return TaxClass(tuple((name, points) for name, points in json.loads(row[0])), bool(row[1]))
    points = int(work.setting("tax_basis_points", "0"))
    included = work.setting("tax_included", "true") == "true"
    return TaxClass(((work.setting("tax_name", "VAT"), points),) if points else (), included)


def order_lines(order: Order, wanted: Sequence[Article], priced: PricedSale) -> list[Line]:
    """The lines of an order, after those that it has."""
    first = len(order.lines)
    return [
        Line(
            id=named(order.id, "line", str(first + i)),
            order_id=order.id,
            position=first + i,
            variant_id=article.product_id,
            item_id="",
            remote_id="",
            sku=article.sku,
            name=article.name,
            qty_placed=article.wish.quantity,
            qty=article.wish.quantity,
            unit_price_minor=article.wish.unit_price_minor,
            net_minor=figures.net_minor,
            taxes=figures.taxes,
            discount_minor=figures.discount_minor,
            note=article.note,
        )
        for i, (article, figures) in enumerate(zip(wanted, priced.lines, strict=True))
    ]


def cash_step(work: Work) -> int:
    """The smallest cash there is, in minor units: what the setting says, or what the currency is known for."""
    return int(work.setting("cash_step_minor") or smallest_cash(work.setting("currency")))
