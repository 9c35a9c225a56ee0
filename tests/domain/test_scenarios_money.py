"""The scenarios of docs/rules.md, by their numbers: then the money. Amounts in kobo."""

import pytest

from posapp.domain.allocation import lose
from posapp.domain.book import Book
from posapp.domain.cancelling import cancel_order
from posapp.domain.errors import AlreadyResolved, FactsChanged, Refused
from posapp.domain.handing import hand_over
from posapp.domain.orders import Status
from posapp.domain.paying import News, record_payment
from posapp.domain.payments import PaymentState, PaymentStatus, RefundKind
from posapp.domain.refunding import Payout, give_back
from posapp.domain.resolutions import fingerprint
from posapp.domain.shop_refunds import forget_shop_refund
from tests.domain.memory import MONDAY, SHOP, Till, clock, held, price_lines, reasons, short


def test_scenario_14_one_payment_told_three_times_is_one_payment():
    till = Till()
    till.shelf("mug", 9)
    till.order("0001", ("mug", 2, 100))
    for teller in ("webhook", "poll", "poll again"):
        order = till.pay("0001", 200, provider="paystack", ref="T68", method=teller)
    assert len(order.payments) == 1
    assert (till.stock("mug"), till.sales, till.badge) == ((9, 2, 7), 200, 0)


def test_scenario_14_two_orders_with_one_transaction_id_are_two_payments():
    till = Till()
    till.shelf("mug", 9)
    for number in ("0001", "0002"):
        till.order(number, ("mug", 1, 100))
        till.pay(number, 100, provider="shop", ref=f"1:{number}", reference="same")
    assert [till.get(n).payment_status for n in ("0001", "0002")] == [PaymentStatus.PAID] * 2


def test_scenario_15_an_attempt_that_expires_concerns_only_itself():
    till = Till()
    till.shelf("mug", 9)
    till.order("0001", ("mug", 1, 100))
    till.pay("0001", 100, provider="paystack", ref="A", state=PaymentState.PENDING)
    till.pay("0001", 100, provider="paystack", ref="B")
    order = till.pay("0001", 100, provider="paystack", ref="A", state=PaymentState.FAILED)
    assert (order.payment_status, till.badge, till.stock("mug")) == (PaymentStatus.PAID, 0, (9, 1, 8))


def test_scenario_17_the_fee_the_customer_bore_is_no_payment():
    till = Till()
    till.shelf("mug", 1)
    till.order("0001", ("mug", 1, 985_000))
    order = till.pay("0001", 1_000_000, fee=15_000)
    assert (order.payment_status, order.paid_minor, till.badge) == (PaymentStatus.PAID, 985_000, 0)


def test_scenario_17_without_a_fee_it_is_credit_and_goes_back_with_the_order():
    till = Till()
    till.shelf("mug", 0)
    till.order("0001", ("mug", 1, 985_000))
    order = till.pay("0001", 1_000_000)
    assert order.payment_status == PaymentStatus.PAID
    assert (order.credit_minor, till.sales) == (15_000, 985_000)
    assert "OVERPAYMENT" in reasons(order)
    order = till.decide("0001", "refund_order")
    assert (order.refunded_minor, till.sales, till.badge) == (1_000_000, 0, 0)


def cancelled_then_paid() -> Till:
    till = Till()
    till.shelf("wig", 5)
    till.order("0060", ("wig", 2, 300_000))
    with till.command() as book:
        cancel_order(book, book.order("0060"), Payout())
    till.pay("0060", 600_000)
    return till


def test_scenario_18_money_for_a_cancelled_order_waits():
    till = cancelled_then_paid()
    order = till.get("0060")
    assert (order.status, reasons(order)) == (Status.CANCELLED, ["LATE_PAYMENT"])
    assert (order.owed_minor, till.sales, till.stock("wig")) == (600_000, 0, (5, 0, 5))
    order = till.decide("0060", "accept")
    assert (order.payment_status, held(order)) == (PaymentStatus.PAID, [2])
    assert (order.owed_minor, till.sales, till.badge) == (0, 600_000, 0)


def test_scenario_18_refunded_and_then_paid_anew():
    till = cancelled_then_paid()
    order = till.decide("0060", "refund")
    assert (order.owed_minor, till.sales, till.badge) == (0, 0, 0)
    assert [r.kind for r in order.refunds] == [RefundKind.LATE]
    till.pay("0060", 600_000)
    order = till.decide("0060", "accept")
    assert (order.payment_status, held(order), order.paid_minor) == (PaymentStatus.PAID, [2], 600_000)


TAXED = (("first", 3, 500_000), ("second", 1, 200_000))


def taxed(first: int) -> Till:
    till = Till()
    till.shelf("first", first)
    till.shelf("second", 1)
    till.order("0001", *TAXED, discount=100_000, vat=750, shipping=250_000)
    till.pay("0001", 1_970_000)
    return till


def test_scenario_19_discount_tax_and_shipping_to_the_kobo():
    priced = price_lines([(3, 500_000), (1, 200_000)], 100_000, None)
    assert [1_500_000 - priced[0].net_minor, 200_000 - priced[1].net_minor] == [88_235, 11_765]
    till = taxed(2)
    order = till.get("0001")
    assert [line.taxes["VAT"] for line in order.lines] == [105_882, 14_118]
    assert order.total_minor == 1_970_000
    order = till.decide("0001", "refund_excess")
    assert (order.refunded_minor, order.total_minor) == (505_882, 1_464_118)
    with till.command() as book:
        cancel_order(book, book.order("0001"), Payout())
    order = till.get("0001")
    assert [refund.amount_minor for refund in order.refunds] == [505_882, 1_464_118]
    assert (order.paid_minor, till.sales) == (0, 0)


