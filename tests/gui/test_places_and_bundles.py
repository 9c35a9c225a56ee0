"""Several locations and bundles on the Products page and in its dialogs."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from posapp.commands.catalogue import SaveProduct
from posapp.commands.locations import AddLocation
from posapp.commands.stock import ReceiveStock
from posapp.gui.dialogs.move_stock import MoveDialog
from posapp.gui.dialogs.product_form import ProductForm
from posapp.gui.dialogs.stock import CountDialog, ReceiveDialog
from posapp.gui.pages.products import ProductsPage
from posapp.queries.locations import levels_of
from posapp.queries.products import product_row
from tests.gui.adaeze import is_closed
from tests.gui.showing import opened as shown
from tests.gui.walker import nameless_controls


@pytest.fixture
def lekki(counter):
    place = counter.shop.do(AddLocation, name="Lekki").answer
    counter.shop.do(ReceiveStock, product_id="palm", location_id=place, units=4)
    return place


@pytest.fixture
def basket(counter):
    """A bundle of one palm oil and two bars of soap."""
    counter.shop.do(
        SaveProduct, product_id="basket", name="Kitchen basket", sku="BASKET", barcode="", price_minor=500_000,
        track_stock=True, components={"palm": 1, "soap": 2},
    )  # fmt: skip
    return "basket"


@pytest.fixture
def opened(qtbot, counter, desktop):
    def make(kind, product_id=None, **more):
        product = product_row(counter.shop.reader, product_id) if product_id else None
        return shown(qtbot, kind(counter.parts, product, parent=desktop, **more))

    return make


@pytest.fixture
def page(qtbot, counter):
    def make():
        page = ProductsPage(counter.parts)
        qtbot.addWidget(page)
        page.resize(1158, 688)
        page.show()
        qtbot.waitExposed(page)
        page.opened()
        return page

    return make


def read(qtbot, page, product_id):
    page.table.select_id(product_id)
    qtbot.waitUntil(lambda: page.panel.product is not None and page.panel.product.id == product_id)


def words_in(widget):
    return [
        w.text() for w in widget.findChildren(QWidget) if hasattr(w, "text") and w.isVisible() and w.text()
    ]


def shelves(counter, product_id):
    return [level.on_hand for level in levels_of(counter.shop.reader, product_id)]


def test_with_one_location_nobody_is_asked_where(opened, counter, page):
    dialog = opened(ReceiveDialog, "palm")
    assert not dialog.place.isVisible()
    assert not page().filters.place.isVisible()


def test_goods_are_received_where_a_person_says(qtbot, opened, counter, lekki):
    dialog = opened(ReceiveDialog, "palm")
    assert dialog.place.isVisible()
    dialog.place.set_value(lekki)
    dialog.place_changed()
    assert "4 on the shelf" in dialog.sub.text()
    dialog.units.set_text("3")
    with qtbot.waitSignal(dialog.accepted):
        dialog.commit.click()
    assert shelves(counter, "palm") == [33, 7]


def test_a_count_is_made_against_the_shelf_that_was_chosen(qtbot, opened, counter, lekki):
    dialog = opened(CountDialog, "palm")
    dialog.place.set_value(lekki)
    dialog.place_changed()
    dialog.units.set_text("5")
    dialog.foresee()
    assert dialog.commit.word == "Save count: 4 → 5"
    with qtbot.waitSignal(dialog.accepted):
        dialog.commit.click()
    assert shelves(counter, "palm") == [33, 5]


def test_units_are_moved_by_keyboard_and_both_shelves_are_shown(qtbot, opened, counter, lekki):
    dialog = opened(MoveDialog, "palm")
    assert dialog.units.edit.hasFocus()
    assert dialog.target.words == "Lekki"
    assert nameless_controls(dialog) == []
    qtbot.keyClicks(dialog.units.edit, "10")
    dialog.foresee()
    assert {"From", "To", "33", "23", "14"} <= set(words_in(dialog.panel))
    qtbot.keyClick(dialog.units.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: is_closed(dialog))
    assert shelves(counter, "palm") == [23, 14]
    assert counter.toasts[-1][0] == "10 × \u2068Palm oil 1 L\u2069 moved to Lekki"


def test_nothing_moves_to_where_it_is_and_only_what_is_free(opened, counter, lekki):
    dialog = opened(MoveDialog, "palm")
    dialog.place.set_value(lekki)
    dialog.place_changed()
    assert dialog.target.words == "Shop"
    dialog.units.set_text("5")
    dialog.foresee()
    assert "Only 4 are free there" in dialog.problem.text()


def test_the_page_shows_every_location_and_can_show_another_one_s_stock(qtbot, page, counter, lekki):
    shown = page()
    read(qtbot, shown, "palm")
    told = words_in(shown.panel.levels)
    assert told[:4] == ["Location", "On shelf", "Promised", "Free"]
    assert "Lekki" in told
    assert shown.panel.buttons["move"].isVisible()
    shown.filters.place.set_value(lekki)
    qtbot.waitUntil(lambda: shown.panel.product.on_hand == 4)
    qtbot.waitUntil(lambda: shown.panel.model.rowCount() == 1)
    assert nameless_controls(shown) == []


def test_a_bundle_says_what_it_is_made_of_and_is_not_received(qtbot, page, counter, basket):
    shown = page()
    read(qtbot, shown, basket)
    told = words_in(shown.panel)
    for words in ("Made of", "Palm oil 1 L", "Black soap 250 g", "33", "46"):
        assert words in told, words
    assert shown.panel.product.available == 23
    for what in ("receive", "adjust", "count", "move"):
        assert not shown.panel.buttons[what].isVisible()
    row = next(at for at in range(shown.model.rowCount()) if shown.model.id_at(at) == basket)
    assert [shown.model.cell(row, at).spoken for at in (3, 5, 6)] == ["–", "23", "Bundle"]


def test_receiving_a_bundle_is_refused_with_the_reason(opened, counter, basket):
    dialog = opened(ReceiveDialog, basket)
    dialog.units.set_text("1")
    dialog.foresee()
    assert "Kitchen basket is a bundle and has no stock of its own" in dialog.problem.text()


def test_a_bundle_is_made_by_keyboard(qtbot, opened, counter):
    form = opened(ProductForm)
    qtbot.keyClicks(form.name.edit, "Gift")
    form.price.set_text("4,000")
    form.bundle.click()
    form.commit.click()
    assert form.problem.text() == "Say what the bundle is made of."
    assert form.made_of.item.edit.hasFocus()
    for code in ("PALM-1L", "BLK-SOAP-250", "BLK-SOAP-250"):
        qtbot.keyClicks(form.made_of.item.edit, code)
        qtbot.keyClick(form.made_of.item.edit, Qt.Key.Key_Return)
    assert form.made_of.components == {"palm": 1, "soap": 2}
    form.made_of.rows[1].stepper.setValue(3)
    assert nameless_controls(form) == []
    with qtbot.waitSignal(form.accepted):
        form.commit.click()
    row = counter.shop.reader.row("SELECT id FROM product WHERE name = 'Gift'")
    made = product_row(counter.shop.reader, row[0])
    assert {part.product_id: part.units for part in made.components} == {"palm": 1, "soap": 3}
    assert made.available == 15


def test_a_component_is_taken_out_again_and_no_bundle_goes_into_a_bundle(qtbot, opened, counter, basket):
    form = opened(ProductForm, basket)
    assert not form.is_dirty()
    assert list(form.made_of.item._find_all("Kitchen")) == []
    form.made_of.rows[0].drop_button.click()
    assert form.made_of.components == {"palm": 1}
    assert form.is_dirty()
    with qtbot.waitSignal(form.accepted):
        form.commit.click()
    assert product_row(counter.shop.reader, basket).available == 33


def test_a_product_with_stock_of_its_own_is_refused_as_a_bundle(qtbot, opened, counter):
    form = opened(ProductForm, "zobo")
    form.bundle.click()
    qtbot.keyClicks(form.made_of.item.edit, "PALM-1L")
    qtbot.keyClick(form.made_of.item.edit, Qt.Key.Key_Return)
    form.commit.click()
    qtbot.waitUntil(form.problem.isVisible)
    assert "Adjust that to 0 first" in form.problem.text()
