"""A counter's day kept with a pencil: the rules of money told a second time, in fractions and plain counters.

It shares no code with the rules it is held against; it knows only what was said in the commands.
"""

from collections import Counter as Tally
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor


def half_up(value: Fraction) -> int:
    return floor(value + Fraction(1, 2))


def nearest(amount: int, step: int) -> int:
    return half_up(Fraction(amount, step)) * step


def shares(amount: int, weights: Sequence[int]) -> list[int]:
    """Largest remainder, ties to the earlier."""
    whole = sum(weights) or 1
    exact = [Fraction(amount * weight, whole) for weight in weights]
    parts = [floor(part) for part in exact]
    most = sorted(range(len(weights)), key=lambda i: (parts[i] - exact[i], i))
    for i in most[: amount - sum(parts)]:
        parts[i] += 1
    return parts


@dataclass
class Line:
    units: int
    price: int
    percent: int  # in basis points
    rate: int  # in basis points
    inside: bool
    net: int = 0
    tax: int = 0
    back: int = 0

    def left(self) -> tuple[int, int]:
        """What the units that are still sold are worth: net and tax."""
        gone = Fraction(self.back, self.units)
        return self.net - half_up(self.net * gone), self.tax - half_up(self.tax * gone)


@dataclass
class Paid:
    method: str
    amount: int


@dataclass
class Page:
    """One sale."""

    lines: list[Line]
    total: int = 0
    rounding: int = 0
    shipping: int = 0
    money: list[Paid] = field(default_factory=list)  # in the order it came; amounts fall when it goes back
    confirmed: bool = False
    unknown: bool = False

    @property
    def worth(self) -> int:
        return sum(sum(line.left()) for line in self.lines)

    @property
    def tax(self) -> int:
        return sum(line.left()[1] for line in self.lines)

    @property
    def paid(self) -> int:
        return sum(paid.amount for paid in self.money)


def priced(lines: list[Line], off: int) -> Page:
    """Price lines as they stand on the shelf, less an amount off the whole."""
    shown = []
    for line in lines:
        whole = line.units * line.price
        shown.append(whole - half_up(Fraction(whole * line.percent, 10_000)))
    for line, amount, share in zip(lines, shown, shares(off, shown), strict=True):
        taxed = amount - share
        if line.inside:
            line.net = half_up(Fraction(taxed * 10_000, 10_000 + line.rate))
            line.tax = taxed - line.net
        else:
            line.net, line.tax = taxed, half_up(Fraction(taxed * line.rate, 10_000))
    page = Page(lines)
    page.total = page.worth
    return page


class Notebook:
    """What a shift must say at any moment."""

    def __init__(self, drawer: int, step: int) -> None:
        self.drawer, self.step = drawer, step
        self.sales = self.refunds = self.tax = self.received = 0
        self.taken, self.returned = Tally[str](), Tally[str]()
        self.account = self.moved = self.still_owed = 0

    def next_shift(self, drawer: int) -> "Notebook":
        """A new page for the next shift; what is owed is carried over."""
        fresh = Notebook(drawer, self.step)
        fresh.account = self.account
        return fresh

    def take(self, page: Page, method: str, amount: int) -> None:
        page.money.append(Paid(method, amount))
        self.taken[method] += amount
        self.drawer += amount if method == "cash" else 0
        self.account += amount if method == "account" else 0
        self.confirm(page)

    def confirm(self, page: Page) -> None:
        if not page.confirmed and page.paid >= page.total:
            page.confirmed = True
            self.sales += page.total
            self.tax += page.tax

    def pay_account(self, method: str, amount: int) -> None:
        self.account -= amount
        self.received += amount
        self.taken[method] += amount
        self.drawer += amount if method == "cash" else 0

    def back(
        self, page: Page, units: Mapping[int, int], route: str, into_sale: int = 0, delivery: int = 0
    ) -> int:
        """Units come back, and some of the delivery: gives what of it pays a new sale of `into_sale`."""
        before, tax_before = page.total, page.tax
        page.shipping -= delivery
        for at, count in units.items():
            page.lines[at].back += count
        if all(line.back == line.units for line in page.lines):
            page.rounding = 0
        page.total = max(0, page.worth + page.shipping + page.rounding)
        amount = before - page.total
        netted = min(amount, into_sale)
        out = amount - netted
        on_account = any(paid.method == "account" for paid in page.money)
        if route == "cash" and out > 0 and not on_account and not (page.total == 0 and amount == page.paid):
            rounded = nearest(max(0, out + page.rounding), self.step)
            while rounded > page.paid - netted:
                rounded -= self.step
            page.rounding -= rounded - out
            page.total -= rounded - out
            out = rounded
        self.refunds += netted + out
        self.tax -= tax_before - page.tax
        self._give(page, netted, out, route, owed=max(0, self.account))
        return netted

    def cancel(self, page: Page, route: str) -> None:
        """All goes back of what never left."""
        if page.confirmed:
            self.refunds += page.total
            self.tax -= page.tax
        self._give(page, 0, page.paid, route, owed=max(0, self.account))

    def _give(self, page: Page, netted: int, out: int, route: str, owed: int) -> None:
        cash = self.returned["cash"]
        self.still_owed = 0  # of what pays a new sale: what leaves an account only to come on it again
        for paid in reversed(page.money):
            into_sale = min(paid.amount, netted)
            rest = min(paid.amount - into_sale, out)
            paid.amount -= into_sale + rest
            netted, out = netted - into_sale, out - rest
            moved = min(into_sale, owed) if paid.method == "account" else 0
            self.still_owed += moved
            self.returned["exchange"] += into_sale - moved
            on_account = min(rest, owed - moved) if paid.method == "account" else 0
            owed -= moved + on_account
            self.returned["account"] += moved + on_account
            self.account -= moved + on_account
            self._send(paid.method, rest - on_account, route)
        assert (netted, out) == (0, 0)
        off = (self.returned["cash"] - cash) % self.step  # no coin pays that
        self.returned["cash"] -= off
        self.returned["rounding"] += off
        self.drawer += off

    def _send(self, method: str, amount: int, route: str) -> None:
        if route == "cash" or (route == "own" and method in ("cash", "exchange", "account")):
            way = "cash"
            self.drawer -= amount
        else:
            way = method if method in ("card", "other") else "transfer"
        self.returned[way] += amount
