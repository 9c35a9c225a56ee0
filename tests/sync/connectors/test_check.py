"""The connection test: one clear verdict, and nothing left behind."""

import json
import ssl
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from posapp.sync.connectors.woocommerce import WooCommerceFeed
from posapp.sync.connectors.woocommerce_tax import read_tax, tax_words
from posapp.sync.feed import ShopTax, Verdict
from tests.sync.connectors.recordings import answer, body

NOW = datetime(2026, 11, 23, 3, 11, 9, tzinfo=UTC)
DATE = {"Date": "Mon, 23 Nov 2026 03:11:07 GMT", "Content-Type": "application/json; charset=UTF-8"}


def told(content: Any, status: int = 200, **headers: str) -> httpx.Response:
    return httpx.Response(status, headers=DATE | headers, content=json.dumps(content).encode())


class Shop:
    """A healthy shop out of recordings, of which single answers can be replaced."""

    def __init__(self, **replaced: httpx.Response | Exception) -> None:
        self.replaced = replaced
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        name = (
            request.url.path.removeprefix("/wp-json").removeprefix("/wc/v3/").split("/")[0].strip("/")
            or "index"
        )
        name = "write" if request.method == "PUT" else name
        found = self.replaced.get(name, self.replaced.get("everything"))
        if isinstance(found, Exception):
            raise found
        return found or self.healthy(name, request)

    def healthy(self, name: str, request: httpx.Request) -> httpx.Response:
        if name == "write":
            return answer("81-err-put-missing")
        if name == "orders":
            return told([body("60-storefront-order-cod-as-seen-by-rest")], **{"X-WP-Total": "175"})
        if name == "products":
            return told([{"id": 10}], **{"X-WP-Total": "18"})
        if name == "data":
            return answer("16-data-currencies-current")
        if name == "index":
            return told(
                {"name": "Adaeze Stores &amp; Co", "timezone_string": "Africa/Lagos", "gmt_offset": 1}
            )
        if name == "taxes":
            return answer("16-taxes")
        value = {
            "woocommerce_price_num_decimals": "2",
            "woocommerce_hold_stock_minutes": "60",
            "woocommerce_calc_taxes": "yes",
            "woocommerce_default_country": "NG:LA",
            "woocommerce_prices_include_tax": "no",
        }
        return told({"value": value[request.url.path.rsplit("/", 1)[1]]})


async def verdict_of(shop: Shop, address: str = "shop.example.test", currency: str = "NGN") -> Verdict:
    async def no_sleep(pause_s: float) -> None:
        pass

    transport = httpx.MockTransport(shop)
    feed = WooCommerceFeed(
        "shop",
        address,
        "ck_1",
        "cs_1",
        currency=currency,
        transport=transport,
        sleep=no_sleep,
        till_clock=lambda: NOW,
    )
    verdict = await feed.test()
    await feed.close()
    return verdict


async def test_a_healthy_shop_is_described() -> None:
    shop = Shop()
    verdict = await verdict_of(shop)
    assert verdict.code == "ok"
    assert (verdict.shop_name, verdict.currency) == ("Adaeze Stores & Co", "NGN")
    assert (verdict.time_zone, verdict.version) == ("Africa/Lagos", "11.0.1")
    told = {finding.check: finding for finding in verdict.findings}
    assert list(told) == ["answers", "key", "money", "clock", "orders", "products", "unpaid", "tax"]
    assert told["tax"].words == "VAT 7.5 %, on top of the prices"
    assert verdict.tax == ShopTax("VAT", 750, included=False)
    assert told["clock"].words == "2 seconds apart"
    assert told["money"].words == "NGN, 2 decimals"
    assert told["products"].words == "18 products"
    assert "283" in told["orders"].words
    assert (told["unpaid"].state, "60 min" in told["unpaid"].words) == ("warning", True)
    assert all(finding.state == "ok" for check, finding in told.items() if check != "unpaid")


async def test_it_only_reads_and_asks_to_change_an_order_that_cannot_be() -> None:
    shop = Shop()
    await verdict_of(shop)
    writes = [request for request in shop.requests if request.method != "GET"]
    assert [(one.method, one.url.path, one.content) for one in writes] == [
        ("PUT", "/wp-json/wc/v3/orders/2147483647", b"{}")
    ]


