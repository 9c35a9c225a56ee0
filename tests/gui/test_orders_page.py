import csv

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from posapp.commands.orders import HandOver
from posapp.domain.orders import Channel
from posapp.domain.standing import FulfilmentMark, PaymentMark
from posapp.gui.dialogs.edit_order import EditOrderDialog
from posapp.gui.dialogs.new_order import NewOrderDialog
from posapp.gui.pages.orders import OrdersPage
from posapp.gui.pages.orders_export import HEADERS, plain_amount
from posapp.gui.pages.orders_filters import FindOrder
from posapp.gui.pages.spreadsheet import harmless
from posapp.gui.post import SyncLine
from posapp.gui.text import MINUS
from posapp.gui.theme import Scheme
from posapp.gui.widgets.jump_box import JumpHit
from posapp.queries.orders import OrderFilter, View
from tests.gui.adaeze import Counter
from tests.gui.walker import nameless_controls
from tests.shop import Shop


@pytest.fixture
def page(qtbot, counter):
    made = OrdersPage(counter.parts)
    qtbot.addWidget(made)
    show(qtbot, made)
    return made


def show(qtbot, page, wide=1158, high=688):
    page.resize(wide, high)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    page.opened()
    return page


def numbers(page):
    return [page.model.cell(place, 0).text for place in range(page.model.rowCount())]


def customers(page):
    return [page.model.cell(place, 2).text for place in range(page.model.rowCount())]


def words_in(widget):
    return " | ".join(w.text() for w in widget.findChildren(QWidget) if hasattr(w, "text") and w.isVisible())


def test_it_opens_with_the_orders_of_today_newest_first(page, counter):
    assert customers(page)[:3] == ["Chioma Eze", "Funke Ojo", "Walk-in"]
    assert numbers(page) == sorted(numbers(page), reverse=True)
    assert page.table.hasFocus()
    assert page.table.selected_id() == counter.orders["part"]


def test_the_columns_say_what_the_order_is(page, counter):
    row = {column.id: page.model.cell(0, at).spoken for at, column in enumerate(page.model.columns)}
    assert row["customer"] == "Chioma Eze"
    assert row["placed"] == "14:27"
    assert row["payment"] == "Part paid"
    assert row["fulfilment"] == "Not started"
    assert row["total"] == "13,000"
    total = page.model.index(0, len(page.model.columns) - 1)
    assert page.model.data(total, Qt.ItemDataRole.AccessibleTextRole) == "₦13,000"


def test_the_views_show_what_they_say(qtbot, page, counter):
    page.filters.views.set_value(View.TO_PREPARE)
    assert set(customers(page)) == {"Ngozi Okeke", "Halima Sani", "Zainab Yusuf"}
    page.filters.views.set_value(View.AWAITING)
    assert customers(page) == ["Emeka Nwankwo"]
    page.filters.views.set_value(View.ALL)
    assert len(numbers(page)) == 16
    assert page.filters.day.value is None


def test_the_view_of_today_and_the_chip_of_today_are_one_thing(page):
    assert page.filters.day.value == "today"
    page.filters.day.set_value(None)
    assert page.filters.views.value == View.ALL
    page.filters.day.set_value("today")
    assert page.filters.views.value == View.TODAY
    page.filters.day.set_value("yesterday")
    assert page.filters.views.value == View.ALL
    assert page.model.rowCount() == 0


@pytest.mark.parametrize(("day", "orders"), [("week", 16), ("month", 16), ("yesterday", 0)])
def test_days_are_the_shops_own(page, day, orders):
    page.filters.day.set_value(day)
    assert page.model.rowCount() == orders
    chosen = page.filters.chosen()
    assert chosen.from_at.astimezone(page._parts.shop.zone).hour == 0


def test_chips_narrow_together(page):
    page.filters.payment.set_value(PaymentMark.UNPAID)
    assert set(customers(page)) == {"Funke Ojo", "Bisi Alabi"}
    page.filters.channel.set_value(Channel.MANUAL)
    assert page.model.rowCount() == 0
    assert page.empty.isVisible()
    assert "Today, Unpaid, By hand" in page.empty.accessibleName()


def test_nothing_matches_offers_to_clear_the_filters(qtbot, page):
    page.filters.status.set_value(FulfilmentMark.SHIPPED)
    assert page.empty.accessibleName().startswith("No order matches")
    qtbot.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    assert page.model.rowCount() == 16
    assert not page.filters.is_set
    assert page.filters.clear_button.isHidden()


