"""What the web shop's back office does to a paid order is followed, and never pays out by itself."""

import pytest

from tests.stories.house import figures, next_second, standing

PRICE = 1_500_000


@pytest.fixture
def paid(shop, till):
    """Three of a new product, paid, five there; and what Total Sales were before."""
    before = till.sold()
    sku = shop.product(5)
    web = shop.place((sku, 3), paid=True)
    till.sync()
    assert till.level(sku) == (5, 3, 2)
    return sku, web, before


@pytest.mark.parametrize("how", ["cancelled", "failed", "trash"])
def test_an_order_ended_there_after_payment_is_owed(shop, till, paid, how):
    sku, web, before = paid
    shop.delete(web) if how == "trash" else shop.status(web, how)
    till.sync()
    order = till.order(web)
    assert (standing(order), order["close_reason"]) == (("CANCELLED", "UNPAID"), "SHOP")
    assert (order["paid_minor"], order["owed_minor"], order["refunded_minor"]) == (3 * PRICE, 3 * PRICE, 0)
    assert (order["attention"], order["cases"][0]["detail"]) == (["SHOP_CHANGED"], how)
    assert (till.level(sku), till.sold() - before) == ((5, 0, 5), 3 * PRICE), "sales wait for the decision"
    order = till("resolve", web["id"], "refund")
    assert (order["owed_minor"], order["refunded_minor"], order["attention"]) == (0, 3 * PRICE, [])
    assert order["refunds"][0]["kind"] == "ORDER"
    assert till.sold() == before


def test_cancelled_there_by_mistake_and_wanted_after_all(shop, till, paid):
    sku, web, before = paid
    shop.status(web, "cancelled")
    till.sync()
    order = till("resolve", web["id"], "reopen")
    assert (standing(order), figures(order), order["owed_minor"]) == (("PROCESSING", "PAID"), (3, 3, 0), 0)
    assert (till.level(sku), till.sold() - before) == ((5, 3, 2), 3 * PRICE)


def test_cancelled_there_and_taken_back_there(shop, till, paid):
    sku, web, before = paid
    shop.status(web, "cancelled")
    till.sync()
    other = shop.place((sku, 4), paid=True)
    till.sync()
    shop.status(web, "processing")
    till.sync()
    order = till.order(web)
    assert (standing(order), figures(order), order["attention"]) == (
        ("PROCESSING", "PAID"),
        (3, 1, 2),
        ["SHORTAGE"],
    )
    assert order["overtaken_by"] == till.order(other)["number"]
    assert till.level(sku) == (5, 5, 0)
    assert till.sold() - before == 7 * PRICE


def test_what_a_person_reopened_stays_open_until_the_shop_cancels_it_anew(shop, till, paid):
    sku, web, _ = paid
    shop.status(web, "cancelled")
    till.sync()
    till("resolve", web["id"], "reopen")
    shop.change(web, customer_note="The shop still says cancelled")
    till.sync()
    assert (standing(till.order(web)), till.level(sku)) == (("PROCESSING", "PAID"), (5, 3, 2))
    shop.status(web, "processing")
    till.sync()
    next_second()  # the same words within one second are one state
    shop.status(web, "cancelled")
    till.sync()
    order = till.order(web)
    assert (order["status"], order["owed_minor"], order["attention"]) == (
        "CANCELLED",
        3 * PRICE,
        ["SHOP_CHANGED"],
    )
    assert till.level(sku) == (5, 0, 5)
    till("resolve", web["id"], "reopen")
    shop.status(web, "processing")
    shop.delete(web)
    till.sync()
    assert till.order(web)["cases"][-1]["detail"] == "trash"


def test_already_refunded_there_says_a_person(shop, till, paid):
    _, web, before = paid
    shop.status(web, "cancelled")
    till.sync()
    order = till("resolve", web["id"], "already-refunded")
    assert (order["owed_minor"], order["refunded_minor"], order["attention"]) == (0, 3 * PRICE, [])
    assert till.sold() == before


