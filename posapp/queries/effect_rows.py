"""What a decision would do, in numbers: the rows of the effect panel."""

from dataclasses import dataclass
from enum import StrEnum

from posapp.domain.attention import Reason
from posapp.domain.orders import Status
from posapp.domain.payments import PaymentStatus
from posapp.domain.rights import Need
from posapp.domain.standing import FulfilmentMark, PaymentMark


@dataclass(frozen=True, slots=True)
class PayoutPart:
    """What goes back on one payment, and by which way."""

    payment_id: str
    provider: str
    method: str
    reference: str  # of the payment
    route: str  # cash, hand, shop, gateway, provider
    amount_minor: int


@dataclass(frozen=True, slots=True)
class RefundedLine:
    """Units that are refunded: units × price, less their share of the discount, plus tax on top."""

    line_id: str
    name: str
    units: int
    unit_price_minor: int
    list_minor: int  # units × price
    discount_share_minor: int  # what of the discount falls on them
    tax_on_top_minor: int  # 0 where prices include tax
    worth_minor: int  # what they are worth: list − discount share + tax on top


@dataclass(frozen=True, slots=True)
class MoneyEffect:
    """What the customer gets, of what it is made, and how the order's money stands afterwards."""

    currency: str
    customer: str
    amount_minor: int  # paid back in all
    parts: tuple[PayoutPart, ...]
    lines: tuple[RefundedLine, ...]
    shipping_minor: int  # of it, for delivery
    kept_minor: int  # kept back by hand
    rounding_minor: int  # what rounding to the smallest coin adds to it or (negative) takes off
    lowers_balance_minor: int  # worth that pays off what was still due, instead of going back
    shipping_stays_minor: int  # what delivery costs and is not refunded
    paid_before_minor: int
    paid_after_minor: int
    total_before_minor: int
    total_after_minor: int
    owed_after_minor: int
    credit_after_minor: int


class StockNote(StrEnum):
    """Why an item's numbers change, or do not."""

    NO_CHANGE = "no_change"
    NEVER_LEFT = "never_left"  # missing units are dropped; they never left the shelf
    FREED = "freed"  # held units are free again
    TAKEN = "taken"  # free units are promised to the order
    FOUND = "found"  # units found in hand come onto the shelf and are promised
    TO_OTHERS = "to_others"  # freed units go to waiting orders
    SWAPPED = "swapped"  # promised units change hands
    HANDED_OVER = "handed_over"
    BROUGHT = "brought"  # units of another location come for the order
    CARRIED_OFF = "carried_off"  # units leave for another location


@dataclass(frozen=True, slots=True)
class StockEffect:
    """One item's level before and after. Units."""

    item_id: str
    name: str
    on_hand_before: int
    on_hand_after: int
    allocated_before: int
    allocated_after: int
    found: int
    note: StockNote
    location: str = ""  # its name, where there are several
    brought: int = 0  # units that came from (or, negative, went to) another location

    @property
    def free_before(self) -> int:
        """Units nobody has paid for, before."""
        return self.on_hand_before - self.allocated_before

    @property
    def free_after(self) -> int:
        """Units nobody has paid for, after."""
        return self.on_hand_after - self.allocated_after


@dataclass(frozen=True, slots=True)
class HeldLine:
    """What one line holds before and after."""

    line_id: str
    name: str
    wanted_before: int
    wanted_after: int
    held_before: int
    held_after: int
    short_before: int
    short_after: int


@dataclass(frozen=True, slots=True)
class OrderEffect:
    """How the order stands afterwards."""

    order_id: str
    number: str
    status_before: Status
    status_after: Status
    payment_status_before: PaymentStatus
    payment_status_after: PaymentStatus
    payment_after: PaymentMark
    fulfilment_after: FulfilmentMark
    lines: tuple[HeldLine, ...]
    leaves_attention: bool
    still_open: tuple[Reason, ...]  # cases that remain or are opened

    @property
    def ready_to_prepare(self) -> bool:
        """Whether it can be packed afterwards."""
        return self.fulfilment_after == FulfilmentMark.TO_PREPARE


@dataclass(frozen=True, slots=True)
class SalesEffect:
    """Total Sales of the shop's day. Without the right to see it, only the change is shown."""

    change_minor: int
    today_before_minor: int
    today_after_minor: int


@dataclass(frozen=True, slots=True)
class OtherOrderEffect:
    """Another order that gains (or, negative, loses) units by it."""

    order_id: str
    number: str
    customer: str
    units: int
    items: tuple[tuple[str, int], ...]  # name and units
    leaves_attention: bool
    enters_attention: bool
    lines: tuple[HeldLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Effect:
    """What would happen. `seen` goes with the commit, so that it happens only if it is still so."""

    money: MoneyEffect
    stock: tuple[StockEffect, ...]
    order: OrderEffect
    sales: SalesEffect
    others: tuple[OtherOrderEffect, ...]
    seen: str
    needs: tuple[Need, ...] = ()  # rights that what it does takes, with what was given back before
