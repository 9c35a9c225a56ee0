"""What an order of our own costs, worked out once when it is placed."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from posapp.domain.errors import Refused
from posapp.domain.money import split, tax_inside, tax_on_top

MAX_TOTAL_MINOR = 10**15  # far above any sale, far below what a column of the database holds


@dataclass(frozen=True, slots=True)
class TaxRate:
    """A tax by name; 7.5 % is 750 basis points. `included`: prices contain it already."""

    name: str
    basis_points: int
    included: bool


@dataclass(frozen=True, slots=True)
class TaxClass:
    """The taxes of a kind of goods: (name, basis points) each, all inside the price or all on top of it."""

    rates: tuple[tuple[str, int], ...] = ()
    included: bool = True


NO_TAX = TaxClass()


@dataclass(frozen=True, slots=True)
class Discount:
    """A part taken off: per cent in basis points (5 % is 500), or an amount; never both."""

    basis_points: int = 0
    amount_minor: int = 0

    def off(self, base_minor: int, what: str) -> int:
        """What it takes off a price, a percentage rounded half up. Raises `Refused` for more than there is."""
        if self.basis_points and self.amount_minor:
            raise Refused(f"{what}: a discount is a percentage or an amount, not both.", code="bad_discount")
        taken = self.amount_minor or tax_on_top(base_minor, self.basis_points)
        if not (0 <= taken <= base_minor and 0 <= self.basis_points <= 10_000):
            raise Refused(f"{what}: a discount lies between 0 and the price.", code="bad_discount")
        return taken


@dataclass(frozen=True, slots=True)
class PricedWish:
    """Units of one thing at a price, with a discount of their own and the taxes they bear."""

    quantity: int
    unit_price_minor: int
    discount: Discount = Discount()
    tax_class: TaxClass = NO_TAX
    name: str = ""  # for the words of a refusal


@dataclass(frozen=True, slots=True)
class Priced:
    """Whole-line figures: net without tax, and the tax by rate."""

    net_minor: int
    taxes: dict[str, int]


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line of a sale. `discount_minor` is its own, `share_minor` its part of the discount on the sale."""

    list_minor: int  # units × price
    discount_minor: int
    share_minor: int
    net_minor: int
    taxes: dict[str, int]

    @property
    def amount_minor(self) -> int:
        """What the line shows: units × price less its own discount."""
        return self.list_minor - self.discount_minor

    @property
    def gross_minor(self) -> int:
        """What the line costs in the end, all discounts off and its tax in."""
        return self.net_minor + sum(self.taxes.values())


@dataclass(frozen=True, slots=True)
class PricedSale:
    """What a sale comes to. subtotal − discount + taxes on top + delivery + rounding = total.

    `subtotal_minor` is after the discounts of the lines, `discount_minor` is the one on the
    sale. `taxes` holds every tax by name, inside the prices or on top; `on_top_minor` those on top.
    """

    lines: tuple[PricedLine, ...]
    subtotal_minor: int
    discount_minor: int
    taxes: dict[str, int] = field(default_factory=dict)
    on_top_minor: int = 0
    shipping_minor: int = 0
    rounding_minor: int = 0
    total_minor: int = 0

    @property
    def line_discounts_minor(self) -> int:
        """What the lines' own discounts take off."""
        return sum(line.discount_minor for line in self.lines)


def price_sale(
    wishes: Sequence[PricedWish],
    discount: Discount = Discount(),
    *,
    shipping_minor: int = 0,
    rounding_minor: int = 0,
) -> PricedSale:
    """Price a sale: each line's own discount, then the sale's split over them, then tax once a line.

    Raises `Refused` for a discount above the price and for sums no till counts.
    """
    amounts = []
    for wish in wishes:
        whole = wish.quantity * wish.unit_price_minor
        amounts.append((whole, wish.discount.off(whole, wish.name or "That line")))
    shown = [whole - off for whole, off in amounts]
    subtotal = sum(shown)
    if max(subtotal, shipping_minor, *(whole for whole, _ in amounts)) > MAX_TOTAL_MINOR:
        raise Refused("That is more than a till can count.", code="bad_amount")
    off_sale = discount.off(subtotal, "The sale")
    lines, on_top, taxes = [], 0, dict[str, int]()
    for wish, (whole, own), share in zip(wishes, amounts, split(off_sale, shown), strict=True):
        figures = _taxed(whole - own - share, wish.tax_class)
        lines.append(PricedLine(whole, own, share, figures.net_minor, figures.taxes))
        for name, tax in figures.taxes.items():
            taxes[name] = taxes.get(name, 0) + tax
            on_top += 0 if wish.tax_class.included else tax
    total = subtotal - off_sale + on_top + shipping_minor + rounding_minor
    return PricedSale(tuple(lines), subtotal, off_sale, taxes, on_top, shipping_minor, rounding_minor, total)


def _taxed(amount_minor: int, taxes: TaxClass) -> Priced:
    """Tax an amount once by every rate of its class.

    Several rates inside a price are taken out together, so that the net is rounded once, and
    divided by their basis points.
    """
    rates = [(name, points) for name, points in taxes.rates if points]
    if not rates:
        return Priced(amount_minor, {})
    if not taxes.included:
        return Priced(amount_minor, {name: tax_on_top(amount_minor, points) for name, points in rates})
    tax = tax_inside(amount_minor, sum(points for _, points in rates))
    shares = split(tax, [points for _, points in rates])
    return Priced(amount_minor - tax, {name: share for (name, _), share in zip(rates, shares, strict=True)})
