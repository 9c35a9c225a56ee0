"""Connecting: a clear verdict for everything that can be wrong, and nothing made where it is refused."""

import json

import pytest

from tests.stories.house import Between


@pytest.fixture
def relay(shop):
    one = Between(shop)
    yield one
    one.stop()


def attempt(folder, shop, url, *, key="", secret=""):
    keys = shop.told
    words = ("connect", "woocommerce", url, "--key", key or keys["consumer_key"], "--secret-stdin")
    return folder.run(*words, given=(secret or keys["consumer_secret"]) + "\n")


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://127.0.0.1:1", "wrong_address"),
        ("https://127.0.0.1:1", "wrong_address"),
        ("not an address", "wrong_address"),
        ("http://shop.example.test", "plain_http"),
        ("ftp://shop.example.test", "wrong_address"),
        ("https://nowhere.example.test", "wrong_address"),
    ],
)
def test_a_wrong_address(shop, folder, url, code):
    said = attempt(folder, shop, url)
    assert (said.code, said.error) == (1, code)
    assert shop.told["consumer_secret"] not in said.err
    assert not folder.folder.exists()


def test_a_wrong_key(shop, folder):
    for wrong in ({"key": "ck_wrong"}, {"secret": "cs_wrong"}):
        said = attempt(folder, shop, shop.told["url"], **wrong)
        assert (said.code, said.error) == (1, "wrong_key")
    assert not folder.folder.exists()


def answering(status, told, kind="application/json"):
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    return lambda *answer: (status, body, kind)


def read_only(method, path, status, body):
    """A key that may read is not let in where it wants to write."""
    refusal = {"code": "woocommerce_rest_cannot_edit", "message": "Sorry.", "data": {"status": 401}}
    return (401, json.dumps(refusal).encode()) if method != "GET" else (status, body)


WRONG = {
    "maintenance": (answering(503, b"<h1>Briefly unavailable</h1>", "text/html"), 5, "maintenance"),
    "database down": (answering(500, b"<h1>Error establishing a database connection</h1>", "text/html"), 5,
                      "server_error"),
    "a bakery's page": (answering(200, b"<html>Bread</html>", "text/html"), 1, "not_a_shop"),
    "some other service": (answering(200, {"hello": "world"}), 1, "not_a_shop"),
    "WordPress without WooCommerce": (
        answering(404, {"code": "rest_no_route", "message": "No route", "data": {"status": 404}}), 1, "not_a_shop",
    ),
    "a key that may only read": (read_only, 1, "read_only_key"),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_what_answers_but_cannot_be_used(shop, folder, relay, what):
    relay.spoil, code, error = WRONG[what]
    said = attempt(folder, shop, relay.url)
    assert (said.code, said.error) == (code, error), said.err
    assert not folder.folder.exists()


def test_a_shop_in_another_currency_is_refused_and_nothing_is_left_behind_there(shop, folder, relay):
    sku = shop.product(1)
    folder.connect(shop, "--take-over")
    folder.sync()
    asked = []

    def in_cedi(method, path, status, body):
        asked.append((method, status))
        return status, body.replace(b'"NGN"', b'"GHS"')

    relay.spoil = in_cedi
    orders, hooks = (shop.rest.get(path) for path in ("/orders?status=any", "/webhooks"))
    said = attempt(folder, shop, relay.url)
    assert (said.code, said.error) == (1, "wrong_currency")
    assert "GHS" in said.words
    assert folder.level(sku) == (1, 0, 1)
    assert shop.rest.get("/orders?status=any").json() == orders.json()
    assert shop.rest.get("/webhooks").json() == hooks.json()
    assert all(method == "GET" or status >= 400 for method, status in asked), (
        "it only asks whether it might write"
    )


def test_an_empty_folder_takes_currency_and_time_zone_over(shop, folder, relay):
    relay.spoil = lambda method, path, status, body: (status, body.replace(b'"NGN"', b'"GHS"'))
    told = attempt(folder, shop, relay.url).json
    assert (told["kind"], told["currency"], told["secret_in"]) == ("woocommerce", "GHS", "file")
    assert {finding["state"] for finding in told["findings"]} <= {"ok", "warning"}
    assert folder("sales")["currency"] == "GHS"


def test_the_provider_has_its_verdicts_too(shop, folder):
    words = ("connect", "paystack", "--secret-stdin", "--url")
    said = folder.run(*words, shop.told["provider_url"], given="sk_test_wrong\n")
    assert (said.code, said.error) == (1, "wrong_key")
    said = folder.run(*words, "http://api.example.test", given="sk_test_x\n")
    assert (said.code, said.error) == (1, "plain_http")
    said = folder.run(*words, shop.told["url"], given=shop.told["provider_key"] + "\n")
    assert said.error in ("wrong_address", "not_a_shop")
    assert not folder.folder.exists()


def test_the_secret_lies_in_one_private_file_and_nowhere_else(shop, folder):
    folder.connect(shop, "--take-over")
    folder.connect_provider(shop)
    folder.sync()
    for secret in (shop.told["consumer_secret"], shop.told["provider_key"]):
        holding = [path for path in folder.folder.rglob("*") if secret.encode() in path.read_bytes()]
        assert [path.name for path in holding] == ["secrets.toml"]
        assert holding[0].stat().st_mode & 0o077 == 0
