"""Adding up a shift from the rows that carry its id: the same for X at any time and for Z at the close."""

from datetime import datetime
from sqlite3 import Connection
from typing import Any

from posapp.db.rows import SHIFT, from_text
from posapp.domain.shift_report import Awaited, MethodFigures, Moved, ShiftReport
from posapp.domain.shifts import Shift

NAMED = 20  # how many orders a report names

_ENTRIES = (
    "SELECT COALESCE(SUM(CASE WHEN refund_id = '' THEN amount_minor END), 0), "
    "COALESCE(-SUM(CASE WHEN refund_id <> '' THEN amount_minor END), 0), "
    "COALESCE(SUM(discount_minor), 0), COALESCE(SUM(rounding_minor), 0) "
    "FROM sales_entry WHERE shift_id = ? AND shift_id <> ''"
)
_TAXES = (
    "SELECT j.key, SUM(j.value) FROM sales_entry s, json_each(s.taxes) j "
    "WHERE s.shift_id = ? AND s.shift_id <> '' GROUP BY j.key ORDER BY j.key"
)
# An order is one receipt, where it entered Total Sales for the first time.
RECEIPTS = (
    "FROM sales_entry s CROSS JOIN orders o ON o.id = s.order_id WHERE s.shift_id = ? AND s.shift_id <> '' "
    "AND s.refund_id = '' "
    "AND NOT EXISTS (SELECT 1 FROM sales_entry e WHERE e.order_id = s.order_id AND e.rowid < s.rowid)"
)
_FIRST = f"SELECT COUNT(*), MIN(s.rowid), MAX(s.rowid) {RECEIPTS}"
_NUMBER = "SELECT o.number FROM sales_entry s JOIN orders o ON o.id = s.order_id WHERE s.rowid = ?"
TAKEN = (
    "SELECT method, gross_minor - customer_fee_minor AS amount FROM payment "
    "WHERE shift_id = ?1 AND shift_id <> '' AND state = 'SUCCEEDED' "
    "UNION ALL SELECT method, amount_minor FROM account_payment WHERE shift_id = ?1"
)
_TAKEN = f"SELECT method, SUM(amount), COUNT(*) FROM ({TAKEN}) GROUP BY method"  # noqa: S608 - our own text alone
_ACCOUNTS = "SELECT COALESCE(SUM(amount_minor), 0) FROM account_payment WHERE shift_id = ?"
# By hand elsewhere goes back the way it came; for cash that means by a transfer.
RETURNED_BY = (
    "CASE WHEN t.route <> 'hand' THEN t.route WHEN y.provider NOT IN ('hand', 'before') THEN 'elsewhere' "
    "WHEN y.method IN ('card', 'other') THEN y.method ELSE 'transfer' END"
)
_RETURNED = (
    f"SELECT {RETURNED_BY} AS method, SUM(t.amount_minor), COUNT(*) FROM part t "  # noqa: S608 - our own text alone
    "CROSS JOIN payment y ON y.id = t.payment_id "
    "WHERE t.shift_id = ? AND t.shift_id <> '' AND t.state <> 'FAILED' GROUP BY 1"
)
# What an order's money and its sales of one shift leave over, one way or the other.
OVER = (
    "SELECT order_id, SUM(amount) AS over FROM ("
    "SELECT order_id, gross_minor - customer_fee_minor AS amount FROM payment "
    "WHERE shift_id = ?1 AND shift_id <> '' AND state = 'SUCCEEDED' UNION ALL "
    "SELECT order_id, -amount_minor FROM part WHERE shift_id = ?1 AND shift_id <> '' AND state <> 'FAILED' UNION ALL "
    "SELECT order_id, -amount_minor FROM sales_entry WHERE shift_id = ?1 AND shift_id <> ''"
    ") GROUP BY order_id HAVING SUM(amount) <> 0"
)
_OVERS = (
    "SELECT COALESCE(SUM(MAX(over, 0)), 0), "  # noqa: S608 - our own text alone
    f"COALESCE(-SUM(MIN(over, 0)), 0) FROM ({OVER})"
)
_MOVES = "SELECT amount_minor, reason, at, actor FROM cash_move WHERE shift_id = ? ORDER BY rowid"
_ATTENTION = "SELECT COUNT(DISTINCT order_id) FROM attention_case WHERE is_open = 1"
_ATTENTION_FIRST = (
    "SELECT o.number FROM attention_case c CROSS JOIN orders o ON o.id = c.order_id WHERE c.is_open = 1 "
    "GROUP BY o.id ORDER BY MIN(c.opened_at), o.id LIMIT ?"
)
_AWAITED = (
    "SELECT o.number, y.gross_minor - y.customer_fee_minor FROM payment y CROSS JOIN orders o ON o.id = y.order_id "
    "WHERE y.state = 'PENDING' AND y.provider = 'hand' AND o.status <> 'CANCELLED' ORDER BY y.paid_at, y.id"
)
_OTHERS = "SELECT COALESCE(SUM(amount_minor), 0) FROM sales_entry WHERE rowid > ? AND shift_id <> ?"
_MARK = "SELECT COALESCE(MAX(rowid), 0) FROM sales_entry"
_SETTINGS = "SELECT key, value FROM setting WHERE key IN ('name', 'currency', 'time_zone')"


