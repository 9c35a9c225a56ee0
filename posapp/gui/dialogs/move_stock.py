"""Carrying units of one item from one location to another."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from posapp.commands.stock import MoveStock
from posapp.gui import text
from posapp.gui.dialogs.location_select import LocationSelect
from posapp.gui.dialogs.stock import StockDialog
from posapp.gui.widgets.field_row import FieldRow
from posapp.queries.products import ProductRow


class MoveDialog(StockDialog):
    """From one shelf to another: only free units; orders that wait where they arrive are served first."""

    title_words = "Move stock"
    units_label = "Units to carry over"
    reason_label = "Note (optional)"
    place_label = "From"
    size_wanted = QSize(640, 660)
    kind = MoveStock

    def place_row(self) -> QWidget:
        """Give both, side by side."""
        self.target = LocationSelect(self._parts, "To", self.place.other_than(self.place.value))
        self.target.changed.connect(lambda _: self.foresee())
        return FieldRow((self.place, 1), (self.target, 1), wide=420)

    def place_changed(self) -> None:
        """Nothing is carried to where it is."""
        if self.target.value == self.place.value:
            self.target.set_value(self.place.other_than(self.place.value))
        super().place_changed()

    def where(self) -> dict[str, str]:
        """Give both locations."""
        return {"from_location_id": self.place.value, "to_location_id": self.target.value}

    def deed(self, units: int, product: ProductRow) -> str:
        """Restate the deed."""
        return f"Move {text.number(units)} to {self.target.words}"

    def done_words(self, units: int, product: ProductRow) -> str:
        """Say what was done."""
        return f"{text.number(units)} × {text.isolated(product.name, 40)} moved to {self.target.words}"
