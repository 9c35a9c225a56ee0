"""Corners that the scenarios pass by: each was once free to be wrong without a test saying so."""

import pytest

from posapp.domain.cancelling import cancel_order
from posapp.domain.editing import edit_order
from posapp.domain.errors import Refused
from posapp.domain.events import OrderChanged, StockChanged
from posapp.domain.handing import hand_over
from posapp.domain.orders import Channel, Order, Status
from posapp.domain.paying import flag_delay
from posapp.domain.payments import PaymentState
from posapp.domain.refunding import Payout
from posapp.domain.shop_orders import cancel_in_shop, reopen_from_shop
from posapp.domain.shop_refunds import forget_shop_refund
from posapp.domain.stock import Variant
from posapp.domain.stocktaking import receive
from posapp.domain.swapping import swap
from tests.domain.memory import SHOP, Till, clock, held, reasons, short
from tests.domain.test_resolutions import look


def web(on_hand: int = 3, wanted: int = 3, paid: int | None = None) -> Till:
    till = Till()
    till.shelf("mug", on_hand)
    till.order("0001", ("mug", wanted, 100), channel=Channel.WEB)
    if paid != 0:
        till.pay("0001", paid, provider="paystack", ref="A")
    return till


def there(till: Till, detail: str = "cancelled") -> Order:
    with till.command(actor="shop") as book:
        cancel_in_shop(book, book.order("0001"), detail)
    return till.get("0001")


def test_variations_draw_on_the_number_that_their_parent_keeps():
    till = Till()
    till.shelf("shirt", 3)
    for size in ("small", "large"):
        till.source.variants[size] = Variant(size, "shirt", track_stock=True)
    till.order("0001", ("small", 2, 100), ("large", 2, 100))
    seen = look(till)
    order = till.pay("0001")
    assert (held(order), short(order), till.stock("shirt")) == ([2, 1], [0, 1], (3, 3, 0))
    assert {line.item_id for line in order.lines} == {"shirt"}
    with till.command() as book:
        receive(book, book.level("shirt", SHOP), 1, reason="")
    assert (till.badge, look(till) == seen) == (0, False)


def test_what_an_unconfirmed_order_would_take_is_part_of_what_was_seen():
    till = Till()
    till.shelf("shirt", 1)
    till.source.variants["small"] = Variant("small", "shirt", track_stock=True)
    till.order("0001", ("small", 1, 100))
    seen = look(till)
    with till.command() as book:
        receive(book, book.level("shirt", SHOP), 1, reason="")
    assert look(till) != seen


def test_an_empty_shelf_is_not_written_about():
    till = web(0)
    assert (till.kinds(), till.source.levels) == ([], {})


def test_more_money_does_not_cost_an_order_its_place():
    till = web(0)
    till.pay("0001", 50, at=clock("12:00"))
    assert till.get("0001").queue_at == till.get("0001").confirmed_at


def test_only_who_took_what_is_missing_is_named():
    till = Till()
    till.shelf("mug", 5)
    till.shelf("wig", 0)
    till.order("0001", ("mug", 1, 100))
    till.order("0002", ("mug", 1, 100), ("wig", 1, 100))
    till.pay("0001")
    (case,) = till.pay("0002").cases
    assert case.overtaken_by == ""


def test_what_changed_is_told_by_its_id():
    till = web(2)
    assert OrderChanged("0001") in till.events
    assert StockChanged("mug", SHOP) in till.events
    assert till.get("0001").version == 2


def test_a_shop_cannot_reopen_what_was_cancelled_here():
    till = web(paid=0)
    with till.command() as book:
        cancel_order(book, book.order("0001"), Payout())
    with till.command(actor="shop") as book:
        reopen_from_shop(book, book.order("0001"))
    assert till.get("0001").status == Status.CANCELLED


def test_money_that_waits_for_a_decision_is_not_passed_over_by_reopening_there():
    till = web(paid=0)
    there(till)
    till.pay("0001", 300)
    with till.command(actor="shop") as book:
        reopen_from_shop(book, book.order("0001"))
    assert reasons(till.get("0001")) == ["LATE_PAYMENT"]


