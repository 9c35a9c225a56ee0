"""All tables, and the statements that make them."""

from typing import Any

from posapp.db.account_tables import Account, AccountPayment, TaxClass
from posapp.db.house_tables import Connection, Contact, Counter, Inbox, Journal, Setting
from posapp.db.link_tables import PaymentLink
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
from posapp.db.outbox_tables import Outgoing, OutgoingDetails, OutgoingTry
from posapp.db.print_tables import PrintJob
from posapp.db.publish_tables import Publication, ShopReading, TakenThere
from posapp.db.shift_tables import CashMove, Shift
from posapp.db.staff_tables import Staff, StaffRole, StaffSecret
from posapp.db.stock_tables import Level, Location, Movement, Product

# What the journal governs: a replay must bring exactly these rows.
GOVERNED: tuple[Any, ...] = (
    Location, Product, Level, Movement, Orders, OrderLine, Payment, Refund, Part, AttentionCase,
    SalesEntry, Decision, Outgoing, Shift, CashMove, Staff, StaffRole, Account, AccountPayment, TaxClass,
    Counter, Setting,
)  # fmt: skip
TABLES: tuple[Any, ...] = (
    *GOVERNED,
    Journal,
    Contact,
    Inbox,
    Connection,
    PrintJob,
    StaffSecret,
    OutgoingTry,
    OutgoingDetails,
    PaymentLink,
    Publication,
    ShopReading,
    TakenThere,
)


def _trigrams(index: str, table: str, columns: str) -> tuple[str, ...]:
    """A trigram index beside a table, kept by triggers: its rows are found by any part of these columns."""

    def of(row: str) -> str:
        return f"{row}.rowid, " + " || ' ' || ".join(f"{row}.{name}" for name in columns.split())

    add = f"INSERT INTO {index} (rowid, name) VALUES ({of('new')});"
    remove = f"INSERT INTO {index} ({index}, rowid, name) VALUES ('delete', {of('old')});"
    changed = columns.replace(" ", ", ")
    return (
        f"CREATE VIRTUAL TABLE {index} USING fts5 (name, content='', tokenize='trigram')",
        f"CREATE TRIGGER {index}_add AFTER INSERT ON {table} BEGIN {add} END",
        f"CREATE TRIGGER {index}_change AFTER UPDATE OF {changed} ON {table} BEGIN {remove} {add} END",
        f"CREATE TRIGGER {index}_remove AFTER DELETE ON {table} BEGIN {remove} END",
    )


_NAMES = (
    *_trigrams("contact_names", "contact", "name email"),
    *_trigrams("product_names", "product", "name sku barcode"),
)


def schema_sql() -> list[str]:
    """The statements that make an empty database, from the tables above."""
    statements: list[str] = []
    for table in TABLES:
        makers = [table._schema._create_table(safe=False), *table._schema._create_indexes(safe=False)]
        statements.extend(maker.query()[0] for maker in makers)
    statements.extend(_NAMES)
    return statements
