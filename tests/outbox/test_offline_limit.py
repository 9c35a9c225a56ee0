"""Without a network the owner can limit what goes back; with one, or without a limit, nothing is different."""

import pytest

from posapp.commands.orders import CancelOrder, EditOrder
from posapp.commands.resolutions import Resolve
from posapp.commands.shop import ChangeSetting
from posapp.domain.errors import Refused
from posapp.domain.orders import Status
from posapp.queries.payment_ways import payment_ways
from posapp.replay import check_replay
from tests.outbox.conftest import PRICE, OutShop


def limit(shop: OutShop, value: str) -> None:
    shop.do(ChangeSetting, key="offline_refund_minor", value=value)


def refused(shop: OutShop, kind: type, **fields: object) -> str:
    with pytest.raises(Refused) as refusal:
        shop.do(kind, **fields)
    return refusal.value.code


@pytest.mark.parametrize("route", ["gateway", "cash", "hand"])
def test_more_than_the_limit_is_refused_by_any_way_and_leaves_no_trace(shop: OutShop, route: str) -> None:
    order_id = shop.web_paid()
    limit(shop, str(PRICE - 1))
    decision = {"order_id": order_id, "key": "refund_excess", "route": route}
    assert refused(shop, Resolve, **decision, offline=True) == "offline_limit"
    assert (shop.order(order_id).parts, shop.rows(order_id)) == ([], [])
    shop.do(Resolve, **decision)
    assert shop.part(order_id).amount_minor == PRICE


def test_cancelling_gives_back_no_more_either(shop: OutShop) -> None:
    order_id = shop.web_paid(units=2)
    limit(shop, "0")
    cancel = {"order_id": order_id, "route": "gateway"}
    assert refused(shop, CancelOrder, **cancel, offline=True) == "offline_limit"
    limit(shop, str(2 * PRICE))
    shop.do(CancelOrder, **cancel, offline=True)
    assert shop.order(order_id).status == Status.CANCELLED
    assert shop.desk.write_now(check_replay).differences == []


def test_a_decision_that_gives_nothing_back_is_not_limited(shop: OutShop) -> None:
    order_id = shop.web_paid()
    limit(shop, "0")
    shop.do(Resolve, order_id=order_id, key="fulfill_order", offline=True)
    assert shop.order(order_id).short_units == 0


def test_the_limit_can_be_taken_away_and_is_a_number_otherwise(shop: OutShop) -> None:
    assert payment_ways(shop.reader).offline_refund_minor is None
    limit(shop, "0")
    assert payment_ways(shop.reader).offline_refund_minor == 0
    limit(shop, "")
    assert payment_ways(shop.reader).offline_refund_minor is None
    assert refused(shop, ChangeSetting, key="offline_refund_minor", value="much") == "bad_amount"


def test_an_edit_gives_back_no_more_either(shop: OutShop) -> None:
    product = shop.product("Mug", PRICE, stock=3)
    order_id = shop.sold({product: 2})
    limit(shop, "0")
    order = shop.order(order_id)
    edit = {"order_id": order_id, "seen_version": order.version, "wanted": {order.lines[0].id: 1}}
    assert refused(shop, EditOrder, **edit, offline=True) == "offline_limit"
    shop.do(EditOrder, **edit)
    assert shop.order(order_id).refunded_minor == PRICE
