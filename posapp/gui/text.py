"""Facts in words: money, quantities, dates, waiting times; and outside text made harmless.

Amounts come as ints in minor units with their currency; times as aware UTC and are shown in the shop's zone.
"""

import html
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

NOTHING = "–"
MINUS = "−"
_FSI, _PDI = "\u2068", "\u2069"

# Currencies whose smallest unit is not a hundredth (ISO 4217). Qt's locales do not say.
_DIGITS = dict.fromkeys(
    [
        "BIF",
        "CLP",
        "DJF",
        "GNF",
        "ISK",
        "JPY",
        "KMF",
        "KRW",
        "PYG",
        "RWF",
        "UGX",
        "UYI",
        "VND",
        "VUV",
        "XAF",
        "XOF",
        "XPF",
    ],
    0,
) | dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3)
_SIGNS = {
    "NGN": "₦",
    "USD": "$",
    "EUR": "€",
    "GBP": "£",
    "GHS": "GH₵",
    "KES": "KSh ",
    "ZAR": "R ",
    "XOF": "F CFA ",
    "XAF": "FCFA ",
    "INR": "₹",
    "JPY": "¥",
}


def digits_of(currency: str) -> int:
    """Give how many decimals the currency has: 2 for NGN, 0 for JPY, 3 for KWD."""
    return _DIGITS.get(currency, 2)


def sign_of(currency: str) -> str:
    """Give the sign put before an amount: ₦; a currency without a sign of its own is named: "SEK "."""
    return _SIGNS.get(currency, f"{currency} ")


def amount(minor: int, currency: str, *, decimals: bool | None = None) -> str:
    """Give an amount without its sign, as a column shows it: 12,500 or 12,500.50.

    `decimals` is the column's choice, see `needs_decimals`; left out, a whole amount is shown without.
    """
    digits = digits_of(currency)
    whole, fraction = divmod(abs(minor), 10**digits)
    shown = f"{whole:,}"
    if digits and (fraction if decimals is None else decimals):
        shown += f".{fraction:0{digits}d}"
    return f"{MINUS}{shown}" if minor < 0 else shown


def money(minor: int, currency: str) -> str:
    """Give an amount with its sign, as a sentence or a button says it: ₦12,500.50, −₦6,500."""
    shown = amount(abs(minor), currency)
    return f"{MINUS if minor < 0 else ''}{sign_of(currency)}{shown}"


def needs_decimals(column: Iterable[int], currency: str) -> bool:
    """Say whether a column must show decimals: one number of decimals for all of its amounts (minor units)."""
    unit = 10 ** digits_of(currency)
    return any(minor % unit for minor in column)


def number(value: int) -> str:
    """Give a quantity: 1,200, −3."""
    return f"{MINUS}{-value:,}" if value < 0 else f"{value:,}"


def number_or_nothing(value: int) -> str:
    """Give a quantity, or the muted dash for none."""
    return number(value) if value else NOTHING


def plural(count: int, one: str, many: str | None = None) -> str:
    """Give "1 order", "3 orders"."""
    return f"{number(count)} {one if count == 1 else many or f'{one}s'}"


def clock(at: datetime, zone: ZoneInfo) -> str:
    """Give the time of day in the shop's zone: 14:05."""
    return at.astimezone(zone).strftime("%H:%M")


def date(at: datetime, zone: ZoneInfo, *, today: datetime | None = None) -> str:
    """Give the day in the shop's zone: "20 Nov", with the year when it is not that of `today`."""
    local = at.astimezone(zone)
    same_year = today is not None and today.astimezone(zone).year == local.year
    return f"{local.day} {local:%b}" if same_year else f"{local.day} {local:%b %Y}"


def long_date(at: datetime, zone: ZoneInfo) -> str:
    """Give the day as a page's head says it: Friday 20 November."""
    local = at.astimezone(zone)
    return f"{local:%A} {local.day} {local:%B}"


def when(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """Give the shortest words that name the moment: 14:05 today, else 18 Nov 16:20, else with the year."""
    local, here = at.astimezone(zone), now.astimezone(zone)
    if local.date() == here.date():
        return clock(at, zone)
    return f"{date(at, zone, today=now)} {clock(at, zone)}"


def waiting(length: timedelta) -> str:
    """Give how long something has waited: 27 min, 4 h 17, 3 d 5 h. What lies ahead counts as just now."""
    minutes = max(0, int(length.total_seconds() // 60))
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {minutes:02d}" if hours else f"{minutes} min"


def outside(text: str, limit: int = 120) -> str:
    """Make text from a shop or a customer harmless to show: one line, no controls, no overrides, not endless.

    Control characters, line breaks and invisible direction marks go; the rest stays as it was written and
    is shown as plain text. More than `limit` characters end in …
    """
    if len(text) <= limit and text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept: list[str] = []
    for char in text[: limit * 4]:
        category = unicodedata.category(char)
        if category in ("Cc", "Zl", "Zp"):
            kept.append(" ")
        elif category not in ("Cf", "Cs", "Co", "Cn") or char in "\u200c\u200d":
            kept.append(char)
    line = " ".join("".join(kept).split())
    shortened = len(line) > limit or len(text) > limit * 4
    return f"{line[: limit - 1].rstrip()}…" if shortened else line


def isolate(text: str) -> str:
    """Give outside text its own reading direction, so that a name cannot turn the figures beside it round."""
    return f"{_FSI}{text}{_PDI}"


def isolated(text: str, limit: int = 120) -> str:
    """Make outside text harmless and isolate it: what a sentence of ours is built with."""
    return isolate(outside(text, limit))


def literal(text: str) -> str:
    """Double the ampersands, for Qt would make a keyboard shortcut of them in buttons, tabs and menus."""
    return text.replace("&", "&&")


def tooltip(text: str) -> str:
    """Give text that a tooltip shows as it is: Qt guesses there whether it is markup."""
    return f"<qt>{html.escape(text)}</qt>" if text else ""


def initials(name: str) -> str:
    """Give one or two letters for the avatar: "Ada Obi" is AO."""
    words = [word for word in outside(name).split() if word[0].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
