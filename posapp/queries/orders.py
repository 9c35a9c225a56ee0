"""The list of orders: filtered, searched, sorted, read a page at a time by key."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from posapp.db.rows import from_text, to_text
from posapp.domain.orders import Channel
from posapp.domain.standing import FulfilmentMark, PaymentMark
from posapp.queries import order_conditions as conditions
from posapp.queries.days import day_of
from posapp.queries.heads import LISTED, OrderRow, order_rows
from posapp.queries.reader import Reader
from posapp.queries.sales import span_texts
from posapp.queries.search import order_hits

Key = tuple[Any, ...]  # the sort's columns as stored, the id last
PAGE_ROWS = 256


class View(StrEnum):
    """The saved views above the list."""

    TODAY = "today"
    TO_PREPARE = "to_prepare"
    AWAITING = "awaiting"
    ALL = "all"


class DateOf(StrEnum):
    """What a date in a filter is the date of."""

    PLACED = "placed"
    CONFIRMED = "confirmed"  # when money of it became a sale: paid in full, paid more, reopened


class Sort(StrEnum):
    """In which order orders are listed."""

    NEWEST = "newest"  # by when they were placed
    OLDEST = "oldest"
    LARGEST = "largest"  # by their total
    SMALLEST = "smallest"


_BY_AGE, _BY_TOTAL = ("o.placed_at", "o.id"), ("o.total_minor", "o.placed_at", "o.id")
_SORTS = {
    Sort.NEWEST: (_BY_AGE, "DESC"),
    Sort.OLDEST: (_BY_AGE, "ASC"),
    Sort.LARGEST: (_BY_TOTAL, "DESC"),
    Sort.SMALLEST: (_BY_TOTAL, "ASC"),
}


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """Which orders to list, and in which order. `at` is the moment of asking; the view TODAY needs it.

    `from_at` (included) and `to_at` (not included), aware UTC, bound what `date_of` names. By CONFIRMED an
    order is listed on every day on which Total Sales counts something of it, so that a list holds what a
    figure of sales counted.
    """

    view: View = View.ALL
    status: FulfilmentMark | None = None
    payment: PaymentMark | None = None
    channel: Channel | None = None
    from_at: datetime | None = None
    to_at: datetime | None = None
    search: str = ""
    at: datetime | None = None
    date_of: DateOf = DateOf.PLACED
    sort: Sort = Sort.NEWEST


@dataclass(frozen=True, slots=True)
class OrdersSummary:
    """The line above the list: so many orders, so many paid, with what sum."""

    orders: int
    paid: int
    paid_minor: int  # what the paid ones have brought and not got back
    total_minor: int  # of all, as they stand
    sales_minor: int | None = (
        None  # what of theirs became sales in the time, where that is what was asked for
    )


@dataclass(frozen=True, slots=True)
class _Question:
    """A filter as SQL: what drives it, its condition, and their parameters."""

    source: str
    where: str
    parameters: tuple[Any, ...] = field(default=())


@lru_cache(maxsize=256)
def _page_sql(source: str, where: str, driven: bool, keyed: bool, sort: Sort) -> str:
    after, order = _order_sql(keyed, sort)
    if not driven:
        contact = "LEFT JOIN contact c ON c.id = o.contact_id"
        return f"SELECT {LISTED} FROM {source} {contact} WHERE {where}{after} {order} LIMIT ?"
    keys = (
        f"SELECT o.id FROM {source} WHERE {where}{after} {order} LIMIT ?"  # sorted before anything is joined
    )
    return (
        f"WITH k AS MATERIALIZED ({keys}) SELECT {LISTED} FROM k CROSS JOIN orders o ON o.id = k.id "
        f"LEFT JOIN contact c ON c.id = o.contact_id {order}"
    )


def _order_sql(keyed: bool, sort: Sort) -> tuple[str, str]:
    """The condition that goes on after a key, and the order."""
    columns, way = _SORTS[sort]
    places = ", ".join("?" * len(columns))
    after = f" AND ({', '.join(columns)}) {'<' if way == 'DESC' else '>'} ({places})" if keyed else ""
    return after, f"ORDER BY {', '.join(f'{column} {way}' for column in columns)}"


@lru_cache(maxsize=256)
def _skip_sql(source: str, where: str, keyed: bool, sort: Sort) -> str:
    """The key some rows further on. The offset is counted from a key and bounded by the caller's step."""
    after, order = _order_sql(keyed, sort)
    return f"SELECT {', '.join(_SORTS[sort][0])} FROM {source} WHERE {where}{after} {order} LIMIT 1 OFFSET ?"


class OrdersSource:
    """Orders of one filter, in its order: rows for a window model."""

    def __init__(self, reader: Reader, chosen: OrderFilter) -> None:
        """Ask one reader; another filter is another source."""
        self._reader, self.filter = reader, chosen
        self._question = question(reader, chosen)

    def count(self) -> int:
        """Say how many orders there are."""
        asked = self._question
        sql = f"SELECT COUNT(*) FROM {asked.source} WHERE {asked.where}"
        return int(self._reader.value(_COUNT_ALL if asked == _ALL else sql, asked.parameters))

    def page_after(self, key: Key | None, limit: int) -> Sequence[OrderRow]:
        """Give the next orders after the key, from the first with None."""
        asked = self._question
        sql = _page_sql(asked.source, asked.where, asked.source != ORDERS, key is not None, self.filter.sort)
        with self._reader.snapshot():
            found = self._reader.rows(sql, (*asked.parameters, *(key or ()), min(limit, PAGE_ROWS)))
            return order_rows(self._reader, found)

    def skip(self, key: Key | None, rows: int) -> Key | None:
        """Give the key so many rows further on; None when there are not so many."""
        asked = self._question
        sql = _skip_sql(asked.source, asked.where, key is not None, self.filter.sort)
        found = self._reader.row(sql, (*asked.parameters, *(key or ()), rows - 1))
        return None if found is None else tuple(found)

    def key_of(self, row: OrderRow) -> Key:
        """Give the key of a row."""
        by_age = to_text(row.placed_at), row.id
        return by_age if _SORTS[self.filter.sort][0] is _BY_AGE else (row.total_minor, *by_age)

    def id_of(self, row: OrderRow) -> str:
        """Give the id of a row."""
        return row.id


