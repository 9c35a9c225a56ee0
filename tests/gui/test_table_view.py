import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication

from posapp.gui import chips
from posapp.gui.models.columns import Align, Cell, Column
from posapp.gui.models.rows import ListRows
from posapp.gui.models.window_model import WindowModel
from posapp.gui.theme import look
from posapp.gui.widgets.table_view import TableView
from tests.gui.order_rows import COLUMNS, OrderRow, Orders, listed


@pytest.fixture
def shown(qtbot, theme):
    def show(model, **options):
        view = TableView(model, name="Orders", **options)
        qtbot.addWidget(view)
        view.resize(800, 400)
        view.show()
        qtbot.waitExposed(view)
        view.activateWindow()
        view.setFocus()
        qtbot.waitUntil(view.hasFocus)
        return view

    return show


def test_enter_opens_space_previews_and_copy_is_tsv(shown, qtbot):
    view = shown(WindowModel(COLUMNS, listed(140, 139, 138)))
    opened, previewed = [], []
    view.opened.connect(opened.append)
    view.previewed.connect(previewed.append)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert opened == ["139"]
    assert previewed == ["139"]
    assert QGuiApplication.clipboard().text() == "No.\tTotal, ₦\tShort\n0139\t13,900\tRice 5 kg 2 of 2\n"


def test_a_double_click_opens(shown, qtbot):
    view = shown(WindowModel(COLUMNS, listed(140, 139, 138)))
    opened = []
    view.opened.connect(opened.append)
    at = QPoint(60, view.rowViewportPosition(2) + 10)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert opened == ["138"]


def test_home_and_end_cross_a_million_rows(shown, qtbot):
    orders = Orders(1_000_000)
    view = shown(WindowModel(COLUMNS, orders.source()))
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.selected_id() == "1"
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.selected_id() == "1000000"
    qtbot.keyClicks(view, "abc")
    assert view.selected_id() == "1000000"


def test_the_selection_stays_with_its_row_when_rows_come_and_go(shown):
    view = shown(WindowModel(COLUMNS, listed(5, 4, 3, 2, 1)))
    view.select_row(2)
    view.refresh(listed(7, 6, 5, 4, 3, 2, 1))
    assert view.selected_id() == "3"
    view.refresh(listed(7, 3))
    assert view.selected_id() == "3"


def test_the_selection_and_the_place_survive_a_reset_of_a_long_list(shown, qtbot):
    orders = Orders(3_000)
    view = shown(WindowModel(COLUMNS, orders.source()))
    view.verticalScrollBar().setValue(1_000 * 40)
    view.select_row(1_004)
    row_id, y = view.selected_id(), view.rowViewportPosition(1_004)
    orders.sql.execute("DELETE FROM orders WHERE id > 2990")
    orders.counted -= 10
    view.refresh()
    assert view.selected_id() == row_id
    assert view.rowViewportPosition(view.currentIndex().row()) == y


def test_rows_that_came_in_meanwhile_are_offered_and_shown(shown, qtbot):
    orders = Orders(3_000)
    view = shown(WindowModel(COLUMNS, orders.source()), new_rows=lambda n: f"{n} new orders, show")
    view.verticalScrollBar().setValue(400)
    orders.add(3_001, 3_002, 3_003)
    view.refresh()
    assert view.place.button.isVisible()
    assert view.place.button.word == "3 new orders, show"
    view.place.button.click()
    assert not view.place.button.isVisible()
    assert view.verticalScrollBar().value() == 0
    assert view.window_model.id_at(0) == "3003"


def test_what_came_in_is_reached_and_shown_by_keyboard(shown, qtbot):
    orders = Orders(3_000)
    view = shown(WindowModel(COLUMNS, orders.source()), new_rows=lambda n: f"{n} new orders, show")
    view.setFocus()
    view.verticalScrollBar().setValue(400)
    orders.add(3_001, 3_002)
    view.refresh()
    qtbot.keyClick(view, Qt.Key.Key_Tab)
    assert view.window().focusWidget() is view.place.button
    qtbot.keyClick(view.place.button, Qt.Key.Key_Return)
    assert view.window_model.id_at(0) == "3002"
    assert view.window().focusWidget() is view


def test_a_short_list_does_not_move_under_the_eye_either(shown):
    orders = Orders(24)
    view = shown(WindowModel(COLUMNS, orders.source()), new_rows=lambda n: f"{n} new orders, show")
    view.setFixedHeight(200)
    view.verticalScrollBar().setValue(180)
    first = view.window_model.id_at(view.rowAt(0))
    orders.add(25, 26)
    view.refresh()
    assert view.place.button.word == "2 new orders, show"
    assert view.window_model.id_at(view.rowAt(0)) == first
    orders.add(27)
    view.refresh()
    assert view.place.button.word == "3 new orders, show"
    orders.sql.execute("DELETE FROM orders WHERE id = 3")
    orders.counted -= 1
    view.refresh()
    assert view.place.button.isHidden(), "the list changed in its middle: it is shown as it is"
    assert view.window_model.rowCount() == 26


