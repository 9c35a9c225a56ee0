"""The lines of a draft as rows: name, what is free, a stepper, the line's total, and away with it."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from posapp.gui import metrics, text
from posapp.gui.dialogs.draft import DraftLine
from posapp.gui.dialogs.item_field import free_words
from posapp.gui.fonts import MEDIUM, SEMIBOLD, Type, alignment
from posapp.gui.theme import look
from posapp.gui.typed import MAX_UNITS
from posapp.gui.widgets.base import column, row
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.card import Card, Divider
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.panel import clear_layout
from posapp.gui.widgets.toggles import Stepper


class DraftRow(QWidget):
    """One line; `stepped` tells its new quantity, `dropped` that it goes."""

    stepped = Signal(int)
    dropped = Signal()

    def __init__(self, line: DraftLine, currency: str) -> None:
        super().__init__()
        self._currency = currency
        name = text.outside(line.product.name)
        self._facts = Label("", Type.SMALL, ink="muted", figures=True, wrap=True)
        self._price = Label("", Type.SMALL, ink="muted", figures=True)
        self._total = Label("", weight=SEMIBOLD, figures=True)
        self._total.setAlignment(alignment(right=True))
        self._total.setMinimumWidth(look().px(96))
        self.stepper = Stepper(f"Quantity of {name}", value=line.quantity, least=1, most=MAX_UNITS)
        self.drop_button = Button("", Variant.QUIET, icon="trash-2", name=f"Remove {name}")
        words = column(Label(name, weight=MEDIUM, wrap=True), self._facts)
        box = row(
            words, self._price, self.stepper, self._total, self.drop_button,
            spacing=metrics.S12, margins=(12, 8, 8, 8),
        )  # fmt: skip
        box.setStretch(0, 1)
        self.setLayout(box)
        self.show_line(line)
        self.stepper.valueChanged.connect(self.stepped)
        self.drop_button.clicked.connect(self.dropped)

    def show_line(self, line: DraftLine) -> None:
        """Show quantity and figures."""
        if self.stepper.value() != line.quantity:
            self.stepper.blockSignals(True)
            self.stepper.setValue(line.quantity)
            self.stepper.blockSignals(False)
        code = text.outside(line.product.sku, 32)
        facts = " · ".join(part for part in (code, free_words(line.product)) if part)
        if line.missing:
            facts = f"{free_words(line.product)}: {text.number(line.missing)} may be short when it is paid"
        self._facts.setText(facts)
        self._facts.set_ink("attention" if line.missing else "muted")
        self._facts.set_icon("triangle-alert" if line.missing else None)
        self._price.setText(f"× {text.amount(line.price_minor, self._currency)}")
        self._total.setText(text.amount(line.list_minor, self._currency))


class DraftLines(Card):
    """Shows lines and keeps their rows, so that the focus stays where it is. `changed` tells the new lines."""

    changed = Signal(tuple)

    def __init__(self, currency: str, nothing: str) -> None:
        super().__init__(padding=0, ground="raised")
        self._currency = currency
        self.lines: tuple[DraftLine, ...] = ()
        self.rows: list[DraftRow] = []
        self._nothing = Label(nothing, Type.SMALL, ink="muted", wrap=True)
        self._nothing.setContentsMargins(16, 20, 16, 20)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QVBoxLayout()
        self._stack.setSpacing(0)
        self.add(self._nothing, self._stack)

    def show_lines(self, lines: Sequence[DraftLine]) -> None:
        """Show these lines; rows are made anew only when other products stand in them."""
        before = [line.product.id for line in self.lines]
        self.lines = tuple(lines)
        after = [line.product.id for line in self.lines]
        if after[: len(before)] != before:
            self._clear()
            before = []
        for line in self.lines[len(before) :]:
            self._add_row(line)
        for each, line in zip(self.rows, self.lines, strict=True):
            each.show_line(line)
        self._nothing.setVisible(not self.lines)

    def _clear(self) -> None:
        clear_layout(self._stack)
        self.rows = []

    def _add_row(self, line: DraftLine) -> None:
        if self.rows:
            self._stack.addWidget(Divider())
        made = DraftRow(line, self._currency)
        place = len(self.rows)
        made.stepped.connect(lambda units: self._step(place, units))
        made.dropped.connect(lambda: self._drop(place))
        self.rows.append(made)
        self._stack.addWidget(made)

    def _step(self, place: int, units: int) -> None:
        lines = list(self.lines)
        lines[place] = replace(lines[place], quantity=units)
        self._tell(lines)

    def _drop(self, place: int) -> None:
        self._tell([line for at, line in enumerate(self.lines) if at != place])
        if self.rows:
            self.rows[min(place, len(self.rows) - 1)].drop_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, lines: Sequence[DraftLine]) -> None:
        self.show_lines(lines)
        self.changed.emit(self.lines)
