from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from posapp.gui import keys
from posapp.gui.widgets.badge import Keycap
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.shortcuts_sheet import ShortcutsSheet


def test_no_two_shortcuts_of_one_place_share_a_key():
    for where in (keys.LISTS, keys.ORDER, keys.SELL, keys.PAY):
        held = [s for key in keys.KEYS if key.where in (keys.EVERYWHERE, where) for s in key.sequences]
        assert [s for s, times in Counter(held).items() if times > 1] == []
    assert len({key.id for key in keys.KEYS}) == len(keys.KEYS)


def test_no_bare_letter_or_digit_is_a_shortcut():
    for key in keys.KEYS:
        for sequence in key.sequences:
            combination = QKeySequence(sequence)[0]
            typed = len(QKeySequence(combination.key()).toString()) == 1
            held = combination.keyboardModifiers() & (
                Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
            )
            assert combination.key() != Qt.Key.Key_unknown, sequence
            assert held or not typed, sequence


def test_the_sheet_shows_every_shortcut(qtbot):
    sheet = ShortcutsSheet()
    qtbot.addWidget(sheet)
    words = {label.text() for label in sheet.findChildren(Label)}
    caps = {cap.text() for cap in sheet.findChildren(Keycap)}
    for key in keys.KEYS:
        assert key.words in words
        assert {keys.caption(key.id)} <= caps


def test_a_bound_key_acts(qtbot):
    window, pressed = QWidget(), []
    qtbot.addWidget(window)
    keys.bind(window, "sheet", lambda: pressed.append(1))
    window.show()
    window.activateWindow()
    window.setFocus()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    qtbot.keyClick(window, Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier)
    assert pressed == [1, 1]
