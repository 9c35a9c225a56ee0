"""The listed activity as a CSV file, safe to open in a spreadsheet."""

import csv
import os
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

from posapp.gui import text
from posapp.gui.pages.orders_export import harmless
from posapp.queries.activity import PAGE_ROWS, ActivityFilter, ActivityRow, ActivitySource, Key
from posapp.queries.reader import Reader

HEADERS = ("When", "Who", "What", "Order", "Allowed by", "Till", "Command", "Entry")


def export_activity(
    reader: Reader, chosen: ActivityFilter, zone: ZoneInfo, words: Callable[[ActivityRow], str], path: Path
) -> int:
    """Write the entries of a filter; gives how many. Raises `OSError`; a file that was there then stays as it was.

    Times are of the shop's zone. It reads page by page: ask it on a thread of its own.
    """
    beside = path.with_name(f".{path.name}.part")
    written = 0
    key: Key | None = None
    try:
        with reader.snapshot(), beside.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(HEADERS)
            source = ActivitySource(reader, chosen)
            while rows := source.page_after(key, PAGE_ROWS):
                writer.writerows(_fields(row, zone, words) for row in rows)
                written += len(rows)
                key = source.key_of(rows[-1])
        os.replace(beside, path)  # noqa: PTH105 - the atomic one
    finally:
        beside.unlink(missing_ok=True)
    return written


def _fields(row: ActivityRow, zone: ZoneInfo, words: Callable[[ActivityRow], str]) -> list[str]:
    said = (row.actor, words(row), row.names.get(row.order_id, ""), row.approved_by, row.till, row.tag)
    at = row.recorded_at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
    return [at, *(harmless(text.outside(each, 500)) for each in said), str(row.seq)]
