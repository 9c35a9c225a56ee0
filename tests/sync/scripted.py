"""A web shop made of a script: the states it tells, page by page, as a test wants them."""

from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar

import msgspec

from posapp.commands.command import new_command_id
from posapp.commands.shop import MAIN_LOCATION, OpenShop
from posapp.db.store import load_order
from posapp.desk import Desk
from posapp.domain.feed import (
    Contact,
    ProviderPayment,
    ShopCharge,
    ShopLine,
    ShopOrder,
    ShopProduct,
    ShopRefund,
    Tracking,
    Unreadable,
)
from posapp.domain.orders import Order
from posapp.sync.connections import About, Link, links, save_link
from posapp.sync.feed import FeedUnavailable, OrderSummary, Page, RawItem, Verdict
from posapp.sync.round import Report, Round

DAY = datetime(2026, 11, 20, tzinfo=UTC)
NOON = DAY + timedelta(hours=12)


def at(clock: str) -> datetime:
    """A time of the day of all stories: at("10:05")."""
    hours, minutes = clock.split(":")
    return DAY + timedelta(hours=int(hours), minutes=int(minutes))


def product(remote_id: str, sku: str, quantity: int, price_minor: int = 100_000) -> ShopProduct:
    return ShopProduct(
        remote_id=remote_id,
        parent_id="",
        name=sku.title(),
        sku=sku,
        barcode="",
        price_minor=price_minor,
        tracking=Tracking("self", quantity),
        sellable=True,
        archived=False,
        created_at=DAY,
        modified_at=DAY,
        digest=f"{sku}:{quantity}",
    )


def order(
    remote_id: str,
    lines: Sequence[tuple[str, int]],
    *,
    placed: str = "09:00",
    paid: str | None = None,
    status: str = "pending",
    modified: str | None = None,
    taken: bool = False,
    key: str = "",
    **changes: object,
) -> ShopOrder:
    """A state of an order of (product id, units), each unit at 100 000 minor."""
    moments = [at(placed), *([at(paid)] if paid else [])]
    made = ShopOrder(
        remote_id=remote_id,
        key=key or f"key-{remote_id}",
        shown_number=remote_id,
        status=status if paid is None or status != "pending" else "processing",
        currency="NGN",
        total_minor=sum(units for _, units in lines) * 100_000,
        discount_minor=0,
        lines=tuple(
            ShopLine(
                remote_id=f"{remote_id}{i}",
                product_id=product_id,
                variation_id="",
                sku=f"sku-{product_id}",
                name=f"Product {product_id}",
                quantity=units,
                unit_price_minor=100_000,
                net_minor=units * 100_000,
                taxes={},
                taken_by_shop=units if taken else 0,
            )
            for i, (product_id, units) in enumerate(lines, start=1)
        ),
        shipping=ShopCharge(),
        fees=ShopCharge(),
        placed_at=at(placed),
        modified_at=at(modified) if modified else max(moments),
        paid_at=at(paid) if paid else None,
        completed_at=None,
        payment_method="bacs",
        payment_title="Bank transfer",
        transaction_id="",
        contact=Contact(name=f"Customer {remote_id}"),
    )
    return msgspec.structs.replace(made, **changes)


def refund(remote_id: str, amount_minor: int, when: str = "11:00") -> ShopRefund:
    return ShopRefund(remote_id, amount_minor, at(when))


def raw(reading: ShopOrder | ShopProduct | ProviderPayment) -> RawItem:
    """The raw item of a reading: its own JSON."""
    body = msgspec.json.encode(reading)
    kind = {ShopOrder: "order", ShopProduct: "product", ProviderPayment: "payment"}[type(reading)]
    if isinstance(reading, ProviderPayment):
        return RawItem(kind, reading.provider_ref, f"{kind}:{hash(body)}", "", body)
    stamp = reading.modified_at.isoformat()
    return RawItem(kind, reading.remote_id, f"{kind}:{reading.remote_id}:{stamp}:{hash(body)}", stamp, body)


KINDS = {"order": ShopOrder, "product": ShopProduct, "payment": ProviderPayment}


