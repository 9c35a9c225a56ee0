"""Money for a cancelled order: recorded, not applied, and decided about by a person."""

import pytest

from posapp.domain.cancelling import cancel_order
from posapp.domain.errors import Refused
from posapp.domain.orders import CloseReason, Status
from posapp.domain.payments import PaymentState, PaymentStatus
from posapp.domain.refunding import Payout
from posapp.domain.shop_orders import cancel_in_shop
from tests.domain.memory import Till, clock, held, reasons

REVERSED = PaymentState.REVERSED


def placed(*, on_hand: int = 3) -> Till:
    """One order, 0001, of three mugs at 100."""
    till = Till()
    till.shelf("mug", on_hand)
    till.order("0001", ("mug", 3, 100))
    return till


def late(reason: CloseReason) -> Till:
    till = placed()
    if reason == CloseReason.CANCELLED:
        with till.command() as book:
            cancel_order(book, book.order("0001"), Payout())
    elif reason == CloseReason.SHOP:
        with till.command(actor="shop") as book:
            cancel_in_shop(book, book.order("0001"), "cancelled")
    else:
        till = placed(on_hand=1)
        till.pay("0001")
        till.decide("0001", "refund_order")
    till.pay("0001", 300)
    return till


@pytest.mark.parametrize("reason", [CloseReason.CANCELLED, CloseReason.SHOP, CloseReason.REFUNDED])
def test_late_money_moves_nothing(reason):
    till = late(reason)
    order = till.get("0001")
    assert (order.status, order.close_reason) == (Status.CANCELLED, reason)
    assert (reasons(order), order.owed_minor, till.sales) == (["LATE_PAYMENT"], 300, 0)
    assert till.stock("mug")[1] == 0


def test_an_accepted_order_is_a_new_arrival_now():
    till = placed()
    with till.command() as book:
        cancel_order(book, book.order("0001"), Payout())
    till.order("0002", ("mug", 2, 100))
    till.pay("0001", 300, at=clock("10:00"))
    till.pay("0002", at=clock("10:05"))
    order = till.decide("0001", "accept", at=clock("11:00"))
    assert (held(order), reasons(order), order.queue_at) == ([1], ["SHORTAGE"], clock("11:00"))
    assert till.sales == 500


def test_after_refund_order_late_money_can_only_go_back():
    till = late(CloseReason.REFUNDED)
    with pytest.raises(Refused, match="stays closed"):
        till.decide("0001", "accept")
    order = till.decide("0001", "refund")
    assert (order.owed_minor, till.badge, till.sales) == (0, 0, 0)


def test_late_money_that_is_not_enough_leaves_the_order_partly_paid():
    till = placed()
    with till.command() as book:
        cancel_order(book, book.order("0001"), Payout())
    till.pay("0001", 100)
    order = till.decide("0001", "accept")
    assert (order.status, order.payment_status) == (Status.OPEN, PaymentStatus.PARTIALLY_PAID)
    assert held(till.pay("0001", 200)) == [3]


def test_late_money_that_the_bank_takes_back_is_no_longer_asked_about():
    till = placed()
    with till.command() as book:
        cancel_order(book, book.order("0001"), Payout())
    till.pay("0001", 300, provider="paystack", ref="A")
    order = till.pay("0001", 300, provider="paystack", ref="A", state=REVERSED)
    assert (order.owed_minor, till.badge) == (0, 0)


def test_an_amount_that_is_fixed_cannot_be_lowered_silently():
    till = late(CloseReason.CANCELLED)
    with pytest.raises(Refused, match="cannot be changed"):
        till.decide("0001", "refund", payout=Payout(amount_minor=100, reason="haggled"))
