"""Two tills on one web shop are noticed: only one takes units."""

from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from posapp.demo_shop.server import Running, serve
from posapp.demo_shop.store import Store
from posapp.desk import Desk
from posapp.secrets import Secrets
from posapp.sync.connecting import CannotConnect, connect, disconnect, take_over
from posapp.sync.connections import links
from posapp.sync.worker import Report, Worker


def now() -> datetime:
    return datetime.now(UTC)


class Installation:
    """A till with its own folder, its own secrets and its own worker."""

    def __init__(self, folder: Path) -> None:
        self.desk, self.secrets = Desk(folder), Secrets(folder)
        self.worker = Worker(self.desk, self.secrets)

    async def connect(self, shop: Running) -> None:
        await connect(
            self.desk, self.secrets, "woocommerce", shop.url, shop.consumer_key, shop.consumer_secret
        )

    async def look(self) -> Report:
        return await self.worker.run_once()

    def count(self, sql: str) -> int:
        return int(self.desk.write_now(lambda c: c.execute(sql).fetchone()[0]))


async def test_the_second_till_takes_over_and_the_first_is_told(tmp_path: Path) -> None:
    store = Store(clock=now)
    async with serve(store) as shop:
        first, second = Installation(tmp_path / "first"), Installation(tmp_path / "second")
        try:
            await first.connect(shop)
            await first.look()
            await second.connect(shop)
            order = store.place([("WIG-14", 1)])
            store.pay(order.id)
            await second.look()
            assert second.count("SELECT count(*) FROM orders") == 0, (
                "it stands back until its owner takes over"
            )
            [link] = await second.desk.write(links)
            assert (link.state, "Another posapp serves" in link.notice) == ("taken_over", True)
            await take_over(second.desk, second.secrets, link)
            told = Worker(
                first.desk, first.secrets
            )  # a marker is asked for again after a while, or at a start
            report = await told.run_once()
            assert "Another posapp serves this web shop" in report.notices[0]
            await second.look()
            assert first.count("SELECT count(*) FROM orders") == 0
            assert second.count("SELECT count(*) FROM order_line WHERE allocated_qty = 1") == 1
            [link] = await first.desk.write(links)
            assert link.state == "taken_over"
            await take_over(first.desk, first.secrets, link)
            assert not (await Worker(first.desk, first.secrets).run_once()).notices
            assert first.count("SELECT count(*) FROM order_line WHERE allocated_qty = 1") == 1
        finally:
            first.desk.close()
            second.desk.close()


async def test_removing_and_connecting_again_brings_no_order_twice(tmp_path: Path) -> None:
    store = Store(clock=now)
    till = Installation(tmp_path)
    try:
        async with serve(store) as shop:
            store.pay(store.place([("ZOBO-50", 2)]).id)
            await till.connect(shop)
            await till.look()
            [link] = await till.desk.write(links)
            await disconnect(till.desk, till.secrets, link)
            assert till.secrets.get(link.id) is None
            assert not (await till.look()).troubles
            levels = "SELECT group_concat(id || on_hand || ':' || allocated) FROM level"
            before = till.desk.write_now(lambda c: c.execute(levels).fetchone())
        async with serve(store) as moved:  # the same shop at another address
            await till.connect(moved)
            await till.look()
            after = till.desk.write_now(lambda c: c.execute(levels).fetchone())
            assert len(await till.desk.write(links)) == 1
        assert till.count("SELECT count(*) FROM orders") == 1
        assert after == before
    finally:
        till.desk.close()


async def test_the_marker_is_a_disabled_webhook_and_goes_with_the_connection(tmp_path: Path) -> None:
    store = Store(clock=now)
    till = Installation(tmp_path)
    try:
        async with (
            serve(store) as shop,
            httpx.AsyncClient(base_url=shop.url, auth=(shop.consumer_key, shop.consumer_secret)) as client,
        ):
            await till.connect(shop)
            hooks = (await client.get("/wp-json/wc/v3/webhooks?status=all")).json()
            assert [hook["status"] for hook in hooks] == ["disabled"]
            [link] = await till.desk.write(links)
            await disconnect(till.desk, till.secrets, link)
            assert (await client.get("/wp-json/wc/v3/webhooks?status=all")).json() == []
    finally:
        till.desk.close()


@pytest.mark.parametrize(("key", "code"), [("wrong", "wrong_key"), ("read", "read_only_key")])
async def test_a_key_that_will_not_do_is_refused_and_leaves_nothing(
    tmp_path: Path, key: str, code: str
) -> None:
    store = Store(clock=now)
    till = Installation(tmp_path)
    try:
        async with serve(store) as shop:
            read = store.add_key(permissions="read")
            keys = {
                "wrong": ("ck_" + "0" * 40, "cs_" + "0" * 40),
                "read": (read.consumer_key, read.consumer_secret),
            }
            with pytest.raises(CannotConnect) as refusal:
                await connect(till.desk, till.secrets, "woocommerce", shop.url, *keys[key])
            assert refusal.value.code == code
            assert till.count("SELECT count(*) FROM connection") == 0
            assert till.count("SELECT count(*) FROM journal") == 0
    finally:
        till.desk.close()
