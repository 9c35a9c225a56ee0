"""An order that is being put together: its lines and what they come to, by the rules that will price it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from posapp.domain.pricing import Discount, PricedWish, TaxClass, TaxRate, price_sale
from posapp.queries.counter_facts import tax_classes
from posapp.queries.detail_rows import LineFacts
from posapp.queries.products import ProductRow
from posapp.queries.reader import Reader, ShopSettings
from posapp.queries.selling import sell_row

MAX_LINES = 500


@dataclass(frozen=True, slots=True)
class DraftLine:
    """Units of a product at the price that is shown."""

    product: ProductRow
    quantity: int

    @property
    def price_minor(self) -> int:
        """The price of one."""
        return self.product.price_minor or 0

    @property
    def list_minor(self) -> int:
        """Units × price, before discount and tax on top."""
        return self.quantity * self.price_minor

    @property
    def missing(self) -> int:
        """Units that are not free now; they may be short once it is paid."""
        return max(0, self.quantity - max(0, self.product.available)) if self.product.tracked else 0


@dataclass(frozen=True, slots=True)
class DraftTotals:
    """What a draft comes to, in minor units. `tax_minor` is inside the goods where prices include it."""

    goods_minor: int
    discount_minor: int
    tax_minor: int
    delivery_minor: int
    total_minor: int


def units_left(line: LineFacts) -> int:
    """Give the units of an order's line that are neither edited away nor refunded."""
    price = line.unit_price_minor
    return line.line_total_minor // price if price else line.ordered - line.refunded


def tax_of(settings: ShopSettings) -> TaxRate | None:
    """Give the shop's tax, none where there is none."""
    if not settings.tax_basis_points:
        return None
    return TaxRate(settings.tax_name, settings.tax_basis_points, settings.tax_included)


def with_one_more(lines: Sequence[DraftLine], product: ProductRow) -> tuple[DraftLine, ...]:
    """Add a unit of a product: to its line if there is one, else as a new line at the end."""
    if not any(line.product.id == product.id for line in lines):
        return (*lines, DraftLine(product, 1))
    return tuple(
        replace(line, quantity=line.quantity + 1) if line.product.id == product.id else line for line in lines
    )


def totals_of(
    lines: Sequence[DraftLine],
    discount_minor: int,
    delivery_minor: int,
    taxed: Callable[[str], TaxClass],
) -> DraftTotals:
    """Add a draft up as placing it will; a discount above the goods is taken as the goods.

    `taxed` gives the taxes of a product by its id.
    """
    wishes = [PricedWish(x.quantity, x.price_minor, tax_class=taxed(x.product.id)) for x in lines]
    goods = sum(line.list_minor for line in lines)
    discount = min(discount_minor, goods)
    priced = price_sale(wishes, Discount(amount_minor=discount), shipping_minor=delivery_minor)
    return DraftTotals(goods, discount, sum(priced.taxes.values()), delivery_minor, priced.total_minor)


class Taxes:
    """How products are taxed, each asked for once."""

    def __init__(self, reader: Reader) -> None:
        """Read the kinds of goods there are."""
        self._reader = reader
        self._classes = tax_classes(reader)
        self._known: dict[str, TaxClass] = {}
        self.standard = self._classes[""]

    def of(self, product_id: str) -> TaxClass:
        """The taxes of a product."""
        if product_id not in self._known:
            row = sell_row(self._reader, product_id)
            self._known[product_id] = self._classes.get(row.tax_class if row else "", self.standard)
        return self._known[product_id]

    def all_standard(self, lines: Sequence[DraftLine]) -> bool:
        """Whether one rate can be named for all lines."""
        return all(self.of(line.product.id) == self.standard for line in lines)
