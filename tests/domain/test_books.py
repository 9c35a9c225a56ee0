"""The books can be wrong: each invariant notices when somebody has been at the figures."""

from datetime import timedelta

import pytest

from posapp.domain.attention import Case, Reason
from posapp.domain.book import SalesEntry
from posapp.domain.orders import CloseReason, Order, Status
from posapp.domain.stock import Level, MovementKind
from posapp.domain.stocktaking import receive
from tests.books import total_sales
from tests.domain.memory import MONDAY, SHOP, MemorySource, Till


@pytest.fixture
def till() -> Till:
    """One order held whole, one that is short, one unpaid, and a refund."""
    till = Till()
    till.shelf("mug", 5)
    till.order("0001", ("mug", 3, 100), vat=750, shipping=50)
    till.order("0002", ("mug", 4, 100))
    till.order("0003", ("mug", 1, 100))
    till.pay("0001")
    till.pay("0002")
    till.decide("0002", "mixed", refund={"mug": 1})
    till.check()
    return till


def forget_what_a_bundle_is_made_of(s: MemorySource) -> None:
    s.orders["0001"].lines[0].components = {"mug": 2}


def lose_units_on_the_way(s: MemorySource) -> None:
    s.movements[0].kind = MovementKind.TRANSFER


def steal_a_unit(s: MemorySource) -> None:
    s.levels[f"mug@{SHOP}"].on_hand += 1


def promise_too_much(s: MemorySource) -> None:
    s.levels[f"mug@{SHOP}"].allocated += 1


def lose_a_movement(s: MemorySource) -> None:
    s.movements.pop()


def hide_a_level(s: MemorySource) -> None:
    s.levels.clear()


def nobody_moved(s: MemorySource) -> None:
    s.movements[-1].actor = ""


def hold_more(s: MemorySource) -> None:
    s.orders["0001"].lines[0].allocated_qty += 1


def hold_unpaid(s: MemorySource) -> None:
    s.orders["0003"].lines[0].allocated_qty = 1


def hold_after_cancelling(s: MemorySource) -> None:
    order = s.orders["0001"]
    order.status, order.close_reason, order.cancelled_at = Status.CANCELLED, CloseReason.SHOP, MONDAY


def hand_over_without_movement(s: MemorySource) -> None:
    line = s.orders["0002"].lines[0]
    line.handed_over_qty += 1


def forget_the_case(s: MemorySource) -> None:
    s.orders["0002"].cases.clear()


def cry_wolf(s: MemorySource) -> None:
    s.orders["0001"].cases.append(Case("c", "0001", Reason.STOCK_DEFICIT, MONDAY))


def two_of_a_kind(s: MemorySource) -> None:
    s.orders["0002"].cases.append(Case("c", "0002", Reason.STOCK_DEFICIT, MONDAY))


def overpaid_in_name_only(s: MemorySource) -> None:
    s.orders["0001"].cases.append(Case("c", "0001", Reason.OVERPAYMENT, MONDAY))


def late_in_name_only(s: MemorySource) -> None:
    s.orders["0001"].cases.append(Case("c", "0001", Reason.LATE_PAYMENT, MONDAY))


def reversed_in_name_only(s: MemorySource) -> None:
    s.orders["0001"].cases.append(Case("c", "0001", Reason.PAYMENT_REVERSED, MONDAY))


def refund_too_much(s: MemorySource) -> None:
    s.orders["0002"].parts[0].amount_minor += 1_000


def raise_the_total(s: MemorySource) -> None:
    s.orders["0001"].total_minor += 1


def drop_the_tax(s: MemorySource) -> None:
    s.orders["0001"].lines[0].taxes = {}


def paid_and_left_open(s: MemorySource) -> None:
    s.orders["0003"].payments = [*s.orders["0001"].payments]


def credit_that_nobody_asks_about(s: MemorySource) -> None:
    s.orders["0001"].payments[0].gross_minor += 5


def sell_it_twice(s: MemorySource) -> None:
    s.sales.append(SalesEntry("x", "0001", MONDAY, 100))


def sell_it_unpaid(s: MemorySource) -> None:
    s.sales.append(SalesEntry("x", "0003", MONDAY, 100))
    s.orders["0003"].contribution_minor = 100


def sell_to_a_ghost(s: MemorySource) -> None:
    s.sales.append(SalesEntry("x", "ghost", MONDAY, 100))


def refund_without_lowering_sales(s: MemorySource) -> None:
    s.orders["0002"].refunds[0].sales_minor = 0


def pay_before_placing(s: MemorySource) -> None:
    s.orders["0001"].payments[0].paid_at -= timedelta(days=1)


def complete_too_early(s: MemorySource) -> None:
    s.orders["0001"].status = Status.COMPLETED


def leave_a_unit_idle(s: MemorySource) -> None:
    line = s.orders["0001"].lines[0]
    line.allocated_qty -= 1
    s.levels[f"mug@{SHOP}"].allocated -= 1
    s.movements[1].allocated_delta -= 1


TAMPERING = [
    f for name, f in sorted(globals().items()) if callable(f) and f.__module__ == __name__ and name != "till"
]


@pytest.mark.parametrize("tamper", TAMPERING, ids=lambda f: f.__name__)
def test_the_books_notice(till, tamper):
    tamper(till.source)
    with pytest.raises(AssertionError):
        till.check()


def test_the_books_are_fine_with_an_empty_level_that_never_moved(till):
    till.source.levels["cap@marina"] = Level("cap@marina", "cap", SHOP)
    till.check()


def test_without_auto_fill_a_free_unit_may_lie_beside_a_short_line(till):
    till.source.auto_fill = False
    with till.command() as book:
        receive(book, book.level("mug", SHOP), 1, reason="")
    till.source.auto_fill = True
    with pytest.raises(AssertionError, match="lie free beside short order 0002"):
        till.check()


def test_total_sales_is_the_sum_of_its_entries(till):
    expected = sum(order.contribution_minor for order in till.source.orders.values())
    assert total_sales(till.source.sales) == till.sales == expected == 373 + 300


def test_the_same_commands_write_the_same_rows():
    def played() -> MemorySource:
        till = Till()
        till.shelf("mug", 2)
        till.order("0001", ("mug", 3, 100), vat=750)
        till.pay("0001")
        till.decide("0001", "refund_excess")
        return till.source

    one, two = played(), played()
    assert (one.orders, one.levels, one.movements) == (two.orders, two.levels, two.movements)
    assert (one.sales, one.decisions) == (two.sales, two.decisions)


def test_a_copy_of_an_order_does_not_change_with_it(till):
    order: Order = till.get("0002")
    before = order.clone()
    order.lines[0].allocated_qty = 9
    order.parts[0].amount_minor = 9
    assert before != order
    assert before == till.get("0002")
