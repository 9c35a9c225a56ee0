"""The sale on the counter: its edits, what it comes to, and its file on the disk."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from posapp.commands.command import new_command_id
from posapp.domain import basket as baskets
from posapp.domain.basket import Basket
from posapp.domain.basket_edits import Edits
from posapp.domain.errors import Refused
from posapp.domain.pricing import PricedSale
from posapp.domain.rights import Right
from posapp.gui.pages.sell_prices import SellPrices, ShownLine, taken_off_bp
from posapp.gui.parts import Parts
from posapp.gui.typed import shown_percent
from posapp.queries.selling import SellRow

_NOTHING = PricedSale((), 0, 0)


class CounterSale(QObject):
    """Every edit is shown first (`changed`) and kept on the disk after. `refused` says in words why one was not made.

    The line that an edit concerns is told with `changed`, 0 for none in particular.
    """

    changed = Signal(int)
    refused = Signal(str)

    def __init__(self, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self.prices = SellPrices(parts.reader, parts.shop.location_id)
        self.edits = Edits(self._fresh())
        self.priced = _NOTHING
        self.trouble = ""  # why it cannot be paid, in words

    @property
    def basket(self) -> Basket:
        """Give the basket as it is now."""
        return self.edits.now

    @property
    def can_pay(self) -> bool:
        """Say whether it can go to Pay."""
        return bool(self.basket.lines) and not self.trouble

    @property
    def asks_for_manager(self) -> str:
        """Say why somebody else will have to allow this sale at Pay, "" where nobody must."""
        who, off = self._parts.who, taken_off_bp(self.priced)
        if off and not who.may(Right.DISCOUNT, off):
            return (
                f"{shown_percent(off)} % off is more than you may give: a manager's PIN is asked for at Pay."
            )
        if self.prices.has_own_price(self.basket) and not who.may(Right.PRICE_CHANGE):
            return "You may not change prices: a manager's PIN is asked for at Pay."
        return ""

    def lines(self) -> list[ShownLine]:
        """Give the lines as they are shown."""
        return self.prices.shown(self.basket, self.priced)

    def _fresh(self) -> Basket:
        return Basket(new_command_id(self._parts.perform.now()), self._parts.shop.location_id)

    # --- edits ----------------------------------------------------------------------------------------

    def add(self, product: SellRow, units: int = 1) -> bool:
        """Put units of a product in; says whether they are in."""
        self.prices.know(product)
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
            priced = self.prices.price(after)
        except Refused as refusal:
            return refusal.message
        self.edits, self.priced = self.edits.did(after), priced
        self.trouble = self.prices.trouble(after)
        self._tell(key if isinstance(key, int) else key())
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

    def _tell(self, key: int) -> None:
        """The line shows first, the disk comes after."""
        self.changed.emit(key)
        self._parts.drafts.keep(self.basket)

    # --- from one sale to the next --------------------------------------------------------------------

    def begin(self, basket: Basket | None = None) -> None:
        """Begin with another basket, or an empty one under a new id; what was before cannot be undone."""
        self.edits = Edits(basket or self._fresh())
        self.news()

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

    def news(self) -> None:
        """Products, prices, taxes or levels changed: look again."""
        self.prices.forget()
        self._reprice()
        self.changed.emit(0)

    def _reprice(self) -> None:
        try:
            self.priced = self.prices.price(self.basket)
            self.trouble = self.prices.trouble(self.basket)
        except Refused as refusal:
            self.priced, self.trouble = _NOTHING, refusal.message
