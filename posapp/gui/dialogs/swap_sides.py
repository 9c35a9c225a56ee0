"""Two orders side by side: who paid when, and what each holds before and after their units changed hands."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from posapp.gui import text
from posapp.gui.fonts import MEDIUM, SEMIBOLD, Type
from posapp.gui.parts import Shop
from posapp.gui.widgets.base import STRETCH, column, row
from posapp.gui.widgets.card import Card, Divider
from posapp.gui.widgets.effect import Change, Step
from posapp.gui.widgets.field_row import FieldRow
from posapp.gui.widgets.flow import Flow
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.panel import clear_layout
from posapp.queries.detail_rows import OrderDetails
from posapp.queries.effect_rows import HeldLine


class _Side(Card):
    """One order: its number and customer, when it was paid, and its lines."""

    def __init__(self) -> None:
        super().__init__(padding=0, ground="raised")
        self._head = Label("", weight=SEMIBOLD, figures=True)
        self._paid = Label("", Type.SMALL, ink="muted", figures=True)
        holder = QWidget()
        flow = Flow(self._head, STRETCH, self._paid)
        flow.setContentsMargins(16, 8, 16, 8)
        holder.setLayout(flow)
        self._rows: QVBoxLayout = column(spacing=8, margins=(16, 10, 16, 12))
        self.add(holder, Divider(), self._rows, STRETCH)

    def show_order(self, details: OrderDetails, lines: Sequence[HeldLine], shop: Shop, now: datetime) -> None:
        """Show the lines that change hands."""
        who = text.outside(details.contact.name, 40) or "walk-in"
        head = f"Order {text.outside(details.number, 24)} · {who}"
        self._head.setText(head)
        self.setAccessibleName(head)
        at = details.paid_at
        self._paid.setText(f"Paid {text.when(at, shop.zone, now)}" if at else "")
        clear_layout(self._rows)
        moved = [line for line in lines if line.held_before != line.held_after]
        for line in moved or lines:
            self._rows.addWidget(_line(line))


def _line(line: HeldLine) -> QWidget:
    steps = (
        Change(Step.units("Held", line.held_before, line.held_after)),
        Change(Step.units("Short", line.short_before, line.short_after)),
    )
    made = QWidget()
    made.setLayout(
        column(Label(text.outside(line.name, 60), weight=MEDIUM, wrap=True), row(*steps, STRETCH, spacing=16))
    )
    return made


class SwapSides(QWidget):
    """The order that gets at the left, the one that gives at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.gets, self.gives = _Side(), _Side()
        self.setLayout(column(FieldRow((self.gets, 1), (self.gives, 1), wide=640, spacing=12)))

    def show_both(
        self,
        orders: tuple[OrderDetails, OrderDetails],
        lines: tuple[Sequence[HeldLine], Sequence[HeldLine]],
        shop: Shop,
        now: datetime,
    ) -> None:
        """Show both as they are, and as they would be."""
        for side, details, held in zip((self.gets, self.gives), orders, lines, strict=True):
            side.show_order(details, held, shop, now)
