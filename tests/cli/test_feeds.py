"""Connecting and looking once, with the demo shop over real HTTP as another process."""

import io
import json
import os
import signal
import subprocess
import sys

import httpx
import pytest

from posapp.commands.payments import FlagDelay, RecordPayment
from posapp.db import database
from posapp.desk import Desk
from posapp.secrets import Secrets


class Shop:
    """A running demo shop, as `posapp demo-shop --json` told of it."""

    def __init__(self):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "posapp", "demo-shop", "--json"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.told = json.loads(self.process.stdout.readline())
        self.http = httpx.Client(
            base_url=self.told["url"] + "/wp-json/wc/v3",
            auth=(self.told["consumer_key"], self.told["consumer_secret"]),
        )

    def order(self, sku, units, *, paid):
        product = self.http.get("/products", params={"sku": sku}).json()[0]
        body = {
            "set_paid": paid,
            "status": "processing" if paid else "on-hold",
            "payment_method": "bacs",
            "billing": {"first_name": "Ada", "last_name": "Obi", "phone": "+234 803 555 0142"},
            "line_items": [{"product_id": product["id"], "quantity": units}],
        }
        answer = self.http.post("/orders", json=body)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def close(self):
        self.http.close()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        out, err = self.process.communicate(timeout=20)
        return out, err


@pytest.fixture
def web():
    shop = Shop()
    yield shop
    shop.close()


@pytest.fixture
def connect(run, monkeypatch):
    def call(*words, secret, where=None):
        monkeypatch.setattr("sys.stdin", io.StringIO(secret + "\n"))
        return run("connect", *words, "--secret-stdin", "--json", where=where)

    return call


@pytest.fixture
def connected(web, connect):
    keys = web.told
    told = connect(
        "woocommerce", keys["url"], "--key", keys["consumer_key"], secret=keys["consumer_secret"]
    ).json
    connect("paystack", "--url", keys["provider_url"], secret=keys["provider_key"])
    return told


def test_the_first_line_of_the_demo_shop_says_where_it_is(web):
    names = {"url", "page", "consumer_key", "consumer_secret", "provider_url", "provider_key"}
    assert set(web.told) == names
    assert all(web.told.values())
    assert httpx.get(web.told["page"]).status_code == 200
    assert web.close() == ("", "")
    assert web.process.returncode == 0


def test_connecting_opens_a_shop_and_one_look_brings_its_goods(web, connected, ask, folder):
    assert (connected["kind"], connected["state"], connected["currency"]) == ("woocommerce", "active", "NGN")
    assert ask("orders") == []
    counts = ask("sync", "--once")
    assert {"pulled", "applied", "already_known", "parked", "quarantined"} <= set(counts)
    assert counts["applied"] > 5
    stock = {row["sku"]: row for row in ask("stock")}
    theirs = web.http.get("/products", params={"sku": "RICE-5"}).json()[0]
    assert stock["RICE-5"]["available"] == theirs["stock_quantity"]
    assert ask("sync", "--once")["applied"] == 0
    assert ask("sales")["time_zone"] == "Africa/Lagos"


def test_a_web_shop_s_orders_take_where_it_was_bound(web, connect, ask):
    ask("add-location", "Lekki")
    keys = web.told
    words = ("woocommerce", keys["url"], "--key", keys["consumer_key"], "--location")
    assert connect(*words, "Ikeja", secret=keys["consumer_secret"]).code == 1
    connect(*words, "lekki", secret=keys["consumer_secret"])
    web.order("TOTE-RED", 1, paid=True)
    ask("sync", "--once")
    here, there = ({x["sku"]: x for x in ask("stock", "--location", name)} for name in ("Shop", "Lekki"))
    assert there["TOTE-RED"]["allocated"] == 1
    assert {x["on_hand"] for x in here.values()} == {0}


def test_a_paid_web_order_confirms_itself_and_the_next_one_asks_for_attention(web, connected, ask):
    ask("sync", "--once")
    there = next(row["available"] for row in ask("stock", "RICE-5"))
    first, second = web.order("RICE-5", there, paid=True), web.order("RICE-5", 1, paid=True)
    ask("sync", "--once")
    orders = {order["remote_id"]: order for order in ask("orders")}
    assert (orders[first]["status"], orders[first]["payment_status"], orders[first]["attention"]) == (
        "PROCESSING", "PAID", [],
    )  # fmt: skip
    assert orders[first]["customer"] == "Ada Obi"
    assert orders[first]["channel"] == "WEB"
    assert orders[second]["attention"] == ["SHORTAGE"]
    assert orders[second]["overtaken_by"] == orders[first]["number"]
    assert [order["remote_id"] for order in ask("orders", "--attention")] == [second]
    assert [order["remote_id"] for order in ask("orders", "--search", first)] == [first]
    assert ask("resolve", orders[second]["number"], "refund-order")["status"] == "CANCELLED"
    assert ask("hand-over", orders[first]["number"])["status"] == "COMPLETED"
    assert ask("replay", "--check")["ok"]
    assert ask("doctor")["ok"]


