"""Paystack: attempts to pay, how they went, and what may still change."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from posapp.domain.feed import ProviderPayment, Unreadable
from posapp.sync.connectors.paystack import PaystackFeed
from posapp.sync.connectors.paystack_read import payment_item, read_payment
from posapp.sync.connectors.reading import parse_time
from posapp.sync.feed import RawItem, SignInAgain
from tests.sync.connectors.recordings import SEEN_AT
from tests.sync.connectors.transactions import transaction

START = datetime(2026, 11, 23, 3, 0, 0, tzinfo=UTC)


def read(**changes: Any) -> ProviderPayment:
    seen_at = parse_time(SEEN_AT)
    assert seen_at is not None
    return read_payment(payment_item(json.dumps(transaction(**changes)).encode(), seen_at).body)


def test_a_success_is_read() -> None:
    payment = read()
    assert (payment.provider, payment.provider_ref, payment.state) == (
        "paystack",
        "283_1795403467",
        "SUCCEEDED",
    )
    assert (payment.gross_minor, payment.customer_fee_minor, payment.currency) == (985_000, 0, "NGN")
    assert payment.paid_at == datetime(2026, 11, 23, 3, 11, 6, tzinfo=UTC)
    assert (payment.order_remote_id, payment.channel) == ("283", "card")


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("success", "SUCCEEDED"),
        ("failed", "FAILED"),
        ("abandoned", "FAILED"),
        ("reversed", "REVERSED"),
        ("pending", "PENDING"),
        ("ongoing", "PENDING"),
        ("processing", "PENDING"),
        ("queued", "PENDING"),
    ],
)
def test_every_state_of_paystack_is_one_of_ours(status: str, state: str) -> None:
    assert read(status=status).state == state


@pytest.mark.parametrize(
    ("amount", "requested", "fees", "fee"),
    [
        (1_000_000, 985_000, 15_000, 15_000),  # the customer bore the fee
        (1_000_000, 1_000_000, 15_000, 0),  # the merchant did
        (1_000_000, 985_000, 24_775, 0),  # the customer paid too much: that is credit, not a fee
        (1_000_000, 985_000, None, 0),
        (500_000, 985_000, 15_000, 0),
        (1_000_000, None, 15_000, 0),
        (15_000, 0, 15_000, 0),
        (985_000, 985_000, 0, 0),
    ],
)
def test_only_what_is_exactly_the_fee_on_top_is_the_customers_fee(
    amount: int, requested: int | None, fees: int | None, fee: int
) -> None:
    payment = read(amount=amount, requested_amount=requested, fees=fees)
    assert (payment.gross_minor, payment.customer_fee_minor) == (amount, fee)


@pytest.mark.parametrize(
    ("metadata", "order_id", "number"),
    [
        ({"order_id": 283}, "283", ""),
        ({"order_id": "283", "order_number": "0042"}, "283", "0042"),
        ('{"order_id": "283"}', "283", ""),
        ({"custom_fields": [{"variable_name": "order_id", "value": "77"}]}, "77", ""),
        ("", "", ""),
        (None, "", ""),
        ("0", "", ""),
        ([], "", ""),
        ("{" * 9000, "", ""),
        ({"order_id": "283; drop"}, "", ""),
        ({"order_id": {"$ne": 1}}, "", ""),
        ({"order_id": True}, "", ""),
        ({"order_id": -5}, "", ""),
        ({"custom_fields": "x"}, "", ""),
        ({"custom_fields": [None, {"variable_name": ["order_id"], "value": 1}]}, "", ""),
    ],
)
def test_the_order_is_found_in_whatever_the_shop_noted(metadata: Any, order_id: str, number: str) -> None:
    payment = read(metadata=metadata)
    assert (payment.order_remote_id, payment.order_number) == (order_id, number)


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "teleported"},
        {"status": None},
        {"amount": -1},
        {"amount": 12.5},
        {"amount": "985000"},
        {"amount": 10**16},
        {"reference": ""},
        {"reference": "a b"},
        {"reference": "a\nb"},
        {"reference": "x" * 201},
        {"currency": "₦"},
        {"created_at": None, "createdAt": None},
        {"paid_at": "2099-01-01T00:00:00.000Z"},
    ],
)
def test_a_payment_that_cannot_be_believed_is_unreadable(changes: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        read(**changes)


class Provider:
    """A list of transactions by Paystack's rules: newest first, by page."""

    def __init__(self) -> None:
        self.now = START
        self.told: dict[str, dict[str, Any]] = {}
        self.refunds: dict[int, dict[str, Any]] = {}
        self.requests: list[httpx.Request] = []
        self.arrive_meanwhile = False

    def add(self, reference: str, at: datetime | None = None, **changes: Any) -> None:
        created = (at or self.now).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        times = {"created_at": created, "createdAt": created, "paid_at": created, "paidAt": created}
        self.told[reference] = transaction(reference, **(times | changes))

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if request.headers["authorization"] != "Bearer sk_test_1":
            return self.answer(401, {"status": False, "message": "Invalid key"})
        if "/verify/" in request.url.path:
            found = self.told.get(request.url.path.rsplit("/", 1)[1])
            if not found:
                return self.answer(404, {"status": False, "message": "Transaction reference not found"})
            return self.answer(200, {"status": True, "message": "", "data": found})
        if self.arrive_meanwhile:
            self.add(f"new{len(self.requests)}")
        query = request.url.params
        if request.url.path == "/refund":
            return self.listed(list(self.refunds.values()), query)
        rows = sorted(self.told.values(), key=lambda one: (one["created_at"], one["reference"]), reverse=True)
        rows = [one for one in rows if one["created_at"] >= query.get("from", "")]
        rows = [one for one in rows if query.get("status", one["status"]) == one["status"]]
        return self.listed(rows, query)

    def listed(self, rows: list[dict[str, Any]], query: httpx.QueryParams) -> httpx.Response:
        size, page = int(query["perPage"]), int(query.get("page", "1"))
        meta = {"total": len(rows), "perPage": size, "page": page, "pageCount": -(-len(rows) // size)}
        return self.answer(200, {"status": True, "data": rows[(page - 1) * size : page * size], "meta": meta})

    def answer(self, status: int, content: Any) -> httpx.Response:
        date = self.now.strftime("%a, %d %b %Y %H:%M:%S GMT")
        return httpx.Response(status, headers={"Date": date}, json=content)


async def no_sleep(pause_s: float) -> None:
    pass


def feed_of(handler: Any, secret: str = "sk_test_1", **options: Any) -> PaystackFeed:
    return PaystackFeed(
        "pay",
        "https://pay.example.test",
        secret,
        transport=httpx.MockTransport(handler),
        sleep=no_sleep,
        **options,
    )


async def pull(provider: Provider, cursor: str = "") -> tuple[list[RawItem], str]:
    pages = [page async for page in feed_of(provider).pages(cursor)]
    assert all(len(page.items) <= 100 for page in pages)
    return [item for page in pages for item in page.items], pages[-1].cursor


async def test_all_of_the_last_90_days_come_at_first() -> None:
    provider = Provider()
    for number in range(250):
        provider.add(f"ref{number}", START - timedelta(hours=number))
    provider.add("old", START - timedelta(days=91))
    items, _ = await pull(provider)
    assert {item.remote_id for item in items} == {f"ref{number}" for number in range(250)}


async def test_payments_that_arrive_while_the_list_is_read_push_none_out() -> None:
    provider = Provider()
    for number in range(250):
        provider.add(f"ref{number}", START - timedelta(hours=number))
    provider.arrive_meanwhile = True
    items, _ = await pull(provider)
    assert {f"ref{number}" for number in range(250)} <= {item.remote_id for item in items}


async def test_a_quiet_account_tells_nothing_twice() -> None:
    provider = Provider()
    provider.add("a")
    _, cursor = await pull(provider)
    provider.now += timedelta(seconds=20)
    assert (await pull(provider, cursor))[0] == []


async def test_a_slow_bank_is_heard() -> None:
    provider = Provider()
    provider.add("a", status="pending", paid_at=None, paidAt=None)
    first, cursor = await pull(provider)
    provider.now += timedelta(minutes=30)
    provider.add("b")
    _, cursor = await pull(provider, cursor)
    provider.add("a", START, paid_at="2026-11-23T03:31:00.000Z")
    items, cursor = await pull(provider, cursor)
    assert [item.remote_id for item in items] == ["a"]
    assert items[0].event_id != first[0].event_id


async def test_a_bank_that_takes_two_days_is_heard_within_minutes() -> None:
    provider = Provider()
    provider.add("a", status="pending", paid_at=None, paidAt=None)
    _, cursor = await pull(provider)
    provider.now += timedelta(days=2)
    provider.add("b")
    _, cursor = await pull(provider, cursor)
    provider.add("a", START, paid_at="2026-11-25T03:00:00.000Z")
    provider.now += timedelta(minutes=11)
    items, _ = await pull(provider, cursor)
    assert [item.remote_id for item in items] == ["a"]


async def test_money_taken_back_weeks_later_is_heard() -> None:
    provider = Provider()
    provider.add("a")
    _, cursor = await pull(provider)
    provider.now += timedelta(days=40)
    provider.add("b")
    _, cursor = await pull(provider, cursor)
    provider.told["a"]["status"] = "reversed"
    provider.now += timedelta(minutes=11)
    items, _ = await pull(provider, cursor)
    assert [(item.remote_id, read_payment(item.body).state) for item in items] == [("a", "REVERSED")]


async def test_the_ordinary_look_is_a_short_one() -> None:
    provider = Provider()
    for number in range(250):
        provider.add(f"ref{number}", START - timedelta(hours=number))
    _, cursor = await pull(provider)
    provider.now += timedelta(seconds=20)
    provider.requests.clear()
    await pull(provider, cursor)
    assert [request.url.path for request in provider.requests] == ["/transaction", "/refund", "/transaction"]


async def test_one_payment_is_verified_by_its_reference() -> None:
    provider = Provider()
    provider.add("283_1")
    feed = feed_of(provider)
    item = await feed.verify("283_1")
    assert item is not None
    assert feed.read(item).provider_ref == "283_1"
    listed, _ = await pull(provider)
    assert listed[0].event_id == item.event_id
    assert await feed.verify("nobody") is None
    assert await feed.verify("../customer?x=1") is None
    assert provider.requests[-1].url.raw_path == b"/transaction/verify/..%2Fcustomer%3Fx%3D1"


async def test_a_payment_that_cannot_be_read_is_brought_all_the_same() -> None:
    provider = Provider()
    provider.add("a", status="teleported")
    provider.add("b")
    items, _ = await pull(provider)
    assert {item.remote_id for item in items} == {"a", "b"}


async def test_a_key_that_is_no_longer_good_wants_a_person() -> None:
    with pytest.raises(SignInAgain):
        [page async for page in feed_of(Provider(), "sk_test_2").pages("")]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("wrong_key", httpx.Response(401, json={"status": False})),
        ("wrong_address", httpx.Response(404, json={"status": False})),
        ("wrong_address", httpx.ConnectError("refused")),
        ("not_a_shop", httpx.Response(200, headers={"Content-Type": "text/html"}, text="<h1>")),
        ("not_a_shop", httpx.Response(200, json=[1])),
        ("maintenance", httpx.Response(503)),
        ("server_error", httpx.Response(500)),
    ],
)
async def test_the_test_names_what_is_wrong(code: str, told: httpx.Response | Exception) -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        if isinstance(told, Exception):
            raise told
        return told

    assert (await feed_of(handler).test()).code == code


async def test_a_good_key_is_told_with_its_currency() -> None:
    provider = Provider()
    provider.add("a")
    verdict = await feed_of(provider, currency="NGN", till_clock=lambda: START).test()
    assert (verdict.code, verdict.currency) == ("ok", "NGN")
    assert [finding.check for finding in verdict.findings] == ["answers", "key", "money", "clock"]
    assert (await feed_of(provider, currency="GHS").test()).code == "wrong_currency"
    assert (await feed_of(Provider(), currency="GHS").test()).code == "ok"
