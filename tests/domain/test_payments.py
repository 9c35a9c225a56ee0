"""Laws of payments: recorded first, decided after, never refused, lost or counted twice."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp.domain.attention import Reason
from posapp.domain.book import Book
from posapp.domain.errors import Refused
from posapp.domain.events import AttentionRaised
from posapp.domain.handing import hand_over
from posapp.domain.orders import Status
from posapp.domain.paying import flag_delay
from posapp.domain.payments import PaymentState, PaymentStatus, RefundKind
from posapp.domain.stocktaking import receive
from tests.domain.memory import MONDAY, SHOP, Till, clock, held, reasons

SUCCEEDED, PENDING, FAILED, REVERSED = (
    PaymentState.SUCCEEDED,
    PaymentState.PENDING,
    PaymentState.FAILED,
    PaymentState.REVERSED,
)


def placed(total: int = 300, *, on_hand: int = 3) -> Till:
    """One order, 0001, of three mugs."""
    till = Till()
    till.shelf("mug", on_hand)
    till.order("0001", ("mug", 3, total // 3))
    return till


@given(st.lists(st.integers(1, 200), min_size=1, max_size=6))
def test_payments_in_parts_confirm_exactly_when_they_reach_the_total(parts):
    till, paid = placed(), 0
    for amount in parts:
        order = till.pay("0001", amount)
        paid += amount
        assert order.paid_minor == paid
        assert (order.status == Status.PROCESSING) == (paid >= 300)
        assert till.stock("mug")[1] == (3 if paid >= 300 else 0)
        assert till.sales == (300 if paid >= 300 else 0)
    expected = PaymentStatus.PAID if paid >= 300 else PaymentStatus.PARTIALLY_PAID
    assert order.payment_status == expected


news = st.tuples(st.sampled_from("AB"), st.sampled_from(list(PaymentState)))


@given(st.lists(news, min_size=1, max_size=8))
def test_a_state_only_rises_and_an_attempt_concerns_only_itself(told):
    till, highest = placed(), {}
    for ref, state in told:
        till.pay("0001", 300, provider="paystack", ref=ref, state=state)
        highest[ref] = max(highest.get(ref, state), state, key=lambda s: s.rank)
    order = till.get("0001")
    assert {p.provider_ref: p.state for p in order.payments} == highest
    assert order.paid_minor == 300 * sum(state == SUCCEEDED for state in highest.values())


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.integers(1, 300)), min_size=1, max_size=6))
def test_the_same_news_again_changes_nothing(told):
    till = placed()
    for ref, amount in told:
        till.pay("0001", amount, provider="paystack", ref=ref)
        before, movements = till.get("0001"), len(till.source.movements)
        till.pay("0001", amount, provider="paystack", ref=ref)
        assert till.get("0001") == before
        assert len(till.source.movements) == movements


def test_a_failed_attempt_that_succeeds_after_all_counts():
    till = placed()
    till.pay("0001", 300, provider="paystack", ref="A", state=FAILED)
    order = till.pay("0001", 300, provider="paystack", ref="A")
    assert (order.payment_status, held(order)) == (PaymentStatus.PAID, [3])


def test_the_last_word_before_the_money_counts_sets_the_amount():
    till = placed()
    till.pay("0001", 100, provider="paystack", ref="A", state=PENDING)
    order = till.pay("0001", 310, provider="paystack", ref="A", fee=10)
    assert order.paid_minor == 300
    assert till.pay("0001", 900, provider="paystack", ref="A").paid_minor == 300


@pytest.mark.parametrize("first", ["shop", "paystack"])
def test_two_tellers_of_one_payment(first):
    till = placed()
    tell = {
        "shop": lambda: till.pay("0001", 300, provider="shop", ref="1:1", reference="T68"),
        "paystack": lambda: till.pay("0001", 300, provider="paystack", ref="T68"),
    }
    tell[first]()
    order = tell["paystack" if first == "shop" else "shop"]()
    assert (order.paid_minor, len(order.payments), till.badge) == (300, 1, 0)


def test_hand_recorded_money_with_the_providers_reference_is_money_of_its_own():
    till = placed()
    till.pay("0001", 300, provider="paystack", ref="T68")
    order = till.pay("0001", 300, reference="T68")
    assert (order.paid_minor, reasons(order)) == (600, ["DUPLICATE_PAYMENT"])


def test_nobody_pays_before_the_order_was_placed():
    till = placed()
    order = till.pay("0001", 300, at=MONDAY - timedelta(days=9))
    assert order.payments[0].paid_at == order.confirmed_at == MONDAY


def test_the_day_of_the_sale_is_the_day_of_the_payment():
    till = placed()
    tuesday = MONDAY + timedelta(days=1)
    till.pay("0001", 300, at=tuesday)
    assert [(e.at, e.amount_minor) for e in till.source.sales] == [(tuesday, 300)]


def test_total_zero_is_confirmed_at_placement():
    till = Till()
    till.shelf("sample", 2)
    order = till.order("0001", ("sample", 1, 0))
    assert (order.status, order.payment_status) == (Status.PROCESSING, PaymentStatus.PAID)
    assert (held(order), till.sales, order.confirmed_at) == ([1], 0, MONDAY)


def test_an_order_of_nothing_is_not_confirmed():
    till = Till()
    order = till.order("0001")
    assert (order.status, order.payment_status) == (Status.OPEN, PaymentStatus.UNPAID)


def test_an_order_of_fees_alone_counts_and_needs_no_hand_over():
    till = Till()
    till.order("0001", shipping=500)
    order = till.pay("0001", 500)
    assert (order.status, till.sales) == (Status.COMPLETED, 500)


# More than the total, and twice


def test_too_much_is_credit_and_asks():
    till = placed()
    order = till.pay("0001", 350)
    assert (reasons(order), order.credit_minor, till.sales) == (["OVERPAYMENT"], 50, 300)
    order = till.decide("0001", "refund_difference")
    assert (order.paid_minor, order.refunded_minor, till.sales, till.badge) == (300, 50, 300, 0)
    assert [r.kind for r in order.refunds] == [RefundKind.OVERPAY]
    assert till.stock("mug") == (3, 3, 0)


def test_credit_that_is_kept_is_not_asked_about_again():
    till = placed()
    till.pay("0001", 350)
    till.decide("0001", "keep_credit")
    assert (till.badge, till.get("0001").credit_minor) == (0, 50)
    assert reasons(till.pay("0001", 20)) == ["OVERPAYMENT"]
    order = till.decide("0001", "refund_difference")
    assert (order.refunded_minor, order.credit_minor, till.badge) == (20, 50, 0)


def test_credit_that_was_kept_and_went_is_forgotten():
    till = placed()
    till.pay("0001", 300, provider="paystack", ref="A")
    till.pay("0001", 50, provider="paystack", ref="B")
    till.decide("0001", "keep_credit")
    till.pay("0001", 50, provider="paystack", ref="B", state=REVERSED)
    assert reasons(till.pay("0001", 40)) == ["OVERPAYMENT"]


def test_paid_twice_is_a_duplicate_and_its_refund_touches_only_money():
    till = placed()
    till.pay("0001", 300, at=clock("10:00"), method="card")
    order = till.pay("0001", 300, at=clock("10:01"), method="card")
    assert reasons(order) == ["DUPLICATE_PAYMENT"]
    before = (order.lines, till.stock("mug"), till.sales)
    order = till.decide("0001", "refund_difference")
    assert (order.lines, till.stock("mug"), till.sales) == before
    assert [p.amount_minor for p in order.parts] == [300]
    assert reasons(till.pay("0001", 10)) == ["OVERPAYMENT"]


# Delayed


def test_a_payment_that_hangs_asks_until_it_settles():
    till = placed()
    order = till.pay("0001", 300, provider="paystack", ref="A", state=PENDING)
    with till.command(actor="posapp") as book:
        flag_delay(book, book.order("0001"), order.payments[0].id)
    assert (reasons(till.get("0001")), till.stock("mug")) == (["PAYMENT_DELAYED"], (3, 0, 3))
    with pytest.raises(Refused), till.command() as book:
        hand_over(book, book.order("0001"), {})
    till.pay("0001", 300, provider="paystack", ref="A")
    assert till.badge == 0


def test_a_payment_that_is_not_pending_is_not_delayed():
    till = placed()
    order = till.pay("0001", 300)
    with till.command(actor="posapp") as book:
        flag_delay(book, book.order("0001"), order.payments[0].id)
        flag_delay(book, book.order("0001"), "unheard of")
    assert till.badge == 0


def test_a_transfer_a_person_waits_for_is_not_delayed():
    till = placed()
    order = till.pay("0001", 300, state=PENDING, method="transfer")
    with till.command(actor="posapp") as book:
        flag_delay(book, book.order("0001"), order.payments[0].id)
    assert till.badge == 0


def test_a_case_is_told_once():
    till = placed()
    till.pay("0001", 400)
    assert AttentionRaised("0001", Reason.OVERPAYMENT) in till.events
    till.pay("0001", 100)
    assert AttentionRaised("0001", Reason.OVERPAYMENT) not in till.events


def test_a_preview_writes_nothing():
    till = placed()
    before = till.get("0001")
    book = Book(till.source, command_id="look", actor="Ada", at=till.now, recorded_at=till.now)
    receive(book, book.level("mug", SHOP), 5, reason="")
    book.order("0001").kept_minor = 7
    assert (till.get("0001"), till.stock("mug")) == (before, (3, 0, 3))
    assert list(book.changed_orders()) == [book.order("0001")]
