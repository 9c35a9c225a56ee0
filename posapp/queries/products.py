"""The catalogue with its stock: a list by name, found by name, code or barcode; and who waits for an item."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from posapp.db.store import item_path
from posapp.queries.bundles import Component, components_of, whole_bundles
from posapp.queries.reader import Reader
from posapp.queries.search import begins, name_match, tidy

LOW_STOCK = 3  # an item with so many free units or fewer is low; the same for all until a person can say
Key = tuple[str, str]  # name, id
PAGE_ROWS = 256

_ITEM = "COALESCE(NULLIF(p.item_id, ''), p.id)"
_STOCK = f"LEFT JOIN level v ON v.id = {_ITEM} || '@' || ?"
_COLUMNS = (
    f"p.id, {_ITEM}, p.name, p.sku, p.barcode, p.price_minor, p.track_stock, "
    "COALESCE(v.on_hand, 0), COALESCE(v.allocated, 0), COALESCE(v.recount, 0), p.shop_id <> '', p.archived, "
    "p.sellable, p.components"
)
_FREE = "COALESCE(v.on_hand - v.allocated, 0)"
# A variation that draws on its parent's level is not low by itself: the parent is. So is a bundle's component.
_KEEPS_STOCK = f"p.track_stock = 1 AND {_ITEM} = p.id AND p.components = '{{}}'"
_IS_LOW = f"{_KEEPS_STOCK} AND {_FREE} <= {LOW_STOCK}"
_CHANGED = (
    "p.track_stock = 1 AND p.id IN (SELECT b.item_id FROM publication b JOIN connection cn ON cn.id = b.shop_id "
    "WHERE b.odd_since IS NOT NULL AND cn.state = 'active')"
)
_LOWEST = (
    f"SELECT p.id, p.name, {_FREE} FROM product p {_STOCK} WHERE p.archived = 0 AND {_IS_LOW} "
    f"ORDER BY {_FREE}, p.name COLLATE NOCASE, p.id LIMIT ?"
)
_WAITING = (
    "SELECT o.id, o.number, COALESCE(c.name, ''), o.status, "
    "CASE WHEN o.status = 'OPEN' THEN l.qty - l.refunded_qty "
    "ELSE l.confirmed_qty - l.refunded_qty - l.allocated_qty - l.handed_over_qty END"
)
_IN_BUNDLE = (  # units of the item in one bundle
    "(SELECT COALESCE(SUM(j.value), 0) FROM json_each(p.components) j CROSS JOIN product part ON part.id = j.key "
    "WHERE COALESCE(NULLIF(part.item_id, ''), part.id) = ?1)"
)
_SHORT_ORDERS = (
    f"{_WAITING} * COALESCE(l.components ->> ?2, 1) AS units "
    "FROM (SELECT DISTINCT order_id FROM attention_case WHERE is_open = 1 "
    "AND reason IN ('SHORTAGE', 'STOCK_DEFICIT')) waits CROSS JOIN orders o ON o.id = waits.order_id "
    "CROSS JOIN order_line l ON l.order_id = o.id LEFT JOIN contact c ON c.id = o.contact_id "
    "WHERE o.status IN ('PROCESSING', 'COMPLETED') AND (l.item_id = ?1 OR l.components ->> ?2 > 0) AND units > 0 "
    "ORDER BY o.queue_at, o.queue_seq, o.id LIMIT 256"
)
_UNPAID_ORDERS = (  # an order that was never confirmed names the product only, not yet whose level it draws on
    f"{_WAITING} * CASE WHEN {_ITEM} = ?1 THEN 1 ELSE {_IN_BUNDLE} END AS units "
    "FROM orders o CROSS JOIN order_line l ON l.order_id = o.id "
    "CROSS JOIN product p ON p.id = l.variant_id LEFT JOIN contact c ON c.id = o.contact_id "
    f"WHERE o.status = 'OPEN' AND ({_ITEM} = ?1 OR p.components <> '{{}}') AND units > 0 "
    "ORDER BY o.placed_at, o.id LIMIT 256"
)


class Stock(StrEnum):
    """Which stock the list shows."""

    ANY = "any"
    LOW = "low"  # few free units left, or none
    NONE = "none"
    RECOUNT = "recount"  # the number is known to be wrong
    SHOP = "shop"  # somebody changed its number in the web shop


@dataclass(frozen=True, slots=True)
class ProductFilter:
    """Which products to list, with the stock of one place ("" is the first)."""

    search: str = ""
    stock: Stock = Stock.ANY
    archived: bool = False  # archived ones too
    location_id: str = ""


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product and what its level has. `available` is what nobody has paid for: free.

    A bundle has no level: `on_hand` is how many its components' free units make here, and
    nothing of it is `allocated`.
    """

    id: str
    item_id: str  # whose level it draws on
    name: str
    sku: str
    barcode: str
    price_minor: int | None
    tracked: bool
    on_hand: int
    allocated: int
    recount: bool
    linked: bool  # name and price belong to the web shop
    archived: bool
    sellable: bool  # False for a parent whose variations are sold
    components: tuple[Component, ...] = ()  # what a bundle is made of

    @property
    def is_bundle(self) -> bool:
        """Whether it is made of other products."""
        return bool(self.components)

    @property
    def available(self) -> int:
        """Units on the shelf that nobody has paid for."""
        return self.on_hand - self.allocated

    @property
    def is_low(self) -> bool:
        """Whether few units are free, or none."""
        return self.tracked and self.available <= LOW_STOCK


@dataclass(frozen=True, slots=True)
class Waiting:
    """An order that wants units of an item and does not hold them; `is_paid`: it stands in the queue."""

    order_id: str
    number: str
    customer: str
    is_paid: bool
    units: int


