"""What can be connected."""

import pytest

from posapp.sync.connectors.paystack import PaystackFeed
from posapp.sync.connectors.registry import CONNECTORS, Connection, open_feed
from posapp.sync.connectors.woocommerce import WooCommerceFeed
from posapp.sync.feed import PaymentFeed, ShopFeed


def test_each_kind_opens_its_feed() -> None:
    shop: ShopFeed = WooCommerceFeed("s", "shop.example.test", "ck", "cs")
    provider: PaymentFeed = PaystackFeed("p", "", "sk")
    assert (shop.feed_id, provider.feed_id) == ("s", "p")
    opened = {kind: open_feed(Connection(kind, kind, "shop.example.test", "cs", "ck")) for kind in CONNECTORS}
    assert {kind: type(feed) for kind, feed in opened.items()} == {
        "woocommerce": WooCommerceFeed,
        "paystack": PaystackFeed,
    }


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(KeyError):
        open_feed(Connection("magento", "x", "shop.example.test", "cs"))


@pytest.mark.parametrize("kind", list(CONNECTORS))
def test_no_secret_is_shown(kind: str) -> None:
    connection = Connection(kind, "x", "shop.example.test", "cs_secret", "ck_secret")
    for shown in (repr(connection), str(connection), f"{connection}", repr(open_feed(connection))):
        assert "secret" not in shown
        assert "shop.example.test" in shown
