"""Paints the cells of a row. Made once a frame, so that a cell costs one look-up and a few strokes."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from posapp.gui import icons, paint
from posapp.gui.fonts import MEDIUM, SEMIBOLD, Type
from posapp.gui.models.columns import Align, Cell, Style
from posapp.gui.text import NOTHING
from posapp.gui.theme import look
from posapp.gui.widgets.chip import chip_size, draw_chip

_WEIGHTS = {Style.PLAIN: None, Style.MUTED: None, Style.MEDIUM: MEDIUM, Style.STRONG: SEMIBOLD}

_ICON = 18
_LEFT = int(paint.LEFT | Qt.TextFlag.TextSingleLine)
_RIGHT = int(paint.RIGHT | Qt.TextFlag.TextSingleLine)


def _gap(cell: Cell) -> int:
    """An icon that warns stands close to its figure."""
    return 4 if cell.ink else 8


class CellPainter:
    """Holds what every cell of one frame shares."""

    def __init__(self, painter: QPainter) -> None:
        self.painter = painter
        self.now = look()
        self.tokens = self.now.tokens
        self._faces: dict[tuple[Type, Style, bool], tuple[QFont, QFontMetricsF]] = {}
        self._font: QFont | None = None
        self._ink: QColor | None = None

    def face(self, type_: Type, style: Style, figures: bool) -> tuple[QFont, QFontMetricsF]:
        """Give the font of a style with its measures."""
        key = (type_, style, figures)
        if key not in self._faces:
            font = self.now.font(type_, _WEIGHTS[style], figures=figures)
            self._faces[key] = (font, QFontMetricsF(font))
        return self._faces[key]

    def put(self, rect: QRectF, words: str, font: QFont, ink: QColor, align: int) -> None:
        """Draw one line, changing pen and font only when they differ."""
        if font is not self._font:
            self.painter.setFont(font)
            self._font = font
        if ink is not self._ink:
            self.painter.setPen(ink)
            self._ink = ink
        self.painter.drawText(rect, align, words)

    def cell(self, rect: QRectF, cell: Cell, align: Align, style: Style, figures: bool) -> None:
        """Draw a cell into the rect that its padding leaves."""
        words = cell.text
        if cell.chip and align is Align.LEFT and not (words or cell.icon or cell.after or cell.below):
            draw_chip(self.painter, round(rect.left()), rect.center().y(), cell.chip)
            return
        if cell.icon or cell.chip or cell.after or cell.below:
            self._rich(rect, cell, align, cell.style or style, figures)
            return
        if not words:
            return
        style = cell.style or style
        ink = self._ink_of(cell, style)
        font, measure = self.face(Type.BODY, style, figures)
        if len(words) * measure.averageCharWidth() > rect.width() * 0.6:
            words = paint.fitted(words, font, rect.width())
        self.put(rect, words, font, ink, _RIGHT if align is Align.RIGHT else _LEFT)

    def _ink_of(self, cell: Cell, style: Style) -> QColor:
        if cell.ink:
            return self.tokens.ink(cell.ink)
        muted = style is Style.MUTED or cell.text == NOTHING
        return self.tokens.muted if muted else self.tokens.text

    def _rich(self, rect: QRectF, cell: Cell, align: Align, style: Style, figures: bool) -> None:
        type_ = Type.SMALL if cell.below else Type.BODY
        font, measure = self.face(type_, style, figures)
        after_font, after_measure = self.face(type_, Style.PLAIN, figures)
        wide = measure.horizontalAdvance(cell.text) if cell.text else 0.0
        gap = 4.0 if cell.after and cell.text else 0.0
        extra = gap + after_measure.horizontalAdvance(cell.after) if cell.after else 0.0
        line = self._below(rect, cell, align, figures) if cell.below else rect
        x = rect.left() if align is Align.LEFT else rect.right() - self._lead_width(cell) - wide - extra
        x = self._lead(x, line.center().y(), cell)
        if cell.text:
            room = max(0.0, rect.right() - x - extra)
            words = cell.text if wide <= room + 1 else paint.fitted(cell.text, font, room)
            box = QRectF(x, line.top(), min(wide, room) + 1, line.height())
            self.put(box, words, font, self._ink_of(cell, style), _LEFT)
            x += min(wide, room)
        if cell.after:
            rest = QRectF(x + gap, line.top(), max(0.0, rect.right() - x - gap), line.height())
            words = paint.fitted(cell.after, after_font, rest.width() + 1)
            self.put(rest, words, after_font, self.tokens.muted, _LEFT)

    def _below(self, rect: QRectF, cell: Cell, align: Align, figures: bool) -> QRectF:
        """Draw the second line; give the box of the first."""
        line, small = self.now.line(Type.SMALL), self.now.line(Type.CAPTION)
        top = rect.center().y() - (line + small) / 2
        font, _ = self.face(Type.CAPTION, Style.PLAIN, figures)
        under = QRectF(rect.left(), top + line, rect.width(), small)
        words = paint.fitted(cell.below, font, rect.width())
        self.put(under, words, font, self.tokens.muted, _RIGHT if align is Align.RIGHT else _LEFT)
        return QRectF(rect.left(), top, rect.width(), line)

    def _lead_width(self, cell: Cell) -> int:
        """Measure what stands before the text, with the gap to it if there is one."""
        wide = self.now.px(_ICON) + _gap(cell) if cell.icon else 0
        if cell.chip:
            wide += chip_size(cell.chip).width() + (8 if cell.text or cell.after else 0)
        return wide

    def _lead(self, x: float, middle: float, cell: Cell) -> float:
        """Draw icon and chip; give the place where the text begins."""
        if cell.icon:
            size = self.now.px(_ICON)
            ink = self.tokens.ink(cell.ink) if cell.ink else self.tokens.muted
            icons.draw(self.painter, cell.icon, round(x), round(middle - size / 2), size, ink)
            x += size + _gap(cell)
        if cell.chip:
            x += draw_chip(self.painter, round(x), middle, cell.chip) + 8
        return x
