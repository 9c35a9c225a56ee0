"""The lines of a receipt, each with how many came back and whether they can be sold again."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.sale_line import Returned
from posapp.gui import metrics, text
from posapp.gui.fonts import MEDIUM, Type
from posapp.gui.widgets.base import STRETCH, column, row
from posapp.gui.widgets.card import Card, Divider
from posapp.gui.widgets.field import FieldBox
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.toggles import Check, Stepper
from posapp.queries.returning import Returnable, ReturnableLine


class BackRow(QWidget):
    """One line: name, what can come back, how many did, and where they go."""

    changed = Signal()

    def __init__(self, line: ReturnableLine, currency: str) -> None:
        super().__init__()
        self.line, self._currency = line, currency
        name = text.outside(line.name)
        self.stepper = Stepper(f"Units of {name} that came back", value=0, least=0, most=line.returnable)
        self.stepper.setEnabled(line.returnable > 0)
        self.restock = Check("Back on the shelf", checked=True, name=f"{name}: back on the shelf")
        self.why = FieldBox(name=f"Why {name} is not sold again", placeholder="Why not? Broken, opened…")
        self.why.edit.setMaxLength(100)
        self._worth = Label("", figures=True, weight=MEDIUM)
        facts = f"{text.number(line.returnable)} of {text.number(line.sold)} can come back"
        if not line.returnable:
            facts = "came back already" if line.sold else "never left the shop"
        words = column(
            Label(name, weight=MEDIUM, wrap=True), Label(facts, Type.SMALL, ink="muted", figures=True)
        )
        box = row(words, self._worth, self.stepper, spacing=metrics.S12)
        box.setStretch(0, 1)
        self._where = QWidget()
        where = row(self.restock, self.why, STRETCH, spacing=metrics.S12)
        where.setStretch(1, 100)
        self._where.setLayout(where)
        self.setLayout(column(box, self._where, spacing=4, margins=(12, 8, 12, 8)))
        self.stepper.valueChanged.connect(lambda _: self._say())
        self.restock.toggled.connect(lambda _: self._say())
        self.why.edit.textEdited.connect(lambda _: self.changed.emit())
        self._say()

    def _say(self) -> None:
        units = self.stepper.value()
        worth = text.amount(self.line.worth_minor(units), self._currency) if units else ""
        self._worth.setText(worth)
        self._where.setVisible(units > 0 and self.line.tracked)
        self.why.setVisible(not self.restock.isChecked())
        self.changed.emit()

    @property
    def is_missing_a_reason(self) -> bool:
        """Whether it still has to be said why units are not sold again."""
        return bool(
            self.stepper.value() and not self.restock.isChecked() and not self.why.edit.text().strip()
        )

    def returned(self, order_id: str) -> Returned | None:
        """What came back of this line, if anything did."""
        units = self.stepper.value()
        if not units:
            return None
        reason = "" if self.restock.isChecked() else self.why.edit.text().strip()
        return Returned(order_id, self.line.line_id, units, self.restock.isChecked(), reason)


class BackLines(Card):
    """`changed` tells that other units come back."""

    changed = Signal()

    def __init__(self, receipt: Returnable) -> None:
        super().__init__(padding=0, ground="raised")
        self._order_id = receipt.order_id
        self.rows: list[BackRow] = []
        for place, line in enumerate(receipt.lines):
            made = BackRow(line, receipt.currency)
            made.changed.connect(self.changed)
            if place:
                self.add(Divider())
            self.add(made)
            self.rows.append(made)

    def first(self) -> QWidget:
        """Where the keyboard starts."""
        return next((each.stepper for each in self.rows if each.line.returnable), self)

    def returned(self) -> Sequence[Returned]:
        """What came back."""
        found = (each.returned(self._order_id) for each in self.rows)
        return tuple(each for each in found if each is not None)

    @property
    def is_missing_a_reason(self) -> bool:
        """Whether it still has to be said why something is not sold again."""
        return any(each.is_missing_a_reason for each in self.rows)