def load_shift(connection: Connection, shift_id: str) -> Shift | None:
    """Read one shift; None where there is none."""
    row = connection.execute(SHIFT.by_id, (shift_id,)).fetchone()
    return None if row is None else SHIFT.decode(row)


def add_up(connection: Connection, shift: Shift, at: datetime) -> ShiftReport:
    """Every figure of a shift as of now, before anybody counted. `at` is the moment it is told for."""
    known = dict(connection.execute(_SETTINGS).fetchall())
    sales, refunds, discounts, rounding = _one(connection, _ENTRIES, shift.id)
    receipts, first, last = _one(connection, _FIRST, shift.id)
    deposits, elsewhere = _one(connection, _OVERS, shift.id)
    moves = tuple(
        Moved(amount, reason, from_text(when), actor)
        for amount, reason, when, actor in connection.execute(_MOVES, (shift.id,))
    )
    before = load_shift(connection, shift.reopens) if shift.reopens else None
    return ShiftReport(
        shop=known.get("name", ""), till=shift.till, currency=known.get("currency", ""),
        time_zone=known.get("time_zone", "UTC"), shift_id=shift.id, opened_at=shift.opened_at,
        opened_by=shift.opened_by, at=at, goes_on_from_z=before.z_number if before else 0,
        receipts=receipts, first_receipt=_number(connection, first), last_receipt=_number(connection, last),
        sales_minor=sales, refunds_minor=refunds, discounts_minor=discounts, rounding_minor=rounding,
        taxes={name: tax for name, tax in connection.execute(_TAXES, (shift.id,)) if tax},
        methods=methods_of(connection, shift.id), deposits_minor=deposits, paid_elsewhere_minor=elsewhere,
        account_received_minor=_one(connection, _ACCOUNTS, shift.id)[0],
        float_minor=shift.float_minor, moves=moves,
        cash_in_minor=sum(move.amount_minor for move in moves if move.amount_minor > 0),
        cash_out_minor=-sum(move.amount_minor for move in moves if move.amount_minor < 0),
        attention=_one(connection, _ATTENTION)[0],
        attention_numbers=tuple(row[0] for row in connection.execute(_ATTENTION_FIRST, (NAMED,))),
        awaiting=tuple(Awaited(*row) for row in connection.execute(_AWAITED)),
        other_sales_minor=_one(connection, _OTHERS, shift.opening_mark, shift.id)[0],
        mark=_one(connection, _MARK)[0],
    )  # fmt: skip


def methods_of(connection: Connection, shift_id: str) -> tuple[MethodFigures, ...]:
    """What each method took and gave back in a shift, in the order of their names."""
    taken = {m: (amount, count) for m, amount, count in connection.execute(_TAKEN, (shift_id,))}
    returned = {m: (amount, count) for m, amount, count in connection.execute(_RETURNED, (shift_id,))}
    return tuple(
        MethodFigures(method, *taken.get(method, (0, 0)), *returned.get(method, (0, 0)))
        for method in sorted({*taken, *returned})
    )


def _one(connection: Connection, sql: str, *parameters: Any) -> tuple[Any, ...]:
    row: tuple[Any, ...] = connection.execute(sql, parameters).fetchone()
    return row


def _number(connection: Connection, mark: int | None) -> str:
    return str(_one(connection, _NUMBER, mark)[0]) if mark else ""
