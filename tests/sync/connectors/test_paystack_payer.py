"""Asking Paystack for money: what is asked arrives once and is found again, whatever becomes of the answer."""

import asyncio
import logging
import random
from collections.abc import AsyncIterator
from typing import Any

import httpx
import msgspec
import pytest

from posapp.demo_shop.faults import Kind
from posapp.domain.payments import PartState
from posapp.sync.connectors.paystack import PaystackFeed
from posapp.sync.feed import FeedUnavailable, SignInAgain
from posapp.sync.outgoing import BankDetails, Declined, Payer, RefundAsk, Refunded
from tests.paystack_specification import wrong_with_request
from tests.sync.connectors.paystack_shop import OURS, Scene, link_ask, no_sleep, open_scene, refund_ask

ACCOUNT = BankDetails("NGN", "0123456789", "9")


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with open_scene() as scene:
        yield scene


@pytest.fixture
async def wired() -> AsyncIterator[Scene]:
    async with open_scene(by_wire=True) as scene:
        yield scene


async def test_it_is_a_payer(scene: Scene) -> None:
    payer: Payer = scene.feed
    assert payer.feed_id == "pay"


# Paying back


async def test_a_refund_is_asked_for_found_again_and_followed(scene: Scene) -> None:
    ask = refund_ask(scene.paid())
    assert await scene.feed.find_refund(ask) is None
    made = await scene.feed.refund(ask)
    assert (made.state, made.amount_minor) == (PartState.PENDING, 300_000)
    assert made.expected_at == "2026-12-03T09:00:00Z"
    (there,) = scene.store.state.provider_refunds.values()
    assert (there.merchant_note, there.customer_note) == (OURS, "One piece was missing")
    found = await scene.feed.find_refund(ask)
    assert found is not None
    assert found.remote_id == made.remote_id == str(there.id)
    scene.clock.forward(seconds=30)
    assert (await scene.feed.refund_state(made.remote_id)).state == PartState.PROCESSED
    assert scene.posted() == ["/paystack/refund"]


@pytest.mark.parametrize(
    ("outcome", "state", "words"),
    [
        ("pending", PartState.PENDING, ""),
        ("processing", PartState.PENDING, ""),
        ("processed", PartState.PROCESSED, ""),
        ("failed", PartState.FAILED, "The customer's bank did not take the money"),
        ("needs-attention", PartState.NEEDS_DETAILS, "Paystack asks for the customer's bank account."),
    ],
)
async def test_each_state_of_paystack_is_one_of_ours(
    scene: Scene, outcome: str, state: PartState, words: str
) -> None:
    scene.store.plan_refunds(outcome)
    made = await scene.feed.refund(refund_ask(scene.paid()))
    scene.clock.forward(minutes=1)
    now = await scene.feed.refund_state(made.remote_id)
    assert (now.state, now.words) == (state, words)


async def test_a_refund_that_was_paid_out_can_fail_all_the_same(scene: Scene) -> None:
    made = await scene.feed.refund(refund_ask(scene.paid()))
    scene.clock.forward(minutes=1)
    assert (await scene.feed.refund_state(made.remote_id)).state == PartState.PROCESSED
    scene.store.settle_refund(int(made.remote_id), "failed")
    assert (await scene.feed.refund_state(made.remote_id)).state == PartState.FAILED


@pytest.mark.parametrize("kind", [Kind.LOST_ANSWER, Kind.TRUNCATED])
async def test_an_answer_that_is_lost_leaves_a_refund_that_is_found(wired: Scene, kind: Kind) -> None:
    ask = refund_ask(wired.paid())
    wired.store.faults.add(kind, method="POST", path="/paystack/refund")
    with pytest.raises(FeedUnavailable):
        await wired.feed.refund(ask)
    found = await wired.feed.find_refund(ask)
    assert found is not None
    assert (found.state, found.amount_minor, found.words) == (PartState.PENDING, 300_000, "")
    assert len(wired.store.state.provider_refunds) == 1


