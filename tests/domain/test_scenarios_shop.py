"""The scenarios of docs/rules.md, by their numbers: cancelling, opening, and what the web shop does."""

import pytest

from posapp.domain.cancelling import cancel_order
from posapp.domain.errors import Refused
from posapp.domain.handing import hand_over
from posapp.domain.orders import CloseReason, Status
from posapp.domain.refunding import Payout
from posapp.domain.shop_orders import cancel_in_shop, complete
from posapp.domain.stocktaking import open_stock
from tests.domain.memory import SHOP, Till, reasons, short


def test_scenario_30_cancel_a_paid_order_and_refuse_a_delivered_one():
    till = Till()
    till.shelf("mug", 2)
    till.order("0001", ("mug", 2, 100_000))
    till.pay("0001")
    with till.command() as book:
        cancel_order(book, book.order("0001"), Payout())
    order = till.get("0001")
    assert (order.refunded_minor, till.stock("mug"), till.sales) == (200_000, (2, 0, 2), 0)
    assert (order.status, order.close_reason) == (Status.CANCELLED, CloseReason.CANCELLED)
    till.order("0002", ("mug", 2, 100_000))
    till.pay("0002")
    with till.command() as book:
        hand_over(book, book.order("0002"), {})
    with pytest.raises(Refused, match="that is a return"), till.command() as book:
        cancel_order(book, book.order("0002"), Payout())
    assert till.get("0002").status == Status.COMPLETED


def first_connection(shop_number: int, taken: int, paid: tuple[int, ...], unpaid: tuple[int, ...]) -> Till:
    till = Till()
    till.shelf("mug", 0)
    with till.command(actor="shop") as book:
        open_stock(book, book.level("mug", SHOP), shop_number + taken)
    for n, units in enumerate((*paid, *unpaid), start=1):
        till.order(f"{n:04d}", ("mug", units, 100))
    for n in range(1, len(paid) + 1):
        till.pay(f"{n:04d}", provider="shop", ref=f"1:{n}")
    return till


def test_scenario_31_opening_adds_what_the_shop_has_taken():
    # Paid and not shipped: 3 units. On hold and unpaid: 2, which the shop has taken as well.
    till = first_connection(5, taken=5, paid=(1, 2), unpaid=(2,))
    assert till.stock("mug") == (10, 3, 7)
    assert till.badge == 0


def test_scenario_31_an_oversell_of_the_past_shows_at_once():
    till = first_connection(-1, taken=3, paid=(3,), unpaid=())
    assert till.stock("mug") == (2, 2, 0)
    assert (short(till.get("0001")), till.badge) == ([1], 1)


def test_scenario_32_placed_paid_and_completed_read_between_each():
    till = Till()
    till.shelf("mug", 5)
    till.order("0001", ("mug", 2, 100))
    for _ in range(3):
        till.pay("0001", 200, provider="shop", ref="1:1")
    for _ in range(3):
        with till.command(actor="shop") as book:
            complete(book, book.order("0001"))
    order = till.get("0001")
    assert (len(order.payments), order.lines[0].handed_over_qty) == (1, 2)
    assert (order.status, till.stock("mug")) == (Status.COMPLETED, (3, 0, 3))
    assert till.kinds() == ["ALLOCATE", "HANDOVER"]


def test_scenario_33_cancelled_in_the_shop_after_payment_pays_nothing_out():
    till = Till()
    till.shelf("mug", 5)
    till.order("0001", ("mug", 2, 100))
    till.pay("0001")
    with till.command(actor="shop") as book:
        cancel_in_shop(book, book.order("0001"), "cancelled")
    order = till.get("0001")
    assert till.stock("mug") == (5, 0, 5)
    assert (order.status, reasons(order)) == (Status.CANCELLED, ["SHOP_CHANGED"])
    assert (order.owed_minor, order.refunded_minor, till.sales) == (200, 0, 200)
