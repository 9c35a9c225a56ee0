"""What the web shop's back office changes: followed, never paid out by itself."""

import pytest

from posapp.domain.errors import Refused
from posapp.domain.handing import hand_over
from posapp.domain.orders import Channel, CloseReason, Order, Status
from posapp.domain.payments import PaymentStatus, RefundKind
from posapp.domain.shop_orders import Terms, cancel_in_shop, complete, reopen_from_shop, revise
from posapp.domain.stocktaking import receive
from tests.domain.memory import SHOP, Till, held, lines, reasons, short


def web(on_hand: int = 3, wanted: int = 3, *, paid: bool = True, history: bool = False) -> Till:
    till = Till()
    till.shelf("mug", on_hand)
    till.shelf("wig", 5)
    till.order("0001", ("mug", wanted, 100), channel=Channel.WEB, history=history)
    if paid:
        till.pay("0001", provider="shop", ref="1:1")
    return till


def cancel(till: Till, detail: str = "cancelled") -> Order:
    with till.command(actor="shop") as book:
        cancel_in_shop(book, book.order("0001"), detail)
    return till.get("0001")


def goods_left(till: Till) -> Order:
    with till.command(actor="shop") as book:
        complete(book, book.order("0001"))
    return till.get("0001")


# Edited there


def test_an_unpaid_order_just_follows():
    till = web(paid=False)
    order = till.shop_edits("0001", ("mug", 2, 100), ("wig", 1, 40), shipping=7)
    assert (order.total_minor, [line.qty for line in order.lines], till.badge) == (247, [2, 1], 0)
    assert held(till.pay("0001")) == [2, 1]


def test_an_edit_that_covers_what_was_paid_confirms():
    till = web(paid=False)
    till.pay("0001", 200, provider="shop", ref="1:1")
    order = till.shop_edits("0001", ("mug", 2, 100))
    assert (order.status, held(order), till.sales, till.badge) == (Status.PROCESSING, [2], 200, 0)


@pytest.mark.parametrize(("on_hand", "keeps", "gap"), [(3, 2, 0), (2, 2, 0), (1, 1, 1), (0, 0, 2)])
def test_made_smaller_after_payment_units_leave_and_money_waits(on_hand, keeps, gap):
    till = web(on_hand)
    order = till.shop_edits("0001", ("mug", 2, 100))
    assert (held(order), short(order)) == ([keeps], [gap])
    assert (order.paid_minor, order.total_minor, order.undecided_minor) == (300, 200, 100)
    assert "SHOP_CHANGED" in reasons(order)
    assert "OVERPAYMENT" not in reasons(order)
    assert (till.sales, order.refunds) == (300, [])


def test_refund_pays_out_what_the_change_left_over():
    till = web()
    till.shop_edits("0001", ("mug", 2, 100))
    order = till.decide("0001", "shop_refund")
    assert (order.refunded_minor, order.paid_minor, till.sales, till.badge) == (100, 200, 200, 0)
    assert [r.kind for r in order.refunds] == [RefundKind.EDIT]


def test_already_refunded_writes_it_down_without_paying_again():
    till = web()
    till.shop_edits("0001", ("mug", 2, 100))
    order = till.decide("0001", "already_refunded")
    assert ([p.route for p in order.parts], order.paid_minor, till.sales) == (["shop"], 200, 200)


def test_the_shops_own_refund_of_its_edit_settles_it_and_counts():
    till = web()
    till.shop_edits("0001", ("mug", 2, 100))
    order = till.shop_refunds("0001", 100)
    assert (order.total_minor, order.paid_minor, till.sales, till.badge) == (200, 200, 200, 0)


def test_credit_a_person_kept_is_not_paid_out_with_the_shops_change():
    till = web(paid=False)
    till.pay("0001", 350)
    till.decide("0001", "keep_credit")
    till.shop_edits("0001", ("mug", 2, 100))
    order = till.decide("0001", "shop_refund")
    assert (order.refunded_minor, order.credit_minor, till.sales, till.badge) == (100, 50, 200, 0)


