"""What cannot be trusted is set aside with its reason; everything else goes on, and no number moves."""

import json

from tests.stories.house import figures

PRICE = 1_500_000


def test_names_that_would_break_a_screen_are_only_names(shop, till):
    sku = shop.product(9)
    names = ("<b>Ada</b> &amp; Obi", "Ada \u202eibO\u2066", "A\x00d\x1b[31ma\r\nObi", "A" * 1_000_000)
    orders = [shop.place((sku, 1), paid=True, name=name, customer_note=name) for name in names]
    till.sync()
    told = till.orders(*orders)
    assert [o["status"] for o in told] == ["PROCESSING"] * 4
    for order in told:
        assert len(order["customer"]) < 600
        assert all(sign.isprintable() for sign in order["customer"])
    assert told[0]["customer"] == "Ada & Obi"
    assert till.level(sku) == (9, 4, 5)
    for order in told:
        text = till.host.run("show", order["number"], "--data-dir", till.folder).out
        assert "\u202e" not in text
        assert "\x1b" not in text


def test_orders_that_make_no_sense_are_set_aside_and_the_others_proceed(shop, till):
    before, sku = till.sold(), shop.product(5)
    till.sync()
    unknown = shop.call(
        "POST",
        "/orders",
        set_paid=True,
        payment_method="bacs",
        line_items=[{"product_id": 10**8, "quantity": 1}],
    )
    nothing, backwards = shop.place((sku, 0), paid=True), shop.place((sku, -3), paid=True)
    good = shop.place((sku, 1), paid=True)
    counts = till.sync()
    assert counts["quarantined"] == 3
    assert figures(till.order(good)) == (1, 1, 0)
    assert (till.level(sku), till.sold() - before) == ((5, 1, 4), PRICE)
    aside = {row["remote_id"]: row for row in till("quarantine")}
    for order, words in ((unknown, "names no product"), (nothing, "quantity"), (backwards, "total")):
        assert words in aside[str(order["id"])]["reason"]
        assert json.loads(aside[str(order["id"])]["raw"])["order"]["id"] == order["id"]
        assert till.refused("show", order["id"]) == "order_not_found"
    counts = till.sync()
    assert (counts["pulled"], counts["quarantined"]) == (0, 0), "it is not tried again and again"
    shop.change(
        nothing, line_items=[{"id": nothing["line_items"][0]["id"], "quantity": 2, "total": "30000.00"}]
    )
    till.sync()
    assert figures(till.order(nothing)) == (2, 2, 0)
    aside = {row["remote_id"]: row["no"] for row in till("quarantine")}
    assert str(nothing["id"]) not in aside
    left = till("quarantine", "--discard", aside[str(unknown["id"])])
    assert str(unknown["id"]) not in {row["remote_id"] for row in left}
