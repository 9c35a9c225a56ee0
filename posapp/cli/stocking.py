"""The verbs that change what is on the shelf."""

from argparse import ArgumentParser, Namespace
from sqlite3 import Connection

from posapp.cli.arguments import units
from posapp.cli.finding import find_location, find_product
from posapp.cli.folder import Till, writing
from posapp.cli.looking import STOCK_COLUMNS, stock_rows
from posapp.cli.screen import Screen
from posapp.cli.verbs import OK, Verb
from posapp.commands.shop import MAIN_LOCATION
from posapp.commands.stock import AdjustStock, CountStock, ReceiveStock
from posapp.queries.stock_facts import StockFacts, stock_facts

DEFAULT_REASON = "command line"  # an adjustment needs a reason, and a script may have no better one


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("sku", metavar="SKU", help="SKU or barcode of a tracked product")
    parser.add_argument("units", metavar="N", type=units, help="units")
    parser.add_argument("--reason", default="", metavar="TEXT", help="why, for the movements and the journal")
    parser.add_argument("--location", metavar="NAME", help="which shelf (default: the first location's)")


def _count_arguments(parser: ArgumentParser) -> None:
    _arguments(parser)
    parser.add_argument(
        "--seen",
        type=units,
        metavar="N",
        help="what posapp said was on the shelf when counting began (default: now)",
    )


def _receive(args: Namespace, screen: Screen) -> int:
    with writing(args) as till:
        product_id, place = _named(till, args)
        till.do(
            ReceiveStock,
            product_id=product_id,
            location_id=place,
            units=args.units,
            reason=args.reason.strip(),
        )
        _answer(screen, till, product_id, place)
    return OK


def _adjust(args: Namespace, screen: Screen) -> int:
    with writing(args) as till:
        product_id, place = _named(till, args)
        till.do(
            AdjustStock,
            product_id=product_id,
            location_id=place,
            units=args.units,
            reason=args.reason.strip() or DEFAULT_REASON,
        )
        _answer(screen, till, product_id, place)
    return OK


def _count(args: Namespace, screen: Screen) -> int:
    with writing(args) as till:
        product_id, place = _named(till, args)
        seen = args.seen
        if seen is None:
            seen = sum(level.on_hand for level in till.ask(lambda c: _here(c, product_id, place)))
        till.do(
            CountStock,
            product_id=product_id,
            location_id=place,
            counted=args.units,
            seen=seen,
            reason=args.reason.strip(),
        )
        _answer(screen, till, product_id, place)
    return OK


def _named(till: Till, args: Namespace) -> tuple[str, str]:
    """Which product, and in which location."""
    product_id = till.ask(lambda c: find_product(c, args.sku))
    place = till.ask(lambda c: find_location(c, args.location)) if args.location else MAIN_LOCATION
    return product_id, place


def _here(connection: Connection, product_id: str, location_id: str) -> list[StockFacts]:
    """The level that these verbs move; at most one."""
    return list(stock_facts(connection, product_id, location_id))


def _answer(screen: Screen, till: Till, product_id: str, location_id: str) -> None:
    levels = till.ask(lambda c: _here(c, product_id, location_id))
    if screen.as_json:
        screen.json(levels[0])
    else:
        screen.table(STOCK_COLUMNS, stock_rows(levels), empty="")


VERBS = {
    "receive": Verb(
        _arguments,
        _receive,
        ("posapp receive TOTE-RED 24 --location Lekki", 'posapp receive TOTE-RED 24 --reason "invoice 77"'),
    ),
    "adjust": Verb(
        _arguments, _adjust, ('posapp adjust TOTE-RED -2 --reason "torn"', "posapp adjust TOTE-RED 3")
    ),
    "count": Verb(
        _count_arguments, _count, ("posapp count TOTE-RED 17", "posapp count TOTE-RED 17 --seen 19")
    ),
}
