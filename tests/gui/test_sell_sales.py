"""From one customer to the next: whose sale it is, putting by and taking up, paying, and what a kill leaves."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from posapp.domain.basket import Basket
from posapp.drafts import Drafts
from posapp.gui.dialogs.pay import PayDialog
from posapp.gui.dialogs.take_back import TakeBackDialog
from posapp.queries.counter_facts import is_sold
from posapp.queries.details import contact_facts
from posapp.queries.returning import returnable_of
from tests.gui.adaeze import Counter
from tests.gui.selling_hands import Cashier, Key, Mod

CTRL = Mod.ControlModifier


@pytest.fixture
def cashier(qtbot: QtBot, counter: Counter, tmp_path: Path):
    """With drafts on the disk, as in the program."""
    drafts = with_drafts(counter)
    yield Cashier(qtbot, counter)
    drafts.finish()


def with_drafts(counter: Counter) -> Drafts:
    """The drafts of the shop's folder, as a start of the program reads them when all is written."""
    counter.parts.drafts.settle()
    drafts = Drafts(counter.shop.folder)
    drafts.load(lambda order_id: is_sold(counter.parts.reader, order_id))
    counter.parts = type(counter.parts)(**{f: getattr(counter.parts, f) for f in FIELDS} | {"drafts": drafts})
    return drafts


FIELDS = (
    "reader", "changes", "perform", "post", "shop", "clock", "open_order", "toast", "theme", "preferences", "paper",
)  # fmt: skip


# --- the customer -----------------------------------------------------------------------------------------


def test_a_known_customer_is_found_and_taken(cashier: Cashier) -> None:
    cashier.enter("SHEA-200")
    cashier.key(Key.Key_F3)
    finder = cashier.dialog.customer.finder
    with cashier.qtbot.waitSignal(finder.searched):
        cashier.type("ngozi")
    cashier.key(Key.Key_Return)
    basket = cashier.page.sale.basket
    assert (basket.customer, basket.contact) == ("Ngozi Okeke", None)
    assert contact_facts(cashier.counter.parts.reader, basket.contact_id).name == "Ngozi Okeke"
    assert cashier.page.panel.head.customer_button.word == "Ngozi Okeke"


def test_a_new_customer_is_kept_with_the_sale_and_a_walk_in_again_is_nobody(cashier: Cashier) -> None:
    cashier.key(Key.Key_F3)
    cashier.enter("Blessing Okafor")  # nobody is found: it is the name of somebody new
    cashier.enter("0809 555 0151")
    basket = cashier.page.sale.basket
    assert basket.contact is not None
    assert (basket.customer, basket.contact.phone) == ("Blessing Okafor", "0809 555 0151")
    cashier.key(Key.Key_F3)
    cashier.key(Key.Key_Escape)
    assert cashier.page.sale.basket == basket
    cashier.key(Key.Key_F3)
    cashier.dialog.walk_in.click()
    assert cashier.page.sale.basket.is_empty


# --- hold and recall --------------------------------------------------------------------------------------


def test_a_sale_is_held_by_one_and_recalled_by_another(cashier: Cashier, qtbot: QtBot) -> None:
    cashier.enter("2*SHEA-200")
    cashier.key(Key.Key_F4)
    cashier.type("Red dress")
    cashier.key(Key.Key_Return)
    assert cashier.lines == []
    assert cashier.toast == "Red dress is held"
    assert cashier.page.panel.sum.recall_button.isEnabled()
    drafts = with_drafts(cashier.counter)
    other = Cashier(qtbot, cashier.counter)
    other.key(Key.Key_F5)
    other.key(Key.Key_Return)
    assert other.lines == [("Shea butter 200 g", 2, "6,000")]
    assert other.page.panel.head.title.text() == "Red dress"
    assert not other.page.panel.sum.recall_button.isEnabled()
    drafts.finish()


def test_recalling_puts_the_basket_at_hand_by(cashier: Cashier) -> None:
    cashier.enter("SHEA-200")
    cashier.key(Key.Key_F4)
    cashier.key(Key.Key_Return)
    [held] = cashier.counter.parts.drafts.held()
    assert held.basket.label == "Sale of 14:32"
    cashier.enter("SAND-42")
    cashier.key(Key.Key_F5)
    cashier.key(Key.Key_Return)
    assert [name for name, _, _ in cashier.lines] == ["Shea butter 200 g"]
    [other] = cashier.counter.parts.drafts.held()
    assert [line.name for line in other.basket.lines] == ["Leather sandals 42"]
    drafts = with_drafts(cashier.counter)
    assert drafts.found.basket == cashier.page.sale.basket
    assert len(drafts.held()) == 1
    drafts.finish()


