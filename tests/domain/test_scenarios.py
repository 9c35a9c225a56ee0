"""The scenarios of docs/rules.md, by their numbers: first the goods. Amounts in kobo."""

from datetime import timedelta
from itertools import permutations

import pytest

from posapp.domain.book import Book
from posapp.domain.errors import Refused
from posapp.domain.events import AttentionSettled
from posapp.domain.feed import Kind
from posapp.domain.orders import ShipStatus, Status
from posapp.domain.paying import News, record_payment
from posapp.domain.payments import PaymentState, PaymentStatus
from posapp.domain.stocktaking import receive
from tests.domain.memory import MONDAY, SHOP, Till, clock, held, reasons, short


def third(*, auto_fill: bool = True) -> Till:
    """Scenario 3: two on the shelf, three paid for."""
    till = Till(auto_fill=auto_fill)
    till.shelf("mug", 2)
    till.order("0002", ("mug", 3, 1_500_000))
    till.pay("0002")
    return till


def test_scenario_01_an_unpaid_order_touches_nothing():
    till = Till()
    till.shelf("mug", 5)
    order = till.order("0001", ("mug", 3, 1_500_000))
    assert till.stock("mug") == (5, 0, 5)
    assert (order.status, order.payment_status) == (Status.OPEN, PaymentStatus.UNPAID)
    assert (till.sales, till.badge) == (0, 0)


def test_scenario_02_the_payment_confirms_it():
    till = Till()
    till.shelf("mug", 5)
    till.order("0001", ("mug", 3, 1_500_000))
    order = till.pay("0001", 4_500_000)
    assert till.stock("mug") == (5, 3, 2)
    assert (order.status, order.payment_status) == (Status.PROCESSING, PaymentStatus.PAID)
    assert (till.sales, till.badge) == (4_500_000, 0)


def test_scenario_03_a_unit_that_is_not_there_is_not_taken():
    till = third()
    order = till.get("0002")
    assert (held(order), short(order)) == ([2], [1])
    assert till.stock("mug") == (2, 2, 0)
    assert order.payment_status == PaymentStatus.PAID
    assert (till.badge, till.sales, reasons(order)) == (1, 4_500_000, ["SHORTAGE"])


def test_scenario_04_refund_excess():
    till = third()
    order = till.decide("0002", "refund_excess")
    assert order.refunded_minor == 1_500_000
    assert (order.lines[0].qty, order.lines[0].refunded_qty) == (3, 1)
    assert (order.total_minor, order.payment_status) == (3_000_000, PaymentStatus.PAID)
    assert till.stock("mug") == (2, 2, 0)
    assert (till.sales, till.badge) == (3_000_000, 0)


def test_scenario_05_refund_order_brings_two_back_not_three():
    till = third()
    order = till.decide("0002", "refund_order")
    assert order.refunded_minor == 4_500_000
    assert till.stock("mug") == (2, 0, 2)
    assert (order.payment_status, order.total_minor) == (PaymentStatus.UNPAID, 4_500_000)
    assert (till.sales, till.badge) == (0, 0)


def test_scenario_06_fulfill_order_finds_the_missing_unit():
    till = third()
    order = till.decide("0002", "fulfill_order")
    assert till.stock("mug") == (3, 3, 0)
    assert (order.payment_status, order.total_minor) == (PaymentStatus.PAID, 4_500_000)
    assert (till.sales, till.badge, order.ship_status) == (4_500_000, 0, ShipStatus.UNFULFILLED)


def test_scenario_07_nothing_held_at_all():
    def empty() -> Till:
        till = Till()
        till.shelf("mug", 0)
        till.order("0003", ("mug", 2, 100))
        assert short(till.pay("0003")) == [2]
        return till

    till = empty()
    with pytest.raises(Refused, match="use Refund Order"):
        till.decide("0003", "refund_excess")
    till.decide("0003", "refund_order")
    assert till.stock("mug") == (0, 0, 0)
    till = empty()
    till.decide("0003", "fulfill_order")
    assert till.stock("mug") == (2, 2, 0)


def test_scenario_08_a_line_that_goes_whole_stays_visible():
    till = Till()
    till.shelf("a", 4)
    till.shelf("b", 0)
    till.order("0004", ("a", 1, 200_000), ("b", 2, 300_000))
    till.pay("0004", 800_000)
    order = till.decide("0004", "refund_excess")
    assert (order.refunded_minor, order.total_minor) == (600_000, 200_000)
    assert [(line.qty, line.qty - line.refunded_qty) for line in order.lines] == [(1, 1), (2, 0)]