@pytest.mark.parametrize("kind", [Kind.DROP, Kind.BAD_GATEWAY, Kind.MAINTENANCE, Kind.CRASH, Kind.TOO_MANY])
async def test_what_never_arrived_is_not_found(wired: Scene, kind: Kind) -> None:
    ask = refund_ask(wired.paid())
    wired.store.faults.add(kind, method="POST", path="/paystack/refund")
    with pytest.raises(FeedUnavailable):
        await wired.feed.refund(ask)
    assert wired.posted() == ["/paystack/refund"]  # once: repeating it is not the connector's to decide
    assert await wired.feed.find_refund(ask) is None


async def test_a_list_that_cannot_be_read_never_says_that_nothing_is_there(wired: Scene) -> None:
    ask = refund_ask(wired.paid())
    await wired.feed.refund(ask)
    for kind in (Kind.CRASH, Kind.TRUNCATED):
        wired.store.faults.add(kind, 9, path="/paystack/refund")
        with pytest.raises(FeedUnavailable):
            await wired.feed.find_refund(ask)
        wired.store.faults.clear()


async def test_the_refusal_of_a_doubled_ask_hides_no_money_that_left(wired: Scene) -> None:
    """A proxy repeats the ask; the second one finds nothing left to give back, and only its answer is heard."""
    ask = refund_ask(wired.paid(), 980_000)
    wired.store.faults.add(Kind.DOUBLED, method="POST", path="/paystack/refund")
    made = await wired.feed.refund(ask)
    assert (made.state, made.amount_minor) == (PartState.PENDING, 980_000)
    assert [refund.amount_minor for refund in wired.store.state.provider_refunds.values()] == [980_000]


async def test_a_doubled_ask_that_was_paid_out_twice_is_said(scene: Scene) -> None:
    """Nobody but Paystack could have kept it from happening; it must not go unseen."""
    ask = refund_ask(scene.paid())
    scene.store.faults.add(Kind.DOUBLED, method="POST", path="/paystack/refund")
    await scene.feed.refund(ask)
    found = await scene.feed.find_refund(ask)
    assert found is not None
    assert found.words == "Paystack lists it 2 times."
    assert len(scene.store.state.provider_refunds) == 2


async def test_of_several_the_one_that_went_furthest_is_told(scene: Scene) -> None:
    ask = refund_ask(scene.paid())
    scene.store.plan_refunds("failed", "processed")
    scene.store.faults.add(Kind.DOUBLED, method="POST", path="/paystack/refund")
    await scene.feed.refund(ask)
    scene.clock.forward(minutes=1)
    found = await scene.feed.find_refund(ask)
    assert found is not None
    assert found.state == PartState.PROCESSED


async def test_answers_in_the_other_order_belong_to_their_own_asks(wired: Scene) -> None:
    first, second = refund_ask(wired.paid(), 100_000), refund_ask(wired.paid(), 200_000, "other-id/1/1")
    wired.store.faults.add(Kind.REORDERED, 2, method="POST", path="/paystack/refund")
    answered: list[str] = []

    async def asked(ask: RefundAsk) -> Refunded:
        made = await wired.feed.refund(ask)
        answered.append(ask.reference)
        return made

    one, other = await asyncio.gather(asked(first), asked(second))
    arrived = [refund.merchant_note for refund in wired.store.state.provider_refunds.values()]
    assert answered == arrived[::-1]
    there = {str(one.id): one.merchant_note for one in wired.store.state.provider_refunds.values()}
    assert (there[one.remote_id], there[other.remote_id]) == (first.reference, second.reference)
    assert (one.amount_minor, other.amount_minor) == (100_000, 200_000)


async def test_a_slow_answer_is_waited_for(wired: Scene) -> None:
    wired.store.faults.add(Kind.SLOW, method="POST", path="/paystack/refund", seconds=0.05)
    assert (await wired.feed.refund(refund_ask(wired.paid()))).state == PartState.PENDING


