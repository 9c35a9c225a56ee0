"""The bottom line: the state of the sync always, then facts; every cell is a button that opens what it says."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from posapp.gui import icons, metrics, paint
from posapp.gui.fonts import MEDIUM, Type
from posapp.gui.theme import look
from posapp.gui.widgets.base import STRETCH, Surface, Themed, row

_PADDING, _DOT = 12, 8


class StatusCell(Themed, QPushButton):
    """A caption, perhaps with a dot or an icon before it and a word that invites after it."""

    focus_ring = "outside"

    def __init__(self, words: str = "", *, first: bool = False, line: bool = True) -> None:
        super().__init__()
        self._first, self._line = first, line
        self._dot = self._icon = self._action = ""
        self._ink = "text"
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.say(words)

    def say(self, words: str, *, dot: str = "", icon: str = "", ink: str = "text", action: str = "") -> None:
        """Say it; `dot` and `ink` name tokens: "ok", "attention"; the ink is the icon's."""
        self._words, self._dot, self._icon, self._ink, self._action = words, dot, icon, ink, action
        self.setAccessibleName(f"{words} {action}".strip())
        self.look_changed()

    def look_changed(self) -> None:
        """Measure the words anew."""
        self.updateGeometry()
        self.update()

    def _lead(self) -> int:
        if self._icon:
            return look().px(14) + 6
        return _DOT + 6 if self._dot else 0

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        wide = (
            2 * _PADDING + self._lead() + paint.width_of(self._words, self._font()) + (1 if self._line else 0)
        )
        if self._action:
            wide += 6 + paint.width_of(self._action, self._font())
        return QSize(round(wide + 0.499), look().height(metrics.STATUS_BAR, Type.CAPTION) - 1)

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()

    def _font(self) -> QFont:
        return look().font(Type.CAPTION, MEDIUM if self._first else None, figures=True)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cell."""
        painter, t = QPainter(self), look().tokens
        if self.underMouse():
            painter.fillRect(self.rect(), t.pressed if self.isDown() else t.hover)
        if self._line:
            painter.fillRect(self.width() - 1, 0, 1, self.height(), t.line)
        middle, x = self.height() / 2, float(_PADDING)
        if self._icon:
            size = look().px(14)
            icons.draw(painter, self._icon, round(x), round(middle - size / 2), size, t.ink(self._ink))
        elif self._dot:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(t.ink(self._dot))
            painter.drawEllipse(QPointF(x + _DOT / 2, middle), _DOT / 2, _DOT / 2)
        box = QRectF(x + self._lead(), 0, self.width(), self.height())
        paint.words(painter, box, self._words, self._font(), t.text if self._first else t.muted)
        if self._action:
            box.moveLeft(box.left() + paint.width_of(self._words, self._font()) + 6)
            paint.words(painter, box, self._action, self._font(), t.primary)
        painter.end()


class StatusBar(Surface):
    """`pressed` tells the id of the cell: "sync" for the first one."""

    pressed = Signal(str)

    def __init__(self, version: str = "") -> None:
        super().__init__("surface", "top")
        self.setAccessibleName("Status")
        self.sync = StatusCell("", first=True)
        self._cells: dict[str, StatusCell] = {"sync": self.sync}
        self._row = row(self.sync, STRETCH, spacing=0, margins=(8, 1, 8, 0))
        self.sync.clicked.connect(lambda: self.pressed.emit("sync"))
        if version:
            about = self._cells["version"] = StatusCell(version, line=False)
            about.clicked.connect(lambda: self.pressed.emit("version"))
            self._row.addWidget(about)
        self.setLayout(self._row)
        self.look_changed()

    def look_changed(self) -> None:
        """28 high."""
        super().look_changed()
        self.setFixedHeight(look().height(metrics.STATUS_BAR, Type.CAPTION))

    def set_cell(
        self, cell_id: str, words: str, *, dot: str = "", icon: str = "", ink: str = "muted", action: str = ""
    ) -> None:
        """Say a fact, in a new cell right of the others if there is none of this id."""
        if cell_id not in self._cells:
            cell = self._cells[cell_id] = StatusCell()
            cell.clicked.connect(lambda: self.pressed.emit(cell_id))
            self._row.insertWidget(self._facts(), cell)
        self._cells[cell_id].say(words, dot=dot, icon=icon, ink=ink, action=action)

    def drop_cell(self, cell_id: str) -> None:
        """Take a fact away that no longer holds; nothing happens when it is not shown."""
        cell = self._cells.pop(cell_id, None)
        if cell is not None:
            self._row.removeWidget(cell)
            cell.hide()
            cell.deleteLater()

    def _facts(self) -> int:
        return sum(1 for cell_id in self._cells if cell_id != "version") - 1

    def cell(self, cell_id: str) -> QWidget:
        """Give a cell, for tests and for what opens beside it."""
        return self._cells[cell_id]