def test_a_held_sale_that_is_thrown_away_can_be_put_back(cashier: Cashier) -> None:
    cashier.enter("SHEA-200")
    cashier.key(Key.Key_F4)
    cashier.key(Key.Key_Return)
    cashier.key(Key.Key_F5)
    cashier.key(Key.Key_Delete)
    assert cashier.counter.parts.drafts.held() == ()
    cashier.counter.toasts[-1][1]["on_action"]()
    assert len(cashier.counter.parts.drafts.held()) == 1
    assert cashier.page.panel.sum.recall_button.isEnabled()


def test_nothing_is_neither_held_nor_recalled_nor_paid(cashier: Cashier) -> None:
    for key in (Key.Key_F4, Key.Key_F5, Key.Key_F6, Key.Key_F8, Key.Key_F9):
        cashier.key(key)
        assert cashier.focus is cashier.page.field.edit


# --- paying -----------------------------------------------------------------------------------------------


def test_three_items_for_cash_in_two_keys_beside_the_scans(cashier: Cashier) -> None:
    cashier.open_shift()
    for code in ("SHEA-200", "SAND-42", "FILA-CAP"):
        cashier.enter(code)
    sale = cashier.page.sale.basket
    cashier.key(Key.Key_F9)
    pay: PayDialog = cashier.dialog
    with cashier.qtbot.waitSignal(pay.paid) as paid:
        cashier.key(Key.Key_F9)
    assert paid.args == [sale.order_id]
    order = cashier.counter.shop.order(sale.order_id)
    assert (order.total_minor, order.paid_minor) == (2_800_000, 2_800_000)
    assert cashier.lines == []
    assert cashier.page.sale.basket.order_id != sale.order_id
    cashier.key(Key.Key_F9)
    assert cashier.focus is cashier.page.field.edit
    drafts = with_drafts(cashier.counter)
    assert drafts.found.basket is None
    drafts.finish()


def test_the_last_receipt_is_printed_once_more(cashier: Cashier) -> None:
    cashier.page.print_page()
    assert cashier.toast.startswith("Nothing was sold here")
    cashier.open_shift()
    cashier.enter("SHEA-200")
    cashier.key(Key.Key_F9)
    with cashier.qtbot.waitSignal(cashier.dialog.paid):
        cashier.key(Key.Key_F9)
    cashier.key(Key.Key_F9)
    with cashier.qtbot.waitSignal(cashier.counter.parts.paper.said):  # there is no printer here
        cashier.page.print_page()


def test_leaving_pay_leaves_the_basket(cashier: Cashier) -> None:
    cashier.open_shift()
    cashier.enter("SHEA-200")
    cashier.key(Key.Key_F9)
    cashier.key(Key.Key_Escape)
    assert cashier.lines == [("Shea butter 200 g", 1, "3,000")]
    assert cashier.focus is cashier.page.field.edit


def test_a_new_customer_is_known_after_the_sale(cashier: Cashier) -> None:
    cashier.open_shift()
    cashier.key(Key.Key_F3)
    cashier.key(Key.Key_Tab)
    cashier.enter("Blessing Okafor")
    cashier.enter("SHEA-200")
    contact_id = cashier.page.sale.basket.contact_id
    cashier.key(Key.Key_F9)
    with cashier.qtbot.waitSignal(cashier.dialog.paid):
        cashier.key(Key.Key_F9)
    assert contact_facts(cashier.counter.parts.reader, contact_id).name == "Blessing Okafor"


# --- what a kill leaves -----------------------------------------------------------------------------------


def test_the_basket_is_there_again_after_a_kill(cashier: Cashier, qtbot: QtBot) -> None:
    cashier.enter("3*SHEA-200")
    cashier.key(Key.Key_F9)  # killed in Pay
    cashier.counter.parts.drafts.settle()
    drafts = with_drafts(cashier.counter)
    other = Cashier(qtbot, cashier.counter)
    assert other.page.sale.basket == cashier.page.sale.basket
    assert other.lines == [("Shea butter 200 g", 3, "9,000")]
    drafts.finish()
    cashier.dialog.reject()


def test_a_basket_that_was_sold_just_before_the_kill_is_not_sold_again(
    cashier: Cashier, qtbot: QtBot
) -> None:
    cashier.open_shift()
    cashier.enter("SHEA-200")
    cashier.counter.parts.drafts.settle()
    file = cashier.counter.shop.folder / "drafts" / "current.json"
    left = file.read_bytes()
    cashier.key(Key.Key_F9)
    with cashier.qtbot.waitSignal(cashier.dialog.paid):
        cashier.key(Key.Key_F9)
    cashier.counter.parts.drafts.settle()
    file.write_bytes(left)  # as if it had been killed before the file went
    drafts = with_drafts(cashier.counter)
    assert drafts.found.basket is None
    assert not file.exists()
    assert Cashier(qtbot, cashier.counter).lines == []
    drafts.finish()


