"""The catalogue with its stock: found by name, code or barcode; every number explained by its movements."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from posapp.gui import keys, text
from posapp.gui.dialogs.move_stock import MoveDialog
from posapp.gui.dialogs.product_form import ProductForm
from posapp.gui.dialogs.stock import AdjustDialog, CountDialog, ReceiveDialog
from posapp.gui.models.window_model import WindowModel
from posapp.gui.pages.beside import Beside
from posapp.gui.pages.fractions import Decimals, Watched
from posapp.gui.pages.products_columns import product_columns
from posapp.gui.pages.products_filters import ProductFilters
from posapp.gui.pages.products_panel import ProductPanel
from posapp.gui.pages.products_web import count_change, keep_ours
from posapp.gui.parts import Parts
from posapp.gui.post import SyncLine
from posapp.gui.theme import look
from posapp.gui.widgets.base import Themed, column
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.empty import EmptyState
from posapp.gui.widgets.field import SearchField
from posapp.gui.widgets.jump_box import JumpHit
from posapp.gui.widgets.page import Page
from posapp.gui.widgets.panel import PageHeader
from posapp.gui.widgets.table_view import TableView
from posapp.queries.products import ProductFilter, ProductRow, ProductsSource, product_row
from posapp.queries.publication import ChangedThere

NEWS = {"StockChanged", "CatalogueChanged", "OrderPlaced", "OrderChanged"}
READ_AFTER_MS = 60  # the panel waits until the arrow keys rest
_SEARCH_WIDE = 280
_STOCK = {"receive": ReceiveDialog, "adjust": AdjustDialog, "count": CountDialog, "move": MoveDialog}


class ProductsPage(Themed, Page):
    """Enter opens the product's form, Space its stock beside the list.

    `columns` is the person's choice of columns and widths; `keep_columns` is told when it changes.
    """

    def __init__(
        self,
        parts: Parts,
        *,
        columns: dict[str, Any] | None = None,
        keep_columns: Callable[[dict[str, Any]], object] | None = None,
    ) -> None:
        super().__init__()
        self._parts = parts
        self._decimals = Decimals(parts.shop.currency, self)
        self.filters = ProductFilters(parts)
        self.finder = SearchField("Name, code or barcode", keycap=keys.caption("find"))
        self.new_button = Button("New product", icon="plus")
        self.receive_button = Button("Receive stock", Variant.PRIMARY, icon="package-plus")
        self.header = PageHeader("Products")
        self.model: WindowModel[ProductRow] = WindowModel(
            product_columns(parts.shop, self._decimals), self._source()
        )
        self.table = TableView(self.model, name="Products")
        self.empty = EmptyState()
        self.panel = ProductPanel(parts, parts.clock)
        self.beside = Beside(self.table, self.empty, self.panel)
        self._read_later = QTimer(self, singleShot=True, interval=READ_AFTER_MS)
        if columns:
            self.table.columns.restore(columns)
        if keep_columns is not None:
            self.table.columns.changed.connect(keep_columns)
        self._lay_out()
        self._connect()
        self._asked_anew()

    def _lay_out(self) -> None:
        self.header.add(self.finder, self.new_button, self.receive_button)
        box = column(self.header, self.filters, self.beside)
        box.setStretch(2, 1)
        self.setLayout(box)

    def _connect(self) -> None:
        self.filters.changed.connect(self._asked_anew)
        self.finder.searched.connect(self.filters.search)
        self.finder.entered.connect(lambda _: self._found())
        self.new_button.clicked.connect(lambda: self._open_form(None))
        self.receive_button.clicked.connect(
            lambda: ReceiveDialog(
                self._parts, None, location=self.filters.location_id, parent=self.window()
            ).open()
        )
        self.empty.acted.connect(self._act_on_empty)
        self.table.opened.connect(self._open)
        self.table.selected.connect(lambda _: self._read_later.start())
        self._read_later.timeout.connect(self._read)
        self.beside.panel_shown.connect(self._read)
        self.panel.asked.connect(self._ask_panel)
        self.panel.order_wanted.connect(self._parts.open_order)
        self._decimals.found.connect(lambda: QTimer.singleShot(0, self, self._refresh))
        self._parts.changes.changed.connect(self._news)
        self.panel.web_change.count_wanted.connect(self._count_change)
        self.panel.web_change.keep_wanted.connect(self._keep_ours)
        self._parts.post.line_changed.connect(self._looked)

    def look_changed(self) -> None:
        """Let the search grow with the text."""
        if hasattr(self, "finder"):
            self.finder.setFixedWidth(min(look().px(_SEARCH_WIDE), 480))

    # --- what the shell asks --------------------------------------------------------------------------

    def search(self) -> None:
        """F2: search."""
        self.finder.edit.setFocus()
        self.finder.edit.selectAll()

    def back(self) -> bool:
        """Esc: leave the panel where it covers the list."""
        return self.beside.leave()

    def opened(self) -> None:
        """Read anew what changed while another page was shown; the list has the keys."""
        self.filters.read_places()
        self._refresh()
        (self.table if self.model.rowCount() else self.finder.edit).setFocus()

    def regions(self) -> tuple[QWidget, ...]:
        """The search, the list, and the panel while it is shown."""
        shown = (self.finder.edit, self.table)
        return (*shown, self.panel.edit_button) if self.panel.isVisible() else shown

    def show_filter(self, wanted: ProductFilter) -> None:
        """Show what another page counted."""
        self.finder.edit.setText(wanted.search)
        self.filters.show_filter(wanted)

    def show_hit(self, hit: JumpHit) -> None:
        """Show the product found by the jump box, selected."""
        found = product_row(self._parts.reader, hit.id, self._parts.shop.location_id)
        if found is None:
            return
        self.show_filter(ProductFilter(search=found.sku or found.name, archived=found.archived))
        self.table.select_id(found.id)
        self.table.setFocus()

    # --- reading --------------------------------------------------------------------------------------

    def _source(self) -> Watched[ProductRow]:
        source = ProductsSource(self._parts.reader, self.filters.chosen())
        return Watched(
            source, self._decimals, lambda row: () if row.price_minor is None else (row.price_minor,)
        )

    def _asked_anew(self) -> None:
        self.model.set_source(self._source())
        self._rows_changed()
        if self.model.rowCount() and self.table.selected_id() is None:
            self.table.select_row(0)

    def _news(self, names: frozenset[str], _events: tuple[object, ...]) -> None:
        if names & NEWS and self.isVisible():
            self._refresh()

    def _looked(self, line: SyncLine) -> None:
        """After a look at the web shop: what somebody changed over there comes with no command of ours."""
        self.filters.say_since()
        if line.phase == "idle" and self.isVisible():
            self.filters.count_changed()
            self._read_later.start()

    def _refresh(self) -> None:
        self.table.refresh(self._source())
        self._rows_changed()

    def _rows_changed(self) -> None:
        rows = self.model.rowCount()
        self.header.set_fact(text.number(rows))
        self.filters.count_low()
        if not rows:
            self._say_why_empty()
        self.beside.show_some(rows > 0)
        self._read_later.start()

    def _say_why_empty(self) -> None:
        if self.filters.is_set:
            self.empty.say("No product matches", f"Filters: {self.filters.words()}", action="Clear filters")
        else:
            words = "They come from the web shop by themselves; others are made here."
            if self._parts.post.line.phase == "none":
                words = "Connect a web shop in Settings, or make one here."
            self.empty.say("No products yet", words, icon="package", action="New product")

    def _act_on_empty(self) -> None:
        if self.filters.is_set:
            self.finder.edit.clear()
            self.filters.clear()
        else:
            self._open_form(None)

    def _selected(self) -> ProductRow | None:
        return self.model.row(self.table.currentIndex().row()) if self.model.rowCount() else None

    def _read(self) -> None:
        """Bring the panel up to the selected product."""
        if not self.panel.isHidden():
            self.panel.show_product(self._selected(), self.filters.location_id)

    def _found(self) -> None:
        """Enter in the search: the first found is selected, as after a scan."""
        if self.model.rowCount():
            self.table.select_row(0)
            self.table.setFocus()

    # --- deeds ----------------------------------------------------------------------------------------

    def _open(self, product_id: str) -> None:
        self._open_form(product_row(self._parts.reader, product_id, self._parts.shop.location_id))

    def _open_form(self, product: ProductRow | None) -> None:
        ProductForm(self._parts, product, parent=self.window()).open()

    def _count_change(self, change: ChangedThere) -> None:
        if self.panel.product is not None:
            count_change(self._parts, self.panel.product, change, self.window())

    def _keep_ours(self, change: ChangedThere) -> None:
        if self.panel.product is not None:
            keep_ours(self._parts, self.panel.product, change)

    def _ask_panel(self, what: str) -> None:
        product = self.panel.product
        if product is None:
            return
        if what == "edit":
            self._open(product.id)
        else:
            where = self.filters.location_id
            _STOCK[what](self._parts, product, location=where, parent=self.window()).open()
