"""Asking a shop for single things, comparing it at night, and marking it as ours."""

import json
from datetime import timedelta
from typing import Any

import httpx
import pytest

from posapp.domain.feed import ShopOrder, ShopProduct
from posapp.sync.connectors.woocommerce import WooCommerceFeed
from posapp.sync.feed import FeedUnavailable, OrderSummary
from tests.sync.connectors.recordings import answer, body
from tests.sync.connectors.scripted_shop import START, ScriptedShop, stamp


async def no_sleep(pause_s: float) -> None:
    pass


def feed_of(handler: Any) -> WooCommerceFeed:
    transport = httpx.MockTransport(handler.answer if isinstance(handler, ScriptedShop) else handler)
    return WooCommerceFeed(
        "shop", "shop.example.test", "ck", "cs", currency="NGN", transport=transport, sleep=no_sleep
    )


async def test_one_order_is_read_again_with_its_refunds() -> None:
    shop = ScriptedShop()
    shop.order(1, refunds=[{"id": 7, "total": "-100.00"}])
    shop.refunds[1] = [{"id": 7, "amount": "100.00", "date_created_gmt": stamp(START)}]
    feed = feed_of(shop)
    first = await feed.order("1")
    order = feed.read(first)
    assert isinstance(order, ShopOrder)
    assert [one.remote_id for one in order.refunds] == ["7"]
    shop.touch("orders", 1, refunds=[])  # deleting a refund moves no date
    second = await feed.order("1")
    assert (first.stamp, first.event_id != second.event_id) == (second.stamp, True)


async def test_an_order_that_is_deleted_is_gone() -> None:
    feed = feed_of(lambda request: answer("42-order-get-deleted"))
    item = await feed.order("156")
    order = feed.read(item)
    assert isinstance(order, ShopOrder)
    assert (order.remote_id, order.status, item.kind) == ("156", "gone", "order")


@pytest.mark.parametrize(
    "told",
    [
        answer("81-err-404-route"),  # WooCommerce is switched off
        httpx.Response(404, headers={"Content-Type": "text/html"}, text="<h1>Not found</h1>"),
        answer("85-err-500-database-down"),
    ],
)
async def test_a_shop_that_is_ill_has_deleted_nothing(told: httpx.Response) -> None:
    told.headers.setdefault("Date", "Mon, 23 Nov 2026 03:11:07 GMT")
    feed = feed_of(lambda request: told)
    with pytest.raises(FeedUnavailable):
        await feed.order("156")
    with pytest.raises(FeedUnavailable):
        [item async for item in feed.products(["16"])]


async def test_products_and_variations_are_read_by_id() -> None:
    shop = ScriptedShop()
    shop.product(10, stock_quantity=3)
    shop.product(11, type="variable", name="Shirt")
    shop.variation(12, 11, "Red")
    feed = feed_of(shop)
    told = {item.remote_id: feed.read(item) async for item in feed.products(["10", "12", "99", "x"])}
    assert set(told) == {"10", "12", "99"}
    mug, shirt, lost = told["10"], told["12"], told["99"]
    assert isinstance(mug, ShopProduct)
    assert mug.tracking.quantity == 3
    assert isinstance(shirt, ShopProduct)
    assert (shirt.name, shirt.parent_id) == ("Shirt – Red", "11")
    assert isinstance(lost, ShopProduct)
    assert lost.archived


async def test_a_variation_read_by_id_is_the_same_state_as_in_a_pull() -> None:
    shop = ScriptedShop()
    shop.product(11, type="variable", name="Shirt")
    shop.variation(12, 11, "Red")
    feed = feed_of(shop)
    pulled = [item async for page in feed.pages("") for item in page.items if item.remote_id == "12"]
    single = [item async for item in feed_of(shop).products(["12"])]
    shop.lists_variations = False
    by_itself = [item async for item in feed_of(shop).products(["12"])]
    assert len({item.event_id for item in (*pulled, *single, *by_itself)}) == 1


async def test_many_products_are_asked_for_a_hundred_at_a_time() -> None:
    shop = ScriptedShop()
    for number in range(1, 251):
        shop.product(number)
    items = [item async for item in feed_of(shop).products([str(number) for number in range(1, 251)])]
    assert len(items) == 250
    assert len(shop.requests) == 3


