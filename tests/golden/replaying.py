"""Replaying a recorded journal into an empty database, and the digest of what came of it."""

import json
from collections.abc import Iterable
from hashlib import sha256
from sqlite3 import Connection

from posapp.commands.handlers import DECODER
from posapp.db.database import open_memory
from posapp.db.rows import from_text
from posapp.desk import apply

FACTS = (
    (
        "SELECT number, remote_id, status, close_reason, ship_status, total_minor, contribution_minor, "
        "unassigned_minor, confirmed_at, cancelled_at FROM orders ORDER BY number"
    ),
    (
        "SELECT o.number, l.position, l.sku, l.qty, l.confirmed_qty, l.refunded_qty, l.allocated_qty, "
        "l.handed_over_qty, l.net_minor, l.taxes FROM order_line l JOIN orders o ON o.id = l.order_id "
        "ORDER BY o.number, l.position, l.id"
    ),
    (
        "SELECT o.number, p.provider, p.reference, p.gross_minor, p.customer_fee_minor, p.state, p.applied "
        "FROM payment p JOIN orders o ON o.id = p.order_id ORDER BY o.number, p.paid_at, p.provider_ref"
    ),
    (
        "SELECT o.number, r.kind, r.amount_minor, r.sales_minor, r.decided_at FROM refund r "
        "JOIN orders o ON o.id = r.order_id ORDER BY o.number, r.decided_at, r.id"
    ),
    (
        "SELECT o.number, c.reason, c.is_open, c.resolution FROM attention_case c JOIN orders o ON o.id = c.order_id "
        "ORDER BY o.number, c.opened_at, c.reason"
    ),
    "SELECT p.sku, l.on_hand, l.allocated FROM level l JOIN product p ON p.id = l.item_id ORDER BY p.sku",
    (
        "SELECT p.sku, m.kind, m.on_hand_delta, m.allocated_delta FROM movement m JOIN product p ON p.id = m.item_id "
        "ORDER BY m.rowid"
    ),
    "SELECT at, amount_minor FROM sales_entry ORDER BY at, amount_minor",
)


def replayed(lines: Iterable[str]) -> Connection:
    """Carry out every recorded command again, with the times it was written down at."""
    connection = open_memory()
    connection.execute("BEGIN")
    for line in lines:
        entry = json.loads(line)
        apply(connection, DECODER.decode(json.dumps(entry["command"])), from_text(entry["recorded_at"]))
    connection.execute("COMMIT")
    return connection


def digest_of(connection: Connection) -> str:
    """The digest of the facts a shopkeeper would name."""
    digest = sha256()
    for question in FACTS:
        for row in connection.execute(question):
            digest.update(json.dumps(row, ensure_ascii=True).encode() + b"\n")
    return digest.hexdigest()
