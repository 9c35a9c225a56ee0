"""Loading what a decision needs, and writing what became different."""

from collections.abc import Iterable, Sequence
from sqlite3 import Connection
from typing import Any

from posapp.db.rows import (
    CASE,
    DECISION,
    LEVEL,
    LINE,
    MOVEMENT,
    ORDER,
    OUTGOING,
    PART,
    PAYMENT,
    REFUND,
    SALE,
    Shape,
)
from posapp.domain.book import Book, Decision
from posapp.domain.orders import Order
from posapp.domain.outbox import Outgoing
from posapp.domain.stock import Level, Variant, level_id
from posapp.domain.told_back import TELL_STATUS

_CHILDREN: tuple[tuple[str, Shape[Any]], ...] = (
    ("lines", LINE),
    ("payments", PAYMENT),
    ("refunds", REFUND),
    ("parts", PART),
    ("cases", CASE),
)
_BEHAVIOUR = "SELECT key, value FROM setting WHERE key IN ('auto_fill', 'tell_shop')"
_VARIANT = "SELECT id, item_id, track_stock, components FROM product WHERE id = ?"
_COMPONENTS = (  # untracked ones limit nothing; two that share a level need their units together
    "SELECT COALESCE(NULLIF(p.item_id, ''), p.id) AS item, SUM(j.value) FROM json_each(?) j "
    "CROSS JOIN product p ON p.id = j.key WHERE p.track_stock = 1 GROUP BY item ORDER BY item"
)
_WAITING = (
    "SELECT DISTINCT c.order_id FROM attention_case c JOIN order_line l ON l.order_id = c.order_id "
    "JOIN orders o ON o.id = c.order_id "
    "WHERE c.is_open = 1 AND c.reason IN ('SHORTAGE', 'STOCK_DEFICIT') "
    "AND o.location_id = ?1 AND (l.item_id = ?2 OR l.components <> '{}' AND l.components -> ?3 IS NOT NULL)"
)
_HOLDING = (
    "SELECT l.order_id FROM order_line l JOIN orders o ON o.id = l.order_id "
    "WHERE l.item_id = ?2 AND l.allocated_qty > 0 AND o.location_id = ?1 UNION "
    "SELECT l.order_id FROM order_line l JOIN orders o ON o.id = l.order_id "
    "WHERE l.components <> '{}' AND l.components -> ?3 IS NOT NULL AND l.allocated_qty > 0 AND o.location_id = ?1"
)
_ELSEWHERE = (  # a level is named by item and location, so an item's levels stand together
    f"{LEVEL.select} WHERE id > ?1 || '@' AND id < ?1 || 'A' AND item_id = ?1 AND location_id <> ?2 ORDER BY id"
)
_LAST_TAKER = (
    "SELECT order_id FROM movement WHERE item_id = ? AND location_id = ? "
    "AND kind = 'ALLOCATE' AND order_id <> ? ORDER BY rowid DESC LIMIT 1"
)


