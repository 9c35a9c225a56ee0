"""Putting a sale by, and taking one up again: any user of the till may, and neither takes stock."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from posapp.domain.basket import Basket
from posapp.drafts import Draft
from posapp.gui import text
from posapp.gui.dialogs.form_dialog import FormDialog, grown
from posapp.gui.models.columns import Align, Cell, Column, Style
from posapp.gui.models.rows import ListRows
from posapp.gui.models.window_model import WindowModel
from posapp.gui.parts import Parts
from posapp.gui.theme import look
from posapp.gui.widgets.base import STRETCH
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.card import Card
from posapp.gui.widgets.dialog import DialogShell
from posapp.gui.widgets.field import Input
from posapp.gui.widgets.table_view import TableView

_NAME_MOST, _NAMED = 60, 3  # letters of a label; products that are named
_HOLD, _RECALL = QSize(480, 236), QSize(720, 440)


class HoldDialog(FormDialog):
    """F4: under which name. `held` tells it; Enter is enough where a name is proposed."""

    held = Signal(str)

    def __init__(self, basket: Basket, proposed: str, parent: QWidget) -> None:
        super().__init__("Hold this sale", parent, size=grown(_HOLD))
        self.set_sub(f"{text.plural(basket.units, 'item')}. A held sale takes no stock.")
        self.name = Input("Name, to find it again", basket.label or basket.customer or proposed)
        self.name.edit.setMaxLength(_NAME_MOST)
        self._proposed = proposed
        self.commit = Button("Hold sale", Variant.PRIMARY, icon="pause", shortcut="Enter")
        self.commit.setObjectName("hold_sale")
        self.add(4, self.problem, self.name, 16, STRETCH)
        self.set_footer(Button("Cancel", shortcut="Esc"), STRETCH, self.commit)
        self.name.entered.connect(lambda _: self._hold())
        self.commit.clicked.connect(self._hold)
        self.name.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.edit.selectAll()

    def _hold(self) -> None:
        label = self.name.text or self._proposed
        self.accept()
        self.held.emit(label)


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A held sale as the list shows it."""

    draft: Draft
    since: str
    goods: str
    total: str


class RecallDialog(DialogShell):
    """F5: Enter takes the sale up, Del throws it away. `recalled` and `discarded` tell its order id."""

    recalled = Signal(str)
    discarded = Signal(str)

    def __init__(
        self,
        parts: Parts,
        held: Sequence[Draft],
        worth: Callable[[Basket], int | None],
        parent: QWidget,
        *,
        instead: bool,
    ) -> None:
        """`instead`: the basket at hand is put by for the one that is taken."""
        super().__init__("Held sales", parent, size=grown(_RECALL))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._parts = parts
        rows = [self._row(draft, worth) for draft in held]
        model = WindowModel(
            _columns(parts.shop.currency), ListRows(rows, lambda row: row.draft.basket.order_id)
        )
        self.table = TableView(model, name="Held sales", edge=16, row_height=look().px(52), in_card=True)
        self.commit = Button("Recall", Variant.PRIMARY, icon="history", shortcut="Enter")
        self.commit.setObjectName("recall_sale")
        self.throw = Button("Throw away", shortcut="Del")
        self._lay_out(instead)
        self.table.opened.connect(self._recall)
        self.commit.clicked.connect(lambda: self._recall(self.table.selected_id() or ""))
        self.throw.clicked.connect(self._discard)
        self.table.select_row(0)
        self.table.setFocus()

    def _lay_out(self, instead: bool) -> None:
        if instead:
            self.set_sub("What is in the basket now is put by in its place.")
        card = Card(padding=0, ground="raised")
        card.add(self.table)
        self.middle.setWidgetResizable(True)
        self.add(8, card, 16)
        self.set_footer(Button("Cancel", shortcut="Esc"), STRETCH, self.throw, self.commit)

    def _row(self, draft: Draft, worth: Callable[[Basket], int | None]) -> HeldRow:
        shop, basket = self._parts.shop, draft.basket
        since = "" if draft.held_at is None else text.when(draft.held_at, shop.zone, self._parts.clock())
        names = [text.outside(line.name, 32) for line in basket.lines[:_NAMED]]
        more = len(basket.lines) - len(names)
        goods = ", ".join(names) + (f" and {more} more" if more else "")
        total = worth(basket)
        return HeldRow(draft, since, goods, "" if total is None else text.amount(total, shop.currency))

    def _recall(self, order_id: str) -> None:
        if order_id:
            self.accept()
            self.recalled.emit(order_id)

    def _discard(self) -> None:
        order_id = self.table.selected_id()
        if order_id:
            self.accept()
            self.discarded.emit(order_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del throws the selected sale away; it can be put back."""
        if event.key() == Qt.Key.Key_Delete:
            self._discard()
        else:
            super().keyPressEvent(event)


def _named(row: HeldRow) -> Cell:
    return Cell(text.outside(row.draft.basket.label, 60) or "Unnamed", below=row.goods)


def _columns(currency: str) -> tuple[Column[HeldRow], ...]:
    return (
        Column[HeldRow]("Name", _named, style=Style.MEDIUM, width=140, stretch=True, key="name"),
        Column[HeldRow](
            "Held",
            lambda row: Cell(row.since, below=text.outside(row.draft.held_by, 24)),
            width=104,
            key="since",
        ),
        Column[HeldRow](
            "Items", lambda row: text.number(row.draft.basket.units), Align.RIGHT, width=60, key="items"
        ),
        Column[HeldRow](
            f"Total, {text.sign_of(currency).strip()}",
            lambda row: row.total,
            Align.RIGHT,
            style=Style.STRONG,
            width=104,
            key="total",
        ),
    )
