"""Orders and refunds as a running shop told them."""

from datetime import UTC, datetime
from typing import Any

import pytest

from posapp.domain.feed import MAX_TEXT, ShopCharge, ShopOrder, Unreadable
from posapp.sync.connectors.woocommerce_read import read_order
from tests.sync.connectors.recordings import FOLDER, body, packed_order

ORDERS = (
    "20-order-create-pending",
    "20-order-set-paid",
    "20-order-complete",
    "21-order-create-onhold",
    "21-order-onhold-to-cancelled",
    "22-order-coupon-tax-shipping-incl",
    "22-order-coupon-tax-shipping-excl",
    "22-order-own-line-total",
    "23-order-variation",
    "23-order-empty",
    "31-order-after-all-refunds",
    "42-order-get-trashed",
    "54-legacy-cpt-date_paid",
    "60-storefront-order-cod-as-seen-by-rest",
    "84-meta-types",
)


def read(name: str, **changes: Any) -> ShopOrder:
    return read_order(packed_order(body(name) | changes))


def parts_of(order: ShopOrder) -> int:
    lines = sum(line.net_minor + sum(line.taxes.values()) for line in order.lines)
    charges = sum(c.net_minor + sum(c.taxes.values()) for c in (order.shipping, order.fees))
    return lines + charges


@pytest.mark.parametrize("name", ORDERS)
def test_the_parts_of_a_recorded_order_add_up_to_its_total(name: str) -> None:
    order = read(name)
    assert parts_of(order) == order.total_minor
    assert order.total_minor == round(float(body(name)["total"]) * 100)


@pytest.mark.parametrize("name", ORDERS)
def test_nothing_had_to_be_put_into_the_fees_of_a_recorded_order(name: str) -> None:
    told = sum(round(float(fee["total"]) * 100) for fee in body(name)["fee_lines"])
    assert read(name).fees.net_minor == told


def test_the_shops_own_figures_are_the_snapshot() -> None:
    order = read("22-order-coupon-tax-shipping-incl")
    oil, bread, gele = order.lines
    assert (oil.quantity, oil.net_minor, oil.taxes) == (3, 301393, {"1": 22605})
    assert (bread.net_minor, bread.taxes) == (144000, {})
    assert gele.name == "Ọ̀pá “àṣẹ” & Gèlè – ₦"
    assert oil.unit_price_minor == 119999  # (3348.81 + 251.16) / 3, prices include tax
    assert oil.taken_by_shop == 3
    assert order.shipping == ShopCharge(150000, {"1": 11250})
    assert order.fees == ShopCharge(9999, {"1": 750})
    assert order.discount_minor == 114606
    assert order.contact.name == "Ada Obi"
    assert order.contact.note == "Please call – “gate 2”"
    assert order.paid_at == datetime(2026, 11, 23, 3, 5, 29, tzinfo=UTC)


def test_a_shop_without_tax_in_its_prices_shows_unit_prices_without_it() -> None:
    told = body("22-order-coupon-tax-shipping-excl")
    assert told["prices_include_tax"] is False
    line, order = told["line_items"][0], read("22-order-coupon-tax-shipping-excl")
    assert order.lines[0].unit_price_minor == round(float(line["subtotal"]) * 100 / line["quantity"])


def test_processing_without_a_date_of_payment_is_not_paid() -> None:
    order = read("60-storefront-order-cod-as-seen-by-rest")
    assert (order.status, order.paid_at, order.payment_method) == ("processing", None, "cod")
    assert order.contact.address == "5 Marina, Lagos, LA, 100001, NG"


def test_a_line_names_its_variation_and_its_product() -> None:
    shirt, cap = read("23-order-variation").lines
    assert (shirt.product_id, shirt.variation_id, shirt.sku) == ("19", "21", "ANK-M-Red")
    assert (cap.product_id, cap.variation_id) == ("23", "24")
    assert read("23-order-parent-without-variation").lines[0].variation_id == ""


def test_a_line_whose_product_is_forgotten_names_none() -> None:
    told = body("20-order-set-paid")
    told["line_items"][0] |= {"product_id": 0, "variation_id": 0, "sku": None}
    line = read_order(packed_order(told)).lines[0]
    assert (line.product_id, line.sku) == ("", "")


def test_refunds_are_positive_and_point_to_their_lines() -> None:
    order = read_order(packed_order(body("31-order-after-all-refunds"), body("31-refunds-list")))
    assert [refund.remote_id for refund in order.refunds] == ["141", "142", "143", "144", "146"]
    first, goodwill, last = order.refunds[0], order.refunds[3], order.refunds[4]
    assert (first.amount_minor, first.reason) == (50000, "2 bottles leaked")
    (line,) = first.lines
    assert (line.line_id, line.quantity, line.net_minor, line.tax_minor) == ("32", 2, 46512, 3488)
    assert (goodwill.amount_minor, goodwill.lines) == (10000, ())
    assert (last.amount_minor, last.lines[0].quantity) == (
        100,
        50,
    )  # the shop checks no quantity; we say it as it is


def test_a_shop_that_put_back_more_than_it_took_has_taken_nothing() -> None:
    assert [line.taken_by_shop for line in read("31-order-after-all-refunds").lines] == [0, 2]


def test_a_refund_of_goods_without_money_is_read() -> None:
    refund = body("33-refund-qty-no-money")
    order = read_order(packed_order(body("20-order-set-paid"), [refund]))
    assert (order.refunds[0].amount_minor, order.refunds[0].lines[0].quantity) == (0, 1)


