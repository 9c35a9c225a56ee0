"""The post of the window: the worker of `sync`, told to the screens in their own words."""

import asyncio
import logging
import time
from collections.abc import Coroutine
from functools import partial
from typing import Any

import httpx

from posapp.desk import Desk
from posapp.gui.post import Address, Answer, Post, SyncLine, TestFinding, TestResult
from posapp.secrets import Place, Secrets
from posapp.sync import connecting, inbox
from posapp.sync.connections import Link, links, set_look
from posapp.sync.feed import Verdict
from posapp.sync.worker import SyncState, Worker

log = logging.getLogger(__name__)


class AppPost(Post):
    """Runs the worker on the window's loop; every call returns at once and is answered later."""

    def __init__(
        self, desk: Desk, secrets: Secrets, *, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        super().__init__()
        self.desk, self.secrets = desk, secrets
        self.worker = Worker(desk, secrets, paced=True, transport=transport, on_state=self._show)
        self._tasks: set[asyncio.Task[Any]] = set()
        self._looking: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to look, again and again."""
        self._looking = self._begin(self._look())

    async def stop(self) -> None:
        """Stop looking; what was stored stays, and the next start goes on there."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def look_now(self) -> None:
        """Look at everything at once."""
        if self._looking is None or self._looking.done():
            self.start()
        self.worker.poke()

    def test(self, address: Address, answer: Answer) -> None:
        """Try an address; nothing is left behind."""
        self._begin(self._test(address, answer))

    def connect_to(self, address: Address, answer: Answer) -> None:
        """Test, connect, and begin to import."""
        self._begin(self._connect(address, answer))

    def disconnect_from(self, connection_id: str) -> None:
        """Let a connection go; what came from it stays."""
        self._begin(self._disconnect(connection_id))

    def take_over(self, connection_id: str) -> None:
        """Serve a shop that another till serves now."""
        self._begin(self._take_over(connection_id))

    def set_interval(self, connection_id: str, seconds: int) -> None:
        """Change how often to look."""
        self._begin(self._set_interval(connection_id, seconds))

    def stop_import(self) -> None:
        """Stop the running import; it goes on where it was cut off at the next look."""
        if self._looking is not None:
            self._looking.cancel()
        self.line = SyncLine("offline", last_ok=self.line.last_ok, words="Stopped. Press Ctrl+R to go on.")
        self.line_changed.emit(self.line)

    def discard(self, inbox_seq: int) -> None:
        """Give up a quarantined item; its text stays to be read."""
        self._begin(self._mark(inbox_seq, "discarded"))

    def retry(self, inbox_seq: int) -> None:
        """Try a quarantined item again at once."""
        self._begin(self._mark(inbox_seq, "new"))

    def _begin(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._finished)
        return task

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("the post stumbled", exc_info=task.exception())

    async def _look(self) -> None:
        known = await self.desk.write(links)
        if not known:
            self._show(SyncState("none"))
            return
        places = [await asyncio.to_thread(self.secrets.place, link.id) for link in known]
        self.secrets_in_file = Place.FILE in places
        await self.worker.run_forever()

    async def _test(self, address: Address, answer: Answer) -> None:
        began = time.perf_counter()
        secret = address.secret or await self._stored_secret(address)
        verdict = await connecting.try_connection(address.kind, address.url, address.key, secret)
        answer(_result(verdict, time.perf_counter() - began))

    async def _connect(self, address: Address, answer: Answer) -> None:
        began = time.perf_counter()
        secret = address.secret or await self._stored_secret(address)
        try:
            _, verdict, place = await connecting.connect(
                self.desk, self.secrets, address.kind, address.url, address.key, secret
            )
        except connecting.CannotConnect as refusal:
            answer(_result(refusal.verdict, time.perf_counter() - began))
            return
        self.secrets_in_file = place == Place.FILE
        self.connections_changed.emit()
        answer(_result(verdict, time.perf_counter() - began))
        self.look_now()

    async def _stored_secret(self, address: Address) -> str:
        for link in await self.desk.write(links):
            if link.kind == address.kind and link.key == address.key:
                return await asyncio.to_thread(self.secrets.get, link.id) or ""
        return ""

    async def _disconnect(self, connection_id: str) -> None:
        link = await self._link(connection_id)
        if link is not None:
            await connecting.disconnect(self.desk, self.secrets, link)
            self.connections_changed.emit()

    async def _take_over(self, connection_id: str) -> None:
        link = await self._link(connection_id)
        if link is not None:
            await connecting.take_over(self.desk, self.secrets, link)
            self.connections_changed.emit()
            self.look_now()

    async def _set_interval(self, connection_id: str, seconds: int) -> None:
        await self.desk.write(partial(set_look, link_id=connection_id, seconds=seconds))
        self.connections_changed.emit()
        self.worker.poke()

    async def _mark(self, seq: int, state: str) -> None:
        await self.desk.write(inbox.mark([seq], state, self.desk.clock()))
        self.connections_changed.emit()
        if state == "new":
            self.look_now()

    async def _link(self, connection_id: str) -> Link | None:
        return next((link for link in await self.desk.write(links) if link.id == connection_id), None)

    def _show(self, state: SyncState) -> None:
        self.line = SyncLine(state.phase, state.done, state.total, state.last_ok, state.words)
        self.line_changed.emit(self.line)


def _result(verdict: Verdict, seconds: float) -> TestResult:
    findings = tuple(TestFinding(f.check, f.state, f.words, f.advice) for f in verdict.findings)
    return TestResult(
        verdict.code,
        findings,
        verdict.shop_name,
        verdict.currency,
        verdict.time_zone,
        verdict.version,
        seconds,
    )
