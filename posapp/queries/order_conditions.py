"""The chips of the order list as SQL conditions on `orders o`.

The marks are kept beside each order (`domain.standing`), and an index by each brings its orders newest first.
"""

from posapp.domain.standing import FulfilmentMark, PaymentMark

PAYMENT: dict[str, str] = {mark: f"o.payment_mark = '{mark}'" for mark in PaymentMark}
FULFILMENT: dict[str, str] = {mark: f"o.fulfilment_mark = '{mark}'" for mark in FulfilmentMark}
VIEWS = {"to_prepare": FULFILMENT["to_prepare"], "awaiting": "o.status <> 'CANCELLED'"}
# Few orders among many: found by an index of their own, and sorted afterwards.
DRIVERS = {
    "awaiting": "SELECT DISTINCT order_id AS id FROM payment WHERE state = 'PENDING' AND provider = 'hand'",
}
# Orders of which something became a sale between two times. One that costs nothing leaves no entry of sales:
# it is confirmed when it is placed. Four parameters: the two times, twice.
SOLD_BETWEEN = (
    "SELECT order_id AS id FROM sales_entry WHERE at >= ? AND at < ? AND refund_id = '' "
    "UNION SELECT id FROM orders WHERE placed_at >= ? AND placed_at < ? AND total_placed_minor = 0 "
    "AND confirmed_at IS NOT NULL"
)
SALES_OF = (
    "SELECT COALESCE(SUM(s.amount_minor), 0) FROM ({listed}) m CROSS JOIN sales_entry s ON s.order_id = m.id "
    "WHERE s.at >= ? AND s.at < ? AND s.refund_id = ''"
)
