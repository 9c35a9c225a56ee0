"""The provider's refunds, payment pages and banks are as specified, and do what a test wants of them."""

import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from posapp.demo_shop.app import build
from posapp.demo_shop.provider import give_money_back
from posapp.demo_shop.provider_refunds import STATUSES
from posapp.demo_shop.records import Transaction
from posapp.demo_shop.store import Store
from tests.demo_shop.conftest import BASE, Clock
from tests.paystack_specification import PATHS, RECORDINGS, Watched

PUBLISHED = Path(__file__).parents[3] / "shared" / "paystack" / "openapi.yaml"
REFERENCE = "5d1f9a4e-refund/1/1"


@pytest.fixture
async def watched(store: Store) -> AsyncIterator[httpx.AsyncClient]:
    """The provider's client; at the end the specification has objected to nothing."""
    way = Watched(httpx.ASGITransport(build(store)))
    headers = {"Authorization": f"Bearer {store.provider_key}"}
    async with httpx.AsyncClient(transport=way, base_url=f"{BASE}/paystack", headers=headers) as client:
        yield client
    assert way.faults == []


@pytest.fixture
def paid(store: Store) -> Transaction:
    """₦9,800 by card."""
    return store.pay(store.place([("RICE-5", 1)]).id)


async def ask(client: httpx.AsyncClient, made: Transaction, **fields: Any) -> httpx.Response:
    return await client.post("/refund", json={"transaction": made.reference, **fields})


async def test_a_refund_is_paid_out_half_a_minute_later(
    watched: httpx.AsyncClient, store: Store, clock: Clock, paid: Transaction
) -> None:
    answer = await ask(watched, paid, amount=300_000, currency="NGN", merchant_note=REFERENCE)
    made = answer.json()["data"]
    assert (answer.status_code, made["status"], made["amount"]) == (200, "pending", 300_000)
    assert made["transaction"]["reference"] == paid.reference
    clock.forward(29)
    assert (await watched.get(f"/refund/{made['id']}")).json()["data"]["status"] == "pending"
    clock.forward(1)
    fetched = (await watched.get(f"/refund/{made['id']}")).json()["data"]
    assert (fetched["status"], fetched["merchant_note"]) == ("processed", REFERENCE)
    assert fetched["refunded_at"] == "2026-11-20T08:00:30.000Z"
    assert (paid.status, paid.refunded_minor) == ("success", 300_000)


async def test_without_an_amount_all_that_is_left_is_given_back_and_the_transaction_is_reversed(
    watched: httpx.AsyncClient, store: Store, clock: Clock, paid: Transaction
) -> None:
    first = (await ask(watched, paid, amount=1)).json()["data"]
    rest = (await ask(watched, paid)).json()["data"]
    assert rest["amount"] == paid.amount_minor - 1
    assert paid.status == "success"
    clock.forward(30)
    states = {row["id"]: row["status"] for row in (await watched.get("/refund")).json()["data"]}
    assert states == {first["id"]: "processed", rest["id"]: "processed"}
    assert paid.status == "reversed"
    again = await ask(watched, paid, amount=1)
    assert (again.status_code, again.json()["message"]) == (400, "Transaction has been fully reversed")
    store.settle_refund(first["id"], "failed")
    assert paid.status == "success"


@pytest.mark.parametrize("outcome", STATUSES)
async def test_every_state_is_told_as_specified(
    watched: httpx.AsyncClient, store: Store, clock: Clock, paid: Transaction, outcome: str
) -> None:
    store.plan_refunds(outcome)
    made = (await ask(watched, paid, amount=100)).json()["data"]
    clock.forward(60)
    fetched = (await watched.get(f"/refund/{made['id']}")).json()["data"]
    listed = (await watched.get("/refund", params={"perPage": "10"})).json()
    assert fetched["status"] == listed["data"][0]["status"] == outcome
    assert fetched["collect_account_number"] == (outcome == "needs-attention")
    assert listed["meta"]["failedRefundCount"] == (outcome == "failed")


async def test_a_refund_that_needs_attention_takes_the_customers_account(
    watched: httpx.AsyncClient, store: Store, clock: Clock, paid: Transaction
) -> None:
    store.plan_refunds("needs-attention")
    number = (await ask(watched, paid, amount=100)).json()["data"]["id"]
    path = f"/refund/retry_with_customer_details/{number}"
    account = {"currency": "NGN", "account_number": "0123456789", "bank_id": "9"}
    early = await watched.post(path, json={"refund_account_details": account})
    assert early.status_code == 422
    clock.forward(30)
    await watched.get("/refund")
    wrong = await watched.post(path, json={"refund_account_details": account | {"account_number": "12"}})
    assert wrong.status_code == 422
    taken = await watched.post(path, json={"refund_account_details": account})
    assert (taken.status_code, taken.json()["data"]["status"]) == (200, "processing")
    clock.forward(30)
    assert (await watched.get(f"/refund/{number}")).json()["data"]["status"] == "processed"
    assert store.state.provider_refunds[number].account_number == "0123456789"


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"amount": 980_001}, 400),
        ({"amount": 0}, 400),
        ({"amount": "-5"}, 400),
        ({"amount": 1.5}, 400),
        ({"transaction": "unknown"}, 404),
        ({"transaction": ""}, 404),
        ({"currency": "GHS"}, 400),
    ],
)
async def test_what_cannot_be_given_back_is_refused(
    provider: httpx.AsyncClient, store: Store, paid: Transaction, changes: dict[str, Any], status: int
) -> None:
    answer = await provider.post("/refund", json={"transaction": paid.reference} | changes)
    assert (answer.status_code, answer.json()["status"]) == (status, False)
    assert store.state.provider_refunds == {}


