"""Taking a decision back, and giving a waiting order the units of one that overtook it."""

from copy import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp.domain.attention import Reason
from posapp.domain.cancelling import undo
from posapp.domain.errors import Refused
from posapp.domain.handing import hand_over
from posapp.domain.orders import Status
from posapp.domain.payments import PaymentState
from posapp.domain.refunding import Payout
from posapp.domain.stocktaking import adjust, receive
from posapp.domain.swapping import swap
from tests.domain.memory import SHOP, Till, clock, held, reasons, short


def waiting(on_hand: int = 2, wanted: int = 5, *, auto_fill: bool = True) -> Till:
    till = Till(auto_fill=auto_fill)
    till.shelf("mug", on_hand)
    till.order("0001", ("mug", wanted, 100))
    till.pay("0001")
    return till


def take_back(till: Till, number: str = "0001", which: int = -1) -> None:
    decision = copy(list(till.source.decisions.values())[which])
    with till.command() as book:
        undo(book, book.order(number), decision)


@given(on_hand=st.integers(0, 4), wanted=st.integers(5, 8), free=st.integers(0, 6))
def test_undoing_fulfill_restores_lines_stock_and_case(on_hand, wanted, free):
    till = waiting(on_hand, wanted, auto_fill=False)
    if free:
        with till.command() as book:
            receive(book, book.level("mug", SHOP), free, reason="")
    before, stock, sales = till.get("0001"), till.stock("mug"), till.sales
    till.decide("0001", "fulfill_order")
    take_back(till)
    after = till.get("0001")
    assert (after.lines, after.total_minor, after.status) == (before.lines, before.total_minor, before.status)
    assert (till.stock("mug"), till.sales, reasons(after)) == (stock, sales, reasons(before))
    assert len(after.cases) == 1


def test_with_auto_fill_what_becomes_free_goes_to_the_oldest_place():
    till = waiting()
    till.decide("0001", "fulfill_order")
    take_back(till)
    assert (till.stock("mug"), short(till.get("0001"))) == ((2, 2, 0), [3])


def test_undo_is_for_once_and_only_while_nothing_else_happened():
    till = waiting()
    till.decide("0001", "fulfill_order")
    till.pay("0001", 5)
    with pytest.raises(Refused, match="changed since"):
        take_back(till)
    till = waiting()
    till.decide("0001", "fulfill_order")
    take_back(till)
    with pytest.raises(Refused, match="undone already"):
        take_back(till)


def test_undo_after_hand_over_is_too_late():
    till = waiting()
    till.decide("0001", "fulfill_order")
    with till.command() as book:
        hand_over(book, book.order("0001"), {})
    with pytest.raises(Refused, match="changed since"):
        take_back(till)


@pytest.mark.parametrize("key", ["refund_excess", "refund_order"])
def test_money_that_left_cannot_be_called_back(key):
    till = waiting()
    till.decide("0001", key)
    with pytest.raises(Refused, match="money has left"):
        take_back(till)


def test_decisions_about_money_alone_cannot_be_undone():
    till = waiting(9)
    till.pay("0001", 50)
    till.decide("0001", "keep_credit")
    with pytest.raises(Refused, match="cannot be taken back"):
        take_back(till)


def unpaid_again() -> Till:
    """Short, and the bank took everything back: a refund pays nothing out."""
    till = Till()
    till.shelf("mug", 2)
    till.order("0001", ("mug", 5, 100), shipping=70)
    till.pay("0001", provider="paystack", ref="A")
    till.pay("0001", provider="paystack", ref="A", state=PaymentState.REVERSED)
    return till


@pytest.mark.parametrize("key", ["refund_excess", "refund_order"])
def test_a_refund_that_paid_nothing_out_can_be_undone(key):
    till = unpaid_again()
    before = till.get("0001")
    till.decide("0001", key)
    assert till.sales == (270 if key == "refund_excess" else 0)
    take_back(till)
    after = till.get("0001")
    assert (after.lines, after.total_minor, till.sales) == (before.lines, before.total_minor, 570)
    assert (after.status, after.refunds, till.stock("mug")) == (Status.PROCESSING, [], (2, 2, 0))
    assert "SHORTAGE" in reasons(after)


def test_units_that_came_since_go_to_the_undone_order():
    till = unpaid_again()
    till.decide("0001", "refund_excess")
    with till.command() as book:
        receive(book, book.level("mug", SHOP), 2, reason="")
    take_back(till)
    assert (held(till.get("0001")), short(till.get("0001"))) == ([4], [1])


