"""Where a table's rows come from: by key, in pages, so that a million of them cost no more than a screen."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, Protocol, TypeVar

Row = TypeVar("Row")
Key = Any  # what a page is continued by: the sort columns' values and the id, as the query made it


class RowSource(Protocol[Row]):
    """A sorted, filtered question. Another order or filter is another source."""

    def count(self) -> int:
        """Say how many rows there are."""
        ...

    def page_after(self, key: Key | None, limit: int) -> Sequence[Row]:
        """Give the next rows after the key, at most `limit`; from the first with None."""
        ...

    def skip(self, key: Key | None, rows: int) -> Key | None:
        """Give the key `rows` rows further on, cheaply: from an index alone. None when there are not so many."""
        ...

    def key_of(self, row: Row) -> Key:
        """Give the key by which a page continues after this row."""
        ...

    def id_of(self, row: Row) -> str:
        """Give the id by which the row is selected and opened."""
        ...


class ListRows(Generic[Row]):
    """A source over rows that are few and at hand: an order's lines, what waits to be sent."""

    def __init__(self, rows: Sequence[Row], id_of: Callable[[Row], str]) -> None:
        self._rows, self._id_of = tuple(rows), id_of
        self._places = {id_of(row): place for place, row in enumerate(self._rows)}

    def count(self) -> int:
        """Say how many rows there are."""
        return len(self._rows)

    def page_after(self, key: Key | None, limit: int) -> Sequence[Row]:
        """Give the next rows after the key."""
        start = 0 if key is None else self._places[key] + 1
        return self._rows[start : start + limit]

    def skip(self, key: Key | None, rows: int) -> Key | None:
        """Give the key `rows` rows further on."""
        place = (-1 if key is None else self._places[key]) + rows
        return self._id_of(self._rows[place]) if place < len(self._rows) else None

    def key_of(self, row: Row) -> Key:
        """The id is the key."""
        return self._id_of(row)

    def id_of(self, row: Row) -> str:
        """Give the row's id."""
        return self._id_of(row)
