"""Refunds that the web shop made: recorded as they are, once, and never beyond what is there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp.domain.cancelling import cancel_order
from posapp.domain.handing import hand_over
from posapp.domain.orders import CloseReason, Order, Status
from posapp.domain.payments import PaymentState, PaymentStatus, RefundKind
from posapp.domain.refunding import Payout
from posapp.domain.shop_orders import cancel_in_shop
from posapp.domain.shop_refunds import forget_shop_refund
from tests.domain.memory import Till, held, reasons, short


def web(on_hand: int = 3, wanted: int = 3, *, paid: int | None = None, handed: int = 0, vat: int = 0) -> Till:
    till = Till()
    till.shelf("mug", on_hand)
    till.order("0001", ("mug", wanted, 100), vat=vat)
    if paid != 0:
        till.pay("0001", paid)
    if handed:
        with till.command() as book:
            order = book.order("0001")
            hand_over(book, order, {order.lines[0].id: handed})
    return till


def forget(till: Till, ref: str = "r1") -> Order:
    with till.command(actor="shop") as book:
        forget_shop_refund(book, book.order("0001"), ref)
    return till.get("0001")


@given(on_hand=st.integers(0, 4), handed=st.integers(0, 4), units=st.integers(1, 4))
def test_units_leave_short_first_then_held_then_with_the_customer(on_hand, handed, units):
    handed = min(handed, on_hand)
    till = web(on_hand, 4, handed=handed)
    missing, had, stock = 4 - on_hand, on_hand - handed, till.stock("mug")
    order = till.shop_refunds("0001", 100 * units, mug=units)
    if units == 4 and not handed:
        assert (order.status, order.close_reason) == (Status.CANCELLED, CloseReason.REFUNDED)
        assert till.sales == 0
        return
    after_short, left = max(0, missing - units), max(0, units - missing)
    assert short(order) == [after_short]
    assert held(order) == [max(0, had - left)]
    assert order.lines[0].handed_over_qty == handed - max(0, left - had)
    assert till.stock("mug")[0] == stock[0]
    assert (order.total_minor, till.sales) == (400 - 100 * units, 400 - 100 * units)


def test_the_same_refund_again_changes_nothing():
    till = web()
    till.shop_refunds("0001", 100, mug=1)
    before = till.get("0001")
    till.shop_refunds("0001", 100, mug=1)
    assert till.get("0001") == before


def test_what_it_gives_above_its_goods_is_unassigned_and_not_given_back_twice():
    till = web()
    order = till.shop_refunds("0001", 100, "r1")
    assert (order.unassigned_minor, order.total_minor, order.paid_minor) == (100, 200, 200)
    assert (held(order), till.sales, till.badge) == ([3], 200, 0)
    order = till.shop_refunds("0001", 0, "r2", mug=1)
    assert (order.unassigned_minor, order.total_minor, held(order), till.sales) == (0, 200, [2], 200)


def test_a_later_decision_here_does_not_give_it_back_twice_either():
    till = web(2)
    till.shop_refunds("0001", 70, "r1")
    order = till.decide("0001", "refund_excess")
    assert (order.refunded_minor, order.total_minor, till.sales) == (100, 200, 200)


def test_an_edit_there_does_not_give_it_back_twice_either():
    till = web()
    till.shop_refunds("0001", 100, "r1")
    order = till.shop_edits("0001", ("mug", 2, 100))
    assert (order.total_minor, order.unassigned_minor, order.undecided_minor) == (200, 0, 0)


def test_what_it_gives_above_its_goods_comes_from_credit_first():
    till = web(paid=350)
    order = till.shop_refunds("0001", 80)
    assert (order.unassigned_minor, order.total_minor, till.sales, till.badge) == (30, 270, 270, 0)
    assert order.refunds[0].sales_minor == 30


def test_what_it_gives_less_than_its_goods_is_a_fee():
    till = web()
    order = till.shop_refunds("0001", 60, mug=1)
    assert (order.kept_minor, order.total_minor, order.paid_minor, till.sales) == (40, 240, 240, 240)


def test_one_that_takes_everything_is_refund_order():
    till = web(2)
    order = till.shop_refunds("0001", 300)
    assert (order.status, order.close_reason) == (Status.CANCELLED, CloseReason.REFUNDED)
    assert (till.stock("mug"), till.sales, till.badge) == ((2, 0, 2), 0, 0)
    assert [r.kind for r in order.refunds] == [RefundKind.ORDER]
    assert reasons(till.pay("0001", 300)) == ["LATE_PAYMENT"]


def test_one_that_takes_everything_after_hand_over_is_not():
    till = web(handed=3)
    order = till.shop_refunds("0001", 300)
    assert (order.status, order.total_minor) == (Status.COMPLETED, 0)
    assert (order.payment_status, till.sales) == (PaymentStatus.PAID, 0)


@pytest.mark.parametrize("handed", [0, 1])
def test_beyond_what_was_paid_only_that_is_recorded_and_asked_about(handed):
    till = web(handed=handed)
    order = till.shop_refunds("0001", 500, mug=3)
    assert (order.refunded_minor, order.paid_minor, till.sales) == (300, 0, 0)
    assert reasons(order) == ["SHOP_CHANGED"]
    till.pay("0001", 1) if handed else None
    assert "SHOP_CHANGED" in reasons(till.get("0001"))


def test_more_units_than_there_are_take_what_is_there():
    till = web(handed=1)
    order = till.shop_refunds("0001", 100, mug=50)
    assert (order.lines[0].refunded_qty, order.kept_minor, order.total_minor) == (3, 200, 200)


def test_units_of_an_unpaid_increase_leave_last():
    till = web(9)
    till.shop_edits("0001", ("mug", 5, 100))
    order = till.shop_refunds("0001", 100, mug=1)
    assert (held(order), order.lines[0].refunded_qty) == ([2], 1)
    order = till.shop_refunds("0001", 0, "r2", mug=3)
    assert (order.lines[0].refunded_qty, order.units_left) == (4, 1)
    assert (order.kept_minor, order.total_minor, held(order)) == (100, 200, [1])


def test_of_an_unpaid_order_it_takes_goods_and_nothing_else():
    till = web(paid=0)
    order = till.shop_refunds("0001", 0, mug=1)
    assert (order.status, order.units_left, till.sales) == (Status.OPEN, 2, 0)


def test_of_an_order_cancelled_there_it_settles_what_is_owed():
    till = web()
    with till.command(actor="shop") as book:
        cancel_in_shop(book, book.order("0001"), "cancelled")
    order = till.shop_refunds("0001", 100, "r1")
    assert (order.owed_minor, till.sales, reasons(order)) == (200, 200, ["SHOP_CHANGED"])
    order = till.shop_refunds("0001", 200, "r2")
    assert (order.owed_minor, till.sales, till.badge) == (0, 0, 0)
    assert [r.kind for r in order.refunds] == [RefundKind.ORDER] * 2


def test_of_late_money_it_settles_that():
    till = web(paid=0)
    with till.command(actor="shop") as book:
        cancel_in_shop(book, book.order("0001"), "cancelled")
    till.pay("0001", 300)
    order = till.shop_refunds("0001", 300)
    assert (order.owed_minor, till.badge, till.sales) == (0, 0, 0)
    assert [r.kind for r in order.refunds] == [RefundKind.LATE]


def test_one_decided_here_that_the_shop_writes_down_is_not_a_second_one():
    till = web(2)
    till.decide("0001", "refund_excess")
    order = till.shop_refunds("0001", 100, "r1", mug=1)
    assert (order.refunded_minor, order.total_minor, till.sales) == (100, 200, 200)
    order = till.shop_refunds("0001", 100, "r2", mug=1)
    assert (order.refunded_minor, order.total_minor) == (200, 100)


def test_other_goods_for_the_same_amount_are_a_second_one():
    till = web(2)
    till.decide("0001", "refund_excess")
    order = till.shop_refunds("0001", 100, "r1", mug=2)
    assert (order.refunded_minor, order.lines[0].refunded_qty) == (200, 3)


def test_already_refunded_and_then_the_refund_itself_is_one():
    till = web()
    with till.command(actor="shop") as book:
        cancel_in_shop(book, book.order("0001"), "cancelled")
    till.decide("0001", "already_refunded")
    order = till.shop_refunds("0001", 300)
    assert (order.refunded_minor, till.badge, till.sales) == (300, 0, 0)


# Deleted there


def test_deleted_there_the_money_counts_as_never_sent():
    till = web(2)
    till.shop_refunds("0001", 100, mug=1)
    order = forget(till)
    assert (order.owed_minor, order.paid_minor, reasons(order)) == (100, 300, ["SHOP_CHANGED"])
    assert (held(order), order.total_minor, till.sales) == ([2], 200, 200)


@pytest.mark.parametrize("key", ["shop_refund", "already_refunded"])
def test_a_deleted_refund_that_goes_or_went_after_all(key):
    till = web(2)
    till.shop_refunds("0001", 100, mug=1)
    forget(till)
    order = till.decide("0001", key)
    assert (order.owed_minor, order.refunded_minor, till.badge, till.sales) == (0, 100, 0, 200)


def test_a_deleted_refund_can_be_taken_back_with_its_units():
    till = web(3)
    till.shop_refunds("0001", 100, mug=1)
    forget(till)
    order = till.decide("0001", "reopen")
    assert (held(order), order.total_minor, order.owed_minor) == ([3], 300, 0)
    assert (till.sales, till.badge, order.payment_status) == (300, 0, PaymentStatus.PAID)


def test_a_deleted_refund_of_everything_can_be_reopened():
    till = web(3)
    till.shop_refunds("0001", 300)
    assert forget(till).owed_minor == 300
    order = till.decide("0001", "reopen")
    assert (order.status, held(order), till.sales, till.badge) == (Status.PROCESSING, [3], 300, 0)


def test_a_deleted_refund_without_money_gives_its_units_back():
    till = web(3)
    till.shop_refunds("0001", 0, mug=1)
    assert held(till.get("0001")) == [2]
    order = forget(till)
    assert (held(order), order.kept_minor, order.total_minor, till.badge) == ([3], 0, 300, 0)


@pytest.mark.parametrize(("key", "units", "total"), [("already_refunded", 1, 110), ("reopen", 2, 200)])
def test_a_deleted_refund_that_was_paid_out_here_is_settled_for_good(key, units, total):
    till = web(3)
    till.shop_refunds("0001", 100, "r1", mug=1)
    forget(till, "r1")
    till.decide("0001", "shop_refund")
    till.shop_refunds("0001", 90, "r2", mug=1)
    forget(till, "r2")
    order = till.decide("0001", key)
    assert (order.units_left, order.total_minor, order.paid_minor) == (units, total, total)
    assert (order.owed_minor, till.badge, till.sales) == (0, 0, total)


def test_a_deleted_refund_never_makes_more_go_back_than_came():
    till = web(3)
    till.shop_refunds("0001", 100, "r1", mug=1)
    forget(till, "r1")
    with till.command() as book:
        cancel_order(book, book.order("0001"), Payout())
    assert till.get("0001").refunded_minor == 300
    till.pay("0001", 300)
    till.decide("0001", "accept")
    with till.command(actor="shop") as book:
        cancel_in_shop(book, book.order("0001"), "cancelled")
    order = till.decide("0001", "already_refunded")
    assert (order.refunded_minor, order.owed_minor) == (600, 0)


def test_a_refund_paid_out_here_stays_paid_when_the_shop_forgets_its_note_of_it():
    till = web(2)
    till.decide("0001", "refund_excess", payout=Payout(route="cash"))
    till.shop_refunds("0001", 100, mug=1)
    order = forget(till)
    assert (order.refunded_minor, order.owed_minor, till.badge) == (100, 0, 0)


def test_forgetting_what_was_never_heard_of_changes_nothing():
    till = web()
    before = till.get("0001")
    assert forget(till, "ghost") == before


def test_money_of_a_deleted_refund_may_cover_a_balance():
    till = web(9)
    till.shop_refunds("0001", 100)
    till.shop_edits("0001", ("mug", 4, 100))
    assert till.get("0001").payment_status == PaymentStatus.PARTIALLY_PAID
    order = forget(till)
    assert (order.total_minor, order.paid_minor, held(order)) == (300, 300, [4])


def test_a_reversed_payment_limits_what_the_shop_can_give_back():
    till = web(paid=0)
    till.pay("0001", 200, provider="paystack", ref="A")
    till.pay("0001", 100, provider="paystack", ref="B")
    till.pay("0001", 200, provider="paystack", ref="A", state=PaymentState.REVERSED)
    order = till.shop_refunds("0001", 300)
    assert (order.refunded_minor, order.status) == (100, Status.CANCELLED)
