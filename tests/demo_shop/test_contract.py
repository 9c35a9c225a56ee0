"""The demo shop does what the recorded shop did: the same requests, the same answers."""

from typing import Any

import httpx
import pytest

from posapp.demo_shop.catalogue import add_product
from posapp.demo_shop.checkout import Customer
from posapp.demo_shop.store import Store
from tests.demo_shop.conftest import Clock, asking
from tests.demo_shop.recorded import Exchange, differences, load, settled


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


STORIES = {
    "an order is placed, paid, paid again and completed": (
        "20-order-create-pending",
        "20-order-set-paid",
        "20-order-set-paid-again",
        "20-order-complete",
        "84-meta-types",
        "84-meta-repost-same-key-no-id",
    ),
    "statuses and what they do to money and stock": (
        "21-order-create-processing-no-setpaid",
        "21-order-create-set_paid",
        "21-order-create-onhold",
        "21-order-failed-to-refunded-status",
        "21-order-onhold-to-cancelled",
        "21-order-cancelled-to-processing",
        "21-order-processing-to-failed",
    ),
    "a client's own line total": ("22-order-own-line-total",),
    "variations, skus and what is not there": (
        "23-order-variation",
        "23-order-variation-by-id-only",
        "23-order-by-sku",
        "23-order-parent-without-variation",
        "23-order-empty",
        "23-order-custom-line-no-product",
        "23-order-decimal-quantity",
        "82-err-bad-product",
        "82-err-bad-sku",
    ),
    "refunds of one order": (
        "30-refund-order",
        "31-refund-partial-line-restock",
        "31-order-after-partial-refund",
        "31-refund-partial-line-no-restock",
        "31-refund-no-amount",
        "31-refund-amount-only",
        "31-refund-default-api_refund",
        "31-refund-too-much",
        "31-refund-qty-too-many",
        "31-refund-delete",
        "31-refund-rest-amount",
    ),
    "a whole order given back by its lines": (
        "32-full-refund-order",
        "32-full-refund-by-lines",
        "32-order-after-full-refund",
        "32-refund-on-fully-refunded",
        "32-refund-pending-order",
        "32-refund-of-pending",
    ),
    "the last unit is sold twice and then thrice": (
        "40-oversell-order-A-pending",
        "40-oversell-order-B-pending",
        "40-oversell-A-paid",
        "40-oversell-B-paid",
        "40-oversell-product-after",
        "40-oversell-order-C-when-out-of-stock",
        "40-oversell-put-absolute-stock",
    ),
    "edits after payment": (
        "41-edit-order-paid",
        "41-edit-quantity-after-payment",
        "41-edit-add-line-after-payment",
        "41-edit-remove-line-after-payment",
        "41-edit-note-only",
    ),
    "the trash": (
        "42-trash-order",
        "42-order-trash",
        "42-order-get-trashed",
        "42-orders-list-status-trash",
        "42-orders-list-status-any-trash",
        "42-orders-list-include-trashed",
        "42-order-untrash-by-put",
        "42-order-force-delete",
        "42-order-get-deleted",
    ),
    "the same twice makes two": (
        "83-idempotency-first",
        "83-idempotency-second-same-body",
        "83-find-search",
        "83-create-with-client-fields",
        "83-find-created_via",
        "83-create-with-id",
    ),
    "a pending order by REST holds nothing": ("62-hold-rest-pending", "62-hold-rest-pending-then-paid"),
    "products": (
        "10-products-by-sku",
        "10-products-by-global_unique_id",
        "10-product-variable",
        "11-variation-as-product",
        "11-variations",
        "11-variations-all",
        "11-variation-parent-managed",
        "12-products-nosku",
    ),
    "stock numbers": (
        "13-product-put-stock",
        "13-product-put-stock-zero",
        "13-product-put-stock-negative",
        "13-product-put-stock-decimal",
        "13-product-put-stock-string",
        "13-product-put-instock-with-zero",
        "13-variation-put-stock",
        "13-parentmanaged-put-stock",
        "13-untracked-put-stock",
        "13-variation-put-stock-via-products",
    ),
    "products are changed and thrown away": (
        "14-product-batch-update-mixed",
        "14-variation-batch",
        "15-product-put-price",
        "15-product-put-price-number",
        "15-product-duplicate-sku",
        "15-product-trash",
        "15-products-list-status-trash",
        "15-products-list-default-has-trash",
    ),
    "errors": (
        "52-orders-per_page-101",
        "52-orders-status-bogus",
        "50-modified_after-bad",
        "50-modified_after-date-only",
        "81-err-404-id",
        "81-err-404-product",
        "81-err-404-route",
        "81-err-put-missing",
        "81-err-id-is-other-type",
        "82-err-bad-coupon",
        "82-err-bad-customer",
        "82-err-bad-email",
        "82-err-total-number",
        "82-err-method",
    ),
    "webhooks": ("70-webhook-create-order.updated-ok",),
    "what is asked once": ("16-data-currencies-current", "16-taxes", "16-shipping-zones"),
}

# The recorded shop had a history before; these values tell of it, not of the rule.
HISTORY = {
    "meta_data": ("15-product-trashed-get",),
    "id": ("70-webhook-create-order.updated-ok", "41-edit-note-only"),
}


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
