"""From a scanned code to its line: by itself against raw sqlite3, and on the Sell page at 100,000 products."""

import json
from functools import partial
from pathlib import Path
from sqlite3 import Connection

from posapp.commands.counter import Sell
from posapp.commands.shop import MAIN_LOCATION
from posapp.db import database
from posapp.domain import basket as baskets
from posapp.domain.basket import Basket
from posapp.queries.reader import Reader
from posapp.queries.sale_foresight import price_of
from posapp.queries.selling import by_code, categories, sell_rows
from scripts.bench import children, shop
from scripts.bench.timing import Sample, Work, interleave, ratios, timed

PRODUCTS = 100_000
RUNS, WARM_UP = 400, 50
GOAL_MS = 50
BASKET = 20  # lines in a basket that is priced
_PRODUCT = (
    "INSERT INTO product (id, name, sku, barcode, price_minor, item_id, track_stock, category) "
    "VALUES (?, ?, ?, ?, ?, ?, 1, ?)"
)
_LEVEL = "INSERT INTO level (id, item_id, location_id, on_hand) VALUES (?, ?, ?, 1000)"
_RAW = (
    "SELECT p.id, p.name, p.sku, p.barcode, p.price_minor, p.tax_class_id, p.category, p.track_stock, v.on_hand, "
    "v.allocated FROM product p LEFT JOIN level v ON v.id = p.item_id || '@' || ? WHERE p.barcode = ?"
)


def measure(folder: Path) -> list[str]:
    """Fill a shop, ask it by hand and by query in turns, then scan into a real window."""
    desk = shop.open_shop(folder / "shop")
    desk.write_now(fill)
    desk.close()
    reader, by_hand = Reader(folder / "shop"), database.open_reader(folder / "shop")
    try:
        raw, query = interleave(
            RUNS, partial(_raw, by_hand), lambda n: partial(by_code, reader, code(n)), warm_up=WARM_UP
        )
        basket = Sample(tuple(_basket(reader, n) for n in range(0, RUNS, BASKET)))
        search = Sample(tuple(timed(partial(sell_rows, reader, f"article {n}", "")) for n in range(100)))
        grid = Sample(tuple(timed(partial(sell_rows, reader, "", _category(n))) for n in range(40)))
        kinds = Sample(tuple(timed(partial(categories, reader)) for _ in range(20)))
    finally:
        reader.close()
        by_hand.close()
    told = json.loads(children.run(folder, "scanning", str(folder / "shop")))
    window = Sample(tuple(told["seconds"]))
    ratio, spread = ratios(query, raw)
    longest = max(window.seconds) * 1e3
    return [
        f"{'scan, raw sqlite3':<35}{raw.words()}, {PRODUCTS:,} products",
        f"{'scan, by_code':<35}{query.words()}   {ratio:.2f} × raw ({spread})",
        f"{f'scan, a basket of {BASKET} lines priced':<35}{basket.words()}",
        f"{'search by two words, 256 rows':<35}{search.words()}",
        f"{'a category, 256 rows':<35}{grid.words()}",
        f"{'all categories':<35}{kinds.words()}",
        f"{'scan to line on screen':<35}{window.words()}, longest {longest:.1f} ms, goal ≤ {GOAL_MS}",
    ]


def code(n: int) -> str:
    """The barcode of article n, far from the one before."""
    return f"{615_110_000_000 + n * 7919 % PRODUCTS:013d}"


def fill(connection: Connection) -> None:
    """Products and their stock, past the desk: only reading is measured."""
    ids = [f"article-{n}" for n in range(PRODUCTS)]
    connection.executemany(
        _PRODUCT,
        (
            (
                one,
                f"Article {n} of sort {n % 977}",
                f"A-{n}",
                f"{615_110_000_000 + n:013d}",
                150_000,
                one,
                _category(n),
            )
            for n, one in enumerate(ids)
        ),
    )
    connection.executemany(_LEVEL, ((f"{one}@{MAIN_LOCATION}", one, MAIN_LOCATION) for one in ids))


def _category(n: int) -> str:
    return f"Category {n % 40}"


def _raw(connection: Connection, n: int) -> Work:
    """What a careful programmer would ask by hand."""
    return lambda: connection.execute(_RAW, (MAIN_LOCATION, code(n))).fetchone()


def _basket(reader: Reader, first: int) -> float:
    """Seconds for one more line in a basket, priced as the sale will be."""
    found = Basket("basket", MAIN_LOCATION)
    add = partial(_added, reader)
    for n in range(first, first + BASKET - 1):
        found = add(found, n)
    now = shop.OPENED

    def scan() -> None:
        fields = add(found, first + BASKET).sale_fields()
        price_of(reader, Sell(id="scan", actor=shop.ACTOR, at=now, **fields), now)

    return timed(scan)


def _added(reader: Reader, now: Basket, n: int) -> Basket:
    row = by_code(reader, code(n))
    assert row is not None, code(n)
    return baskets.added(now, row.id, row.name)[0]
