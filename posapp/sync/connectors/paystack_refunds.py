"""From Paystack's refunds to ours. Pure: the same bytes give the same record.

Paystack knows no key of ours for a refund: our reference stands in its merchant's note, and nothing else does.
"""

import re
from datetime import datetime
from typing import Any

import msgspec

from posapp.domain.feed import MAX_MINOR, ProviderRefund, Unreadable
from posapp.domain.payments import PartState
from posapp.sync.connectors.paystack_read import PROVIDER, REFERENCE
from posapp.sync.connectors.reading import (
    BROKEN,
    clean_text,
    currency_code,
    digest,
    digest_of_bytes,
    instant,
    parse_time,
    remote_id,
    stamp_text,
    whole,
    with_digest,
)
from posapp.sync.feed import RawItem
from posapp.sync.outgoing import Refunded

STATES = {
    "pending": PartState.PENDING,
    "processing": PartState.PENDING,
    "processed": PartState.PROCESSED,
    "failed": PartState.FAILED,
    "needs-attention": PartState.NEEDS_DETAILS,
}
WORDS = {
    PartState.NEEDS_DETAILS: "Paystack asks for the customer's bank account.",
    PartState.FAILED: "Paystack could not pay it out.",
}
MAX_REFERENCE = 100  # characters
MAX_NOTE = 2_000
# Our references: an id, the part, the attempt. A UUID is ours wherever it stands in a note, for somebody may have
# written around it; any other id has a letter or a dash in it, and stands alone: a date that somebody typed is none.
_UUID = re.compile(
    r"(?<![\w.:-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/\w{1,10}/\d{1,6}(?![\w/])", re.ASCII
)
_OURS = re.compile(r"[0-9A-Za-z._:-]*[A-Za-z-][0-9A-Za-z._:-]*/\d{1,6}/\d{1,6}", re.ASCII)


class Told(msgspec.Struct):
    """One refund, as the list, one refund's own page, and the answers to asks tell it."""

    id: Any = None
    amount: Any = None
    status: Any = None
    currency: Any = None
    merchant_note: Any = None
    transaction: Any = None  # its id; in the answer to a new refund the transaction itself
    transaction_reference: Any = None
    reason: Any = None
    createdAt: Any = None  # noqa: N815 - its own spelling
    created_at: Any = None
    refunded_at: Any = None
    expected_at: Any = None

    @property
    def note(self) -> str:
        """The merchant's note, where our reference stands."""
        return self.merchant_note.strip() if isinstance(self.merchant_note, str) else ""

    @property
    def payment(self) -> str:
        """The reference of the payment; "" where only Paystack's own number of it is told."""
        told = self.transaction_reference
        if told is None and isinstance(self.transaction, dict):
            told = self.transaction.get("reference")
        return told if isinstance(told, str) and REFERENCE.fullmatch(told) else ""

    @property
    def number(self) -> str:
        """Paystack's id of the refund. Raises `Unreadable`."""
        return remote_id(whole(self.id, "the refund's id", 1, 10**18), "the refund's id")

    @property
    def stamp(self) -> str:
        """The newest stamp that the refund bears."""
        times = [parse_time(text) for text in (self.createdAt or self.created_at, self.refunded_at)]
        return max([stamp_text(at) for at in times if at], default="")


class Body(msgspec.Struct):
    """The body of a raw item of kind "refund"."""

    seen_at: datetime
    refund: Told


def told_of(raw: bytes) -> Told | None:
    """Read a refund's fields as they are; None where there are none."""
    try:
        return msgspec.json.decode(raw, type=Told)
    except BROKEN:
        return None


def refund_item(raw: bytes, seen_at: datetime) -> RawItem:
    """Pack a refund as it came in."""
    told = told_of(raw)
    number, stamp = "", told.stamp if told else ""
    if told is not None:
        try:
            number = told.number
        except Unreadable:
            number = ""
    body = b'{"seen_at":"%b","refund":%b}' % (stamp_text(seen_at).encode(), raw)
    return RawItem("refund", number, f"refund:{number}:{stamp}:{state_of(raw)}", stamp, body)


def state_of(raw: bytes) -> str:
    """A digest of what we read of a refund; what the customer is called makes no news."""
    told = told_of(raw)
    if told is None:
        return digest_of_bytes(raw)
    try:
        return digest([told.id, told.amount, told.status, told.currency, told.note, told.payment, told.stamp])
    except BROKEN:
        return digest_of_bytes(raw)


def read_refund(body: bytes) -> ProviderRefund:
    """Read a packed refund. Raises `Unreadable`."""
    try:
        packed = msgspec.json.decode(body, type=Body)
    except msgspec.ValidationError as error:
        raise Unreadable(f"The refund's record is not as expected: {str(error)[:200]}") from None
    except BROKEN:
        raise Unreadable("The refund's record is no proper text.") from None
    told = packed.refund
    ours, payment = our_reference(told.note), told.payment
    if not ours and not payment:
        raise Unreadable("The refund names no payment.")
    state, words = state_and_words(told)
    return with_digest(
        ProviderRefund(
            provider=PROVIDER,
            remote_id=told.number,
            transaction_ref=payment,
            our_reference=ours,
            amount_minor=amount_of(told),
            currency=currency_code(_text(told.currency)),
            state=state,
            created_at=instant(told.createdAt or told.created_at, "the refund's date", packed.seen_at),
            words=words,
        )
    )


def refunded(told: Told) -> Refunded:
    """What the sender is told of a refund. Raises `Unreadable`."""
    state, words = state_and_words(told)
    expected = parse_time(_text(told.expected_at))
    return Refunded(told.number, state, amount_of(told), words, stamp_text(expected) if expected else "")


def our_reference(note: str) -> str:
    """Our reference out of a merchant's note; "" where somebody else wrote it."""
    found = _UUID.search(note[:MAX_NOTE]) or (_OURS.fullmatch(note) if len(note) <= MAX_REFERENCE else None)
    return found[0] if found else ""


def bears(note: str, reference: str) -> bool:
    """Whether a merchant's note holds a reference: alone, or with words around it."""
    around = rf"(?<![\w.:-]){re.escape(reference)}(?![\w/])"
    return note == reference or re.search(around, note, re.ASCII) is not None


def amount_of(told: Told) -> int:
    """What a refund gives back. Raises `Unreadable`."""
    return whole(told.amount, "the refund's amount", 1, MAX_MINOR)


def state_and_words(told: Told) -> tuple[PartState, str]:
    """How a refund stands; a state that nobody knows is one that is not final, said in words."""
    said = clean_text(_text(told.status), 40)
    state = STATES.get(re.sub(r"[_\s]+", "-", said.lower()))
    if state is None:
        return (
            PartState.PENDING,
            f"Paystack calls it “{said}”." if said else "Paystack does not say how it stands.",
        )
    reason = clean_text(_text(told.reason), 200) if state == PartState.FAILED else ""
    return state, reason or WORDS.get(state, "")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
