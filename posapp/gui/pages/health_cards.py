"""The cards of Sync and health: what is connected, and what was set aside."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from posapp.gui import record_words, text
from posapp.gui.chips import Chip
from posapp.gui.fonts import MEDIUM, Type
from posapp.gui.models.columns import Cell, Column, Style
from posapp.gui.models.rows import ListRows
from posapp.gui.models.window_model import WindowModel
from posapp.gui.pages import connection_words
from posapp.gui.parts import Parts
from posapp.gui.widgets.badge import Badge
from posapp.gui.widgets.base import STRETCH, column, row
from posapp.gui.widgets.button import Button, Size
from posapp.gui.widgets.card import Card, Divider
from posapp.gui.widgets.field_row import FieldRow, flow
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.panel import clear_layout
from posapp.gui.widgets.table_view import TableView
from posapp.queries.health import ConnectionRow, SetAside

SHOWN = 25  # items with buttons of their own; the rest comes up as these are settled
_NEWS, _CAME = 330, 124


class ConnectionsCard(Card):
    """What is connected, how it stands and when it was read."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(padding=0)
        self._parts = parts
        self._source: ListRows[ConnectionRow] = ListRows((), lambda each: each.id)
        self.model: WindowModel[ConnectionRow] = WindowModel(self._columns(), self._source)
        self.table = TableView(
            self.model, name="Connections", edge=16, in_card=True, fit_rows=True, selectable=False
        )
        self._none = Label(
            "No web shop and no payment provider is connected. Settings connects one.", ink="muted"
        )
        holder = QWidget()
        holder.setLayout(row(self._none, margins=(16, 12, 16, 12)))
        self._empty = holder
        self.add_head("Connections")
        self.add(self._empty, self.table)

    def _columns(self) -> tuple[Column[ConnectionRow], ...]:
        def named(each: ConnectionRow) -> Cell:
            kind = connection_words.KINDS.get(each.kind)
            if kind is None:
                return Cell(text.outside(each.kind, 40))
            name, host = connection_words.name_of(each, kind), connection_words.host_of(each.url)
            return Cell(name, after="" if host == name else host, icon=kind.icon)

        return (
            Column("Connection", named, style=Style.MEDIUM, width=300, stretch=True),
            Column("State", self._state, width=150),
            Column("Last check", self._last, width=120),
            Column("Looks every", lambda each: connection_words.interval_words(each.look_s), style=Style.MUTED,
                   width=150, optional=True),
        )  # fmt: skip

    def _state(self, each: ConnectionRow) -> Chip:
        offline = self._parts.post.line.phase == "offline"
        return connection_words.chip_now(each, self._parts.clock(), offline=offline)

    def _last(self, each: ConnectionRow) -> str:
        if each.last_pull_at is None:
            return text.NOTHING
        return text.when(each.last_pull_at, self._parts.shop.zone, self._parts.clock())

    def show_rows(self, found: Sequence[ConnectionRow]) -> None:
        """Show what is connected."""
        self.table.window_model.set_source(ListRows(found, lambda each: each.id))
        self.table.setVisible(bool(found))
        self._empty.setVisible(not found)


class AsideCard(Card):
    """Things set aside, each with its reason. `retried` carries numbers, `seen` the item to be shown whole."""

    retried = Signal(tuple)
    seen = Signal(object)

    def __init__(self, parts: Parts, title: str, meaning: str, *, retryable: bool) -> None:
        super().__init__(padding=0)
        self._parts, self._retryable = parts, retryable
        self._shown: tuple[tuple[int, str], ...] = ()
        self.badge = Badge(noun="record")
        self.count = Label("", ink="muted", figures=True)
        told = QWidget()
        told.setLayout(column(STRETCH, Label(meaning, Type.SMALL, ink="muted", wrap=True), STRETCH))
        self.all_again = Button("Try all again", size=Size.SMALL, icon="refresh-cw")
        self.all_again.clicked.connect(lambda: self.retried.emit(()))
        self.all_again.hide()
        self.add_head(title, self.badge, self.count, told, STRETCH, self.all_again)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._rows.setContentsMargins(0, 4, 0, 4)
        holder = QWidget()
        holder.setLayout(self._rows)
        self._more = Label("", Type.SMALL, ink="muted", figures=True)
        self._foot = QWidget()
        self._foot.setLayout(row(self._more, margins=(16, 10, 16, 10)))
        self.add(holder, self._foot)

    def show_items(self, items: Sequence[SetAside], total: int) -> None:
        """Show the oldest; rows that are there stay as they are, with their focus."""
        if self._retryable:
            self.badge.set_count(total)
        else:
            self.badge.hide()
            self.count.setText(text.number(total))
        self.all_again.setVisible(self._retryable and total > 1)
        first = items[:SHOWN]
        more = total - len(first)
        self._more.setText(f"{text.number(more)} more. They come up as these are settled.")
        self._foot.setVisible(more > 0)
        now = tuple((item.seq, item.reason) for item in first)
        if now != self._shown:
            self._shown = now
            clear_layout(self._rows)
            for at, item in enumerate(first):
                if at:
                    self._rows.addWidget(Divider())
                self._rows.addWidget(self._row(item))
        self.setVisible(total > 0)

    def _row(self, item: SetAside) -> QWidget:
        name = record_words.name_of(item)
        news = Label(
            name, icon="file-warning" if self._retryable else "hourglass", weight=MEDIUM, figures=True
        )
        news.set_icon_ink("attention" if self._retryable else "muted")
        news.setMinimumWidth(_NEWS)
        came = Label(self.came(item.received_at), ink="muted", figures=True)
        came.setMinimumWidth(_CAME)
        why = Label(text.outside(item.reason, 200), Type.SMALL, wrap=True)
        deeds = QWidget()
        see = Button("See all of it", size=Size.SMALL)
        see.setAccessibleName(f"See all of {name}")
        see.clicked.connect(lambda: self.seen.emit(item))
        deeds_flow = flow(see)
        if self._retryable:
            again = Button("Try again", size=Size.SMALL, icon="refresh-cw")
            again.setAccessibleName(f"Try {name} again")
            again.clicked.connect(lambda: self.retried.emit((item.seq,)))
            deeds_flow.insert(0, again)
        deeds.setLayout(deeds_flow)
        fields = FieldRow((news, 0), (came, 0), (why, 1), (deeds, 0), wide=900, spacing=12, middle=True)
        line = QWidget()
        line.setLayout(column(fields, margins=(16, 6, 16, 6)))
        return line

    def came(self, at: datetime) -> str:
        """When it came in, in the shop's zone."""
        return text.when(at, self._parts.shop.zone, self._parts.clock())
