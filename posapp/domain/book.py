"""The working set of one decision: the orders and levels it touches, in memory.

A command loads what it needs, the rules change it here, and what became different is
written in the same transaction. A preview does exactly the same and writes nothing;
that is why what a person is shown before pressing is what pressing does.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import NAMESPACE_OID, uuid5

from posapp.domain.copies import copier
from posapp.domain.errors import NotFound
from posapp.domain.events import Event
from posapp.domain.ids import named_id
from posapp.domain.lines import Line
from posapp.domain.orders import Order
from posapp.domain.outbox import Outgoing
from posapp.domain.sales_taxes import move_rounding, move_taxes
from posapp.domain.stock import Level, Movement, MovementKind, Variant, level_id

_copy_of_level, _copy_of_outgoing = copier(Level), copier(Outgoing)


@dataclass(slots=True)
class SalesEntry:
    """An amount that enters or leaves Total Sales at a time."""

    id: str
    order_id: str
    at: datetime
    amount_minor: int
    refund_id: str = ""
    shift_id: str = ""  # of the till it was made at; "" for a feed's, and where no shift was open
    taxes: dict[str, int] = field(default_factory=dict)  # what of the amount is tax, by name
    rounding_minor: int = 0  # what of the amount is rounding
    discount_minor: int = 0  # what was taken off before; the amount is without it


@dataclass(frozen=True, slots=True)
class Brought:
    """Units of an item that came from another location for one line."""

    line_id: str
    item_id: str
    location_id: str  # where they came from
    units: int


@dataclass(slots=True)
class Decision:
    """What a person decided, with enough to take it back while nothing else happened since."""

    id: str
    order_id: str
    key: str
    at: datetime
    actor: str
    version_after: int  # of the order; any other version means that something happened since
    gained: dict[str, int] = field(default_factory=dict)  # line id: units it holds by this decision
    found: dict[str, dict[str, int]] = field(default_factory=dict)  # line id, item id: units FOUND for it
    brought: list[Brought] = field(default_factory=list)
    refund_id: str = ""
    undone: bool = False


class Source(Protocol):
    """Where a book finds what it does not hold yet: the database, or a test's own dictionaries."""

    auto_fill: bool
    tell_shop: str  # what a web shop is told of its orders, see `told_back`

    def order(self, order_id: str) -> Order | None:
        """The order with everything that belongs to it."""
        ...

    def level(self, item_id: str, location_id: str) -> Level | None:
        """One stock level."""
        ...

    def elsewhere(self, item_id: str, location_id: str) -> Sequence[Level]:
        """The levels of an item in other locations, in the order of their ids."""
        ...

    def variant(self, variant_id: str) -> Variant | None:
        """What the rules need to know of a product."""
        ...

    def waiting(self, item_id: str, location_id: str) -> Sequence[str]:
        """Ids of orders with an open shortage that want the item, in any order."""
        ...

    def holding(self, item_id: str, location_id: str) -> Sequence[str]:
        """Ids of orders that hold units of the item, in any order."""
        ...

    def outgoing(self, order_id: str) -> list[Outgoing]:
        """What was ever to be sent about an order, oldest first."""
        ...

    def last_taker(self, item_id: str, location_id: str, *, other_than: str) -> str:
        """Id of the order that took units of the item last, "" if none did."""
        ...


