"""What comes back in exchange, above what is bought."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from posapp.domain.basket import BackLine
from posapp.gui import text
from posapp.gui.fonts import SEMIBOLD, Type, alignment
from posapp.gui.widgets.base import Surface, column, row
from posapp.gui.widgets.button import Button, Size, Variant
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.panel import clear_layout


class SellBack(Surface):
    """`dropped` tells the line of an order that does not come back after all."""

    dropped = Signal(str)  # the order's line id

    def __init__(self, currency: str) -> None:
        super().__init__("surface", "bottom")
        self._currency = currency
        self._shown: tuple[BackLine, ...] = ()
        self._stack = QVBoxLayout()
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(4)
        self.setLayout(column(self._stack, margins=(16, 8, 8, 9)))
        self.hide()

    def show_backs(self, backs: Sequence[BackLine]) -> None:
        """Show what comes back; with nothing it takes no room."""
        if self._shown != tuple(backs):
            self._shown = tuple(backs)
            clear_layout(self._stack)
            for back in backs:
                self._stack.addWidget(self._row(back))
            self.setVisible(bool(backs))

    def _row(self, back: BackLine) -> QWidget:
        name = text.outside(back.name, 60)
        words = Label(
            f"Returned: {name} × {text.number(back.quantity)}, from {text.outside(back.number, 20)}",
            Type.SMALL,
            icon="undo-2",
            figures=True,
            wrap=True,
        )
        worth = Label(text.amount(-back.worth_minor, self._currency), weight=SEMIBOLD, figures=True)
        worth.setAlignment(alignment(right=True))
        away = Button("", Variant.QUIET, Size.SMALL, icon="x", name=f"Do not return {name}")
        away.clicked.connect(lambda: self.dropped.emit(back.line_id))
        away.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made = QWidget()
        box = row(words, worth, away, spacing=8)
        box.setStretch(0, 1)
        made.setLayout(box)
        return made
