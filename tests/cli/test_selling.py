"""Placing, paying, cancelling and handing over from the command line."""

import pytest

from posapp.db.database import open_reader


def level(ask, sku="TOTE"):
    row = ask("stock", sku)[0]
    return row["on_hand"], row["allocated"], row["available"]


def test_scenario_1_and_2_an_unpaid_order_moves_nothing_and_its_payment_confirms_it(shop, ask):
    shop(TOTE=5)
    order = ask("new", "--line", "TOTE=3", "--customer", "Ada Obi")
    assert (order["status"], order["payment_status"], order["attention"]) == ("OPEN", "UNPAID", [])
    assert level(ask) == (5, 0, 5)
    assert ask("sales")["total_sales_minor"] == 0
    order = ask("pay", order["number"], "--amount-minor", 4_500_000, "--method", "cash", "--reference", "R")
    assert (order["status"], order["payment_status"], order["attention"]) == ("PROCESSING", "PAID", [])
    assert level(ask) == (5, 3, 2)
    assert ask("sales")["total_sales_minor"] == 4_500_000
    assert ask("orders", "--attention") == []


def test_scenario_3_the_last_units_go_short(paid_short, ask):
    assert paid_short["payment_status"] == "PAID"
    assert paid_short["attention"] == ["SHORTAGE"]
    assert level(ask) == (2, 2, 0)
    assert ask("sales")["total_sales_minor"] == 4_500_000
    assert len(ask("orders", "--attention")) == 1


def test_a_payment_in_parts_confirms_at_the_last_one(shop, ask):
    shop(TOTE=5)
    ask("new", "--line", "TOTE=1")
    order = ask("pay", "1", "--amount-minor", 500_000, "--method", "cash")
    assert (order["status"], order["payment_status"], order["balance_minor"]) == (
        "OPEN",
        "PARTIALLY_PAID",
        1_000_000,
    )
    order = ask("pay", "1", "--amount-minor", 1_000_000, "--method", "transfer")
    assert (order["status"], order["payment_status"], order["balance_minor"]) == ("PROCESSING", "PAID", 0)


def test_a_sku_is_split_at_its_last_equals_sign_and_may_hold_spaces(shop, ask):
    shop(TOTE=1)
    order = ask("new", "--line", "MUG=BLUE=2", "--line", "SHEA BUTTER=1", "--line", "MUG=BLUE=3")
    assert [(line["sku"], line["ordered"]) for line in order["lines"]] == [
        ("MUG=BLUE", 2),
        ("SHEA BUTTER", 1),
        ("MUG=BLUE", 3),
    ]


@pytest.mark.parametrize(
    "line", ["TOTE", "=3", "TOTE=", "TOTE=x", "TOTE=1.5", "TOTE=1_0", "TOTE=٣", "TOTE=" + "9" * 40]
)
def test_a_line_that_is_no_sku_and_number_is_a_usage_error(shop, run, ask, line):
    shop(TOTE=5)
    said = run("new", "--line", line, "--json")
    assert said.code == 2
    assert said.error["error"] == "usage"
    assert ask("orders") == []


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("TOTE=0", "bad_quantity"),
        ("TOTE=-1", "bad_quantity"),
        ("TOTE=1000001", "bad_quantity"),
        ("NOPE=1", "product_not_found"),
    ],
)
def test_a_line_that_a_rule_refuses_changes_nothing(shop, run, ask, line, code):
    shop(TOTE=5)
    said = run("new", "--line", "TOTE=1", "--line", line, "--json")
    assert (said.code, said.error["error"]) == (1, code)
    assert ask("orders") == []
    assert ask("new", "--line", "TOTE=1")["number"] == "0001", "no number was used up"


def test_a_customers_name_is_kept_but_not_in_the_journal(shop, ask, folder):
    shop(TOTE=1)
    ask(
        "new",
        "--line",
        "TOTE=1",
        "--customer",
        "Ada Obi",
        "--phone",
        "+234 803 555 0142",
        "--email",
        "a@example.test",
    )
    connection = open_reader(folder)
    bodies = " ".join(row[0] for row in connection.execute("SELECT body FROM journal"))
    kept = connection.execute("SELECT name, phone_reversed, email FROM contact").fetchall()
    connection.close()
    assert "Ada" not in bodies
    assert "803 555" not in bodies
    assert kept == [("Ada Obi", "2410555308432", "a@example.test")]


def test_an_announced_transfer_counts_only_once_it_was_seen(shop, ask, run):
    shop(TOTE=5)
    ask("new", "--line", "TOTE=1")
    order = ask(
        "pay", "1", "--amount-minor", 1_500_000, "--awaiting", "--method", "transfer", "--reference", "T1"
    )
    assert (order["payment_status"], order["payments"][0]["state"]) == ("UNPAID", "PENDING")
    assert level(ask) == (5, 0, 5)
    order = ask("confirm-transfer", "1", "--reference", "BANK-7")
    assert (order["payment_status"], order["payments"][0]["reference"]) == ("PAID", "BANK-7")
    assert run("confirm-transfer", "1", "--json").error["error"] == "not_awaited"


