"""Pictures of paper: the bytes that a printer would get, printed by an interpreter, drawn dot by dot."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter

from posapp.domain.paper import DOTS_PER_COLUMN, Bitmap
from posapp.gui import fonts
from posapp.gui.fonts import MEDIUM, SEMIBOLD, Type
from posapp.gui.paper_artist import LINE_DOTS, image_of
from tests.devices.interpreter import Interpreter, Printed, Sheet

_MARGIN, _GAP = 24, 40
_DESK = QColor("#8b939c")


def printed(content: bytes, columns: int) -> QImage:
    """Draw every sheet that these bytes print, one beneath the other, on a desk."""
    sheets = [_draw(sheet, columns) for sheet in Interpreter().read(content).sheets]
    wide = columns * DOTS_PER_COLUMN + 4 * _MARGIN
    high = sum(sheet.height() + _GAP for sheet in sheets) + _GAP
    desk = QImage(wide, high, QImage.Format.Format_RGB32)
    desk.fill(_DESK)
    painter, top = QPainter(desk), _GAP
    for sheet in sheets:
        painter.drawImage(_MARGIN, top, sheet)
        top += sheet.height() + _GAP
    painter.end()
    return desk


def _height(thing: Printed | Bitmap | int) -> int:
    if isinstance(thing, int):
        return thing * LINE_DOTS
    return thing.height if isinstance(thing, Bitmap) else LINE_DOTS * (2 if thing.double else 1)


def _draw(sheet: Sheet, columns: int) -> QImage:
    high = sum(_height(thing) for thing in sheet.things) + 2 * _MARGIN
    paper = QImage(columns * DOTS_PER_COLUMN + 2 * _MARGIN, high, QImage.Format.Format_RGB32)
    paper.fill(Qt.GlobalColor.white)
    painter, top = QPainter(paper), _MARGIN
    for thing in sheet.things:
        if isinstance(thing, Bitmap):
            painter.drawImage(_MARGIN, top, image_of(thing))
        elif isinstance(thing, Printed):
            _letters(painter, thing, top)
        top += _height(thing)
    painter.end()
    return paper


def _letters(painter: QPainter, line: Printed, top: int) -> None:
    """Each sign in a box of its own, as the printer's own letters stand."""
    scale = 2 if line.double else 1
    font = QFont(fonts.make_font(Type.BODY, SEMIBOLD if line.bold else MEDIUM, figures=True, scale=1))
    font.setPixelSize(20 * scale)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    for at, sign in enumerate(line.words):
        box = QRectF(_MARGIN + at * DOTS_PER_COLUMN * scale, top, DOTS_PER_COLUMN * scale, LINE_DOTS * scale)
        wide = metrics.horizontalAdvance(sign)
        painter.save()
        painter.translate(box.left(), box.top() + (box.height() - metrics.height()) / 2 + metrics.ascent())
        if wide:
            painter.scale(min(1.0, box.width() / wide), 1)
            painter.translate(max(0.0, (box.width() - wide) / 2), 0)
        painter.drawText(QPointF(0, 0), sign)
        painter.restore()
