"""Changing and cancelling an order of our own after it was placed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp.domain.cancelling import cancel_order
from posapp.domain.editing import edit_order
from posapp.domain.errors import Refused, StaleVersion
from posapp.domain.handing import hand_over
from posapp.domain.orders import CloseReason, Order, Status
from posapp.domain.payments import PaymentState, PaymentStatus, RefundKind
from posapp.domain.refunding import Payout
from tests.domain.memory import Till, clock, held, lines, reasons, short


def edit(till: Till, *added: tuple[str, int, int], version: int | None = None, **wanted: int) -> Order:
    """Set lines, named by item, to new quantities, and add lines."""
    order = till.get("0001")
    ids = {line.sku: line.id for line in order.lines}
    extra = [
        replace(line, id=f"{line.id} {order.version}", position=len(order.lines) + n, remote_id="")
        for n, line in enumerate(lines("0001", *added))
    ]
    with till.command() as book:
        edit_order(
            book,
            book.order("0001"),
            seen_version=order.version if version is None else version,
            wanted={ids[sku]: units for sku, units in wanted.items()},
            added=extra,
            payout=Payout(),
        )
    return till.get("0001")


def bought(on_hand: int = 3, wanted: int = 3, *, paid: int | None = None, **placed: int) -> Till:
    till = Till()
    till.shelf("mug", on_hand)
    till.shelf("wig", 5)
    till.order("0001", ("mug", wanted, 100), **placed)
    if paid != 0:
        till.pay("0001", paid)
    return till


@given(on_hand=st.integers(0, 6), wanted=st.integers(2, 6), less=st.integers(1, 5), vat=st.integers(0, 2_000))
def test_a_decrease_takes_missing_units_first_then_held_ones(on_hand, wanted, less, vat):
    less = min(less, wanted - 1)
    till = bought(on_hand, wanted, vat=vat)
    before = till.get("0001")
    had, missing = held(before)[0], short(before)[0]
    order = edit(till, mug=wanted - less)
    assert (short(order), held(order)) == ([max(0, missing - less)], [had - max(0, less - missing)])
    assert order.refunded_minor == before.total_minor - order.total_minor
    assert (order.payment_status, till.sales) == (PaymentStatus.PAID, order.total_minor)
    assert [r.kind for r in order.refunds] == [RefundKind.EDIT]


def test_units_with_the_customer_are_a_return_and_no_edit():
    till = bought()
    with till.command() as book:
        order = book.order("0001")
        hand_over(book, order, {order.lines[0].id: 2})
    with pytest.raises(Refused, match="that is a return"):
        edit(till, mug=1)
    order = edit(till, mug=2)
    assert (order.status, order.refunded_minor) == (Status.COMPLETED, 100)


def test_an_increase_waits_for_its_balance_and_then_arrives_anew():
    till = bought(9)
    order = edit(till, ("wig", 2, 50))
    assert (order.payment_status, held(order), order.total_minor) == (
        PaymentStatus.PARTIALLY_PAID,
        [3, 0],
        400,
    )
    assert (till.sales, till.stock("wig")) == (300, (5, 0, 5))
    with pytest.raises(Refused, match="not paid in full"), till.command() as book:
        hand_over(book, book.order("0001"), {})
    order = till.pay("0001", 100, at=clock("12:00"))
    assert (held(order), till.sales, order.queue_at) == ([3, 2], 400, clock("12:00"))
    assert order.confirmed_at != clock("12:00")


def test_adding_and_taking_back_unpaid_units_refunds_nothing():
    till = bought(9)
    edit(till, ("wig", 2, 50))
    order = edit(till, wig=0)
    assert (order.total_minor, order.refunds, order.payment_status) == (300, [], PaymentStatus.PAID)
    assert (till.sales, till.kinds()) == (300, ["ALLOCATE"])


def test_an_exchange_of_equal_worth_pays_nothing_and_confirms_at_once():
    till = bought(9)
    order = edit(till, ("wig", 2, 50), mug=2)
    assert (order.refunded_minor, order.total_minor, held(order)) == (0, 300, [2, 2])
    assert (order.payment_status, till.sales) == (PaymentStatus.PAID, 300)


def test_an_exchange_leaves_credit_what_was_credit_before():
    till = bought(9, paid=350)
    till.decide("0001", "keep_credit")
    order = edit(till, ("wig", 2, 50), mug=2)
    assert (order.refunded_minor, order.credit_minor, till.badge) == (0, 50, 0)


def test_credit_covers_an_increase_at_once():
    till = bought(9, paid=400)
    order = edit(till, ("wig", 2, 50))
    assert (held(order), till.sales, till.badge, order.refunded_minor) == ([3, 2], 400, 0, 0)


def test_while_a_balance_is_due_a_decrease_lowers_it_first():
    till = bought(9)
    edit(till, ("wig", 3, 50))
    order = edit(till, mug=2)
    assert (order.total_minor, order.paid_minor, order.refunded_minor) == (350, 300, 0)
    order = edit(till, mug=1)
    assert (order.total_minor, order.refunded_minor) == (250, 50)
    assert (held(order), order.payment_status, till.sales) == ([1, 3], PaymentStatus.PAID, 250)


def test_a_decrease_pays_out_its_worth_and_no_more():
    till = bought(9)
    edit(till, ("wig", 3, 50))
    till.pay("0001", 100)
    order = edit(till, wig=0, mug=2)
    assert (order.total_minor, order.refunded_minor, order.credit_minor) == (200, 100, 100)
    assert reasons(order) == ["OVERPAYMENT"]


def test_before_the_money_an_edit_refunds_nothing_and_what_is_over_is_credit():
    till = bought(9, paid=100)
    order = edit(till, mug=2)
    assert (order.refunds, order.status, order.total_minor) == ([], Status.OPEN, 200)
    till = bought(9, wanted=3, paid=150)
    order = edit(till, mug=1)
    assert (order.refunds, order.status, order.credit_minor) == ([], Status.PROCESSING, 50)
    assert reasons(order) == ["OVERPAYMENT"]


def test_a_reopened_order_can_be_made_smaller():
    till = bought(9)
    with till.command() as book:
        cancel_order(book, book.order("0001"), Payout())
    till.pay("0001", 150)
    till.decide("0001", "accept")
    order = edit(till, mug=1)
    assert (order.status, held(order), till.sales) == (Status.PROCESSING, [1], 100)


def test_an_edit_on_an_old_revision_is_refused():
    till = bought()
    version = till.get("0001").version
    edit(till, mug=2, version=version)
    with pytest.raises(StaleVersion):
        edit(till, mug=1, version=version)


@pytest.mark.parametrize("units", [4, -1])
def test_a_line_is_only_ever_made_smaller(units):
    with pytest.raises(Refused, match="add a line"):
        edit(bought(), mug=units)


@pytest.mark.parametrize("paid", [0, None])
def test_an_edit_never_empties_an_order(paid):
    till = bought(paid=paid)
    with pytest.raises(Refused, match="cancel it instead"):
        edit(till, mug=0)
    assert till.get("0001").units_left == 3


def test_a_cancelled_order_is_not_edited():
    till = bought(paid=0)
    with till.command() as book:
        cancel_order(book, book.order("0001"), Payout())
    with pytest.raises(Refused, match="cannot be edited"):
        edit(till, mug=1)


# Cancelling


def cancel(till: Till) -> Order:
    with till.command() as book:
        cancel_order(book, book.order("0001"), Payout())
    return till.get("0001")


def test_an_unpaid_order_is_cancelled_freely():
    till = bought(paid=0)
    order = cancel(till)
    assert (order.status, order.refunds, till.source.movements[2:]) == (Status.CANCELLED, [], [])
    with pytest.raises(Refused, match="cancelled already"):
        cancel(till)


def test_a_deposit_goes_back_and_is_no_sale():
    till = bought(paid=120)
    order = cancel(till)
    assert (order.refunded_minor, order.owed_minor, till.sales) == (120, 0, 0)
    assert order.refunds[0].sales_minor == 0


def test_cancelling_while_a_balance_is_due_gives_back_what_was_paid():
    till = bought(9)
    edit(till, ("wig", 2, 50))
    order = cancel(till)
    assert (order.refunded_minor, till.sales, order.close_reason) == (300, 0, CloseReason.CANCELLED)
    assert order.total_minor == 400


def test_after_a_reversal_only_what_is_left_goes_back():
    till = bought(paid=0)
    till.pay("0001", 100, provider="paystack", ref="A")
    till.pay("0001", 200, provider="paystack", ref="B")
    till.pay("0001", 100, provider="paystack", ref="A", state=PaymentState.REVERSED)
    order = cancel(till)
    assert (order.refunded_minor, till.sales, till.badge) == (200, 0, 0)


def test_goods_with_the_customer_are_a_return_and_no_cancelling():
    till = bought()
    with till.command() as book:
        order = book.order("0001")
        hand_over(book, order, {order.lines[0].id: 1})
    with pytest.raises(Refused, match="that is a return"):
        cancel(till)
