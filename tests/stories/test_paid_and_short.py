"""An order is placed, paid, short, decided about: the numbers before and after, as a shopkeeper would note them."""

import pytest

from tests.stories.house import figures, next_second, standing

PRICE = 1_500_000  # what a new product costs, in kobo


def paid_short(shop, till):
    """Scenario 3: three paid, two there."""
    sku = shop.product(2)
    order = shop.place((sku, 3), paid=True)
    till.sync()
    return sku, order


def test_an_unpaid_order_touches_nothing_until_it_is_paid(shop, till):
    sku, before = shop.product(5), till.sold()
    web = shop.place((sku, 3))
    till.sync()
    order = till.order(web)
    assert (till.level(sku), till.sold()) == ((5, 0, 5), before)
    assert (standing(order), figures(order), order["confirmed_at"]) == (("OPEN", "UNPAID"), (0, 0, 0), None)
    assert (order["lines"][0]["ordered"], order["balance_minor"], order["attention"]) == (3, 3 * PRICE, [])
    shop.pay(web)
    till.sync()
    order = till.order(web)
    assert (till.level(sku), till.sold() - before) == ((5, 3, 2), 3 * PRICE)
    assert (standing(order), figures(order), order["attention"]) == (("PROCESSING", "PAID"), (3, 3, 0), [])
    assert (order["channel"], order["customer"], order["local_ref"]) == ("WEB", "Ada Obi", "")


def test_two_customers_pay_for_the_last_unit(shop, till):
    """Who paid first has it, though the other ordered first; the other is told who took it."""
    sku = shop.product(1)
    slow, quick = shop.place((sku, 1), name="Slow"), shop.place((sku, 1), name="Quick")
    shop.pay(quick)
    next_second()  # at equal times the older order is first
    shop.pay(slow)
    till.sync()
    first, second = till.orders(quick, slow)
    assert (figures(first), first["attention"]) == ((1, 1, 0), [])
    assert (figures(second), second["attention"]) == ((1, 0, 1), ["SHORTAGE"])
    assert second["overtaken_by"] == first["number"]
    assert till.level(sku) == (1, 1, 0)
    assert till.refused("swap", second["number"]) == "no_swap", "it did not overtake: it paid first"
    assert till.refused("resolve", second["number"], "refund-excess") == "nothing_held"


def test_attention_shows_an_order_until_it_is_decided(shop, till):
    _sku, web = paid_short(shop, till)
    number = till.order(web)["number"]
    assert number in [order["number"] for order in till("orders", "--attention")]
    assert [o["number"] for o in till("orders", "--search", web["id"])] == [number]
    assert till.refused("resolve", number, "refund") == "ambiguous"
    assert till.refused("resolve", number, "accept") == "no_case"
    till("resolve", number, "fulfill-order")
    assert number not in [order["number"] for order in till("orders", "--attention")]
    assert till.refused("resolve", number, "refund-excess") == "already_resolved"


def test_refund_excess_gives_back_the_missing_units_and_moves_no_stock(shop, till):
    before = till.sold()
    sku, web = paid_short(shop, till)
    assert (till.level(sku), till.sold() - before) == ((2, 2, 0), 3 * PRICE)
    effect = till("resolve", web["id"], "refund-excess", "--dry-run")
    assert (effect["money"]["amount_minor"], effect["sales"]["change_minor"]) == (PRICE, -PRICE)
    assert till.order(web)["attention"] == ["SHORTAGE"], "a dry run changes nothing"
    order = till("resolve", web["id"], "refund-excess", "--seen", effect["seen"])
    assert (standing(order), figures(order), order["lines"][0]["refunded"]) == (
        ("PROCESSING", "PAID"),
        (2, 2, 0),
        1,
    )
    assert (order["total_minor"], order["paid_minor"], order["refunded_minor"]) == (
        2 * PRICE,
        2 * PRICE,
        PRICE,
    )
    assert (order["attention"], order["owed_minor"], order["lines"][0]["ordered"]) == ([], 0, 3)
    assert (till.level(sku), till.sold() - before) == ((2, 2, 0), 2 * PRICE)


def test_refund_order_gives_everything_back_but_invents_no_unit(shop, till):
    before = till.sold()
    sku, web = paid_short(shop, till)
    order = till("resolve", web["id"], "refund-order", "--route", "hand", "--reference", "T99")
    assert (standing(order), order["close_reason"]) == (("CANCELLED", "UNPAID"), "REFUNDED")
    assert (order["paid_minor"], order["refunded_minor"], order["owed_minor"]) == (0, 3 * PRICE, 0)
    assert (till.level(sku), till.sold() - before) == ((2, 0, 2), 0)


