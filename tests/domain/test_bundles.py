"""A product made of others: held whole, short in whole ones, counted on the levels of its components."""

from copy import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp.domain.attention import Reason
from posapp.domain.cancelling import undo
from posapp.domain.errors import Refused
from posapp.domain.handing import hand_over
from posapp.domain.orders import Status
from posapp.domain.stocktaking import adjust, count, receive
from posapp.domain.swapping import swap
from tests.domain.memory import SHOP, Till, clock, held, reasons, short


def gift_shop(cups: int, soaps: int, *, auto_fill: bool = True) -> Till:
    """A gift is a cup and two soaps; both are sold alone too."""
    till = Till(auto_fill=auto_fill)
    till.shelf("cup", cups)
    till.shelf("soap", soaps)
    till.bundle("gift", cup=1, soap=2)
    return till


def bought(till: Till, number: str, *wanted: tuple[str, int], at: str = "10:00") -> None:
    till.order(number, *((item, units, 100) for item, units in wanted))
    till.pay(number, at=clock(at))


def arrive(till: Till, item: str, units: int) -> None:
    with till.command() as book:
        receive(book, book.level(item, SHOP), units, reason="")


@given(cups=st.integers(0, 6), soaps=st.integers(0, 9), wanted=st.integers(1, 5))
def test_as_many_are_held_as_the_scarcest_component_allows(cups, soaps, wanted):
    till = gift_shop(cups, soaps)
    bought(till, "0001", ("gift", wanted))
    got = min(wanted, cups, soaps // 2)
    assert held(till.get("0001")) == [got]
    assert (till.stock("cup"), till.stock("soap")) == (
        (cups, got, cups - got),
        (soaps, 2 * got, soaps - 2 * got),
    )
    assert reasons(till.get("0001")) == (["SHORTAGE"] if got < wanted else [])


def test_lines_of_one_order_share_the_components_in_line_order():
    till = gift_shop(3, 4)
    bought(till, "0001", ("soap", 1), ("gift", 2), ("cup", 2))
    assert held(till.get("0001")) == [1, 1, 2]
    assert (till.stock("cup"), till.stock("soap")) == ((3, 3, 0), (4, 3, 1))


def test_a_bundle_takes_no_part_of_what_is_not_whole():
    till = gift_shop(1, 1)
    bought(till, "0001", ("gift", 1))
    assert (till.stock("cup"), till.stock("soap")) == ((1, 0, 1), (1, 0, 1))
    arrive(till, "soap", 1)
    assert (till.stock("cup"), till.stock("soap"), reasons(till.get("0001"))) == ((1, 1, 0), (2, 2, 0), [])


def test_a_recipe_that_changes_later_leaves_an_order_as_it_was_confirmed():
    till = gift_shop(4, 8)
    bought(till, "0001", ("gift", 3))
    till.bundle("gift", cup=2)
    with till.command() as book:
        hand_over(book, book.order("0001"), {"0001:gift": 2})
    assert (till.stock("cup"), till.stock("soap")) == ((2, 1, 1), (4, 2, 2))
    bought(till, "0002", ("gift", 1))
    assert short(till.get("0002")) == [1]


def test_an_older_order_is_served_first_whichever_component_arrived():
    till = gift_shop(0, 0)
    bought(till, "0001", ("soap", 2), at="10:03")
    bought(till, "0002", ("gift", 1), at="10:01")
    with till.command() as book:
        receive(book, book.level("soap", SHOP), 2, reason="")
        receive(book, book.level("cup", SHOP), 1, reason="")
    assert (short(till.get("0002")), short(till.get("0001"))) == ([0], [2])


def test_a_newer_order_takes_what_an_older_bundle_cannot_use():
    till = gift_shop(0, 1)
    bought(till, "0001", ("gift", 1), at="10:01")
    bought(till, "0002", ("soap", 1), at="10:03")
    assert (short(till.get("0001")), held(till.get("0002"))) == ([1], [1])


@given(lost=st.integers(1, 6))
def test_a_loss_breaks_whole_bundles_and_frees_the_rest_of_them(lost):
    till = gift_shop(3, 6)
    bought(till, "0001", ("gift", 3))
    with till.command() as book:
        adjust(book, book.level("soap", SHOP), -lost, reason="spoiled")
    kept = (6 - lost) // 2
    assert (held(till.get("0001")), reasons(till.get("0001"))) == ([kept], ["STOCK_DEFICIT"])
    assert (till.stock("soap"), till.stock("cup")) == (
        (6 - lost, 2 * kept, 6 - lost - 2 * kept),
        (3, kept, 3 - kept),
    )


def test_what_a_broken_bundle_frees_goes_to_who_waits():
    till = gift_shop(1, 2)
    bought(till, "0001", ("gift", 1), at="10:01")
    bought(till, "0002", ("cup", 1), at="10:03")
    with till.command() as book:
        count(book, book.level("soap", SHOP), 1, seen=2, reason="")
    assert (short(till.get("0001")), held(till.get("0002"))) == ([1], [1])


def test_found_is_exactly_what_each_component_misses_and_undo_takes_it_back():
    till = gift_shop(3, 1)
    bought(till, "0001", ("gift", 2))
    till.decide("0001", "fulfill_order")
    assert (till.stock("cup"), till.stock("soap")) == ((3, 2, 1), (4, 4, 0))
    assert [m.kind for m in till.source.movements if m.item_id == "cup"] == ["OPENING", "ALLOCATE"]
    decision = copy(list(till.source.decisions.values())[-1])
    with till.command() as book:
        undo(book, book.order("0001"), decision)
    assert (till.stock("cup"), till.stock("soap"), short(till.get("0001"))) == ((3, 0, 3), (1, 0, 1), [2])


def test_refunding_a_bundle_gives_its_components_back():
    till = gift_shop(2, 4)
    bought(till, "0001", ("gift", 3))
    till.decide("0001", "refund_excess")
    assert (held(till.get("0001")), till.get("0001").total_minor) == ([2], 200)
    with till.command() as book:
        adjust(book, book.level("cup", SHOP), -1, reason="broken")
    till.decide("0001", "refund_order")
    assert (till.stock("cup"), till.stock("soap")) == ((1, 0, 1), (4, 0, 4))


def test_handing_the_last_bundle_over_completes_the_order():
    till = gift_shop(2, 4)
    bought(till, "0001", ("gift", 2))
    with till.command() as book:
        hand_over(book, book.order("0001"), {})
    assert (till.stock("cup"), till.stock("soap")) == ((0, 0, 0), (0, 0, 0))
    assert till.get("0001").status == Status.COMPLETED


def test_the_order_that_took_the_missing_component_is_named():
    till = gift_shop(1, 2)
    bought(till, "0003", ("cup", 1), at="10:00")
    bought(till, "0002", ("soap", 2), at="10:01")
    bought(till, "0001", ("gift", 1), at="09:58")
    arrive(till, "cup", 1)
    case = till.get("0001").open_case(Reason.SHORTAGE)
    assert case is not None
    assert case.overtaken_by in ("0002", "0003")
    till = gift_shop(2, 2)
    bought(till, "0003", ("cup", 1), at="10:00")
    bought(till, "0002", ("soap", 1), at="09:57")
    bought(till, "0001", ("gift", 1), at="09:58")
    case = till.get("0001").open_case(Reason.SHORTAGE)
    assert case is not None
    assert case.overtaken_by == "0002"  # a cup is there: who took one took nothing that is missing


def test_a_swap_takes_from_several_lines_what_makes_a_whole_bundle():
    till = gift_shop(1, 3)
    till.order("0001", ("gift", 1, 100))
    bought(till, "0002", ("soap", 2), ("cup", 1), at="10:05")
    till.pay("0001", at=clock("10:01"))
    with till.command() as book:
        swap(book, book.order("0001"), book.order("0002"))
    assert held(till.get("0001")) == [1]
    assert (held(till.get("0002")), reasons(till.get("0002"))) == ([1, 0], ["STOCK_DEFICIT"])


def test_a_swap_breaks_a_bundle_for_one_of_its_components():
    till = gift_shop(1, 2)
    till.order("0001", ("soap", 1, 100))
    bought(till, "0002", ("gift", 1), at="10:05")
    till.pay("0001", at=clock("10:01"))
    with till.command() as book:
        swap(book, book.order("0001"), book.order("0002"))
    assert (held(till.get("0001")), short(till.get("0002"))) == ([1], [1])
    assert (till.stock("cup"), till.stock("soap")) == ((1, 0, 1), (2, 1, 1))


def test_nothing_is_swapped_where_a_bundle_would_not_become_whole():
    till = gift_shop(0, 2)
    till.order("0001", ("gift", 1, 100))
    bought(till, "0002", ("soap", 2), at="10:05")
    till.pay("0001", at=clock("10:01"))
    with pytest.raises(Refused, match="holds nothing"), till.command() as book:
        swap(book, book.order("0001"), book.order("0002"))
