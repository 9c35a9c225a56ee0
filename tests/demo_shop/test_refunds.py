"""What WooCommerce refuses about refunds, it refuses with HTTP 500."""

from typing import Any

import httpx
import pytest

from posapp.demo_shop.store import Store

API = "/wp-json/wc/v3"
CODE = "woocommerce_rest_cannot_create_order_refund"


async def refund(rest: httpx.AsyncClient, order_id: int, **body: Any) -> httpx.Response:
    return await rest.post(f"{API}/orders/{order_id}/refunds", json=body)


@pytest.mark.parametrize(
    ("method", "words"),
    [
        ("bacs", "The payment gateway for this order does not support automatic refunds."),
        ("cod", "The payment gateway for this order does not support automatic refunds."),
        ("", "The payment gateway for this order does not exist."),
    ],
)
async def test_a_gateway_that_cannot_give_back_is_a_permanent_500(
    rest: httpx.AsyncClient, method: str, words: str
) -> None:
    body = {"payment_method": method, "set_paid": True, "line_items": [{"sku": "RICE-5"}]}
    order = (await rest.post(f"{API}/orders", json=body)).json()
    answer = await refund(rest, order["id"], amount="10.00")
    assert answer.status_code == 500
    assert answer.json() == {"code": CODE, "message": words, "data": 500}


async def test_the_provider_gives_back_and_knows_of_it(rest: httpx.AsyncClient, store: Store) -> None:
    order = store.place([("RICE-5", 1)])
    made = store.pay(order.id)
    part = await refund(rest, order.id, amount="1000.00")
    assert (part.status_code, part.json()["refunded_payment"]) == (201, True)
    assert (made.refunded_minor, made.status) == (100_000, "success")
    too_much = await refund(rest, order.id, amount="8800.01")
    assert (too_much.status_code, too_much.json()["message"]) == (500, "Invalid refund amount.")
    rest_of_it = await refund(rest, order.id, amount="8800.00")
    assert rest_of_it.status_code == 201
    assert (made.status, order.status) == ("reversed", "refunded")


async def test_money_the_provider_does_not_hold_cannot_go_back(rest: httpx.AsyncClient, store: Store) -> None:
    order = store.place([("RICE-5", 1)])
    made = store.pay(order.id)
    store.reverse(made.reference)
    answer = await refund(rest, order.id, amount="1.00")
    assert (answer.status_code, answer.json()["code"], order.refunds) == (500, CODE, [])


async def test_the_total_stays_and_the_status_turns(rest: httpx.AsyncClient, store: Store) -> None:
    order = store.place([("RICE-5", 1)])
    store.pay(order.id)
    await refund(rest, order.id, amount="9800.00", api_refund=False)
    shown = (await rest.get(f"{API}/orders/{order.id}")).json()
    assert (shown["total"], shown["status"]) == ("9800.00", "refunded")
    assert shown["refunds"][0]["total"] == "-9800.00"


@pytest.mark.parametrize("amount", ["-1.00", "abc"])
async def test_an_amount_that_is_none_is_a_400(rest: httpx.AsyncClient, store: Store, amount: str) -> None:
    order = store.place([("RICE-5", 1)])
    assert (await refund(rest, order.id, amount=amount, api_refund=False)).status_code == 400


async def test_refunds_are_found_under_their_order_only(rest: httpx.AsyncClient, store: Store) -> None:
    one, other = (store.place([("RICE-5", 1)]) for _ in range(2))
    made = store.refund(one.id, 500)
    found = await rest.get(f"{API}/orders/{one.id}/refunds/{made.id}")
    assert (found.status_code, found.json()["amount"]) == (200, "5.00")
    assert (await rest.get(f"{API}/orders/{other.id}/refunds/{made.id}")).status_code == 404
    assert (await rest.get(f"{API}/orders/999999/refunds")).json()[
        "code"
    ] == "woocommerce_rest_invalid_order_id"
    assert (await rest.delete(f"{API}/orders/{one.id}/refunds/{made.id}")).status_code == 501


async def test_a_sale_line_is_named_by_its_refund_line(rest: httpx.AsyncClient, store: Store) -> None:
    order = store.place([("RICE-5", 2)])
    store.pay(order.id)
    line = order.lines[0]
    tax = [{"id": 1, "refund_total": 683.72}]
    lines = [{"id": line.id, "quantity": 1, "refund_total": 9116.28, "refund_tax": tax}]
    made = (await refund(rest, order.id, api_refund=False, line_items=lines)).json()
    back = made["line_items"][0]
    assert (made["amount"], back["quantity"], back["total"], back["total_tax"]) == (
        "9800.00",
        -1,
        "-9116.28",
        "-683.72",
    )
    named = next(row for row in back["meta_data"] if row["key"] == "_refunded_item_id")
    assert named["value"] == str(line.id)