def test_a_basket_of_another_place_is_left_alone(cashier: Cashier, qtbot: QtBot) -> None:
    drafts = cashier.counter.parts.drafts
    drafts.found = type(drafts.found)(Basket("sale-x", "elsewhere", note="x"))
    assert Cashier(qtbot, cashier.counter).page.sale.basket.is_empty


# --- exchange ---------------------------------------------------------------------------------------------


def test_what_comes_back_pays_for_what_is_taken(cashier: Cashier) -> None:
    cashier.open_shift()
    cashier.enter("2*SHEA-200")
    sold = cashier.page.sale.basket.order_id
    cashier.key(Key.Key_F9)
    with cashier.qtbot.waitSignal(cashier.dialog.paid):
        cashier.key(Key.Key_F9)
    cashier.key(Key.Key_F9)
    receipt = returnable_of(cashier.counter.parts.reader, sold)
    assert receipt is not None
    cashier.key(Key.Key_B, CTRL)
    back: TakeBackDialog = cashier.dialog
    back.show_receipt(receipt)
    assert back.lines is not None
    back.lines.rows[0].stepper.setValue(1)
    back.exchange.click()
    assert cashier.page.panel.back.isVisible()
    assert not cashier.page.panel.sum.pay_button.isEnabled(), "an exchange takes something"
    cashier.enter("FILA-CAP")
    assert cashier.total == "₦4,000"
    assert ("Returned", "−3,000") in cashier.sums
    order_id = cashier.page.sale.basket.order_id
    cashier.key(Key.Key_F9)
    with cashier.qtbot.waitSignal(cashier.dialog.paid):
        cashier.key(Key.Key_F9)
    assert cashier.counter.shop.order(order_id).total_minor == 700_000
    after = returnable_of(cashier.counter.parts.reader, sold)
    assert after is not None
    assert after.units == 1
    assert cashier.page.panel.back.isHidden()


def test_what_comes_back_above_the_new_goods_is_given_back_in_one_of_two_ways(cashier: Cashier) -> None:
    cashier.open_shift()
    cashier.enter("FILA-CAP")
    sold = cashier.page.sale.basket.order_id
    cashier.key(Key.Key_F9)
    with cashier.qtbot.waitSignal(cashier.dialog.paid):
        cashier.key(Key.Key_F9)
    cashier.key(Key.Key_F9)
    cashier.key(Key.Key_B, CTRL)
    cashier.dialog.show_receipt(returnable_of(cashier.counter.parts.reader, sold))
    cashier.dialog.lines.rows[0].stepper.setValue(1)
    cashier.dialog.exchange.click()
    cashier.enter("SHEA-200")
    order_id = cashier.page.sale.basket.order_id
    cashier.key(Key.Key_F9)
    pay = cashier.dialog
    assert (pay.title.text(), pay.part.back.amount.text()) == ("Give back ₦4,000", "₦4,000")
    assert not any(shown.isVisible() for shown in (pay.part.side, pay.keep, pay.part.panes["cash"].amount))
    cashier.key(Key.Key_2, Mod.AltModifier)  # nothing is paid: there is no way to choose for it
    assert cashier.focus is pay.part.back.form.cash
    cashier.key(Key.Key_Right)
    assert not pay.finish.isEnabled()
    pay.part.back.form.reference.edit.setFocus()
    cashier.type("slip 0417")
    with cashier.qtbot.waitSignal(pay.paid):
        cashier.key(Key.Key_F9)
    (kept, gone) = cashier.counter.shop.order(sold).parts
    assert {(part.route, part.reference, part.amount_minor) for part in (kept, gone)} >= {
        ("hand", "slip 0417", 400_000)
    }
    assert cashier.counter.shop.order(order_id).total_minor == 300_000


def test_what_comes_back_can_stay_after_all(cashier: Cashier) -> None:
    grace = cashier.counter.orders["Grace"]
    receipt = returnable_of(cashier.counter.parts.reader, grace)
    assert receipt is not None
    cashier.key(Key.Key_B, CTRL)
    cashier.dialog.show_receipt(receipt)
    cashier.dialog.lines.rows[0].stepper.setValue(1)
    cashier.dialog.exchange.click()
    [back] = cashier.page.sale.basket.returned
    assert (back.name, back.worth_minor) == ("Leather sandals 42", 1_800_000)
    cashier.page.panel.back.dropped.emit(back.line_id)
    assert cashier.page.sale.basket.is_empty
    cashier.key(Key.Key_Z, CTRL)
    assert cashier.page.sale.basket.returned == (back,)
