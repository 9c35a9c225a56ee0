"""Invented orders for the tests of tables: in SQLite, asked by key, or listed."""

import sqlite3
from dataclasses import dataclass

from posapp.gui.models.columns import Align, Cell, Column
from posapp.gui.models.rows import ListRows


@dataclass(frozen=True, slots=True)
class OrderRow:
    id: int
    number: str
    total_minor: int


COLUMNS = (
    Column[OrderRow]("No.", lambda row: row.number),
    Column[OrderRow](
        "Total, ₦",
        lambda row: f"{row.total_minor:,}",
        Align.RIGHT,
        spoken=lambda row: f"{row.total_minor} naira",
    ),
    Column[OrderRow]("Short", lambda row: Cell("Rice 5 kg", after="2 of 2")),
)


class Orders:
    """A shop's orders, newest first, asked by key as the window will ask them."""

    def __init__(self, count):
        self.sql = sqlite3.connect(":memory:")
        self.sql.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, number TEXT, total_minor INTEGER)")
        self.sql.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
            " INSERT INTO orders SELECT i, printf('%07d', i), i * 100 FROM n WHERE i <= ?",
            (count, count),
        )
        self.read = 0
        (self.counted,) = self.sql.execute("SELECT count(*) FROM orders").fetchone()

    def add(self, *ids):
        for number in ids:
            self.sql.execute(
                "INSERT INTO orders VALUES (?, printf('%07d', ?), ?)", (number, number, number * 100)
            )
            self.counted += 1

    def page(self, key, limit):
        self.read += limit
        found = self.sql.execute(
            "SELECT id, number, total_minor FROM orders WHERE id < ? ORDER BY id DESC LIMIT ?",
            (key or 1 << 60, limit),
        )
        return [OrderRow(*row) for row in found]

    def skip(self, key, rows):
        found = self.sql.execute(
            "SELECT id FROM orders WHERE id < ? ORDER BY id DESC LIMIT 1 OFFSET ?", (key or 1 << 60, rows - 1)
        ).fetchone()
        return found and found[0]

    def source(self):
        return Asked(self)


class Asked:
    """These orders as a question a table asks."""

    def __init__(self, orders):
        self.orders, self.page_after, self.skip = orders, orders.page, orders.skip

    def count(self):
        return self.orders.counted

    def key_of(self, row):
        return row.id

    def id_of(self, row):
        return str(row.id)


def listed(*ids):
    return ListRows([OrderRow(n, f"{n:04}", n * 100) for n in ids], lambda row: str(row.id))
