"""Orders: what was asked for, what is held, what is missing."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from posapp.domain.attention import Case, Reason
from posapp.domain.copies import copier
from posapp.domain.lines import Line
from posapp.domain.payments import (
    Part,
    Payment,
    PaymentState,
    PaymentStatus,
    Refund,
    failed_shares,
)


class Channel(StrEnum):
    """Where an order was made."""

    WEB = "WEB"
    COUNTER = "COUNTER"
    MANUAL = "MANUAL"


class Status(StrEnum):
    """How far an order is. Attention is not a status: it is an open case."""

    OPEN = "OPEN"
    PROCESSING = "PROCESSING"
    COMPLETED = "COMPLETED"
    CANCELLED = "CANCELLED"


class ShipStatus(StrEnum):
    """Where the goods are, as the counter marks it."""

    UNFULFILLED = "UNFULFILLED"
    SHIPPED = "SHIPPED"
    DELIVERED = "DELIVERED"
    RETURNED = "RETURNED"


class CloseReason(StrEnum):
    """Why an order is CANCELLED; REFUNDED can never be revived by a payment."""

    NONE = ""
    CANCELLED = "CANCELLED"
    REFUNDED = "REFUNDED"
    SHOP = "SHOP"  # the web shop cancelled, failed, trashed or deleted it


@dataclass(slots=True)
class Order:
    """An order with everything that belongs to it, as one thing to decide about.

    `version` rises with every change. `queue_at`, `queue_seq` and the id are its place
    in the queue for stock. `contribution_minor` is its part of Total Sales so far.
    """

    id: str
    number: str
    channel: Channel
    location_id: str
    currency: str
    placed_at: datetime
    sequence: int  # breaks ties of time: the shop's own order id, or our number
    local_ref: str = ""
    shop_id: str = ""
    remote_id: str = ""
    remote_key: str = ""
    contact_id: str = ""
    status: Status = Status.OPEN
    ship_status: ShipStatus = ShipStatus.UNFULFILLED
    close_reason: CloseReason = CloseReason.NONE
    version: int = 0
    confirmed_at: datetime | None = None
    cancelled_at: datetime | None = None
    queue_at: datetime | None = None
    queue_seq: int = 0
    discount_minor: int = 0  # all of it, the lines' own too; for display: it is already inside the lines
    shipping_net_minor: int = 0
    shipping_taxes: dict[str, int] = field(default_factory=dict)
    fees_net_minor: int = 0
    fees_taxes: dict[str, int] = field(default_factory=dict)
    kept_minor: int = 0  # kept back when a refund was lowered by hand
    unassigned_minor: int = 0  # given back in the shop without naming goods, or forgiven
    rounding_minor: int = 0  # signed: what rounding to the smallest cash there is adds or takes off
    total_placed_minor: int = 0  # with what rounding adds to it when its rest is paid in cash
    total_minor: int = 0
    contribution_minor: int = 0
    contribution_taxes: dict[str, int] = field(default_factory=dict)  # what of it is tax, by name
    contribution_rounding_minor: int = 0  # what of it is rounding
    credit_kept_minor: int = 0  # overpayment that a person decided to keep as credit
    payment_method: str = ""
    transaction_id: str = ""
    history: bool = False  # done before this till knew the shop: never touches stock
    completed_in_shop: bool = False  # the shop says it left: hand over whatever it holds
    shop_status: str = ""
    shop_digest: str = ""
    shop_paid_at: datetime | None = None  # the shop says paid, the provider must say so too
    note: str = ""
    no_receipt: bool = False  # a sale of before that nobody can name: its goods came back without a receipt
    lines: list[Line] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)
    refunds: list[Refund] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)

    def clone(self) -> "Order":
        """Copy it as it is now, to see later what became different."""
        twin = _copy_of_order(self)
        twin.lines, twin.payments = [*map(_copy_of_line, self.lines)], [*map(_copy_of_payment, self.payments)]
        twin.refunds, twin.parts = [*map(_copy_of_refund, self.refunds)], [*map(_copy_of_part, self.parts)]
        twin.cases = [*map(_copy_of_case, self.cases)]
        return twin

    @property
    def is_confirmed(self) -> bool:
        """Whether it may hold stock now."""
        return self.status in (Status.PROCESSING, Status.COMPLETED)

    @property
    def place(self) -> tuple[datetime, int, str]:
        """Its place in the queue for stock; first comes first."""
        return (self.queue_at or self.placed_at, self.queue_seq, self.id)

    @property
    def paid_minor(self) -> int:
        """What has been paid and is still with the merchant (N in DOMAIN.md)."""
        applied = {p.id: p for p in self.payments if p.applied and p.state == PaymentState.SUCCEEDED}
        given_back = sum(
            part.amount_minor for part in self.parts if part.counts and part.payment_id in applied
        )
        return sum(p.credited_minor for p in applied.values()) - given_back

    @property
    def payment_status(self) -> PaymentStatus:
        """Derived, never stored: what the screen calls Unpaid, Partly paid or Paid."""
        paid = self.paid_minor
        if self.status == Status.CANCELLED:
            return PaymentStatus.UNPAID
        if paid >= self.total_minor and (paid > 0 or self.confirmed_at is not None):
            return PaymentStatus.PAID
        return PaymentStatus.PARTIALLY_PAID if paid > 0 else PaymentStatus.UNPAID

    @property
    def unapplied_minor(self) -> int:
        """What is left of payments that came for it after it was closed."""
        return sum(
            self.left_of(p) for p in self.payments if p.state == PaymentState.SUCCEEDED and not p.applied
        )

    @property
    def owed_minor(self) -> int:
        """What the customer must get back and has not."""
        if self.status == Status.CANCELLED:
            return self.unapplied_minor + max(0, self.paid_minor)
        undone = sum(part.amount_minor for part in self.parts if not part.counts)
        return self.unapplied_minor + min(undone, max(0, self.paid_minor - self.total_minor))

    @property
    def least_contribution_minor(self) -> int:
        """How low its part of Total Sales can fall: below 0 only where its sale was counted under no name."""
        return -self.total_placed_minor if self.no_receipt else 0

    @property
    def undecided_minor(self) -> int:
        """What a change in the web shop left over, while nobody has decided about it."""
        if self.open_case(Reason.SHOP_CHANGED) is None:
            return 0
        if self.status == Status.CANCELLED:
            return max(0, self.paid_minor)
        theirs = {refund.id for refund in self.refunds if refund.remote_id}
        undone = sum(p.amount_minor for p in self.parts if not p.counts and p.refund_id in theirs)
        freed = max(0, self.contribution_minor - self.total_minor) + undone
        return max(0, min(self.paid_minor - self.total_minor, freed))

    @property
    def credit_minor(self) -> int:
        """What was paid above the total, apart from what a shop's change left over and what could not be sent."""
        applied = {p.id for p in self.payments if p.applied}
        owed = self.failed_minor
        failed = sum(owed.get(part.id, 0) for part in self.parts if part.payment_id in applied)
        return max(0, self.paid_minor - self.total_minor - self.undecided_minor - failed)

    @property
    def failed_minor(self) -> dict[str, int]:
        """What is owed of shares of refunds that were to go out and did not, by part; see `failed_shares`."""
        cost = self.total_minor if self.status != Status.CANCELLED else 0
        return failed_shares(self.parts, self.payments, self.paid_minor - cost)

    @property
    def refunded_minor(self) -> int:
        """What has been given back so far, in all."""
        return sum(part.amount_minor for part in self.parts if part.counts)

    def left_of(self, payment: Payment) -> int:
        """What of one payment has not been given back."""
        return payment.credited_minor - sum(
            part.amount_minor for part in self.parts if part.payment_id == payment.id and part.counts
        )

    def wanted(self, line: Line) -> int:
        """Units the customer is to have; of a closed or open order, those already with the customer."""
        return line.confirmed_qty - line.refunded_qty if self.is_confirmed else line.handed_over_qty

    def short(self, line: Line) -> int:
        """Units paid for that are not there: the excess."""
        return self.wanted(line) - line.allocated_qty - line.handed_over_qty

    @property
    def short_units(self) -> int:
        """Missing units over all lines."""
        return sum(self.short(line) for line in self.lines)

    @property
    def charges_minor(self) -> int:
        """Shipping and fees with their tax, what was kept back of refunds, and the rounding."""
        taxes = sum(self.shipping_taxes.values()) + sum(self.fees_taxes.values())
        return self.shipping_net_minor + self.fees_net_minor + taxes + self.kept_minor + self.rounding_minor

    @property
    def total_now_minor(self) -> int:
        """The total as its parts add up to; `total_minor` must equal it (I7)."""
        return sum(line.gross_left_minor for line in self.lines) + self.charges_minor - self.unassigned_minor

    def retotal(self) -> None:
        """Add the total up again, after lines, charges or refunds changed.

        A total is never below 0 (I7): when more leaves than is left, what was already
        given back shrinks first, then what rounding took off, and the rest stays as kept.
        """
        below = max(0, -self.total_now_minor)
        from_unassigned = min(below, self.unassigned_minor)
        self.unassigned_minor -= from_unassigned
        from_rounding = min(below - from_unassigned, max(0, -self.rounding_minor))
        self.rounding_minor += from_rounding
        self.kept_minor += below - from_unassigned - from_rounding
        self.total_minor = self.total_now_minor

    @property
    def units_left(self) -> int:
        """Units that are still part of the order, confirmed or not."""
        return sum(line.qty - line.refunded_qty for line in self.lines)

    def line(self, line_id: str) -> Line | None:
        """Find one of its lines."""
        return next((line for line in self.lines if line.id == line_id), None)

    def open_case(self, *reasons: str) -> Case | None:
        """Find the open case of one of these reasons."""
        return next((case for case in self.cases if case.is_open and case.reason in reasons), None)


_copy_of_order, _copy_of_line, _copy_of_case = copier(Order), copier(Line), copier(Case)
_copy_of_payment, _copy_of_refund, _copy_of_part = copier(Payment), copier(Refund), copier(Part)
