"""Paystack as a feed and a payer: which attempts to pay and refunds there were, and what it is asked for."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

import httpx
import msgspec

from posapp.domain.feed import ProviderPayment, ProviderRefund, Unreadable
from posapp.sync.connectors import verdicts
from posapp.sync.connectors.http import Answer, Bearer, Caller, Sleep, parsed
from posapp.sync.connectors.paystack_asks import Asks
from posapp.sync.connectors.paystack_list import Listed
from posapp.sync.connectors.paystack_pull import Pull, cursor_of
from posapp.sync.connectors.paystack_read import read_payment
from posapp.sync.connectors.paystack_refunds import read_refund
from posapp.sync.connectors.paystack_verify import verified
from posapp.sync.connectors.reading import clean_text
from posapp.sync.feed import FeedUnavailable, Finding, Page, RawItem, Verdict
from posapp.sync.outgoing import Bank, BankDetails, Link, LinkAsk, RefundAsk, Refunded

ADDRESS = "https://api.paystack.co"


class _Currency(msgspec.Struct):
    currency: str = ""


def _till_clock() -> datetime:
    return datetime.now(UTC)


class PaystackFeed:
    """Reads the transactions and refunds of one Paystack account, and asks it for money; a `Payer`."""

    def __init__(
        self,
        feed_id: str,
        url: str,
        secret: str,
        *,
        currency: str = "",
        transport: httpx.AsyncBaseTransport | None = None,
        sleep: Sleep = asyncio.sleep,
        till_clock: Callable[[], datetime] = _till_clock,
    ) -> None:
        self.feed_id = feed_id
        self._currency, self._till_clock = currency.strip().upper(), till_clock
        self._is_trial = secret.strip().startswith("sk_test_")
        self._caller = Caller(
            url or ADDRESS, Bearer(secret), who="Paystack", transport=transport, sleep=sleep
        )
        self._asks = Asks(self._caller)

    def __repr__(self) -> str:
        return f"PaystackFeed({self.feed_id!r}, {self.address!r})"

    @property
    def address(self) -> str:
        """The address that is called."""
        return self._caller.base

    def pages(self, cursor: str) -> AsyncIterator[Page]:
        """Yield every page from the cursor to the high-water mark; see `Feed`."""
        return Pull(self._caller, cursor_of(cursor), is_first=not cursor).pages()

    def read(self, item: RawItem) -> ProviderPayment | ProviderRefund:
        """Read one raw item; pure. Raises `Unreadable` with the reason."""
        if item.kind == "payment":
            return read_payment(item.body)
        if item.kind == "refund":
            return read_refund(item.body)
        raise Unreadable(f"A payment provider sends no {item.kind[:20]}.")

    async def verify(self, reference: str) -> RawItem | None:
        """Ask for one payment by its reference; None where Paystack does not know it."""
        found = await verified(self._caller, reference)
        return found[0] if found else None

    async def refund(self, ask: RefundAsk) -> Refunded:
        """Pay out a refund; a refusal of what had arrived already is no refusal."""
        return await self._asks.refund(ask)

    async def find_refund(self, ask: RefundAsk) -> Refunded | None:
        """Look for the refund that bears our reference, by date, payment, amount and note."""
        return await self._asks.find_refund(ask)

    async def refund_state(self, remote_id: str) -> Refunded:
        """How a refund stands now."""
        return await self._asks.refund_state(remote_id)

    async def give_details(self, remote_id: str, details: BankDetails) -> Refunded:
        """Tell the customer's bank account that a refund waits for."""
        return await self._asks.give_details(remote_id, details)

    async def banks(self, currency: str) -> list[Bank]:
        """The banks that `give_details` knows."""
        return await self._asks.banks(currency)

    async def payment_link(self, ask: LinkAsk) -> Link:
        """Make a page on which an order is paid."""
        return await self._asks.payment_link(ask)

    async def test(self) -> Verdict:
        """Try address and key by reading one transaction. Never raises for what a server answers."""
        refused = verdicts.refused_address(self._caller)
        if refused is not None:
            return refused
        try:
            answer = await self._caller.get("/transaction", {"perPage": "1", "per_page": "1"}, tries=2)
        except FeedUnavailable as error:
            return verdicts.of_error(error, self._caller)
        return verdicts.of_state(answer, self._caller) or self._verdict(answer)

    async def close(self) -> None:
        """Let go of the sockets."""
        await self._caller.close()

    def _verdict(self, answer: Answer) -> Verdict:
        advice = "In Paystack: Settings, API Keys; take the secret key."
        if answer.status in (401, 403):
            return verdicts.failed("wrong_key", "key", "Paystack does not accept this secret key.", advice)
        if answer.status == 404:
            return verdicts.failed("wrong_address", "answers", "Nobody takes payments at this address.")
        try:
            listed = parsed(answer, self._caller, Listed)
        except FeedUnavailable:
            return verdicts.failed("not_a_shop", "answers", "Somebody answers, but it is not Paystack.")
        currency = _currency_in(listed.data[0]) if listed.data else ""
        agrees = not currency or not self._currency or currency == self._currency
        key = Finding("key", "ok", "May read payments")
        if self._is_trial:
            key = Finding("key", "warning", "A test key: no real money moves.", advice)
        money = Finding("money", "ok", currency or "No payment yet")
        if not agrees:
            words = f"The newest payment is in {currency}, this till sells in {self._currency}."
            money = Finding("money", "failed", words)
        findings = (
            verdicts.answers(self._caller, answer.took_s),
            key,
            money,
            verdicts.clocks(answer, self._till_clock),
        )
        return Verdict("ok" if agrees else "wrong_currency", findings, "Paystack", currency)


def _currency_in(raw: msgspec.Raw) -> str:
    try:
        return clean_text(msgspec.json.decode(raw, type=_Currency).currency, 3).upper()
    except msgspec.MsgspecError:
        return ""
