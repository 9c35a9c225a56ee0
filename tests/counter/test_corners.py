"""What seldom happens at a counter, and must be right when it does."""

import pytest

from posapp.commands.catalogue import SaveProduct
from posapp.commands.counter import Sell
from posapp.commands.locations import AddLocation
from posapp.commands.masking import masked
from posapp.commands.orders import HandOver
from posapp.commands.payments import RecordPayment
from posapp.commands.returns import Returned, TakeBack, TakeBackUnknown
from posapp.commands.shop import MAIN_LOCATION, ChangeSetting
from posapp.domain.errors import Refused
from posapp.domain.orders import ShipStatus, Status
from posapp.domain.payments import PaymentState
from posapp.domain.sales import Short
from posapp.queries.collecting import collectable
from posapp.queries.returning import foresee_return, returnable_of
from posapp.queries.sale_foresight import foresee_sale
from tests.counter.till import SaleLine, cash


def bundle(counter):
    counter.product("Mug", 100_000, stock=5)
    counter.product("Spoon", 20_000, stock=4)
    counter.do(
        SaveProduct, product_id="set", name="Gift set", sku="SET", barcode="", price_minor=130_000, track_stock=True,
        components={"mug": 1, "spoon": 2},
    )  # fmt: skip


def test_a_bundle_is_sold_and_comes_back_by_its_components(counter):
    bundle(counter)
    order = counter.sell(("set", 2), ("mug", 1))
    assert (counter.stock("mug"), counter.stock("spoon")) == ((2, 0, 2), (0, 0, 0))
    counter.take_back(order, 1)
    assert (counter.stock("mug"), counter.stock("spoon")) == ((3, 0, 3), (2, 0, 2))
    counter.replayed()


def test_a_short_bundle_names_the_component_that_is_missing(counter):
    bundle(counter)
    with pytest.raises(Short) as short:
        counter.sell(("set", 3))
    (item,) = short.value.items
    assert (item.item_id, item.name, item.wanted, item.free, item.product_ids) == (
        "spoon",
        "Spoon",
        6,
        4,
        ("set",),
    )
    counter.sell(("set", 3), found={"spoon": 2})
    assert counter.stock("spoon") == (0, 0, 0)


def test_the_same_goods_on_two_lines_are_one_demand(counter):
    counter.product("Mug", 100_000, stock=3)
    with pytest.raises(Short) as short:
        counter.sell(("mug", 2), ("mug", 2, 90_000))
    assert [(item.wanted, item.free) for item in short.value.items] == [(4, 3)]


def test_what_is_not_counted_is_never_short_and_moves_nothing(counter):
    counter.product("Service", 100_000, track_stock=False)
    order = counter.sell(("service", 7))
    assert order.status == Status.COMPLETED
    counter.take_back(order, 7)
    assert counter.reader.value("SELECT COUNT(*) FROM movement") == 0
    counter.replayed()


def test_a_sale_that_costs_nothing_needs_no_money(counter):
    counter.product("Sample", 100_000, stock=1)
    order = counter.sell(SaleLine("sample", 1, discount_bp=10_000), pay=[])
    assert (order.status, order.total_minor, counter.sales) == (Status.COMPLETED, 0, 0)
    back = counter.take_back(order)
    assert (back.status, back.parts) == (Status.CANCELLED, [])
    counter.replayed()


def test_an_order_for_somebody_who_pays_later_has_delivery_and_a_note(counter):
    counter.product("Wig", 2_000_000, stock=1)
    order = counter.sell(
        ("wig", 1),
        pay=[],
        deposit=True,
        shipping_minor=150_000,
        note="to Lekki",
        contact_id=counter.customer("Ada"),
    )
    assert (order.status, order.total_minor, order.note) == (Status.OPEN, 2_150_000, "to Lekki")
    counter.pay(order.id)
    (found,) = collectable(counter.reader, "Ada")
    assert (found.order_id, found.units, found.lines[0].name) == (order.id, 1, "Wig")
    counter.do(HandOver, order_id=order.id)
    assert collectable(counter.reader) == []
    back = counter.take_back(counter.order(order.id))
    assert (back.status, back.total_minor, counter.sales) == (Status.COMPLETED, 150_000, 150_000)


def test_part_of_an_order_that_waits_can_be_collected(counter):
    counter.product("Mug", 100_000, stock=5)
    order = counter.sell(("mug", 5), hand_over=False)
    assert (order.status, counter.stock("mug")) == (Status.PROCESSING, (5, 5, 0))
    counter.do(HandOver, order_id=order.id, units={order.lines[0].id: 2})
    (found,) = collectable(counter.reader, order.number)
    assert found.units == 3
    assert returnable_of(counter.reader, order.id).units == 2


def test_one_sale_is_made_once(counter):
    counter.product("Mug", 100_000, stock=5)
    order = counter.sell(("mug", 1))
    with pytest.raises(Refused) as refused:
        counter.sell(("mug", 1), order_id=order.id)
    assert refused.value.code == "done_already"


