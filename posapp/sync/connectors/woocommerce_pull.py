"""One pull of a WooCommerce shop: products, variations, orders, and what lies in the trash."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta

import msgspec

from posapp.sync.connectors.http import Caller, NotOffered, parsed
from posapp.sync.connectors.reading import parse_time, stamp_text
from posapp.sync.connectors.woocommerce_goods import Goods
from posapp.sync.connectors.woocommerce_read_product import is_parent
from posapp.sync.connectors.woocommerce_walk import (
    API,
    OVERLAP,
    PER_PAGE,
    Batch,
    PagingBroken,
    Row,
    moved,
    pages_of,
    server_time,
    since,
    walk,
)
from posapp.sync.connectors.woocommerce_wire import Order, Product, gone_item, order_item, state_of
from posapp.sync.feed import Page, RawItem

REMEMBERED = 300  # records of the overlap that need not be told again
UNLISTED = "-"  # the shop has no list of all variations: they are read parent by parent
PARENTS_AGAIN = timedelta(hours=6)

Pack = Callable[[tuple[Row, ...], datetime], Awaitable[list[RawItem]]]


class Cursor(msgspec.Struct):
    """Where a feed stands: the newest stamp stored of each collection, by the shop's clock.

    `seen` tells for the records of each overlap which state was stored already.
    """

    done: bool = False  # the first pull went through to its end
    products: str = ""
    variations: str = ""
    orders: str = ""
    trash: str = ""
    product_trash: str = ""
    parents_at: str = ""
    seen: dict[str, dict[str, str]] = {}


def cursor_of(text: str) -> Cursor:
    """Read a cursor; one that is none starts anew, which reads twice but misses nothing."""
    try:
        return msgspec.json.decode(text or "{}", type=Cursor)
    except msgspec.MsgspecError:
        return Cursor()


class Pull:
    """Brings pages from a cursor to the high-water mark. Each page carries the cursor to store with it."""

    def __init__(self, caller: Caller, goods: Goods, cursor: Cursor) -> None:
        self._caller, self._goods, self._cursor = caller, goods, cursor
        self._seen_at = datetime.min.replace(tzinfo=UTC)
        self._total: int | None = None

    async def pages(self) -> AsyncIterator[Page]:
        """Yield all pages; the last one is empty and says that the mark is reached."""
        if not self._cursor.done:
            await self._begin()
        parts = (
            self._collection("products", "/products", "any", self._products),
            self._collection("product_trash", "/products", "trash", self._trashed_products),
            self._variations(),
            self._collection("orders", "/orders", "any", self._orders),
            self._collection("trash", "/orders", "trash", self._orders),
        )
        for part in parts:
            async for page in part:
                yield page
        self._cursor.done = True
        yield Page((), self._text(), self._seen_at, self._total)

    async def _begin(self) -> None:
        """At a first pull, ask how much there is to come, and what time it is there."""
        cursor = self._cursor
        counts = [
            await self._count("/products", cursor.products),
            await self._count("/variations", cursor.variations),
            await self._count("/orders", cursor.orders),
        ]
        self._total = sum(counts)
        # What was thrown away before the till came is no news.
        cursor.trash = cursor.trash or stamp_text(self._seen_at)
        cursor.product_trash = cursor.product_trash or stamp_text(self._seen_at)

    async def _count(self, path: str, after: str) -> int:
        answer = await self._caller.get(API + path, {"per_page": "1", "_fields": "id", **since(after)})
        if answer.status not in (400, 404):
            parsed(answer, self._caller, list[msgspec.Raw])
            self._seen_at = max(self._seen_at, server_time(answer, after))
        return answer.count("x-wp-total") or 0

    async def _collection(self, name: str, path: str, status: str, pack: Pack) -> AsyncIterator[Page]:
        after: str = getattr(self._cursor, name)
        async for batch in walk(self._caller, path, {"status": status}, after):
            self._seen_at = max(self._seen_at, batch.seen_at)
            states = {row.head.remote_id: _state(path, row) for row in batch.rows if row.head.remote_id}
            known = self._cursor.seen.get(name, {})
            changed = tuple(row for row in batch.rows if _is_news(row, known, states))
            items = await pack(changed, batch.seen_at)
            for some in _chunks(items)[:-1]:
                yield Page(some, self._text(), batch.seen_at, self._total)
            moved = self._move(name, batch, known | states)
            if items or moved:
                yield Page(_chunks(items)[-1], self._text(), batch.seen_at, self._total)

    def _move(self, name: str, batch: Batch, states: dict[str, str]) -> bool:
        """Move the cursor past a batch; False where it stands as before."""
        cursor, before = self._cursor, self._text()
        setattr(cursor, name, batch.after)
        oldest = moved(batch.after, -OVERLAP) if batch.after else ""
        recent = sorted(((state, one) for one, state in states.items() if state >= oldest), reverse=True)
        cursor.seen[name] = {one: state for state, one in recent[:REMEMBERED]}
        return self._text() != before

    async def _products(self, rows: tuple[Row, ...], seen_at: datetime) -> list[RawItem]:
        for row in rows:
            self._goods.learn(row)
        items = await self._goods.pack(rows, seen_at)
        for row in rows:
            # At the very first pull the list of all variations follows; later a parent's new name is theirs.
            if self._cursor.variations and is_parent(row.head.type) and row.head.remote_id:
                items += await self._goods.variations_of(row.head.remote_id, seen_at)
        return items

    async def _trashed_products(self, rows: tuple[Row, ...], seen_at: datetime) -> list[RawItem]:
        items = await self._goods.pack(rows, seen_at)
        lost = [one for row in rows for one in row.head.variation_ids]
        return items + [gone_item("product", one, seen_at) for one in lost]

    async def _variations(self) -> AsyncIterator[Page]:
        cursor = self._cursor
        if cursor.variations != UNLISTED:
            try:
                async for page in self._collection("variations", "/variations", "any", self._goods.pack):
                    yield page
            except (NotOffered, PagingBroken):
                cursor.variations = UNLISTED
        if cursor.variations == UNLISTED and self._parents_are_due():
            async for items in self._goods.of_all_parents(self._seen_at):
                for some in _chunks(items):
                    yield Page(some, self._text(), self._seen_at, self._total)
            cursor.parents_at = stamp_text(self._seen_at)

    def _parents_are_due(self) -> bool:
        last = parse_time(self._cursor.parents_at)
        return last is None or self._seen_at - last >= PARENTS_AGAIN

    async def _orders(self, rows: tuple[Row, ...], seen_at: datetime) -> list[RawItem]:
        return [await with_refunds(self._caller, row, seen_at) for row in rows]

    def _text(self) -> str:
        return msgspec.json.encode(self._cursor).decode()


async def with_refunds(caller: Caller, row: Row, seen_at: datetime) -> RawItem:
    """Pack an order; one that names refunds with those, for the order itself tells only their sums."""
    if not row.head.refunds or not row.head.remote_id:
        return order_item(row.raw, b"[]", seen_at)
    listed: list[bytes] = []
    try:
        async for rows in pages_of(caller, f"/orders/{row.head.remote_id}/refunds", {}):
            listed += [refund.raw for refund in rows]
    except NotOffered:
        return gone_item("order", row.head.remote_id, seen_at)  # deleted since the list was made
    return order_item(row.raw, b"[" + b",".join(listed) + b"]", seen_at)


def _state(path: str, row: Row) -> str:
    shape = Order if path == "/orders" else Product
    return f"{row.head.stamp} {state_of(row.raw, shape)[:12]}"


def _is_news(row: Row, known: dict[str, str], states: dict[str, str]) -> bool:
    return not row.head.remote_id or known.get(row.head.remote_id) != states[row.head.remote_id]


def _chunks(items: list[RawItem]) -> list[tuple[RawItem, ...]]:
    """Cut into pages of at most 100; one empty page where there is nothing."""
    return [tuple(items[start : start + PER_PAGE]) for start in range(0, max(len(items), 1), PER_PAGE)]
