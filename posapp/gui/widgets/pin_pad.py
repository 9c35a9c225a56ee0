"""A pad for a PIN: dots for what is typed, ten keys to press, and the keyboard as well.

A badge that is scanned types its barcode and Enter: more than a PIN holds is taken for one.
"""

from functools import partial

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from posapp.domain.pins import BADGE_SHORTEST, LONGEST, SHORTEST
from posapp.gui import icons, metrics, paint
from posapp.gui.fonts import MEDIUM, Type
from posapp.gui.scanner import leave_keys_to
from posapp.gui.theme import look
from posapp.gui.widgets.base import Themed, announce, column
from posapp.gui.widgets.label import Label

SETTLE_MS = 120  # a scanner types faster than this: what looks like a whole PIN may be the start of a badge
ERASE, CLEAR = "erase", "clear"
_ROWS = (("1", "2", "3"), ("4", "5", "6"), ("7", "8", "9"), (CLEAR, "0", ERASE))


class PinDots(Themed, QWidget):
    """How many digits were typed, never which; it takes the focus, so that typing goes here."""

    def __init__(self) -> None:
        super().__init__()
        self.typed, self.places = 0, SHORTEST
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("PIN")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_typed(self, typed: int, places: int) -> None:
        """Fill so many dots of so many."""
        self.typed, self.places = typed, max(places, min(typed, LONGEST))
        self.setAccessibleDescription(f"{typed} digits typed" if typed else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Dots of 16 with 16 between them."""
        dot = look().px(16)
        return QSize(dot * (2 * self.places - 1) + 8, dot + 8)

    def minimumSizeHint(self) -> QSize:
        """No dot is cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dots."""
        painter, t, dot = QPainter(self), look().tokens, look().px(16)
        for place in range(self.places):
            rect = QRectF(4 + 2 * dot * place, 4, dot, dot)
            full = place < self.typed
            paint.box(painter, rect, dot / 2, t.primary if full else None, t.primary if full else t.border, 2)
        painter.end()


class _PadKey(Themed, QPushButton):
    """88 × 60, a figure of 22; "Clear" and the eraser have no edge."""

    focus_ring = "outside"

    def __init__(self, key: str, size: QSize) -> None:
        super().__init__("" if key == ERASE else key.capitalize())
        self.key, self._wanted = key, size
        self.setAccessibleName({ERASE: "Erase", CLEAR: "Clear"}.get(key, key))
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def look_changed(self) -> None:
        """Measure anew."""
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As large as a thumb, and with larger text as large as its word needs."""
        wide = round(paint.width_of(self.text(), look().font(weight=MEDIUM))) + 16
        high = max(self._wanted.height(), look().line(Type.TITLE) + 16)
        return QSize(max(self._wanted.width(), wide), high)

    def minimumSizeHint(self) -> QSize:
        """Nothing is cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the key."""
        painter, t, plain = QPainter(self), look().tokens, self.key in (ERASE, CLEAR)
        on = self.isEnabled()
        fill = t.pressed if self.isDown() else t.hover if self.underMouse() else None if plain else t.raised
        rect = QRectF(self.rect())
        paint.box(painter, rect, metrics.RADIUS_CARD, fill if on else None, None if plain else t.line_strong)
        ink = t.disabled if not on else t.muted if plain else t.text
        if self.key == ERASE:
            size = look().px(22)
            at = (self.width() - size) // 2, (self.height() - size) // 2
            icons.draw(painter, "delete", *at, size, ink)
        else:
            font = look().font(weight=MEDIUM) if plain else look().font(Type.TITLE, MEDIUM, figures=True)
            paint.words(painter, rect, self.text(), font, ink, paint.CENTRE)
        painter.end()


class PinPad(QWidget):
    """`pin_typed` tells a whole PIN, `badge_typed` a barcode. Neither is kept after it was told."""

    pin_typed = Signal(str)
    badge_typed = Signal(str)

    def __init__(self, title: str = "PIN", *, key: QSize | None = None, gap: int = 12) -> None:
        super().__init__()
        self._typed, self._length, self._busy = "", 0, False
        self.title = Label(title, Type.SECTION)
        self.title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.dots = PinDots()
        self.said = Label("", Type.SMALL, ink="danger", wrap=True)
        self.said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.keys = [_PadKey(name, key or QSize(88, 60)) for names in _ROWS for name in names]
        grid = QGridLayout()
        grid.setSpacing(gap)
        for at, each in enumerate(self.keys):
            grid.addWidget(each, at // 3, at % 3, Qt.AlignmentFlag.AlignCenter)
            each.clicked.connect(partial(self._pressed, each.key))
            each.installEventFilter(self)
        self.dots.installEventFilter(self)
        box = column(self.title, 12, self.dots, 12, self.said, 8)
        box.setAlignment(self.dots, Qt.AlignmentFlag.AlignHCenter)
        box.addLayout(grid)
        self.setLayout(box)
        self.setFocusProxy(self.dots)
        leave_keys_to(self)
        self._settled = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settled.timeout.connect(self._whole)
        self._show()

    def expect(self, title: str, length: int) -> None:
        """Ask for another person's PIN of so many digits; 0 where Enter says that it is whole."""
        self.title.setText(title)
        self._length = length
        self.clear()

    def clear(self) -> None:
        """Forget what was typed."""
        self._typed = ""
        self._settled.stop()
        self._show()

    def say(self, words: str) -> None:
        """Say what was wrong, to the eye and to a screen reader; "" takes it back."""
        self.said.setText(words)
        if words:
            announce(self, words)

    def set_busy(self, busy: bool) -> None:
        """Take nothing while an answer is under way or a wait is not over."""
        self._busy = busy
        for each in self.keys:
            each.setEnabled(not busy)
        if busy:
            self.clear()

    def take(self, event: QKeyEvent) -> bool:
        """Take a key that was pressed; False for one that is none of the pad's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self._enter()
        if event.key() == Qt.Key.Key_Backspace:
            self._erase()
            return True
        modified = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        sign = event.text()
        lone_space = sign == " " and not self._typed and not self._busy  # it presses what has the focus
        if modified or not sign or not sign.isprintable() or lone_space:
            return False
        self._add(sign)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Typing goes to the pad whichever of its keys has the focus; Space and Enter press that key."""
        return isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self.take(event)

    def _pressed(self, key: str, _checked: bool = False) -> None:
        self.press(key)

    def press(self, key: str) -> None:
        """Press a key of the pad: a digit, `CLEAR` or `ERASE`."""
        if key == CLEAR:
            self.clear()
        elif key == ERASE:
            self._erase()
        else:
            self._add(key)

    def _add(self, sign: str) -> None:
        if self._busy or len(self._typed) >= 128:
            return
        self.say("")
        self._typed += sign
        self._show()
        whole = self._is_pin() and len(self._typed) == self._length
        self._settled.start() if whole else self._settled.stop()

    def _erase(self) -> None:
        self._typed = self._typed[:-1]
        self._settled.stop()
        self._show()

    def _is_pin(self) -> bool:
        return self._typed.isascii() and self._typed.isdigit() and SHORTEST <= len(self._typed) <= LONGEST

    def _enter(self) -> bool:
        """Enter ends a PIN or a badge; with nothing typed it is the focused key's."""
        if not self._typed:
            return self._busy
        if self._is_pin():
            self._whole()
        elif len(self._typed) >= BADGE_SHORTEST:
            code = self._typed
            self.clear()
            self.badge_typed.emit(code)
        else:
            self.clear()
            self.say(f"A PIN has {SHORTEST} to {LONGEST} digits.")
        return True

    def _whole(self) -> None:
        pin = self._typed
        self.clear()
        self.pin_typed.emit(pin)

    def _show(self) -> None:
        typed = len(self._typed) if self._typed.isdigit() else 0
        self.dots.show_typed(min(typed, LONGEST), self._length or SHORTEST)
