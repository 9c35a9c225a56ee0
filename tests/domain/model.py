"""A shopkeeper with a notebook: the rules told a second time, in plain counters.

Every unit costs PRICE, there is no tax and no shipping, so money is counted in units too.
It shares no code with the rules it is held against.
"""

from dataclasses import dataclass, field
from datetime import datetime

PRICE = 100


@dataclass
class Page:
    """What the notebook says of one order: units by item, and money."""

    number: str
    units: dict[str, int]  # still part of the order
    state: str = "open"  # open, living, closed
    closed_by: str = ""  # us, refund, shop
    place: tuple[datetime, int] | None = None
    held: dict[str, int] = field(default_factory=dict)
    gone: dict[str, int] = field(default_factory=dict)  # with the customer
    came: list[tuple[datetime, int]] = field(default_factory=list)
    waits: list[tuple[datetime, int]] = field(default_factory=list)  # came after it was closed
    back: int = 0
    sold: int = 0

    @property
    def total(self) -> int:
        return PRICE * sum(self.units.values())

    @property
    def money(self) -> int:
        return sum(amount for _, amount in self.came) - self.back

    @property
    def late(self) -> int:
        return sum(amount for _, amount in self.waits)

    def missing(self, item: str) -> int:
        if self.state != "living":
            return 0
        return self.units[item] - self.held.get(item, 0) - self.gone.get(item, 0)

    @property
    def is_short(self) -> bool:
        return any(self.missing(item) for item in self.units)


class Notebook:
    """The shelf and the orders, as one careful person would keep them."""

    def __init__(self) -> None:
        self.shelf: dict[str, int] = {}
        self.pages: dict[str, Page] = {}
        self.auto_fill = True

    def free(self, item: str) -> int:
        return self.shelf.get(item, 0) - sum(page.held.get(item, 0) for page in self.pages.values())

    def take(self, page: Page, item: str) -> None:
        units = min(page.missing(item), self.free(item))
        page.held[item] = page.held.get(item, 0) + units

    def serve(self) -> None:
        """Whoever waits longest gets what is free."""
        if self.auto_fill:
            for page in sorted((p for p in self.pages.values() if p.state == "living"), key=_place):
                for item in page.units:
                    self.take(page, item)

    def receive(self, item: str, units: int) -> None:
        self.shelf[item] = self.shelf.get(item, 0) + units
        self.serve()

    def shrink_shelf(self, item: str, to: int) -> None:
        self.shelf[item] = to
        for page in sorted((p for p in self.pages.values() if p.state == "living"), key=_place, reverse=True):
            over = -self.free(item)
            if over > 0:
                page.held[item] = page.held.get(item, 0) - min(over, page.held.get(item, 0))

    def pay(self, page: Page, amount: int, at: datetime) -> None:
        if page.state == "closed":
            page.waits.append((at, amount))
            return
        page.came.append((at, amount))
        self.confirm(page, max(at, _covered(page)))

    def confirm(self, page: Page, at: datetime) -> None:
        if page.state == "open" and page.money >= page.total:
            page.state, page.place, page.sold = "living", (at, int(page.number)), page.total
            for item in page.units:
                self.take(page, item)

    def accept(self, page: Page, now: datetime) -> None:
        page.came += page.waits
        page.waits = []
        self.reopen(page, now)

    def reopen(self, page: Page, now: datetime) -> None:
        page.state, page.closed_by = "open", ""
        self.confirm(page, now)

    def close(self, page: Page, by: str, *, give_back: bool) -> None:
        page.state, page.closed_by = "closed", by
        page.held = {}
        if give_back:
            page.back += page.money
            page.sold = 0
        self.serve()

    def drop(self, page: Page, item: str, units: int) -> None:
        """Units leave with their money: missing ones first, then held, then those with the customer."""
        for _ in range(units):
            if page.missing(item) <= 0:
                pile = page.held if page.held.get(item, 0) else page.gone
                pile[item] -= 1
            page.units[item] -= 1
        page.back += PRICE * units
        page.sold -= PRICE * units
        self.serve()

    def fulfil(self, page: Page) -> None:
        for item in page.units:
            self.take(page, item)
            found = page.missing(item)
            self.shelf[item] = self.shelf.get(item, 0) + found
            page.held[item] = page.held.get(item, 0) + found

    def hand_over(self, page: Page, item: str, units: int) -> None:
        page.held[item] -= units
        page.gone[item] = page.gone.get(item, 0) + units
        self.shelf[item] -= units

    def swap(self, page: Page, other: Page) -> None:
        for item in page.units:
            units = min(page.missing(item), other.held.get(item, 0))
            if units:
                other.held[item] -= units
                page.held[item] = page.held.get(item, 0) + units


def _place(page: Page) -> tuple[datetime, int]:
    assert page.place is not None
    return page.place


def _covered(page: Page) -> datetime:
    """When the money that came, in the order it was paid, was enough."""
    left = page.total + page.back
    for at, amount in sorted(page.came):
        left -= amount
        if left <= 0:
            return at
    return max(at for at, _ in page.came)
