"""The frame of whatever can be chosen: tinted with a coloured border while it is, shaded under the pointer."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton

from posapp.gui import paint
from posapp.gui.theme import look


def frame(
    painter: QPainter, button: QAbstractButton, radius: float, *, chosen: bool, border: int = 1
) -> None:
    """Draw ground and border of a button that is enabled; `border` is how thick a chosen one's is."""
    t = look().tokens
    over = t.pressed if button.isDown() else t.hover if button.underMouse() else t.raised
    fill, edge = (t.selection, t.primary) if chosen else (over, t.line_strong)
    paint.box(painter, QRectF(button.rect()), radius, fill, edge, border if chosen else 1)
