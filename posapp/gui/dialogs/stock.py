"""Receiving, adjusting and counting one item: what is typed, what it would do, and the deed."""

from typing import Any

import shiboken6
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QWidget

from posapp.commands.stock import AdjustStock, CountStock, ReceiveStock
from posapp.domain.errors import Refused
from posapp.gui import text
from posapp.gui.dialogs.amount_input import UnitsInput
from posapp.gui.dialogs.form_dialog import FormDialog, grown
from posapp.gui.dialogs.item_field import ItemField, free_words
from posapp.gui.dialogs.location_select import LocationSelect
from posapp.gui.dialogs.stock_effect import StockEffectPanel
from posapp.gui.parts import Parts
from posapp.gui.typed import MAX_UNITS
from posapp.gui.widgets.base import STRETCH
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.field import Input
from posapp.queries.products import ProductRow, product_row
from posapp.queries.stock_effects import StockCommand, StockForesight, foresee_stock

FORESEE_AFTER_MS = 80
_REASON_MOST = 200


class StockDialog(FormDialog):
    """The frame of the three. A subclass says what its number means and which command it makes."""

    title_words = ""
    units_label = ""
    reason_label = ""
    place_label = "Location"
    least = 1
    size_wanted = QSize(600, 540)
    kind: type[StockCommand]

    def __init__(
        self, parts: Parts, product: ProductRow | None, *, location: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(self.title_words, parent, size=grown(self.size_wanted))
        self._parts, self.product = parts, product
        self.place = LocationSelect(parts, self.place_label, location)
        self.item = ItemField(parts, tracked_only=True, placeholder="Which item? Name, code or barcode")
        self.units = UnitsInput(self.units_label, least=self.least)
        self.reason = Input(self.reason_label)
        self.reason.edit.setMaxLength(_REASON_MOST)
        self.panel = StockEffectPanel()
        self.panel.hide()
        self.commit = Button(self.title_words, Variant.PRIMARY)
        self.commit.setObjectName("commit_stock")
        self._soon = QTimer(self, singleShot=True, interval=FORESEE_AFTER_MS)
        self._lay_out()
        self.item.picked.connect(lambda pick: self.show_product(self._as_now(pick.value)))
        self.place.changed.connect(lambda _: self.place_changed())
        for field in (self.units.edit, self.reason.edit):
            field.textChanged.connect(lambda _: self._soon.start())
            field.returnPressed.connect(self.press)
        self._soon.timeout.connect(self.foresee)
        self.commit.clicked.connect(self.press)
        self._parts.changes.changed.connect(self._told)
        self.item.setVisible(product is None)
        if product is not None:
            self.show_product(self._as_now(product))
        (self.item.edit if product is None else self.units.edit).setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        self.add(
            8, self.problem, self.item, 12, self.place_row(), 12, self.units, 12, self.reason, 16, self.panel,
            16, STRETCH,
        )  # fmt: skip
        self.set_footer(Button("Cancel", shortcut="Esc"), STRETCH, self.commit)

    def place_row(self) -> QWidget:
        """Give what says where."""
        return self.place

    def _as_now(self, product: ProductRow) -> ProductRow:
        """Read an item anew: a list shows what was a moment ago, and a count is made against what is seen."""
        return product_row(self._parts.reader, product.id, self.place.value) or product

    def place_changed(self) -> None:
        """Another shelf: its numbers, and what the typed one would do there."""
        if self.product is not None:
            self.show_product(self._as_now(self.product))

    def show_product(self, product: ProductRow) -> None:
        """Take this item."""
        self.product = product
        self.set_title(f"{self.title_words}: {text.outside(product.name, 60)}")
        shelf = f"{text.number(product.on_hand)} on the shelf, {free_words(product)}"
        self.set_sub(" · ".join(part for part in (text.outside(product.sku, 40), shelf) if part))
        self.say_problem("")
        self.foresee()
        self.units.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_dirty(self) -> bool:
        """A number that was typed would be lost."""
        return bool(self.units.text)

    # --- what it would do -----------------------------------------------------------------------------

    def fields(self, product: ProductRow, units: int) -> dict[str, Any]:
        """Give the command's own fields."""
        return {"units": units, "reason": self.reason.text}

    def deed(self, units: int, product: ProductRow) -> str:
        """Restate on the button what will be done."""
        raise NotImplementedError

    def done_words(self, units: int, product: ProductRow) -> str:
        """Say in a toast what was done."""
        raise NotImplementedError

    def _all_fields(self, product: ProductRow, units: int) -> dict[str, Any]:
        return {"product_id": product.id, **self.where(), **self.fields(product, units)}

    def where(self) -> dict[str, str]:
        """Give the command's location."""
        return {"location_id": self.place.value}

    def foresee(self) -> StockForesight | None:
        """Show what the typed number would do; a refusal is said instead."""
        self._soon.stop()
        units = self.units.units
        self.say_problem("")
        if self.product is None or units is None:
            self.panel.hide()
            self.commit.setText(self.title_words)
            return None
        now = self._parts.perform.now()
        fields = self._all_fields(self.product, units)
        # What it would do can be seen before the reason is typed.
        fields["reason"] = fields["reason"] or "to be typed"
        command = self.kind(id="preview", actor=self._parts.perform.actor, at=now, **fields)
        self.commit.setText(self.deed(units, self.product))
        try:
            found = foresee_stock(self._parts.reader, command, self.product.item_id, now)
        except Refused as refusal:
            self.panel.hide()
            self._beside(refusal)
            return None
        self.panel.show_foresight(found, self.product.name)
        self.panel.show()
        return found

    def _beside(self, refusal: Refused) -> None:
        """Say a refusal beside the field it is about; a reason that is still to be typed is no error yet."""
        if refusal.code != "reason_missing":
            self.say_problem(refusal.message)

    def _told(self, names: frozenset[str], _events: tuple[object, ...]) -> None:
        """Show the item's numbers as they are now; what was typed stays."""
        if "StockChanged" not in names or self.product is None or not self.isVisible() or self.is_busy:
            return
        fresh = product_row(self._parts.reader, self.product.id, self.place.value)
        if fresh is not None and fresh != self.product:
            self.stock_moved(fresh)

    def stock_moved(self, fresh: ProductRow) -> None:
        """The item's numbers changed meanwhile."""
        self.show_product(fresh)

    # --- the deed -------------------------------------------------------------------------------------

    def press(self) -> None:
        """Do it, if everything is right; the first field that is not gets the focus."""
        if self.is_busy:
            return
        product = self.product
        if product is None:
            self.say_problem("Choose an item first.")
            self.item.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if not self.units.check():
            self.units.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        units = self.units.units
        assert units is not None, "it has just been read"
        self.begin(self.commit)
        said = self.done_words(units, product)

        def done(_: object) -> None:
            self._parts.toast(said, icon="package-check")
            if shiboken6.isValid(self):
                self.done_waiting()
                self.accept()

        def failed(refusal: Refused) -> None:
            if refusal.code == "reason_missing":
                self.done_waiting()
                self.reason.set_error(refusal.message)
                self.reason.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.refused(refusal)

        self._parts.perform(self.kind, done=done, failed=failed, **self._all_fields(product, units))


class ReceiveDialog(StockDialog):
    """Goods arrived: waiting orders are served first."""

    title_words = "Receive stock"
    units_label = "Units that arrived"
    reason_label = "From whom (optional)"
    kind = ReceiveStock

    def deed(self, units: int, product: ProductRow) -> str:
        """Restate the deed."""
        return f"Receive {text.number(units)}"

    def done_words(self, units: int, product: ProductRow) -> str:
        """Say what was done."""
        return f"Received {text.number(units)} × {text.isolated(product.name, 40)}"


class AdjustDialog(StockDialog):
    """A difference that is known: broken, lost, given away, found."""

    title_words = "Adjust stock"
    units_label = "By how many units, for example −2 or 3"
    reason_label = "Why"
    least = -MAX_UNITS
    kind = AdjustStock

    def deed(self, units: int, product: ProductRow) -> str:
        """Restate the deed."""
        sign = "+" if units > 0 else ""
        return f"Adjust by {sign}{text.number(units)}"

    def done_words(self, units: int, product: ProductRow) -> str:
        """Say what was done."""
        sign = "+" if units > 0 else ""
        return f"{text.isolated(product.name, 40)} adjusted by {sign}{text.number(units)}"


class CountDialog(StockDialog):
    """A count against the number that was seen when it began: what moves meanwhile is not counted away."""

    title_words = "Count stock"
    units_label = "Units on the shelf, promised ones among them"
    reason_label = "Note (optional)"
    least = 0
    kind = CountStock
    _seen: int | None = None
    _seen_in = ""

    def show_product(self, product: ProductRow) -> None:
        """Take this item; the number that is seen now is what the count is made against."""
        other = self.product is None or self.product.id != product.id or self._seen_in != self.place.value
        if self._seen is None or other:
            self._seen, self._seen_in = product.on_hand, self.place.value
        super().show_product(product)

    def fields(self, product: ProductRow, units: int) -> dict[str, Any]:
        """Give the count with what was seen."""
        seen = product.on_hand if self._seen is None else self._seen
        return {"counted": units, "seen": seen, "reason": self.reason.text}

    def deed(self, units: int, product: ProductRow) -> str:
        """Restate the deed."""
        return f"Save count: {text.number(self._seen or 0)} → {text.number(units)}"

    def done_words(self, units: int, product: ProductRow) -> str:
        """Say what was done."""
        return f"{text.isolated(product.name, 40)} counted: {text.number(units)}"
