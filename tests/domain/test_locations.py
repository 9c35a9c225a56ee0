"""Several locations: an order takes where it belongs; units move between shelves, or come for one order."""

from copy import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp.domain.cancelling import undo
from posapp.domain.errors import FactsChanged, Refused
from posapp.domain.resolutions import fingerprint
from posapp.domain.stocktaking import receive, transfer
from tests.domain.memory import SHOP, Till, clock, held, reasons, short

LEKKI = "lekki"


def two_shops(here: int, there: int, wanted: int, *, auto_fill: bool = True) -> Till:
    till = Till(auto_fill=auto_fill)
    till.shelf("mug", here)
    till.shelf("mug", there, location=LEKKI)
    till.order("0001", ("mug", wanted, 100))
    till.pay("0001", at=clock("10:01"))
    return till


def move(till: Till, units: int, start: str = LEKKI, end: str = SHOP) -> None:
    with till.command() as book:
        transfer(book, book.level("mug", start), book.level("mug", end), units, reason="van")


def test_an_order_takes_only_where_it_belongs():
    till = two_shops(1, 9, 3)
    assert (till.stock("mug"), till.stock("mug", LEKKI), short(till.get("0001"))) == (
        (1, 1, 0),
        (9, 0, 9),
        [2],
    )


def test_what_is_moved_serves_the_queue_where_it_arrives():
    till = two_shops(1, 9, 3)
    move(till, 4)
    assert (till.stock("mug"), till.stock("mug", LEKKI)) == ((5, 3, 2), (5, 0, 5))
    assert reasons(till.get("0001")) == []


def test_only_free_units_move():
    till = two_shops(3, 0, 2)
    with pytest.raises(Refused, match="Only 1 are free there, 2 of 3 are promised"):
        move(till, 2, SHOP, LEKKI)
    move(till, 1, SHOP, LEKKI)
    with pytest.raises(Refused, match="two different locations"):
        move(till, 1, SHOP, SHOP)
    with pytest.raises(Refused, match="between 1 and"):
        move(till, 0)


@given(there=st.integers(0, 6), wanted=st.integers(1, 6), bring=st.integers(0, 6))
def test_what_is_brought_goes_to_this_order_and_the_rest_is_found(there, wanted, bring):
    till = two_shops(0, there, wanted)
    before = till.source.orders["0001"]
    if bring > min(there, wanted):
        with pytest.raises(Refused):
            till.decide("0001", "fulfill_order", bring={"mug": {LEKKI: bring}})
        assert till.source.orders["0001"] == before
        return
    till.decide("0001", "fulfill_order", bring={"mug": {LEKKI: bring}})
    assert (till.stock("mug"), till.stock("mug", LEKKI)) == (
        (wanted, wanted, 0),
        (there - bring, 0, there - bring),
    )
    assert held(till.get("0001")) == [wanted]
    found = sum(m.on_hand_delta for m in till.source.movements if m.kind == "FOUND")
    assert found == wanted - bring


def test_an_older_order_that_waits_gets_nothing_of_what_is_brought_for_another():
    till = two_shops(0, 2, 1)
    till.order("0002", ("mug", 1, 100))
    till.pay("0002", at=clock("10:05"))
    till.decide("0002", "mixed", bring={"mug": {LEKKI: 1}})
    assert (short(till.get("0001")), held(till.get("0002"))) == ([1], [1])


def test_per_line_some_are_brought_some_found_some_refunded():
    till = two_shops(0, 2, 4)
    till.decide("0001", "mixed", bring={"mug": {LEKKI: 2}}, fulfill={"mug": 1}, refund={"mug": 1})
    assert (till.stock("mug"), till.stock("mug", LEKKI)) == ((3, 3, 0), (0, 0, 0))
    assert (till.get("0001").total_minor, reasons(till.get("0001"))) == (300, [])
    with pytest.raises(Refused):
        till.decide("0001", "mixed", bring={"mug": {LEKKI: 1}})


def test_too_many_together_and_units_from_here_are_refused():
    till = two_shops(0, 5, 2)
    for wrong in ({LEKKI: 3}, {SHOP: 1}, {LEKKI: -1}, {"nowhere": 1}):
        with pytest.raises(Refused):
            till.decide("0001", "fulfill_order", bring={"mug": wrong})
    with pytest.raises(Refused, match="only 2 are missing"):
        till.decide("0001", "mixed", bring={"mug": {LEKKI: 2}}, refund={"mug": 1})
    assert till.stock("mug", LEKKI) == (5, 0, 5)


@pytest.mark.parametrize("auto_fill", [True, False])
def test_undo_carries_what_was_brought_back(auto_fill):
    till = two_shops(0, 2, 3, auto_fill=auto_fill)
    till.decide("0001", "fulfill_order", bring={"mug": {LEKKI: 2}})
    decision = copy(list(till.source.decisions.values())[-1])
    with till.command() as book:
        undo(book, book.order("0001"), decision)
    assert (till.stock("mug"), till.stock("mug", LEKKI), short(till.get("0001"))) == (
        (0, 0, 0),
        (2, 0, 2),
        [3],
    )
    assert reasons(till.get("0001")) == ["SHORTAGE"]


def test_a_decision_is_refused_when_the_other_shelf_changed_since():
    till = two_shops(0, 2, 1)
    with till.command() as book:
        seen = fingerprint(book, book.order("0001"))
    with till.command() as book:
        receive(book, book.level("mug", LEKKI), 1, reason="")
    with pytest.raises(FactsChanged):
        till.decide("0001", "fulfill_order", bring={"mug": {LEKKI: 1}}, seen=seen)


def test_for_a_bundle_only_the_component_that_is_missing_is_brought():
    till = Till()
    till.shelf("cup", 1)
    till.shelf("soap", 0)
    till.shelf("cup", 5, location=LEKKI)
    till.shelf("soap", 3, location=LEKKI)
    till.bundle("gift", cup=1, soap=2)
    till.order("0001", ("gift", 1, 100))
    till.pay("0001")
    till.decide("0001", "fulfill_order", bring={"gift": {LEKKI: 1}})
    assert (till.stock("cup"), till.stock("soap")) == ((1, 1, 0), (2, 2, 0))
    assert (till.stock("cup", LEKKI), till.stock("soap", LEKKI)) == ((5, 0, 5), (1, 0, 1))


def test_freed_units_at_the_other_location_serve_its_own_queue():
    till = two_shops(2, 0, 2)
    till.order("0002", ("mug", 1, 100), location=LEKKI)
    till.pay("0002", at=clock("10:05"))
    assert short(till.get("0002")) == [1]
    with till.command() as book:
        receive(book, book.level("mug", SHOP), 1, reason="")
    move(till, 1, SHOP, LEKKI)
    assert (short(till.get("0002")), held(till.get("0001"))) == ([0], [2])
