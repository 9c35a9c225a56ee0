"""What a sale costs: discounts per line and on the whole, taxes by class, once per line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp.domain.errors import Refused
from posapp.domain.pricing import Discount, PricedWish, TaxClass, price_sale

VAT_ON_TOP = TaxClass((("VAT", 750),), included=False)
VAT_INSIDE = TaxClass((("VAT", 750),), included=True)

discounts = st.one_of(
    st.just(Discount()),
    st.builds(Discount, st.integers(0, 10_000)),
    st.builds(Discount, amount_minor=st.just(1)),
)
classes = st.builds(
    TaxClass,
    st.lists(
        st.tuples(st.sampled_from(["VAT", "Levy", "City"]), st.integers(0, 2_500)),
        max_size=3,
        unique_by=lambda r: r[0],
    ).map(tuple),
    st.booleans(),
)
wishes = st.lists(
    st.builds(PricedWish, st.integers(1, 50), st.integers(1, 10**7), discounts, classes),
    min_size=1,
    max_size=8,
)


def test_scenario_19_is_priced_to_the_kobo():
    lines = [PricedWish(3, 500_000, tax_class=VAT_ON_TOP), PricedWish(1, 200_000, tax_class=VAT_ON_TOP)]
    sale = price_sale(lines, Discount(amount_minor=100_000), shipping_minor=250_000)
    assert [line.share_minor for line in sale.lines] == [88_235, 11_765]
    assert [line.taxes["VAT"] for line in sale.lines] == [105_882, 14_118]
    assert (sale.subtotal_minor, sale.on_top_minor, sale.total_minor) == (1_700_000, 120_000, 1_970_000)


def test_scenario_21_the_largest_remainders_get_the_rest():
    three = [PricedWish(1, 10_000)] * 3
    assert [line.share_minor for line in price_sale(three, Discount(amount_minor=1_000)).lines] == [
        334,
        333,
        333,
    ]
    small = [PricedWish(1, 500)] * 3
    assert [line.share_minor for line in price_sale(small, Discount(amount_minor=200)).lines] == [67, 67, 66]


def test_a_line_has_its_discount_before_the_sale_has_its_own():
    lines = [PricedWish(2, 10_000, Discount(1_000)), PricedWish(1, 2_000)]
    sale = price_sale(lines, Discount(500))
    assert [line.discount_minor for line in sale.lines] == [2_000, 0]
    assert (sale.subtotal_minor, sale.discount_minor, sale.total_minor) == (20_000, 1_000, 19_000)


def test_goods_taxed_inside_and_on_top_stand_in_one_sale():
    sale = price_sale(
        [PricedWish(1, 10_750, tax_class=VAT_INSIDE), PricedWish(1, 10_000, tax_class=VAT_ON_TOP)]
    )
    assert sale.taxes == {"VAT": 1_500}
    assert (sale.on_top_minor, sale.total_minor) == (750, 21_500)
    assert [line.net_minor for line in sale.lines] == [10_000, 10_000]


def test_several_taxes_inside_a_price_leave_one_rounded_net():
    taxed = TaxClass((("VAT", 1_500), ("Levy", 500)), included=True)
    line = price_sale([PricedWish(1, 1_000, tax_class=taxed)]).lines[0]
    assert (line.net_minor, line.taxes) == (833, {"VAT": 125, "Levy": 42})


@pytest.mark.parametrize(
    ("own", "whole"),
    [
        (Discount(10_001), Discount()),
        (Discount(amount_minor=1_001), Discount()),
        (Discount(-1), Discount()),
        (Discount(amount_minor=-1), Discount()),
        (Discount(100, 5), Discount()),
        (Discount(), Discount(amount_minor=1_001)),
    ],
)
def test_a_discount_lies_between_nothing_and_the_price(own, whole):
    with pytest.raises(Refused):
        price_sale([PricedWish(1, 1_000, own)], whole)


def test_sums_no_till_counts_are_refused():
    with pytest.raises(Refused):
        price_sale([PricedWish(1_000_000, 10**10)])


@given(wishes, st.integers(0, 10_000), st.integers(0, 10**6), st.integers(-4, 4))
def test_the_parts_of_a_sale_add_up_to_its_total(lines, points, shipping, rounding):
    sale = price_sale(lines, Discount(points), shipping_minor=shipping, rounding_minor=rounding)
    assert sum(line.share_minor for line in sale.lines) == sale.discount_minor
    assert sale.total_minor == sum(line.gross_minor for line in sale.lines) + shipping + rounding
    assert sum(sale.taxes.values()) == sum(sum(line.taxes.values()) for line in sale.lines)
    for wish, line in zip(lines, sale.lines, strict=True):
        assert (
            0
            <= line.share_minor
            <= line.amount_minor
            <= line.list_minor
            == wish.quantity * wish.unit_price_minor
        )
        if wish.tax_class.included:
            assert line.gross_minor == line.amount_minor - line.share_minor
