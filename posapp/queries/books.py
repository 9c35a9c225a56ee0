"""The invariants of the books, asked of the tables in SQL: they must hold between any two commands."""

from collections.abc import Iterator
from sqlite3 import Connection

_SHORT = (
    "SELECT l.order_id FROM order_line l JOIN orders o ON o.id = l.order_id "
    "WHERE o.status IN ('PROCESSING', 'COMPLETED') "
    "AND l.confirmed_qty - l.refunded_qty - l.allocated_qty - l.handed_over_qty > 0"
)
_CASED = "SELECT order_id FROM attention_case WHERE is_open = 1 AND reason IN ('SHORTAGE', 'STOCK_DEFICIT')"

_BACK = (
    "COALESCE((SELECT SUM(t.amount_minor) FROM part t WHERE t.order_id = o.id AND t.payment_id = y.id "
    "AND t.state <> 'FAILED'), 0)"
)
_PAID_MINOR = (  # N of DOMAIN.md
    f"COALESCE((SELECT SUM(y.gross_minor - y.customer_fee_minor - {_BACK}) FROM payment y WHERE y.order_id = o.id "
    "AND y.state = 'SUCCEEDED' AND y.applied = 1), 0)"
)
_PAID = "paid_minor >= total_minor AND (confirmed_at IS NOT NULL OR paid_minor > 0) AND status <> 'CANCELLED'"

