"""Messages to a customer, ready to be pasted into WhatsApp or an e-mail: plain text, in the shop's name.

The sentences stand in `domain.customer_words`; here it is decided which of them are true now.
"""

from dataclasses import dataclass

from posapp.domain.customer_words import MESSAGES, Wording, message
from posapp.domain.orders import Channel
from posapp.domain.paying import ON_DELIVERY
from posapp.domain.payments import PartState
from posapp.gui import text
from posapp.gui.dialogs.order_words import person
from posapp.gui.parts import Parts
from posapp.queries.detail_rows import OrderDetails
from posapp.queries.payment_links import PaymentPage, newest_page
from posapp.queries.payment_ways import BankAccount, payment_ways

NOWHERE = BankAccount("", "", "")
PAYING = ("pay", "due")  # the messages that say what is to be paid


@dataclass(frozen=True, slots=True)
class Message:
    """One message: what the menu calls it, its words, and what a letter with it is about."""

    key: str
    title: str
    words: str
    subject: str = ""


def messages_of(parts: Parts, details: OrderDetails) -> tuple[Message, ...]:
    """Give what can be told about an order now, with where it can be paid."""
    page = newest_page(parts.reader, details.id, parts.clock())
    return messages(details, parts.shop.name, payment_ways(parts.reader).account, page)


def messages(
    details: OrderDetails,
    shop_name: str,
    account: BankAccount = NOWHERE,
    page: PaymentPage | None = None,
    words: Wording = MESSAGES,
) -> tuple[Message, ...]:
    """Give what can truthfully be told about an order now, the likeliest first.

    `account` is where a customer can transfer to; what was ordered in the web shop is paid there. `page` is one
    that was made for this order at a payment provider.
    """
    said = _Sayings(details, text.outside(shop_name, 60), words)
    found = []
    if any(line.short > 0 for line in details.lines):
        found.append(said.message("short", "Short of stock", said.short()))
    if details.money.refunded_minor:
        found.append(said.message("refunded", "Refunded", said.refunded()))
    if any(line.held for line in details.lines) and details.payment_status == "PAID":
        found.append(said.message("ready", "Ready to collect", said.ready()))
    if details.money.balance_minor:
        web = details.channel == Channel.WEB
        to_account = account.is_known and not web
        words_of = said.transfer(account) if to_account else said.due()
        if page is not None and page.amount_minor <= details.money.balance_minor:
            to_account, words_of = True, f"{words_of} {said.page(page)}"
        found.append(
            said.message("pay", "How to pay", words_of)
            if to_account
            else said.message("due", "Still to pay", words_of)
        )
    return tuple(found) or (said.message("hello", "Greeting", ""),)


class _Sayings:
    """The sentences about one order, in one language."""

    def __init__(self, details: OrderDetails, shop: str, words: Wording) -> None:
        self._details, self._words = details, words
        name = person(details.contact.name)
        known = "hello_nameless" if name == "the customer" else "hello"
        self._hello = self._say(known, customer=name, shop=shop, number=details.number)
        self._subject = self._say("subject", shop=shop, number=details.number)

    def message(self, key: str, title: str, words: str) -> Message:
        return Message(key, title, f"{self._hello} {words}".strip(), self._subject)

    def short(self) -> str:
        key = "short_rest_kept" if any(line.held for line in self._details.lines) else "short"
        return self._say(key, goods=self._goods([(line.short, line.name) for line in self._details.lines]))

    def refunded(self) -> str:
        refunds = self._details.refunds
        states = {part.state for refund in refunds for part in refund.parts} - {PartState.FAILED}
        if states <= {PartState.PROCESSED}:
            key = "refunded"
        else:
            key = "refund_asks_account" if PartState.NEEDS_DETAILS in states else "refund_on_its_way"
        return self._say(key, amount=self._money(self._details.money.refunded_minor))

    def ready(self) -> str:
        return self._say("ready", goods=self._goods([(line.held, line.name) for line in self._details.lines]))

    def transfer(self, account: BankAccount) -> str:
        """What to pay, where, and by which number we know it again."""
        where = [text.outside(part, 60) for part in (account.bank, account.number, account.holder) if part]
        due = self._money(self._details.money.balance_minor)
        return self._say("transfer", amount=due, account=", ".join(where), number=self._details.number)

    def due(self) -> str:
        key = "due_on_delivery" if self._details.payment_method == ON_DELIVERY else "due"
        return self._say(key, amount=self._money(self._details.money.balance_minor))

    def page(self, page: PaymentPage) -> str:
        return self._say("or_page", asked=self._money(page.asked_minor), page=text.outside(page.url, 500))

    def _goods(self, units: list[tuple[int, str]]) -> str:
        return ", ".join(
            self._say("goods", units=text.number(count), name=text.outside(name))
            for count, name in units
            if count > 0
        )

    def _money(self, minor: int) -> str:
        return text.money(minor, self._details.money.currency)

    def _say(self, key: str, **places: str) -> str:
        return message(key, self._words, **places)
