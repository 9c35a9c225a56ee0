"""The delivery goes back with the last of the goods or after them; a limit is said before it is asked for."""

import pytest
from PySide6.QtCore import Qt

from posapp.commands.counter import Sell, Tender
from posapp.commands.shifts import OpenShift
from posapp.commands.shop import MAIN_LOCATION
from posapp.commands.staff import AddStaff, SaveRole
from posapp.domain.orders import Status
from posapp.domain.rights import Right
from posapp.domain.sale_line import SaleLine
from posapp.gui.dialogs.take_back import MANAGER, TakeBackDialog
from tests.gui.showing import opened
from tests.gui.walker import nameless_controls


@pytest.fixture
def sale(counter):
    """Two tins of shea butter for 6,000, brought for 1,500."""
    shop = counter.shop
    shop.do(OpenShift, float_minor=5_000_000)
    order_id = shop.new_id("order")
    paid, lines = Tender("cash", 750_000), (SaleLine("shea", 2),)
    shop.do(
        Sell,
        order_id=order_id,
        location_id=MAIN_LOCATION,
        lines=lines,
        tenders=(paid,),
        shipping_minor=150_000,
    )
    return order_id


def take(qtbot, dialog):
    dialog.commit.setFocus()
    dialog.commit.guard_ms = 0
    with qtbot.waitSignal(dialog.taken):
        qtbot.keyClick(dialog.commit, Qt.Key.Key_Space)


def test_with_the_last_of_the_goods(qtbot, counter, sale, desktop):
    dialog = opened(qtbot, TakeBackDialog(counter.parts, desktop, order_id=sale))
    stepper = dialog.lines.rows[0].stepper
    qtbot.keyClick(stepper, Qt.Key.Key_Up)
    assert dialog.delivery.isHidden()
    qtbot.keyClick(stepper, Qt.Key.Key_Up)
    assert dialog.delivery.isVisible()
    assert nameless_controls(dialog) == []
    assert dialog.commit.word == "Take back 2: give ₦6,000"
    dialog.delivery.setChecked(True)
    assert dialog.commit.word == "Take back 2: give ₦7,500"
    take(qtbot, dialog)
    assert counter.shop.order(sale).status == Status.CANCELLED


def test_after_the_goods(qtbot, counter, sale, desktop):
    dialog = opened(qtbot, TakeBackDialog(counter.parts, desktop, order_id=sale))
    for _ in range(2):
        qtbot.keyClick(dialog.lines.rows[0].stepper, Qt.Key.Key_Up)
    take(qtbot, dialog)
    dialog = opened(qtbot, TakeBackDialog(counter.parts, desktop, order_id=sale))
    assert not dialog.commit.isEnabled()
    dialog.delivery.setChecked(True)
    assert dialog.commit.word == "Delivery: give ₦1,500"
    take(qtbot, dialog)
    assert "delivery given back" in counter.toasts[-1][0]
    assert counter.shop.order(sale).paid_minor == 0


def test_a_limit_is_said_with_what_was_given_back_before(qtbot, counter, sale, desktop):
    rights = {Right.SALE_MAKE: None, Right.REFUNDS_ISSUE: 400_000}
    counter.shop.do(SaveRole, role_id="senior", name="Senior", rights=rights)
    counter.shop.do(AddStaff, name="Bisi", role_id="senior")
    counter.who.sign_in("Bisi")
    dialog = opened(qtbot, TakeBackDialog(counter.parts, desktop, order_id=sale))
    qtbot.keyClick(dialog.lines.rows[0].stepper, Qt.Key.Key_Up)
    assert MANAGER not in dialog.effect.text()
    take(qtbot, dialog)
    dialog = opened(qtbot, TakeBackDialog(counter.parts, desktop, order_id=sale))
    qtbot.keyClick(dialog.lines.rows[0].stepper, Qt.Key.Key_Up)
    assert dialog.effect.text().endswith(MANAGER)