async def test_a_test_decides_what_becomes_of_the_next_ones(
    watched: httpx.AsyncClient, store: Store, clock: Clock, paid: Transaction
) -> None:
    store.plan_refunds("refused", "failed")
    refused = await ask(watched, paid, amount=1)
    assert refused.status_code == 400
    assert "balance" in refused.json()["message"]
    assert paid.refunded_minor == 0
    assert (await ask(watched, paid, amount=1)).status_code == 200
    assert (await ask(watched, paid, amount=2)).status_code == 200
    clock.forward(30)
    states = [row["status"] for row in (await watched.get("/refund")).json()["data"]]
    assert states == ["processed", "failed"]
    with pytest.raises(ValueError, match="lost"):
        store.plan_refunds("lost")


async def test_refunds_are_listed_newest_first_by_page_and_by_time(
    watched: httpx.AsyncClient, store: Store, clock: Clock, paid: Transaction
) -> None:
    for amount in range(1, 8):
        await ask(watched, paid, amount=amount)
        clock.forward(60)
    seen = []
    for page in ("1", "2", "3"):
        answer = (await watched.get("/refund", params={"perPage": "3", "page": page})).json()
        seen += [row["amount"] for row in answer["data"]]
        assert (answer["meta"]["total"], answer["meta"]["pageCount"]) == (7, 3)
    assert seen == [7, 6, 5, 4, 3, 2, 1]
    window = {"from": "2026-11-20T08:01:00.000Z", "to": "2026-11-20T08:03:00Z"}
    assert [r["amount"] for r in (await watched.get("/refund", params=window)).json()["data"]] == [4, 3, 2]


def test_the_shops_plugin_leaves_a_refund_that_is_not_the_tills(store: Store, paid: Transaction) -> None:
    order = next(iter(store.state.orders.values()))
    assert give_money_back(store, order, 80_000, "late")
    (refund,) = store.state.provider_refunds.values()
    assert (refund.status, refund.amount_minor) == ("processed", 80_000)
    assert refund.merchant_note == f"Refund for Order ID: #{order.id} on Adaeze Stores"
    assert paid.status == "success"


# Payment pages


async def link(client: httpx.AsyncClient, reference: str = "L-1", **changes: Any) -> httpx.Response:
    notes = {"order_number": "0042", "customer_fee": "15000"}
    body = {"email": "bola@example.test", "amount": 1_000_000, "currency": "NGN", "reference": reference}
    return await client.post("/transaction/initialize", json=body | {"metadata": notes} | changes)


async def test_a_link_waits_as_an_abandoned_transaction_until_somebody_pays(
    watched: httpx.AsyncClient, store: Store, clock: Clock
) -> None:
    page = (await link(watched)).json()["data"]
    assert page["authorization_url"] == f"{BASE}/paystack/pay/{page['access_code']}"
    told = (await watched.get("/transaction/verify/L-1")).json()["data"]
    assert (told["status"], told["paid_at"], told["amount"]) == ("abandoned", None, 1_000_000)
    clock.forward(600)
    store.pay_link("L-1")
    told = (await watched.get("/transaction/verify/L-1")).json()["data"]
    assert (told["status"], told["paid_at"]) == ("success", "2026-11-20T08:10:00.000Z")
    assert told["metadata"] == {"order_number": "0042", "customer_fee": "15000"}


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"email": "nobody"}, 400, "invalid_email_address"),
        ({"amount": 0}, 400, "validation_error"),
        ({"reference": "a b"}, 400, "invalid_reference"),
        ({"currency": "GHS"}, 403, "unsupported_currency"),
        ({"metadata": [1]}, 400, "validation_error"),
    ],
)
async def test_what_is_no_link_is_refused(
    provider: httpx.AsyncClient, store: Store, changes: dict[str, Any], status: int, code: str
) -> None:
    answer = await link(provider, **changes)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert store.state.transactions == {}


async def test_a_reference_is_used_once(watched: httpx.AsyncClient, store: Store) -> None:
    await link(watched)
    again = await link(watched)
    assert (again.status_code, again.json()["code"]) == (400, "duplicate_reference")
    assert len(store.state.transactions) == 1


