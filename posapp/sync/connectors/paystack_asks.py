"""What Paystack is asked to do: pay back, look for a refund, take bank details, make a payment page.

Every ask is made once. Where Paystack says no to a second one although the first had arrived (a proxy on the way
repeats what it did not hear the answer of), its refusal would hide money that has left: it is looked first.
"""

import re
from datetime import timedelta
from typing import Any, TypeVar
from urllib.parse import quote

import httpx
import msgspec

from posapp.domain.feed import Unreadable
from posapp.domain.payments import PartState
from posapp.sync.connectors.address import is_loopback
from posapp.sync.connectors.http import Answer, Caller
from posapp.sync.connectors.paystack_list import all_refunds, time_of
from posapp.sync.connectors.paystack_refunds import Told, bears, our_reference, refunded, told_of
from posapp.sync.connectors.paystack_verify import HISTORY
from posapp.sync.connectors.reading import BROKEN, clean_text, remote_id, stamp_text
from posapp.sync.feed import FeedUnavailable
from posapp.sync.outgoing import Bank, BankDetails, Declined, Link, LinkAsk, RefundAsk, Refunded

BANKS_A_PAGE = 100
MAX_BANK_PAGES = 20
PASSING = (401, 408, 425, 429)  # no refusal of what is asked: a key to mend, or a time to wait
MAX_ADDRESS = 500  # characters of a payment page's address: more is no QR code that a phone reads
_KEYS = re.compile(r"\b[sp]k_(?:live|test)_\w+")
_NUMBERS = re.compile(r"\d[\d\s-]{4,}\d")
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", re.ASCII)
_LINK_REFERENCE = re.compile(r"[A-Za-z0-9.=-]{1,100}", re.ASCII)

AHEAD = timedelta(days=1)  # past Paystack's own clock, for what it dates a little later
FURTHEST = (PartState.PROCESSED, PartState.PENDING, PartState.NEEDS_DETAILS, PartState.FAILED)

T = TypeVar("T")


class _Refusal(msgspec.Struct):
    status: bool
    message: str | None = None
    code: str | None = None


class _One(msgspec.Struct):
    data: msgspec.Raw
    status: bool = True


class _Rows(msgspec.Struct):
    data: list[msgspec.Raw]


class _Page(msgspec.Struct):
    authorization_url: str
    reference: str


class _Bank(msgspec.Struct):
    id: int | str
    name: str
    currency: str = ""
    active: bool | None = None
    is_deleted: bool | None = None


class Asks:
    """Asks one Paystack account."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def refund(self, ask: RefundAsk) -> Refunded:
        """Pay out a refund; our reference stands in the merchant's note."""
        content: dict[str, Any] = {
            "transaction": ask.transaction,
            "amount": ask.amount_minor,
            "currency": ask.currency,
            "merchant_note": ask.reference,
        }
        if note := clean_text(ask.customer_note, 200):
            content["customer_note"] = note
        answer = await self._caller.send("POST", "/refund", content)
        try:
            return _refund_in(reply(answer, self._caller, _One))
        except Declined:
            found = await self.find_refund(ask)
            if found is None:
                raise
            return found

    async def find_refund(self, ask: RefundAsk) -> Refunded | None:
        """Look for the refund that bears our reference among those of 90 days, and of all since it was decided.

        Whatever bears it is ours, also where payment or amount are others than were asked for: that is said in
        words, and it is not paid out again. Of several, the one that has gone furthest is told. What bears another
        reference, that this till has forgotten, is told where all else agrees.
        """
        now = await time_of(self._caller)
        since = min(now - HISTORY, ask.since - AHEAD) if ask.since else now - HISTORY
        window = {"from": stamp_text(since), "to": stamp_text(now + AHEAD)}
        rows, _ = await all_refunds(self._caller, window, now)
        all_told = [told for raw in rows if (told := told_of(raw)) is not None]
        ours = [told for told in all_told if bears(told.note, ask.reference)]
        try:
            ours = ours or [told for told in all_told if _was_forgotten(told, ask)]
            found = [(refunded(told), told.payment) for told in ours]
        except Unreadable as reason:
            raise FeedUnavailable(f"A refund of ours at Paystack cannot be read: {reason}") from None
        if not found:
            return None
        best, payment = min(found, key=lambda one: (FURTHEST.index(one[0].state), int(one[0].remote_id)))
        doubts = [
            "Paystack gives back another amount than was asked for."
            if best.amount_minor != ask.amount_minor
            else "",
            "Paystack gives it back on another payment." if payment not in ("", ask.transaction) else "",
            f"Paystack lists it {len(found)} times." if len(found) > 1 else "",
        ]
        return msgspec.structs.replace(best, words=" ".join(text for text in (*doubts, best.words) if text))

    async def refund_state(self, number: str) -> Refunded:
        """How a refund stands now."""
        answer = await self._caller.get(f"/refund/{quote(number[:40], safe='')}")
        return _refund_in(reply(answer, self._caller, _One))

    async def give_details(self, number: str, details: BankDetails) -> Refunded:
        """Tell the bank account that a refund waits for. No refusal repeats the account's number."""
        account = {
            "currency": details.currency,
            "account_number": details.account_number,
            "bank_id": details.bank_id,
        }
        path = f"/refund/retry_with_customer_details/{quote(number[:40], safe='')}"
        answer = await self._caller.send("POST", path, {"refund_account_details": account})
        try:
            return _refund_in(reply(answer, self._caller, _One))
        except Declined as refusal:
            now = await self.refund_state(number)
            if now.state in (PartState.PENDING, PartState.PROCESSED):
                return now
            raise Declined(_NUMBERS.sub("…", refusal.words), code=refusal.code) from None

    async def banks(self, currency: str) -> list[Bank]:
        """The banks of a currency, by name; without those that Paystack has closed."""
        found: dict[str, Bank] = {}
        for page in range(1, MAX_BANK_PAGES + 1):
            asked = {"currency": currency, "perPage": str(BANKS_A_PAGE), "page": str(page)}
            rows = reply(await self._caller.get("/bank", asked), self._caller, _Rows).data
            news = {bank.id: bank for raw in rows if (bank := _bank_of(raw, currency)) is not None}
            if news.keys() <= found.keys():
                break
            found |= news
        return sorted(found.values(), key=lambda bank: (bank.name.casefold(), bank.id))

    async def payment_link(self, ask: LinkAsk) -> Link:
        """Make a payment page. Its payments bear our order's number and the fee, so that the till knows both.

        Raises `ValueError` for a reference that Paystack would not take: letters, digits, "-", "." and "=".
        """
        if not _LINK_REFERENCE.fullmatch(ask.reference):
            raise ValueError(f"{ask.reference!r} is no reference of a payment page")
        shown = {"display_name": "Order", "variable_name": "order_number", "value": ask.order_number}
        notes: dict[str, Any] = {"order_number": ask.order_number, "custom_fields": [shown]}
        if ask.customer_fee_minor:
            notes["customer_fee"] = str(ask.customer_fee_minor)
        content = {
            "email": ask.email,
            "amount": ask.amount_minor,
            "currency": ask.currency,
            "reference": ask.reference,
            "metadata": notes,
        }
        answer = await self._caller.send("POST", "/transaction/initialize", content)
        page = _decoded(reply(answer, self._caller, _One).data, _Page)
        if page is None or page.reference != ask.reference or not self._is_safe(page.authorization_url):
            raise FeedUnavailable("Paystack's answer leads to no payment page that can be used.")
        return Link(page.authorization_url, page.reference)

    def _is_safe(self, address: str) -> bool:
        """Whether a customer may be sent there: https, or this machine where Paystack itself is on it."""
        if len(address) > MAX_ADDRESS or not address.isascii() or not address.isprintable() or " " in address:
            return False
        try:
            url = httpx.URL(address)
            here = is_loopback(url.host) and is_loopback(httpx.URL(self._caller.base).host)
        except (httpx.InvalidURL, ValueError):
            return False
        if url.userinfo or not (here or _HOST.fullmatch(url.host)):
            return False
        return url.scheme == "https" or (url.scheme == "http" and here)


