"""Finding something to sell by name, code or barcode."""

from collections.abc import Callable, Sequence

from posapp.gui import text
from posapp.gui.dialogs.pick_field import Pick, PickField
from posapp.gui.parts import Parts
from posapp.queries.products import ProductFilter, ProductRow, ProductsSource

_LOOKED_AT = 64  # rows of which those that cannot be taken are left out


def free_words(product: ProductRow) -> str:
    """Say what is on the shelf for anybody: "4 free, 2 promised"."""
    if not product.tracked:
        return "Stock not tracked"
    promised = f", {text.number(product.allocated)} promised" if product.allocated else ""
    return f"{text.number(product.available)} free{promised}"


class ItemField(PickField):
    """`picked` brings the `ProductRow` as the pick's value; a code typed or scanned whole comes first."""

    def __init__(
        self,
        parts: Parts,
        *,
        tracked_only: bool = False,
        placeholder: str = "",
        takes: Callable[[ProductRow], bool] | None = None,
    ) -> None:
        super().__init__(placeholder or "Add an item: name, code or barcode", self._products)
        self._parts, self._tracked_only, self._takes = parts, tracked_only, takes

    def _products(self, words: str) -> Sequence[Pick]:
        chosen = ProductFilter(search=words, location_id=self._parts.shop.location_id)
        found = ProductsSource(self._parts.reader, chosen).page_after(None, _LOOKED_AT)
        rows = [row for row in found if self._can_take(row)]
        typed = words.casefold()
        rows.sort(key=lambda row: typed not in (row.sku.casefold(), row.barcode.casefold()))
        return [self._pick(row) for row in rows]

    def _can_take(self, row: ProductRow) -> bool:
        if self._takes is not None:
            return self._takes(row)
        if self._tracked_only:
            return row.tracked
        return row.sellable and row.price_minor is not None

    def _pick(self, row: ProductRow) -> Pick:
        second = " · ".join(part for part in (text.outside(row.sku, 32), free_words(row)) if part)
        price = "" if row.price_minor is None else text.money(row.price_minor, self._parts.shop.currency)
        return Pick(row.id, row.name, second, price, row)