@dataclass(frozen=True, slots=True)
class LowItem:
    """An item that runs out; `free` units are left that nobody has paid for."""

    product_id: str
    name: str
    free: int


@lru_cache(maxsize=64)
def _sql(what: str, source: str, where: str, tail: str) -> str:
    return f"SELECT {what} FROM {source} {_STOCK} WHERE {where} {tail}"


class ProductsSource:
    """Products of one filter by name: rows for a window model."""

    def __init__(self, reader: Reader, chosen: ProductFilter) -> None:
        """Ask one reader; another filter is another source."""
        self._reader, self.filter = reader, chosen
        self.location_id = chosen.location_id or first_place(reader)
        self._source, hits = _hits(chosen.search)
        self._before = hits
        terms = ["1"] if chosen.archived else ["p.archived = 0"]
        terms += {
            Stock.ANY: [],
            Stock.LOW: [_IS_LOW],
            Stock.NONE: [f"{_KEEPS_STOCK} AND {_FREE} <= 0"],
            Stock.RECOUNT: ["v.recount = 1"],
            Stock.SHOP: [_CHANGED],
        }[chosen.stock]
        self._where = " AND ".join(terms)

    def _parameters(self, *more: Any) -> tuple[Any, ...]:
        return (*self._before, self.location_id, *more)

    def count(self) -> int:
        """Say how many products there are."""
        return int(self._reader.value(_sql("COUNT(*)", self._source, self._where, ""), self._parameters()))

    def page_after(self, key: Key | None, limit: int) -> Sequence[ProductRow]:
        """Give the next products after the key, from the first name with None."""
        sql = _sql(_COLUMNS, self._source, self._where, f"{_after(key)} LIMIT ?")
        found = self._reader.rows(sql, self._parameters(*(key or ()), min(limit, PAGE_ROWS)))
        return [_row(self._reader, self.location_id, row) for row in found]

    def skip(self, key: Key | None, rows: int) -> Key | None:
        """Give the key so many rows further on; the offset counts from a key."""
        sql = _sql("p.name, p.id", self._source, self._where, f"{_after(key)} LIMIT 1 OFFSET ?")
        found = self._reader.row(sql, self._parameters(*(key or ()), rows - 1))
        return None if found is None else (found[0], found[1])

    def key_of(self, row: ProductRow) -> Key:
        """Give the key of a row."""
        return row.name, row.id

    def id_of(self, row: ProductRow) -> str:
        """Give the id of a row."""
        return row.id


def _after(key: Key | None) -> str:
    keyed = "AND (p.name COLLATE NOCASE, p.id) > (?, ?) " if key is not None else ""
    return f"{keyed}ORDER BY p.name COLLATE NOCASE, p.id"


def _row(reader: Reader, location_id: str, row: tuple[Any, ...]) -> ProductRow:
    flags = [bool(flag) for flag in (row[6], *row[9:13])]
    units = (row[7], row[8])
    parts: tuple[Component, ...] = ()
    if row[13] != "{}":
        parts = components_of(reader, row[13], location_id)
        flags[0] = any(part.tracked for part in parts)
        units = (whole_bundles(parts), 0)
    return ProductRow(*(*row[:6], flags[0], *units, *flags[1:], parts))


_HITS = {
    "code": "SELECT id FROM product WHERE sku >= ? AND sku < ?",
    "upper": "SELECT id FROM product WHERE sku >= ? AND sku < ?",
    "barcode": "SELECT id FROM product WHERE barcode = ?",
    "name": "SELECT p.id FROM product_names f CROSS JOIN product p ON p.rowid = f.rowid WHERE product_names MATCH ?",
    "short": "SELECT id FROM product WHERE name COLLATE NOCASE >= ? AND name COLLATE NOCASE < ?",
}


def _hits(text: str) -> tuple[str, tuple[str, ...]]:
    typed = tidy(text)
    if not typed:
        return "product p", ()
    found: dict[str, tuple[str, ...]] = {
        "code": begins(typed),
        "upper": begins(typed.upper()),
        "barcode": (typed,),
    }
    name = name_match(typed)
    if name:
        found["name"] = (name,)
    else:
        found["short"] = begins(typed)
    union = " UNION ".join(_HITS[kind] for kind in found)
    return f"({union}) h CROSS JOIN product p ON p.id = h.id", tuple(
        v for values in found.values() for v in values
    )


def product_row(reader: Reader, product_id: str, location_id: str = "") -> ProductRow | None:
    """One product as the list shows it."""
    source = ProductsSource(reader, ProductFilter(archived=True, location_id=location_id))
    found = reader.row(_sql(_COLUMNS, "product p", "p.id = ?", ""), (source.location_id, product_id))
    return None if found is None else _row(reader, source.location_id, found)


def low_items(reader: Reader, limit: int = PAGE_ROWS) -> tuple[LowItem, ...]:
    """What runs out in the first place, fewest free units first."""
    return tuple(LowItem(*row) for row in reader.rows(_LOWEST, (first_place(reader), limit)))


def first_place(reader: Reader) -> str:
    """The place that is shown where none was chosen, "" before a shop is opened."""
    places = reader.settings().locations
    return places[0].id if places else ""


def waiting_for(reader: Reader, item_id: str) -> tuple[Waiting, ...]:
    """Orders that want units of an item: paid ones in the order of the queue, then unpaid ones."""
    with reader.snapshot():
        short = reader.rows(_SHORT_ORDERS, (item_id, item_path(item_id)))
        found = [*short, *reader.rows(_UNPAID_ORDERS, (item_id,))]
    return tuple(
        Waiting(order_id, number, customer, status != "OPEN", units)
        for order_id, number, customer, status, units in found
    )
