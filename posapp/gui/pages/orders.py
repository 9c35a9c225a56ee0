"""All orders: found by view, chips and search, read beside the list, opened to be decided about."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from posapp.domain.rights import Right
from posapp.gui import keys, text
from posapp.gui.background import Background
from posapp.gui.models.window_model import WindowModel
from posapp.gui.pages.beside import Beside
from posapp.gui.pages.fractions import Decimals, Watched
from posapp.gui.pages.orders_columns import order_columns
from posapp.gui.pages.orders_deeds import OrderDeeds
from posapp.gui.pages.orders_empty import say_why_empty
from posapp.gui.pages.orders_filters import FindOrder, OrderFilters
from posapp.gui.pages.orders_panel import OrderPanel
from posapp.gui.parts import Parts
from posapp.gui.theme import look
from posapp.gui.widgets.base import Themed, column
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.empty import EmptyState
from posapp.gui.widgets.field import SearchField
from posapp.gui.widgets.jump_box import JumpHit
from posapp.gui.widgets.page import Page
from posapp.gui.widgets.panel import PageHeader
from posapp.gui.widgets.table_view import TableView
from posapp.queries.details import order_details
from posapp.queries.heads import OrderRow
from posapp.queries.orders import OrderFilter, OrdersSource, OrdersSummary, orders_summary

NEWS = {"OrderPlaced", "OrderChanged", "AttentionRaised", "AttentionSettled"}
SUM_AFTER_MS = 400  # while orders arrive; a sum reads every order of the filter
SUM_REST = 4  # so many times as long as the last sum took
READ_AFTER_MS = 60  # the panel waits until the arrow keys rest
_SEARCH_WIDE, _SEARCH_NARROW, _ROOMY = 316, 200, 1090


class OrdersPage(Themed, Page):
    """Enter opens the selected order, Space reads it beside the list.

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
        background = self._background = Background(parts.reader, self)
        self.deeds = OrderDeeds(parts, self, background)
        self._decimals = Decimals(parts.shop.currency, self)
        self.filters = OrderFilters(parts)
        self.finder = SearchField("Number, phone, name, amount", keycap=keys.caption("find"))
        self.columns_button = Button(icon="columns-3", name="Columns")
        self.export_button = Button("Export", icon="download")
        self.new_button = Button("New order", Variant.PRIMARY, icon="plus")
        self.model: WindowModel[OrderRow] = WindowModel(
            order_columns(parts.shop, parts.clock, self._decimals), self._source()
        )
        self.table = TableView(
            self.model, name="Orders", new_rows=lambda n: f"{text.plural(n, 'new order')}, show"
        )
        self.empty = EmptyState()
        self.panel = OrderPanel(parts.shop, parts.clock)
        self.beside = Beside(self.table, self.empty, self.panel)
        self._read_later = QTimer(self, singleShot=True, interval=READ_AFTER_MS)
        self._sum_later = QTimer(self, singleShot=True, interval=SUM_AFTER_MS)
        if columns:
            self.table.columns.restore(columns)
        if keep_columns is not None:
            self.table.columns.changed.connect(keep_columns)
        self._lay_out()
        self._connect()
        self._asked_anew()

    def _lay_out(self) -> None:
        header = PageHeader("Orders")
        header.add_beside_title(self.filters.views)
        header.add(self.finder, self.columns_button, self.export_button, self.new_button)
        box = column(header, self.filters, self.beside)
        box.setStretch(2, 1)
        self.setLayout(box)

    def _connect(self) -> None:
        self.filters.changed.connect(self._asked_anew)
        self.filters.view_opened.connect(self.finder.edit.setText)
        self.finder.searched.connect(self.filters.search)
        self.finder.entered.connect(lambda _: self._found())
        self.columns_button.clicked.connect(lambda: self.table.choose_columns(self.columns_button))
        self.export_button.clicked.connect(lambda: self.deeds.export(self.filters.chosen()))
        self.new_button.clicked.connect(self.deeds.new_order)
        self.empty.acted.connect(self._act_on_empty)
        self.table.sort_requested.connect(self.filters.sort.choose_column)
        self.table.opened.connect(self._parts.open_order)
        self.table.selected.connect(lambda _: self._read_later.start())
        self._read_later.timeout.connect(self._read)
        self._sum_later.timeout.connect(self._sum_up)
        self._parts.who.changed.connect(self._sum_up)
        self._parts.who.changed.connect(self._rows_changed)
        self.beside.panel_shown.connect(self._read)
        self.panel.asked.connect(self._ask_panel)
        self._decimals.found.connect(lambda: QTimer.singleShot(0, self, self._refresh))
        self._parts.changes.changed.connect(self._news)
        self._parts.post.line_changed.connect(lambda _: self._explain())
        keys.bind(self, "new_order", self.deeds.new_order, inside=True)
        keys.bind(self, "save_view", self.filters.saved.save, inside=True)

    def look_changed(self) -> None:
        """Let the search grow with the text, and shrink where the header would need a second line for it."""
        if hasattr(self, "finder"):
            roomy = self.width() >= look().px(_ROOMY)
            self.finder.setFixedWidth(min(look().px(_SEARCH_WIDE if roomy else _SEARCH_NARROW), 480))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure the search anew."""
        super().resizeEvent(event)
        self.look_changed()

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
        self._refresh()
        (self.table if self.model.rowCount() else self.finder.edit).setFocus()

    def regions(self) -> tuple[QWidget, ...]:
        """The search, the list, and the panel while it is shown."""
        shown = (self.finder.edit, self.table)
        return (*shown, self.panel.open_button) if self.panel.isVisible() else shown

    def show_filter(self, wanted: OrderFilter | FindOrder) -> None:
        """Show what another page counted, or wait for a number to be typed."""
        if isinstance(wanted, FindOrder):
            self.search()
            return
        self.finder.edit.setText(wanted.search)
        self.filters.show_filter(wanted)

    def show_hit(self, hit: JumpHit) -> None:
        """Show the orders of a customer found by the jump box."""
        self.show_filter(OrderFilter(search=hit.words))

    # --- reading --------------------------------------------------------------------------------------

    def _source(self) -> Watched[OrderRow]:
        source = OrdersSource(self._parts.reader, self.filters.chosen())
        return Watched(source, self._decimals, lambda order: (order.total_minor,))

    def _asked_anew(self) -> None:
        column, descending = self.filters.sort.column
        self.table.set_sort(column, descending=descending)
        self.model.set_source(self._source())
        self._rows_changed()
        self._sum_up()
        if self.model.rowCount() and self.table.selected_id() is None:
            self.table.select_row(0)

    def _news(self, names: frozenset[str], events: tuple[object, ...]) -> None:
        if names & NEWS and self.isVisible():
            read = self.table.selected_id()
            self._refresh(read=any(getattr(event, "order_id", read) == read for event in events))

    def _refresh(self, *, read: bool = True) -> None:
        """Read the list again; the panel too if the order in it may have changed."""
        self.filters.day.name_days()
        self.table.refresh(self._source())
        self._rows_changed(read=read)
        if not self._sum_later.isActive():
            self._sum_later.start()

    def _rows_changed(self, *, read: bool = True) -> None:
        self._explain()
        self.export_button.setEnabled(self.model.rowCount() > 0)
        # A file of all orders adds up to Total Sales.
        self.export_button.setVisible(self._parts.who.may(Right.REPORTS_VIEW))
        if read:
            self._read_later.start()

    def _sum_up(self) -> None:
        chosen, since = self.filters.chosen(), QElapsedTimer()
        since.start()

        def show(summary: OrdersSummary) -> None:
            self._sum_later.setInterval(max(SUM_AFTER_MS, SUM_REST * since.elapsed()))
            self.filters.sum_up(summary)

        self._background.ask("summary", lambda reader: orders_summary(reader, chosen), show)

    def _explain(self) -> None:
        """Show the list, or say why it is empty."""
        some = self.model.rowCount() > 0
        if not some:
            say_why_empty(self.empty, self.filters, self._parts)
        self.beside.show_some(some)

    def _read(self) -> None:
        """Bring the panel up to the selected order."""
        if self.panel.isHidden():
            return
        order_id = self.table.selected_id() if self.model.rowCount() else None
        found = order_details(self._parts.reader, order_id, self._parts.clock()) if order_id else None
        self.panel.show_order(found)

    def _found(self) -> None:
        """Enter in the search: the only order found is opened, of more the first is selected."""
        if self.model.rowCount() == 1:
            self._parts.open_order(self.model.id_at(0) or "")
        if self.model.rowCount():
            self.table.select_row(0)
            self.table.setFocus()

    def _ask_panel(self, what: str) -> None:
        if self.panel.details is not None:
            self.deeds.do(what, self.panel.details)

    def _act_on_empty(self) -> None:
        if self.empty.button.word == "Sync now":
            self._parts.post.look_now()
        elif self.empty.button.word == "New order":
            self.deeds.new_order()
        else:
            self.finder.edit.clear()
            self.filters.clear()