def test_fulfill_order_finds_exactly_what_was_missing(shop, till):
    before = till.sold()
    sku, web = paid_short(shop, till)
    order = till("resolve", web["id"], "fulfill-order")
    assert (standing(order), figures(order), order["attention"]) == (("PROCESSING", "PAID"), (3, 3, 0), [])
    assert (order["total_minor"], order["ship_status"]) == (3 * PRICE, "UNFULFILLED")
    assert (till.level(sku), till.sold() - before) == ((3, 3, 0), 3 * PRICE)
    undone = till("undo", order["number"])
    assert (figures(undone), undone["attention"], till.level(sku)) == ((3, 2, 1), ["SHORTAGE"], (2, 2, 0))


def test_nothing_there_at_all(shop, till):
    sku = shop.product(0)
    one, other = shop.place((sku, 2), paid=True), shop.place((sku, 2), paid=True)
    till.sync()
    assert till.level(sku) == (0, 0, 0)
    assert till.refused("resolve", one["id"], "refund-excess") == "nothing_held"
    assert till("resolve", one["id"], "refund-order")["status"] == "CANCELLED"
    assert till.level(sku) == (0, 0, 0)
    till("resolve", other["id"], "fulfill-order")
    assert till.level(sku) == (2, 2, 0)


def test_a_line_refunded_whole_stays_visible(shop, till):
    there, missing = shop.product(4, "2000.00"), shop.product(0, "3000.00")
    web = shop.place((there, 1), (missing, 2), paid=True)
    till.sync()
    order = till("resolve", web["id"], "refund-excess")
    assert (order["refunded_minor"], order["total_minor"]) == (600_000, 200_000)
    assert [(row["ordered"], row["refunded"]) for row in order["lines"]] == [(1, 0), (2, 2)]


def test_goods_that_arrive_go_to_the_longest_waiting_order(shop, till):
    sku = shop.product(0)
    first, second = shop.place((sku, 2), paid=True), shop.place((sku, 3), paid=True)
    till.sync()
    assert till("receive", sku, 4)["on_hand"] == 4
    first, second = till.orders(first, second)
    assert (figures(first), first["attention"]) == ((2, 2, 0), [])
    assert (figures(second), second["attention"]) == ((3, 2, 1), ["SHORTAGE"])
    assert first["cases"][0]["resolution"] == "restocked"
    assert till.level(sku) == (4, 4, 0)
    till("receive", sku, 3)
    assert till.level(sku) == (7, 5, 2)


def test_without_automatic_filling_free_units_wait_for_a_person(shop, till):
    sku, web = paid_short(shop, till)
    till("set", "auto-fill", "off")
    try:
        till("receive", sku, 5)
        assert till.level(sku) == (7, 2, 5)
        till("resolve", web["id"], "fulfill-order")
        assert till.level(sku) == (7, 3, 4), "free units are taken before any is found"
    finally:
        till("set", "auto-fill", "on")


def test_one_look_serves_who_paid_first_however_much_arrives_at_once(shop, till):
    sku = shop.product(5)
    two, four, three = (shop.place((sku, units), paid=True) for units in (2, 4, 3))
    till.sync()
    told = till.orders(two, four, three)
    assert [figures(order) for order in told] == [(2, 2, 0), (4, 3, 1), (3, 0, 3)]
    assert [order["attention"] for order in told] == [[], ["SHORTAGE"], ["SHORTAGE"]]
    assert till.level(sku) == (5, 5, 0)


def test_some_missing_units_are_found_and_others_given_back(shop, till):
    sku = shop.product(1)
    web = shop.place((sku, 4), paid=True)
    till.sync()
    words = ("resolve", web["id"], "mixed", "--fulfill", f"{sku}=2", "--refund", f"{sku}=2")
    assert till.refused(*words) == "bad_quantity"
    order = till("resolve", web["id"], "mixed", "--fulfill", f"{sku}=1", "--refund", f"{sku}=1")
    assert (figures(order), order["attention"]) == ((3, 2, 1), ["SHORTAGE"])
    order = till("resolve", web["id"], "mixed", "--refund", f"{sku}=1")
    assert (figures(order), order["attention"], order["refunded_minor"]) == ((2, 2, 0), [], 2 * PRICE)
    assert till.level(sku) == (2, 2, 0)


