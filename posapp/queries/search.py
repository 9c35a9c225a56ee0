"""What a person may type to find an order, as lookups in indexes: never a scan.

Numbers go to B-trees (exact, by their beginning, phones by their end), names to the
trigram index. Each lookup is capped: who finds a thousand orders types on.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from posapp.domain.money import decimals

CAP = 1_000  # orders that one lookup brings at most
_LAST = "\U0010ffff"  # sorts after every character

# The newest of a lookup's orders where the index knows them; each takes the parameters that `lookups` gives it.
_LOOKUPS = {
    "number": "SELECT id FROM orders WHERE number IN (?, ?)",
    "number_begins": f"SELECT id FROM (SELECT id FROM orders WHERE number >= ? AND number < ? ORDER BY number DESC "
    f"LIMIT {CAP})",
    "local_ref": f"SELECT id FROM (SELECT id FROM orders WHERE local_ref >= ? AND local_ref < ? "
    f"ORDER BY local_ref DESC LIMIT {CAP})",
    "remote_id": f"SELECT id FROM (SELECT id FROM orders WHERE remote_id = ? LIMIT {CAP})",
    "total": f"SELECT id FROM (SELECT id FROM orders WHERE total_minor = ? ORDER BY placed_at DESC LIMIT {CAP})",
    "phone": "SELECT id FROM (SELECT o.id FROM contact c CROSS JOIN orders o ON o.contact_id = c.id "
    f"WHERE c.phone_reversed >= ? AND c.phone_reversed < ? LIMIT {CAP})",
    "name": "SELECT id FROM (SELECT o.id FROM contact_names f CROSS JOIN contact c ON c.rowid = f.rowid "
    f"CROSS JOIN orders o ON o.contact_id = c.id WHERE contact_names MATCH ? ORDER BY f.rowid DESC LIMIT {CAP})",
    "reference": "SELECT order_id AS id FROM (SELECT DISTINCT order_id FROM payment "
    f"WHERE reference >= ? AND reference < ? LIMIT {CAP})",
    "sku": "SELECT id FROM (SELECT o.id FROM (SELECT DISTINCT order_id FROM order_line WHERE sku IN (?, ?, ?) "
    "LIMIT 20000) found CROSS JOIN orders o ON o.id = found.order_id "
    f"ORDER BY o.placed_at DESC LIMIT {CAP})",  # an article that everybody buys: the newest of its orders
}


@dataclass(frozen=True, slots=True)
class Hits:
    """Order ids as a subquery; `sql` has one column `id`. Without any lookup nothing is found."""

    sql: str
    parameters: tuple[str | int, ...]


def order_hits(text: str, currency: str) -> Hits:
    """The orders that a typed text may mean."""
    found = lookups(text, currency)
    parameters = tuple(value for values in found.values() for value in values)
    return Hits(_union(tuple(found)), parameters)


@lru_cache(maxsize=64)
def _union(names: tuple[str, ...]) -> str:
    if not names:
        return "SELECT '' AS id WHERE 0"
    return " UNION ".join(_LOOKUPS[name] for name in names)


def lookups(text: str, currency: str) -> dict[str, tuple[str | int, ...]]:
    """Say which lookups a typed text asks for, with their parameters."""
    typed = tidy(text)
    if not typed:
        return {}
    digits = re.sub(r"\D", "", typed)
    plain = typed.lstrip("#")
    found: dict[str, tuple[str | int, ...]] = {"sku": (typed, typed.upper(), typed.lower())}
    if plain.isascii() and plain.isdigit():
        found["number"] = (plain, plain.zfill(4))
        found["number_begins"] = (plain, plain + ":")  # ":" follows "9"
        found["remote_id"] = (plain,)
    if re.fullmatch(r"[A-Za-z]{1,3}-?\d*", typed) and digits:
        found["local_ref"] = begins(re.sub(r"^([A-Z]+)-?", r"\1-", typed.upper()))
    if len(digits) >= 4 and re.fullmatch(r"[\d\s+().\-/]+", typed):
        found["phone"] = begins(phone_tail(digits)[::-1])
    amount = amount_minor(typed, currency)
    if amount is not None:
        found["total"] = (amount,)
    if len(typed) >= (6 if plain == digits else 4):
        found["reference"] = begins(typed)
    name = name_match(typed)
    if name:
        found["name"] = (name,)
    return found


def tidy(text: str) -> str:
    """Typed text on one line, without what no text holds: control characters and halves of characters."""
    kept = "".join(sign for sign in text if sign.isprintable() or sign.isspace())
    return " ".join(kept.split())[:100]


def begins(text: str) -> tuple[str, str]:
    """The range of texts that begin with a text."""
    return text, text + _LAST


def phone_tail(digits: str) -> str:
    """The end of a phone number that is the same with and without country code or leading 0.

    0803 555 0142, +234 803 555 0142 and 803 555 0142 share their last nine digits.
    Fewer digits are taken as they are: the last four are enough to find somebody.
    """
    return digits[-9:] if len(digits) > 9 else digits


def amount_minor(text: str, currency: str) -> int | None:
    """Read an amount as it is typed: 26500, 26,500.50, ₦26,500 or NGN 26500; None for what is none."""
    sign = rf"(?:{re.escape(currency)}|[^\w\s.,+#-]{{1,2}})?\s*"
    match = re.fullmatch(
        rf"{sign}(0|[1-9]\d{{0,2}}(?:,\d{{3}})+|[1-9]\d{{0,11}})(?:\.(\d+))?", text, re.IGNORECASE | re.ASCII
    )
    places = decimals(currency)
    if match is None or len(match[2] or "") > places:
        return None
    fraction = (match[2] or "").ljust(places, "0")
    return int(match[1].replace(",", "") + fraction)


def name_match(text: str) -> str:
    """A match of the trigram index for the words of a text; it knows none of fewer than three letters."""
    words = [word.replace('"', '""') for word in text.split() if len(word) >= 3 and not word.isdigit()]
    return " ".join(f'"{word}"' for word in words)
