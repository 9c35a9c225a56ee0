"""A scanner types like nobody else: what it types goes where it belongs, and presses nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QSpinBox, QVBoxLayout, QWidget

from posapp.gui.burst import PAUSES, Burst
from posapp.gui.scanner import Scanner, leave_keys_to, take_scans
from posapp.settings import Scanning


class Hands:
    """A keyboard with a clock of its own: a scanner strikes every 8 ms, fingers every 120."""

    def __init__(self, scanner, window):
        self.now, self.window = 10_000, window
        scanner.time_of = lambda _: self.now

    def strike(self, key, ms):
        self.now += ms
        QTest.keyClick(self.window.windowHandle(), key)

    def scan(self, code, end=Qt.Key.Key_Return, ms=8):
        self.now += 1_000
        for sign in code:
            self.strike(sign, ms)
        if end is not None:
            self.strike(end, ms)

    def type(self, words, end=None, ms=120):
        self.scan(words, end, ms)


@pytest.fixture
def desk(qtbot):
    """A window with everything that a scan could spoil."""
    window = QWidget()
    qtbot.addWidget(window)
    window.field, window.notes, window.units = QLineEdit("Ada"), QPlainTextEdit("fragile"), QSpinBox()
    window.units.setRange(0, 9_999_999)
    window.units.setValue(3)
    window.refund = QPushButton("Refund ₦42,825")
    window.pressed = []
    window.refund.clicked.connect(lambda: window.pressed.append("refund"))
    window.field.returnPressed.connect(lambda: window.pressed.append("enter"))
    box = QVBoxLayout(window)
    for each in (window.field, window.notes, window.units, window.refund):
        box.addWidget(each)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.scanner = Scanner(Scanning(), window)
    window.codes = []
    window.scanner.scanned.connect(window.codes.append)
    window.hands = Hands(window.scanner, window)
    return window


@pytest.mark.parametrize("code", ["6150142700123", "ADIRE M 04", "A-0007", "code with many spaces"])
@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
@pytest.mark.parametrize("at", ["field", "notes", "units", "refund"])
def test_a_scan_is_told_and_touches_nothing(desk, code, end, at):
    getattr(desk, at).setFocus()
    desk.hands.scan(code, end)
    assert (desk.codes, desk.pressed) == ([code], [])
    assert (desk.field.text(), desk.notes.toPlainText(), desk.units.value()) == ("Ada", "fragile", 3)
    assert getattr(desk, at).hasFocus()


def test_two_scans_in_a_row_are_two(desk):
    desk.refund.setFocus()
    desk.hands.scan("61501427")
    desk.hands.scan("61501428")
    assert (desk.codes, desk.pressed) == (["61501427", "61501428"], [])


def test_fingers_type_as_ever(desk):
    desk.field.setFocus()
    desk.field.selectAll()
    desk.hands.type("Ngozi Okeke", Qt.Key.Key_Return)
    assert (desk.field.text(), desk.pressed, desk.codes) == ("Ngozi Okeke", ["enter"], [])
    desk.refund.setFocus()
    desk.hands.type("", Qt.Key.Key_Space)
    assert desk.pressed == ["enter", "refund"]


def test_fast_fingers_on_a_short_word_are_no_scan(desk):
    desk.field.setFocus()
    desk.field.clear()
    desk.hands.scan("Ada O", ms=30)
    assert (desk.field.text(), desk.pressed, desk.codes) == ("Ada O", ["enter"], [])


def test_what_was_selected_is_selected_again(desk):
    desk.field.setFocus()
    desk.field.setSelection(1, 2)
    desk.hands.scan("61501427")
    assert (desk.field.text(), desk.field.selectedText()) == ("Ada", "da")


@pytest.mark.parametrize(("enter", "pressed"), [(True, ["enter"]), (False, [])])
def test_a_field_for_codes_takes_the_scan_in_place_of_what_it_held(desk, enter, pressed):
    take_scans(desk.field, enter=enter)
    desk.field.setFocus()
    desk.hands.scan("61501427")
    assert (desk.field.text(), desk.pressed, desk.codes) == ("61501427", pressed, [])


def test_what_knows_scans_itself_gets_every_key(desk):
    leave_keys_to(desk)
    desk.field.setFocus()
    desk.hands.scan("61501427")
    assert (desk.field.text(), desk.codes) == ("Ada61501427", [])


def test_a_scanner_without_an_end_key_ends_by_itself(qtbot, desk):
    desk.scanner.set_up(Scanning(end="none"))
    desk.refund.setFocus()
    desk.hands.scan("61501427", end=None)
    qtbot.waitUntil(lambda: desk.codes == ["61501427"])
    assert desk.pressed == []


def test_a_held_key_is_no_scan(desk):
    desk.field.setFocus()
    desk.hands.scan("61501", end=None)
    QTest.keyClick(desk.windowHandle(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    desk.hands.strike(Qt.Key.Key_Return, 8)
    assert (desk.codes, desk.pressed) == ([], ["enter"])


def test_what_was_typed_before_is_not_of_the_scan(desk):
    desk.field.setFocus()
    desk.hands.type("x")
    desk.hands.now += PAUSES * 35 + 1
    desk.hands.scan("61501427")
    assert desk.codes == ["61501427"]
    assert desk.field.text() == "Adax"


def test_every_burst_is_shown_to_the_test_box(desk):
    seen = []
    desk.scanner.burst_seen.connect(lambda *what: seen.append(what))
    desk.refund.setFocus()
    desk.hands.scan("61501427")
    desk.hands.scan("abc", ms=90)
    assert seen == [("61501427", 8.0, True), ("abc", 90.0, False)]


@given(st.text("0123456789 ABC-", min_size=1, max_size=30), st.lists(st.integers(1, 105), max_size=29))
def test_only_what_is_long_and_fast_is_a_scan(code, gaps):
    burst, at = Burst(6, 35), 0
    used = (gaps + [20] * len(code))[: len(code) - 1]
    for place, sign in enumerate(code):
        at += used[place - 1] if place else 0
        burst.add(sign, at)
    fast = bool(used) and sum(used) / len(used) <= 35
    assert burst.typed == code
    assert burst.is_scan(at + 10) == (len(code) >= 6 and fast)
    assert not burst.is_scan(at + PAUSES * 35 + 1)
