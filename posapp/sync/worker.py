"""The post: looks at every connection, brings everything in, and has it carried out in order.

One run downloads all pages of all feeds up to their high-water marks, and only then
applies, so that neither the order of arrival nor a page split can decide who was first.
"""

import asyncio
import logging
import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, cast

import httpx

from posapp.desk import Desk
from posapp.domain.events import Event, OutboxChanged
from posapp.secrets import Secrets
from posapp.sync.connecting import ELSEWHERE
from posapp.sync.connections import Link, installation_id, links, set_notice, set_state
from posapp.sync.connectors.registry import Connection, open_feed
from posapp.sync.feed import Feed, FeedUnavailable, PaymentFeed, ShopFeed, SignInAgain
from posapp.sync.outgoing import ShopDoor
from posapp.sync.publishing import Pace, Publisher
from posapp.sync.round import Report, Round
from posapp.sync.sender import Sender

MARKER_EVERY = timedelta(minutes=5)
LONGEST_PAUSE_S = 300.0
SHORTEST_PAUSE_S = 0.05
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SyncState:
    """What the sync line shows. Phases: idle, syncing, offline, slow, sign_in, taken_over.

    `skew_s` is what the till's clock is ahead of the server's, as it was last seen. `moved_at` is the last sign
    of life of a look, by the till's clock.
    """

    phase: str = "idle"
    done: int = 0
    total: int | None = None
    last_ok: datetime | None = None
    words: str = ""
    moved_at: datetime | None = None
    skew_s: int = 0


