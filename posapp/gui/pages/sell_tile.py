"""Paints a product's tile: its picture, what is free, its name and its price."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from posapp.gui import icons, metrics, paint, text
from posapp.gui.fonts import MEDIUM, SEMIBOLD, Type
from posapp.gui.pages.sell_icons import icon_of
from posapp.gui.pages.sell_words import free_words
from posapp.gui.theme import look
from posapp.queries.products import LOW_STOCK
from posapp.queries.selling import SellRow

GAP = 8
_HIGH, _PICTURE = 104, 32
_LEAST = 148  # a narrower tile has no room for a name


def tile_height() -> int:
    """Give the height of a tile: 104, more for larger text."""
    now = look()
    return max(_HIGH, now.px(_PICTURE) + round(now.line(Type.SMALL) * 1.7) + now.line(Type.BODY) + 18)


def tiles_abreast(width: int) -> int:
    """Say how many tiles fit beside each other."""
    return max(1, (width + GAP) // (look().px(_LEAST) + GAP))


class TilePainter(QStyledItemDelegate):
    """The model gives the row under `Qt.ItemDataRole.UserRole`; amounts are in `currency`."""

    def __init__(self, currency: str) -> None:
        super().__init__()
        self._currency = currency
        self.place = QSize(_LEAST, _HIGH)  # of one tile with the gap after it, as the view lays them out

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As large as its place on the view's grid."""
        return self.place

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one tile."""
        row: SellRow | None = index.data(Qt.ItemDataRole.UserRole)
        if row is None:
            return
        state = option.state
        rect = QRectF(option.rect).adjusted(0, 0, -GAP, -GAP)
        t, none = look().tokens, row.tracked and row.available <= 0
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        chosen = bool(state & QStyle.StateFlag.State_Selected) and bool(
            state & QStyle.StateFlag.State_HasFocus
        )
        fill = t.selection if chosen else t.hover if over else t.surface if none else t.raised
        paint.box(
            painter, rect, metrics.RADIUS_CARD, fill, t.primary if chosen else t.line, 2 if chosen else 1
        )
        inner = rect.adjusted(12, 10, -12, -8)
        self._paint_picture(painter, inner, row)
        self._paint_free(painter, inner, row)
        self._paint_words(painter, inner, row, muted=none)

    def _paint_picture(self, painter: QPainter, inner: QRectF, row: SellRow) -> None:
        t, side = look().tokens, look().px(_PICTURE)
        box = QRectF(inner.left(), inner.top(), side, side)
        paint.box(painter, box, metrics.RADIUS_SMALL, t.hover)
        icons.draw_centred(painter, icon_of(row.category), box, look().px(metrics.ICON), t.muted)

    def _paint_free(self, painter: QPainter, inner: QRectF, row: SellRow) -> None:
        t, words = look().tokens, free_words(row)
        low = row.tracked and row.available <= LOW_STOCK
        font = look().font(Type.CAPTION, SEMIBOLD if low else None, figures=True)
        line = QRectF(inner.left(), inner.top(), inner.width(), look().line(Type.CAPTION))
        ink = t.attention if low else t.muted
        paint.words(painter, line, words, font, ink, paint.RIGHT)
        if row.tracked and row.available <= 0:
            size = look().px(metrics.ICON_CHIP)
            left = inner.right() - paint.width_of(words, font) - size - 4
            icons.draw(painter, "circle-x", round(left), round(line.center().y() - size / 2), size, ink)

    def _paint_words(self, painter: QPainter, inner: QRectF, row: SellRow, *, muted: bool) -> None:
        now = look()
        ink = now.tokens.muted if muted else now.tokens.text
        price = QRectF(inner.left(), inner.bottom() - now.line(), inner.width(), now.line())
        shown = "No price" if row.price_minor is None else text.amount(row.price_minor, self._currency)
        paint.words(painter, price, shown, now.font(weight=SEMIBOLD, figures=True), ink)
        font = now.font(Type.SMALL, MEDIUM)
        lines = name_lines(text.outside(row.name), font, inner.width())
        step = now.line(Type.SMALL) if len(lines) == 1 else round(now.line(Type.SMALL) * 0.85)
        top = price.top() - step * len(lines)
        for place, words in enumerate(lines):
            paint.words(
                painter, QRectF(inner.left(), top + place * step, inner.width(), step), words, font, ink
            )


def name_lines(name: str, font: QFont, width: float) -> list[str]:
    """Break a name into one line, or two of which the second may end in …"""
    metrics_ = QFontMetricsF(font)
    if metrics_.horizontalAdvance(name) <= width:
        return [name]
    layout = QTextLayout(name, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    first = layout.createLine()
    first.setLineWidth(width)
    layout.endLayout()
    cut = first.textLength()
    rest = metrics_.elidedText(name[cut:].strip(), Qt.TextElideMode.ElideRight, width)
    return [name[:cut].strip(), rest]
