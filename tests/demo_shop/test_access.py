"""Who may ask, and what the refused are told."""

import httpx
import pytest

from posapp.demo_shop.store import Store
from tests.demo_shop.recorded import load

ORDERS = "/wp-json/wc/v3/orders"


def told(answer: httpx.Response, name: str) -> bool:
    exchange = load(name)
    return (answer.status_code, answer.json()) == (exchange.status, exchange.body)


async def test_every_trouble_with_a_key_is_a_401_of_its_own(rest: httpx.AsyncClient, store: Store) -> None:
    key = store.key
    assert told(await rest.get(ORDERS, auth=("", "")), "80-err-no-auth")
    assert told(await rest.get(ORDERS, auth=("ck_nobody", key.consumer_secret)), "80-err-bad-key")
    assert told(await rest.get(ORDERS, auth=(key.consumer_key, "cs_wrong")), "80-err-bad-secret")
    assert told(await rest.get(ORDERS, headers={"Authorization": "Basic !!!"}, auth=None), "80-err-no-auth")


async def test_a_reading_key_cannot_write_and_a_writing_key_cannot_read(
    rest: httpx.AsyncClient, store: Store
) -> None:
    reader, writer = store.add_key("read"), store.add_key("write")
    reading = (reader.consumer_key, reader.consumer_secret)
    writing = (writer.consumer_key, writer.consumer_secret)
    assert (await rest.get(ORDERS, auth=reading)).status_code == 200
    assert told(await rest.post(ORDERS, json={}, auth=reading), "80-err-read-key-writes")
    assert told(await rest.get(ORDERS, auth=writing), "80-err-write-key-reads")
    made = await rest.post(ORDERS, json={"line_items": [{"sku": "RICE-5"}]}, auth=writing)
    assert made.status_code == 201
    assert made.json()["total"] == "9800.00"


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [
        ("GET", f"{ORDERS}/1", "woocommerce_rest_cannot_view"),
        ("POST", ORDERS, "woocommerce_rest_cannot_create"),
        ("PUT", f"{ORDERS}/1", "woocommerce_rest_cannot_edit"),
        ("DELETE", f"{ORDERS}/1", "woocommerce_rest_cannot_delete"),
    ],
)
async def test_a_stranger_is_refused_everything(
    rest: httpx.AsyncClient, method: str, path: str, code: str
) -> None:
    answer = await rest.request(method, path, auth=("", ""))
    assert (answer.status_code, answer.json()["code"]) == (401, code)


async def test_everybody_may_read_what_site_this_is(rest: httpx.AsyncClient) -> None:
    site = (await rest.get("/wp-json/", auth=("", ""))).json()
    assert site["name"] == "Adaeze Stores"
    assert "wc/v3" in site["namespaces"]
    assert (site["timezone_string"], site["gmt_offset"]) == ("Africa/Lagos", 1)


async def test_the_currency_is_told_twice(rest: httpx.AsyncClient) -> None:
    assert (await rest.get("/wp-json/wc/v3/data/currencies/current")).json()["code"] == "NGN"
    one = (await rest.get("/wp-json/wc/v3/settings/general/woocommerce_currency")).json()
    assert one["value"] == "NGN"


async def test_what_is_no_json_is_refused(rest: httpx.AsyncClient) -> None:
    exchange = load("82-err-bad-json")
    headers = {"Content-Type": "application/json"}
    assert told(await rest.post(ORDERS, content=exchange.sent, headers=headers), "82-err-bad-json")
    deep = await rest.post(ORDERS, content="[" * 200_000, headers=headers)
    assert deep.status_code == 400


def test_keys_have_the_right_shape_are_fresh_and_stay_out_of_sight(store: Store) -> None:
    other = Store(clock=store.now)
    assert store.key.consumer_key.startswith("ck_")
    assert len(store.key.consumer_key) == 43
    assert store.key.consumer_secret.startswith("cs_")
    assert store.provider_key.startswith("sk_test_")
    assert store.key.consumer_key != other.key.consumer_key
    assert store.provider_key != other.provider_key
    assert store.key.consumer_secret not in repr(store.state)
    assert store.provider_key not in repr(store.state)


def test_a_restart_can_keep_its_keys(store: Store) -> None:
    again = Store(clock=store.now, keys=(store.key, store.provider_key))
    assert (again.key, again.provider_key) == (store.key, store.provider_key)


@pytest.mark.parametrize("status", ["active", "disabled"])
async def test_a_webhook_is_kept_as_it_was_left(rest: httpx.AsyncClient, status: str) -> None:
    """The till leaves a disabled one behind as its marker, and finds it again by its name."""
    hooks = "/wp-json/wc/v3/webhooks"
    body = {"name": "posapp till 1", "topic": "order.updated", "delivery_url": "https://till.example.test/"}
    made = (await rest.post(hooks, json={**body, "status": status})).json()
    assert (made["status"], made["resource"], made["event"]) == (status, "order", "updated")
    found = (await rest.get(hooks, params={"search": "posapp"})).json()
    assert [hook["id"] for hook in found] == [made["id"]]
    renamed = (await rest.put(f"{hooks}/{made['id']}", json={"name": "posapp till 2"})).json()
    assert (renamed["name"], renamed["status"]) == ("posapp till 2", status)
    assert (await rest.delete(f"{hooks}/{made['id']}")).status_code == 501
    assert (await rest.delete(f"{hooks}/{made['id']}", params={"force": "true"})).status_code == 200
    assert (await rest.get(hooks)).json() == []
    assert (await rest.get(f"{hooks}/{made['id']}")).status_code == 404
