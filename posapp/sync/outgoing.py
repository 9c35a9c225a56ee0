"""What a connector can be asked to do outside, and what it answers: the outbound half of the door.

Nothing here decides. Every ask bears our own reference, for neither WooCommerce nor Paystack knows an
idempotency key: before a second try the sender *looks* for it (`find_*`), and only where it is not found
is the ask made again. An ask is made once; a connector never repeats it by itself.

A method answers, or raises `FeedUnavailable` (nothing is known: it may have arrived), or `Declined` (the other
side has said no, and will say so again).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from posapp.domain.payments import PartState
from posapp.sync.feed import PaymentFeed, ShopFeed


class Declined(Exception):
    """The other side refuses, for good; `words` are its own, cleaned, for the owner.

    Codes: gateway_cannot (no refunds through this gateway), gone, not_allowed, duplicate, refused (anything else).
    """

    def __init__(self, words: str, *, code: str = "refused") -> None:
        super().__init__(words)
        self.words, self.code = words, code


class RefundedLine(msgspec.Struct, frozen=True):
    """What a refund takes off one line of a web order; amounts positive, minor units."""

    remote_id: str  # the shop's line id
    quantity: int
    net_minor: int
    taxes: dict[str, int] = {}  # by the shop's rate id


class ShopRefundAsk(msgspec.Struct, frozen=True):
    """A refund to write into a web shop. `by_gateway`: the shop's payment gateway is to move the money.

    `earlier`: our references of attempts that had failed, if what was heard was true. `known`: the shop's ids of
    the refunds that are recorded here; of the others, one as high is taken for this one if it bears no reference, or
    none of `ours`: a folder that was restored since does not know any more what it had asked for.
    """

    reference: str  # ours, found again in the refund's meta data
    order_remote_id: str
    currency: str
    amount_minor: int
    by_gateway: bool
    reason: str = ""
    lines: tuple[RefundedLine, ...] = ()
    earlier: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    ours: tuple[str, ...] = ()


class RefundAsk(msgspec.Struct, frozen=True):
    """A refund for a payment provider to pay out.

    `known`: the provider's ids of the refunds that are recorded here; of the others, one of the same payment and as
    high that bears a reference of a till's, but none of `ours`, was asked for by this one before it was restored.
    `since`: when it was first to be asked for, where that is known.
    """

    reference: str  # ours
    transaction: str  # the provider's own reference of the payment
    currency: str
    amount_minor: int
    customer_note: str = ""
    known: tuple[str, ...] = ()
    ours: tuple[str, ...] = ()
    since: datetime | None = None


class Refunded(msgspec.Struct, frozen=True):
    """How a refund stands at the other side: PENDING, PROCESSED, FAILED or NEEDS_DETAILS."""

    remote_id: str
    state: PartState
    amount_minor: int
    words: str = ""  # what is not as it was asked for, or why it failed
    expected_at: str = ""  # when the provider expects it to be there, as it tells it; for display


class BankDetails(msgspec.Struct, frozen=True):
    """Where a customer's money goes when the provider asks. Personal: never in the journal, a log or a repr."""

    currency: str
    account_number: str
    bank_id: str

    def __repr__(self) -> str:
        return "BankDetails(…)"

    __str__ = __repr__


class Bank(msgspec.Struct, frozen=True):
    """A bank as the provider lists it."""

    id: str
    name: str


class OrderWord(msgspec.Struct, frozen=True):
    """What a web order is told: a status ("" leaves it), and a note for its customer ("" for none)."""

    reference: str
    order_remote_id: str
    status: str = ""
    note: str = ""


class LinkAsk(msgspec.Struct, frozen=True):
    """A page on which a customer pays an order. `reference` is unique at the provider."""

    reference: str
    order_number: str
    currency: str
    amount_minor: int  # what the customer pays, a fee borne by the customer included
    customer_fee_minor: int
    email: str


class Link(msgspec.Struct, frozen=True):
    """A payment page: its address, and the reference its payment will bear."""

    url: str
    reference: str


class StockNumber(msgspec.Struct, frozen=True):
    """A web shop's number of one product or variation, as it keeps it now; `parent_id` "" for a product."""

    remote_id: str
    parent_id: str
    quantity: int | None  # None: the shop does not track it here
    kept_by: str = "self"  # "self", "parent" or "nobody"


class ShopDoor(ShopFeed, Protocol):
    """A web shop that can also be told things."""

    async def gateways(self) -> Mapping[str, bool]:
        """The shop's payment gateways: id, and whether it says that it can refund."""
        ...

    async def make_refund(self, ask: ShopRefundAsk) -> Refunded:
        """Write a refund into the shop; units are never put back on its stock."""
        ...

    async def find_refund(self, ask: ShopRefundAsk) -> Refunded | None:
        """Look for the refund that bears our reference, or one before it, or is the same one made by hand."""
        ...

    async def tell(self, word: OrderWord) -> None:
        """Bring a web order to a status and leave a note for its customer, once, however often it is told."""
        ...

    async def stock_numbers(self, remote_ids: Sequence[str]) -> list[StockNumber]:
        """The shop's own numbers now; what is gone is left out."""
        ...

    async def put_stock(self, numbers: Sequence[StockNumber]) -> list[StockNumber]:
        """Set absolute numbers and give what the shop says it has afterwards. Refuses what is no whole number >= 0."""
        ...


class Payer(PaymentFeed, Protocol):
    """A payment provider that can also be asked for money: to pay out, and to be paid."""

    async def refund(self, ask: RefundAsk) -> Refunded:
        """Pay out a refund."""
        ...

    async def find_refund(self, ask: RefundAsk) -> Refunded | None:
        """Look for the refund that bears our reference, by date, transaction, amount and note."""
        ...

    async def refund_state(self, remote_id: str) -> Refunded:
        """How a refund stands now."""
        ...

    async def give_details(self, remote_id: str, details: BankDetails) -> Refunded:
        """Tell the customer's bank account that a refund waits for."""
        ...

    async def banks(self, currency: str) -> list[Bank]:
        """The banks that `give_details` knows."""
        ...

    async def payment_link(self, ask: LinkAsk) -> Link:
        """Make a page on which an order is paid. Raises `Declined` with code "duplicate" for a used reference."""
        ...
