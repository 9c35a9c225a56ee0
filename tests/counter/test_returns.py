"""Goods that come back: what can, where they go, and what money follows them."""

import pytest

from posapp.commands.orders import HandOver
from posapp.commands.returns import TakeBack, TakeBackUnknown
from posapp.commands.shop import MAIN_LOCATION
from posapp.commands.shop_orders import WebLine, WebTerms
from posapp.domain.errors import Refused
from posapp.domain.orders import CloseReason, ShipStatus, Status
from posapp.domain.payments import PaymentState
from posapp.domain.sale_line import Returned
from posapp.queries.returning import foresee_return, returnable
from tests.counter.till import SaleLine, card, cash, transfer


def test_one_of_three_comes_back_onto_the_shelf_with_its_money(counter):
    counter.product("Mug", 150_000, stock=5)
    order = counter.sell(("mug", 3))
    back = counter.take_back(order)
    assert counter.stock("mug") == (3, 0, 3)
    assert counter.sales == 300_000
    assert [(part.amount_minor, part.route) for part in back.parts] == [(150_000, "cash")]
    assert (back.status, back.lines[0].handed_over_qty, back.total_minor) == (Status.COMPLETED, 2, 300_000)
    kinds = [row[0] for row in counter.reader.rows("SELECT kind FROM movement ORDER BY rowid")]
    assert kinds[-1] == "RETURN"
    counter.replayed()


def test_what_is_broken_stays_off_the_shelf_and_needs_a_reason(counter):
    counter.product("Mug", 150_000, stock=5)
    order = counter.sell(("mug", 3))
    with pytest.raises(Refused) as refused:
        counter.do(TakeBack, returned=(Returned(order.id, order.lines[0].id, 1, False),))
    assert refused.value.code == "reason_missing"
    counter.take_back(order, restock=False)
    assert counter.stock("mug") == (2, 0, 2)


def test_one_receipt_does_not_come_back_twice(counter):
    counter.product("Mug", 150_000, stock=5)
    order = counter.sell(("mug", 2))
    back = counter.take_back(order, 2)
    assert (back.status, back.close_reason, back.ship_status) == (
        Status.CANCELLED,
        CloseReason.REFUNDED,
        ShipStatus.RETURNED,
    )
    with pytest.raises(Refused):
        counter.take_back(order, 1)
    assert (counter.stock("mug"), counter.sales) == ((5, 0, 5), 0)
    counter.replayed()


def test_never_more_comes_back_than_was_handed_over(counter):
    counter.product("Mug", 150_000, stock=5)
    order = counter.sell(("mug", 2))
    for quantity in (3, 0, -1):
        with pytest.raises(Refused):
            counter.take_back(order, quantity)
    line = order.lines[0].id
    twice = (Returned(order.id, line, 1, True), Returned(order.id, line, 2, True))
    with pytest.raises(Refused) as refused:
        counter.do(TakeBack, returned=twice)
    assert refused.value.code == "not_returnable"
    held = counter.sell(("mug", 1), hand_over=False)
    with pytest.raises(Refused):
        counter.take_back(held)


def test_money_goes_back_newest_first_and_as_it_came(counter):
    counter.product("Mug", 250_000, stock=5)
    order = counter.sell(("mug", 2), pay=[cash(200_000), transfer(300_000)])
    back = counter.take_back(order, 2, route="own", reference="T-7")
    assert sorted((part.amount_minor, part.route) for part in back.parts) == [
        (200_000, "cash"),
        (300_000, "hand"),
    ]
    paid_by_card = counter.sell(("mug", 1), pay=[card(250_000)])
    assert counter.take_back(paid_by_card, route="own").parts[0].route == "hand"


def test_a_unit_that_comes_back_goes_to_whoever_waits(counter):
    counter.product("Mug", 150_000, stock=1)
    order = counter.sell(("mug", 1))
    waiting = counter.sold({"mug": 1})
    assert counter.order(waiting).short_units == 1
    counter.take_back(order)
    assert counter.order(waiting).short_units == 0
    assert counter.stock("mug") == (1, 1, 0)


