"""What moving an item's stock would do: the level before and after, and the orders that gain or lose by it."""

from posapp.gui import text
from posapp.gui.dialogs.effect_words import other_order
from posapp.gui.fonts import Type
from posapp.gui.theme import look
from posapp.gui.widgets.effect import Change, EffectPanel, Step
from posapp.gui.widgets.label import Label
from posapp.queries.stock_effects import StockForesight

_MOST = 6


class StockEffectPanel(EffectPanel):
    """Shows a foresight."""

    def __init__(self) -> None:
        super().__init__("Effect")

    def show_foresight(self, found: StockForesight, name: str) -> None:
        """Show the level's three numbers, and whom they touch."""
        self.clear()
        self.set_title(f"Effect on {text.outside(name, 60)}")
        if found.left is not None:
            self._add_level("From", found.left)
        self._add_level("To" if found.left else "Stock", found)
        orders = self.add_row("Orders", "receipt-text")
        if not found.others:
            orders.add(Label("No order gains or loses a unit by it.", ink="muted"))
        for other in found.others[:_MOST]:
            line = Label(other_order(other), figures=True, wrap=True, icon="arrow-right")
            orders.add_wide(line)
        if len(found.others) > _MOST:
            more = text.plural(len(found.others) - _MOST, "more order")
            orders.add(Label(f"and {more}", Type.SMALL, ink="muted"))
        self.setMinimumHeight(look().px(96))

    def _add_level(self, title: str, found: StockForesight) -> None:
        stock = self.add_row(title, "package")
        for step in (
            Step.units("On shelf", found.on_hand_before, found.on_hand_after),
            Step.units("Promised", found.allocated_before, found.allocated_after),
            Step.units("Free", found.free_before, found.free_after),
        ):
            stock.add(Change(step))
