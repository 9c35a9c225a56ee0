"""Laws of amounts: exact, in integers, and the same one by one as all at once."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp.domain.lines import Line
from posapp.domain.money import cumulative, decimals, split, tax_inside, tax_on_top, worth_of
from posapp.domain.pricing import TaxRate
from tests.domain.memory import price_lines

amounts = st.integers(0, 10**12)
quantities = st.integers(1, 1_000)
rates = st.integers(0, 5_000)


@given(amounts, st.lists(st.integers(0, 50), min_size=1, max_size=20))
def test_refunding_piece_by_piece_gives_what_all_at_once_gives(amount, pieces):
    whole, taken, given_back = sum(pieces) or 1, 0, 0
    for units in pieces:
        given_back += worth_of(amount, taken=taken, more=units, of_units=whole)
        taken += units
    assert given_back == cumulative(amount, taken, whole)
    assert taken == 0 or given_back == amount


@given(amounts, quantities)
def test_no_unit_is_worth_less_than_nothing_or_a_coin_more_than_its_share(amount, quantity):
    for n in {0, 1, quantity // 2, quantity - 1} & set(range(quantity)):
        one = worth_of(amount, taken=n, more=1, of_units=quantity)
        assert one >= 0
        assert abs(one - Fraction(amount, quantity)) <= 1


@given(amounts, st.integers(0, 1_000), quantities)
def test_what_has_gone_is_rounded_half_up(amount, units, quantity):
    exact = Fraction(amount * units, quantity)
    assert cumulative(amount, units, quantity) == (exact + Fraction(1, 2)).__floor__()


def test_a_line_without_units_is_worth_nothing():
    assert cumulative(500, 0, 0) == 0


@given(amounts, st.lists(st.integers(0, 10**9), min_size=1, max_size=12))
def test_split_adds_up_and_no_part_is_off_by_a_whole_coin(amount, weights):
    parts = split(amount, weights)
    assert sum(parts) == amount
    assert len(parts) == len(weights)
    if any(weights):
        shares = [Fraction(amount * w, sum(weights)) for w in weights]
        assert all(abs(part - share) < 1 for part, share in zip(parts, shares, strict=True))


@given(amounts, st.integers(1, 10**6), st.integers(1, 12))
def test_among_equals_the_earlier_line_gets_the_odd_coin(amount, weight, n):
    parts = split(amount, [weight] * n)
    assert list(parts) == sorted(parts, reverse=True)
    assert parts[0] - parts[-1] <= 1


def test_split_without_weights():
    assert split(7, ()) == ()
    assert split(7, (0, 0)) == (7, 0)


@given(amounts, rates)
def test_tax_on_top_is_rounded_half_up(net, points):
    assert tax_on_top(net, points) == (Fraction(net * points, 10_000) + Fraction(1, 2)).__floor__()


@given(amounts, rates)
def test_of_a_tax_inside_it_is_the_net_that_is_rounded_half_up(amount, points):
    net = amount - tax_inside(amount, points)
    assert net == (Fraction(amount * 10_000, 10_000 + points) + Fraction(1, 2)).__floor__()


@pytest.mark.parametrize(("code", "digits"), [("NGN", 2), ("JPY", 0), ("XOF", 0), ("KWD", 3), ("USD", 2)])
def test_decimals(code, digits):
    assert decimals(code) == digits


baskets = st.lists(st.tuples(st.integers(1, 20), st.integers(0, 10**7)), min_size=1, max_size=6)


@given(baskets, st.integers(0, 100), rates, st.booleans())
def test_a_priced_basket_costs_its_price_less_the_discount(basket, percent, points, included):
    gross = sum(units * price for units, price in basket)
    discount = gross * percent // 100
    priced = price_lines(basket, discount, TaxRate("VAT", points, included))
    net, tax = sum(p.net_minor for p in priced), sum(sum(p.taxes.values()) for p in priced)
    assert (net + tax if included else net) == gross - discount
    assert all(p.net_minor >= 0 and all(t >= 0 for t in p.taxes.values()) for p in priced)


def test_no_rate_no_tax():
    assert price_lines([(2, 50)], 0, None)[0].taxes == {}
    assert price_lines([(2, 50)], 0, TaxRate("VAT", 0, included=False))[0].taxes == {}


@given(amounts, st.lists(amounts, max_size=3), quantities, st.data())
def test_the_units_of_a_line_are_together_worth_the_line_for_net_and_each_tax(net, taxes, quantity, data):
    rates = {str(i): tax for i, tax in enumerate(taxes)}
    line = Line("l", "o", 0, "v", "v", "", "sku", "Name", quantity, quantity, 0, net, rates)
    back_net = back_tax = 0
    while line.refunded_qty < quantity:
        units = data.draw(st.integers(max(1, quantity // 8), quantity)) if quantity > 8 else 1
        units = min(units, quantity - line.refunded_qty)
        one_net, one_tax = line.worth(units)
        back_net, back_tax = back_net + one_net, back_tax + one_tax
        line.refunded_qty += units
        assert line.gross_left_minor == net + sum(taxes) - back_net - back_tax
    assert (back_net, back_tax) == (net, sum(taxes))
