"""The lines of the basket: newest at the bottom, one selected and in view."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from posapp.gui import metrics, text
from posapp.gui.pages.sell_line import SellLine
from posapp.gui.pages.sell_prices import ShownLine
from posapp.gui.widgets.base import Surface, column
from posapp.gui.widgets.empty import EmptyState
from posapp.gui.widgets.panel import Scroll

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class _Stack(QWidget):
    """Rows beneath each other, placed by hand: only what is new or moves is touched."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[SellLine] = []

    def arrange(self) -> None:
        """Put every row in its place."""
        top, wide = 0, self.width()
        for row in self.rows:
            place = QRect(0, top, wide, row.height_for(wide))
            if row.geometry() != place:
                row.setGeometry(place)
            top += place.height()
        if self.minimumHeight() != top:
            self.setMinimumHeight(top)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names may break elsewhere."""
        self.arrange()


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
        self._stack = _Stack()
        self.area = Scroll(self._stack)
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
            self.empty.say("The basket is empty", "Scan a product, or type its name.", icon="scan-barcode")

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
            row.hide()
            row.deleteLater()
        for shown in lines:
            self._show_row(shown)
        self._rows = {each: self._rows[each] for each in after}
        self._stack.rows = list(self._rows.values())
        self._stack.arrange()
        self.area.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        self.select(key if key in self._rows else self._nearest(before))

    def _show_row(self, shown: ShownLine) -> None:
        row = self._rows.get(shown.line.key)
        if row is None:
            self._rows[shown.line.key] = self._made(shown)
        else:
            row.show_line(shown)

    def _made(self, shown: ShownLine) -> SellLine:
        key = shown.line.key
        row = SellLine(shown, self._currency, self._stack)
        row.stepped.connect(lambda units: self.stepped.emit(key, units))
        row.dropped.connect(lambda: self.dropped.emit(key))
        row.chosen.connect(lambda: self.select(key))
        row.left.connect(self.left)
        row.inset = self._inset
        row.show()
        return row

    def inset(self, side: int) -> None:
        """Keep so much room at both sides of every line."""
        self._inset = side
        for row in self._rows.values():
            row.inset = side
            row.look_changed()
        self._stack.arrange()

    def look_changed(self) -> None:
        """Give the rows the room that larger text needs."""
        super().look_changed()
        if hasattr(self, "_stack"):
            self._stack.arrange()

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
        words = (row.name.words, text.number(row.stepper.value()), row.total, row.facts.words, row.hint.words)
        return ", ".join(part for part in words if part)

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