@pytest.mark.parametrize(
    ("code", "answered"),
    [
        ("wrong_key", answer("80-err-bad-key")),
        ("wrong_key", answer("80-err-bad-secret")),
        ("wrong_key", answer("80-err-write-key-reads")),
        ("wrong_key", httpx.Response(401, headers={"Content-Type": "text/html"}, text="<h1>Locked</h1>")),
        ("maintenance", answer("85-err-503-maintenance")),
        ("server_error", answer("85-err-500-database-down")),
        ("server_error", answer("85-err-502-php-down")),
        ("server_error", httpx.Response(429, headers={"Retry-After": "300"})),
        (
            "wrong_address",
            httpx.Response(404, headers={"Content-Type": "text/html"}, text="<h1>Not found</h1>"),
        ),
        ("wrong_address", httpx.ConnectError("[Errno -2] Name or service not known")),
        ("wrong_address", httpx.ConnectError("[Errno 111] Connection refused")),
        ("wrong_address", httpx.ConnectTimeout("slow")),
        ("wrong_address", httpx.Response(301, headers={"Location": "https://www.shop.example.test/"})),
        ("not_a_shop", answer("81-err-404-route")),
        ("not_a_shop", httpx.Response(200, headers={"Content-Type": "text/html"}, text="<h1>My blog</h1>")),
        ("not_a_shop", told({"hello": "world"})),
        ("not_a_shop", told([1, 2])),
        ("not_a_shop", told([{"id": 1}])),
        ("not_a_shop", told("[")),
        ("not_a_shop", httpx.Response(200, headers=DATE, content=b"[" * 5000)),
        ("not_a_shop", httpx.Response(403, headers={"Content-Type": "text/html"}, text="blocked")),
    ],
)
async def test_what_keeps_it_from_working_is_named(code: str, answered: httpx.Response | Exception) -> None:
    verdict = await verdict_of(Shop(everything=answered))
    assert verdict.code == code
    assert [finding.state for finding in verdict.findings] == ["failed"]
    assert all(finding.words and finding.advice for finding in verdict.findings)


async def test_a_certificate_that_is_not_trusted_is_said() -> None:
    error = httpx.ConnectError("certificate verify failed")
    error.__cause__ = ssl.SSLCertVerificationError("self-signed")
    verdict = await verdict_of(Shop(everything=error))
    assert verdict.code == "wrong_address"
    assert "certificate" in verdict.findings[0].words


async def test_a_key_that_may_only_read_is_told_apart() -> None:
    verdict = await verdict_of(Shop(write=answer("80-err-read-key-writes")))
    assert verdict.code == "read_only_key"
    assert [finding.check for finding in verdict.findings if finding.state == "failed"] == ["key"]


async def test_another_currency_is_said() -> None:
    verdict = await verdict_of(Shop(), currency="GHS")
    assert verdict.code == "wrong_currency"
    assert (verdict.currency, "NGN" in verdict.findings[2].words) == ("NGN", True)
    assert (await verdict_of(Shop(), currency="")).code == "ok"


async def test_plain_http_is_refused_before_anybody_is_called() -> None:
    shop = Shop()
    verdict = await verdict_of(shop, address="http://shop.example.test")
    assert (verdict.code, shop.requests) == ("plain_http", [])


async def test_a_shop_on_this_computer_may_speak_plain_http() -> None:
    verdict = await verdict_of(Shop(), address="http://127.0.0.1:8080")
    assert verdict.code == "ok"
    assert verdict.findings[0].words.startswith("On this computer")


@pytest.mark.parametrize("address", ["", "not an address", "https://a:b@shop.example.test"])
async def test_what_is_no_address_is_a_wrong_one(address: str) -> None:
    shop = Shop()
    assert ((await verdict_of(shop, address=address)).code, shop.requests) == ("wrong_address", [])


@pytest.mark.parametrize("part", ["index", "settings", "data", "write", "products"])
@pytest.mark.parametrize(
    "odd",
    [
        told([]),
        told({}),
        told(None),
        told({"name": [], "value": {}, "code": 7}),
        httpx.Response(404),
        answer("80-err-bad-key"),
        httpx.Response(200, headers=DATE, content=b"{"),
        httpx.ReadTimeout("slow"),
    ],
)
async def test_an_odd_part_never_makes_the_test_fall_over(part: str, odd: httpx.Response | Exception) -> None:
    verdict = await verdict_of(Shop(**{part: odd}))
    assert verdict.code in ("ok", "read_only_key", "server_error", "wrong_currency", "wrong_address")
    assert verdict.findings


@pytest.mark.parametrize(
    "newest",
    [
        {"order_key": None, "currency": [], "number": {}, "version": 11, "date_created_gmt": 7},
        {"order_key": "x"},
    ],
)
async def test_an_odd_newest_order_never_makes_the_test_fall_over(newest: dict[str, Any]) -> None:
    verdict = await verdict_of(Shop(orders=told([newest])))
    assert verdict.code == "ok"


