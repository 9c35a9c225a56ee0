"""Refunds and words for a WooCommerce shop: what is sent, what an answer means, what is found again."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp.domain.payments import PartState
from posapp.sync.connectors.woocommerce import WooCommerceFeed
from posapp.sync.connectors.woocommerce_refund import Told, body_of, chosen, compared, major, scaled
from posapp.sync.connectors.woocommerce_tell import mark_of
from posapp.sync.feed import FeedUnavailable
from posapp.sync.outgoing import Declined, OrderWord, RefundedLine, ShopDoor, ShopRefundAsk
from tests.sync.connectors.recordings import FOLDER, answer, body

ASK = ShopRefundAsk(
    reference="r1/0/1",
    order_remote_id="140",
    currency="NGN",
    amount_minor=25_000,
    by_gateway=True,
    reason="<b>too few</b>",
    lines=(RefundedLine("32", 1, 23_256, {"1": 1_744}),),
)


def paths(value: Any, at: str = "") -> Iterator[str]:
    """The names of all fields, with what they stand in."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield f"{at}.{name}"
            yield from paths(inner, f"{at}.{name}")
    elif isinstance(value, list):
        for inner in value:
            yield from paths(inner, at)


def recorded(*prefixes: str, part: str = "request") -> set[str]:
    found: set[str] = set()
    for prefix in prefixes:
        for file in FOLDER.glob(f"{prefix}*.json"):
            told = json.loads(file.read_text("utf-8"))
            if isinstance(told, dict) and part in told:
                found |= set(paths(told[part]["body"]))
    return found


def shop(*answers: httpx.Response) -> tuple[WooCommerceFeed, list[httpx.Request]]:
    """A shop that gives these answers, one after the other, and keeps what it was asked."""
    left, asked = list(answers), list[httpx.Request]()

    def next_answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return left.pop(0)

    transport = httpx.MockTransport(next_answer)
    return WooCommerceFeed(
        "shop", "https://shop.example.test", "ck", "cs", currency="NGN", transport=transport
    ), asked


def told(**fields: Any) -> Told:
    return msgspec.convert({**body("31-refund-amount-only"), **fields}, Told)


# What is sent


def test_every_field_we_send_was_taken_by_a_running_shop() -> None:
    assert set(paths(body_of(ASK))) <= recorded("30-", "31-", "32-", "33-")
    assert set(paths({"status": "completed"})) <= recorded("20-", "21-")
    assert set(paths({"note": "", "customer_note": True})) <= recorded("20-order-notes", part="response")


def test_what_woocommerce_does_by_default_is_always_said_otherwise() -> None:
    assert body_of(ASK) == {
        "amount": "250.00",
        "reason": "too few",
        "api_refund": True,
        "api_restock": False,
        "meta_data": [{"key": "_posapp_ref", "value": "r1/0/1"}],
        "line_items": [
            {
                "id": 32,
                "quantity": 1,
                "refund_total": "232.56",
                "refund_tax": [{"id": 1, "refund_total": "17.44"}],
            }
        ],
    }
    assert body_of(msgspec.structs.replace(ASK, by_gateway=False, lines=()))["api_refund"] is False


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        (5, "NGN", "0.05"),
        (123_456, "NGN", "1234.56"),
        (1_500, "XOF", "1500"),
        (1_234, "KWD", "1.234"),
        (-5, "NGN", "-0.05"),
    ],
)
def test_amounts_have_the_digits_of_their_currency(amount: int, currency: str, text: str) -> None:
    assert major(amount, currency) == text


@given(
    st.lists(st.tuples(st.integers(0, 10**9), st.lists(st.integers(0, 10**8), max_size=2)), max_size=5),
    st.integers(0, 10**10),
)
def test_lines_are_worth_no_more_than_what_is_given_back(
    lines: list[tuple[int, list[int]]], amount: int
) -> None:
    made = tuple(
        RefundedLine(str(at), 1, net, {str(rate): tax for rate, tax in enumerate(taxes)})
        for at, (net, taxes) in enumerate(lines)
    )
    given_back = scaled(made, amount)
    worths = [worth for line in given_back for worth in (line.net_minor, *line.taxes.values())]
    whole = sum(net + sum(taxes) for net, taxes in lines)
    assert sum(worths) == min(whole, amount)
    assert all(worth >= 0 for worth in worths)
    assert [line.remote_id for line in given_back] == [line.remote_id for line in made]


# What an answer means


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("31-refund-default-api_refund", "gateway_cannot", "does not support automatic refunds"),
        ("31-refund-too-much", "refused", "Invalid refund amount."),
        ("81-err-put-missing", "gone", "gone in the web shop"),
        ("81-err-404-id", "gone", "gone in the web shop"),
    ],
)
async def test_woocommerces_own_no_is_for_good(name: str, code: str, words: str) -> None:
    feed, asked = shop(answer("30-refund-order"), answer(name))
    with pytest.raises(Declined) as refused:
        await feed.make_refund(ASK)
    assert (refused.value.code, words in refused.value.words) == (code, True)
    assert len(asked) == 2


@pytest.mark.parametrize(
    "name", ["85-err-500-database-down", "85-err-502-php-down", "85-err-503-maintenance"]
)
async def test_a_page_of_the_host_says_nothing(name: str) -> None:
    feed, asked = shop(answer("30-refund-order"), answer(name))
    with pytest.raises(FeedUnavailable):
        await feed.make_refund(ASK)
    assert [request.method for request in asked] == ["GET", "POST"]


