"""What is left of an order that was kept unpaid: in coins that there are, or on the customer's account."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from posapp.commands.accounts import PayAccount, SetCreditLimit
from posapp.commands.orders import CancelOrder, EditOrder, NewLine
from posapp.commands.payments import TakePayment
from posapp.commands.shifts import OpenShift
from posapp.domain.errors import Refused
from posapp.domain.orders import Order, Status
from posapp.domain.payments import PaymentState, PaymentStatus
from posapp.queries.accounts import account_of
from posapp.queries.payment_ways import rest_of
from posapp.queries.receipt import receipt_of
from posapp.queries.shifts import x_report
from tests.counter.till import Counter, card, cash, on_account


@pytest.fixture
def swiss(tmp_path: Path) -> Iterator[Counter]:
    """A till whose smallest coin is 5 Rappen, in a shift."""
    counter = Counter(tmp_path / "shop", currency="CHF")
    counter.product("Tin", 1_003, stock=9)
    counter.do(OpenShift, float_minor=0)
    yield counter
    counter.replayed()
    counter.close()


def _take(counter, order: Order, amount: int, method: str = "cash", **fields) -> Order:
    said = {"reference": "", "paid_at": counter.now} | fields
    counter.do(TakePayment, order_id=order.id, amount_minor=amount, method=method, **said)
    return counter.order(order.id)


def _refusal(counter, order: Order, amount: int, method: str = "cash", **fields) -> str:
    with pytest.raises(Refused) as refused:
        _take(counter, order, amount, method, **fields)
    return refused.value.code


def test_the_rest_in_cash_is_paid_in_coins(swiss):
    """10.03 by card of 30.09: 20.06 are left, 20.05 pay them, and the order costs a Rappen less."""
    order = swiss.sell(("tin", 3), pay=[card(1_003)], deposit=True)
    rest = rest_of(swiss.reader, order.id)
    assert (rest.due_minor, rest.cash_minor) == (2_006, 2_005)
    assert rest.rounding_minor("cash", 2_005) == -1
    assert [rest.rounding_minor(*paid) for paid in (("card", 2_005), ("cash", 2_000))] == [0, 0]
    order = _take(swiss, order, 2_005, rounding_minor=-1, given_minor=2_500)
    assert (order.status, order.payment_status) == (Status.PROCESSING, PaymentStatus.PAID)
    assert (order.total_minor, order.rounding_minor, swiss.sales) == (3_008, -1, 3_008)
    receipt = receipt_of(swiss.reader, order.id)
    assert (receipt.rounding_minor, receipt.sold_minor, receipt.gone_minor) == (-1, 3_008, 0)
    assert [tender.change_minor for tender in receipt.tenders] == [0, 495]
    x = x_report(swiss.reader, swiss.now)
    assert (x.rounding_minor, x.expected_minor, x.money_minor) == (-1, 2_005, 3_008)
    assert rest_of(swiss.reader, order.id).due_minor == 0


def test_the_rest_is_rounded_up_too_and_goes_back_whole(swiss):
    order = _take(swiss, swiss.sell(("tin", 1), pay=[], deposit=True), 1_005, rounding_minor=2)
    assert (order.total_minor, swiss.sales) == (1_005, 1_005)
    swiss.do(CancelOrder, order_id=order.id)
    assert [(p.route, p.amount_minor) for p in swiss.order(order.id).parts] == [("cash", 1_005)]


def test_only_cash_that_pays_the_whole_rest_is_rounded(swiss):
    order = swiss.sell(("tin", 1), pay=[], deposit=True)
    assert _refusal(swiss, order, 1_005, "card", rounding_minor=2) == "bad_rounding"
    assert _refusal(swiss, order, 1_000, rounding_minor=-3) == "bad_rounding"  # the nearest coin is above
    assert _refusal(swiss, order, 500, rounding_minor=2) == "bad_rounding"
    assert _refusal(swiss, order, 1_010, rounding_minor=7) == "bad_rounding"
    assert _refusal(swiss, order, 1_003, rounding_minor=-(10**30)) == "bad_rounding"
    assert _refusal(swiss, order, 500, given_minor=499) == "bad_amount"
    assert _refusal(swiss, order, 500, "card", given_minor=600) == "bad_amount"
    order = _take(swiss, order, 500)  # a part of it is not rounded
    assert (order.payment_status, order.total_minor) == (PaymentStatus.PARTIALLY_PAID, 1_003)
    order = _take(swiss, order, 505, rounding_minor=2)
    assert (order.payment_status, order.total_minor) == (PaymentStatus.PAID, 1_005)
    assert _refusal(swiss, order, 5, rounding_minor=5) == "bad_rounding"
    swiss.do(CancelOrder, order_id=order.id)
    assert _refusal(swiss, order, 1_005, rounding_minor=2) == "bad_rounding"


def test_a_deposit_does_not_round_a_sale(swiss):
    with pytest.raises(Refused) as refused:
        swiss.sell(("tin", 1), pay=[cash(500)], rounding_minor=2, deposit=True)
    assert refused.value.code == "bad_rounding"


def test_what_an_edit_added_is_paid_in_coins(swiss):
    """The order counts already; what rounding takes off its total leaves Total Sales with it."""
    order = swiss.sell(("tin", 1), pay=[card(1_003)], hand_over=False)
    swiss.do(EditOrder, order_id=order.id, seen_version=order.version, added=(NewLine("tin", 1, 1),))
    order = swiss.order(order.id)
    assert (
        rest_of(swiss.reader, order.id).cash_minor == 0
    )  # less than half a coin: it is paid exactly, or by card
    order = _take(swiss, order, 1, "card")
    swiss.do(EditOrder, order_id=order.id, seen_version=order.version, added=(NewLine("tin", 1, 4),))
    order = _take(swiss, order, 5, rounding_minor=1)
    assert (order.total_minor, order.payment_status, swiss.sales) == (1_009, PaymentStatus.PAID, 1_009)


@pytest.mark.parametrize(("price", "pays", "rounding"), [(1_002, 1_000, -2), (1_003, 1_005, 2)])
def test_what_a_bank_took_back_is_paid_in_coins(swiss, price, pays, rounding):
    order_id = swiss.web_order("7", {"tin": (1, price)})
    swiss.told(order_id, price, PaymentState.SUCCEEDED)
    swiss.told(order_id, price, PaymentState.REVERSED)
    order = _take(swiss, swiss.order(order_id), pays, rounding_minor=rounding)
    assert (order.total_minor, order.payment_status, swiss.sales) == (pays, PaymentStatus.PAID, pays)


def test_the_rest_goes_on_account_within_the_limit(counter):
    counter.product("Mug", 100_000, stock=5)
    ada = counter.customer("Ada")
    counter.do(SetCreditLimit, contact_id=ada, limit_minor=150_000)
    order = counter.sell(("mug", 2), contact_id=ada, pay=[cash(50_000)], deposit=True)
    assert _refusal(counter, order, 150_001, "account") == "too_much"
    order = _take(counter, order, 150_000, "account")
    assert (order.status, counter.stock("mug"), counter.sales) == (Status.PROCESSING, (5, 2, 3), 200_000)
    assert account_of(counter.reader, ada).balance_minor == 150_000
    more = counter.sell(("mug", 1), contact_id=ada, pay=[], deposit=True)
    assert _refusal(counter, more, 1, "account") == "over_limit"
    counter.do(PayAccount, contact_id=ada, amount_minor=150_000, method="cash")
    counter.do(CancelOrder, order_id=order.id)
    assert account_of(counter.reader, ada).balance_minor == 0, "what was paid since goes back as money"
    counter.replayed()


def test_an_account_is_somebody_s_and_no_money_to_wait_for(counter):
    counter.product("Mug", 100_000, stock=5)
    stranger = counter.sell(("mug", 1), pay=[], deposit=True)
    assert _refusal(counter, stranger, 100_000, "account") == "customer_missing"
    ada = counter.customer("Ada")
    counter.do(SetCreditLimit, contact_id=ada, limit_minor=150_000)
    order = counter.sell(("mug", 1), contact_id=ada, pay=[], deposit=True)
    assert _refusal(counter, order, 100_000, "account", awaiting=True) == "bad_method"
    counter.do(CancelOrder, order_id=order.id)
    assert _refusal(counter, order, 100_000, "account") == "too_much"
    paid = counter.sell(("mug", 1), contact_id=ada, pay=[on_account(100_000)])
    assert _refusal(counter, paid, 1, "account") == "too_much"
    assert account_of(counter.reader, ada).balance_minor == 100_000
