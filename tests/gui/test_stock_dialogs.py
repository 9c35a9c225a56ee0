import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from posapp.commands.orders import HandOver
from posapp.commands.shop import ChangeSetting
from posapp.gui.dialogs.stock import AdjustDialog, CountDialog, ReceiveDialog
from posapp.gui.theme import Scheme
from posapp.queries.products import product_row
from tests.gui.adaeze import is_closed
from tests.gui.showing import opened as shown
from tests.gui.walker import nameless_controls


@pytest.fixture
def opened(qtbot, counter, desktop):
    def make(kind, product_id=None):
        product = product_row(counter.shop.reader, product_id) if product_id else None
        return shown(qtbot, kind(counter.parts, product, parent=desktop))

    return make


def level(counter, product_id):
    row = product_row(counter.shop.reader, product_id)
    return row.on_hand, row.allocated, row.available


def said(dialog):
    return " | ".join(w.text() for w in dialog.panel.findChildren(QWidget) if hasattr(w, "text") and w.text())


def commit(qtbot, dialog):
    with qtbot.waitSignal(dialog.accepted):
        dialog.commit.click()


def test_receiving_serves_the_waiting_order_and_says_so_before(qtbot, opened, counter):
    dialog = opened(ReceiveDialog, "rice")
    assert dialog.units.edit.hasFocus()
    qtbot.keyClicks(dialog.units.edit, "3")
    qtbot.waitUntil(dialog.panel.isVisible)
    number = counter.shop.order(counter.orders["Musa"]).number
    assert f"Order {number}" in said(dialog)
    assert "leaves Attention" in said(dialog)
    assert dialog.commit.word == "Receive 3"
    assert level(counter, "rice") == (0, 0, 0)
    qtbot.keyClick(dialog.units.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: is_closed(dialog))
    assert level(counter, "rice") == (3, 2, 1)
    assert counter.shop.order(counter.orders["Musa"]).cases[0].is_open is False
    assert "Received 3" in counter.toasts[0][0]


def test_with_waiting_orders_not_filled_by_themselves_nobody_gains(qtbot, opened, counter):
    counter.shop.do(ChangeSetting, key="auto_fill", value="false")
    dialog = opened(ReceiveDialog, "rice")
    dialog.units.set_text("3")
    dialog.foresee()
    assert "No order gains or loses a unit by it." in said(dialog)
    commit(qtbot, dialog)
    assert level(counter, "rice") == (3, 0, 3)


def test_goods_can_be_received_of_an_item_that_is_scanned(qtbot, opened, counter):
    dialog = opened(ReceiveDialog)
    assert dialog.item.edit.hasFocus()
    dialog.commit.click()
    assert dialog.problem.text() == "Choose an item first."
    qtbot.keyClicks(dialog.item.edit, "PALM-1L")
    qtbot.keyClick(dialog.item.edit, Qt.Key.Key_Return)
    assert dialog.title.text() == "Receive stock: Palm oil 1 L"
    assert dialog.units.edit.hasFocus()
    qtbot.keyClicks(dialog.units.edit, "10")
    dialog.reason.set_text("Mama Tee")
    commit(qtbot, dialog)
    assert level(counter, "palm") == (43, 0, 43)


@pytest.mark.parametrize("typed", ["", "0", "-1", "1.5", "x", "1000001"])
def test_units_that_make_no_sense_are_said_beside_the_field(opened, counter, typed):
    before = level(counter, "rice")
    dialog = opened(ReceiveDialog, "rice")
    dialog.units.set_text(typed)
    dialog.commit.click()
    assert dialog.units._error.isVisible()
    assert dialog.isVisible()
    assert level(counter, "rice") == before


def test_an_adjustment_needs_a_reason(qtbot, opened, counter):
    dialog = opened(AdjustDialog, "palm")
    dialog.units.set_text("-2")
    dialog.foresee()
    assert dialog.panel.isVisible()
    assert dialog.problem.isHidden()
    dialog.commit.click()
    qtbot.waitUntil(dialog.reason._error.isVisible)
    assert dialog.reason.edit.hasFocus()
    dialog.reason.set_text("a bottle broke")
    commit(qtbot, dialog)
    assert level(counter, "palm") == (31, 0, 31)
    assert "adjusted by −2" in counter.toasts[0][0]


def test_an_adjustment_below_nothing_is_refused_before_it_is_pressed(opened, counter):
    dialog = opened(AdjustDialog, "palm")
    dialog.units.set_text("−34")
    dialog.foresee()
    assert "Only 33 are on the shelf" in dialog.problem.text()
    assert dialog.panel.isHidden()


def test_an_adjustment_below_what_is_promised_says_who_loses(qtbot, opened, counter):
    dialog = opened(AdjustDialog, "red")
    dialog.units.set_text("-1")
    dialog.reason.set_text("torn")
    dialog.foresee()
    ada = counter.shop.order(counter.orders["Ada"]).number
    assert f"Order {ada}" in said(dialog)
    assert "loses 1" in said(dialog)
    commit(qtbot, dialog)
    assert level(counter, "red") == (3, 3, 0)


def test_a_count_is_made_against_what_was_seen(qtbot, opened, counter):
    dialog = opened(CountDialog, "gele")
    dialog.units.set_text("14")
    qtbot.waitUntil(dialog.panel.isVisible)
    assert dialog.commit.word == "Save count: 15 → 14"
    counter.shop.do(HandOver, order_id=counter.orders["Zainab"])
    qtbot.waitUntil(lambda: "13 on the shelf" in dialog.sub.text())
    assert dialog.units.text == "14"
    commit(qtbot, dialog)
    assert level(counter, "gele") == (12, 0, 12)


def test_a_refusal_keeps_what_was_typed(qtbot, opened, counter):
    counter.shop.product("Untracked", 100, product_id="odd")
    dialog = opened(ReceiveDialog, "odd")
    dialog.units.set_text("5")
    dialog.reason.set_text("by mistake")
    counter.shop.product("Untracked", 100, product_id="odd", track_stock=False)
    dialog.commit.click()
    qtbot.waitUntil(lambda: "is not tracked" in dialog.problem.text())
    assert (dialog.units.text, dialog.reason.text) == ("5", "by mistake")
    assert dialog.commit.isEnabled()


def test_escape_asks_when_something_was_typed(qtbot, opened):
    dialog = opened(CountDialog, "gele")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert is_closed(dialog)
    dialog = opened(CountDialog, "gele")
    dialog.units.set_text("3")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.question.isVisible()


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("kind", [ReceiveDialog, AdjustDialog, CountDialog])
def test_every_control_has_a_name_and_nothing_is_wider_than_the_dialog(opened, theme, kind, percent):
    theme.choose(Scheme.LIGHT, percent)
    dialog = opened(kind, "red")
    dialog.units.set_text("3")
    dialog.foresee()
    assert nameless_controls(dialog) == []
    assert dialog.middle.horizontalScrollBar().maximum() == 0
