"""The provider answers as its specification says, and knows what WooCommerce cannot."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from openapi_schema_validator import OAS30Validator

from posapp.demo_shop.checkout import Payment
from posapp.demo_shop.provider import STATUSES, fee_on
from posapp.demo_shop.store import Store
from tests.demo_shop.conftest import OPENED, Clock

SPECIFICATION = Path(__file__).parent.parent / "recordings" / "paystack" / "transactions.yaml"
PATHS = yaml.safe_load(SPECIFICATION.read_text())["paths"]


def wrong_with(operation: str, answer: httpx.Response) -> list[str]:
    """What the specification objects to in an answer."""
    said = PATHS[operation]["get"]["responses"][str(answer.status_code)]
    schema = said["content"]["application/json"]["schema"]
    errors = OAS30Validator(schema).iter_errors(answer.json())
    return [f"{error.json_path}: {error.message}"[:200] for error in errors]


@pytest.fixture
def busy(store: Store, clock: Clock) -> Store:
    """A transaction in every state, a minute apart, the last one nobody's."""
    for number, status in enumerate(STATUSES):
        order = store.place([("RICE-5", 1)], at=OPENED + timedelta(minutes=number))
        store.transaction(order.id, status=status, at=OPENED + timedelta(minutes=number))
    clock.forward(3600)
    store.transaction(None, 500_000)
    return store


async def listed(provider: httpx.AsyncClient, **params: str) -> dict[str, Any]:
    answer = await provider.get("/transaction", params=params)
    assert answer.status_code == 200, answer.text
    assert wrong_with("/transaction", answer) == []
    return dict(answer.json())


async def test_the_list_is_as_specified_newest_first(provider: httpx.AsyncClient, busy: Store) -> None:
    answer = await listed(provider, perPage="100")
    times = [entry["created_at"] for entry in answer["data"]]
    assert times == sorted(times, reverse=True)
    assert [entry["status"] for entry in answer["data"]] == ["success", *reversed(STATUSES)]
    assert answer["meta"] == {
        "total": 9,
        "total_volume": 980_000 + 500_000,
        "skipped": 0,
        "perPage": 100,
        "page": 1,
        "pageCount": 1,
    }


async def test_pages_come_one_after_the_other(provider: httpx.AsyncClient, busy: Store) -> None:
    seen = []
    for page in ("1", "2", "3", "4"):
        answer = await listed(provider, per_page="4", page=page)
        seen += [entry["reference"] for entry in answer["data"]]
        assert answer["meta"]["pageCount"] == 3
    assert len(set(seen)) == 9


async def test_from_and_to_look_at_the_beginning_of_an_attempt(
    provider: httpx.AsyncClient, busy: Store
) -> None:
    times = {"from": "2026-11-20T08:01:00.000Z", "to": "2026-11-20T08:03:00Z"}
    assert [entry["status"] for entry in (await listed(provider, **times))["data"]] == [
        "pending",
        "abandoned",
        "failed",
    ]
    late = next(t for t in busy.state.transactions.values() if t.status == "pending")
    busy.settle(late.reference)
    since = await listed(provider, **{"from": "2026-11-20T08:30:00Z"})
    assert late.reference not in [entry["reference"] for entry in since["data"]]


@pytest.mark.parametrize("status", STATUSES)
async def test_every_state_can_be_listed_verified_and_fetched(
    provider: httpx.AsyncClient, busy: Store, status: str
) -> None:
    entry = (await listed(provider, status=status))["data"][-1]
    verified = await provider.get(f"/transaction/verify/{entry['reference']}")
    assert wrong_with("/transaction/verify/{reference}", verified) == []
    fetched = await provider.get(f"/transaction/{entry['id']}")
    assert wrong_with("/transaction/{id}", fetched) == []
    for answer in (verified.json()["data"], fetched.json()["data"]):
        assert (answer["status"], answer["amount"]) == (status, 980_000)
    money_came = status in {"success", "reversed"}
    assert (verified.json()["data"]["paid_at"] is not None) == money_came


