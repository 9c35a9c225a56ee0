"""The shop's stock numbers, read and set: what is sent and believed stands in what a running WooCommerce said."""

import json
from typing import Any

import httpx
import pytest

from posapp.domain.feed import Unreadable
from posapp.sync.connectors.woocommerce import WooCommerceFeed
from posapp.sync.feed import FeedUnavailable, SignInAgain
from posapp.sync.outgoing import Declined, StockNumber
from tests.sync.connectors.recordings import FOLDER, answer, body


async def no_sleep(pause_s: float) -> None:
    pass


class Shop:
    """Answers by a function, and keeps what it was asked."""

    def __init__(self, told: Any) -> None:
        self.told, self.asked = told, list[httpx.Request]()
        transport = httpx.MockTransport(self._answer)
        self.feed = WooCommerceFeed(
            "shop", "shop.example.test", "ck", "cs", currency="NGN", transport=transport, sleep=no_sleep
        )

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        return self.told(request) if callable(self.told) else self.told

    @property
    def sent(self) -> tuple[str, str, Any]:
        (request,) = self.asked
        return request.method, request.url.path, json.loads(request.content)


def recorded(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))["request"]


def number(remote_id: str, quantity: Any, parent_id: str = "") -> StockNumber:
    return StockNumber(remote_id, parent_id, quantity)


# --- setting ----------------------------------------------------------------------------------------------------


async def test_products_are_set_as_recorded_and_one_failure_is_only_its_own() -> None:
    shop = Shop(answer("14-product-batch-update-mixed"))
    back = await shop.feed.put_stock([number("10", 94), number("9999999", 1)])
    method, path, content = shop.sent
    theirs = recorded("14-product-batch-update-mixed")
    assert (method, path) == (theirs["method"], "/wp-json/wc/v3/products/batch")
    assert content["update"] == theirs["body"]["update"][:2]
    assert back == [StockNumber("10", "", 94, "self")], "what failed, and what was not asked, is not told"


async def test_variations_are_set_below_their_parent_as_recorded() -> None:
    shop = Shop(answer("14-variation-batch"))
    back = await shop.feed.put_stock([number("21", 3, "19"), number("22", 1, "19")])
    theirs = recorded("14-variation-batch")
    assert shop.sent == (theirs["method"], "/wp-json/wc/v3/products/19/variations/batch", theirs["body"])
    assert back == [StockNumber("21", "19", 3, "self"), StockNumber("22", "19", 1, "self")]


@pytest.mark.parametrize(
    ("name", "kept_by"), [("13-untracked-put-stock", "nobody"), ("13-parentmanaged-put-stock", "parent")]
)
async def test_what_nobody_or_the_parent_counts_was_not_set_whatever_the_status_says(
    name: str, kept_by: str
) -> None:
    told = body(name)
    shop = Shop(httpx.Response(200, json={"update": [told]}))
    parent = str(told["parent_id"] or "")
    (back,) = await shop.feed.put_stock([number(str(told["id"]), 7, parent)])
    assert (back.quantity, back.kept_by) == (None, kept_by)


@pytest.mark.parametrize("quantity", [-1, 1_000_001, 2.5, "3", True, None])
async def test_what_is_no_whole_number_is_refused_before_anything_is_sent(quantity: Any) -> None:
    shop = Shop(answer("14-product-batch-update-mixed"))
    with pytest.raises(ValueError, match="whole number"):
        await shop.feed.put_stock([number("10", 5), number("11", quantity)])
    assert shop.asked == []


@pytest.mark.parametrize(
    "wanted",
    [
        [],
        [number(str(n), 1) for n in range(1, 22)],
        [number("1", 1), number("2", 1, "9")],
    ],
)
async def test_a_batch_is_small_and_of_one_parent(wanted: list[StockNumber]) -> None:
    shop = Shop(answer("14-product-batch-101"))
    with pytest.raises(ValueError, match="a batch is"):
        await shop.feed.put_stock(wanted)
    assert shop.asked == []


@pytest.mark.parametrize("remote_id", ["", "1/../2", "٣", "0"])
async def test_an_id_is_a_number(remote_id: str) -> None:
    shop = Shop(answer("14-product-batch-update-mixed"))
    with pytest.raises(Unreadable):
        await shop.feed.put_stock([number(remote_id, 1)])
    assert shop.asked == []


