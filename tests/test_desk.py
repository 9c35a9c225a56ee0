"""What the desk does besides carrying commands out."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection

import pytest

from posapp import desk as desks
from posapp.commands.shop import ChangeSetting, OpenShop
from posapp.desk import Desk, Outcome
from posapp.domain.errors import Refused

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
OPEN = OpenShop(
    id="open", actor="Owner", at=NOW, name="Test", owner="Owner", currency="NGN", time_zone="Africa/Lagos"
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path, clock=lambda: NOW)
    yield made
    made.close()


def test_a_paced_command_waits_while_the_window_draws(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desks, "HOLD_S", 60.0)
    desk.hold(True)
    asked = desk.submit(OPEN, paced=True)
    assert not wait([asked], timeout=0.1).done
    desk.hold(False)
    assert asked.result(timeout=30).answer


def test_a_window_that_never_ends_drawing_holds_nothing_up(desk: Desk) -> None:
    desk.hold(True)
    assert desk.submit(OPEN, paced=True).result(timeout=30).answer


def test_what_a_person_asks_for_never_waits_for_the_window(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desks, "HOLD_S", 60.0)
    desk.hold(True)
    assert desk.submit(OPEN).result(timeout=30).answer


def rename(n: int, name: str, *, key: str = "name") -> ChangeSetting:
    return ChangeSetting(id=f"rename-{n}", actor="Owner", at=NOW, key=key, value=name)


def name_of(connection: Connection) -> str:
    found: str = connection.execute("SELECT value FROM setting WHERE key = 'name'").fetchone()[0]
    return found


def test_of_a_series_each_stands_for_itself(desk: Desk) -> None:
    desk.do(OPEN)
    series = [
        (rename(1, "One"), None),
        (rename(2, "Two", key="unheard-of"), None),
        (rename(3, "Three"), None),
    ]
    first, second, third = asyncio.run(desk.run_each(series, paced=True))
    assert isinstance(first, Outcome)
    assert isinstance(second, Refused)
    assert isinstance(third, Outcome)
    assert desk.write_now(name_of) == "Three"


def test_a_person_has_a_turn_within_a_series(desk: Desk) -> None:
    desk.do(OPEN)
    asked: list[Future[Outcome]] = []

    def somebody_presses(_: Connection) -> None:
        asked.append(desk.submit(rename(9, "By hand")))

    series = [(rename(1, "One"), somebody_presses), (rename(2, "Two"), None)]
    asyncio.run(desk.run_each(series, paced=True))
    assert asked[0].result(timeout=30).answer is not None
    assert desk.write_now(name_of) == "Two", "it came in between, not after"


def test_a_cancelled_series_begins_no_further_command(desk: Desk) -> None:
    desk.do(OPEN)

    async def begin_and_stop() -> None:
        task = asyncio.create_task(
            desk.run_each([(rename(1, "One"), stop), (rename(2, "Two"), None)], paced=True)
        )
        loop = asyncio.get_running_loop()
        stops.append(lambda: asyncio.run_coroutine_threadsafe(cancelled(task), loop).result(timeout=30))
        await asyncio.gather(task, return_exceptions=True)

    async def cancelled(task: asyncio.Task[list[Outcome | Exception]]) -> None:
        task.cancel()
        await asyncio.sleep(0)  # the task takes notice

    stops: list[Callable[[], None]] = []

    def stop(_: Connection) -> None:
        stops[0]()

    asyncio.run(begin_and_stop())
    assert desk.write_now(name_of) == "One"


def test_a_series_ends_with_its_desk(tmp_path: Path) -> None:
    made = Desk(tmp_path, clock=lambda: NOW)
    made.do(OPEN)

    async def begin_and_close() -> object:
        series = [(rename(n, f"N{n}"), None) for n in range(500)]
        task = asyncio.create_task(made.run_each(series, paced=True))
        await asyncio.sleep(0)  # the series begins
        await asyncio.to_thread(made.close)
        return (await asyncio.gather(task, return_exceptions=True))[0]

    assert isinstance(asyncio.run(begin_and_close()), asyncio.CancelledError)
