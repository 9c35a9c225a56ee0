"""Days in the shop's own zone, two programs on one folder, rows that somebody altered."""

import json
import sqlite3
import threading
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.stories.house import Between, Till, posapp

PRICE = 1_500_000
LAGOS = ZoneInfo("Africa/Lagos")


@pytest.fixture
def relayed(shop, host, tmp_path):
    relay = Between(shop)
    till = Till(tmp_path / "till", host)
    till.connect(shop, "--take-over", url=relay.url)
    yield relay, till
    relay.stop()
    assert till("replay", "--check")["ok"]


def test_a_day_begins_at_midnight_in_lagos(shop, relayed):
    """Paid at 22:59:59 UTC it is still yesterday there, one second later it is today."""
    relay, till = relayed
    sku = shop.product(9)
    midnight = datetime.now(LAGOS).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
    times = {
        shop.place((sku, 1), paid=True)["id"]: midnight - timedelta(seconds=1),
        shop.place((sku, 2), paid=True)["id"]: midnight,
    }

    def dated(method, path, status, body):
        rows = json.loads(body) if "/orders?" in path else None
        for row in rows or []:
            if at := times.get(row.get("id")):
                stamp = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
                row |= {"date_created_gmt": stamp, "date_paid_gmt": stamp}
        return status, body if rows is None else json.dumps(rows).encode()

    relay.spoil = dated
    till.sync()
    before, after = ((midnight - timedelta(days=days)).strftime("%Y-%m-%d") for days in (1, 0))
    first = till("sales", "--from", before, "--to", before)
    assert (first["total_sales_minor"], first["orders"], first["time_zone"]) == (PRICE, 1, "Africa/Lagos")
    second = till("sales", "--from", after, "--to", after)
    assert (second["total_sales_minor"], second["orders"]) == (2 * PRICE, 1)
    assert till("sales", "--from", before, "--to", after)["total_sales_minor"] == 3 * PRICE
    sold = till.sold()
    order = till("cancel", str(next(iter(times))))
    assert till("sales", "--from", before, "--to", before)["total_sales_minor"] == PRICE, "that day stays"
    assert till.sold() == sold - PRICE
    assert order["refunds"][0]["sales_minor"] == PRICE


def test_a_status_of_some_plugin_counts_by_its_date_of_payment(shop, relayed):
    relay, till = relayed
    sku = shop.product(5)
    paid, unpaid = shop.place((sku, 1), paid=True), shop.place((sku, 1))

    def renamed(method, path, status, body):
        body = body.replace(b'"status":"processing"', b'"status":"awaiting-pickup"')
        return status, body.replace(b'"status":"pending"', b'"status":"wc-Strange <b>"')

    relay.spoil = renamed
    till.sync()
    assert [order["status"] for order in till.orders(paid, unpaid)] == ["PROCESSING", "OPEN"]


def test_a_payment_that_hangs_asks_for_a_person(shop, relayed):
    """Everything happened twenty minutes ago, and the bank has not answered yet."""
    relay, till = relayed
    words = ("connect", "paystack", "--url", f"{relay.url}/paystack", "--secret-stdin")
    assert till.run(*words, given=shop.told["provider_key"] + "\n").code == 0
    sku, buyer = shop.product(3), shop.buyer()
    web = buyer.buy((sku, 1), payment="slow")
    ago = (datetime.now(UTC) - timedelta(minutes=20)).strftime("%Y-%m-%dT%H:%M:%S")

    def earlier(method, path, status, body):
        told = json.loads(body)
        for row in told if "/orders" in path and isinstance(told, list) else []:
            row |= {"date_created_gmt": ago} if row.get("id") == web["id"] else {}
        paid = told["data"] if "/paystack/transaction" in path else []
        for row in paid if isinstance(paid, list) else [paid]:  # a page, or the one that was asked for
            row |= {"created_at": f"{ago}.000Z", "createdAt": f"{ago}.000Z"}
        return status, json.dumps(told).encode()

    relay.spoil = earlier
    till.sync()
    order = till.order(web)
    assert (order["status"], order["payment_status"], order["attention"]) == (
        "OPEN",
        "UNPAID",
        ["PAYMENT_DELAYED"],
    )
    assert till("resolve", web["id"], "check-payment")["attention"] == ["PAYMENT_DELAYED"]
    assert till.refused("hand-over", web["id"]) == "not_paid"
    buyer.press("The bank answers")
    order = till("resolve", web["id"], "check-payment")
    assert (order["status"], order["payment_status"], order["attention"]) == ("PROCESSING", "PAID", [])
    assert till.refused("resolve", web["id"], "check-payment") == "no_case"


def test_one_program_writes_and_others_read(shop, relayed):
    """While a look hangs at a slow shop, its folder is refused to every other writer and open to every reader."""
    relay, till = relayed
    till.sync()
    sku = till("stock")[0]["sku"]
    hanging, go_on = threading.Event(), threading.Event()

    def hang(method, path, status, body):
        hanging.set()
        go_on.wait(30)
        return status, body

    relay.spoil = hang
    looking = threading.Thread(target=lambda: posapp("sync", "--once", "--data-dir", till.folder))
    looking.start()
    try:
        assert hanging.wait(30)
        for words in (("receive", sku, 1), ("new", "--line", f"{sku}=1"), ("sync", "--once"), ("undo", 1)):
            said = till.run(*words)
            assert (said.code, said.error) == (3, "folder_in_use"), words
        for words in (
            ("orders",),
            ("stock",),
            ("sales",),
            ("doctor",),
            ("replay", "--check"),
            ("quarantine",),
        ):
            assert till.run(*words).code == 0, words
    finally:
        go_on.set()
        looking.join()
    assert till("receive", sku, 1)["on_hand"] > 0


def test_a_row_that_somebody_altered_is_found(shop, relayed):
    """One number in the order, one in the journal; each put back, the books are right again."""
    _relay, till = relayed
    shop.place((shop.product(2), 3), paid=True)
    till.sync()

    def alter(sql):
        connection = sqlite3.connect(till.folder / "posapp.db")
        connection.execute("PRAGMA ignore_check_constraints = 1")
        connection.execute(sql)
        connection.commit()
        connection.close()

    for there, back in (
        (
            "UPDATE orders SET total_minor = total_minor + 1",
            "UPDATE orders SET total_minor = total_minor - 1",
        ),
        ("UPDATE level SET on_hand = on_hand + 1", "UPDATE level SET on_hand = on_hand - 1"),
        (
            "UPDATE journal SET actor = actor || 'x'",
            "UPDATE journal SET actor = substr(actor, 1, length(actor) - 1)",
        ),
    ):
        alter(there)
        said = till.run("replay", "--check")
        assert (said.code, said.error, json.loads(said.out)["ok"]) == (6, "check_failed", False), there
        alter(back)
        assert till("replay", "--check")["ok"]


def test_the_program_as_a_shell_calls_it(shop, relayed):
    """Options before and after the verb, errors as JSON on standard error, words without it."""
    _, till = relayed
    till.sync()
    assert posapp("--version").out.startswith("posapp ")
    assert "posapp orders" in posapp("orders", "--help").out
    assert posapp("--data-dir", till.folder, "--json", "stock", "RICE-5").json[0]["sku"] == "RICE-5"
    assert posapp("stock", "--json", "RICE-5", "--data-dir", till.folder).json[0]["sku"] == "RICE-5"
    said = posapp("show", "9999", "--data-dir", till.folder)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("posapp: ")
    said = posapp("--json", "frobnicate")
    assert (said.code, said.error) == (2, "usage")
