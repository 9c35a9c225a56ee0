"""Stock published: what is free here is what the web shop shows, whatever happens on the way."""

from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from posapp.commands.catalogue import SaveProduct
from posapp.commands.shop import MAIN_LOCATION
from posapp.commands.stock import AdjustStock
from posapp.demo_shop.catalogue import add_product
from posapp.demo_shop.store import Store
from posapp.sync.publishing import Pace
from tests.sync.publishing import published

SKU = "ZOBO-50"


async def test_after_the_first_import_both_sides_show_the_same(tmp_path: Path) -> None:
    async with published(tmp_path) as till:
        assert till.differing() == {}
        assert till.state().waiting == 0


async def test_a_first_import_that_is_not_whole_publishes_nothing(tmp_path: Path) -> None:
    async with published(tmp_path) as till:
        till.desk.write_now(lambda c: c.execute("UPDATE connection SET imported = 0"))
        till.receive(SKU, 5)
        till.store.faults.add("crash", times=2, path="/orders")
        await till.look(2)
        assert till.wire.writes == []
        await till.look()  # the one that makes it whole
        assert till.wire.writes == []
        await till.look()
        assert till.differing() == {}


async def test_unpaid_orders_there_hold_nothing_and_paid_ones_do(tmp_path: Path) -> None:
    def prepare(store: Store) -> None:
        store.set_stock(SKU, 5)
        for units, status in ((3, "processing"), (2, "on-hold")):
            order = store.place([(SKU, units)], method="bacs")
            store.set_status(order.id, "on-hold")
            store.set_status(order.id, status)

    async with published(tmp_path, prepare=prepare) as till:
        # The three that were "processing" bear no date of payment: nobody has told that they are paid.
        assert till.there(SKU) == till.free(SKU)
        assert till.changed() == []


async def test_a_change_here_is_told_there_in_one_request(tmp_path: Path) -> None:
    async with published(tmp_path) as till:
        before = till.there(SKU)
        till.receive(SKU, 7)
        assert till.state().waiting == 1
        await till.look()
        assert till.there(SKU) == before + 7
        assert till.wire.writes == ["/products/batch"]
        assert till.state().waiting == 0
        await till.look(3)
        assert len(till.wire.writes) == 1, "what stands there is not sent again"


async def test_a_web_sale_needs_no_word_of_ours(tmp_path: Path) -> None:
    async with published(tmp_path) as till:
        till.buy(SKU, 2)
        await till.look(3)
        assert till.differing() == {}
        assert till.wire.writes == []


async def test_a_parent_keeps_the_number_of_its_variations_and_others_their_own(tmp_path: Path) -> None:
    async with published(tmp_path) as till:
        gold, shirt = till.store.find("GELE-GOLD"), till.store.find("ADIRE-M")
        parent = till.store.product(gold.parent_id)
        units = parent.stock
        gele = till.rows("SELECT item_id FROM product WHERE sku = 'GELE-GOLD'")[0][0]
        reason = {"location_id": MAIN_LOCATION, "reason": "found"}
        till.do(AdjustStock, product_id=gele, units=4, **reason)
        till.do(AdjustStock, product_id=till.product("ADIRE-M"), units=2, **reason)
        await till.look()
        assert parent.stock == units + 4
        assert gold.stock is None
        assert sorted(till.wire.writes) == sorted(
            ["/products/batch", f"/products/{shirt.parent_id}/variations/batch"]
        )
        assert till.differing() == {}


async def test_what_nobody_counts_is_left_alone(tmp_path: Path) -> None:
    async with published(tmp_path) as till:
        wrap = till.store.find("WRAP")
        assert str(wrap.id) not in {
            row[0]
            for row in till.rows("SELECT i.remote_id FROM publication p JOIN product i ON i.id = p.item_id")
        }
        # The shop stops counting one that we have changed: it says so in its answer, and nothing is forced.
        zobo = till.store.find(SKU)
        till.receive(SKU, 3)

        def stop(request: httpx.Request) -> None:
            if request.method == "POST":
                zobo.manage_stock, zobo.stock = False, None

        till.wire.meanwhile = stop
        await till.look()
        till.wire.meanwhile = lambda request: None
        assert zobo.stock is None
        till.store.touch(zobo)
        await till.look(3)
        assert zobo.stock is None
        assert till.state().waiting == 0


