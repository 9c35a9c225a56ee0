"""Messages to customers say only what is so."""

from dataclasses import replace

from posapp.domain.orders import Channel
from posapp.gui.dialogs.order_messages import messages
from posapp.gui.text import outside
from posapp.queries.details import order_details
from posapp.queries.payment_ways import BankAccount

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
