"""Customers pay on the web shop's page; the provider tells of money that WooCommerce has no words for."""

import pytest

from tests.stories.house import figures, next_second, standing

PRICE = 1_500_000


@pytest.fixture
def sold(shop, till):
    """A new product with ten there, a customer who wants one, and what Total Sales rise by."""
    sku, before = shop.product(10), till.sold()
    return sku, shop.buyer(), lambda: till.sold() - before


def test_paid_now(shop, till, sold):
    sku, buyer, rise = sold
    web = buyer.buy((sku, 2), payment="now")
    till.sync()
    order = till.order(web)
    assert (standing(order), figures(order), order["attention"]) == (("PROCESSING", "PAID"), (2, 2, 0), [])
    assert (order["customer"], [p["provider"] for p in order["payments"]]) == ("Bola Ade", ["paystack"])
    assert (till.level(sku), rise()) == ((10, 2, 8), 2 * PRICE)


def test_a_deposit_holds_nothing_and_the_rest_confirms(shop, till, sold):
    sku, buyer, rise = sold
    web = buyer.buy((sku, 1), payment="part")
    till.sync()
    order = till.order(web)
    assert (standing(order), order["paid_minor"], order["balance_minor"]) == (
        ("OPEN", "PARTIALLY_PAID"), PRICE // 2, PRICE // 2,
    )  # fmt: skip
    assert (till.level(sku), rise()) == ((10, 0, 10), 0)
    buyer.press("Pay the rest")
    till.sync()
    order = till.order(web)
    assert (standing(order), len(order["payments"]), till.level(sku)) == (
        ("PROCESSING", "PAID"),
        2,
        (10, 1, 9),
    )
    assert rise() == PRICE


def test_paid_twice_and_too_much(shop, till, sold):
    sku, _buyer, rise = sold
    twice, more, kept = (shop.buyer().buy((sku, 1), payment=how) for how in ("twice", "too_much", "too_much"))
    till.sync()
    first, second, third = till.orders(twice, more, kept)
    assert [standing(order) for order in (first, second)] == [("PROCESSING", "PAID")] * 2
    assert (first["attention"], first["paid_minor"]) == (["DUPLICATE_PAYMENT"], 2 * PRICE)
    assert (second["attention"], second["paid_minor"]) == (["OVERPAYMENT"], PRICE + 100_000)
    assert (till.level(sku), rise()) == ((10, 3, 7), 3 * PRICE)
    first = till("resolve", first["number"], "refund")
    second = till("resolve", second["number"], "refund-difference")
    third = till("resolve", third["number"], "keep-credit")
    assert [(o["paid_minor"], o["refunded_minor"], o["attention"]) for o in (first, second, third)] == [
        (PRICE, PRICE, []), (PRICE, 100_000, []), (PRICE + 100_000, 0, []),
    ]  # fmt: skip
    assert (first["refunds"][0]["kind"], rise()) == ("OVERPAY", 3 * PRICE)
    third = till("cancel", third["number"])
    assert (third["refunded_minor"], rise()) == (PRICE + 100_000, 2 * PRICE)


def test_a_slow_bank(shop, till, sold):
    sku, buyer, rise = sold
    other = shop.buyer()
    web, never = buyer.buy((sku, 1), payment="slow"), other.buy((sku, 1), payment="slow")
    till.sync()
    order = till.order(web)
    assert (standing(order), order["payments"][0]["state"], order["paid_minor"]) == (
        ("OPEN", "UNPAID"),
        "PENDING",
        0,
    )
    assert (till.level(sku), rise()) == ((10, 0, 10), 0)
    assert till.refused("resolve", web["id"], "check-payment") == "no_case", "it is not late yet"
    buyer.press("The bank answers")
    other.press("The bank declines")
    till.sync()
    first, second = till.orders(web, never)
    assert (standing(first), standing(second)) == (("PROCESSING", "PAID"), ("OPEN", "UNPAID"))
    assert (second["payments"][0]["state"], second["attention"]) == ("FAILED", [])
    assert (till.level(sku), rise()) == ((10, 1, 9), PRICE)


