from collections import Counter

import pytest
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


def test_the_sheet_scrolls_by_keys(qtbot):
    sheet = ShortcutsSheet()
    qtbot.addWidget(sheet)
    sheet.open()
    qtbot.waitExposed(sheet)
    sheet.setFixedHeight(300)
    bar = sheet.middle.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    qtbot.keyClick(sheet.focusWidget(), Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    qtbot.keyClick(sheet.focusWidget(), Qt.Key.Key_PageUp)
    assert bar.value() < bar.maximum()


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


def test_other_keys_hold_at_once_and_go_back(qtbot):
    window, pressed = QWidget(), []
    qtbot.addWidget(window)
    keys.bind(window, "hold", lambda: pressed.append(1))
    window.show()
    window.activateWindow()
    window.setFocus()
    qtbot.waitUntil(window.isActiveWindow)
    try:
        keys.use({"hold": ("Ctrl+H",), "unknown": ("Ctrl+J",), "recall": ("A",), "lock": ("Ctrl+K",)})
        assert (keys.caption("hold"), keys.caption("recall"), keys.caption("lock")) == (
            "Ctrl+H",
            "F5",
            "Ctrl+L",
        )
        qtbot.keyClick(window, Qt.Key.Key_F4)
        qtbot.keyClick(window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
        assert pressed == [1]
    finally:
        keys.use({})
    qtbot.keyClick(window, Qt.Key.Key_F4)
    assert pressed == [1, 1]


@pytest.mark.parametrize(
    ("key", "wanted", "reason"),
    [
        ("hold", "A", "alone is typed"),
        ("hold", "7", "alone is typed"),
        ("hold", "Return", "Enter alone"),
        ("hold", "F9", "Pay; then finish"),
        ("hold", "Ctrl+K", "Find an order"),
        ("pay_cash", "F9", "Pay; then finish"),
        ("jump", "F4", "Hold the sale"),
        ("hold", "Ctrl+K, Ctrl+L", "Press one key"),
        ("hold", "Alt+E", ""),  # the order dialog is not the sale
        ("hold", "Ctrl+H", ""),
        ("hold", "F10", ""),
    ],
)
def test_a_key_that_is_taken_or_typed_says_so(key, wanted, reason):
    said = keys.why_not(key, wanted)
    assert (reason in said) if reason else said == ""
