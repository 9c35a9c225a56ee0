"""Large checkable buttons of which one is chosen, each with a caption that says what it means, or why not."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from posapp.gui import icons, metrics, paint, text
from posapp.gui.fonts import SEMIBOLD, Type
from posapp.gui.theme import look
from posapp.gui.widgets import choosable
from posapp.gui.widgets.base import Themed, column
from posapp.gui.widgets.label import Label


class ChoiceButton(Themed, QPushButton):
    """44 high, icon and name in 600; checked it is tinted with a border of 2. Put those of one group into an
    exclusive `QButtonGroup`.
    """

    focus_ring = "outside"

    def __init__(self, word: str, icon: str, *, name: str = "") -> None:
        super().__init__(text.literal(word))
        self._word, self._icon = word, icon
        self.setAccessibleName(name or word)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def look_changed(self) -> None:
        """Measure the word anew."""
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Equal widths come from the layout; the word always fits."""
        words = paint.width_of(self._word, look().font(weight=SEMIBOLD))
        return QSize(round(words) + look().px(metrics.ICON) + 8 + 32, look().height(44))

    def minimumSizeHint(self) -> QSize:
        """A name is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the choice."""
        painter, t, on = QPainter(self), look().tokens, self.isChecked()
        ink, second = (t.primary, t.primary) if on else (t.text, t.muted)
        if self.isEnabled():
            choosable.frame(painter, self, metrics.RADIUS, chosen=on, border=2)
        else:
            ink, second = t.disabled, t.disabled
            paint.box(painter, QRectF(self.rect()), metrics.RADIUS, t.surface, t.line)
        font, size = look().font(weight=SEMIBOLD), look().px(metrics.ICON)
        x = (self.width() - size - 8 - paint.width_of(self._word, font)) / 2
        icons.draw(painter, self._icon, round(x), (self.height() - size) // 2, size, second)
        paint.words(painter, QRectF(x + size + 8, 0, self.width(), self.height()), self._word, font, ink)
        painter.end()


class Captioned(QWidget):
    """A button with a caption beneath: what it means and its key, or while it is disabled the reason."""

    def __init__(self, button: QPushButton, caption: str = "", *, centred: bool = False) -> None:
        super().__init__()
        self.button = button
        self._caption = Label(caption, Type.CAPTION, ink="muted", wrap=True)
        if centred:
            self._caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._meaning = caption
        if not caption:
            self._caption.hide()
        box = column(spacing=4)
        box.addWidget(button)
        box.addWidget(self._caption)
        self.setLayout(box)
        self.setSizePolicy(button.sizePolicy().horizontalPolicy(), QSizePolicy.Policy.Fixed)
        button.setAccessibleDescription(caption)

    def disable(self, reason: str) -> None:
        """Disable the button and say why in place of the caption."""
        self.button.setEnabled(False)
        self._say(reason)

    def enable(self, caption: str | None = None) -> None:
        """Enable the button again, perhaps with another meaning."""
        self._meaning = self._meaning if caption is None else caption
        self.button.setEnabled(True)
        self._say(self._meaning)

    def _say(self, words: str) -> None:
        self._caption.setText(words)
        self._caption.setVisible(bool(words))
        self.button.setAccessibleDescription(words)
