"""What each action moves: the table of docs/rules.md, section 6, for every mixture of held and short."""

import pytest

from posapp.domain.cancelling import cancel_order
from posapp.domain.handing import hand_over
from posapp.domain.payments import PaymentStatus
from posapp.domain.refunding import Payout
from posapp.domain.stocktaking import receive
from tests.domain.memory import SHOP, Till

PRICE = 1_000
SHAPES = [(3, 2, 0), (3, 0, 0), (4, 1, 0), (2, 2, 0), (5, 2, 2), (5, 2, 9)]  # wanted, held, free now


def standing(wanted: int, held: int, free: int) -> Till:
    """An order that holds so much, is short of the rest, and sees so many free units."""
    till = Till(auto_fill=free == 0)
    till.shelf("mug", held)
    till.order("0001", ("mug", wanted, PRICE))
    till.pay("0001")
    if free:
        with till.command() as book:
            receive(book, book.level("mug", SHOP), free, reason="")
    return till


def facts(till: Till) -> tuple[int, int, int, int, int]:
    return (*till.stock("mug"), till.get("0001").total_minor, till.sales)


def moved(till: Till, before: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(now - then for now, then in zip(facts(till), before, strict=True))


@pytest.mark.parametrize(("w", "a", "v"), [s for s in SHAPES if 0 < s[1] < s[0]])
def test_refund_excess(w, a, v):
    till = standing(w, a, v)
    before, excess = facts(till), (w - a) * PRICE
    order = till.decide("0001", "refund_excess")
    assert moved(till, before) == (0, 0, 0, -excess, -excess)
    assert order.payment_status == PaymentStatus.PAID
    assert order.refunded_minor == excess


@pytest.mark.parametrize(("w", "a", "v"), SHAPES)
def test_refund_order(w, a, v):
    till = standing(w, a, v)
    before = facts(till)
    if w > a:
        order = till.decide("0001", "refund_order")
    else:
        with till.command() as book:
            cancel_order(book, book.order("0001"), Payout())
        order = till.get("0001")
    assert moved(till, before) == (0, -a, a, 0, -w * PRICE)
    assert order.payment_status == PaymentStatus.UNPAID


@pytest.mark.parametrize(("w", "a", "v"), [s for s in SHAPES if s[1] < s[0]])
def test_fulfill_order(w, a, v):
    till = standing(w, a, v)
    before, x = facts(till), w - a
    order = till.decide("0001", "fulfill_order")
    assert moved(till, before) == (max(0, x - v), x, -min(v, x), 0, 0)
    assert order.payment_status == PaymentStatus.PAID


@pytest.mark.parametrize(("w", "a", "v"), [s for s in SHAPES if s[1]])
@pytest.mark.parametrize("h", [1, 2])
def test_hand_over(w, a, v, h):
    till = standing(w, a, v)
    before, h = facts(till), min(h, a)
    with till.command() as book:
        order = book.order("0001")
        hand_over(book, order, {order.lines[0].id: h})
    assert moved(till, before) == (-h, -h, 0, 0, 0)


@pytest.mark.parametrize(("w", "a"), [(3, 2), (3, 0), (4, 1), (2, 2)])
@pytest.mark.parametrize("n", [1, 2, 7])
def test_receive_with_auto_fill(w, a, n):
    till = standing(w, a, 0)
    before, x = facts(till), w - a
    with till.command() as book:
        receive(book, book.level("mug", SHOP), n, reason="")
    assert moved(till, before) == (n, min(n, x), n - min(n, x), 0, 0)


def test_a_late_payment_that_is_not_accepted():
    till = standing(2, 2, 0)
    with till.command() as book:
        cancel_order(book, book.order("0001"), Payout())
    before = facts(till)
    order = till.pay("0001", 2 * PRICE)
    assert moved(till, before) == (0, 0, 0, 0, 0)
    assert (order.payment_status, order.owed_minor) == (PaymentStatus.UNPAID, 2 * PRICE)
