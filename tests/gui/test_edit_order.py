import pytest
from PySide6.QtCore import Qt

from posapp.commands.orders import HandOver
from posapp.gui.dialogs.draft import DraftLine
from posapp.gui.dialogs.edit_order import EditOrderDialog
from posapp.gui.theme import Scheme
from posapp.gui.widgets.button import Variant
from posapp.gui.widgets.label import Label
from posapp.queries.details import order_details
from posapp.queries.products import product_row
from tests.gui.adaeze import is_closed
from tests.gui.showing import opened as shown
from tests.gui.walker import nameless_controls


@pytest.fixture
def opened(qtbot, counter, desktop):
    def make(order_id):
        details = order_details(counter.shop.reader, order_id, counter.shop.now)
        dialog = EditOrderDialog(counter.parts, details, parent=desktop)
        dialog.commit.guard_ms = 0
        return shown(qtbot, dialog)

    return make


@pytest.fixture
def kemi(counter):
    return counter.shop.sold({"gele": 3, "coco": 2}, customer="Kemi Ade")


def add(counter, dialog, product_id, units=1):
    dialog.added.show_lines([DraftLine(product_row(counter.shop.reader, product_id), units)])
    dialog.foresee()


def save(qtbot, dialog):
    with qtbot.waitSignal(dialog.accepted):
        dialog.commit.click()


def test_nothing_is_different_at_first(opened, kemi):
    dialog = opened(kemi)
    assert dialog.commit.word == "Nothing is different yet"
    assert not dialog.commit.isEnabled()
    assert dialog.view.isHidden()
    assert not dialog.is_dirty()


def test_making_a_line_smaller_pays_back_and_frees_units(qtbot, opened, kemi, counter):
    dialog = opened(kemi)
    dialog.lines.rows[0].stepper.setValue(1)
    qtbot.waitUntil(lambda: dialog.commit.word == "Save: pay Kemi ₦17,000")
    assert dialog.commit._variant is Variant.DANGER
    assert dialog.view.isVisible()
    save(qtbot, dialog)
    order = counter.shop.order(kemi)
    assert (order.total_minor, order.paid_minor, order.refunded_minor) == (1_410_000, 1_410_000, 1_700_000)
    assert [line.allocated_qty for line in order.lines] == [1, 2]
    assert counter.toasts[0][0] == f"{order.number}: Kemi gets ₦17,000"


def test_the_route_of_the_money_is_chosen(qtbot, opened, kemi, counter):
    dialog = opened(kemi)
    dialog.lines.rows[0].stepper.setValue(2)
    dialog.reason.set_text("one was torn")
    dialog.view.payout.hand.setChecked(True)
    dialog.view.payout.reference.edit.setText("TRF 99")
    dialog.foresee()
    save(qtbot, dialog)
    (part,) = counter.shop.order(kemi).parts
    assert (part.route, part.reference) == ("hand", "TRF 99")
    assert counter.shop.order(kemi).refunds[0].reason == "one was torn"


def test_adding_a_line_to_a_paid_order_leaves_a_balance(qtbot, opened, kemi, counter):
    dialog = opened(kemi)
    add(counter, dialog, "chin", 2)
    assert dialog.commit.word.endswith("total ₦34,100")
    assert dialog.commit._variant is Variant.PRIMARY
    assert dialog.view.payout.isHidden()
    save(qtbot, dialog)
    order = counter.shop.order(kemi)
    assert order.total_minor - order.paid_minor == 300_000
    assert order.payment_status == "PARTIALLY_PAID"


def test_what_is_seen_is_what_happens(qtbot, opened, kemi, counter):
    dialog = opened(kemi)
    dialog.lines.rows[1].stepper.setValue(0)
    add(counter, dialog, "chin", 1)
    seen = dialog.effect
    save(qtbot, dialog)
    order = counter.shop.order(kemi)
    assert order.total_minor == seen.money.total_after_minor
    assert order.refunded_minor == seen.money.amount_minor == 410_000