async def test_a_refund_is_found_among_hundreds_in_whatever_order_they_come(scene: Scene) -> None:
    made = scene.paid(99_999_999)
    scene.store.plan_refunds(*["pending"] * 130)
    for number in range(130):
        await scene.feed.refund(refund_ask(made, 1_000 + number % 3, f"refund-{number}/1/1"))
        scene.clock.forward(seconds=1)
    for number in (0, 60, 129):
        scene.store.faults.add(Kind.SHUFFLED, 3, path="/paystack/refund")
        found = await scene.feed.find_refund(refund_ask(made, 1_000 + number % 3, f"refund-{number}/1/1"))
        assert found is not None
        assert (
            scene.store.state.provider_refunds[int(found.remote_id)].merchant_note == f"refund-{number}/1/1"
        )
    assert await scene.feed.find_refund(refund_ask(made, 1_000, "refund-25/1/10")) is None


async def test_the_list_and_the_refund_itself_may_contradict_each_other(scene: Scene) -> None:
    ask = refund_ask(scene.paid())
    made = await scene.feed.refund(ask)
    scene.clock.forward(minutes=1)
    scene.store.faults.add(Kind.STALE, path="/paystack/refund")
    found = await scene.feed.find_refund(ask)
    assert found is not None
    assert (found.state, found.remote_id) == (PartState.PENDING, made.remote_id)
    assert (await scene.feed.refund_state(made.remote_id)).state == PartState.PROCESSED


async def test_one_that_bears_our_reference_is_ours_even_if_something_else_differs(scene: Scene) -> None:
    made, other = scene.paid(), scene.paid()
    await scene.feed.refund(refund_ask(made, 300_000))
    found = await scene.feed.find_refund(refund_ask(made, 300_001))
    assert found is not None
    assert (found.amount_minor, found.words) == (
        300_000,
        "Paystack gives back another amount than was asked for.",
    )
    found = await scene.feed.find_refund(refund_ask(other))
    assert found is not None
    assert found.words == "Paystack gives it back on another payment."


async def test_another_attempt_or_the_same_amount_by_hand_is_not_ours(scene: Scene) -> None:
    made = scene.paid()
    await scene.feed.refund(refund_ask(made))
    scene.store.plan_refunds("processed")
    for other in ("5d1f9a4e-9a1c-5c0e-8f00-0a1b2c3d4e5f/1/2", "5d1f9a4e-9a1c-5c0e-8f00-0a1b2c3d4e5f/2/1"):
        assert await scene.feed.find_refund(refund_ask(made, reference=other)) is None


@pytest.mark.parametrize("seed", range(8))
async def test_whatever_happens_on_the_way_each_refund_is_paid_out_once(scene: Scene, seed: int) -> None:
    """Look, ask, and look again, through a network that loses, cuts, delays and contradicts answers."""
    chance = random.Random(seed)
    ways = (Kind.TRUNCATED, Kind.CRASH, Kind.BAD_GATEWAY, Kind.TOO_MANY, Kind.STALE, Kind.SHUFFLED)
    made = scene.paid(10_000_000)
    asks = [
        refund_ask(made, chance.choice((100_000, 200_000)), f"refund-{number}/1/1") for number in range(6)
    ]
    waiting, known = list(asks), {}
    while waiting:
        ask = chance.choice(waiting)
        for _ in range(chance.randrange(4)):
            scene.store.faults.add(chance.choice(ways), path="/paystack/refund")
        try:
            known[ask.reference] = await scene.feed.find_refund(ask) or await scene.feed.refund(ask)
            waiting.remove(ask)
        except FeedUnavailable:
            scene.clock.forward(seconds=90)
    there = {one.merchant_note: one for one in scene.store.state.provider_refunds.values()}
    assert len(scene.store.state.provider_refunds) == len(there) == len(asks)
    for ask in asks:
        assert str(there[ask.reference].id) == known[ask.reference].remote_id
        assert there[ask.reference].amount_minor == ask.amount_minor