async def test_a_recorded_refund_is_what_was_asked_for() -> None:
    record = msgspec.structs.replace(ASK, by_gateway=False)
    feed, _ = shop(answer("30-refund-order"), answer("31-refund-partial-line-no-restock"))
    made = await feed.make_refund(record)
    assert (made.remote_id, made.state, made.amount_minor) == ("142", PartState.PROCESSED, 25_000)
    assert made.words == ""


def test_a_difference_is_said_in_words() -> None:
    wrong = compared(ASK, told(amount="100.00", refunded_payment=True))
    assert wrong.words == "The web shop has 100.00 instead of 250.00."
    unpaid = compared(ASK, told(amount="250.00", meta_data=[]))
    assert "gateway has paid" in unpaid.words
    ours = [{"key": "_posapp_ref", "value": "r1/0/1"}]
    empty = compared(ASK, told(amount="250.00", meta_data=ours, refunded_payment=True))
    assert empty.words == "Its lines are worth 0.00 instead of 250.00."


async def test_a_gateway_is_not_asked_for_more_than_is_left_and_a_record_is_lowered() -> None:
    left = httpx.Response(200, json={"total": "300.00", "refunds": [{"id": 1, "total": "-200.00"}]})
    feed, asked = shop(left)
    with pytest.raises(Declined):
        await feed.make_refund(ASK)
    assert len(asked) == 1
    made = httpx.Response(201, json={**body("31-refund-amount-only"), "amount": "100.00"})
    feed, asked = shop(left, made)
    record = await feed.make_refund(msgspec.structs.replace(ASK, by_gateway=False))
    assert json.loads(asked[1].content)["amount"] == "100.00"
    assert "100.00 instead of 250.00" in record.words


# What is found again


def test_our_reference_comes_before_an_earlier_one_and_that_before_none() -> None:
    def with_reference(number: int, reference: str, amount: str = "250.00") -> Told:
        return told(id=number, amount=amount, meta_data=[{"key": "_posapp_ref", "value": reference}])

    strange, none = with_reference(1, "other/0/1"), told(id=2, amount="250.00", meta_data=[])
    before, ours = with_reference(3, "r1/0/0"), with_reference(4, "r1/0/1", "1.00")
    ask = msgspec.structs.replace(ASK, earlier=("r1/0/0",))

    def found(*all_of_them: Told) -> str | None:
        one = chosen(ask, all_of_them)
        return one.remote_id if one else None

    assert found(strange, none, before, ours) == "4"
    assert found(strange, none, before) == "3"
    assert found(strange, none) == "2"
    assert found(strange) is None
    ask = msgspec.structs.replace(ask, ours=("r1/0/0", "r1/0/1"))
    assert found(strange, none) == "2"
    assert found(strange) == "1"  # from before an old folder was restored
    assert chosen(msgspec.structs.replace(ask, known=("2",)), [none]) is None
    assert chosen(ask, [told(id=2, amount="250.01", meta_data=[])]) is None


async def test_a_refund_that_cannot_be_read_might_be_ours() -> None:
    feed, _ = shop(httpx.Response(200, json=[{"id": 1, "amount": ["?"]}]))
    with pytest.raises(FeedUnavailable):
        await feed.find_refund(ASK)


async def test_an_order_that_is_gone_takes_no_refund() -> None:
    missing = httpx.Response(
        404, json={"code": "woocommerce_rest_invalid_order_id", "message": "Invalid order ID."}
    )
    feed, _ = shop(missing, answer("81-err-404-id"))
    with pytest.raises(Declined) as refused:
        await feed.find_refund(ASK)
    assert refused.value.code == "gone"


# Gateways and words


async def test_gateways_say_whether_they_can_refund() -> None:
    feed, _ = shop(answer("16-payment_gateways"))
    known = await feed.gateways()
    assert known["bacs"] is False
    feed, _ = shop(httpx.Response(401, json={"code": "woocommerce_rest_cannot_view", "message": "no"}))
    assert await feed.gateways() == {}


def standing(status: str) -> httpx.Response:
    return httpx.Response(200, json={"status": status})


@pytest.mark.parametrize(
    ("now", "wanted", "methods"),
    [
        ("processing", "completed", ["GET", "PUT"]),
        ("completed", "completed", ["GET"]),
        ("refunded", "cancelled", ["GET"]),
    ],
)
async def test_a_status_is_looked_at_before_it_is_set(now: str, wanted: str, methods: list[str]) -> None:
    feed, asked = shop(standing(now), standing(wanted))
    await feed.tell(OrderWord("o/told/1", "140", wanted))
    assert [request.method for request in asked] == methods


async def test_what_the_shop_has_ended_is_not_completed() -> None:
    feed, asked = shop(standing("cancelled"))
    with pytest.raises(Declined):
        await feed.tell(OrderWord("o/told/1", "140", "completed"))
    assert len(asked) == 1


async def test_a_note_is_left_once() -> None:
    word = OrderWord("o/told/1", "140", note="Your order has been refunded.")
    feed, asked = shop(answer("20-order-notes"), httpx.Response(201, json={"id": 9, "note": ""}))
    await feed.tell(word)
    sent = json.loads(asked[1].content)
    assert sent == {"note": f"Your order has been refunded. ({mark_of('o/told/1')})", "customer_note": True}
    feed, asked = shop(httpx.Response(200, json=[{"note": f"&lt;p&gt;{sent['note']}"}]))
    await feed.tell(word)
    assert [request.method for request in asked] == ["GET"]


def test_it_is_a_door() -> None:
    feed, _ = shop()
    door: ShopDoor = feed
    assert door.feed_id == "shop"
