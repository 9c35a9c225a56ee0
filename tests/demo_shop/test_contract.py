"""The demo shop does what the recorded shop did: the same requests, the same answers."""

from typing import Any

import httpx
import pytest

from posapp.demo_shop.catalogue import add_product
from posapp.demo_shop.checkout import Customer
from posapp.demo_shop.store import Store
from tests.demo_shop.conftest import Clock, asking
from tests.demo_shop.recorded import Exchange, differences, load, settled
from tests.demo_shop.stories import HISTORY, STORIES


async def replay(store: Store, clock: Clock, name: str) -> tuple[Exchange, httpx.Response]:
    """Send what was sent, at the time it was sent, to a shop that counts from the same numbers."""
    exchange = load(name)
    clock.now = exchange.at
    if exchange.method == "POST" and isinstance(exchange.body, dict):
        _count_from(store, exchange.body)
    async with asking(store) as client:
        sent = {} if exchange.sent is None else {"json": exchange.sent}
        return exchange, await client.request(exchange.method, exchange.path, **sent)


def _count_from(store: Store, body: dict[str, Any]) -> None:
    store.state.next_post = _first_id(body)
    parts = ("line_items", "shipping_lines", "fee_lines", "tax_lines", "coupon_lines")
    numbers = [row["id"] for part in parts for row in body.get(part, ())]
    store.state.next_line = min(numbers, default=store.state.next_line)


def _first_id(body: dict[str, Any]) -> int:
    data = body.get("data")
    drafted = data.get("new_draft_order_id") if isinstance(data, dict) else None
    return int(body.get("id") or drafted or 900)


def held_against(exchange: Exchange, answer: httpx.Response, *, without: tuple[str, ...] = ()) -> None:
    """Status, headers, shape, and every value that does not belong to the moment."""
    assert answer.status_code == exchange.status, answer.text[:300]
    got = answer.json()
    assert sorted(differences(exchange.body, got)) == []
    for header in ("Content-Type", "X-WP-Total", "X-WP-TotalPages", "Allow", "Date"):
        assert answer.headers.get(header) == exchange.headers.get(header), header
    if isinstance(got, dict):
        wanted = {key: value for key, value in settled(exchange.body).items() if key not in without}
        assert {key: value for key, value in settled(got).items() if key not in without} == wanted


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES.keys())
async def test_the_same_requests_get_the_same_answers(
    recorded_shop: Store, clock: Clock, story: tuple[str, ...]
) -> None:
    for name in story:
        exchange, answer = await replay(recorded_shop, clock, name)
        without = tuple(key for key, names in HISTORY.items() if name in names)
        held_against(exchange, answer, without=without)


@pytest.mark.parametrize(
    ("name", "with_vat"),
    [("22-order-coupon-tax-shipping-incl", True), ("22-order-coupon-tax-shipping-excl", False)],
)
async def test_coupons_deliveries_fees_and_vat_come_to_the_recorded_kobo(
    recorded_shop: Store, clock: Clock, name: str, with_vat: bool
) -> None:
    recorded_shop.state.prices_include_tax = with_vat
    exchange, answer = await replay(recorded_shop, clock, name)
    held_against(exchange, answer, without=("coupon_lines",))
    wanted, got = exchange.body["coupon_lines"][0], answer.json()["coupon_lines"][0]
    assert got.keys() == wanted.keys()
    assert (got["discount"], got["discount_tax"]) == (wanted["discount"], wanted["discount_tax"])


async def test_refunds_nobody_should_make_are_made(recorded_shop: Store, clock: Clock) -> None:
    """A line that is not there, money without units, units without money, the same twice."""
    clock.now = load("33-order-refunded-by-lines").at
    recorded_shop.state.next_post, recorded_shop.state.next_line = 776, 2150
    body = {"payment_method": "bacs", "set_paid": True, "line_items": [{"product_id": 10, "quantity": 2}]}
    async with asking(recorded_shop) as client:
        assert (await client.post("/wp-json/wc/v3/orders", json=body)).status_code == 201
    for name in (
        "33-refund-money-on-line-no-quantity",
        "33-refund-qty-no-money",
        "33-refund-string-totals",
        "33-refund-bad-line-id",
        "33-refund-same-twice-1",
        "33-refund-same-twice-2",
    ):
        exchange, answer = await replay(recorded_shop, clock, name)
        held_against(exchange, answer)
    exchange, answer = await replay(recorded_shop, clock, "33-order-refunded-by-lines")
    held_against(exchange, answer, without=("refunds",))
    by_id = sorted(answer.json()["refunds"], key=lambda refund: refund["id"])
    assert by_id == sorted(exchange.body["refunds"], key=lambda refund: refund["id"])


@pytest.mark.parametrize("group", ["products", "tax"])
async def test_settings_have_the_recorded_shape(recorded_shop: Store, clock: Clock, group: str) -> None:
    exchange, answer = await replay(recorded_shop, clock, f"16-settings-{group}")
    known = {row["id"]: row for row in exchange.body if isinstance(row, dict)}
    for row in answer.json():
        wanted = known[row["id"]]
        assert row.keys() | {"tip", "description"} >= wanted.keys() - {"options"}
        assert row["type"] == wanted["type"]


async def test_gateways_have_the_recorded_shape(recorded_shop: Store, clock: Clock) -> None:
    exchange, answer = await replay(recorded_shop, clock, "16-payment_gateways")
    test_gateway = exchange.body[-1]
    for row in answer.json():
        assert [d for d in differences(test_gateway, row) if "description" not in d] == []


async def test_a_page_beyond_the_last_is_empty_and_says_how_many_there_are(
    recorded_shop: Store, clock: Clock
) -> None:
    exchange, answer = await replay(recorded_shop, clock, "10-products-page-beyond-last")
    assert answer.status_code == exchange.status == 200
    assert answer.json() == []
    assert (answer.headers["X-WP-Total"], answer.headers["X-WP-TotalPages"]) == ("10", "1")
    assert answer.headers["Link"].endswith('page=1>; rel="prev"')


@pytest.mark.parametrize(
    "name",
    [
        "51-orders-orderby-modified-asc",
        "51-orders-orderby-date-asc",
        "51-orders-orderby-id-asc",
        "51-orders-orderby-modified-desc",
        "52-orders-status-pending_processing",
        "52-orders-created_via",
        "52-orders-meta_key-ignored",
        "83-search-Bola",
        "10-products-page1",
        "10-products-page2",
        "10-products-per_page-100-fields",
        "12-products-modified_after",
        "31-refunds-global",
    ],
)
async def test_lists_link_to_their_neighbours_as_recorded(
    recorded_shop: Store, clock: Clock, name: str
) -> None:
    clock.now = load(name).at
    for number in range(120):
        recorded_shop.set_stock("WTR-75", 100)
        order = recorded_shop.place([("WTR-75", 1)], customer=Customer("Bola"))
        order.created_via = "rest-api"
        if number < 6:
            recorded_shop.pay(order.id)
            recorded_shop.refund(order.id, 100)
        add_product(recorded_shop, f"Bulk item {number}", sku=f"BLK-{number}", price="1", stock=1)
    exchange, answer = await replay(recorded_shop, clock, name)
    assert answer.status_code == 200
    assert answer.headers["Link"] == exchange.headers["Link"].replace("https://", "http://")
    assert sorted(set(differences(exchange.body[0], answer.json()[0]))) == []
