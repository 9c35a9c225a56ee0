"""Money alone that was to go back: while it waits here the decision about it can be taken back, and asks again."""

from collections.abc import Callable

import pytest

from posapp.commands.orders import CancelOrder
from posapp.commands.resolutions import UndoDecision
from posapp.domain.errors import Refused
from posapp.domain.outbox import OutState
from posapp.domain.payments import PaymentState
from posapp.replay import check_replay
from tests.outbox.conftest import PRICE, OutShop

PAID = PaymentState.SUCCEEDED


def paid_late(shop: OutShop) -> str:
    shop.product("Mug", PRICE, stock=3)
    order_id = shop.web_order("88", {"mug": (1, PRICE)})
    shop.do(CancelOrder, order_id=order_id)
    shop.told(order_id, PRICE, PAID)
    return order_id


def paid_too_much(shop: OutShop) -> str:
    shop.product("Mug", PRICE, stock=3)
    order_id = shop.web_order("88", {"mug": (1, PRICE)})
    shop.told(order_id, PRICE + 50_000, PAID)
    return order_id


def asked(shop: OutShop, order_id: str) -> list[OutState]:
    return [row.state for row in shop.rows(order_id) if row.refund_id]


BOTH = pytest.mark.parametrize(
    ("story", "key", "reason"),
    [(paid_late, "refund", "LATE_PAYMENT"), (paid_too_much, "refund_difference", "OVERPAYMENT")],
)


@BOTH
def test_it_is_as_before_and_asks_again(
    shop: OutShop, story: Callable[[OutShop], str], key: str, reason: str
) -> None:
    order_id = story(shop)
    before, cases = shop.order(order_id), shop.cases(order_id)
    assert cases == {reason}
    shop.resolve(order_id, key, route="provider")
    assert shop.cases(order_id) == set()
    shop.do(UndoDecision, order_id=order_id, decision_id=f"command-{shop._made}")
    after = shop.order(order_id)
    assert (after.owed_minor, after.credit_minor, after.paid_minor, after.status, after.refunds) == (
        before.owed_minor, before.credit_minor, before.paid_minor, before.status, [],
    )  # fmt: skip
    assert (shop.cases(order_id), after.contribution_minor) == (cases, before.contribution_minor)
    assert asked(shop, order_id) == [OutState.WITHDRAWN]
    shop.resolve(order_id, key, route="provider")
    assert asked(shop, order_id) == [OutState.WITHDRAWN, OutState.WAITING]
    assert shop.desk.write_now(check_replay).differences == []


@BOTH
def test_cash_that_was_paid_stays_paid(
    shop: OutShop, story: Callable[[OutShop], str], key: str, reason: str
) -> None:
    order_id = story(shop)
    shop.resolve(order_id, key, route="cash")
    decision_id = f"command-{shop._made}"
    with pytest.raises(Refused) as refused:
        shop.do(UndoDecision, order_id=order_id, decision_id=decision_id)
    assert (refused.value.code, shop.cases(order_id)) == ("money_left", set())
