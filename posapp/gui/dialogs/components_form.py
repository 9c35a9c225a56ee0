"""What a bundle is made of, as rows: found by name, code or barcode, with the units in each bundle."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from posapp.commands.bundles import MOST_UNITS
from posapp.gui import metrics, text
from posapp.gui.dialogs.item_field import ItemField, free_words
from posapp.gui.fonts import MEDIUM, Type
from posapp.gui.parts import Parts
from posapp.gui.widgets.base import column, row
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.card import Card, Divider
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.panel import clear_layout
from posapp.gui.widgets.toggles import Stepper
from posapp.queries.bundles import Component
from posapp.queries.products import ProductRow

_NOTHING = "Add what it is made of: at least one product."


@dataclass(frozen=True, slots=True)
class Part:
    """One component as it stands in the form."""

    product_id: str
    name: str
    facts: str
    units: int


class _PartRow(QWidget):
    """`stepped` tells other units, `dropped` that it goes."""

    stepped = Signal(int)
    dropped = Signal()

    def __init__(self, part: Part) -> None:
        super().__init__()
        name = text.outside(part.name)
        self.stepper = Stepper(f"Units of {name} in one bundle", value=part.units, least=1, most=MOST_UNITS)
        self.drop_button = Button("", Variant.QUIET, icon="trash-2", name=f"Remove {name}")
        facts = Label(part.facts, Type.SMALL, ink="muted", figures=True, wrap=True)
        words = column(Label(name, weight=MEDIUM, wrap=True), facts)
        box = row(words, self.stepper, self.drop_button, spacing=metrics.S12, margins=(12, 8, 8, 8))
        box.setStretch(0, 1)
        self.setLayout(box)
        self.stepper.valueChanged.connect(self.stepped)
        self.drop_button.clicked.connect(self.dropped)


class ComponentsForm(QWidget):
    """`changed` tells that it is made of something else."""

    changed = Signal()

    def __init__(self, parts: Parts, bundle_id: str, made_of: Sequence[Component]) -> None:
        super().__init__()
        self._bundle_id = bundle_id
        self.item = ItemField(
            parts, placeholder="Add a component: name, code or barcode", takes=self._can_be_part
        )
        self.rows: list[_PartRow] = []
        self._parts = [
            Part(part.product_id, part.name, _facts(part.sku, f"{text.number(part.free)} free"), part.units)
            for part in made_of
        ]
        self._nothing = Label(_NOTHING, Type.SMALL, ink="muted", wrap=True)
        self._nothing.setContentsMargins(16, 12, 16, 12)
        self._stack = QVBoxLayout()
        self._stack.setSpacing(0)
        card = Card(padding=0, ground="raised")
        card.add(self._nothing, self._stack)
        self.setLayout(column(self.item, 8, card))
        self.item.picked.connect(lambda pick: self._add(pick.value))
        self._show()

    @property
    def components(self) -> dict[str, int]:
        """Units in one bundle by product id."""
        return {part.product_id: part.units for part in self._parts}

    def _can_be_part(self, product: ProductRow) -> bool:
        return product.sellable and not product.is_bundle and product.id != self._bundle_id

    def _add(self, product: ProductRow) -> None:
        """Add one; one that is there already gets a unit more."""
        for at, part in enumerate(self._parts):
            if part.product_id == product.id:
                self._step(at, min(MOST_UNITS, part.units + 1))
                self._show()
                return
        self._parts.append(Part(product.id, product.name, _facts(product.sku, free_words(product)), 1))
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        clear_layout(self._stack)
        self.rows = []
        for at, part in enumerate(self._parts):
            if at:
                self._stack.addWidget(Divider())
            made = _PartRow(part)
            made.stepped.connect(lambda units, at=at: self._step(at, units))
            made.dropped.connect(lambda at=at: self._drop(at))
            self.rows.append(made)
            self._stack.addWidget(made)
        self._nothing.setVisible(not self._parts)

    def _step(self, at: int, units: int) -> None:
        part = self._parts[at]
        self._parts[at] = Part(part.product_id, part.name, part.facts, units)
        self.changed.emit()

    def _drop(self, at: int) -> None:
        del self._parts[at]
        self._show()
        if self.rows:
            self.rows[min(at, len(self.rows) - 1)].drop_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.item.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()


def _facts(sku: str, free: str) -> str:
    return " · ".join(words for words in (text.outside(sku, 32), free) if words)
