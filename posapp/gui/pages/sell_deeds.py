"""What a cashier does with the basket through a dialog: customer, price, discount, hold, recall, pay."""

from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from posapp.commands.contacts import keeping
from posapp.domain import basket as baskets
from posapp.domain.basket import Basket
from posapp.domain.errors import Refused
from posapp.drafts import Draft
from posapp.gui import text
from posapp.gui.dialogs.held_sales import HoldDialog, RecallDialog
from posapp.gui.dialogs.product_form import ProductForm
from posapp.gui.dialogs.sale_customer import SaleCustomerDialog
from posapp.gui.dialogs.sale_edit import Change, DiscountDialog, PriceDialog
from posapp.gui.pages.sell_sale import CounterSale
from posapp.gui.parts import Parts
from posapp.queries.counter_facts import is_sold
from posapp.queries.selling import SellRow


class SellDeeds(QObject):
    """Opens the dialogs of the Sell page; `done` tells that one closed and the field may have the keys again.

    `created` brings the code for which a product was made.
    """

    done = Signal()
    created = Signal(str)

    def __init__(self, parts: Parts, sale: CounterSale, page: QWidget, pay: Callable[..., Any]) -> None:
        super().__init__(page)
        self._parts, self._sale, self._page, self._pay = parts, sale, page, pay

    def _open(self, dialog: QDialog) -> None:
        dialog.finished.connect(lambda _: self.done.emit())
        dialog.open()

    def _try(self, key: int) -> Callable[[Change], str]:
        return lambda change: self._sale.tried(change, key)

    # --- edits ----------------------------------------------------------------------------------------

    def customer(self) -> None:
        """F3."""
        self._open(SaleCustomerDialog(self._parts, self._sale.basket, self._try(0), self._page))

    def price(self, key: int) -> None:
        """F7."""
        basket = self._sale.basket
        line = basket.line(key)
        usual = None if line is None else self._sale.list_price(line)
        currency = self._parts.shop.currency
        self._open(PriceDialog(basket, line, usual, currency, self._try(key), self._page))

    def discount(self, key: int) -> None:
        """F8."""
        basket = self._sale.basket
        if not basket.lines:
            return
        worth, currency = self._worth_after, self._parts.shop.currency
        self._open(DiscountDialog(basket, basket.line(key), currency, self._try(key), worth, self._page))

    def _worth_after(self, change: Change) -> int | None:
        try:
            return self._sale.worth(change(self._sale.basket))
        except Refused:
            return None

    def ask_price(self, product: SellRow, units: int) -> None:
        """A product without a price of its own: what does this one cost?"""
        basket, key = baskets.added(self._sale.basket, product.id, product.name, units)

        def put_in(change: Change) -> str:
            return self._sale.tried(
                lambda now: change(baskets.added(now, product.id, product.name, units)[0]), key
            )

        currency = self._parts.shop.currency
        self._open(PriceDialog(basket, basket.line(key), None, currency, put_in, self._page))

    def create_product(self, code: str) -> None:
        """Make a product for a code that nothing has."""
        form = ProductForm(self._parts, None, parent=self._page)
        form.barcode.set_text(code)
        form.accepted.connect(lambda: self.created.emit(code))
        self._open(form)

    def new_sale(self) -> None:
        """Ctrl+N: empty the basket, with a way back."""
        before = self._sale.basket
        if before.is_empty:
            self.done.emit()
            return
        self._sale.edit(baskets.emptied)
        units = text.plural(before.units, "item")
        self._parts.toast(
            f"The basket is emptied, {units}", icon="trash-2", action="Undo", on_action=self._fill_again
        )
        self.done.emit()

    def _fill_again(self) -> None:
        if self._sale.basket.is_empty:
            self._sale.undo()

    # --- held sales -----------------------------------------------------------------------------------

    def restore(self) -> tuple[str, ...]:
        """Read the drafts of before; gives what could not be read, in words."""
        reader = self._parts.reader
        found = self._parts.drafts.load(lambda order_id: is_sold(reader, order_id))
        here = found.basket is not None and found.basket.location_id == self._sale.location_id
        self._sale.begin(found.basket if here else None)
        return found.complaints

    def _proposed(self) -> str:
        return f"Sale of {text.clock(self._parts.clock(), self._parts.shop.zone)}"

    def hold(self) -> None:
        """F4."""
        if not self._sale.basket.lines:
            return
        dialog = HoldDialog(self._sale.basket, self._proposed(), self._page)
        dialog.held.connect(self._hold)
        self._open(dialog)

    def _hold(self, label: str) -> Basket:
        held = self._sale.hold(label)
        self._parts.toast(f"{text.isolated(label, 60)} is held", icon="pause")
        return held

    def recall(self) -> None:
        """F5."""
        held = self._parts.drafts.held()
        if not held:
            return
        instead = bool(self._sale.basket.lines)
        dialog = RecallDialog(self._parts, held, self._sale.worth, self._page, instead=instead)
        dialog.recalled.connect(self._recall)
        dialog.discarded.connect(self._discard)
        self._open(dialog)

    def _recall(self, order_id: str) -> None:
        if not self._sale.basket.is_empty:
            now = self._sale.basket
            self._hold(now.label or now.customer or self._proposed())
        self._sale.recall(order_id)

    def _discard(self, order_id: str) -> None:
        draft = self._parts.drafts.discard(order_id)
        if draft is not None:
            self._parts.toast(
                f"{text.isolated(draft.basket.label, 60)} is thrown away", icon="trash-2", action="Undo",
                on_action=lambda: self._put_back(draft),
            )  # fmt: skip

    def _put_back(self, draft: Draft) -> None:
        self._parts.drafts.put_back(draft)
        self.done.emit()

    # --- pay ------------------------------------------------------------------------------------------

    def pay(self) -> None:
        """F9: to the money."""
        sale = self._sale
        if not sale.can_pay:
            return
        basket = sale.basket
        also = None if basket.contact is None else keeping(basket.contact_id, basket.contact)
        dialog = self._pay(self._parts, basket, self._page, also=also)
        dialog.basket_changed.connect(lambda left: sale.edit(lambda _: left))
        dialog.paid.connect(self._sold)
        dialog.kept_unpaid.connect(self._sold)
        self._open(dialog)

    def _sold(self, order_id: str) -> None:
        """It is an order now, committed: the draft has done its work."""
        if shiboken6.isValid(self) and self._sale.basket.order_id == order_id:
            self._sale.finished()
