"""The tax that a WooCommerce shop takes at its own address, where it is one and plain. Pure."""

import re
from typing import Any

from posapp.sync.connectors.reading import clean_text
from posapp.sync.feed import ShopTax

LONGEST_NAME = 20
_RATE = re.compile(r"([0-9]{1,3})(?:\.([0-9]{1,4}))?")


def read_tax(enabled: str, home: str, included: str, rates: Any) -> ShopTax | None:
    """The one standard rate that holds at home ("NG:LA"); None where taxes are off, or where it is not just one.

    Rates of a town or a postcode, two that hold together, or one finer than a hundredth of a per cent cannot
    be proposed as the one tax of a till; they are left to a person.
    """
    if enabled != "yes" or included not in ("yes", "no") or not isinstance(rates, list):
        return None
    country, _, state = home.partition(":")
    found = [rate for rate in rates if isinstance(rate, dict) and _holds(rate, country, state)]
    if len(found) != 1 or any(found[0].get(key) for key in ("postcode", "city", "postcodes", "cities")):
        return None
    points = _basis_points(found[0].get("rate"))
    if points is None:
        return None
    return ShopTax(
        clean_text(str(found[0].get("name") or ""), LONGEST_NAME) or "VAT", points, included == "yes"
    )


def tax_words(tax: ShopTax) -> str:
    """Say it for the owner: "VAT 7.5 %, on top of the prices"."""
    whole, rest = divmod(tax.basis_points, 100)
    rate = f"{whole}.{rest:02d}".rstrip("0").rstrip(".")
    return f"{tax.name} {rate} %, {'inside' if tax.included else 'on top of'} the prices"


def _holds(rate: dict[str, Any], country: str, state: str) -> bool:
    here = rate.get("country") in ("", country) and rate.get("state") in ("", state)
    return here and rate.get("class") in ("", "standard")


def _basis_points(told: object) -> int | None:
    match = _RATE.fullmatch(told) if isinstance(told, str) else None
    if match is None:
        return None
    fine = int(match[1]) * 10_000 + int((match[2] or "").ljust(4, "0"))
    return fine // 100 if fine % 100 == 0 and fine <= 1_000_000 else None
