"""Goods come back over the counter: by their receipt, by keyboard, once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from posapp.commands.counter import Sell, Tender
from posapp.commands.shifts import OpenShift
from posapp.commands.shop import MAIN_LOCATION
from posapp.domain.sale_line import SaleLine
from posapp.gui.dialogs.take_back import NO_REFERENCE, TakeBackDialog
from posapp.gui.dialogs.take_back_unknown import TakeBackUnknownDialog
from posapp.queries.products import product_row
from tests.gui.adaeze import Counter, is_closed
from tests.gui.showing import opened
from tests.gui.walker import nameless_controls


def sold(counter: Counter, lines: tuple[SaleLine, ...], *tenders: Tender, float_minor: int) -> str:
    """Sell something in a new shift; gives the order's id."""
    shop = counter.shop
    shop.do(OpenShift, float_minor=float_minor)
    order_id = shop.new_id("order")
    shop.do(Sell, order_id=order_id, location_id=MAIN_LOCATION, lines=lines, tenders=tenders)
    return order_id


@pytest.fixture
def sale(counter: Counter) -> str:
    """Two tins of shea butter and a cap, sold for cash."""
    cash = Tender("cash", 1_300_000, given_minor=1_500_000)
    return sold(counter, (SaleLine("shea", 2), SaleLine("fila", 1)), cash, float_minor=5_000_000)


def press_commit(qtbot: QtBot, dialog: TakeBackDialog) -> None:
    dialog.commit.setFocus()
    dialog.commit.guard_ms = 0
    qtbot.keyClick(dialog.commit, Qt.Key.Key_Space)


