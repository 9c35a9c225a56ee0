"""Money that came and money that went back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

ACCOUNT = "account"  # the method and the route of what a customer owes us
EXCHANGE = "exchange"  # the method and the route of what goods that came back pay of a new sale
ROUNDING = "rounding"  # the route of what no coin pays: it counts as given back, and nobody gets it
OWN = "own"  # the route of a refund whose parts go back as their payments came
GATEWAY = "gateway"  # the route of money that the web shop's payment gateway is to give back
PROVIDER = "provider"  # the route of money that the payment provider is to give back
IN_SHOP = "shop"  # the route of money that the web shop itself gave back
SENT_OUT = (GATEWAY, PROVIDER)  # routes on which somebody outside must be asked


class PaymentState(StrEnum):
    """What is known of a payment. A state only rises, in this order; older news is ignored."""

    PENDING = "PENDING"
    FAILED = "FAILED"
    SUCCEEDED = "SUCCEEDED"
    REVERSED = "REVERSED"

    @property
    def rank(self) -> int:
        """How far along: news of a lower or equal rank is old."""
        return list(PaymentState).index(self)


class PaymentStatus(StrEnum):
    """How an order stands with its money."""

    UNPAID = "UNPAID"
    PARTIALLY_PAID = "PARTIALLY_PAID"
    PAID = "PAID"


class Teller(StrEnum):
    """Who told of a payment, where it is no payment provider's own name."""

    SHOP = "shop"  # a web shop's date_paid; its reference is "shop id:order id"
    HAND = "hand"  # recorded by a person; its reference is the payment's own id
    BEFORE = "before"  # money of a sale nobody can name; it never came to this till


class RefundKind(StrEnum):
    """Why money went back. OVERPAY and LATE concern no goods and no sales."""

    EXCESS = "EXCESS"
    ORDER = "ORDER"
    EDIT = "EDIT"
    OVERPAY = "OVERPAY"
    LATE = "LATE"


class PartState(StrEnum):
    """How far a part of a refund is. Cash and what a person paid by hand is PROCESSED at once.

    FAILED: it turned out that the money never went, as when a gateway refuses or a shop deletes a refund it
    had made. NEEDS_DETAILS: the provider asks for the customer's bank account.
    """

    QUEUED = "QUEUED"
    SUBMITTED = "SUBMITTED"
    PENDING = "PENDING"
    NEEDS_DETAILS = "NEEDS_DETAILS"
    PROCESSED = "PROCESSED"
    FAILED = "FAILED"


@dataclass(slots=True)
class Payment:
    """One payment or attempt. `credited_minor` is the gross less the fee that the customer bore."""

    id: str
    order_id: str
    provider: str
    provider_ref: str
    reference: str
    method: str
    gross_minor: int
    customer_fee_minor: int
    state: PaymentState
    paid_at: datetime  # effective: never before the order was placed
    applied: bool = True  # False: it came for a closed order and waits for a decision
    given_minor: int = 0  # cash that was handed over; what is above the gross went back as change
    shift_id: str = ""  # of money taken by hand: the shift that was open when it counted

    @property
    def credited_minor(self) -> int:
        """What of it goes to the order."""
        return self.gross_minor - self.customer_fee_minor


@dataclass(slots=True)
class RefundLine:
    """Units of one line that a refund takes off, and what they are worth."""

    line_id: str
    quantity: int
    net_minor: int
    tax_minor: int
    taxes: dict[str, int] = field(default_factory=dict)  # the tax by rate; adds up to `tax_minor`


@dataclass(slots=True)
class Refund:
    """One decision to give money back. The parts say to which payment each share goes.

    `sales_minor` is what it took off Total Sales, dated `decided_at`.
    """

    id: str
    order_id: str
    kind: RefundKind
    amount_minor: int
    sales_minor: int
    decided_at: datetime
    actor: str
    reason: str = ""
    lines: list[RefundLine] = field(default_factory=list)
    shipping_minor: int = 0
    unassigned_minor: int = 0  # above what its units are worth; of a shop's own refund
    kept_minor: int = 0  # kept back of what the units are worth
    remote_id: str = ""  # the shop's id of a refund that was made there


@dataclass(slots=True)
class Part:
    """The share of a refund that goes back on one payment."""

    id: str
    refund_id: str
    order_id: str
    payment_id: str
    amount_minor: int
    route: str  # "cash", "hand" (done by a person elsewhere), "shop" (made in the web shop), or one of those above
    reference: str = ""
    attempt: int = 1
    state: PartState = PartState.PROCESSED
    shift_id: str = ""  # the shift that was open when the money left; never of a part made in the shop
    remote_id: str = ""  # what the provider calls the refund that pays it out

    @property
    def counts(self) -> bool:
        """Whether the money is to be taken as gone."""
        return self.state != PartState.FAILED


def failed_shares(parts: Sequence[Part], payments: Sequence[Payment], over_minor: int) -> dict[str, int]:
    """What is still owed of shares that were to go out and did not, by part; the newest decision comes first.

    Nothing of one whose payment was taken back, or whose money has gone back or been used otherwise since.
    `over_minor`: what the payments that count for their order hold above what it costs.
    """
    left = {p.id: p.credited_minor for p in payments if p.state == PaymentState.SUCCEEDED}
    for part in parts:
        if part.counts and part.payment_id in left:
            left[part.payment_id] -= part.amount_minor
    applied = {payment.id for payment in payments if payment.applied}
    owed: dict[str, int] = {}
    for part in reversed(parts):
        if part.counts or part.route not in SENT_OUT:
            continue
        there = left.get(part.payment_id, 0)
        is_applied = part.payment_id in applied
        share = min(part.amount_minor, there, over_minor if is_applied else there)
        if share > 0:
            owed[part.id] = share
            left[part.payment_id] = there - share
            over_minor -= share if is_applied else 0
    return owed