def test_the_difference_of_an_overpayment_is_not_the_shops_change():
    till = web(paid=False)
    till.pay("0001", 350)
    order = till.shop_edits("0001", ("mug", 2, 100))
    assert sorted(reasons(order)) == ["OVERPAYMENT", "SHOP_CHANGED"]
    order = till.decide("0001", "refund_difference")
    assert (order.refunded_minor, reasons(order), till.sales) == (50, ["SHOP_CHANGED"], 300)


def test_made_larger_after_payment_leaves_a_balance():
    till = web(9)
    order = till.shop_edits("0001", ("mug", 5, 100))
    assert (order.payment_status, held(order), till.sales) == (PaymentStatus.PARTIALLY_PAID, [3], 300)
    assert reasons(order) == ["SHOP_CHANGED"]
    order = till.pay("0001", 200)
    assert (held(order), till.sales, till.badge) == ([5], 500, 0)


def test_accept_as_paid_lets_the_balance_go_and_the_units_in():
    till = web(9)
    till.shop_edits("0001", ("mug", 5, 100))
    order = till.decide("0001", "accept_as_paid")
    assert (order.total_minor, order.payment_status, held(order)) == (300, PaymentStatus.PAID, [5])
    assert (till.sales, till.badge) == (300, 0)


def test_what_was_forgiven_is_not_given_back():
    till = web(2)
    till.shop_edits("0001", ("mug", 5, 100))
    till.decide("0001", "accept_as_paid")
    order = till.decide("0001", "refund_excess")
    assert (order.total_minor, order.refunded_minor, order.paid_minor) == (200, 100, 200)


def test_where_nothing_is_left_over_nothing_is_paid_out():
    till = web(9)
    till.shop_edits("0001", ("mug", 5, 100))
    with pytest.raises(Refused, match="Nothing is left over"):
        till.decide("0001", "shop_refund")
    order = till.decide("0001", "already_refunded")
    assert (order.refunds, till.badge, order.payment_status) == ([], 0, PaymentStatus.PARTIALLY_PAID)


def test_accept_as_paid_is_for_what_is_missing():
    till = web()
    till.shop_edits("0001", ("mug", 2, 100))
    with pytest.raises(Refused, match="Nothing is missing"):
        till.decide("0001", "accept_as_paid")


def test_an_increase_that_credit_covers_is_a_new_arrival_at_once():
    till = web(9, paid=False)
    till.pay("0001", 500)
    order = till.shop_edits("0001", ("mug", 5, 100))
    assert (held(order), till.sales, order.credit_minor) == ([5], 500, 0)
    assert reasons(order) == ["SHOP_CHANGED"]
    till.decide("0001", "accept_as_paid")
    assert till.badge == 0


def test_a_line_that_vanishes_there_leaves_here_and_one_that_comes_arrives():
    till = web()
    order = till.shop_edits("0001", ("wig", 3, 100))
    assert sorted((line.sku, line.qty, line.allocated_qty) for line in order.lines) == [
        ("mug", 0, 0),
        ("wig", 3, 3),
    ]
    assert (order.total_minor, order.paid_minor, till.sales) == (300, 300, 300)


def test_a_completed_order_that_grows_there_is_processing_again():
    till = web(9)
    goods_left(till)
    order = till.shop_edits("0001", ("mug", 4, 100))
    assert order.status == Status.PROCESSING
    order = till.pay("0001", 100)
    assert (order.status, order.lines[0].handed_over_qty) == (Status.COMPLETED, 4)


def test_units_with_the_customer_leave_last_and_move_nothing():
    till = web(3)
    with till.command() as book:
        order = book.order("0001")
        hand_over(book, order, {order.lines[0].id: 2})
    order = till.shop_edits("0001", ("mug", 1, 100))
    assert (order.lines[0].handed_over_qty, held(order)) == (1, [0])
    assert till.stock("mug") == (1, 0, 1)
    assert order.status == Status.COMPLETED


def test_a_total_is_never_below_nothing_when_a_fee_takes_more_off_than_is_left():
    till = web(1)
    with till.command(actor="shop") as book:
        revise(book, book.order("0001"), lines("0001", ("mug", 3, 100)), Terms(0, {}, -150, {}, 0))
    order = till.decide("0001", "refund_excess")
    assert (order.total_minor, order.kept_minor, till.sales) == (0, 50, 150)
    assert (order.paid_minor, order.refunded_minor, order.undecided_minor) == (150, 150, 150)


