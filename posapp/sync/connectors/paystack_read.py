"""From Paystack's transactions to ours. Pure: the same bytes give the same record.

Amounts are whole numbers of the smallest unit already. A transaction is one attempt to
pay; its reference is unique at Paystack.
"""

import re
from datetime import datetime
from typing import Any

import msgspec

from posapp.domain.feed import MAX_MINOR, ProviderPayment, Unreadable
from posapp.sync.connectors.reading import (
    BROKEN,
    clean_text,
    currency_code,
    digest,
    digest_of_bytes,
    instant,
    instant_or_none,
    parse_time,
    stamp_text,
    with_digest,
)
from posapp.sync.feed import RawItem

PROVIDER = "paystack"
STATES = {
    "success": "SUCCEEDED",
    "failed": "FAILED",
    "abandoned": "FAILED",
    "reversed": "REVERSED",
    "pending": "PENDING",
    "ongoing": "PENDING",
    "processing": "PENDING",
    "queued": "PENDING",
}
REFERENCE = re.compile(r"[\x21-\x7e]{1,200}")
_ID = re.compile(r"\d{1,18}", re.ASCII)


class Transaction(msgspec.Struct):
    """One transaction, as the list and the verification tell it."""

    reference: str
    status: str
    amount: int
    currency: str
    requested_amount: int | None = None
    fees: int | None = None
    paid_at: str | None = None
    paidAt: str | None = None  # noqa: N815 - Paystack tells it both ways, and not always both
    created_at: str | None = None
    createdAt: str | None = None  # noqa: N815 - its own spelling
    channel: str | None = None
    metadata: Any = None


class Body(msgspec.Struct):
    """The body of a raw item of kind "payment".

    `given_back`: refunds that this till asked for gave back all of it. Paystack calls such a payment reversed,
    as it calls one that a bank took back; but it came, and where it went the refunds tell.
    """

    seen_at: datetime
    transaction: Transaction
    given_back: bool = False


class Head(msgspec.Struct):
    """What can be told of a transaction even when the rest is unreadable."""

    reference: Any = None
    status: Any = None
    amount: Any = None
    created_at: Any = None
    createdAt: Any = None  # noqa: N815 - its own spelling
    paid_at: Any = None
    paidAt: Any = None  # noqa: N815 - its own spelling

    @property
    def created(self) -> str:
        """The stamp at which the attempt began; "" where that is no time."""
        at = parse_time(self.created_at or self.createdAt)
        return stamp_text(at) if at else ""

    @property
    def stamp(self) -> str:
        """The newest stamp that the transaction bears."""
        at = parse_time(self.paid_at or self.paidAt)
        return max(stamp_text(at) if at else "", self.created)

    @property
    def remote_id(self) -> str:
        """The reference; "" where there is none that can be believed."""
        told = self.reference
        return told if isinstance(told, str) and REFERENCE.fullmatch(told) else ""


def head_of(raw: bytes) -> Head:
    """Read the head of a transaction, whatever the rest looks like."""
    try:
        return msgspec.json.decode(raw, type=Head)
    except BROKEN:
        return Head()


def payment_item(raw: bytes, seen_at: datetime, *, given_back: bool = False) -> RawItem:
    """Pack a transaction as it came in."""
    head = head_of(raw)
    event_id = f"payment:{head.remote_id}:{head.stamp}:{state_of(raw)}{':given back' if given_back else ''}"
    more = b',"given_back":true' if given_back else b""
    body = b'{"seen_at":"%b","transaction":%b%b}' % (stamp_text(seen_at).encode(), raw, more)
    return RawItem("payment", head.remote_id, event_id, head.stamp, body)


def is_given_back(head: Head, ours_minor: int) -> bool:
    """Whether a payment is called reversed only because our own refunds gave all of it back."""
    whole = head.amount if isinstance(head.amount, int) else 0
    return head.status == "reversed" and 0 < whole <= ours_minor


def is_unpaid_link(raw: bytes) -> bool:
    """Whether a transaction is one of our payment links on which nothing was paid yet."""
    try:
        told = msgspec.json.decode(raw, type=Transaction)
    except BROKEN:
        return False
    notes = _notes(told.metadata)
    ours = bool(notes.get("order_number")) and not notes.get("order_id")
    return ours and STATES.get(told.status.lower()[:20]) in ("PENDING", "FAILED")


