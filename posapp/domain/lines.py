"""The lines of an order: units of one product, with their money fixed when they were ordered."""

from dataclasses import dataclass, field

from posapp.domain.money import worth_of


@dataclass(slots=True)
class Line:
    """One line of an order. Amounts are for all of `qty_placed` units, net without tax.

    `taken` counts the units whose money is off the order: edited away before they were
    confirmed, or refunded. What is left of the money is what the others are worth.
    """

    id: str
    order_id: str
    position: int
    variant_id: str  # "" for goods the catalogue does not know: never tracked
    item_id: str  # whose stock level it draws on; a variation may draw on its parent's
    remote_id: str
    sku: str
    name: str
    qty_placed: int
    qty: int
    unit_price_minor: int
    net_minor: int
    taxes: dict[str, int]
    tracked: bool = False  # as it was at confirmation
    confirmed_qty: int = 0
    refunded_qty: int = 0
    allocated_qty: int = 0
    handed_over_qty: int = 0
    taken_by_shop: int = 0  # units the web shop has taken from its own stock number
    discount_minor: int = 0  # the line's own, for display: it is already inside the net
    note: str = ""
    components: dict[str, int] = field(default_factory=dict)  # of a bundle, at confirmation: item id, units

    @property
    def uses(self) -> dict[str, int]:
        """The items whose levels one unit draws on, and how many units of each; none for untracked goods."""
        if not self.tracked:
            return {}
        return self.components or {self.item_id: 1}

    @property
    def taken(self) -> int:
        """Units whose money has left the order."""
        return self.qty_placed - self.qty + self.refunded_qty

    @property
    def gross_left_minor(self) -> int:
        """What the remaining units are worth, tax included."""
        return sum(self.worth(self.qty - self.refunded_qty))

    def worth(self, units: int) -> tuple[int, int]:
        """Net and tax of the next `units` to leave this line, in minor units."""
        net, taxes = self.worth_by_rate(units)
        return net, sum(taxes.values())

    def worth_by_rate(self, units: int) -> tuple[int, dict[str, int]]:
        """Net and each rate's tax of the next `units` to leave this line, in minor units."""
        taken, of_units = self.taken, self.qty_placed
        net = worth_of(self.net_minor, taken=taken, more=units, of_units=of_units)
        of_rate = {r: worth_of(t, taken=taken, more=units, of_units=of_units) for r, t in self.taxes.items()}
        return net, of_rate
