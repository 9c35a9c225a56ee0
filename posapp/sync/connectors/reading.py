"""Reading what strangers wrote: texts, amounts, times and numbers, each bounded.

Everything here is pure. A value that cannot be believed raises `Unreadable` with
words that name the field; nothing is guessed.
"""

import hashlib
import html
import re
import unicodedata
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import msgspec

from posapp.domain.feed import MAX_MINOR, MAX_TEXT, MAX_UNITS, Unreadable

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
FUTURE = timedelta(days=1)  # how far ahead of the server's own clock a time may lie

# All that decoding a hostile body is known to raise.
BROKEN = (msgspec.MsgspecError, UnicodeError, RecursionError, ValueError, OverflowError)

Record = TypeVar("Record", bound=msgspec.Struct)

_AMOUNT = re.compile(r"(-?)(\d{1,18})(?:\.(\d{0,18}))?", re.ASCII)
_WHOLE = re.compile(r"-?\d{1,18}", re.ASCII)
_ID = re.compile(r"\d{1,18}", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)?", re.ASCII)
_TAG = re.compile(r"</?[a-zA-Z!?][^<>]*(?:>|$)")
_JOINERS = "\u200c\u200d"  # needed to write Persian, Hindi and some emoji; every other format character goes


def clean_text(value: str | int | None, limit: int = MAX_TEXT) -> str:
    """Turn a piece of HTML into plain words on one line, at most `limit` characters.

    Markup, control characters and the marks that turn the reading direction are
    taken out, for such a name would be drawn as something else than it is.
    """
    if value is None:
        return ""
    text = str(value)[: limit * 8]
    if text.isprintable() and "<" not in text and "&" not in text:  # nearly always
        return " ".join(text.split())[:limit].rstrip()
    for _ in range(2):  # the second time finds markup that was written as &lt;b&gt;
        text = html.unescape(_TAG.sub(" ", text))
    text = _TAG.sub(" ", text)
    kept = "".join(_visible(char) for char in text)
    return " ".join(kept.split())[:limit].rstrip()


def _visible(char: str) -> str:
    if char.isspace():
        return " "
    if char in _JOINERS:
        return char
    return "" if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Cn", "Co") else char


def minor(value: str | int | None, digits: int, field: str) -> int:
    """Read an amount in major units exactly: "12.50" with 2 digits is 1250.

    An empty text is 0, as the shop means it. Refuses what is no plain decimal number,
    and a fraction of the smallest unit: we do not guess which way the shop would round.
    """
    sign, whole, fraction = _amount_parts(value, field)
    if fraction[digits:].strip("0"):
        raise Unreadable(f"{field} is {_quoted(value)}, which is finer than the smallest coin")
    return _bounded(sign * int(whole + fraction[:digits].ljust(digits, "0")), field)


def minor_rounded(value: str | int | None, digits: int, field: str) -> int:
    """As `minor`, but round half up away from zero: for prices as typed and parts of a tax."""
    sign, whole, fraction = _amount_parts(value, field)
    kept = int(whole + fraction[:digits].ljust(digits, "0"))
    return _bounded(sign * (kept + (fraction[digits : digits + 1] >= "5")), field)


def _amount_parts(value: str | int | None, field: str) -> tuple[int, str, str]:
    text = "" if value is None or isinstance(value, bool) else str(value).strip()
    if isinstance(value, bool):
        raise Unreadable(f"{field} is {_quoted(value)}, which is no amount")
    match = _AMOUNT.fullmatch(text or "0")
    if match is None:
        raise Unreadable(f"{field} is {_quoted(value)}, which is no amount")
    return (-1 if match[1] else 1), match[2], match[3] or ""


def _bounded(amount: int, field: str) -> int:
    if abs(amount) > MAX_MINOR:
        raise Unreadable(f"{field} is larger than any amount that we believe")
    return amount


def whole(value: str | int | float | None, field: str, low: int, high: int = MAX_UNITS) -> int:
    """Read a count; a fraction of a unit is refused, for a till sells whole units."""
    if isinstance(value, float) and value.is_integer():
        value = int(value) if abs(value) < 1e15 else None
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise Unreadable(f"{field} is {_quoted(value)}, which is no whole number")
    if not low <= value <= high:
        raise Unreadable(f"{field} is {_quoted(value)}, outside {low} to {high:,}")
    return value


def remote_id(value: str | int | None, field: str) -> str:
    """Read a shop's id: a positive number, kept as text."""
    text = "" if isinstance(value, bool) else str(value)
    if not _ID.fullmatch(text) or int(text) == 0:
        raise Unreadable(f"{field} is {_quoted(value)}, which is no id")
    return str(int(text))


def currency_code(value: str) -> str:
    """Read a currency, three letters of ISO 4217; whether it is ours is for others to say."""
    text = value.strip().upper()[:4]
    if not _CURRENCY.fullmatch(text):
        raise Unreadable(f"the currency is {_quoted(value)}")
    return text


def instant(value: str | None, field: str, seen_at: datetime) -> datetime:
    """Read a time; one without a zone is UTC. It must lie between 2000 and tomorrow."""
    at = parse_time(value)
    if at is None:
        raise Unreadable(f"{field} is {_quoted(value)}, which is no time")
    if not EARLIEST <= at <= seen_at + FUTURE:
        raise Unreadable(f"{field} is {at:%Y-%m-%d %H:%M}, which cannot be")
    return at


def instant_or_none(value: str | None, field: str, seen_at: datetime) -> datetime | None:
    """As `instant`, where the shop may say nothing."""
    return instant(value, field, seen_at) if value else None


def parse_time(value: str | None) -> datetime | None:
    """Aware UTC out of ISO 8601, or None where that is none."""
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        return None
    try:
        at = datetime.fromisoformat(value)
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def stamp_text(at: datetime) -> str:
    """A time as we write it in stamps and cursors: "2026-11-23T03:05:28Z"."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")


def digest(value: Any) -> str:
    """32 hex digits that are the same for the same facts, in whatever order they were told."""
    return hashlib.sha256(msgspec.json.encode(value, order="deterministic")).hexdigest()[:32]


def with_digest(record: Record) -> Record:
    """Add the digest of all that matters in a record; when it was last touched does not."""
    facts = msgspec.to_builtins(record)
    facts.pop("digest")
    facts.pop("modified_at", None)
    return msgspec.structs.replace(record, digest=digest(facts))


def digest_of_bytes(raw: bytes) -> str:
    """The same for a body that nobody can read."""
    return hashlib.sha256(raw).hexdigest()[:32]


def _quoted(value: object) -> str:
    return f"“{clean_text(str(value)[:60], 40)}”"
