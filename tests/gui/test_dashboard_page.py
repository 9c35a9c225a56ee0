import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from posapp.gui.dialogs.new_order import NewOrderDialog
from posapp.gui.pages.dashboard import DashboardPage
from posapp.gui.pages.orders_filters import FindOrder
from posapp.gui.theme import Scheme
from posapp.gui.widgets.button import Variant
from posapp.queries.orders import DateOf, OrderFilter, View
from posapp.queries.products import ProductFilter, Stock
from tests.gui.adaeze import Counter
from tests.gui.walker import nameless_controls
from tests.shop import Shop


def opened(qtbot, counter):
    page = DashboardPage(counter.parts)
    qtbot.addWidget(page)
    page.wanted = []
    page.page_wanted.connect(lambda page_id, chosen: page.wanted.append((page_id, chosen)))
    page.resize(1158, 688)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    page.opened()
    return page


@pytest.fixture
def page(qtbot, counter):
    return opened(qtbot, counter)


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_it_says_how_many_orders_need_a_person_and_which_is_the_oldest(page):
    button = page.needs.attention_button
    assert button.objectName() == "attention_button"
    assert button.hasFocus()
    said = button.accessibleDescription()
    assert said.startswith("3 Orders need attention. Oldest: ")
    assert "Uche Nnamdi" in said
    assert "paid 10:15, waiting 4 h 16" in said


def test_the_attention_button_opens_attention_by_keyboard(qtbot, page):
    qtbot.keyClick(page.needs.attention_button, Qt.Key.Key_Return)
    assert page.wanted == [("attention", None)]


def test_one_transfer_is_opened_and_several_are_listed(qtbot, page, counter):
    press(qtbot, page.needs.transfer_button)
    assert counter.opened == [counter.orders["Emeka"]]
    other = counter.shop.place({"shea": 1}, customer="Second")
    counter.shop.pay(other, method="transfer", awaiting=True)
    qtbot.waitUntil(lambda: page.needs.transfer_button.word == "Check transfers")
    press(qtbot, page.needs.transfer_button)
    assert page.wanted == [("orders", OrderFilter(view=View.AWAITING))]


def test_money_that_is_owed_is_said_with_name_and_amount(qtbot, page, counter):
    said = page.needs.owed_button.accessibleDescription()
    assert "Uche Nnamdi" in said
    assert "₦55,000. Money not moved" in said
    press(qtbot, page.needs.owed_button)
    assert counter.opened == [counter.orders["Uche"]]


def test_the_money_of_today(page):
    assert page.money._total.text() == "₦396,550"
    assert page.money._sales.text() == "396,550"
    assert page.money._refunds.text() == "0"
    assert page.money._counter._amount.text() == "226,300"
    assert page.money._counter._percent.text() == "57 %"
    assert page.money._web._percent.text() == "43 %"


def test_every_tile_opens_what_it_counts(qtbot, page):
    for button in (page.prepare, page.low, page.money.open_button, page.find_button):
        press(qtbot, button)
    assert page.wanted == [
        ("orders", OrderFilter(view=View.TO_PREPARE)),
        ("products", ProductFilter(stock=Stock.LOW)),
        ("orders", OrderFilter(view=View.TODAY, date_of=DateOf.CONFIRMED)),
        ("orders", FindOrder()),
    ]


def test_the_tiles_say_what_they_count(page):
    assert page.prepare.accessibleName().startswith("To prepare, 3 orders, ")
    assert "Halima" in page.prepare.accessibleName()
    assert page.low.accessibleName().startswith("Low stock, 4 products, ")
    assert "Rice 5 kg 0" in page.low.accessibleName()


def test_the_hours_are_told_as_a_chart_and_as_a_table(qtbot, page):
    assert "14: Counter 18,000, Web 87,825" in page.hours.chart.sentences()
    assert page.hours.chart.isVisible()
    press(qtbot, page.hours.table_button)
    assert page.hours.table.isVisible()
    model = page.hours.table.window_model
    rows = {
        model.cell(at, 0).text: [model.cell(at, c).text for c in (1, 2, 3)] for at in range(model.rowCount())
    }
    assert rows["14:00"] == ["18,000", "87,825", "105,825"]
    assert rows["15:00"] == ["–", "–", "–"]
    assert page.hours.table_button.word == "Show as chart"


def test_it_follows_the_news(qtbot, page, counter):
    counter.shop.sold({"chin": 2})
    qtbot.waitUntil(lambda: page.money._total.text() == "₦399,550")


def test_it_rests_while_another_page_is_shown(qtbot, page, counter):
    page.hide()
    counter.shop.sold({"chin": 2})
    with qtbot.waitSignal(counter.changes.changed):
        pass
    assert not page._soon.isActive()
    page.show()
    page.opened()
    assert page.money._total.text() == "₦399,550"


def test_a_new_order_begins_here_too(qtbot, page):
    press(qtbot, page.new_button)
    dialog = page.findChild(NewOrderDialog)
    assert dialog is not None
    dialog.reject()


def test_outside_the_demo_there_is_no_strip(page):
    assert page._demo.isHidden()


def test_the_demo_shops_address_can_be_copied(qtbot, counter):
    counter.post.demo_page = "http://127.0.0.1:8765/"
    page = opened(qtbot, counter)
    assert page._demo.isVisible()
    press(qtbot, page.copy_demo)
    assert QGuiApplication.clipboard().text() == "http://127.0.0.1:8765/"
    assert counter.toasts[0][0] == "The demo shop's address is copied"


def test_a_shop_where_nothing_happened_yet_is_good_news(qtbot, tmp_path, theme):
    shop = Shop(tmp_path / "empty")
    page = opened(qtbot, Counter(shop, theme))
    assert page.needs.attention_button.accessibleDescription() == "No order needs attention"
    assert page.needs._transfers.isHidden()
    assert page.needs._owed.isHidden()
    assert page.new_button._variant is Variant.PRIMARY
    assert page.money._counter._percent.text() == "–"
    assert page.low.accessibleName() == "Low stock, 0 products, None with 3 free or fewer"
    page.close()
    shop.close()


@pytest.mark.parametrize("percent", [100, 200])
def test_every_control_has_a_name_and_the_page_is_never_wider_than_the_window(qtbot, counter, theme, percent):
    theme.choose(Scheme.LIGHT, percent)
    page = opened(qtbot, counter)
    assert nameless_controls(page) == []
    assert page.layout().itemAt(1).widget().horizontalScrollBar().maximum() == 0
