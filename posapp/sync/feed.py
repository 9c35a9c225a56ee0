"""The door to the outside: what every connector offers, whatever it speaks.

A connector downloads raw items and says where it stands; it decides nothing. The
worker stores a page and its cursor in one transaction, so a page may be read twice
but is never skipped. Reading a raw item is a pure function of its bytes.
"""

from collections.abc import AsyncIterator, Iterable
from datetime import datetime
from typing import Protocol

import msgspec

from posapp.domain.feed import Reading


class RawItem(msgspec.Struct, frozen=True, gc=False):
    """One thing as it came in, before anybody believed it."""

    kind: str  # "order", "product", "payment" or "refund"
    remote_id: str  # "" where even that cannot be told
    event_id: str  # unique per state: kind, remote id, stamp and a digest of the body
    stamp: str  # the server's own stamp of this state, ISO 8601 UTC; "" where it gives none
    body: bytes  # raw JSON


class Page(msgspec.Struct, frozen=True, gc=False):
    """Some items, and where to go on when they are stored.

    `cursor` is JSON text that only the connector reads. `seen_at` is the server's
    time (its Date header) at the answer: it caps what a payment may claim.
    """

    items: tuple[RawItem, ...]
    cursor: str
    seen_at: datetime
    total: int | None = None  # how many items the whole pull will bring, where the server says


class Finding(msgspec.Struct, frozen=True, gc=False):
    """One line of a connection test: what was tried, how it went, in words for the owner."""

    check: str  # "answers", "key", "write", "money", "clock", "orders", "products", …
    state: str  # "ok", "warning" or "failed"
    words: str
    advice: str = ""


class ShopTax(msgspec.Struct, frozen=True, gc=False):
    """A shop's one standard tax at its own address."""

    name: str
    basis_points: int  # 7.5 % is 750
    included: bool  # its prices contain it


class Verdict(msgspec.Struct, frozen=True, gc=False):
    """The outcome of a connection test; `code` is "ok" or names the one thing to mend.

    Codes: ok, wrong_address, plain_http, wrong_key, read_only_key, not_a_shop,
    maintenance, wrong_currency, server_error.
    """

    code: str
    findings: tuple[Finding, ...]
    shop_name: str = ""
    currency: str = ""
    time_zone: str = ""
    version: str = ""
    tax: ShopTax | None = None


class FeedUnavailable(Exception):
    """The network or the server cannot answer now; nothing is lost, it is tried again.

    `retry_after_s` is what the server asked for, 0 where it did not. `slow` says that somebody is there who
    only takes his time or asks for some: that is not a network that is gone.
    """

    def __init__(self, words: str, *, retry_after_s: float = 0, slow: bool = False) -> None:
        super().__init__(words)
        self.words, self.retry_after_s, self.slow = words, retry_after_s, slow


class SignInAgain(FeedUnavailable):
    """The key is no longer good: a person must give a new one. Trying again does not help."""


class Feed(Protocol):
    """A web shop or a payment provider that can be read."""

    feed_id: str

    def pages(self, cursor: str) -> AsyncIterator[Page]:
        """Yield every page from the cursor ("" at the very first time) up to the high-water mark.

        The first pull of a shop brings all products, then all orders. Raises `FeedUnavailable`.
        """
        ...

    def read(self, item: RawItem) -> Reading:
        """Read one raw item; pure. Raises `Unreadable` with the reason."""
        ...

    async def test(self) -> Verdict:
        """Try the connection without leaving anything behind. Never raises for what a server answers."""
        ...

    async def close(self) -> None:
        """Let go of the sockets."""
        ...


class OrderSummary(msgspec.Struct, frozen=True, gc=False):
    """What the nightly comparison tells of one order; where it differs from ours, the order is read again.

    What could not be read is None, and differs.
    """

    remote_id: str
    key: str
    status: str
    total_minor: int | None
    paid_at: datetime | None
    refunds: tuple[tuple[str, int], ...] | None  # (the shop's refund id, amount), oldest first


class ShopFeed(Feed, Protocol):
    """A web shop: a feed that can also be asked for single things, and that bears our marker."""

    async def order(self, remote_id: str) -> RawItem:
        """Read one order again with its refunds; one that is deleted has the status "gone"."""
        ...

    def products(self, remote_ids: Iterable[str]) -> AsyncIterator[RawItem]:
        """Read products and variations now: unknown ones that orders name, or fresh stock numbers."""
        ...

    def compare(self, since: datetime) -> AsyncIterator[OrderSummary]:
        """Tell every order placed since then, trash included, for the nightly comparison."""
        ...

    async def product_ids(self) -> frozenset[str]:
        """Every product and variation that the shop still has, trash included."""
        ...

    async def marker(self) -> str | None:
        """The id of the installation that serves this shop; None where none has left its marker."""
        ...

    async def leave_marker(self, installation_id: str) -> bool:
        """Mark the shop as ours, in place of anybody else. False where the key may not."""
        ...

    async def remove_marker(self, installation_id: str) -> None:
        """Take our own marker away; another installation's stays."""
        ...


class PaymentFeed(Feed, Protocol):
    """A payment provider: a feed that can also be asked for one payment."""

    async def verify(self, reference: str) -> RawItem | None:
        """Ask for one payment by its reference; None where the provider does not know it."""
        ...
