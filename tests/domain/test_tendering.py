"""Dividing a total over the ways to pay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp.domain.errors import Refused
from posapp.domain.tendering import ACCOUNT, CARD, CASH, TRANSFER, Tendering, nearest, quick_notes


def test_cash_pays_what_is_left_and_gives_change():
    paying = Tendering(815_000).give_cash(1_000_000)
    assert (paying.left_minor, paying.change_minor, paying.is_covered) == (0, 185_000, True)


def test_a_split_is_covered_when_the_transfer_was_seen():
    paying = Tendering(8_000_000).give_cash(5_000_000).pay(TRANSFER, 3_000_000, awaiting=True)
    assert (paying.left_minor, paying.awaiting_minor, paying.is_covered) == (0, 3_000_000, False)
    assert paying.pay(TRANSFER, 3_000_000, reference="T1").is_covered


def test_a_method_beside_cash_turns_cash_into_change():
    paying = Tendering(1_000).give_cash(1_000).pay(CARD, 400)
    assert (paying.share(CASH).amount_minor, paying.change_minor, paying.left_minor) == (600, 400, 0)


def test_only_cash_may_be_more_than_is_due():
    with pytest.raises(Refused, match="more than is left"):
        Tendering(1_000).pay(TRANSFER, 600).pay(CARD, 401)


def test_what_is_taken_away_is_left_to_pay_again():
    paying = Tendering(1_000).pay(CARD, 1_000).pay(CARD, 0)
    assert (paying.shares, paying.left_minor) == ((), 1_000)


@pytest.mark.parametrize(("total", "due"), [(1_249, 1_000), (1_250, 1_500), (1_500, 1_500), (1, 0)])
def test_cash_is_rounded_to_the_smallest_coin(total, due):
    assert Tendering(total, 500).room(CASH) == due
    if due:
        paying = Tendering(total, 500).give_cash(due)
        assert (paying.due_minor, paying.rounding_minor, paying.is_covered) == (due, due - total, True)


def test_only_the_part_that_cash_pays_is_rounded():
    paying = Tendering(1_249, 500).pay(CARD, 749).give_cash(500)
    assert (paying.rounding_minor, paying.is_covered) == (0, True)
    assert Tendering(1_249, 500).pay(CARD, 1_249).rounding_minor == 0


def test_the_notes_a_customer_is_likely_to_hold():
    assert quick_notes(815_000, 100) == (815_000, 850_000, 900_000, 1_000_000)
    assert quick_notes(8_000_000, 100) == (8_000_000, 10_000_000)
    assert quick_notes(0, 100) == ()
    assert quick_notes(7, 1) == (7, 8, 10)


steps = st.sampled_from([1, 5, 500, 1_000])
deeds = st.lists(
    st.tuples(st.sampled_from([CASH, TRANSFER, CARD, ACCOUNT]), st.integers(0, 20_000)), max_size=8
)


@given(st.integers(1, 10_000), steps, deeds)
def test_whatever_is_tried_the_books_of_a_payment_add_up(total, step, tried):
    paying = Tendering(total, step)
    for method, amount in tried:
        try:
            paying = paying.give_cash(amount) if method == CASH else paying.pay(method, amount)
        except Refused:
            continue
        cash = paying.share(CASH)
        assert sum(s.amount_minor for s in paying.shares) + paying.left_minor == paying.due_minor
        assert paying.left_minor >= 0
        assert paying.change_minor >= 0
        assert abs(paying.rounding_minor) * 2 <= step or paying.rounding_minor == 0
        assert cash is None or cash.given_minor - cash.amount_minor == paying.change_minor
        if cash and cash.given_minor >= paying.room(CASH):
            assert paying.left_minor == 0


@given(st.integers(0, 10**9), steps)
def test_the_nearest_coin_is_never_further_than_half(amount, step):
    there = nearest(amount, step)
    assert there % step == 0
    assert abs(there - amount) * 2 <= step
