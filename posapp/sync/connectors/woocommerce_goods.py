"""Products and variations of a WooCommerce shop, asked for by id or by parent."""

from collections.abc import AsyncIterator, Iterable
from datetime import datetime

import msgspec

from posapp.sync.connectors.http import Answer, Caller, NotOffered
from posapp.sync.connectors.reading import BROKEN, clean_text
from posapp.sync.connectors.woocommerce_read_product import is_parent, is_variation
from posapp.sync.connectors.woocommerce_walk import API, PER_PAGE, Row, pages_of, rows_of, server_time
from posapp.sync.connectors.woocommerce_wire import Text, gone_item, head_of, product_item
from posapp.sync.feed import RawItem


class _Named(msgspec.Struct):
    name: Text = None


class Goods:
    """Reads goods, and remembers the parents' names, which a variation is told by."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller
        self._names: dict[str, str] = {}

    def learn(self, row: Row) -> None:
        """Take note of a parent's name as it is now."""
        if is_parent(row.head.type):
            self._names[row.head.remote_id] = _name_in(row.raw)

    async def pack(self, rows: Iterable[Row], seen_at: datetime) -> list[RawItem]:
        """Pack products and variations, each variation with the name of its parent."""
        rows = tuple(rows)
        await self._learn_parents({_parent_of(row) for row in rows} - {""})
        return [product_item(row.raw, self._names.get(_parent_of(row), ""), seen_at) for row in rows]

    async def variations_of(self, parent_id: str, seen_at: datetime) -> list[RawItem]:
        """Read all variations of one product."""
        items: list[RawItem] = []
        async for rows in pages_of(self._caller, f"/products/{parent_id}/variations", {}):
            items += await self.pack(rows, seen_at)
        return items

    async def of_all_parents(self, seen_at: datetime) -> AsyncIterator[list[RawItem]]:
        """Read the variations of every variable product: slow, for shops without a list of them."""
        parents: list[Row] = []
        async for rows in pages_of(self._caller, "/products", {"type": "variable"}):
            parents += [row for row in rows if row.head.remote_id]
        for row in parents:
            self.learn(row)
            yield await self.variations_of(row.head.remote_id, seen_at)

    async def fresh(self, remote_ids: Iterable[str]) -> AsyncIterator[RawItem]:
        """Read these products and variations now; what the shop no longer has is "gone"."""
        wanted = sorted({one for one in remote_ids if one.isascii() and one.isdigit()}, key=int)
        for start in range(0, len(wanted), PER_PAGE):
            missing = wanted[start : start + PER_PAGE]
            for path in ("/products", "/variations"):
                for item in await self._included(path, missing):
                    missing = [one for one in missing if one != item.remote_id]
                    yield item
            for one in missing:
                yield await self._single(one)

    async def ids(self) -> frozenset[str]:
        """The id of every product and variation, trash included."""
        found: set[str] = set()
        for status in ("any", "trash"):
            params = {"status": status, "_fields": "id,variations"}
            async for rows in pages_of(self._caller, "/products", params):
                found |= {one for row in rows for one in (row.head.remote_id, *row.head.variation_ids)}
        return frozenset(found - {""})

    async def _included(self, path: str, ids: list[str]) -> list[RawItem]:
        if not ids:
            return []
        params = {"include": ",".join(ids), "per_page": str(PER_PAGE)}
        answer = await self._caller.get(API + path, params)
        try:
            rows = rows_of(answer, self._caller)
        except NotOffered:  # an older WooCommerce has no list of all variations
            return []
        asked = [row for row in rows if row.head.remote_id in ids]
        for row in asked:
            self.learn(row)
        return await self.pack(asked, server_time(answer, ""))

    async def _single(self, remote_id: str) -> RawItem:
        answer = await self._caller.get(f"{API}/products/{remote_id}")
        if is_gone(answer):
            return gone_item("product", remote_id, server_time(answer, ""))
        if answer.status != 200 or not answer.is_json:
            raise self._caller.unavailable(answer)
        row = Row(head_of(answer.body), answer.body)
        return (await self.pack([row], server_time(answer, "")))[0]

    async def _learn_parents(self, ids: set[str]) -> None:
        unknown = sorted(ids - self._names.keys())
        for start in range(0, len(unknown), PER_PAGE):
            some = ",".join(unknown[start : start + PER_PAGE])
            answer = await self._caller.get(f"{API}/products", {"include": some, "per_page": str(PER_PAGE)})
            for row in rows_of(answer, self._caller):
                self._names[row.head.remote_id] = _name_in(row.raw)


def is_gone(answer: Answer) -> bool:
    """True when the shop says that it has no such record; not when it only lacks the plugin or the page."""
    if answer.status != 404 or not answer.is_json:
        return False
    try:
        told = msgspec.json.decode(answer.body, type=dict[str, object])
    except BROKEN:
        return False
    return str(told.get("code", "")).endswith("_invalid_id")


def _parent_of(row: Row) -> str:
    text = str(row.head.parent_id)
    usable = is_variation(row.head.type) and text.isascii() and text.isdigit() and len(text) < 19
    return text if usable else ""


def _name_in(raw: bytes) -> str:
    try:
        return clean_text(msgspec.json.decode(raw, type=_Named).name)
    except BROKEN:
        return ""