# Refusals


@pytest.mark.parametrize(
    ("amount", "outcome", "words"),
    [
        (980_001, None, "Refund amount cannot be more than what is left of the transaction"),
        (300_000, "refused", "Your balance is not enough to fulfil this request"),
    ],
)
async def test_paystacks_no_is_told_in_its_own_words(
    scene: Scene, amount: int, outcome: str | None, words: str
) -> None:
    if outcome:
        scene.store.plan_refunds(outcome)
    with pytest.raises(Declined) as no:
        await scene.feed.refund(refund_ask(scene.paid(), amount))
    assert (no.value.words, no.value.code) == (words, "refused")


async def test_an_unknown_payment_or_refund_is_gone(scene: Scene) -> None:
    made = scene.paid()
    del scene.store.state.transactions[made.id]
    for ask in (scene.feed.refund(refund_ask(made)), scene.feed.refund_state("1")):
        with pytest.raises(Declined) as no:
            await ask
        assert no.value.code == "gone"


REFUSAL = {"status": False, "message": "No"}
ASK = RefundAsk(OURS, "283_1", "NGN", 5)
LONG = {"status": False, "message": "<b>Too\u202e long</b> sk_live_abc123 " + "x" * 900}


@pytest.mark.parametrize(
    ("answer", "error", "code"),
    [
        (httpx.Response(400, json=REFUSAL), Declined, "refused"),
        (httpx.Response(422, json=REFUSAL), Declined, "refused"),
        (httpx.Response(403, json=REFUSAL), Declined, "not_allowed"),
        (httpx.Response(404, json=REFUSAL), Declined, "gone"),
        (httpx.Response(200, json=REFUSAL), Declined, "refused"),
        (httpx.Response(400, json=REFUSAL | {"code": "duplicate_reference"}), Declined, "duplicate"),
        (
            httpx.Response(400, json=REFUSAL | {"message": "Duplicate Transaction Reference"}),
            Declined,
            "duplicate",
        ),
        (httpx.Response(400, json=REFUSAL | {"message": None}), Declined, "refused"),
        (httpx.Response(400, json=LONG), Declined, "refused"),
        (httpx.Response(401, json=REFUSAL), SignInAgain, ""),
        (httpx.Response(400, json={"error": "blocked by the hotel"}), FeedUnavailable, ""),
        (httpx.Response(400, json=[1]), FeedUnavailable, ""),
        (httpx.Response(400, text="<h1>Bad request</h1>"), FeedUnavailable, ""),
        (httpx.Response(403, text="<h1>Blocked</h1>"), FeedUnavailable, ""),
        (httpx.Response(408, json=REFUSAL), FeedUnavailable, ""),
        (httpx.Response(429, json=REFUSAL), FeedUnavailable, ""),
        (httpx.Response(500, json=REFUSAL), FeedUnavailable, ""),
        (httpx.Response(502, text="<h1>"), FeedUnavailable, ""),
        (httpx.Response(200, text="<h1>Welcome to the hotel</h1>"), FeedUnavailable, ""),
        (httpx.Response(302, headers={"Location": "https://elsewhere.example.test"}), FeedUnavailable, ""),
        (httpx.Response(200, json={"status": True, "data": {"id": 1}}), FeedUnavailable, ""),
        (httpx.Response(200, json={"status": True, "data": []}), FeedUnavailable, ""),
        (httpx.Response(200, json={"status": True}), FeedUnavailable, ""),
        (httpx.ReadTimeout("late"), FeedUnavailable, ""),
        (httpx.ConnectError("refused"), FeedUnavailable, ""),
    ],
)
async def test_what_an_answer_means(
    answer: httpx.Response | Exception, error: type[Exception], code: str
) -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            one = {"id": 1, "amount": 5, "status": "needs-attention"}
            told = {"status": True, "data": one if request.url.path == "/refund/1" else []}
            return httpx.Response(200, headers={"Date": "Mon, 23 Nov 2026 09:00:00 GMT"}, json=told)
        if isinstance(answer, Exception):
            raise answer
        return answer

    feed = mocked(handler)
    for ask in (feed.refund(ASK), feed.give_details("1", ACCOUNT), feed.payment_link(link_ask())):
        with pytest.raises(error) as raised:
            await ask
        if isinstance(raised.value, Declined):
            assert raised.value.code == code
            assert 0 < len(raised.value.words) <= 200
            assert not set("<>\u202e") & set(raised.value.words)
            assert "abc123" not in raised.value.words


