"""The verbs for shops and store rooms, and for what bundles are made of."""

from argparse import ArgumentParser, Namespace
from functools import partial
from sqlite3 import Connection
from typing import Any

import msgspec

from posapp.cli.arguments import Unusable, amount, sku_and_units, units
from posapp.cli.finding import find_location, find_product
from posapp.cli.folder import Till, folder_of, reading, writing
from posapp.cli.looking import STOCK_COLUMNS, stock_rows
from posapp.cli.screen import Column, Screen
from posapp.cli.verbs import OK, Verb
from posapp.commands.catalogue import SaveProduct
from posapp.commands.command import new_command_id
from posapp.commands.locations import AddLocation, RenameLocation
from posapp.commands.stock import MoveStock
from posapp.domain.errors import NotFound
from posapp.queries.stock_facts import StockFacts, stock_facts

LOCATION_COLUMNS = (
    Column("Location", 30),
    Column("On hand", 10, right=True),
    Column("Allocated", 10, right=True),
    Column("Available", 10, right=True),
)
_LOCATIONS = (
    "SELECT l.name, coalesce(sum(v.on_hand), 0), coalesce(sum(v.allocated), 0) FROM location l "
    "LEFT JOIN level v ON v.location_id = l.id GROUP BY l.id ORDER BY l.rowid"
)
_PRODUCT = "SELECT name, sku, barcode, price_minor, track_stock, archived FROM product WHERE id = ?"


class LocationFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A shop or store room, and all units it has."""

    name: str
    on_hand: int
    allocated: int
    available: int


def _no_arguments(parser: ArgumentParser) -> None:
    """It has none of its own."""


def _locations(args: Namespace, screen: Screen) -> int:
    with reading(folder_of(args)) as reader:
        _show_locations(screen, reader.connection)
    return OK


def _show_locations(screen: Screen, connection: Connection) -> None:
    found = [
        LocationFacts(name=name, on_hand=on_hand, allocated=allocated, available=on_hand - allocated)
        for name, on_hand, allocated in connection.execute(_LOCATIONS)
    ]
    if screen.as_json:
        screen.json_list(found)
        return
    rows = ((x.name, f"{x.on_hand:,}", f"{x.allocated:,}", f"{x.available:,}") for x in found)
    screen.table(LOCATION_COLUMNS, rows, empty="No locations.")


def _name_argument(parser: ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="its name, for example Lekki")


def _add_location(args: Namespace, screen: Screen) -> int:
    with writing(args) as till:
        till.do(AddLocation, name=args.name)
        till.ask(lambda c: _show_locations(screen, c))
    return OK


def _rename_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="the location as it is called now")
    parser.add_argument("new_name", metavar="NEW", help="its new name")


def _rename_location(args: Namespace, screen: Screen) -> int:
    with writing(args) as till:
        location_id = till.ask(lambda c: find_location(c, args.name))
        till.do(RenameLocation, location_id=location_id, name=args.new_name)
        till.ask(lambda c: _show_locations(screen, c))
    return OK


def _move_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("sku", metavar="SKU", help="SKU or barcode of a tracked product")
    parser.add_argument("units", metavar="N", type=units, help="units; only free ones move")
    parser.add_argument("--from", dest="start", required=True, metavar="LOCATION", help="where they are")
    parser.add_argument("--to", dest="end", required=True, metavar="LOCATION", help="where they go")
    parser.add_argument("--reason", default="", metavar="TEXT", help="why, for the movements and the journal")


def _move(args: Namespace, screen: Screen) -> int:
    with writing(args) as till:
        product_id = till.ask(lambda c: find_product(c, args.sku))
        start, end = (till.ask(partial(find_location, name=name)) for name in (args.start, args.end))
        till.do(
            MoveStock,
            product_id=product_id,
            from_location_id=start,
            to_location_id=end,
            units=args.units,
            reason=args.reason.strip(),
        )
        levels = [level for place in (start, end) for level in _levels(till, product_id, place)]
    if screen.as_json:
        screen.json_list(levels)
    else:
        screen.table(STOCK_COLUMNS, stock_rows(levels), empty="")
    return OK


def _levels(till: Till, product_id: str, location_id: str) -> list[StockFacts]:
    return till.ask(lambda c: list(stock_facts(c, product_id, location_id)))


def _bundle_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("sku", metavar="SKU", help="SKU of the bundle")
    parser.add_argument(
        "--of", action="append", type=sku_and_units, default=[], metavar="SKU=N", help="units in one bundle"
    )
    parser.add_argument("--none", action="store_true", help="make it an ordinary product again")
    parser.add_argument("--name", metavar="NAME", help="make a new product of this name and SKU")
    parser.add_argument("--price-minor", type=amount, metavar="N", help="its price; with --name")


def _bundle(args: Namespace, screen: Screen) -> int:
    if bool(args.of) == args.none:
        raise Unusable("say what it is made of, --of SKU=N, or --none")
    if args.price_minor is not None and args.name is None:
        raise Unusable("--price-minor belongs to --name")
    with writing(args) as till:
        components: dict[str, int] = {}
        for sku, count in args.of:
            part = till.ask(partial(find_product, sku=sku))
            components[part] = components.get(part, 0) + count
        fields = _product(till, args)
        till.do(SaveProduct, **fields, components=components)
        level = _levels(till, fields["product_id"], "")[0]
        if screen.as_json:
            screen.json(level)
        else:
            screen.table(STOCK_COLUMNS, stock_rows([level]), empty="")
            for made_of in level.components:
                screen.say(f"  {made_of.units:,} × {made_of.sku or made_of.name}")
    return OK


def _product(till: Till, args: Namespace) -> dict[str, Any]:
    """The fields of the product as it is; of a new one where a name is given and the SKU is free."""
    try:
        product_id = till.ask(lambda c: find_product(c, args.sku))
    except NotFound:
        if args.name is None:
            raise
        return {
            "product_id": new_command_id(till.desk.clock()), "name": args.name, "sku": args.sku, "barcode": "",
            "price_minor": args.price_minor, "track_stock": True,
        }  # fmt: skip
    if args.name is not None:
        raise Unusable(f"there is a product with the SKU {args.sku} already: leave --name out")
    name, sku, barcode, price, tracked, archived = till.ask(
        lambda c: c.execute(_PRODUCT, (product_id,)).fetchone()
    )
    return {
        "product_id": product_id, "name": name, "sku": sku, "barcode": barcode, "price_minor": price,
        "track_stock": bool(tracked), "archived": bool(archived),
    }  # fmt: skip


VERBS = {
    "locations": Verb(_no_arguments, _locations, ("posapp locations", "posapp locations --json")),
    "add-location": Verb(_name_argument, _add_location, ("posapp add-location Lekki",)),
    "rename-location": Verb(
        _rename_arguments, _rename_location, ('posapp rename-location Lekki "Lekki Phase 1"',)
    ),
    "move": Verb(
        _move_arguments,
        _move,
        ("posapp move TOTE-RED 5 --from Lekki --to Shop",),
        "Units that are promised to orders stay where their order is.\n",
    ),
    "bundle": Verb(
        _bundle_arguments,
        _bundle,
        (
            "posapp bundle GIFT --of TOTE-RED=1 --of SHEA-200=2",
            'posapp bundle GIFT --name "Gift box" --price-minor 1800000 --of TOTE-RED=1 --of SHEA-200=2',
            "posapp bundle GIFT --none",
        ),
        "A bundle has no stock of its own: as many are available as the free units of its components make.\n",
    ),
}