def test_an_exchange_nets_in_one_payment(counter):
    counter.product("Small", 150_000, stock=5)
    counter.product("Large", 250_000, stock=5)
    order = counter.sell(("small", 2))
    line = order.lines[0].id
    new = counter.sell(
        ("large", 1), pay=[cash(100_000)], returned=(Returned(order.id, line, 1, True, "too small"),)
    )
    assert [(p.method, p.gross_minor) for p in new.payments] == [("exchange", 150_000), ("cash", 100_000)]
    old = counter.order(order.id)
    assert [(p.route, p.amount_minor, p.reference) for p in old.parts] == [("exchange", 150_000, new.number)]
    assert counter.sales == 150_000 + 250_000
    assert (counter.stock("small"), counter.stock("large")) == ((4, 0, 4), (4, 0, 4))
    counter.replayed()


def test_an_exchange_for_something_cheaper_gives_the_rest_back(counter):
    counter.product("Small", 150_000, stock=5)
    counter.product("Large", 250_000, stock=5)
    order = counter.sell(("large", 1))
    new = counter.sell(("small", 1), pay=[], returned=(Returned(order.id, order.lines[0].id, 1, True),))
    parts = [(p.route, p.amount_minor) for p in counter.order(order.id).parts]
    assert parts == [("exchange", 150_000), ("cash", 100_000)]
    assert [p.method for p in new.payments] == ["exchange"]
    assert counter.sales == 150_000
    again = counter.take_back(new)
    assert [(p.route, p.amount_minor) for p in again.parts] == [("cash", 150_000)]


def test_the_last_one_can_be_exchanged_for_itself(counter):
    counter.product("Mug", 150_000, stock=1)
    order = counter.sell(("mug", 1))
    back = Returned(order.id, order.lines[0].id, 1, True, "scratched box")
    new = counter.sell(("mug", 1), pay=[], returned=(back,))
    assert new.status == Status.COMPLETED
    assert counter.stock("mug") == (0, 0, 0)


def test_a_return_without_a_receipt_lowers_total_sales(counter):
    counter.product("Mug", 150_000, stock=5)
    counter.sell(("mug", 2))
    order_id = counter.do(
        TakeBackUnknown,
        order_id="unknown",
        location_id=MAIN_LOCATION,
        lines=(SaleLine("mug", 1, 120_000),),
        restock=True,
        route="cash",
        reason="gift, no receipt",
    ).answer
    order = counter.order(order_id)
    assert (order.status, order.no_receipt, order.contribution_minor) == (Status.CANCELLED, True, -120_000)
    assert counter.sales == 180_000
    assert counter.stock("mug") == (4, 0, 4)
    with pytest.raises(Refused):
        counter.take_back(order)
    counter.replayed()


def test_a_receipt_is_found_by_what_is_printed_on_it(counter):
    counter.product("Mug", 150_000, stock=5)
    order = counter.sell(("mug", 3))
    for typed in (order.number, f"#{order.number}", order.number.lstrip("0"), order.local_ref.lower()):
        found = returnable(counter.reader, typed)
        assert found is not None, typed
        assert found.order_id == order.id
    counter.take_back(order)
    found = returnable(counter.reader, order.number)
    assert [(line.sold, line.returnable, line.worth_minor(2)) for line in found.lines] == [(3, 2, 300_000)]
    assert returnable(counter.reader, "9999") is None


def test_what_is_foreseen_of_a_return_is_what_it_does(counter):
    counter.product("Mug", 100_000, stock=5)
    order = counter.sell(("mug", 3), discount_minor=100_000)
    back = (Returned(order.id, order.lines[0].id, 1, True),)
    seen = foresee_return(counter.reader, counter.command(TakeBack, returned=back), counter.now)
    assert (seen.amount_minor, seen.restocked) == (66_667, (("mug", 1),))
    done = counter.take_back(order)
    assert [part.amount_minor for part in done.parts] == [part.amount_minor for part in seen.parts]


