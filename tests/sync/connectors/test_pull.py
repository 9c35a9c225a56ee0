"""Pulling a shop: nothing is missed while it is edited, and nothing is told twice for nothing."""

from datetime import timedelta
from typing import Any

import httpx
import msgspec
import pytest

from posapp.domain.feed import ShopOrder, ShopProduct
from posapp.sync.connectors.woocommerce import WooCommerceFeed
from posapp.sync.feed import FeedUnavailable, Page, RawItem
from tests.sync.connectors.scripted_shop import START, ScriptedShop, stamp


async def no_sleep(pause_s: float) -> None:
    pass


def feed_of(shop: ScriptedShop | httpx.MockTransport) -> WooCommerceFeed:
    transport = shop.transport if isinstance(shop, ScriptedShop) else shop
    return WooCommerceFeed(
        "shop",
        "https://shop.example.test",
        "ck_1",
        "cs_1",
        currency="NGN",
        transport=transport,
        sleep=no_sleep,
    )


async def pull(feed: WooCommerceFeed, cursor: str = "") -> tuple[list[RawItem], str, list[Page]]:
    pages = [page async for page in feed.pages(cursor)]
    return [item for page in pages for item in page.items], pages[-1].cursor, pages


def ids(items: list[RawItem], kind: str = "order") -> list[str]:
    return [item.remote_id for item in items if item.kind == kind]


async def test_the_first_pull_brings_products_then_orders() -> None:
    shop = ScriptedShop()
    shop.product(10)
    shop.product(11, type="variable", name="Ankara Shirt", manage_stock=False)
    shop.variation(12, 11, "Red")
    shop.order(20)
    feed = feed_of(shop)
    items, _, pages = await pull(feed)
    assert [(item.kind, item.remote_id) for item in items] == [
        ("product", "11"),
        ("product", "10"),
        ("product", "12"),
        ("order", "20"),
    ]
    records = [feed.read(item) for item in items]
    assert isinstance(records[2], ShopProduct)
    assert records[2].name == "Ankara Shirt – Red"
    assert isinstance(records[3], ShopOrder)
    assert {page.total for page in pages} == {4}
    assert all(page.seen_at == shop.now for page in pages)