def test_an_order_by_hand_confirms_at_its_last_payment(shop, till):
    sku, before = shop.product(2), till.sold()
    till.sync()
    order = till(
        "new", "--line", f"{sku}=1", "--line", f"{sku}=2", "--customer", "Chidi <b>", "--phone", "0803 1"
    )
    number = order["number"]
    assert (order["channel"], standing(order), len(order["lines"])) == ("MANUAL", ("OPEN", "UNPAID"), 2)
    assert order["local_ref"].startswith("A-")
    order = till("pay", number, "--amount-minor", 2_000_000, "--method", "cash")
    assert (standing(order), order["balance_minor"]) == (("OPEN", "PARTIALLY_PAID"), 2_500_000)
    order = till("pay", number, "--amount-minor", 2_500_000, "--method", "transfer", "--awaiting")
    assert (standing(order), till.level(sku), till.sold() - before) == (
        ("OPEN", "PARTIALLY_PAID"),
        (2, 0, 2),
        0,
    )
    order = till("confirm-transfer", number, "--reference", f"T-{sku}")
    assert (standing(order), [figures(order, 0), figures(order, 1)]) == (
        ("PROCESSING", "PAID"), [(1, 1, 0), (2, 1, 1)],
    )  # fmt: skip
    assert till.sold() - before == 3 * PRICE
    assert [o["number"] for o in till("orders", "--search", f"T-{sku}")] == [number]
    order = till("resolve", number, "refund-excess")
    assert [row["refunded"] for row in order["lines"]] == [0, 1]
    assert [(p["method"], p["left_minor"]) for p in order["payments"]] == [
        ("cash", 2_000_000), ("transfer", 1_000_000),
    ]  # newest payment first  # fmt: skip


@pytest.mark.parametrize("amount", [0, -1])
def test_money_that_is_none_is_refused(shop, till, amount):
    sku = shop.product(1)
    till.sync()
    number = till("new", "--line", f"{sku}=1")["number"]
    assert till.refused("pay", number, f"--amount-minor={amount}") == "bad_amount"


def test_one_reference_on_two_orders_is_two_payments_and_a_warning(shop, till):
    sku = shop.product(9)
    till.sync()
    numbers = [till("new", "--line", f"{sku}=1")["number"] for _ in range(2)]
    told = [till("pay", number, "--amount-minor", PRICE, "--reference", f"R-{sku}") for number in numbers]
    assert told[0]["warnings"] == []
    assert f"R-{sku}" in told[1]["warnings"][0]
    assert numbers[0] in told[1]["warnings"][0]
    assert till.level(sku) == (9, 2, 7)


def test_goods_leave_by_line_and_the_last_one_completes_the_order(shop, till):
    one, other = shop.product(3), shop.product(3)
    web = shop.place((one, 2), (other, 1), paid=True)
    unpaid = shop.place((one, 1))
    till.sync()
    assert till.refused("hand-over", unpaid["id"]) == "not_paid"
    order = till("hand-over", web["id"], "--line", f"{one}=1")
    assert (order["status"], order["lines"][0]["handed_over"], till.level(one)) == (
        "PROCESSING",
        1,
        (2, 1, 1),
    )
    order = till("hand-over", web["id"])
    assert (order["status"], figures(order), till.level(one), till.level(other)) == (
        "COMPLETED", (2, 0, 0), (1, 0, 1), (2, 0, 2),
    )  # fmt: skip
    assert till("ship", web["id"])["ship_status"] == "SHIPPED"
    assert till("ship", web["id"], "--delivered")["ship_status"] == "DELIVERED"
    assert till.refused("cancel", web["id"]) == "handed_over"


def test_what_a_short_order_holds_may_leave(shop, till):
    sku, web = paid_short(shop, till)
    order = till("hand-over", web["id"])
    assert (order["status"], figures(order), order["lines"][0]["handed_over"]) == ("PROCESSING", (3, 0, 1), 2)
    assert (till.level(sku), order["attention"]) == ((0, 0, 0), ["SHORTAGE"])
    assert till.refused("resolve", web["id"], "refund-order") == "handed_over"
    order = till("resolve", web["id"], "refund-excess")
    assert (order["status"], order["total_minor"], order["attention"]) == ("COMPLETED", 2 * PRICE, [])


def test_a_paid_order_that_is_cancelled_gives_money_and_goods_back(shop, till):
    sku, before = shop.product(5), till.sold()
    paid, unpaid = shop.place((sku, 2), paid=True), shop.place((sku, 1))
    till.sync()
    order = till("cancel", paid["id"])
    assert (standing(order), order["close_reason"], order["refunded_minor"]) == (
        ("CANCELLED", "UNPAID"), "CANCELLED", 2 * PRICE,
    )  # fmt: skip
    assert (till.level(sku), till.sold()) == ((5, 0, 5), before)
    order = till("cancel", unpaid["id"])
    assert (standing(order), order["refunded_minor"], order["attention"]) == (("CANCELLED", "UNPAID"), 0, [])
    assert till.refused("cancel", unpaid["id"]) == "cancelled"