def test_two_counters_and_one_last_unit(counter):
    counter.product("Mug", 100_000, stock=1)
    first, second = (counter.sale(("mug", 1)) for _ in range(2))
    futures = [counter.desk.submit(each) for each in (first, second)]
    futures[0].result()
    with pytest.raises(Short) as short:
        futures[1].result()
    assert short.value.items[0].cause.order_id == first.order_id
    counter.check()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"lines": ()}, "no_lines"),
        ({"lines": (SaleLine("nothing", 1),)}, "product_not_found"),
        ({"lines": (SaleLine("mug", 0),)}, "bad_quantity"),
        ({"lines": (SaleLine("mug", 1, -1),)}, "no_price"),
        ({"lines": (SaleLine("mug", 1_000_000, 10**15),)}, "bad_amount"),
        ({"location_id": "nowhere"}, "location_not_found"),
        ({"shipping_minor": -1}, "bad_amount"),
        ({"discount_bp": 10_001}, "bad_discount"),
        ({"found": {"service": 1}, "lines": (SaleLine("mug", 2),)}, "bad_item"),
        ({"found": {"mug": -1}, "lines": (SaleLine("mug", 2),)}, "bad_item"),
        ({"tenders": (cash(100_000, 99_999),)}, "bad_amount"),
        ({"tenders": (cash(100_000, 10**30),)}, "bad_amount"),
        ({"tenders": (cash(10**30),)}, "too_much"),
        ({"rounding_minor": -(10**30)}, "bad_rounding"),
        ({"discount_minor": 10**30}, "bad_discount"),
        ({"returned": (Returned("nothing", "line", 1, True),)}, "order_not_found"),
        ({"returned": (Returned("", "", 1, True),), "payout_route": "shop"}, "bad_route"),
    ],
)
def test_a_sale_without_sense_is_refused_whole(counter, fields, code):
    counter.product("Mug", 100_000, stock=1)
    counter.product("Service", 1, track_stock=False)
    values = {"order_id": "sale", "location_id": MAIN_LOCATION, "lines": (SaleLine("mug", 1),)}
    values |= {"tenders": (cash(100_000),)} | fields
    if values["lines"] == (SaleLine("mug", 2),):
        values["tenders"] = (cash(200_000),)
    with pytest.raises(Refused) as refused:
        counter.do(Sell, **values)
    assert refused.value.code == code
    assert counter.reader.value("SELECT COUNT(*) FROM orders") == 0


def test_archived_goods_are_not_sold_but_come_back_without_a_receipt(counter):
    counter.product("Mug", 100_000, archived=True)
    with pytest.raises(Refused) as refused:
        counter.sell(("mug", 1), pay=[cash(100_000)])
    assert refused.value.code == "archived"
    counter.do(
        TakeBackUnknown, order_id="old", location_id=MAIN_LOCATION, lines=(SaleLine("mug", 1),), restock=False,
        route="hand", reference="T-1", reason="faulty",
    )  # fmt: skip
    assert (counter.sales, counter.stock("mug")) == (-100_000, (0, 0, 0))


def test_a_web_order_comes_back_over_the_counter(counter):
    counter.product("Mug", 100_000, stock=2)
    order_id = counter.web_order("77", {"mug": (2, 90_000)})
    counter.told(order_id, 180_000, PaymentState.SUCCEEDED)
    counter.do(HandOver, order_id=order_id)
    back = counter.take_back(counter.order(order_id), 2, route="own", reference="T-3")
    assert [(part.route, part.amount_minor) for part in back.parts] == [("hand", 180_000)]
    assert (back.status, back.ship_status, counter.sales) == (Status.CANCELLED, ShipStatus.RETURNED, 0)
    counter.replayed()


def test_goods_come_back_to_the_shop_where_they_are_brought(counter):
    counter.product("Mug", 100_000, stock=1)
    lekki = counter.do(AddLocation, name="Lekki").answer
    order = counter.sell(("mug", 1))
    back = (Returned(order.id, order.lines[0].id, 1, True),)
    counter.do(TakeBack, returned=back, location_id=lekki)
    rows = counter.reader.rows("SELECT location_id, on_hand FROM level ORDER BY on_hand")
    assert rows == [(MAIN_LOCATION, 0), (lekki, 1)]


def test_what_is_foreseen_of_an_exchange_is_what_it_does(counter):
    counter.product("Small", 150_000, stock=5)
    counter.product("Large", 250_000, stock=5)
    order = counter.sell(("large", 1))
    back = (Returned(order.id, order.lines[0].id, 1, True),)
    command = counter.sale(("small", 1), pay=[], returned=back)
    seen = foresee_sale(counter.reader, command, counter.now)
    assert (seen.exchanged_minor, seen.to_pay_minor, seen.payout_minor) == (150_000, 0, 100_000)
    counter.desk.do(command)
    parts = {part.route: part.amount_minor for part in counter.order(order.id).parts}
    assert parts == {"exchange": 150_000, "cash": 100_000}
    refused = counter.command(TakeBack, returned=back)
    with pytest.raises(Refused):
        foresee_return(counter.reader, refused, counter.now)


def test_what_comes_back_serves_who_waits_before_the_new_sale(counter):
    counter.product("Mug", 100_000, stock=1)
    order = counter.sell(("mug", 1))
    waiting = counter.sold({"mug": 1})
    back = (Returned(order.id, order.lines[0].id, 1, True),)
    with pytest.raises(Short):
        counter.sell(("mug", 1), pay=[], returned=back)
    counter.do(ChangeSetting, key="auto_fill", value="false")
    assert counter.order(waiting).short_units == 1


def test_a_provider_reference_is_never_taken_for_a_card(counter):
    number = "4111111111111111"
    told = counter.command(
        RecordPayment, order_id="o", provider="paystack", provider_ref=number, reference=number, method="card",
        gross_minor=1, customer_fee_minor=0, state=PaymentState.SUCCEEDED, paid_at=counter.now,
    )  # fmt: skip
    assert masked(told) is told
    sale = counter.command(
        Sell, order_id="o", location_id=MAIN_LOCATION, lines=(SaleLine("mug", 1, note=number),), note=number,
        payout_reference=number,
    )  # fmt: skip
    clean = masked(sale)
    assert (clean.note, clean.payout_reference, clean.lines[0].note) == ("•••• 1111",) * 3
    assert (clean.id, clean.lines[0].product_id) == (sale.id, "mug")