def mocked(handler: Any, secret: str = "sk_test_1") -> PaystackFeed:
    transport = httpx.MockTransport(handler)
    return PaystackFeed("pay", "https://pay.example.test", secret, transport=transport, sleep=no_sleep)


# Bank details and banks


async def test_a_refund_that_waits_for_an_account_goes_on_with_it(scene: Scene) -> None:
    scene.store.plan_refunds("needs-attention")
    made = await scene.feed.refund(refund_ask(scene.paid()))
    scene.clock.forward(minutes=1)
    assert (await scene.feed.refund_state(made.remote_id)).state == PartState.NEEDS_DETAILS
    now = await scene.feed.give_details(made.remote_id, ACCOUNT)
    assert now.state == PartState.PENDING
    scene.clock.forward(minutes=1)
    assert (await scene.feed.refund_state(made.remote_id)).state == PartState.PROCESSED
    assert scene.store.state.provider_refunds[int(made.remote_id)].account_number == "0123456789"


async def test_details_that_had_arrived_already_are_not_refused(scene: Scene) -> None:
    scene.store.plan_refunds("needs-attention")
    made = await scene.feed.refund(refund_ask(scene.paid()))
    scene.clock.forward(minutes=1)
    scene.store.faults.add(Kind.DOUBLED, method="POST", path="/retry_with_customer_details/")
    assert (await scene.feed.refund_state(made.remote_id)).state == PartState.NEEDS_DETAILS
    assert (await scene.feed.give_details(made.remote_id, ACCOUNT)).state == PartState.PENDING


async def test_a_wrong_account_is_refused_without_repeating_its_number(scene: Scene) -> None:
    scene.store.plan_refunds("needs-attention")
    made = await scene.feed.refund(refund_ask(scene.paid()))
    scene.clock.forward(minutes=1)
    await scene.feed.refund_state(made.remote_id)
    with pytest.raises(Declined) as no:
        await scene.feed.give_details(made.remote_id, BankDetails("NGN", "012345678", "9"))
    assert no.value.words == "Could not resolve account …"


async def test_banks_come_by_name_without_the_closed_ones(scene: Scene) -> None:
    banks = await scene.feed.banks("NGN")
    assert [bank.name for bank in banks] == [
        "First Meadow Bank",
        "Harbour Trust Bank",
        "Lagoon Bank",
        "Palm Savings & Loans",
        "Riverbend Microfinance Bank",
    ]
    assert banks[0].id == "9"
    assert await scene.feed.banks("GHS") == []


async def test_banks_that_cannot_be_believed_are_left_out() -> None:
    rows = [
        {"id": 1, "name": "Good & <b>sound</b>", "currency": "NGN"},
        {"id": "2", "name": "By text"},
        {"id": -3, "name": "x"},
        {"id": "9; drop", "name": "x"},
        {"id": 4, "name": "\u202e"},
        {"id": 5, "name": "x", "currency": "GHS"},
        {"id": 6, "name": "x", "is_deleted": True},
        {"id": 7},
        None,
        "bank",
    ]
    pages: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        pages.append(request.url.params["page"])
        return httpx.Response(200, json={"status": True, "data": rows})

    banks = await mocked(handler).banks("NGN")
    assert [(bank.id, bank.name) for bank in banks] == [("2", "By text"), ("1", "Good & sound")]
    assert pages == ["1", "2"]  # a server that knows no pages gives the same again


