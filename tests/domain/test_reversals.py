"""The bank takes money back: what was confirmed stays until a person decides."""

import pytest

from posapp.domain.errors import Refused
from posapp.domain.handing import hand_over
from posapp.domain.orders import Status
from posapp.domain.payments import PaymentState, PaymentStatus
from tests.domain.memory import Till, held, reasons

REVERSED = PaymentState.REVERSED


def reversed_order(*, handed: int = 0, second: int = 0) -> Till:
    """Three mugs paid by A (and `second` by B); then A is taken back."""
    till = Till()
    till.shelf("mug", 3)
    till.order("0001", ("mug", 3, 100))
    till.pay("0001", 300 - second, provider="paystack", ref="A")
    if second:
        till.pay("0001", second, provider="paystack", ref="B")
    if handed:
        with till.command() as book:
            order = book.order("0001")
            hand_over(book, order, {order.lines[0].id: handed})
    till.pay("0001", 300 - second, provider="paystack", ref="A", state=REVERSED)
    return till


def test_units_and_sales_stay_until_somebody_decides():
    till = reversed_order()
    order = till.get("0001")
    assert (reasons(order), order.payment_status) == (["PAYMENT_REVERSED"], PaymentStatus.UNPAID)
    assert (till.stock("mug"), till.sales, order.status) == ((3, 3, 0), 300, Status.PROCESSING)
    with pytest.raises(Refused, match="not paid in full"), till.command() as book:
        hand_over(book, book.order("0001"), {})


def test_before_confirmation_it_only_lowers_what_is_paid():
    till = Till()
    till.order("0001", ("mug", 3, 100))
    till.pay("0001", 100, provider="paystack", ref="A")
    till.pay("0001", 50, provider="paystack", ref="B")
    order = till.pay("0001", 100, provider="paystack", ref="A", state=REVERSED)
    assert (order.payment_status, till.badge) == (PaymentStatus.PARTIALLY_PAID, 0)


def test_release_and_cancel_gives_back_what_is_left():
    till = reversed_order(second=100)
    order = till.decide("0001", "release_cancel")
    assert (till.stock("mug"), till.sales, till.badge) == ((3, 0, 3), 0, 0)
    assert (order.status, order.refunded_minor, order.owed_minor) == (Status.CANCELLED, 100, 0)


def test_release_needs_the_goods_to_be_here():
    till = reversed_order(handed=1)
    with pytest.raises(Refused, match="with the customer"):
        till.decide("0001", "release_cancel")


def test_waiting_keeps_the_units_and_a_new_payment_makes_it_good():
    till = reversed_order()
    till.decide("0001", "wait")
    assert (till.badge, held(till.get("0001"))) == (0, [3])
    order = till.pay("0001", 300)
    assert (order.payment_status, till.sales, till.badge) == (PaymentStatus.PAID, 300, 0)


def test_a_new_payment_closes_the_case_by_itself():
    till = reversed_order()
    till.pay("0001", 300)
    assert (till.badge, till.sales) == (0, 300)


def test_write_off_is_for_goods_that_are_gone_and_leaves_sales():
    till = reversed_order()
    with pytest.raises(Refused, match="still here"):
        till.decide("0001", "write_off")
    till = reversed_order(handed=3)
    order = till.decide("0001", "write_off")
    assert (till.sales, till.badge, order.status) == (300, 0, Status.COMPLETED)


def test_while_money_is_missing_a_refund_of_units_lowers_the_balance_first():
    till = Till()
    till.shelf("mug", 1)
    till.order("0001", ("mug", 3, 100))
    till.pay("0001", 150, provider="paystack", ref="A")
    till.pay("0001", 150, provider="paystack", ref="B")
    till.pay("0001", 150, provider="paystack", ref="B", state=REVERSED)
    order = till.decide("0001", "refund_excess")
    assert (order.total_minor, order.refunded_minor, order.paid_minor) == (100, 50, 100)
    assert (order.payment_status, till.sales, till.badge) == (PaymentStatus.PAID, 100, 0)


def test_a_refund_that_only_lowers_the_balance_pays_nothing():
    till = reversed_order(second=50)
    assert "PAYMENT_REVERSED" in reasons(till.get("0001"))
    order = till.shop_edits("0001", ("mug", 2, 100))
    assert (order.total_minor, order.paid_minor, order.refunded_minor) == (200, 50, 0)


def test_credit_that_is_taken_back_needs_nobody():
    till = Till()
    till.shelf("mug", 3)
    till.order("0001", ("mug", 3, 100))
    till.pay("0001", 300, provider="paystack", ref="A")
    till.pay("0001", 300, provider="paystack", ref="B")
    order = till.pay("0001", 300, provider="paystack", ref="B", state=REVERSED)
    assert (reasons(order), order.payment_status) == ([], PaymentStatus.PAID)
