"""What must reach the outside, written in the transaction that decides it, until somebody has answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

COMPLETED = "completed"  # the word of WooCommerce and most web shops for an order whose goods left
PAID = "processing"  # and for one that is paid and waits to be handed over
UNDO_FOR = timedelta(seconds=8)  # how long a row waits, so that whoever decided can take it back


class OutKind(StrEnum):
    """What a row asks for."""

    SHOP_REFUND = "shop_refund"  # a refund written into the web shop; `part_id`: its gateway moves that money
    PROVIDER_REFUND = "provider_refund"  # a payment provider pays a part out
    REFUND_DETAILS = "refund_details"  # a payment provider is told the customer's bank account
    SHOP_ORDER = "shop_order"  # a web order is told its status, and its customer a note


class OutState(StrEnum):
    """How far a row is.

    SENDING: a try was begun and may have arrived, whatever was heard of it. REFUSED is parked until a person
    sends it again or discards it. FAILED: the refund was refused for good, and its case asks a person.
    """

    WAITING = "WAITING"
    SENDING = "SENDING"
    DONE = "DONE"
    REFUSED = "REFUSED"
    FAILED = "FAILED"
    DISCARDED = "DISCARDED"
    WITHDRAWN = "WITHDRAWN"

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done about it."""
        return self in (OutState.WAITING, OutState.SENDING, OutState.REFUSED)


@dataclass(slots=True)
class Outgoing:
    """One thing to send. Its id is what the outside is told, so that it is found there again.

    Of a refund: refund id, part (or "shop" for the shop's own record of it) and attempt. What is asked in
    detail is worked out from the order when it is sent; nothing personal stands here.
    """

    id: str
    order_id: str
    kind: OutKind
    to: str  # the web shop's id, or the payment provider's name
    due_at: datetime  # not sent before
    refund_id: str = ""
    part_id: str = ""
    status: str = ""  # of a word to a web order: what the shop shall call it, "" to leave that
    message: str = ""  # which note its customer gets, by key; "" for none
    state: OutState = OutState.WAITING
    remote_id: str = ""  # what the other side calls what was made of it
    words: str = ""  # why it was refused
    answered_at: datetime | None = None


def was_told(rows: Iterable[Outgoing], status: str) -> bool:
    """Whether a web shop has this word for an order from us, or may have."""
    sent = (OutState.SENDING, OutState.DONE)
    return any(row.kind == OutKind.SHOP_ORDER and row.status == status and row.state in sent for row in rows)


def refund_key(refund_id: str, part: str, attempt: int) -> str:
    """The idempotency key of one attempt to have one part of a refund made outside."""
    return f"{refund_id}/{part}/{attempt}"
