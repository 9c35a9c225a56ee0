"""Stock as WooCommerce moves it: taken once, put back sometimes, below zero without a word."""

import httpx
import pytest

from posapp.demo_shop.refunds import RefundedLine
from posapp.demo_shop.store import Store

API = "/wp-json/wc/v3"


def left(store: Store, sku: str) -> int | None:
    product = store.find(sku)
    keeper = store.stock_keeper(product)
    return None if keeper is None else keeper.stock


def taken(order_view: dict[str, object]) -> list[str | None]:
    lines = order_view["line_items"]
    assert isinstance(lines, list)
    return [
        next((row["value"] for row in line["meta_data"] if row["key"] == "_reduced_stock"), None)
        for line in lines
    ]


async def test_a_pending_order_neither_takes_nor_reserves(rest: httpx.AsyncClient, store: Store) -> None:
    made = (await rest.post(f"{API}/orders", json={"line_items": [{"sku": "RICE-5", "quantity": 2}]})).json()
    assert (made["status"], taken(made), left(store, "RICE-5")) == ("pending", [None], 2)
    shown = (await rest.get(f"{API}/products", params={"sku": "RICE-5"})).json()[0]
    assert (shown["stock_quantity"], shown["stock_status"]) == (2, "instock")


@pytest.mark.parametrize("status", ["processing", "completed", "on-hold"])
async def test_these_take_once_and_those_put_back(rest: httpx.AsyncClient, store: Store, status: str) -> None:
    order = store.place([("SHEA-200", 3)])
    for _ in range(2):
        shown = (await rest.put(f"{API}/orders/{order.id}", json={"status": status})).json()
        assert (taken(shown), left(store, "SHEA-200")) == (["3"], 34)
    for back in ("cancelled", "pending", "failed"):
        shown = (await rest.put(f"{API}/orders/{order.id}", json={"status": back})).json()
        assert (taken(shown), left(store, "SHEA-200")) == ([None], 37)
        await rest.put(f"{API}/orders/{order.id}", json={"status": status})


async def test_trash_deletion_and_refunded_by_put_put_nothing_back(
    rest: httpx.AsyncClient, store: Store
) -> None:
    for number in range(3):
        order = store.place([("SHEA-200", 1)])
        store.pay(order.id)
        match number:
            case 0:
                await rest.delete(f"{API}/orders/{order.id}")
            case 1:
                await rest.delete(f"{API}/orders/{order.id}", params={"force": "true"})
            case _:
                await rest.put(f"{API}/orders/{order.id}", json={"status": "refunded"})
    assert left(store, "SHEA-200") == 34


async def test_two_customers_pay_for_the_last_unit_and_both_are_processing(
    rest: httpx.AsyncClient, store: Store
) -> None:
    first, second = (store.place([("WIG-14", 1)]) for _ in range(2))
    for order in (first, second):
        shown = (await rest.put(f"{API}/orders/{order.id}", json={"set_paid": True})).json()
        assert (shown["status"], shown["date_paid"] is not None) == ("processing", True)
    product = (await rest.get(f"{API}/products/{store.find('WIG-14').id}")).json()
    assert (product["stock_quantity"], product["stock_status"]) == (-1, "outofstock")
    notes = (await rest.get(f"{API}/orders/{second.id}/notes")).json()
    assert any("(0&rarr;-1)" in note["note"] for note in notes)


async def test_a_parent_counts_for_its_variations(rest: httpx.AsyncClient, store: Store) -> None:
    order = store.place([("GELE-GOLD", 2), ("GELE-WINE", 1)])
    store.pay(order.id)
    assert store.find("GELE").stock == 3
    variation = store.find("GELE-GOLD")
    url = f"{API}/products/{variation.parent_id}/variations/{variation.id}"
    shown = (await rest.get(url)).json()
    assert (shown["manage_stock"], shown["stock_quantity"]) == ("parent", 3)
    ignored = await rest.put(url, json={"stock_quantity": 50})
    assert (ignored.status_code, ignored.json()["stock_quantity"]) == (200, 3)
    written = await rest.put(f"{API}/products/{variation.parent_id}", json={"stock_quantity": 9})
    assert written.json()["stock_quantity"] == (await rest.get(url)).json()["stock_quantity"] == 9


