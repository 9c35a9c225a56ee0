"""All tables, and the statements that make them."""

from typing import Any

from posapp.db.house_tables import Connection, Contact, Counter, Inbox, Journal, Setting
from posapp.db.order_tables import (
    AttentionCase,
    Decision,
    OrderLine,
    Orders,
    Part,
    Payment,
    Refund,
    SalesEntry,
)
from posapp.db.stock_tables import Level, Location, Movement, Product

# What the journal governs: a replay must bring exactly these rows.
GOVERNED: tuple[Any, ...] = (
    Location, Product, Level, Movement, Orders, OrderLine, Payment, Refund, Part, AttentionCase,
    SalesEntry, Decision, Counter, Setting,
)  # fmt: skip
TABLES: tuple[Any, ...] = (*GOVERNED, Journal, Contact, Inbox, Connection)

_NAMED = "INSERT INTO contact_names (rowid, name) VALUES (new.rowid, new.name || ' ' || new.email);"
_UNNAMED = (
    "INSERT INTO contact_names (contact_names, rowid, name) "
    "VALUES ('delete', old.rowid, old.name || ' ' || old.email);"
)
# Customers are found by any part of their name: a trigram index beside the contacts.
_NAMES = (
    "CREATE VIRTUAL TABLE contact_names USING fts5 (name, content='', tokenize='trigram')",
    f"CREATE TRIGGER contact_named AFTER INSERT ON contact BEGIN {_NAMED} END",
    f"CREATE TRIGGER contact_renamed AFTER UPDATE ON contact BEGIN {_UNNAMED} {_NAMED} END",
    f"CREATE TRIGGER contact_gone AFTER DELETE ON contact BEGIN {_UNNAMED} END",
)


def schema_sql() -> list[str]:
    """The statements that make an empty database, from the tables above."""
    statements: list[str] = []
    for table in TABLES:
        makers = [table._schema._create_table(safe=False), *table._schema._create_indexes(safe=False)]
        statements.extend(maker.query()[0] for maker in makers)
    statements.extend(_NAMES)
    return statements
