"""Who buys on account, and who owes how much; Enter opens one."""

import shiboken6
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from posapp.gui import text
from posapp.gui.dialogs.account import AccountDialog
from posapp.gui.dialogs.form_dialog import grown
from posapp.gui.fonts import Type
from posapp.gui.models.columns import Align, Cell, Column, Style
from posapp.gui.models.rows import ListRows
from posapp.gui.models.window_model import WindowModel
from posapp.gui.parts import Parts
from posapp.gui.theme import look
from posapp.gui.widgets.base import STRETCH
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.card import Card
from posapp.gui.widgets.dialog import DialogShell
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.table_view import TableView
from posapp.queries.accounts import AccountRow, accounts

_SIZE = QSize(680, 480)
NOBODY = "Nobody buys on account yet. On the Sell page F3 chooses a customer, and Account sets how much may be owed."


class AccountsDialog(DialogShell):
    """Read anew while it is open; the most that is owed stands first."""

    def __init__(self, parts: Parts, parent: QWidget) -> None:
        super().__init__("Customers' accounts", parent, size=grown(_SIZE))
        self._parts = parts
        self._model = WindowModel(self._columns(), ListRows[AccountRow]((), _id))
        self.table = TableView(
            self._model, name="Customers' accounts", edge=16, row_height=_two_lines(), in_card=True
        )
        self._card = Card(padding=0, ground="raised")
        self._card.add(self.table)
        self._nobody = Label(NOBODY, ink="muted", wrap=True)
        self.open_button = Button("Open account", Variant.PRIMARY, shortcut="Enter")
        self.open_button.setObjectName("open_account")
        self.add(8, self._card, self._nobody, 16)
        self.set_footer(Button("Close", shortcut="Esc"), STRETCH, self.open_button)
        self.table.opened.connect(self._open)
        self.open_button.clicked.connect(lambda: self._open(self.table.selected_id() or ""))
        parts.changes.changed.connect(self._news)
        self._read()
        self.table.select_row(0)
        self.table.setFocus()

    def _columns(self) -> tuple[Column[AccountRow], ...]:
        currency = self._parts.shop.currency
        sign = text.sign_of(currency).strip()
        return (
            Column("Customer", _named, style=Style.MEDIUM, width=220, stretch=True, key="name"),
            Column(
                f"Owes, {sign}",
                lambda x: text.amount(x.balance_minor, currency),
                Align.RIGHT,
                style=Style.STRONG,
                width=132,
                key="owes",
            ),
            Column(
                f"May owe, {sign}",
                lambda x: text.amount(x.limit_minor, currency),
                Align.RIGHT,
                width=132,
                key="limit",
            ),
        )

    def _read(self) -> None:
        found = accounts(self._parts.reader)
        owing = [row for row in found if row.balance_minor > 0]
        whole = text.money(sum(row.balance_minor for row in owing), self._parts.shop.currency)
        self.set_sub(
            f"{text.plural(len(owing), 'customer owes', 'customers owe')} {whole}"
            if owing
            else "Nobody owes anything"
        )
        self._model.set_source(ListRows(found, _id))
        self._card.setVisible(bool(found))
        self._nobody.setVisible(not found)
        self.open_button.setEnabled(bool(found))

    def _news(self, names: frozenset[str], _events: tuple[object, ...]) -> None:
        if names & {"AccountChanged", "OrderChanged"} and shiboken6.isValid(self):
            self._read()

    def _open(self, contact_id: str) -> None:
        if contact_id:
            AccountDialog(self._parts, contact_id, self).open()


def _two_lines() -> int:
    """As high as a name with a number beneath it."""
    return look().line(Type.BODY) + look().line(Type.SMALL) + 10


def _id(row: AccountRow) -> str:
    return row.contact_id


def _named(row: AccountRow) -> Cell:
    name = text.outside(row.name, 60) or text.outside(row.phone, 24) or "No name"
    return Cell(name, below=text.outside(row.phone, 24) if row.name else "")