async def test_many_orders_come_in_pages_of_a_hundred() -> None:
    shop = ScriptedShop()
    for number in range(1, 626):
        shop.order(number, START + timedelta(seconds=number // 4))
    shop.now = START + timedelta(hours=1)
    items, _, pages = await pull(feed_of(shop))
    assert sorted(map(int, ids(items))) == list(range(1, 626))
    assert all(len(page.items) <= 100 for page in pages)


async def test_orders_edited_while_they_are_read_are_not_missed() -> None:
    shop = ScriptedShop()
    for number in range(1, 626):
        shop.order(number, START + timedelta(seconds=number // 10))
    shop.now = START + timedelta(hours=1)

    def edit(count: int) -> None:
        shop.pass_time(1)
        for number in (count * 7 % 625 + 1, count * 13 % 625 + 1):
            shop.touch("orders", number, status="completed")

    shop.before = edit
    feed = feed_of(shop)
    items, cursor, _ = await pull(feed)
    assert set(map(int, ids(items))) == set(range(1, 626))
    shop.before = lambda count: None
    later, _, _ = await pull(feed, cursor)
    newest: dict[str, Any] = {}
    for item in items + later:
        newest[item.remote_id] = feed.read(item)
    assert {one.remote_id: one.status for one in newest.values()} == {
        str(number): told["status"] for number, told in shop.tables["orders"].items()
    }


@pytest.mark.parametrize("count", [99, 100, 101, 300, 450, 1000])
async def test_a_bulk_import_within_one_second_is_read_whole(count: int) -> None:
    shop = ScriptedShop()
    for number in range(1, count + 1):
        shop.order(number, START)
    shop.order(count + 1, START + timedelta(seconds=1))
    shop.now = START + timedelta(minutes=1)
    items, _, _ = await pull(feed_of(shop))
    assert set(map(int, ids(items))) == set(range(1, count + 2))
    assert max(len(str(request.url)) for request in shop.requests) < 4000


async def test_orders_that_leave_a_crowded_second_push_no_other_out() -> None:
    shop = ScriptedShop()
    for number in range(1, 1001):
        shop.order(number, START)
    shop.now = START + timedelta(minutes=1)

    def edit(count: int) -> None:
        shop.pass_time(1)
        shop.touch("orders", count)

    shop.before = edit
    items, _, _ = await pull(feed_of(shop))
    assert set(map(int, ids(items))) == set(range(1, 1001))


async def test_a_quiet_shop_tells_nothing_twice() -> None:
    shop = ScriptedShop()
    shop.product(10)
    for number in range(1, 6):
        shop.order(number)
    feed = feed_of(shop)
    _, cursor, _ = await pull(feed)
    shop.pass_time(20)
    items, again, pages = await pull(feed, cursor)
    assert items == []
    assert len(pages) == 1
    assert pages[0].seen_at == shop.now
    assert again == cursor


async def test_two_states_within_one_second_are_two_events() -> None:
    shop = ScriptedShop()
    shop.order(1, status="pending", date_paid_gmt=None)
    feed = feed_of(shop)
    first, cursor, _ = await pull(feed)
    shop.touch("orders", 1, status="processing", date_paid_gmt=stamp(shop.now))
    second, _, _ = await pull(feed, cursor)
    assert ids(first) == ids(second) == ["1"]
    assert first[0].stamp == second[0].stamp
    assert first[0].event_id != second[0].event_id


async def test_one_state_has_one_event_id_however_often_it_is_read() -> None:
    shop = ScriptedShop()
    shop.order(1, payment_url="https://shop.example.test/?nonce=1", _links={"a": 1})
    first, _, _ = await pull(feed_of(shop))
    shop.tables["orders"][1] |= {"payment_url": "https://shop.example.test/?nonce=2", "_links": {}}
    shop.pass_time(60)
    second, _, _ = await pull(feed_of(shop))
    assert first[0].event_id == second[0].event_id


async def test_a_slow_transaction_with_an_older_stamp_is_seen() -> None:
    shop = ScriptedShop()
    shop.order(1)
    feed = feed_of(shop)
    _, cursor, _ = await pull(feed)
    shop.order(2, START - timedelta(seconds=90))
    items, _, _ = await pull(feed, cursor)
    assert ids(items) == ["2"]


async def test_a_pull_that_is_cut_off_goes_on_where_it_was() -> None:
    shop = ScriptedShop()
    for number in range(1, 501):
        shop.order(number, START + timedelta(minutes=number))
    shop.now = START + timedelta(days=1)
    feed, taken, cursor = feed_of(shop), list[RawItem](), ""
    async for page in feed.pages(""):
        taken += page.items
        cursor = page.cursor
        if len(taken) >= 200:
            break
    before = len(shop.requests)
    items, _, _ = await pull(feed, cursor)
    assert set(map(int, ids(taken + items))) == set(range(1, 501))
    assert len(ids(items)) <= 301
    assert len(shop.requests) - before < 15


async def test_a_cursor_that_is_none_starts_anew() -> None:
    shop = ScriptedShop()
    shop.order(1)
    items, _, _ = await pull(feed_of(shop), "not a cursor")
    assert ids(items) == ["1"]


async def test_an_order_dated_in_the_future_hides_no_later_one() -> None:
    shop = ScriptedShop()
    shop.order(1, date_modified_gmt="2099-01-01T00:00:00")
    feed = feed_of(shop)
    _, cursor, _ = await pull(feed)
    shop.pass_time(3600)
    shop.order(2)
    items, _, _ = await pull(feed, cursor)
    assert "2" in ids(items)


async def test_what_is_thrown_away_is_told_by_its_status() -> None:
    shop = ScriptedShop()
    shop.order(1)
    shop.order(2, status="trash", at=START - timedelta(days=9))
    feed = feed_of(shop)
    first, cursor, _ = await pull(feed)
    assert ids(first) == ["1"]  # what was thrown away before the till came is no news
    shop.pass_time(600)
    shop.touch("orders", 1, status="trash")
    items, _, _ = await pull(feed, cursor)
    record = feed.read(items[0])
    assert isinstance(record, ShopOrder)
    assert record.status == "trash"


async def test_a_variable_product_in_the_trash_takes_its_variations_along() -> None:
    shop = ScriptedShop()
    shop.product(11, type="variable")
    shop.variation(12, 11, "Red")
    feed = feed_of(shop)
    _, cursor, _ = await pull(feed)
    shop.pass_time(600)
    shop.touch("products", 11, status="trash")
    del shop.tables["variations"][12]
    items, _, _ = await pull(feed, cursor)
    told = {item.remote_id: feed.read(item) for item in items}
    assert {number: one.archived for number, one in told.items() if isinstance(one, ShopProduct)} == {
        "11": True,
        "12": True,
    }


async def test_a_parents_new_name_is_its_variations_too() -> None:
    shop = ScriptedShop()
    shop.product(11, type="variable", name="Shirt")
    shop.variation(12, 11, "Red")
    feed = feed_of(shop)
    _, cursor, _ = await pull(feed)
    shop.pass_time(600)
    shop.touch("products", 11, name="Fine shirt")
    items, _, _ = await pull(feed, cursor)
    names = [one.name for one in map(feed.read, items) if isinstance(one, ShopProduct)]
    assert sorted(names) == ["Fine shirt", "Fine shirt – Red"]


async def test_an_older_shop_without_a_list_of_variations_is_read_by_parent() -> None:
    shop = ScriptedShop()
    shop.lists_variations = False
    shop.product(11, type="variable", name="Shirt")
    shop.variation(12, 11, "Red")
    feed = feed_of(shop)
    items, cursor, _ = await pull(feed)
    assert ids(items, "product") == ["11", "12"]
    shop.pass_time(60)
    assert (await pull(feed, cursor))[0] == []
    shop.pass_time(7 * 3600)
    shop.tables["variations"][12]["stock_quantity"] = 4
    items, _, _ = await pull(feed, cursor)
    assert ids(items, "product") == ["12"]


async def test_refunds_come_with_their_order() -> None:
    shop = ScriptedShop()
    shop.order(1, refunds=[{"id": 7, "reason": "", "total": "-100.00"}])
    shop.refunds[1] = [{"id": 7, "amount": "100.00", "date_created_gmt": stamp(START), "line_items": []}]
    feed = feed_of(shop)
    items, _, _ = await pull(feed)
    order = feed.read(items[0])
    assert isinstance(order, ShopOrder)
    assert [(one.remote_id, one.amount_minor) for one in order.refunds] == [("7", 10000)]


async def test_one_broken_order_stops_no_other() -> None:
    shop = ScriptedShop()
    for number in (1, 2, 3):
        shop.order(number)
    shop.tables["orders"][2]["customer_note"] = "\ud800"  # half a character
    feed = feed_of(shop)
    items, cursor, _ = await pull(feed)
    assert sorted(ids(items)) == ["1", "2", "3"]
    readable = []
    for item in items:
        try:
            readable.append(feed.read(item).remote_id)
        except ValueError:
            assert item.remote_id == "2"
    assert sorted(readable) == ["1", "3"]
    assert (await pull(feed, cursor))[0] == []


async def test_a_list_that_is_too_large_is_asked_for_in_smaller_pieces(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("posapp.sync.connectors.http.MAX_BODY_BYTES", 200_000)
    shop = ScriptedShop()
    for number in range(1, 31):
        shop.order(number, START + timedelta(seconds=number), customer_note="x" * 15_000)
    shop.now = START + timedelta(hours=1)
    items, _, _ = await pull(feed_of(shop))
    assert sorted(map(int, ids(items))) == list(range(1, 31))


async def test_a_shop_that_repeats_itself_is_said_and_does_not_run_for_ever() -> None:
    shop = ScriptedShop()
    for number in range(1, 101):
        shop.order(number, START)

    def deaf(request: httpx.Request) -> httpx.Response:
        bare = request.url.copy_remove_param("exclude").copy_remove_param("modified_after")
        return shop.answer(httpx.Request("GET", bare))

    with pytest.raises(FeedUnavailable, match="repeats itself"):
        await pull(feed_of(httpx.MockTransport(deaf)))


async def test_an_answer_that_is_cut_off_moves_no_cursor() -> None:
    shop = ScriptedShop()
    for number in range(1, 151):
        shop.order(number, START + timedelta(seconds=number * 3))
    shop.now = START + timedelta(hours=1)
    feed, stored, cursor = feed_of(shop), set[str](), ""

    def cut(request: httpx.Request) -> httpx.Response:
        answer = shop.answer(request)
        if "exclude" in request.url.params and request.url.path.endswith("/orders"):
            return httpx.Response(200, headers=answer.headers, content=answer.content[:-40])
        return answer

    async def read_on() -> None:
        nonlocal cursor
        async for page in feed_of(httpx.MockTransport(cut)).pages(""):
            stored.update(item.remote_id for item in page.items)
            cursor = page.cursor

    with pytest.raises(FeedUnavailable, match="cut off"):
        await read_on()
    assert len(stored) == 100
    items, _, _ = await pull(feed, cursor)
    assert stored | set(ids(items)) == {str(number) for number in range(1, 151)}


async def test_a_cursor_stays_small() -> None:
    shop = ScriptedShop()
    for number in range(1, 1001):
        shop.order(number, START + timedelta(milliseconds=number))
    _, cursor, _ = await pull(feed_of(shop))
    assert len(cursor) < 40_000
    assert isinstance(msgspec.json.decode(cursor), dict)
