"""Check box, radio, switch and stepper. The whole line is the target."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QCheckBox,
    QRadioButton,
    QSizePolicy,
    QSpinBox,
)

from posapp.gui import icons, metrics, paint, text
from posapp.gui.fonts import MEDIUM
from posapp.gui.theme import look
from posapp.gui.widgets.base import Themed

_TARGET = 24


def _prepare(button: QAbstractButton, word: str, name: str) -> None:
    button.setText(text.literal(word))
    button.setAccessibleName(name or word)
    button.setAttribute(Qt.WidgetAttribute.WA_Hover)
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


def _size(mark: int, word: str) -> QSize:
    wide = look().px(mark) + (8 + paint.width_of(word, look().font()) if word else 0)
    return QSize(round(wide + 0.499), max(_TARGET, look().line() + 4))


def _draw_word(button: QAbstractButton, painter: QPainter, mark: int, word: str, ink: str) -> None:
    tokens = look().tokens
    rest = QRectF(look().px(mark) + 8, 0, button.width(), button.height())
    paint.words(
        painter, rest, word, look().font(), getattr(tokens, ink) if button.isEnabled() else tokens.disabled
    )


class Check(Themed, QCheckBox):
    """A check box; `muted` for a lesser choice, as in a dialog's footer."""

    focus_ring = "outside"

    def __init__(self, word: str = "", *, checked: bool = False, muted: bool = False, name: str = "") -> None:
        super().__init__()
        self._word, self._ink = word, "muted" if muted else "text"
        _prepare(self, word, name)
        self.setChecked(checked)

    def look_changed(self) -> None:
        """Measure the word anew."""
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Mark and word."""
        return _size(16, self._word)

    def hitButton(self, pos: QPoint) -> bool:
        """The whole line is the target."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw mark and word."""
        painter, t, size = QPainter(self), look().tokens, look().px(16)
        rect = QRectF(0, (self.height() - size) // 2, size, size)
        fill = t.surface if not self.isEnabled() else t.primary if self.isChecked() else t.bg
        edge = t.line if not self.isEnabled() else t.primary if self.isChecked() else t.border
        paint.box(painter, rect, metrics.RADIUS_SMALL, fill, edge)
        if self.isChecked():
            ink = t.on_primary if self.isEnabled() else t.disabled
            icons.draw_centred(painter, "check", rect, look().px(12), ink, 3)
        _draw_word(self, painter, 16, self._word, self._ink)
        painter.end()


class Radio(Themed, QRadioButton):
    """A radio button; those with one parent exclude each other, and the arrow keys move among them."""

    focus_ring = "outside"

    def __init__(self, word: str, *, checked: bool = False, name: str = "") -> None:
        super().__init__()
        self._word = word
        _prepare(self, word, name)
        self.setChecked(checked)

    def set_word(self, word: str) -> None:
        """Stand for something else."""
        if word != self._word:
            self._word = word
            self.setText(text.literal(word))
            self.setAccessibleName(word)
            self.updateGeometry()
            self.update()

    def look_changed(self) -> None:
        """Measure the word anew."""
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Mark and word."""
        return _size(16, self._word)

    def hitButton(self, pos: QPoint) -> bool:
        """The whole line is the target."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw mark and word."""
        painter, t, size = QPainter(self), look().tokens, look().px(16)
        rect = QRectF(0, (self.height() - size) // 2, size, size)
        on = self.isChecked()
        edge = t.line if not self.isEnabled() else t.primary if on else t.border
        paint.box(painter, rect, size / 2, t.bg, edge, 5 * size / 16 if on else 1)
        _draw_word(self, painter, 16, self._word, "text")
        painter.end()


class Switch(Themed, QCheckBox):
    """On or off at once, without a button to confirm. Without words of its own it needs a `name`."""

    focus_ring = "outside"

    def __init__(self, word: str = "", *, checked: bool = False, name: str = "") -> None:
        super().__init__()
        self._word = word
        _prepare(self, word, name)
        self.setChecked(checked)

    def look_changed(self) -> None:
        """Measure the word anew."""
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Switch and word."""
        return _size(36, self._word)

    def hitButton(self, pos: QPoint) -> bool:
        """The whole line is the target."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw groove, knob and word."""
        painter, t, on = QPainter(self), look().tokens, self.isChecked()
        wide, high = look().px(36), look().px(20)
        rect = QRectF(0, (self.height() - high) // 2, wide, high)
        off_fill = t.surface if not self.isEnabled() else t.pressed if not t.edged else t.bg
        fill, edge = (t.primary, None) if on and self.isEnabled() else (off_fill, t.border)
        paint.box(painter, rect, high / 2, fill, edge)
        radius = high / 2 - 3
        x = rect.right() - 3 - radius if on else rect.left() + 3 + radius
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(t.disabled if not self.isEnabled() else t.on_primary if on else t.border)
        painter.drawEllipse(QPointF(x, rect.center().y()), radius, radius)
        _draw_word(self, painter, 36, self._word, "text")
        painter.end()


_PLACED = (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.StyleChange, QEvent.Type.FontChange)


class Stepper(Themed, QSpinBox):
    """A whole number with − and +; the arrow keys and typing work too."""

    focus_ring = "outside"

    def __init__(self, name: str, *, value: int = 0, least: int = 0, most: int = 9_999) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setRange(least, most)
        self.setValue(value)
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setFrame(False)
        self.setKeyboardTracking(False)
        self.lineEdit().setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.look_changed()

    def look_changed(self) -> None:
        """Take the font of figures that count."""
        self.setFont(look().font(weight=MEDIUM, figures=True))
        self.lineEdit().setFont(self.font())  # it would keep the size it was made with
        self.updateGeometry()

    def _side(self) -> int:
        return look().px(32)

    def sizeHint(self) -> QSize:
        """98 × 32, wider for a large range."""
        digits = paint.width_of("0" * len(str(self.maximum())), self.font())
        return QSize(max(look().px(98), 2 * self._side() + round(digits) + 6), look().px(32))

    def minimumSizeHint(self) -> QSize:
        """No figure is cut."""
        return self.sizeHint()

    def event(self, event: QEvent) -> bool:
        """Keep the typed number between the signs: Qt gives it the whole box upon a size, a look, a showing."""
        done = super().event(event)
        if event.type() in _PLACED:
            self.lineEdit().setGeometry(self._side(), 2, self.width() - 2 * self._side(), self.height() - 4)
        return done

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What is typed replaces the number, also when a dialog and not Tab led here."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Step by the signs."""
        x = event.position().x()
        if x < self._side():
            self.stepDown()
        elif x > self.width() - self._side():
            self.stepUp()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw box and signs; the line edit draws the number."""
        painter, t = QPainter(self), look().tokens
        rect, size = QRectF(self.rect()), look().px(metrics.ICON_SMALL)
        paint.box(painter, rect, metrics.RADIUS, t.bg, t.line_strong)  # as the line in it is filled
        for name, left, on in (
            ("minus", 0, self.value() > self.minimum()),
            ("plus", self.width() - self._side(), self.value() < self.maximum()),
        ):
            square = QRectF(left, 0, self._side(), self.height())
            icons.draw_centred(painter, name, square, size, t.text if on and self.isEnabled() else t.disabled)
        painter.end()
