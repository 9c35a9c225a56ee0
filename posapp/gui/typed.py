"""What a person typed, read exactly: amounts and units as ints, or a sentence that says what to type.

A number is never guessed: what could mean two things ("12,50") is asked for again.
"""

import re
from datetime import date

from posapp.gui import text

MAX_UNITS = 1_000_000
MAX_MINOR = 10**13  # far below what the database can count, far above any sale
_GROUPED = re.compile(r"([0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]+)(?:\.([0-9]*))?")


class Unreadable(ValueError):
    """The text is no such number; the message is the sentence to show beside the field."""


def read_amount(typed: str, currency: str) -> int:
    """Read an amount in major units into minor ones: "12,500.50" NGN is 1250050.

    The currency's sign and grouping by commas or spaces are allowed. Raises `Unreadable` for anything
    else, a fraction of the smallest unit among it.
    """
    bare = _plain(typed).removeprefix(text.sign_of(currency).strip()).removeprefix(currency).strip()
    if not bare:
        raise Unreadable("Type an amount.")
    match = _GROUPED.fullmatch(bare)
    digits = text.digits_of(currency)
    if match is None:
        raise Unreadable(f"Type an amount with figures only, for example {_example(currency)}.")
    fraction = match[2] or ""
    if len(fraction) > digits:
        places = f"{text.plural(digits, 'figure')} after the point" if digits else "no figures after a point"
        raise Unreadable(f"{currency} has {places}.")
    minor: int = int(re.sub(r"[, ]", "", match[1])) * 10**digits + int(fraction.ljust(digits, "0") or "0")
    if minor > MAX_MINOR:
        raise Unreadable(f"An amount can be at most {text.money(MAX_MINOR, currency)}.")
    return minor


def read_units(typed: str, *, least: int = 1, most: int = MAX_UNITS) -> int:
    """Read a whole number of units between two bounds; negative where `least` is. Raises `Unreadable`."""
    bare = _plain(typed).replace(text.MINUS, "-")
    if not bare:
        raise Unreadable("Type a whole number.")
    match = re.fullmatch(r"([+-]?)([0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]{1,12})", bare)
    if match is None:
        raise Unreadable(f"Type a whole number, for example {text.number(max(least, min(3, most)))}.")
    units = int(match[1] + re.sub(r"[, ]", "", match[2]))
    if not least <= units <= most:
        raise Unreadable(f"Type a whole number from {text.number(least)} to {text.number(most)}.")
    return units


def shown_amount(minor: int, currency: str) -> str:
    """Give an amount as a field shows it to be edited; `read_amount` reads it back."""
    return text.amount(minor, currency)


def _plain(typed: str) -> str:
    """Take the odd spaces of other programs for plain ones."""
    return re.sub(r"[\u00a0\u2007\u2009\u202f]", " ", typed).strip()


def _example(currency: str) -> str:
    return "12,500.50" if text.digits_of(currency) else "12,500"


def read_percent(typed: str) -> int:
    """Read a rate in per cent into basis points: "7.5" is 750. Raises `Unreadable` outside 0 to 100."""
    match = re.fullmatch(r"([0-9]{1,3})(?:\.([0-9]{0,2}))?", _plain(typed).removesuffix("%").rstrip())
    points = int(match[1]) * 100 + int((match[2] or "").ljust(2, "0")) if match else -1
    if not 0 <= points <= 10_000:
        raise Unreadable(
            "Type a rate from 0 to 100 with at most two figures after the point, for example 7.5."
        )
    return points


def shown_percent(basis_points: int) -> str:
    """Give a rate as a field shows it: 750 is "7.5"."""
    whole, rest = divmod(basis_points, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".")


DATE_LIKE = "20 Nov 2026"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_NAMED = re.compile(r"([0-9]{1,2})\.? ([A-Za-z]{3,9})\.?,?(?: ([0-9]{4}))?")


def read_date(typed: str, today: date) -> date:
    """Read a day: "20 Nov 2026", "20 November", "2026-11-20", "today"; without a year it is that of `today`.

    Figures alone, such as 5/6, are asked for again: half the world reads them the other way round. Raises
    `Unreadable` for those, for a day that no calendar has, and for one outside 2000 to 2199.
    """
    bare = " ".join(_plain(typed).split())
    if bare.lower() == "today":
        return today
    iso, named = _ISO.fullmatch(bare), _NAMED.fullmatch(bare)
    year = month = day = 0
    if iso is not None:
        year, month, day = int(iso[1]), int(iso[2]), int(iso[3])
    elif named is not None and named[2].lower()[:3] in _MONTHS:
        year, month = int(named[3] or today.year), _MONTHS.index(named[2].lower()[:3]) + 1
        day = int(named[1])
    else:
        raise Unreadable(f"Type a day like {DATE_LIKE}.")
    try:
        found = date(year, month, day)
    except ValueError as error:
        raise Unreadable("No calendar has this day.") from error
    if not 2000 <= found.year <= 2199:
        raise Unreadable("Type a day from 2000 to 2199.")
    return found


def shown_date(day: date) -> str:
    """Give a day as a field shows it to be edited; `read_date` reads it back."""
    return f"{day.day} {_MONTHS[day.month - 1].capitalize()} {day.year}"
