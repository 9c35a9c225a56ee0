"""The shop is away, the provider is away, the program is killed: work goes on, nothing is lost or doubled."""

import json
import signal
import subprocess

import pytest

from tests.stories.house import ENVIRONMENT, POSAPP, Between, Till, WebShop, figures, next_second, standing

PRICE = 1_500_000


@pytest.fixture
def pulled(shop, host, tmp_path):
    """A till behind a relay that is its network."""
    relay = Between(shop)
    till = Till(tmp_path / "till", host)
    till.connect(shop, "--take-over", url=relay.url)
    till.sync()
    yield relay, till
    relay.stop()
    assert till("replay", "--check")["ok"]
    assert till("doctor")["ok"]


def test_everything_that_needs_no_answer_goes_on_without_a_network(host, tmp_path):
    shop = WebShop()
    till = Till(tmp_path / "till", host)
    till.connect(shop)
    till.connect_provider(shop)
    sku = shop.product(4)
    short = shop.place((sku, 5), paid=True)
    till.sync()
    shop.stop(signal.SIGKILL)
    said = till.run("sync", "--once")
    assert (said.code, said.error) == (5, "feed_unavailable")
    told = json.loads(said.out)
    assert (told["pulled"], len(told["troubles"])) == (0, 2)
    assert till("resolve", short["id"], "refund-excess")["attention"] == []
    number = till("new", "--line", f"{sku}=2")["number"]
    assert till("pay", number, "--amount-minor", 2 * PRICE)["attention"] == ["SHORTAGE"]
    assert till("receive", sku, 3)["available"] == 1
    assert till("hand-over", number)["status"] == "COMPLETED"
    assert till.level(sku) == (5, 4, 1)
    assert till("replay", "--check")["ok"]


def test_what_happened_meanwhile_comes_when_the_network_is_back(shop, pulled):
    relay, till = pulled
    sku = shop.product(2)
    till.sync()
    before = till.sold()
    relay.spoil = lambda *answer: (502, b"<h1>Bad Gateway</h1>", "text/html")
    first = shop.place((sku, 1), paid=True)
    next_second()
    assert till.run("sync", "--once").code == 5
    number = till("new", "--line", f"{sku}=2")["number"]
    till("pay", number, "--amount-minor", 2 * PRICE)
    relay.spoil = lambda *answer: answer[2:]
    till.sync()
    order = till.order(first)
    assert (standing(order), figures(order), order["overtaken_by"]) == (
        ("PROCESSING", "PAID"),
        (1, 0, 1),
        number,
    )
    assert till.sold() - before == 3 * PRICE
    assert till.sync()["applied"] == 0, "the shop tells our own stock number, and nothing else"
    assert [till.sync()[name] for name in ("pulled", "applied")] == [0, 0]


def test_a_network_that_breaks_at_every_request_in_turn(shop, pulled):
    """However far a look came, the next one goes on; the end is the same as without a break."""
    relay, till = pulled
    sku, before = shop.product(5), till.sold()
    orders = [shop.place((sku, 2), paid=True), shop.place((sku, 2)), shop.place((sku, 2), paid=True)]
    shop.refund(orders[0], "15000.00", units=1)
    asked = []

    def break_at(last):
        def spoil(method, path, status, body):
            asked.append(path)
            return (status, body) if len(asked) <= last else (401, b"{}")  # a refusal is not tried again

        return spoil

    for last in range(40):
        asked.clear()
        relay.spoil = break_at(last)
        if till.run("sync", "--once").code == 0:
            break
    assert len(asked) <= last
    told = till.orders(*orders)
    assert [standing(order) for order in told] == [
        ("PROCESSING", "PAID"),
        ("OPEN", "UNPAID"),
        ("PROCESSING", "PAID"),
    ]
    assert [figures(order) for order in told] == [(1, 1, 0), (0, 0, 0), (2, 2, 0)]
    assert (till.level(sku), till.sold() - before) == ((5, 3, 2), 3 * PRICE)


def test_a_look_that_is_killed_is_as_if_it_had_not_begun(shop, pulled):
    """Killed at whatever it does, forty times faster than anybody looks."""
    _relay, till = pulled
    sku, before = shop.product(30), till.sold()
    orders = [shop.place((sku, 1), paid=True) for _ in range(25)]
    words = [*POSAPP, "sync", "--once", "--json", "--data-dir", str(till.folder)]
    for pause in (0.45, 0.6, 0.75, 0.9):
        look = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT)
        try:
            look.wait(pause)
        except subprocess.TimeoutExpired:
            look.kill()
            look.wait()
    till.sync()
    assert {order["status"] for order in till.orders(*orders)} == {"PROCESSING"}
    assert [len(order["payments"]) for order in till.orders(*orders)] == [1] * 25
    assert (till.level(sku), till.sold() - before) == ((30, 25, 5), 25 * PRICE)
