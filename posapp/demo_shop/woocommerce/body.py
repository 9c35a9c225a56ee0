"""Reading a request's body: WordPress checks types before WooCommerce looks at anything."""

import re
from collections.abc import Mapping

from posapp.demo_shop.amounts import parse_micro, parse_minor
from posapp.demo_shop.book import Book
from posapp.demo_shop.records import Meta
from posapp.demo_shop.woocommerce.rest import RestError, bad_param, wrong_type


def text_at(body: Mapping[str, object], name: str, path: str | None = None) -> str | None:
    """A string, or None when it is not there. Raises `RestError` (400)."""
    value = body.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise wrong_type(_top(path, name), "string", path)
    return value


def whole_at(body: Mapping[str, object], name: str, path: str | None = None) -> int | None:
    """A whole number; "7" and 7.0 are whole numbers to WordPress too. Raises `RestError` (400)."""
    value = body.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise wrong_type(_top(path, name), "integer", path)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, int) or (isinstance(value, str) and re.fullmatch(r"-?\d{1,18}", value)):
        return int(value)
    raise wrong_type(_top(path, name), "integer", path)


def yes_at(body: Mapping[str, object], name: str) -> bool | None:
    """A yes or no, or None. Raises `RestError` (400)."""
    value = body.get(name)
    if value is None:
        return None
    known = {True: True, False: False, "true": True, "false": False, "1": True, "0": False}
    if not isinstance(value, bool | int | str) or value not in known:
        raise wrong_type(name, "boolean")
    return known[value]


def rows_at(body: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    """A list of objects. Raises `RestError` (400)."""
    value = body.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise wrong_type(name, "array")
    for place, row in enumerate(value):
        if not isinstance(row, dict):
            raise wrong_type(name, "object", f"{name}[{place}]")
    return value


def status_at(body: Mapping[str, object], allowed: tuple[str, ...]) -> str | None:
    """A status the shop knows. Raises `RestError` (400)."""
    status = text_at(body, "status")
    if status is not None and status not in allowed:
        words = ", ".join(allowed[:-1]) + f", and {allowed[-1]}"
        raise bad_param("status", "rest_not_in_enum", f"status is not one of {words}.")
    return status


def address_at(body: Mapping[str, object], name: str) -> dict[str, str]:
    """The fields of an address that were sent. Raises `RestError` (400)."""
    value = body.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise wrong_type(name, "object")
    kept = {str(k): text_at(value, k, f"{name}[{k}]") or "" for k in value}
    if kept.get("email") and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", kept["email"]):
        raise bad_param(name, "rest_invalid_email", "Invalid email address.")
    return kept


def micro_of(value: object, what: str) -> int:
    """An amount written as a number or as text. Raises `RestError` (400)."""
    try:
        return parse_micro(str(value))
    except ValueError:
        raise wrong_type(what, "number") from None


def minor_of(value: object, what: str) -> int:
    """The same in kobo. Raises `RestError` (400)."""
    try:
        return parse_minor(str(value))
    except ValueError:
        raise wrong_type(what, "number") from None


def write_meta(book: Book, rows: list[Meta], body: Mapping[str, object]) -> None:
    """Set meta: a key that is there is replaced, null takes it away, numbers become text."""
    for sent in rows_at(body, "meta_data"):
        value = sent.get("value")
        known = next((m for m in rows if m.id == sent.get("id")), None)
        key = str(sent.get("key") or (known.key if known else ""))
        if not key:
            continue
        if value is None:
            rows[:] = [m for m in rows if m.key != key]
        else:
            book.put_meta(rows, key, as_meta(value))


def as_meta(value: object) -> object:
    """How the meta table keeps a value."""
    if isinstance(value, bool):
        return "1" if value else ""
    return str(value) if isinstance(value, int | float) else value


def required(condition: bool, code: str, message: str) -> None:
    """Refuse with a plain 400 unless the condition holds."""
    if not condition:
        raise RestError(400, code, message)


def _top(path: str | None, name: str) -> str:
    return path.partition("[")[0] if path else name