ORDERS = "orders o"
_ALL = _Question(ORDERS, "1")
_COUNT_ALL = (
    "SELECT COALESCE(MAX(rowid), 0) FROM orders"  # no order is ever deleted: the last one's place is it
)


def question(reader: Reader, chosen: OrderFilter) -> _Question:
    """Make SQL of a filter. What narrows most drives it, so that nothing is scanned for a few rows."""
    source, terms = ORDERS, list[str]()
    parameters: list[Any] = []
    for sql, values in _drivers(reader, chosen):
        if source == ORDERS:
            source = f"({sql}) h CROSS JOIN orders o ON o.id = h.id"
        else:
            terms.append(f"o.id IN ({sql})")
        parameters.extend(values)
    if chosen.view in conditions.VIEWS:
        terms.append(conditions.VIEWS[chosen.view])
    if chosen.status is not None:
        terms.append(conditions.FULFILMENT[chosen.status])
    if chosen.payment is not None:
        terms.append(conditions.PAYMENT[chosen.payment])
    if chosen.channel is not None:
        terms.append("o.channel = ?")
        parameters.append(str(chosen.channel))
    if chosen.date_of is DateOf.PLACED:
        for bound, term in zip(_bounds(reader, chosen), ("o.placed_at >= ?", "o.placed_at < ?"), strict=True):
            if bound is not None:
                terms.append(term)
                parameters.append(to_text(bound))
    return _Question(source, " AND ".join(terms) or "1", tuple(parameters))


def _drivers(reader: Reader, chosen: OrderFilter) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Ids of the few orders a filter can mean, each with its parameters, the narrowest first."""
    if chosen.search.strip():
        hits = order_hits(chosen.search, reader.settings().currency)
        yield hits.sql, hits.parameters
    if chosen.view in conditions.DRIVERS:
        yield conditions.DRIVERS[chosen.view], ()
    span = _sales_span(reader, chosen)
    if span is not None:
        yield conditions.SOLD_BETWEEN, (*span, *span)


def _sales_span(reader: Reader, chosen: OrderFilter) -> tuple[str, str] | None:
    """The time in which something became a sale, as stored; None where a filter does not ask for that."""
    from_at, to_at = _bounds(reader, chosen)
    if chosen.date_of is not DateOf.CONFIRMED or (from_at is None and to_at is None):
        return None
    return span_texts(from_at, to_at)


def _bounds(reader: Reader, chosen: OrderFilter) -> tuple[datetime | None, datetime | None]:
    if chosen.view != View.TODAY:
        return chosen.from_at, chosen.to_at
    if chosen.at is None:
        raise ValueError("the view of today needs to be told the time")
    today = day_of(chosen.at, reader.settings().time_zone)
    return chosen.from_at or today.from_at, chosen.to_at or today.to_at


def orders_summary(reader: Reader, chosen: OrderFilter) -> OrdersSummary:
    """Sum up a filter. Over a long time this reads many orders: ask it on a thread of its own."""
    asked = question(reader, chosen)
    sql = (
        "SELECT COUNT(*), COALESCE(SUM(o.payment_mark = 'paid'), 0), "
        "COALESCE(SUM(CASE WHEN o.payment_mark = 'paid' THEN o.paid_minor END), 0), COALESCE(SUM(o.total_minor), 0) "
        f"FROM {asked.source} WHERE {asked.where}"
    )
    found = reader.row(sql, asked.parameters)
    assert found is not None, "an aggregate always has a row"
    return replace(OrdersSummary(*found), sales_minor=_sales_minor(reader, chosen, asked))


def _sales_minor(reader: Reader, chosen: OrderFilter, asked: _Question) -> int | None:
    """What of the listed orders became sales in the time that was asked for."""
    span = _sales_span(reader, chosen)
    if span is None:
        return None
    listed = f"SELECT o.id FROM {asked.source} WHERE {asked.where}"
    return int(reader.value(conditions.SALES_OF.format(listed=listed), (*asked.parameters, *span)))


def order_row(reader: Reader, order_id: str) -> OrderRow | None:
    """One order as the list shows it."""
    with reader.snapshot():
        sql = f"SELECT {LISTED} FROM {ORDERS} LEFT JOIN contact c ON c.id = o.contact_id WHERE o.id = ?"
        found = order_rows(reader, reader.rows(sql, (order_id,)))
    return found[0] if found else None


def newest_placed_at(reader: Reader) -> datetime | None:
    """When the newest order was placed."""
    found = reader.value("SELECT placed_at FROM orders ORDER BY placed_at DESC, id DESC LIMIT 1")
    return None if found is None else from_text(found)
