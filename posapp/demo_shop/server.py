"""Serving the demo shop on loopback, inside a running event loop or on its own."""

import asyncio
import contextlib
import json
import signal
import socket
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

import uvicorn

from posapp.demo_shop import paystack
from posapp.demo_shop.app import build
from posapp.demo_shop.customers import shop_forever
from posapp.demo_shop.store import Store

HOST = "127.0.0.1"
SAVE_EVERY_S = 0.5


class PortTaken(OSError):
    """Another program listens on the wanted port."""


@dataclass(frozen=True)
class Running:
    """Where a served shop is, and the keys to it. Secrets stay out of its repr."""

    url: str
    page: str
    consumer_key: str
    provider_url: str
    consumer_secret: str = field(repr=False)
    provider_key: str = field(repr=False)

    def as_json(self) -> dict[str, str]:
        """What `posapp demo-shop --json` prints."""
        return {
            "url": self.url,
            "page": self.page,
            "consumer_key": self.consumer_key,
            "consumer_secret": self.consumer_secret,
            "provider_url": self.provider_url,
            "provider_key": self.provider_key,
        }


class _Server(uvicorn.Server):
    """uvicorn without its signal handlers: the process belongs to somebody else."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.up.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _listen(port: int) -> socket.socket:
    # Named as TCP, for asyncio turns delays off only there; without it every answer takes 40 ms.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError as error:
        listener.close()
        raise PortTaken(error.errno, f"port {port} cannot be used: {error.strerror}") from error
    listener.setblocking(False)
    return listener


def _settings(store: Store) -> uvicorn.Config:
    return uvicorn.Config(
        build(store),
        lifespan="off",
        log_config=None,
        access_log=False,
        ws="none",
        http="h11",
        date_header=False,  # the shop's own clock says the date
        server_header=False,
        timeout_graceful_shutdown=1,
    )


@contextlib.asynccontextmanager
async def serve(store: Store, port: int = 0, *, save_to: Path | None = None) -> AsyncIterator[Running]:
    """Serve on loopback while inside. Port 0 is any free one. Raises `PortTaken`.

    With `save_to` every change is written there within half a second and at the end, so that
    `Store.open` can go on later with the same orders, ids and keys.
    """
    listener = _listen(port)
    url = f"http://{HOST}:{listener.getsockname()[1]}"
    server = _Server(_settings(store))
    serving = asyncio.ensure_future(server.serve(sockets=[listener]))
    saving = None if save_to is None else asyncio.ensure_future(_save_changes(store, save_to))
    try:
        up = asyncio.ensure_future(server.up.wait())
        await asyncio.wait({up, serving}, return_when=asyncio.FIRST_COMPLETED)
        up.cancel()
        if serving.done():
            serving.result()
        yield Running(
            url=url,
            page=f"{url}/",
            consumer_key=store.key.consumer_key,
            consumer_secret=store.key.consumer_secret,
            provider_url=url + paystack.ROOT,
            provider_key=store.provider_key,
        )
    finally:
        server.should_exit = True
        await serving
        listener.close()
        if saving is not None and save_to is not None:
            saving.cancel()
            await asyncio.gather(saving, return_exceptions=True)
            store.save(save_to)


async def _save_changes(store: Store, path: Path) -> None:
    saved = -1
    while True:
        if store.changes != saved:
            saved = store.changes
            store.save(path)
        await asyncio.sleep(SAVE_EVERY_S)


def run(port: int = 0, customers: int = 0, as_json: bool = False, out: TextIO = sys.stdout) -> int:
    """Serve until SIGINT or SIGTERM, for `posapp demo-shop`. Raises `PortTaken`.

    With `as_json` the first line is one JSON object with the addresses and keys.
    """
    return asyncio.run(_until_stopped(Store(clock=lambda: datetime.now(UTC)), port, customers, as_json, out))


async def _until_stopped(store: Store, port: int, customers: int, as_json: bool, out: TextIO) -> int:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    async with serve(store, port) as running:
        out.write(json.dumps(running.as_json()) + "\n" if as_json else _words(running, customers))
        out.flush()
        buying = asyncio.ensure_future(shop_forever(store, customers)) if customers else None
        await stopped.wait()
        if buying is not None:
            buying.cancel()
            await asyncio.gather(buying, return_exceptions=True)
    return 0


def _words(running: Running, customers: int) -> str:
    crowd = f"\n{customers} invented customers are shopping.\n" if customers else ""
    return (
        "The demo shop is open. No real money moves.\n\n"
        f"  Buy here          {running.page}\n\n"
        f"  Shop address      {running.url}\n"
        f"  Consumer key      {running.consumer_key}\n"
        f"  Consumer secret   {running.consumer_secret}\n\n"
        f"  Provider address  {running.provider_url}\n"
        f"  Provider key      {running.provider_key}\n"
        f"{crowd}\nCtrl+C closes it.\n"
    )