def _delivered(counter, *, pay=None, shipping_minor=150_000):
    """An order of two mugs with delivery, paid and with its customer."""
    counter.product("Mug", 100_000, stock=5)
    return counter.sell(("mug", 2), pay=pay, shipping_minor=shipping_minor)


def test_the_delivery_goes_back_with_the_last_of_the_goods_where_it_is_said(counter):
    order = _delivered(counter)
    assert returnable(counter.reader, order.number).delivery_minor == 150_000
    back = counter.take_back(order, 2, delivery={order.id: 150_000})
    assert [(part.route, part.amount_minor) for part in back.parts] == [("cash", 350_000)]
    assert (back.status, back.close_reason, counter.sales) == (Status.CANCELLED, CloseReason.REFUNDED, 0)
    assert back.refunds[0].shipping_minor == 150_000
    counter.replayed()


def test_the_delivery_goes_back_once_also_after_the_goods_and_never_more_than_it_cost(counter):
    order = _delivered(counter)
    with pytest.raises(Refused) as refused:
        counter.take_back(order, 1, delivery={order.id: 150_001})
    assert refused.value.code == "too_much"
    counter.take_back(order, 2)
    left = returnable(counter.reader, order.number)
    assert (left.units, left.delivery_minor, counter.sales) == (0, 150_000, 150_000)
    answer = counter.do(TakeBack, returned=(), delivery={order.id: 50_000}).answer
    assert (answer, returnable(counter.reader, order.number).delivery_minor) == (order.id, 100_000)
    counter.do(TakeBack, returned=(), delivery={order.id: 100_000}, reason="never came")
    back = counter.order(order.id)
    assert [refund.reason for refund in back.refunds][1:] == ["delivery given back", "never came"]
    assert (back.status, back.total_minor, counter.sales) == (Status.CANCELLED, 0, 0)
    for amount in (1, -1):
        with pytest.raises(Refused):
            counter.do(TakeBack, returned=(), delivery={order.id: amount})
    counter.replayed()


@pytest.mark.parametrize("delivery", [{}, {"nobody": 0}])
def test_a_return_of_nothing_is_refused(counter, delivery):
    with pytest.raises(Refused) as refused:
        counter.do(TakeBack, returned=(), delivery=delivery)
    assert refused.value.code == "nothing_chosen"


def test_the_delivery_of_an_order_that_is_not_paid_does_not_go_back(counter):
    counter.product("Mug", 100_000, stock=5)
    order = counter.sell(("mug", 1), pay=[cash(50_000)], deposit=True, shipping_minor=150_000)
    assert returnable(counter.reader, order.number).delivery_minor == 0
    with pytest.raises(Refused) as refused:
        counter.do(TakeBack, returned=(), delivery={order.id: 50_000})
    assert refused.value.code == "not_confirmed"


def test_delivery_with_its_tax_goes_back_and_its_tax_leaves(counter):
    counter.product("Mug", 100_000, stock=5)
    line = WebLine("7-0", "mug", "MUG", "mug", 1, 100_000, 100_000, {}, 0)
    order_id = counter.web_order("7", {}, terms=WebTerms((line,), 100_000, {"VAT": 7_500}, 0, {}, 0, "7"))
    counter.told(order_id, 207_500, PaymentState.SUCCEEDED)
    counter.do(HandOver, order_id=order_id)
    order = counter.order(order_id)
    assert returnable(counter.reader, order.number).delivery_minor == 107_500
    counter.take_back(order, 1, delivery={order_id: 107_500}, route="own", reference="T-1")
    assert (counter.order(order_id).contribution_taxes, counter.sales) == ({}, 0)