def test_columns_are_chosen_widened_and_remembered(shown, qtbot):
    columns = (
        Column[OrderRow]("No.", lambda row: row.number, width=80),
        Column[OrderRow]("Customer", lambda row: "Ada", width=200, stretch=True),
        Column[OrderRow]("Channel", lambda row: "Web", width=100, optional=True),
    )
    view = shown(WindowModel(columns, listed(1)))
    told = []
    view.columns.changed.connect(told.append)
    assert sum(view.columnWidth(n) for n in range(3)) == view.viewport().width()
    view.columns.show("Channel", on=False)
    assert view.isColumnHidden(2)
    view.header.resizeSection(0, 150)
    assert told[-1] == {"widths": {"No.": 150}, "hidden": ["Channel"]}
    other = shown(WindowModel(columns, listed(1)))
    other.columns.restore({**told[-1], "hidden": ["Channel", "No.", "gone"]})
    assert (other.columnWidth(0), other.isColumnHidden(2), other.isColumnHidden(0)) == (150, True, False)
    boxes = [(a.text(), a.isChecked(), a.isEnabled()) for a in other.columns.menu(other).actions()]
    assert boxes == [("No.", True, False), ("Customer", True, False), ("Channel", False, True)]


def test_optional_columns_give_way_before_anything_is_cut(shown):
    columns = (
        Column[OrderRow]("No.", lambda row: row.number, width=300),
        Column[OrderRow]("Channel", lambda row: "Web", width=300, optional=True),
        Column[OrderRow]("Total", lambda row: "1", Align.RIGHT, width=300),
    )
    view = shown(WindowModel(columns, listed(1)))
    assert [view.isColumnHidden(n) for n in range(3)] == [False, True, False]
    view.resize(1_000, 400)
    assert [view.isColumnHidden(n) for n in range(3)] == [False, False, False]


def test_a_header_that_sorts_says_so(shown, qtbot):
    columns = (
        Column[OrderRow]("No.", lambda row: row.number),
        Column[OrderRow]("Total", lambda row: "1", Align.RIGHT, sortable=True, key="total"),
    )
    view = shown(WindowModel(columns, listed(1)))
    asked = []
    view.sort_requested.connect(lambda *what: asked.append(what))
    for section in (1, 1, 0):
        at = QPoint(view.header.sectionViewportPosition(section) + 20, 10)
        qtbot.mouseClick(view.header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert asked == [("total", False), ("total", True)]


def test_the_selected_row_is_tinted_with_its_bar_and_idle_without_focus(shown, qtbot):
    view = shown(WindowModel(COLUMNS, listed(3, 2, 1)))
    view.select_row(1)
    t, y = look().tokens, view.rowViewportPosition(1) + 20
    focused = view.viewport().grab().toImage()
    assert focused.pixelColor(1, y) == t.primary
    assert focused.pixelColor(5, y) == t.selection
    view.clearFocus()
    idle = view.viewport().grab().toImage()
    assert idle.pixelColor(1, y) == t.border
    assert idle.pixelColor(5, y) == t.selection_idle


def test_every_kind_of_cell_is_drawn(shown):
    cells = (
        Cell("Ankara tote (red)", after="1 of 3"),
        Cell("1", icon="triangle-alert", ink="attention"),
        Cell("Promised 2 to 0142", below="Ada Obi, web, 1 short"),
        Cell("To Paystack", chip=chips.REFUNDED),
        chips.PAID,
        "–",
        "a name that is far too long for its column and must not run into the next one",
    )
    columns = tuple(
        Column[int](f"{n}", lambda row, cell=cell: cell, Align.RIGHT if n % 2 else Align.LEFT, width=110)
        for n, cell in enumerate(cells)
    )
    view = shown(WindowModel(columns, ListRows((1,), str)), row_height=48)
    blank = view.viewport().grab().toImage()
    for section in range(len(cells)):
        left, top = view.columnViewportPosition(section), view.rowViewportPosition(0)
        colours = {
            blank.pixelColor(x, y).name()
            for x in range(left, min(left + 110, blank.width()), 2)
            for y in range(top + 4, top + 44, 2)
        }
        assert len(colours) > 1, cells[section]


def test_a_list_that_fits_its_rows_is_as_high_as_they_are(shown):
    view = TableView(
        WindowModel(COLUMNS, listed(3, 2, 1)), name="Lines", edge=12, in_card=True, fit_rows=True
    )
    assert view.sizeHint().height() == 33 + 3 * 40 - 1
    view.refresh(listed(3))
    assert view.sizeHint().height() == 33 + 40 - 1
