"""What a cashier does with the basket through a dialog: customer, price, discount, exchange, pay."""

from collections.abc import Callable
from functools import partial
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from posapp.commands.contacts import keeping
from posapp.domain import basket as baskets
from posapp.domain.basket import BackLine, Basket
from posapp.domain.errors import Refused
from posapp.domain.feed import MAX_TEXT
from posapp.domain.orders import Status
from posapp.domain.sale_line import Returned
from posapp.gui import text
from posapp.gui.dialogs.collect import CollectDialog
from posapp.gui.dialogs.new_order import NewOrderDialog
from posapp.gui.dialogs.product_form import ProductForm
from posapp.gui.dialogs.sale_customer import SaleCustomerDialog
from posapp.gui.dialogs.sale_edit import Change, DiscountDialog, PriceDialog
from posapp.gui.dialogs.take_back import TakeBackDialog
from posapp.gui.dialogs.take_back_unknown import TakeBackUnknownDialog
from posapp.gui.pages.sell_sale import CounterSale
from posapp.gui.parts import Parts
from posapp.queries.details import order_details
from posapp.queries.jump import HitKind, jump
from posapp.queries.returning import returnable_of
from posapp.queries.selling import SellRow, by_code


class SellDeeds(QObject):
    """Opens the dialogs of the Sell page; `done` tells that one closed and the field may have the keys again.

    `created` brings the product that was made for a code.
    """

    done = Signal()
    created = Signal(object)  # SellRow

    def __init__(
        self,
        parts: Parts,
        sale: CounterSale,
        page: QWidget,
        pay: Callable[..., Any],
        selected: Callable[[], int],
    ) -> None:
        """`selected` gives the key of the selected line."""
        super().__init__(page)
        self._parts, self._sale, self._page, self._pay = parts, sale, page, pay
        self._selected = selected
        self._last_sold = ""  # order id

    def _open(self, dialog: QDialog) -> None:
        dialog.finished.connect(lambda _: self.done.emit())
        dialog.open()

    def _try(self, key: int) -> Callable[[Change], str]:
        return lambda change: self._sale.tried(change, key)

    def open_order_of(self, code: str) -> bool:
        """Open the order whose number a receipt bears; False where there is none."""
        hits = jump(self._parts.reader, code, 4)
        order = next((hit for hit in hits if hit.exact and hit.kind == HitKind.ORDER), None)
        if order is not None:
            self._parts.open_order(order.id)
        return order is not None

    # --- edits ----------------------------------------------------------------------------------------

    def customer(self) -> None:
        """F3."""
        self._open(SaleCustomerDialog(self._parts, self._sale.basket, self._try(0), self._page))

    def price(self) -> None:
        """F7."""
        basket, key = self._sale.basket, self._selected()
        line = basket.line(key)
        usual = None if line is None else self._sale.prices.list_price(line)
        currency = self._parts.shop.currency
        self._open(PriceDialog(basket, line, usual, currency, self._try(key), self._page))

    def discount(self) -> None:
        """F8."""
        basket, key = self._sale.basket, self._selected()
        if not basket.lines:
            return
        worth, currency = self._worth_after, self._parts.shop.currency
        self._open(DiscountDialog(basket, basket.line(key), currency, self._try(key), worth, self._page))

    def _worth_after(self, change: Change) -> int | None:
        try:
            return self._sale.prices.worth(change(self._sale.basket))
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
        form.accepted.connect(lambda: self._created(code))
        self._open(form)

    def _created(self, code: str) -> None:
        """It is what the customer holds in the hand."""
        found = by_code(self._parts.reader, code, self._parts.shop.location_id) if code else None
        if found is not None:
            self.created.emit(found)

    def drop(self, key: int) -> None:
        """Remove a line, with a way back."""
        line = self._sale.basket.line(key)
        if line is None or not self._sale.edit(lambda basket: baskets.without_line(basket, key)):
            return
        undo = partial(self._undo_if, self._sale.basket)
        words = f"{text.isolated(line.name, 60)} is removed"
        self._parts.toast(words, icon="trash-2", action="Undo", on_action=undo)
        self.done.emit()

    def _undo_if(self, shown: Basket) -> None:
        """The toast's Undo: only while its deed was the last one."""
        if self._sale.basket == shown:
            self._sale.undo()

    def new_sale(self) -> None:
        """Ctrl+N: empty the basket, with a way back."""
        before = self._sale.basket
        if before.is_empty:
            self.done.emit()
            return
        self._sale.edit(baskets.emptied)
        units = text.plural(before.units, "item")
        undo = partial(self._undo_if, self._sale.basket)
        self._parts.toast(f"The basket is emptied, {units}", icon="trash-2", action="Undo", on_action=undo)
        self.done.emit()

    def new_order(self) -> None:
        """Ctrl+Shift+N: what somebody orders by phone or in a chat, beside the basket at hand."""
        self._open(NewOrderDialog(self._parts, parent=self._page.window()))

    def collect(self, order_id: str) -> None:
        """Somebody comes for an order that is paid now."""
        details = order_details(self._parts.reader, order_id, self._parts.clock())
        if details is None or details.status != Status.OPEN:  # it was paid or closed in this very moment
            self._parts.open_order(order_id)
        else:
            self._open(CollectDialog(self._parts, details, self._page.window()))

    # --- goods that come back -------------------------------------------------------------------------

    def take_back(self) -> None:
        """Ctrl+B: goods come back, for money or in exchange for what is in the basket."""
        dialog = TakeBackDialog(self._parts, self._page)
        dialog.exchanged.connect(self._exchange)
        dialog.no_receipt.connect(self._take_back_unknown)
        self._open(dialog)

    def _take_back_unknown(self) -> None:
        self._open(TakeBackUnknownDialog(self._parts, self._page))

    def _exchange(self, returned: tuple[Returned, ...]) -> None:
        """What comes back pays for what is bought: it stands in the basket with its worth."""
        receipts = {each.order_id: returnable_of(self._parts.reader, each.order_id) for each in returned}
        backs = []
        for each in returned:
            receipt = receipts[each.order_id]
            line = next((x for x in receipt.lines if x.line_id == each.line_id), None) if receipt else None
            if receipt is not None and line is not None:
                worth, number = line.worth_minor(each.quantity), receipt.number
                fields = (each.order_id, each.line_id, each.quantity, each.restock, each.reason)
                backs.append(BackLine(*fields, number=number, name=line.name[:MAX_TEXT], worth_minor=worth))
        self._sale.edit(lambda basket: baskets.in_exchange(basket, backs))

    # --- pay ------------------------------------------------------------------------------------------

    def pay(self) -> None:
        """F9: to the money."""
        sale = self._sale
        if not sale.can_pay:
            return
        basket = sale.basket
        also = None if basket.contact is None else keeping(basket.contact_id, basket.contact)
        try:
            dialog = self._pay(self._parts, basket, self._page, also=also)
        except Refused as refusal:  # a product went or a price changed in this very moment
            sale.refused.emit(refusal.message)
            sale.news()
            return
        dialog.basket_changed.connect(lambda left: sale.edit(lambda _: left))
        dialog.paid.connect(self._sold)
        dialog.kept_unpaid.connect(self._sold)
        self._open(dialog)

    def _sold(self, order_id: str) -> None:
        """It is an order now, committed: the draft has done its work."""
        if shiboken6.isValid(self) and self._sale.basket.order_id == order_id:
            self._last_sold = order_id
            self._sale.finished()

    def print_last(self) -> None:
        """Ctrl+P: the receipt of the last sale once more."""
        if self._last_sold:
            self._parts.paper.print_receipt(self._last_sold)
        else:
            self._sale.refused.emit("Nothing was sold here since posapp was started. Print from the order.")
