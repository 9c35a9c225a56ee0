"""Why an order asks for a person."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Reason(StrEnum):
    """What is the matter with an order that asks for attention."""

    SHORTAGE = "SHORTAGE"
    STOCK_DEFICIT = "STOCK_DEFICIT"
    PAYMENT_DELAYED = "PAYMENT_DELAYED"
    LATE_PAYMENT = "LATE_PAYMENT"
    OVERPAYMENT = "OVERPAYMENT"
    DUPLICATE_PAYMENT = "DUPLICATE_PAYMENT"
    PAYMENT_REVERSED = "PAYMENT_REVERSED"
    SHOP_CHANGED = "SHOP_CHANGED"
    REFUND_FAILED = "REFUND_FAILED"
    NEEDS_DETAILS = "NEEDS_DETAILS"


SHORT_REASONS = (Reason.SHORTAGE, Reason.STOCK_DEFICIT)
OVER_REASONS = (Reason.OVERPAYMENT, Reason.DUPLICATE_PAYMENT)
CANCELLED_THERE = ("cancelled", "failed", "trash", "gone")  # details of a SHOP_CHANGED case


@dataclass(slots=True)
class Figure:
    """What a line wanted and got when its case was opened or last changed."""

    line_id: str
    wanted: int
    got: int
    short: int


@dataclass(slots=True)
class Case:
    """One reason why one order needs a person, until it is gone or decided."""

    id: str
    order_id: str
    reason: Reason
    opened_at: datetime
    is_open: bool = True
    figures: list[Figure] = field(default_factory=list)
    overtaken_by: str = ""  # the order that took the missing units last
    detail: str = ""  # what the shop changed: "cancelled", "edited", "refunded", "refund_deleted"
    resolution: str = ""
    resolved_by: str = ""
    resolved_at: datetime | None = None
