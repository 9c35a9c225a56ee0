"""The days above the list of orders: usual spans, from and to, and what the day is the day of."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from posapp.gui.pages.dashboard import DashboardPage
from posapp.gui.pages.orders import OrdersPage
from posapp.gui.pages.orders_dates import Days
from posapp.gui.theme import Scheme
from posapp.gui.typed import Unreadable, read_date, shown_date
from posapp.gui.widgets.date_range import BACKWARDS
from posapp.gui.widgets.month_grid import FIRST_DAY, MonthGrid, months_later
from posapp.queries.orders import DateOf, OrderFilter, View
from tests.gui.test_orders_page import customers, show
from tests.gui.walker import nameless_controls

FRIDAY = date(2026, 11, 20)


@pytest.fixture
def page(qtbot, counter):
    made = OrdersPage(counter.parts)
    qtbot.addWidget(made)
    return show(qtbot, made)


def ranged(qtbot, page, first, last):
    page.filters.day.choose_range()
    popup = page.filters.day.popup
    for field, words in ((popup.first, first), (popup.last, last)):
        field.edit.clear()
        qtbot.keyClicks(field.edit, words)
    return popup


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("20 Nov 2026", FRIDAY),
        ("20 november", FRIDAY),
        (" 2026-11-20 ", FRIDAY),
        ("20. nov. 2026", FRIDAY),
        ("Today", FRIDAY),
        ("29 Feb 2028", date(2028, 2, 29)),
    ],
)
def test_a_day_is_read_as_people_type_it(typed, day):
    assert read_date(typed, FRIDAY) == day
    assert read_date(shown_date(day), FRIDAY) == day


@pytest.mark.parametrize(
    "typed", ["", "5/6/2026", "5.6.2026", "31 Nov 2026", "29 Feb 2027", "1 Nov 1999", "20 Nol", "٢٠ Nov"]
)
def test_what_may_mean_two_days_or_none_is_asked_for_again(typed):
    with pytest.raises(Unreadable):
        read_date(typed, FRIDAY)


def test_days_from_and_to_are_typed_and_taken_with_enter(qtbot, page, counter):
    popup = ranged(qtbot, page, "14 Nov 2026", "2026-11-19")
    assert nameless_controls(popup) == []
    qtbot.keyClick(popup.last.edit, Qt.Key.Key_Return)
    assert page.filters.views.value == View.ALL
    assert page.filters.day.words() == "14 – 19 Nov 2026"
    chosen = page.filters.chosen()
    zone = counter.parts.shop.zone
    assert chosen.from_at.astimezone(zone).date() == date(2026, 11, 14)
    assert chosen.to_at - chosen.from_at == timedelta(days=6)
    assert page.model.rowCount() == 0
    page.filters.day.set_days(Days("range", date(2026, 11, 20), date(2026, 11, 20)))
    assert page.model.rowCount() == 16
    assert page.filters.day.words() == "20 Nov 2026"


def test_a_range_that_goes_backwards_is_said_and_cannot_be_taken(qtbot, page):
    popup = ranged(qtbot, page, "20 Nov 2026", "19 Nov 2026")
    assert popup.problem.text() == BACKWARDS
    assert not popup.problem.isHidden()
    assert not popup.take.isEnabled()
    qtbot.keyClick(popup.last.edit, Qt.Key.Key_Return)
    assert popup.isVisible()
    assert page.filters.day.value == "today"
    popup.last.edit.setText("nonsense")
    assert popup.problem.isHidden()
    assert popup.last.edit.accessibleDescription() == "Type a day like 20 Nov 2026."
    popup.last.edit.setText("21 Nov 2026")
    assert popup.take.isEnabled()
    qtbot.keyClick(popup, Qt.Key.Key_Escape)
    assert page.filters.day.value == "today"


def test_the_calendar_fills_from_and_then_to(qtbot, page):
    page.filters.day.choose_range()
    popup = page.filters.day.popup
    popup.grid.go_to(date(2026, 11, 20))
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Return):
        qtbot.keyClick(popup.grid, key)
    assert popup.first.text == "12 Nov 2026"
    for key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_End, Qt.Key.Key_Space):
        qtbot.keyClick(popup.grid, key)
    assert popup.last.text == "30 Nov 2026"
    qtbot.mouseClick(popup.take, Qt.MouseButton.LeftButton)
    assert page.filters.day.words() == "12 – 30 Nov 2026"
    assert page.filters.day.days == Days("range", date(2026, 11, 12), date(2026, 11, 30))


def test_the_pointer_picks_the_day_under_it(qtbot):
    grid = MonthGrid(FRIDAY)
    qtbot.addWidget(grid)
    grid.resize(grid.sizeHint())
    wide, high = grid._cell()
    with qtbot.waitSignal(grid.picked) as told:  # the first of November 2026 is a Sunday
        qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=QPoint(round(6.5 * wide), round(1.5 * high)))
    assert told.args == [date(2026, 11, 1)]


def test_months_end_where_they_end():
    assert months_later(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_later(date(2026, 12, 31), 1) == date(2027, 1, 31)
    assert months_later(FIRST_DAY, -1) == FIRST_DAY


def test_the_menu_offers_all_spans_and_what_the_day_is_the_day_of(page):
    menu = QMenu(page)
    page.filters.day.fill_menu(menu)
    offered = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert offered == [
        "Any", "Today, 20 Nov", "Yesterday", "Last 7 days", "Last 30 days", "This month", "From – to…",
        "Day it was placed", "Day it was confirmed (paid in full)",
    ]  # fmt: skip
    page.filters.day.set_value("this_month")
    assert page.model.rowCount() == 16
    menu.actions()[-1].trigger()
    assert page.filters.day.words() == "Confirmed: This month"
    assert page.filters.chosen().date_of is DateOf.CONFIRMED
    page.filters.day.set_value(None)
    assert page.filters.chosen().date_of is DateOf.PLACED


def test_the_money_of_today_opens_the_orders_that_add_up_to_it(qtbot, page, counter):
    early = counter.shop.place({"shea": 2}, customer="Of Friday")
    counter.shop.now += timedelta(days=1)
    counter.shop.pay(early)
    sold = counter.shop.sold({"palm": 1})
    counter.shop.place({"palm": 1}, customer="Not paid")
    dashboard = DashboardPage(counter.parts)
    qtbot.addWidget(dashboard)
    dashboard.refresh()
    wanted = []
    dashboard.page_wanted.connect(lambda _, asked: wanted.append(asked))
    dashboard.money.open_button.click()
    page.show_filter(wanted[0])
    assert {page.model.id_at(0), page.model.id_at(1)} == {early, sold}
    assert page.model.rowCount() == 2
    assert page.filters.day.words() == "Confirmed: Today, 21 Nov"
    said = f"2 orders · ₦{dashboard.money._sales.text()} sales"
    qtbot.waitUntil(lambda: page.filters._summary.text() == said)
    page.deeds.export_to(counter.shop.folder / "sold.csv", page.filters.chosen())
    qtbot.waitUntil(lambda: bool(counter.toasts))
    assert counter.toasts[0][0] == "2 orders written to sold.csv"


def test_bounds_of_another_page_are_shown_as_days(page):
    chosen = page.filters.chosen()
    page.filters.day.set_value("week")
    week = page.filters.chosen()
    page.show_filter(OrderFilter(from_at=week.from_at, to_at=week.to_at))
    assert page.filters.day.words() == "14 – 20 Nov 2026"
    assert page.filters.chosen().from_at == week.from_at
    assert chosen.view == View.TODAY


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK, Scheme.CONTRAST])
def test_the_calendar_paints_in_every_look(qtbot, page, theme, scheme):
    theme.choose(scheme, 200)
    popup = ranged(qtbot, page, "20 Nov 2026", "19 Nov 2026")
    assert not popup.grab().isNull()
    assert popup.grid.width() >= popup.grid.minimumSizeHint().width()
    popup.close()


def test_a_day_without_orders_says_which_filters_are_set(page):
    page.filters.day.set_days(Days("range", date(2026, 10, 1), date(2026, 11, 3), DateOf.CONFIRMED))
    assert customers(page) == []
    assert "Confirmed: 1 Oct – 3 Nov 2026" in page.empty.accessibleName()


def test_the_calendar_closes_when_one_goes_on_elsewhere(qtbot, page):
    page.filters.day.choose_range()
    popup = page.filters.day.popup
    assert popup.first.edit.hasFocus()
    popup.grid.setFocus()
    assert popup.isVisible()
    page.finder.edit.setFocus()
    qtbot.waitUntil(lambda: page.filters.day.popup is None)
    assert page.filters.day.value == "today"


def test_in_a_low_window_with_large_text_the_days_are_typed(qtbot, page, theme):
    theme.choose(Scheme.LIGHT, 200)
    page.resize(1024, 560)
    popup = ranged(qtbot, page, "14 Nov 2026", "15 Nov 2026")
    assert popup.grid.isHidden()
    assert page.rect().contains(popup.geometry())
    popup.last.edit.setText("1 Nov 2026")
    assert page.rect().contains(popup.geometry())
    popup.last.edit.setText("19 Nov 2026")
    qtbot.keyClick(popup.last.edit, Qt.Key.Key_Return)
    assert page.filters.day.words() == "14 – 19 Nov 2026"
