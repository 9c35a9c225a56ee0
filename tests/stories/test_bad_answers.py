"""A web shop that answers nonsense: a relay before the demo shop makes it say what it never would."""

import json

import pytest

from tests.stories.house import Between, Till, figures


@pytest.fixture
def alone(shop, host, tmp_path):
    """A till of its own behind a relay, which answers otherwise where a test wants it."""
    relay = Between(shop)
    one = Till(tmp_path / "alone", host)
    one.connect(shop, "--take-over", url=relay.url)
    one.sync()
    yield relay, one
    relay.stop()
    assert one("replay", "--check")["ok"]


SPOILED = {
    "another currency": lambda order: order | {"currency": "USD"},
    "a quantity too large": lambda order: (
        order | {"line_items": [order["line_items"][0] | {"quantity": 1_000_001}]}
    ),
    "half a unit": lambda order: order | {"line_items": [order["line_items"][0] | {"quantity": 1.5}]},
    "an impossible day": lambda order: order | {"date_created_gmt": "2026-02-31T25:00:00"},
    "a day before time": lambda order: order | {"date_paid_gmt": "0000-00-00T00:00:00"},
    "an amount in words": lambda order: order | {"total": "a lot"},
    "an endless amount": lambda order: order | {"total": "9" * 400},
    "no total": lambda order: order | {"total": ""},
    "no id": lambda order: {name: fact for name, fact in order.items() if name != "id"},
    "an id of words": lambda order: order | {"id": "1; DROP TABLE orders"},
    "no record": lambda order: [order],
    "nothing": lambda order: None,
}


def test_an_order_that_cannot_be_read_never_holds_up_the_next(shop, alone):
    relay, till = alone
    sku = shop.product(50)
    till.sync()  # with it the day's comparison is done, which would ask for single orders
    spoiled = {shop.place((sku, 1), paid=True)["id"]: how for how in SPOILED}
    good = shop.place((sku, 1), paid=True)

    def spoil(method, path, status, body):
        rows = json.loads(body) if "/orders?" in path and "_fields" not in path else None
        if not isinstance(rows, list):
            return status, body
        rows = [SPOILED[spoiled[row["id"]]](row) if row.get("id") in spoiled else row for row in rows]
        return status, json.dumps(rows).encode()

    relay.spoil = spoil
    till.sync()
    assert figures(till.order(good)) == (1, 1, 0)
    assert [order["number"] for order in till("orders") if order["attention"]] == []
    reasons = {row["remote_id"]: row["reason"] for row in till("quarantine")}
    known = {order["remote_id"] for order in till("orders")}
    for number, how in spoiled.items():
        if how in ("no id", "an id of words", "no record", "nothing"):
            assert str(number) not in known | set(reasons), "what bears no id is set aside without one"
        else:
            assert reasons.get(str(number)), how
            assert str(number) not in known, how
    assert "" in reasons
    assert len(till("quarantine")) == len(SPOILED)
    till.sync()
    assert len(till("quarantine")) == len(SPOILED), "what is read again is kept once"


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (503, b"<h1>Briefly unavailable for scheduled maintenance.</h1>", "text/html"),
        (500, b"<h1>Error establishing a database connection</h1>", "text/html"),
        (200, b"<html>Please log in</html>", "text/html"),
        (200, b'[{"id": 1, "broken', "application/json"),
        (200, b'{"code": "not a list"}', "application/json"),
    ],
)
def test_an_answer_that_is_none_ends_the_look_and_loses_nothing(shop, alone, status, body, kind):
    relay, till = alone
    sku = shop.product(5)
    order = shop.place((sku, 1), paid=True)
    relay.spoil = lambda *answer: (status, body, kind) if "/orders" in answer[1] else answer[2:]
    said = till.run("sync", "--once")
    assert (said.code, said.error) == (5, "feed_unavailable")
    assert set(json.loads(said.out)) >= {
        "pulled",
        "applied",
        "already_known",
        "parked",
        "quarantined",
        "troubles",
    }
    assert (till("quarantine"), till("orders", "--search", order["id"])) == ([], [])
    relay.spoil = lambda *answer: answer[2:]
    till.sync()
    assert figures(till.order(order)) == (1, 1, 0)


def test_a_key_that_was_taken_back_asks_to_sign_in_again(shop, alone):
    relay, till = alone
    refusal = json.dumps(
        {"code": "woocommerce_rest_cannot_view", "message": "no", "data": {"status": 401}}
    ).encode()
    relay.spoil = lambda *answer: (401, refusal)
    said = till.run("sync", "--once")
    assert (said.code, said.error) == (5, "sign_in_again")
    relay.spoil = lambda *answer: answer[2:]
    assert till.sync()["troubles"] == []
