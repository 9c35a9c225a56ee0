"""Cards hold a page's parts."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from posapp.gui import metrics, paint
from posapp.gui.fonts import Type
from posapp.gui.theme import look
from posapp.gui.widgets.base import Item, Surface, fill, row
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
        self._inset = 0 if padding else metrics.CARD_PADDING
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(padding + 1, padding + 1, padding + 1, padding + 1)
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
        head.setLayout(row(label, *beside, spacing=metrics.S12, margins=(self._inset, 0, self._inset, 0)))
        head.setMinimumHeight(height - 1)
        self.add(head, Divider())
        return label

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the rim over everything."""
        self._rim.setGeometry(self.rect())
        self._rim.raise_()