def state_of(raw: bytes) -> str:
    """A digest of what we read of a transaction; its log and the customer's history make no news."""
    try:
        return digest(msgspec.to_builtins(msgspec.json.decode(raw, type=Transaction)))
    except BROKEN:
        return digest_of_bytes(raw)


def read_payment(body: bytes) -> ProviderPayment:
    """Read a packed transaction. Raises `Unreadable`."""
    packed = _unpack(body)
    told, seen_at = packed.transaction, packed.seen_at
    state = STATES.get(told.status.lower()[:20])
    if state is None:
        raise Unreadable(f"The payment's state is “{clean_text(told.status, 40)}”, which we do not know.")
    if state == "REVERSED" and packed.given_back:
        state = "SUCCEEDED"
    if not REFERENCE.fullmatch(told.reference):
        raise Unreadable("The payment has no reference that can be used.")
    gross_minor = _amount(told.amount, "amount")
    notes = _notes(told.metadata)
    return with_digest(
        ProviderPayment(
            provider=PROVIDER,
            provider_ref=told.reference,
            state=state,
            currency=currency_code(told.currency),
            gross_minor=gross_minor,
            customer_fee_minor=_customer_fee(gross_minor, told, notes.get("customer_fee", "")),
            created_at=instant(told.created_at or told.createdAt, "the payment's date", seen_at),
            paid_at=instant_or_none(told.paid_at or told.paidAt, "the date of payment", seen_at),
            order_remote_id=notes.get("order_id", ""),
            order_number=notes.get("order_number", ""),
            channel=clean_text(told.channel, 40),
        )
    )


def _unpack(body: bytes) -> Body:
    try:
        return msgspec.json.decode(body, type=Body)
    except msgspec.ValidationError as error:
        raise Unreadable(f"The payment's record is not as expected: {str(error)[:200]}") from None
    except BROKEN:
        raise Unreadable("The payment's record is no proper text.") from None


def _amount(value: int, name: str) -> int:
    if not 0 <= value <= MAX_MINOR:
        raise Unreadable(f"The payment's {name} is outside what we believe.")
    return value


def _customer_fee(gross_minor: int, told: Transaction, noted: str) -> int:
    """The part of the amount that the customer paid for Paystack's service.

    A shop asks for `requested_amount`; when Paystack adds its fee for the customer to bear, what comes on top is
    exactly the fee, and anything else on top is money of the customer's. Our own links ask for the order and the
    fee together and note the fee; of a payment that is less than was asked for, no more of it is a fee than
    Paystack took.
    """
    asked, fees = told.requested_amount, told.fees or 0
    on_top = gross_minor - asked if asked is not None and asked > 0 else 0
    added = on_top if 0 < on_top == fees else 0
    fee = int(noted or "0")
    if asked is not None and gross_minor < asked:
        fee = min(fee, max(0, fees))
    return added + fee if added + fee < gross_minor else added


def _notes(metadata: Any) -> dict[str, str]:
    """What the shop's plugin noted, the order's id, or our links: its number and the fee. However it is wrapped."""
    if isinstance(metadata, str):
        try:
            metadata = msgspec.json.decode(metadata)
        except BROKEN:
            return {}
    if not isinstance(metadata, dict):
        return {}
    told: dict[str, Any] = {}
    fields = metadata.get("custom_fields")
    for field in fields if isinstance(fields, list) else []:
        if isinstance(field, dict) and isinstance(field.get("variable_name"), str):
            told[field["variable_name"]] = field.get("value")
    told |= metadata
    order_id, fee = _plain(told.get("order_id")), _plain(metadata.get("customer_fee"))
    return {
        "order_id": str(int(order_id)) if _ID.fullmatch(order_id) else "",
        "order_number": clean_text(_plain(told.get("order_number")), 40),
        "customer_fee": fee if _ID.fullmatch(fee) else "",
    }


def _plain(value: Any) -> str:
    usable = isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool))
    return clean_text(value, 100) if usable else ""