def test_units_with_the_customer_cannot_leave_and_the_reason_is_said(qtbot, opened, kemi, counter):
    counter.shop.do(HandOver, order_id=kemi)
    dialog = opened(kemi)
    dialog.lines.rows[0].stepper.setValue(0)
    dialog.foresee()
    assert "with the customer" in dialog.problem.text()
    assert dialog.view.isHidden()
    assert not dialog.commit.isEnabled()
    dialog.lines.rows[0].stepper.setValue(3)
    dialog.foresee()
    assert dialog.problem.isHidden()


def test_emptying_an_order_says_to_cancel_it(opened, kemi):
    dialog = opened(kemi)
    for each in dialog.lines.rows:
        each.stepper.setValue(0)
    dialog.foresee()
    assert "cancel it instead" in dialog.problem.text()


def test_a_change_by_somebody_else_is_shown_and_nothing_typed_is_lost(qtbot, opened, kemi, counter):
    dialog = opened(kemi)
    dialog.lines.rows[0].stepper.setValue(1)
    dialog.foresee()
    counter.shop.do(HandOver, order_id=kemi, units={dialog.lines.rows[1].line.line_id: 1})
    qtbot.waitUntil(dialog.news.isVisible)
    assert dialog.lines.rows[0].stepper.value() == 1
    assert any("1 with the customer" in label.text() for label in dialog.lines.rows[1].findChildren(Label))
    save(qtbot, dialog)
    assert counter.shop.order(kemi).refunded_minor == 1_700_000


def test_a_stale_save_changes_nothing_and_says_so(qtbot, opened, kemi, counter):
    dialog = opened(kemi)
    dialog.lines.rows[0].stepper.setValue(1)
    dialog.foresee()
    counter.changes.blockSignals(True)
    counter.shop.do(HandOver, order_id=kemi, units={dialog.lines.rows[1].line.line_id: 1})
    dialog.commit.click()
    qtbot.waitUntil(lambda: "changed by someone else" in dialog.problem.text())
    assert dialog.isVisible()
    assert counter.shop.order(kemi).refunded_minor == 0
    assert dialog.news.isVisible()
    save(qtbot, dialog)
    assert counter.shop.order(kemi).refunded_minor == 1_700_000


def test_pressing_before_the_figures_are_there_only_shows_them(qtbot, opened, kemi, counter):
    dialog = opened(kemi)
    dialog.lines.rows[0].stepper.setValue(2)
    dialog.foresee()
    dialog.lines.rows[0].stepper.setValue(1)
    dialog.commit.click()
    assert dialog.isVisible()
    assert dialog.commit.word == "Save: pay Kemi ₦17,000"
    assert counter.shop.order(kemi).refunded_minor == 0


def test_an_unpaid_order_changes_without_money(qtbot, opened, counter):
    order_id = counter.shop.place({"gele": 3}, customer="Kemi Ade")
    dialog = opened(order_id)
    dialog.lines.rows[0].stepper.setValue(1)
    dialog.foresee()
    assert dialog.commit.word.endswith("total ₦8,500")
    save(qtbot, dialog)
    assert counter.shop.order(order_id).total_minor == 850_000
    assert counter.toasts[0][0].endswith("is changed, total ₦8,500")


def test_enter_never_saves_and_escape_asks_first(qtbot, opened, kemi):
    dialog = opened(kemi)
    dialog.lines.rows[0].stepper.setValue(1)
    dialog.foresee()
    dialog.commit.setFocus()
    qtbot.keyClick(dialog.commit, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert not dialog.is_busy
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.question.isVisible()
    dialog.question.deed.click()
    assert is_closed(dialog)


@pytest.mark.parametrize("percent", [100, 200])
def test_every_control_has_a_name(opened, kemi, counter, theme, percent):
    theme.choose(Scheme.LIGHT, percent)
    dialog = opened(kemi)
    dialog.lines.rows[0].stepper.setValue(1)
    add(counter, dialog, "chin", 2)
    assert nameless_controls(dialog) == []
    assert dialog.middle.horizontalScrollBar().maximum() == 0