async def test_a_key_that_may_only_read_is_a_refusal() -> None:
    shop = Shop(answer("80-err-read-key-writes"))
    with pytest.raises(Declined) as refusal:
        await shop.feed.put_stock([number("10", 5)])
    assert refusal.value.code == "not_allowed"
    assert "write" in refusal.value.words


@pytest.mark.parametrize(
    "told",
    [
        answer("85-err-500-database-down"),
        answer("85-err-502-php-down"),
        answer("85-err-503-maintenance"),
        answer("14-product-batch-101"),
        httpx.Response(200, headers={"content-type": "text/html"}, text="<h1>Hello</h1>"),
        httpx.Response(200, headers={"content-type": "application/json"}, text='{"update": [{"id": 10, "sto'),
        httpx.Response(200, json=[]),
        httpx.Response(403, headers={"content-type": "text/html"}, text="blocked"),
    ],
)
async def test_an_answer_that_says_nothing_is_asked_once_only(told: httpx.Response) -> None:
    shop = Shop(told)
    with pytest.raises(FeedUnavailable):
        await shop.feed.put_stock([number("10", 5)])
    assert len(shop.asked) == 1


@pytest.mark.parametrize(
    "told",
    [
        {"id": 10},
        {"id": 10, "manage_stock": True, "stock_quantity": "many"},
        {"id": 10, "manage_stock": True, "stock_quantity": 10**9},
        {"id": {"a": 1}, "manage_stock": True, "stock_quantity": 5},
        {"id": 11, "manage_stock": True, "stock_quantity": 5},
        {"id": 10, "manage_stock": True, "stock_quantity": 5, "error": {"code": "x"}},
        "10",
        None,
    ],
)
async def test_nonsense_about_one_thing_is_not_believed(told: Any) -> None:
    shop = Shop(httpx.Response(200, json={"update": [told]}))
    back = await shop.feed.put_stock([number("10", 5)])
    assert [one for one in back if one.quantity is not None] == []


# --- reading ----------------------------------------------------------------------------------------------------


async def test_numbers_are_read_by_id_with_few_fields() -> None:
    variations = [one for one in body("11-variations") if one["id"] in (20, 21)]

    def told(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/products"):
            return httpx.Response(200, json=[body("13-product-put-stock")])
        return httpx.Response(200, json=variations)

    shop = Shop(told)
    product = body("13-product-put-stock")
    wanted = [str(product["id"]), "20", "21"]
    found = {one.remote_id: one for one in await shop.feed.stock_numbers(wanted)}
    assert set(found) == set(wanted)
    assert found[wanted[0]].quantity == product["stock_quantity"]
    assert {one.parent_id for one in found.values()} == {"", "19"}
    fields = shop.asked[0].url.params["_fields"].split(",")
    assert set(fields) <= set(product) | {"parent_id"}
    assert all(set(fields) <= set(one) for one in variations)
    assert len(shop.asked) == 2


async def test_a_negative_number_is_a_number_and_a_parent_keeps_its_own() -> None:
    negative, (parents, *_) = body("13-product-put-stock-negative"), body("11-variation-parent-managed")

    def told(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=[negative] if request.url.path.endswith("/products") else [parents])

    found = await Shop(told).feed.stock_numbers([str(negative["id"]), str(parents["id"])])
    assert {(one.quantity, one.kept_by) for one in found} == {(-2, "self"), (None, "parent")}


async def test_what_no_list_tells_is_read_alone_and_what_is_gone_is_left_out() -> None:
    variation = body("11-variation-as-product")

    def told(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith(f"/products/{variation['id']}"):
            return httpx.Response(200, json=variation)
        if request.url.path.endswith("/products"):
            return httpx.Response(200, json=[])
        return answer(
            "81-err-404-route" if request.url.path.endswith("/variations") else "81-err-404-product"
        )

    found = await Shop(told).feed.stock_numbers([str(variation["id"]), "999"])
    assert [one.remote_id for one in found] == [str(variation["id"])]


async def test_a_lost_key_is_a_lost_key_when_reading() -> None:
    with pytest.raises(SignInAgain):
        await Shop(answer("80-err-bad-secret")).feed.stock_numbers(["10"])
