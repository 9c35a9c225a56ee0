"""What the Sell page says: what was typed into its field, and what a cashier should know about the shelf."""

import re
from dataclasses import dataclass

from posapp.domain.orders import Channel
from posapp.gui import text
from posapp.gui.contact_links import digits_of_phone
from posapp.queries.collecting import Collectable, ToPay
from posapp.queries.selling import SellRow

_MONEY = {"partly": "paid in part", "awaiting": "a transfer is announced"}
_UNITS = re.compile(r"([0-9]{1,7}) ?[*×] ?(.*)")
_CODE = re.compile(r"(?=.*[0-9])[0-9A-Za-z._/+-]{4,}")


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the field: `3*code` is three of it. `units` is None where no number was typed."""

    words: str
    units: int | None = None


def read_typed(words: str) -> Typed:
    """Take "3*code" apart; anything else is words for one unit."""
    tidy = words.strip()
    match = _UNITS.fullmatch(tidy)
    return Typed(match[2].strip(), int(match[1])) if match else Typed(tidy)


def looks_like_code(words: str) -> bool:
    """Say whether it is rather a barcode or a code than a name: no spaces, and a figure in it."""
    return _CODE.fullmatch(words) is not None


def free_words(row: SellRow) -> str:
    """Say on a tile or in a list what can be sold: "24 free", "None free", "" for what is not counted."""
    if not row.tracked:
        return ""
    return f"{text.number(row.available)} free" if row.available > 0 else "None free"


def names_order(order: Collectable | ToPay, words: str) -> bool:
    """Say whether the words name an order or whose it is: a search finds it by what is in it, too."""
    plain = words.strip().removeprefix("#").casefold()
    if plain.isascii() and plain.isdigit():
        if plain.zfill(4) == order.number or plain == order.remote_id:
            return True
        return len(plain) > 3 and plain in digits_of_phone(order.phone)
    return bool(plain) and plain in order.customer.casefold()


def to_pay_words(order: ToPay) -> str:
    """Say whose an unpaid order is, and what is known of its money."""
    who = text.isolated(order.customer, 60) if order.customer else "a walk-in"
    said = f"Web order of {who}, to pay on delivery" if order.channel == Channel.WEB else f"Ordered by {who}"
    return f"{said}, {_MONEY[order.mark]}" if order.mark in _MONEY else said


def stock_hint(row: SellRow, wanted: int, holder: str = "") -> str:
    """Say on a basket's line what stands in the way on the shelf, "" where nothing does.

    `wanted` is what the whole basket takes of it. It speaks as soon as the customer could see units that are
    promised to somebody else. `holder` names who they are promised to: "web order 0134".
    """
    if not row.tracked:
        return ""
    short = wanted > row.available
    if row.promised > 0 and wanted >= row.available:
        to_whom = f" to {holder}" if holder else ""
        return f"Only {text.number(row.on_hand)} left, {text.number(row.promised)} promised{to_whom}"
    if short:
        return f"Only {text.number(row.available)} left" if row.available > 0 else "None left"
    return ""
