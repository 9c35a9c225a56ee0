"""What stands behind each figure of a shift: the sales, payments and cash it is the sum of.

Every list adds up to its figure of X and Z, because both read the rows that carry the shift's id.
"""

from dataclasses import dataclass
from datetime import datetime

from posapp.commands.shift_report import OVER, RECEIPTS, RETURNED_BY
from posapp.db.rows import from_text, to_text
from posapp.queries.reader import Reader

MOST = 2_000  # rows that are listed; a till's shift has some hundreds
_ENTRY = (
    "FROM sales_entry s CROSS JOIN orders o ON o.id = s.order_id WHERE s.shift_id = ?1 AND s.shift_id <> '' "
)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One amount behind a figure. `order_id` is "" for cash that belongs to no order."""

    id: str
    order_id: str
    number: str
    at: datetime
    words: str  # sale, refund, payment, paid_back, account, cash: what it is
    detail: str
    amount_minor: int


_TAKEN = (
    "SELECT y.id, o.id, o.number, y.paid_at, 'payment', y.reference, y.gross_minor - y.customer_fee_minor "
    "FROM payment y CROSS JOIN orders o ON o.id = y.order_id "
    "WHERE y.shift_id = ?1 AND y.shift_id <> '' AND y.state = 'SUCCEEDED' AND y.method = ?2 UNION ALL "
    "SELECT id, '', '', at, 'account', reference, amount_minor FROM account_payment WHERE shift_id = ?1 AND method = ?2"
)
_RETURNED = (
    "SELECT t.id, o.id, o.number, r.decided_at, 'paid_back', r.reason, -t.amount_minor "
    "FROM part t CROSS JOIN payment y ON y.id = t.payment_id CROSS JOIN orders o ON o.id = t.order_id "
    "CROSS JOIN refund r ON r.id = t.refund_id "
    f"WHERE t.shift_id = ?1 AND t.shift_id <> '' AND t.state <> 'FAILED' AND {RETURNED_BY} = ?2"
)

# What each figure is the sum of: id, order id, number, time, words, detail, amount. ?1 is the shift, ?2 what is asked.
_SQL = {
    "sales": f"SELECT s.id, o.id, o.number, s.at, 'sale', '', s.amount_minor {_ENTRY} AND s.refund_id = '' AND ?2 = ?2",
    "refunds": (
        "SELECT s.id, o.id, o.number, s.at, 'refund', COALESCE(r.reason, ''), s.amount_minor "
        "FROM sales_entry s CROSS JOIN orders o ON o.id = s.order_id LEFT JOIN refund r ON r.id = s.refund_id "
        "WHERE s.shift_id = ?1 AND s.shift_id <> '' AND s.refund_id <> '' AND ?2 = ?2"
    ),
    "tax": (
        "SELECT s.id, o.id, o.number, s.at, CASE WHEN s.refund_id = '' THEN 'sale' ELSE 'refund' END, '', j.value "
        "FROM sales_entry s CROSS JOIN orders o ON o.id = s.order_id, json_each(s.taxes) j "
        "WHERE s.shift_id = ?1 AND s.shift_id <> '' AND j.key = ?2"
    ),
    "total": (
        "SELECT s.id, o.id, o.number, s.at, CASE WHEN s.refund_id = '' THEN 'sale' ELSE 'refund' END, '', "
        f"s.amount_minor {_ENTRY} AND ?2 = ?2"
    ),
    "receipts": (
        "SELECT s.id, o.id, o.number, s.at, 'sale', '', s.amount_minor "
        f"{RECEIPTS.replace('?', '?1')} AND ?2 = ?2"
    ),
    "discounts": (
        f"SELECT s.id, o.id, o.number, s.at, 'sale', '', s.discount_minor {_ENTRY} "
        "AND s.discount_minor <> 0 AND ?2 = ?2"
    ),
    "rounding": (
        "SELECT s.id, o.id, o.number, s.at, CASE WHEN s.refund_id = '' THEN 'sale' ELSE 'refund' END, '', "
        f"s.rounding_minor {_ENTRY} AND s.rounding_minor <> 0 AND ?2 = ?2"
    ),
    "taken": _TAKEN,
    "returned": _RETURNED,
    "method": f"{_TAKEN} UNION ALL {_RETURNED}",
    "cash_moves": (
        "SELECT id, '', '', at, 'cash', reason, amount_minor FROM cash_move WHERE shift_id = ?1 "
        "AND (?2 = '' OR ?2 = 'in' AND amount_minor > 0 OR ?2 = 'out' AND amount_minor < 0)"
    ),
    "deposits": (
        f"SELECT o.id, o.id, o.number, o.placed_at, 'payment', '', v.over FROM ({OVER}) v "
        "CROSS JOIN orders o ON o.id = v.order_id WHERE v.over > 0 AND ?2 = ?2"
    ),
    "elsewhere": (
        f"SELECT o.id, o.id, o.number, o.placed_at, 'sale', '', -v.over FROM ({OVER}) v "
        "CROSS JOIN orders o ON o.id = v.order_id WHERE v.over < 0 AND ?2 = ?2"
    ),
    "account": (
        "SELECT id, '', '', at, 'account', reference, amount_minor FROM account_payment "
        "WHERE shift_id = ?1 AND ?2 = ?2"
    ),
}


_NO_SHIFT = (
    "SELECT y.id, o.id, o.number, y.paid_at, 'payment', y.method, y.gross_minor - y.customer_fee_minor "
    "FROM payment y CROSS JOIN orders o ON o.id = y.order_id "
    "WHERE y.provider = 'hand' AND y.shift_id = '' AND y.state = 'SUCCEEDED' AND y.paid_at >= ?1 UNION ALL "
    "SELECT t.id, o.id, o.number, r.decided_at, 'paid_back', t.route, -t.amount_minor "
    "FROM part t INDEXED BY part_no_shift CROSS JOIN refund r ON r.id = t.refund_id "
    "CROSS JOIN orders o ON o.id = t.order_id WHERE t.route IN ('cash', 'hand') AND t.shift_id = '' "
    "AND t.state <> 'FAILED' AND r.decided_at >= ?1 UNION ALL "
    "SELECT id, '', '', at, 'account', method, amount_minor FROM account_payment WHERE shift_id = '' AND at >= ?1"
)


def money_without_shift(reader: Reader, since: datetime) -> tuple[FigureRow, ...]:
    """What was taken and paid back by hand since a time while no shift was open; `detail` is how."""
    return _rows(reader, _NO_SHIFT, (to_text(since),))


def figure_rows(reader: Reader, shift_id: str, figure: str) -> tuple[FigureRow, ...]:
    """The rows behind a figure, the earliest first: "sales", "tax:VAT", "method:cash", "cash_moves:out", …

    Raises `KeyError` for a figure there is not.
    """
    name, _, what = figure.partition(":")
    return _rows(reader, _SQL[name], (shift_id, what))


def _rows(reader: Reader, sql: str, parameters: tuple[str, ...]) -> tuple[FigureRow, ...]:
    found = reader.rows(f"SELECT * FROM ({sql}) ORDER BY 4, 1 LIMIT {MOST}", parameters)
    return tuple(
        FigureRow(row_id, order, number, from_text(at), words, detail, amount)
        for row_id, order, number, at, words, detail, amount in found
    )
