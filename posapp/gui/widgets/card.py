"""Cards hold a page's parts; a tile is a card that is one button."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from posapp.gui import icons, metrics, paint
from posapp.gui.fonts import MEDIUM, Type
from posapp.gui.theme import look
from posapp.gui.widgets.base import Item, Surface, Themed, fill, row
from posapp.gui.widgets.label import Label


class Divider(Surface):
    """A horizontal line between parts of a card or a panel."""

    def __init__(self) -> None:
        super().__init__("line")
        self.setFixedHeight(1)


class _Rim(QWidget):
    """Lies over a card and draws its edge and corners, so that a table in it keeps the card's radius."""

    def __init__(self, card: "Card") -> None:
        super().__init__(card)
        self._card = card
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw over what the card holds."""
        painter = QPainter(self)
        t, rect = look().tokens, QRectF(self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = getattr(t, self._card.ground)
        painter.fillPath(paint.outside_corners(rect, metrics.RADIUS_CARD), ground)
        paint.box(painter, rect, metrics.RADIUS_CARD, None, getattr(t, self._card.edge))
        painter.end()


class Card(Surface):
    """A raised area of radius 8. Add parts with `add`; give `padding=0` for one that holds a table or rows.

    `ground` names the token of what the card lies on, for its corners.
    """

    def __init__(
        self, *, padding: int = metrics.CARD_PADDING, spacing: int = 0, edge: str = "line", ground: str = "bg"
    ) -> None:
        super().__init__("raised")
        self.edge, self.ground = edge, ground
        self._box = QVBoxLayout(self)
        inner = max(1, padding)
        self._box.setContentsMargins(inner, inner, inner, inner)
        self._box.setSpacing(spacing)
        self._rim = _Rim(self)

    def add(self, *items: Item) -> None:
        """Add widgets, layouts, spaces and `STRETCH` beneath what is there."""
        fill(self._box, items)
        self._rim.raise_()

    def add_head(self, title: str, *beside: Item, height: int = 52) -> Label:
        """Add a title row with a line beneath; what stands beside it follows the title. Returns the title."""
        label = Label(title, Type.SECTION)
        head = QWidget()
        inset = metrics.CARD_PADDING - (max(1, self._box.contentsMargins().left()))
        head.setLayout(row(label, *beside, spacing=metrics.S12, margins=(inset, 0, inset, 0)))
        head.setMinimumHeight(height)
        self.add(head, Divider())
        return label

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the rim over everything."""
        self._rim.setGeometry(self.rect())
        self._rim.raise_()


class Tile(Themed, QPushButton):
    """A labelled value that opens what it counts. Its accessible name says all three lines."""

    focus_ring = "outside"

    def __init__(
        self,
        label: str,
        value: str = "",
        detail: str = "",
        *,
        icon: str | None = None,
        opens: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._label, self._icon, self._opens, self._ink = label, icon, opens, "text"
        self.setAutoDefault(False)
        self.setEnabled(opens)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_value(value, detail)

    def set_value(self, value: str, detail: str = "", *, ink: str = "text") -> None:
        """Show other figures; `ink` "attention" for a count that needs somebody."""
        self._value, self._detail, self._ink = value, detail, ink
        self.setAccessibleName(", ".join(part for part in (self._label, value, detail) if part))
        self.look_changed()

    def look_changed(self) -> None:
        """Measure the lines anew."""
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Three lines and the padding."""
        now = look()
        lines = (
            paint.width_of(self._label, now.font(Type.SMALL, MEDIUM)) + 60,
            paint.width_of(self._value, now.font(Type.TITLE, figures=True)),
            paint.width_of(self._detail, now.font(Type.SMALL, figures=True)),
        )
        high = 24 + 2 + now.line(Type.SMALL) * 2 + now.line(Type.TITLE)
        return QSize(round(max(lines)) + 34, high)

    def minimumSizeHint(self) -> QSize:
        """Figures are never cut; the detail may be elided when room is short."""
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tile."""
        painter, now = QPainter(self), look()
        t, rect = now.tokens, QRectF(self.rect())
        over = self.isEnabled() and self.underMouse()
        paint.box(
            painter,
            rect,
            metrics.RADIUS_CARD,
            t.pressed if self.isDown() else t.hover if over else t.raised,
            t.line,
        )
        x, y, size = 17.0, 13.0, now.px(metrics.ICON_SMALL)
        small = now.line(Type.SMALL)
        if self._icon:
            icons.draw(painter, self._icon, x, round(y + (small - size) / 2), size, t.muted)
        label = QRectF(x + (size + 8 if self._icon else 0), y, rect.width(), small)
        paint.words(painter, label, self._label, now.font(Type.SMALL, MEDIUM), t.muted)
        if self._opens:
            icons.draw(
                painter,
                "chevron-right",
                rect.width() - 17 - size,
                round(y + (small - size) / 2),
                size,
                t.muted,
            )
        value = QRectF(x, y + small, rect.width(), now.line(Type.TITLE))
        paint.words(painter, value, self._value, now.font(Type.TITLE, figures=True), getattr(t, self._ink))
        font = now.font(Type.SMALL, figures=True)
        detail = QRectF(x, value.bottom(), rect.width() - 34, small)
        paint.words(painter, detail, paint.fitted(self._detail, font, detail.width()), font, t.muted)
        painter.end()
