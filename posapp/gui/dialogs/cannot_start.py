"""Said instead of opening the window: why this folder cannot be opened, that nothing was lost, what to do."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from posapp.gui.fonts import Type
from posapp.gui.theme import look
from posapp.gui.tokens import Tone
from posapp.gui.widgets.base import STRETCH
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.dialog import DialogShell
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.strip import Strip

_ASK = "Copy this text and send it to whoever looks after your till."
ADVICE = {
    "folder_in_use": (
        "Look for the other window: it may be minimised, or on another desktop.",
        "If posapp is at work in a terminal, wait until it is done.",
        "Then start posapp again.",
    ),
    "damaged": (
        "Leave the folder as it is; copy the whole of it to a safe place first.",
        "Then put back your newest backup, and start posapp again.",
        _ASK,
    ),
    "too_new": ("Install the newest posapp on this computer, then start it again.",),
    "not_writable": (
        "Free some space on the disk, or ask for the right to write in this folder.",
        "Then start posapp again.",
    ),
}


class CannotStartDialog(DialogShell):
    """Shown alone, without a window behind it. `code` is the error's: it chooses what to do."""

    def __init__(self, words: str, code: str = "", parent: QWidget | None = None) -> None:
        super().__init__("posapp cannot open this shop", parent, size=QSize(600, 440))
        self._words = words
        safe = "Nothing was changed, and no empty shop was made in its place."
        self.add(Label(words, wrap=True), 16, Strip(Tone.GOOD, safe, icon="shield-check", wrap=True), 20)
        self.add(Label("What to do", Type.SECTION), 4)
        for step in ADVICE.get(code, (_ASK,)):
            self.add(Label(step, Type.SMALL, wrap=True, icon="chevron-right"), 4)
        self.add(STRETCH)
        self.copied = Button("Copy this text", icon="copy")
        self.copied.clicked.connect(self._copy)
        close = Button("Close", Variant.PRIMARY, shortcut="Esc")
        self.set_footer(close, STRETCH, self.copied)
        close.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._words)
        self.copied.setText("Copied")

    def look_changed(self) -> None:
        """Grow with the text."""
        super().look_changed()
        self._wanted = QSize(look().px(600), look().px(440))
