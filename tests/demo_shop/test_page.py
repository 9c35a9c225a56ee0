"""Buying on the page, as people with browsers do."""

import re
from collections.abc import Callable

import httpx
import pytest

from posapp.demo_shop.checkout import Payment
from posapp.demo_shop.page.deeds import DEEDS
from posapp.demo_shop.records import Order
from posapp.demo_shop.store import Store
from tests.demo_shop.conftest import Clock

Browser = Callable[[], httpx.AsyncClient]


async def put_in(client: httpx.AsyncClient, store: Store, sku: str, units: int = 1) -> httpx.Response:
    for _ in range(units):
        answer = await client.post("/basket", data={"product": str(store.find(sku).id), "step": "add"})
    assert answer.status_code == 200
    return answer


async def buy(
    client: httpx.AsyncClient, store: Store, sku: str, payment: str, **fields: str
) -> tuple[Order, httpx.Response]:
    await put_in(client, store, sku)
    answer = await client.post("/buy", data={"payment": payment, **fields})
    assert answer.status_code == 200
    return max(store.state.orders.values(), key=lambda order: order.id), answer


async def do(client: httpx.AsyncClient, order: Order, deed: str) -> httpx.Response:
    return await client.post(f"/order/{order.id}", data={"key": order.order_key, "deed": deed})


def money(store: Store, order: Order) -> list[tuple[str, int]]:
    return [(t.status, t.amount_minor) for t in store.state.transactions.values() if t.order_id == order.id]


async def test_the_shop_opens_with_everything_a_till_must_know(store: Store, browser: Browser) -> None:
    products = [p for p in store.state.products.values() if p.status == "publish"]
    simple = [p for p in products if p.kind == "simple" and p.manage_stock and p.sku and p.price]
    assert len(simple) >= 6
    assert any(p.stock == 1 for p in simple)
    assert {p.kind for p in products} == {"simple", "variable", "variation"}
    assert any(p.tax_status == "none" for p in products)
    assert any(p.kind == "simple" and not p.manage_stock for p in products)
    async with browser() as client:
        page = (await client.get("/")).text
    for words in (
        "Ankara tote (red)",
        "Black soap &amp; honey",
        "Body wave wig 14&quot;",
        "₦9,800",
        "2 left",
    ):
        assert words in page
    assert "No real money" in page


async def test_pay_now_is_an_order_that_is_paid(store: Store, browser: Browser) -> None:
    async with browser() as client:
        bar = (await put_in(client, store, "RICE-5", 2)).text
        assert "2 × Rice 5 kg" in bar
        assert "₦19,600" in bar
        page = await client.post("/buy", data={"payment": "now", "delivery": "pickup"})
    order = next(iter(store.state.orders.values()))
    assert (order.status, order.created_via, order.payment_method) == ("processing", "store-api", "paystack")
    assert money(store, order) == [("success", 1_960_000)]
    assert "Processing" in page.text
    assert store.find("RICE-5").stock == 0


async def test_two_browsers_buy_the_last_unit_and_both_pay(store: Store, browser: Browser) -> None:
    async with browser() as one, browser() as other:
        first, _ = await buy(one, store, "WIG-14", "later")
        second, _ = await buy(other, store, "WIG-14", "later")
        for client, order in ((one, first), (other, second)):
            assert "Processing" in (await do(client, order, "pay")).text
        shelf = (await one.get("/")).text
    assert store.find("WIG-14").stock == -1
    assert "None left (−1)" in shelf


async def test_two_browsers_with_the_last_unit_in_their_baskets_pay_at_once(
    store: Store, browser: Browser
) -> None:
    async with browser() as one, browser() as other:
        for client in (one, other):
            await put_in(client, store, "WIG-14")
        for client in (one, other):
            await client.post("/buy", data={"payment": "now"})
    assert store.find("WIG-14").stock == -1
    assert [order.status for order in store.state.orders.values()] == ["processing", "processing"]


async def test_a_basket_takes_no_more_than_the_shop_shows(store: Store, browser: Browser) -> None:
    async with browser() as client:
        page = (await put_in(client, store, "WIG-14", 2)).text
        assert "There are no more of these." in page
        assert "1 × Body wave wig" in page
        fewer = await client.post("/basket", data={"product": str(store.find("WIG-14").id), "step": "less"})
        assert 'class="bar"' not in fewer.text


