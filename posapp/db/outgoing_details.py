"""A customer's bank account on its way to the provider that asked for it: beside the journal, gone once it is sent."""

from sqlite3 import Connection

_ROW = (
    "SELECT id FROM outgoing WHERE part_id = ? AND kind = 'refund_details' AND state = 'WAITING' "
    "ORDER BY rowid DESC LIMIT 1"
)
_KEEP = (
    "INSERT INTO outgoing_details (outgoing_id, body) VALUES (?, ?) "
    "ON CONFLICT (outgoing_id) DO UPDATE SET body = excluded.body"
)


def keep_details(connection: Connection, part_id: str, body: str) -> None:
    """Keep an account for the row that will tell it, in the transaction that wrote the row; nothing without one."""
    row = connection.execute(_ROW, (part_id,)).fetchone()
    if row is not None:
        connection.execute(_KEEP, (row[0], body))
