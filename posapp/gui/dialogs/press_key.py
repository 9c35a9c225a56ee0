"""Choosing other keys for something: press them, see whether they can be used, and use them."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from posapp.gui import keys
from posapp.gui.fonts import Type
from posapp.gui.widgets.base import STRETCH, announce
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.dialog import DialogShell
from posapp.gui.widgets.field import FieldBox
from posapp.gui.widgets.label import Label

_MODIFIERS = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)
_WAYS_OUT = (Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class PressKeyDialog(DialogShell):
    """`chosen` carries the keys as the table of shortcuts names them; "" gives those delivered back."""

    chosen = Signal(str)

    def __init__(self, key: keys.Key, parent: QWidget) -> None:
        super().__init__("Other keys", parent)
        self._key, self.sequence = key, ""
        self.setMinimumWidth(480)
        self.set_sub(key.words)
        self.box = FieldBox(name="Press the keys", placeholder=f"Now {keys.caption(key.id)}; press others")
        self.box.edit.installEventFilter(self)
        self.verdict = Label(
            "Press the keys as you will press them later.", Type.SMALL, ink="muted", wrap=True
        )
        self.use = Button("Use these keys", Variant.PRIMARY)
        self.use.setEnabled(False)
        self.use.clicked.connect(lambda: self._choose(self.sequence))
        self.delivered = Button(f"As delivered: {keys.short(key.sequences[0])}")
        self.delivered.clicked.connect(lambda: self._choose(""))
        self.add(self.box, 8, self.verdict, 16)
        self.set_footer(Button("Cancel", shortcut="Esc"), STRETCH, self.delivered, self.use)
        self.box.edit.setFocus()

    def _choose(self, sequence: str) -> None:
        self.chosen.emit(sequence)
        self.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take every key that is pressed here, also those that do something elsewhere."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in _WAYS_OUT:
            return False
        if event.key() not in _MODIFIERS:
            self.show_pressed(QKeySequence(event.keyCombination()).toString())
        return True

    def show_pressed(self, sequence: str) -> None:
        """Show what was pressed and whether it can be used."""
        reason = keys.why_not(self._key.id, sequence)
        self.sequence = "" if reason else sequence
        self.box.edit.setText(keys.short(sequence))
        self.box.set_failed(bool(reason))
        self.verdict.setText(reason or "Free: nothing else uses them here.")
        self.verdict.set_ink("danger" if reason else "muted")
        self.use.setEnabled(not reason)
        announce(self, self.verdict.text())