def test_a_count_that_finds_less_takes_from_the_newest_order(shop, till):
    sku = shop.product(5)
    old, new = shop.place((sku, 2), paid=True), shop.place((sku, 3), paid=True)
    till.sync()
    till("count", sku, 3, "--seen", 5)
    told = till.orders(old, new)
    assert [figures(order) for order in told] == [(2, 2, 0), (3, 1, 2)]
    assert told[1]["attention"] == ["STOCK_DEFICIT"]
    assert (told[1]["overtaken_by"], till.level(sku)) == (None, (3, 3, 0))
    assert till.refused("adjust", sku, -4, "--reason", "lost") == "below_zero"
    till("adjust", sku, 2, "--reason", "found")
    assert till.level(sku) == (5, 5, 0)
    assert till.order(new)["attention"] == []


def test_a_payment_heard_of_late_steals_nothing_but_a_manager_may_swap(shop, till):
    """Paid online first, but the till had no network: the unit went over the counter in between."""
    sku = shop.product(1)
    till.sync()
    online = shop.place((sku, 1), paid=True)
    next_second()
    counter = till("new", "--line", f"{sku}=1")["number"]
    assert till("pay", counter, "--amount-minor", PRICE, "--method", "cash")["attention"] == []
    till.sync()
    order = till.order(online)
    assert (figures(order), order["overtaken_by"], till.level(sku)) == ((1, 0, 1), counter, (1, 1, 0))
    assert order["confirmed_at"] < till("show", counter)["confirmed_at"]
    order, other = till("swap", order["number"]), till("show", counter)
    assert (figures(order), order["attention"]) == ((1, 1, 0), [])
    assert (figures(other), other["attention"], other["overtaken_by"]) == (
        (1, 0, 1), ["STOCK_DEFICIT"], order["number"],
    )  # fmt: skip
    assert till.refused("swap", counter, "--with", order["number"]) == "no_swap", "not back again"


def test_total_sales_are_of_the_shops_own_days(shop, till):
    sales = till("sales")
    assert sales["time_zone"] == "Africa/Lagos"
    confirmed = [o for o in till("orders", "--limit", 500) if o["confirmed_at"]]
    days = {o["confirmed_at"][:10] for o in confirmed}
    first, last = min(days, default="2026-01-01"), max(days, default="2026-01-01")
    assert till("sales", "--from", "2020-01-01", "--to", "2020-12-31")["total_sales_minor"] == 0
    around = till("sales", "--from", f"{int(first[:4]) - 1}-01-01", "--to", f"{int(last[:4]) + 1}-12-31")
    assert around["total_sales_minor"] == sales["total_sales_minor"]
    assert sales["total_sales_minor"] == sales["sales_minor"] - sales["refunds_minor"]


def test_a_discount_is_split_once_and_given_back_to_the_kobo(shop, till):
    """Scenarios 21 and 22: shares by largest remainder, the missing units go back at what they cost."""
    three = [shop.product(1, "100.00") for _ in range(3)]
    six = shop.product(1, "500.00")
    till.sync()
    order = till(
        "new", *(word for sku in three for word in ("--line", f"{sku}=1")), "--discount-minor", 1_000
    )
    assert [row["total_minor"] for row in order["lines"]] == [9_666, 9_667, 9_667]
    assert (order["total_minor"], order["discount_minor"]) == (29_000, 1_000)
    number = till("new", "--line", f"{six}=6", "--discount-minor", 30_000, "--shipping-minor", 0)["number"]
    assert till("pay", number, "--amount-minor", 270_000)["attention"] == ["SHORTAGE"]
    order = till("resolve", number, "refund-excess")
    assert (order["refunded_minor"], order["total_minor"], order["shipping_minor"]) == (225_000, 45_000, 0)


def test_money_goes_back_newest_payment_first_and_shipping_only_if_asked(shop, till):
    """Scenario 23, and delivery that stays with the order unless somebody says otherwise."""
    there, missing = shop.product(1, "1000.00"), shop.product(0, "3500.00")
    till.sync()
    lines = ("--line", f"{there}=1", "--line", f"{missing}=1")
    number = till("new", *lines, "--shipping-minor", 50_000)["number"]
    till("pay", number, "--amount-minor", 200_000, "--method", "cash")
    till("pay", number, "--amount-minor", 300_000, "--method", "transfer")
    assert till.refused("resolve", number, "refund-excess", "--shipping-minor", 50_001) == "too_much"
    assert (
        till.refused("resolve", number, "refund-excess", "--amount-minor", 350_001, "--reason", "x")
        == "too_much"
    )
    plain = till("resolve", number, "refund-excess", "--dry-run")["money"]
    assert (plain["amount_minor"], [part["amount_minor"] for part in plain["parts"]]) == (
        350_000,
        [300_000, 50_000],
    )
    order = till("resolve", number, "refund-excess", "--shipping-minor", 20_000)
    assert (order["refunded_minor"], order["total_minor"], order["shipping_minor"]) == (
        370_000,
        130_000,
        30_000,
    )
    assert [(p["method"], p["left_minor"]) for p in order["payments"]] == [("cash", 130_000), ("transfer", 0)]