# Payment pages


async def test_a_link_is_made_with_our_number_and_the_fee(scene: Scene) -> None:
    link = await scene.feed.payment_link(link_ask(fee_minor=25_381))
    assert link.reference == "L-1"
    assert link.url.startswith(f"{scene.feed.address}/pay/")
    (made,) = scene.store.state.transactions.values()
    assert (made.reference, made.amount_minor, made.email) == ("L-1", 1_000_000, "bola@example.test")
    assert (made.metadata["order_number"], made.metadata["customer_fee"]) == ("0042", "25381")


async def test_a_used_reference_is_declined_as_a_duplicate(scene: Scene) -> None:
    await scene.feed.payment_link(link_ask())
    with pytest.raises(Declined) as no:
        await scene.feed.payment_link(link_ask())
    assert (no.value.code, no.value.words) == ("duplicate", "Duplicate Transaction Reference")
    assert len(scene.store.state.transactions) == 1


@pytest.mark.parametrize("reference", ["", "a/b", "a_b", "a b", "ä", "x" * 101])
async def test_a_reference_that_paystack_would_not_take_is_ours_to_mend(reference: str) -> None:
    with pytest.raises(ValueError, match="no reference"):
        await mocked(lambda request: httpx.Response(500)).payment_link(link_ask(reference))


@pytest.mark.parametrize(
    "address",
    [
        "http://checkout.example.test/a",
        "http://127.0.0.1/a",
        "javascript:alert(1)",
        "https://key:word@checkout.example.test/a",
        "https://",
        "https://checkout.example.test/a b",
        "https://checkout.example.test/\u202ea",
        "https://checkout.example.test/" + "x" * 500,
        "https://[",
        "",
    ],
)
async def test_nobody_is_sent_to_an_address_that_is_not_safe(address: str) -> None:
    page = {"authorization_url": address, "access_code": "a", "reference": "L-1"}
    feed = mocked(lambda request: httpx.Response(200, json={"status": True, "data": page}))
    with pytest.raises(FeedUnavailable):
        await feed.payment_link(link_ask())


async def test_a_page_for_another_payment_is_not_ours() -> None:
    page = {"authorization_url": "https://checkout.example.test/a", "access_code": "a", "reference": "L-2"}
    feed = mocked(lambda request: httpx.Response(200, json={"status": True, "data": page}))
    with pytest.raises(FeedUnavailable):
        await feed.payment_link(link_ask())


# Hostile lists


def lists(rows: list[Any], total: int | None = None) -> Any:
    def handler(request: httpx.Request) -> httpx.Response:
        told: dict[str, Any] = {"status": True, "data": rows if request.url.path == "/refund" else []}
        if request.url.path == "/refund":
            told["meta"] = {"total": len(rows) if total is None else total, "pageCount": 1}
        return httpx.Response(200, headers={"Date": "Mon, 23 Nov 2026 09:00:00 GMT"}, json=told)

    return handler


OTHERS: list[Any] = [
    None,
    7,
    [],
    {},
    {"merchant_note": None},
    {"merchant_note": [OURS]},
    {"merchant_note": {"x": OURS}},
    {"id": 5, "merchant_note": OURS + "0", "amount": 5, "status": "processed"},
    {"id": 6, "merchant_note": "x" + OURS, "amount": 5, "status": "processed"},
    {"id": 7, "merchant_note": OURS + "/1", "amount": 5, "status": "processed"},
]


async def test_junk_beside_our_refund_hides_it_not() -> None:
    mine = {
        "id": 9,
        "merchant_note": f" {OURS} ",
        "amount": 5,
        "status": "Needs_Attention",
        "currency": "NGN",
    }
    assert await mocked(lists(OTHERS)).find_refund(ASK) is None
    found = await mocked(lists([*OTHERS, mine])).find_refund(ASK)
    assert found is not None
    assert (found.remote_id, found.state) == ("9", PartState.NEEDS_DETAILS)


