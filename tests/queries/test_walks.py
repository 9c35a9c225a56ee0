"""Many days of a small shop by chance: every question keeps agreeing with every other."""

import contextlib
import random

import pytest

from posapp.commands.orders import CancelOrder, EditOrder, HandOver, NewLine
from posapp.commands.resolutions import SwapAllocation, UndoDecision
from posapp.commands.shop import MAIN_LOCATION, ChangeSetting
from posapp.commands.shop_orders import CancelShopOrder, CompleteShopOrder, RecordShopRefund, ReopenShopOrder
from posapp.commands.stock import CountStock
from posapp.domain.errors import Refused
from posapp.domain.payments import PaymentState
from posapp.domain.standing import FulfilmentMark, PaymentMark
from posapp.queries.attention import attention_count, attention_rows
from posapp.queries.dashboard import dashboard, owed_orders
from posapp.queries.detail_rows import OrderDetails
from posapp.queries.details import order_details
from posapp.queries.orders import OrderFilter, OrdersSource, orders_summary
from posapp.queries.sales import total_sales
from tests.queries.test_effects import check_foreseen, decide
from tests.shop import Shop

ITEMS = ("tote", "rice", "wig")


def step(shop: Shop, chance: random.Random, orders: list[str]) -> None:
    """Something that happens in a shop, sensible or not."""
    chance.choice((new_order, money, money, goods, goods, edit, shop_news))(shop, chance, orders)


def new_order(shop: Shop, chance: random.Random, orders: list[str]) -> None:
    item, units = chance.choice(ITEMS), chance.randint(1, 3)
    if chance.random() < 0.6:
        orders.append(shop.place({item: units, "wrap": 1}, customer="Ada Obi"))
    else:
        orders.append(shop.web_order(str(9000 + len(orders)), {item: (units, 100_000)}))


def money(shop: Shop, chance: random.Random, orders: list[str]) -> None:
    order_id = chance.choice(orders)
    if chance.random() < 0.7:
        shop.pay(order_id, chance.choice((50_000, 100_000, 250_000, None)))
    else:
        state = chance.choice(list(PaymentState))
        shop.told(order_id, 100_000, state, f"T{chance.randrange(9)}-{order_id}")


def goods(shop: Shop, chance: random.Random, orders: list[str]) -> None:
    order_id = chance.choice(orders)
    line = chance.choice(shop.order(order_id).lines)
    match chance.randrange(4):
        case 0:
            shop.receive(chance.choice(ITEMS), chance.randint(1, 3))
        case 1:
            seen = chance.randint(1, 4)
            shop.do(CountStock, product_id="tote", location_id=MAIN_LOCATION, counted=seen - 1, seen=seen)
        case 2:
            shop.do(HandOver, order_id=order_id, units=chance.choice(({}, {line.id: 1})))
        case 3:
            shop.do(SwapAllocation, order_id=order_id, other_id=chance.choice(orders))


def edit(shop: Shop, chance: random.Random, orders: list[str]) -> None:
    order = shop.order(chance.choice(orders))
    if chance.random() < 0.5:
        shop.do(CancelOrder, order_id=order.id)
        return
    wanted, added = {chance.choice(order.lines).id: 1}, (NewLine("rice", 1),)
    shop.do(EditOrder, order_id=order.id, seen_version=order.version, wanted=wanted, added=added)


def shop_news(shop: Shop, chance: random.Random, orders: list[str]) -> None:
    order_id = chance.choice(orders)
    match chance.randrange(4):
        case 0:
            shop.do(CancelShopOrder, order_id=order_id, detail="cancelled")
        case 1:
            shop.do(CompleteShopOrder, order_id=order_id)
        case 2:
            shop.do(ReopenShopOrder, order_id=order_id)
        case 3:
            units = {chance.choice(shop.order(order_id).lines).remote_id: 1}
            remote_id = f"r{chance.randrange(99)}"
            shop.do(
                RecordShopRefund,
                order_id=order_id,
                remote_id=remote_id,
                amount_minor=50_000,
                units=units,
                reason="",
            )


def decided(shop: Shop, chance: random.Random, order_id: str) -> None:
    """Press one of the buttons that can be pressed, or take a decision back, as foreseen."""
    found = details(shop, order_id)
    keys = [offer.key for offer in found.offers if offer.can.allowed and offer.key != "mixed"]
    undoable = [undo.decision_id for undo in found.undo if undo.can.allowed]
    if keys:
        check_foreseen(shop, decide(shop, order_id, chance.choice(keys), seen=found.fingerprint), order_id)
    elif undoable:
        check_foreseen(shop, shop.command(UndoDecision, order_id=order_id, decision_id=undoable[0]), order_id)


def details(shop: Shop, order_id: str) -> OrderDetails:
    found = order_details(shop.reader, order_id, shop.now)
    assert found is not None
    return found


@pytest.mark.parametrize("seed", range(6))
def test_after_any_day_the_questions_agree(shop: Shop, seed: int) -> None:
    chance = random.Random(seed)
    for name in ITEMS:
        shop.product(name.title(), 100_000, stock=4)
    shop.product("Wrap", 0, track_stock=False)
    orders = [shop.place({"tote": 1, "wrap": 1})]
    for at in range(120):
        if at == 60:
            shop.do(ChangeSetting, key="auto_fill", value=chance.choice(("true", "false")))
        with contextlib.suppress(Refused):
            step(shop, chance, orders)
        if at % 10 == 0:
            decided(shop, chance, chance.choice(orders))
    agree(shop)


def agree(shop: Shop) -> None:
    reader = shop.reader
    rows = list(OrdersSource(reader, OrderFilter()).page_after(None, 256))
    for payment in PaymentMark:
        chosen = OrdersSource(reader, OrderFilter(payment=payment)).page_after(None, 256)
        assert [row.id for row in chosen] == [row.id for row in rows if row.payment == payment], payment
    for status in FulfilmentMark:
        chosen = OrdersSource(reader, OrderFilter(status=status)).page_after(None, 256)
        assert [row.id for row in chosen] == [row.id for row in rows if row.fulfilment == status], status
    summary = orders_summary(reader, OrderFilter())
    assert summary.orders == len(rows)
    assert summary.paid == sum(row.payment == PaymentMark.PAID for row in rows)
    needy = {row.id for row in rows if row.reasons}
    assert {row.id for row in attention_rows(reader)} == needy
    assert attention_count(reader) == len(needy)
    owed = {row.id: row.owed_minor for row in rows if row.owed_minor}
    assert {order.order_id: order.owed_minor for order in owed_orders(reader)} == owed
    page = dashboard(reader, shop.now)
    assert page.to_prepare == sum(row.fulfilment == FulfilmentMark.TO_PREPARE for row in rows)
    assert page.today == total_sales(reader)
    contributions = sum(shop.order(row.id).contribution_minor for row in rows)
    assert page.today.total_minor == page.shares.web_minor + page.shares.counter_minor == contributions
    for row in rows:
        found = details(shop, row.id)
        assert found.money.can_refund_minor >= found.money.owed_minor
        assert sum(payment.left_minor for payment in found.payments if payment.state == "SUCCEEDED") == (
            found.money.received_minor - found.money.refunded_minor
        )
