"""Cash is paid and given back in coins that there are, whichever command moves it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from posapp.commands.accounts import PayAccount, SetCreditLimit
from posapp.commands.orders import CancelOrder
from posapp.commands.resolutions import Resolve
from posapp.commands.shifts import CloseShift, OpenShift
from posapp.commands.shop import MAIN_LOCATION
from posapp.commands.stock import CountStock
from posapp.domain.orders import Status
from posapp.domain.payments import PaymentState
from posapp.queries.accounts import account_of
from posapp.queries.effects import foresee
from posapp.queries.shifts import x_report
from tests.counter.till import Counter, card, on_account, transfer


@pytest.fixture
def swiss(tmp_path: Path) -> Iterator[Counter]:
    """A till whose smallest coin is 5 Rappen."""
    counter = Counter(tmp_path / "shop", currency="CHF")
    counter.product("Tin", 1_003, stock=3)
    yield counter
    counter.replayed()
    counter.close()


def _parts(counter, order):
    return [(part.route, part.amount_minor) for part in counter.order(order.id).parts]


def _decide(counter, order, key, **fields):
    command = counter.command(Resolve, order_id=order.id, key=key, **fields)
    seen = foresee(counter.reader, command, counter.now)
    counter.desk.do(command)
    counter.check()
    return seen.money


def test_what_is_missing_is_given_back_in_coins(swiss):
    """2 of 3 at 10.03 are worth 20.06: 20.05 go back, and the order keeps the difference as rounding."""
    order = swiss.sell(("tin", 3), pay=[card(3_009)], hand_over=False)
    swiss.do(CountStock, product_id="tin", location_id=MAIN_LOCATION, counted=1, seen=3)
    money = _decide(swiss, order, "refund_excess")
    assert _parts(swiss, order) == [("cash", 2_005)]
    assert (money.amount_minor, money.rounding_minor, money.lowers_balance_minor) == (2_005, -1, 0)
    order = swiss.order(order.id)
    assert (order.total_minor, order.paid_minor, order.rounding_minor) == (1_004, 1_004, 1)
    assert swiss.sales == 1_004


@pytest.mark.parametrize("route", ["cash", "hand"])
def test_a_whole_order_goes_back_as_far_as_coins_reach(swiss, route):
    """10.03 came by card; in cash 10.00 go back, and what no coin pays is nobody's: nothing stays owed."""
    swiss.do(OpenShift, float_minor=5_000)
    order = swiss.sell(("tin", 1), pay=[card(1_003)], hand_over=False)
    swiss.do(CancelOrder, order_id=order.id, route=route, reference="T-1")
    expected = [("cash", 1_000), ("rounding", 3)] if route == "cash" else [("hand", 1_003)]
    assert _parts(swiss, order) == expected
    order = swiss.order(order.id)
    assert (order.status, order.paid_minor, order.owed_minor, swiss.sales) == (Status.CANCELLED, 0, 0, 0)
    x = x_report(swiss.reader, swiss.now)
    assert x.expected_minor == (4_000 if route == "cash" else 5_000)
    assert x.money_minor == x.total_sales_minor + x.deposits_minor - x.paid_elsewhere_minor == 0
    z = swiss.do(CloseShift, loose_minor=x.expected_minor).answer
    assert z


def test_an_order_with_nothing_there_is_refunded_in_coins(swiss):
    order = swiss.sell(("tin", 3), pay=[card(3_009)], hand_over=False)
    swiss.do(CountStock, product_id="tin", location_id=MAIN_LOCATION, counted=0, seen=3)
    money = _decide(swiss, order, "refund_order")
    assert _parts(swiss, order) == [("cash", 3_005), ("rounding", 4)]
    assert (money.amount_minor, money.rounding_minor, [p.route for p in money.parts]) == (3_005, -4, ["cash"])


def test_a_deposit_and_what_was_paid_too_much_go_back_in_coins(swiss):
    order = swiss.sell(("tin", 1), pay=[transfer(502)], deposit=True)
    swiss.do(CancelOrder, order_id=order.id)
    assert _parts(swiss, order) == [("cash", 500), ("rounding", 2)]
    order = swiss.sell(("tin", 1), pay=[card(1_003)], hand_over=False)
    swiss.pay(order.id, 8, method="transfer")
    money = _decide(swiss, order, "refund_difference")
    assert _parts(swiss, order) == [("cash", 5), ("rounding", 3)]
    assert (money.amount_minor, swiss.order(order.id).credit_minor) == (5, 0)
    swiss.pay(order.id, 2, method="transfer")  # less than the smallest coin: nobody gets a thing
    assert _decide(swiss, order, "refund_difference").amount_minor == 0
    assert swiss.order(order.id).credit_minor == 0


def test_an_account_that_was_paid_gives_cash_in_coins_for_the_rest(swiss):
    """What a decision gives back lowers an account as far as it is owed, and never below."""
    ada = swiss.customer("Ada")
    swiss.do(SetCreditLimit, contact_id=ada, limit_minor=10_000)
    order = swiss.sell(("tin", 2), contact_id=ada, pay=[on_account(2_006)], hand_over=False)
    swiss.do(PayAccount, contact_id=ada, amount_minor=1_500, method="transfer")
    swiss.do(CountStock, product_id="tin", location_id=MAIN_LOCATION, counted=0, seen=3)
    _decide(swiss, order, "refund_order")
    assert _parts(swiss, order) == [("account", 506), ("cash", 1_500)]
    assert account_of(swiss.reader, ada).balance_minor == 0


def test_what_a_web_shop_cancelled_goes_back_in_coins(swiss):
    order_id = swiss.web_order("7", {"tin": (1, 1_003)})
    swiss.told(order_id, 1_003, PaymentState.SUCCEEDED)
    swiss.do(CancelOrder, order_id=order_id)
    assert [(p.route, p.amount_minor) for p in swiss.order(order_id).parts] == [
        ("cash", 1_000),
        ("rounding", 3),
    ]
