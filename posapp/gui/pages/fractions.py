"""One number of decimals for a column of money, although its rows are read a page at a time."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from posapp.gui import text
from posapp.gui.models.rows import RowSource

Row = TypeVar("Row")


class Decimals(QObject):
    """Off until an amount with a fraction has been seen; `found` comes once, then the column shows decimals."""

    found = Signal()

    def __init__(self, currency: str, parent: QObject) -> None:
        super().__init__(parent)
        self.currency, self.on = currency, False

    def look_at(self, amounts_minor: Iterable[int]) -> None:
        """Look whether any of these needs decimals."""
        if not self.on and text.needs_decimals(amounts_minor, self.currency):
            self.on = True
            self.found.emit()

    def amount(self, minor: int) -> str:
        """Give an amount as the column shows it."""
        return text.amount(minor, self.currency, decimals=self.on)


class Watched(Generic[Row]):
    """A source whose rows are looked at on their way to the model."""

    def __init__(
        self, source: RowSource[Row], decimals: Decimals, amounts: Callable[[Row], Iterable[int]]
    ) -> None:
        self._source, self._decimals, self._amounts = source, decimals, amounts

    def count(self) -> int:
        """Say how many rows there are."""
        return self._source.count()

    def page_after(self, key: Any, limit: int) -> Sequence[Row]:
        """Give the next rows after the key."""
        rows = self._source.page_after(key, limit)
        self._decimals.look_at(minor for row in rows for minor in self._amounts(row))
        return rows

    def skip(self, key: Any, rows: int) -> Any:
        """Give the key so many rows further on."""
        return self._source.skip(key, rows)

    def key_of(self, row: Row) -> Any:
        """Give the row's key."""
        return self._source.key_of(row)

    def id_of(self, row: Row) -> str:
        """Give the row's id."""
        return self._source.id_of(row)
