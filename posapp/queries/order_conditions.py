"""The chips of the order list as SQL conditions on `orders o`; the domain's rules, said once more for filters.

`tests/queries/test_orders.py` holds them against `standing`, which derives them from the domain.
"""

# A leading + keeps the planner from the index of that column: the one by order is always better here.
_BACK = (
    "COALESCE((SELECT SUM(t.amount_minor) FROM part t WHERE t.order_id = o.id AND +t.payment_id = y.id "
    "AND t.state <> 'FAILED'), 0)"
)
_LEFT = f"SUM(y.gross_minor - y.customer_fee_minor - {_BACK})"
PAID_MINOR = (  # N of DOMAIN.md
    f"COALESCE((SELECT {_LEFT} FROM payment y WHERE y.order_id = o.id AND +y.state = 'SUCCEEDED' "
    "AND y.applied = 1), 0)"
)
_UNAPPLIED = (
    f"COALESCE((SELECT {_LEFT} FROM payment y WHERE y.order_id = o.id AND +y.state = 'SUCCEEDED' "
    "AND y.applied = 0), 0)"
)
_REFUNDED = "EXISTS (SELECT 1 FROM part t WHERE t.order_id = o.id AND t.state <> 'FAILED')"
_PENDING = "EXISTS (SELECT 1 FROM payment y WHERE y.order_id = o.id AND +y.state = 'PENDING')"
_CASE = "EXISTS (SELECT 1 FROM attention_case a WHERE a.order_id = o.id AND a.is_open = 1)"
_PAID = f"({PAID_MINOR} >= o.total_minor AND (o.confirmed_at IS NOT NULL OR {PAID_MINOR} > 0))"
_NOTHING = f"({PAID_MINOR} <= 0 AND (o.total_minor > 0 OR o.confirmed_at IS NULL OR {PAID_MINOR} < 0))"
_OWED = f"({_UNAPPLIED} + MAX(0, {PAID_MINOR}) > 0)"

PAYMENT = {
    "paid": f"o.status <> 'CANCELLED' AND {_PAID}",
    "partly": f"o.status <> 'CANCELLED' AND {PAID_MINOR} > 0 AND {PAID_MINOR} < o.total_minor",
    "unpaid": f"((o.status <> 'CANCELLED' AND {_NOTHING} AND NOT {_PENDING}) "
    f"OR (o.status = 'CANCELLED' AND NOT {_REFUNDED} AND NOT {_OWED}))",
    "awaiting": f"o.status <> 'CANCELLED' AND {_NOTHING} AND {_PENDING}",
    "refunded": f"o.status = 'CANCELLED' AND {_REFUNDED} AND NOT {_OWED}",
    "owed": f"o.status = 'CANCELLED' AND {_OWED}",
}
FULFILMENT = {
    "attention": _CASE,
    "cancelled": f"o.status = 'CANCELLED' AND NOT {_CASE}",
    "not_started": f"o.status IN ('OPEN', 'PROCESSING') AND (o.status = 'OPEN' OR NOT {_PAID}) AND NOT {_CASE}",
    "to_prepare": f"o.status = 'PROCESSING' AND {_PAID} AND NOT {_CASE}",
    "handed_over": f"o.status = 'COMPLETED' AND o.ship_status NOT IN ('SHIPPED', 'DELIVERED') AND NOT {_CASE}",
    "shipped": f"o.status = 'COMPLETED' AND o.ship_status = 'SHIPPED' AND NOT {_CASE}",
    "delivered": f"o.status = 'COMPLETED' AND o.ship_status = 'DELIVERED' AND NOT {_CASE}",
}
VIEWS = {"to_prepare": FULFILMENT["to_prepare"], "awaiting": "o.status <> 'CANCELLED'"}
# Few orders among many: found by an index of their own, and sorted afterwards.
DRIVERS = {
    "awaiting": "SELECT DISTINCT order_id AS id FROM payment WHERE state = 'PENDING' AND provider = 'hand'",
    "attention": "SELECT DISTINCT order_id AS id FROM attention_case WHERE is_open = 1",
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
