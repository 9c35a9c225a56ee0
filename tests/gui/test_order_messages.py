"""Messages to customers say only what is so."""

import re
from dataclasses import replace
from datetime import timedelta
from string import Formatter

import pytest
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication

from posapp.db.rows import to_text
from posapp.domain.customer_words import MESSAGES
from posapp.domain.orders import Channel
from posapp.domain.payments import PartState, PaymentState
from posapp.gui.dialogs.message_preview import MessageDialog
from posapp.gui.dialogs.order_messages import messages
from posapp.gui.text import outside
from posapp.queries.detail_rows import PartFacts, RefundFacts
from posapp.queries.details import order_details
from posapp.queries.payment_links import PaymentPage, newest_page
from posapp.queries.payment_ways import BankAccount
from tests.gui.adaeze import is_closed
from tests.gui.order_hands import Hands

LAGOON = BankAccount("Lagoon Bank", "0119204587", "Adaeze\u202eNwosu")


def unpaid(counter):
    contact = counter.shop.customer("Bola Ige", phone="+234 802 555 0199")
    order = counter.shop.place({"fila": 1}, contact_id=contact)
    counter.shop.pay(order, 200_000)
    return order_details(counter.parts.reader, order, counter.shop.now)


def test_an_unpaid_order_says_what_to_pay_where_and_by_which_number(counter):
    details = unpaid(counter)
    (told,) = messages(details, "Adaeze Stores", LAGOON)
    assert told.title == "How to pay"
    assert "₦5,000" in told.words, "the deposit is paid already"
    assert f"to Lagoon Bank, 0119204587, {outside(LAGOON.holder)}, and give {details.number}" in told.words
    assert "\u202e" not in told.words


def test_without_an_account_it_says_only_what_is_missing(counter):
    (told,) = messages(unpaid(counter), "Adaeze Stores", BankAccount("Lagoon Bank", "", ""))
    assert (told.title, "Lagoon" in told.words) == ("Still to pay", False)


def test_an_order_of_the_web_shop_is_paid_there(counter):
    web = replace(unpaid(counter), channel=Channel.WEB)
    assert [told.key for told in messages(web, "Adaeze Stores", LAGOON)] == ["due"]


PAGE = PaymentPage("https://checkout.example.test/0peioxfhpn", 500_000, 517_767)


def test_a_page_that_was_made_is_told_with_what_it_asks_for(counter):
    (told,) = messages(unpaid(counter), "Adaeze Stores", LAGOON, PAGE)
    assert told.title == "How to pay"
    assert "Please transfer ₦5,000 to Lagoon Bank" in told.words
    assert told.words.endswith("You can pay ₦5,177.67 on this page: https://checkout.example.test/0peioxfhpn")


def test_a_page_that_asks_for_more_than_is_left_is_not_told(counter):
    page = replace(PAGE, amount_minor=500_001)
    (told,) = messages(unpaid(counter), "Adaeze Stores", LAGOON, page)
    assert "checkout" not in told.words


def test_an_order_of_the_web_shop_is_paid_on_its_page_where_one_was_made(counter):
    web = replace(unpaid(counter), channel=Channel.WEB)
    (told,) = messages(web, "Adaeze Stores", LAGOON, PAGE)
    assert (told.key, "Lagoon" in told.words, PAGE.url in told.words) == ("pay", False, True)


def test_pay_on_delivery_is_told_so(counter):
    web = replace(unpaid(counter), channel=Channel.WEB, payment_method="cod")
    (told,) = messages(web, "Adaeze Stores", LAGOON)
    assert told.words.endswith("₦5,000 is to be paid when you get it.")


@pytest.mark.parametrize(
    ("states", "words"),
    [
        (("PROCESSED", "PROCESSED"), "We have given you ₦6,000 back."),
        (("PROCESSED", "PENDING"), "₦6,000 is on its way back to you."),
        (("PROCESSED", "NEEDS_DETAILS"), "Please tell us your bank and account number"),
        (("PROCESSED", "FAILED"), "We have given you ₦6,000 back."),
    ],
)
def test_money_that_is_not_there_yet_is_not_said_to_be(counter, states, words):
    details = unpaid(counter)
    parts = tuple(PartFacts("p", "card", 1, "provider", "", PartState(state)) for state in states)
    refund = RefundFacts("r", "EXCESS", 600_000, counter.shop.now, "", "", 0, False, (), parts)
    money = replace(details.money, refunded_minor=600_000, balance_minor=0)
    (told,) = messages(replace(details, money=money, refunds=(refund,)), "Adaeze Stores")
    assert (told.key, words in told.words) == ("refunded", True)


