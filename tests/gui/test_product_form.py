import pytest
from PySide6.QtCore import Qt

from posapp.gui.dialogs.product_form import LINKED, ProductForm
from posapp.gui.theme import Scheme
from posapp.queries.products import ProductFilter, ProductsSource, product_row
from tests.gui.adaeze import is_closed
from tests.gui.showing import opened as shown
from tests.gui.walker import nameless_controls


@pytest.fixture
def opened(qtbot, counter, desktop):
    def make(product_id=None):
        product = product_row(counter.shop.reader, product_id) if product_id else None
        return shown(qtbot, ProductForm(counter.parts, product, parent=desktop))

    return make


def save(qtbot, form):
    with qtbot.waitSignal(form.accepted):
        form.commit.click()


def found(counter, words):
    (row,) = ProductsSource(counter.shop.reader, ProductFilter(search=words)).page_after(None, 9)
    return row


def test_a_product_is_made_by_keyboard(qtbot, opened, counter):
    form = opened()
    assert form.name.edit.hasFocus()
    qtbot.keyClicks(form.name.edit, "Ankara cap")
    form.price.edit.setFocus()
    qtbot.keyClicks(form.price.edit, "4,500.50")
    form.code.edit.setFocus()
    qtbot.keyClicks(form.code.edit, "ANK-CAP")
    with qtbot.waitSignal(form.accepted):
        qtbot.keyClick(form.code.edit, Qt.Key.Key_Return)
    made = found(counter, "ANK-CAP")
    assert (made.name, made.price_minor, made.tracked, made.on_hand) == ("Ankara cap", 450_050, True, 0)


def test_the_form_never_writes_stock(qtbot, opened, counter):
    counter.shop.sold({"palm": 2})
    form = opened("palm")
    counter.shop.sold({"palm": 3})
    form.name.set_text("Palm oil, 1 litre")
    save(qtbot, form)
    row = product_row(counter.shop.reader, "palm")
    assert (row.name, row.on_hand, row.allocated) == ("Palm oil, 1 litre", 33, 5)


def test_name_and_price_of_a_linked_product_are_read_only_with_the_reason(qtbot, opened, counter):
    form = opened("red")
    assert form.name.edit.isReadOnly()
    assert form.price.edit.isReadOnly()
    assert form.reason.isVisible()
    assert form.name.edit.accessibleDescription() == LINKED
    assert form.code.edit.hasFocus()
    qtbot.keyClicks(form.name.edit, "x")
    assert form.name.text == "Ankara tote (red)"
    form.barcode.set_text("615 999")
    save(qtbot, form)
    row = product_row(counter.shop.reader, "red")
    assert (row.barcode, row.name, row.price_minor, row.linked) == (
        "615 999",
        "Ankara tote (red)",
        1_250_000,
        True,
    )


def test_a_product_of_our_own_has_no_lock(opened):
    form = opened("palm")
    assert not form.name.edit.isReadOnly()
    assert form.reason.isHidden()


def test_a_name_is_needed_and_a_price_must_be_readable(opened):
    form = opened()
    form.commit.click()
    assert form.name._error.text() == "Give the product a name."
    assert form.name.edit.hasFocus()
    form.name.set_text("Cap")
    form.price.set_text("a lot")
    form.commit.click()
    assert form.price._error.isVisible()
    assert form.price.edit.hasFocus()
    assert form.isVisible()


def test_a_code_that_is_taken_is_said_beside_it(qtbot, opened, counter):
    form = opened()
    form.name.set_text("Another")
    form.price.set_text("5")
    form.code.set_text("PALM-1L")
    form.commit.click()
    qtbot.waitUntil(form.code._error.isVisible)
    assert form.code._error.text() == "SKU PALM-1L belongs to Palm oil 1 L already."
    assert form.name.text == "Another"
    form.code.set_text("PALM-2L")
    save(qtbot, form)
    assert found(counter, "PALM-2L").name == "Another"


def test_it_can_be_archived(qtbot, opened, counter):
    form = opened("palm")
    form.archived.setChecked(True)
    save(qtbot, form)
    assert product_row(counter.shop.reader, "palm").archived


def test_escape_asks_only_after_a_change(qtbot, opened):
    form = opened("palm")
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert is_closed(form)
    form = opened("palm")
    form.price.set_text("1")
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert form.question.isVisible()
    form.question.deed.click()
    assert is_closed(form)


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("product_id", [None, "red"])
def test_every_control_has_a_name_and_nothing_is_wider_than_the_dialog(opened, theme, product_id, percent):
    theme.choose(Scheme.LIGHT, percent)
    form = opened(product_id)
    assert nameless_controls(form) == []
    assert form.middle.horizontalScrollBar().maximum() == 0
