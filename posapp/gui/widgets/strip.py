"""Sentences on a tinted ground: a strip inside a page or dialog, a banner across the page while a condition lasts."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from posapp.gui import icons, metrics, paint
from posapp.gui.fonts import SEMIBOLD, Type
from posapp.gui.theme import look
from posapp.gui.tokens import Tone
from posapp.gui.widgets.base import STRETCH, Themed, announce, fill
from posapp.gui.widgets.button import Button, Size
from posapp.gui.widgets.label import Label

ICONS = {
    Tone.ATTENTION: "triangle-alert",
    Tone.MOVED: "info",
    Tone.WAITING: "refresh-cw",
    Tone.GOOD: "circle-check",
    Tone.STOPPED: "circle-x",
    Tone.NEUTRAL: "info",
    Tone.REFUNDED: "flask-conical",
}


_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class ToneButton(Button):
    """A small button with a border in the ink of the tone it stands on."""

    def __init__(self, word: str, tone: Tone, *, icon: str | None = None) -> None:
        self._tone = tone
        super().__init__(word, size=Size.SMALL, icon=icon)

    def set_tone(self, tone: Tone) -> None:
        """Stand on another ground."""
        self._tone = tone
        self.look_changed()

    def look_changed(self) -> None:
        """Take the tone's ink of the new look."""
        super().look_changed()
        ink = look().tokens.ink(self._tone)
        self.set_ink(ink, ink)


class Strip(Themed, QWidget):
    """One sentence with an icon and at most a small button or two, on the colours of its tone.

    MOVED informs, GOOD is done, STOPPED failed, WAITING changed or offline, ATTENTION needs a decision.
    `strong` comes after the sentence in 600. With `wrap` a long sentence takes more lines instead of pushing
    the buttons out. A change of words is told to a screen reader.
    """

    def __init__(
        self,
        tone: Tone,
        sentence: str,
        *,
        strong: str = "",
        icon: str | None = None,
        height: int = metrics.STRIP,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone, self._icon, self._base, self._wrap = tone, icon or ICONS[tone], height, wrap
        self._buttons: list[ToneButton] = []
        self._sentence = Label(sentence, Type.SMALL, ink=tone, figures=True, wrap=wrap)
        self._strong = Label(strong, Type.SMALL, ink=tone, weight=SEMIBOLD, figures=True)
        if not strong:
            self._strong.hide()
        self._box = QHBoxLayout(self)
        self._box.setSpacing(4)
        self._box.addWidget(self._sentence, 1 if wrap else 0, _MIDDLE)
        fill(self._box, (self._strong, *(() if wrap else (STRETCH,))))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(f"{sentence} {strong}".strip())
        self.look_changed()

    def add_button(self, word: str, *, icon: str | None = None) -> Button:
        """Add a small button at the right; connect its `clicked`."""
        button = ToneButton(word, self._tone, icon=icon)
        self._buttons.append(button)
        if len(self._buttons) > 1:
            self._box.addSpacing(8)
        self._box.addWidget(button)
        return button

    def say(
        self, sentence: str, strong: str = "", *, tone: Tone | None = None, icon: str | None = None
    ) -> None:
        """Say something else, perhaps in another tone."""
        self._sentence.setText(sentence)
        self._strong.setText(strong)
        self._strong.setVisible(bool(strong))
        if tone is not None:
            self._tone, self._icon = tone, icon or ICONS[tone]
            for each in (self._sentence, self._strong):
                each.set_ink(tone)
            for button in self._buttons:
                button.set_tone(tone)
        self.setAccessibleName(f"{sentence} {strong}".strip())
        announce(self, self.accessibleName())
        self.update()

    def look_changed(self) -> None:
        """Keep the room for the icon and the height."""
        inset = 4 if self._wrap else 0
        self._box.setContentsMargins(12 + look().px(metrics.ICON) + 8, inset, 8, inset)
        if self._wrap:
            self.setMinimumHeight(look().height(self._base, Type.SMALL))
        else:
            self.setFixedHeight(look().height(self._base, Type.SMALL))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and icon."""
        painter, tokens = QPainter(self), look().tokens
        pair, size = tokens.tones[self._tone], look().px(metrics.ICON)
        paint.box(painter, QRectF(self.rect()), metrics.RADIUS, pair.bg, pair.fg if tokens.edged else None)
        icons.draw(painter, self._icon, 12, (self.height() - size) // 2, size, pair.fg)
        painter.end()


class Banner(Themed, QWidget):
    """The whole page's width, pushing the page down while a condition lasts; `first` words in 600.

    What does not fit on one line wraps: the rest, or without one the first words.
    """

    def __init__(
        self,
        tone: Tone,
        first: str,
        rest: str = "",
        *,
        icon: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone, self._icon = tone, icon or ICONS[tone]
        self._first = Label(first, ink=tone, weight=SEMIBOLD, figures=True, wrap=not rest)
        self._rest = Label(rest, ink=tone, figures=True, wrap=True)
        if not rest:
            self._rest.hide()
        self._box = QHBoxLayout(self)
        self._box.setSpacing(4)
        self._box.addWidget(self._first, 0 if rest else 1, _MIDDLE)
        self._box.addWidget(self._rest, 1, _MIDDLE)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(f"{first} {rest}".strip())
        self.look_changed()

    def add_button(self, word: str, *, icon: str | None = None) -> Button:
        """Add a small button at the right; connect its `clicked`."""
        button = ToneButton(word, self._tone, icon=icon)
        self._box.addSpacing(8)
        self._box.addWidget(button)
        return button

    def say(self, first: str, rest: str = "") -> None:
        """Bring the words up to date."""
        self._first.setText(first)
        self._rest.setText(rest)
        self._rest.setVisible(bool(rest))
        self.setAccessibleName(f"{first} {rest}".strip())

    def look_changed(self) -> None:
        """Keep the room for the icon and the height."""
        self._box.setContentsMargins(24 + look().px(metrics.ICON_HEAD) + 12, 4, 12, 4)
        self.setMinimumHeight(look().height(metrics.BANNER))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and icon."""
        painter, tokens = QPainter(self), look().tokens
        pair, size = tokens.tones[self._tone], look().px(metrics.ICON_HEAD)
        painter.fillRect(self.rect(), pair.bg)
        if tokens.edged:
            paint.box(painter, QRectF(self.rect()), 0, None, pair.fg)
        icons.draw(painter, self._icon, 24, (self.height() - size) // 2, size, pair.fg)
        painter.end()