# Each gives the rows that break a rule: a name to find it by, and figures for the sentence.
RULES: tuple[tuple[str, str], ...] = (
    (
        "level of {}: {} on the shelf, {} allocated",
        (
            "SELECT item_id, on_hand, allocated FROM level "
            "WHERE on_hand < 0 OR allocated < 0 OR allocated > on_hand"
        ),
    ),
    (
        "level of {}: {} on the shelf, but its movements add up to {}",
        (
            "SELECT v.item_id, v.on_hand, coalesce(sum(m.on_hand_delta), 0) AS moved FROM level v "
            "LEFT JOIN movement m ON m.item_id = v.item_id AND m.location_id = v.location_id "
            "GROUP BY v.id HAVING moved <> v.on_hand"
        ),
    ),
    (
        "level of {}: {} allocated, but its movements add up to {}",
        (
            "SELECT v.item_id, v.allocated, coalesce(sum(m.allocated_delta), 0) AS moved FROM level v "
            "LEFT JOIN movement m ON m.item_id = v.item_id AND m.location_id = v.location_id "
            "GROUP BY v.id HAVING moved <> v.allocated"
        ),
    ),
    (
        "movements of {}: there are {}, but no level",
        (
            "SELECT m.item_id, count(*) FROM movement m LEFT JOIN level v "
            "ON v.item_id = m.item_id AND v.location_id = m.location_id WHERE v.id IS NULL "
            "GROUP BY m.item_id, m.location_id"
        ),
    ),
    (
        "level of {}: {} allocated, but orders hold {}",
        (
            "SELECT v.item_id, v.allocated, coalesce(h.held, 0) FROM level v LEFT JOIN ("
            "SELECT item_id, location_id, sum(units) AS held FROM ("
            "SELECT l.item_id, o.location_id, l.allocated_qty AS units FROM order_line l "
            "JOIN orders o ON o.id = l.order_id WHERE l.tracked = 1 AND l.components = '{}' UNION ALL "
            "SELECT j.key, o.location_id, l.allocated_qty * j.value FROM order_line l "
            "JOIN orders o ON o.id = l.order_id JOIN json_each(l.components) j "
            "WHERE l.tracked = 1 AND l.components <> '{}') GROUP BY 1, 2) h "
            "ON h.item_id = v.item_id AND h.location_id = v.location_id "
            "WHERE v.allocated <> coalesce(h.held, 0)"
        ),
    ),
    (
        "order {}: a line holds {} and handed over {} of {} wanted",
        (
            "SELECT o.number, l.allocated_qty, l.handed_over_qty, l.confirmed_qty - l.refunded_qty "
            "FROM order_line l JOIN orders o ON o.id = l.order_id WHERE o.status IN ('PROCESSING', 'COMPLETED') "
            "AND l.allocated_qty + l.handed_over_qty > l.confirmed_qty - l.refunded_qty"
        ),
    ),
    (
        "order {}: it is {} and holds {} units",
        (
            "SELECT o.number, o.status, sum(l.allocated_qty) AS held FROM orders o "
            "JOIN order_line l ON l.order_id = o.id WHERE o.status IN ('OPEN', 'CANCELLED') "
            "GROUP BY o.id HAVING held > 0"
        ),
    ),
    (
        "order {}: units are short, but no case is open",
        f"SELECT number FROM orders WHERE id IN ({_SHORT}) AND id NOT IN ({_CASED})",
    ),
    (
        "order {}: a case of shortage is open, but nothing is short",
        f"SELECT number FROM orders WHERE id IN ({_CASED}) AND id NOT IN ({_SHORT})",
    ),
    (
        "order {}: {} cases of shortage are open, there can be one",
        (
            f"SELECT o.number, count(*) AS cases FROM orders o JOIN ({_CASED}) c ON c.order_id = o.id "
            "GROUP BY o.id HAVING cases > 1"
        ),
    ),
    (
        "order {}: it contributes {} to Total Sales, but its entries add up to {}",
        (
            "SELECT o.number, o.contribution_minor, coalesce(sum(s.amount_minor), 0) AS entered FROM orders o "
            "LEFT JOIN sales_entry s ON s.order_id = o.id GROUP BY o.id HAVING entered <> o.contribution_minor"
        ),
    ),
    (
        "order {}: {} is noted as paid, but its payments make {}",
        f"SELECT o.number, o.paid_minor, {_PAID_MINOR} AS paid FROM orders o WHERE paid <> o.paid_minor",
    ),
    (
        "order {}: its money is marked {}, which is not so",
        f"SELECT number, payment_mark FROM orders WHERE (payment_mark = 'paid') <> ({_PAID})",
    ),
    (
        "order {}: its goods are marked {}, but the open cases say otherwise",
        (
            "SELECT number, fulfilment_mark FROM orders WHERE (fulfilment_mark = 'attention') "
            "<> (id IN (SELECT order_id FROM attention_case WHERE is_open = 1))"
        ),
    ),
    (
        "order {}: a payment of {} was given back {}",
        (
            "SELECT o.number, p.gross_minor - p.customer_fee_minor AS credited, sum(t.amount_minor) AS back "
            "FROM payment p JOIN part t ON t.payment_id = p.id AND t.state <> 'FAILED' "
            "JOIN orders o ON o.id = p.order_id GROUP BY p.id HAVING back > credited"
        ),
    ),
    (
        "order {}: the parts of a refund of {} add up to {}",
        (
            "SELECT o.number, r.amount_minor, coalesce(sum(t.amount_minor), 0) AS parts FROM refund r "
            "JOIN orders o ON o.id = r.order_id LEFT JOIN part t ON t.refund_id = r.id "
            "GROUP BY r.id HAVING parts <> r.amount_minor"
        ),
    ),
    (
        "shift {} of till {} is Z {}, where {} was to come",
        (
            "SELECT id, till, z_number, place FROM (SELECT id, till, z_number, "
            "ROW_NUMBER() OVER (PARTITION BY till ORDER BY rowid) AS place FROM shift WHERE closed_at IS NOT NULL) "
            "WHERE z_number <> place"
        ),
    ),
    (
        "{} {} belong to a shift that is not there",
        (
            "SELECT 'payment', count(*) AS n FROM payment WHERE shift_id <> '' "
            "AND shift_id NOT IN (SELECT id FROM shift) HAVING n > 0 UNION ALL "
            "SELECT 'sales entry', count(*) AS n FROM sales_entry WHERE shift_id <> '' "
            "AND shift_id NOT IN (SELECT id FROM shift) HAVING n > 0"
        ),
    ),
    (
        "{} {} belong to no order",
        (
            "SELECT 'line', count(*) AS n FROM order_line WHERE order_id NOT IN (SELECT id FROM orders) HAVING n > 0 "
            "UNION ALL SELECT 'payment', count(*) AS n FROM payment WHERE order_id NOT IN (SELECT id FROM orders) "
            "HAVING n > 0"
        ),
    ),
)


def book_troubles(connection: Connection, most: int) -> Iterator[str]:
    """Say what breaks a rule, at most so many sentences a rule."""
    for sentence, sql in RULES:
        for row in connection.execute(sql).fetchmany(most):
            yield sentence.format(*row)
