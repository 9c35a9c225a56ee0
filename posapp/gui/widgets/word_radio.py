"""A word to choose among others, drawn by whoever uses it. To the arrow keys and a screen reader a radio button."""

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QRadioButton, QSizePolicy

from posapp.gui import paint, text
from posapp.gui.fonts import MEDIUM, REGULAR, Type
from posapp.gui.theme import look
from posapp.gui.widgets.base import Themed

_BESIDE = 26  # the room left and right of the word, together


class WordRadio(Themed, QRadioButton):
    """Override `high` and `paintEvent`."""

    focus_ring = "outside"

    def __init__(self, words: str) -> None:
        super().__init__(text.literal(words))
        self.words = words
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def high(self) -> int:
        """How high it is, in pixels."""
        return look().line(Type.SMALL)

    def word_font(self) -> QFont:
        """The chosen word is heavier."""
        return look().font(Type.SMALL, MEDIUM if self.isChecked() else REGULAR)

    def look_changed(self) -> None:
        """Measure the word anew."""
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as the heavier word, so that nothing moves when the choice does."""
        wide = paint.width_of(self.words, look().font(Type.SMALL, MEDIUM))
        return QSize(round(wide + 0.499) + _BESIDE, self.high())

    def minimumSizeHint(self) -> QSize:
        """A word is never cut."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        """All of it is the target."""
        return True
