"""A QR code: black on white in every look, because that is what cameras read."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from posapp.gui import metrics, paint
from posapp.gui.theme import look
from posapp.gui.widgets.base import Themed

_PAPER, _INK = QColor("#ffffff"), QColor("#000000")
_QUIET = 4  # modules of white around it, as the standard asks


class QrCode(Themed, QWidget):
    """Square, for a camera: it does not grow with the text. `name` says what scanning it gives."""

    def __init__(self, size: int, name: str) -> None:
        super().__init__()
        self._size = size
        self._modules: list[list[bool]] = []
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_words(self, words: str) -> None:
        """Carry these words."""
        code = QRCode(error_correction=ERROR_CORRECT_M, border=_QUIET)
        code.add_data(words)
        code.make(fit=True)
        self._modules = code.get_matrix()
        self.update()

    def look_changed(self) -> None:
        """Take the edge's colour."""
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(self._size, self._size)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the modules on whole pixels."""
        painter = QPainter(self)
        paint.box(painter, QRectF(self.rect()), metrics.RADIUS, _PAPER, look().tokens.line_strong)
        if self._modules:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            step = (self.width() - 2) // len(self._modules)
            start = (self.width() - step * len(self._modules)) // 2
            for y, line in enumerate(self._modules):
                for x, dark in enumerate(line):
                    if dark:
                        painter.fillRect(start + x * step, start + y * step, step, step, _INK)
        painter.end()
