"""Taking money: by keyboard, split, awaited, short, on account, and never said before it is saved."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication

from posapp.commands.accounts import SetCreditLimit
from posapp.commands.shifts import OpenShift
from posapp.commands.shop import MAIN_LOCATION, ChangeSetting
from posapp.domain.basket import Basket, added, for_customer
from posapp.domain.orders import Status
from posapp.gui.dialogs.message_preview import MessageDialog
from posapp.gui.dialogs.open_shift import OpenShiftDialog
from posapp.gui.dialogs.pay import PayDialog
from posapp.gui.dialogs.short import FOUND, RESERVED, ShortDialog
from posapp.gui.theme import Scheme
from posapp.gui.widgets.label import Label
from posapp.queries.products import product_row
from tests.gui.adaeze import is_closed
from tests.gui.showing import in_front
from tests.gui.walker import nameless_controls

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def till(counter):
    """The counter with an open shift and an account to transfer to."""
    shop = counter.shop
    shop.do(OpenShift, float_minor=2_000_000)
    for key, value in (
        ("bank_account", "0119204587"),
        ("bank_name", "Lagoon Bank"),
        ("bank_holder", "Adaeze"),
    ):
        shop.do(ChangeSetting, key=key, value=value)
    return counter


def basket_of(counter, **units):
    basket = Basket(counter.shop.new_id("order"), MAIN_LOCATION)
    for product_id, count in units.items():
        basket, _ = added(basket, product_id, product_id, count)
    return basket


def opened(qtbot, counter, desktop, basket):
    dialog = PayDialog(counter.parts, basket, desktop)
    dialog.open()
    qtbot.waitExposed(dialog)
    if not dialog.foreseen.shortages:  # else it asks about them at once
        in_front(qtbot, dialog)
    return dialog


def child(qtbot, dialog, kind):
    qtbot.waitUntil(lambda: any(d.isVisible() for d in dialog.findChildren(kind)))
    return next(d for d in dialog.findChildren(kind) if d.isVisible())


def test_exact_cash_takes_one_key_and_the_next_customer_another(qtbot, till, desktop):
    dialog = opened(qtbot, till, desktop, basket_of(till, shea=2, fila=1))
    assert nameless_controls(dialog) == []
    assert dialog.title.text() == "Pay ₦13,000"
    with qtbot.waitSignal(dialog.paid) as told:
        qtbot.keyClick(dialog, Qt.Key.Key_F9)
    sold = till.shop.order(told.args[0])
    assert (sold.status, sold.total_minor, sold.paid_minor) == (Status.COMPLETED, 1_300_000, 1_300_000)
    assert dialog.ending.words.text() == "Paid ₦13,000"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert is_closed(dialog)


def test_a_larger_note_shows_the_change(qtbot, till, desktop):
    dialog = opened(qtbot, till, desktop, basket_of(till, shea=1))
    given = dialog.part.panes["cash"].amount.edit
    assert given.hasFocus()
    qtbot.keyClick(given, Qt.Key.Key_Down)
    assert given.text() == "4,000"
    qtbot.keyClicks(given, "5000")  # the suggestion lies selected: typing replaces it
    with qtbot.waitSignal(dialog.paid) as told:
        qtbot.keyClick(dialog, Qt.Key.Key_F9)
    assert dialog.ending.change.text() == "₦2,000"
    (payment,) = till.shop.order(told.args[0]).payments
    assert (payment.gross_minor, payment.given_minor) == (300_000, 500_000)


def test_in_the_largest_text_every_word_of_the_foot_has_room_on_a_laptop(qtbot, till, desktop, theme):
    theme.choose(Scheme.LIGHT, 200)
    dialog = opened(qtbot, till, desktop, basket_of(till, shea=40, fila=5))
    qtbot.keyClick(dialog, Qt.Key.Key_2, ALT)
    qtbot.waitUntil(lambda: dialog.why_not.text().startswith("Waits for"))
    wanted = sum(
        part.sizeHint().width() for part in (dialog.back, dialog.why_not, dialog.keep, dialog.finish)
    )
    assert wanted + 3 * 12 <= 1040 - 2 * 24


def test_too_little_cash_cannot_finish(qtbot, till, desktop):
    dialog = opened(qtbot, till, desktop, basket_of(till, shea=1))
    qtbot.keyClicks(dialog.part.panes["cash"].amount.edit, "1000")
    assert not dialog.finish.isEnabled()
    assert dialog.why_not.text() == "₦2,000 left to pay"
    qtbot.keyClick(dialog, Qt.Key.Key_F9)
    assert not dialog.is_over


def test_a_split_over_cash_and_a_transfer_waits_until_it_was_seen(qtbot, till, desktop):
    dialog = opened(qtbot, till, desktop, basket_of(till, fila=2))
    qtbot.keyClicks(dialog.part.panes["cash"].amount.edit, "10000")
    qtbot.keyClick(dialog, Qt.Key.Key_2, ALT)
    assert dialog.part.transfer.amount.text == "4,000"
    assert dialog.split.isVisible()
    assert not dialog.finish.isEnabled()
    qtbot.keyClick(dialog.part.transfer.seen, Qt.Key.Key_Space)
    assert dialog.finish.isEnabled()
    with qtbot.waitSignal(dialog.paid) as told:
        qtbot.keyClick(dialog, Qt.Key.Key_F9)
    ways = {p.method: p.gross_minor for p in till.shop.order(told.args[0]).payments}
    assert ways == {"cash": 1_000_000, "transfer": 400_000}


def test_a_transfer_nobody_saw_is_kept_as_an_unpaid_order(qtbot, till, desktop):
    free = product_row(till.parts.reader, "fila").available
    dialog = opened(qtbot, till, desktop, basket_of(till, fila=1))
    qtbot.keyClick(dialog, Qt.Key.Key_2, ALT)
    with qtbot.waitSignal(dialog.kept_unpaid) as told:
        qtbot.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    kept = till.shop.order(told.args[0])
    assert (kept.status, kept.paid_minor, [p.state for p in kept.payments]) == (Status.OPEN, 0, ["PENDING"])
    assert till.paper.told == []
    assert product_row(till.parts.reader, "fila").available == free


def test_an_order_that_is_kept_says_how_to_pay_it(qtbot, till, desktop):
    contact = till.shop.customer("Ngozi Eze", phone="+234 803 555 0177")
    dialog = opened(qtbot, till, desktop, for_customer(basket_of(till, fila=1), contact, "Ngozi Eze"))
    qtbot.keyClick(dialog, Qt.Key.Key_2, ALT)
    with qtbot.waitSignal(dialog.kept_unpaid) as told:
        dialog.keep.click()
    pane, number = dialog.ending, till.shop.order(told.args[0]).number
    assert pane.second.text().endswith("It stands under Orders, Awaiting.")
    assert not pane.print.isVisible()
    assert pane.contact.whatsapp.isEnabled()
    qtbot.keyClick(pane.contact.copy, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), MessageDialog))
    QApplication.activeModalWidget().copy.click()
    assert QGuiApplication.clipboard().text() == (
        f"Hello Ngozi, this is Adaeze Stores about your order {number}. Please transfer ₦7,000 to Lagoon Bank, "
        f"0119204587, Adaeze, and give {number} as the reference. We keep the goods for you once it is paid in full."
    )
    assert pane.said.text() == "Message copied: how to pay"
    assert nameless_controls(dialog) == []


def test_the_receipt_of_a_sale_is_shared_from_where_it_was_paid(qtbot, till, desktop, monkeypatch):
    links = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda link: links.append(link.toString()) or True)
    contact = till.shop.customer("Ngozi Eze", phone="+234 803 555 0177", email="ngozi@example.test")
    dialog = opened(qtbot, till, desktop, for_customer(basket_of(till, fila=1), contact, "Ngozi Eze"))
    with qtbot.waitSignal(dialog.paid):
        qtbot.keyClick(dialog, Qt.Key.Key_F9)
    for button in (dialog.ending.whatsapp, dialog.ending.mail):
        qtbot.keyClick(button, Qt.Key.Key_Space)
    whatsapp, mail = links
    assert whatsapp.startswith("https://wa.me/2348035550177?text=Adaeze")
    assert mail.startswith("mailto:ngozi@example.test?subject=Receipt")
    assert "Fila cap" in whatsapp
    assert "Fila cap" in mail


def test_a_walk_in_has_no_number_to_send_the_receipt_to(qtbot, till, desktop):
    dialog = opened(qtbot, till, desktop, basket_of(till, fila=1))
    with qtbot.waitSignal(dialog.paid):
        qtbot.keyClick(dialog, Qt.Key.Key_F9)
    assert not dialog.ending.whatsapp.isEnabled()
    assert dialog.ending.whatsapp.accessibleDescription() == "No phone number is known"
    said = [label.text() for label in dialog.ending.findChildren(Label) if label.isVisible()]
    assert "No WhatsApp: no phone number is known." in said


def test_a_deposit_in_cash_is_money_of_the_shift(qtbot, counter, desktop):
    dialog = opened(qtbot, counter, desktop, basket_of(counter, fila=1))
    qtbot.keyClicks(dialog.part.panes["cash"].amount.edit, "2000")
    qtbot.keyClick(dialog, Qt.Key.Key_5, ALT)
    asked = child(qtbot, dialog, OpenShiftDialog)
    with qtbot.waitSignal(dialog.kept_unpaid) as told:
        asked.commit.click()
    (payment,) = counter.shop.order(told.args[0]).payments
    assert payment.shift_id
    assert counter.paper.told == [True]
    pane = dialog.ending
    assert (pane.words.text(), pane.change.text()) == ("₦2,000 received", "₦5,000")
    assert pane.second.text().endswith("Orders, Part paid.")
    assert pane.print.isVisible()
    assert not pane.mail.isVisible()


def test_a_proposal_is_no_payment_when_the_order_is_kept(qtbot, till, desktop):
    dialog = opened(qtbot, till, desktop, basket_of(till, fila=1))
    qtbot.keyClicks(dialog.part.panes["cash"].amount.edit, "2000")
    qtbot.keyClick(dialog, Qt.Key.Key_3, ALT)
    dialog.part.choose("cash")
    with qtbot.waitSignal(dialog.kept_unpaid) as told:
        dialog.keep.click()
    kept = till.shop.order(told.args[0])
    assert (kept.paid_minor, kept.status) == (200_000, Status.OPEN)


def test_on_account_asks_for_a_customer_with_a_limit(qtbot, till, desktop):
    contact = till.shop.customer("Ngozi Eze")
    dialog = opened(qtbot, till, desktop, basket_of(till, fila=1))
    qtbot.keyClick(dialog, Qt.Key.Key_4, ALT)
    assert "customer" in dialog.part.account.words.text()
    assert not dialog.finish.isEnabled()
    dialog.reject()
    till.shop.do(SetCreditLimit, contact_id=contact, limit_minor=500_000)
    basket = for_customer(basket_of(till, fila=1), contact, "Ngozi Eze")
    dialog = opened(qtbot, till, desktop, basket)
    qtbot.keyClick(dialog, Qt.Key.Key_4, ALT)
    assert dialog.why_not.text() == "₦2,000 left to pay"
    amount = dialog.part.account.amount
    qtbot.keyClicks(amount.edit, "5001")
    assert amount._error.text() == "At most ₦5,000 can go on account."
    assert dialog.why_not.text() == "₦7,000 left to pay"  # no part of what was typed
    qtbot.keyClick(amount.edit, Qt.Key.Key_Backspace)
    assert amount._error.text() == ""
    qtbot.keyClicks(amount.edit, "0")
    assert dialog.why_not.text() == "₦2,000 left to pay"
    qtbot.keyClick(dialog, Qt.Key.Key_1, ALT)
    with qtbot.waitSignal(dialog.paid):
        qtbot.keyClick(dialog, Qt.Key.Key_F9)


def test_the_first_money_of_the_day_opens_the_shift(qtbot, counter, desktop):
    dialog = opened(qtbot, counter, desktop, basket_of(counter, shea=1))
    qtbot.keyClick(dialog, Qt.Key.Key_F9)
    asked = child(qtbot, dialog, OpenShiftDialog)
    qtbot.keyClicks(asked.float.edit, "5000")
    with qtbot.waitSignal(dialog.paid):
        qtbot.keyClick(asked.float.edit, Qt.Key.Key_Return)


def test_what_is_not_there_is_left_out(qtbot, till, desktop):
    free = product_row(till.parts.reader, "rice").available
    assert free == 0
    dialog = opened(qtbot, till, desktop, basket_of(till, rice=1, shea=1))
    asked = child(qtbot, dialog, ShortDialog)
    assert nameless_controls(asked) == []
    with qtbot.waitSignal(dialog.basket_changed):
        asked.go_on.click()
    assert [line.product_id for line in dialog.basket.lines] == ["shea"]
    assert dialog.title.text() == "Pay ₦3,000"


def test_an_extra_one_in_hand_is_sold_and_listed_to_be_counted(qtbot, till, desktop):
    dialog = opened(qtbot, till, desktop, basket_of(till, rice=1))
    asked = child(qtbot, dialog, ShortDialog)
    asked.cards[0].ways[FOUND].setChecked(True)
    asked.go_on.click()
    in_front(qtbot, dialog)
    with qtbot.waitSignal(dialog.paid):
        qtbot.keyClick(dialog, Qt.Key.Key_F9)
    assert till.parts.reader.value("SELECT recount FROM level WHERE item_id = 'rice'") == 1


def test_selling_the_reserved_one_sends_its_order_to_attention(qtbot, till, desktop):
    before = till.parts.reader.value("SELECT COUNT(*) FROM attention_case WHERE is_open = 1")
    free = product_row(till.parts.reader, "gele").available
    promised = product_row(till.parts.reader, "gele").allocated
    assert promised > 0
    dialog = opened(qtbot, till, desktop, basket_of(till, gele=free + 1))
    asked = child(qtbot, dialog, ShortDialog)
    asked.cards[0].ways[RESERVED].setChecked(True)
    asked.go_on.click()
    in_front(qtbot, dialog)
    with qtbot.waitSignal(dialog.paid):
        qtbot.keyClick(dialog, Qt.Key.Key_F9)
    assert till.parts.reader.value("SELECT COUNT(*) FROM attention_case WHERE is_open = 1") == before + 1


def test_typed_money_is_not_forgotten_by_a_slip(qtbot, till, desktop):
    dialog = opened(qtbot, till, desktop, basket_of(till, shea=1))
    qtbot.keyClicks(dialog.part.panes["cash"].amount.edit, "2000")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.question is not None
    dialog.question.accept()
    assert is_closed(dialog)


def test_cash_is_rounded_to_what_can_be_paid(qtbot, till, desktop):
    till.shop.do(ChangeSetting, key="cash_step_minor", value="500000")
    dialog = opened(qtbot, till, desktop, basket_of(till, fila=1))
    assert dialog.title.text() == "Pay ₦5,000"
    with qtbot.waitSignal(dialog.paid) as told:
        qtbot.keyClick(dialog, Qt.Key.Key_F9)
    sold = till.shop.order(told.args[0])
    assert (sold.total_minor, sold.rounding_minor) == (500_000, -200_000)
