"""A shopkeeper with a notebook: the rules told a second time, in plain counters.

Every unit costs PRICE, there is no tax and no shipping, so money is counted in units too.
A set is a mug and two wigs; goods lie in one of two places, and an order takes where it was placed.
It shares no code with the rules it is held against.
"""

from dataclasses import dataclass, field
from datetime import datetime

PRICE = 100
RECIPES = {"mug": {"mug": 1}, "wig": {"wig": 1}, "set": {"mug": 1, "wig": 2}}


class NotThere(Exception):
    """The other place has too few."""


@dataclass
class Page:
    """What the notebook says of one order: units by item, and money."""

    number: str
    units: dict[str, int]  # still part of the order
    where: str = "marina"
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
        self.shelf: dict[tuple[str, str], int] = {}
        self.pages: dict[str, Page] = {}
        self.auto_fill = True

    def on_shelf(self, item: str, where: str) -> int:
        return self.shelf.get((item, where), 0)

    def free(self, item: str, where: str) -> int:
        here = [page for page in self.pages.values() if page.where == where]
        promised = sum(n * RECIPES[sku].get(item, 0) for page in here for sku, n in page.held.items())
        return self.on_shelf(item, where) - promised

    def put(self, item: str, where: str, units: int) -> None:
        self.shelf[item, where] = self.on_shelf(item, where) + units

    def could_take(self, page: Page, sku: str) -> int:
        whole = min(self.free(item, page.where) // per for item, per in RECIPES[sku].items())
        return min(page.missing(sku), whole)

    def take(self, page: Page, sku: str) -> None:
        page.held[sku] = page.held.get(sku, 0) + self.could_take(page, sku)

    def serve(self) -> None:
        """Whoever waits longest gets what is free."""
        if self.auto_fill:
            for page in sorted((p for p in self.pages.values() if p.state == "living"), key=_place):
                for sku in page.units:
                    self.take(page, sku)

    def receive(self, item: str, units: int, where: str) -> None:
        self.put(item, where, units)
        self.serve()

    def carry(self, item: str, units: int, start: str, end: str) -> None:
        if units > self.free(item, start):
            raise NotThere
        self.put(item, start, -units)
        self.put(item, end, units)

    def shrink_shelf(self, item: str, to: int, where: str) -> None:
        self.shelf[item, where] = to
        living = [p for p in self.pages.values() if p.state == "living" and p.where == where]
        for page in sorted(living, key=_place, reverse=True):
            for sku in reversed(page.units):
                while item in RECIPES[sku] and self.free(item, where) < 0 < page.held.get(sku, 0):
                    page.held[sku] -= 1
        self.serve()

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

    def fulfil(self, page: Page, bring: dict[str, int], other: str) -> None:
        """Take what is free, bring what is wanted from the other place, find the rest."""
        for sku in page.units:
            brought = bring.get(sku, 0)
            rest = page.missing(sku) - brought
            free = min(rest, self.could_take(page, sku))
            page.held[sku] = page.held.get(sku, 0) + free
            for item, per in RECIPES[sku].items() if brought else ():
                missing = max(0, per * brought - self.free(item, page.where)) if sku == "set" else brought
                self.carry(item, missing, other, page.where)
            page.held[sku] += brought
            for item, per in RECIPES[sku].items():
                self.put(item, page.where, max(0, per * (rest - free) - self.free(item, page.where)))
            page.held[sku] += rest - free

    def hand_over(self, page: Page, sku: str, units: int) -> None:
        page.held[sku] -= units
        page.gone[sku] = page.gone.get(sku, 0) + units
        for item, per in RECIPES[sku].items():
            self.put(item, page.where, -units * per)

    def swap(self, page: Page, other: Page) -> int:
        """First the very same goods, then what makes a whole one of them; how many changed hands."""
        moved = 0
        for sku in page.units:
            same = min(page.missing(sku), other.held.get(sku, 0))
            other.held[sku] = other.held.get(sku, 0) - same
            page.held[sku] = page.held.get(sku, 0) + same
            moved += same + self._swap_parts(page, sku, other)
        return moved

    def _swap_parts(self, page: Page, sku: str, other: Page) -> int:
        theirs = {
            item: sum(n * RECIPES[x].get(item, 0) for x, n in other.held.items()) for item in RECIPES[sku]
        }
        could = [(self.free(i, page.where) + theirs[i]) // per for i, per in RECIPES[sku].items()]
        units = min(page.missing(sku), *could)
        if not any(theirs.values()) or units <= self.could_take(page, sku):
            return 0
        for item, per in RECIPES[sku].items():
            for given in reversed(other.units):
                while (
                    item in RECIPES[given]
                    and other.held.get(given, 0)
                    and (self.free(item, page.where) < units * per)
                ):
                    other.held[given] -= 1
        page.held[sku] = page.held.get(sku, 0) + units
        return units


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
