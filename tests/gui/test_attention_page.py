"""The page Attention: who waits, in what order, how one gets to the decision, and good news when nobody does."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from posapp.commands.payments import FlagDelay
from posapp.commands.shop import ChangeSetting
from posapp.domain.payments import PaymentState
from posapp.gui import text
from posapp.gui.pages.attention import AttentionPage
from posapp.gui.widgets.label import Label
from posapp.queries.attention import Sort
from tests.gui.adaeze import Counter
from tests.gui.walker import nameless_controls


@pytest.fixture
def page(qtbot: QtBot, counter: Counter) -> AttentionPage:
    window = QMainWindow()
    window.resize(1158, 688)
    qtbot.addWidget(window)
    made = AttentionPage(counter.parts)
    window.setCentralWidget(made)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    made.opened()
    made.window_of_test = window
    return made


def ids(page: AttentionPage) -> list[str | None]:
    return [page.model.id_at(place) for place in range(page.model.rowCount())]


def text_of(page: AttentionPage, place: int) -> list[str]:
    return [page.model.cell(place, column).spoken for column in range(len(page.model.columns))]


def test_oldest_payment_first_with_what_is_missing(page: AttentionPage, counter: Counter) -> None:
    assert ids(page) == [counter.orders[name] for name in ("Uche", "Musa", "Ada")]
    assert text_of(page, 0)[1:] == [
        "10:15", "Uche Nnamdi", "Paid late", 'Body wave wig 14" 1, was cancelled', "55,000", "4 h 16",
    ]  # fmt: skip
    assert text_of(page, 2)[3:5] == ["Short of stock", "Ankara tote (red) 1 of 3"]
    assert page.header.badge.accessibleName() == "3 orders"
    assert page.header.fact.text() == "Last web check 14:32"


def test_money_that_only_hangs_is_not_shown_as_paid(
    page: AttentionPage, counter: Counter, qtbot: QtBot
) -> None:
    order_id = counter.shop.place({"fila": 1}, customer="Late Buyer")
    counter.shop.told(order_id, 700_000, PaymentState.PENDING, "T-slow")
    counter.shop.now += timedelta(minutes=20)
    (payment,) = counter.shop.order(order_id).payments
    with qtbot.waitSignal(counter.changes.changed):
        counter.shop.do(FlagDelay, order_id=order_id, payment_id=payment.id)
    row = text_of(page, ids(page).index(order_id))
    assert (row[1], row[3]) == (text.NOTHING, "Payment hangs")
    assert row[5:] == [text.NOTHING, "20 min"]


def test_enter_opens_the_selected_order(page: AttentionPage, counter: Counter, qtbot: QtBot) -> None:
    assert QApplication.focusWidget() is page.table
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    qtbot.mouseClick(page.open_button, Qt.MouseButton.LeftButton)
    assert counter.opened == [counter.orders["Musa"]] * 2


def test_the_preview_follows_the_selection_and_space_hides_it(
    page: AttentionPage, counter: Counter, qtbot: QtBot
) -> None:
    page.table.select_id(counter.orders["Ada"])
    words = " ".join(label.text() for label in page.preview.findChildren(Label))
    assert "Ada Obi · +234 803 555 0142 · web" in words
    assert "3 \u2068Ankara tote (red)\u2069 ordered and paid, 2 were left." in words
    assert "Paid ₦42,825 by Paystack at 14:05" in words
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert not page.preview.isVisible()
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert page.preview.isVisible()


def test_f2_finds_by_number_with_or_without_its_zeros(
    page: AttentionPage, counter: Counter, qtbot: QtBot
) -> None:
    number = counter.shop.order(counter.orders["Ada"]).number
    page.search()
    assert QApplication.focusWidget() is page.field.edit
    qtbot.keyClicks(page.field.edit, number.lstrip("0"))
    qtbot.keyClick(page.field.edit, Qt.Key.Key_Return)
    assert page.table.selected_id() == counter.orders["Ada"]
    quiet = counter.shop.order(counter.orders["Halima"]).number
    qtbot.keyClicks(page.field.edit, quiet)
    qtbot.keyClick(page.field.edit, Qt.Key.Key_Return)
    assert counter.opened == [counter.orders["Ada"], counter.orders["Halima"]]
    qtbot.keyClicks(page.field.edit, "9999")
    qtbot.keyClick(page.field.edit, Qt.Key.Key_Return)
    assert counter.toasts[-1][0] == "No order 9999 was found"


def test_filter_and_order(page: AttentionPage, counter: Counter) -> None:
    page.why.set_value("SHORTAGE")
    assert ids(page) == [counter.orders["Musa"], counter.orders["Ada"]]
    page.sort.set_value(Sort.NEWEST)
    assert ids(page) == [counter.orders["Ada"], counter.orders["Musa"]]
    page.why.set_value("OVERPAYMENT")
    assert page.empty.isVisible()
    assert page.empty.accessibleName() == "No order waits for that. Why: Paid too much"
    page.empty.acted.emit()
    assert len(ids(page)) == 3


def test_what_is_decided_leaves_and_nothing_left_is_good_news(
    page: AttentionPage, counter: Counter, qtbot: QtBot
) -> None:
    page.table.select_id(counter.orders["Musa"])
    counter.shop.resolve(counter.orders["Uche"], "refund")
    qtbot.waitUntil(lambda: len(ids(page)) == 2)
    assert page.table.selected_id() == counter.orders["Musa"], "the selected order stays selected"
    for name in ("Musa", "Ada"):
        counter.shop.resolve(counter.orders[name], "fulfill_order")
    qtbot.waitUntil(page.empty.isVisible)
    assert page.empty.accessibleName() == "Nothing needs you.. Last checked 14:32." or (
        "Nothing needs you" in page.empty.accessibleName() and "14:32" in page.empty.accessibleName()
    )
    assert not page.preview.isVisible()
    assert not page.open_button.isVisible()


@pytest.fixture
def rice_arrived(page: AttentionPage, counter: Counter, qtbot: QtBot) -> AttentionPage:
    counter.shop.do(ChangeSetting, key="auto_fill", value="false")
    counter.shop.receive("rice", 1)
    qtbot.waitUntil(page.arrived.isVisible)
    return page


def test_arrived_stock_is_offered_and_filled_with_one_click(
    rice_arrived: AttentionPage, counter: Counter, qtbot: QtBot
) -> None:
    number = counter.shop.order(counter.orders["Musa"]).number
    assert rice_arrived.arrived.accessibleName() == f"Stock arrived for {number}: 1 now free"
    qtbot.mouseClick(rice_arrived.arrived.review, Qt.MouseButton.LeftButton)
    assert counter.opened == [counter.orders["Musa"]]
    qtbot.mouseClick(rice_arrived.arrived.fill, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: counter.shop.order(counter.orders["Musa"]).lines[0].allocated_qty == 1)
    qtbot.waitUntil(lambda: not rice_arrived.arrived.isVisible())
    assert counter.toasts[-1][0] == f"{number}: 1 held for Musa, the rest is still missing"
    assert counter.shop.order(counter.orders["Musa"]).short_units == 1, "nothing was found that is not there"
    counter.shop.receive("rice", 4)
    qtbot.waitUntil(rice_arrived.arrived.isVisible)
    qtbot.mouseClick(rice_arrived.arrived.fill, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: counter.shop.order(counter.orders["Musa"]).short_units == 0)


def test_every_control_has_a_name(page: AttentionPage) -> None:
    assert nameless_controls(page.window()) == []


def test_a_hostile_name_stays_on_its_line(page: AttentionPage, counter: Counter, qtbot: QtBot) -> None:
    customer = counter.shop.customer("<img src=x>\u202e\r\nEve")
    order_id = counter.shop.sold({"zobo": 9}, contact_id=customer)
    qtbot.waitUntil(lambda: len(ids(page)) == 4)
    page.table.select_id(order_id)
    assert text_of(page, 3)[2] == "<img src=x> Eve"
    for label in page.preview.findChildren(Label):
        assert label.textFormat() == Qt.TextFormat.PlainText
        assert "\u202e" not in label.text()
