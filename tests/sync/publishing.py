"""A till on the demo shop whose stock it publishes: one clock for both, and a wire that counts and can be cut."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from posapp.commands.command import Command, new_command_id
from posapp.commands.shop import MAIN_LOCATION
from posapp.commands.stock import CountStock, ReceiveStock
from posapp.demo_shop.app import build
from posapp.demo_shop.records import Product
from posapp.demo_shop.server import serve
from posapp.demo_shop.store import Store
from posapp.desk import Desk
from posapp.queries.publication import OURS, PUBLISHED, ChangedThere, Publishing, changed_there, publishing
from posapp.queries.reader import Reader
from posapp.secrets import Secrets
from posapp.sync.connecting import connect
from posapp.sync.publishing import Pace
from posapp.sync.round import Report
from posapp.sync.worker import Worker
from tests.sync.scripted import NOON

QUICK = Pace(pause_s=0)
LOOK = timedelta(seconds=20)


class Clock:
    """The time of both sides; a look at it moves it on a little."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now

    def pass_time(self, by: timedelta) -> None:
        self.now += by


class Wire(httpx.AsyncBaseTransport):
    """Passes on, counts, and loses what a test wants lost."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self.inner = inner
        self.seen: list[tuple[str, str]] = []
        self.fails: Callable[[httpx.Request], str] = lambda request: ""  # "before", "after" or ""
        self.meanwhile: Callable[[httpx.Request], None] = lambda request: None  # just before it arrives

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.seen.append((request.method, request.url.path.removeprefix("/wp-json/wc/v3")))
        how = self.fails(request)
        if how == "before":
            raise httpx.ConnectError("the network is gone")
        self.meanwhile(request)
        response = await self.inner.handle_async_request(request)
        if how == "after":
            await response.aread()
            await response.aclose()
            raise httpx.ReadError("the answer is lost")
        return response

    async def aclose(self) -> None:
        """Every look opens and closes a client on this one wire."""

    @property
    def writes(self) -> list[str]:
        return [path for method, path in self.seen if method != "GET" and path.endswith("/batch")]


class Published:
    """Both sides, and what people do on either."""

    def __init__(self, folder: Path, store: Store, clock: Clock, wire: Wire, pace: Pace) -> None:
        self.store, self.clock, self.wire = store, clock, wire
        self.desk, self.secrets = Desk(folder, clock=clock), Secrets(folder)
        self.reader = Reader(folder)
        self.worker = Worker(self.desk, self.secrets, transport=wire, pace=pace)

    async def look(self, times: int = 1) -> Report:
        report = Report()
        for _ in range(times):
            self.clock.pass_time(LOOK)
            report = await self.worker.run_once()
        return report

    # --- what is on either side

    def there(self, sku: str) -> int | None:
        return self.store.find(sku).stock

    def rows(self, sql: str, *values: Any) -> list[Any]:
        return self.desk.write_now(lambda c: c.execute(sql, values).fetchall())

    def product(self, sku: str) -> str:
        return str(self.rows("SELECT id FROM product WHERE sku = ?", sku)[0][0])

    def free(self, sku: str) -> int:
        sql = (
            "SELECT on_hand - allocated FROM level v JOIN product p ON p.item_id = v.item_id WHERE p.sku = ?"
        )
        return int(self.rows(sql, sku)[0][0])

    def differing(self) -> dict[str, tuple[int, int]]:
        """Ours and theirs where they are not the same, of all that is published, by the shop's id."""
        ours = self.rows(f"SELECT i.remote_id, {OURS} FROM connection cn JOIN product i ON {PUBLISHED}")
        products: dict[int, Product] = self.store.state.products
        theirs = {remote: products[int(remote)].stock or 0 for remote, _ in ours}
        return {remote: (free, theirs[remote]) for remote, free in ours if free != theirs[remote]}

    def state(self) -> Publishing:
        return publishing(self.reader)

    def changed(self) -> list[ChangedThere]:
        return list(changed_there(self.reader))

    # --- what people do

    def do(self, kind: type[Command], **fields: Any) -> None:
        at = self.clock()
        self.desk.do(kind(id=new_command_id(at), actor="Owner", at=at, **fields))  # type: ignore[call-arg]  # any kind with its fields

    def receive(self, sku: str, units: int) -> None:
        self.do(ReceiveStock, product_id=self.product(sku), location_id=MAIN_LOCATION, units=units)

    def count(self, sku: str, counted: int) -> None:
        self.count_item(self.product(sku), counted)

    def count_item(self, item: str, counted: int) -> None:
        seen = self.rows("SELECT on_hand FROM level WHERE item_id = ?", item)[0][0]
        self.do(CountStock, product_id=item, location_id=MAIN_LOCATION, counted=counted, seen=seen)

    def buy(self, sku: str, units: int = 1) -> int:
        """Somebody orders in the web shop and pays there."""
        order = self.store.place([(sku, units)], method="bacs")
        self.store.set_status(order.id, "on-hold")
        self.store.set_status(order.id, "processing")
        return order.id

    def close(self) -> None:
        self.reader.close()
        self.desk.close()


@asynccontextmanager
async def published(
    folder: Path,
    *,
    pace: Pace = QUICK,
    store: Store | None = None,
    real: bool = False,
    prepare: Callable[[Store], None] = lambda store: None,
) -> AsyncIterator[Published]:
    """A till that is connected and has published once. `real`: over a socket, for faults that only exist there."""
    clock = Clock()
    store = store or Store(clock=clock)
    prepare(store)
    if real:
        async with serve(store) as running, _till(folder, store, clock, running.url, None, pace) as till:
            yield till
    else:
        inner = httpx.ASGITransport(build(store))
        async with _till(folder, store, clock, "https://shop.example.test", inner, pace) as till:
            yield till


@asynccontextmanager
async def _till(
    folder: Path,
    store: Store,
    clock: Clock,
    url: str,
    inner: httpx.AsyncBaseTransport | None,
    pace: Pace,
) -> AsyncIterator[Published]:
    wire = Wire(inner or httpx.AsyncHTTPTransport())
    till = Published(folder, store, clock, wire, pace)
    try:
        await connected(till, url)
        yield till
    finally:
        till.close()
        await wire.inner.aclose()


async def connected(till: Published, url: str) -> None:
    """Connect, import, and publish for the first time."""
    key, secret = till.store.key.consumer_key, till.store.key.consumer_secret
    await connect(till.desk, till.secrets, "woocommerce", url, key, secret, transport=till.wire)
    await till.look(2)
    till.wire.seen.clear()
