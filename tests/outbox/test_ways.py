"""Which ways money can go back, and why not."""

import pytest

from posapp.domain.payments import PaymentState
from posapp.queries.refund_ways import refund_ways
from tests.outbox.conftest import PRICE, OutShop

_LINK = "INSERT INTO connection (id, kind, url, location_id, state, about) VALUES (?, ?, 'https://x.test', '', ?, ?)"


def ways(shop: OutShop, order_id: str) -> dict[str, str]:
    return {way.route: way.code for way in refund_ways(shop.reader, order_id)}


def connected(shop: OutShop, link_id: str, kind: str, state: str = "active", about: str = "{}") -> None:
    shop.desk.write_now(lambda c: c.execute(_LINK, (link_id, kind, state, about)))


def test_a_counter_order_goes_back_by_hand(shop: OutShop) -> None:
    shop.product("Mug", PRICE, stock=1)
    assert ways(shop, shop.sold({"mug": 1})) == {
        "cash": "", "hand": "", "gateway": "no_shop", "provider": "no_provider",
    }  # fmt: skip
    assert refund_ways(shop.reader, "nobody") == ()
    assert all(way.allowed != bool(way.why_not) for way in refund_ways(shop.reader, "order-2"))


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ("{}", ""),
        ('{"gateways": {"paystack": true}}', ""),
        ('{"gateways": {"paystack": false}}', "gateway_cannot"),
    ],
)
def test_a_gateway_is_tried_until_it_is_known_that_it_cannot(
    shop: OutShop, about: str, expected: str
) -> None:
    order_id = shop.web_paid()
    connected(shop, "shop", "woocommerce", about=about)
    assert ways(shop, order_id)["gateway"] == expected


@pytest.mark.parametrize(
    ("state", "expected"),
    [("removed", "not_connected"), ("sign_in", "sign_in"), ("taken_over", "taken_over")],
)
def test_a_connection_that_does_not_work_is_named(shop: OutShop, state: str, expected: str) -> None:
    order_id = shop.web_paid()
    connected(shop, "shop", "woocommerce", state)
    assert ways(shop, order_id)["gateway"] == expected


def test_a_provider_pays_back_what_it_told_of(shop: OutShop) -> None:
    shop.product("Mug", PRICE, stock=1)
    order_id = shop.place({"mug": 1})
    shop.told(order_id, PRICE, PaymentState.SUCCEEDED)
    assert ways(shop, order_id)["provider"] == "not_connected"
    connected(shop, "pay", "paystack")
    assert ways(shop, order_id)["provider"] == ""


def test_money_taken_at_the_till_does_not_go_back_through_the_shop(shop: OutShop) -> None:
    shop.product("Mug", PRICE, stock=1)
    order_id = shop.web_order("88", {"mug": (1, PRICE)})
    shop.pay(order_id)
    connected(shop, "shop", "woocommerce")
    assert ways(shop, order_id)["gateway"] == "paid_here"
