"""The connectors against the demo shop over real HTTP on loopback."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from posapp.demo_shop.records import Order
from posapp.demo_shop.server import Running, serve
from posapp.demo_shop.store import Store
from posapp.domain.feed import ProviderPayment, ShopOrder, ShopProduct
from posapp.sync.connectors.paystack import PaystackFeed
from posapp.sync.connectors.woocommerce import WooCommerceFeed
from posapp.sync.feed import Feed, RawItem

NOW = datetime(2026, 11, 23, 9, 0, 0, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_time(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(clock: Clock) -> Store:
    return Store(clock=clock)


@pytest.fixture
async def running(store: Store) -> AsyncIterator[Running]:
    async with serve(store) as running:
        yield running


@pytest.fixture
async def shop(running: Running, clock: Clock) -> AsyncIterator[WooCommerceFeed]:
    feed = WooCommerceFeed(
        "shop", running.url, running.consumer_key, running.consumer_secret, currency="NGN", till_clock=clock
    )
    yield feed
    await feed.close()


@pytest.fixture
async def provider(running: Running, clock: Clock) -> AsyncIterator[PaystackFeed]:
    feed = PaystackFeed("pay", running.provider_url, running.provider_key, currency="NGN", till_clock=clock)
    yield feed
    await feed.close()


async def pull(feed: Feed, cursor: str = "") -> tuple[list[RawItem], str]:
    pages = [page async for page in feed.pages(cursor)]
    return [item for page in pages for item in page.items], pages[-1].cursor


async def test_a_full_pull_reads_everything(shop: WooCommerceFeed, store: Store) -> None:
    placed = _some(store, 3)
    store.pay(placed[0].id)
    store.refund(placed[0].id, 10_000, reason="late")
    items, cursor = await pull(shop)
    records = [shop.read(item) for item in items]
    products = {one.remote_id: one for one in records if isinstance(one, ShopProduct)}
    orders = {one.remote_id: one for one in records if isinstance(one, ShopOrder)}
    assert {str(number) for number in store.state.products} == set(products)
    assert {str(order.id) for order in placed} <= set(orders)
    paid = orders[str(placed[0].id)]
    assert (paid.paid_at, paid.status, len(paid.refunds)) == (NOW, "processing", 1)
    parts = [paid.shipping, paid.fees, *paid.lines]
    assert sum(part.net_minor + sum(part.taxes.values()) for part in parts) == paid.total_minor
    assert any(one.parent_id for one in products.values())
    assert all(" – " in one.name for one in products.values() if one.parent_id)
    assert (await pull(shop, cursor))[0] == []


async def test_what_happens_in_the_shop_is_followed(
    shop: WooCommerceFeed, store: Store, clock: Clock
) -> None:
    first, second, third = _some(store, 3)
    _, cursor = await pull(shop)
    clock.pass_time(600)
    store.pay(first.id)
    store.set_status(second.id, "cancelled")
    store.trash(third.id)
    items, cursor = await pull(shop, cursor)
    told = {one.remote_id: one for one in map(shop.read, items) if isinstance(one, ShopOrder)}
    assert {number: one.status for number, one in told.items()} == {
        str(first.id): "processing",
        str(second.id): "cancelled",
        str(third.id): "trash",
    }
    store.delete(second.id)
    gone = shop.read(await shop.order(str(second.id)))
    assert isinstance(gone, ShopOrder)
    assert gone.status == "gone"
    left = {one.remote_id async for one in shop.compare(NOW - timedelta(days=7))}
    assert str(second.id) not in left
    assert {str(first.id), str(third.id)} <= left


async def test_orders_of_one_second_come_whole(shop: WooCommerceFeed, store: Store, clock: Clock) -> None:
    placed = _some(store, 460)  # within one second
    clock.pass_time(60)
    items, _ = await pull(shop)
    assert {str(order.id) for order in placed} <= {item.remote_id for item in items if item.kind == "order"}


async def test_the_connection_test_finds_a_healthy_shop_and_leaves_nothing(
    shop: WooCommerceFeed, running: Running, store: Store
) -> None:
    before = store.state.orders.copy(), store.changes
    verdict = await shop.test()
    assert verdict.code == "ok", verdict
    assert (verdict.currency, verdict.time_zone) == ("NGN", "Africa/Lagos")
    assert (store.state.orders, store.changes) == before
    assert not [finding for finding in verdict.findings if finding.state == "failed"]


async def test_a_wrong_secret_is_a_wrong_key(running: Running) -> None:
    feed = WooCommerceFeed("shop", running.url, running.consumer_key, "cs_wrong")
    assert (await feed.test()).code == "wrong_key"
    await feed.close()


async def test_products_are_read_by_id(shop: WooCommerceFeed, store: Store) -> None:
    wanted = [str(number) for number in store.state.products]
    told = {item.remote_id: shop.read(item) async for item in shop.products([*wanted, "999999"])}
    assert set(told) == {*wanted, "999999"}
    lost = told["999999"]
    assert isinstance(lost, ShopProduct)
    assert lost.archived
    assert set(wanted) == await shop.product_ids()


async def test_the_marker_goes_to_the_shop_and_back(shop: WooCommerceFeed) -> None:
    assert await shop.marker() is None
    assert await shop.leave_marker("till-a")
    assert await shop.marker() == "till-a"
    await shop.remove_marker("till-a")
    assert await shop.marker() is None


async def test_payments_are_read_in_every_state(provider: PaystackFeed, store: Store, clock: Clock) -> None:
    first, second, third, fourth = _some(store, 4)
    paid = store.pay(first.id)
    store.pay(second.id, status="pending", reference="slow-1")
    fee = store.pay(third.id, customer_fee_minor=15_000)
    much = store.pay(fourth.id, 9_999_900)
    items, cursor = await pull(provider)
    told = {one.provider_ref: one for one in map(provider.read, items) if isinstance(one, ProviderPayment)}
    assert (told[paid.reference].state, told[paid.reference].order_remote_id) == ("SUCCEEDED", str(first.id))
    assert told["slow-1"].state == "PENDING"
    assert told[fee.reference].customer_fee_minor == 15_000
    assert (told[much.reference].gross_minor, told[much.reference].customer_fee_minor) == (9_999_900, 0)
    clock.pass_time(60)
    store.settle("slow-1")
    store.reverse(paid.reference)
    items, _ = await pull(provider, cursor)
    told = {one.provider_ref: one for one in map(provider.read, items) if isinstance(one, ProviderPayment)}
    assert {ref: one.state for ref, one in told.items()} == {
        "slow-1": "SUCCEEDED",
        paid.reference: "REVERSED",
    }
    item = await provider.verify("slow-1")
    assert item is not None
    assert provider.read(item).state == "SUCCEEDED"
    assert await provider.verify("nobody") is None
    assert (await provider.test()).code == "ok"


def _some(store: Store, count: int) -> list[Order]:
    skus = [
        one.sku
        for one in store.state.products.values()
        if one.kind == "simple" and one.sku and one.price and one.status == "publish"
    ]
    return [store.place([(skus[number % len(skus)], 1)]) for number in range(count)]
