"""A web shop hears what was done with its order here, once, and its echo changes nothing."""

from typing import Any

import pytest

from posapp.commands.collecting import CollectAndHandOver, NotAllThere
from posapp.commands.counter import Tender
from posapp.commands.orders import CancelOrder, HandOver
from posapp.commands.outbox import BeginSending
from posapp.commands.payments import RecordPayment
from posapp.commands.resolutions import UndoDecision
from posapp.commands.shop import ChangeSetting
from posapp.commands.shop_orders import CancelShopOrder, CompleteShopOrder
from posapp.domain.errors import Refused
from posapp.domain.orders import Status
from posapp.domain.outbox import OutKind, OutState
from posapp.domain.payments import PaymentState, Teller
from tests.outbox.conftest import PRICE, OutShop


def words(shop: OutShop, order_id: str) -> list[tuple[str, str, OutState]]:
    rows = shop.rows(order_id)
    return [(row.status, row.message, row.state) for row in rows if row.kind == OutKind.SHOP_ORDER]


def told_paid(shop: OutShop, order_id: str, remote_id: str = "88") -> None:
    """The shop says that the order is paid."""
    fields: dict[str, Any] = {
        "provider": Teller.SHOP, "provider_ref": f"shop:{remote_id}", "reference": "", "method": "Cash on delivery",
        "gross_minor": PRICE, "customer_fee_minor": 0, "state": PaymentState.SUCCEEDED, "paid_at": shop.clock(),
    }  # fmt: skip
    shop.do(RecordPayment, order_id=order_id, **fields)


def on_delivery(shop: OutShop, *, stock: int = 3, method: str = "cod") -> str:
    shop.product("Mug", PRICE, stock=stock)
    return shop.web_order("88", {"mug": (1, PRICE)}, payment_method=method, shop_status="processing")


def test_the_last_unit_handed_over_completes_the_order_there(shop: OutShop) -> None:
    order_id = shop.web_paid(2, stock=2)
    line = shop.order(order_id).lines[0].id
    shop.do(HandOver, order_id=order_id, units={line: 1})
    assert words(shop, order_id) == []
    shop.do(HandOver, order_id=order_id)
    assert words(shop, order_id) == [("completed", "", OutState.WAITING)]
    shop.do(CompleteShopOrder, order_id=order_id)
    assert len(words(shop, order_id)) == 1


def test_an_unpaid_order_cancelled_here_is_cancelled_there(shop: OutShop) -> None:
    order_id = on_delivery(shop)
    shop.do(CancelOrder, order_id=order_id)
    assert words(shop, order_id) == [("cancelled", "", OutState.WAITING)]
    shop.do(CancelShopOrder, order_id=order_id, detail="cancelled")
    assert shop.cases(order_id) == set()


def test_what_the_shop_did_itself_is_not_told_to_it(shop: OutShop) -> None:
    order_id = shop.web_paid(2, stock=2)
    shop.do(CompleteShopOrder, order_id=order_id)
    assert shop.order(order_id).status == Status.COMPLETED
    assert words(shop, order_id) == []


@pytest.mark.parametrize(("setting", "expected"), [("off", []), ("note", [("", "refunded")]), ("status", [])])
def test_a_whole_refund_turns_the_shops_order_by_itself(
    shop: OutShop, setting: str, expected: list[tuple[str, str]]
) -> None:
    shop.do(ChangeSetting, key="tell_shop", value=setting)
    order_id = shop.web_paid()
    shop.resolve(order_id, "refund_order", route="hand")
    assert [word[:2] for word in words(shop, order_id)] == expected


def test_an_undone_decision_is_never_told(shop: OutShop) -> None:
    shop.do(ChangeSetting, key="tell_shop", value="note")
    order_id = shop.web_paid()
    shop.resolve(order_id, "refund_excess", route="gateway")
    shop.do(UndoDecision, order_id=order_id, decision_id=f"command-{shop._made}")
    assert words(shop, order_id) == [("", "refunded_excess", OutState.WITHDRAWN)]


def test_collect_takes_money_units_and_goods_in_one(shop: OutShop) -> None:
    order_id = on_delivery(shop)
    assert shop.order(order_id).lines[0].allocated_qty == 0
    shop.do(CollectAndHandOver, order_id=order_id, tenders=(Tender("cash", PRICE, 200_000),))
    order = shop.order(order_id)
    assert (order.status, order.paid_minor) == (Status.COMPLETED, PRICE)
    assert words(shop, order_id) == [("completed", "", OutState.WAITING)]


def test_collect_is_refused_whole_where_goods_or_money_are_missing(shop: OutShop) -> None:
    order_id = on_delivery(shop, stock=0)
    with pytest.raises(NotAllThere) as refused:
        shop.do(CollectAndHandOver, order_id=order_id, tenders=(Tender("cash", PRICE),))
    assert "1 mug" in str(refused.value)
    assert (shop.order(order_id).status, shop.order(order_id).payments) == (Status.OPEN, [])
    shop.receive("mug", 1)
    with pytest.raises(Refused) as refusal:
        shop.do(CollectAndHandOver, order_id=order_id, tenders=(Tender("cash", PRICE - 1),))
    assert refusal.value.code == "not_paid"
    assert shop.order(order_id).payments == []


def test_the_shops_date_of_payment_is_the_echo_of_our_own_word(shop: OutShop) -> None:
    order_id = on_delivery(shop, method="bacs")
    shop.do(CollectAndHandOver, order_id=order_id, tenders=(Tender("cash", PRICE),))
    (row,) = shop.rows(order_id)
    shop.do(BeginSending, actor="posapp", order_id=order_id, outgoing_id=row.id)
    told_paid(shop, order_id)
    order = shop.order(order_id)
    assert (order.paid_minor, len(order.payments), shop.cases(order_id)) == (PRICE, 1, set())


def test_cash_on_delivery_marked_paid_in_the_back_office_is_the_same_cash(shop: OutShop) -> None:
    order_id = on_delivery(shop)
    shop.pay(order_id)
    told_paid(shop, order_id)
    assert (shop.order(order_id).paid_minor, shop.cases(order_id)) == (PRICE, set())


def test_a_real_second_payment_still_counts(shop: OutShop) -> None:
    order_id = on_delivery(shop, method="card")
    shop.pay(order_id)
    told_paid(shop, order_id)
    assert shop.order(order_id).paid_minor == 2 * PRICE
    assert shop.cases(order_id) == {"DUPLICATE_PAYMENT"}


@pytest.mark.parametrize("by_page", [True, False])
def test_money_that_the_shop_cannot_know_of_is_told_before_it_cancels_the_order(
    shop: OutShop, *, by_page: bool
) -> None:
    order_id = on_delivery(shop, method="bacs")
    if by_page:
        shop.told(order_id, PRICE, PaymentState.SUCCEEDED, f"{order_id}-1")
    else:
        shop.pay(order_id)
    assert words(shop, order_id) == [("processing", "", OutState.WAITING)]
    (row,) = shop.rows(order_id)
    shop.do(BeginSending, actor="posapp", order_id=order_id, outgoing_id=row.id)
    told_paid(shop, order_id)
    assert (shop.order(order_id).paid_minor, shop.cases(order_id)) == (PRICE, set())


def test_what_the_shops_own_payment_page_took_is_not_told_to_it(shop: OutShop) -> None:
    order_id = on_delivery(shop, method="paystack")
    shop.told(order_id, PRICE, PaymentState.SUCCEEDED, "T1")
    assert shop.order(order_id).status == Status.PROCESSING
    assert words(shop, order_id) == []
