"""A basket is a draft: every edit gives a new one, and the one before can be had again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp.domain.basket import (
    MAX_LINES,
    MAX_UNITS,
    BackLine,
    Basket,
    added,
    emptied,
    for_customer,
    in_exchange,
    left_out,
    with_discount,
    with_line_discount,
    with_line_note,
    with_note,
    with_price,
    with_quantity,
    without_back,
    without_line,
)
from posapp.domain.basket_edits import Edits
from posapp.domain.errors import Refused
from posapp.domain.sale_line import Returned, SaleLine

EMPTY = Basket("sale-1", "main")


def test_the_same_product_at_the_same_price_is_one_line() -> None:
    basket, first = added(EMPTY, "shea", "Shea butter")
    basket, again = added(basket, "shea", "Shea butter", 3)
    assert first == again
    assert [line.quantity for line in basket.lines] == [4]


@pytest.mark.parametrize(
    "special",
    [
        lambda basket, key: with_price(basket, key, 100),
        lambda basket, key: with_line_discount(basket, key, basis_points=1_000),
        lambda basket, key: with_line_discount(basket, key, minor=5),
        lambda basket, key: with_line_note(basket, key, "For Ada"),
    ],
)
def test_a_line_that_is_special_stays_alone(special) -> None:
    basket, key = added(EMPTY, "shea", "Shea butter")
    basket, other = added(special(basket, key), "shea", "Shea butter")
    assert key != other
    assert [line.quantity for line in basket.lines] == [1, 1]


def test_the_names_of_lines_are_not_used_again_while_another_has_them() -> None:
    basket, first = added(EMPTY, "a", "A")
    basket, second = added(basket, "b", "B")
    basket, third = added(without_line(basket, first), "c", "C")
    assert len({second, third}) == 2
    assert [line.key for line in basket.lines] == [second, third]


@pytest.mark.parametrize("units", [0, -1, MAX_UNITS + 1])
def test_units_that_cannot_be_sold_are_refused(units: int) -> None:
    basket, key = added(EMPTY, "a", "A")
    with pytest.raises(Refused, match="units"):
        with_quantity(basket, key, units)
    with pytest.raises(Refused):
        added(EMPTY, "a", "A", units)


def test_more_of_a_line_than_a_line_can_hold_is_refused() -> None:
    basket, _ = added(EMPTY, "a", "A", MAX_UNITS)
    with pytest.raises(Refused):
        added(basket, "a", "A")


def test_a_sale_has_an_end_of_lines() -> None:
    basket = EMPTY
    for n in range(MAX_LINES):
        basket, _ = added(basket, f"p{n}", "P")
    with pytest.raises(Refused, match="500 lines"):
        added(basket, "more", "More")
    assert added(basket, "p7", "P")[0].units == MAX_LINES + 1


def test_discounts_are_per_cent_or_an_amount() -> None:
    basket, key = added(EMPTY, "a", "A")
    assert with_line_discount(basket, key, basis_points=500).lines[0].discount_bp == 500
    off = with_line_discount(with_line_discount(basket, key, basis_points=500), key, minor=7).lines[0]
    assert (off.discount_bp, off.discount_minor) == (0, 7)
    for bad in (
        {"basis_points": 10_001},
        {"basis_points": -1},
        {"minor": -1},
        {"basis_points": 1, "minor": 1},
    ):
        with pytest.raises(Refused):
            with_line_discount(basket, key, **bad)
        with pytest.raises(Refused):
            with_discount(basket, **bad)
    assert with_discount(with_discount(basket, minor=5)) == basket


def test_what_would_be_lost_makes_a_basket_not_empty() -> None:
    assert EMPTY.is_empty
    for basket in (
        added(EMPTY, "a", "A")[0],
        for_customer(EMPTY, "c", "Ada"),
        with_note(EMPTY, "gift"),
        with_discount(EMPTY, basis_points=100),
    ):
        assert not basket.is_empty
        assert emptied(basket) == EMPTY
    assert for_customer(for_customer(EMPTY, "c", "Ada"), "", "Ada") == EMPTY


def test_a_sale_gets_everything_but_the_money() -> None:
    basket, key = added(for_customer(with_note(EMPTY, "gift"), "c", "Ada"), "a", "A", 2)
    basket = with_line_note(with_price(basket, key, 900), key, "red")
    fields = with_discount(basket, minor=50).sale_fields()
    assert fields == {
        "order_id": "sale-1", "location_id": "main", "lines": (SaleLine("a", 2, 900, 0, 0, "red"),),
        "contact_id": "c", "discount_bp": 0, "discount_minor": 50, "note": "gift",
        "returned": (),
    }  # fmt: skip


def test_what_comes_back_goes_into_the_sale() -> None:
    mug = BackLine("order-1", "line-1", 2, restock=True, name="Mug", number="0042", worth_minor=3_000)
    torn = BackLine("order-1", "line-2", 1, restock=False, reason="torn", worth_minor=500)
    basket = in_exchange(EMPTY, [mug, torn])
    assert not basket.is_empty
    assert basket.returned_minor == 3_500
    assert basket.sale_fields()["returned"] == (
        Returned("order-1", "line-1", 2, True), Returned("order-1", "line-2", 1, False, "torn"),
    )  # fmt: skip
    one = BackLine("order-1", "line-1", 1, restock=True, worth_minor=1_500)
    assert in_exchange(basket, [one]).returned == (torn, one)
    assert without_back(without_back(basket, "line-1"), "line-2") == EMPTY
    assert emptied(basket) == EMPTY


EDITS = st.one_of(
    st.tuples(st.just("add"), st.sampled_from("abc"), st.integers(1, 5)),
    st.tuples(st.just("quantity"), st.integers(1, 4), st.integers(1, 9)),
    st.tuples(st.just("remove"), st.integers(1, 4), st.just(0)),
    st.tuples(st.just("price"), st.integers(1, 4), st.integers(0, 999)),
    st.tuples(st.just("percent"), st.integers(1, 4), st.integers(0, 10_000)),
    st.tuples(st.just("off"), st.just(0), st.integers(0, 999)),
)


def _edit(basket: Basket, edit) -> Basket:
    what, at, value = edit
    if what == "add":
        return added(basket, at, at.upper(), value)[0]
    deeds = {
        "quantity": lambda: with_quantity(basket, at, value),
        "remove": lambda: without_line(basket, at),
        "price": lambda: with_price(basket, at, value),
        "percent": lambda: with_line_discount(basket, at, basis_points=value),
        "off": lambda: with_discount(basket, minor=value),
    }
    return deeds[what]()


@given(st.lists(EDITS, max_size=30))
def test_undoing_every_edit_gives_back_the_beginning_and_redoing_them_the_end(edits) -> None:
    history, baskets = Edits(EMPTY), [EMPTY]
    for edit in edits:
        history = history.did(_edit(history.now, edit))
        if history.now != baskets[-1]:
            baskets.append(history.now)
        keys = [line.key for line in history.now.lines]
        assert len(keys) == len(set(keys))
        assert history.now.order_id == EMPTY.order_id
    for basket in reversed(baskets):
        assert history.now == basket
        history = history.undone()
    assert history.undone() == history
    for basket in baskets:
        assert history.now == basket
        history = history.redone()


def test_an_edit_after_an_undo_forgets_what_was_undone() -> None:
    one = Edits(EMPTY).did(added(EMPTY, "a", "A")[0])
    other = one.undone().did(added(EMPTY, "b", "B")[0])
    assert other.redone() == other
    assert other.did(other.now) is other


def test_what_is_not_there_is_left_out_from_the_last_line_on():
    basket, _ = added(Basket("order-1", "shop"), "mug", "Mug", 2)
    basket, other = added(basket, "tote", "Tote", 1)
    basket, special = added(with_line_note(basket, 1, "blue"), "mug", "Mug", 2)
    assert left_out(basket, ("mug",), 3).line(special) is None
    assert [line.quantity for line in left_out(basket, ("mug",), 3).lines] == [1, 1]
    assert left_out(basket, ("mug",), 9).lines == (basket.line(other),)
