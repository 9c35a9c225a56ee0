"""Deciding about orders in Attention from the command line."""

import pytest

from posapp.domain.resolutions import RESOLUTIONS


def level(ask, sku="TOTE"):
    row = ask("stock", sku)[0]
    return row["on_hand"], row["allocated"], row["available"]


def state(ask):
    """Everything a dry run must leave as it is."""
    return ask("orders"), ask("stock"), ask("sales"), ask("replay", "--check")["commands"]


def test_scenario_4_refund_excess(paid_short, ask):
    order = ask("resolve", "1", "refund-excess")
    line = order["lines"][0]
    assert (line["ordered"], line["wanted"], line["refunded"], line["held"], line["short"]) == (3, 2, 1, 2, 0)
    assert (order["total_minor"], order["payment_status"], order["refunded_minor"]) == (
        3_000_000,
        "PAID",
        1_500_000,
    )
    assert order["attention"] == []
    assert level(ask) == (2, 2, 0)
    assert ask("sales")["total_sales_minor"] == 3_000_000
    assert ask("orders", "--attention") == []


def test_scenario_5_refund_order(paid_short, ask):
    order = ask("resolve", "1", "refund-order", "--route", "hand", "--reference", "T99")
    assert (order["status"], order["payment_status"], order["close_reason"]) == (
        "CANCELLED",
        "UNPAID",
        "REFUNDED",
    )
    assert order["refunded_minor"] == 4_500_000
    assert level(ask) == (2, 0, 2)
    assert ask("sales")["total_sales_minor"] == 0


def test_scenario_6_fulfill_order(paid_short, ask):
    order = ask("resolve", "1", "fulfill-order")
    assert (order["total_minor"], order["payment_status"], order["ship_status"]) == (
        4_500_000,
        "PAID",
        "UNFULFILLED",
    )
    assert order["attention"] == []
    assert level(ask) == (3, 3, 0)
    assert ask("sales")["total_sales_minor"] == 4_500_000


def test_scenario_7_nothing_held(shop, ask, run):
    shop()
    ask("new", "--line", "TOTE=2")
    ask("pay", "1", "--amount-minor", 3_000_000, "--method", "cash")
    said = run("resolve", "1", "refund-excess", "--json")
    assert (said.code, said.error["error"]) == (1, "nothing_held")
    assert run("resolve", "1", "refund-excess", "--dry-run", "--json").error["error"] == "nothing_held"
    ask("resolve", "1", "fulfill-order")
    assert level(ask) == (2, 2, 0)


def test_scenario_8_money_follows_the_missing_line(shop, ask):
    shop(**{"MUG=BLUE": 4})
    ask("new", "--line", "MUG=BLUE=1", "--line", "SHEA BUTTER=2")
    ask("pay", "1", "--amount-minor", 800_000, "--method", "cash")
    order = ask("resolve", "1", "refund-excess")
    assert (order["refunded_minor"], order["total_minor"]) == (600_000, 200_000)
    assert (order["lines"][1]["ordered"], order["lines"][1]["wanted"]) == (2, 0)


def test_mixed_spreads_units_over_lines_of_one_product(shop, ask, run):
    shop(TOTE=1)
    ask("new", "--line", "TOTE=2", "--line", "TOTE=2")
    ask("pay", "1", "--amount-minor", 6_000_000, "--method", "cash")
    assert run("resolve", "1", "mixed", "--fulfill", "TOTE=2", "--refund", "TOTE=2", "--json").code == 1
    assert run("resolve", "1", "mixed", "--refund", "WIG=1", "--json").error["error"] == "line_not_found"
    order = ask("resolve", "1", "mixed", "--fulfill", "TOTE=2", "--refund", "TOTE=1")
    assert [(line["held"], line["refunded"], line["short"]) for line in order["lines"]] == [
        (2, 0, 0),
        (1, 1, 0),
    ]
    assert (order["refunded_minor"], order["attention"]) == (1_500_000, [])
    assert level(ask) == (3, 3, 0)


@pytest.mark.parametrize("resolution", ["refund-excess", "refund-order", "fulfill-order"])
def test_a_dry_run_says_what_then_happens_and_changes_nothing(paid_short, ask, resolution):
    before = state(ask)
    effect = ask("resolve", "1", resolution, "--dry-run")
    assert state(ask) == before
    assert effect["dry_run"] is True
    order = ask("resolve", "1", resolution, "--seen", effect["seen"])
    tote = next(item for item in effect["stock"] if item["sku"] == "TOTE")
    assert (tote["on_hand_after"], tote["allocated_after"], tote["available_after"]) == level(ask)
    assert effect["order"]["status_after"] == order["status"]
    assert effect["order"]["payment_status_after"] == order["payment_status"]
    assert effect["money"]["amount_minor"] == order["refunded_minor"]
    sold = before[2]["total_sales_minor"]
    assert sold + effect["sales"]["change_minor"] == ask("sales")["total_sales_minor"]


def test_a_dry_run_in_words_names_money_stock_and_order(paid_short, run):
    told = run("resolve", "1", "refund-excess", "--dry-run").out
    assert "Ada Obi gets 15,000.00 NGN" in told
    assert "short 1 → 0" in told
    assert "Tote" in told
    assert "leaves Attention" in told


def test_a_decision_on_older_figures_is_refused(paid_short, ask, run):
    seen = ask("resolve", "1", "refund-excess", "--dry-run")["seen"]
    ask("set", "auto-fill", "off")
    ask("receive", "TOTE", "1")
    said = run("resolve", "1", "refund-excess", "--seen", seen, "--json")
    assert (said.code, said.error["error"]) == (1, "facts_changed")
    assert ask("show", "1")["refunded_minor"] == 0


