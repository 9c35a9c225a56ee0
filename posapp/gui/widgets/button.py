"""Push buttons. One primary per page or dialog; danger only on the commit of a refund."""

from enum import Enum, StrEnum

from PySide6.QtCore import QElapsedTimer, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from posapp.gui import icons, metrics, paint, text
from posapp.gui.fonts import MEDIUM, SEMIBOLD, Type
from posapp.gui.theme import look
from posapp.gui.widgets.base import Themed


class Variant(StrEnum):
    """How much a button stands out, and what it does to money."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    DANGER = "danger"
    QUIET = "quiet"


class Size(Enum):
    """Height, padding, text role and weight, icon."""

    SMALL = (metrics.CONTROL_SMALL, 10, Type.SMALL, MEDIUM, metrics.ICON_SMALL)
    NORMAL = (metrics.CONTROL, 12, Type.BODY, MEDIUM, metrics.ICON)
    COMMIT = (metrics.COMMIT, 16, Type.BODY, SEMIBOLD, metrics.ICON)
    LARGE = (metrics.CONTROL_LARGE, 20, Type.SECTION, SEMIBOLD, metrics.ICON)
    PAY = (metrics.PAY, 20, Type.PAY, SEMIBOLD, metrics.ICON)


class Button(Themed, QPushButton):
    """A word, with an icon before it and its shortcut after it; without a word, a square with an icon.

    A button without a word must be given `name`, which also becomes its tooltip. `warns` colours the word
    of a secondary button that leads to a loss without committing it (Disconnect). `flush` leaves out the room
    beside the word, so that a quiet button stands under the first letter of the lines around it.
    """

    focus_ring = "outside"

    def __init__(
        self,
        word: str = "",
        variant: Variant = Variant.SECONDARY,
        size: Size = Size.NORMAL,
        *,
        icon: str | None = None,
        shortcut: str = "",
        name: str = "",
        warns: bool = False,
        flush: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._word = ""
        self._flush = flush
        self._variant, self._size, self._icon, self._warns = variant, size, icon, warns
        self._shortcut = shortcut
        self._ink: QColor | None = None
        self._edge: QColor | None = None
        if name:
            self.setAccessibleName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setText(word)

    def setText(self, word: str) -> None:
        """Say something else. An ampersand is a letter: a customer's name must not make a shortcut."""
        self._word = word
        super().setText(text.literal(word))
        if not word:
            self.setToolTip(text.tooltip(self.accessibleName()))
        self.look_changed()

    @property
    def word(self) -> str:
        """Give the word as it is read."""
        return self._word

    def set_icon(self, icon: str | None) -> None:
        """Change or take away the icon."""
        self._icon = icon
        self.updateGeometry()
        self.update()

    def set_variant(self, variant: Variant) -> None:
        """Change how it stands out, as the commit button does between refund and fulfil."""
        self._variant = variant
        self.update()

    def set_ink(self, ink: QColor, edge: QColor | None) -> None:
        """Take the colours of the strip it stands on."""
        self._ink, self._edge = ink, edge
        self.update()

    def disable(self, reason: str) -> None:
        """Disable it and say why, to the eye (tooltip; `Captioned` shows it beneath) and to a screen reader."""
        self.setEnabled(False)
        self.setToolTip(text.tooltip(reason))
        self.setAccessibleDescription(reason)

    def enable(self) -> None:
        """Take the reason back."""
        self.setEnabled(True)
        self.setToolTip("" if self._word else text.tooltip(self.accessibleName()))
        self.setAccessibleDescription("")

    def look_changed(self) -> None:
        """Take the font, so that Qt measures as we do."""
        self.setFont(self._font())
        self.updateGeometry()

    def _font(self) -> QFont:
        _, _, type_, weight, _ = self._size.value
        return look().font(type_, weight, figures=any(c.isdigit() for c in self._word))

    def sizeHint(self) -> QSize:
        """As wide as its words; a square without."""
        base, padding, type_, _, _ = self._size.value
        beside = 0 if self._flush else 2 * (padding + 1)
        high = look().height(base, type_)
        if not self._word:
            return QSize(high, high)
        return QSize(round(self._content() + 0.499) + beside, high)

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()

    def _content(self) -> float:
        icon = look().px(self._size.value[4])
        wide = paint.width_of(self._word, self._font())
        if self._icon:
            wide += icon + (8 if self._word else 0)
        if self._shortcut:
            wide += 10 + paint.width_of(self._shortcut, look().font(Type.CAPTION))
        return wide

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses a focused button as Space does: there is no default button to take it instead."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def _colours(self) -> tuple[QColor | None, QColor | None, QColor, QColor]:
        """Give fill, edge, word and muted ink for the state it is in."""
        t = look().tokens
        down, over = self.isDown(), self.underMouse()
        quiet = self._variant is Variant.QUIET
        if not self.isEnabled():
            return (None if quiet else t.surface, None if quiet else t.line, t.disabled, t.disabled)
        if self._variant in (Variant.PRIMARY, Variant.DANGER):
            state = "_pressed" if down else "_hover" if over else ""
            ink: QColor = getattr(t, f"on_{self._variant}")
            return getattr(t, f"{self._variant}{state}"), None, ink, ink
        fill = t.pressed if down else t.hover if over else None if quiet else t.raised
        if self._ink is not None:
            return (
                paint.tinted(self._ink, 0.16 if down else 0.08) if down or over else None,
                self._edge,
                self._ink,
                self._ink,
            )
        if quiet:
            return fill, None, t.primary, t.primary if self._word else t.muted
        return fill, t.line_strong, t.danger if self._warns else t.text, t.muted

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the whole button."""
        painter = QPainter(self)
        fill, edge, ink, second = self._colours()
        paint.box(painter, QRectF(self.rect()), metrics.RADIUS, fill, edge)
        self._paint_words(painter, ink, second)
        painter.end()

    def _paint_words(self, painter: QPainter, ink: QColor, second: QColor) -> None:
        size = look().px(self._size.value[4])
        x = (self.width() - self._content()) / 2
        if self._icon:
            colour = second
            icons.draw(painter, self._icon, round(x), (self.height() - size) // 2, size, colour)
            x += size + 8
        if not self._word:
            return
        wide = paint.width_of(self._word, self._font())
        paint.words(painter, QRectF(x, 0, wide, self.height()), self._word, self._font(), ink)
        if self._shortcut:
            rest = QRectF(x + wide + 10, 0, self.width(), self.height())
            paint.words(painter, rest, self._shortcut, look().font(Type.CAPTION), second)


class CommitButton(Button):
    """The one button that moves money or stock. It restates the effect, and a stray key cannot press it.

    Keys are ignored for `guard_ms` after the words changed: what is pressed must be what was read. Enter
    never presses it, because that is what a scanner sends.
    """

    guard_ms = 400

    def __init__(
        self, word: str = "", variant: Variant = Variant.PRIMARY, *, icon: str | None = None
    ) -> None:
        super().__init__(word, variant, Size.COMMIT, icon=icon)
        self._since = QElapsedTimer()
        self._since.start()

    def restate(self, word: str, variant: Variant, icon: str | None) -> None:
        """Say the new effect and start the guard anew."""
        self.setText(word)
        self.set_variant(variant)
        self.set_icon(icon)
        self.guard()

    def guard(self) -> None:
        """Ignore keys from now on for `guard_ms`; also to be called while a scan is running."""
        self._since.restart()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let only a deliberate Space through: one that comes among typed signs is a scanner's.

        Esc is always let through: it is the way out.
        """
        if event.key() == Qt.Key.Key_Escape:
            super().keyPressEvent(event)
            return
        if event.text().strip():
            self.guard()
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter or self._since.elapsed() < self.guard_ms:
            event.accept()
            return
        super().keyPressEvent(event)
