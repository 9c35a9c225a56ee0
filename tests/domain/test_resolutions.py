"""Laws of the three buttons and of their mixture."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp.domain.attention import Reason
from posapp.domain.book import Book
from posapp.domain.errors import Refused
from posapp.domain.handing import hand_over
from posapp.domain.orders import Status
from posapp.domain.payments import PaymentStatus, RefundKind
from posapp.domain.refunding import Payout
from posapp.domain.resolutions import RESOLUTIONS, Choice, fingerprint, offered, resolve
from posapp.domain.settling import settle
from posapp.domain.stocktaking import receive
from tests.domain.memory import SHOP, Till, held, reasons, short


def waiting(on_hand: int = 2, wanted: int = 5, *, shipping: int = 0, discount: int = 0, vat: int = 0) -> Till:
    till = Till()
    till.shelf("mug", on_hand)
    till.order("0001", ("mug", wanted, 1_000), shipping=shipping, discount=discount, vat=vat)
    till.pay("0001")
    return till


units = st.integers(0, 6)


@given(on_hand=units, wanted=st.integers(1, 6), f=units, r=units)
def test_mixed_fulfils_and_refunds_what_was_chosen_or_nothing(on_hand, wanted, f, r):
    till = waiting(on_hand, wanted)
    missing, before = max(0, wanted - on_hand), till.get("0001")
    allowed = 0 < f + r <= missing and r < wanted
    if not allowed:
        with pytest.raises(Refused):
            till.decide("0001", "mixed", fulfill={"mug": f}, refund={"mug": r})
        assert till.get("0001") == before
        return
    order = till.decide("0001", "mixed", fulfill={"mug": f}, refund={"mug": r})
    assert (held(order), short(order)) == ([min(on_hand, wanted) + f], [missing - f - r])
    assert (order.refunded_minor, till.sales) == (1_000 * r, 1_000 * (wanted - r))
    assert till.stock("mug")[0] == on_hand + f
    assert till.badge == (1 if missing > f + r else 0)


@given(on_hand=st.integers(1, 4), wanted=st.integers(5, 9), vat=st.integers(0, 2_000))
def test_the_buttons_are_presets_of_the_mixture(on_hand, wanted, vat):
    missing = wanted - on_hand
    excess = waiting(on_hand, wanted, vat=vat).decide("0001", "refund_excess")
    mixed = waiting(on_hand, wanted, vat=vat).decide("0001", "mixed", refund={"mug": missing})
    assert (excess.lines, excess.total_minor, excess.refunded_minor) == (
        mixed.lines,
        mixed.total_minor,
        mixed.refunded_minor,
    )
    fulfilled = waiting(on_hand, wanted).decide("0001", "fulfill_order")
    assert fulfilled.lines == waiting(on_hand, wanted).decide("0001", "mixed", fulfill={"mug": missing}).lines


@pytest.mark.parametrize(
    ("fulfill", "refund", "code"),
    [
        ({"0001:mug": -1}, {}, "too_many"),
        ({}, {"0001:mug": -1}, "too_many"),
        ({"0001:mug": 2}, {"0001:mug": 2}, "too_many"),
        ({"ghost": 1}, {}, "line_not_found"),
        ({}, {}, "nothing_chosen"),
    ],
)
def test_a_mixture_that_cannot_be_says_why(fulfill, refund, code):
    till = waiting()
    with pytest.raises(Refused) as refused, till.command() as book:
        resolve(book, book.order("0001"), Choice("mixed", Payout(), fulfill, refund))
    assert refused.value.code == code


def test_excess_and_found_touch_no_other_order():
    till = waiting()
    till.order("0002", ("mug", 1, 1_000))
    other = till.get("0002")
    till.decide("0001", "refund_excess")
    assert till.get("0002") == other
    assert till.kinds() == ["ALLOCATE"]


def test_fulfill_takes_free_units_before_it_finds_any():
    till = waiting()
    till.source.auto_fill = False
    with till.command() as book:
        receive(book, book.level("mug", SHOP), 2, reason="")
    till.decide("0001", "fulfill_order")
    assert till.stock("mug") == (5, 5, 0)
    assert [m.on_hand_delta for m in till.source.movements if m.kind == "FOUND"] == [1]


def test_refund_order_serves_who_waits():
    till = waiting(2, 3)
    till.order("0002", ("mug", 1, 1_000))
    till.pay("0002")
    till.decide("0001", "refund_order")
    assert (held(till.get("0002")), till.badge, till.stock("mug")) == ([1], 0, (2, 1, 1))


def test_refund_order_is_refused_once_a_unit_is_with_the_customer():
    till = waiting()
    with till.command() as book:
        hand_over(book, book.order("0001"), {})
    with pytest.raises(Refused, match="with the customer"):
        till.decide("0001", "refund_order")


def test_refunding_what_is_missing_completes_an_order_whose_rest_was_handed_over():
    till = waiting()
    with till.command() as book:
        hand_over(book, book.order("0001"), {})
    order = till.decide("0001", "refund_excess")
    assert (order.status, order.payment_status) == (Status.COMPLETED, PaymentStatus.PAID)


# The money of a decision


def test_shipping_goes_back_only_when_asked_and_never_more_than_it_costs():
    assert waiting(shipping=700).decide("0001", "refund_excess").total_minor == 2_700
    till = waiting(shipping=700)
    order = till.decide("0001", "refund_excess", payout=Payout(shipping_minor=500))
    assert (order.refunded_minor, order.total_minor, order.shipping_net_minor) == (3_500, 2_200, 200)
    assert till.sales == 2_200
    with pytest.raises(Refused, match="Shipping"):
        waiting(shipping=700).decide("0001", "refund_excess", payout=Payout(shipping_minor=701))
    with pytest.raises(Refused, match="Shipping"):
        waiting(shipping=700).decide("0001", "refund_excess", payout=Payout(shipping_minor=-1))


@given(st.integers(0, 3_000))
def test_what_is_kept_back_becomes_a_fee_and_stays_sold(amount):
    till = waiting()
    order = till.decide("0001", "refund_excess", payout=Payout(amount_minor=amount, reason="agreed"))
    assert (order.refunded_minor, order.kept_minor) == (amount, 3_000 - amount)
    assert (order.total_minor, till.sales) == (5_000 - amount, 5_000 - amount)
    assert order.payment_status == PaymentStatus.PAID


def test_a_refund_is_never_raised_and_never_lowered_without_a_reason():
    for amount, code in ((3_001, "too_much"), (-1, "too_much"), (2_999, "reason_missing")):
        with pytest.raises(Refused) as refused:
            waiting().decide("0001", "refund_excess", payout=Payout(amount_minor=amount))
        assert refused.value.code == code


def test_refund_order_gives_back_all_of_it():
    with pytest.raises(Refused, match="cannot be changed"):
        waiting().decide("0001", "refund_order", payout=Payout(amount_minor=1, reason="no"))
    till = waiting()
    till.decide("0001", "mixed", refund={"mug": 1}, payout=Payout(amount_minor=400, reason="agreed"))
    order = till.decide("0001", "refund_order", payout=Payout(amount_minor=4_600))
    assert (order.refunded_minor, till.sales) == (5_000, 0)


@given(
    on_hand=st.integers(0, 3),
    wanted=st.integers(4, 8),
    discount=st.integers(0, 3_999),
    vat=st.integers(0, 2_000),
    pieces=st.lists(st.integers(1, 3), max_size=4),
)
def test_refunds_together_never_exceed_what_was_paid(on_hand, wanted, discount, vat, pieces):
    till = waiting(on_hand, wanted, discount=discount, vat=vat)
    paid = till.get("0001").paid_minor
    for n in pieces:
        missing = short(till.get("0001"))[0]
        if n <= missing and n < till.get("0001").units_left:
            till.decide("0001", "mixed", refund={"mug": n})
    if short(till.get("0001"))[0]:
        till.decide("0001", "refund_order")
        assert till.get("0001").refunded_minor == paid
        assert till.sales == 0
    assert till.get("0001").refunded_minor <= paid


def test_how_it_went_back_is_written_down():
    till = waiting()
    payout = Payout(route="hand", reference="transfer 88", reason="sorry")
    order = till.decide("0001", "refund_excess", payout=payout, actor="Bola")
    (part,), (refund,) = order.parts, order.refunds
    assert (part.route, part.reference, part.state) == ("hand", "transfer 88", "PROCESSED")
    assert (refund.kind, refund.actor, refund.reason) == (RefundKind.EXCESS, "Bola", "sorry")


# Which buttons, and on what they stand


def test_each_reason_offers_its_own_buttons():
    labels = {
        Reason.SHORTAGE: ["Refund Excess", "Refund Order", "Fulfill Order", "Per line"],
        Reason.LATE_PAYMENT: ["Accept and reopen", "Refund"],
        Reason.OVERPAYMENT: ["Refund difference", "Keep as credit"],
        Reason.PAYMENT_REVERSED: ["Release and cancel", "Wait for new payment", "Write off"],
    }
    for reason, expected in labels.items():
        assert [r.label for r in RESOLUTIONS.values() if reason in r.reasons] == expected
    assert [r.key for r in offered(waiting().get("0001"))][:3] == [
        "refund_excess",
        "refund_order",
        "fulfill_order",
    ]


def test_a_decision_without_a_case_is_refused():
    till = waiting(9)
    for key, code in (
        ("refund_excess", "no_case"),
        ("accept", "no_case"),
        ("nonsense", "unknown_resolution"),
    ):
        with pytest.raises(Refused) as refused:
            till.decide("0001", key)
        assert refused.value.code == code


def look(till: Till, number: str = "0001") -> str:
    book = Book(till.source, command_id="look", actor="Ada", at=till.now, recorded_at=till.now)
    return fingerprint(book, book.order(number))


def test_the_fingerprint_follows_the_free_stock_of_its_items():
    till = waiting()
    till.source.auto_fill = False
    seen = look(till)
    till.shelf("wig", 4)
    assert look(till) == seen
    with till.command() as book:
        receive(book, book.level("mug", SHOP), 1, reason="")
    assert look(till) != seen


def test_accepting_late_money_stands_on_the_stock_it_will_take():
    till = Till()
    till.shelf("mug", 1)
    till.order("0001", ("mug", 1, 100))
    order = till.get("0001")
    assert not order.lines[0].item_id
    seen = look(till)
    with till.command() as book:
        receive(book, book.level("mug", SHOP), 1, reason="")
    assert look(till) != seen


@given(key=st.sampled_from(["refund_excess", "refund_order", "fulfill_order"]), on_hand=st.integers(1, 4))
def test_a_preview_shows_what_pressing_does(key, on_hand):
    till = waiting(on_hand)
    shown = Book(till.source, command_id="look", actor="Ada", at=till.now, recorded_at=till.now)
    resolve(shown, shown.order("0001"), Choice(key))
    settle(shown)
    order = till.decide("0001", key)
    seen = shown.order("0001")
    assert (seen.lines, seen.status, seen.total_minor) == (order.lines, order.status, order.total_minor)
    level = shown.level("mug", SHOP)
    assert (level.on_hand, level.allocated, level.available) == till.stock("mug")


def test_only_what_is_closed_leaves_attention():
    till = waiting()
    assert reasons(till.decide("0001", "mixed", refund={"mug": 1})) == ["SHORTAGE"]
    order = till.decide("0001", "mixed", fulfill={"mug": 2})
    assert [(c.is_open, c.resolution, c.resolved_by) for c in order.cases] == [(False, "mixed", "Ada")]
