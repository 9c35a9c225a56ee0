import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from posapp.commands.catalogue import SaveProduct
from posapp.commands.shop import MAIN_LOCATION
from posapp.commands.stock import CountStock
from posapp.gui.dialogs.product_form import ProductForm
from posapp.gui.dialogs.stock import AdjustDialog, CountDialog, ReceiveDialog
from posapp.gui.pages.products import ProductsPage
from posapp.gui.theme import Scheme
from posapp.gui.widgets.jump_box import JumpHit
from posapp.queries.products import ProductFilter, Stock
from tests.gui.adaeze import Counter
from tests.gui.walker import nameless_controls
from tests.shop import Shop


def opened(qtbot, counter, wide=1158):
    page = ProductsPage(counter.parts)
    qtbot.addWidget(page)
    page.resize(wide, 688)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    page.opened()
    return page


@pytest.fixture
def page(qtbot, counter):
    return opened(qtbot, counter)


def names(page):
    return [page.model.cell(place, 0).text for place in range(page.model.rowCount())]


def read(qtbot, page, product_id):
    page.table.select_id(product_id)
    qtbot.waitUntil(lambda: page.panel.product is not None and page.panel.product.id == product_id)


def moved(page):
    model = page.panel.model
    return [
        (model.cell(at, 1).text, model.cell(at, 1).below, *(model.cell(at, c).text for c in (2, 3, 4)))
        for at in range(model.rowCount())
    ]


def words_in(widget):
    return " | ".join(w.text() for w in widget.findChildren(QWidget) if hasattr(w, "text") and w.isVisible())


def test_products_stand_by_name_with_what_is_free(page):
    assert names(page)[:3] == ["Ankara fabric, 6 yards", "Ankara tote (blue)", "Ankara tote (red)"]
    cells = [page.model.cell(2, at).spoken for at in range(len(page.model.columns))]
    assert cells == ["Ankara tote (red)", "ANK-TOTE-RED", "12,500", "4", "4", "0", "None free"]
    assert page.header.fact.text() == "17"


def test_low_is_a_switch_and_a_value_of_the_stock_chip(qtbot, page):
    assert page.filters.low.accessibleName() == "Low 4"
    qtbot.mouseClick(page.filters.low, Qt.MouseButton.LeftButton)
    assert page.filters.stock.value == Stock.LOW
    assert len(names(page)) == 4
    page.filters.stock.set_value(Stock.NONE)
    assert page.filters.low.value is None
    assert names(page) == ["Ankara tote (red)", "Rice 5 kg"]
    page.filters.clear()
    assert len(names(page)) == 17


def test_a_count_that_is_known_to_be_wrong_can_be_listed(page, counter):
    counter.shop.do(CountStock, product_id="fila", location_id=MAIN_LOCATION, counted=0, seen=20, reason="")
    page.filters.stock.set_value(Stock.RECOUNT)
    assert names(page) == ["Fila cap"]
    assert page.model.cell(0, 6).spoken == "Recount"


@pytest.mark.parametrize("typed", ["rice 5", "RICE-5", "rice-5"])
def test_f2_finds_by_name_and_code(qtbot, page, typed):
    page.search()
    qtbot.keyClicks(page.finder.edit, typed)
    qtbot.keyClick(page.finder.edit, Qt.Key.Key_Return)
    assert names(page) == ["Rice 5 kg"]
    assert page.table.hasFocus()


def test_nothing_found_offers_to_clear(qtbot, page):
    page.filters.search("no such thing")
    assert page.empty.accessibleName().startswith("No product matches")
    qtbot.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    assert len(names(page)) == 17


def test_archived_products_are_hidden_until_asked_for(page, counter):
    counter.shop.do(
        SaveProduct, product_id="fila", name="Fila cap", sku="FILA-CAP", barcode="", price_minor=700_000,
        track_stock=True, archived=True,
    )  # fmt: skip
    page.opened()
    assert "Fila cap" not in names(page)
    page.filters.archived.set_value("shown")
    assert "Fila cap" in names(page)


def test_behind_every_number_stand_its_movements(qtbot, page):
    read(qtbot, page, "red")
    assert moved(page)[0][1] == "Ada Obi, web, 1 short"
    assert moved(page)[0][0].startswith("Promised 2 to ")
    assert moved(page)[0][2:] == ("4", "4", "0")
    assert moved(page)[2] == ("Received 2", "Adaeze", "4", "–", "4")
    assert moved(page)[3] == ("Counted 2, was 3", "Evening count, Adaeze", "2", "–", "2")
    assert [
        figure.accessibleName() for figure in (page.panel.shelf, page.panel.promised, page.panel.free)
    ] == [
        "On shelf: 4",
        "Promised: 4",
        "Free: 0",
    ]


