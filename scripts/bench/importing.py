"""A first import: thousands of paid orders through the inbox and the desk, with no window open."""

import asyncio
import math
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from posapp.db import database
from posapp.sync.applying import BATCH
from scripts.bench import feed, shop
from scripts.bench.timing import timed

ORDERS = 10_000
TABLES = (
    "inbox", "contact", "orders", "order_line", "payment", "level", "movement", "sales_entry", "journal",
)  # fmt: skip
Rows = dict[str, list[tuple[Any, ...]]]


def measure(folder: Path, orders: int = ORDERS) -> list[str]:
    """Import, then write the very same rows by hand, in as many transactions."""
    shop_feed = feed.BenchFeed()
    shop_feed.tell(0, orders)
    desk = shop.open_shop(folder / "import")
    feed.connect(desk)
    try:
        taken_s = timed(lambda: asyncio.run(feed.look_once(desk, shop_feed, paced=False)))
        confirmed = desk.write_now(
            lambda c: c.execute("SELECT count(*) FROM orders WHERE status = 'PROCESSING'").fetchone()
        )
    finally:
        desk.close()
    assert confirmed[0] == orders, "every order is confirmed"
    rows, batches = _rows(folder / "import"), math.ceil(orders / BATCH)
    by_hand = [_write(folder / f"raw{n}", rows, batches) for n in range(3)]
    raw_s = sorted(by_hand)[1]
    spread, ratio = f"{min(by_hand):.1f}–{max(by_hand):.1f}", taken_s / raw_s
    raw_name, name = f"import {orders:,}, raw inserts", f"import {orders:,}, inbox and desk"
    return [
        f"{raw_name:<35}{raw_s:.1f} s ({spread}), {orders / raw_s:,.0f} orders/s",
        f"{name:<35}{taken_s:.1f} s, {orders / taken_s:,.0f} orders/s   {ratio:.1f} × raw",
    ]


def _rows(folder: Path) -> Rows:
    source = database.open_reader(folder)
    rows = {name: source.execute(f"SELECT * FROM {name} ORDER BY rowid").fetchall() for name in TABLES}  # noqa: S608 - our tables
    source.close()
    return rows


def _write(folder: Path, rows: Rows, batches: int) -> float:
    """Write the imported rows into an empty file of the same tables; gives the seconds."""
    folder.mkdir()
    database.create(folder)
    target = database.open_writer(folder)
    try:
        return timed(lambda: _write_batches(target, rows, batches))
    finally:
        target.close()


def _write_batches(target: Connection, rows: Rows, batches: int) -> None:
    for batch in range(batches):
        target.execute("BEGIN IMMEDIATE")
        for name, all_of_it in rows.items():
            size = math.ceil(len(all_of_it) / batches)
            some = all_of_it[batch * size : (batch + 1) * size]
            if some:
                marks = ", ".join("?" * len(some[0]))
                target.executemany(f"INSERT INTO {name} VALUES ({marks})", some)  # noqa: S608 - our own tables
        target.execute("COMMIT")
