"""Fees of a payment: in whole kobo, and an order is credited exactly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp.domain.provider_fees import TARIFFS, FeeBearer, customer_fee, fee_of, fee_on_top

NGN = TARIFFS["paystack", "NGN"]


@pytest.mark.parametrize(
    ("paid", "fee"),
    [
        (0, 0),
        (1, 1),
        (100_000, 1_500),
        (249_999, 3_750),  # below ₦2,500: no ₦100
        (250_000, 13_750),
        (500_000, 17_500),  # ₦5,000 costs ₦175
        (5_000_000, 85_000),  # ₦50,000 costs ₦850
        (12_666_666, 200_000),
        (20_000_000, 200_000),  # ₦200,000 costs no more than ₦2,000
    ],
)
def test_what_the_provider_takes(paid: int, fee: int) -> None:
    assert fee_of(NGN, paid) == fee


@pytest.mark.parametrize(
    ("balance", "on_top"),
    [
        (0, 0),
        (-5, 0),
        (1, 1),
        (246_249, 3_750),  # the last one without the ₦100
        (246_250, 13_903),
        (985_000, 25_153),
        (1_000_000, 25_381),
        (12_466_666, 200_000),
        (12_466_667, 200_000),
        (100_000_000, 200_000),
    ],
)
def test_what_a_customer_adds(balance: int, on_top: int) -> None:
    assert fee_on_top(NGN, balance) == on_top


@given(st.one_of(st.integers(1, 400_000), st.integers(12_400_000, 12_700_000), st.integers(1, 10**12)))
def test_exactly_the_balance_is_left_and_no_smaller_payment_leaves_it(balance: int) -> None:
    paid = balance + fee_on_top(NGN, balance)
    assert paid - fee_of(NGN, paid) == balance
    assert (paid - 1) - fee_of(NGN, paid - 1) < balance


def test_the_smallest_is_found_by_trying_all_of_them() -> None:
    """Every payment from one kobo on, and which balance it is the first to leave."""
    first: dict[int, int] = {}
    for paid in range(1, 400_000):
        first.setdefault(paid - fee_of(NGN, paid), paid)
    for balance in range(1, 380_000):
        assert fee_on_top(NGN, balance) == first[balance] - balance


def test_who_bears_it_is_the_owners_choice() -> None:
    assert customer_fee("paystack", "NGN", 985_000, FeeBearer.CUSTOMER) == 25_153
    assert customer_fee("paystack", "NGN", 985_000, FeeBearer.MERCHANT) == 0


def test_without_a_known_tariff_the_merchant_bears_it() -> None:
    assert customer_fee("paystack", "GHS", 985_000, FeeBearer.CUSTOMER) == 0
    assert customer_fee("nobody", "NGN", 985_000, FeeBearer.CUSTOMER) == 0
