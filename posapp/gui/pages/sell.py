"""The page to sell from: one field for scanner and keyboard, the shelf as tiles, the basket at the right."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from posapp.domain import basket as baskets
from posapp.gui import keys
from posapp.gui.pages.sell_basket import BasketPanel
from posapp.gui.pages.sell_deeds import SellDeeds
from posapp.gui.pages.sell_held import SellHeld
from posapp.gui.pages.sell_sale import CounterSale
from posapp.gui.pages.sell_shelf import SellShelf
from posapp.gui.parts import Parts
from posapp.gui.widgets.base import Themed, announce, row
from posapp.gui.widgets.page import Page
from posapp.queries.payment_ways import payment_ways
from posapp.queries.selling import SellRow, by_code

NEWS = {"StockChanged", "CatalogueChanged", "SettingsChanged", "TaxClassChanged"}


class SellPage(Themed, Page):
    """Nothing is sold here: the basket is a draft, and goes to Pay."""

    def __init__(self, parts: Parts, pay: Callable[..., Any]) -> None:
        """`pay` makes the dialog that takes the money: `PayDialog`."""
        super().__init__()
        self._parts = parts
        self._stale: frozenset[str] = frozenset()  # news that came while another page was shown
        self._cash_step_minor = payment_ways(parts.reader).cash_step_minor
        self.sale = CounterSale(parts, self)
        self.panel = BasketPanel(parts.shop.currency)
        self.shelf = SellShelf(parts, self.panel)
        self.field, self.lines = self.shelf.field, self.panel.lines
        self.deeds = SellDeeds(parts, self.sale, self, pay, lambda: self.lines.selected_key)
        self.held = SellHeld(parts, self.sale, self)
        box = row(self.shelf, self.panel, spacing=0)
        box.setStretch(0, 1)
        self.setLayout(box)
        self._connect()
        self._connect_panel()
        self._bind_keys()
        self.held.restore()

    def _connect(self) -> None:
        sale, field, shelf, deeds = self.sale, self.field, self.shelf, self.deeds
        sale.changed.connect(self._show_sale)
        sale.refused.connect(self._warn)
        field.added.connect(self._add)
        field.unknown.connect(shelf.say_unknown)
        field.order_wanted.connect(self._parts.open_order)
        field.collect_wanted.connect(deeds.collect)
        field.moved.connect(self._go)
        field.removed.connect(lambda: deeds.drop(self.lines.selected_key))
        shelf.grid.taken.connect(lambda product: self._add(product, 1))
        shelf.create_wanted.connect(deeds.create_product)
        deeds.done.connect(self._back_to_field)
        self.held.done.connect(self._back_to_field)
        deeds.created.connect(lambda product: self._add(product, 1))
        self._parts.changes.changed.connect(self._news)
        self._parts.who.changed.connect(self._show_sum)

    def _connect_panel(self) -> None:
        panel, lines, deeds = self.panel, self.lines, self.deeds
        lines.stepped.connect(self._step)
        lines.dropped.connect(deeds.drop)
        lines.left.connect(self.search)
        panel.back.dropped.connect(self._keep_back)
        panel.head.back_button.clicked.connect(deeds.take_back)
        panel.head.customer_button.clicked.connect(deeds.customer)
        panel.sum.hold_button.clicked.connect(self.held.hold)
        panel.sum.recall_button.clicked.connect(self.held.recall)
        panel.sum.discount_button.clicked.connect(deeds.discount)
        panel.sum.pay_button.clicked.connect(deeds.pay)

    def _bind_keys(self) -> None:
        deeds = self.deeds
        for key_id, action in (
            ("customer", deeds.customer), ("hold", self.held.hold), ("recall", self.held.recall),
            ("quantity", self._edit_quantity), ("price", deeds.price), ("discount", deeds.discount),
            ("pay", deeds.pay), ("new_sale", deeds.new_sale), ("take_back", deeds.take_back),
            ("new_order", deeds.new_order),
            ("undo", self._undo), ("redo", self.sale.redo),
        ):  # fmt: skip
            keys.bind(self, key_id, action)

    # --- what the shell asks --------------------------------------------------------------------------

    def search(self) -> None:
        """F2: the field."""
        self.shelf.search()

    def opened(self) -> None:
        """Look again at what changed meanwhile; the field has the keys."""
        if self._stale:
            self._look_again()
        self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def print_page(self) -> None:
        """Ctrl+P: the last receipt once more."""
        self.deeds.print_last()

    def back(self) -> bool:
        """Esc: away with the strip."""
        return self.shelf.close_strip()

    def toast_inset(self) -> int:
        """A toast covers neither the total nor Pay."""
        return self.panel.width()

    def regions(self) -> tuple[QWidget, ...]:
        """The field, the tiles while they are shown, the basket, and Pay."""
        tiles = self.shelf.grid.tiles
        return (
            self.field.edit,
            *((tiles,) if tiles.isVisible() else ()),
            self.lines,
            self.panel.sum.pay_button,
        )

    def scan(self, code: str) -> bool:
        """Take a scanned code: a product is added, an order opened; False for one that nothing has.

        A number typed before it ("3*") says how many.
        """
        units = self.field.pending_units()
        found = by_code(self._parts.reader, code, self._parts.shop.location_id)
        if found is not None:
            self._add(found, 1 if units is None else units)
            return True
        if self.deeds.open_order_of(code):
            self.shelf.close_strip()
            return True
        self.shelf.say_unknown(code)
        return False

    def show_held(self) -> None:
        """The rail's foot: choose among the held sales."""
        self.held.recall()

    def look_changed(self) -> None:
        """Share the width between tiles and basket."""
        if hasattr(self, "panel") and self.panel.fit(self.width()):
            self._show_sum()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        self.look_changed()
        super().resizeEvent(event)

    # --- showing --------------------------------------------------------------------------------------

    def _show_sale(self, key: int) -> None:
        """Show it; the line first, for a scanner does not wait."""
        sale, panel, basket = self.sale, self.panel, self.sale.basket
        panel.lines.show_lines(sale.lines(), key)
        panel.lines.invite(exchange=bool(basket.returned))
        panel.head.show_basket(basket)
        panel.back.show_backs(basket.returned)
        self._show_sum()
        if key:
            announce(panel.lines, f"{panel.lines.spoken()}. {panel.sum.total.accessibleName()}")
        self._show_held()

    def _show_sum(self) -> None:
        sale = self.sale
        facts = (sale.basket, sale.priced, sale.prices.classes, self._cash_step_minor)
        self.panel.sum.show_sum(*facts, trouble=sale.trouble, manager=sale.asks_for_manager)

    def _show_held(self) -> None:
        self.panel.sum.show_held(len(self._parts.drafts.held()))

    def _back_to_field(self) -> None:
        self._show_held()
        self.search()

    def _news(self, names: frozenset[str], _events: tuple[object, ...]) -> None:
        if names & NEWS:
            self._stale |= names & NEWS
            if self.isVisible():
                self._look_again()

    def _look_again(self) -> None:
        catalogue = "CatalogueChanged" in self._stale
        self._stale = frozenset()
        self._cash_step_minor = payment_ways(self._parts.reader).cash_step_minor
        self.shelf.grid.refresh(catalogue=catalogue)
        self.sale.news()

    def _warn(self, words: str) -> None:
        self._parts.toast(words, icon="circle-alert")

    # --- the basket -----------------------------------------------------------------------------------

    def _add(self, product: SellRow, units: int) -> None:
        self.shelf.close_strip()
        if product.price_minor is None:
            self.deeds.ask_price(product, units)
        else:
            self.sale.add(product, units)

    def _step(self, key: int, units: int) -> None:
        self.sale.edit(lambda basket: baskets.with_quantity(basket, key, units), key)

    def _keep_back(self, line_id: str) -> None:
        self.sale.edit(lambda basket: baskets.without_back(basket, line_id))

    def _go(self, step: int) -> None:
        if self.lines.go(step):
            announce(self.lines, self.lines.spoken())

    def _undo(self) -> None:
        if not self.sale.undo():
            announce(self, "Nothing to undo")

    def _edit_quantity(self) -> None:
        """F6: how many of the selected line."""
        if self.lines.selected is not None:
            self.lines.selected.edit_quantity()
