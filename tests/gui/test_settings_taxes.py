"""Settings, Tax classes, and the product form that names one: as an owner would."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from posapp.commands.taxes import SaveTaxClass
from posapp.gui.dialogs.product_form import ProductForm
from posapp.gui.pages.settings_taxes import TaxesSection
from posapp.queries.products import product_row
from posapp.queries.selling import by_code
from posapp.queries.tax_classes import tax_class_rows
from tests.gui.adaeze import Counter
from tests.gui.showing import section_of
from tests.gui.walker import nameless_controls


@pytest.fixture
def section(qtbot: QtBot, counter: Counter) -> TaxesSection:
    return section_of(qtbot, TaxesSection(counter.parts))


def test_a_class_is_made_and_changed_by_keyboard(
    qtbot: QtBot, counter: Counter, section: TaxesSection
) -> None:
    new = section.cards[-1]
    assert not new.button.isEnabled()
    qtbot.keyClicks(new.name.edit, "Luxury")
    qtbot.keyClicks(new.taxes[0].name.edit, "VAT")
    qtbot.keyClicks(new.taxes[0].rate.edit, "7.5")
    qtbot.keyClicks(new.taxes[1].name.edit, "Levy")
    qtbot.keyClicks(new.taxes[1].rate.edit, "2")
    new.included.click()
    qtbot.keyClick(new.taxes[1].rate.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(section.cards) == 2)
    (found,) = tax_class_rows(counter.parts.reader)
    assert (found.name, found.rates, found.included) == ("Luxury", (("VAT", 750), ("Levy", 200)), False)
    assert nameless_controls(section) == []
    card = section.cards[0]
    card.taxes[1].name.set_text("")
    card.taxes[1].rate.set_text("")
    card.button.click()
    qtbot.waitUntil(lambda: tax_class_rows(counter.parts.reader)[0].rates == (("VAT", 750),))


def test_what_cannot_be_read_is_said_beside_its_field(
    qtbot: QtBot, counter: Counter, section: TaxesSection
) -> None:
    new = section.cards[-1]
    qtbot.keyClicks(new.name.edit, "Luxury")
    qtbot.keyClicks(new.taxes[0].rate.edit, "seven")
    qtbot.keyClick(new.taxes[0].rate.edit, Qt.Key.Key_Return)
    assert new.taxes[0].rate.edit.accessibleDescription()
    assert tax_class_rows(counter.parts.reader) == ()


def test_a_product_names_its_class_and_its_category(qtbot: QtBot, counter: Counter) -> None:
    counter.shop.do(SaveTaxClass, tax_class_id="zero", name="Books", rates=(), included=True)
    known = by_code(counter.parts.reader, "SAND-42")
    assert known is not None
    form = ProductForm(counter.parts, product_row(counter.parts.reader, known.id))
    qtbot.addWidget(form)
    form.show()
    assert form.tax_class.isVisible()
    linked = form.category.edit.isReadOnly()
    if not linked:
        form.category.set_text("Shoes")
    form.tax_class.set_value("zero")
    form.commit.click()
    qtbot.waitUntil(lambda: by_code(counter.parts.reader, "SAND-42").tax_class == "zero")
    assert by_code(counter.parts.reader, "SAND-42").category == (known.category if linked else "Shoes")
    assert tax_class_rows(counter.parts.reader)[0].products == 1


def test_without_classes_the_form_asks_for_none(qtbot: QtBot, counter: Counter) -> None:
    form = ProductForm(counter.parts, None)
    qtbot.addWidget(form)
    form.show()
    assert not form.tax_class.isVisible()