class Book:
    """Orders and levels while one decision is made about them."""

    def __init__(
        self, source: Source, *, command_id: str, actor: str, at: datetime, recorded_at: datetime
    ) -> None:
        """Open a book. `at` is when it counts, `recorded_at` when the till wrote it down."""
        self.source, self.command_id, self.actor, self.at = source, command_id, actor, at
        self.recorded_at = recorded_at
        self.shift_id = ""  # the open shift of the till that gives the command, "" for a feed's
        self.orders: dict[str, Order] = {}
        self.levels: dict[str, Level] = {}
        self.orders_before: dict[str, Order | None] = {}
        self.levels_before: dict[str, Level | None] = {}
        self.sent: dict[str, list[Outgoing]] = {}  # by order: what must go out, and went
        self.sent_before: dict[str, list[Outgoing]] = {}
        self.movements: list[Movement] = []
        self.sales: list[SalesEntry] = []
        self.decisions: list[Decision] = []
        self.events: list[Event] = []
        self._named = 0
        self._namespace = uuid5(NAMESPACE_OID, command_id).bytes

    def new_id(self, table: str) -> str:
        """Name a row this command makes: the same at every replay."""
        self._named += 1
        return named_id(self._namespace, f"{table}:{self._named}")

    def order(self, order_id: str) -> Order:
        """Take an order into the book. Raises `NotFound`."""
        if order_id not in self.orders:
            order = self.source.order(order_id)
            if order is None:
                raise NotFound("There is no such order.", code="order_not_found")
            self.orders[order_id] = order
            self.orders_before[order_id] = order.clone()
        return self.orders[order_id]

    def add_order(self, order: Order) -> Order:
        """Put a new order into the book."""
        self.orders[order.id] = order
        self.orders_before[order.id] = None
        return order

    def outgoing(self, order_id: str) -> list[Outgoing]:
        """Take what is to be sent about an order into the book; whoever adds a row appends it here."""
        if order_id not in self.sent:
            self.sent[order_id] = self.source.outgoing(order_id)
            self.sent_before[order_id] = [*map(_copy_of_outgoing, self.sent[order_id])]
        return self.sent[order_id]

    def level(self, item_id: str, location_id: str) -> Level:
        """Take a level into the book; one that was never counted is empty."""
        key = level_id(item_id, location_id)
        if key not in self.levels:
            level = self.source.level(item_id, location_id)
            self.levels_before[key] = level and _copy_of_level(level)
            self.levels[key] = level or Level(key, item_id, location_id)
        return self.levels[key]

    def items_of(self, line: Line) -> tuple[str, ...]:
        """Whose levels a line draws on; a line that is not confirmed yet asks the catalogue."""
        if line.item_id or not line.variant_id:
            return tuple(line.uses)
        variant = self.source.variant(line.variant_id)
        return variant.items if variant is not None else ()

    def move(
        self,
        level: Level,
        kind: MovementKind,
        *,
        on_hand: int = 0,
        allocated: int = 0,
        order: Order | None = None,
        line: Line | None = None,
        reason: str = "",
    ) -> None:
        """Change a level and write the movement that says why.

        The level can never come to hold less than is promised: that would be a fault of
        ours, and stops the command (I1).
        """
        level.on_hand += on_hand
        level.allocated += allocated
        if not 0 <= level.allocated <= level.on_hand:
            raise AssertionError(f"level {level.id}: {level.on_hand}/{level.allocated} after {kind}")
        self.movements.append(
            Movement(
                id=self.new_id("movement"),
                item_id=level.item_id,
                location_id=level.location_id,
                kind=kind,
                on_hand_delta=on_hand,
                allocated_delta=allocated,
                order_id=order.id if order else "",
                line_id=line.id if line else "",
                actor=self.actor,
                reason=reason,
                effective_at=self.at,
                recorded_at=self.recorded_at,
            )
        )

    def add_sales(self, order: Order, amount_minor: int, *, refund_id: str = "") -> None:
        """Let an amount enter (or, negative, leave) Total Sales, as far as the order contributes to it."""
        amount_minor = max(amount_minor, order.least_contribution_minor - order.contribution_minor)
        if amount_minor:
            order.contribution_minor += amount_minor
            entry = SalesEntry(self.new_id("sale"), order.id, self.at, amount_minor, refund_id)
            entry.shift_id, entry.taxes = self.shift_id, move_taxes(order)
            entry.rounding_minor = move_rounding(order)
            if order.contribution_minor == amount_minor > 0:  # it enters, or does so again
                entry.discount_minor = order.discount_minor
            self.sales.append(entry)

    def tell(self, event: Event) -> None:
        """Say what happened; it is told once everything is written."""
        if event not in self.events:
            self.events.append(event)

    def changed_orders(self) -> Iterator[Order]:
        """Orders that are new or no longer what they were."""
        for order_id, order in self.orders.items():
            if order != self.orders_before[order_id]:
                yield order

    def changed_levels(self) -> Iterator[Level]:
        """Levels that are new or no longer what they were; one that was only looked at is neither."""
        moved = {level_id(movement.item_id, movement.location_id) for movement in self.movements}
        for key, level in self.levels.items():
            before = self.levels_before[key]
            if key in moved if before is None else level != before:
                yield level
