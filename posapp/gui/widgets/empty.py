"""What an empty list says: why, and what to do."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from posapp.gui import icons
from posapp.gui.fonts import Type
from posapp.gui.theme import look
from posapp.gui.widgets.base import STRETCH, Themed, column
from posapp.gui.widgets.button import Button, Size
from posapp.gui.widgets.label import Label

CENTRE = Qt.AlignmentFlag.AlignCenter
_ICON = 28


class _Icon(Themed, QWidget):
    def __init__(self, name: str, ink: str) -> None:
        super().__init__()
        self._name, self._ink = name, ink
        self.look_changed()

    def change(self, name: str, ink: str) -> None:
        """Show another icon."""
        self._name, self._ink = name, ink
        self.update()

    def look_changed(self) -> None:
        """Grow with the text."""
        self.setFixedSize(look().px(_ICON), look().px(_ICON) + 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon with a finer stroke, as it is large."""
        painter = QPainter(self)
        icons.draw(painter, self._name, 0, 0, self.width(), look().tokens.ink(self._ink), 1.75)
        painter.end()


class EmptyState(QWidget):
    """Icon, title, one muted line, and one small button if there is something to do. `acted`: it was pressed."""

    acted = Signal()

    def __init__(
        self,
        title: str = "",
        line: str = "",
        *,
        icon: str = "search-x",
        ink: str = "muted",
        action: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = _Icon(icon, ink)
        self._title = Label(title, Type.SECTION)
        self._line = Label(line, Type.SMALL, ink="muted", figures=True)
        self.button = Button(action, size=Size.SMALL)
        self.button.clicked.connect(self.acted)
        self._box = column(STRETCH)
        for each in (self._icon, self._title, self._line):
            self._box.addWidget(each, alignment=CENTRE)
        self._gap = QWidget()
        self._gap.setFixedHeight(8)
        self._box.addWidget(self._gap)
        self._box.addWidget(self.button, alignment=CENTRE)
        self._box.addStretch(1)
        self.setLayout(self._box)
        self.say(title, line, icon=icon, ink=ink, action=action)

    def say(
        self, title: str, line: str = "", *, icon: str = "search-x", ink: str = "muted", action: str = ""
    ) -> None:
        """Say another reason."""
        self._icon.change(icon, ink)
        self._title.setText(title)
        self._line.setText(line)
        self._line.setVisible(bool(line))
        self.button.setText(action)
        self.button.setVisible(bool(action))
        self._gap.setVisible(bool(action))
        self.setAccessibleName(f"{title}. {line}".strip())
