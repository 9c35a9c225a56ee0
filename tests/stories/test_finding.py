"""An order is found by whatever is known of it, and decided on what is shown of it."""

from tests.stories.house import figures

PRICE = 1_500_000


def test_an_order_is_found_by_whatever_is_known_of_it(shop, till):
    sku = shop.product(3)
    web = shop.place((sku, 1), method="bacs", name="Ngozi Okeke")
    billing = {"first_name": "Ngozi", "last_name": "Okeke", "phone": "+234 (803) 555-0142"}
    shop.change(web, billing=billing, transaction_id="TX-900", set_paid=True)
    till.sync()
    number = till.order(web)["number"]
    for typed in ("0803 555 0142", "+2348035550142", "8035550142", "Ngozi", "ngozi ok", "TX-900"):
        assert number in [order["number"] for order in till("orders", "--search", typed)], typed
    for name in (number, number.lstrip("0"), f"#{number}", web["id"]):
        assert till("show", name)["number"] == number
    assert till("orders", "--search", "no such customer") == []


def test_a_decision_on_old_figures_is_refused(shop, till):
    sku = shop.product(1)
    web = shop.place((sku, 3), paid=True)
    till.sync()
    seen = till("resolve", web["id"], "refund-excess", "--dry-run")["seen"]
    till("receive", sku, 1)
    assert till.refused("resolve", web["id"], "refund-excess", "--seen", seen) == "facts_changed"
    assert figures(till.order(web)) == (3, 2, 1)
    again = till("resolve", web["id"], "refund-excess", "--dry-run")
    assert again["money"]["amount_minor"] == PRICE
    words = ("--amount-minor", 1_000_000, "--seen", again["seen"])
    assert till.refused("resolve", web["id"], "refund-excess", *words) == "reason_missing"
    order = till("resolve", web["id"], "refund-excess", *words, "--reason", "restocking fee")
    assert (order["refunded_minor"], order["total_minor"], order["attention"]) == (1_000_000, 3_500_000, [])
    assert till.refused("undo", web["id"]) == "money_left"
