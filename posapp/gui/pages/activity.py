"""Activity: who did what, when, at which till, and who allowed it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from posapp.domain.rights import Right
from posapp.gui import keys, metrics, text
from posapp.gui.ask_where import ask_where
from posapp.gui.background import Background
from posapp.gui.models.columns import Column, Style
from posapp.gui.models.window_model import WindowModel
from posapp.gui.pages.activity_export import export_activity
from posapp.gui.pages.orders_dates import DateChip
from posapp.gui.parts import Parts
from posapp.gui.widgets.base import STRETCH, column
from posapp.gui.widgets.button import Button, Size, Variant
from posapp.gui.widgets.empty import EmptyState
from posapp.gui.widgets.field import SearchField
from posapp.gui.widgets.filter_chip import FilterChip
from posapp.gui.widgets.flow import Flow
from posapp.gui.widgets.page import Page
from posapp.gui.widgets.panel import PageHeader
from posapp.gui.widgets.table_view import TableView
from posapp.queries.activity import (
    EVERYBODY,
    FEEDS,
    PEOPLE,
    ActivityFilter,
    ActivityRow,
    ActivitySource,
    streams,
)
from posapp.queries.activity_kinds import KINDS
from posapp.queries.activity_words import activity_words
from posapp.queries.staff import staff_rows

GATHER_MS = 400  # news of an import comes often
_FEEDS = (FEEDS, "Web shop and providers"), (EVERYBODY, "People and web")


class DayChip(DateChip):
    """The days something was written down; there is no other day to mean."""

    kinds = False


class ActivityPage(Page):
    """Enter opens the order that an entry is about. Who may not see reports sees what they did themselves."""

    def __init__(self, parts: Parts, back: Callable[[], object]) -> None:
        super().__init__()
        self._parts, self._back = parts, back
        self._background = Background(parts.reader, self)
        self.header = PageHeader("Activity", back=True)
        self.finder = SearchField("Order number", keycap=keys.caption("find"), width=240)
        self.export_button = Button("Export", icon="download")
        self.header.add(self.finder, self.export_button)
        self.who = FilterChip("Who", any_word="all staff")
        self.kind = FilterChip("What", [(kind, words) for kind, (words, _) in KINDS.items()])
        self.day = DayChip(parts.shop, parts.clock)
        self.till = FilterChip("Till")
        self.clear_button = Button("Clear filters", Variant.QUIET, Size.SMALL)
        self.model: WindowModel[ActivityRow] = WindowModel(self._columns(), self._source())
        self.table = TableView(
            self.model,
            name="Activity",
            new_rows=lambda n: f"{text.plural(n, 'new entry', 'new entries')}, show",
        )
        self.empty = EmptyState("Nothing was done", "No entry matches these filters.", icon="history")
        self._soon = QTimer(self, singleShot=True, interval=GATHER_MS)
        self._lay_out()
        self._connect()
        self._offer()
        self._asked_anew()

    def _lay_out(self) -> None:
        chips = Flow(self.who, self.kind, self.day, self.till, self.clear_button, STRETCH)
        chips.setContentsMargins(metrics.PAGE_MARGIN, 0, metrics.PAGE_MARGIN, 12)
        filters = QWidget()
        filters.setLayout(chips)
        box = column(self.header, filters, self.table, self.empty)
        box.setStretch(2, 1)
        box.setStretch(3, 1)
        self.setLayout(box)

    def _connect(self) -> None:
        self.header.back_pressed.connect(self._back)
        for chip in (self.who, self.kind, self.day, self.till):
            chip.changed.connect(lambda _: self._asked_anew())
        self.finder.searched.connect(self._searched)
        self.clear_button.clicked.connect(self.clear)
        self.export_button.clicked.connect(self._export)
        self.table.opened.connect(self._open)
        self._soon.timeout.connect(self._refresh)
        self._parts.changes.changed.connect(self._news)
        self._parts.who.changed.connect(self._signed_in)

    def _columns(self) -> tuple[Column[ActivityRow], ...]:
        zone, clock = self._parts.shop.zone, self._parts.clock
        return (
            Column[ActivityRow]("When", lambda x: text.when(x.recorded_at, zone, clock()), width=150),
            Column[ActivityRow]("Who", lambda x: text.outside(x.actor, 40), style=Style.MEDIUM, width=150),
            Column[ActivityRow]("What", self.words, width=420, stretch=True),
            Column[ActivityRow]("Allowed by", lambda x: text.outside(x.approved_by, 40), width=130),
            Column[ActivityRow]("Till", lambda x: text.outside(x.till, 20), width=60),
        )

    def words(self, row: ActivityRow) -> str:
        """Say what was done."""
        currency = self._parts.shop.currency
        said = activity_words(row.tag, row.facts, row.names, lambda minor: text.money(minor, currency))
        return text.outside(said, 200)

    # --- what the shell asks --------------------------------------------------------------------------

    def search(self) -> None:
        """F2: find an order's own history."""
        self.finder.edit.setFocus()
        self.finder.edit.selectAll()

    def back(self) -> bool:
        """Esc: where one came from."""
        self._back()
        return True

    def opened(self) -> None:
        """Read anew what came while another page was shown."""
        self._offer()
        self._refresh()
        (self.table if self.model.rowCount() else self.finder.edit).setFocus()

    def regions(self) -> tuple[QWidget, ...]:
        """The search and the list."""
        return (self.finder.edit, self.table)

    # --- reading --------------------------------------------------------------------------------------

    @property
    def _sees_all(self) -> bool:
        return self._parts.who.may(Right.REPORTS_VIEW)

    def chosen(self) -> ActivityFilter:
        """Give the question that is set now."""
        span = self.day.span()
        who = (self.who.value or PEOPLE) if self._sees_all else self._parts.who.name or " "
        return ActivityFilter(
            who=who,
            kind=self.kind.value or "",
            till=self.till.value or "",
            from_at=span.from_at if span else None,
            to_at=span.to_at if span else None,
            order=self.finder.text,
        )

    def _searched(self, words: str) -> None:
        """Who types a number wants all of that order, whenever it was."""
        if words and self.day.value is not None:
            self.day.set_value(None)  # asks anew by itself
        else:
            self._asked_anew()

    def clear(self) -> None:
        """Show everything people did."""
        self.finder.clear()
        for chip in (self.who, self.kind, self.day, self.till):
            chip.set_value(None)

    def _offer(self) -> None:
        """Offer who works or worked here; tills where there is more than one."""
        known = [(row.name, text.outside(row.name, 40)) for row in staff_rows(self._parts.reader)]
        self.who.set_choices([*known, *_FEEDS])
        self.who.setVisible(self._sees_all)
        tills = sorted({till for till, _, _ in streams(self._parts.reader)})
        self.till.set_choices([(till, f"Till {text.outside(till, 20)}") for till in tills])
        self.till.setVisible(len(tills) > 1)

    def _source(self) -> ActivitySource:
        return ActivitySource(self._parts.reader, self.chosen())

    def _asked_anew(self) -> None:
        self.model.set_source(self._source())
        self._explain()
        if self.model.rowCount() and self.table.selected_id() is None:
            self.table.select_row(0)

    def _signed_in(self) -> None:
        self._offer()
        self._asked_anew()

    def _news(self, _names: frozenset[str], _events: tuple[object, ...]) -> None:
        if self.isVisible() and not self._soon.isActive():
            self._soon.start()

    def _refresh(self) -> None:
        self.table.refresh(self._source())
        self._explain()

    def _explain(self) -> None:
        some, chosen = self.model.rowCount() > 0, self.chosen()
        self.table.setVisible(some)
        self.empty.setVisible(not some)
        self.export_button.setEnabled(some)
        narrowed = chosen.who != PEOPLE or chosen.kind or chosen.till or chosen.from_at or chosen.order
        self.clear_button.setVisible(bool(narrowed) and self._sees_all)

    def _open(self, row_id: str) -> None:
        place = self.model.place_of(row_id)
        row = None if place is None else self.model.row(place)
        if row is not None and row.order_id in row.names:
            self._parts.open_order(row.order_id)

    def _export(self) -> None:
        today = self._parts.clock().astimezone(self._parts.shop.zone).date()
        chosen = self.chosen()
        ask_where(
            self, "Export", f"activity-{today.isoformat()}.csv", lambda path: self.export_to(path, chosen)
        )

    def export_to(self, path: Path, chosen: ActivityFilter) -> None:
        """Write the entries of a filter to a CSV file, on the reader's own thread, and say so."""
        zone, words = self._parts.shop.zone, self.words

        def done(entries: int) -> None:
            said = text.plural(entries, "entry", "entries")
            self._parts.toast(f"{said} written to {path.name}", icon="download")

        def failed(error: BaseException) -> None:
            why = error.strerror if isinstance(error, OSError) and error.strerror else "see the log"
            self._parts.toast(f"{path.name} could not be written: {why}", icon="circle-alert")

        self._background.ask(
            "export", lambda reader: export_activity(reader, chosen, zone, words, path), done, failed
        )
