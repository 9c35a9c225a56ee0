"""What a person names, found: an order by its number, a product by its SKU."""

import re
from sqlite3 import Connection

from posapp.domain.errors import NotFound, Refused
from posapp.domain.orders import Order

_PRODUCTS = (
    "SELECT id, sku, archived FROM product WHERE sku = ?",
    "SELECT id, sku, archived FROM product WHERE barcode = ?",
    "SELECT id, sku, archived FROM product WHERE sku = ? COLLATE NOCASE",
)


def find_order(connection: Connection, named: str) -> str:
    """The id of an order by its number (0042, 42, #0042), its local reference, or the web shop's id.

    Raises `NotFound`, and `Refused` for a web shop's id that several orders bear.
    """
    text = named.strip().removeprefix("#").strip()
    if re.fullmatch("[0-9]{1,18}", text):
        found = _ids(connection, "number = ?", f"{int(text):04d}")
    else:
        found = _ids(connection, "local_ref = ?", text.upper()) if text else []
    found = found or (_ids(connection, "remote_id = ?", text) if text else [])
    if not found:
        raise NotFound(f"There is no order {named!r}.", code="order_not_found")
    if len(found) > 1:
        raise Refused(
            f"{len(found)} orders have the web id {text}. Name the one you mean by its number: "
            "posapp orders --search shows them.",
            code="ambiguous",
        )
    return found[0]


def _ids(connection: Connection, condition: str, value: str) -> list[str]:
    sql = f"SELECT id FROM orders WHERE {condition}"  # noqa: S608 - one of the three conditions above
    return [row[0] for row in connection.execute(sql, (value,))]


def find_product(connection: Connection, sku: str) -> str:
    """The id of a product by its SKU, its barcode, or its SKU in other letters. Raises `NotFound`."""
    for sql in _PRODUCTS if sku.strip() else ():
        rows = connection.execute(sql, (sku,)).fetchall()
        rows = [row for row in rows if not row[2]] or rows
        if len(rows) > 1:
            raise Refused(f"{len(rows)} products have the SKU {sku!r}.", code="ambiguous")
        if rows:
            return str(rows[0][0])
    raise NotFound(f"There is no product with the SKU {sku!r}.", code="product_not_found")


def find_location(connection: Connection, name: str) -> str:
    """The id of a location by its name, in any letters. Raises `NotFound`."""
    rows = connection.execute("SELECT id, name FROM location ORDER BY rowid").fetchall()
    for location_id, known in rows:
        if known.casefold() == " ".join(name.split()).casefold():
            return str(location_id)
    names = ", ".join(known for _, known in rows)
    raise NotFound(f"There is no location called {name!r}. There is: {names}.", code="location_not_found")


def spread(order: Order, wanted: list[tuple[str, int]], room: dict[str, int], what: str) -> dict[str, int]:
    """Spread units named by SKU over an order's lines, first line first, and take them off `room`.

    Two lines of one product stay two: the first is filled before the second.
    """
    units: dict[str, int] = {}
    for sku, count in wanted:
        lines = [line for line in order.lines if sku in (line.sku, line.name)]
        if not lines:
            raise NotFound(f"Order {order.number} has no line with the SKU {sku!r}.", code="line_not_found")
        there = sum(room[line.id] for line in lines)
        if not 0 < count <= there:
            raise Refused(f"Order {order.number} {what} {there} of {sku}, not {count}.", code="bad_quantity")
        for line in sorted(lines, key=lambda line: line.position):
            share = min(count, room[line.id])
            if share:
                room[line.id] -= share
                count -= share
                units[line.id] = units.get(line.id, 0) + share
    return units
