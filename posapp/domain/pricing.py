"""What an order of our own costs, worked out once when it is placed."""

from collections.abc import Sequence
from dataclasses import dataclass

from posapp.domain.money import split, tax_inside, tax_on_top


@dataclass(frozen=True, slots=True)
class TaxRate:
    """A tax by name; 7.5 % is 750 basis points. `included`: prices contain it already."""

    name: str
    basis_points: int
    included: bool


@dataclass(frozen=True, slots=True)
class Priced:
    """Whole-line figures: net without tax, and the tax by rate."""

    net_minor: int
    taxes: dict[str, int]


def price_lines(
    lines: Sequence[tuple[int, int]], discount_minor: int, rate: TaxRate | None
) -> tuple[Priced, ...]:
    """Price lines of (units, unit price): the discount is split over them, then taxed once."""
    amounts = [units * price for units, price in lines]
    shares = split(discount_minor, amounts)
    return tuple(_taxed(amount - share, rate) for amount, share in zip(amounts, shares, strict=True))


def _taxed(amount_minor: int, rate: TaxRate | None) -> Priced:
    if rate is None or rate.basis_points == 0:
        return Priced(amount_minor, {})
    if rate.included:
        tax = tax_inside(amount_minor, rate.basis_points)
        return Priced(amount_minor - tax, {rate.name: tax})
    return Priced(amount_minor, {rate.name: tax_on_top(amount_minor, rate.basis_points)})