def test_one_unit_of_a_receipt_comes_back_by_keyboard(qtbot, counter, sale, desktop):
    number = counter.shop.order(sale).number
    dialog = opened(qtbot, TakeBackDialog(counter.parts, desktop))
    assert nameless_controls(dialog) == []
    free = product_row(counter.parts.reader, "shea").available
    qtbot.keyClicks(dialog.field.edit, number)
    qtbot.keyClick(dialog.field.edit, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is dialog.lines.rows[0].stepper
    qtbot.keyClick(dialog.lines.rows[0].stepper, Qt.Key.Key_Up)
    assert "₦3,000" in dialog.commit.word
    assert "in cash" in dialog.effect.text()
    with qtbot.waitSignal(dialog.taken):
        press_commit(qtbot, dialog)
    assert is_closed(dialog)
    assert counter.paper.told == [True]
    assert counter.toasts[-1][0] == f"{number}: 1 item taken back, ₦3,000 in cash"
    assert counter.shop.order(sale).refunded_minor == 300_000
    assert product_row(counter.parts.reader, "shea").available == free + 1


def test_a_number_that_nothing_has_is_said(qtbot, counter, sale, desktop):
    dialog = opened(qtbot, TakeBackDialog(counter.parts, desktop))
    qtbot.keyClicks(dialog.field.edit, "98765")
    qtbot.keyClick(dialog.field.edit, Qt.Key.Key_Return)
    assert dialog.problem.text() == "No sale or order is called 98765."


def test_what_came_back_cannot_come_back_again(qtbot, counter, sale, desktop):
    for _ in range(2):
        dialog = opened(qtbot, TakeBackDialog(counter.parts, desktop, order_id=sale))
        cap = dialog.lines.rows[1]
        cap.stepper.setValue(1)
        if cap.stepper.isEnabled():
            with qtbot.waitSignal(dialog.taken):
                press_commit(qtbot, dialog)
    assert not cap.stepper.isEnabled()
    assert not dialog.commit.isEnabled()
    assert counter.shop.order(sale).refunded_minor == 700_000
    dialog.reject()


def test_a_split_sale_says_one_sum_for_each_way_back(qtbot, counter, desktop):
    tenders = Tender("card", 400_000), Tender("cash", 300_000, given_minor=300_000)
    order_id = sold(counter, (SaleLine("fila", 1),), *tenders, float_minor=5_000_000)
    dialog = opened(qtbot, TakeBackDialog(counter.parts, desktop, order_id=order_id))
    dialog.lines.rows[0].stepper.setValue(1)
    said = dialog.effect.text()
    assert "gets ₦7,000 in cash." in said
    assert said.count("₦") == 1
    dialog.lines.rows[0].stepper.setValue(0)
    dialog.reject()


def test_what_is_broken_needs_a_reason_and_stays_off_the_shelf(qtbot, counter, sale, desktop):
    dialog = opened(qtbot, TakeBackDialog(counter.parts, desktop, order_id=sale))
    free = product_row(counter.parts.reader, "shea").available
    tin = dialog.lines.rows[0]
    tin.stepper.setValue(2)
    tin.restock.setChecked(False)
    assert not dialog.commit.isEnabled()
    qtbot.keyClicks(tin.why.edit, "melted")
    assert dialog.commit.isEnabled()
    with qtbot.waitSignal(dialog.taken):
        press_commit(qtbot, dialog)
    assert product_row(counter.parts.reader, "shea").available == free


def test_a_drawer_that_has_too_little_is_said_before_anything_moves(qtbot, counter, desktop):
    order_id = sold(counter, (SaleLine("fila", 1),), Tender("card", 700_000), float_minor=0)
    dialog = opened(qtbot, TakeBackDialog(counter.parts, desktop, order_id=order_id))
    dialog.payout.cash.setChecked(True)
    dialog.lines.rows[0].stepper.setValue(1)
    assert not dialog.commit.isEnabled()
    assert "drawer" in dialog.problem.text()
    dialog.payout.hand.setChecked(True)
    assert not dialog.commit.isEnabled()
    assert NO_REFERENCE in dialog.effect.text()
    qtbot.keyClicks(dialog.payout.reference.edit, "slip 0417")
    assert dialog.commit.isEnabled()
    with qtbot.waitSignal(dialog.taken):
        press_commit(qtbot, dialog)
    (part,) = counter.shop.order(order_id).parts
    assert (part.route, part.reference) == ("hand", "slip 0417")
    assert counter.paper.told == []


def test_an_exchange_hands_over_what_came_back(qtbot, counter, sale, desktop):
    dialog = opened(qtbot, TakeBackDialog(counter.parts, desktop, order_id=sale))
    dialog.lines.rows[1].stepper.setValue(1)
    with qtbot.waitSignal(dialog.exchanged) as told:
        qtbot.mouseClick(dialog.exchange, Qt.MouseButton.LeftButton)
    (returned,) = told.args[0]
    assert (returned.order_id, returned.quantity, returned.restock) == (sale, 1, True)
    assert counter.shop.order(sale).refunded_minor == 0


def test_without_a_receipt_it_takes_a_reason_and_lowers_total_sales(qtbot, counter, sale, desktop):
    dialog = opened(qtbot, TakeBackUnknownDialog(counter.parts, desktop))
    free, sales = product_row(counter.parts.reader, "fila").available, total_sales(counter)
    assert nameless_controls(dialog) == []
    qtbot.keyClicks(dialog.item.edit, "FILA-CAP")
    qtbot.keyClick(dialog.item.edit, Qt.Key.Key_Return)
    assert (dialog.units.text, dialog.price.text) == ("1", "7,000")
    assert not dialog.commit.isEnabled()
    qtbot.keyClicks(dialog.reason.edit, "a gift")
    with qtbot.waitSignal(dialog.taken):
        press_commit(qtbot, dialog)
    assert product_row(counter.parts.reader, "fila").available == free + 1
    assert total_sales(counter) == sales - 700_000


def total_sales(counter: Counter) -> int:
    return counter.parts.reader.value("SELECT SUM(amount_minor) FROM sales_entry")
