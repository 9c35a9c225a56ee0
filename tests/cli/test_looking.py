"""What scripts read: the documented names, bare arrays, one moment of the shop."""

import json

import pytest

from posapp.desk import Desk
from posapp.queries.facts import CHUNK

ORDER = {
    "number", "remote_id", "local_ref", "channel", "customer", "placed_at", "confirmed_at", "status",
    "payment_status", "ship_status", "total_minor", "paid_minor", "refunded_minor", "owed_minor", "attention",
    "overtaken_by", "lines",
}  # fmt: skip
LINE = {"sku", "ordered", "wanted", "held", "short", "refunded", "handed_over"}
STOCK = {"sku", "location", "on_hand", "allocated", "available"}
SALES = {"total_sales_minor", "refunds_minor", "orders"}


def test_an_order_has_every_name_that_scripts_know(paid_short, ask):
    order = ask("show", "1")
    assert set(order) >= ORDER
    assert set(order["lines"][0]) >= LINE
    assert order["number"] == "0001"
    assert order["local_ref"] == "A-0001"
    assert (order["channel"], order["customer"]) == ("MANUAL", "Ada Obi")
    assert (order["status"], order["payment_status"], order["ship_status"]) == (
        "PROCESSING",
        "PAID",
        "UNFULFILLED",
    )
    assert (order["total_minor"], order["paid_minor"], order["owed_minor"]) == (4_500_000, 4_500_000, 0)
    assert order["attention"] == ["SHORTAGE"]
    assert order["placed_at"].endswith("Z")
    assert order["placed_at"] < order["confirmed_at"]
    line = order["lines"][0]
    assert (line["ordered"], line["wanted"], line["held"], line["short"]) == (3, 3, 2, 1)


def test_lists_are_bare_arrays(paid_short, run):
    for words in (["orders"], ["orders", "--attention"], ["stock"], ["stock", "TOTE"], ["quarantine"]):
        said = run(*words, "--json")
        assert isinstance(said.json, list), words


def test_stock_is_told_per_product_and_location(shop, ask):
    shop(TOTE=5)
    rows = {row["sku"]: row for row in ask("stock")}
    assert set(rows) == {"TOTE", "MUG=BLUE", "SHEA BUTTER"}, "what is not tracked has no number"
    assert set(rows["TOTE"]) >= STOCK
    assert [rows["TOTE"][name] for name in ("on_hand", "allocated", "available")] == [5, 0, 5]
    assert rows["TOTE"]["location"] == "Shop"
    assert rows["MUG=BLUE"]["on_hand"] == 0


@pytest.mark.parametrize("sku", ["TOTE", "tote", "bar-TOTE"])
def test_a_product_is_found_by_sku_in_any_letters_and_by_barcode(shop, ask, sku):
    shop(TOTE=5)
    assert [row["sku"] for row in ask("stock", sku)] == ["TOTE"]


@pytest.mark.parametrize("number", ["1", "0001", "#0001", "#1", "00001", "A-0001", "a-0001", " 1 "])
def test_an_order_is_found_however_its_number_is_written(paid_short, ask, number):
    assert ask("show", number)["number"] == "0001"


@pytest.mark.parametrize("number", ["2", "", "#", "A-0002", "²", "0001; DROP", "9" * 30])
def test_an_order_that_is_not_there_is_said(paid_short, run, number):
    assert run("show", number, "--json").error["error"] == "order_not_found"


def test_the_web_id_finds_an_order_unless_several_bear_it(paid_short, run, ask, folder):
    ask("new", "--line", "TOTE=1")
    desk = Desk(folder)
    desk.write_now(lambda c: c.execute("UPDATE orders SET remote_id = '88213' WHERE number = '0001'"))
    desk.close()
    assert ask("show", "88213")["number"] == "0001"
    desk = Desk(folder)
    desk.write_now(lambda c: c.execute("UPDATE orders SET remote_id = '88213'"))
    desk.close()
    assert run("show", "88213", "--json").error["error"] == "ambiguous"