async def test_a_new_shop_without_orders_is_fine() -> None:
    verdict = await verdict_of(Shop(orders=told([])))
    assert (verdict.code, verdict.currency) == ("ok", "NGN")


async def test_clocks_that_disagree_are_a_warning() -> None:
    late = told([], Date="Mon, 23 Nov 2026 02:41:09 GMT")
    verdict = await verdict_of(Shop(orders=late))
    finding = next(one for one in verdict.findings if one.check == "clock")
    assert (finding.state, finding.words, verdict.code) == ("warning", "30 minutes apart", "ok")


@pytest.mark.parametrize(("shown", "words"), [("0", "NGN, no decimals"), ("4", "NGN, 4 decimals")])
async def test_a_shop_may_show_other_decimals_than_its_currency_has(shown: str, words: str) -> None:
    verdict = await verdict_of(Shop(settings=told({"value": shown})))
    assert next(one.words for one in verdict.findings if one.check == "money") == words


@pytest.mark.parametrize(
    ("index", "zone"),
    [
        ({"timezone_string": "Africa/Lagos", "gmt_offset": 1}, "Africa/Lagos"),
        ({"timezone_string": "", "gmt_offset": 1}, "Etc/GMT-1"),
        ({"timezone_string": "", "gmt_offset": -5.0}, "Etc/GMT+5"),
        ({"timezone_string": "", "gmt_offset": 0}, "UTC"),
        ({"timezone_string": "", "gmt_offset": 5.5}, ""),
        ({"timezone_string": "", "gmt_offset": 1e9}, ""),
        ({"timezone_string": "", "gmt_offset": 1e300}, ""),
        ({"timezone_string": "../../etc/passwd"}, ""),
        ({"timezone_string": "Africa/Nowhere"}, ""),
        ({}, ""),
    ],
)
async def test_the_time_zone_is_one_that_this_computer_knows(index: dict[str, Any], zone: str) -> None:
    assert (await verdict_of(Shop(index=told(index)))).time_zone == zone


@pytest.mark.parametrize("code", ["<b>", "", 7, None, "naira"])
async def test_a_currency_that_is_none_is_taken_from_the_newest_order(code: Any) -> None:
    assert (await verdict_of(Shop(data=told({"code": code})))).currency == "NGN"
    assert (await verdict_of(Shop(data=told({"code": code}), orders=told([])))).currency == ""


def rate(**changed: Any) -> dict[str, Any]:
    return body("16-taxes")[0] | changed


@pytest.mark.parametrize(
    ("rates", "tax"),
    [
        ([rate()], ShopTax("VAT", 750, included=True)),
        ([rate(country="", rate="20")], ShopTax("VAT", 2000, included=True)),
        ([rate(), rate(country="GH", rate="15.0000")], ShopTax("VAT", 750, included=True)),
        ([rate(), rate(**{"class": "reduced-rate"})], ShopTax("VAT", 750, included=True)),
        ([rate(name="<b>T&amp;V</b>A\u202e")], ShopTax("T&V A", 750, included=True)),
        ([rate(name="")], ShopTax("VAT", 750, included=True)),
        ([], None),
        ([rate(), rate(priority=2, rate="1.0000")], None),
        ([rate(cities=["LAGOS"])], None),
        ([rate(state="KN")], None),
        ([rate(rate="7.1250")], None),  # finer than a hundredth of a per cent
        ([rate(rate="7.1200")], ShopTax("VAT", 712, included=True)),
        ([rate(rate="101.0000")], None),
        ([rate(rate="-7.5")], None),
        ([rate(rate=7.5)], None),
        ([["not a rate"]], None),
        ({"code": "no"}, None),
        (None, None),
    ],
)
def test_only_one_plain_rate_is_proposed(rates: Any, tax: ShopTax | None) -> None:
    assert read_tax("yes", "NG:LA", "yes", rates) == tax
    assert read_tax("no", "NG:LA", "yes", rates) is None
    assert read_tax("yes", "NG:LA", "", rates) is None


def test_a_tax_is_said_as_people_write_it() -> None:
    assert tax_words(ShopTax("VAT", 750, included=True)) == "VAT 7.5 %, inside the prices"
    assert tax_words(ShopTax("VAT", 1600, included=False)) == "VAT 16 %, on top of the prices"
    assert tax_words(ShopTax("VAT", 5, included=False)) == "VAT 0.05 %, on top of the prices"


async def test_a_key_that_may_not_see_taxes_connects_all_the_same() -> None:
    refused = told({"code": "woocommerce_rest_cannot_view"}, 403)
    verdict = await verdict_of(Shop(settings=refused, taxes=refused))
    assert (verdict.code, verdict.tax) == ("ok", None)
    assert "tax" not in {finding.check for finding in verdict.findings}
