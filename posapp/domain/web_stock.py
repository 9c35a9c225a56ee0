"""A web shop's stock number, and what it should be now.

The shop takes units from its own number when an order is placed there, and says on the order's line how many.
So its number can be foretold: the last one read, less what its orders have taken since. Anything else was changed
by hand. An order is seen a little after it took: what had been taken when a number was true is known within bounds,
which meet when all is quiet.
"""

from dataclasses import dataclass, replace

from posapp.domain.feed import MAX_UNITS


@dataclass(frozen=True, slots=True)
class Reading:
    """A number of the shop's, and how many units its orders had taken by then: between `least` and `most`.

    While it is `open`, orders that were placed before it may still come in.
    """

    number: int
    least: int
    most: int
    open: bool = False

    def expected(self, taken: int) -> range:
        """What the shop's number may be now that its orders have taken so many in all."""
        return range(self.number - (taken - self.least), self.number - (taken - self.most) + 1)

    def agrees_with(self, earlier: "Reading") -> bool:
        """Whether orders alone may have led from the earlier number to this one."""
        return (
            earlier.number + earlier.least - self.most
            <= self.number
            <= earlier.number + earlier.most - self.least
        )

    def after(self, back: int, more: int) -> "Reading":
        """The same once orders are seen that may be older than it: so many put `back`, so many `more` taken."""
        return replace(self, least=self.least - back, most=self.most + more) if self.open else self


def fits(units: int) -> bool:
    """Whether a number can be published: a batch of WooCommerce's checks nothing."""
    return 0 <= units <= MAX_UNITS
