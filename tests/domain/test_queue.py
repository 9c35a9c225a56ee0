"""The queue: no theft, places, refills, and the case of a shortage."""

from posapp.domain.allocation import fill_from
from posapp.domain.attention import Reason
from posapp.domain.cancelling import cancel_order
from posapp.domain.handing import hand_over
from posapp.domain.refunding import Payout
from posapp.domain.stocktaking import adjust, count, receive
from tests.domain.memory import SHOP, Till, clock, held, reasons, short


def stocked(shelf: dict[str, int], *, auto_fill: bool = True) -> Till:
    till = Till(auto_fill=auto_fill)
    for item, on_hand in shelf.items():
        till.shelf(item, on_hand)
    return till


def test_no_theft_a_payment_heard_of_late_takes_nothing_that_is_promised():
    till = stocked({"mug": 1})
    till.order("0001", ("mug", 1, 100))
    till.order("0002", ("mug", 1, 100))
    till.pay("0002", at=clock("10:05"))
    order = till.pay("0001", at=clock("10:01"))
    assert (short(order), held(till.get("0002"))) == ([1], [1])
    case = order.open_case(Reason.SHORTAGE)
    assert case is not None
    assert case.overtaken_by == "0002"


def test_a_deposit_holds_no_place_in_the_queue():
    till = stocked({"mug": 1})
    till.order("0001", ("mug", 1, 100))
    till.order("0002", ("mug", 1, 100))
    till.pay("0001", 50, at=clock("10:00"))
    till.pay("0002", at=clock("10:01"))
    order = till.pay("0001", 50, at=clock("10:02"))
    assert (short(order), held(till.get("0002"))) == ([1], [1])


def test_a_deposit_heard_of_last_does_not_move_its_order_forward():
    till = stocked({"mug": 0})
    till.order("0001", ("mug", 1, 100))
    till.order("0002", ("mug", 1, 100))
    till.pay("0002", at=clock("10:03"))
    till.pay("0001", 50, at=clock("10:05"))
    order = till.pay("0001", 50, at=clock("10:01"))
    assert order.confirmed_at == clock("10:05")
    with till.command() as book:
        receive(book, book.level("mug", SHOP), 1, reason="")
    assert (held(till.get("0002")), held(till.get("0001"))) == ([1], [0])


def test_freed_units_go_to_who_waits_and_its_case_closes():
    till = stocked({"mug": 2})
    till.order("0001", ("mug", 2, 100))
    till.order("0002", ("mug", 1, 100))
    till.pay("0001")
    till.pay("0002")
    with till.command() as book:
        cancel_order(book, book.order("0001"), Payout())
    assert (held(till.get("0002")), till.badge, till.stock("mug")) == ([1], 0, (2, 1, 1))


def test_without_auto_fill_a_newer_payment_may_take_the_units():
    till = stocked({"mug": 0}, auto_fill=False)
    till.order("0001", ("mug", 1, 100))
    till.order("0002", ("mug", 1, 100))
    till.pay("0001")
    with till.command() as book:
        receive(book, book.level("mug", SHOP), 1, reason="")
    till.pay("0002")
    assert (short(till.get("0001")), held(till.get("0002"))) == ([1], [1])


def test_one_click_serves_the_queue_of_one_item():
    till = stocked({"mug": 0}, auto_fill=False)
    for number in ("0001", "0002"):
        till.order(number, ("mug", 2, 100))
        till.pay(number)
    with till.command() as book:
        receive(book, book.level("mug", SHOP), 3, reason="")
    with till.command() as book:
        fill_from(book, book.level("mug", SHOP))
    assert (held(till.get("0001")), held(till.get("0002"))) == ([2], [1])


def test_after_the_setting_is_switched_on_an_order_that_is_touched_is_served():
    till = stocked({"mug": 0}, auto_fill=False)
    till.order("0001", ("mug", 2, 100))
    till.pay("0001")
    with till.command() as book:
        receive(book, book.level("mug", SHOP), 1, reason="")
    till.source.auto_fill = True
    till.pay("0001", 7)
    assert held(till.get("0001")) == [1]


def test_a_second_shortage_joins_the_open_case_and_the_first_reason_stays():
    till = stocked({"mug": 3})
    till.order("0001", ("mug", 4, 100))
    till.pay("0001")
    with till.command() as book:
        adjust(book, book.level("mug", SHOP), -1, reason="broken")
    order = till.get("0001")
    assert reasons(order) == ["SHORTAGE"]
    case = order.open_case(Reason.SHORTAGE)
    assert case is not None
    assert [(f.wanted, f.got, f.short) for f in case.figures] == [(4, 2, 2)]


def test_a_deficit_found_by_a_count_blames_no_order():
    till = stocked({"mug": 2})
    till.order("0001", ("mug", 1, 100))
    till.order("0002", ("mug", 1, 100))
    till.pay("0001")
    till.pay("0002")
    with till.command() as book:
        adjust(book, book.level("mug", SHOP), -1, reason="broken")
    case = till.get("0002").open_case(Reason.STOCK_DEFICIT)
    assert case is not None
    assert case.overtaken_by == ""


def test_goods_handed_over_are_never_taken_back_by_a_loss():
    till = stocked({"mug": 2})
    till.order("0001", ("mug", 2, 100))
    till.pay("0001")
    with till.command() as book:
        order = book.order("0001")
        hand_over(book, order, {order.lines[0].id: 1})
    with till.command() as book:
        count(book, book.level("mug", SHOP), 0, seen=1, reason="")
    order = till.get("0001")
    assert (order.lines[0].handed_over_qty, held(order), short(order)) == (1, [0], [1])
