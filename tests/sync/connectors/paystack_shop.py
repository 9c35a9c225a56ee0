"""Paystack's simulator, with everything said in either direction held against the specification."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import httpx

from posapp.demo_shop.app import build
from posapp.demo_shop.paystack import ROOT
from posapp.demo_shop.records import Transaction
from posapp.demo_shop.server import serve
from posapp.demo_shop.store import Store
from posapp.sync.connectors.paystack import PaystackFeed
from posapp.sync.feed import RawItem
from posapp.sync.outgoing import LinkAsk, RefundAsk
from tests.paystack_specification import Watched

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
OURS = "5d1f9a4e-9a1c-5c0e-8f00-0a1b2c3d4e5f/1/1"


class Clock:
    """The provider's clock: it stands until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **time: float) -> None:
        self.now += timedelta(**time)


class Scene:
    """A provider that runs, the till's connector to it, and what passed between them."""

    def __init__(self, store: Store, clock: Clock, feed: PaystackFeed, way: Watched) -> None:
        self.store, self.clock, self.feed, self.way = store, clock, feed, way
        self.cursor = ""

    def paid(self, amount_minor: int = 980_000) -> Transaction:
        """An order paid by card."""
        return self.store.pay(self.store.place([("RICE-5", 1)]).id, amount_minor)

    async def pull(self) -> list[RawItem]:
        """Everything that is news since the last pull."""
        pages = [page async for page in self.feed.pages(self.cursor)]
        self.cursor = pages[-1].cursor
        return [item for page in pages for item in page.items]

    def posted(self) -> list[str]:
        """The paths that something was written to."""
        return [request.url.path for request in self.way.requests if request.method == "POST"]


@asynccontextmanager
async def open_scene(*, by_wire: bool = False) -> AsyncIterator[Scene]:
    """A provider while inside; at the end the specification must have objected to nothing.

    `by_wire`: over real HTTP on loopback, where connections can break.
    """
    clock = Clock()
    store = Store(clock=clock)
    if by_wire:
        wire = httpx.AsyncHTTPTransport()
        async with serve(store) as running, _scene(store, clock, running.provider_url, wire) as scene:
            yield scene
    else:
        async with _scene(
            store, clock, f"http://127.0.0.1{ROOT}", httpx.ASGITransport(build(store))
        ) as scene:
            yield scene


@asynccontextmanager
async def _scene(
    store: Store, clock: Clock, address: str, transport: httpx.AsyncBaseTransport
) -> AsyncIterator[Scene]:
    way = Watched(transport)
    feed = PaystackFeed("pay", address, store.provider_key, currency="NGN", transport=way, sleep=no_sleep)
    yield Scene(store, clock, feed, way)
    await feed.close()
    assert way.faults == []


async def no_sleep(pause_s: float) -> None:
    """Tests do not wait."""


def refund_ask(made: Transaction, amount_minor: int = 300_000, reference: str = OURS) -> RefundAsk:
    """A refund of one payment."""
    return RefundAsk(reference, made.reference, "NGN", amount_minor, "One piece was missing")


def link_ask(reference: str = "L-1", amount_minor: int = 1_000_000, fee_minor: int = 0) -> LinkAsk:
    """A payment page for order 0042."""
    return LinkAsk(reference, "0042", "NGN", amount_minor, fee_minor, "bola@example.test")