def test_every_sentence_is_in_the_table(counter):
    """Another language is another table: nothing that is said stands anywhere else."""
    cyphers = {
        key: f"<{key}>" + "".join("{" + place + "}" for place in places(words))
        for key, words in MESSAGES.items()
    }
    ada = order_details(counter.parts.reader, counter.orders["Ada"], counter.shop.now)
    for told in (
        *messages(ada, "Adaeze Stores", LAGOON, words=cyphers),
        *messages(unpaid(counter), "Adaeze Stores", LAGOON, PAGE, words=cyphers),
    ):
        assert told.words.startswith("<hello>")
        plain = told.words
        for place in re.findall(r"<[a-z_]+>", plain):
            plain = plain.replace(place, "")
        assert not re.search(r"\b(please|you|your|we|the|is)\b", plain, re.IGNORECASE)


def places(words: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(words) if name]


# --- the page in the database -----------------------------------------------------------------------------


def test_the_newest_page_that_nobody_paid_on_is_found_for_two_days(counter):
    shop, order = counter.shop, counter.orders["Bisi"]
    make_page(shop, order, 1, "https://checkout.example.test/old")
    make_page(shop, order, 2, "https://checkout.example.test/new")
    make_page(shop, order, 3, "")  # the provider has not answered
    page = newest_page(shop.reader, order, shop.now + timedelta(hours=47))
    assert page == PaymentPage("https://checkout.example.test/new", 100_000, 102_500)
    assert newest_page(shop.reader, order, shop.now + timedelta(days=2)) is None
    assert newest_page(shop.reader, counter.orders["Ada"], shop.now) is None


def test_a_page_that_was_paid_on_is_no_longer_told(counter):
    shop, order = counter.shop, counter.orders["Bisi"]
    make_page(shop, order, 1, "https://checkout.example.test/paid")
    shop.told(order, 100_000, PaymentState.SUCCEEDED, f"{order}-1")
    assert newest_page(shop.reader, order, shop.now) is None


def make_page(shop, order_id: str, n: int, url: str) -> None:
    row = (f"{order_id}-{n}", order_id, "paystack", 100_000, 2_500, url, to_text(shop.now))
    sql = "INSERT INTO payment_link (reference, order_id, provider, amount_minor, customer_fee_minor, url, made_at) "
    shop.desk.write_now(lambda c: c.execute(sql + "VALUES (?, ?, ?, ?, ?, ?, ?)", row))


# --- before it goes ---------------------------------------------------------------------------------------


def preview(ada: Hands, entry: int) -> MessageDialog:
    menu = ada.dialog.head.contact.menu()
    menu.actions()[entry].trigger()
    menu.deleteLater()
    ada.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), MessageDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, MessageDialog)
    return dialog


def test_a_message_is_read_changed_and_copied_in_the_shops_name(qtbot, counter):
    ada = Hands(qtbot, counter, counter.orders["Ada"])
    menu = ada.dialog.head.contact.menu()
    assert [action.text() for action in menu.actions()] == ["Short of stock…", "Ready to collect…"]
    dialog = preview(ada, 0)
    assert dialog.words.startswith("Hello Ada, this is Adaeze Stores about your order ")
    assert "1 × Ankara tote (red) ran out" in dialog.words
    qtbot.keyClicks(dialog.text, "Dear one. ")
    ada.press("copy", dialog)
    assert QGuiApplication.clipboard().text().startswith("Dear one. Hello Ada")
    assert ada.dialog.toasts.history[-1] == "Message copied: short of stock"
    assert is_closed(dialog)


def test_what_was_changed_is_kept_while_another_message_is_seen_and_not_lost_by_a_slip(qtbot, counter):
    ada = Hands(qtbot, counter, counter.orders["Ada"])
    dialog = preview(ada, 1)
    qtbot.keyClicks(dialog.text, "Dear one. ")
    choose(dialog, "short")
    assert "ran out" in dialog.words
    choose(dialog, "ready")
    assert dialog.words.startswith("Dear one. ")
    dialog.reject()
    assert dialog.question is not None
    assert dialog.question.isVisible()
    dialog.question.deed.click()
    qtbot.waitUntil(lambda: is_closed(dialog))


def test_it_goes_by_whatsapp_or_mail_only_as_far_as_the_window_where_it_is_sent(qtbot, counter, monkeypatch):
    links = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda link: links.append(link.toString()) or True)
    ada = Hands(qtbot, counter, counter.orders["Ada"])
    ada.press("whatsapp", preview(ada, 0))
    assert links[0].startswith("https://wa.me/2348035550142?text=Hello")
    ada.press("mail", preview(ada, 0))
    assert links[1].startswith("mailto:?subject=Order ")


def test_what_this_computer_cannot_open_is_said_and_the_words_stay(qtbot, counter, monkeypatch):
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _link: False)
    ada = Hands(qtbot, counter, counter.orders["Ada"])
    dialog = preview(ada, 0)
    ada.press("mail", dialog)
    assert dialog.problem.isVisible()
    dialog.text.clear()
    assert not dialog.copy.isEnabled()
    assert not dialog.whatsapp.isEnabled()
    dialog._leave()


def choose(dialog: MessageDialog, key: str) -> None:
    box = dialog.about.box
    box.setCurrentIndex(box.findData(key))
    box.activated.emit(box.currentIndex())