class ScriptedShop:
    """Tells what it was given, in as many pages, each time it is asked; then nothing new."""

    def __init__(self, products: Iterable[ShopProduct], feed_id: str = "shop") -> None:
        self.feed_id = feed_id
        self.stock = {p.remote_id: p for p in products}
        self.waiting: list[list[RawItem]] = [[raw(p) for p in self.stock.values()]]
        self.broken: dict[str, str] = {}  # event id: why it cannot be read
        self.down_after: int | None = None  # pages before the network goes
        self.seen_at = NOON
        self.summaries: list[OrderSummary] = []
        self.single: dict[str, ShopOrder] = {}
        self.marked = ""

    def tell(self, *pages: Sequence[ShopOrder | ShopProduct | ProviderPayment | RawItem]) -> None:
        """Have these pages come with the next pull."""
        self.waiting += [[r if isinstance(r, RawItem) else raw(r) for r in page] for page in pages]

    async def pages(self, cursor: str) -> AsyncIterator[Page]:
        told = 0
        while self.waiting:
            if self.down_after is not None and told >= self.down_after:
                self.down_after = None
                raise FeedUnavailable("the network is gone")
            yield Page(tuple(self.waiting[0]), f"{cursor}+", self.seen_at)
            self.waiting.pop(0)
            told += 1
        yield Page((), f"{cursor}.", self.seen_at)

    def read(self, item: RawItem) -> ShopOrder | ShopProduct | ProviderPayment:
        if item.event_id in self.broken:
            raise Unreadable(self.broken[item.event_id])
        return msgspec.json.decode(item.body, type=KINDS[item.kind])

    async def test(self) -> Verdict:
        return Verdict("ok", ())

    async def close(self) -> None: ...

    async def order(self, remote_id: str) -> RawItem:
        return raw(self.single[remote_id])

    async def products(self, remote_ids: Iterable[str]) -> AsyncIterator[RawItem]:
        for remote_id in remote_ids:
            if remote_id in self.stock:
                yield raw(self.stock[remote_id])

    async def compare(self, since: datetime) -> AsyncIterator[OrderSummary]:
        for summary in self.summaries:
            yield summary

    async def product_ids(self) -> frozenset[str]:
        return frozenset(self.stock)

    async def gateways(self) -> dict[str, bool]:
        return {}

    async def marker(self) -> str | None:
        return self.marked or None

    async def leave_marker(self, installation_id: str) -> bool:
        self.marked = installation_id
        return True

    async def remove_marker(self, installation_id: str) -> None:
        self.marked = ""

    async def verify(self, reference: str) -> RawItem | None:
        return None


class Till:
    """A desk connected to a scripted shop (and, if wanted, to a provider); `tests/sync/conftest.py` closes it."""

    living: "ClassVar[list[Till]]" = []

    def __init__(self, folder: Path, shop: ScriptedShop, provider: ScriptedShop | None = None) -> None:
        self.time, self.closed = NOON, False
        Till.living.append(self)
        self.desk = Desk(folder, clock=self._tick)
        self.shop, self.provider = shop, provider
        if not self.desk.write_now(links):
            opened = OpenShop(
                id=new_command_id(NOON), actor="Owner", at=NOON, name="Test", owner="Owner", currency="NGN",
                time_zone="Africa/Lagos",
            )  # fmt: skip
            self.desk.do(opened)
            self._link(shop.feed_id, "woocommerce")
            if provider is not None:
                self._link(provider.feed_id, "paystack")

    def _link(self, feed_id: str, kind: str) -> None:
        about = About(currency="NGN")
        link = Link(
            feed_id,
            kind,
            "https://shop.example.test",
            "",
            MAIN_LOCATION,
            20,
            "active",
            "",
            False,
            "",
            "",
            about,
        )
        self.desk.write_now(lambda c: save_link(c, link))

    def _tick(self) -> datetime:
        self.time += timedelta(milliseconds=1)
        return self.time

    async def sync(self) -> Report:
        """One run over the scripted feeds."""
        report = Report()
        known = {link.id: link for link in await self.desk.write(links)}
        providers = frozenset({"paystack"}) if self.provider is not None else frozenset()
        round_ = Round(self.desk, report, providers, paced=False, progress=lambda done, total: None)
        try:
            await round_.bring_shop(known[self.shop.feed_id], self.shop)
        except FeedUnavailable as trouble:
            report.troubles.append(trouble.words)
        if self.provider is not None:
            await round_.bring_payments(known[self.provider.feed_id], self.provider)
        await round_.apply()
        return report

    def orders(self) -> dict[str, Order]:
        """All orders by the shop's id."""
        return self.desk.write_now(
            lambda c: {
                row[1] or row[0]: load_order(c, row[0])
                for row in c.execute("SELECT id, remote_id FROM orders ORDER BY rowid").fetchall()
            }
        )

    def levels(self) -> dict[str, tuple[int, int]]:
        """on_hand and allocated by sku."""
        sql = "SELECT p.sku, l.on_hand, l.allocated FROM level l JOIN product p ON p.id = l.item_id"
        return self.desk.write_now(lambda c: {sku: (h, a) for sku, h, a in c.execute(sql).fetchall()})

    def total_sales(self) -> int:
        return self.desk.write_now(
            lambda c: c.execute("SELECT COALESCE(SUM(amount_minor), 0) FROM sales_entry").fetchone()[0]
        )

    def close(self) -> None:
        if not self.closed:
            self.closed = True
            self.desk.close()


def held(order: Order) -> tuple[int, int]:
    """Held and short units of an order."""
    return sum(line.allocated_qty for line in order.lines), order.short_units


def reasons(order: Order) -> list[str]:
    return sorted(case.reason for case in order.cases if case.is_open)
