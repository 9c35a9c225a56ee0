"""Reading a command line: strictly, and with errors that can be told in words or as JSON."""

import re
from argparse import ArgumentParser, ArgumentTypeError, RawDescriptionHelpFormatter
from datetime import date
from pathlib import Path
from typing import NoReturn

from posapp.domain.feed import MAX_MINOR

MOST_UNITS = 10**9  # far above what any rule allows: the rule itself says how much is too much
_WHOLE = re.compile(r"[+-]?[0-9]{1,18}", re.ASCII)


class Unusable(Exception):
    """The command line cannot be understood."""


class Parser(ArgumentParser):
    """An argument parser that raises `Unusable` instead of leaving, and guesses no abbreviation."""

    def __init__(self, prog: str, description: str, epilog: str = "") -> None:
        """Begin with the options that every verb has, before it or after it."""
        super().__init__(
            prog=prog,
            description=description,
            epilog=epilog,
            allow_abbrev=False,
            formatter_class=RawDescriptionHelpFormatter,
        )
        everywhere = self.add_argument_group("with every verb, before it or after it")
        everywhere.add_argument("--data-dir", type=Path, metavar="FOLDER", help="the folder of the shop")
        everywhere.add_argument("--json", action="store_true", help="answer in JSON, for scripts")
        everywhere.add_argument(
            "--actor", default="", metavar="NAME", help="who of the staff does it (default: the owner)"
        )

    def error(self, message: str) -> NoReturn:
        """Raise what argparse would print."""
        raise Unusable(message)


def whole(text: str) -> int:
    """A whole number in plain digits, with or without a sign."""
    if not _WHOLE.fullmatch(text):
        raise ArgumentTypeError(f"{text!r} is not a whole number")
    return int(text)


def units(text: str) -> int:
    """A number of units; what a rule allows is the rule's business."""
    number = whole(text)
    if abs(number) > MOST_UNITS:
        raise ArgumentTypeError(f"{text} units are more than anybody has")
    return number


def amount(text: str) -> int:
    """An amount in minor units: 4500000 is ₦45,000.00."""
    number = whole(text)
    if abs(number) > MAX_MINOR:
        raise ArgumentTypeError(f"{text} is more than any amount that is believed")
    return number


def sku_and_units(text: str) -> tuple[str, int]:
    """SKU=N, split at the last "=", for a SKU may hold one."""
    sku, sign, number = text.rpartition("=")
    if not sign or not sku.strip():
        raise ArgumentTypeError(f"{text!r} is not SKU=N, for example TOTE-RED=3")
    return sku, units(number.strip())


def brought(text: str) -> tuple[str, int, str]:
    """SKU=N@LOCATION, split at the last "@"."""
    wanted, sign, place = text.rpartition("@")
    if not sign or not place.strip():
        raise ArgumentTypeError(f"{text!r} is not SKU=N@LOCATION, for example TOTE-RED=1@Lekki")
    return *sku_and_units(wanted), place


def day(text: str) -> date:
    """A day, YYYY-MM-DD."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or len(text) != 10 or not 1970 <= found.year <= 2200:
        raise ArgumentTypeError(f"{text!r} is not a day such as 2026-11-20")
    return found
