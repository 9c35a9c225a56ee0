"""What the Sell page asks: a code that was scanned, products by name and category, orders to collect or take back."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from posapp.queries.bundles import components_of, whole_bundles
from posapp.queries.products import first_place
from posapp.queries.reader import Reader
from posapp.queries.search import begins, tidy

PAGE_ROWS = 256
CAP = 1_000  # products that one lookup of a typed text brings at most: who finds a thousand types on
Key = tuple[str, str]  # name, id

_ITEM = "COALESCE(NULLIF(p.item_id, ''), p.id)"
_COLUMNS = (
    "p.id, p.name, p.sku, p.barcode, p.price_minor, p.tax_class_id, p.category, p.track_stock, "
    f"COALESCE(v.on_hand, 0), COALESCE(v.allocated, 0), {_ITEM}, p.archived = 0 AND p.sellable = 1, "
    "p.components"
)
_FROM = f"SELECT {_COLUMNS} FROM {{source}} LEFT JOIN level v ON v.id = {_ITEM} || '@' || ?"
_SOLD = "p.archived = 0 AND p.sellable = 1"
_BY_BARCODE = f"{_FROM.format(source='product p')} WHERE p.barcode = ? AND {_SOLD} ORDER BY p.rowid LIMIT 1"
_BY_SKU = f"{_FROM.format(source='product p')} WHERE p.sku = ? AND {_SOLD} ORDER BY p.rowid LIMIT 1"
_BY_ID = f"{_FROM.format(source='product p')} WHERE p.id = ?"
_CATEGORIES = (
    "SELECT category, COUNT(*) FROM product WHERE category <> '' AND archived = 0 AND sellable = 1 "
    "GROUP BY category ORDER BY category COLLATE NOCASE, category"
)
_HITS = (
    "SELECT id FROM product WHERE barcode = ? UNION SELECT id FROM (SELECT id FROM product WHERE sku >= ? AND sku < ? "
    f"LIMIT {CAP}) UNION SELECT id FROM (SELECT id FROM product WHERE sku >= ? AND sku < ? LIMIT {CAP}) UNION "
)
# What is not sold, or of another category, must not use up what a lookup brings at most.
_BY_WORDS = (
    "SELECT id FROM (SELECT p.id FROM product_names f CROSS JOIN product p ON p.rowid = f.rowid "
    f"WHERE product_names MATCH ? AND {{where}} LIMIT {CAP})"
)
_BY_START = (
    "SELECT id FROM (SELECT p.id FROM product p WHERE p.name COLLATE NOCASE >= ? AND p.name COLLATE NOCASE < ? "
    f"AND {{where}} LIMIT {CAP})"
)
_LIKE = "p.name LIKE ? ESCAPE '\\'"


@dataclass(frozen=True, slots=True)
class SellRow:
    """A product as it can be sold. `promised` units are on the shelf and belong to paid orders.

    Of a bundle, as many are on hand as the free units of its components make.
    """

    id: str
    name: str
    sku: str
    barcode: str
    price_minor: int | None  # None: a price is asked for
    tax_class: str  # "" is the standard one
    category: str
    tracked: bool
    on_hand: int
    promised: int
    item_id: str  # whose level it draws on: variations may share one
    is_sold: bool  # False: archived, or a parent whose variations are sold

    @property
    def available(self) -> int:
        """Units that nobody has paid for."""
        return self.on_hand - self.promised


@dataclass(frozen=True, slots=True)
class Category:
    """A category and how many products it holds."""

    name: str
    products: int


def by_code(reader: Reader, code: str, location_id: str = "") -> SellRow | None:
    """The product of a scanned code: its barcode, or else its SKU, exactly. None where there is none."""
    typed = tidy(code)
    if not typed:
        return None
    place = location_id or first_place(reader)
    found = reader.row(_BY_BARCODE, (place, typed)) or reader.row(_BY_SKU, (place, typed))
    return None if found is None else _row(reader, place, found)


def sell_row(reader: Reader, product_id: str, location_id: str = "") -> SellRow | None:
    """One product, sold or not any more; None where there is none."""
    place = location_id or first_place(reader)
    found = reader.row(_BY_ID, (place, product_id))
    return None if found is None else _row(reader, place, found)


def sell_rows(
    reader: Reader, typed: str, category: str, location_id: str = "", after: Key | None = None
) -> Sequence[SellRow]:
    """Products that can be sold, by name: what matches a typed text, of a category ("" for all).

    At most 256 after the key (name, id) of the last row seen.
    """
    text, place = tidy(typed), location_id or first_place(reader)
    where, chosen = [_SOLD], list[Any]()
    if category:
        where.append("p.category = ?")
        chosen.append(category)
    source, found = _hits(text, " AND ".join(where), chosen) if text else ("product p", [])
    parameters = [*found, place, *chosen]
    if after is not None:
        where.append("(p.name COLLATE NOCASE, p.id) > (?, ?)")
        parameters += after
    order = f"ORDER BY p.name COLLATE NOCASE, p.id LIMIT {PAGE_ROWS}"
    sql = f"{_FROM.format(source=source)} WHERE {' AND '.join(where)} {order}"
    return [_row(reader, place, row) for row in reader.rows(sql, parameters)]


def categories(reader: Reader) -> Sequence[Category]:
    """The categories of what can be sold, by name."""
    return [Category(*row) for row in reader.rows(_CATEGORIES)]


def _hits(text: str, where: str, chosen: list[Any]) -> tuple[str, list[Any]]:
    """Products that a text may mean, each by an index: their code, or all its words in their name.

    The index of names knows no word of fewer than three letters; such are looked for in what it finds.
    """
    codes = [text, *begins(text), *begins(text.upper())]
    words = text.split()
    long, short = [w for w in words if len(w) >= 3], [w for w in words if len(w) < 3]
    if long:
        match = " ".join('"' + word.replace('"', '""') + '"' for word in long)
        also = " AND ".join([where, *[_LIKE] * len(short)])
        union, found = _BY_WORDS.format(where=also), [match, *chosen, *map(_anywhere, short)]
    else:
        union, found = _BY_START.format(where=where), [*begins(text), *chosen]
    return f"({_HITS}{union}) h CROSS JOIN product p ON p.id = h.id", [*codes, *found]


def _anywhere(word: str) -> str:
    """A pattern of LIKE for a word anywhere in a text."""
    return "%" + re.sub(r"([\\%_])", r"\\\1", word) + "%"


def _row(reader: Reader, place: str, row: tuple[Any, ...]) -> SellRow:
    tracked, on_hand, promised = bool(row[7]), row[8], row[9]
    if row[12] != "{}":
        parts = components_of(reader, row[12], place)
        tracked = any(part.tracked for part in parts)
        on_hand, promised = whole_bundles(parts), 0
    return SellRow(*(*row[:7], tracked, on_hand, promised, row[10], bool(row[11])))
