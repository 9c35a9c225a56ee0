"""Reading a source to its end, page by page, as a window model would."""

from typing import Any


def paged(source: Any, limit: int) -> list[Any]:
    """All rows in pages of `limit`; a source that never ends, or repeats itself, fails."""
    rows: list[Any] = []
    key = None
    for _ in range(source.count() + 1):
        page = source.page_after(key, limit)
        if not page:
            break
        rows += page
        key = source.key_of(page[-1])
    ids = [source.id_of(row) for row in rows]
    assert len(set(ids)) == len(ids) == source.count()
    return rows
