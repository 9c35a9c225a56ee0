"""Attention: every order that needs a person, what it is about, and the way to decide it."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from posapp.domain.attention import Reason
from posapp.gui import keys, text
from posapp.gui.dialogs.contact_buttons import ContactButtons
from posapp.gui.dialogs.order_messages import messages_of
from posapp.gui.models.rows import ListRows
from posapp.gui.models.window_model import WindowModel
from posapp.gui.pages.attention_arrived import ArrivedStrip
from posapp.gui.pages.attention_columns import columns
from posapp.gui.pages.attention_preview import AttentionPreview, Dock
from posapp.gui.pages.fractions import Decimals
from posapp.gui.parts import Parts
from posapp.gui.reasons import REASON
from posapp.gui.theme import look
from posapp.gui.widgets.base import STRETCH, column
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.empty import EmptyState
from posapp.gui.widgets.field import SearchField
from posapp.gui.widgets.filter_chip import FilterChip
from posapp.gui.widgets.flow import Flow
from posapp.gui.widgets.page import Page
from posapp.gui.widgets.panel import Bar, PageHeader
from posapp.gui.widgets.table_view import TableView
from posapp.queries.attention import AttentionRow, Sort, arrived_for, attention_count, attention_rows
from posapp.queries.details import order_details
from posapp.queries.jump import HitKind, jump

NEWS = frozenset({"AttentionRaised", "AttentionSettled", "OrderChanged", "StockChanged", "SettingsChanged"})
OLDEST = "Oldest payment first"
SORTS = (  # besides the usual one
    (Sort.NEWEST, "Newest payment first"),
    (Sort.NUMBER, "Order number"),
    (Sort.AMOUNT, "Most money first"),
)
MINUTE_MS = 60_000


class AttentionPage(Page):
    """The list with a docked preview. Enter opens an order, Space hides the preview, F2 finds by number."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.parts = parts
        self._stale = True
        self._previewed = False
        self.header = PageHeader("Attention")
        self.field = SearchField("Order number", keycap=keys.caption("find"))
        self.why = FilterChip("Why", [(reason, chip.word) for reason, chip in REASON.items()], any_word="all")
        self.sort = FilterChip(OLDEST, SORTS, icon="arrow-up-narrow-wide", any_word="")
        self._decimals = Decimals(parts.shop.currency, self)
        self.model = WindowModel[AttentionRow](columns(parts.shop, parts.clock, self._decimals), self._rows())
        self.table = TableView(self.model, name="Orders that need attention")
        self.table.columns.restore(parts.preferences.table("attention"))
        self.table.columns.changed.connect(parts.preferences.keep_table("attention"))
        self.preview = AttentionPreview(parts.shop)
        self.empty = EmptyState()
        self.open_button = Button(
            "Open", Variant.PRIMARY, icon="arrow-up-right", shortcut=keys.caption("open")
        )
        self.contact = ContactButtons(parts.shop.currency, copying=False)
        self.arrived = ArrivedStrip(parts)
        self._lay_out()
        self._connect()
        self.reload()

    def _lay_out(self) -> None:
        self.header.add(self.field, self.why, self.sort)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        self._actions, line = QWidget(), Bar()
        flow = Flow(self.open_button, self.contact, STRETCH, self.arrived)
        flow.setContentsMargins(0, 12, 0, 12)
        self._actions.setLayout(flow)
        line.add(self._actions)
        self._bar = line
        self._dock = Dock(self.preview)
        whole = column(self.header, self._stack, self._dock, line)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.look_changed()

    def look_changed(self) -> None:
        """Keep the field as wide as a number and its key."""
        self.field.setFixedWidth(look().px(220))
        self._place_preview()

    def _connect(self) -> None:
        parts = self.parts
        self.table.opened.connect(parts.open_order)
        self.table.previewed.connect(lambda _: self._dock.toggle())
        self.table.selected.connect(lambda _: self._show_selected())
        self.preview.seen.connect(parts.open_order)
        self.arrived.reviewed.connect(parts.open_order)
        self.open_button.clicked.connect(self._open_selected)
        self.contact.failed.connect(lambda words: parts.toast(words, icon="circle-alert"))
        self.field.searched.connect(self._find)
        self.field.entered.connect(self._open_typed)
        self.why.changed.connect(lambda _: self._ask_anew())
        self.sort.changed.connect(lambda _: self._ask_anew())
        self.empty.acted.connect(lambda: self.why.set_value(None))
        parts.changes.changed.connect(self._told)
        parts.post.line_changed.connect(lambda _: self._show_checked())
        parts.theme.changed.connect(self.look_changed)
        self._minute = QTimer(self, interval=MINUTE_MS)
        self._minute.timeout.connect(
            lambda: self.reload() if self.isVisible() else None
        )  # waiting times go on
        self._minute.start()

    # --- what the shell asks ---------------------------------------------------------------------------

    def search(self) -> None:
        """F2: type an order number."""
        self.field.setFocus()
        self.field.edit.selectAll()

    def opened(self) -> None:
        """Show what waits now; the keyboard starts in the list."""
        if self._stale:
            self.reload()
        self._show_checked()
        (self.table if self.model.rowCount() else self.field).setFocus()

    def show_filter(self, why: Reason) -> None:
        """Show only the orders with this reason."""
        self.why.set_value(why)

    def regions(self) -> Sequence[QWidget]:
        """Field, list and actions."""
        return (self.field.edit, self.table, self.open_button)

    # --- showing ---------------------------------------------------------------------------------------

    def _asked(self) -> tuple[AttentionRow, ...]:
        why = (Reason(self.why.value),) if self.why.value else ()
        rows = attention_rows(self.parts.reader, why, Sort(self.sort.value or Sort.OLDEST))
        self._decimals.look_at(row.paid_minor for row in rows)
        return rows

    def _rows(self) -> ListRows[AttentionRow]:
        return ListRows(self._asked(), lambda row: row.id)

    def _ask_anew(self) -> None:
        """Another filter or order: start at the top."""
        self.model.set_source(self._rows())
        self._after_reading()

    def reload(self) -> None:
        """Read the list anew; the selected order stays selected, else its neighbour is."""
        self._stale = False
        self.table.refresh(self._rows())
        self.table.viewport().update()
        self._after_reading()

    def _after_reading(self) -> None:
        rows = self.model.rowCount()
        if rows and not self.table.currentIndex().isValid():
            self.table.select_row(0)
        self.header.badge.set_count(attention_count(self.parts.reader))
        self.arrived.show_arrivals(arrived_for(self.parts.reader))
        self._stack.setCurrentWidget(self.table if rows else self.empty)
        self._bar.setVisible(rows > 0)
        self._show_checked()
        self._show_selected()

    def _show_selected(self) -> None:
        selected = self.table.selected_id() if self.model.rowCount() else None
        now = self.parts.clock()
        details = order_details(self.parts.reader, selected, now) if selected else None
        self._previewed = details is not None
        self._place_preview()
        if details is not None:
            self.preview.show_order(details, now)
            self._dock.updateGeometry()
            self.contact.show_contact(details.contact, messages_of(self.parts, details))

    def _place_preview(self) -> None:
        self._dock.place(self.height(), filled=self._previewed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Look whether there is room for list and preview."""
        super().resizeEvent(event)
        self._place_preview()

    def _show_checked(self) -> None:
        """Say when the web was looked at last, in the header and where there is nothing to do."""
        at = self.parts.post.line.last_ok
        clock = text.when(at, self.parts.shop.zone, self.parts.clock()) if at else ""
        self.header.set_fact(f"Last web check {clock}" if clock else "")
        if self.why.value:
            word = REASON[Reason(self.why.value)].word
            self.empty.say("No order waits for that", f"Why: {word}", action="Show all")
        else:
            checked = f"Last checked {clock}." if clock else "No web shop is connected."
            self.empty.say("Nothing needs you.", checked, icon="circle-check", ink="ok")

    def _told(self, names: frozenset[str], _events: tuple[object, ...]) -> None:
        if names & NEWS:
            if self.isVisible():
                self.reload()
            else:
                self._stale = True

    # --- doing -----------------------------------------------------------------------------------------

    def _open_selected(self) -> None:
        selected = self.table.selected_id()
        if selected is not None:
            self.parts.open_order(selected)

    def _place_of(self, typed: str) -> str | None:
        """Find an order of the list by its number, with or without the zeros before it."""
        wanted = {typed, typed.lstrip("#"), typed.lstrip("#").zfill(4)}
        return next((row.id for row in self._asked() if row.number in wanted), None)

    def _find(self, typed: str) -> None:
        """Select the order whose number is typed."""
        found = self._place_of(typed) if typed else None
        if found is not None:
            self.table.select_id(found)

    def _open_typed(self, typed: str) -> None:
        """Open the order of that number, also one that needs nothing."""
        if not typed:
            return
        found = self._place_of(typed)
        if found is None:
            hits = jump(self.parts.reader, typed)
            found = next((hit.id for hit in hits if hit.kind == HitKind.ORDER and hit.exact), None)
        if found is None:
            self.parts.toast(f"No order {text.outside(typed, 40)} was found", icon="search-x")
            return
        self.field.clear()
        self.parts.open_order(found)