def test_nothing_to_prepare_is_good_news(qtbot, counter, page):
    for name in ("Ngozi", "Halima", "Zainab"):
        counter.shop.delivered(counter.orders[name])
    page.filters.views.set_value(View.TO_PREPARE)
    assert page.empty.accessibleName().startswith("Nothing to prepare")


def test_the_sum_of_what_is_listed_is_said(qtbot, page):
    qtbot.waitUntil(lambda: page.filters._summary.text() == "16 orders · 11 paid, ₦396,550")


def test_f2_finds_by_number_phone_name_and_amount(qtbot, page, counter):
    halima = counter.shop.order(counter.orders["Halima"]).number
    for typed in (halima, "halima", "555 0140", "26,500", "88211"):
        page.search()
        page.finder.edit.clear()
        qtbot.keyClicks(page.finder.edit, typed)
        qtbot.keyClick(page.finder.edit, Qt.Key.Key_Return)
        assert customers(page) == ["Halima Sani"], typed
        assert counter.opened.pop() == counter.orders["Halima"]


def test_a_search_looks_at_all_days(page):
    page.filters.search("customer of another day")
    assert page.filters.views.value == View.ALL
    page.filters.search("")
    assert page.model.rowCount() == 16


def test_enter_opens_and_space_reads(qtbot, page, counter):
    page.table.select_id(counter.orders["Ada"])
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert counter.opened == [counter.orders["Ada"]]
    assert page.panel.isVisible()
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert page.panel.isHidden()
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.panel.details is not None and page.panel.details.contact.name == "Ada Obi")


def test_the_panel_reads_the_order(qtbot, page, counter):
    page.table.select_id(counter.orders["Ada"])
    qtbot.waitUntil(lambda: "Ada Obi" in words_in(page.panel))
    said = words_in(page.panel)
    for words in ("Ada Obi", "Ankara tote (red)", "3 × 12,500", "−2,175", "₦42,825", "Holds 4 of 5, 1 short"):
        assert words in said, said
    assert "8 Mango Lane, Ikeja" in said


def test_the_panel_follows_the_news(qtbot, page, counter):
    page.table.select_id(counter.orders["Emeka"])
    qtbot.waitUntil(lambda: "Awaiting" in words_in(page.panel))
    counter.shop.pay(counter.orders["Emeka"], method="cash")
    qtbot.waitUntil(lambda: "Holds 5 of 5" in words_in(page.panel))
    assert page.table.selected_id() == counter.orders["Emeka"]


def test_a_new_order_comes_in_at_the_top_and_the_selection_stays(qtbot, page, counter):
    page.table.select_id(counter.orders["Halima"])
    counter.shop.place({"shea": 1}, customer="Latecomer")
    qtbot.waitUntil(lambda: customers(page)[0] == "Latecomer")
    assert page.table.selected_id() == counter.orders["Halima"]


def test_nothing_is_read_while_another_page_is_shown(qtbot, page, counter):
    page.hide()
    counter.shop.place({"shea": 1}, customer="Latecomer")
    with qtbot.waitSignal(counter.changes.changed):
        pass
    assert "Latecomer" not in customers(page)
    page.show()
    page.opened()
    assert customers(page)[0] == "Latecomer"


def test_a_narrow_window_shows_the_panel_in_the_lists_place(qtbot, counter):
    page = OrdersPage(counter.parts)
    qtbot.addWidget(page)
    show(qtbot, page, wide=860)
    assert page.panel.isHidden()
    page.table.select_id(counter.orders["Ada"])
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert page.panel.isVisible()
    assert not page.table.isVisible()
    qtbot.waitUntil(page.panel.close_button.hasFocus)
    assert page.back()
    assert page.table.isVisible()
    assert page.table.hasFocus()
    assert not page.back()
    page.resize(1158, 688)
    qtbot.waitUntil(page.panel.isVisible)


def test_the_panel_marks_shipped_and_then_delivered(qtbot, page, counter):
    counter.shop.do(HandOver, order_id=counter.orders["Halima"])
    page.table.select_id(counter.orders["Halima"])
    qtbot.waitUntil(
        lambda: page.panel.next_button.isVisible() and page.panel.next_button.word == "Mark shipped"
    )
    qtbot.mouseClick(page.panel.next_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.panel.next_button.word == "Mark delivered")
    assert counter.toasts[0][0].endswith("is marked shipped")


