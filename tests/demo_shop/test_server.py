"""The demo shop over real HTTP: inside a loop, from the command line, with faults, and after a restart."""

import asyncio
import io
import json
import os
import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
import qasync
from PySide6.QtWidgets import QApplication

from posapp.demo_shop.customers import Crowd
from posapp.demo_shop.faults import Kind
from posapp.demo_shop.server import PortTaken, Running, _listen, run, serve
from posapp.demo_shop.store import Store, Unreadable
from tests.demo_shop.conftest import Clock

ORDERS = "/wp-json/wc/v3/orders"


def till(running: Running) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        base_url=running.url, auth=(running.consumer_key, running.consumer_secret), trust_env=False
    )


async def test_everything_is_there_over_real_http(store: Store) -> None:
    async with serve(store) as running, till(running) as client:
        assert (await client.get(ORDERS)).json() == []
        made = await client.post(ORDERS, json={"line_items": [{"sku": "RICE-5"}]})
        assert made.status_code == 201
        assert made.headers["Location"] == f"{running.url}{ORDERS}/{made.json()['id']}"
        assert made.headers.get_list("Date") == ["Fri, 20 Nov 2026 08:00:00 GMT"]
        assert "Buy something" in (await client.get(running.page)).text
        bearer = {"Authorization": f"Bearer {running.provider_key}"}
        listed = await client.get(f"{running.provider_url}/transaction", headers=bearer, auth=None)
        assert listed.json()["data"] == []
    async with till(running) as client:
        with pytest.raises(httpx.ConnectError):
            await client.get("/")


async def test_it_leaves_signals_and_the_loop_alone(store: Store) -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    tasks = asyncio.all_tasks()
    async with serve(store):
        assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before
    assert asyncio.all_tasks() == tasks


def test_it_runs_inside_a_windows_event_loop_too(qapp: QApplication, store: Store) -> None:
    async def look() -> int:
        async with serve(store) as running, till(running) as client:
            return (await client.get(ORDERS)).status_code

    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(qapp)) as runner:
        assert runner.run(look()) == 200


def test_its_connections_send_small_answers_at_once() -> None:
    """asyncio turns Nagle's delays off only where the socket says that it is TCP; else an answer takes 40 ms."""
    listener = _listen(0)
    listener.listen()
    with listener, socket.create_connection(listener.getsockname()):
        listener.setblocking(True)
        connection, _ = listener.accept()
        with connection:
            assert connection.proto == socket.IPPROTO_TCP


async def test_two_shops_side_by_side_and_a_taken_port_is_said(store: Store, clock: Clock) -> None:
    async with serve(store) as one, serve(Store(clock=clock)) as other:
        assert one.url != other.url
        assert one.consumer_key != other.consumer_key
        port = int(one.url.rpartition(":")[2])
        with pytest.raises(PortTaken, match=str(port)):
            async with serve(store, port):
                pass


async def test_secrets_stay_out_of_sight(store: Store) -> None:
    async with serve(store) as running:
        assert running.consumer_secret not in repr(running)
        assert running.provider_key not in repr(running)


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (Kind.MAINTENANCE, 503),
        (Kind.DATABASE_DOWN, 500),
        (Kind.CRASH, 500),
        (Kind.BAD_GATEWAY, 502),
        (Kind.TOO_MANY, 429),
    ],
)
async def test_an_outage_is_html_for_as_many_requests_as_asked(store: Store, kind: Kind, status: int) -> None:
    async with serve(store) as running, till(running) as client:
        store.faults.add(kind, 2, seconds=7)
        for _ in range(2):
            answer = await client.get(ORDERS)
            assert answer.status_code == status
            assert answer.headers["Content-Type"].startswith("text/html")
        retry = kind in {Kind.MAINTENANCE, Kind.TOO_MANY}
        assert answer.headers.get("Retry-After") == ("7" if retry else None)
        assert (await client.get(ORDERS)).status_code == 200


async def test_a_dropped_connection_does_nothing_and_a_lost_answer_did_it(store: Store) -> None:
    async with serve(store) as running, till(running) as client:
        for kind, made in ((Kind.DROP, 0), (Kind.LOST_ANSWER, 1)):
            store.faults.add(kind, method="POST")
            with pytest.raises(httpx.RemoteProtocolError):
                await client.post(ORDERS, json={"line_items": [{"sku": "RICE-5"}]})
            assert len(store.state.orders) == made
        assert (await client.get(ORDERS)).status_code == 200


async def test_an_answer_may_be_cut_or_late(store: Store) -> None:
    async with serve(store) as running, till(running) as client:
        store.faults.add(Kind.TRUNCATED)
        with pytest.raises(json.JSONDecodeError):
            (await client.get("/wp-json/wc/v3/products")).json()
        store.faults.add(Kind.SLOW, seconds=30)
        with pytest.raises(httpx.ReadTimeout):
            await client.get(ORDERS, timeout=0.05)


