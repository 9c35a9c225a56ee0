"""What happened to an order: one line under the decisions, and the whole in two lists."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QWidget

from posapp.gui import text
from posapp.gui.dialogs.order_moments import words_of
from posapp.gui.dialogs.order_words import DECIDED
from posapp.gui.fonts import Type
from posapp.gui.method_words import METHODS
from posapp.gui.models.columns import Align, Cell, Column, Style
from posapp.gui.models.rows import ListRows
from posapp.gui.models.window_model import WindowModel
from posapp.gui.parts import Parts, Shop
from posapp.gui.refund_words import on_its_way
from posapp.gui.theme import look
from posapp.gui.widgets.base import STRETCH, row
from posapp.gui.widgets.button import Button, Size, Variant
from posapp.gui.widgets.card import Card
from posapp.gui.widgets.dialog import DialogShell
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.table_view import TableView
from posapp.queries.detail_rows import Happening, Moment, OrderDetails
from posapp.queries.revisions import Revision, RevisionLine, revisions

_SHORT = {
    Happening.PLACED: "Placed",
    Happening.PAID: "Paid",
    Happening.ANNOUNCED: "Announced",
    Happening.REVERSED: "Taken back",
    Happening.REFUNDED: "Refunded",
    Happening.HANDED_OVER: "Handed over",
    Happening.SHIPPED: "Marked",
    Happening.EDITED: "Edited",
    Happening.CANCELLED: "Cancelled",
    Happening.SHOP_CHANGED: "Changed in the shop",
    Happening.UNDONE: "Undone",
}
MOST = 5


def summary(details: OrderDetails, shop: Shop, now: datetime) -> str:
    """Say the last few things that happened, and that it waits in Attention."""
    said: list[str] = []
    for moment in details.timeline:
        at = text.when(moment.at, shop.zone, now)
        if moment.what == Happening.HELD:
            said.append(f"Held {text.number(moment.units)} of {text.number(moment.of_units)}")
        elif moment.what == Happening.DECIDED:
            said.append(f"{DECIDED.get(moment.word, 'Decided')} {at}")
        elif moment.what in _SHORT:
            word = _SHORT[moment.what]
            said.append(f"{word} {moment.word.lower()} {at}" if word == "Marked" else f"{word} {at}")
    going = on_its_way(details.refunds)
    most = max(3, MOST - len(going))  # all of it stands on one line
    shown = said if len(said) <= most else [said[0], "…", *said[2 - most :]]
    shown += going
    if details.cases:
        shown.append("Attention")
    return "  ·  ".join(shown)


class HistoryRow(QWidget):
    """The last things that happened, and buttons that show the whole. Tells which was pressed."""

    timeline_asked = Signal()
    revisions_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words = Label("", Type.SMALL, ink="muted", icon="history", wrap=True, figures=True)
        self.timeline = Button("Timeline", Variant.QUIET, Size.SMALL)
        self.revisions = Button("Revisions", Variant.QUIET, Size.SMALL)
        self.timeline.setObjectName("timeline")
        self.revisions.setObjectName("revisions")
        self.timeline.clicked.connect(self.timeline_asked)
        self.revisions.clicked.connect(self.revisions_asked)
        self._line = row(self._words, self.timeline, self.revisions, spacing=4)
        self._line.setStretch(0, 1)
        self._line.setAlignment(self._words, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(self._line)

    def put_first(self, button: Button) -> None:
        """Put another button before the others."""
        self._line.insertWidget(1, button)

    def show_order(self, details: OrderDetails, shop: Shop, now: datetime) -> None:
        """Bring the line up to date."""
        self._words.setText(summary(details, shop, now))


class _ListDialog(DialogShell):
    """A list to read, with one way out."""

    def __init__(self, title: str, sub: str, table: TableView, parent: QWidget) -> None:
        super().__init__(title, parent, size=QSize(look().px(720), look().px(480)))
        self.set_sub(sub)
        card = Card(padding=0, ground="raised")
        card.add(table)
        self.add(card, 16)
        self.set_footer(Button("Close", shortcut="Esc"), STRETCH)
        table.setFocus()


def timeline_dialog(details: OrderDetails, parts: Parts, parent: QWidget) -> DialogShell:
    """Make the list of everything that happened, newest at the bottom."""
    now, zone, currency = parts.clock(), parts.shop.zone, details.money.currency
    told = [(at, m) for at, m in enumerate(details.timeline) if words_of(m, currency)]

    def what(each: tuple[int, Moment]) -> str:
        return words_of(each[1], currency)

    columns = (
        Column[tuple[int, Moment]]("When", lambda each: text.when(each[1].at, zone, now), width=140),
        Column[tuple[int, Moment]]("What", what, width=260, stretch=True, style=Style.MEDIUM),
        Column[tuple[int, Moment]](
            "By",
            lambda each: METHODS.get(each[1].actor, text.outside(each[1].actor, 40)),
            width=140,
            style=Style.MUTED,
        ),
    )
    table = TableView(
        WindowModel(columns, ListRows(told, lambda each: str(each[0]))),
        name="Timeline of the order",
        edge=12,
        in_card=True,
    )
    return _ListDialog(f"Timeline of {details.number}", _sub(details), table, parent)


@dataclass(frozen=True, slots=True)
class _Revised:
    """One line of one revision; `first` lines name the revision they belong to."""

    id: str
    revision: Revision
    line: RevisionLine | None  # None: nothing of the lines was changed
    first: bool


def revisions_dialog(details: OrderDetails, parts: Parts, parent: QWidget) -> DialogShell:
    """Make the list of the states its lines were put into, oldest first."""
    now, zone = parts.clock(), parts.shop.zone
    rows = [
        _Revised(f"{each.number}-{at}", each, line, first=at == 0)
        for each in revisions(parts.reader, details.id)
        for at, line in enumerate(each.lines or (None,))
    ]
    columns = (
        Column[_Revised]("No.", lambda r: text.number(r.revision.number) if r.first else "", width=64),
        Column[_Revised]("When", lambda r: text.when(r.revision.at, zone, now) if r.first else "", width=132),
        Column[_Revised]("By", lambda r: _by(r.revision) if r.first else "", width=132, style=Style.MUTED),
        Column[_Revised]("Item", _revised, width=220, stretch=True),
        Column[_Revised](
            "Units", lambda r: text.number(r.line.quantity) if r.line else "", Align.RIGHT, width=80
        ),
    )
    source = ListRows(rows, lambda r: r.id)
    table = TableView(WindowModel(columns, source), name="Revisions of the order", edge=12, in_card=True)
    return _ListDialog(f"Revisions of {details.number}", _sub(details), table, parent)


def _by(revision: Revision) -> str:
    return "Web shop" if revision.in_shop else text.outside(revision.actor, 40)


def _revised(each: _Revised) -> Cell:
    if each.line is None:
        return Cell("No line was changed")
    added = "added" if each.line.is_new and each.revision.number > 1 else ""
    return Cell(text.outside(each.line.name) or text.outside(each.line.sku, 40), after=added)


def _sub(details: OrderDetails) -> str:
    return text.outside(details.contact.name) or "No customer"
