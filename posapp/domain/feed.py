"""What a web shop or a payment provider tells, once it has been read and found sound.

Every record here is typed, bounded and in our units: minor units of the order's
currency, whole units of goods, aware UTC times. A connector's pure `read_*`
functions make them out of raw bodies; whatever does not fit raises `Unreadable`
and goes to quarantine with its raw text.

No record refers back to what holds it, so Python's cyclic collector need not visit
them (`gc=False`): ten thousand orders would keep a window from answering.
"""

from datetime import datetime
from enum import IntEnum

import msgspec

from posapp.domain.payments import PartState

MAX_UNITS = 1_000_000  # the largest quantity of one line, as of one stock number, that we believe
MAX_MINOR = 10**15  # the largest amount that we believe: ten thousand billion in a currency of cents
MAX_TEXT = 500  # characters kept of a name, a reference or a note from outside


class Unreadable(ValueError):
    """A record from outside that cannot be trusted; its text says why, in words for the owner."""


class Kind(IntEnum):
    """The order of events that bear the same time (DOMAIN.md, first come first served)."""

    PRODUCT = 0
    STOCK = 1
    PLACED = 2
    EDITED = 3
    PAYMENT = 4
    COMPLETED = 5
    REFUND = 6
    CANCELLED = 7


class Contact(msgspec.Struct, frozen=True, gc=False):
    """Who ordered and where it goes. Personal data: never in the journal."""

    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    note: str = ""


class ShopLine(msgspec.Struct, frozen=True, gc=False):
    """One line of a shop's order, with the shop's own stored figures for the whole line."""

    remote_id: str
    product_id: str  # the shop's product; "0" or "" where the shop no longer knows it
    variation_id: str  # "" for a simple product
    sku: str
    name: str
    quantity: int
    unit_price_minor: int  # before discount, as the shop shows it; for display only
    net_minor: int  # after discount, without tax
    taxes: dict[str, int]  # tax by the shop's rate id
    taken_by_shop: int  # units that the shop itself has already taken from its stock number


class ShopCharge(msgspec.Struct, frozen=True, gc=False):
    """Shipping or fees, summed: a fee can be negative."""

    net_minor: int = 0
    taxes: dict[str, int] = {}


class ShopRefundLine(msgspec.Struct, frozen=True, gc=False):
    """What one refund took off one line; quantity and amounts are positive or 0."""

    line_id: str
    quantity: int
    net_minor: int
    tax_minor: int


class ShopRefund(msgspec.Struct, frozen=True, gc=False):
    """A refund made in the shop; `our_reference` is ours where the till had sent it."""

    remote_id: str
    amount_minor: int
    refunded_at: datetime
    lines: tuple[ShopRefundLine, ...] = ()
    reason: str = ""
    our_reference: str = ""


class ShopOrder(msgspec.Struct, frozen=True, gc=False):
    """One state of one order of a web shop."""

    remote_id: str
    key: str  # the shop's secret-free fingerprint of the order: tells apart two orders that bear one id
    shown_number: str  # what the shop prints for its customer
    status: str  # the shop's own word, in lower case: "processing", "on-hold", …, "trash", "gone"
    currency: str
    total_minor: int  # as stored by the shop; refunds do not change it
    discount_minor: int  # what coupons took off, without tax; already inside the lines
    lines: tuple[ShopLine, ...]
    shipping: ShopCharge
    fees: ShopCharge
    placed_at: datetime
    modified_at: datetime
    paid_at: datetime | None
    completed_at: datetime | None
    payment_method: str  # "paystack", "bacs", "cod", …
    payment_title: str
    transaction_id: str
    contact: Contact
    refunds: tuple[ShopRefund, ...] = ()
    digest: str = ""  # of everything above that matters; two states with one digest are one state


class Tracking(msgspec.Struct, frozen=True, gc=False):
    """Who keeps the number of a product: itself, its parent product, or nobody."""

    kept_by: str  # "self", "parent" or "nobody"
    quantity: int = 0  # the shop's number; may be negative


class ShopProduct(msgspec.Struct, frozen=True, gc=False):
    """One thing the shop sells: a simple product, a variation, or a variable parent."""

    remote_id: str
    parent_id: str  # "" unless it is a variation
    name: str  # for a variation: "Ankara shirt – Red, L"
    sku: str
    barcode: str
    price_minor: int | None  # None: the shop gives no price
    tracking: Tracking
    sellable: bool  # False for a variable or grouped parent: only its variations are sold
    archived: bool  # trashed or gone in the shop
    created_at: datetime
    modified_at: datetime
    digest: str = ""
    category: str = ""  # the first one it is in; a variation is in its parent's


class ProviderPayment(msgspec.Struct, frozen=True, gc=False):
    """What a payment provider says about one attempt to pay."""

    provider: str  # "paystack"
    provider_ref: str  # the provider's own reference; unique with `provider`
    state: str  # "PENDING", "FAILED", "SUCCEEDED" or "REVERSED"
    currency: str
    gross_minor: int  # what the customer paid
    customer_fee_minor: int  # the part of it that the customer paid for the provider's service
    created_at: datetime
    paid_at: datetime | None
    order_remote_id: str = ""  # from metadata; "" where unknown
    order_number: str = ""  # our number, from metadata; "" where unknown
    channel: str = ""
    digest: str = ""


class ProviderRefund(msgspec.Struct, frozen=True, gc=False):
    """What a payment provider says about one refund, whoever asked for it.

    It may be ours, made in the provider's own dashboard, or by the web shop's plugin.
    """

    provider: str  # "paystack"
    remote_id: str  # the provider's id of the refund
    transaction_ref: str  # the reference of the payment it gives back; "" where only ours is told
    our_reference: str  # ours, where the till had asked for it; "" otherwise
    amount_minor: int
    currency: str
    state: PartState  # PENDING, NEEDS_DETAILS, PROCESSED or FAILED
    created_at: datetime
    words: str = ""  # what there is to say about the state, for a person
    digest: str = ""


Reading = ShopOrder | ShopProduct | ProviderPayment | ProviderRefund
