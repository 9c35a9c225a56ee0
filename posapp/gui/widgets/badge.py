"""Small marks: the count a person must act on, a key's name, a person's letters."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from posapp.gui import metrics, paint, text
from posapp.gui.fonts import SEMIBOLD, Type
from posapp.gui.theme import look
from posapp.gui.widgets.base import Themed


def badge_text(count: int) -> str:
    """Give the count as a badge shows it, "99+" at most."""
    return str(count) if count < 100 else "99+"


def badge_width(count: int) -> int:
    """Give the width of a badge of 20."""
    words = paint.width_of(badge_text(count), look().font(Type.CAPTION, SEMIBOLD, figures=True))
    return max(look().px(metrics.BADGE), round(words + 12))


def draw_badge(painter: QPainter, rect: QRectF, count: int) -> None:
    """Draw the count in its pill."""
    tokens = look().tokens
    paint.box(
        painter,
        rect,
        min(10, rect.height() / 2) if rect.height() <= 20 else rect.height() / 2,
        tokens.attention,
    )
    font = look().font(Type.CAPTION, SEMIBOLD, figures=True)
    paint.words(painter, rect, badge_text(count), font, tokens.on_attention, paint.CENTRE)


class _Mark(Themed, QLabel):
    """A label that paints itself and is exactly as large as its words need."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def look_changed(self) -> None:
        """Measure the words anew."""
        self.updateGeometry()
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Nothing is cut."""
        return self.sizeHint()


class Badge(_Mark):
    """How many things a person must do; hidden at none. 24 high beside a page's title, 20 elsewhere."""

    def __init__(self, count: int = 0, *, noun: str = "order", large: bool = False) -> None:
        super().__init__()
        self._noun, self._large, self._count = noun, large, 0
        self.set_count(count)

    def set_count(self, count: int) -> None:
        """Show another number."""
        self._count = count
        self.setText(badge_text(count))
        self.setAccessibleName(text.plural(count, self._noun))
        self.setVisible(count > 0 and (self.parent() is not None or self.isVisible()))
        self.look_changed()

    def sizeHint(self) -> QSize:
        """At least as wide as high."""
        wide, high = badge_width(self._count), look().px(metrics.BADGE)
        return QSize(wide + 6, high + 4) if self._large else QSize(wide, high)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pill."""
        painter = QPainter(self)
        draw_badge(painter, QRectF(self.rect()), self._count)
        painter.end()


def keycap_width(key: str) -> int:
    """Give the width of a key's cap."""
    return round(paint.width_of(key, look().font(Type.CAPTION)) + 0.499) + 14


def draw_keycap(painter: QPainter, rect: QRectF, key: str) -> None:
    """Draw the name of a key in its cap."""
    tokens = look().tokens
    paint.box(painter, rect, metrics.RADIUS_SMALL, tokens.surface, tokens.line_strong)
    paint.words(painter, rect, key, look().font(Type.CAPTION), tokens.muted, paint.CENTRE)


class Keycap(_Mark):
    """A key's name, as on the sheet of shortcuts."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.setText(key)
        self.setAccessibleName(key)

    def sizeHint(self) -> QSize:
        """As wide as the key's name."""
        return QSize(keycap_width(self.text()), look().px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cap."""
        painter = QPainter(self)
        draw_keycap(painter, QRectF(self.rect()), self.text())
        painter.end()


class Avatar(_Mark):
    """A person's letters in a neutral circle."""

    def __init__(self, name: str, size: int = 28) -> None:
        super().__init__()
        self._size = size
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """Show another person."""
        self.setText(text.initials(name))
        self.setAccessibleName(text.outside(name))
        self.update()

    def sizeHint(self) -> QSize:
        """A circle's square."""
        return QSize(look().px(self._size), look().px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw circle and letters."""
        painter = QPainter(self)
        tokens = look().tokens
        rect = QRectF(self.rect())
        paint.box(painter, rect, rect.width() / 2, tokens.hover, tokens.text if tokens.edged else None)
        paint.words(
            painter, rect, self.text(), look().font(Type.CAPTION, SEMIBOLD), tokens.muted, paint.CENTRE
        )
        painter.end()
