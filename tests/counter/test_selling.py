"""A sale at the counter: whole or not at all."""

import pytest

from posapp.commands.payments import ConfirmTransfer
from posapp.commands.resolutions import Resolve
from posapp.domain.errors import Refused
from posapp.domain.orders import Channel, ShipStatus, Status
from posapp.domain.payments import PaymentStatus
from posapp.domain.sales import Short
from tests.counter.till import cash, transfer


def test_a_cash_sale_is_paid_handed_over_and_counted(counter):
    counter.product("Mug", 150_000, stock=5)
    order = counter.sell(("mug", 3), pay=[cash(450_000, 500_000)])
    assert (order.channel, order.status, order.ship_status) == (
        Channel.COUNTER,
        Status.COMPLETED,
        ShipStatus.DELIVERED,
    )
    assert order.payment_status == PaymentStatus.PAID
    assert order.payments[0].given_minor == 500_000
    assert counter.stock("mug") == (2, 0, 2)
    assert counter.sales == 450_000
    assert order.local_ref.startswith("A-")
    counter.replayed()


def test_what_is_not_paid_in_full_or_paid_too_much_is_refused(counter):
    counter.product("Mug", 150_000, stock=5)
    for amount, code in ((449_999, "not_paid"), (450_001, "too_much")):
        with pytest.raises(Refused) as refused:
            counter.sell(("mug", 3), pay=[cash(amount)])
        assert refused.value.code == code
    assert counter.stock("mug") == (5, 0, 5)
    assert counter.reader.value("SELECT COUNT(*) FROM orders") == 0


def test_short_at_pay_names_who_took_the_last_one(counter):
    counter.product("Mug", 150_000, stock=2)
    web = counter.sold({"mug": 2})
    with pytest.raises(Short) as short:
        counter.sell(("mug", 1))
    item = short.value.items[0]
    assert (item.wanted, item.free, item.on_hand, item.reserved, item.name) == (1, 0, 2, 2, "Mug")
    assert item.cause is not None
    assert item.cause.order_id == item.loser.order_id == web
    assert item.cause.number == counter.order(web).number


def test_an_extra_unit_in_hand_is_found_and_asks_to_be_counted(counter):
    counter.product("Mug", 150_000)
    order = counter.sell(("mug", 2), found={"mug": 5})
    assert order.status == Status.COMPLETED
    assert counter.stock("mug") == (0, 0, 0)
    assert counter.reader.value("SELECT recount FROM level WHERE item_id = 'mug'") == 1
    found = "SELECT SUM(on_hand_delta) FROM movement WHERE kind = 'FOUND'"
    assert counter.reader.value(found) == 2, "no more than is missing, whatever was said"


def test_scenario_28_selling_the_reserved_one(counter):
    counter.product("Wig", 2_000_000, stock=1)
    web = counter.sold({"wig": 1})
    assert counter.stock("wig") == (1, 1, 0)
    sale = counter.sell(("wig", 1), reserved={"wig": 1})
    assert counter.stock("wig") == (0, 0, 0)
    other = counter.order(web)
    assert other.short_units == 1
    assert [(case.reason, case.overtaken_by) for case in other.cases] == [("STOCK_DEFICIT", sale.id)]
    counter.do(Resolve, order_id=web, key="refund_order", route="hand", reference="T-9")
    counter.replayed()


def test_an_awaited_transfer_takes_no_stock_and_may_come_too_late(counter):
    counter.product("Mug", 150_000, stock=1)
    order = counter.sell(("mug", 1), pay=[transfer(150_000, awaiting=True)])
    assert (order.status, counter.stock("mug"), counter.sales) == (Status.OPEN, (1, 0, 1), 0)
    counter.sell(("mug", 1))
    counter.do(ConfirmTransfer, order_id=order.id, payment_id=order.payments[0].id, seen=True)
    late = counter.order(order.id)
    assert (late.status, late.short_units) == (Status.PROCESSING, 1)
    assert [case.reason for case in late.cases if case.is_open] == ["SHORTAGE"]
    counter.replayed()


def test_a_deposit_leaves_an_unpaid_order(counter):
    counter.product("Mug", 150_000, stock=1)
    order = counter.sell(("mug", 1), pay=[cash(50_000)], deposit=True)
    assert (order.status, order.payment_status) == (Status.OPEN, PaymentStatus.PARTIALLY_PAID)
    assert (counter.stock("mug"), counter.sales) == ((1, 0, 1), 0)
    counter.pay(order.id)
    assert counter.order(order.id).status == Status.PROCESSING
    counter.replayed()
