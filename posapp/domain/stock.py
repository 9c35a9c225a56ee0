"""Stock levels and the movements they are made of."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class MovementKind(StrEnum):
    """Why a number of stock changed."""

    OPENING = "OPENING"
    RECEIVE = "RECEIVE"
    COUNT = "COUNT"
    ADJUST = "ADJUST"
    ALLOCATE = "ALLOCATE"
    RELEASE = "RELEASE"
    HANDOVER = "HANDOVER"
    FOUND = "FOUND"
    RETURN = "RETURN"  # came back from a customer and is fit for sale
    TRANSFER = "TRANSFER"  # brought from one location to another: one movement at each


@dataclass(slots=True)
class Level:
    """What one location has of one item. Available is the number the merchant calls quantity."""

    id: str  # item and location, joined
    item_id: str
    location_id: str
    on_hand: int = 0
    allocated: int = 0
    recount: bool = False  # its number is known to be wrong: somebody must count

    @property
    def available(self) -> int:
        """Units that nobody has paid for."""
        return self.on_hand - self.allocated


@dataclass(slots=True)
class Movement:
    """One change of a level; the levels can always be made anew from these."""

    id: str
    item_id: str
    location_id: str
    kind: MovementKind
    on_hand_delta: int
    allocated_delta: int
    order_id: str
    line_id: str
    actor: str
    reason: str
    effective_at: datetime
    recorded_at: datetime


@dataclass(slots=True)
class Variant:
    """What the rules need to know of a thing sold: whose level it draws on, if any.

    A bundle has `components` and no level of its own: units of each tracked component in
    one bundle, by item id.
    """

    id: str
    item_id: str
    track_stock: bool
    components: dict[str, int] = field(default_factory=dict)

    @property
    def items(self) -> tuple[str, ...]:
        """The items whose levels it draws on."""
        if not self.track_stock:
            return ()
        return tuple(self.components) or (self.item_id,)


def level_id(item_id: str, location_id: str) -> str:
    """The one name of a level."""
    return f"{item_id}@{location_id}"
