"""The listed orders as a CSV file, safe to open in a spreadsheet."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from posapp.gui import marks, text
from posapp.gui.pages.spreadsheet import harmless, write_csv
from posapp.queries.heads import OrderRow
from posapp.queries.orders import OrderFilter, OrdersSource
from posapp.queries.reader import Reader

HEADERS = (
    "Number", "Till reference", "Web ID", "Placed", "Paid in full", "Customer", "Phone", "Channel", "Payment",
    "Fulfilment", "Currency", "Total", "Paid", "Refunded", "Owed", "Attention",
)  # fmt: skip
_PAGE = 256


def plain_amount(minor: int, currency: str) -> str:
    """Give an amount in major units as programs read it: 12500.50."""
    digits = text.digits_of(currency)
    whole, fraction = divmod(abs(minor), 10**digits)
    return f"{'-' if minor < 0 else ''}{whole}" + (f".{fraction:0{digits}d}" if digits else "")


def export_orders(reader: Reader, chosen: OrderFilter, zone: ZoneInfo, path: Path) -> int:
    """Write the orders of a filter; gives how many. Raises `OSError`; a file that was there then stays as it was.

    Times are of the shop's zone. It reads page by page: ask it on a thread of its own.
    """
    with reader.snapshot():
        return write_csv(path, HEADERS, (_fields(row, zone) for row in _rows(reader, chosen)))


def _rows(reader: Reader, chosen: OrderFilter) -> Iterator[OrderRow]:
    source = OrdersSource(reader, chosen)
    key: Any = None
    while rows := source.page_after(key, _PAGE):
        yield from rows
        key = source.key_of(rows[-1])


def _fields(row: OrderRow, zone: ZoneInfo) -> list[str]:
    paid_in_full = _local(row.confirmed_at, zone) if row.confirmed_at else ""
    return [
        *map(harmless, (row.number, row.local_ref, row.remote_id)),
        _local(row.placed_at, zone),
        paid_in_full,
        *(harmless(text.outside(words, 500)) for words in (row.customer, row.phone)),
        marks.CHANNEL[row.channel][0],
        marks.PAYMENT[row.payment].word,
        marks.FULFILMENT[row.fulfilment].word,
        row.currency,
        *(
            plain_amount(minor, row.currency)
            for minor in (row.total_minor, row.paid_minor, row.refunded_minor, row.owed_minor)
        ),
        ", ".join(reason.lower() for reason in row.reasons),
    ]


def _local(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
