"""The one focus ring: 2 px outside a control with 1 px between, shown only to who moves by keyboard.

A control asks for it by `focus_ring = "outside"` on its class. Fields, tables and tabs draw their own focus.
"""

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWindow
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from posapp.gui import metrics, paint
from posapp.gui.theme import look

_OUT = 3  # 1 px gap and 2 px ring
_FOLLOWED = (
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.EnabledChange,
)


def draw_ring(painter: QPainter, control: QRect) -> None:
    """Draw the ring around the place of a control."""
    rect = QRectF(control.adjusted(-_OUT, -_OUT, _OUT, _OUT))
    paint.box(painter, rect, metrics.RADIUS + _OUT, None, look().tokens.primary, 2)


class _Ring(QWidget):
    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring."""
        painter = QPainter(self)
        draw_ring(painter, self.rect().adjusted(_OUT, _OUT, -_OUT, -_OUT))
        painter.end()


class FocusRing(QObject):
    """Watches the focus of the application, for all of its windows; the main window keeps the one there is."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.by_keyboard = False
        self._ring: _Ring | None = None
        self._target: QWidget | None = None
        self._chain: list[QWidget] = []
        app = QApplication.instance()
        assert isinstance(app, QApplication), "widgets are made after their application"
        app.focusChanged.connect(self._moved)
        app.focusWindowChanged.connect(self._watch)
        self._watch(app.focusWindow())

    @property
    def target(self) -> QWidget | None:
        """Give the control that has the ring, for tests."""
        return self._target

    def _watch(self, window: QWindow | None) -> None:
        """Listen to a window's keys and clicks, before they reach its widgets."""
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Learn which hand moves the focus, and follow the control that has it."""
        kind = event.type()
        if isinstance(watched, QWindow):
            if kind == QEvent.Type.KeyPress:
                self.by_keyboard = True
            elif kind == QEvent.Type.MouseButtonPress:
                self.by_keyboard = False
                self._let_go()
        elif kind in _FOLLOWED:
            self._place()
        return False

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._let_go()
        if new is None or not self.by_keyboard or getattr(new, "focus_ring", "") != "outside":
            return
        self._target = new
        widget: QWidget | None = new
        while widget is not None:
            widget.installEventFilter(self)
            self._chain.append(widget)
            widget = None if widget.isWindow() else widget.parentWidget()
        self._ring = _Ring(new.window())
        self._ring.show()
        self._place()

    def _let_go(self) -> None:
        """Forget the control; it and its window, and the ring with them, may be gone already."""
        for widget in filter(shiboken6.isValid, self._chain):
            widget.removeEventFilter(self)
        self._chain, self._target = [], None
        if self._ring is not None and shiboken6.isValid(self._ring):
            self._ring.hide()
            self._ring.deleteLater()
        self._ring = None

    def _place(self) -> None:
        if self._ring is None or self._target is None:
            return
        window = self._target.window()
        corner = self._target.mapTo(window, QPoint(0, 0))
        around = QRect(corner, self._target.size()).adjusted(-_OUT, -_OUT, _OUT, _OUT)
        room = self._room(window)
        self._ring.setGeometry(around)
        self._ring.setMask(room.translated(-around.topLeft()))
        self._ring.setVisible(self._target.isVisible() and around.intersects(room))
        self._ring.raise_()

    def _room(self, window: QWidget) -> QRect:
        """Give the part of the window in which the ring may be seen: what the scroll areas around it show."""
        room = window.rect()
        for widget in self._chain[1:]:
            area = widget.parentWidget()
            if isinstance(area, QAbstractScrollArea) and area.viewport() is widget:
                room &= QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
        return room