async def test_a_fault_meets_only_what_it_was_meant_for(store: Store) -> None:
    async with serve(store) as running, till(running) as client:
        store.faults.add(Kind.BAD_GATEWAY, path="/paystack/", times=1)
        store.faults.add(Kind.CRASH, path="/refunds", times=1)
        assert (await client.get(ORDERS)).status_code == 200
        assert (await client.get("/paystack/transaction")).status_code == 502
        store.faults.clear()
        assert (await client.get(f"{ORDERS}/1/refunds")).status_code == 404


async def test_four_buyers_race_for_fifty_units_and_nobody_is_told_no(store: Store) -> None:
    store.set_stock("ZOBO-50", 50)

    async def one(client: httpx.AsyncClient) -> None:
        for _ in range(15):
            body = {"set_paid": True, "payment_method": "paystack", "line_items": [{"sku": "ZOBO-50"}]}
            assert (await client.post(ORDERS, json=body)).status_code == 201

    async with serve(store) as running, till(running) as client:
        await asyncio.gather(*(one(client) for _ in range(4)))
    assert store.find("ZOBO-50").stock == -10
    assert len({order.id for order in store.state.orders.values()}) == 60


async def test_a_restart_goes_on_with_the_same_orders_ids_and_keys(
    store: Store, clock: Clock, tmp_path: Path
) -> None:
    saved = tmp_path / "shop.json"
    async with serve(store, save_to=saved) as running:
        first = store.place([("ADIRE-M", 1), ("SOAP-BH", 2)])
        store.pay(first.id, customer_fee_minor=500)
        store.refund(first.id, 1000)
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    again = Store.open(saved, clock=clock)
    assert again.state == store.state
    async with serve(again) as later:
        assert (later.consumer_secret, later.provider_key) == (running.consumer_secret, running.provider_key)
    assert again.place([("RICE-5", 1)]).id == store.place([("RICE-5", 1)]).id


async def test_changes_are_written_while_it_runs(store: Store, clock: Clock, tmp_path: Path) -> None:
    saved = tmp_path / "shop.json"
    async with serve(store, save_to=saved):
        order = store.place([("RICE-5", 1)])
        for _ in range(600):
            if saved.exists() and order.id in Store.open(saved, clock=clock).state.orders:
                return
            await asyncio.sleep(0.05)  # a file tells nobody that it was written
    pytest.fail("nothing was written")


def test_a_file_that_is_none_is_said(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "shop.json").write_text('{"seed": "x"}')
    with pytest.raises(Unreadable):
        Store.open(tmp_path / "shop.json", clock=clock)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_says_one_line_of_json_serves_and_stops_when_told(number: signal.Signals) -> None:
    code = "import sys; from posapp.demo_shop.server import run; sys.exit(run(0, 3, True, sys.stdout))"
    here = Path(__file__).parents[2]
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=here, env=dict(os.environ)) as shop:
        try:
            assert shop.stdout is not None
            told = json.loads(shop.stdout.readline())
            assert list(told) == [
                "url",
                "page",
                "consumer_key",
                "consumer_secret",
                "provider_url",
                "provider_key",
            ]
            key = (told["consumer_key"], told["consumer_secret"])
            assert httpx.get(told["url"] + ORDERS, auth=key, trust_env=False).status_code == 200
            shop.send_signal(number)
            assert shop.wait(timeout=30) == 0
            assert shop.stdout.read() == ""
        finally:
            shop.kill()


def test_a_port_that_is_taken_is_said_before_anything_is_printed() -> None:
    out = io.StringIO()
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(PortTaken):
        run(other.getsockname()[1], 0, True, out)
    assert out.getvalue() == ""


def test_invented_customers_make_every_case_and_are_the_same_each_time(clock: Clock) -> None:
    def day(seed: int) -> Store:
        store = Store(seed, clock=clock)
        crowd = Crowd(store)
        for _ in range(300):
            clock.forward(3)
            crowd.step()
        return store

    one, same, other = day(1), day(1), day(2)
    told = [
        [(o.id, o.status, o.billing["first_name"]) for o in s.state.orders.values()]
        for s in (one, same, other)
    ]
    assert told[0] == told[1] != told[2]
    orders = one.state.orders.values()
    assert {"pending", "processing", "on-hold", "cancelled"} <= {order.status for order in orders}
    assert {"success", "pending", "reversed"} & {t.status for t in one.state.transactions.values()}
    stock = [product.stock for product in one.state.products.values() if product.stock is not None]
    assert min(stock) < 0, "they compete: somebody paid for what was gone"
