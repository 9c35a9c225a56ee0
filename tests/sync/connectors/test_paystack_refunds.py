"""Refunds at Paystack, whoever made them, reach the till; and what they say about the payment they give back."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from hypothesis import given

from posapp.demo_shop.faults import Kind
from posapp.demo_shop.provider import give_money_back
from posapp.domain.feed import MAX_MINOR, ProviderPayment, ProviderRefund, Unreadable
from posapp.domain.payments import PartState
from posapp.domain.provider_fees import FeeBearer, customer_fee
from posapp.sync.connectors.paystack_refunds import our_reference, read_refund, refund_item
from posapp.sync.feed import RawItem
from tests.sync.connectors.paystack_shop import NOW, OURS, Scene, link_ask, open_scene, refund_ask
from tests.sync.connectors.test_hostile import JSON, SPOILS, check_texts, outcome, spoiled


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with open_scene() as scene:
        yield scene


def refunds(scene: Scene, items: list[RawItem]) -> list[ProviderRefund]:
    read = [scene.feed.read(item) for item in items]
    return [one for one in read if isinstance(one, ProviderRefund)]


def payments(scene: Scene, items: list[RawItem]) -> dict[str, ProviderPayment]:
    read = [scene.feed.read(item) for item in items]
    return {one.provider_ref: one for one in read if isinstance(one, ProviderPayment)}


# Polling


async def test_each_state_of_a_refund_is_news_once(scene: Scene) -> None:
    made = scene.paid()
    asked = await scene.feed.refund(refund_ask(made))
    (first,) = refunds(scene, await scene.pull())
    assert (first.provider, first.remote_id, first.transaction_ref) == (
        "paystack",
        asked.remote_id,
        made.reference,
    )
    assert (first.our_reference, first.amount_minor, first.currency) == (OURS, 300_000, "NGN")
    assert (first.state, first.created_at) == (PartState.PENDING, NOW)
    assert await scene.pull() == []
    scene.clock.forward(seconds=30)
    (second,) = refunds(scene, await scene.pull())
    assert (second.state, second.remote_id) == (PartState.PROCESSED, first.remote_id)
    assert second.digest != first.digest
    assert await scene.pull() == []
    scene.store.settle_refund(int(asked.remote_id), "failed")
    (third,) = refunds(scene, await scene.pull())
    assert (third.state, third.words) == (PartState.FAILED, "The customer's bank did not take the money")


async def test_refunds_made_elsewhere_come_without_a_reference_of_ours(scene: Scene) -> None:
    made = scene.paid()
    order = next(iter(scene.store.state.orders.values()))
    give_money_back(scene.store, order, 80_000, "late")  # by the shop's plugin
    await scene.feed.refund(refund_ask(made, 50_000, "23/11/2026"))  # a note of somebody at the dashboard
    told = {one.amount_minor: one for one in refunds(scene, await scene.pull())}
    assert {one.our_reference for one in told.values()} == {""}
    assert told[80_000].transaction_ref == told[50_000].transaction_ref == made.reference


async def test_a_bank_that_takes_weeks_is_heard_within_minutes(scene: Scene) -> None:
    scene.store.plan_refunds("pending")
    asked = await scene.feed.refund(refund_ask(scene.paid()))
    await scene.pull()
    scene.clock.forward(days=20)
    scene.paid()
    await scene.pull()
    scene.store.settle_refund(int(asked.remote_id), "needs-attention")
    scene.clock.forward(minutes=11)
    (late,) = refunds(scene, await scene.pull())
    assert (late.state, late.words) == (
        PartState.NEEDS_DETAILS,
        "Paystack asks for the customer's bank account.",
    )


async def test_the_first_pull_brings_all_refunds_of_90_days(scene: Scene) -> None:
    made = scene.paid(99_000_000)
    for number in range(120):
        await scene.feed.refund(refund_ask(made, 1_000 + number, f"refund-{number}/1/1"))
        scene.clock.forward(hours=1)
    scene.store.faults.add(Kind.SHUFFLED, 2, path="/paystack/refund")
    told = refunds(scene, await scene.pull())
    assert {one.amount_minor for one in told} == {1_000 + number for number in range(120)}


async def test_a_list_that_has_not_heard_yet_makes_no_news_of_old_states(scene: Scene) -> None:
    """The list says pending again after processed: an item that is stored already, and known by its id."""
    await scene.feed.refund(refund_ask(scene.paid()))
    first = await scene.pull()
    scene.clock.forward(minutes=1)
    assert [one.state for one in refunds(scene, await scene.pull())] == [PartState.PROCESSED]
    scene.store.faults.add(Kind.STALE, path="/paystack/refund")
    stale = [item for item in await scene.pull() if item.kind == "refund"]
    assert [read_refund(item.body).state for item in stale] == [PartState.PENDING]
    known = [item for item in first if item.kind == "refund"]
    assert stale[0].stamp >= known[0].stamp


async def test_payments_come_also_where_refunds_are_not_offered(scene: Scene) -> None:
    made = scene.paid()
    inner = scene.way.handle_async_request

    async def without(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/refund"):
            return httpx.Response(404, json={"status": False, "message": "Entity not found"})
        return await inner(request)

    scene.way.handle_async_request = without  # type: ignore[method-assign]  # the account that knows no refunds
    assert set(payments(scene, await scene.pull())) == {made.reference}


# What a refund says about its payment


async def test_a_payment_that_we_gave_back_whole_is_no_reversal(scene: Scene) -> None:
    """Paystack calls it reversed. It came, and our refunds tell where it went: a bank took nothing back."""
    made = scene.paid()
    await scene.feed.refund(refund_ask(made, 580_000))
    await scene.feed.refund(refund_ask(made, 400_000, "other-id/1/1"))
    assert payments(scene, await scene.pull())[made.reference].state == "SUCCEEDED"
    scene.clock.forward(minutes=1)
    told = payments(scene, await scene.pull())
    assert made.status == "reversed"
    assert told[made.reference].state == "SUCCEEDED"
    verified = await scene.feed.verify(made.reference)
    assert verified is not None
    assert payments(scene, [verified])[made.reference].state == "SUCCEEDED"
    assert await scene.pull() == []


async def test_given_back_weeks_later_it_is_no_reversal_either(scene: Scene) -> None:
    made = scene.paid()
    await scene.pull()
    scene.clock.forward(days=40)
    scene.paid()
    await scene.pull()
    await scene.feed.refund(refund_ask(made, 980_000))
    scene.clock.forward(minutes=11)
    told = payments(scene, await scene.pull())
    assert made.status == "reversed"
    assert told[made.reference].state == "SUCCEEDED"


async def test_one_that_a_bank_took_back_or_somebody_else_gave_back_is_reversed(scene: Scene) -> None:
    taken, elsewhere, mixed = scene.paid(), scene.paid(), scene.paid()
    scene.store.reverse(taken.reference)
    await scene.feed.refund(refund_ask(elsewhere, 980_000, "somebody at the dashboard"))
    await scene.feed.refund(refund_ask(mixed, 480_000))
    await scene.feed.refund(refund_ask(mixed, 500_000, "somebody at the dashboard"))
    scene.clock.forward(minutes=1)
    await scene.feed.banks("NGN")  # whoever asks first lets the refunds settle
    told = payments(scene, await scene.pull())
    assert {told[made.reference].state for made in (taken, elsewhere, mixed)} == {"REVERSED"}


async def test_when_our_refund_fails_after_all_the_payment_is_still_there(scene: Scene) -> None:
    made = scene.paid()
    asked = await scene.feed.refund(refund_ask(made, 980_000))
    scene.clock.forward(minutes=1)
    await scene.pull()
    scene.store.settle_refund(int(asked.remote_id), "failed")
    items = await scene.pull()
    assert [one.state for one in refunds(scene, items)] == [PartState.FAILED]
    assert {one.state for one in payments(scene, items).values()} == {"SUCCEEDED"}


# Links


@pytest.mark.parametrize("bearer", FeeBearer)
async def test_a_paid_link_credits_exactly_the_balance_whoever_bears_the_fee(
    scene: Scene, bearer: FeeBearer
) -> None:
    balance = 985_000
    fee = customer_fee("paystack", "NGN", balance, bearer)
    await scene.feed.payment_link(link_ask(amount_minor=balance + fee, fee_minor=fee))
    scene.store.pay_link("L-1")
    told = payments(scene, await scene.pull())["L-1"]
    assert (told.state, told.order_number, told.order_remote_id) == ("SUCCEEDED", "0042", "")
    assert told.gross_minor == balance + fee
    assert told.gross_minor - told.customer_fee_minor == balance
    made = scene.store.state.transactions[next(iter(scene.store.state.transactions))]
    kept = made.amount_minor - (made.fee_minor or 0)  # what Paystack pays out to the merchant
    assert kept >= balance if bearer == FeeBearer.CUSTOMER else kept < balance


@pytest.mark.parametrize(
    ("paid", "credited"),
    [
        (1_000_000, 974_619),  # as asked: the order, and the fee on top
        (1_050_000, 1_024_619),  # ₦500 more: all of them the customer's
        (950_000, 950_000 - 24_250),  # less: no more of it is a fee than Paystack took
        (100_000, 98_500),
    ],
)
async def test_partial_and_over_payments_of_a_link(scene: Scene, paid: int, credited: int) -> None:
    await scene.feed.payment_link(link_ask(amount_minor=1_000_000, fee_minor=25_381))
    scene.store.pay_link("L-1", paid)
    told = payments(scene, await scene.pull())["L-1"]
    assert (told.gross_minor, told.gross_minor - told.customer_fee_minor) == (paid, credited)


async def test_a_link_that_is_paid_twice_is_two_payments_of_one_order(scene: Scene) -> None:
    link = await scene.feed.payment_link(link_ask())
    async with httpx.AsyncClient(transport=scene.way._inner) as browser:
        await browser.post(link.url, data={"deed": "twice"})
    told = payments(scene, await scene.pull())
    assert len(told) == 2
    assert {one.order_number for one in told.values()} == {"0042"}
    assert {one.state for one in told.values()} == {"SUCCEEDED"}


@pytest.mark.parametrize(("deed", "state"), [("fail", "FAILED"), ("slow", "PENDING"), ("pay", "SUCCEEDED")])
async def test_every_way_to_leave_a_page_is_read_and_can_still_end_well(
    scene: Scene, deed: str, state: str
) -> None:
    link = await scene.feed.payment_link(link_ask())
    async with httpx.AsyncClient(transport=scene.way._inner) as browser:
        await browser.post(link.url, data={"deed": deed})
        assert payments(scene, await scene.pull())["L-1"].state == state
        await browser.post(link.url, data={"deed": "pay"})
    later = payments(scene, await scene.pull())
    assert state == "SUCCEEDED" or later["L-1"].state == "SUCCEEDED"


async def test_a_page_on_which_nothing_happened_is_no_failed_payment(scene: Scene) -> None:
    link = await scene.feed.payment_link(link_ask())
    assert await scene.pull() == []
    async with httpx.AsyncClient(transport=scene.way._inner) as browser:
        await browser.post(link.url, data={"deed": "abandon"})
        scene.clock.forward(minutes=11)
        assert await scene.pull() == []
        await browser.post(link.url, data={"deed": "slow"})
        assert payments(scene, await scene.pull())["L-1"].state == "PENDING"
        scene.clock.forward(hours=5)
        await scene.pull()
        await browser.post(link.url, data={"deed": "abandon"})
        scene.clock.forward(minutes=11)
        assert payments(scene, await scene.pull())["L-1"].state == "FAILED"  # what was awaited never came


async def test_an_old_link_that_is_paid_after_all_is_heard(scene: Scene) -> None:
    """Lists go by when an attempt began: weeks later none of them tells of it."""
    for number in range(30):
        await scene.feed.payment_link(link_ask(f"L-{number}"))
    await scene.pull()
    scene.clock.forward(days=30)
    scene.paid()
    await scene.pull()
    scene.store.pay_link("L-7")
    scene.store.pay_link("L-29")
    heard: dict[str, str] = {}
    scene.way.requests.clear()
    for _ in range(2):  # twenty at a look, ten minutes apart
        scene.clock.forward(minutes=11)
        heard |= {ref: one.state for ref, one in payments(scene, await scene.pull()).items()}
    assert {ref for ref, state in heard.items() if state == "SUCCEEDED" and ref.startswith("L-")} == {
        "L-7",
        "L-29",
    }
    asked = [request.url.path for request in scene.way.requests if "/verify/" in request.url.path]
    assert len(asked) == 40
    assert len(set(asked)) == 30  # whoever waited longest comes first
    scene.clock.forward(days=61)
    scene.paid()
    for _ in range(3):
        scene.clock.forward(minutes=11)
        await scene.pull()
    assert json.loads(scene.cursor)["links"] == {}  # too old to wait for


async def test_only_our_own_unpaid_links_are_asked_about(scene: Scene) -> None:
    scene.store.pay(scene.store.place([("RICE-5", 1)]).id, status="abandoned")
    await scene.pull()
    assert json.loads(scene.cursor)["links"] == {}


# Reading


def told(**changes: Any) -> dict[str, Any]:
    return {
        "id": 15581137,
        "amount": 300_000,
        "status": "processed",
        "currency": "NGN",
        "merchant_note": OURS,
        "customer_note": "One piece was missing",
        "transaction": 4099260516,
        "transaction_reference": "283_1795403467",
        "createdAt": "2026-11-23T08:00:00.000Z",
        "refunded_at": "2026-11-23T08:30:00.000Z",
        "reason": "REFUND",
        "customer": {"id": 1, "email": "bola@example.test"},
    } | changes


def read(**changes: Any) -> ProviderRefund:
    return read_refund(refund_item(json.dumps(told(**changes)).encode(), NOW).body)


def test_a_refund_is_read() -> None:
    refund = read()
    assert (refund.remote_id, refund.amount_minor, refund.state) == ("15581137", 300_000, PartState.PROCESSED)
    assert refund.created_at == datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    assert (refund.transaction_ref, refund.our_reference) == ("283_1795403467", OURS)


def test_the_answer_to_an_ask_names_the_payment_within_it() -> None:
    refund = read(transaction={"id": 1, "reference": "283_9"}, transaction_reference=None)
    assert refund.transaction_ref == "283_9"


def test_ours_is_read_also_where_the_payment_is_only_a_number() -> None:
    assert read(transaction_reference=None).transaction_ref == ""


@pytest.mark.parametrize(
    "changes",
    [
        {"id": None},
        {"id": True},
        {"id": -1},
        {"id": "9; drop"},
        {"amount": 0},
        {"amount": -5},
        {"amount": 1.5},
        {"amount": MAX_MINOR + 1},
        {"currency": "₦"},
        {"currency": None},
        {"createdAt": None},
        {"createdAt": "2099-01-01T00:00:00.000Z"},
        {"merchant_note": None, "transaction_reference": None},
        {"merchant_note": "by hand", "transaction_reference": "a b"},
    ],
)
def test_a_refund_that_cannot_be_believed_is_unreadable(changes: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        read(**changes)


@pytest.mark.parametrize(
    ("note", "ours"),
    [
        (OURS, OURS),
        ("r1/1/1", "r1/1/1"),
        ("5d1f9a4e/2/13", "5d1f9a4e/2/13"),
        ("23/11/2026", ""),
        ("2026/11/23", ""),
        ("n/a", ""),
        (f"re: {OURS}", OURS),
        (f"{OURS} by owner@example.test", OURS),
        (f"{OURS}/2", ""),
        (f"{OURS}0", f"{OURS}0"),
        (f"re: x{OURS}", ""),
        (f"{OURS}\n", OURS),
        ("re: r1/1/1", ""),
        ("a/1/1" * 40, ""),
        ("<b>/1/1", ""),
        ("", ""),
    ],
)
def test_only_a_reference_of_ours_is_one(note: str, ours: str) -> None:
    assert our_reference(note) == ours


def test_what_the_customer_is_called_makes_no_news() -> None:
    one, other = (
        refund_item(json.dumps(told(customer={"email": email})).encode(), NOW)
        for email in ("bola@example.test", "ada@example.test")
    )
    assert one.event_id == other.event_id
    changed = refund_item(json.dumps(told(status="failed")).encode(), NOW)
    assert changed.event_id != one.event_id


def check_refund(refund: ProviderRefund) -> None:
    assert 0 < refund.amount_minor <= MAX_MINOR
    assert refund.state in (
        PartState.PENDING,
        PartState.PROCESSED,
        PartState.FAILED,
        PartState.NEEDS_DETAILS,
    )
    assert refund.our_reference or refund.transaction_ref
    check_texts(refund)


@given(SPOILS)
def test_a_spoiled_refund_is_read_within_bounds_or_refused(spoils: Any) -> None:
    item = refund_item(json.dumps(spoiled(told(), spoils)).encode(), NOW)
    outcome(lambda: read_refund(item.body), check_refund)


@given(JSON)
def test_any_json_is_packed_and_refused_or_read(anything: Any) -> None:
    outcome(lambda: read_refund(refund_item(json.dumps(anything).encode(), NOW).body), check_refund)


@pytest.mark.parametrize(
    "raw",
    [b'{"id":5,"reason":"\\ud800"}', b"[" * 20_000 + b"]" * 20_000, b'{"id":NaN}', b"null", b"", b"\xff"],
)
def test_broken_texts_are_refused_and_are_no_news_twice(raw: bytes) -> None:
    with pytest.raises(Unreadable):
        read_refund(refund_item(raw, NOW).body)
    assert refund_item(raw, NOW).event_id == refund_item(raw, NOW.replace(hour=10)).event_id