def test_our_reference_comes_back_with_the_refund() -> None:
    refund = body("31-refunds-list")[0]
    refund["meta_data"].append({"id": 1, "key": "_posapp_ref", "value": "R-7-1"})
    assert read_order(packed_order(body("20-order-set-paid"), [refund])).refunds[0].our_reference == "R-7-1"


def test_a_total_that_a_plugin_lowered_is_what_was_paid() -> None:
    order = read("20-order-set-paid", total="700.00")
    told = round(float(body("20-order-set-paid")["total"]) * 100)
    assert (order.total_minor, order.fees.net_minor) == (70000, 70000 - told)
    assert parts_of(order) == order.total_minor


def test_a_line_that_gives_money_is_a_fee() -> None:
    told = body("20-order-set-paid")
    gift = told["line_items"][0] | {"id": 9001, "total": "-100.00", "total_tax": "-7.50", "taxes": []}
    told["line_items"].append(gift)
    order = read_order(packed_order(told))
    assert "9001" not in [line.remote_id for line in order.lines]
    assert parts_of(order) == order.total_minor


def test_tax_parts_that_the_shop_did_not_round_add_up_to_the_tax_it_says() -> None:
    told = body("20-order-set-paid")
    line = told["line_items"][0]
    line["taxes"] = [{"id": 1, "total": "26.166667"}, {"id": 2, "total": "26.166667"}]
    taxes = read_order(packed_order(told)).lines[0].taxes
    assert sum(taxes.values()) == round(float(line["total_tax"]) * 100)
    assert set(taxes) == {"1", "2"}


def test_one_state_has_one_digest_and_another_has_another() -> None:
    first = read("20-order-set-paid")
    assert read("20-order-set-paid", date_modified_gmt="2026-11-23T03:30:00").digest == first.digest
    assert read("20-order-set-paid", payment_url="https://elsewhere.example.test").digest == first.digest
    assert read("20-order-set-paid", status="completed").digest != first.digest
    assert read("20-order-set-paid", order_key="wc_order_other").digest != first.digest


def test_two_orders_that_bear_one_id_differ_in_their_key() -> None:
    assert read("20-order-set-paid").key != read("20-order-set-paid", order_key="wc_order_other").key
    assert "wc_order" not in read("20-order-set-paid").key


def test_trashed_is_a_status_and_gone_is_one_too() -> None:
    assert read("42-order-get-trashed").status == "trash"
    gone = read_order(b'{"seen_at":"2026-11-23T04:00:00Z","gone":{"id":"156"}}')
    assert (gone.remote_id, gone.status) == ("156", "gone")


@pytest.mark.parametrize(
    ("currency", "total", "minor"),
    [
        ("JPY", "1500", 1500),
        ("JPY", "1500.00", 1500),
        ("KWD", "1.250", 1250),
        ("NGN", "12.5", 1250),
        ("NGN", "7", 700),
    ],
)
def test_amounts_count_the_smallest_unit_of_their_currency(currency: str, total: str, minor: int) -> None:
    assert read("23-order-empty", currency=currency, total=total).total_minor == minor


@pytest.mark.parametrize(
    "changes",
    [
        {"total": "1e5"},
        {"total": "NaN"},
        {"total": "Infinity"},
        {"total": ""},
        {"total": None},
        {"total": "12.345"},
        {"total": "-5.00"},
        {"total": 12.5},
        {"total": "99999999999999.00"},
        {"currency": "naira"},
        {"currency": ""},
        {"id": 0},
        {"id": -4},
        {"id": "12; drop"},
        {"status": None},
        {"date_created_gmt": None},
        {"date_created_gmt": "yesterday"},
        {"date_created_gmt": "1969-01-01T00:00:00"},
        {"date_paid_gmt": "2099-01-01T00:00:00"},
        {"date_paid_gmt": "2026-02-31T00:00:00"},
        {"line_items": "none"},
        {"line_items": None},
        {"billing": 7},
    ],
)
def test_an_order_that_cannot_be_believed_is_unreadable(changes: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        read("20-order-set-paid", **changes)


@pytest.mark.parametrize("quantity", [0, -1, 1_000_001, 0.75, "2.5", None, "many", True, 10**30])
def test_a_quantity_outside_one_to_a_million_is_unreadable(quantity: Any) -> None:
    told = body("20-order-set-paid")
    told["line_items"][0]["quantity"] = quantity
    with pytest.raises(Unreadable, match=r"quantity|expected"):
        read_order(packed_order(told))


def test_two_lines_with_one_id_are_unreadable() -> None:
    told = body("20-order-set-paid")
    told["line_items"] *= 2
    with pytest.raises(Unreadable, match="one id"):
        read_order(packed_order(told))


def test_hostile_names_become_plain_words() -> None:
    told = body("20-order-set-paid")
    told["line_items"][0]["name"] = "<script>x</script>\u202eevil\x00\n &lt;img src=x&gt;" + "A" * 1_000_000
    told["billing"]["first_name"] = "<b>Ada</b>\u2066"
    order = read_order(packed_order(told))
    name = order.lines[0].name
    assert name.startswith("x evil A")
    assert len(name) <= MAX_TEXT
    assert not set(name) & set("<>\x00\u202e\n")
    assert order.contact.name.startswith("Ada")


def test_every_recording_that_this_stands_on_is_there() -> None:
    assert all((FOLDER / f"{name}.json").exists() for name in ORDERS)