@pytest.mark.parametrize(
    "spoiled",
    [{"id": None}, {"id": "9; drop"}, {"amount": -5}, {"amount": "5000000000000000000"}, {"amount": 0}],
)
async def test_our_refund_that_cannot_be_read_is_not_taken_for_none(spoiled: dict[str, Any]) -> None:
    mine = {"id": 9, "merchant_note": OURS, "amount": 5, "status": "pending"} | spoiled
    with pytest.raises(FeedUnavailable):
        await mocked(lists([mine])).find_refund(ASK)


async def test_a_list_that_is_shorter_than_it_says_is_no_answer() -> None:
    with pytest.raises(FeedUnavailable):
        await mocked(lists([{"id": 5, "merchant_note": "x"}], total=2)).find_refund(ASK)


async def test_a_state_nobody_knows_is_not_final() -> None:
    for status, words in (
        ("teleported", "Paystack calls it “teleported”."),
        (None, "Paystack does not say how it stands."),
    ):
        mine = {"id": 9, "merchant_note": OURS, "amount": 5, "status": status}
        found = await mocked(lists([mine])).find_refund(ASK)
        assert found is not None
        assert (found.state, found.words) == (PartState.PENDING, words)


# Secrets


async def test_neither_key_nor_account_stands_in_any_text(
    wired: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    key = wired.store.provider_key
    texts = [repr(wired.feed), str(wired.feed), repr(ACCOUNT), f"{ACCOUNT}", repr(vars(wired.feed))]
    wired.store.plan_refunds("needs-attention")
    made = await wired.feed.refund(refund_ask(wired.paid()))
    wired.clock.forward(minutes=1)
    await wired.feed.refund_state(made.remote_id)
    for kind in (Kind.LOST_ANSWER, Kind.CRASH, Kind.TRUNCATED):
        wired.store.faults.add(kind, method="POST", path="/paystack/")
        with pytest.raises(FeedUnavailable) as raised:
            await wired.feed.give_details(made.remote_id, ACCOUNT)
        texts += [str(raised.value), repr(raised.value), repr(raised.value.__context__)]
    echo = mocked(
        lambda request: httpx.Response(400, json={"status": False, "message": f"Bad key {key}"}), key
    )
    with pytest.raises(Declined) as no:
        await echo.payment_link(link_ask())
    texts += [str(no.value), no.value.words, caplog.text]
    for text in texts:
        assert key not in text
        assert "0123456789" not in text


# The specification itself


def test_the_specification_objects_to_what_it_does_not_know() -> None:
    root = "https://pay.example.test/paystack"

    def wrong(method: str, path: str, **more: Any) -> list[str]:
        return wrong_with_request(httpx.Request(method, root + path, **more))

    good = {"transaction": "a", "amount": 5}
    assert wrong("POST", "/refund", json=good) == []
    assert wrong("POST", "/refund", json=good | {"amount": "5"})
    assert wrong("POST", "/refund", json=good | {"idempotency_key": "a"})
    assert wrong("POST", "/refund", json={"amount": 5})
    assert wrong("GET", "/refund", params={"transaction": "a"})
    assert wrong("GET", "/refund", params={"from": "yesterday"})
    assert wrong("GET", "/refund", params={"page": "x"})
    assert wrong("GET", "/bank", params={"currency": "EUR"})
    assert wrong("DELETE", "/refund/1")
    assert wrong("GET", "/balance")


async def test_what_was_asked_for_long_ago_is_still_found(scene: Scene) -> None:
    made = scene.paid(1_000_000)
    decided_at = scene.clock()
    there = await scene.feed.refund(refund_ask(made))
    scene.clock.forward(days=200)
    assert await scene.feed.find_refund(refund_ask(made)) is None
    found = await scene.feed.find_refund(msgspec.structs.replace(refund_ask(made), since=decided_at))
    assert found is not None
    assert found.remote_id == there.remote_id
