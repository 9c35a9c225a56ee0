"""What X and Z say: every figure of a shift, as one record that can be frozen.

It names orders by number, never people: what concerns a person can be erased, a Z cannot.
"""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from posapp.domain.shifts import largest

CASH = "cash"


class MethodFigures(msgspec.Struct, frozen=True):
    """The money of one method: what was taken and what went back, in minor units, and how often."""

    method: str  # cash, transfer, card, other, account, exchange, elsewhere, rounding
    taken_minor: int = 0
    taken: int = 0
    returned_minor: int = 0
    returned: int = 0

    @property
    def net_minor(self) -> int:
        """What is left of it."""
        return self.taken_minor - self.returned_minor


class Moved(msgspec.Struct, frozen=True):
    """Cash put in, or (negative) taken out."""

    amount_minor: int
    reason: str
    at: datetime
    actor: str


class Awaited(msgspec.Struct, frozen=True):
    """A transfer that was announced and is not confirmed."""

    number: str
    amount_minor: int


class Counted(msgspec.Struct, frozen=True):
    """One method at the close. `counted_minor` is None where nobody counted."""

    method: str
    expected_minor: int
    counted_minor: int | None

    @property
    def difference_minor(self) -> int:
        """What was counted less what was expected; nothing where nobody counted."""
        return 0 if self.counted_minor is None else self.counted_minor - self.expected_minor


class ShiftReport(msgspec.Struct, frozen=True, kw_only=True):
    """All figures of a shift at one moment; a Z once `z_number` is given. Amounts in minor units."""

    shop: str
    till: str
    currency: str
    time_zone: str
    shift_id: str
    opened_at: datetime
    opened_by: str
    at: datetime  # when these figures were taken; of a Z, when the shift was closed
    z_number: int = 0
    closed_by: str = ""
    approved_by: str = ""
    goes_on_from_z: int = 0  # of a shift that was opened again: the Z it goes on from

    receipts: int = 0
    first_receipt: str = ""
    last_receipt: str = ""
    sales_minor: int = 0  # with tax, after discounts, with the rounding
    discounts_minor: int = 0  # what was taken off before; `sales_minor` is without it
    rounding_minor: int = 0  # inside Total Sales
    refunds_minor: int = 0
    taxes: dict[str, int] = {}  # inside Total Sales, by name

    methods: tuple[MethodFigures, ...] = ()
    deposits_minor: int = 0  # money taken here that is no sale of this shift (yet)
    paid_elsewhere_minor: int = 0  # sales of this shift whose money came before, or elsewhere
    account_received_minor: int = 0  # what customers paid on their accounts

    float_minor: int = 0
    cash_in_minor: int = 0
    cash_out_minor: int = 0
    moves: tuple[Moved, ...] = ()

    attention: int = 0  # orders that need a person, of the whole shop
    attention_numbers: tuple[str, ...] = ()  # the oldest few
    awaiting: tuple[Awaited, ...] = ()

    other_sales_minor: int = 0  # Total Sales written meanwhile that is not this till's: the web shop's
    mark: int = 0  # how many sales entries the house had by then: what came later is "added after close"

    counts: tuple[Counted, ...] = ()
    pieces: dict[str, int] = {}
    loose_minor: int = 0
    reason: str = ""

    @property
    def total_sales_minor(self) -> int:
        """Sales less refunds."""
        return self.sales_minor - self.refunds_minor

    @property
    def tax_minor(self) -> int:
        """All taxes inside Total Sales."""
        return sum(self.taxes.values())

    @property
    def money_minor(self) -> int:
        """What all methods leave: Total Sales, deposits and what came on accounts, less what was paid elsewhere."""
        return sum(figures.net_minor for figures in self.methods)

    def of(self, method: str) -> MethodFigures:
        """The figures of one method; nothing where it was not used."""
        return next((found for found in self.methods if found.method == method), MethodFigures(method))

    @property
    def expected_minor(self) -> int:
        """The cash that must lie in the drawer."""
        return self.float_minor + self.of(CASH).net_minor + self.cash_in_minor - self.cash_out_minor

    def expected_of(self, method: str) -> int:
        """What a count of one method must find."""
        return self.expected_minor if method == CASH else self.of(method).net_minor

    def counted(self, found: Mapping[str, int]) -> tuple[Counted, ...]:
        """Expected beside counted: cash first, then whatever was used or counted and can be counted at all."""
        used = [figures.method for figures in self.methods if figures.method not in UNCOUNTED]
        methods = dict.fromkeys((CASH, *used, *sorted(found)))
        return tuple(Counted(m, self.expected_of(m), found.get(m)) for m in methods)

    @property
    def difference_minor(self) -> int:
        """The largest difference of any method, with its sign."""
        return largest({count.method: count.difference_minor for count in self.counts})


# What no drawer and no terminal can tell.
UNCOUNTED = frozenset({"account", "exchange", "elsewhere", "rounding"})
COUNTABLE = ("cash", "card", "transfer", "other")
