"""A web shop made of a script, as large as wanted: every order paid, three lines each."""

import time
from collections.abc import AsyncIterator, Iterable
from datetime import datetime, timedelta

import msgspec

from posapp.commands.shop import MAIN_LOCATION
from posapp.desk import Desk
from posapp.domain.feed import Contact, Reading, ShopCharge, ShopLine, ShopOrder, ShopProduct, Tracking
from posapp.sync.connections import About, Link, links, save_link
from posapp.sync.feed import OrderSummary, Page, RawItem, Verdict
from posapp.sync.round import Report, Round
from scripts.bench import shop

PAGE = 100
SOLD_OUT = shop.PRODUCTS + 1  # the shop's id of a product of which there is nothing
FEED = "bench"
FIRST_AT = shop.OPENED - timedelta(hours=6)
STEP = timedelta(seconds=1)  # from one order to the next
SEEN_AT = shop.OPENED + timedelta(days=1)
_KINDS: dict[str, type[Reading]] = {"order": ShopOrder, "product": ShopProduct}


def web_order(n: int) -> ShopOrder:
    """Order n, placed a second after the one before, paid at once, being prepared."""
    placed_at = FIRST_AT + STEP * n
    lines = tuple(_line(n, at) for at in range(shop.LINES))
    return ShopOrder(
        remote_id=str(1_000 + n), key=f"key-{n}", shown_number=str(1_000 + n), status="processing", currency="NGN",
        total_minor=shop.LINES * shop.PRICE_MINOR, discount_minor=0, lines=lines, shipping=ShopCharge(),
        fees=ShopCharge(), placed_at=placed_at, modified_at=placed_at + timedelta(seconds=5),
        paid_at=placed_at + timedelta(seconds=5), completed_at=None, payment_method="bacs",
        payment_title="Bank transfer", transaction_id=f"T{n}",
        contact=Contact(f"Customer {n}", f"+23480{n:08d}", f"buyer{n}@example.test", f"{n} Lantern Street, Yaba"),
    )  # fmt: skip


def _line(n: int, at: int) -> ShopLine:
    remote_product = 1 + (n * shop.LINES + at) % shop.PRODUCTS
    return ShopLine(
        remote_id=f"{n}{at}", product_id=str(remote_product), variation_id="", sku=f"SKU-{remote_product}",
        name=f"Article {remote_product}", quantity=1, unit_price_minor=shop.PRICE_MINOR, net_minor=shop.PRICE_MINOR,
        taxes={}, taken_by_shop=1,
    )  # fmt: skip


def short_order(n: int) -> ShopOrder:
    """Order n, for which there is nothing on the shelf."""
    made = web_order(n)
    line = msgspec.structs.replace(made.lines[0], product_id=str(SOLD_OUT))
    return msgspec.structs.replace(made, lines=(line, *made.lines[1:]))


def web_product(n: int) -> ShopProduct:
    """Product n, of which there is more than anybody will buy, or nothing."""
    units = 0 if n == SOLD_OUT else 900_000
    return ShopProduct(
        remote_id=str(n), parent_id="", name=f"Article {n}", sku=f"SKU-{n}", barcode="", price_minor=shop.PRICE_MINOR,
        tracking=Tracking("self", units), sellable=True, archived=False, created_at=FIRST_AT, modified_at=FIRST_AT,
        digest=f"digest-{n}",
    )  # fmt: skip


def raw_item(kind: str, remote_id: str, stamp: datetime, reading: Reading) -> RawItem:
    """A reading as it would come in: its own JSON."""
    body = msgspec.json.encode(reading)
    return RawItem(kind, remote_id, f"{kind}:{remote_id}:{stamp.isoformat()}", stamp.isoformat(), body)


def _order_item(order: ShopOrder) -> RawItem:
    return raw_item("order", order.remote_id, order.modified_at, order)


class BenchFeed:
    """Tells its products, then as many orders as it was given."""

    def __init__(self) -> None:
        """Begin with the products only."""
        self.feed_id, self.pulled_at = FEED, 0.0
        self.numbers = {str(n): web_product(n) for n in range(1, SOLD_OUT + 1)}
        self.waiting = [tuple(self._item(product) for product in self.numbers.values())]

    def _item(self, product: ShopProduct) -> RawItem:
        return raw_item("product", product.remote_id, product.modified_at, product)

    def tell(self, first: int, count: int) -> None:
        """Have so many orders come with the next pull."""
        for start in range(first, first + count, PAGE):
            orders = (web_order(n) for n in range(start, min(start + PAGE, first + count)))
            self.waiting.append(tuple(_order_item(order) for order in orders))

    def tell_short(self, n: int) -> None:
        """Have one order come for which there is nothing on the shelf."""
        self.waiting.append((_order_item(short_order(n)),))

    async def pages(self, cursor: str) -> AsyncIterator[Page]:
        """All that waits, a page at a time; `pulled_at` is when the last one had come."""
        while self.waiting:
            yield Page(self.waiting.pop(0), cursor + "+", SEEN_AT)
        self.pulled_at = time.perf_counter()
        yield Page((), cursor, SEEN_AT)

    def read(self, item: RawItem) -> Reading:
        """Read an item."""
        return msgspec.json.decode(item.body, type=_KINDS[item.kind])

    async def products(self, remote_ids: Iterable[str]) -> AsyncIterator[RawItem]:
        """Read products now."""
        for remote_id in remote_ids:
            yield self._item(self.numbers[remote_id])

    async def order(self, remote_id: str) -> RawItem:
        """Read one order again."""
        return _order_item(web_order(int(remote_id) - 1_000))

    async def compare(self, since: datetime) -> AsyncIterator[OrderSummary]:
        """Nothing differs."""
        for summary in list[OrderSummary]():
            yield summary

    async def product_ids(self) -> frozenset[str]:
        """What there is."""
        return frozenset(self.numbers)

    async def test(self) -> Verdict:
        """All is well."""
        return Verdict("ok", ())

    async def close(self) -> None:
        """There is no socket."""

    async def gateways(self) -> dict[str, bool]:
        """No gateway of this shop pays anything back."""
        return {}

    async def marker(self) -> str | None:
        """Nobody has left one."""
        return None

    async def leave_marker(self, installation_id: str) -> bool:
        """Take it as left."""
        return True

    async def remove_marker(self, installation_id: str) -> None:
        """Take it as gone."""


def connect(desk: Desk) -> None:
    """Connect a desk to the scripted shop."""
    link = Link(
        FEED, "woocommerce", "https://shop.example.test", "", MAIN_LOCATION, 20, "active", "", False, "", "",
        About(currency="NGN"),
    )  # fmt: skip
    desk.write_now(lambda connection: save_link(connection, link))


async def look_once(desk: Desk, feed: BenchFeed, *, paced: bool) -> Report:
    """One run over the scripted shop, as the worker makes it."""
    link = next(link for link in await desk.write(links) if link.id == FEED)
    report = Report()
    round_ = Round(desk, report, frozenset(), paced=paced, progress=lambda done, total: None)
    await round_.bring_shop(link, feed)
    await round_.apply()
    return report
