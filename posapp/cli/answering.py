"""What a writing verb answers: the order, or the stock level, as it is now."""

from sqlite3 import Connection

import msgspec

from posapp.cli.finding import find_order
from posapp.cli.folder import Till
from posapp.cli.order_text import show_order
from posapp.cli.screen import Screen
from posapp.db.store import load_order
from posapp.domain.orders import Order
from posapp.queries.days import zone_of
from posapp.queries.facts import order_facts


def domain_order(connection: Connection, number: str) -> Order:
    """The order that a person names, as the rules know it. Raises `NotFound`."""
    order = load_order(connection, find_order(connection, number))
    assert order is not None, "it was found in the same transaction"
    return order


def answer_order(screen: Screen, till: Till, order_id: str, warnings: list[str] | None = None) -> None:
    """Write an order as it is now; `warnings` are told beside it."""
    facts = till.ask(lambda connection: order_facts(connection, order_id))
    for words in warnings or []:
        screen.warn(words)
    if screen.as_json:
        screen.json(msgspec.to_builtins(facts) | {"warnings": warnings or []})
        return
    row = till.ask(lambda c: c.execute("SELECT value FROM setting WHERE key = 'time_zone'").fetchone())
    show_order(screen, facts, zone_of(row[0]))
