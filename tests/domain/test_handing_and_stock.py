"""Laws of handing over, and of receiving, adjusting and counting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp.domain.errors import NotFound, Refused
from posapp.domain.handing import hand_over, mark_shipped
from posapp.domain.orders import ShipStatus, Status
from posapp.domain.stock import level_id
from posapp.domain.stocktaking import MAX_UNITS, adjust, count, open_stock, receive
from tests.domain.memory import SHOP, Till, held, reasons, short


def bought(on_hand: int = 3, wanted: int = 3) -> Till:
    till = Till()
    till.shelf("mug", on_hand)
    till.shelf("wig", 2)
    till.order("0001", ("mug", wanted, 100), ("wig", 1, 50), ("wrap", 1, 5))
    till.pay("0001")
    return till


def hand(till: Till, **units: int) -> None:
    with till.command() as book:
        order = book.order("0001")
        ids = {line.sku: line.id for line in order.lines}
        hand_over(book, order, {ids[sku]: n for sku, n in units.items()})


@given(on_hand=st.integers(0, 5), wanted=st.integers(1, 5), parts=st.lists(st.integers(1, 5), max_size=4))
def test_line_by_line_only_what_is_held_and_the_last_unit_completes(on_hand, wanted, parts):
    till = bought(on_hand, wanted)
    left = min(on_hand, wanted)
    for units in parts:
        if units > left:
            with pytest.raises(Refused, match="holds"):
                hand(till, mug=units)
        else:
            hand(till, mug=units)
            left -= units
    hand(till)
    order = till.get("0001")
    assert held(order) == [0, 0, 0]
    assert till.stock("mug")[0] == max(0, on_hand - wanted)
    assert (order.status == Status.COMPLETED) == (on_hand >= wanted)


def test_an_order_with_a_shortage_hands_over_what_it_holds():
    till = bought(2)
    hand(till)
    order = till.get("0001")
    assert (order.status, short(order), reasons(order)) == (Status.PROCESSING, [1, 0, 0], ["SHORTAGE"])
    with pytest.raises(Refused, match="no units"):
        hand(till)
    with till.command() as book:
        receive(book, book.level("mug", SHOP), 1, reason="")
    hand(till)
    assert till.get("0001").status == Status.COMPLETED


@pytest.mark.parametrize("amount", [0, 100])
def test_goods_never_leave_unpaid(amount):
    till = Till()
    till.shelf("mug", 3)
    till.order("0001", ("mug", 3, 100))
    if amount:
        till.pay("0001", amount)
    with pytest.raises(Refused, match="nothing to hand over"):
        hand(till)


def test_unknown_and_impossible_units_are_refused():
    till = bought()
    for units in (0, -1, 4):
        with pytest.raises(Refused):
            hand(till, mug=units)
    with pytest.raises(Refused), till.command() as book:
        hand_over(book, book.order("0001"), {"ghost": 1})
    with pytest.raises(NotFound), till.command() as book:
        book.order("9999")


def test_shipped_then_delivered_and_never_back():
    till = bought()

    def mark(status: ShipStatus) -> None:
        with till.command() as book:
            mark_shipped(book.order("0001"), status)

    with pytest.raises(Refused, match="handed over"):
        mark(ShipStatus.SHIPPED)
    hand(till, mug=1)
    mark(ShipStatus.SHIPPED)
    mark(ShipStatus.DELIVERED)
    for status in (ShipStatus.DELIVERED, ShipStatus.SHIPPED, ShipStatus.UNFULFILLED, ShipStatus.RETURNED):
        with pytest.raises(Refused, match="already"):
            mark(status)
    assert till.get("0001").ship_status == ShipStatus.DELIVERED


# Stock


def do(till: Till, rule, *args, **named) -> None:
    with till.command() as book:
        rule(book, book.level("mug", SHOP), *args, **named)


@given(on_hand=st.integers(0, 9), wanted=st.integers(0, 9), seen=st.integers(0, 9), counted=st.integers(0, 9))
def test_a_count_applies_its_difference_and_stops_at_nothing(on_hand, wanted, seen, counted):
    till = Till()
    till.shelf("mug", on_hand)
    if wanted:
        till.order("0001", ("mug", wanted, 100))
        till.pay("0001")
    do(till, count, counted, seen=seen, reason="evening")
    now = max(0, on_hand + counted - seen)
    level = till.source.levels.get(level_id("mug", SHOP))
    assert till.stock("mug") == (now, min(now, wanted), now - min(now, wanted))
    assert (level.recount if level else False) == (on_hand + counted - seen < 0)


def test_what_was_sold_while_counting_stays_sold():
    till = Till()
    till.shelf("mug", 10)
    till.order("0001", ("mug", 4, 100))
    till.pay("0001")
    hand(till)
    do(till, count, 9, seen=10, reason="one is cracked")
    assert till.stock("mug") == (5, 0, 5)


def test_a_recount_task_goes_with_the_next_good_count():
    till = Till()
    till.shelf("mug", 1)
    do(till, count, 0, seen=3, reason="")
    assert till.source.levels[level_id("mug", SHOP)].recount
    do(till, count, 4, seen=0, reason="")
    assert not till.source.levels[level_id("mug", SHOP)].recount


@given(on_hand=st.integers(0, 9), wanted=st.integers(0, 9), by=st.integers(-9, 9).filter(bool))
def test_an_adjustment_below_nothing_is_refused_and_below_promises_breaks_the_newest(on_hand, wanted, by):
    till = Till()
    till.shelf("mug", on_hand)
    if wanted:
        till.order("0001", ("mug", wanted, 100))
        till.pay("0001")
    if on_hand + by < 0:
        with pytest.raises(Refused, match="below 0"):
            do(till, adjust, by, reason="broken")
        return
    do(till, adjust, by, reason="broken")
    now = on_hand + by
    assert till.stock("mug") == (now, min(now, wanted), now - min(now, wanted))


@pytest.mark.parametrize("units", [0, MAX_UNITS + 1, -MAX_UNITS - 1])
def test_adjustments_are_bounded_and_need_a_reason(units):
    till = bought()
    with pytest.raises(Refused, match="how many"):
        do(till, adjust, units, reason="x")
    with pytest.raises(Refused, match="why"):
        do(till, adjust, 1, reason="")


@pytest.mark.parametrize("units", [0, -1, MAX_UNITS + 1])
def test_received_units_are_bounded(units):
    with pytest.raises(Refused):
        do(bought(), receive, units, reason="")


@pytest.mark.parametrize("counted", [-1, MAX_UNITS + 1])
def test_counts_are_bounded(counted):
    with pytest.raises(Refused):
        do(bought(), count, counted, seen=1, reason="")


@pytest.mark.parametrize(("number", "on_hand", "recount"), [(5, 5, False), (0, 0, False), (-2, 0, True)])
def test_opening(number, on_hand, recount):
    till = Till()
    do(till, open_stock, number)
    level = till.source.levels.get(level_id("mug", SHOP))
    assert till.stock("mug") == (on_hand, 0, on_hand)
    assert (level.recount if level else False) == recount


def test_a_level_that_was_only_looked_at_is_not_written():
    till = Till()
    with till.command() as book:
        book.level("ghost", SHOP)
    assert not till.source.levels


def test_every_movement_names_who_why_and_when():
    till = bought()
    do(till, adjust, -1, reason="broken")
    last = till.source.movements[-1]
    assert (last.kind, last.actor, last.reason, last.on_hand_delta) == ("ADJUST", "Ada", "broken", -1)
    lost = till.source.movements[-2]
    assert (lost.kind, lost.order_id, lost.line_id, lost.reason) == ("RELEASE", "0001", "0001:mug", "broken")
    assert last.recorded_at == last.effective_at == till.now