def test_a_transfer_that_never_came_no_longer_waits(shop, ask):
    shop(TOTE=5)
    ask("new", "--line", "TOTE=1")
    ask("pay", "1", "--amount-minor", 1_500_000, "--awaiting")
    order = ask("confirm-transfer", "1", "--never-came")
    assert (order["payment_status"], order["payments"][0]["state"]) == ("UNPAID", "FAILED")


def test_of_several_awaited_transfers_one_must_be_named(shop, ask, run):
    shop(TOTE=5)
    ask("new", "--line", "TOTE=1")
    for amount in (500_000, 1_000_000):
        ask("pay", "1", "--amount-minor", amount, "--awaiting")
    assert run("confirm-transfer", "1", "--json").error["error"] == "ambiguous"
    assert ask("confirm-transfer", "1", "--amount-minor", 500_000)["paid_minor"] == 500_000


@pytest.mark.parametrize(
    ("words", "exit_code"),
    [
        (["--amount-minor", "0", "--method", "cash"], 1),
        (["--amount-minor", "-5", "--method", "cash"], 1),
        (["--amount-minor", "5", "--method", "cash", "--awaiting"], 1),
        (["--amount-minor", "5", "--method", "cheque"], 2),
        (["--amount-minor", "1" + "0" * 30, "--method", "cash"], 2),
        (["--amount-minor", "5.0", "--method", "cash"], 2),
        (["--method", "cash"], 2),
    ],
)
def test_a_payment_that_cannot_be_is_refused_and_not_recorded(shop, run, ask, words, exit_code):
    shop(TOTE=5)
    ask("new", "--line", "TOTE=1")
    said = run("pay", "1", *words, "--json")
    assert said.code == exit_code
    assert said.error
    assert ask("show", "1")["payments"] == []


def test_scenario_14_the_same_reference_on_two_orders_is_two_payments_and_a_warning(shop, ask, run):
    shop(TOTE=5)
    for number in (1, 2):
        ask("new", "--line", "TOTE=1")
        order = ask("pay", number, "--amount-minor", 1_500_000, "--method", "transfer", "--reference", "T68")
        assert order["payment_status"] == "PAID"
    assert order["warnings"] == ["reference T68 is also on order 0001"]
    ask("new", "--line", "TOTE=1")
    told = run("pay", "3", "--amount-minor", "1", "--method", "cash", "--reference", "T68")
    assert "also on order 0001" in told.err


def test_scenario_30_cancelling_gives_back_money_and_units(shop, ask, run):
    shop(TOTE=5)
    ask("new", "--line", "TOTE=2")
    ask("pay", "1", "--amount-minor", 3_000_000, "--method", "cash")
    order = ask("cancel", "1", "--reason", "changed her mind")
    assert (order["status"], order["payment_status"], order["refunded_minor"]) == (
        "CANCELLED",
        "UNPAID",
        3_000_000,
    )
    assert level(ask) == (5, 0, 5)
    assert run("cancel", "1", "--json").error["error"] == "cancelled"


def test_handing_over_whole_and_per_line_until_completed(shop, ask, run):
    shop(TOTE=3, **{"MUG=BLUE": 4})
    ask("new", "--line", "TOTE=3", "--line", "MUG=BLUE=1", "--line", "MUG=BLUE=2")
    assert run("hand-over", "1", "--json").error["error"] == "not_paid"
    ask("pay", "1", "--amount-minor", 5_100_000, "--method", "cash")
    order = ask("hand-over", "1", "--line", "TOTE=1", "--line", "MUG=BLUE=2")
    assert [line["handed_over"] for line in order["lines"]] == [1, 1, 1], "first line first"
    assert order["status"] == "PROCESSING"
    assert level(ask) == (2, 2, 0)
    assert run("hand-over", "1", "--line", "TOTE=3", "--json").error["error"] == "bad_quantity"
    assert run("hand-over", "1", "--line", "WIG=1", "--json").error["error"] == "line_not_found"
    order = ask("hand-over", "1")
    assert order["status"] == "COMPLETED"
    assert run("cancel", "1", "--json").error["error"] == "handed_over"
    assert ask("ship", "1")["ship_status"] == "SHIPPED"
    assert ask("ship", "1", "--delivered")["ship_status"] == "DELIVERED"
    assert run("ship", "1", "--json").code == 1


def test_untracked_goods_are_never_short(shop, ask):
    shop(TOTE=1)
    ask("new", "--line", "WIG=7")
    order = ask("pay", "1", "--amount-minor", 700_000, "--method", "card")
    assert (order["lines"][0]["held"], order["attention"]) == (7, [])


def test_who_did_it_is_in_the_journal(shop, ask, folder):
    shop(TOTE=1)
    ask("new", "--line", "TOTE=1", "--actor", "Chidi")
    connection = open_reader(folder)
    assert connection.execute("SELECT actor FROM journal ORDER BY seq DESC LIMIT 1").fetchone() == ("Chidi",)
    connection.close()
