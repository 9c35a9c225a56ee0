"""Small strokes that every own-painted widget shares; all of them land on whole pixels."""

from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


def box(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: QColor | None = None,
    edge: QColor | None = None,
    width: float = 1,
) -> None:
    """Draw a rounded rectangle whose border lies wholly inside `rect`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    if edge is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(rect, radius, radius)
        return
    half = width / 2
    painter.setPen(QPen(edge, width))
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius - half, radius - half)


def words(
    painter: QPainter,
    rect: QRectF,
    text: str,
    font: QFont,
    colour: QColor,
    align: Qt.AlignmentFlag = LEFT,
) -> None:
    """Draw one line of plain text; what does not fit is not clipped, for a name or an amount is never cut."""
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(rect, int(align | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip), text)


@lru_cache(maxsize=4096)
def width_of(text: str, font: QFont) -> float:
    """Measure one line of text, in pixels; layouts ask for the same words hundreds of times at every change."""
    return QFontMetricsF(font).horizontalAdvance(text)


def outside_corners(rect: QRectF, radius: float) -> QPainterPath:
    """Give the four slivers between a rectangle and its rounded self."""
    path = QPainterPath()
    path.addRect(rect)
    inner = QPainterPath()
    inner.addRoundedRect(rect, radius, radius)
    return path.subtracted(inner)


def tinted(colour: QColor, alpha: float) -> QColor:
    """Give the same colour, translucent."""
    made = QColor(colour)
    made.setAlphaF(alpha)
    return made


@lru_cache(maxsize=4096)
def fitted(text: str, font: QFont, width: float) -> str:
    """Shorten a second line that says more than there is room for; never for names, amounts or numbers alone."""
    return QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, width)
