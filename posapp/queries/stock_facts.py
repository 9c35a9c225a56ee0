"""Stock and sales as scripts read them, under their documented names."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from sqlite3 import Connection

import msgspec

from posapp.db.rows import to_text
from posapp.queries.days import zone_of
from posapp.queries.reader import Reader
from posapp.queries.sales import total_sales

_LEVELS = (
    "SELECT p.sku, p.name, l.name, coalesce(v.on_hand, 0), coalesce(v.allocated, 0), coalesce(v.recount, 0), "
    "l.id, coalesce(nullif(p.item_id, ''), p.id), p.barcode, p.price_minor, p.archived, p.components "
    "FROM product p CROSS JOIN location l "
    "LEFT JOIN level v ON v.item_id = coalesce(nullif(p.item_id, ''), p.id) AND v.location_id = l.id "
    "WHERE p.track_stock = 1 AND (l.id = ?1 OR ?1 = '' "
    "AND (v.id IS NOT NULL OR p.components <> '{}' OR l.rowid = (SELECT min(rowid) FROM location))) "
)
_LISTED = "AND p.sellable = 1 AND (p.archived = 0 OR v.on_hand > 0) ORDER BY p.sku, p.name, p.id, l.rowid"
_CONFIRMED = "SELECT count(*) FROM orders WHERE confirmed_at >= ? AND confirmed_at < ?"
_GIVEN_BACK = (
    "SELECT coalesce(sum(p.amount_minor), 0) FROM part p JOIN refund r ON r.id = p.refund_id "
    "WHERE p.state <> 'FAILED' AND r.decided_at >= ? AND r.decided_at < ?"
)
_ONE = "AND p.id = ?2 ORDER BY l.rowid"
_PARTS = (
    "SELECT p.sku, p.name, j.value, p.track_stock, coalesce(nullif(p.item_id, ''), p.id), "
    "coalesce(v.on_hand - v.allocated, 0) FROM json_each(?1) j CROSS JOIN product p ON p.id = j.key "
    "LEFT JOIN level v ON v.id = coalesce(nullif(p.item_id, ''), p.id) || '@' || ?2 ORDER BY p.sku, p.name, p.id"
)


class PartFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Units of one product in a bundle."""

    sku: str
    name: str
    units: int


class StockFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What one location has of one product. Variations that share one stock number show the same `item`.

    A bundle has `components` and no stock of its own: as many are available as their free units make.
    """

    sku: str
    location: str
    on_hand: int
    allocated: int
    available: int
    name: str
    recount: bool  # its number is known to be wrong: somebody must count
    item: str
    barcode: str
    price_minor: int | None
    archived: bool
    components: tuple[PartFacts, ...] = ()


def stock_facts(connection: Connection, product_id: str = "", location_id: str = "") -> Iterator[StockFacts]:
    """Every tracked product, or one of them, everywhere or in one location; one never counted has 0."""
    parameters = (location_id, product_id) if product_id else (location_id,)
    for row in connection.execute(_LEVELS + (_ONE if product_id else _LISTED), parameters):
        sku, name, location, on_hand, allocated, recount, place, item, barcode, price, archived, made_of = row
        parts: tuple[PartFacts, ...] = ()
        if made_of != "{}":
            parts, on_hand = _parts(connection, made_of, place)
        yield StockFacts(
            sku=sku,
            location=location,
            on_hand=on_hand,
            allocated=allocated,
            available=on_hand - allocated,
            name=name,
            recount=bool(recount),
            item=item,
            barcode=barcode,
            price_minor=price,
            archived=bool(archived),
            components=parts,
        )


def _parts(connection: Connection, made_of: str, location_id: str) -> tuple[tuple[PartFacts, ...], int]:
    """What a bundle is made of, and how many of it the free units in a location make."""
    rows = connection.execute(_PARTS, (made_of, location_id)).fetchall()
    needed: dict[str, int] = {}
    for _, _, units, tracked, item, _ in rows:
        if tracked:
            needed[item] = needed.get(item, 0) + units
    free = {item: left for _, _, _, _, item, left in rows}
    whole = min((free[item] // units for item, units in needed.items()), default=0)
    return tuple(PartFacts(sku=row[0], name=row[1], units=row[2]) for row in rows), whole


class SalesFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Total Sales of some days, in minor units of `currency`."""

    total_sales_minor: int
    refunds_minor: int  # what refunds took off Total Sales
    orders: int  # confirmed in these days
    sales_minor: int  # Total Sales before refunds
    given_back_minor: int  # all money that refunds decided in these days gave back
    currency: str
    time_zone: str
    first_day: str | None
    last_day: str | None


def sales_facts(reader: Reader, first: date | None = None, last: date | None = None) -> SalesFacts:
    """Add up whole days of the shop's own time zone, both days included; None: no end on that side."""
    settings = reader.settings()
    zone = zone_of(settings.time_zone)
    begin = datetime.combine(first, time(), zone) if first else None
    end = datetime.combine(last + timedelta(days=1), time(), zone) if last else None
    total = total_sales(reader, begin, end)
    bounds = (to_text(begin) if begin else "", to_text(end) if end else "~")
    return SalesFacts(
        total_sales_minor=total.total_minor,
        refunds_minor=total.refunds_minor,
        orders=reader.value(_CONFIRMED, bounds),
        sales_minor=total.sales_minor,
        given_back_minor=reader.value(_GIVEN_BACK, bounds),
        currency=settings.currency,
        time_zone=settings.time_zone,
        first_day=first.isoformat() if first else None,
        last_day=last.isoformat() if last else None,
    )
