"""What a receipt says: of a cash sale with change, of taxes both ways, of what came back, of an exchange."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from posapp.commands.counter import Sell, Tender
from posapp.commands.orders import EditOrder, HandOver
from posapp.commands.returns import Returned, TakeBack, TakeBackUnknown
from posapp.commands.shop import MAIN_LOCATION, ChangeSetting
from posapp.domain.orders import Status
from posapp.domain.payments import PaymentStatus
from posapp.domain.sale_line import SaleLine
from posapp.gui.paper_receipt import return_rows
from posapp.queries.receipt import Receipt, receipt_of


def sell(shop, lines, tenders, **fields) -> str:
    order_id = shop.new_id("sale")
    shop.do(
        Sell,
        order_id=order_id,
        location_id=MAIN_LOCATION,
        lines=tuple(lines),
        tenders=tuple(tenders),
        **fields,
    )
    return order_id


def taxed(shop, *, included: bool) -> None:
    for key, value in (("tax_basis_points", "750"), ("tax_included", "true" if included else "false")):
        shop.do(ChangeSetting, key=key, value=value)


def of(shop, order_id) -> Receipt:
    receipt = receipt_of(shop.reader, order_id)
    assert receipt is not None
    assert_adds_up(receipt)
    return receipt


def assert_adds_up(r: Receipt) -> None:
    between = -r.discount_minor + r.tax_on_top_minor + r.delivery_minor + r.fees_minor + r.rounding_minor
    assert r.goods_minor == sum(line.amount_minor for line in r.lines)
    assert r.goods_minor + between + r.adjustment_minor == r.sold_minor
    assert r.sold_minor - r.gone_minor == r.total_minor


@pytest.fixture
def mug(shop):
    return shop.product("Mug", 150_000, stock=50)


def test_a_cash_sale_with_change(shop, mug):
    order_id = sell(
        shop,
        [SaleLine(mug, 3, discount_minor=5_000)],
        [Tender("cash", 445_000, given_minor=500_000)],
        note="gift",
    )
    receipt = of(shop, order_id)
    (line,) = receipt.lines
    assert (line.name, line.quantity, line.unit_price_minor, line.amount_minor, line.discount_minor) == (
        "Mug", 3, 150_000, 450_000, 5_000,
    )  # fmt: skip
    (tender,) = receipt.tenders
    assert (tender.method, tender.amount_minor, tender.given_minor, tender.change_minor) == (
        "cash", 445_000, 500_000, 55_000,
    )  # fmt: skip
    assert (receipt.discount_minor, receipt.total_minor, receipt.balance_minor) == (5_000, 445_000, 0)
    assert (receipt.staff, receipt.till, receipt.shop, receipt.note) == (
        "Adaeze",
        "A",
        "Adaeze Stores",
        "gift",
    )
    assert receipt.code == shop.order(order_id).local_ref
    assert receipt.payment_status == PaymentStatus.PAID


def test_split_tenders_keep_their_references(shop, mug):
    tenders = [Tender("cash", 50_000, given_minor=50_000), Tender("transfer", 100_000, reference="FT 88")]
    receipt = of(shop, sell(shop, [SaleLine(mug, 1)], tenders))
    assert [(t.method, t.amount_minor, t.given_minor, t.reference) for t in receipt.tenders] == [
        ("cash", 50_000, 0, ""),
        ("transfer", 100_000, 0, "FT 88"),
    ]


def test_a_tax_that_prices_contain_is_named_and_not_added(shop, mug):
    taxed(shop, included=True)
    receipt = of(shop, sell(shop, [SaleLine(mug, 2)], [Tender("cash", 300_000)]))
    assert receipt.tax_on_top_minor == 0
    assert [(tax.name, tax.amount_minor) for tax in receipt.taxes] == [("VAT", 20_930)]


def test_a_tax_on_top_is_added(shop, mug):
    taxed(shop, included=False)
    receipt = of(shop, sell(shop, [SaleLine(mug, 2)], [Tender("cash", 322_500)]))
    assert (receipt.goods_minor, receipt.tax_on_top_minor, receipt.total_minor) == (300_000, 22_500, 322_500)


def test_rounding_is_a_figure_of_its_own(shop):
    shop.do(ChangeSetting, key="cash_step_minor", value="500")
    sweet = shop.product("Sweet", 1_230, stock=9)
    receipt = of(shop, sell(shop, [SaleLine(sweet, 1)], [Tender("cash", 1_000)], rounding_minor=-230))
    assert (receipt.rounding_minor, receipt.total_minor) == (-230, 1_000)


def test_what_is_given_back_rounded_leaves_the_sale_as_it_was(shop):
    shop.do(ChangeSetting, key="cash_step_minor", value="500")
    sweet = shop.product("Sweet", 1_230, stock=9)
    order_id = sell(shop, [SaleLine(sweet, 2)], [Tender("cash", 2_500)], rounding_minor=40)
    line = shop.order(order_id).lines[0].id
    shop.do(TakeBack, returned=(Returned(order_id, line, 1, True),), route="cash", reason="sticky")
    receipt = of(shop, order_id)
    assert (receipt.sold_minor, receipt.rounding_minor) == (2_500, 40)
    rows = list(return_rows(receipt))
    assert receipt.sold_minor + sum(minor for _, minor in rows) == receipt.total_minor
    assert rows[0] == ("Returned 1 × Sweet", -1_230)


def test_delivery_that_is_given_back_is_named(shop):
    shop.product("Tote", 200_000, stock=1)
    order_id = shop.place({"tote": 2}, shipping_minor=50_000)
    shop.pay(order_id)
    shop.resolve(order_id, "refund_excess", shipping_minor=50_000)
    receipt = of(shop, order_id)
    assert receipt.delivery_minor == 50_000
    rows = dict(return_rows(receipt))
    assert rows == {"Returned 1 × Tote": -200_000, "Delivery given back": -50_000}
    assert receipt.sold_minor + sum(rows.values()) == receipt.total_minor


def test_what_came_back_stands_beneath_and_the_sale_stays_as_it_was(shop, mug):
    order_id = sell(shop, [SaleLine(mug, 3)], [Tender("cash", 450_000)])
    line = shop.order(order_id).lines[0].id
    shop.do(TakeBack, returned=(Returned(order_id, line, 1, True),), route="cash", reason="too small")
    receipt = of(shop, order_id)
    assert (receipt.lines[0].quantity, receipt.sold_minor) == (3, 450_000)
    assert [(back.name, back.quantity, back.amount_minor) for back in receipt.returns] == [
        ("Mug", 1, 150_000)
    ]
    assert [(money.route, money.amount_minor) for money in receipt.refunds] == [("cash", 150_000)]
    assert (receipt.gone_minor, receipt.total_minor) == (150_000, 300_000)


def test_an_exchange_names_the_goods_of_the_other_order(shop, mug):
    old = sell(shop, [SaleLine(mug, 1)], [Tender("cash", 150_000)])
    jug = shop.product("Jug", 200_000, stock=5)
    line = shop.order(old).lines[0].id
    new = sell(shop, [SaleLine(jug, 1)], [Tender("cash", 50_000)], returned=(Returned(old, line, 1, True),))
    receipt = of(shop, new)
    assert sorted((t.method, t.amount_minor) for t in receipt.tenders) == [
        ("cash", 50_000),
        ("exchange", 150_000),
    ]
    (back,) = receipt.returns
    assert (back.name, back.quantity, back.amount_minor, back.number) == (
        "Mug",
        1,
        150_000,
        shop.order(old).number,
    )
    assert receipt.gone_minor == 0


def test_a_return_without_a_receipt_says_what_it_is(shop, mug):
    order_id = shop.new_id("unknown")
    shop.do(
        TakeBackUnknown, order_id=order_id, location_id=MAIN_LOCATION, lines=(SaleLine(mug, 1),), restock=True,
        route="cash", reason="gift",
    )  # fmt: skip
    receipt = of(shop, order_id)
    assert receipt.no_receipt
    assert receipt.total_minor == 0
    assert [back.amount_minor for back in receipt.returns] == [150_000]


def test_an_order_to_be_paid_says_what_is_missing_and_what_was_announced(shop, mug):
    order_id = sell(shop, [SaleLine(mug, 1)], [Tender("transfer", 150_000, awaiting=True)])
    receipt = of(shop, order_id)
    assert (receipt.payment_status, receipt.balance_minor) == (PaymentStatus.UNPAID, 150_000)
    assert [tender.awaited for tender in receipt.tenders] == [True]


def test_units_that_were_edited_away_are_not_on_it(shop, mug):
    taxed(shop, included=True)
    order_id = shop.place({mug: 3}, discount_minor=30_000)
    order = shop.order(order_id)
    shop.do(EditOrder, order_id=order_id, seen_version=order.version, wanted={order.lines[0].id: 2})
    receipt = of(shop, order_id)
    assert receipt.lines[0].quantity == 2
    assert receipt.total_minor == shop.order(order_id).total_minor


def test_a_cancelled_order_shows_what_went_back(shop, mug):
    order_id = shop.sold({mug: 1})
    shop.do(HandOver, order_id=order_id)
    line = shop.order(order_id).lines[0].id
    shop.do(TakeBack, returned=(Returned(order_id, line, 1, True),), route="cash")
    receipt = of(shop, order_id)
    assert (receipt.status, receipt.total_minor, receipt.balance_minor) == (Status.CANCELLED, 0, 0)
    assert receipt.sold_minor == 150_000


def test_a_web_shop_s_own_figures_are_not_made_ours(shop):
    shop.product("Tote", 200_000, stock=5)
    order_id = shop.web_order("88", {"tote": (2, 190_000)})
    receipt = of(shop, order_id)
    assert (receipt.staff, receipt.sold_minor) == ("", 380_000)


def test_there_is_no_receipt_of_no_order(shop):
    assert receipt_of(shop.reader, "nothing") is None


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_every_sale_adds_up(shop, data):
    """Whatever prices, quantities, discounts and tax: the figures on the paper add up to its total."""
    taxed(shop, included=data.draw(st.booleans(), label="included"))
    lines = []
    for at in range(data.draw(st.integers(1, 4), label="lines")):
        price = data.draw(st.integers(1, 3_000_000), label="price")
        product = shop.product("Thing", price, product_id=shop.new_id(f"thing-{at}"), track_stock=False)
        quantity = data.draw(st.integers(1, 9), label="quantity")
        off = data.draw(st.integers(0, price * quantity), label="off")
        lines.append(SaleLine(product, quantity, discount_minor=off))
    order_id = sell(shop, lines, (), deposit=True, discount_bp=data.draw(st.integers(0, 3_000), label="bp"))
    receipt = of(shop, order_id)
    assert receipt.adjustment_minor == 0