def test_orders_come_newest_first_and_attention_oldest_payment_first(shop, ask):
    shop(TOTE=1)
    for _ in range(3):
        ask("new", "--line", "TOTE=1")
    for number in (3, 2, 1):
        ask("pay", number, "--amount-minor", 1_500_000, "--method", "card")
    assert [order["number"] for order in ask("orders")] == ["0003", "0002", "0001"]
    assert [order["number"] for order in ask("orders", "--limit", "2")] == ["0003", "0002"]
    short = ask("orders", "--attention")
    assert [(order["number"], order["overtaken_by"]) for order in short] == [
        ("0002", "0003"),
        ("0001", "0003"),
    ]


@pytest.mark.parametrize(
    "text", ["Ada", "Obi", "0803 555 0142", "+2348035550142", "1", "A-0001", "T-68-XY", "TOTE"]
)
def test_search_finds_what_a_person_knows_of_an_order(shop, ask, text):
    shop(TOTE=1)
    ask("new", "--line", "TOTE=1", "--customer", "Ada Obi", "--phone", "+234 803 555 0142")
    ask("new", "--line", "MUG=BLUE=7", "--customer", "Musa")
    ask("pay", "1", "--amount-minor", 5, "--method", "cash", "--reference", "T-68-XY")
    assert [order["number"] for order in ask("orders", "--search", text)] == ["0001"]
    assert ask("orders", "--search", text, "--attention") == []


def test_sales_have_their_names_and_days_of_the_shops_own_zone(paid_short, ask):
    ask("resolve", "1", "refund-excess")
    sales = ask("sales")
    assert set(sales) >= SALES
    assert [sales[name] for name in ("total_sales_minor", "refunds_minor", "orders")] == [
        3_000_000,
        1_500_000,
        1,
    ]
    assert ask("sales", "--to", "2020-01-01")["total_sales_minor"] == 0
    assert ask("sales", "--from", "2020-01-01", "--to", "2199-12-31")["total_sales_minor"] == 3_000_000


def test_a_sale_just_after_midnight_in_lagos_counts_on_the_new_day(shop, ask, time_machine):
    shop(TOTE=9)
    time_machine.move_to("2031-03-01T23:30:00+00:00", tick=True)
    ask("new", "--line", "TOTE=1")
    ask("pay", "1", "--amount-minor", 1_500_000, "--method", "cash")
    assert ask("sales", "--from", "2031-03-02", "--to", "2031-03-02")["orders"] == 1
    assert ask("sales", "--from", "2031-03-01", "--to", "2031-03-01")["orders"] == 0


def test_days_the_wrong_way_round_are_a_usage_error(paid_short, run):
    assert run("sales", "--from", "2026-02-02", "--to", "2026-02-01", "--json").code == 2
    assert run("sales", "--from", "yesterday", "--json").code == 2


def test_text_is_a_short_table_for_people(paid_short, run):
    table = run("orders").out.splitlines()
    assert len(table) == 2
    assert "0001" in table[1]
    assert "45,000.00 NGN" in table[1]
    assert "SHORTAGE" in table[1]
    shown = run("show", "1").out
    assert "Ada Obi" in shown
    assert "refund-excess" in shown
    assert "Total Sales" in run("sales").out
    assert "TOTE" in run("stock").out


def test_a_hostile_name_cannot_disguise_a_line_of_text(shop, run, ask):
    shop(TOTE=1)
    ask("new", "--line", "TOTE=1", "--customer", "Ada\x1b[2J\u202eibO\x07")
    shown = run("show", "1").out
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert all(ord(sign) < 128 for sign in run("show", "1", "--json").out)
    assert "\u202e" in json.loads(run("show", "1", "--json").out)["customer"], "scripts get what was stored"


def test_a_long_list_is_whole(shop, ask, folder):
    shop(TOTE=1)
    for _ in range(CHUNK + 3):
        assert ask("new", "--line", "TOTE=1")["status"] == "OPEN"
    assert [o["number"] for o in ask("orders")] == [f"{n:04d}" for n in range(CHUNK + 3, 0, -1)]