def test_the_orders_that_want_it_are_named_and_opened(qtbot, page, counter):
    read(qtbot, page, "red")
    qtbot.waitUntil(lambda: "1 paid order waits for it:" in words_in(page.panel))
    assert "1 more unpaid order wants this:" in words_in(page.panel)
    number = counter.shop.order(counter.orders["Ada"]).number
    button = next(b for b in page.panel.findChildren(QWidget) if getattr(b, "word", "") == number)
    assert button.accessibleName() == f"Open order {number} of Ada Obi, 1 unit"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert counter.opened == [counter.orders["Ada"]]


def test_the_panel_follows_the_news(qtbot, page, counter):
    read(qtbot, page, "red")
    counter.shop.receive("red", 3)
    qtbot.waitUntil(lambda: page.panel.free.accessibleName() == "Free: 2")
    assert moved(page)[0][0].startswith("Promised 1 to ")
    assert moved(page)[1][0] == "Received 3"
    assert page.table.selected_id() == "red"


def test_older_movements_are_shown_on_demand(qtbot, page, counter):
    for _ in range(60):
        counter.shop.receive("palm", 1)
    page.opened()
    read(qtbot, page, "palm")
    qtbot.waitUntil(lambda: page.panel.model.rowCount() == 50)
    assert page.panel.older_button.isVisible()
    qtbot.mouseClick(page.panel.older_button, Qt.MouseButton.LeftButton)
    assert page.panel.model.rowCount() == 61
    assert page.panel.older_button.isHidden()
    assert moved(page)[-1] == ("Received 33", "Adaeze", "33", "–", "33")


def test_a_product_that_is_not_tracked_has_no_numbers(qtbot, page, counter):
    counter.shop.product("Gift wrap", 50_000, product_id="wrap", track_stock=False)
    page.opened()
    read(qtbot, page, "wrap")
    assert page.panel.shelf.isHidden() or not page.panel.shelf.isVisible()
    assert page.panel.buttons["receive"].isHidden()
    assert "stock is not counted" in words_in(page.panel)
    place = names(page).index("Gift wrap")
    assert [page.model.cell(place, at).spoken for at in (3, 4, 5, 6)] == ["–", "–", "–", "Not tracked"]


@pytest.mark.parametrize(
    ("what", "dialog"),
    [("receive", ReceiveDialog), ("adjust", AdjustDialog), ("count", CountDialog), ("edit", ProductForm)],
)
def test_the_panels_buttons_open_their_dialogs(qtbot, page, what, dialog):
    read(qtbot, page, "red")
    qtbot.mouseClick(page.panel.buttons[what], Qt.MouseButton.LeftButton)
    made = page.findChild(dialog)
    assert made is not None
    assert nameless_controls(made) == []
    made.reject()


def test_enter_opens_the_form_and_space_hides_the_panel(qtbot, page):
    page.table.select_id("red")
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    form = page.findChild(ProductForm)
    assert form.name.text == "Ankara tote (red)"
    form.reject()
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert page.panel.isHidden()


def test_what_another_page_counted_is_shown(page):
    page.show_filter(ProductFilter(stock=Stock.LOW))
    assert len(names(page)) == 4
    page.show_hit(JumpHit("product", "gele", "Gele head tie"))
    assert names(page) == ["Gele head tie"]
    assert page.table.selected_id() == "gele"


def test_it_says_whose_stock_it_is_as_of_when(page, counter):
    assert page.filters._since.text() == "Shop · stock as of 14:32"


def test_a_shop_without_products_says_what_to_do(qtbot, tmp_path, theme):
    shop = Shop(tmp_path / "empty")
    page = opened(qtbot, Counter(shop, theme))
    assert page.empty.accessibleName().startswith("No products yet")
    qtbot.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    assert page.findChild(ProductForm) is not None
    page.close()
    shop.close()


@pytest.mark.parametrize("percent", [100, 200])
def test_every_control_has_a_name(qtbot, counter, theme, percent):
    theme.choose(Scheme.LIGHT, percent)
    page = opened(qtbot, counter)
    page.table.select_id("red")
    page._read()
    assert nameless_controls(page) == []
