"""The kinds of web shop and payment provider that can be connected, one line each."""

from collections.abc import Callable

import httpx
import msgspec

from posapp.sync.connectors.paystack import PaystackFeed
from posapp.sync.connectors.woocommerce import WooCommerceFeed
from posapp.sync.feed import Feed


class Connection(msgspec.Struct, frozen=True):
    """All that is needed to open a feed. `key` is empty where a secret alone signs in.

    `currency` is what the till expects of the shop, "" before it is known.
    """

    kind: str
    feed_id: str
    url: str
    secret: str
    key: str = ""
    currency: str = ""

    def __repr__(self) -> str:
        return f"Connection({self.kind!r}, {self.feed_id!r}, {self.url!r})"

    __str__ = __repr__


Transport = httpx.AsyncBaseTransport | None


def _woocommerce(c: Connection, transport: Transport) -> WooCommerceFeed:
    return WooCommerceFeed(c.feed_id, c.url, c.key, c.secret, currency=c.currency, transport=transport)


def _paystack(c: Connection, transport: Transport) -> PaystackFeed:
    return PaystackFeed(c.feed_id, c.url, c.secret, currency=c.currency, transport=transport)


CONNECTORS: dict[str, Callable[[Connection, Transport], Feed]] = {
    "woocommerce": _woocommerce,
    "paystack": _paystack,
}


def open_feed(connection: Connection, transport: Transport = None) -> Feed:
    """Open the feed of a connection; nothing is called yet. Raises `KeyError` for an unknown kind."""
    return CONNECTORS[connection.kind](connection, transport)
