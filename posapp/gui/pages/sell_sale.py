"""The sale on the counter: its edits, what its products cost and have on the shelf, and its file on the disk."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from PySide6.QtCore import QObject, Signal

from posapp.commands.command import new_command_id
from posapp.domain import basket as baskets
from posapp.domain.basket import Basket, BasketLine, Edits
from posapp.domain.errors import Refused
from posapp.domain.pricing import Discount, PricedSale, PricedWish, TaxClass, price_sale
from posapp.gui import text
from posapp.gui.pages.sell_words import stock_hint
from posapp.gui.parts import Parts
from posapp.queries.counter_facts import holders_of, tax_classes
from posapp.queries.selling import SellRow, sell_row

_NOTHING = PricedSale((), 0, 0)


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line as it is shown; what has no price, or is no longer sold, has no amounts (minor units)."""

    line: BasketLine
    price_minor: int | None
    list_minor: int | None
    amount_minor: int | None
    hint: str = ""


class CounterSale(QObject):
    """Every edit is shown first (`changed`) and kept on the disk after. `refused` says in words why one was not made.

    The line that an edit concerns is told with `changed`, 0 for none in particular.
    """

    changed = Signal(int)
    refused = Signal(str)

    def __init__(self, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._rows: dict[str, SellRow | None] = {}
        self._classes = tax_classes(parts.reader)
        self.edits = Edits(self._fresh())
        self.priced = _NOTHING
        self.trouble = ""  # why it cannot be priced, in words

    @property
    def basket(self) -> Basket:
        """Give the basket as it is now."""
        return self.edits.now

    @property
    def location_id(self) -> str:
        """Give the place that sells."""
        return self._parts.shop.location_id

    @property
    def can_pay(self) -> bool:
        """Say whether it can go to Pay."""
        return bool(self.basket.lines) and not self.trouble

    def _fresh(self) -> Basket:
        return Basket(new_command_id(self._parts.perform.now()), self.location_id)

    # --- edits ----------------------------------------------------------------------------------------

    def add(self, product: SellRow, units: int = 1) -> bool:
        """Put units of a product in; says whether they are in."""
        self._rows[product.id] = product
        made: list[int] = []

        def edit(now: Basket) -> Basket:
            after, key = baskets.added(now, product.id, product.name, units)
            made.append(key)
            return after

        return self.edit(edit, lambda: made[-1])

    def edit(self, change: Callable[[Basket], Basket], key: Callable[[], int] | int = 0) -> bool:
        """Make an edit, unless a rule or the sums refuse it; `key` is the line that it concerns."""
        why_not = self.tried(change, key)
        if why_not:
            self.refused.emit(why_not)
            self.changed.emit(0)  # a stepper shows again what holds
        return not why_not

    def tried(self, change: Callable[[Basket], Basket], key: Callable[[], int] | int = 0) -> str:
        """Make an edit as `edit` does; gives why it was refused, "" when it was made."""
        try:
            after = change(self.basket)
            priced = self._price(after)
        except Refused as refusal:
            return refusal.message
        self._take(self.edits.did(after), priced, key if isinstance(key, int) else key())
        return ""

    def undo(self) -> bool:
        """Go back by one edit; False where there is none."""
        return self._step(self.edits.undone())

    def redo(self) -> bool:
        """Go forth again; False where there is nothing."""
        return self._step(self.edits.redone())

    def _step(self, edits: Edits) -> bool:
        if edits is self.edits:
            return False
        before = {line.key: line for line in self.basket.lines}
        touched = [line.key for line in edits.now.lines if before.get(line.key) != line]
        self.edits = edits
        self._reprice()
        self._tell(touched[-1] if touched else 0)
        return True

    def begin(self, basket: Basket | None = None) -> None:
        """Begin with another basket, or an empty one under a new id; what was before cannot be undone."""
        self.edits = Edits(basket or self._fresh())
        self._rows.clear()
        self._read_rows()
        self._reprice()
        self.changed.emit(0)

    def finished(self) -> None:
        """It was sold, or is an order now: its file goes, the next customer's basket begins."""
        self.begin()
        self._parts.drafts.keep(self.basket)

    def hold(self, label: str) -> Basket:
        """Put it by under a name; gives it."""
        held = baskets.labelled(self.basket, label)
        self._parts.drafts.hold(held, at=self._parts.clock(), by=self._parts.shop.person)
        self.begin()
        return held

    def recall(self, order_id: str) -> bool:
        """Take a held sale up again; False where somebody took it already. The one at hand must be empty."""
        taken = self._parts.drafts.take(order_id)
        if taken is not None:
            self.begin(taken)
        return taken is not None

    def _take(self, edits: Edits, priced: PricedSale, key: int) -> None:
        self.edits, self.priced = edits, priced
        self.trouble = self._why_not()
        self._tell(key)

    def _tell(self, key: int) -> None:
        """The line shows first, the disk comes after."""
        self.changed.emit(key)
        self._parts.drafts.keep(self.basket)

    # --- products and prices --------------------------------------------------------------------------

    def news(self) -> None:
        """Products, prices, taxes or levels changed: look again."""
        self._classes = tax_classes(self._parts.reader)
        self._rows.clear()
        self._read_rows()
        self._reprice()
        self.changed.emit(0)

    def _read_rows(self) -> None:
        for line in self.basket.lines:
            self._row(line.product_id)

    def _row(self, product_id: str) -> SellRow | None:
        if product_id not in self._rows:
            found = sell_row(self._parts.reader, product_id, self.location_id)
            self._rows[product_id] = found if found is not None and found.is_sold else None
        return self._rows[product_id]

    def _reprice(self) -> None:
        try:
            self.priced = self._price(self.basket)
            self.trouble = self._why_not()
        except Refused as refusal:
            self.priced, self.trouble = _NOTHING, refusal.message

    def _why_not(self) -> str:
        gone = next((line for line in self.basket.lines if self._price_of(line) is None), None)
        return "" if gone is None else f"{text.isolated(gone.name, 60)} can no longer be sold. Remove it."

    def _item(self, product_id: str) -> str:
        """Whose level a product draws on; variations may share one."""
        row = self._row(product_id)
        return "" if row is None else row.item_id

    def _price_of(self, line: BasketLine) -> int | None:
        """The price of one; None for what is gone from the catalogue or has no price."""
        row = self._row(line.product_id)
        if row is None:
            return None
        return row.price_minor if line.unit_price_minor is None else line.unit_price_minor

    def _price(self, basket: Basket) -> PricedSale:
        """What a basket comes to; what can no longer be sold counts nothing. Raises `Refused`."""
        wishes = []
        for line in basket.lines:
            price, row = self._price_of(line), self._row(line.product_id)
            if price is not None and row is not None:
                off = Discount(line.discount_bp, line.discount_minor)
                taxes = self._classes.get(row.tax_class, self._classes[""])
                wishes.append(PricedWish(line.quantity, price, off, taxes, text.isolated(line.name, 60)))
        return price_sale(wishes, Discount(basket.discount_bp, basket.discount_minor))

    def worth(self, basket: Basket) -> int | None:
        """What another basket comes to today; None where it cannot be said."""
        try:
            return self._price(basket).total_minor
        except Refused:
            return None

    def list_price(self, line: BasketLine) -> int | None:
        """Give the price in the catalogue; None where there is none."""
        row = self._row(line.product_id)
        return None if row is None else row.price_minor

    @property
    def tax_classes(self) -> dict[str, TaxClass]:
        """Give the tax classes by id."""
        return self._classes

    # --- showing --------------------------------------------------------------------------------------

    def lines(self) -> list[ShownLine]:
        """Give the lines as they are shown."""
        places = count()
        return [self._shown(line, places) for line in self.basket.lines]

    def _shown(self, line: BasketLine, places: "count[int]") -> ShownLine:
        row, price = self._row(line.product_id), self._price_of(line)
        if row is None or price is None:
            return ShownLine(line, None, None, None, "No longer sold: remove it")
        place = next(places)
        amount = self.priced.lines[place].amount_minor if place < len(self.priced.lines) else None
        return ShownLine(line, price, row.price_minor, amount, self._hint(row))

    def _hint(self, row: SellRow) -> str:
        wanted = sum(
            line.quantity for line in self.basket.lines if self._item(line.product_id) == row.item_id
        )
        hint = stock_hint(row, wanted)
        if not hint or not row.promised:
            return hint
        holders = holders_of(self._parts.reader, row.item_id, self.location_id)
        if len(holders) != 1:
            named = "web orders" if holders and all(each.from_web for each in holders) else "orders"
        else:
            named = f"{'web order' if holders[0].from_web else 'order'} {holders[0].number}"
        return stock_hint(row, wanted, named)
