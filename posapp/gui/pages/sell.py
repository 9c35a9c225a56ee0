"""The page to sell from: one field for scanner and keyboard, the shelf as tiles, the basket at the right."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from posapp.domain import basket as baskets
from posapp.gui import keys, metrics, text
from posapp.gui.pages.sell_basket import BasketPanel
from posapp.gui.pages.sell_deeds import SellDeeds
from posapp.gui.pages.sell_field import SellField
from posapp.gui.pages.sell_grid import SellGrid
from posapp.gui.pages.sell_sale import CounterSale
from posapp.gui.parts import Parts
from posapp.gui.theme import look
from posapp.gui.tokens import Tone
from posapp.gui.widgets.base import Surface, Themed, announce, column, row
from posapp.gui.widgets.button import Button
from posapp.gui.widgets.page import Page
from posapp.gui.widgets.strip import Strip
from posapp.queries.jump import HitKind, jump
from posapp.queries.payment_ways import payment_ways
from posapp.queries.selling import SellRow, by_code

NEWS = {"StockChanged", "CatalogueChanged", "SettingsChanged", "TaxClassChanged"}


class SellPage(Themed, Page):
    """Nothing is sold here: the basket is a draft, and goes to Pay. `held_changed` tells how many sales are held."""

    held_changed = Signal(int)

    def __init__(self, parts: Parts, pay: Callable[..., Any]) -> None:
        """`pay` makes the dialog that takes the money: `PayDialog`."""
        super().__init__()
        self._parts = parts
        self._stale = False
        self.sale = CounterSale(parts, self)
        self.field = SellField(parts)
        self.hide_button = Button("Hide products", icon="panel-right-close")
        self.strip = Strip(Tone.WAITING, "", icon="scan-barcode", wrap=True)
        self.strip.hide()
        self.grid = SellGrid(parts)
        self.panel = BasketPanel(parts.shop.currency)
        self.deeds = SellDeeds(parts, self.sale, self, pay)
        self._lay_out()
        self._wide.hide()
        self._connect()
        self._bind_keys()
        self._show_grid(not parts.preferences.known.hide_products)
        self._restore()

    def _lay_out(self) -> None:
        self._top = QWidget()
        top = row(self.field, self.hide_button, spacing=12)
        self._top.setLayout(column(top, self.strip, spacing=12, margins=(24, 12, 16, 12)))
        self._below = QWidget()
        self._below.setLayout(column(self.grid, margins=(24, 0, 4, 12)))
        self._grid_box = QGridLayout(self)
        self._grid_box.setContentsMargins(0, 0, 0, 0)
        self._grid_box.setSpacing(0)
        self._grid_box.addWidget(self._top, 0, 0)
        self._grid_box.addWidget(self._below, 1, 0)
        self._grid_box.addWidget(self.panel, 0, 1, 2, 1)
        self._wide = Surface("raised", "top")  # where the lines stand without the tiles
        self._wide_box = column(margins=(0, 1, 0, 0))
        self._wide.setLayout(self._wide_box)
        self._grid_box.addWidget(self._wide, 1, 0)
        self._grid_box.setRowStretch(1, 1)
        self._grid_box.setColumnStretch(0, 1)
        self.create_button = self.strip.add_button("Create product", icon="plus")
        self.search_button = self.strip.add_button("Search", icon="search")
        self.strip_close = self.strip.add_button("Close")

    def _connect(self) -> None:
        sale, field, deeds, lines = self.sale, self.field, self.deeds, self.panel.lines
        sale.changed.connect(self._show_sale)
        sale.refused.connect(self._warn)
        field.added.connect(self._add)
        field.unknown.connect(self._unknown)
        field.order_wanted.connect(self._parts.open_order)
        field.moved.connect(self._go)
        field.removed.connect(self._remove)
        self.grid.taken.connect(lambda product: self._add(product, 1))
        self.grid.create_wanted.connect(lambda: deeds.create_product(""))
        lines.stepped.connect(
            lambda key, units: sale.edit(lambda b: baskets.with_quantity(b, key, units), key)
        )
        lines.dropped.connect(self._drop)
        lines.left.connect(self.search)
        self.hide_button.clicked.connect(self._toggle_grid)
        self.create_button.clicked.connect(lambda: deeds.create_product(self._code))
        self.search_button.clicked.connect(self._search_code)
        self.strip_close.clicked.connect(self._close_strip)
        panel = self.panel
        panel.head.customer_button.clicked.connect(deeds.customer)
        panel.sum.hold_button.clicked.connect(deeds.hold)
        panel.sum.recall_button.clicked.connect(deeds.recall)
        panel.sum.discount_button.clicked.connect(lambda: deeds.discount(lines.selected_key))
        panel.sum.pay_button.clicked.connect(deeds.pay)
        deeds.done.connect(self._back_to_field)
        deeds.created.connect(self._created)
        self._parts.changes.changed.connect(self._news)

    def _bind_keys(self) -> None:
        deeds, lines = self.deeds, self.panel.lines
        for key_id, action in (
            ("customer", deeds.customer), ("hold", deeds.hold), ("recall", deeds.recall),
            ("quantity", self._edit_quantity), ("price", lambda: deeds.price(lines.selected_key)),
            ("discount", lambda: deeds.discount(lines.selected_key)), ("pay", deeds.pay),
            ("new_sale", deeds.new_sale), ("undo", self._undo), ("redo", self._redo),
        ):  # fmt: skip
            keys.bind(self, key_id, action)

    # --- what the shell asks --------------------------------------------------------------------------

    def search(self) -> None:
        """F2: the field."""
        self.field.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.edit.selectAll()

    def opened(self) -> None:
        """Look again at what changed meanwhile; the field has the keys."""
        if self._stale:
            self._look_again()
        self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def back(self) -> bool:
        """Esc: away with the strip."""
        if self.strip.isHidden():
            return False
        self._close_strip()
        return True

    def regions(self) -> tuple[QWidget, ...]:
        """The field, the tiles while they are shown, the basket, and Pay."""
        tiles = (self.grid.tiles,) if self.grid.isVisible() and self.grid.tiles.isVisible() else ()
        return (self.field.edit, *tiles, self.panel.lines, self.panel.sum.pay_button)

    def scan(self, code: str) -> bool:
        """Take a scanned code: a product is added, an order opened; False for one that nothing has.

        A number typed before it ("3*") says how many.
        """
        units = self.field.pending_units()
        found = by_code(self._parts.reader, code, self._parts.shop.location_id)
        if found is not None:
            self._add(found, 1 if units is None else units)
            return True
        order = next(
            (hit for hit in jump(self._parts.reader, code, 4) if hit.exact and hit.kind == HitKind.ORDER),
            None,
        )
        if order is not None:
            self._close_strip()
            self._parts.open_order(order.id)
            return True
        self._unknown(code)
        return False

    def show_held(self) -> None:
        """The rail's foot: choose among the held sales."""
        self.deeds.recall()

    # --- the basket -----------------------------------------------------------------------------------

    def _restore(self) -> None:
        """Come back with the basket that was there when the program ended."""
        for complaint in self.deeds.restore():
            self._warn(complaint)

    def _add(self, product: SellRow, units: int) -> None:
        self._close_strip()
        if product.price_minor is None:
            self.deeds.ask_price(product, units)
        else:
            self.sale.add(product, units)

    def _show_sale(self, key: int) -> None:
        """Show it; the line first, for a scanner does not wait."""
        sale, panel = self.sale, self.panel
        panel.lines.show_lines(sale.lines(), key)
        panel.head.show_basket(sale.basket)
        step = payment_ways(self._parts.reader).cash_step_minor
        panel.sum.show_sum(sale.basket, sale.priced, sale.tax_classes, step, sale.trouble)
        if key:
            announce(panel.lines, f"{panel.lines.spoken()}. {panel.sum.total.accessibleName()}")
        self._show_held()

    def _show_held(self) -> None:
        held = len(self._parts.drafts.held())
        self.panel.sum.show_held(held)
        self.held_changed.emit(held)

    def _go(self, step: int) -> None:
        if self.panel.lines.go(step):
            announce(self.panel.lines, self.panel.lines.spoken())

    def _remove(self) -> None:
        if self.panel.lines.selected is not None:
            self._drop(self.panel.lines.selected_key)

    def _drop(self, key: int) -> None:
        """Remove a line, with a way back."""
        line = self.sale.basket.line(key)
        if line is None or not self.sale.edit(lambda basket: baskets.without_line(basket, key)):
            return
        after = self.sale.basket
        self._parts.toast(
            f"{text.isolated(line.name, 60)} is removed",
            icon="trash-2", action="Undo", on_action=partial(self._undo_if, after),
        )  # fmt: skip
        self.search()

    def _undo_if(self, shown: baskets.Basket) -> None:
        """The toast's Undo: only while its deed was the last one."""
        if self.sale.basket == shown:
            self.sale.undo()

    def _undo(self) -> None:
        if not self.sale.undo():
            announce(self, "Nothing to undo")

    def _redo(self) -> None:
        self.sale.redo()

    def _edit_quantity(self) -> None:
        """F6: how many of the selected line."""
        if self.panel.lines.selected is not None:
            self.panel.lines.selected.edit_quantity()

    def _back_to_field(self) -> None:
        self._show_held()
        self.search()

    # --- codes that nothing has -----------------------------------------------------------------------

    def _unknown(self, code: str) -> None:
        self._code = code
        self.strip.say(f"Nothing here has the code {text.isolated(code, 40)}")
        self.strip.show()

    def _close_strip(self) -> None:
        if not self.strip.isHidden():
            self.strip.hide()
            self.search()

    def _search_code(self) -> None:
        self._close_strip()
        self.field.edit.setText(self._code)
        self.search()

    def _created(self, code: str) -> None:
        """A product was made for a code: it is what the customer holds in the hand."""
        found = by_code(self._parts.reader, code, self._parts.shop.location_id) if code else None
        if found is not None:
            self._add(found, 1)

    # --- the tiles ------------------------------------------------------------------------------------

    def _toggle_grid(self) -> None:
        show = self.grid.isHidden()
        self._show_grid(show)
        self._parts.preferences.change(hide_products=not show)
        self.search()

    def _show_grid(self, show: bool) -> None:
        """With the tiles hidden, the basket's lines take their place."""
        lines = self.panel.lines
        if show != self.grid.isHidden():
            return
        self.grid.setVisible(show)
        self._below.setVisible(show)
        self._wide.setVisible(not show)
        if not show:
            self._wide_box.addWidget(self.panel.give_lines())
        elif self._wide_box.indexOf(lines) >= 0:
            self._wide_box.removeWidget(lines)
            self.panel.take_lines()
        self.hide_button.setText("Hide products" if show else "Show products")

    def look_changed(self) -> None:
        """Share the width between tiles and basket."""
        if hasattr(self, "panel"):
            self.panel.fit(self.width())
            self.hide_button.setFixedHeight(look().height(metrics.CONTROL_LARGE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        self.look_changed()
        super().resizeEvent(event)

    # --- news -----------------------------------------------------------------------------------------

    def _news(self, names: frozenset[str], _events: tuple[object, ...]) -> None:
        if names & NEWS:
            self._stale = True
            if self.isVisible():
                self._look_again()

    def _look_again(self) -> None:
        self._stale = False
        self.grid.refresh()
        self.sale.news()

    def _warn(self, words: str) -> None:
        self._parts.toast(words, icon="circle-alert")
