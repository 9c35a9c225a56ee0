import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp.gui import text
from posapp.gui.typed import MAX_MINOR, Unreadable, read_amount, read_units, shown_amount

CURRENCIES = st.sampled_from(["NGN", "JPY", "KWD", "EUR", "GHS"])


@pytest.mark.parametrize(
    ("typed", "minor"),
    [
        ("12500", 1_250_000),
        ("12,500", 1_250_000),
        ("12 500.5", 1_250_050),
        ("₦12,500.50", 1_250_050),
        ("NGN 12,500", 1_250_000),
        (" 0.07 ", 7),
        ("3.", 300),
        ("1\u00a0000", 100_000),
    ],
)
def test_an_amount_is_read_exactly(typed, minor):
    assert read_amount(typed, "NGN") == minor


@pytest.mark.parametrize(
    "typed", ["", "  ", "abc", "-5", "1,2", "12,50", "1.234", "1e5", "١٢٣", "1_000", "12.5.0", "٫", "1,0000"]
)
def test_what_could_mean_something_else_is_asked_for_again(typed):
    with pytest.raises(Unreadable):
        read_amount(typed, "NGN")


def test_a_currency_without_decimals_takes_none():
    assert read_amount("1,200", "JPY") == 1_200
    with pytest.raises(Unreadable, match="no figures after a point"):
        read_amount("1.5", "JPY")


def test_no_amount_is_too_large_for_the_database():
    with pytest.raises(Unreadable, match="at most"):
        read_amount("9" * 40, "NGN")


@given(st.integers(0, MAX_MINOR), CURRENCIES)
def test_what_a_field_shows_is_read_back(minor, currency):
    assert read_amount(shown_amount(minor, currency), currency) == minor
    assert read_amount(text.money(minor, currency), currency) == minor


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused_in_words(typed):
    for read in (lambda: read_amount(typed, "NGN"), lambda: read_units(typed, least=-5, most=5)):
        with contextlib.suppress(Unreadable):
            assert isinstance(read(), int)


@pytest.mark.parametrize(("typed", "units"), [("5", 5), ("1,000", 1_000), ("+3", 3), ("−2", -2), ("-2", -2)])
def test_units_are_whole_and_may_be_negative_where_asked(typed, units):
    assert read_units(typed, least=-1_000_000) == units


@pytest.mark.parametrize("typed", ["", "0", "-1", "1.5", "1000001", "five", "1" * 30])
def test_units_outside_their_bounds_are_refused(typed):
    with pytest.raises(Unreadable):
        read_units(typed)
