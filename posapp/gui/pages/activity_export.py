"""The listed activity as a CSV file, safe to open in a spreadsheet."""

from collections.abc import Callable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from posapp.gui import text
from posapp.gui.pages.spreadsheet import harmless, write_csv
from posapp.queries.activity import PAGE_ROWS, ActivityFilter, ActivityRow, ActivitySource, Key
from posapp.queries.reader import Reader

HEADERS = ("When", "Who", "What", "Order", "Allowed by", "Till", "Command", "Entry")


def export_activity(
    reader: Reader, chosen: ActivityFilter, zone: ZoneInfo, words: Callable[[ActivityRow], str], path: Path
) -> int:
    """Write the entries of a filter; gives how many. Raises `OSError`; a file that was there then stays as it was.

    Times are of the shop's zone. It reads page by page: ask it on a thread of its own.
    """
    with reader.snapshot():
        return write_csv(path, HEADERS, (_fields(row, zone, words) for row in _rows(reader, chosen)))


def _rows(reader: Reader, chosen: ActivityFilter) -> Iterator[ActivityRow]:
    source = ActivitySource(reader, chosen)
    key: Key | None = None
    while rows := source.page_after(key, PAGE_ROWS):
        yield from rows
        key = source.key_of(rows[-1])


def _fields(row: ActivityRow, zone: ZoneInfo, words: Callable[[ActivityRow], str]) -> list[str]:
    said = (row.actor, words(row), row.names.get(row.order_id, ""), row.approved_by, row.till, row.tag)
    at = row.recorded_at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
    return [at, *(harmless(text.outside(each, 500)) for each in said), str(row.seq)]
