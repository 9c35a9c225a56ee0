"""A till on a running demo shop, over real HTTP: what it decides goes out, and it can be killed at any step of that."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from posapp.commands.command import Command, new_command_id
from posapp.commands.resolutions import Resolve
from posapp.db.store import DatabaseSource, load_order
from posapp.demo_shop.provider_records import ProviderRefund
from posapp.demo_shop.records import Order as WebOrder
from posapp.demo_shop.records import Refund as WebRefund
from posapp.demo_shop.server import Running
from posapp.demo_shop.store import Store
from posapp.desk import Desk, Outcome
from posapp.domain.orders import Order
from posapp.domain.outbox import Outgoing
from posapp.domain.payments import Part
from posapp.secrets import Secrets
from posapp.sync.connecting import connect
from posapp.sync.round import Report
from posapp.sync.worker import Worker

TOTE = 1_250_000  # kobo, VAT inside


class Killed(BaseException):
    """The process is gone at this step."""


class Clock:
    """The world's time, which a test moves on."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def pass_time(self, seconds: float) -> None:
        self.ahead += timedelta(seconds=seconds)


class MortalDesk(Desk):
    """A desk whose process dies before or after a command of a kind."""

    before: type[Command] | None = None
    after: type[Command] | None = None

    async def run(self, command: Command, **more: Any) -> Outcome:
        if self.before is not None and isinstance(command, self.before):
            raise Killed
        outcome = await super().run(command, **more)
        if self.after is not None and isinstance(command, self.after):
            raise Killed
        return outcome


class Wire(httpx.AsyncHTTPTransport):
    """A network that may be gone, and a process that dies before or after a request that fits.

    `asked` keeps what was asked for, but for what is only read.
    """

    def __init__(self) -> None:
        super().__init__()
        self.is_down = False
        self.dies_before: str | None = None
        self.dies_after: str | None = None
        self.holds: str | None = None  # such a request is carried out late, after everybody has given it up
        self.held: list[httpx.Request] = []
        self.asked: list[str] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self.is_down:
            raise httpx.ConnectError("nobody there", request=request)
        what = f"{request.method} {request.url.path}"
        if self.dies_before is not None and what.startswith("POST") and what.endswith(self.dies_before):
            raise Killed
        if request.method != "GET":
            self.asked.append(what)
        if self.holds is not None and what.startswith("POST") and what.endswith(self.holds):
            self.holds = None
            self.held.append(request)
            raise httpx.ReadTimeout("too slow", request=request)
        answer = await super().handle_async_request(request)
        if self.dies_after is not None and what.startswith("POST") and what.endswith(self.dies_after):
            await answer.aclose()
            raise Killed
        return answer

    async def let_through(self) -> None:
        """What was held arrives after all."""
        while self.held:
            answer = await super().handle_async_request(self.held.pop())
            await answer.aclose()


class Till:
    """One installation that serves the demo shop."""

    def __init__(self, folder: Path, store: Store, running: Running, clock: Clock) -> None:
        self.folder, self.store, self.running, self.clock = folder, store, running, clock
        self.wire = Wire()
        self.begin()

    def begin(self) -> None:
        """Open the folder."""
        self.desk = MortalDesk(self.folder, clock=self.clock)
        self.secrets = Secrets(self.folder)
        self.worker = Worker(self.desk, self.secrets, transport=self.wire)

    async def connect(self, *, provider: bool = False) -> None:
        shop = self.running
        keys = (shop.url, shop.consumer_key, shop.consumer_secret)
        await connect(self.desk, self.secrets, "woocommerce", *keys, transport=self.wire)
        if provider:
            await connect(
                self.desk,
                self.secrets,
                "paystack",
                shop.provider_url,
                "",
                shop.provider_key,
                transport=self.wire,
            )
        await self.look()

    async def look(self) -> Report:
        return await self.worker.run_once()

    async def send(self) -> None:
        """Only the sender's part of it."""
        await self.worker.send(Report())

    def again(self, *, copy_to: Path | None = None) -> None:
        """Start anew, after a kill or a stop: all memory is gone. The folder is copied in between, where asked."""
        self.desk.close()
        if copy_to is not None:
            shutil.copytree(self.folder, copy_to)
        self.wire = Wire()
        self.begin()

    async def short_order(self, *, method: str = "paystack", units: int = 3) -> tuple[WebOrder, str]:
        """A paid web order of totes, of which two are there, known here; gives it and our id of it."""
        web = self.store.place([("TOTE-RED", units)], method=method)
        if method == "paystack":
            self.store.pay(web.id)
        else:
            self.store.set_status(web.id, "processing")
            web.paid_at = self.clock().replace(microsecond=0)
        await self.look()
        return web, self.our_id(web)

    def our_id(self, web: WebOrder) -> str:
        sql = "SELECT id FROM orders WHERE remote_id = ?"
        return str(self.desk.write_now(lambda c: c.execute(sql, (str(web.id),)).fetchone()[0]))

    def do(self, kind: type[Command], **fields: Any) -> Outcome:
        at = self.clock()
        return self.desk.do(kind(id=new_command_id(at), actor=self.owner, at=at, **fields))

    @property
    def owner(self) -> str:
        sql = "SELECT value FROM setting WHERE key = 'owner'"
        return str(self.desk.write_now(lambda c: c.execute(sql).fetchone()[0]))

    def resolve(self, order_id: str, key: str, route: str = "gateway", **fields: Any) -> None:
        self.do(Resolve, order_id=order_id, key=key, route=route, **fields)

    def order(self, order_id: str) -> Order:
        order = self.desk.write_now(lambda c: load_order(c, order_id))
        assert order is not None
        return order

    def rows(self, order_id: str) -> list[Outgoing]:
        return self.desk.write_now(lambda c: DatabaseSource(c).outgoing(order_id))

    def row(self, order_id: str) -> Outgoing:
        return self.rows(order_id)[-1]

    def part(self, order_id: str) -> Part:
        return self.order(order_id).parts[-1]

    def cases(self, order_id: str) -> set[str]:
        return {case.reason.value for case in self.order(order_id).cases if case.is_open}

    def tries(self) -> list[tuple[str, str, str | None]]:
        """State, next try and begin of every row, as they are stored."""
        sql = "SELECT g.state, t.words, t.begun_at FROM outgoing g LEFT JOIN outgoing_try t ON t.outgoing_id = g.id"
        return self.desk.write_now(lambda c: c.execute(sql).fetchall())

    def written(self, web: WebOrder) -> list[WebRefund]:
        """The refunds that the shop has of an order."""
        return self.store.order(web.id).refunds

    def paid_out(self) -> list[ProviderRefund]:
        """What the provider has paid out, or is about to."""
        return [one for one in self.store.state.provider_refunds.values() if one.status != "failed"]

    def close(self) -> None:
        self.desk.close()