def test_the_same_figures_again_are_no_change():
    till = web()
    order = till.shop_edits("0001", ("mug", 3, 100))
    assert (order.cases, till.badge) == ([], 0)


# Cancelled there


@pytest.mark.parametrize("detail", ["cancelled", "failed", "trash", "gone"])
def test_cancelled_there_after_payment(detail):
    till = web(2)
    order = cancel(till, detail)
    assert (order.status, order.close_reason) == (Status.CANCELLED, CloseReason.SHOP)
    assert (order.owed_minor, reasons(order), till.sales) == (300, ["SHOP_CHANGED"], 300)
    assert till.stock("mug") == (2, 0, 2)
    order = till.decide("0001", "shop_refund")
    assert (order.owed_minor, order.refunded_minor, till.sales, till.badge) == (0, 300, 0, 0)


def test_cancelled_there_before_payment_asks_nobody():
    till = web(paid=False)
    assert cancel(till).cases == []
    with till.command(actor="shop") as book:
        reopen_from_shop(book, book.order("0001"))
    assert held(till.pay("0001")) == [3]


def test_a_deposit_of_an_order_cancelled_there_is_owed():
    till = web(paid=False)
    till.pay("0001", 100)
    order = cancel(till)
    assert (order.owed_minor, reasons(order)) == (100, ["SHOP_CHANGED"])
    order = till.decide("0001", "already_refunded")
    assert (order.owed_minor, till.sales) == (0, 0)


def test_reopened_by_a_person_it_is_a_new_arrival():
    till = web(3)
    till.order("0002", ("mug", 2, 100))
    cancel(till)
    till.pay("0002")
    order = till.decide("0001", "reopen")
    assert (held(order), reasons(order), till.sales) == ([1], ["SHORTAGE"], 500)


def test_reopened_in_the_shop_it_is_a_new_arrival_too():
    till = web(3)
    cancel(till)
    with till.command(actor="shop") as book:
        reopen_from_shop(book, book.order("0001"))
    order = till.get("0001")
    assert (order.status, held(order), till.badge, till.sales) == (Status.PROCESSING, [3], 0, 300)


def test_late_money_that_is_accepted_settles_the_cancelling():
    till = web(paid=False)
    till.pay("0001", 100)
    cancel(till)
    till.pay("0001", 300)
    order = till.decide("0001", "accept")
    assert (held(order), reasons(order)) == ([3], ["OVERPAYMENT"])


def test_a_completed_order_that_is_tidied_away_there_comes_back_completed():
    till = web()
    goods_left(till)
    order = cancel(till, "trash")
    assert (order.lines[0].handed_over_qty, order.owed_minor) == (3, 300)
    order = till.decide("0001", "reopen")
    assert (order.status, held(order), till.stock("mug")) == (Status.COMPLETED, [0], (0, 0, 0))


# Completed there


def test_completed_there_before_the_money_hands_over_when_it_comes():
    till = web(paid=False)
    assert goods_left(till).status == Status.OPEN
    order = till.pay("0001")
    assert (order.status, till.stock("mug")) == (Status.COMPLETED, (0, 0, 0))


def test_completed_there_hands_over_what_is_held_and_the_rest_stays_short():
    till = web(2)
    order = goods_left(till)
    assert (order.lines[0].handed_over_qty, short(order), reasons(order)) == (2, [1], ["SHORTAGE"])
    with till.command() as book:
        receive(book, book.level("mug", SHOP), 1, reason="")
    assert held(till.get("0001")) == [1]


# History


def test_an_order_of_before_counts_as_sold_and_moves_nothing():
    till = web(3, history=True)
    order = till.get("0001")
    assert (order.status, order.lines[0].handed_over_qty) == (Status.COMPLETED, 3)
    assert (till.sales, till.stock("mug"), till.kinds()) == (300, (3, 0, 3), [])
    order = till.shop_refunds("0001", 300, mug=3)
    assert (till.sales, order.total_minor, order.lines[0].handed_over_qty) == (0, 0, 0)
    assert (till.stock("mug"), till.badge) == ((3, 0, 3), 0)
