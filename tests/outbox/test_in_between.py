"""Between two looks, what comes due goes out by itself."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from posapp.domain.events import Event
from posapp.domain.outbox import OutState
from posapp.sync.worker import SyncState
from tests.outbox.till import Till

PATIENCE_S = 30


class Watched:
    """A worker that runs on and on, and what it tells."""

    def __init__(self, till: Till) -> None:
        self.till, self.phases = till, list[str]()
        self._news, self._loop = asyncio.Event(), asyncio.get_running_loop()
        till.worker.on_state = self._on_state
        till.desk.listeners.append(self.on_events)

    def _on_state(self, state: SyncState) -> None:
        self.phases.append(state.phase)
        self._news.set()

    def on_events(self, events: Sequence[Event]) -> None:
        self._loop.call_soon_threadsafe(self._news.set)

    async def idle(self) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while "idle" not in self.phases:
                await self._next()

    async def sent(self, order_id: str) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while self.till.row(order_id).state != OutState.DONE:
                await self._next()

    async def _next(self) -> None:
        await self._news.wait()
        self._news.clear()


@asynccontextmanager
async def running(till: Till) -> AsyncIterator[Watched]:
    watched = Watched(till)
    task = asyncio.create_task(till.worker.run_forever())
    try:
        yield watched
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    assert till.desk.listeners == [watched.on_events]


async def test_a_decision_goes_out_without_a_look(till: Till) -> None:
    web, order_id = await till.short_order()
    async with running(till) as watched:
        await watched.idle()
        watched.phases.clear()
        till.resolve(order_id, "refund_excess", "cash")  # the shop is only to write it down: nothing to undo
        await watched.sent(order_id)
        assert watched.phases == []
    assert len(till.written(web)) == 1


async def test_sooner_once_the_network_is_back(till: Till) -> None:
    web, order_id = await till.short_order()
    till.wire.is_down = True
    till.resolve(order_id, "refund_excess", "cash")
    till.clock.pass_time(2_000)
    await till.send()
    till.clock.pass_time(5)  # not yet time for its next try
    till.wire.is_down = False
    async with running(till) as watched:
        await watched.sent(order_id)
    assert len(till.written(web)) == 1
