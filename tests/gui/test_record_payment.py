"""The rest of an order that was kept unpaid: in coins that there are, or on the customer's account."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QRadioButton

from posapp.commands.accounts import SetCreditLimit
from posapp.commands.shifts import OpenShift
from posapp.commands.shop import ChangeSetting
from posapp.domain.orders import Status
from posapp.gui.dialogs.open_shift import OpenShiftDialog
from posapp.gui.dialogs.record_payment import RecordPaymentDialog
from posapp.queries.accounts import account_of
from posapp.queries.shifts import open_shift_of


@pytest.fixture
def unpaid(counter):
    """Two necklaces for 13,000 of which 5,000 are paid; the smallest coin is 500 naira, and 8,020 are due."""
    order = counter.shop.order(counter.orders["part"])
    counter.shop.do(ChangeSetting, key="cash_step_minor", value="50000")
    counter.shop.pay(order.id, 98_000, method="card")
    return counter.shop.order(order.id)


def opened(qtbot, counter, desktop, order):
    dialog = RecordPaymentDialog(counter.parts, order.id, desktop)
    dialog.open()
    qtbot.waitExposed(dialog)
    return dialog


def said(dialog):
    return " ".join(label.text() for label in dialog.findChildren(QLabel))


def test_cash_pays_the_rest_in_coins(qtbot, counter, desktop, unpaid):
    dialog = opened(qtbot, counter, desktop, unpaid)
    assert dialog.amount.text == "7,000"
    assert "₦7,020 of ₦13,000 is still to be paid. In cash ₦7,000 pays it." in said(dialog)
    dialog.method.set_value("card")
    assert dialog.amount.text == "7,020"
    dialog.method.set_value("cash")
    assert dialog.commit.word.startswith("Record ₦7,000")
    counter.shop.do(OpenShift, float_minor=0)
    dialog.commit.click()
    qtbot.waitUntil(lambda: counter.shop.order(unpaid.id).status == Status.PROCESSING)
    assert counter.shop.order(unpaid.id).rounding_minor == -2_000


def test_who_may_owe_can_have_it_put_on_the_account(qtbot, counter, desktop, unpaid):
    without = opened(qtbot, counter, desktop, unpaid)
    assert len(without.method.findChildren(QRadioButton)) == 4
    without.close()
    counter.shop.do(SetCreditLimit, contact_id=unpaid.contact_id, limit_minor=500_000)
    dialog = opened(qtbot, counter, desktop, unpaid)
    dialog.method.set_value("account")
    assert (dialog.amount.text, dialog.commit.isEnabled()) == ("5,000", True)
    dialog.amount.edit.selectAll()
    qtbot.keyClicks(dialog.amount.edit, "5001")
    assert not dialog.commit.isEnabled()
    assert dialog.amount.edit.accessibleDescription() == "At most ₦5,000."
    dialog.amount.edit.selectAll()
    qtbot.keyClicks(dialog.amount.edit, "5,000")
    assert "₦5,000 is free on the account" in said(dialog)
    counter.shop.do(SetCreditLimit, contact_id=unpaid.contact_id, limit_minor=702_000)
    dialog.load()
    assert dialog.commit.word.startswith("Put ₦7,020 on the account of")
    dialog.commit.click()
    qtbot.waitUntil(lambda: counter.shop.order(unpaid.id).status == Status.PROCESSING)
    assert account_of(counter.shop.reader, unpaid.contact_id).balance_minor == 702_000


@pytest.mark.parametrize("method", ["cash", "transfer"])
def test_money_that_is_there_asks_for_a_shift(qtbot, counter, desktop, unpaid, method):
    dialog = opened(qtbot, counter, desktop, unpaid)
    dialog.method.set_value(method)
    dialog.commit.click()
    shift = QApplication.activeModalWidget()
    assert isinstance(shift, OpenShiftDialog)
    qtbot.keyClick(shift, Qt.Key.Key_Escape)
    assert counter.shop.order(unpaid.id).paid_minor == unpaid.paid_minor
    dialog.commit.click()
    shift = QApplication.activeModalWidget()
    qtbot.keyClicks(shift.float.edit, "20,000")
    qtbot.keyClick(shift.float.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: counter.shop.order(unpaid.id).status == Status.PROCESSING)
    assert open_shift_of(counter.shop.reader).float_minor == 2_000_000


def test_a_transfer_that_is_only_announced_asks_for_none(qtbot, counter, desktop, unpaid):
    dialog = opened(qtbot, counter, desktop, unpaid)
    dialog.method.set_value("transfer")
    dialog.announced.setChecked(True)
    dialog.commit.click()
    qtbot.waitUntil(lambda: len(counter.shop.order(unpaid.id).payments) > len(unpaid.payments))
    assert open_shift_of(counter.shop.reader) is None