def test_made_smaller_there_leaves_credit_until_somebody_decides(shop, till, paid):
    sku, web, before = paid
    shop.edit(web, 2)
    till.sync()
    order = till.order(web)
    assert (figures(order), order["total_minor"], order["paid_minor"]) == ((2, 2, 0), 2 * PRICE, 3 * PRICE)
    assert (order["attention"], order["refunded_minor"], standing(order)) == (
        ["SHOP_CHANGED"], 0, ("PROCESSING", "PAID"),
    )  # fmt: skip
    assert (till.level(sku), till.sold() - before) == ((5, 2, 3), 3 * PRICE)
    order = till("resolve", web["id"], "refund")
    assert (order["paid_minor"], order["refunded_minor"], order["attention"]) == (2 * PRICE, PRICE, [])
    assert till.sold() - before == 2 * PRICE


@pytest.mark.parametrize("how", ["paid", "forgiven"])
def test_made_larger_there_waits_for_the_balance(shop, till, paid, how):
    sku, web, before = paid
    shop.edit(web, 4)
    till.sync()
    order = till.order(web)
    assert (standing(order), order["balance_minor"]) == (("PROCESSING", "PARTIALLY_PAID"), PRICE)
    assert (figures(order), order["lines"][0]["ordered"], till.level(sku)) == ((3, 3, 0), 4, (5, 3, 2))
    assert till.refused("hand-over", web["id"]) == "not_paid"
    if how == "paid":
        order = till("pay", web["id"], "--amount-minor", PRICE, "--method", "cash")
        assert till.sold() - before == 4 * PRICE
    else:
        order = till("resolve", web["id"], "accept-as-paid")
        assert (till.sold() - before, order["total_minor"]) == (3 * PRICE, 3 * PRICE)
    assert (standing(order), figures(order), order["attention"]) == (("PROCESSING", "PAID"), (4, 4, 0), [])
    assert till.level(sku) == (5, 4, 1)


def test_a_line_taken_out_and_another_put_in(shop, till, paid):
    sku, web, _ = paid
    other = shop.product(2)
    gone = {"id": web["line_items"][0]["id"], "quantity": 0}
    shop.change(web, line_items=[gone, {"sku": other, "quantity": 3}])
    till.sync()
    order = till.order(web)
    assert [
        (row["sku"], row["ordered"], row["held"], row["short"]) for row in order["lines"] if row["ordered"]
    ] == [(other, 3, 2, 1)]
    assert sorted(order["attention"]) == ["SHOP_CHANGED", "SHORTAGE"]
    assert (till.level(sku), till.level(other), order["total_minor"]) == ((5, 0, 5), (2, 2, 0), 3 * PRICE)


def test_a_refund_of_goods_there(shop, till, paid):
    sku, web, before = paid
    shop.refund(web, "15000.00", units=1)
    till.sync()
    order = till.order(web)
    assert (standing(order), figures(order), order["attention"]) == (("PROCESSING", "PAID"), (2, 2, 0), [])
    assert (order["total_minor"], order["paid_minor"], order["refunded_minor"]) == (
        2 * PRICE,
        2 * PRICE,
        PRICE,
    )
    assert (order["refunds"][0]["kind"], till.level(sku)) == ("EDIT", (5, 2, 3))
    assert till.sold() - before == 2 * PRICE
    shop.refund(web, "30000.00", units=2)
    till.sync()
    order = till.order(web)
    assert (standing(order), order["close_reason"], order["paid_minor"]) == (
        ("CANCELLED", "UNPAID"),
        "REFUNDED",
        0,
    )
    assert (till.level(sku), till.sold()) == ((5, 0, 5), before)


def test_a_refund_of_money_alone_is_not_given_back_twice(shop, till):
    before, sku = till.sold(), shop.product(2)
    web = shop.place((sku, 3), paid=True)
    till.sync()
    shop.refund(web, "10000.00")
    till.sync()
    order = till.order(web)
    assert (figures(order), order["total_minor"], order["attention"]) == ((3, 2, 1), 3_500_000, ["SHORTAGE"])
    assert till.sold() - before == 3_500_000
    order = till("resolve", web["id"], "refund-excess")
    assert (order["refunded_minor"], order["total_minor"], order["paid_minor"]) == (
        PRICE,
        2 * PRICE,
        2 * PRICE,
    )
    assert till.sold() - before == 2 * PRICE


