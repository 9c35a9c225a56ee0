"""What the order dialog, the side panel and the docked preview show of one order."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from posapp.domain.attention import Reason
from posapp.domain.orders import Channel, CloseReason, ShipStatus, Status
from posapp.domain.payments import PartState, PaymentState, PaymentStatus, RefundKind
from posapp.domain.standing import FulfilmentMark, PaymentMark
from posapp.queries.rehearsal import Allowed


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """Who the order is for; all "" for a walk-in. Text from outside: to be shown as plain text."""

    id: str
    name: str
    phone: str
    email: str
    address: str
    note: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Units of a line's goods that another location has free; of a bundle, what it could add to whole ones."""

    location_id: str
    name: str
    units: int


@dataclass(frozen=True, slots=True)
class LineFacts:
    """A line in units. `wanted` is what the customer is to have; `free_now` is None for untracked goods."""

    line_id: str
    product_id: str
    item_id: str
    name: str
    sku: str
    tracked: bool
    ordered: int  # as placed
    wanted: int
    held: int
    short: int
    free_now: int | None
    handed_over: int
    refunded: int
    unpaid: int  # added and not paid for yet
    unit_price_minor: int
    line_total_minor: int  # list price of the units that are left: ordered less edited away and refunded
    worth_minor: int  # the same with discount share and tax, as it counts in the order's total
    uses: tuple[tuple[str, int], ...] = ()  # the items whose levels one unit draws on, and units of each
    fillable: int = 0  # missing units that are free here, after what the lines above take
    elsewhere: tuple[Elsewhere, ...] = ()  # of a short line: where there are more


@dataclass(frozen=True, slots=True)
class MoneyFacts:
    """The money block, minor units. Discount is already inside the lines; it is positive here."""

    currency: str
    goods_minor: int  # list prices of the lines
    discount_minor: int
    delivery_minor: int  # with its tax
    fees_minor: int  # with their tax, and what was kept back of refunds
    rounding_minor: int  # what rounding of cash added or (negative) took off
    tax_minor: int  # all tax, of what is left of the lines, of delivery and of fees
    unassigned_minor: int  # given back in the shop without naming goods
    total_placed_minor: int
    total_minor: int
    paid_minor: int  # N
    received_minor: int  # everything that ever came, late money included
    refunded_minor: int
    balance_minor: int  # missing up to the total
    credit_minor: int  # paid above the total
    owed_minor: int  # what the customer must get back
    can_refund_minor: int  # the most that can go back


@dataclass(frozen=True, slots=True)
class PaymentFacts:
    """One payment or attempt. `left_minor` of it has not gone back."""

    payment_id: str
    provider: str  # "hand", "shop", or a payment provider
    method: str
    reference: str
    amount_minor: int
    left_minor: int
    state: PaymentState
    paid_at: datetime
    applied: bool
    is_awaited: bool  # a transfer that a person can confirm


@dataclass(frozen=True, slots=True)
class PartFacts:
    """The share of a refund that goes back on one payment, and how far its money is."""

    payment_id: str
    method: str  # of that payment
    amount_minor: int
    route: str
    reference: str
    state: PartState
    part_id: str = ""
    provider: str = ""  # of that payment
    words: str = ""  # why it was refused, as the other side says; from outside


@dataclass(frozen=True, slots=True)
class RefundFacts:
    """A decision to give money back. `units` are (name, units) of the lines it took off."""

    refund_id: str
    kind: RefundKind
    amount_minor: int
    decided_at: datetime
    actor: str
    reason: str
    shipping_minor: int
    in_shop: bool  # made in the web shop
    units: tuple[tuple[str, int], ...]
    parts: tuple[PartFacts, ...]


@dataclass(frozen=True, slots=True)
class Taker:
    """The order that took the missing units."""

    order_id: str
    number: str
    customer: str
    paid_at: datetime | None
    paid_later: bool  # its place in the queue is behind ours: it overtook


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A line of a short order: what was wanted, what was there."""

    line_id: str
    name: str
    wanted: int
    got: int
    short: int


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """Why the order needs a person: the facts of one sentence."""

    reason: Reason
    opened_at: datetime
    detail: str  # what the web shop did
    lines: tuple[CaseLine, ...]
    taker: Taker | None
    amount_minor: int  # what it is about: too much, late, missing or announced money; 0 for stock


@dataclass(frozen=True, slots=True)
class Offer:
    """A decision that can be offered: a button, and whether it can be pressed."""

    key: str
    label: str
    gives_money: bool
    can: Allowed


@dataclass(frozen=True, slots=True)
class UndoOffer:
    """A decision that was made, and whether it can be taken back.

    `held_minor` of it waits on this till to be asked for outside, until `due_at` at least; then it goes.
    """

    decision_id: str
    key: str
    at: datetime
    actor: str
    can: Allowed
    held_minor: int = 0
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SwapOffer:
    """An order that overtook and still has the units here: they can change hands."""

    order_id: str
    number: str
    customer: str
    units: int  # that would move


class Happening(StrEnum):
    """What the timeline tells."""

    PLACED = "placed"
    ANNOUNCED = "announced"
    PAID = "paid"
    PAYMENT_FAILED = "payment_failed"
    REVERSED = "reversed"
    HELD = "held"
    ATTENTION = "attention"
    SETTLED = "settled"
    DECIDED = "decided"
    UNDONE = "undone"
    REFUNDED = "refunded"
    REFUND_MOVED = (
        "refund_moved"  # asked for outside, on its way, there, failed, or a bank account is asked for
    )
    HANDED_OVER = "handed_over"
    RELEASED = "released"
    SHIPPED = "shipped"
    EDITED = "edited"
    SHOP_CHANGED = "shop_changed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the timeline. What is not told by a kind is 0 or ""."""

    at: datetime
    what: Happening
    actor: str = ""
    units: int = 0
    of_units: int = 0  # "held 2 of 3"
    amount_minor: int = 0
    word: str = (
        ""  # reason of a case, key of a decision, method of a payment, state of shipping or of a refund
    )


@dataclass(frozen=True, slots=True)
class SameReference:
    """A payment of another order that bears the same reference."""

    reference: str
    order_id: str
    number: str


@dataclass(frozen=True, slots=True)
class OrderDetails:
    """One order, whole. `fingerprint` is what goes back as `seen` with a decision made on these figures."""

    id: str
    number: str
    local_ref: str
    remote_id: str
    channel: Channel
    location_id: str
    location: str
    version: int
    status: Status
    payment_status: PaymentStatus
    ship_status: ShipStatus
    close_reason: CloseReason
    payment: PaymentMark
    fulfilment: FulfilmentMark
    placed_at: datetime
    confirmed_at: datetime | None
    cancelled_at: datetime | None
    paid_at: datetime | None  # the payment it is about
    payment_method: str  # as the web shop calls it
    shop_status: str
    contact: ContactFacts
    lines: tuple[LineFacts, ...]
    money: MoneyFacts
    payments: tuple[PaymentFacts, ...]
    refunds: tuple[RefundFacts, ...]
    cases: tuple[CaseFacts, ...]  # open ones, oldest first
    timeline: tuple[Moment, ...]  # oldest first
    offers: tuple[Offer, ...]  # decisions about the open cases
    actions: tuple[Offer, ...]  # hand_over, ship, deliver, edit, cancel
    undo: tuple[UndoOffer, ...]  # newest decision first
    swap: SwapOffer | None
    same_references: tuple[SameReference, ...]
    auto_fill: bool
    fingerprint: str
    note: str = ""  # of the order, as the counter wrote it