def test_scenario_09_receiving_closes_the_case():
    till = third()
    with till.command() as book:
        receive(book, book.level("mug", SHOP), 5, reason="delivery")
    assert till.stock("mug") == (7, 3, 4)
    assert till.badge == 0
    assert AttentionSettled("0002", "SHORTAGE", by_stock=True) in till.events


def test_scenario_09_without_auto_fill_a_click_takes_it_and_finds_nothing():
    till = third(auto_fill=False)
    with till.command() as book:
        receive(book, book.level("mug", SHOP), 5, reason="delivery")
    assert till.stock("mug") == (7, 2, 5)
    assert till.badge == 1
    till.decide("0002", "fulfill_order")
    assert till.stock("mug") == (7, 3, 4)
    assert "FOUND" not in till.kinds()


def test_scenario_10_the_queue_is_served_oldest_first():
    till = Till()
    till.shelf("mug", 0)
    till.order("0011", ("mug", 3, 100))
    till.order("0010", ("mug", 2, 100))
    till.pay("0010", at=clock("10:01"))
    till.pay("0011", at=clock("10:03"))
    with till.command() as book:
        receive(book, book.level("mug", SHOP), 4, reason="")
    assert (short(till.get("0010")), short(till.get("0011"))) == ([0], [1])


def test_scenario_11_a_form_that_does_not_write_stock_cannot_lose_a_sale():
    till = Till()
    till.shelf("mug", 10)
    till.order("0005", ("mug", 4, 100))
    till.pay("0005")
    till.source.variants["mug"].track_stock = True  # the form saves what it shows: no number of stock
    assert till.stock("mug") == (10, 4, 6)


# One sync run: (number, units, paid at), applied in key order whatever the order of arrival.
BATCH = (("0012", 3, "10:05"), ("0010", 2, "10:01"), ("0011", 4, "10:03"))


def deliver(arrived: tuple[tuple[str, int, str], ...]) -> Till:
    till = Till()
    till.shelf("mug", 5)
    for number, units, _ in arrived:
        till.order(number, ("mug", units, 100))
    for number, _, at in sorted(arrived, key=lambda e: (clock(e[2]), Kind.PAYMENT, int(e[0]))):
        till.pay(number, at=clock(at), ref=f"shop:{number}", provider="shop")
    return till


@pytest.mark.parametrize("arrived", list(permutations(BATCH)))
def test_scenario_12_every_arrival_order_ends_the_same(arrived):
    till = deliver(arrived)
    outcome = {number: (held(till.get(number)), short(till.get(number))) for number, _, _ in BATCH}
    assert outcome == {"0010": ([2], [0]), "0011": ([3], [1]), "0012": ([0], [3])}
    assert till.stock("mug") == (5, 5, 0)


def test_scenario_13_stock_of_nine_is_there_for_a_payment_of_five_past():
    till = Till()
    till.shelf("mug", 0)
    till.order("0006", ("mug", 2, 100))
    batch = [(clock("09:05"), Kind.PAYMENT), (clock("09:00"), Kind.STOCK)]
    for at, kind in sorted(batch):
        if kind is Kind.STOCK:
            with till.command(at=at) as book:
                receive(book, book.level("mug", SHOP), 2, reason="")
        else:
            till.pay("0006", at=at)
    assert (till.badge, till.stock("mug")) == (0, (2, 2, 0))
    assert not till.get("0006").cases


def test_scenario_16_a_crash_between_two_events_changes_nothing():
    def run(crash_before: int | None) -> Till:
        till = Till()
        till.shelf("mug", 4)
        for n in range(1, 6):
            till.order(f"{n:04d}", ("mug", 1, 100))
        for n in range(1, 6):
            if n == crash_before:
                lose_power(till, f"{n:04d}")
            till.pay(f"{n:04d}", at=MONDAY + timedelta(minutes=n), ref=f"ref {n}", provider="shop")
        return till

    def lose_power(till: Till, number: str) -> None:
        book = Book(till.source, command_id="lost", actor="shop", at=till.now, recorded_at=till.now)
        news = News("shop", "lost", "", "card", 100, 0, PaymentState.SUCCEEDED, till.now)
        record_payment(book, book.order(number), news)  # and it is never written

    whole, crashed = run(None), run(4)
    assert whole.source.levels == crashed.source.levels
    assert whole.source.orders == crashed.source.orders