class DatabaseSource:
    """A book's source that reads the database, inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        """Read through one connection."""
        self._connection = connection
        found = dict(connection.execute(_BEHAVIOUR).fetchall())
        self.auto_fill = found.get("auto_fill", "true") == "true"
        self.tell_shop = found.get("tell_shop", TELL_STATUS)

    def order(self, order_id: str) -> Order | None:
        """The order with everything that belongs to it."""
        return load_order(self._connection, order_id)

    def level(self, item_id: str, location_id: str) -> Level | None:
        """One stock level."""
        row = self._connection.execute(LEVEL.by_id, (level_id(item_id, location_id),)).fetchone()
        return None if row is None else LEVEL.decode(row)

    def variant(self, variant_id: str) -> Variant | None:
        """What the rules need to know of a product."""
        row = self._connection.execute(_VARIANT, (variant_id,)).fetchone()
        if row is None:
            return None
        if row[3] == "{}":
            return Variant(row[0], row[1] or row[0], bool(row[2]))
        components = dict(self._connection.execute(_COMPONENTS, (row[3],)).fetchall())
        return Variant(row[0], row[1] or row[0], bool(components), components)

    def elsewhere(self, item_id: str, location_id: str) -> Sequence[Level]:
        """The levels of an item in other locations."""
        return [LEVEL.decode(row) for row in self._connection.execute(_ELSEWHERE, (item_id, location_id))]

    def waiting(self, item_id: str, location_id: str) -> Sequence[str]:
        """Ids of orders with an open shortage that want the item."""
        return self._ids(_WAITING, location_id, item_id, item_path(item_id))

    def holding(self, item_id: str, location_id: str) -> Sequence[str]:
        """Ids of orders that hold units of the item."""
        return self._ids(_HOLDING, location_id, item_id, item_path(item_id))

    def outgoing(self, order_id: str) -> list[Outgoing]:
        """What was ever to be sent about an order, oldest first."""
        return [OUTGOING.decode(row) for row in self._connection.execute(OUTGOING.by_order, (order_id,))]

    def last_taker(self, item_id: str, location_id: str, *, other_than: str) -> str:
        """Id of the order that took units of the item last, "" if none did."""
        return next(iter(self._ids(_LAST_TAKER, item_id, location_id, other_than)), "")

    def _ids(self, sql: str, *parameters: str) -> list[str]:
        return [row[0] for row in self._connection.execute(sql, parameters)]


def item_path(item_id: str) -> str:
    """Where an item stands in a line's components."""
    return f'$."{item_id}"'


def load_order(connection: Connection, order_id: str) -> Order | None:
    """Read an order with its lines, payments, refunds and cases; None where there is none."""
    row = connection.execute(ORDER.by_id, (order_id,)).fetchone()
    if row is None:
        return None
    order = ORDER.decode(row)
    for field, shape in _CHILDREN:
        setattr(
            order, field, [shape.decode(child) for child in connection.execute(shape.by_order, (order_id,))]
        )
    return order


def load_decision(connection: Connection, decision_id: str) -> Decision | None:
    """Read one decision."""
    row = connection.execute(DECISION.by_id, (decision_id,)).fetchone()
    return None if row is None else DECISION.decode(row)


def write_book(connection: Connection, book: Book) -> None:
    """Write what became different; what stayed the same is not touched."""
    for order in book.changed_orders():
        before = book.orders_before[order.id]
        _write(connection, ORDER, [order], [before] if before else [])
        for field, shape in _CHILDREN:
            _write(connection, shape, getattr(order, field), getattr(before, field) if before else [])
    for order_id, rows in book.sent.items():
        _write(connection, OUTGOING, rows, book.sent_before[order_id])
    levels = [book.levels_before[level.id] for level in book.changed_levels()]
    _write(connection, LEVEL, list(book.changed_levels()), [level for level in levels if level is not None])
    connection.executemany(MOVEMENT.insert, [MOVEMENT.encode(movement) for movement in book.movements])
    connection.executemany(SALE.insert, [SALE.encode(entry) for entry in book.sales])
    connection.executemany(DECISION.upsert, [DECISION.encode(decision) for decision in book.decisions])


def _write(connection: Connection, shape: Shape[Any], now: Sequence[Any], before: Iterable[Any]) -> None:
    """Insert the new records, update the changed ones, delete those that are gone."""
    known = {record.id: record for record in before}
    new: list[list[Any]] = []
    changes: dict[str, list[list[Any]]] = {}
    for record in now:
        old = known.pop(record.id, None)
        if old is None:
            new.append(shape.encode(record))
        else:
            sql, parameters = shape.change(record, old)
            changes.setdefault(sql, []).append(parameters)
    changes.pop("", None)
    if new:
        connection.executemany(shape.insert, new)
    for sql, rows in changes.items():
        connection.executemany(sql, rows)
    if known:
        connection.executemany(f'DELETE FROM "{shape.name}" WHERE id = ?', [(gone,) for gone in known])