def test_what_was_refunded_there_went_back_on_money_that_is_there():
    till = web(paid=200)
    till.pay("0001", 100, provider="paystack", ref="B", at=clock("12:00"))
    till.pay("0001", 100, provider="paystack", ref="B", state=PaymentState.REVERSED)
    there(till)
    order = till.decide("0001", "already_refunded")
    (part,) = order.parts
    assert (part.payment_id, part.amount_minor) == (order.payments[0].id, 200)


def test_a_delayed_payment_that_fails_is_delayed_no_more():
    till = web(paid=0)
    order = till.pay("0001", 300, provider="paystack", ref="A", state=PaymentState.PENDING)
    with till.command(actor="posapp") as book:
        flag_delay(book, book.order("0001"), order.payments[0].id)
    assert reasons(till.pay("0001", 300, provider="paystack", ref="A", state=PaymentState.FAILED)) == []


def test_a_payment_counts_from_when_it_came_and_not_from_when_it_was_announced():
    till = web(paid=0)
    till.pay("0001", 300, provider="paystack", ref="A", state=PaymentState.PENDING, at=clock("10:00"))
    order = till.pay("0001", 300, provider="paystack", ref="A", at=clock("10:09"), method="transfer")
    assert (order.confirmed_at, order.payments[0].method) == (clock("10:09"), "transfer")


def test_the_method_that_the_last_word_leaves_out_stays():
    till = web(paid=0)
    till.pay("0001", 300, provider="paystack", ref="A", state=PaymentState.PENDING, method="card")
    order = till.pay("0001", 300, provider="paystack", ref="A", method="")
    assert order.payments[0].method == "card"


def test_a_cancelling_after_an_edit_is_what_is_decided_about():
    till = web()
    till.shop_edits("0001", ("mug", 2, 100))
    (case,) = there(till).cases
    assert (case.detail, case.is_open) == ("cancelled", True)
    assert till.decide("0001", "reopen").status == Status.PROCESSING


def test_a_shortage_that_an_edit_took_away_was_not_restocked():
    till = web(2)
    order = till.get("0001")
    with till.command(actor="Bola") as book:
        edit_order(
            book,
            book.order("0001"),
            seen_version=order.version,
            wanted={"0001:mug": 2},
            added=[],
            payout=Payout(),
        )
    (case,) = till.get("0001").cases
    assert (case.is_open, case.resolution, case.resolved_by) == (False, "gone", "Bola")


@pytest.mark.parametrize("key", ["shop_refund", "already_refunded"])
def test_a_refund_says_what_it_took_off_sales(key):
    till = web()
    till.shop_edits("0001", ("mug", 2, 100))
    (refund,) = till.decide("0001", key).refunds
    assert (refund.amount_minor, refund.sales_minor) == (100, 100)
    assert [e.amount_minor for e in till.source.sales] == [300, -100]


def test_a_refund_says_what_was_kept_back():
    till = web(2)
    order = till.decide("0001", "refund_excess", payout=Payout(amount_minor=60, reason="agreed"))
    assert (order.refunds[0].kept_minor, order.refunds[0].sales_minor) == (40, 60)


def test_what_a_change_left_over_is_never_more_than_is_there():
    till = web(paid=200)
    till.pay("0001", 100, provider="paystack", ref="B")
    till.pay("0001", 100, provider="paystack", ref="B", state=PaymentState.REVERSED)
    assert till.shop_edits("0001", ("mug", 2, 100)).undecided_minor == 0
    order = till.shop_edits("0001", ("mug", 1, 100))
    assert (order.undecided_minor, order.contribution_minor) == (100, 300)


def test_a_refund_that_went_is_not_left_over_again():
    till = web(paid=350)
    till.decide("0001", "keep_credit")
    till.shop_refunds("0001", 50, "r1")
    till.pay("0001", 70, provider="paystack", ref="B")
    till.decide("0001", "keep_credit")
    order = till.shop_edits("0001", ("mug", 2, 100))
    assert (order.undecided_minor, order.credit_minor) == (100, 70)