@pytest.mark.parametrize(
    ("deed", "made"),
    [
        ("pay", [("success", 1_000_000)]),
        ("twice", [("success", 1_000_000), ("success", 1_000_000)]),
        ("less", [("success", 950_000)]),
        ("more", [("success", 1_050_000)]),
        ("slow", [("pending", 1_000_000)]),
        ("fail", [("failed", 1_000_000)]),
        ("abandon", [("abandoned", 1_000_000)]),
        ("again", [("abandoned", 1_000_000)]),  # not before it was paid
        ("nonsense", [("abandoned", 1_000_000)]),
    ],
)
async def test_the_page_does_what_its_buttons_say(
    provider: httpx.AsyncClient,
    store: Store,
    browser: Callable[[], httpx.AsyncClient],
    deed: str,
    made: list[tuple[str, int]],
) -> None:
    address = (await link(provider)).json()["data"]["authorization_url"]
    async with browser() as client:
        page = (await client.get(address)).text
        assert "Order 0042" in page
        assert "₦10,000" in page
        assert "Fee inside: ₦150" in page
        assert (await client.post(address, data={"deed": deed})).status_code == 200
    assert [(t.status, t.amount_minor) for t in store.state.transactions.values()] == made
    assert all(t.requested_minor == 1_000_000 for t in store.state.transactions.values())
    assert len({t.reference for t in store.state.transactions.values()}) == len(made)


async def test_a_paid_page_can_only_be_paid_once_more(
    provider: httpx.AsyncClient, store: Store, browser: Callable[[], httpx.AsyncClient]
) -> None:
    address = (await link(provider)).json()["data"]["authorization_url"]
    async with browser() as client:
        for deed in ("fail", "pay", "pay", "less", "again"):
            await client.post(address, data={"deed": deed})
        assert (await client.get("/paystack/pay/unknown")).status_code == 404
        assert (await client.get("/paystack/pay/")).status_code == 401
    assert [t.amount_minor for t in store.state.transactions.values()] == [1_000_000, 1_000_000]


async def test_hostile_words_on_a_link_are_only_words(
    provider: httpx.AsyncClient, browser: Callable[[], httpx.AsyncClient]
) -> None:
    notes = {"order_number": "<script>alert(1)</script>", "customer_fee": "<b>"}
    address = (await link(provider, metadata=notes)).json()["data"]["authorization_url"]
    async with browser() as client:
        page = (await client.get(address)).text
    assert "<script>" not in page
    assert "<b>" not in page


# Banks, and the whole of it


async def test_banks_are_listed_by_page(watched: httpx.AsyncClient) -> None:
    whole = (await watched.get("/bank", params={"currency": "NGN"})).json()["data"]
    parts = [
        row
        for page in ("1", "2", "3", "4")
        for row in (
            await watched.get("/bank", params={"currency": "NGN", "perPage": "2", "page": page})
        ).json()["data"]
    ]
    assert parts == whole
    assert [row["name"] for row in whole if not row["active"]] == ["Old Mill Bank"]
    assert (await watched.get("/bank", params={"currency": "GHS"})).json()["data"] == []


async def test_nothing_is_answered_without_the_key(
    store: Store, browser: Callable[[], httpx.AsyncClient]
) -> None:
    async with browser() as client:
        for method, path in (
            ("GET", "/refund"),
            ("POST", "/refund"),
            ("POST", "/transaction/initialize"),
            ("GET", "/bank"),
        ):
            assert (await client.request(method, f"/paystack{path}", json={})).status_code == 401


async def test_a_restarted_shop_remembers_refunds_and_links(
    watched: httpx.AsyncClient, store: Store, clock: Clock, paid: Transaction, tmp_path: Path
) -> None:
    store.plan_refunds("needs-attention", "failed")
    await ask(watched, paid, amount=100)
    await link(watched)
    store.save(tmp_path / "shop.json")
    again = Store.open(tmp_path / "shop.json", clock=clock)
    assert again.state == store.state
    assert again.state.refund_plan == ["failed"]


@pytest.mark.skipif(not PUBLISHED.is_file(), reason="the published specification is not beside this tree")
def test_the_recorded_parts_are_those_of_the_published_specification() -> None:
    published = yaml.safe_load(PUBLISHED.read_text())

    def resolved(node: Any) -> Any:
        if isinstance(node, dict):
            if "$ref" not in node:
                return {name: resolved(value) for name, value in node.items()}
            target = published
            for name in node["$ref"].removeprefix("#/").split("/"):
                target = target[name]
            return resolved(target)
        return [resolved(value) for value in node] if isinstance(node, list) else node

    assert RECORDINGS.is_dir()
    for path, operations in PATHS.items():
        for method, recorded in operations.items():
            told = resolved(published["paths"][path][method])
            assert recorded["responses"] == told["responses"], path
            assert recorded.get("parameters", []) == told.get("parameters", []), path
            if "requestBody" in recorded:
                kind = "application/json"
                assert recorded["requestBody"]["content"][kind] == told["requestBody"]["content"][kind]
    assert json.dumps(PATHS)  # plain, without a reference left
