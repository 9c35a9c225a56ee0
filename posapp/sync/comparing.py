"""The nightly comparison: what no poll can tell.

Deleting a refund, or an order for good, moves no stamp in the shop. Once a day the last
days are compared by what both sides should agree on; what differs is read again.
"""

from datetime import datetime, timedelta
from sqlite3 import Connection

from posapp.db.rows import to_text
from posapp.sync.feed import OrderSummary, RawItem, ShopFeed

LOOK_BACK = timedelta(days=14)
_OURS = (
    "SELECT o.remote_id, o.shop_status, o.id, o.shop_paid_at FROM orders o "
    "WHERE o.shop_id = ? AND o.placed_at >= ? ORDER BY o.placed_at"
)
_REFUNDS = "SELECT remote_id FROM refund WHERE order_id = ? AND remote_id <> '' AND id NOT IN ({}) ORDER BY remote_id"
_UNDONE = "SELECT refund_id FROM part WHERE state = 'FAILED'"
_PAID = "SELECT 1 FROM payment WHERE order_id = ? AND provider = 'shop'"


async def differing(
    feed: ShopFeed, ours: dict[str, tuple[str, bool, frozenset[str]]], now: datetime
) -> list[RawItem]:
    """Read again every order of the last days on which the two sides do not agree."""
    doubtful: set[str] = set()
    seen: set[str] = set()
    async for summary in feed.compare(now - LOOK_BACK):
        seen.add(summary.remote_id)
        if not _agrees(summary, ours.get(summary.remote_id)):
            doubtful.add(summary.remote_id)
    # An order of ours that the shop no longer tells is read by itself: it may be gone.
    doubtful |= {remote_id for remote_id, (status, *_) in ours.items() if status != "gone"} - seen
    return [await feed.order(remote_id) for remote_id in sorted(doubtful, key=int)]


def _agrees(summary: OrderSummary, known: tuple[str, bool, frozenset[str]] | None) -> bool:
    if known is None or summary.refunds is None:
        return False
    status, paid, refunds = known
    told_paid = summary.paid_at is not None
    return summary.status == status and (paid or not told_paid) and refunds == {r for r, _ in summary.refunds}


def ours_since(
    connection: Connection, shop_id: str, now: datetime
) -> dict[str, tuple[str, bool, frozenset[str]]]:
    """What the till believes of the shop's last orders: status, paid, refunds that stand."""
    since = to_text(now - LOOK_BACK + timedelta(hours=1))  # clear of the edge of what the shop tells
    found: dict[str, tuple[str, bool, frozenset[str]]] = {}
    for remote_id, status, order_id, hint in connection.execute(_OURS, (shop_id, since)).fetchall():
        refunds = connection.execute(_REFUNDS.format(_UNDONE), (order_id,)).fetchall()
        paid = hint is not None or connection.execute(_PAID, (order_id,)).fetchone() is not None
        found[remote_id] = (status, paid, frozenset(row[0] for row in refunds))
    return found


def our_products(connection: Connection, shop_id: str) -> frozenset[str]:
    """The shop's ids of products that are not archived here."""
    sql = "SELECT remote_id FROM product WHERE shop_id = ? AND archived = 0"
    return frozenset(row[0] for row in connection.execute(sql, (shop_id,)))


async def gone_products(feed: ShopFeed, ours: frozenset[str]) -> list[RawItem]:
    """Products that were deleted in the shop for good: no poll tells of them."""
    missing = sorted(ours - await feed.product_ids(), key=int)
    return [item async for item in feed.products(missing)] if missing else []