class Worker:
    """Runs the feeds of one desk, once or again and again."""

    def __init__(
        self,
        desk: Desk,
        secrets: Secrets,
        *,
        paced: bool = False,
        transport: httpx.AsyncBaseTransport | None = None,
        on_state: Callable[[SyncState], None] = lambda state: None,
        pace: Pace | None = None,
    ) -> None:
        """`paced` while a window is open; `transport` for tests; `pace`: how much a web shop is told in one run."""
        self.pace = pace or Pace()
        self.desk, self.secrets, self.paced, self.transport = desk, secrets, paced, transport
        self.on_state = on_state
        self.state = SyncState()
        self._woken = asyncio.Event()
        self._asked = False  # for a look at once
        self._good: set[str] = set()  # connections that answered at the last look
        self.sender = Sender(desk, self._open, self._still_ours)
        self._busy = asyncio.Lock()
        self._marker_checked: dict[str, datetime] = {}

    async def run_once(self) -> Report:
        """Look at everything once. A feed that does not answer stops no other."""
        async with self._busy:
            report = Report()
            self._show("syncing")
            known = await self.desk.write(links)
            active = [link for link in known if link.state in ("active", "sign_in")]
            feeds = {link.id: await self._open(link) for link in active}
            try:
                await self._run(active, feeds, report)
            finally:
                for feed in feeds.values():
                    await feed.close()
            await self.send(report)
            self._show_end(report)
            return report

    async def run_forever(self) -> None:
        """Look again and again, until cancelled; sooner when poked, later while nothing answers.

        What must go out is sent in between, as it comes due.
        """
        failures = 0
        wake = partial(_on_events, loop=asyncio.get_running_loop(), woken=self._woken)
        self.desk.listeners.append(wake)
        try:
            while True:
                self._asked = False  # before the run: a wish that comes while it runs is not forgotten
                report = await self.run_once()
                failures = failures + 1 if report.troubles else 0
                pause = await self._pause_s()
                if failures:
                    backoff = min(LONGEST_PAUSE_S, pause * 2 ** min(failures, 6)) * random.uniform(0.7, 1.3)
                    pause = max(pause, report.retry_after_s, backoff)
                await self._send_until(asyncio.get_running_loop().time() + pause)
        finally:
            self.desk.listeners.remove(wake)

    def poke(self) -> None:
        """Look at once."""
        self._asked = True
        self._woken.set()

    async def _send_until(self, end: float) -> None:
        """Send what comes due until that time of the loop, or until a look is asked for."""
        loop = asyncio.get_running_loop()
        while not self._asked and loop.time() < end:
            self._woken.clear()
            wait_s = await self.sender.wait_s(end - loop.time())
            with suppress(
                TimeoutError
            ):  # `wait_for` would swallow a cancel that comes with the wake (Python 3.11)
                async with asyncio.timeout(max(wait_s, SHORTEST_PAUSE_S)):
                    await self._woken.wait()
            if not self._asked:
                async with self._busy:
                    await self.send(Report())
        if self._asked:
            await self.sender.hurry()

    async def send(self, report: Report) -> None:
        """Send what is due. Who does not take it is told by what waits, not by the line that tells of looks."""
        sent = await self.sender.send_due()
        report.sent, report.refused = report.sent + sent.sent, report.refused + sent.refused
        for link, trouble in sent.troubles:
            if not trouble.slow:  # nobody was there: once a look gets through, it is tried again at once
                self._good.discard(link.id)
            if isinstance(trouble, SignInAgain):
                await self._note(link, trouble, report)

    async def _still_ours(self, link: Link, feed: Feed) -> bool:
        return await self._is_ours(link, cast(ShopFeed, feed), Report(), anew=True)

    async def _run(self, active: list[Link], feeds: dict[str, Feed], report: Report) -> None:
        """Download everything from everybody; then carry out what happened, in its order."""
        providers = frozenset(link.kind for link in active if not link.is_shop)
        round_ = Round(self.desk, report, providers, paced=self.paced, progress=self._show_progress)
        whole: list[Link] = []  # shops whose news are all here
        for link in active:
            try:
                if link.is_shop:
                    shop = cast(ShopFeed, feeds[link.id])
                    if await self._is_ours(link, shop, report):
                        ours = partial(self._is_ours, link, shop, report, anew=True)
                        if await round_.bring_shop(link, shop, ours) and link.imported:
                            whole.append(link)
                else:
                    await round_.bring_payments(link, cast(PaymentFeed, feeds[link.id]))
                if link.state == "sign_in":
                    await self.desk.write(partial(set_state, link_id=link.id, state="active"))
                if link.id not in self._good:
                    self._good.add(link.id)
                    await self.sender.hurry(link.address)
            except FeedUnavailable as trouble:
                await self._note(link, trouble, report)
        await round_.apply()
        for link in whole:
            try:
                door = cast(ShopDoor, feeds[link.id])
                ours = partial(self._is_ours, link, door, report, anew=True)
                await Publisher(self.desk, link, door, self.pace, ours).run()
            except FeedUnavailable as trouble:
                await self._note(link, trouble, report)

    async def _note(self, link: Link, trouble: FeedUnavailable, report: Report) -> None:
        """Remember what did not answer; a key that is no longer good waits for a person."""
        self._good.discard(link.id)
        report.troubles.append(trouble.words)
        report.slow = report.slow and trouble.slow
        report.retry_after_s = max(report.retry_after_s, trouble.retry_after_s)
        if isinstance(trouble, SignInAgain):
            report.sign_in = True
            await self.desk.write(lambda c: set_state(c, link.id, "sign_in"))
        log.info("%s did not answer: %s", link.kind, trouble.words)

    async def _is_ours(self, link: Link, feed: ShopFeed, report: Report, *, anew: bool = False) -> bool:
        """Whether this till is the one that serves the shop; another one's marker stops it.

        A marker seen lately is believed, except (`anew`) where orders wait to be carried out.
        """
        now = self.desk.clock()
        checked = self._marker_checked.get(link.id)
        if not anew and checked is not None and now - checked < MARKER_EVERY:
            return True
        self._marker_checked.pop(link.id, None)
        ours = await self.desk.write(installation_id)
        found = await feed.marker()
        if found is None:
            await feed.leave_marker(ours)
        elif found != ours:
            report.notices.append(ELSEWHERE)
            await self.desk.write(lambda c: set_state(c, link.id, "taken_over"))
            await self.desk.write(lambda c: set_notice(c, link.id, ELSEWHERE))
            return False
        self._marker_checked[link.id] = now
        return True

    async def _open(self, link: Link) -> Feed:
        """Open the feed of a connection, with its secret."""
        secret = await asyncio.to_thread(self.secrets.get, link.id)
        connection = Connection(link.kind, link.id, link.url, secret or "", link.key, link.about.currency)
        # On a thread: the first one loads the system's trust store, longer than a window may stand still.
        return await asyncio.to_thread(open_feed, connection, self.transport)

    async def _pause_s(self) -> float:
        known = await self.desk.write(links)
        return float(min((link.look_s for link in known if link.state == "active"), default=60))

    def _show_progress(self, done: int, total: int | None) -> None:
        """Tell how far a pull is."""
        self._show("syncing", done=done, total=total)

    def _show(self, phase: str, **facts: Any) -> None:
        told: dict[str, Any] = {"done": 0, "total": None, "words": "", "moved_at": self.desk.clock()} | facts
        self.state = replace(self.state, phase=phase, **told)
        self.on_state(self.state)

    def _show_end(self, report: Report) -> None:
        skew_s = self.state.skew_s if report.skew_s is None else round(report.skew_s)
        if report.troubles:
            phase = "sign_in" if report.sign_in else "slow" if report.slow else "offline"
            self._show(phase, words=report.troubles[0], skew_s=skew_s)
        elif report.notices:
            self._show("taken_over", words=report.notices[0], skew_s=skew_s)
        else:
            self._show("idle", last_ok=self.desk.clock(), skew_s=skew_s)


def _on_events(events: Sequence[Event], *, loop: asyncio.AbstractEventLoop, woken: asyncio.Event) -> None:
    """Wake whoever sends, from the thread on which things are written."""
    if any(isinstance(event, OutboxChanged) for event in events):
        loop.call_soon_threadsafe(woken.set)
