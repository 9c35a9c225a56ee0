"""Numbers and names for the ids that journalled commands hold: one question a table for a whole page."""

from collections.abc import Iterable, Mapping
from typing import Any

from posapp.db import staff as stored
from posapp.queries.reader import Reader

_QUESTIONS = (
    (("order_id", "other_id"), "SELECT id, number FROM orders WHERE id IN"),
    (("product_id", "item_id"), "SELECT id, name FROM product WHERE id IN"),
    (("to_location_id",), "SELECT id, name FROM location WHERE id IN"),
    (("contact_id",), "SELECT id, name FROM contact WHERE id IN"),
)


def names_of(reader: Reader, entries: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """By id: an order's number, the name of a product, a location, a customer, a role."""
    facts = list(entries)
    names: dict[str, str] = {}
    for fields, sql in _QUESTIONS:
        ids = {str(one[name]) for one in facts for name in fields if one.get(name)}
        if fields[0] == "order_id":
            ids |= {str(back.get("order_id", "")) for one in facts for back in one.get("returned") or ()}
        marks = ", ".join("?" * len(ids))
        names.update({str(key): str(name) for key, name in reader.rows(f"{sql} ({marks})", sorted(ids))})
    if any(one.get("role_id") for one in facts):
        names.update({role.id: role.name for role in stored.roles(reader.connection)})
    return names
