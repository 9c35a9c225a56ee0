"""The cards of what goes out: what was refused and waits for a person, and what goes by itself."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from posapp.domain.outbox import OutState
from posapp.gui import outbox_words, text
from posapp.gui.fonts import MEDIUM, Type
from posapp.gui.models.columns import Align, Cell, Column, Style
from posapp.gui.models.rows import ListRows
from posapp.gui.models.window_model import WindowModel
from posapp.gui.parts import Parts
from posapp.gui.widgets.badge import Badge
from posapp.gui.widgets.base import STRETCH, column, row
from posapp.gui.widgets.button import Button, Size
from posapp.gui.widgets.card import Card, Divider
from posapp.gui.widgets.field_row import FieldRow, flow
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.panel import clear_layout
from posapp.gui.widgets.table_view import TableView
from posapp.queries.outbox import OutboxRow

SHOWN = 25  # the rest comes up as these are settled
_CHANGE, _MADE = 330, 124


class RefusedCard(Card):
    """Each with its reason, and what its two buttons do before one is pressed. Both signals carry the row."""

    again_wished = Signal(object)
    discard_wished = Signal(object)

    def __init__(self, parts: Parts) -> None:
        super().__init__(padding=0)
        self._parts = parts
        self._shown: tuple[OutboxRow, ...] = ()
        self.badge = Badge(noun="change")
        told = QWidget()
        safe = Label("Your work is safe on this till", Type.SMALL, ink="muted", wrap=True)
        told.setLayout(column(STRETCH, safe, STRETCH))
        self.add_head("Refused", self.badge, told, STRETCH)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._rows.setContentsMargins(0, 4, 0, 4)
        holder = QWidget()
        holder.setLayout(self._rows)
        self.add(holder)

    def show_rows(self, rows: Sequence[OutboxRow]) -> None:
        """Show what was refused; rows that are there stay as they are, with their focus."""
        first = tuple(rows[:SHOWN])
        self.badge.set_count(len(rows))
        self.setVisible(bool(rows))
        if first == self._shown:
            return
        self._shown = first
        clear_layout(self._rows)
        for at, each in enumerate(first):
            if at:
                self._rows.addWidget(Divider())
            self._rows.addWidget(self._row(each))

    def _row(self, each: OutboxRow) -> QWidget:
        name = outbox_words.change(each)
        what = Label(name, icon="circle-alert", weight=MEDIUM, figures=True, wrap=True)
        what.set_icon_ink("attention")
        what.setMinimumWidth(_CHANGE)
        made = Label(
            text.when(each.since, self._parts.shop.zone, self._parts.clock()), ink="muted", figures=True
        )
        made.setMinimumWidth(_MADE)
        why = Label(text.outside(each.words, 300) or "No reason was given", wrap=True)
        again = Button("Send again", size=Size.SMALL, icon="send")
        again.setAccessibleName(f"Send again: {name}")
        again.setAccessibleDescription(outbox_words.again_means(each))
        again.clicked.connect(lambda: self.again_wished.emit(each))
        discard = Button("Discard", size=Size.SMALL)
        discard.setAccessibleName(f"Discard: {name}")
        discard.setAccessibleDescription(outbox_words.discard_means(each))
        discard.clicked.connect(lambda: self.discard_wished.emit(each))
        deeds = QWidget()
        deeds.setLayout(flow(again, discard))
        fields = FieldRow((what, 0), (made, 0), (why, 1), (deeds, 0), wide=900, spacing=12, middle=True)
        means = f"{outbox_words.again_means(each)} {outbox_words.discard_means(each)}"
        line = QWidget()
        meaning = Label(means, Type.SMALL, ink="muted", wrap=True)
        line.setLayout(column(fields, meaning, spacing=4, margins=(16, 6, 16, 8)))
        return line


class ToSendCard(Card):
    """In the order in which it was written, which is the order in which it goes. `opened` tells an order's id."""

    opened = Signal(str)

    def __init__(self, parts: Parts) -> None:
        super().__init__(padding=0)
        self._parts = parts
        self._behind: frozenset[str] = frozenset()
        self._rows: tuple[OutboxRow, ...] = ()
        self.count = Label("", ink="muted", figures=True)
        told = QWidget()
        told.setLayout(
            column(STRETCH, Label("In order, oldest first", Type.SMALL, ink="muted", wrap=True), STRETCH)
        )
        self.add_head("Waiting to send", self.count, told, STRETCH)
        self._source: ListRows[OutboxRow] = ListRows((), lambda each: each.id)
        self.table = TableView(
            WindowModel(self._columns(), self._source),
            name="Waiting to send",
            edge=16,
            in_card=True,
            fit_rows=True,
        )
        self.table.opened.connect(self._open)
        self._more = Label("", Type.SMALL, ink="muted", figures=True)
        self._foot = QWidget()
        self._foot.setLayout(row(self._more, margins=(16, 10, 16, 10)))
        self.add(self.table, self._foot)

    def _columns(self) -> tuple[Column[OutboxRow], ...]:
        def made(each: OutboxRow) -> str:
            return text.when(each.since, self._parts.shop.zone, self._parts.clock())

        def name(each: OutboxRow) -> Cell:
            return Cell(
                outbox_words.change(each),
                after=text.outside(each.customer, 40),
                icon=outbox_words.ICONS[each.kind],
            )

        return (
            Column("Change", name, style=Style.MEDIUM, width=330),
            Column("Made", made, width=124, optional=True),
            Column("State", self._state, width=300, stretch=True),
            Column("Tries", lambda each: text.number(each.tries), Align.RIGHT, width=72, optional=True),
        )

    def _state(self, each: OutboxRow) -> Cell:
        now, zone, parts = self._parts.clock(), self._parts.shop.zone, self._parts
        offline, behind = parts.post.line.phase == "offline", each.order_id in self._behind
        after = outbox_words.state_words(each, zone, now, behind=behind, offline=offline)
        return Cell(chip=outbox_words.state_chip(each), after=after)

    def show_rows(self, rows: Sequence[OutboxRow]) -> None:
        """Show what goes by itself; `rows` is everything that has not arrived."""
        self._behind = frozenset(each.order_id for each in rows if each.state == OutState.REFUSED)
        going = [each for each in rows if each.state != OutState.REFUSED]
        self._rows = tuple(going[:SHOWN])
        self.count.setText(text.number(len(going)))
        self.table.window_model.set_source(ListRows(self._rows, lambda each: each.id))
        more = len(going) - len(self._rows)
        self._more.setText(f"{text.number(more)} more. They come up as these are sent.")
        self._foot.setVisible(more > 0)
        self.setVisible(bool(going))

    def _open(self, row_id: str) -> None:
        order_id = next((each.order_id for each in self._rows if each.id == row_id), "")
        if order_id:
            self.opened.emit(order_id)
