"""Goods that come back without a receipt: what it is, what it is worth now, and why it is taken."""

from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from posapp.commands.command import new_command_id
from posapp.commands.returns import TakeBackUnknown
from posapp.domain.sale_line import SaleLine
from posapp.gui import text
from posapp.gui.dialogs.amount_input import AmountInput, UnitsInput
from posapp.gui.dialogs.giving_back import GivingBack
from posapp.gui.dialogs.item_field import ItemField
from posapp.gui.dialogs.take_back import NO_REFERENCE
from posapp.gui.fonts import SEMIBOLD, Type
from posapp.gui.parts import Parts
from posapp.gui.typed import shown_amount
from posapp.gui.widgets.base import STRETCH
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.field import Input
from posapp.gui.widgets.field_row import FieldRow
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.toggles import Check
from posapp.queries.products import ProductRow, product_row
from posapp.queries.selling import by_code

SIZE = QSize(640, 600)
NO_REASON = "Say why without a receipt."


class TakeBackUnknownDialog(GivingBack):
    """One product at a time. Total Sales falls by what is given back; who allowed it stands in the activity."""

    def __init__(self, parts: Parts, parent: QWidget) -> None:
        super().__init__("Take back without a receipt", parts, parent, SIZE)
        self.product: ProductRow | None = None
        currency = parts.shop.currency
        self.item = ItemField(parts, placeholder="Which item? Name, code or barcode")
        self.name = Label("", weight=SEMIBOLD, wrap=True)
        self.units = UnitsInput("How many came back")
        self.price = AmountInput("Price of one", currency, empty_minor=None)
        self.restock = Check("Back on the shelf", checked=True)
        self.reason = Input("Why without a receipt", placeholder="Lost it, a gift…")
        self.reason.edit.setMaxLength(200)
        self.payout.offer_amounts(adjustable=False, delivery_minor=0)
        self.missing = Label("", Type.SMALL, ink="muted", wrap=True)
        self._lay_out()
        self.item.picked.connect(lambda pick: self.show_product(pick.value))
        for field in (self.units.edit, self.price.edit, self.reason.edit):
            field.textChanged.connect(lambda _: self.offer())
        self.payout.changed.connect(self.offer)
        self.commit.clicked.connect(self.press)
        self.offer()
        self.item.edit.setFocus()

    def _lay_out(self) -> None:
        self.set_sub("The money counts as a refund of today.")
        means = Label(
            "Take it only when it was sold here: it lowers Total Sales, and your name stands beside it.",
            Type.SMALL,
            ink="muted",
            icon="info",
            wrap=True,
        )
        amounts = FieldRow((self.units, 1), (self.price, 1), wide=420)
        self.add(means, 12, self.item, 12, self.name, 12, amounts, 12, self.restock, 12, self.reason, 16)
        self.add(self.payout, 8, self.missing, self.problem, STRETCH)
        self.set_footer(Button("Close", shortcut="Esc"), STRETCH, self.commit)

    def is_dirty(self) -> bool:
        """What was typed would have to be typed again."""
        return self.product is not None

    def scan(self, code: str) -> bool:
        """Take a scanned product."""
        place = self.parts.shop.location_id
        found = by_code(self.parts.reader, code, place)
        product = product_row(self.parts.reader, found.id, place) if found is not None else None
        if product is not None:
            self.show_product(product)
        return product is not None

    def show_product(self, product: ProductRow) -> None:
        """It is this product; the price is today's until another one is typed."""
        self.product = product
        self.name.setText(text.outside(product.name))
        if not self.units.text:
            self.units.set_text("1")
        price = product.price_minor
        self.price.set_text("" if price is None else shown_amount(price, self.parts.shop.currency))
        self.units.edit.setFocus()
        self.units.edit.selectAll()
        self.offer()

    def offer(self) -> None:
        """Say what the customer gets, or what is still missing."""
        units, price = self.units.units, self.price.amount_minor
        ready = self.product is not None and units is not None and price is not None
        worth = (units or 0) * (price or 0)
        words = "Take back"
        if ready and worth:
            words = f"Take back {text.number(units or 0)}: give {text.money(worth, self.parts.shop.currency)}"
        self.commit.restate(words, Variant.DANGER, "undo-2")
        lacks = self.payout.lacks_reference
        self.missing.setText(NO_REFERENCE if lacks else "" if self.reason.text else NO_REASON)
        self.missing.setVisible(ready and bool(self.missing.text()))
        self.commit.setEnabled(ready and worth > 0 and self.missing.isHidden() and not self.is_busy)

    def press(self) -> None:
        """Give the money back."""
        product, units, price = self.product, self.units.units, self.price.amount_minor
        if product is None or units is None or price is None or self.is_busy:
            return
        payout = self.payout.payout()
        fields: dict[str, Any] = {
            "order_id": new_command_id(self.parts.clock()),
            "location_id": self.parts.shop.location_id,
            "lines": (SaleLine(product.id, units, unit_price_minor=price),),
            "restock": self.restock.isChecked(),
            "route": payout.route,
            "reference": payout.reference,
            "reason": self.reason.text,
        }
        money = text.money(units * price, self.parts.shop.currency)
        how = "in cash" if payout.route == "cash" else "by hand elsewhere"
        name = text.isolated(product.name, 40)
        told = f"{text.number(units)} × {name} taken back without a receipt, {money} {how}"
        self.give(TakeBackUnknown, told, fields)