async def test_the_nightly_comparison_tells_what_no_date_tells() -> None:
    shop = ScriptedShop()
    shop.order(1, START - timedelta(days=40))
    shop.order(2, refunds=[{"id": 9, "total": "-50.00"}, {"id": 7, "total": "-100.00"}])
    shop.order(3, status="trash")
    shop.order(4, total="1e5")
    feed = feed_of(shop)
    told = {one.remote_id: one async for one in feed.compare(START - timedelta(days=7))}
    assert set(told) == {"2", "3", "4"}
    order = feed.read(await feed.order("2"))
    assert isinstance(order, ShopOrder)
    assert told["2"] == OrderSummary("2", order.key, "processing", 25000, START, (("7", 10000), ("9", 5000)))
    assert told["3"].status == "trash"
    assert (told["4"].total_minor, told["4"].refunds) == (None, None)


async def test_the_ids_of_all_products_include_variations_and_trash() -> None:
    shop = ScriptedShop()
    for number in range(100, 330):
        shop.product(number)
    shop.product(11, type="variable")
    shop.variation(12, 11, "Red")
    shop.product(13, status="trash")
    ids = await feed_of(shop).product_ids()
    assert ids == {str(number) for number in (*range(100, 330), 11, 12, 13)}


class Hooks:
    """The webhooks of a shop."""

    def __init__(self) -> None:
        self.hooks: dict[int, dict[str, Any]] = {one["id"]: one for one in body("70-webhooks-list")}
        self.refused: httpx.Response | None = None

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if self.refused is not None:
            return self.refused
        told = json.loads(request.content or b"null")
        number = int(request.url.path.rsplit("/", 1)[1]) if request.url.path[-1].isdigit() else 0
        if request.method == "POST":
            number = max(self.hooks, default=0) + 1
            self.hooks[number] = {"id": number}
        if request.method == "DELETE":
            assert request.url.params["force"] == "true"
            return self.answer(200, self.hooks.pop(number))
        if told is not None:
            self.hooks[number] |= told
            return self.answer(201 if request.method == "POST" else 200, self.hooks[number])
        return self.answer(200, list(self.hooks.values()))

    def answer(self, status: int, content: Any) -> httpx.Response:
        return httpx.Response(status, json=content)

    def ours(self) -> list[dict[str, Any]]:
        return [one for one in self.hooks.values() if "posapp" in one["name"]]


async def test_the_marker_is_a_webhook_that_is_switched_off() -> None:
    hooks = Hooks()
    others = json.dumps(hooks.hooks)
    feed = feed_of(hooks)
    assert await feed.marker() is None
    assert await feed.leave_marker("till-a") is True
    assert await feed.leave_marker("till-a") is True
    (ours,) = hooks.ours()
    assert (ours["status"], ours["topic"]) == ("disabled", "order.updated")
    assert "example.test" in ours["delivery_url"]
    assert await feed.marker() == "till-a"
    await feed.remove_marker("till-a")
    assert await feed.marker() is None
    assert json.dumps(hooks.hooks) == others


async def test_a_second_installation_sees_the_first_and_takes_over_only_when_told() -> None:
    hooks = Hooks()
    feed = feed_of(hooks)
    await feed.leave_marker("till-a")
    assert await feed.marker() == "till-a"
    await feed.remove_marker("till-b")
    assert await feed.marker() == "till-a"
    assert await feed.leave_marker("till-b") is True
    assert (await feed.marker(), len(hooks.ours())) == ("till-b", 1)
    await feed.remove_marker("till-a")
    assert await feed.marker() == "till-b"


async def test_a_key_that_may_not_see_webhooks_leaves_no_marker() -> None:
    hooks = Hooks()
    hooks.refused = answer("80-err-bad-key")
    feed = feed_of(hooks)
    assert await feed.marker() is None
    assert await feed.leave_marker("till-a") is False
    await feed.remove_marker("till-a")


@pytest.mark.parametrize("installation", ["", "a/b", "a?b", "x" * 65, "a b"])
async def test_an_installation_must_fit_into_an_address(installation: str) -> None:
    with pytest.raises(ValueError, match="letters"):
        await feed_of(Hooks()).leave_marker(installation)
