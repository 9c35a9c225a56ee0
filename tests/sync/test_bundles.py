"""A product of the web shop that is made of others here: the shop's number stays unread."""

from pathlib import Path

import pytest

from posapp.commands.catalogue import SaveProduct
from posapp.commands.command import new_command_id
from posapp.commands.stock import AdjustStock
from posapp.desk import utc_now
from posapp.domain.errors import Refused
from tests.sync.scripted import ScriptedShop, Till, held, order, product

MUG, SOAP, GIFT = "10", "11", "12"


async def test_orders_of_a_linked_bundle_take_its_components(tmp_path: Path) -> None:
    till = Till(
        tmp_path, ScriptedShop([product(MUG, "MUG", 5), product(SOAP, "SOAP", 5), product(GIFT, "GIFT", 4)])
    )
    await till.sync()

    def ours(sku: str) -> str:
        return str(
            till.desk.write_now(
                lambda c: c.execute("SELECT id FROM product WHERE sku = ?", (sku,)).fetchone()
            )[0]
        )

    def do(kind: type, **fields: object) -> None:
        at = utc_now()
        till.desk.do(kind(id=new_command_id(at), actor="Owner", at=at, **fields))

    gift = {
        "product_id": ours("GIFT"), "name": "Gift", "sku": "GIFT", "barcode": "", "price_minor": 100_000,
        "track_stock": True, "components": {ours("MUG"): 1, ours("SOAP"): 2},
    }  # fmt: skip
    with pytest.raises(Refused, match="Adjust that to 0 first"):
        do(SaveProduct, **gift)
    location = till.desk.write_now(lambda c: c.execute("SELECT id FROM location").fetchone()[0])
    do(AdjustStock, product_id=ours("GIFT"), location_id=location, units=-4, reason="made of others now")
    do(SaveProduct, **gift)
    till.shop.tell([order("1", [(GIFT, 3)], paid="10:00")])
    await till.sync()
    found = till.orders()["1"]
    assert (held(found), found.lines[0].components) == ((2, 1), {ours("MUG"): 1, ours("SOAP"): 2})
    levels = till.desk.write_now(
        lambda c: c.execute(
            "SELECT p.sku, v.on_hand, v.allocated FROM level v JOIN product p ON p.id = v.item_id ORDER BY 1"
        ).fetchall()
    )
    assert levels == [("GIFT", 0, 0), ("MUG", 5, 2), ("SOAP", 5, 4)]