def test_the_secret_is_kept_and_shown_nowhere(web, connected, run, folder):
    secret = web.told["consumer_secret"]
    assert secret not in json.dumps(connected)
    run("sync", "--once")
    files = [path for path in folder.iterdir() if secret.encode() in path.read_bytes()]
    assert [path.name for path in files] == ["secrets.toml"]
    assert files[0].stat().st_mode & 0o077 == 0
    connection = database.open_reader(folder)
    shop_id = connection.execute("SELECT id FROM connection WHERE kind = 'woocommerce'").fetchone()[0]
    connection.close()
    assert Secrets(folder).get(shop_id) == secret


@pytest.mark.parametrize(
    ("kind", "change", "code"),
    [
        ("woocommerce", {"secret": "cs_wrong"}, "wrong_key"),
        ("woocommerce", {"url": "http://shop.example.test"}, "plain_http"),
        ("woocommerce", {"url": "nonsense address"}, "wrong_address"),
        ("woocommerce", {"url": "http://127.0.0.1:1"}, "wrong_address"),
        ("paystack", {"secret": "sk_test_wrong"}, "wrong_key"),
    ],
)
def test_what_cannot_be_connected_is_said_and_opens_no_shop(kind, change, code, web, connect, folder):
    keys = web.told
    shop = kind == "woocommerce"
    url = change.get("url", keys["url" if shop else "provider_url"])
    secret = change.get("secret", keys["consumer_secret" if shop else "provider_key"])
    words = [kind, url, "--key", keys["consumer_key"]] if shop else [kind, "--url", url]
    said = connect(*words, secret=secret)
    assert (said.code, said.error["error"]) == (1, code)
    assert secret not in said.err
    assert not folder.exists()


def test_the_secret_never_stands_on_the_command_line(web, run, connect, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    words = ["connect", "woocommerce", web.told["url"], "--key", "ck_x", "--json"]
    assert run(*words).code == 2
    assert run(*words, "--secret-stdin").code == 2
    assert run(*words, "--secret", "cs_x").code == 2


def test_a_shop_that_does_not_answer_ends_with_5_and_loses_nothing(web, connected, run, ask):
    ask("sync", "--once")
    web.close()
    said = run("sync", "--once", "--json")
    assert (said.code, said.error["error"]) == (5, "feed_unavailable")
    assert json.loads(said.out)["pulled"] == 0
    assert len(ask("stock")) > 5
    assert ask("new", "--line", "RICE-5=1")["status"] == "OPEN"


def test_a_second_till_on_one_shop_is_told_and_takes_nothing_until_it_takes_over(
    web, connected, connect, run, tmp_path
):
    second = tmp_path / "second"
    keys = web.told
    words = ("woocommerce", keys["url"], "--key", keys["consumer_key"])
    told = connect(*words, secret=keys["consumer_secret"], where=second).json
    assert told["state"] == "taken_over"
    assert "Another posapp" in told["notice"]
    said = run("sync", "--once", "--json", where=second)
    assert (said.code, said.error["error"]) == (1, "taken_over")
    assert run("orders", "--json", where=second).json == run("stock", "--json", where=second).json == []
    told = connect(*words, "--take-over", secret=keys["consumer_secret"], where=second).json
    assert (told["state"], told["notice"]) == ("active", "")
    assert run("sync", "--once", "--json", where=second).json["applied"] > 5
    assert run("sync", "--once", "--json").error["error"] == "taken_over", "the first one is told in its turn"


def test_a_till_that_sold_nothing_yet_takes_the_shops_time_zone_over(web, connect, ask, monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    ask("set", "auto-fill", "on")
    assert ask("sales")["time_zone"] == "Asia/Tokyo"
    keys = web.told
    assert (
        connect(
            "woocommerce", keys["url"], "--key", keys["consumer_key"], secret=keys["consumer_secret"]
        ).code
        == 0
    )
    assert ask("sales")["time_zone"] == "Africa/Lagos"


def test_looking_without_a_connection_is_refused(shop, run):
    shop(TOTE=1)
    assert run("sync", "--once", "--json").error["error"] == "not_connected"


def test_a_port_that_is_taken_is_said(web):
    port = web.told["url"].rsplit(":", 1)[1]
    said = subprocess.run(
        [sys.executable, "-m", "posapp", "demo-shop", "--port", port, "--json"],
        capture_output=True, text=True, timeout=30, check=False, env=os.environ,
    )  # fmt: skip
    assert said.returncode == 1
    assert json.loads(said.stderr)["error"] == "port_taken"


def test_a_delayed_payment_is_asked_for_again(web, connected, ask, folder):
    ask("sync", "--once")
    ask("new", "--line", "RICE-5=1")
    desk = Desk(folder)
    at = desk.clock()
    order_id = desk.write_now(lambda c: c.execute("SELECT id FROM orders").fetchone()[0])
    command = {"actor": "posapp", "at": at, "order_id": order_id}
    hanging = {
        "provider": "paystack",
        "provider_ref": "T1",
        "reference": "T1",
        "method": "card",
        "gross_minor": 1,
    }
    desk.do(RecordPayment(id="c1", **command, **hanging, customer_fee_minor=0, state="PENDING", paid_at=at))
    payment_id = desk.write_now(lambda c: c.execute("SELECT id FROM payment").fetchone()[0])
    desk.do(FlagDelay(id="c2", **command, payment_id=payment_id))
    desk.close()
    assert ask("orders", "--attention")[0]["attention"] == ["PAYMENT_DELAYED"]
    assert ask("resolve", "1", "check-payment")["number"] == "0001"
