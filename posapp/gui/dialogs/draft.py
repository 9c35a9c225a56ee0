"""An order that is being put together: its lines and what they come to, by the rules that will price it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from posapp.domain.pricing import TaxRate, price_lines
from posapp.queries.detail_rows import LineFacts
from posapp.queries.products import ProductRow
from posapp.queries.reader import ShopSettings

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
    lines: Sequence[DraftLine], discount_minor: int, delivery_minor: int, tax: TaxRate | None
) -> DraftTotals:
    """Add a draft up as placing it will; a discount above the goods is taken as the goods."""
    goods = sum(line.list_minor for line in lines)
    discount = min(discount_minor, goods)
    priced = price_lines([(line.quantity, line.price_minor) for line in lines], discount, tax)
    taxes = sum(sum(each.taxes.values()) for each in priced)
    whole = sum(each.net_minor for each in priced) + taxes
    return DraftTotals(goods, discount, taxes, delivery_minor, whole + delivery_minor)