def test_a_refund_below_the_goods_worth_keeps_the_rest_as_a_fee(shop, till, paid):
    sku, web, before = paid
    shop.refund(web, "10000.00", units=1)
    till.sync()
    order = till.order(web)
    assert (order["total_minor"], order["paid_minor"], figures(order)) == (3_500_000, 3_500_000, (2, 2, 0))
    assert (till.sold() - before, till.level(sku), order["attention"]) == (3_500_000, (5, 2, 3), [])


def test_a_refund_there_takes_the_missing_unit_first(shop, till):
    sku = shop.product(2)
    web = shop.place((sku, 3), paid=True)
    till.sync()
    shop.refund(web, "15000.00", units=1)
    till.sync()
    order = till.order(web)
    assert (figures(order), order["attention"], till.level(sku)) == ((2, 2, 0), [], (2, 2, 0))


def test_a_refund_of_goods_that_are_with_the_customer(shop, till, paid):
    sku, web, before = paid
    till("hand-over", web["id"])
    shop.refund(web, "15000.00", units=1)
    till.sync()
    order = till.order(web)
    assert (order["status"], order["lines"][0]["handed_over"], till.level(sku)) == ("COMPLETED", 2, (2, 0, 2))
    assert (order["payment_status"], till.sold() - before) == ("PAID", 2 * PRICE)


@pytest.mark.parametrize("decision", ["refund-excess", "refund-order"])
def test_our_refund_written_down_there_too_is_one_refund(shop, till, decision):
    before, sku = till.sold(), shop.product(2)
    web = shop.place((sku, 3), paid=True)
    till.sync()
    ours = till("resolve", web["id"], decision)
    units = 1 if decision == "refund-excess" else 3
    shop.refund(web, f"{units * 15_000}.00", units=units)
    till.sync()
    order = till.order(web)
    for fact in ("status", "paid_minor", "refunded_minor", "total_minor", "attention", "owed_minor"):
        assert order[fact] == ours[fact]
    assert (len(order["refunds"]), till.sold() - before) == (1, (3 - units) * PRICE)


def test_more_given_back_there_than_there_was_asks_for_a_person(shop, till):
    sku = shop.product(2)
    web = shop.place((sku, 3), paid=True)
    till.sync()
    till("resolve", web["id"], "refund-excess")
    shop.refund(web, "45000.00", units=3)
    till.sync()
    order = till.order(web)
    assert (order["paid_minor"], order["refunded_minor"], order["attention"]) == (
        0,
        3 * PRICE,
        ["SHOP_CHANGED"],
    )
    assert till.refused("resolve", web["id"], "refund") == "nothing_owed"
    assert till("resolve", web["id"], "already-refunded")["attention"] == []


def test_a_refund_that_vanishes_there_is_owed(shop, till, paid):
    sku, web, before = paid
    refund = shop.refund(web, "15000.00", units=1)
    till.sync()
    shop.call("DELETE", f"/orders/{web['id']}/refunds/{refund['id']}?force=true")
    shop.change(web, customer_note="Please ring twice")
    till.sync()
    order = till.order(web)
    assert (order["paid_minor"], order["owed_minor"], order["attention"]) == (
        3 * PRICE,
        PRICE,
        ["SHOP_CHANGED"],
    )
    order = till("resolve", web["id"], "reopen")
    assert (figures(order), order["owed_minor"], order["attention"]) == ((3, 3, 0), 0, [])
    assert (till.sold() - before, till.level(sku)) == (3 * PRICE, (5, 3, 2))


def test_completed_there_hands_over_what_is_held(shop, till):
    whole, lacking = shop.product(5), shop.product(2)
    one, other = shop.place((whole, 3), paid=True), shop.place((lacking, 3), paid=True)
    shop.refund(one, "15000.00", units=1)
    shop.status(one, "completed")
    shop.status(other, "completed")
    till.sync()
    first, second = till.orders(one, other)
    assert (first["status"], first["lines"][0]["handed_over"], till.level(whole)) == (
        "COMPLETED",
        2,
        (2, 0, 2),
    )
    assert (second["status"], figures(second), second["attention"]) == ("PROCESSING", (3, 0, 1), ["SHORTAGE"])
    till("receive", lacking, 5)
    assert till.level(lacking) == (5, 1, 4)
    assert till("hand-over", other["id"])["status"] == "COMPLETED"


