"""Settings, Taking money: as an owner would fill it in."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from posapp.gui.pages.settings_money import MoneySection
from posapp.queries.payment_ways import payment_ways
from tests.gui.adaeze import Counter


def test_where_customers_pay_is_saved_once_and_shown_again(qtbot: QtBot, counter: Counter):
    section = MoneySection(counter.parts)
    qtbot.addWidget(section)
    section.opened()
    assert not section.save.isEnabled()
    for field, typed in ((section.number, "0119204587"), (section.bank, "Lagoon Bank"), (section.step, "5")):
        field.edit.clear()
        qtbot.keyClicks(field.edit, typed)
    assert section.save.isEnabled()
    qtbot.keyClick(section.step.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: payment_ways(counter.parts.reader).cash_step_minor == 500)
    qtbot.waitUntil(lambda: not section.save.isEnabled())
    section.opened()
    assert (section.number.text, section.bank.text, section.step.text) == ("0119204587", "Lagoon Bank", "5")


def test_an_amount_that_cannot_be_read_is_said_and_not_saved(qtbot: QtBot, counter: Counter):
    section = MoneySection(counter.parts)
    qtbot.addWidget(section)
    section.opened()
    qtbot.keyClicks(section.bank.edit, "Lagoon Bank")
    qtbot.keyClicks(section.step.edit, "five")
    qtbot.keyClick(section.step.edit, Qt.Key.Key_Return)
    assert section.step.edit.accessibleDescription()
    assert payment_ways(counter.parts.reader).account.bank == ""
