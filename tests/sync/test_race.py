"""Four buyers race for fifty units over real HTTP: nobody gets a unit that is not there."""

import asyncio
import random
from datetime import UTC, datetime
from pathlib import Path

import httpx

from posapp.db.store import load_order
from posapp.demo_shop.server import serve
from posapp.demo_shop.store import Store
from posapp.desk import Desk
from posapp.secrets import Secrets
from posapp.sync.connecting import connect
from posapp.sync.worker import Worker

UNITS, BUYERS = 50, 4


def now() -> datetime:
    return datetime.now(UTC)


async def _shop_until_gone(client: httpx.AsyncClient, product: int, chance: random.Random) -> None:
    """Buy two or three at a time, pay a little later: 4 × 8 orders want 80 units in all."""
    for _ in range(8):
        body = {
            "line_items": [{"product_id": product, "quantity": chance.randint(2, 3)}],
            "payment_method": "bacs",
        }
        order = (await client.post("/wp-json/wc/v3/orders", json=body)).json()
        await asyncio.sleep(chance.random() / 50)  # so that the four do not pay in step
        await client.put(f"/wp-json/wc/v3/orders/{order['id']}", json={"set_paid": True})


async def test_four_buyers_race_for_fifty_units(tmp_path: Path) -> None:
    store = Store(clock=now)
    store.set_stock("ZOBO-50", UNITS)
    desk, secrets = Desk(tmp_path), Secrets(tmp_path)
    async with serve(store) as shop:
        await connect(desk, secrets, "woocommerce", shop.url, shop.consumer_key, shop.consumer_secret)
        worker = Worker(desk, secrets)
        await worker.run_once()
        auth = (shop.consumer_key, shop.consumer_secret)
        async with httpx.AsyncClient(base_url=shop.url, auth=auth) as client:
            product = store.find("ZOBO-50").id
            racing = asyncio.gather(
                *(_shop_until_gone(client, product, random.Random(n)) for n in range(BUYERS))
            )
            while not racing.done():
                await worker.run_once()
                await asyncio.sleep(0.02)  # the buyers' turn
            await racing
        await worker.run_once()
    orders = desk.write_now(
        lambda c: [
            load_order(c, row[0])
            for row in c.execute("SELECT id FROM orders WHERE channel = 'WEB'").fetchall()
        ]
    )
    desk.close()
    paid = [order for order in orders if order is not None and order.confirmed_at is not None]
    assert len(paid) == BUYERS * 8
    held = sum(line.allocated_qty + line.handed_over_qty for order in paid for line in order.lines)
    wanted = sum(order.wanted(line) for order in paid for line in order.lines)
    assert wanted > UNITS
    assert held == UNITS
    short = [order for order in paid if order.short_units]
    assert all(order.open_case("SHORTAGE") for order in short)
    # The shop says when it was paid in whole seconds; within one second its own number decides only
    # among what one look brought in, for a committed unit is never taken away.
    last_whole = max(order.place[0] for order in paid if not order.short_units)
    assert all(order.place[0] >= last_whole for order in short), "the latest payers are the ones in Attention"
