"""Customers' accounts by keyboard: a limit is set, money is taken in the shift, and who owes is listed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from posapp.commands.accounts import SetCreditLimit
from posapp.commands.counter import Sell, Tender
from posapp.commands.shifts import OpenShift
from posapp.commands.shop import MAIN_LOCATION
from posapp.domain.sale_line import SaleLine
from posapp.gui.dialogs.account import AccountDialog
from posapp.gui.dialogs.accounts import AccountsDialog
from posapp.gui.dialogs.open_shift import OpenShiftDialog
from posapp.gui.dialogs.sale_customer import SaleCustomerDialog
from posapp.gui.pages.dashboard import DashboardPage
from posapp.queries.accounts import account_entries, account_of, accounts
from tests.gui.selling_hands import Cashier
from tests.gui.showing import opened
from tests.gui.walker import nameless_controls

Key = Qt.Key


@pytest.fixture
def ngozi(counter):
    """Somebody who may owe ₦20,000 and owes ₦6,000 for two pots of shea butter."""
    contact = counter.shop.customer("Ngozi Eze", phone="+234 803 555 0177")
    counter.shop.do(SetCreditLimit, contact_id=contact, limit_minor=2_000_000)
    counter.shop.do(
        Sell, order_id="bought", location_id=MAIN_LOCATION, lines=(SaleLine("shea", 2),), contact_id=contact,
        tenders=(Tender("account", 600_000),),
    )  # fmt: skip
    return contact


def owed(counter, contact):
    return account_of(counter.parts.reader, contact).balance_minor


def test_all_that_is_owed_is_taken_with_one_key(qtbot, counter, desktop, ngozi):
    counter.shop.do(OpenShift, float_minor=0)
    dialog = opened(qtbot, AccountDialog(counter.parts, ngozi, desktop))
    assert nameless_controls(dialog) == []
    assert (dialog.title.text(), dialog.owed.text()) == ("Account of Ngozi Eze", "₦6,000")
    assert dialog.free.text() == "Up to ₦14,000 more can go on account."
    assert dialog.amount.edit.hasFocus()
    assert dialog.commit.word == "Take ₦6,000, cash"
    qtbot.keyClick(dialog.amount.edit, Key.Key_Return)
    qtbot.waitUntil(lambda: owed(counter, ngozi) == 0)
    qtbot.waitUntil(lambda: not dialog.commit.isVisible())
    assert dialog.owed.text() == "₦0"
    (paid, bought) = account_entries(counter.parts.reader, ngozi)
    assert (paid.amount_minor, paid.kind, paid.method) == (-600_000, "paid", "cash")
    assert (bought.amount_minor, bought.kind) == (600_000, "bought")
    assert counter.parts.reader.value("SELECT shift_id FROM account_payment") != ""


def test_a_part_is_taken_by_transfer_and_more_than_is_owed_never(qtbot, counter, desktop, ngozi):
    counter.shop.do(OpenShift, float_minor=0)
    dialog = opened(qtbot, AccountDialog(counter.parts, ngozi, desktop))
    qtbot.keyClicks(dialog.amount.edit, "6001")
    assert not dialog.commit.isEnabled()
    qtbot.keyClick(dialog.amount.edit, Key.Key_Return)
    assert owed(counter, ngozi) == 600_000
    dialog.amount.edit.selectAll()
    qtbot.keyClicks(dialog.amount.edit, "2500")
    dialog.method.set_value("transfer")
    qtbot.keyClicks(dialog.reference.edit, "Lagoon 4411")
    qtbot.keyClick(dialog.reference.edit, Key.Key_Return)
    qtbot.waitUntil(lambda: owed(counter, ngozi) == 350_000)
    qtbot.waitUntil(lambda: dialog.amount.text == "3,500")
    row = counter.parts.reader.row("SELECT method, reference FROM account_payment")
    assert row == ("transfer", "Lagoon 4411")


def test_the_first_money_of_the_day_asks_for_the_shift(qtbot, counter, desktop, ngozi):
    dialog = opened(qtbot, AccountDialog(counter.parts, ngozi, desktop))
    qtbot.keyClick(dialog.amount.edit, Key.Key_Return)
    qtbot.waitUntil(lambda: bool(dialog.findChildren(OpenShiftDialog)))
    (asked,) = dialog.findChildren(OpenShiftDialog)
    qtbot.keyClick(asked.float.edit, Key.Key_Return)
    qtbot.waitUntil(lambda: owed(counter, ngozi) == 0)


def test_money_that_was_typed_is_not_forgotten_by_a_slip(qtbot, counter, desktop, ngozi):
    dialog = opened(qtbot, AccountDialog(counter.parts, ngozi, desktop))
    qtbot.keyClicks(dialog.amount.edit, "100")
    qtbot.keyClick(dialog, Key.Key_Escape)
    assert dialog.question is not None


def test_a_limit_is_set_for_who_has_none(qtbot, counter, desktop):
    contact = counter.shop.customer("Emeka Obi")
    dialog = opened(qtbot, AccountDialog(counter.parts, contact, desktop))
    assert dialog.limit.edit.hasFocus()
    assert dialog.free.text() == "Nothing can be bought on account yet."
    assert not dialog.commit.isVisible()
    qtbot.keyClicks(dialog.limit.edit, "15000")
    qtbot.keyClick(dialog.limit.edit, Key.Key_Return)
    qtbot.waitUntil(lambda: account_of(counter.parts.reader, contact).limit_minor == 1_500_000)
    qtbot.waitUntil(lambda: dialog.free.text() == "Up to ₦15,000 more can go on account.")
    assert not dialog.set_limit.isEnabled()


def test_who_owes_is_listed_and_opened_with_enter(qtbot, counter, desktop, ngozi):
    emeka = counter.shop.customer("Emeka Obi")
    counter.shop.do(SetCreditLimit, contact_id=emeka, limit_minor=1_000)
    counter.shop.do(SetCreditLimit, contact_id=counter.shop.customer("Nobody"), limit_minor=0)
    assert [(x.name, x.balance_minor) for x in accounts(counter.parts.reader)] == [
        ("Ngozi Eze", 600_000),
        ("Emeka Obi", 0),
    ]
    assert [x.name for x in accounts(counter.parts.reader, [emeka])] == ["Emeka Obi"]
    dialog = opened(qtbot, AccountsDialog(counter.parts, desktop))
    assert nameless_controls(dialog) == []
    assert dialog.sub.text() == "1 customer owes ₦6,000"
    qtbot.keyClick(dialog.table, Key.Key_Return)
    qtbot.waitUntil(lambda: bool(dialog.findChildren(AccountDialog)))
    assert dialog.findChildren(AccountDialog)[0].title.text() == "Account of Ngozi Eze"


def test_the_dashboard_has_a_tile_while_somebody_owes(qtbot, counter, ngozi):
    page = DashboardPage(counter.parts)
    qtbot.addWidget(page)
    assert not page.on_account.isHidden()
    assert page.on_account.accessibleName() == "On account, ₦6,000 owed, Ngozi"
    counter.shop.do(SetCreditLimit, contact_id=ngozi, limit_minor=0)
    page.refresh()
    assert not page.on_account.isHidden(), "what is owed stays owed"


def test_nobody_on_account_is_no_tile(qtbot, counter):
    page = DashboardPage(counter.parts)
    qtbot.addWidget(page)
    assert page.on_account.isHidden()


def test_the_customer_of_a_sale_leads_to_the_account(qtbot, counter, ngozi):
    cashier = Cashier(qtbot, counter)
    cashier.key(Key.Key_F3)
    assert cashier.dialog.account.word == "Accounts…"
    finder = cashier.dialog.customer.finder
    with qtbot.waitSignal(finder.searched):
        cashier.type("eze")
    cashier.key(Key.Key_Return)
    assert cashier.page.sale.basket.contact_id == ngozi
    cashier.key(Key.Key_F3)
    dialog = cashier.dialog
    assert isinstance(dialog, SaleCustomerDialog)
    assert dialog.account.word == "Account…"
    qtbot.keyClick(dialog.account, Key.Key_Space)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), AccountDialog))
    assert cashier.dialog.title.text() == "Account of Ngozi Eze"
    for _ in range(2):
        cashier.dialog.done(0)
