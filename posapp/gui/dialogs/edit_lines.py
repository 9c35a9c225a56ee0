"""The lines an order has, each with a stepper that only goes down."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.gui import metrics, text
from posapp.gui.dialogs.draft import units_left
from posapp.gui.fonts import MEDIUM, Type
from posapp.gui.widgets.base import column, row
from posapp.gui.widgets.card import Card, Divider
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.toggles import Stepper
from posapp.queries.detail_rows import LineFacts


class EditRow(QWidget):
    """A line: what it has, and how much of it stays."""

    changed = Signal()

    def __init__(self, line: LineFacts, currency: str) -> None:
        super().__init__()
        self.line, self.left = line, units_left(line)
        name = text.outside(line.name)
        facts = [f"{text.number(self.left)} ordered"]
        for units, word in (
            (line.held, "held"),
            (line.short, "short"),
            (line.handed_over, "with the customer"),
        ):
            if units:
                facts.append(f"{text.number(units)} {word}")
        self.stepper = Stepper(f"Units of {name} that stay", value=self.left, least=0, most=self.left)
        self._gone = Label("", Type.SMALL, ink="attention", figures=True)
        words = column(
            Label(name, weight=MEDIUM, wrap=True), Label(", ".join(facts), Type.SMALL, ink="muted")
        )
        price = Label(
            f"× {text.amount(line.unit_price_minor, currency)}", Type.SMALL, ink="muted", figures=True
        )
        box = row(words, self._gone, price, self.stepper, spacing=metrics.S12, margins=(12, 8, 12, 8))
        box.setStretch(0, 1)
        self.setLayout(box)
        self.stepper.valueChanged.connect(self._stepped)
        self._say()

    def _stepped(self, _units: int) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        gone = self.left - self.stepper.value()
        self._gone.setText(f"{text.number(self.left)} → {text.number(self.stepper.value())}" if gone else "")

    @property
    def is_smaller(self) -> bool:
        """Say whether units leave the line."""
        return self.stepper.value() < self.left


class EditLines(Card):
    """`changed` tells that other units stay; `wanted` gives them by line id."""

    changed = Signal()

    def __init__(self, currency: str) -> None:
        super().__init__(padding=0, ground="raised")
        self._currency = currency
        self.rows: list[EditRow] = []
        self._holder = QWidget()
        self.add(self._holder)

    def show_lines(self, lines: Sequence[LineFacts], wanted: Mapping[str, int]) -> None:
        """Show the lines that have units left; what a person had chosen stays as far as it still can."""
        self.rows = [EditRow(line, self._currency) for line in lines if units_left(line)]
        box = column()
        for place, each in enumerate(self.rows):
            if place:
                box.addWidget(Divider())
            if each.line.line_id in wanted:
                each.stepper.setValue(min(wanted[each.line.line_id], each.left))
            each.changed.connect(self.changed)
            box.addWidget(each)
        made = QWidget()
        made.setLayout(box)
        before = self.layout()
        assert before is not None, "a card lays its parts out"
        before.replaceWidget(self._holder, made)
        self._holder.hide()
        self._holder.deleteLater()
        self._holder = made

    def wanted(self) -> dict[str, int]:
        """Give the lines that became smaller, with the units that stay."""
        return {each.line.line_id: each.stepper.value() for each in self.rows if each.is_smaller}
