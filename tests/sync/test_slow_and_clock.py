"""Somebody who takes his time is not a network that is gone; and a clock that is off is noticed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from posapp.commands.command import new_command_id
from posapp.commands.shop import MAIN_LOCATION, OpenShop
from posapp.demo_shop.server import serve
from posapp.demo_shop.store import Store
from posapp.desk import Desk
from posapp.secrets import Secrets
from posapp.sync.connecting import connect, take_over
from posapp.sync.connections import About, Link, links, save_link
from posapp.sync.worker import SyncState, Worker
from tests.sync.scripted import NOON, ScriptedShop, Till, order, product


async def test_the_promptest_answer_tells_how_far_the_clocks_are_apart(tmp_path: Path) -> None:
    shop = ScriptedShop([product("1", "MUG", 5)])
    till = Till(tmp_path, shop)
    till.time = NOON + timedelta(minutes=7)
    report = await till.sync()
    assert report.skew_s == pytest.approx(420, abs=1)
    shop.seen_at = till.time + timedelta(minutes=9)
    assert (await till.sync()).skew_s == pytest.approx(-540, abs=1)
    shop.seen_at = till.time
    assert (await till.sync()).skew_s == pytest.approx(0, abs=1)


async def test_of_two_servers_the_one_furthest_apart_is_told(tmp_path: Path) -> None:
    shop, provider = ScriptedShop([product("1", "MUG", 5)]), ScriptedShop([], "provider")
    provider.waiting.clear()
    provider.seen_at = NOON - timedelta(minutes=5)
    till = Till(tmp_path, shop, provider)
    assert (await till.sync()).skew_s == pytest.approx(300, abs=1)


async def test_what_is_recorded_by_the_servers_time_does_not_follow_a_clock_that_is_off(
    tmp_path: Path,
) -> None:
    shop = ScriptedShop([product("1", "MUG", 5)])
    till = Till(tmp_path, shop)
    till.time = NOON + timedelta(hours=3)
    await till.sync()
    shop.tell([order("10", [("1", 2)], placed="10:00", paid="10:05")])
    await till.sync()
    [found] = till.orders().values()
    assert found.confirmed_at == datetime(2026, 11, 20, 10, 5, tzinfo=UTC)


class Looking:
    """A worker with a connection of an earlier day, and what it showed."""

    def __init__(
        self,
        folder: Path,
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.desk, self.secrets = Desk(folder, clock=clock), Secrets(folder)
        self.shown: list[SyncState] = []
        self.worker = Worker(self.desk, self.secrets, transport=transport, on_state=self.shown.append)

    def connected(self) -> None:
        at = self.desk.clock()
        self.desk.do(
            OpenShop(
                id=new_command_id(at), actor="Owner", at=at, name="Test", owner="Owner", currency="NGN",
                time_zone="Africa/Lagos",
            )
        )  # fmt: skip
        link = Link(
            "web-1", "woocommerce", "https://shop.example.test", "ck_1", MAIN_LOCATION, 20, "active", "", True, "",
            "", About(currency="NGN"),
        )  # fmt: skip
        self.desk.write_now(lambda c: save_link(c, link))
        self.secrets.put("web-1", "cs_1")


async def busy(request: httpx.Request) -> httpx.Response:
    return httpx.Response(503, headers={"Retry-After": "120"})


async def too_slow(request: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout("", request=request)


async def not_there(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectTimeout("", request=request)


@pytest.mark.parametrize(("answer", "phase"), [(busy, "slow"), (not_there, "offline")])
async def test_a_shop_that_answers_late_is_slow_and_none_at_all_is_offline(
    tmp_path: Path, answer: Callable[[httpx.Request], object], phase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("posapp.sync.connectors.http._pause_s", lambda attempt: 0.0)
    looking = Looking(tmp_path, httpx.MockTransport(answer))
    try:
        looking.connected()
        report = await looking.worker.run_once()
        assert looking.shown[-1].phase == phase
        assert looking.shown[-1].words == report.troubles[0]
        assert report.retry_after_s == (120 if answer is busy else 0)
    finally:
        looking.desk.close()


async def test_an_answer_that_does_not_come_in_time_is_slow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("posapp.sync.connectors.http._pause_s", lambda attempt: 0.0)
    looking = Looking(tmp_path, httpx.MockTransport(too_slow))
    try:
        looking.connected()
        await looking.worker.run_once()
        assert looking.shown[-1].phase == "slow"
        assert looking.shown[0].phase == "syncing"
        assert looking.shown[0].moved_at is not None
    finally:
        looking.desk.close()


async def test_the_worker_tells_a_clock_that_is_off_and_keeps_telling_it_offline(tmp_path: Path) -> None:
    ahead = timedelta(minutes=7)
    looking = Looking(tmp_path, clock=lambda: datetime.now(UTC) + ahead)
    try:
        async with serve(Store(clock=lambda: datetime.now(UTC))) as shop:
            await connect(
                looking.desk,
                looking.secrets,
                "woocommerce",
                shop.url,
                shop.consumer_key,
                shop.consumer_secret,
            )
            await looking.worker.run_once()
            assert looking.shown[-1].phase == "idle"
            assert looking.shown[-1].skew_s == pytest.approx(420, abs=5)
    finally:
        looking.desk.close()


async def test_orders_are_carried_out_only_under_a_marker_seen_after_they_came(tmp_path: Path) -> None:
    store = Store(clock=lambda: datetime.now(UTC))
    first, second = Looking(tmp_path / "first"), Looking(tmp_path / "second")
    try:
        async with serve(store) as shop:
            keys = (shop.url, shop.consumer_key, shop.consumer_secret)
            await connect(first.desk, first.secrets, "woocommerce", *keys)
            await first.worker.run_once()
            await connect(second.desk, second.secrets, "woocommerce", *keys)
            [link] = await second.desk.write(links)
            await take_over(second.desk, second.secrets, link)
            store.pay(store.place([("WIG-14", 1)]).id)
            report = await first.worker.run_once()  # its marker was seen a moment ago
            assert "Another posapp serves this web shop" in report.notices[0]
            held = "SELECT count(*) FROM order_line WHERE allocated_qty > 0"
            assert first.desk.write_now(lambda c: c.execute(held).fetchone()[0]) == 0
            assert first.shown[-1].phase == "taken_over"
            await second.worker.run_once()
            assert second.desk.write_now(lambda c: c.execute(held).fetchone()[0]) == 1
    finally:
        first.desk.close()
        second.desk.close()
