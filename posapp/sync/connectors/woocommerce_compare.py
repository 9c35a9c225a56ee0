"""The nightly comparison: what polling by date of change cannot see.

Deleting a refund moves no date, a deleted order is only missing, and a restored
backup brings old numbers back for other orders.
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import msgspec

from posapp.domain import money
from posapp.domain.feed import Unreadable
from posapp.sync.connectors.http import Caller
from posapp.sync.connectors.reading import BROKEN, clean_text, currency_code, minor, parse_time, remote_id
from posapp.sync.connectors.woocommerce_read import order_key
from posapp.sync.connectors.woocommerce_walk import Row, pages_of
from posapp.sync.connectors.woocommerce_wire import Order
from posapp.sync.feed import OrderSummary

FIELDS = "id,status,currency,total,order_key,date_created_gmt,date_paid_gmt,refunds"


async def compare(caller: Caller, since: datetime) -> AsyncIterator[OrderSummary]:
    """Tell every order placed since then by the shop's clock, trash included."""
    after = since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    for status in ("any", "trash"):
        params = {"status": status, "after": after, "dates_are_gmt": "true", "_fields": FIELDS}
        async for rows in pages_of(caller, "/orders", params):
            for row in rows:
                if row.head.remote_id:
                    yield _summary(row)


def _summary(row: Row) -> OrderSummary:
    try:
        order = msgspec.json.decode(row.raw, type=Order)
        digits = money.decimals(currency_code(order.currency))
        refunds = tuple(
            (remote_id(one.id, "a refund"), abs(minor(one.total, digits, "a refund")))
            for one in order.refunds
        )
        return OrderSummary(
            remote_id=row.head.remote_id,
            key=order_key(order),
            status=clean_text(order.status, 40).lower(),
            total_minor=minor(order.total, digits, "the total"),
            paid_at=parse_time(order.date_paid_gmt),
            refunds=tuple(sorted(refunds, key=lambda one: int(one[0]))),
        )
    except (*BROKEN, Unreadable):
        return OrderSummary(row.head.remote_id, "", "", None, None, None)