def test_scenario_20_unit_by_unit_as_all_at_once():
    till = taxed(0)
    amounts = []
    for _ in range(3):
        before = till.get("0001").refunded_minor
        amounts.append(till.decide("0001", "mixed", refund={"first": 1}).refunded_minor - before)
    assert amounts == [505_882, 505_883, 505_882]
    assert sum(amounts) == 1_517_647 == taxed(0).decide("0001", "refund_excess").refunded_minor


def test_scenario_21_a_discount_is_split_by_largest_remainder():
    def shares(price: int, discount: int) -> list[int]:
        return [price - p.net_minor for p in price_lines([(1, price)] * 3, discount, None)]

    assert shares(10_000, 1_000) == [334, 333, 333]
    assert shares(500, 200) == [67, 67, 66]


def test_scenario_22_a_discount_once_given_stays():
    till = Till()
    till.shelf("cup", 1)
    till.order("0001", ("cup", 6, 50_000), discount=30_000)
    till.pay("0001", 270_000)
    order = till.decide("0001", "refund_excess")
    assert (order.refunded_minor, order.total_minor, order.shipping_net_minor) == (225_000, 45_000, 0)


def test_scenario_23_newest_payment_first_and_never_more_than_there_is():
    till = Till()
    till.shelf("cup", 9)
    till.order("0001", ("cup", 1, 500_000))
    till.pay("0001", 200_000, method="cash", at=clock("10:00"))
    till.pay("0001", 300_000, method="transfer", at=clock("11:00"))
    with till.command() as book:
        give_back(book, book.order("0001"), RefundKind.OVERPAY, 350_000, Payout())
    order = till.get("0001")
    methods = {payment.id: payment.method for payment in order.payments}
    assert [(methods[p.payment_id], p.amount_minor) for p in order.parts] == [
        ("transfer", 300_000),
        ("cash", 50_000),
    ]
    fresh = Till()
    fresh.order("0001", ("cup", 1, 500_000))
    fresh.pay("0001", 500_000)
    with pytest.raises(Refused, match="no more than that"), fresh.command() as book:
        give_back(book, book.order("0001"), RefundKind.OVERPAY, 500_001, Payout())
    assert fresh.get("0001").refunded_minor == 0


def test_scenario_24_sales_of_monday_stay_mondays():
    till = Till()
    till.shelf("mug", 2)
    till.order("0001", ("mug", 3, 1_500_000))
    till.pay("0001", at=clock("10:00"))
    wednesday = MONDAY.replace(day=4)
    till.decide("0001", "refund_excess", at=wednesday)
    by_day = {(entry.at.day, entry.amount_minor) for entry in till.source.sales}
    assert by_day == {(2, 4_500_000), (4, -1_500_000)}


def test_scenario_25_a_refund_that_did_not_go_is_owed():
    till = Till()
    till.shelf("mug", 2)
    till.order("0001", ("mug", 3, 1_500_000))
    till.pay("0001")
    till.shop_refunds("0001", 1_500_000, "r1", mug=1)
    with till.command(actor="shop") as book:
        forget_shop_refund(book, book.order("0001"), "r1")
    order = till.get("0001")
    assert (order.owed_minor, order.total_minor) == (1_500_000, 3_000_000)
    assert till.stock("mug") == (2, 2, 0)
    order = till.decide("0001", "shop_refund")
    assert (order.owed_minor, order.refunded_minor, till.badge) == (0, 1_500_000, 0)


def test_scenario_27_the_first_decision_wins_and_the_second_is_told():
    till = Till()
    till.shelf("mug", 2)
    till.order("0001", ("mug", 3, 100))
    till.pay("0001")
    book = Book(till.source, command_id="look", actor="Bola", at=till.now, recorded_at=till.now)
    seen = fingerprint(book, book.order("0001"))
    till.decide("0001", "refund_order", seen=seen, actor="Ada", at=clock("10:14"))
    with pytest.raises(AlreadyResolved, match="by Ada at 10:14 UTC: refund order"):
        till.decide("0001", "fulfill_order", seen=seen, actor="Bola")
    assert till.stock("mug") == (2, 0, 2)


def test_scenario_27_a_decision_on_old_figures_is_refused():
    till = Till()
    till.shelf("mug", 2)
    till.order("0001", ("mug", 4, 100))
    till.pay("0001")
    book = Book(till.source, command_id="look", actor="Bola", at=till.now, recorded_at=till.now)
    seen = fingerprint(book, book.order("0001"))
    till.decide("0001", "mixed", fulfill={"mug": 1}, seen=seen)
    with pytest.raises(FactsChanged):
        till.decide("0001", "refund_excess", seen=seen)
    assert till.get("0001").refunded_minor == 0


def test_scenario_28_the_counter_sells_the_reserved_unit():
    till = Till()
    till.shelf("mug", 1)
    till.order("0042", ("mug", 1, 100))
    till.pay("0042", at=clock("10:02"))
    till.order("0043", ("mug", 1, 100))
    with till.command(actor="Manager") as book:
        lose(book, book.level("mug", SHOP), 1, reason="sold at the counter")
        counter = book.order("0043")
        till_pay(book, counter)
        hand_over(book, counter, {})
    assert till.stock("mug") == (0, 0, 0)
    order = till.get("0042")
    assert (short(order), reasons(order)) == ([1], ["STOCK_DEFICIT"])


def till_pay(book, order):
    record_payment(book, order, News("hand", "x", "", "cash", 100, 0, PaymentState.SUCCEEDED, book.at))