async def test_a_variation_counts_for_itself(rest: httpx.AsyncClient, store: Store) -> None:
    store.pay(store.place([("ADIRE-L", 1)]).id)
    assert (left(store, "ADIRE-L"), left(store, "ADIRE-M")) == (0, 2)
    parent = (await rest.get(f"{API}/products/{store.find('ADIRE').id}")).json()
    assert (parent["manage_stock"], parent["stock_quantity"], parent["price"]) == (False, None, "18500.00")


async def test_a_product_nobody_counts_is_never_taken(rest: httpx.AsyncClient, store: Store) -> None:
    order = store.place([("WRAP", 500)])
    store.pay(order.id)
    assert taken((await rest.get(f"{API}/orders/{order.id}")).json()) == [None]


async def test_cash_on_delivery_is_processing_without_money(rest: httpx.AsyncClient, store: Store) -> None:
    body = {"payment_method": "cod", "status": "processing", "line_items": [{"sku": "ZOBO-50"}]}
    made = (await rest.post(f"{API}/orders", json=body)).json()
    assert (made["status"], made["date_paid"], taken(made)) == ("processing", None, ["1"])
    done = (await rest.put(f"{API}/orders/{made['id']}", json={"status": "completed"})).json()
    assert done["date_paid"] == done["date_completed"] is not None


async def test_a_line_edited_to_nothing_goes_and_its_units_come_back(
    rest: httpx.AsyncClient, store: Store
) -> None:
    order = store.place([("ZOBO-50", 4), ("RICE-5", 1)])
    store.pay(order.id)
    lines = [{"id": order.lines[0].id, "quantity": 0}]
    shown = (await rest.put(f"{API}/orders/{order.id}", json={"line_items": lines})).json()
    assert [line["sku"] for line in shown["line_items"]] == ["RICE-5"]
    assert (shown["total"], left(store, "ZOBO-50")) == ("9800.00", 24)
    wrong = await rest.put(f"{API}/orders/{order.id}", json={"line_items": [{"id": 99_999, "quantity": 1}]})
    assert wrong.json()["code"] == "woocommerce_rest_invalid_item_id"


async def test_more_units_than_were_sold_can_be_put_back(store: Store) -> None:
    order = store.place([("ZOBO-50", 5)])
    store.pay(order.id)
    store.refund(order.id, 100, lines=[RefundedLine(order.lines[0].id, 50, 1_000_000)])
    assert left(store, "ZOBO-50") == 24 - 5 + 50


async def test_only_the_fields_asked_for_come_back(rest: httpx.AsyncClient, store: Store) -> None:
    order = store.place([("ZOBO-50", 1)])
    only = {"_fields": "id,status"}
    for answer in (
        await rest.get(f"{API}/orders/{order.id}", params=only),
        await rest.put(f"{API}/orders/{order.id}", params=only, json={"customer_note": "x"}),
    ):
        assert answer.json() == {"id": order.id, "status": "pending"}


async def test_the_back_office_edits_as_rest_does(rest: httpx.AsyncClient, store: Store) -> None:
    order = store.place([("ZOBO-50", 2)])
    store.pay(order.id)
    store.edit_quantity(order.id, "ZOBO-50", 5)
    shown = (await rest.get(f"{API}/orders/{order.id}")).json()
    assert (shown["total"], taken(shown), left(store, "ZOBO-50")) == ("1800.00", ["5"], 19)
    store.set_stock("ZOBO-50", 100)
    assert left(store, "ZOBO-50") == 100
