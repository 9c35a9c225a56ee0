"""A scanner that types: its codes are kept from the field and the button that have the focus, and told instead.

It looks at the keys of windows only, through a filter on each window that gets the focus. A
filter on the whole application would run Python code for every event there is.
"""

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTextEdit,
    QWidget,
)

from posapp.gui.burst import PAUSES, Burst
from posapp.settings import Scanning

_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_SILENT = (Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_AltGr, Qt.Key.Key_NumLock)
_HELD = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_SEPARATOR = "\x1d"  # between the parts of a GS1 code; a scanner sends it as Ctrl+]
_TAKES = "takes_scans"
_TEXTS = (QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox)


def take_scans(field: QLineEdit, *, enter: bool) -> None:
    """Have scans typed into this field, in place of what it held; `enter`: Enter goes to it too."""
    field.setProperty(_TAKES, "enter" if enter else "text")


def leave_keys_to(widget: QWidget) -> None:
    """Leave every key to this widget and what lies in it: it knows scans itself, as the pad for PINs does."""
    widget.setProperty(_TAKES, "itself")


class Scanner(QObject):
    """`scanned` tells a code that no field takes for itself; `burst` every burst, for the test box."""

    scanned = Signal(str)
    burst_seen = Signal(str, float, bool)  # what was typed, ms between characters, whether it is a scan

    def __init__(self, scanning: Scanning, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._burst = Burst()
        self._clock = QElapsedTimer()
        self._clock.start()
        self.time_of: Callable[[QKeyEvent], int] = self._down_at  # a test's hands have a clock of their own
        self._swallowed: set[int] = set()
        self._put_back: Callable[[], None] = _nothing
        self._field: QWidget | None = None
        self._end = QTimer(self, singleShot=True)
        self._end.timeout.connect(self._ended_by_itself)
        self.set_up(scanning)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication), "there is a window, so there is an application"
        app.focusWindowChanged.connect(self._look_at)
        self._look_at(QGuiApplication.focusWindow())

    def set_up(self, scanning: Scanning) -> None:
        """Tell scans from fingers by other measures."""
        self._scanning = scanning
        self._burst = Burst(scanning.least, scanning.gap_ms)

    def _look_at(self, window: QWindow | None) -> None:
        """Filter a window that gets the focus, once; installing a filter again moves it to the front."""
        if window is not None and window.type() != Qt.WindowType.Popup:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Swallow what a scanner types; everything else goes its way."""
        kind = event.type()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if not self._swallows(event):
                return False
            self._swallowed.add(event.key())
            return True
        if kind == QEvent.Type.KeyRelease and isinstance(event, QKeyEvent) and event.key() in self._swallowed:
            self._swallowed.discard(event.key())
            return True
        return False

    def _swallows(self, event: QKeyEvent) -> bool:
        at, sign, burst = self.time_of(event), event.text(), self._burst
        if event.key() in _SILENT:
            return False
        if _knows_scans(QApplication.focusWidget()):
            burst.clear()
            return False
        if event.key() in _ENDS and not event.modifiers() & _HELD:
            return self._ends(at, event.key())
        held = event.modifiers() & _HELD and sign != _SEPARATOR
        if held or len(sign) != 1 or not (sign.isprintable() or sign == _SEPARATOR) or event.isAutoRepeat():
            burst.clear()
            return False
        in_text = isinstance(QApplication.focusWidget(), _TEXTS)
        if sign == " " and not in_text and not burst.goes_on(at):
            return False  # a lone Space presses what has the focus
        if burst.add(sign, at):
            self._remember()
        if self._scanning.end == "none":
            self._end.start(PAUSES * burst.gap_ms)
        # Nothing here is done by a bare letter, so that outside of a field all of them can be held back.
        return not in_text

    def _down_at(self, event: QKeyEvent) -> int:
        """When the key went down, by the keyboard's clock: a busy window must not slow a scanner down."""
        return event.timestamp() or self._clock.elapsed()

    def _ends(self, at: int, key: int) -> bool:
        """Enter or Tab: the end of a scan, or just a key."""
        is_scan = self._burst.is_scan(at)
        if self._burst.typed:
            self.burst_seen.emit(self._burst.typed, self._burst.average_ms, is_scan)
        if not is_scan:
            self._burst.clear()
            return False
        return self._take(enter=key != Qt.Key.Key_Tab)

    def _ended_by_itself(self) -> None:
        """A scanner that sends no Enter has ended when nothing follows."""
        if self._burst.typed:
            is_scan = len(self._burst.typed) >= self._burst.least and self._burst.is_fast
            self.burst_seen.emit(self._burst.typed, self._burst.average_ms, is_scan)
            if is_scan:
                self._take(enter=False)

    def _take(self, *, enter: bool) -> bool:
        """Tell the code, or leave it in a field that wants it; True when the end key is swallowed."""
        code = self._burst.typed
        self._burst.clear()
        field = self._field
        takes = field.property(_TAKES) if field is not None and shiboken6.isValid(field) else None
        if isinstance(field, QLineEdit) and takes:
            field.setText(code)
            return not (enter and takes == "enter")
        self._put_back()
        self._put_back = _nothing
        self.scanned.emit(code.strip())
        return True

    def _remember(self) -> None:
        """Note what the field with the focus holds, to put it back."""
        self._field = QApplication.focusWidget()
        self._put_back = _putting_back(self._field)


def _knows_scans(widget: QWidget | None) -> bool:
    while widget is not None:
        if widget.property(_TAKES) == "itself":
            return True
        widget = widget.parentWidget()
    return False


def _nothing() -> None:
    """Nothing is to be put back."""


def _putting_back(field: QWidget | None) -> Callable[[], None]:
    """Give what restores a field to how it is now: its text, its cursor, what was selected."""
    if isinstance(field, QLineEdit):
        words, at, start, length = (
            field.text(),
            field.cursorPosition(),
            field.selectionStart(),
            field.selectionLength(),
        )

        def put_back() -> None:
            if shiboken6.isValid(field) and field.text() != words:
                field.setText(words)
                field.setCursorPosition(at)
                if start >= 0:
                    field.setSelection(start, length)
                field.textEdited.emit(words)  # what was made of the scan's first signs is made anew

        return put_back
    if isinstance(field, QSpinBox):
        value = field.value()
        return lambda: field.setValue(value) if shiboken6.isValid(field) else None
    if isinstance(field, (QPlainTextEdit, QTextEdit)):
        plain = field.toPlainText()
        return lambda: field.setPlainText(plain) if shiboken6.isValid(field) else None
    return _nothing