async def test_a_bundle_shows_how_many_whole_ones_can_be_made(tmp_path: Path) -> None:
    async with published(tmp_path) as till:
        till.do(
            AdjustStock, product_id=till.product("GARRI-2"), location_id=MAIN_LOCATION,
            units=-till.free("GARRI-2"), reason="made of others",
        )  # fmt: skip
        parts = {till.product(SKU): 2, till.product("ADIRE-M"): 1}
        till.do(
            SaveProduct, product_id=till.product("GARRI-2"), name="Garri Ijebu 2 kg", sku="GARRI-2", barcode="",
            price_minor=290_000, track_stock=True, components=parts,
        )  # fmt: skip
        await till.look()
        makes = min(till.free(SKU) // 2, till.free("ADIRE-M"))
        assert till.there("GARRI-2") == makes > 0
        # Selling one in the web shop takes from the parts here: what can still be made is told.
        till.buy("GARRI-2")
        till.buy(SKU, 1)
        await till.look(3)
        assert till.differing() == {}
        # Nobody can count a bundle: what is typed over its number in the shop does not stay.
        till.store.set_stock("GARRI-2", 99)
        await till.look(5)
        assert till.differing() == {}
        assert till.changed() == []


async def test_a_deleted_product_stops_no_other(tmp_path: Path) -> None:
    async with published(tmp_path) as till:
        till.receive(SKU, 3)
        till.receive("GARRI-2", 3)
        gone = till.store.find("GARRI-2")

        def delete(request: httpx.Request) -> None:
            if request.method == "POST":
                till.store.state.products.pop(gone.id, None)

        till.wire.meanwhile = delete
        await till.look()
        assert till.there(SKU) == till.free(SKU)
        assert till.state().waiting == 1
        assert till.state().refused == 1
        await till.look(20)
        assert len(till.wire.writes) == 1, "it is not tried again and again"


async def test_a_plugin_that_keeps_changing_a_number_is_not_fought_every_look(tmp_path: Path) -> None:
    async with published(tmp_path) as till:
        zobo = till.store.find(SKU)

        inner = till.wire.inner

        class OneMore(httpx.AsyncBaseTransport):
            async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
                body = request.content if request.method == "POST" else b""
                answer = await inner.handle_async_request(request)
                await answer.aread()
                if body and request.url.path.endswith("products/batch"):
                    zobo.stock = (zobo.stock or 0) + 1
                    told = answer.json()
                    told["update"][0]["stock_quantity"] = zobo.stock
                    answer = httpx.Response(200, json=told)
                return answer

        till.wire.inner = OneMore()
        till.receive(SKU, 3)
        await till.look(30)  # ten minutes
        assert 2 <= len(till.wire.writes) <= 6
        assert till.state().refused == 1


async def test_a_key_that_may_not_write_is_no_lost_key(tmp_path: Path) -> None:
    async with published(tmp_path) as till:
        till.store.key.permissions = "read"
        till.receive(SKU, 3)
        report = await till.look(5)
        assert report.troubles == []
        assert len(till.wire.writes) == 1
        assert till.state().refused == 1
        till.store.key.permissions = "read_write"
        till.clock.pass_time(timedelta(hours=1))
        await till.look()
        assert till.differing() == {}


async def test_another_till_took_over_a_moment_ago(tmp_path: Path) -> None:
    async with published(tmp_path) as till:
        (hook,) = till.store.state.webhooks.values()
        hook.delivery_url = hook.delivery_url.rsplit("/", 1)[0] + "/another-till"
        till.receive(SKU, 3)
        report = await till.look()
        assert till.wire.writes == []
        assert report.notices


# --- how much a shop is asked to do ---------------------------------------------------------------------------


def _many(store: Store, products: int) -> None:
    for number in range(products):
        add_product(store, f"Thing {number}", sku=f"T-{number}", price="100.00", stock=10)


async def test_a_large_publication_goes_on_over_many_runs_and_never_hammers(tmp_path: Path) -> None:
    async with published(
        tmp_path, pace=Pace(pause_s=0, batch=20, batches=3), prepare=lambda s: _many(s, 190)
    ) as till:
        till.desk.write_now(lambda c: c.execute("UPDATE level SET on_hand = on_hand + 5"))
        runs = 0
        while till.state().waiting:
            till.wire.seen.clear()
            waiting = till.state().waiting
            await till.look()
            runs += 1
            assert len(till.wire.writes) <= 3
            assert len(till.wire.seen) <= 5 + 2 + 3 * 3, till.wire.seen
            assert waiting - till.state().waiting <= 60
        assert runs >= 4
        assert till.differing() == {}


async def test_numbers_that_would_oversell_go_first(tmp_path: Path) -> None:
    pace = Pace(pause_s=0, batch=5, batches=1)
    async with published(tmp_path, pace=pace, prepare=lambda s: _many(s, 30)) as till:
        till.desk.write_now(lambda c: c.execute("UPDATE level SET on_hand = on_hand + 5"))
        last = till.rows("SELECT p.sku FROM product p WHERE p.sku LIKE 'T-%' ORDER BY p.id DESC LIMIT 1")[0][
            0
        ]
        till.do(
            AdjustStock, product_id=till.product(last), location_id=MAIN_LOCATION, units=-12, reason="broken"
        )
        await till.look()
        assert till.there(last) == till.free(last) == 3


async def test_each_number_is_read_again_once_a_day(tmp_path: Path) -> None:
    async with published(tmp_path) as till:
        till.clock.pass_time(timedelta(hours=1))
        till.store.touch(till.store.find("GARRI-2"))
        await till.look()
        zobo = till.store.find(SKU)
        zobo.stock += 4  # changed in the database of the shop: nothing there moves a date
        await till.look(5)
        assert till.changed() == []
        till.clock.pass_time(timedelta(hours=24))
        await till.look(3)
        assert [(one.name, one.there, one.ours) for one in till.changed()] == [
            (zobo.name, zobo.stock, zobo.stock - 4)
        ]


async def test_the_pause_between_two_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    pace = Pace(pause_s=1.5, batch=10, batches=3)
    async with published(tmp_path, pace=pace, prepare=lambda s: _many(s, 40)) as till:
        till.desk.write_now(lambda c: c.execute("UPDATE level SET on_hand = on_hand + 5"))
        monkeypatch.setattr("posapp.sync.publishing.asyncio.sleep", sleep)
        await till.look()
        assert slept == [1.5, 1.5]
