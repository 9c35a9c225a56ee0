"""The verbs that only look: they read beside an open window and change nothing."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from posapp.cli.arguments import Unusable, day, units
from posapp.cli.finding import find_location, find_order, find_product
from posapp.cli.folder import folder_of, reading
from posapp.cli.order_text import show_order, time_text
from posapp.cli.screen import Column, Screen, money
from posapp.cli.verbs import OK, Verb
from posapp.queries.days import zone_of
from posapp.queries.facts import OrderFacts, order_facts, orders_facts
from posapp.queries.reader import Reader
from posapp.queries.search import order_hits
from posapp.queries.stock_facts import StockFacts, sales_facts, stock_facts

ORDER_COLUMNS = (
    Column("No.", 6),
    Column("Placed", 16),
    Column("Customer", 22),
    Column("Status", 10),
    Column("Payment", 14),
    Column("Total", 18, right=True),
    Column("Attention", 30),
)
STOCK_COLUMNS = (
    Column("SKU", 22),
    Column("Name", 30),
    Column("Location", 12),
    Column("On hand", 9, right=True),
    Column("Allocated", 9, right=True),
    Column("Available", 9, right=True),
    Column("", 7),
)
_NEEDY = (
    "SELECT o.id FROM orders o WHERE o.id IN (SELECT order_id FROM attention_case WHERE is_open = 1) "
    "ORDER BY coalesce(o.confirmed_at, o.placed_at), o.id"
)


def _orders_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--attention", action="store_true", help="only those that need a decision, oldest payment first"
    )
    parser.add_argument(
        "--search", metavar="TEXT", help="number, web id, customer, phone, payment reference, amount or SKU"
    )
    parser.add_argument("--limit", type=units, metavar="N", help="at most so many")


def _orders(args: Namespace, screen: Screen) -> int:
    with reading(folder_of(args)) as reader:
        ids = _order_ids(reader, args)
        facts = orders_facts(reader.connection, ids if args.limit is None else ids[: max(0, args.limit)])
        if screen.as_json:
            screen.json_list(facts)
        else:
            zone = zone_of(reader.settings().time_zone)
            empty = "Nothing needs you." if args.attention else "No orders."
            screen.table(ORDER_COLUMNS, (_order_row(order, zone) for order in facts), empty=empty)
    return OK


def _order_ids(reader: Reader, args: Namespace) -> list[str]:
    found = "SELECT o.id FROM orders o ORDER BY o.placed_at DESC, o.id DESC"
    parameters: tuple[str | int, ...] = ()
    if args.search is not None:
        hits = order_hits(args.search, reader.settings().currency)
        parameters = hits.parameters
        condition = f"WHERE o.id IN ({hits.sql}) "
        found = found.replace("ORDER", condition + "ORDER")
    ids = [row[0] for row in reader.rows(found, parameters)]
    if not args.attention:
        return ids
    chosen = set(ids)
    return [row[0] for row in reader.rows(_NEEDY) if row[0] in chosen]


def _order_row(order: OrderFacts, zone: ZoneInfo) -> tuple[str, ...]:
    return (
        order.number,
        time_text(order.placed_at, zone),
        order.customer,
        order.status,
        order.payment_status,
        money(order.total_minor, order.currency),
        ", ".join(order.attention),
    )


def _show_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "number", metavar="NUMBER", help="0042, 42, the local reference, or the web shop's id"
    )


def _show(args: Namespace, screen: Screen) -> int:
    with reading(folder_of(args)) as reader:
        facts = order_facts(reader.connection, find_order(reader.connection, args.number))
        if screen.as_json:
            screen.json(facts)
        else:
            show_order(screen, facts, zone_of(reader.settings().time_zone))
    return OK


def _stock_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("sku", metavar="SKU", nargs="?", help="one product; without: all that are tracked")
    parser.add_argument("--location", metavar="NAME", help="only what this location has")


def _stock(args: Namespace, screen: Screen) -> int:
    with reading(folder_of(args)) as reader:
        product_id = "" if args.sku is None else find_product(reader.connection, args.sku)
        place = find_location(reader.connection, args.location) if args.location else ""
        facts = list(stock_facts(reader.connection, product_id, place))
    if screen.as_json:
        screen.json_list(facts)
    else:
        untracked = "This product is not tracked: it has no stock number."
        screen.table(
            STOCK_COLUMNS, stock_rows(facts), empty=untracked if product_id else "No tracked products."
        )
    return OK


def stock_rows(facts: Iterable[StockFacts]) -> Iterator[tuple[str, ...]]:
    """Stock as rows of `STOCK_COLUMNS`."""
    for level in facts:
        numbers = (level.on_hand, level.allocated, level.available)
        yield (level.sku, level.name, level.location, *(f"{n:,}" for n in numbers), "recount" * level.recount)


def _sales_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--from", dest="first", type=day, metavar="DAY", help="first day, 2026-11-20")
    parser.add_argument("--to", dest="last", type=day, metavar="DAY", help="last day, itself included")


def _sales(args: Namespace, screen: Screen) -> int:
    if args.first and args.last and args.first > args.last:
        raise Unusable("--from lies after --to")
    with reading(folder_of(args)) as reader:
        facts = sales_facts(reader, args.first, args.last)
    if screen.as_json:
        screen.json(facts)
        return OK
    screen.say(f"{facts.first_day or 'the beginning'} to {facts.last_day or 'today'} ({facts.time_zone})")
    for title, minor in (
        ("Sold", facts.sales_minor),
        ("Refunded", -facts.refunds_minor),
        ("Total Sales", facts.total_sales_minor),
    ):
        screen.say(f"{title:<12} {money(minor, facts.currency):>24}")
    screen.say(f"{'Orders':<12} {facts.orders:>24,}")
    return OK


VERBS = {
    "orders": Verb(
        _orders_arguments,
        _orders,
        ("posapp orders --attention", 'posapp orders --search "Ada Obi"', "posapp orders --json --limit 20"),
    ),
    "show": Verb(_show_arguments, _show, ("posapp show 0042", "posapp show A-0007 --json")),
    "stock": Verb(
        _stock_arguments,
        _stock,
        ("posapp stock", "posapp stock TOTE-RED --json", "posapp stock --location Lekki"),
    ),
    "sales": Verb(
        _sales_arguments,
        _sales,
        ("posapp sales", "posapp sales --from 2026-11-01 --to 2026-11-30 --json"),
        "Days are those of the shop's own time zone.\n",
    ),
}
