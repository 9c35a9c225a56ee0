"""A shift of a till: from the float that was put in the drawer to the count at its close."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(slots=True)
class Shift:
    """One shift. A sale belongs to it by id, never by time; `z_number` is 0 until it is closed.

    `report` is the Z as it was frozen at the close, as JSON; nothing writes it again.
    """

    id: str
    till: str
    opened_at: datetime
    opened_by: str
    float_minor: int
    opening_mark: int = 0  # how many sales entries the house had before it
    reopens: str = ""  # the closed shift that a manager goes on with
    reopen_reason: str = ""
    closed_at: datetime | None = None
    closed_by: str = ""
    approved_by: str = ""
    z_number: int = 0  # per till, without gaps
    pieces: dict[str, int] = field(default_factory=dict)  # by face value in minor units, in digits
    loose_minor: int = 0  # coins and other cash counted as one amount
    counted: dict[str, int] = field(default_factory=dict)  # by method, cash among them
    difference_minor: int = 0  # the largest of any method, with its sign
    reason: str = ""
    report: str = ""


@dataclass(slots=True)
class CashMove:
    """Cash put into the drawer, or (negative) taken out of it, beside sales and refunds."""

    id: str
    shift_id: str
    amount_minor: int
    reason: str
    at: datetime
    actor: str


def cash_counted(pieces: Mapping[str, int], loose_minor: int) -> int:
    """What was counted: each face value times its pieces, and what was counted as one amount."""
    return sum(int(face) * count for face, count in pieces.items()) + loose_minor


def largest(differences: Mapping[str, int]) -> int:
    """The difference that is furthest from nothing, with its sign; two that cancel out are still two."""
    return max(differences.values(), key=abs, default=0)
