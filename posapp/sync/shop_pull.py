"""One look at a web shop: everything up to its high-water mark, then applied in order."""

from collections.abc import Callable

from posapp.commands.command import Command
from posapp.domain.feed import ShopOrder, ShopProduct, Unreadable
from posapp.sync import inbox
from posapp.sync.applying import Applier
from posapp.sync.connections import Link, set_imported, set_notice
from posapp.sync.deriving import Dated, Setting
from posapp.sync.events import read
from posapp.sync.feed import Feed, RawItem, ShopFeed
from posapp.sync.goods import Catalogue, opening_command, taken_by_shop

OPENING_TRIES = 5
Progress = Callable[[int, int | None], None]


class ShopPull:
    """Pulls one shop; makes no decision of its own."""

    def __init__(self, feed: ShopFeed, link: Link, applier: Applier, progress: Progress) -> None:
        """Work for one connection."""
        self.feed, self.link, self.applier, self.desk = feed, link, applier, applier.desk
        self.progress = progress
        self.seen_at = self.desk.clock()  # until the server has told its own time
        self.cursor = link.cursor
        self.pulled = 0
        self.skew_s: float | None = None  # the till's clock less the shop's

    async def take_over(self, providers: frozenset[str]) -> tuple[list[Dated], list[ShopOrder]]:
        """Take the catalogue over, open stock, and say which events wait to be carried out."""
        await self.applier.products(self.feed, self.link.id)
        orders = await self._orders_waiting()
        await self._fetch_unknown_products(orders)
        await self._open_stock()
        orders = await self._orders_waiting()
        catalogue = await self._catalogue()
        setting = Setting(
            self.link.id, self.link.location_id, catalogue.ids, providers, importing=not self.link.imported
        )
        notices: list[str] = []
        events = await self.applier.orders(self.feed, setting, self.link.about.currency, notices.append)
        if notices:
            await self.desk.write(lambda c: set_notice(c, self.link.id, notices[0]))
        return events, orders

    async def done(self) -> None:
        """Everything of this look is applied: the first import is whole."""
        if not self.link.imported:
            await self.desk.write(lambda c: set_imported(c, self.link.id))

    async def pull(self) -> int:
        """Store every page up to the mark; gives how many orders were news."""
        news_of_orders = 0
        async for page in self.feed.pages(self.cursor):
            now = self.desk.clock()
            apart_s = (now - page.seen_at).total_seconds()
            # An answer that took long looks like a clock that is ahead: the promptest one tells.
            self.skew_s = apart_s if self.skew_s is None else min(self.skew_s, apart_s)
            news = await self.desk.write(inbox.store_page(self.link.id, page, now))
            self.cursor, self.seen_at = page.cursor, page.seen_at
            self.pulled += len(page.items)
            self.applier.counts.pulled += len(page.items)
            self.applier.counts.already_known += len(page.items) - news
            news_of_orders += news if any(item.kind == "order" for item in page.items) else 0
            self.progress(self.pulled, page.total)
        return news_of_orders

    async def _orders_waiting(self) -> list[ShopOrder]:
        """The newest state of each order that waits in the inbox."""
        rows = await self.desk.write(lambda c: inbox.waiting(c, self.link.id, "order"))
        good, _ = await read(self.feed, rows, ShopOrder)
        newest: dict[str, tuple[str, int, ShopOrder]] = {}
        for row, order in good:
            known = newest.get(order.remote_id)
            if known is None or (row.item.stamp, row.seq) > known[:2]:
                newest[order.remote_id] = (row.item.stamp, row.seq, order)
        return [order for *_, order in newest.values()]

    async def _catalogue(self) -> Catalogue:
        return await self.desk.write(lambda c: Catalogue(c, self.link.id))

    async def _fetch_unknown_products(self, orders: list[ShopOrder]) -> None:
        """Ask for products that orders name and the till has not seen."""
        known = (await self._catalogue()).ids
        named = {line.variation_id or line.product_id for order in orders for line in order.lines}
        unknown = sorted(named - set(known) - {"", "0"}, key=int)
        if unknown:
            await self._ask(unknown)
            await self.applier.products(self.feed, self.link.id)

    async def _ask(self, remote_ids: list[str]) -> list[RawItem]:
        items = [item async for item in self.feed.products(remote_ids)]
        await self.desk.write(inbox.store_items(self.link.id, items, self.seen_at, self.desk.clock()))
        return items

    async def _open_stock(self) -> None:
        """Open what is tracked and was never opened, on numbers that agree with the orders read.

        A sale between reading the numbers and reading the orders would be counted twice:
        so the orders are read again after the numbers, until nothing came in between.
        """
        catalogue = await self._catalogue()
        carriers = [
            r
            for r, ours in catalogue.ids.items()
            if catalogue.items[r] == ours and ours not in catalogue.opened
        ]
        if not carriers:
            return
        items: list[RawItem] = []
        for _ in range(OPENING_TRIES):
            items = await self._ask(sorted(carriers, key=int))
            if await self.pull() == 0:
                break
        await self.applier.products(self.feed, self.link.id)
        await self._open(_quantities(self.feed, items), await self._catalogue())

    async def _open(self, quantities: dict[str, int], catalogue: Catalogue) -> None:
        orders = await self._orders_waiting()
        taken = taken_by_shop(orders, catalogue, importing=not self.link.imported)
        batch: list[Command] = []
        for remote_id, quantity in quantities.items():
            item = catalogue.items.get(remote_id, "")
            if item and item == catalogue.ids[remote_id] and item not in catalogue.opened:
                units = quantity + taken.get(item, 0)
                batch.append(opening_command(item, self.link.location_id, units, self.seen_at))
        await self.desk.run_batch([(command, None) for command in batch])


def _quantities(feed: Feed, items: list[RawItem]) -> dict[str, int]:
    """The shop's numbers of products that keep one."""
    numbers: dict[str, int] = {}
    for item in items:
        try:
            product = feed.read(item)
        except Unreadable:
            continue
        if isinstance(product, ShopProduct) and product.tracking.kept_by == "self":
            numbers[product.remote_id] = product.tracking.quantity
    return numbers
