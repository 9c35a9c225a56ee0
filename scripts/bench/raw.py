"""What a careful programmer would write by hand: the same effect on the same tables, and nothing general.

One payment completes an order of three lines: it is recorded, the order is confirmed, its units are taken
from the levels with a movement each, Total Sales grows, and the command stands in the hash-chained journal.
"""

import json
from datetime import UTC, datetime
from hashlib import sha256
from sqlite3 import Connection
from uuid import NAMESPACE_OID, uuid5

from posapp.commands.payments import TakePayment

_KNOWN = "SELECT 1 FROM journal WHERE id = ?"
_ORDER = "SELECT status, location_id, placed_at, sequence, total_minor, contribution_minor FROM orders WHERE id = ?"
_LINES = (
    "SELECT l.id, l.qty, p.item_id, p.track_stock, v.id, v.on_hand - v.allocated FROM order_line l "
    "JOIN product p ON p.id = l.variant_id LEFT JOIN level v ON v.id = p.item_id || '@' || ? "
    "WHERE l.order_id = ? ORDER BY l.position"
)
_PAID = (
    "SELECT COALESCE(SUM(gross_minor - customer_fee_minor), 0) - (SELECT COALESCE(SUM(amount_minor), 0) FROM part "
    "WHERE order_id = ? AND state <> 'FAILED') FROM payment WHERE order_id = ? AND applied = 1 AND state = 'SUCCEEDED'"
)
_CASES = "SELECT id, reason FROM attention_case WHERE order_id = ? AND is_open = 1"
_LAST = "SELECT hash FROM journal ORDER BY seq DESC LIMIT 1"
_PAYMENT = (
    "INSERT INTO payment (id, order_id, provider, provider_ref, reference, method, gross_minor, customer_fee_minor, "
    "state, paid_at, applied) VALUES (?, ?, 'hand', ?, ?, ?, ?, 0, 'SUCCEEDED', ?, 1)"
)
_CONFIRM = (
    "UPDATE orders SET status = 'PROCESSING', confirmed_at = ?, queue_at = ?, queue_seq = ?, contribution_minor = ?, "
    "payment_mark = 'paid', fulfilment_mark = 'to_prepare', paid_minor = ?, version = version + 1 WHERE id = ?"
)
_LINE = "UPDATE order_line SET item_id = ?, tracked = ?, confirmed_qty = ?, allocated_qty = ? WHERE id = ?"
_LEVEL = "UPDATE level SET allocated = allocated + ? WHERE id = ? AND on_hand - allocated >= ?"
_MOVEMENT = (
    "INSERT INTO movement (id, item_id, location_id, kind, on_hand_delta, allocated_delta, order_id, line_id, actor, "
    "reason, effective_at, recorded_at) VALUES (?, ?, ?, 'ALLOCATE', 0, ?, ?, ?, ?, '', ?, ?)"
)
_SALE = "INSERT INTO sales_entry (id, order_id, at, amount_minor, refund_id) VALUES (?, ?, ?, ?, '')"
_JOURNAL = (
    "INSERT INTO journal (id, till, actor, recorded_at, body, answer, hash) VALUES (?, 'A', ?, ?, ?, ?, ?)"
)


def confirm(db: Connection, pay: TakePayment, recorded: datetime) -> None:
    """One durable confirm."""
    db.execute("BEGIN IMMEDIATE")
    try:
        if not db.execute(_KNOWN, (pay.id,)).fetchone():
            _confirm(db, pay, _text(recorded))
        db.execute("COMMIT")
    except BaseException:  # raised again, as the desk does
        db.execute("ROLLBACK")
        raise


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _confirm(db: Connection, pay: TakePayment, recorded_at: str) -> None:
    status, place, placed_at, sequence, total, counted = db.execute(_ORDER, (pay.order_id,)).fetchone()
    lines = db.execute(_LINES, (place, pay.order_id)).fetchall()
    paid = db.execute(_PAID, (pay.order_id, pay.order_id)).fetchone()[0] + pay.amount_minor
    cases = db.execute(_CASES, (pay.order_id,)).fetchall()
    enough = all(free >= units for _, units, _, _, _, free in lines)
    assert (status, paid, enough, cases) == ("OPEN", total, True, []), "only the plain case is raced here"
    names = uuid5(NAMESPACE_OID, pay.id)
    at, paid_at = _text(pay.at), max(_text(pay.paid_at), placed_at)
    payment = (str(uuid5(names, "payment")), pay.order_id, str(uuid5(names, "hand")), pay.reference, pay.method,
               pay.amount_minor, paid_at)  # fmt: skip
    db.execute(_PAYMENT, payment)
    db.execute(_CONFIRM, (paid_at, paid_at, sequence, total, paid, pay.order_id))
    db.executemany(_LINE, [(item, tracked, units, units, line) for line, units, item, tracked, _, _ in lines])
    moved = [
        (str(uuid5(names, line)), item, place, units, pay.order_id, line, pay.actor, at, recorded_at)
        for line, units, item, _, _, _ in lines
    ]
    for _, units, _, _, level, _ in lines:
        assert db.execute(_LEVEL, (units, level, units)).rowcount == 1, "read in the same transaction"
    db.executemany(_MOVEMENT, moved)
    db.execute(_SALE, (str(uuid5(names, "sale")), pay.order_id, paid_at, total - counted))
    _write_down(db, pay, at, paid_at, recorded_at)


def _write_down(db: Connection, pay: TakePayment, at: str, paid_at: str, recorded_at: str) -> None:
    body = json.dumps(
        {"do": "take_payment", "id": pay.id, "actor": pay.actor, "at": at, "order_id": pay.order_id,
         "amount_minor": pay.amount_minor, "method": pay.method, "reference": pay.reference, "paid_at": paid_at,
         "awaiting": pay.awaiting}
    )  # fmt: skip
    parts = (db.execute(_LAST).fetchone()[0], pay.id, "A", pay.actor, recorded_at, body, pay.order_id)
    linked = sha256("\x1f".join(parts).encode()).hexdigest()
    db.execute(_JOURNAL, (pay.id, pay.actor, recorded_at, body, pay.order_id, linked))
