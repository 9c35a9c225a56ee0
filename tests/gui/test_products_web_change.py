"""A number that was changed in the web shop is shown beside the product, and settled by a count or by keeping ours."""

from sqlite3 import Connection

import pytest
from PySide6.QtCore import Qt

from posapp.commands.shop import MAIN_LOCATION
from posapp.gui.dialogs.stock import CountDialog
from posapp.gui.pages.products import ProductsPage
from posapp.gui.pages.products_web import KEPT
from posapp.gui.post import SyncLine
from posapp.queries.products import Stock

SHOP_ID = "shop"


def change(connection: Connection, item_id: str, there: int) -> None:
    """What the post writes down when it is sure that a number was changed by hand."""
    connection.execute(
        "INSERT OR IGNORE INTO connection (id, kind, url, location_id, imported) VALUES (?, 'woocommerce', '', ?, 1)",
        (SHOP_ID, MAIN_LOCATION),
    )
    connection.execute(
        "INSERT INTO publication (item_id, shop_id, odd_since) VALUES (?, ?, '2026-11-20T13:00:00.000000Z')",
        (item_id, SHOP_ID),
    )
    connection.execute(
        "INSERT INTO shop_reading (item_id, role, shop_id, number, least, most, at) "
        "VALUES (?, 'odd', ?, ?, 0, 0, '2026-11-20T13:00:00.000000Z')",
        (item_id, SHOP_ID, there),
    )


@pytest.fixture
def page(qtbot, counter):
    counter.shop.sold({"soap": 2})
    counter.shop.desk.write_now(lambda c: change(c, "soap", 12))
    page = ProductsPage(counter.parts)
    qtbot.addWidget(page)
    page.resize(1158, 688)
    page.show()
    qtbot.waitExposed(page)
    page.opened()
    read(qtbot, page, "soap")
    return page


def read(qtbot, page, product_id):
    page.table.select_id(product_id)
    qtbot.waitUntil(lambda: page.panel.product is not None and page.panel.product.id == product_id)


def counts(counter):
    sql = "SELECT reason, on_hand_delta, actor FROM movement WHERE item_id = 'soap' AND kind = 'COUNT'"
    return counter.shop.desk.write_now(lambda c: c.execute(sql).fetchall())


def test_both_numbers_are_shown_beside_the_product_and_no_other(qtbot, page, counter):
    strip, free = page.panel.web_change.strip, page.panel.product.available
    assert strip.isVisible()
    assert strip.accessibleName().strip() == f"Changed in the web shop: it says 12 free, we have {free}."
    read(qtbot, page, "zobo")
    assert not strip.isVisible()


def test_the_list_can_show_only_those(qtbot, page):
    assert page.filters.web.isVisible()
    assert page.filters.web.words() == "Changed in the web shop 1"
    qtbot.mouseClick(page.filters.web, Qt.MouseButton.LeftButton)
    assert page.filters.stock.value == Stock.SHOP
    assert [page.model.cell(0, 0).text, page.model.rowCount()] == ["Black soap 250 g", 1]
    page.filters.clear()
    assert page.filters.web.value is None
    assert page.model.rowCount() > 1


def test_the_count_opens_with_what_would_be_on_the_shelf(qtbot, page, counter):
    promised = page.panel.product.allocated
    assert promised == 2, "promised units stand on the shelf and are not free there"
    qtbot.mouseClick(page.panel.web_change.count_button, Qt.MouseButton.LeftButton)
    (dialog,) = page.findChildren(CountDialog)
    assert dialog.units.text == str(12 + promised)
    shelf = page.panel.product.on_hand
    dialog.press()
    qtbot.waitUntil(lambda: len(counts(counter)) == 1)
    assert counts(counter) == [("Changed in the web shop", 12 + promised - shelf, "Adaeze")]


def test_keep_ours_is_a_count_of_our_own_number_under_the_persons_name(qtbot, page, counter):
    qtbot.mouseClick(page.panel.web_change.keep_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(counts(counter)) == 1)
    assert counts(counter) == [(KEPT, 0, "Adaeze")]
    qtbot.waitUntil(lambda: counter.post.asked == ["look"])


def test_a_look_at_the_shop_brings_it_without_any_command(qtbot, page, counter):
    read(qtbot, page, "zobo")
    counter.shop.desk.write_now(lambda c: change(c, "zobo", 0))
    counter.post.line_changed.emit(SyncLine(phase="idle"))
    qtbot.waitUntil(page.panel.web_change.isVisible)
    assert page.filters.web.words() == "Changed in the web shop 2"