def test_a_shop_cannot_refund_a_unit_twice():
    till = web()
    till.shop_refunds("0001", 200, "r1", mug=2)
    order = till.shop_refunds("0001", 10, "r2", mug=50)
    assert (order.lines[0].refunded_qty, order.units_left, order.kept_minor) == (3, 0, 90)


def test_a_reopened_order_that_waits_for_money_gives_up_units_its_customer_has_last():
    till = web()
    with till.command() as book:
        order = book.order("0001")
        hand_over(book, order, {order.lines[0].id: 2})
    there(till)
    till.decide("0001", "shop_refund")
    till.pay("0001", 50, provider="paystack", ref="B")
    assert till.decide("0001", "accept").status == Status.OPEN
    order = till.shop_refunds("0001", 0, "r1", mug=1)
    assert order.lines[0].handed_over_qty == 2
    order = till.shop_refunds("0001", 0, "r2", mug=1)
    assert (order.lines[0].handed_over_qty, order.units_left) == (1, 1)


def test_a_refund_taken_back_leaves_no_trace_in_the_money():
    till = web()
    till.shop_refunds("0001", 100, mug=1)
    with till.command(actor="shop") as book:
        forget_shop_refund(book, book.order("0001"), "r1")
    order = till.decide("0001", "reopen")
    assert (order.refunds, order.parts) == ([], [])


def test_the_shops_note_of_our_refund_is_forgotten_without_a_trace():
    till = web(2)
    till.decide("0001", "refund_excess")
    till.shop_refunds("0001", 100, "r1", mug=1)
    assert till.get("0001").refunds[0].remote_id == "r1"
    with till.command(actor="shop") as book:
        forget_shop_refund(book, book.order("0001"), "r1")
    assert till.get("0001").refunds[0].remote_id == ""
    assert till.get("0001").refunds[0].amount_minor == 100


def test_a_swap_needs_two_orders_that_are_paid():
    till = web(1, 2)
    till.order("0002", ("mug", 1, 100))
    with pytest.raises(Refused, match="did not overtake"), till.command() as book:
        swap(book, book.order("0001"), book.order("0002"))


def test_what_is_open_at_the_bank_and_what_is_closed_here():
    till = web(2)
    with till.command() as book:
        cancel_order(book, book.order("0001"), Payout())
    order = till.pay("0001", 300, provider="paystack", ref="A", state=PaymentState.REVERSED)
    assert (order.status, reasons(order), order.paid_minor) == (Status.CANCELLED, [], 0)


def test_a_deleted_refund_is_still_asked_about_when_the_shop_reopens_the_order():
    till = web(3)
    till.shop_refunds("0001", 100, mug=1)
    with till.command(actor="shop") as book:
        order = book.order("0001")
        forget_shop_refund(book, order, order.refunds[0].remote_id)
    there(till)
    with till.command(actor="shop") as book:
        reopen_from_shop(book, book.order("0001"))
    order = till.get("0001")
    assert (order.is_confirmed, order.owed_minor) == (True, 100)
    assert [case.detail for case in order.cases if case.is_open] == ["refund_deleted"]


@pytest.mark.parametrize("by", ["shop", "person"])
def test_what_an_edit_left_over_is_still_asked_about_when_the_order_is_reopened(by):
    till = web(3)
    till.shop_edits("0001", ("mug", 2, 100))
    there(till)
    if by == "shop":
        with till.command(actor="shop") as book:
            reopen_from_shop(book, book.order("0001"))
    else:
        till.decide("0001", "reopen")
    order = till.get("0001")
    assert (order.status, order.paid_minor - order.total_minor) == (Status.PROCESSING, 100)
    assert [case.detail for case in order.cases if case.is_open] == ["edited"]


def test_cancelling_an_order_that_waits_for_money_once_more_takes_it_off_sales():
    till = web(3)
    there(till)
    till.shop_edits("0001", ("mug", 4, 100))
    till.decide("0001", "reopen")
    assert (till.get("0001").is_confirmed, till.sales) == (False, 300)
    with till.command() as book:
        cancel_order(book, book.order("0001"), Payout())
    order = till.get("0001")
    assert (till.sales, order.refunded_minor, order.status) == (0, 300, Status.CANCELLED)
