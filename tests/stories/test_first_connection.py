"""The first look at a shop, another address, another till, another shop in its place, and what is gone for good."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.stories.house import Between, WebShop, figures, standing

PRICE = 1_500_000


@pytest.fixture
def web():
    shop = WebShop()
    yield shop
    shop.stop()


def counted(order):
    """An order as it must stay however often it is read."""
    return {name: fact for name, fact in order.items() if name != "version"}


def test_a_shop_with_a_past_is_taken_over_whole(web, folder):
    """Scenario 31, an oversell of the past, and orders that were over before the till came."""
    sku, oversold = web.product(10), web.product(2)
    waiting = web.place((sku, 3), paid=True)
    web.place((sku, 2), status="on-hold")
    late = web.place((oversold, 3), paid=True)
    done, refunded = web.place((sku, 4), paid=True), web.place((sku, 1), paid=True)
    web.status(done, "completed")
    web.refund(refunded, "15000.00", units=1)
    web.status(web.place((sku, 2)), "cancelled")
    there = web.rest.get("/products", params={"sku": f"{sku},{oversold}"}).json()
    assert {row["sku"]: row["stock_quantity"] for row in there} == {sku: 1, oversold: -1}
    told = folder.connect(web).json
    assert (told["state"], told["currency"], told["time_zone"]) == ("active", "NGN", "Africa/Lagos")
    assert folder("orders") == []
    folder.sync()
    assert folder.level(sku) == (6, 3, 3)
    assert folder.level(oversold) == (2, 2, 0)
    first, second, third, fourth = folder.orders(waiting, late, done, refunded)
    assert (standing(first), figures(first), first["attention"]) == (("PROCESSING", "PAID"), (3, 3, 0), [])
    assert (figures(second), second["attention"]) == ((3, 2, 1), ["SHORTAGE"])
    assert (third["status"], third["lines"][0]["handed_over"], third["attention"]) == ("COMPLETED", 4, [])
    assert (fourth["payment_status"], fourth["refunded_minor"], fourth["attention"]) == ("PAID", PRICE, [])
    assert folder.sold() == (3 + 3 + 4 + 1 - 1) * PRICE
    assert [folder.sync()[name] for name in ("applied", "quarantined", "parked")] == [0, 0, 0]
    assert folder("replay", "--check")["ok"]


def test_a_product_that_comes_later_is_opened_with_what_is_still_to_be_taken(web, folder):
    folder.connect(web)
    folder.sync()
    sku = web.product(10)
    order = web.place((sku, 4), paid=True)
    web.place((sku, 1))
    folder.sync()
    assert (folder.level(sku), figures(folder.order(order))) == ((10, 4, 6), (4, 4, 0))
    web.call("PUT", f"/products/{web.product_id(sku)}", stock_quantity=500)
    folder.sync()
    assert folder.level(sku) == (10, 4, 6), "afterwards the shop's number never enters"


def test_the_same_shop_at_another_address_brings_nothing_twice(web, folder):
    sku = web.product(5)
    orders = [web.place((sku, 1), paid=paid) for paid in (True, False)]
    folder.connect(web)
    folder.sync()
    before, sold, stock = [counted(o) for o in folder("orders")], folder.sold(), folder("stock")
    moved = Between(web)
    try:
        assert folder.connect(web, url=moved.url).json["url"] == moved.url
        folder.sync()
        assert ([counted(o) for o in folder("orders")], folder.sold(), folder("stock")) == (
            before,
            sold,
            stock,
        )
        web.pay(orders[1])
        folder.sync()
        assert [standing(order) for order in folder.orders(*orders)] == [("PROCESSING", "PAID")] * 2
    finally:
        moved.stop()
    assert folder("replay", "--check")["ok"]


def test_another_shop_at_the_old_address_is_noticed(web, folder):
    """As after a backup was put back: ids are used again for other orders. Nothing is mixed up."""
    sku = web.product(5)
    ours = web.place((sku, 1), paid=True, name="Old Customer")
    folder.connect(web)
    folder.sync()
    port = web.port
    web.stop()
    restored = WebShop("--port", port)
    try:
        restored.product(5, sku=sku)
        other = restored.place((sku, 2), paid=True, name="New Customer")
        assert other["id"] == ours["id"]
        assert folder.connect(restored).json["state"] == "active"
        folder.sync()
        told = {o["customer"]: o for o in folder("orders", "--limit", 9)}
        assert set(told) >= {"Old Customer", "New Customer"}
        assert told["Old Customer"]["total_minor"] == PRICE
        assert told["New Customer"]["total_minor"] == 2 * PRICE
        assert folder.refused("show", ours["id"]) == "ambiguous"
    finally:
        restored.stop()
    assert folder("replay", "--check")["ok"]


def test_what_is_deleted_for_good_is_noticed_by_the_comparison(web, folder):
    """No date moves in the shop. The first comparison comes with the second look, then one a day."""
    sku = web.product(9)
    paid, unpaid, refunded = (web.place((sku, 1), paid=paid) for paid in (True, False, True))
    refund = web.refund(refunded, "5000.00")
    folder.connect(web)
    folder.sync()
    web.delete(paid, force=True)
    web.delete(unpaid, force=True)
    web.call("DELETE", f"/orders/{refunded['id']}/refunds/{refund['id']}?force=true")
    folder.sync()
    first, second, third = folder.orders(paid, unpaid, refunded)
    assert (standing(first), first["owed_minor"], first["attention"]) == (
        ("CANCELLED", "UNPAID"), PRICE, ["SHOP_CHANGED"],
    )  # fmt: skip
    assert first["cases"][0]["detail"] == "gone"
    assert (second["status"], second["attention"]) == ("CANCELLED", [])
    assert (third["owed_minor"], third["attention"]) == (500_000, ["SHOP_CHANGED"])
    assert folder.level(sku) == (9, 1, 8)
    assert folder.sync()["applied"] == 0


def test_two_tills_on_one_shop(web, folder, tmp_path):
    """The second stands back until its owner takes over; the first is told then, and takes nothing more."""
    second = type(folder)(tmp_path / "second", folder.host)
    sku = web.product(5)
    web.place((sku, 1), paid=True)
    folder.connect(web)
    folder.sync()
    told = second.connect(web).json
    assert (told["state"], second.run("sync", "--once").code) == ("taken_over", 1)
    assert second.run("sync", "--once").error == "taken_over"
    assert (second("orders"), second("stock")) == ([], [])
    assert folder.sync()["troubles"] == []
    assert second.connect(web, "--take-over").json["state"] == "active"
    assert second.sync()["applied"] > 0
    web.place((sku, 1), paid=True)
    assert folder.refused("sync", "--once") == "taken_over"
    assert len(folder("orders")) == 1
    second.sync()
    assert len(second("orders")) == 2


def test_four_buyers_race_for_twelve_units(web, folder):
    """They order and pay at once while the till looks again and again: never a unit too many, never one too few."""
    sku = web.product(12)
    folder.connect(web)
    folder.sync()

    def buy_and_pay(number):
        web.pay(web.place((sku, 1 + number % 2), name=f"Buyer {number}"))

    with ThreadPoolExecutor(4) as crowd:
        racing = [crowd.submit(buy_and_pay, number) for number in range(16)]
        while not all(one.done() for one in racing):
            folder.sync()
    assert [one.exception() for one in racing] == [None] * 16
    folder.sync()
    orders = folder("orders")
    assert (len(orders), sum(figures(order)[0] for order in orders)) == (16, 24)
    assert (sum(figures(order)[1] for order in orders), folder.level(sku)) == (12, (12, 12, 0))
    assert all(order["attention"] == ["SHORTAGE"] * (figures(order)[2] > 0) for order in orders)
    assert {order["status"] for order in orders} == {"PROCESSING"}
    assert folder.sold() == 24 * PRICE
    assert folder("replay", "--check")["ok"]


def test_simulated_customers_make_orders_by_themselves(folder):
    shop = WebShop("--customers", 60)
    try:
        folder.connect(shop)
        folder.connect_provider(shop)
        for _ in range(60):
            folder.sync()
            if len(folder("orders")) > 2:
                break
            time.sleep(0.3)  # customers of another process tell nobody that they have bought
    finally:
        shop.stop()
    assert len(folder("orders")) > 2
    assert all(0 <= level["allocated"] <= level["on_hand"] for level in folder("stock"))
    assert folder("replay", "--check")["ok"]
