"""Arithmetic of amounts: exact, in integers, the same every time.

Amounts count a currency's smallest unit. Whatever must be split or rounded is done
here once and stored; nothing downstream computes it again.
"""

from collections.abc import Sequence

_NO_DECIMALS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE_DECIMALS = "BHD IQD JOD KWD LYD OMR TND"
DECIMALS = dict.fromkeys(_NO_DECIMALS.split(), 0) | dict.fromkeys(_THREE_DECIMALS.split(), 3)

# The smallest coin that a currency still pays with, in minor units, where that is not its minor unit.
_CASH = {
    "AUD": 5,
    "CAD": 5,
    "CHF": 5,
    "CZK": 100,
    "DKK": 50,
    "HUF": 500,
    "ISK": 1,
    "MYR": 5,
    "NOK": 100,
    "NZD": 10,
}
SMALLEST_CASH = _CASH | {"SEK": 100, "SGD": 5, "ZAR": 10}


def smallest_cash(currency: str) -> int:
    """Say what amounts in cash are rounded to, in minor units: 5 for CHF, 1 where every unit is paid."""
    return SMALLEST_CASH.get(currency, 1)


def decimals(currency: str) -> int:
    """Say how many digits stand behind the point: 2 for NGN, 0 for JPY (ISO 4217)."""
    return DECIMALS.get(currency, 2)


def cumulative(amount_minor: int, units: int, of_units: int) -> int:
    """Say what the first `units` of a line of `of_units` are worth, rounded half up.

    Taking the difference of two of these refunds unit by unit exactly what refunding
    all at once would, and the whole line gives exactly its amount.
    """
    if of_units == 0:
        return 0
    return (2 * amount_minor * units + of_units) // (2 * of_units)


def worth_of(amount_minor: int, *, taken: int, more: int, of_units: int) -> int:
    """Say what `more` units are worth after `taken` of them have gone already."""
    return cumulative(amount_minor, taken + more, of_units) - cumulative(amount_minor, taken, of_units)


def split(amount_minor: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Divide an amount by weights; the largest remainders get the last units, ties go to the earlier.

    The parts add up to the amount. With no weight at all, everything goes to the first part.
    """
    whole = sum(weights)
    if not weights:
        return ()
    if whole == 0:
        return (amount_minor, *([0] * (len(weights) - 1)))
    parts = [amount_minor * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(amount_minor * weights[i] % whole), i))
    for i in by_remainder[: amount_minor - sum(parts)]:
        parts[i] += 1
    return tuple(parts)


def tax_on_top(net_minor: int, basis_points: int) -> int:
    """Tax of an amount that does not include it yet, rounded half up; 7.5 % is 750 basis points."""
    return (2 * net_minor * basis_points + 10_000) // 20_000


def tax_inside(amount_minor: int, basis_points: int) -> int:
    """The tax that an amount already includes; the net part is what is rounded half up."""
    divisor = 10_000 + basis_points
    return amount_minor - (2 * amount_minor * 10_000 + divisor) // (2 * divisor)
