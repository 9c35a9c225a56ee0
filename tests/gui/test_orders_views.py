"""Views a person saved of the list of orders."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from posapp.domain.orders import Channel
from posapp.domain.standing import PaymentMark
from posapp.gui.pages.orders import OrdersPage
from posapp.gui.pages.orders_dates import Days
from posapp.gui.preferences import Preferences
from posapp.queries.orders import DateOf, OrderFilter, View
from posapp.settings import VIEWS_MOST, SavedView, Settings, load
from tests.gui.test_orders_page import customers, show
from tests.gui.walker import nameless_controls


@pytest.fixture
def page(qtbot, counter):
    made = OrdersPage(counter.parts)
    qtbot.addWidget(made)
    return show(qtbot, made)


def save(qtbot, page, name):
    qtbot.keyClick(page.table, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    dialog = page.filters.saved.dialog
    assert nameless_controls(dialog) == []
    dialog.field.edit.setText(name)
    qtbot.keyClick(dialog.field.edit, Qt.Key.Key_Return)


def test_a_view_is_saved_by_key_and_brings_everything_back(qtbot, page, counter):
    page.filters.payment.set_value(PaymentMark.UNPAID)
    page.filters.channel.set_value(Channel.WEB)
    page.filters.day.set_days(Days("range", date(2026, 11, 14), date(2026, 11, 20), DateOf.PLACED))
    page.filters.search("bisi")
    wanted = page.filters.chosen()
    save(qtbot, page, "Unpaid on the web")
    assert page.filters.saved.words() == "Unpaid on the web"
    assert counter.toasts[-1][0].endswith("is saved")
    page.filters.clear()
    assert page.filters.saved.words() == "Saved views"
    page.filters.open_view(counter.parts.preferences.views("orders")[0])
    assert customers(page) == ["Bisi Alabi"]
    assert page.finder.edit.text() == "bisi"
    found = page.filters.chosen()
    assert (found.payment, found.channel, found.search) == (wanted.payment, wanted.channel, "bisi")
    assert (found.from_at, found.to_at) == (wanted.from_at, wanted.to_at)
    assert page.filters.saved.words() == "Unpaid on the web"


def test_the_menu_opens_renames_and_deletes(qtbot, page, counter):
    page.filters.payment.set_value(PaymentMark.UNPAID)
    save(qtbot, page, "Unpaid & open")
    page.filters.show_filter(OrderFilter(view=View.TO_PREPARE))
    save(qtbot, page, "Pack")
    menu = QMenu(page)
    page.filters.saved.fill_menu(menu)
    words = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert words == ["Unpaid && open", "Pack", "Save this view…\tCtrl+S", "Rename", "Delete"]
    assert [action.isChecked() for action in menu.actions()[:2]] == [False, True]
    menu.actions()[0].trigger()
    assert page.filters.payment.value == PaymentMark.UNPAID
    rename = next(action.menu() for action in menu.actions() if action.text() == "Rename")
    rename.actions()[1].trigger()
    dialog = page.filters.saved.dialog
    dialog.field.edit.setText("Pack these")
    qtbot.mouseClick(dialog.commit, Qt.MouseButton.LeftButton)
    assert [view.name for view in page.filters.saved.saved] == ["Unpaid & open", "Pack these"]


def test_a_deleted_view_comes_back_to_its_place(qtbot, page, counter):
    for name in ("One", "Two", "Three"):
        save(qtbot, page, name)
    page.filters.saved.delete("Two")
    assert [view.name for view in page.filters.saved.saved] == ["One", "Three"]
    words, more = counter.toasts[-1]
    assert "Two" in words
    assert more["action"] == "Undo"
    more["on_action"]()
    assert [view.name for view in page.filters.saved.saved] == ["One", "Two", "Three"]


def test_a_name_that_is_taken_says_so_and_replaces(qtbot, page):
    save(qtbot, page, "Mine")
    page.filters.payment.set_value(PaymentMark.PAID)
    page.filters.saved.save()
    dialog = page.filters.saved.dialog
    qtbot.mouseClick(dialog.commit, Qt.MouseButton.LeftButton)
    assert dialog.field.edit.accessibleDescription() == "Give the view a name."
    qtbot.keyClicks(dialog.field.edit, "Mine")
    assert dialog.commit.word == "Save and replace that view"
    assert not dialog.problem.isHidden()
    qtbot.mouseClick(dialog.commit, Qt.MouseButton.LeftButton)
    (view,) = page.filters.saved.saved
    assert view.payment == PaymentMark.PAID


def test_views_outlive_the_window(qtbot, page, counter, tmp_path):
    save(qtbot, page, "Kept ₦")
    kept = Preferences(tmp_path / "mine.toml")
    kept.keep_views("orders", page.filters.saved.saved)
    kept.finish()
    loaded = load(tmp_path / "mine.toml")
    assert loaded.complaint == ""
    assert loaded.settings.views["orders"] == page.filters.saved.saved


@pytest.mark.parametrize(
    "odd",
    [
        SavedView(
            "x", view="of a later version", day="fortnight", status="?", payment="?", channel="?", sort="?"
        ),
        SavedView("x", day="range", first="2026-11-20", last="2026-11-01", date_of="?"),
        SavedView("x", day="range", first="soon"),
    ],
)
def test_what_a_file_says_that_we_do_not_know_is_any(page, odd):
    page.filters.open_view(odd)
    assert page.filters.chosen().from_at is None
    assert len(customers(page)) == 16
    assert not page.filters.is_set


def test_no_more_views_than_a_menu_can_show(page, counter):
    many = tuple(SavedView(f"View {n}") for n in range(VIEWS_MOST))
    counter.parts.preferences.known = Settings(views={"orders": many})
    page.filters.saved.save()
    assert page.filters.saved.dialog is None
    assert "delete one first" in counter.toasts[-1][0]


def test_the_order_of_the_list_is_part_of_a_view(qtbot, page):
    menu = QMenu(page)
    page.filters.sort.fill_menu(menu)
    assert menu.actions()[0].text() == "Newest first"
    menu.actions()[2].trigger()
    totals = [page.model.row(place).total_minor for place in range(page.model.rowCount())]
    assert totals == sorted(totals, reverse=True)
    assert page.filters.sort.accessibleName() == "Sort: Largest total first"
    ids = [column.id for column in page.model.columns]
    assert page.table.header.sorted_by == (ids.index("total"), True)
    save(qtbot, page, "Large ones")
    page.filters.clear()
    assert page.table.header.sorted_by == (ids.index("placed"), True)
    page.filters.open_view(page.filters.saved.saved[0])
    assert page.model.row(0).total_minor == totals[0]


def test_a_header_sorts_and_turns_round(qtbot, page, counter):
    ids = [column.id for column in page.model.columns]
    newest = page.model.id_at(0)
    page.table._sort(ids.index("placed"))
    assert page.model.id_at(page.model.rowCount() - 1) == newest
    page.table._sort(ids.index("placed"))
    assert page.model.id_at(0) == newest
    page.table._sort(ids.index("total"))
    assert page.model.row(0).total_minor == min(
        page.model.row(place).total_minor for place in range(page.model.rowCount())
    )
    counter.shop.place({"zobo": 1}, customer="Small")
    qtbot.waitUntil(lambda: page.model.row(0).total_minor == 90_000)
