"""The post of the window: the worker of `sync`, told to the screens in their own words."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from functools import partial
from sqlite3 import Connection
from typing import Any

import httpx

from posapp.desk import Desk
from posapp.domain.errors import Refused
from posapp.gui.post import (
    Address,
    Answer,
    BankList,
    BankName,
    LinkMade,
    PaymentTold,
    Post,
    SyncLine,
    TestFinding,
    TestResult,
)
from posapp.secrets import Place, Secrets
from posapp.sync import connecting, inbox
from posapp.sync.banks import banks_of
from posapp.sync.checking import Told, ask_about
from posapp.sync.connections import Link, links, set_look, set_notice
from posapp.sync.connectors.address import BadAddress, normal_address
from posapp.sync.feed import FeedUnavailable, Verdict
from posapp.sync.linking import MadeLink, link_for
from posapp.sync.outgoing import Bank
from posapp.sync.round import shop_currency
from posapp.sync.worker import SyncState, Worker

AFTER_FAULT_S = 60
FAULT = "posapp stumbled while it looked for orders. It tries again by itself; the log says more."
log = logging.getLogger(__name__)


class AppPost(Post):
    """Runs the worker on the window's loop; every call returns at once and is answered later."""

    def __init__(
        self, desk: Desk, secrets: Secrets, *, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        """`transport` for tests."""
        super().__init__()
        self.desk, self.secrets, self._transport = desk, secrets, transport
        self.worker = Worker(desk, secrets, paced=True, transport=transport, on_state=self._show)
        self._tasks: set[asyncio.Task[Any]] = set()
        self._looking: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to look, again and again."""
        if self._looking is not None:
            self._looking.cancel()
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
        self._begin(self._test(_called(address), answer))

    def connect_to(self, address: Address, answer: Answer) -> None:
        """Test, connect, and begin to import."""
        self._begin(self._connect(_called(address), answer))

    def disconnect_from(self, connection_id: str) -> None:
        """Let a connection go; what came from it stays."""
        self._begin(self._disconnect(connection_id))

    def take_over(self, connection_id: str) -> None:
        """Serve a shop that another till serves now."""
        self._begin(self._take_over(connection_id))

    def set_interval(self, connection_id: str, seconds: int) -> None:
        """Change how often to look."""
        self._begin(self._write(partial(set_look, link_id=connection_id, seconds=seconds), look=True))

    def dismiss_notice(self, connection_id: str) -> None:
        """Take back what was to be known about a connection."""
        self._begin(self._write(partial(set_notice, link_id=connection_id, notice="")))

    def stop_import(self) -> None:
        """Stop the running import; it goes on where it was cut off at the next look."""
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None  # whoever asks to go on the next moment begins anew
        self._tell(SyncLine("stopped", self.line.done, self.line.total, self.line.last_ok))

    def banks(self, provider: str, currency: str, answer: Callable[[BankList], None]) -> None:
        """Ask a payment provider for its banks."""
        asked = banks_of(self.desk, self.secrets, provider, currency, transport=self._transport)
        self._begin(_tell_banks(asked, answer))

    def payment_link(
        self, order_id: str, amount_minor: int, email: str, answer: Callable[[LinkMade], None]
    ) -> None:
        """Ask for a page on which an order can be paid."""
        made = link_for(self.desk, self.secrets, order_id, amount_minor, email, transport=self._transport)
        self._begin(_tell_link(made, answer))

    def check_payment(self, order_id: str, answer: Callable[[PaymentTold], None]) -> None:
        """Ask about an order's payments; what is told is carried out by a look at once."""
        asked = ask_about(self.desk, self.secrets, order_id, transport=self._transport)
        self._begin(_tell_payment(asked, answer, self.look_now))

    def discard(self, inbox_seq: int) -> None:
        """Give up a quarantined item; its text stays to be read."""
        self._begin(self._write(inbox.mark([inbox_seq], "discarded", self.desk.clock())))

    def retry(self, *inbox_seqs: int) -> None:
        """Try quarantined items again at once."""
        self._begin(self._write(inbox.mark(inbox_seqs, "new", self.desk.clock()), look=True))

    def _begin(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._finished)
        return task

    def _finished(self, task: asyncio.Task[None]) -> None:
        """Say what went wrong with something a person asked for."""
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if isinstance(error, Refused):
            self.said.emit(error.message)
        elif isinstance(error, FeedUnavailable):
            self.said.emit(f"Nothing was changed. {error.words}")
        elif error is not None:
            log.error("the post stumbled", exc_info=error)
            self.said.emit("Something went wrong inside posapp. The log says more; your data is safe.")

    async def _look(self) -> None:
        """Look until stopped, or until there is nothing to look at. A fault of ours does not end it."""
        known = [link for link in await self.desk.write(links) if link.state != "removed"]
        if not known:
            self._tell(SyncLine("none"))
            return
        places = [await asyncio.to_thread(self.secrets.place, link.id) for link in known]
        self.secrets_in_file = Place.FILE in places
        while True:
            try:
                await self.worker.run_forever()
            except Exception as fault:  # the loop must outlive whatever a shop sends
                log.exception("a look at the connections failed")
                words = fault.message if isinstance(fault, Refused) else FAULT
                self._tell(SyncLine("fault", last_ok=self.line.last_ok, words=words))
                await asyncio.sleep(AFTER_FAULT_S)

    async def _test(self, address: Address, answer: Answer) -> None:
        began = time.perf_counter()
        secret = address.secret or await self._stored_secret(address)
        verdict = await connecting.try_connection(
            address.kind,
            address.url,
            address.key,
            secret,
            currency=await self.desk.write(shop_currency),
            transport=self._transport,
        )
        answer(_result(verdict, time.perf_counter() - began))

    async def _connect(self, address: Address, answer: Answer) -> None:
        """Connect; a shop that another till serves stays that till's until its owner takes it over."""
        began = time.perf_counter()
        secret = address.secret or await self._stored_secret(address)
        try:
            _, verdict, place = await connecting.connect(
                self.desk, self.secrets, address.kind, address.url, address.key, secret,
                location_id=address.location_id, take_over=False, transport=self._transport,
            )  # fmt: skip
        except connecting.CannotConnect as refusal:
            answer(_result(refusal.verdict, time.perf_counter() - began))
            return
        except (Refused, FeedUnavailable) as trouble:
            answer(TestResult("not_connected", (TestFinding("key", "failed", str(trouble)),)))
            return
        self.secrets_in_file = place == Place.FILE
        answer(_result(verdict, time.perf_counter() - began))
        self.connections_changed.emit()
        self.start()

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
            self.start()

    async def _take_over(self, connection_id: str) -> None:
        link = await self._link(connection_id)
        if link is not None:
            await connecting.take_over(self.desk, self.secrets, link)
            self.connections_changed.emit()
            self.start()

    async def _write(self, work: Callable[[Connection], None], *, look: bool = False) -> None:
        await self.desk.write(work)
        self.connections_changed.emit()
        if look:
            self.look_now()

    async def _link(self, connection_id: str) -> Link | None:
        return next((link for link in await self.desk.write(links) if link.id == connection_id), None)

    def _show(self, state: SyncState) -> None:
        counted = (state.done, state.total, state.last_ok)
        self._tell(SyncLine(state.phase, *counted, state.words, state.moved_at, state.skew_s))

    def _tell(self, line: SyncLine) -> None:
        self.line = line
        self.line_changed.emit(line)


def _called(address: Address) -> Address:
    """The address as it is called and stored: a pasted one cleaned up, a wrong one left for its verdict."""
    try:
        return replace(address, url=normal_address(address.url))
    except BadAddress:
        return address


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


async def _tell_banks(asked: Awaitable[list[Bank]], answer: Callable[[BankList], None]) -> None:
    try:
        found = tuple(BankName(bank.id, bank.name) for bank in await asked)
    except Refused as refusal:
        answer(BankList(words=refusal.message))
    except FeedUnavailable as trouble:
        answer(BankList(words=trouble.words))
    else:
        answer(BankList(found))


async def _tell_link(asked: Awaitable[MadeLink], answer: Callable[[LinkMade], None]) -> None:
    try:
        made = await asked
    except Refused as refusal:
        answer(LinkMade(words=refusal.message))
    except FeedUnavailable as trouble:
        answer(LinkMade(words=f"No page was made. {trouble.words}"))
    else:
        answer(LinkMade(made.url, made.amount_minor, made.fee_minor))


async def _tell_payment(
    asked: Awaitable[Told], answer: Callable[[PaymentTold], None], look: Callable[[], None]
) -> None:
    try:
        told = await asked
    except Refused as refusal:
        answer(PaymentTold(words=refusal.message))
    except FeedUnavailable as trouble:
        answer(PaymentTold(words=trouble.words))
    else:
        look()
        answer(PaymentTold(told.provider, told.reference, told.state or "", told.amount_minor, told.paid_at))
