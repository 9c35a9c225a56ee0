"""Drawing for paper: a line of any script, and the shop's logo, as black dots. Qt shapes every script; Inter has ₦.

Nothing here needs the window: images may be painted on any thread.
"""

from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QImageReader, QPainter

from posapp.domain.paper import DOTS_PER_COLUMN, Bitmap, Cell, Line, scrubbed
from posapp.gui import fonts
from posapp.gui.fonts import MEDIUM, SEMIBOLD, Type

LINE_DOTS = 30  # high, as the printer's own lines
_LETTER_DOTS = 23
_LOGO_HEIGHT = 180
_MOST_PIXELS = 40_000_000  # of a picture that shall be a logo


def draw_line(line: Line, columns: int) -> Bitmap:
    """Draw a line of the paper; words that are too wide for their cell are narrowed, never cut."""
    image = QImage(columns * DOTS_PER_COLUMN, LINE_DOTS * line.size, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    paint_line(painter, line, QRectF(image.rect()), columns)
    painter.end()
    return _dots(image, Qt.ImageConversionFlag.ThresholdDither)


def paint_line(painter: QPainter, line: Line, box: QRectF, columns: int) -> None:
    """Paint a line into a box as wide as the paper, at whatever scale."""
    column = box.width() / columns
    font = fonts.make_font(Type.BODY, SEMIBOLD if line.bold else MEDIUM, figures=True, scale=1)
    font.setPixelSize(max(1, round(_LETTER_DOTS * line.size * column / DOTS_PER_COLUMN)))
    painter.setFont(font)
    painter.setPen(Qt.GlobalColor.black)
    for cell in line.cells:
        where = QRectF(box.left() + cell.start * column, box.top(), cell.width * column, box.height())
        _paint_cell(painter, cell, where, font)


def _paint_cell(painter: QPainter, cell: Cell, box: QRectF, font: QFont) -> None:
    words = scrubbed(cell.words)
    metrics = QFontMetricsF(font, painter.device())
    wide = metrics.horizontalAdvance(words)
    if not words or not wide:
        return
    narrowed = min(1.0, box.width() / wide)
    space = box.width() - wide * narrowed
    lead = {"left": 0.0, "right": space, "centre": space / 2}[cell.side]
    base = box.top() + (box.height() - metrics.height()) / 2 + metrics.ascent()
    painter.save()
    painter.translate(box.left() + lead, base)
    painter.scale(narrowed, 1.0)
    painter.drawText(QPointF(0, 0), words)
    painter.restore()


def load_logo(path: str, widest: int) -> Bitmap | None:
    """Read the shop's logo, at most so many dots wide; None for a file that is no picture."""
    if not path or not Path(path).is_file():
        return None
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    if reader.size().width() * reader.size().height() > _MOST_PIXELS:
        return None
    picture = reader.read()
    if picture.isNull():
        return None
    room = QSize(widest, _LOGO_HEIGHT)
    fitted = picture.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
    image = QImage(fitted, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    small = picture.scaled(
        fitted, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    painter.drawImage(0, 0, small)
    painter.end()
    return _dots(image, Qt.ImageConversionFlag.DiffuseDither)


def _dots(image: QImage, dither: Qt.ImageConversionFlag) -> Bitmap:
    """Make shades of grey black or white."""
    mono = image.convertToFormat(QImage.Format.Format_Mono, Qt.ImageConversionFlag.MonoOnly | dither)
    ink = 0xFF if mono.color(1) & 0xFFFFFF else 0x00  # turn round where 1 is white
    wide, long = (mono.width() + 7) // 8, mono.bytesPerLine()
    last = 0xFF & (0xFF << (-mono.width() % 8))  # no dots beyond the edge
    raw = bytes(mono.constBits())
    rows = []
    for start in range(0, long * mono.height(), long):
        row = bytearray(byte ^ ink for byte in raw[start : start + wide])
        row[-1] &= last
        rows.append(bytes(row))
    return Bitmap(mono.width(), mono.height(), b"".join(rows))


def image_of(bitmap: Bitmap) -> QImage:
    """Make a picture of dots: black on white."""
    long = (bitmap.width + 7) // 8
    image = QImage(bitmap.rows, bitmap.width, bitmap.height, long, QImage.Format.Format_Mono)
    image.setColorTable([0xFFFFFFFF, 0xFF000000])
    return image.copy()  # the bytes belong to the bitmap