def test_scenario_27_the_second_decision_is_told_who_was_faster(paid_short, ask, run):
    ask("resolve", "1", "refund-excess", "--actor", "Ify")
    error = run("resolve", "1", "fulfill-order", "--json").error
    assert error["error"] == "already_resolved"
    assert "Ify" in error["message"]


def test_a_fulfilment_is_undone_while_nothing_else_happened(paid_short, ask, run):
    assert run("undo", "1", "--json").error["error"] == "decision_not_found"
    ask("resolve", "1", "fulfill-order")
    order = ask("undo", "1")
    assert order["attention"] == ["SHORTAGE"]
    assert level(ask) == (2, 2, 0)
    assert run("undo", "1", "--json").code == 1
    ask("resolve", "1", "refund-excess")
    assert run("undo", "1", "--json").error["error"] == "money_left"


def test_scenario_18_late_money_is_accepted_or_given_back(shop, ask, run):
    shop(**{"SHEA BUTTER": 4})
    for number in (1, 2):
        ask("new", "--line", "SHEA BUTTER=2")
        ask("cancel", number)
        order = ask("pay", number, "--amount-minor", 600_000, "--method", "transfer")
        assert (order["status"], order["attention"], order["owed_minor"]) == (
            "CANCELLED",
            ["LATE_PAYMENT"],
            600_000,
        )
    order = ask("resolve", "1", "accept")
    assert (order["payment_status"], order["lines"][0]["held"], order["attention"]) == ("PAID", 2, [])
    order = ask("resolve", "2", "refund")
    assert (order["status"], order["owed_minor"], order["refunded_minor"]) == ("CANCELLED", 0, 600_000)
    assert ask("sales")["total_sales_minor"] == 600_000
    assert run("resolve", "2", "accept", "--json").error["error"] == "already_resolved"


@pytest.mark.parametrize(
    ("named", "credit"), [("refund", 0), ("refund-difference", 0), ("keep-credit", 15_000)]
)
def test_scenario_17_what_was_paid_above_the_total(shop, ask, named, credit):
    shop(TOTE=1)
    ask("new", "--line", "TOTE=1")
    order = ask("pay", "1", "--amount-minor", 1_515_000, "--method", "transfer")
    assert (order["payment_status"], order["attention"]) == ("PAID", ["OVERPAYMENT"])
    order = ask("resolve", "1", named)
    assert (order["paid_minor"] - order["total_minor"], order["attention"]) == (credit, [])
    assert ask("sales")["total_sales_minor"] == 1_500_000


def test_refund_alone_is_ambiguous_for_a_shortage(paid_short, run):
    assert run("resolve", "1", "refund", "--json").error["error"] == "ambiguous"


def test_a_decision_for_a_case_that_is_not_open_is_refused(shop, ask, run):
    shop(TOTE=1)
    ask("new", "--line", "TOTE=1")
    for named in ("refund-excess", "accept", "refund", "wait", "check-payment", "already-refunded"):
        assert run("resolve", "1", named, "--json").error["error"] == "no_case", named


def test_every_button_of_the_rules_has_its_word(run):
    told = run("resolve", "--help").out
    for key in set(RESOLUTIONS) - {"shop_refund"}:
        assert key.replace("_", "-") in told, key


def test_units_are_named_for_mixed_only(paid_short, run):
    assert run("resolve", "1", "refund-excess", "--refund", "TOTE=1", "--json").code == 2
    assert run("resolve", "1", "burn", "--json").code == 2


def test_less_can_be_given_back_with_a_reason_never_more(paid_short, ask, run):
    assert (
        run("resolve", "1", "refund-excess", "--amount-minor", "1000", "--json").error["error"]
        == "reason_missing"
    )
    assert (
        run("resolve", "1", "refund-excess", "--amount-minor", "9000000", "--json").error["error"]
        == "too_much"
    )
    order = ask("resolve", "1", "refund-excess", "--amount-minor", "1000000", "--reason", "handling")
    assert (order["refunded_minor"], order["total_minor"]) == (1_000_000, 3_500_000)


def test_units_are_swapped_with_the_order_that_overtook(shop, ask, run, time_machine):
    shop(TOTE=2)
    ask("set", "auto-fill", "off")
    ask("new", "--line", "TOTE=2")
    ask("pay", "1", "--amount-minor", 3_000_000, "--method", "cash")
    ask("count", "TOTE", 0)
    ask("receive", "TOTE", 2)
    ask("new", "--line", "TOTE=2")
    ask("pay", "2", "--amount-minor", 3_000_000, "--method", "cash")
    assert run("swap", "1", "--json").error["error"] == "no_swap", "a deficit was taken by nobody"
    order = ask("swap", "1", "--with", "2")
    assert (order["lines"][0]["held"], order["attention"]) == (2, [])
    assert ask("show", "2")["attention"] == ["STOCK_DEFICIT"]


def test_scenario_10_and_9_stock_that_arrives_goes_to_the_oldest_payment(shop, ask):
    shop()
    for number, units in ((1, 2), (2, 3)):
        ask("new", "--line", f"TOTE={units}")
        ask("pay", number, "--amount-minor", units * 1_500_000, "--method", "cash")
    assert ask("receive", "TOTE", 4)["allocated"] == 4
    assert ask("show", "1")["attention"] == []
    assert ask("show", "2")["lines"][0]["short"] == 1


def test_a_decision_about_freed_units_names_the_order_that_gets_them(shop, ask):
    shop(TOTE=2)
    for number, units in ((1, 3), (2, 1)):
        ask("new", "--line", f"TOTE={units}")
        ask("pay", number, "--amount-minor", units * 1_500_000, "--method", "cash")
    effect = ask("resolve", "1", "refund-order", "--dry-run")
    assert [(other["number"], other["units"]) for other in effect["others"]] == [("0002", 1)]
