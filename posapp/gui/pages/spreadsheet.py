"""Rows as a CSV file that is whole or not there, and safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "−")


def harmless(words: str) -> str:
    """Keep a spreadsheet from taking outside text for a formula: such text gets a leading apostrophe."""
    return f"'{words}" if words.lstrip(" ").startswith(_FORMULA) else words


def write_csv(path: Path, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write a file; gives how many rows. Raises `OSError`; a file that was there then stays as it was."""
    beside = path.with_name(f".{path.name}.part")
    written = 0
    try:
        with beside.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(headers)
            for row in rows:
                writer.writerow(row)
                written += 1
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return written