async def test_the_order_is_named_in_the_metadata(provider: httpx.AsyncClient, store: Store) -> None:
    order = store.place([("RICE-5", 1)])
    made = store.pay(order.id)
    metadata = (await provider.get(f"/transaction/verify/{made.reference}")).json()["data"]["metadata"]
    assert (metadata["order_id"], metadata["order_key"]) == (str(order.id), order.order_key)
    fields = {row["variable_name"]: row["value"] for row in metadata["custom_fields"]}
    assert (fields["order_id"], fields["order_key"]) == (str(order.id), order.order_key)
    assert order.transaction_id == made.reference


async def test_a_fee_the_customer_bears_lies_on_top_of_what_was_asked(
    provider: httpx.AsyncClient, store: Store
) -> None:
    order = store.place([("RICE-5", 1)])
    made = store.pay(order.id, 985_000, customer_fee_minor=15_000)
    data = (await provider.get(f"/transaction/verify/{made.reference}")).json()["data"]
    assert (data["amount"], data["requested_amount"], data["fees"]) == (1_000_000, 985_000, 15_000)
    fields = {row["variable_name"]: row["value"] for row in data["metadata"]["custom_fields"]}
    assert fields["customer_fee"] == "15000"


@pytest.mark.parametrize(
    ("amount", "fee"), [(100_000, 1_500), (249_999, 3_749), (250_000, 13_750), (100_000_000, 200_000)]
)
def test_the_providers_own_fee(amount: int, fee: int) -> None:
    assert fee_on(amount) == fee


async def test_errors_are_as_specified(provider: httpx.AsyncClient, busy: Store) -> None:
    wrong_key = {"Authorization": "Bearer sk_test_wrong"}
    answer = await provider.get("/transaction", headers=wrong_key)
    assert (answer.status_code, answer.json()["message"]) == (401, "Invalid key")
    assert wrong_with("/transaction", answer) == []
    for path in ("/transaction/verify/unknown", "/transaction/1"):
        answer = await provider.get(path)
        assert (answer.status_code, answer.json()["status"]) == (404, False)
        assert wrong_with("/transaction", answer) == []
    for params in ({"perPage": "0"}, {"page": "x"}, {"from": "yesterday"}):
        assert (await provider.get("/transaction", params=params)).status_code == 400


async def test_a_shop_key_is_no_provider_key(store: Store, browser: Callable[[], httpx.AsyncClient]) -> None:
    key = store.key
    async with browser() as client:
        answer = await client.get("/paystack/transaction", auth=(key.consumer_key, key.consumer_secret))
    assert answer.status_code == 401


def test_what_woocommerce_hears_of_money(store: Store) -> None:
    """It knows one payment per order: not a second, not an excess, not that one was taken back."""
    order = store.place([("RICE-5", 1)])
    first = store.pay(order.id, 1_080_000)
    second = store.pay(order.id)
    store.reverse(second.reference)
    assert (order.status, order.transaction_id) == ("processing", first.reference)
    assert first.reference != second.reference


def test_a_deposit_puts_the_order_on_hold_and_the_rest_completes_it(store: Store) -> None:
    order = store.place([("RICE-5", 1)])
    store.pay(order.id, 400_000)
    assert (order.status, order.paid_at) == ("on-hold", None)
    store.pay(order.id, 580_000)
    assert (order.status, order.paid_at is not None) == ("processing", True)


def test_late_money_leaves_a_cancelled_order_cancelled(store: Store) -> None:
    order = store.place([("RICE-5", 1)])
    store.set_status(order.id, "cancelled")
    made = store.pay(order.id)
    assert (order.status, order.paid_at, made.status) == ("cancelled", None, "success")


def test_a_slow_bank_answers_in_the_end(store: Store, clock: Clock) -> None:
    order = store.place([("RICE-5", 1)])
    made = store.pay(order.id, status="pending")
    assert (order.status, made.paid_at) == ("pending", None)
    clock.forward(1200)
    store.settle(made.reference)
    assert (order.status, order.paid_at, made.paid_at) == ("processing", clock.now, clock.now)
    store.settle(made.reference, "failed")
    assert made.status == "success"


def test_a_cancelled_order_is_paid_after_it_was_cancelled(store: Store) -> None:
    order = store.place([("RICE-5", 1)], payment=Payment.AFTER_CANCELLING)
    (made,) = store.state.transactions.values()
    assert order.created_at <= order.modified_at < made.created_at
