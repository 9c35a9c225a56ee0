"""Settings, Locations: adding and renaming by keyboard; and binding a web shop to one."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from posapp.commands.locations import AddLocation
from posapp.gui.pages.connection_form import ConnectionForm
from posapp.gui.pages.connection_words import WEB_SHOP
from posapp.gui.pages.settings_locations import LocationsSection
from posapp.queries.locations import location_rows
from tests.gui.adaeze import Counter
from tests.gui.showing import section_of
from tests.gui.walker import nameless_controls


@pytest.fixture
def section(qtbot: QtBot, counter: Counter) -> LocationsSection:
    return section_of(qtbot, LocationsSection(counter.parts))


def names(counter: Counter) -> list[str]:
    return [row.name for row in location_rows(counter.shop.reader)]


def test_a_location_is_added_by_keyboard(qtbot: QtBot, counter: Counter, section: LocationsSection) -> None:
    qtbot.keyClicks(section.name.edit, "Lekki")
    qtbot.keyClick(section.name.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(section.rows) == 2)
    assert names(counter) == ["Shop", "Lekki"]
    assert section.name.text == ""
    assert nameless_controls(section) == []


def test_a_name_that_is_taken_is_said_beside_the_field(
    qtbot: QtBot, counter: Counter, section: LocationsSection
) -> None:
    section.name.set_text("shop")
    section.add_button.click()
    qtbot.waitUntil(section.name._error.isVisible)
    assert names(counter) == ["Shop"]


def test_a_location_gets_another_name(qtbot: QtBot, counter: Counter, section: LocationsSection) -> None:
    card = section.rows[0]
    assert not card.rename_button.isEnabled()
    card.name.set_text("Marina")
    card.rename_button.click()
    qtbot.waitUntil(lambda: names(counter) == ["Marina"])
    qtbot.waitUntil(lambda: section.rows[0].location.name == "Marina")


def test_a_new_web_shop_is_bound_where_a_person_says(qtbot: QtBot, counter: Counter) -> None:
    form = ConnectionForm(WEB_SHOP)
    qtbot.addWidget(form)
    form.ask_to_connect("https://shop.example.test")
    form.show()
    form.offer_places(counter.shop.reader.settings().locations)
    assert not form.place.isVisible()
    lekki = counter.shop.do(AddLocation, name="Lekki").answer
    form.offer_places(counter.shop.reader.settings().locations)
    assert form.place.isVisible()
    form.place.set_value(lekki)
    form.key.set_text("ck_1")
    form.secret.set_text("cs_1")
    with qtbot.waitSignal(form.submitted) as told:
        form.submit_button.click()
    assert told.args[0].location_id == lekki
    form.ask_for_key("https://shop.example.test")
    assert not form.place.isVisible()
