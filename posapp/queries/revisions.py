"""The older states of an order, as the commands in the journal tell them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec

from posapp.db.house_tables import JOURNAL_ORDER
from posapp.db.rows import from_text
from posapp.queries.reader import Reader

_ENTRIES = f"SELECT actor, recorded_at, body FROM journal WHERE {JOURNAL_ORDER} = ? ORDER BY seq LIMIT 1000"
_LINES = "SELECT id, name, sku FROM order_line WHERE order_id = ?"
_PRODUCTS = "SELECT name, sku FROM product WHERE id = ?"
_MAKE = ("place_order", "place_shop_order", "edit_order", "revise_shop_order")


@dataclass(frozen=True, slots=True)
class Entry:
    """One command of the journal that names an order."""

    do: str
    actor: str
    at: datetime  # when it counts
    recorded_at: datetime
    body: Mapping[str, Any] = field(hash=False)


@dataclass(frozen=True, slots=True)
class RevisionLine:
    """One line as that revision says it; `quantity` is what remains of an edited line."""

    name: str
    sku: str
    quantity: int
    is_new: bool
    net_minor: int | None = None  # the shop's own figure; None for orders of our own


@dataclass(frozen=True, slots=True)
class Revision:
    """One state that the order was put into. The first one places it."""

    number: int  # from 1
    at: datetime
    actor: str
    in_shop: bool  # told by the web shop
    lines: tuple[RevisionLine, ...]  # all of them when placed or from the shop, else the changed ones
    reason: str


def entries_of(reader: Reader, order_id: str) -> tuple[Entry, ...]:
    """Every command that names an order, oldest first, at most 1,000."""
    found = []
    for actor, recorded_at, text in reader.rows(_ENTRIES, (order_id,)):
        body = msgspec.json.decode(text, type=dict)
        at = datetime.fromisoformat(str(body["at"]))
        found.append(Entry(str(body["do"]), actor, at, from_text(recorded_at), body))
    return tuple(found)


def revisions(reader: Reader, order_id: str) -> tuple[Revision, ...]:
    """How the order's lines were placed and changed, oldest first."""
    with reader.snapshot():
        known = {line_id: (name, sku) for line_id, name, sku in reader.rows(_LINES, (order_id,))}
        made = [entry for entry in entries_of(reader, order_id) if entry.do in _MAKE]
        return tuple(_revision(reader, number, entry, known) for number, entry in enumerate(made, start=1))


def _revision(reader: Reader, number: int, entry: Entry, known: dict[str, tuple[str, str]]) -> Revision:
    body = entry.body
    in_shop = "terms" in body
    if in_shop:
        lines = [
            RevisionLine(line["name"], line["sku"], line["quantity"], False, line["net_minor"])
            for line in body["terms"]["lines"]
        ]
    else:
        changed = body.get("wanted", {}).items()
        lines = [RevisionLine(*known.get(line_id, ("", "")), left, False) for line_id, left in changed]
        added = body.get("lines") or body.get("added") or ()
        lines += [
            RevisionLine(*_product(reader, line["product_id"]), line["quantity"], True) for line in added
        ]
    return Revision(number, entry.at, entry.actor, in_shop, tuple(lines), str(body.get("reason", "")))


def _product(reader: Reader, product_id: str) -> tuple[str, str]:
    row = reader.row(_PRODUCTS, (product_id,))
    return ("", "") if row is None else (row[0], row[1])