def test_everything_within_one_look(shop, till):
    """Placed, paid, changed and given back before anybody looked: the same as step by step."""
    before, sku = till.sold(), shop.product(20)
    refunded = shop.place((sku, 3), paid=True)
    shop.refund(refunded, "45000.00", units=3)
    edited = shop.place((sku, 3))
    shop.pay(edited)
    shop.edit(edited, 2)
    cancelled = shop.place((sku, 3), paid=True)
    shop.status(cancelled, "cancelled")
    done = shop.place((sku, 3), paid=True)
    shop.status(done, "completed")
    trashed = shop.place((sku, 1))
    shop.delete(trashed)
    till.sync()
    first, second, third, fourth, fifth = till.orders(refunded, edited, cancelled, done, trashed)
    assert (first["status"], first["close_reason"], first["refunded_minor"]) == (
        "CANCELLED",
        "REFUNDED",
        3 * PRICE,
    )
    assert (standing(second), second["paid_minor"], second["attention"]) == (
        ("PROCESSING", "PAID"),
        2 * PRICE,
        [],
    )
    assert (third["status"], third["owed_minor"], third["attention"]) == (
        "CANCELLED",
        3 * PRICE,
        ["SHOP_CHANGED"],
    )
    assert (fourth["status"], len(fourth["payments"]), fourth["lines"][0]["handed_over"]) == (
        "COMPLETED",
        1,
        3,
    )
    assert (fifth["status"], fifth["owed_minor"], fifth["attention"]) == ("CANCELLED", 0, [])
    assert till.level(sku) == (17, 2, 15)
    assert till.sold() - before == (2 + 3 + 3) * PRICE


def test_the_words_for_an_unpaid_order_change_nothing(shop, till):
    sku, before = shop.product(5), till.sold()
    held = shop.place((sku, 1), status="on-hold")
    failed = shop.place((sku, 1))
    shop.status(failed, "failed")
    gone = shop.place((sku, 1))
    shop.status(gone, "cancelled")
    delivery = shop.place((sku, 1), status="processing", method="cod")
    till.sync()
    told = till.orders(held, failed, gone, delivery)
    assert [standing(order) for order in told] == [
        ("OPEN", "UNPAID"), ("OPEN", "UNPAID"), ("CANCELLED", "UNPAID"), ("OPEN", "UNPAID"),
    ]  # fmt: skip
    assert (till.level(sku), till.sold()) == ((5, 0, 5), before)
    shop.status(held, "processing")
    shop.pay(failed)
    shop.status(gone, "processing")
    shop.status(delivery, "completed")
    till.sync()
    told = till.orders(held, failed, gone, delivery)
    assert [standing(order) for order in told] == [
        ("PROCESSING", "PAID"), ("PROCESSING", "PAID"), ("CANCELLED", "UNPAID"), ("COMPLETED", "PAID"),
    ]  # fmt: skip
    assert (told[2]["attention"], told[2]["owed_minor"]) == (["LATE_PAYMENT"], PRICE), (
        "money for a cancelled order"
    )
    assert (till.level(sku), till.sold() - before) == ((4, 2, 2), 3 * PRICE)
    assert standing(till("resolve", gone["id"], "accept")) == ("PROCESSING", "PAID")


def test_a_product_deleted_there_is_archived_and_its_orders_stay(shop, till, paid):
    sku, web, _ = paid
    shop.call("DELETE", f"/products/{shop.product_id(sku)}?force=false")
    till.sync()
    (row,) = till("stock", sku)
    assert (row["archived"], row["on_hand"], row["allocated"]) == (True, 5, 3)
    assert figures(till.order(web)) == (3, 3, 0)
    assert till.refused("new", "--line", f"{sku}=1") == "archived"


def test_name_and_price_follow_the_shop_but_never_its_stock(shop, till, paid):
    sku, web, _ = paid
    path = f"/products/{shop.product_id(sku)}"
    shop.call("PUT", path, name="Renamed &amp; dear", regular_price="99.50", stock_quantity=77)
    till.sync()
    (row,) = till("stock", sku)
    assert (row["name"], row["price_minor"]) == ("Renamed & dear", 9_950)
    assert till.level(sku) == (5, 3, 2)
    assert till.order(web)["total_minor"] == 3 * PRICE
