"""A product: name, price, codes. Its stock is never written here; what belongs to the web shop is only shown."""

import shiboken6
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

from posapp.commands.catalogue import SaveProduct
from posapp.commands.command import new_command_id
from posapp.domain.errors import Refused
from posapp.gui import text
from posapp.gui.dialogs.amount_input import AmountInput
from posapp.gui.dialogs.components_form import ComponentsForm
from posapp.gui.dialogs.form_dialog import FormDialog, grown
from posapp.gui.fonts import Type
from posapp.gui.parts import Parts
from posapp.gui.scanner import take_scans
from posapp.gui.typed import shown_amount
from posapp.gui.widgets.base import STRETCH, row
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.field import Input
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.select import Select
from posapp.gui.widgets.toggles import Check
from posapp.queries.products import ProductRow
from posapp.queries.selling import sell_row
from posapp.queries.tax_classes import tax_class_rows

LINKED = (
    "Name, price and category belong to the web shop: change them there, and they arrive here by themselves."
)
_SIZE = QSize(600, 620)
_NAME_MOST, _CODE_MOST = 200, 100


class ProductForm(FormDialog):
    """Makes a product, or changes one; while it is linked to the web shop its name and price are read-only."""

    def __init__(self, parts: Parts, product: ProductRow | None, *, parent: QWidget | None = None) -> None:
        super().__init__("New product" if product is None else "Product", parent, size=grown(_SIZE))
        self._parts, self._product = parts, product
        self._product_id = product.id if product else new_command_id(parts.perform.now())
        currency = parts.shop.currency
        sign = text.sign_of(currency).strip()
        lock = "lock" if product is not None and product.linked else None
        self.name = Input("Name", product.name if product else "", icon=lock)
        price = product.price_minor if product else None
        self.price = AmountInput(
            f"Price, {sign}",
            currency,
            value="" if price is None else shown_amount(price, currency),
            empty_minor=None,
            icon=lock,
        )
        self.code = Input("Code (SKU)", product.sku if product else "")
        self.barcode = Input("Barcode", product.barcode if product else "")
        for code in (self.code, self.barcode):
            take_scans(code.edit, enter=False)
        self.category, self.tax_class = _sorted_in(parts, product, lock)
        self.tracked = Check("Count its stock", checked=product.tracked if product else True)
        self.bundle = Check("A bundle: made of other products", checked=bool(product and product.is_bundle))
        self.made_of = ComponentsForm(parts, self._product_id, product.components if product else ())
        self.archived = Check("Archived: no longer sold", checked=product.archived if product else False)
        self.reason = Label(LINKED, Type.SMALL, ink="muted", icon="lock", wrap=True)
        self.commit = Button("Save product", Variant.PRIMARY)
        self.commit.setObjectName("save_product")
        self._lay_out()
        self._lock()
        self._before = self._fields()
        for field in (self.name, self.price, self.code, self.barcode):
            field.entered.connect(lambda _: self.save())
        self.commit.clicked.connect(self.save)

    def _lay_out(self) -> None:
        self.name.edit.setMaxLength(_NAME_MOST)
        for field in (self.code, self.barcode, self.category):
            field.edit.setMaxLength(_CODE_MOST)
        if self._product is None:
            self.archived.hide()
        stock = Label(
            "The form never changes stock: receive, adjust or count it.", Type.SMALL, ink="muted", wrap=True
        )
        self.add(
            8, self.problem, self.name, 12, self.price, 8, self.reason, 12, row(self.code, self.barcode, spacing=12),
            12, row(self.category, self.tax_class, spacing=12), 16, self.tracked, 4, self.bundle, 8, self.made_of, 4,
            self.archived, 12, stock, 16, STRETCH,
        )  # fmt: skip
        self.tax_class.setVisible(self.tax_class.box.count() > 1)
        self.bundle.setVisible(self._product is None or self._product.sellable)
        self.bundle.toggled.connect(lambda _: self._show_made_of())
        self.made_of.changed.connect(lambda: self.say_problem(""))
        self._show_made_of()
        self.set_footer(Button("Cancel", shortcut="Esc"), STRETCH, self.commit)

    def _show_made_of(self) -> None:
        """A bundle is counted by its components; where it is none, they are not asked for."""
        made = self.bundle.isChecked()
        self.made_of.setVisible(made)
        self.tracked.setVisible(not made)
        self.say_problem("")

    def _components(self) -> dict[str, int]:
        return self.made_of.components if self.bundle.isChecked() else {}

    def _lock(self) -> None:
        """Name and price of a linked product can be read and copied, not typed into; the reason stands beneath."""
        linked = self._product is not None and self._product.linked
        self.reason.setVisible(linked)
        for field in (self.name, self.price, self.category):
            field.edit.setReadOnly(linked)
            field.edit.setAccessibleDescription(LINKED if linked else "")
        first = self.code if linked else self.name
        first.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fields(self) -> tuple[object, ...]:
        texts = (self.name.text, self.price.text, self.code.text, self.barcode.text)
        sorted_in = (self.category.text, self.tax_class.value)
        checks = (self.tracked.isChecked(), self.bundle.isChecked(), self.archived.isChecked())
        return (*texts, *sorted_in, *checks, self._components())

    def is_dirty(self) -> bool:
        """Say whether anything differs from what was saved."""
        return self._fields() != self._before

    def _is_right(self) -> bool:
        linked = self._product is not None and self._product.linked
        self.name.set_error("" if self.name.text else "Give the product a name.")
        if not self.name.text:
            self.name.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        if not linked and not self.price.check():
            self.price.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        if self.bundle.isChecked() and not self._components():
            self.say_problem("Say what the bundle is made of.")
            self.made_of.item.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        return True

    def save(self) -> None:
        """Save it; what is refused is said beside its field."""
        if self.is_busy or not self._is_right():
            return
        linked = self._product if self._product is not None and self._product.linked else None
        self.begin(self.commit)
        name = linked.name if linked else self.name.text

        def done(_: object) -> None:
            self._parts.toast(f"{text.isolated(name, 60)} is saved", icon="package-check")
            if shiboken6.isValid(self):
                self.done_waiting()
                self.accept()

        self._parts.perform(
            SaveProduct,
            done=done,
            failed=self._not_saved,
            product_id=self._product_id,
            name=name,
            sku=self.code.text,
            barcode=self.barcode.text,
            price_minor=linked.price_minor if linked else self.price.amount_minor,
            track_stock=self.tracked.isChecked(),
            archived=self.archived.isChecked(),
            components=self._components(),
            category=None if linked else self.category.text,
            tax_class_id=self.tax_class.value,
        )

    def _not_saved(self, refusal: Refused) -> None:
        if refusal.code == "sku_taken":
            self.done_waiting()
            self.code.set_error(refusal.message)
            self.code.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.refused(refusal)


def _sorted_in(parts: Parts, product: ProductRow | None, lock: str | None) -> tuple[Input, Select]:
    """The fields that say under what a product is shown, and how it is taxed."""
    known = sell_row(parts.reader, product.id) if product else None
    kinds = [("", "As the shop's setting"), *((kind.id, kind.name) for kind in tax_class_rows(parts.reader))]
    category = Input("Category", known.category if known else "", icon=lock)
    return category, Select("Tax", kinds, known.tax_class if known else "")