TOTAL = 1_250_000
CASES = {
    Payment.NOW: ("processing", [("success", TOTAL)]),
    Payment.LATER: ("pending", []),
    Payment.TWICE: ("processing", [("success", TOTAL), ("success", TOTAL)]),
    Payment.TOO_MUCH: ("processing", [("success", TOTAL + 100_000)]),
    Payment.PART: ("on-hold", [("success", TOTAL // 2)]),
    Payment.SLOW: ("pending", [("pending", TOTAL)]),
    Payment.REVERSED: ("processing", [("reversed", TOTAL)]),
    Payment.AFTER_CANCELLING: ("cancelled", [("success", TOTAL)]),
    Payment.ON_DELIVERY: ("processing", []),
    Payment.TRANSFER: ("on-hold", []),
}


@pytest.mark.parametrize("payment", Payment)
async def test_each_choice_of_payment_makes_its_case(
    store: Store, browser: Browser, payment: Payment
) -> None:
    async with browser() as client:
        order, page = await buy(client, store, "TOTE-BLU", payment.value)
        assert f'value="{payment.value}"' in (await put_in_checkout(client, store))
    assert (order.status, money(store, order)) == CASES[payment]
    assert (order.paid_at is not None) == (
        order.status == "processing" and payment is not Payment.ON_DELIVERY
    )
    assert f"Order {order.id}" in page.text


async def put_in_checkout(client: httpx.AsyncClient, store: Store) -> str:
    await put_in(client, store, "ZOBO-50")
    return (await client.get("/checkout")).text


STEPS = {
    ("later", "pay"): "processing",
    ("later", "too_much"): "processing",
    ("later", "part", "rest"): "processing",
    ("later", "slow", "answers"): "processing",
    ("later", "slow", "declines", "pay"): "processing",
    ("later", "cancel", "late"): "cancelled",
    ("now", "again", "back"): "processing",
    ("now", "back"): "processing",
    ("transfer", "seen"): "processing",
}


@pytest.mark.parametrize("steps", STEPS, ids="-".join)
async def test_an_orders_page_leads_on(store: Store, browser: Browser, steps: tuple[str, ...]) -> None:
    async with browser() as client:
        order, page = await buy(client, store, "TOTE-BLU", steps[0])
        for deed in steps[1:]:
            assert f'value="{deed}"' in page.text
            page = await do(client, order, deed)
            assert page.status_code == 200
    assert order.status == STEPS[steps]


def test_every_deed_is_walked() -> None:
    assert {deed for steps in STEPS for deed in steps[1:]} | AFTER_REFUNDS == DEEDS.keys()


AFTER_REFUNDS = {"refund_fails", "refund_asks", "refund_back"}


async def test_what_becomes_of_refunds_is_decided_on_an_orders_page(
    store: Store, clock: Clock, browser: Browser, provider: httpx.AsyncClient
) -> None:
    async with browser() as client:
        order, page = await buy(client, store, "TOTE-BLU", "now")
        assert 'value="refund_back"' not in page.text
        await do(client, order, "refund_fails")
        await do(client, order, "refund_asks")
        for _ in range(3):
            asked = {"transaction": order.transaction_id, "amount": 10_000}
            assert (await provider.post("/refund", json=asked)).status_code == 200
        page = await client.get(f"/order/{order.id}?key={order.order_key}")
        assert page.text.count("Refund awaited") == 3
        clock.forward(30)
        page = await client.get(f"/order/{order.id}?key={order.order_key}")
        for words in ("Refund failed", "Needs details", "Paid back", "−₦100", "Refund 15581137"):
            assert words in page.text
        page = await do(client, order, "refund_back")
        assert page.text.count("Refund failed") == 2
        assert 'value="refund_back"' not in page.text


async def test_a_deed_that_is_past_changes_nothing(store: Store, browser: Browser) -> None:
    async with browser() as client:
        order, _ = await buy(client, store, "TOTE-BLU", "now")
        page = await do(client, order, "pay")
    assert "can no longer be done" in page.text
    assert len(money(store, order)) == 1


async def test_delivery_to_lagos_costs_what_the_shop_says(store: Store, browser: Browser) -> None:
    async with browser() as client:
        order, page = await buy(
            client, store, "TOTE-BLU", "now", delivery="lagos", name="Ada Obi", phone="0803"
        )
    assert money(store, order) == [("success", 1_250_000 + 161_250)]
    assert (order.billing["first_name"], order.billing["last_name"], order.billing["phone"]) == (
        "Ada",
        "Obi",
        "0803",
    )
    assert "Lagos delivery" in page.text
    assert order.shipping_lines[0].instance_id == "1"


async def test_variations_are_bought_and_the_till_sees_which(store: Store, browser: Browser) -> None:
    async with browser() as client:
        order, _ = await buy(client, store, "ADIRE-L", "now")
    line = order.lines[0]
    assert (line.name, line.variation_id) == ("Adire shirt - L", store.find("ADIRE-L").id)
    assert store.find("ADIRE-L").stock == 0


HOSTILE = '<script>alert("x")</script>\u202e' + "A" * 5000


async def test_hostile_names_are_words_and_nothing_more(store: Store, browser: Browser) -> None:
    store.find("RICE-5").name = HOSTILE
    async with browser() as client:
        order, page = await buy(client, store, "RICE-5", "now", name=HOSTILE, phone=HOSTILE)
        shelf = await client.get("/")
    for answer in (page, shelf):
        assert "<script" not in answer.text
    assert len(order.billing["first_name"]) <= 60
    assert "\u202e" not in order.billing["first_name"]


@pytest.mark.parametrize(
    "cookie", ["x", "-1.5", "11.0", "11.99999999999", "999.1", "11.1-" * 500, "%00", "١١.١"]
)
async def test_a_forged_basket_is_read_with_care(store: Store, browser: Browser, cookie: str) -> None:
    async with browser() as client:
        answer = await client.get("/", headers={"Cookie": f"basket={cookie}".encode()})
        assert answer.status_code == 200
        assert (
            await client.get("/checkout", headers={"Cookie": f"basket={cookie}".encode()})
        ).status_code == 200


@pytest.mark.parametrize(
    "fields", [{}, {"product": "x"}, {"product": "999999"}, {"product": "9" * 40}, {"product": "²"}]
)
async def test_a_forged_form_changes_nothing(store: Store, browser: Browser, fields: dict[str, str]) -> None:
    async with browser() as client:
        answer = await client.post("/basket", data={**fields, "step": "add"})
        assert "not for sale" in answer.text
        assert (await client.post("/buy", data={"payment": "now"})).status_code == 200
    assert store.state.orders == {}


@pytest.mark.parametrize("fields", [{"payment": "free"}, {"payment": "now", "delivery": "moon"}])
async def test_an_unknown_choice_buys_nothing(store: Store, browser: Browser, fields: dict[str, str]) -> None:
    async with browser() as client:
        await put_in(client, store, "RICE-5")
        await client.post("/buy", data=fields)
    assert store.state.orders == {}


async def test_an_order_is_seen_and_changed_only_with_its_key(store: Store, browser: Browser) -> None:
    async with browser() as client, browser() as stranger:
        order, _ = await buy(client, store, "RICE-5", "later")
        assert (await stranger.get(f"/order/{order.id}")).status_code == 404
        assert (await stranger.get(f"/order/{order.id}?key=wrong")).status_code == 404
        forged = await stranger.post(f"/order/{order.id}", data={"key": "wrong", "deed": "pay"})
        assert forged.status_code == 404
        assert f"/order/{order.id}" in (await client.get("/")).text
        assert f"/order/{order.id}" not in (await stranger.get("/")).text
    assert order.status == "pending"


async def test_the_page_runs_no_script_and_loads_nothing_from_elsewhere(
    store: Store, browser: Browser
) -> None:
    async with browser() as client:
        page = await client.get("/")
        _, ordered = await buy(client, store, "RICE-5", "later")
        front = await client.get("/")
        await put_in(client, store, "RICE-5")
        checkout = await client.get("/checkout")
        assert (await client.get("/style.css")).headers["Content-Type"].startswith("text/css")
        assert (await client.get("/font/900.ttf")).status_code == 404
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    for answer in (page, ordered, front, checkout):
        assert re.findall(r"<script|https?://|style=|\son\w+=", answer.text) == []


async def test_every_control_has_a_name(store: Store, browser: Browser) -> None:
    async with browser() as client:
        await put_in(client, store, "RICE-5")
        pages = [(await client.get(path)).text for path in ("/", "/checkout")]
    for text in pages:
        for button in re.findall(r"<button[^>]*>.*?</button>", text, re.DOTALL):
            words = re.sub(r"<[^>]*>", "", button).strip()
            assert words or "aria-label" in button, button