def test_columns_are_chosen_and_kept(qtbot, counter):
    kept = []
    page = OrdersPage(
        counter.parts, columns={"widths": {"customer": 300}, "hidden": ["channel"]}, keep_columns=kept.append
    )
    qtbot.addWidget(page)
    show(qtbot, page, wide=1600)
    ids = [column.id for column in page.model.columns]
    assert page.table.isColumnHidden(ids.index("channel"))
    page.table.columns.show("channel", on=True)
    assert kept[-1] == {"widths": {"customer": 300}, "hidden": []}
    assert not page.table.isColumnHidden(ids.index("channel"))
    offered = {action.text(): action.isEnabled() for action in page.table.columns.menu(page).actions()}
    assert offered["Channel"]
    assert not offered["Payment"]


def test_ctrl_c_copies_the_row_as_tsv(qtbot, page, counter):
    page.table.select_id(counter.orders["Ada"])
    QTest.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    header, row, *_ = QGuiApplication.clipboard().text().split("\n")
    assert header.split("\t")[0] == "No."
    assert "Ada Obi" in row.split("\t")


def test_the_export_holds_what_is_listed(qtbot, page, counter, tmp_path):
    page.filters.payment.set_value(PaymentMark.UNPAID)
    page.deeds.export_to(tmp_path / "orders.csv", page.filters.chosen())
    qtbot.waitUntil(lambda: bool(counter.toasts))
    assert counter.toasts[0][0] == "2 orders written to orders.csv"
    with (tmp_path / "orders.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == list(HEADERS)
    assert [row["Customer"] for row in rows] == ["Funke Ojo", "Bisi Alabi"]
    assert [row["Total"] for row in rows] == ["9100.00", "15100.00"]
    assert rows[0]["Placed"] == "2026-11-20 14:26"


def test_a_hostile_name_is_no_formula_in_the_export(qtbot, page, counter, tmp_path):
    counter.shop.place({"shea": 1}, contact_id=counter.shop.someone('=cmd|"/c calc"!A1', "+234 803 555 0199"))
    page.deeds.export_to(tmp_path / "orders.csv", OrderFilter(search="555 0199"))
    qtbot.waitUntil(lambda: bool(counter.toasts))
    with (tmp_path / "orders.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["Customer"].startswith("'=")
    assert row["Phone"].startswith("'+234")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", f"{MINUS}1", " =1"])
def test_whatever_a_spreadsheet_takes_for_a_formula_is_made_text(start):
    assert harmless(f"{start}SUM(A1)").startswith("'")
    assert harmless("Ada Obi") == "Ada Obi"


def test_amounts_in_the_export_are_plain_numbers():
    assert plain_amount(1_250_050, "NGN") == "12500.50"
    assert plain_amount(-5, "NGN") == "-0.05"
    assert plain_amount(1_200, "JPY") == "1200"


def test_a_file_that_cannot_be_written_is_said_and_nothing_is_left(qtbot, page, counter, tmp_path):
    page.deeds.export_to(tmp_path / "missing" / "orders.csv", OrderFilter())
    qtbot.waitUntil(lambda: bool(counter.toasts))
    assert "could not be written: No such file" in counter.toasts[0][0]
    assert list(tmp_path.glob("*.part")) == []


def test_other_pages_show_what_they_count(page, counter):
    page.show_filter(OrderFilter(payment=PaymentMark.OWED))
    assert customers(page) == ["Uche Nnamdi"]
    page.show_filter(OrderFilter(view=View.AWAITING))
    assert customers(page) == ["Emeka Nwankwo"]
    page.show_hit(JumpHit("customer", "x", "Ada Obi"))
    assert customers(page) == ["Ada Obi"]
    assert page.finder.edit.text() == "Ada Obi"
    page.show_filter(FindOrder())
    assert page.finder.edit.hasFocus()


def test_a_new_order_is_asked_for_by_key_and_button(qtbot, page):
    qtbot.keyClick(
        page.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    dialog = page.findChild(NewOrderDialog)
    assert dialog is not None
    dialog.reject()
    assert page.regions()[0] is page.finder.edit


def test_an_order_of_our_own_can_be_edited_from_the_panel_and_any_done_again(qtbot, page, counter):
    page.table.select_id(counter.orders["part"])
    qtbot.waitUntil(lambda: page.panel.details is not None and page.panel.next_button.word == "Edit")
    qtbot.mouseClick(page.panel.next_button, Qt.MouseButton.LeftButton)
    page.findChild(EditOrderDialog).reject()
    page.table.select_id(counter.orders["Ada"])
    qtbot.waitUntil(lambda: page.panel.details.contact.name == "Ada Obi")
    assert page.panel.next_button.isHidden()
    qtbot.mouseClick(page.panel.again_button, Qt.MouseButton.LeftButton)
    dialog = page.findChild(NewOrderDialog)
    assert [(line.product.id, line.quantity) for line in dialog.lines.lines] == [("red", 3), ("shea", 2)]


@pytest.fixture
def empty_shop(tmp_path, theme):
    shop = Shop(tmp_path / "empty")
    yield Counter(shop, theme)
    shop.close()


@pytest.mark.parametrize(
    ("line", "says", "button"),
    [
        (SyncLine("none"), "No orders yet", "New order"),
        (SyncLine("offline"), "Never synced", "Sync now"),
        (SyncLine("syncing", done=12, total=40), "Loading orders. 12 of 40 read", ""),
    ],
)
def test_an_empty_list_says_why(qtbot, empty_shop, line, says, button):
    empty_shop.post.line = line
    page = OrdersPage(empty_shop.parts)
    qtbot.addWidget(page)
    show(qtbot, page)
    assert page.empty.accessibleName().startswith(says)
    assert page.empty.button.word == button
    if button == "Sync now":
        page.empty.button.click()
        assert empty_shop.post.asked == ["look"]


def test_the_reason_changes_with_the_sync_line(qtbot, empty_shop):
    empty_shop.post.line = SyncLine("offline")
    page = OrdersPage(empty_shop.parts)
    qtbot.addWidget(page)
    empty_shop.post.line = SyncLine("syncing", done=1, total=2)
    empty_shop.post.line_changed.emit(empty_shop.post.line)
    assert page.empty.accessibleName().startswith("Loading orders")


def test_amounts_of_one_column_have_one_number_of_decimals(qtbot, page, counter):
    counter.shop.product("Thread", 12_50, product_id="thread")
    counter.shop.place({"thread": 1}, customer="Penny")
    at = [column.id for column in page.model.columns].index("total")
    qtbot.waitUntil(lambda: page.model.rowCount() == 17)
    qtbot.waitUntil(lambda: page.model.cell(1, at).text == "13,000.00")
    assert page.model.cell(0, at).text == "12.50"


def test_a_hostile_name_is_one_harmless_line(qtbot, page, counter):
    counter.shop.place({"shea": 1}, customer="<b>Eve</b>\n\u202eabc" + "x" * 500)
    qtbot.waitUntil(lambda: page.model.rowCount() == 17)
    shown = customers(page)[0]
    assert shown.startswith("<b>Eve</b> abcx")
    assert len(shown) <= 120
    qtbot.waitUntil(page.panel.isVisible)


@pytest.mark.parametrize("percent", [100, 200])
def test_every_control_has_a_name(qtbot, counter, theme, percent):
    theme.choose(Scheme.LIGHT, percent)
    page = OrdersPage(counter.parts)
    qtbot.addWidget(page)
    show(qtbot, page)
    page.table.select_id(counter.orders["Ada"])
    page._read()
    assert nameless_controls(page) == []


def test_orders_that_come_in_while_one_reads_further_down_are_counted(qtbot, counter):
    for n in range(270):
        counter.shop.place({"shea": 1}, customer=f"Customer {n}")
    page = OrdersPage(counter.parts)
    qtbot.addWidget(page)
    show(qtbot, page)
    page.table.verticalScrollBar().setValue(2_000)
    page.table.select_row(60)
    selected, top = page.table.selected_id(), numbers(page)[0]
    for n in range(3):
        counter.shop.place({"shea": 1}, customer=f"New {n}")
    button = page.table.place.button
    qtbot.waitUntil(lambda: button.isVisible() and button.word == "3 new orders, show")
    assert numbers(page)[0] == top
    assert page.table.selected_id() == selected
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert customers(page)[:3] == ["New 2", "New 1", "New 0"]
    assert page.table.verticalScrollBar().value() == 0
