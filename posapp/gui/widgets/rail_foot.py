"""A line at the foot of the rail: a fact about the till that opens what it tells."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from posapp.gui import icons, metrics, paint, text
from posapp.gui.fonts import SEMIBOLD, Type
from posapp.gui.theme import look
from posapp.gui.widgets.base import Themed

_HIGH = 32
_NARROW = 120  # a rail this narrow has room for the icon only


class RailFoot(Themed, QPushButton):
    """32 high, muted: icon, words and at the right a value; where the rail is narrow, the icon and the value."""

    focus_ring = "outside"

    def __init__(self, icon: str, words: str = "", value: str = "") -> None:
        super().__init__()
        self._icon = icon
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.say(words, value)

    def say(self, words: str, value: str = "") -> None:
        """Say it: "Held sales" with the value 2, or "Shift open 08:02" alone."""
        self._words, self._value = words, value
        self.setAccessibleName(", ".join(part for part in (words, value) if part))
        self.setToolTip(text.tooltip(self.accessibleName()))
        self.update()

    def look_changed(self) -> None:
        """Measure anew."""
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as the rail."""
        return QSize(40, look().height(_HIGH, Type.SMALL))

    def minimumSizeHint(self) -> QSize:
        """The icon always fits."""
        return QSize(24, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw icon, words and value."""
        painter, t, size = QPainter(self), look().tokens, look().px(metrics.ICON)
        rect = QRectF(self.rect())
        if self.underMouse() or self.isDown():
            paint.box(painter, rect, metrics.RADIUS, t.pressed if self.isDown() else t.hover)
        narrow = self.width() < look().px(_NARROW)
        caption = look().font(Type.CAPTION, SEMIBOLD, figures=True)
        together = size + (4 + paint.width_of(self._value, caption) if self._value else 0)
        left = (rect.width() - together) / 2 if narrow else 12
        icons.draw(painter, self._icon, round(left), round((rect.height() - size) / 2), size, t.muted)
        if narrow:
            paint.words(painter, rect.adjusted(left + size + 4, 0, 0, 0), self._value, caption, t.text)
        else:
            small = look().font(Type.SMALL, figures=True)
            paint.words(painter, rect.adjusted(left + size + 12, 0, 0, 0), self._words, small, t.muted)
            bold = look().font(Type.SMALL, SEMIBOLD, figures=True)
            paint.words(painter, rect.adjusted(0, 0, -10, 0), self._value, bold, t.text, paint.RIGHT)
        painter.end()
