"""Records a golden journal: the demo profile's day, and every kind of decision on it."""

import asyncio
import json
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from posapp.commands.catalogue import SaveProduct
from posapp.commands.command import new_command_id
from posapp.commands.orders import CancelOrder, EditOrder, HandOver, MarkShipped
from posapp.commands.payments import ConfirmTransfer
from posapp.commands.resolutions import Resolve, UndoDecision
from posapp.commands.shop import MAIN_LOCATION
from posapp.commands.stock import AdjustStock, CountStock, ReceiveStock
from posapp.db.store import load_order
from posapp.demo_profile import demo_shop
from posapp.desk import Desk
from posapp.domain.orders import Order, ShipStatus
from posapp.secrets import Secrets
from tests.golden.replaying import digest_of, replayed


class Clock:
    """Friday 20 November 2026, 14:32 in Lagos, a second further at each look."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, 13, 32, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


async def a_day(folder: Path) -> list[str]:
    """Live the day, decide about it, and give the journal as lines."""
    desk = Desk(folder, clock=Clock())
    async with demo_shop(desk, Secrets(folder), folder):
        _decide(desk)
    rows = desk.write_now(
        lambda c: c.execute("SELECT recorded_at, body FROM journal ORDER BY seq").fetchall()
    )
    desk.close()
    return [json.dumps({"recorded_at": at, "command": json.loads(body)}, sort_keys=True) for at, body in rows]


def _decide(desk: Desk) -> None:
    def do(kind: type, **fields: object) -> str:
        at = desk.clock()
        command_id = new_command_id(at)
        desk.do(kind(id=command_id, actor="Adaeze", at=at, **fields))
        return command_id

    def order(number: str) -> Order:
        row = desk.write_now(
            lambda c: c.execute("SELECT id FROM orders WHERE number = ?", (number,)).fetchone()
        )
        found = desk.write_now(lambda c: load_order(c, row[0]))
        assert found is not None
        return found

    def product(sku: str) -> str:
        return str(
            desk.write_now(lambda c: c.execute("SELECT id FROM product WHERE sku = ?", (sku,)).fetchone()[0])
        )

    place = {"location_id": MAIN_LOCATION}
    do(Resolve, order_id=order("0002").id, key="accept")
    decision = do(Resolve, order_id=order("0005").id, key="fulfill_order")
    do(UndoDecision, order_id=order("0005").id, decision_id=decision)
    do(Resolve, order_id=order("0005").id, key="refund_order", route="hand", reference="T-1")
    do(Resolve, order_id=order("0009").id, key="refund_excess")
    do(HandOver, order_id=order("0007").id, units={order("0007").lines[0].id: 1})
    do(MarkShipped, order_id=order("0007").id, ship_status=ShipStatus.SHIPPED)
    do(ReceiveStock, product_id=product("TOTE-RED"), units=5, **place)
    do(AdjustStock, product_id=product("TOTE-RED"), units=-1, reason="torn", **place)
    do(CountStock, product_id=product("NECK-1"), counted=3, seen=12, **place)
    do(
        SaveProduct,
        product_id="own",
        name="Thread",
        sku="THREAD",
        barcode="",
        price_minor=500,
        track_stock=True,
    )
    awaited = order("0016")
    do(ConfirmTransfer, order_id=awaited.id, payment_id=awaited.payments[0].id, seen=True)
    awaited = order("0016")
    do(EditOrder, order_id=awaited.id, seen_version=awaited.version, wanted={awaited.lines[0].id: 3})
    do(CancelOrder, order_id=order("0015").id)


def main(name: str) -> None:
    """Write the journal and its digest beside this file."""
    with tempfile.TemporaryDirectory() as folder:
        lines = asyncio.run(a_day(Path(folder)))
    path = Path(__file__).parent / f"{name}.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    connection = replayed(lines)
    path.with_suffix(".digest").write_text(digest_of(connection) + "\n", encoding="utf-8")
    connection.close()


if __name__ == "__main__":
    main(sys.argv[1])
