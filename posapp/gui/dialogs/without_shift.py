"""Money that was taken or paid back while no shift was open: no X and no Z knows of it, so it is listed apart."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from posapp.gui import text
from posapp.gui.dialogs.form_dialog import grown
from posapp.gui.models.columns import Align, Cell, Column, Style
from posapp.gui.models.rows import ListRows
from posapp.gui.models.window_model import WindowModel
from posapp.gui.parts import Parts
from posapp.gui.shift_words import ROWS, method_words
from posapp.gui.widgets.base import STRETCH
from posapp.gui.widgets.button import Button
from posapp.gui.widgets.card import Card
from posapp.gui.widgets.dialog import DialogShell
from posapp.gui.widgets.table_view import TableView
from posapp.queries.shift_figures import FigureRow

_SIZE = QSize(720, 480)


class WithoutShiftDialog(DialogShell):
    """Enter opens the order of a row."""

    def __init__(self, parts: Parts, rows: Sequence[FigureRow], parent: QWidget) -> None:
        super().__init__("Without a shift", parent, size=grown(_SIZE))
        currency, zone, now = parts.shop.currency, parts.shop.zone, parts.clock()
        total = sum(row.amount_minor for row in rows)
        self.set_sub(f"{text.money(total, currency)} in all; no X and no Z counts it")
        columns = (
            Column[FigureRow]("When", lambda x: text.when(x.at, zone, now), width=140),
            Column[FigureRow]("No.", lambda x: x.number or text.NOTHING, style=Style.MEDIUM, width=80),
            Column[FigureRow]("What", lambda x: Cell(ROWS[x.words]), width=140, stretch=True),
            Column[FigureRow]("How", lambda x: method_words(x.detail), width=160),
            Column[FigureRow](
                f"Amount, {text.sign_of(currency).strip()}",
                lambda x: text.amount(x.amount_minor, currency),
                Align.RIGHT,
                Style.STRONG,
                width=120,
            ),
        )
        self._parts, self._orders = parts, {row.id: row.order_id for row in rows}
        model = WindowModel(columns, ListRows(rows, lambda x: x.id))
        self.table = TableView(model, name="Money without a shift", edge=16, in_card=True)
        self.table.opened.connect(self._open)
        card = Card(padding=0, ground="raised")
        card.add(self.table)
        self.add(card, 16)
        self.set_footer(Button("Close", shortcut="Esc"), STRETCH)
        self.table.setFocus()

    def _open(self, row_id: str) -> None:
        order_id = self._orders[row_id]
        if order_id:
            self._parts.open_order(order_id)
