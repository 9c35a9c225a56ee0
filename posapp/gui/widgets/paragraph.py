"""Words that a widget paints itself: broken into lines once for a width, and remembered."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextLayout, QTextOption

from posapp.gui.fonts import Type
from posapp.gui.theme import look


def laid_out(
    words: str, font: QFont, width: int, step: int, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
) -> QTextLayout:
    """Break words into lines no wider than `width`, one every `step` pixels and each in the middle of its step."""
    layout = QTextLayout(words, font)
    option = QTextOption(align)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    top = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, width))
        line.setPosition(QPointF(0, top + (step - line.height()) / 2))
        top += step
    layout.endLayout()
    return layout


class Paragraph:
    """Plain text in a role, with the role's line height. `forget` it when the look changes."""

    def __init__(self, type_: Type = Type.BODY, weight: int | None = None) -> None:
        self._type, self._weight = type_, weight
        self.words = ""
        self._laid: tuple[int, QTextLayout] | None = None

    def say(self, words: str) -> None:
        """Take other words."""
        if words != self.words:
            self.words, self._laid = words, None

    def forget(self) -> None:
        """Measure anew when asked next."""
        self._laid = None

    def height(self, width: int) -> int:
        """Give how high it is in this width; without words it takes no room."""
        return self._lay(width).lineCount() * look().line(self._type) if self.words else 0

    def width(self, width: int) -> float:
        """Give how wide its widest line is in this width."""
        laid = self._lay(width)
        return max((laid.lineAt(at).naturalTextWidth() for at in range(laid.lineCount())), default=0.0)

    def draw(self, painter: QPainter, corner: QPointF, width: int, ink: QColor) -> None:
        """Draw it with its top left at the corner."""
        if self.words:
            painter.setPen(ink)
            self._lay(width).draw(painter, corner)

    def _lay(self, width: int) -> QTextLayout:
        if self._laid is None or self._laid[0] != width:
            self._laid = width, self._made(width)
        return self._laid[1]

    def _made(self, width: int) -> QTextLayout:
        font = look().font(self._type, self._weight, figures=True)
        return laid_out(self.words, font, width, look().line(self._type))
