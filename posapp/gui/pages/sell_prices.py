"""What the products of a basket cost and have on the shelf, read once and again upon news."""

from collections import Counter
from dataclasses import dataclass
from itertools import count

from posapp.domain.basket import WHOLE_BP, Basket, BasketLine
from posapp.domain.errors import Refused
from posapp.domain.pricing import Discount, PricedSale, PricedWish, TaxClass, price_sale
from posapp.gui import text
from posapp.gui.pages.sell_words import stock_hint
from posapp.queries.counter_facts import holders_of, tax_classes
from posapp.queries.reader import Reader
from posapp.queries.selling import SellRow, sell_row


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line as it is shown; what has no price, or is no longer sold, has no amounts (minor units)."""

    line: BasketLine
    price_minor: int | None
    list_minor: int | None
    amount_minor: int | None
    hint: str = ""


def taken_off_bp(priced: PricedSale) -> int:
    """Give the largest share of a line's price that discounts take off, in basis points, rounded up."""
    shares = [
        -(-(line.discount_minor + line.share_minor) * WHOLE_BP // line.list_minor)
        for line in priced.lines
        if line.list_minor
    ]
    return max(shares, default=0)


class SellPrices:
    """Prices a basket as the sale will. What is no longer sold counts nothing, and stands in the way of Pay."""

    def __init__(self, reader: Reader, location_id: str) -> None:
        self._reader, self._location_id = reader, location_id
        self._rows: dict[str, SellRow | None] = {}
        self._holders: dict[str, str] = {}
        self.classes: dict[str, TaxClass] = tax_classes(reader)

    def forget(self) -> None:
        """Products, prices, taxes or levels changed: read anew what is asked for."""
        self._rows.clear()
        self._holders.clear()
        self.classes = tax_classes(self._reader)

    def know(self, product: SellRow) -> None:
        """Take what was just read of a product."""
        self._rows[product.id] = product

    def _row(self, product_id: str) -> SellRow | None:
        if product_id not in self._rows:
            found = sell_row(self._reader, product_id, self._location_id)
            self._rows[product_id] = found if found is not None and found.is_sold else None
        return self._rows[product_id]

    def list_price(self, line: BasketLine) -> int | None:
        """Give the price in the catalogue; None where there is none."""
        row = self._row(line.product_id)
        return None if row is None else row.price_minor

    def price_of(self, line: BasketLine) -> int | None:
        """Give the price of one; None for what is gone from the catalogue or has no price."""
        row = self._row(line.product_id)
        if row is None:
            return None
        return row.price_minor if line.unit_price_minor is None else line.unit_price_minor

    def price(self, basket: Basket) -> PricedSale:
        """Price a basket. Raises `Refused` where its discounts are more than it costs."""
        wishes = []
        for line in basket.lines:
            price, row = self.price_of(line), self._row(line.product_id)
            if price is not None and row is not None:
                off = Discount(line.discount_bp, line.discount_minor)
                taxes = self.classes.get(row.tax_class, self.classes[""])
                wishes.append(PricedWish(line.quantity, price, off, taxes, text.isolated(line.name, 60)))
        return price_sale(wishes, Discount(basket.discount_bp, basket.discount_minor))

    def worth(self, basket: Basket) -> int | None:
        """Give what a basket comes to now; None where it cannot be said."""
        try:
            return self.price(basket).total_minor
        except Refused:
            return None

    def trouble(self, basket: Basket) -> str:
        """Say what cannot be sold, "" where everything can."""
        gone = next((line for line in basket.lines if self.price_of(line) is None), None)
        return "" if gone is None else f"{text.isolated(gone.name, 60)} can no longer be sold. Remove it."

    def has_own_price(self, basket: Basket) -> bool:
        """Say whether a line is sold at another price than the catalogue's."""
        return any(line.unit_price_minor is not None for line in basket.lines)

    def shown(self, basket: Basket, priced: PricedSale) -> list[ShownLine]:
        """Give the lines as they are shown."""
        wanted: Counter[str] = Counter()
        for line in basket.lines:
            row = self._row(line.product_id)
            if row is not None:
                wanted[row.item_id] += line.quantity
        places = count()
        return [self._shown(line, priced, places, wanted) for line in basket.lines]

    def _shown(
        self, line: BasketLine, priced: PricedSale, places: "count[int]", wanted: Counter[str]
    ) -> ShownLine:
        row, price = self._row(line.product_id), self.price_of(line)
        if row is None or price is None:
            return ShownLine(line, None, None, None, "No longer sold: remove it")
        place = next(places)
        amount = priced.lines[place].amount_minor if place < len(priced.lines) else None
        return ShownLine(line, price, row.price_minor, amount, self._hint(row, wanted[row.item_id]))

    def _hint(self, row: SellRow, wanted: int) -> str:
        hint = stock_hint(row, wanted)
        return stock_hint(row, wanted, self._holder(row.item_id)) if hint and row.promised else hint

    def _holder(self, item_id: str) -> str:
        """Name whom the units are promised to."""
        if item_id not in self._holders:
            found = holders_of(self._reader, item_id, self._location_id)
            from_web = bool(found) and all(each.from_web for each in found)
            word = "web order" if from_web else "order"
            self._holders[item_id] = f"{word} {found[0].number}" if len(found) == 1 else f"{word}s"
        return self._holders[item_id]
