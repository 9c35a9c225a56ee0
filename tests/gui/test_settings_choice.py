"""Settings of a few values, each with its sentence: what the web shop is told, who bears a link's fee."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from posapp.commands.shop import ChangeSetting
from posapp.gui.pages.settings_payments import PaymentsSection
from posapp.gui.pages.settings_web import WebShopSection
from posapp.gui.widgets.toggles import Radio
from tests.gui.adaeze import Counter
from tests.gui.walker import nameless_controls


def test_what_the_web_shop_is_told_is_chosen_and_counts_at_once(qtbot: QtBot, counter: Counter) -> None:
    section = WebShopSection(counter.parts)
    qtbot.addWidget(section)
    section.opened()
    assert chosen(section.told.radios) == "status", "unset, the shop hears of the status"
    qtbot.mouseClick(section.told.radios["note"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: counter.parts.reader.settings().tell_shop == "note")
    counter.shop.do(ChangeSetting, key="tell_shop", value="off")
    qtbot.waitUntil(lambda: chosen(section.told.radios) == "off")
    assert not nameless_controls(section)


def test_every_choice_says_what_it_does(qtbot: QtBot, counter: Counter) -> None:
    section = WebShopSection(counter.parts)
    qtbot.addWidget(section)
    said = {radio.accessibleDescription() for radio in section.told.radios.values()}
    assert len(said) == 3
    assert all(len(sentence) > 40 for sentence in said)


def test_a_refused_change_shows_what_holds(qtbot: QtBot, counter: Counter) -> None:
    section = WebShopSection(counter.parts)
    qtbot.addWidget(section)
    section.opened()
    counter.perform.actor = "Chidi"
    qtbot.mouseClick(section.told.radios["off"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(counter.toasts))
    assert chosen(section.told.radios) == "status"
    assert counter.parts.reader.settings().tell_shop == "status"


def test_who_bears_the_fee_is_shown_with_what_a_customer_pays(qtbot: QtBot, counter: Counter) -> None:
    section = PaymentsSection(counter.parts)
    qtbot.addWidget(section)
    section.opened()
    assert chosen(section.fee.radios) == "merchant"
    assert "₦250" in section.fee.radios["merchant"].accessibleDescription()
    # (10,000 + 100) / 0.985, rounded up to the kobo
    assert "₦10,253.81" in section.fee.radios["customer"].accessibleDescription()
    qtbot.mouseClick(section.fee.radios["customer"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: counter.parts.reader.settings().link_fee == "customer")


def chosen(radios: dict[str, Radio]) -> str:
    return next(value for value, radio in radios.items() if radio.isChecked())
