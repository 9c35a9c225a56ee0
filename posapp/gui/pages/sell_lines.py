"""The lines of the basket: newest at the bottom, one selected and in view."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from posapp.gui import metrics, text
from posapp.gui.pages.sell_line import SellLine
from posapp.gui.pages.sell_prices import ShownLine
from posapp.gui.widgets.base import STRETCH, Surface, column
from posapp.gui.widgets.empty import EmptyState
from posapp.gui.widgets.panel import Scroll

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class SellLines(Surface):
    """Rows are kept by their line's key, so that nothing moves that did not change."""

    stepped = Signal(int, int)  # key, units
    dropped = Signal(int)  # key
    left = Signal()  # done with a quantity

    focus_ring = "outside"

    def __init__(self, currency: str) -> None:
        super().__init__("raised")
        self._currency = currency
        self._rows: dict[int, SellLine] = {}
        self._inset = metrics.S16
        self.selected_key = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Basket")
        self._stack = QVBoxLayout()
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(0)
        inner = QWidget()
        inner.setLayout(column(self._stack, STRETCH))
        self.area = Scroll(inner)
        self._wanted = 0  # the line to bring into view once it has its place
        self.area.verticalScrollBar().rangeChanged.connect(lambda *_: self._bring_into_view())
        self.empty = EmptyState(icon="scan-barcode")
        self.invite(exchange=False)
        self.setLayout(column(self.empty, self.area))
        self.area.hide()

    def invite(self, *, exchange: bool) -> None:
        """Say what to do with an empty basket; in an `exchange` something was brought back already."""
        if exchange:
            self.empty.say(
                "Nothing to take instead yet", "Scan what the customer takes.", icon="scan-barcode"
            )
        else:
            self.empty.say(
                "The basket is empty", "Scan a product, or type its name.", icon="scan-barcode",
                action="Take goods back",
            )  # fmt: skip

    @property
    def rows(self) -> tuple[SellLine, ...]:
        """Give the rows from first to last."""
        return tuple(self._rows.values())

    @property
    def selected(self) -> SellLine | None:
        """Give the selected row, None in an empty basket."""
        return self._rows.get(self.selected_key)

    def show_lines(self, lines: Sequence[ShownLine], key: int = 0) -> None:
        """Show these lines and select the one of `key`; with 0 the selection stays as near as it can."""
        before = list(self._rows)
        after = [shown.line.key for shown in lines]
        for gone in set(before) - set(after):
            row = self._rows.pop(gone)
            self._stack.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, shown in enumerate(lines):
            self._show_row(place, shown)
        self._rows = {each: self._rows[each] for each in after}
        self.area.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        self.select(key if key in self._rows else self._nearest(before))

    def _show_row(self, place: int, shown: ShownLine) -> None:
        row = self._rows.get(shown.line.key)
        if row is None:
            row = self._rows[shown.line.key] = self._made(shown)
        else:
            row.show_line(shown)
        item = self._stack.itemAt(place)
        if item is None or item.widget() is not row:
            self._stack.insertWidget(place, row)

    def _made(self, shown: ShownLine) -> SellLine:
        key = shown.line.key
        row = SellLine(shown, self._currency)
        row.stepped.connect(lambda units: self.stepped.emit(key, units))
        row.dropped.connect(lambda: self.dropped.emit(key))
        row.chosen.connect(lambda: self.select(key))
        row.left.connect(self.left)
        row.select(False)
        row.inset(self._inset)
        return row

    def inset(self, side: int) -> None:
        """Keep so much room at both sides of every line."""
        self._inset = side
        for row in self._rows.values():
            row.inset(side)

    def _nearest(self, before: Sequence[int]) -> int:
        """The line that is selected when the one that was has gone: the one in its place, else the last."""
        if self.selected_key in self._rows:
            return self.selected_key
        keys = list(self._rows)
        place = before.index(self.selected_key) if self.selected_key in before else len(keys)
        return keys[min(place, len(keys) - 1)] if keys else 0

    def select(self, key: int) -> None:
        """Select a line and bring it into view."""
        for each, row in self._rows.items():
            if row.is_selected != (each == key):
                row.select(each == key)
        self.selected_key = key
        self.setAccessibleDescription(self._spoken())
        self._wanted = key
        QTimer.singleShot(0, self, self._bring_into_view)  # Qt lays it out before or after that

    def go(self, step: int) -> bool:
        """Select the line above or below; False where there is none."""
        keys = list(self._rows)
        if self.selected_key not in keys:
            return False
        place = keys.index(self.selected_key) + step
        if not 0 <= place < len(keys):
            return False
        self.select(keys[place])
        return True

    def _bring_into_view(self) -> None:
        row = self._rows.get(self._wanted)
        if row is not None and row.isVisible():
            self.area.ensureWidgetVisible(row, 0, 0)

    def _spoken(self) -> str:
        row = self.selected
        if row is None:
            return "Empty"
        words = (row.name.text(), text.number(row.stepper.value()), row.total.text(), row.facts.text())
        return ", ".join(part for part in (*words, row.hint.text()) if part)

    def spoken(self) -> str:
        """Say the selected line, as a screen reader announces it."""
        return self._spoken()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down choose, Del removes."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self.go(step)
        elif event.key() == Qt.Key.Key_Delete and self.selected is not None:
            self.dropped.emit(self.selected_key)
        else:
            super().keyPressEvent(event)
