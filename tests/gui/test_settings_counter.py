"""Settings, Scanner and Shortcuts: what is chosen holds at once and is kept."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from posapp.gui import keys
from posapp.gui.dialogs.press_key import PressKeyDialog
from posapp.gui.pages.settings_keys import KeysSection
from posapp.gui.pages.settings_scanner import ScannerSection
from tests.gui.walker import nameless_controls

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desktop(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return window


def test_the_measures_of_a_scanner_are_kept(qtbot, counter):
    section = ScannerSection(counter.parts)
    qtbot.addWidget(section)
    section.opened()
    assert nameless_controls(section) == []
    section.gap.set_text("50")
    section.gap.edit.editingFinished.emit()
    assert counter.parts.preferences.known.scanning.gap_ms == 50
    section.gap.set_text("500")
    section.gap.edit.editingFinished.emit()
    assert counter.parts.preferences.known.scanning.gap_ms == 50
    assert section.gap.edit.accessibleDescription()


def test_the_box_says_what_was_typed_by_hand(qtbot, counter):
    section = ScannerSection(counter.parts)
    qtbot.addWidget(section)
    section.opened()
    section.show()
    section.box.edit.setFocus()
    qtbot.keyClicks(section.box.edit, "6150", delay=90)
    qtbot.waitUntil(lambda: "typed by hand" in section.verdict.text())
    assert "4 characters" in section.verdict.text()


def test_other_keys_are_pressed_checked_used_and_taken_back(qtbot, counter, desktop):
    section = KeysSection(counter.parts)
    section.setParent(desktop)
    section.show()
    section.opened()
    assert nameless_controls(section) == []
    try:
        section.rows["hold"].change.click()
        asked = desktop.findChild(PressKeyDialog)
        qtbot.waitUntil(asked.isVisible)
        qtbot.keyClick(asked.box.edit, Qt.Key.Key_F9)
        assert not asked.use.isEnabled()
        assert "Pay" in asked.verdict.text()
        qtbot.keyClick(asked.box.edit, Qt.Key.Key_H, CTRL)
        assert asked.use.isEnabled()
        asked.use.click()
        assert counter.parts.preferences.known.keys == {"hold": ("Ctrl+H",)}
        assert section.rows["hold"].caps[0].text() == keys.caption("hold") == "Ctrl+H"
        section.reset.click()
        assert (counter.parts.preferences.known.keys, keys.caption("hold")) == ({}, "F4")
    finally:
        keys.use({})
