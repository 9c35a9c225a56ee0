"""Publishing while the network is cut, an answer is lost, the shop is down, or the till is killed."""

import asyncio
import contextlib
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from posapp.sync.worker import Worker
from tests.sync.publishing import QUICK, Published, published

SKU = "ZOBO-50"


async def rested(till: Published) -> None:
    """Look until nothing waits; a try that was cut is left alone for a minute and a half first."""
    for _ in range(12):
        await till.look()
        if not till.state().waiting:
            return
    raise AssertionError(till.state())


def first_write(how: str, left: list[int]) -> object:
    def fails(request: httpx.Request) -> str:
        if request.method == "POST" and left:
            left.pop()
            return how
        return ""

    return fails


@pytest.mark.parametrize("how", ["before", "after"])
async def test_a_try_without_an_answer_is_looked_at_before_another(tmp_path: Path, how: str) -> None:
    async with published(tmp_path) as till:
        ours = till.free(SKU)
        till.receive(SKU, 5)
        till.wire.fails = first_write(how, [1])
        report = await till.look()
        assert report.troubles
        assert till.there(SKU) == (ours if how == "before" else ours + 5)
        till.wire.seen.clear()
        await till.look(3)  # a minute: the first may still be on its way
        assert till.wire.writes == []
        await rested(till)
        assert till.there(SKU) == till.free(SKU) == ours + 5
        assert len(till.wire.writes) == (1 if how == "before" else 0), "what has arrived is not sent twice"
        assert till.changed() == []


async def test_a_lost_answer_and_sales_on_both_sides_meanwhile(tmp_path: Path) -> None:
    async with published(tmp_path) as till:
        ours = till.free(SKU)
        till.receive(SKU, 5)
        till.wire.fails = first_write("after", [1])
        await till.look()
        till.buy(SKU, 2)
        await till.look()
        till.receive(SKU, 1)
        till.buy(SKU, 1)
        await rested(till)
        assert till.there(SKU) == till.free(SKU) == ours + 3
        assert till.changed() == []


async def test_a_first_try_that_arrives_a_minute_late_and_sales_meanwhile(tmp_path: Path) -> None:
    async with published(tmp_path) as till:
        ours = till.free(SKU)
        till.receive(SKU, 5)
        till.wire.fails = first_write("before", [1])
        await till.look(2)
        till.buy(SKU, 2)
        await till.look()
        till.store.set_stock(SKU, ours + 5)  # the first try comes through only now, over the sale
        await rested(till)
        assert till.there(SKU) == till.free(SKU) == ours + 3
        assert till.changed() == []


async def test_killed_while_the_answer_is_awaited(tmp_path: Path) -> None:
    async with published(tmp_path) as till:
        ours = till.free(SKU)
        till.receive(SKU, 5)
        arrived = asyncio.Event()
        inner = till.wire.inner

        class NoAnswer(httpx.AsyncBaseTransport):
            async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
                answer = await inner.handle_async_request(request)
                if request.method == "POST":
                    await answer.aread()
                    arrived.set()
                    await asyncio.Event().wait()
                return answer

        till.wire.inner = NoAnswer()
        running = asyncio.ensure_future(till.worker.run_once())
        await arrived.wait()
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running
        till.wire.inner = inner
        till.worker = Worker(till.desk, till.secrets, transport=till.wire, pace=QUICK)
        till.wire.seen.clear()
        await rested(till)
        assert till.there(SKU) == till.free(SKU) == ours + 5
        assert till.wire.writes == []
        assert till.changed() == []


async def test_what_spoils_a_batch_is_sent_alone_in_the_end(tmp_path: Path) -> None:
    async with published(tmp_path) as till:
        till.receive(SKU, 5)
        till.receive("GARRI-2", 5)
        poison = str(till.store.find("GARRI-2").id).encode()

        def crashes(request: httpx.Request) -> str:
            return "after" if request.method == "POST" and b'"id":' + poison in request.content else ""

        inner = till.wire.inner

        class Crash(httpx.AsyncBaseTransport):
            async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
                if crashes(request):
                    return httpx.Response(
                        500, headers={"content-type": "text/html"}, content=b"<h1>Fatal</h1>"
                    )
                return await inner.handle_async_request(request)

        till.wire.inner = Crash()
        await till.look(25)
        assert till.there(SKU) == till.free(SKU)
        assert till.there("GARRI-2") != till.free("GARRI-2")
        assert till.state().waiting == 1


@pytest.mark.parametrize(
    ("kind", "seconds"),
    [("lost_answer", 0), ("maintenance", 30), ("database_down", 0), ("crash", 0), ("truncated", 0), ("drop", 0),
     ("slow", 0.05), ("too_many", 30)],
)  # fmt: skip
async def test_faults_of_a_shop_over_a_real_wire(tmp_path: Path, kind: str, seconds: float) -> None:
    async with published(tmp_path, real=True) as till:
        ours = till.free(SKU)
        till.receive(SKU, 5)
        till.store.faults.add(kind, times=2, method="POST", path="/products/batch", seconds=seconds)
        for _ in range(12):
            await till.look()
            till.clock.pass_time(timedelta(seconds=20))
        assert till.there(SKU) == till.free(SKU) == ours + 5
        assert till.state().waiting == 0
        assert till.changed() == []
        assert len(till.wire.writes) <= 3