def _was_forgotten(told: Told, ask: RefundAsk) -> bool:
    """Whether a refund is what is asked for now, under a reference from before the till's folder was restored."""
    theirs = our_reference(told.note)
    if not ask.ours or not theirs or theirs in ask.ours:
        return False
    there = refunded(told)
    if told.payment != ask.transaction or there.remote_id in ask.known:
        return False
    return there.amount_minor == ask.amount_minor and there.state != PartState.FAILED


def reply(answer: Answer, caller: Caller, kind: type[T]) -> T:
    """Read a good answer; raise `Declined` for Paystack's own no, `FeedUnavailable` where nothing is known."""
    refusal = _refusal_in(answer)
    if refusal is not None:
        raise _declined(answer, refusal)
    if answer.status not in (200, 201) or not answer.is_json:
        raise caller.unavailable(answer)
    told = _decoded(answer.body, kind)
    if told is None:
        raise FeedUnavailable("The answer of Paystack is cut off or unreadable.")
    return told


def _refusal_in(answer: Answer) -> _Refusal | None:
    """Paystack's own refusal: an error of ours, or a good answer that says no. Anybody else's is none."""
    ours = answer.status in (200, 201) or (400 <= answer.status < 500 and answer.status not in PASSING)
    refusal = _decoded(answer.body, _Refusal) if ours and answer.is_json else None
    return refusal if refusal is not None and not refusal.status else None


def _declined(answer: Answer, refusal: _Refusal) -> Declined:
    words = _KEYS.sub("…", clean_text(refusal.message, 200)) or "Paystack refuses and does not say why."
    code, said = (refusal.code or "").lower(), words.lower()
    if code == "duplicate_reference" or "duplicate transaction reference" in said:
        return Declined(words, code="duplicate")
    return Declined(words, code={403: "not_allowed", 404: "gone"}.get(answer.status, "refused"))


def _refund_in(one: _One) -> Refunded:
    told = told_of(one.data)
    try:
        if told is not None:
            return refunded(told)
    except Unreadable:
        pass
    raise FeedUnavailable("Paystack's answer about the refund cannot be read.")


def _bank_of(raw: bytes, currency: str) -> Bank | None:
    told = _decoded(raw, _Bank)
    if told is None or told.active is False or told.is_deleted or told.currency not in ("", currency):
        return None
    name = clean_text(told.name, 100)
    try:
        number = remote_id(told.id, "the bank's id")
    except Unreadable:
        return None
    return Bank(number, name) if name else None


def _decoded(raw: bytes, kind: type[T]) -> T | None:
    try:
        return msgspec.json.decode(raw, type=kind)
    except BROKEN:
        return None