def test_an_undone_refund_order_is_a_new_arrival():
    till = unpaid_again()
    till.decide("0001", "refund_order")
    till.order("0002", ("mug", 1, 100))
    till.pay("0002")
    take_back(till)
    assert (held(till.get("0001")), held(till.get("0002"))) == ([1], [1])
    assert till.get("0001").place > till.get("0002").place


def test_an_undone_refund_order_takes_its_units_again_with_or_without_auto_fill():
    till = unpaid_again()
    till.source.auto_fill = False
    till.decide("0001", "refund_order")
    take_back(till)
    assert held(till.get("0001")) == [2]


def test_undoing_puts_the_shipping_back_too():
    till = unpaid_again()
    till.decide("0001", "refund_excess", payout=Payout(shipping_minor=20))
    assert till.get("0001").total_minor == 250
    take_back(till)
    assert (till.get("0001").total_minor, till.sales) == (570, 570)


def test_undoing_puts_back_what_had_been_given_without_goods():
    till = unpaid_again()
    till.shop_edits("0001", ("mug", 5, 100), ("wrap", 1, 50), shipping=70)
    till.decide("0001", "accept_as_paid")
    before = till.get("0001")
    assert before.unassigned_minor == 620
    till.pay("0001", 1)
    till.decide("0001", "keep_credit")
    before = till.get("0001")
    till.decide("0001", "refund_excess")
    assert till.get("0001").unassigned_minor < 620
    take_back(till)
    assert till.get("0001").unassigned_minor == before.unassigned_minor


def test_undo_opens_the_case_it_closed_and_no_older_one():
    till = waiting()
    till.decide("0001", "fulfill_order")
    with till.command() as book:
        adjust(book, book.level("mug", SHOP), -1, reason="broken")
    till.decide("0001", "fulfill_order")
    take_back(till)
    cases = till.get("0001").cases
    assert [(c.reason, c.is_open) for c in cases] == [("SHORTAGE", False), ("STOCK_DEFICIT", True)]


# Swap


def overtaken(*, theirs: int = 2, on_hand: int = 2) -> Till:
    """0001 paid first, but 0002 was heard of first and took the units."""
    till = Till()
    till.shelf("mug", on_hand)
    till.order("0001", ("mug", 3, 100))
    till.order("0002", ("mug", theirs, 100))
    till.pay("0002", at=clock("10:05"))
    till.pay("0001", at=clock("10:01"))
    return till


def do_swap(till: Till, order: str = "0001", other: str = "0002") -> None:
    with till.command(actor="Manager") as book:
        swap(book, book.order(order), book.order(other))


@given(on_hand=st.integers(1, 6), theirs=st.integers(1, 5))
def test_swap_moves_the_smaller_of_short_and_held(on_hand, theirs):
    till = overtaken(theirs=theirs, on_hand=on_hand)
    missing, gives = short(till.get("0001"))[0], held(till.get("0002"))[0]
    moved = min(missing, gives)
    if not moved:
        with pytest.raises(Refused):
            do_swap(till)
        return
    before = till.stock("mug")
    do_swap(till)
    assert short(till.get("0001")) == [missing - moved]
    assert held(till.get("0002")) == [gives - moved]
    assert till.stock("mug") == before


def test_the_other_is_told_who_has_its_units():
    till = overtaken()
    do_swap(till)
    case = till.get("0002").open_case(Reason.STOCK_DEFICIT)
    assert case is not None
    assert case.overtaken_by == "0001"


def test_a_swap_that_makes_whole_closes_the_case_in_the_name_of_who_did_it():
    till = overtaken(theirs=3, on_hand=3)
    do_swap(till)
    (case,) = till.get("0001").cases
    assert (case.is_open, case.resolution, case.resolved_by) == (False, "swap", "Manager")


def test_goods_handed_over_always_win():
    till = overtaken()
    with till.command() as book:
        order = book.order("0002")
        hand_over(book, order, {order.lines[0].id: 1})
    with pytest.raises(Refused, match="with its customer"):
        do_swap(till)


def test_only_who_was_overtaken_may_swap():
    with pytest.raises(Refused, match="did not overtake"):
        do_swap(overtaken(), "0002", "0001")


def test_a_swap_that_would_move_nothing_is_refused():
    till = overtaken(on_hand=9)
    with pytest.raises(Refused, match="holds nothing"):
        do_swap(till)
