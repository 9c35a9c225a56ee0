"""How far the first import is, and the way to stop it."""

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from posapp.gui import paint, text
from posapp.gui.fonts import MEDIUM, Type
from posapp.gui.post import SyncLine
from posapp.gui.theme import look
from posapp.gui.widgets.base import Themed, column
from posapp.gui.widgets.button import Button
from posapp.gui.widgets.card import Card
from posapp.gui.widgets.field_row import FieldRow
from posapp.gui.widgets.label import Label


class Progress(Themed, QProgressBar):
    """A thin bar; empty while nobody knows how much there is."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Eight high."""
        return QSize(200, look().px(8))

    def minimumSizeHint(self) -> QSize:
        """It may become short."""
        return QSize(80, look().px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw groove and bar."""
        painter, t = QPainter(self), look().tokens
        rect = QRectF(self.rect())
        paint.box(
            painter,
            rect,
            rect.height() / 2,
            t.pressed if not t.edged else t.bg,
            t.border if t.edged else None,
        )
        share = self.value() / self.maximum() if self.maximum() > 0 else 0.0
        if share > 0:
            rect.setWidth(max(rect.height(), rect.width() * share))
            paint.box(painter, rect, rect.height() / 2, t.primary)
        painter.end()


class ImportCard(Card):
    """Shown until the first import is whole. `stopped` and `resumed` are the person's wishes."""

    stopped = Signal()
    resumed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title = Label("", weight=MEDIUM)
        self.words = Label("", Type.SMALL, ink="muted", figures=True, wrap=True)
        self.bar = Progress("First import")
        self.button = Button("Cancel")
        self.button.clicked.connect(self._press)
        self._running = True
        told = QWidget()
        told.setLayout(column(self._title, self.words))
        self.add(FieldRow((told, 1), (self.button, 0), wide=520), 8, self.bar)

    def _press(self) -> None:
        (self.stopped if self._running else self.resumed).emit()

    def show_line(self, line: SyncLine) -> None:
        """Show how far it is."""
        self._running = line.phase != "stopped" and line.phase not in ("offline", "slow", "fault")
        self.bar.setMaximum(line.total or 0)
        self.bar.setValue(min(line.done, line.total or 0))
        self._title.setText("First import is running" if self._running else "First import was stopped")
        self.words.setText(_far(line) if self._running else _LATER)
        self.button.setText("Cancel" if self._running else "Go on")


_LATER = "It starts anew where it was cut off. What came in already stays, and nothing comes in twice."


def _far(line: SyncLine) -> str:
    if line.phase == "syncing" and line.total:
        done = text.number(min(line.done, line.total))
        return f"{done} of {text.number(line.total)} records. You can go on working meanwhile."
    if line.phase == "syncing" and line.done:
        return f"{text.plural(line.done, 'record')} so far. You can go on working meanwhile."
    return "It begins in a moment. You can go on working meanwhile."