def test_money_for_a_cancelled_order(shop, till, sold):
    sku, _, rise = sold
    one, other = (shop.buyer().buy((sku, 1), payment="after_cancelling") for _ in range(2))
    till.sync()
    for order in till.orders(one, other):
        assert (standing(order), order["attention"]) == (("CANCELLED", "UNPAID"), ["LATE_PAYMENT"])
        assert (order["owed_minor"], order["paid_minor"], order["payments"][0]["applied"]) == (
            PRICE,
            0,
            False,
        )
    assert (till.level(sku), rise()) == ((10, 0, 10), 0)
    order = till("resolve", one["id"], "accept")
    assert (standing(order), figures(order), order["owed_minor"]) == (("PROCESSING", "PAID"), (1, 1, 0), 0)
    order = till("resolve", other["id"], "refund")
    assert (order["status"], order["owed_minor"], order["refunded_minor"]) == ("CANCELLED", 0, PRICE)
    assert (order["refunds"][0]["kind"], order["refunds"][0]["sales_minor"]) == ("LATE", 0)
    assert (till.level(sku), rise()) == ((10, 1, 9), PRICE)


def test_refunded_whole_cannot_be_revived_by_an_old_link(shop, till, sold):
    sku, buyer, rise = sold
    web = buyer.buy((sku, 1), payment="now")
    till.sync()
    till("cancel", web["id"])
    other = shop.place((sku, 99), paid=True)
    till.sync()
    till("resolve", other["id"], "refund-order")
    till("pay", other["id"], "--amount-minor", 99 * PRICE)
    assert till.order(other)["attention"] == ["LATE_PAYMENT"]
    assert till.refused("resolve", other["id"], "accept") == "refunded"
    order = till("resolve", other["id"], "refund")
    assert (order["status"], order["owed_minor"], rise()) == ("CANCELLED", 0, 0)
    assert till.level(sku) == (10, 0, 10)


def test_the_bank_takes_money_back(shop, till, sold):
    sku, buyer, rise = sold
    before_leaving, after_leaving = buyer.buy((sku, 1)), shop.buyer()
    web = after_leaving.buy((sku, 1))
    till.sync()
    till("hand-over", web["id"])
    buyer.press("The bank takes it back")
    after_leaving.press("The bank takes it back")
    till.sync()
    for order in till.orders(before_leaving, web):
        assert (order["payment_status"], order["attention"]) == ("UNPAID", ["PAYMENT_REVERSED"])
        assert (order["paid_minor"], order["balance_minor"]) == (0, PRICE)
    assert (till.level(sku), rise()) == ((9, 1, 8), 2 * PRICE), "units and sales stay until a person decides"
    assert till.refused("hand-over", before_leaving["id"]) == "not_paid"
    assert till.refused("resolve", before_leaving["id"], "write-off") == "not_handed_over"
    assert till.refused("resolve", web["id"], "release-cancel") == "handed_over"
    order = till("resolve", before_leaving["id"], "release-cancel")
    assert (standing(order), order["refunded_minor"], order["attention"]) == (("CANCELLED", "UNPAID"), 0, [])
    assert (till.level(sku), rise()) == ((9, 0, 9), PRICE)
    assert till("resolve", web["id"], "write-off")["attention"] == []
    assert rise() == PRICE


def test_waiting_for_new_money_after_a_reversal(shop, till, sold):
    sku, buyer, rise = sold
    web = buyer.buy((sku, 1))
    till.sync()
    buyer.press("The bank takes it back")
    till.sync()
    order = till("resolve", web["id"], "wait")
    assert (order["status"], order["payment_status"], figures(order)) == ("PROCESSING", "UNPAID", (1, 1, 0))
    order = till("pay", web["id"], "--amount-minor", PRICE, "--method", "cash")
    assert (order["payment_status"], order["attention"], rise()) == ("PAID", [], PRICE)


def test_on_delivery_and_by_transfer_are_unpaid_until_the_shop_says_so(shop, till, sold):
    sku, buyer, rise = sold
    delivery, transfer = (
        shop.buyer().buy((sku, 1), payment="on_delivery"),
        buyer.buy((sku, 1), payment="transfer"),
    )
    till.sync()
    assert [standing(order) for order in till.orders(delivery, transfer)] == [("OPEN", "UNPAID")] * 2
    buyer.press("The shop saw it")
    till("pay", delivery["id"], "--amount-minor", PRICE, "--method", "cash")
    till.sync()
    assert [standing(order) for order in till.orders(delivery, transfer)] == [("PROCESSING", "PAID")] * 2
    assert (till.level(sku), rise()) == ((10, 2, 8), 2 * PRICE)


