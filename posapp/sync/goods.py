"""Taking over a shop's catalogue, and opening the stock of what is seen for the first time.

Opening: on_hand = the shop's number + every unit it has already taken for orders that
are still to be handed over here. Afterwards the shop's number never enters on_hand.
"""

from collections.abc import Iterable
from datetime import datetime
from sqlite3 import Connection

import msgspec

from posapp.commands.catalogue import ImportProduct
from posapp.commands.command import Command, named
from posapp.commands.stock import OpenStock
from posapp.domain.feed import ShopOrder, ShopProduct
from posapp.sync.deriving import ACTOR, HISTORY, product_id

_PRODUCTS = (  # a bundle of ours has no number that the shop's could open
    "SELECT remote_id, id, item_id, track_stock AND components = '{}', digest FROM product WHERE shop_id = ?"
)
_OLD = "SELECT parent_id, name, sku, barcode, price_minor, sellable, category FROM product WHERE id = ?"
_OPENED = "SELECT DISTINCT item_id FROM movement WHERE kind = 'OPENING'"


class Catalogue:
    """What the till knows of one shop's products: ours by theirs, and which are opened."""

    def __init__(self, connection: Connection, shop_id: str) -> None:
        """Read it as it is now."""
        rows = connection.execute(_PRODUCTS, (shop_id,)).fetchall()
        self.shop_id = shop_id
        self.ids = {remote: ours for remote, ours, *_ in rows}
        self.items = {remote: (item if tracked else "") for remote, _, item, tracked, _ in rows}
        self.digests = {remote: digest for remote, *_, digest in rows}
        self.opened = {row[0] for row in connection.execute(_OPENED)}


def import_command(product: ShopProduct, shop_id: str, seen_at: datetime) -> ImportProduct:
    """The command that takes a product over as its shop has it."""
    ours = product_id(shop_id, product.remote_id)
    parent = product_id(shop_id, product.parent_id) if product.parent_id else ""
    kept_by = product.tracking.kept_by
    return ImportProduct(
        id=named("product", ours, product.modified_at.isoformat(), product.digest),
        actor=ACTOR,
        at=min(product.modified_at, seen_at),
        product_id=ours,
        parent_id=parent,
        name=product.name,
        sku=product.sku,
        barcode=product.barcode,
        price_minor=product.price_minor,
        item_id=parent if kept_by == "parent" else ours,
        track_stock=kept_by != "nobody",
        sellable=product.sellable,
        archived=product.archived,
        shop_id=shop_id,
        remote_id=product.remote_id,
        digest=product.digest,
        category=product.category,
    )


def archive_command(
    connection: Connection, product: ShopProduct, shop_id: str, seen_at: datetime
) -> Command | None:
    """The command that archives a product which is gone in its shop; what it was called stays."""
    old = connection.execute(_OLD, (product_id(shop_id, product.remote_id),)).fetchone()
    if old is None:
        return None
    parent, name, sku, barcode, price, sellable, category = old
    known = {"name": name, "sku": sku, "barcode": barcode, "price_minor": price, "category": category}
    archived = msgspec.structs.replace(product, sellable=bool(sellable), **known)
    command = import_command(archived, shop_id, seen_at)
    return msgspec.structs.replace(command, parent_id=parent)


def opening_command(item_id: str, location_id: str, units: int, at: datetime) -> Command:
    """The command that opens an item once."""
    return OpenStock(
        id=named("opening", item_id),
        actor=ACTOR,
        at=at,
        item_id=item_id,
        location_id=location_id,
        units=units,
    )


def taken_by_shop(orders: Iterable[ShopOrder], catalogue: Catalogue, *, importing: bool) -> dict[str, int]:
    """Units by item that the shop has taken for orders which will still take them here.

    At the first import what is completed or refunded is history, and has left the shelf.
    """
    taken: dict[str, int] = {}
    for order in orders:
        if importing and order.status in HISTORY:
            continue
        for line in order.lines:
            item = catalogue.items.get(line.variation_id or line.product_id, "")
            if item:
                taken[item] = taken.get(item, 0) + line.taken_by_shop
    return taken