def test_two_browsers_and_the_last_unit(shop, till):
    sku = shop.product(1)
    quick, slow = shop.buyer("Quick"), shop.buyer("Slow")
    first = quick.buy((sku, 1), payment="later")
    second = slow.buy((sku, 1), payment="later")
    slow.press("Pay now (test)")
    next_second()
    quick.press("Pay now (test)")
    till.sync()
    held, short = till.orders(second, first)
    assert (figures(held), figures(short), short["overtaken_by"]) == ((1, 1, 0), (1, 0, 1), held["number"])
    assert till.level(sku) == (1, 1, 0)


def test_goods_taxes_and_delivery_of_the_page_are_taken_over_to_the_kobo(shop, till):
    web = shop.buyer().buy(("SHEA-200", 3), ("ADIRE-M", 1), delivery="lagos")
    till.sync()
    order = till.order(web)
    there = shop.rest.get(f"/orders/{web['id']}").json()
    assert order["total_minor"] == round(float(there["total"]) * 100) == order["paid_minor"]
    assert order["shipping_minor"] == round(
        (float(there["shipping_total"]) + float(there["shipping_tax"])) * 100
    )
    assert sum(row["total_minor"] for row in order["lines"]) + order["shipping_minor"] == order["total_minor"]
    order = till("cancel", web["id"])
    assert order["refunded_minor"] == order["total_minor"]


@pytest.mark.parametrize("looked", [True, False])
def test_a_refund_through_the_provider_is_told_by_both_and_counted_once(shop, till, sold, looked):
    """The shop says refunded, the provider says reversed: the same money, gone once, and nobody has to decide."""
    sku, buyer, rise = sold
    web = buyer.buy((sku, 2))
    if looked:
        till.sync()
    line = shop.rest.get(f"/orders/{web['id']}").json()["line_items"][0]["id"]
    goods = [{"id": line, "quantity": 2, "refund_total": 30_000}]
    shop.call("POST", f"/orders/{web['id']}/refunds", amount="30000.00", api_refund=True, line_items=goods)
    till.sync()
    order = till.order(web)
    assert (order["status"], order["owed_minor"], order["attention"]) == ("CANCELLED", 0, [])
    assert (order["close_reason"], order["refunded_minor"]) == ("REFUNDED", 2 * PRICE)
    assert (till.level(sku), rise()) == ((10, 0, 10), 0)


def test_paid_and_taken_back_before_anybody_looked_is_what_it_would_have_been(shop, till, sold):
    """The page's own choice: what the payment confirmed is there to be decided about."""
    sku, buyer, rise = sold
    web = buyer.buy((sku, 2), payment="reversed")
    till.sync()
    order = till.order(web)
    assert (order["status"], order["payment_status"], order["attention"]) == (
        "PROCESSING", "UNPAID", ["PAYMENT_REVERSED"],
    )  # fmt: skip
    assert (order["paid_minor"], order["balance_minor"], [p["state"] for p in order["payments"]]) == (
        0, 2 * PRICE, ["REVERSED"],
    )  # fmt: skip
    assert (till.level(sku), rise()) == ((10, 2, 8), 2 * PRICE)
    till("resolve", web["id"], "release-cancel")
    assert (till.level(sku), rise()) == ((10, 0, 10), 0)


@pytest.mark.parametrize("looked", [True, False])
def test_given_back_through_the_provider_after_it_was_cancelled_there(shop, till, sold, looked):
    """Shop and provider tell of it within one second: the shop's refund is what happened, nothing is left over."""
    sku, buyer, rise = sold
    web = buyer.buy((sku, 2))
    if looked:
        till.sync()
    shop.status(web, "cancelled")
    if looked:
        till.sync()
        assert till.order(web)["owed_minor"] == 2 * PRICE
    shop.call("POST", f"/orders/{web['id']}/refunds", amount="30000.00", api_refund=True)
    till.sync()
    order = till.order(web)
    assert (order["status"], order["refunded_minor"], order["owed_minor"]) == ("CANCELLED", 2 * PRICE, 0)
    assert (order["attention"], till.level(sku), rise()) == ([], (10, 0, 10), 0)
