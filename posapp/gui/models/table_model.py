"""The reading half of a table's model: rows of a source under declared columns."""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from posapp.gui.models.columns import Align, Cell, Column
from posapp.gui.models.pages import Pages
from posapp.gui.models.rows import RowSource

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex

_NO_INDEX = QModelIndex()
_CELLS_KEPT = 4096  # made cells in memory, some thirty screens
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
ID_ROLE = Qt.ItemDataRole.UserRole
_ANSWERED = frozenset(
    {
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.AccessibleTextRole,
        Qt.ItemDataRole.TextAlignmentRole,
        ID_ROLE,
    }
)


class TableModel(QAbstractTableModel, Generic[Row]):
    """Answers what a view, a screen reader or a test asks. Rows are read when they are first asked for."""

    def __init__(
        self, columns: Sequence[Column[Row]], source: RowSource[Row], *, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._begin(source)

    def _begin(self, source: RowSource[Row]) -> None:
        self._source = source
        self._pages = Pages(source)
        self._count = source.count()
        self._cells: dict[tuple[int, int], Cell] = {}

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Say how many rows there are, read or not."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """Say how many columns were declared."""
        return 0 if parent.isValid() else len(self.columns)

    def row(self, place: int) -> Row | None:
        """Give the row at a place; None when it is not there any more."""
        return self._pages.row(place) if 0 <= place < self._count else None

    def cell(self, place: int, column: int) -> Cell:
        """Give what stands in a cell; made once, as painting asks for it again and again."""
        cell = self._cells.get((place, column))
        if cell is None:
            row = self.row(place)
            cell = Cell() if row is None else self.columns[column].of(row)
            if len(self._cells) > _CELLS_KEPT:
                self._cells.clear()
            self._cells[place, column] = cell
        return cell

    def id_at(self, place: int) -> str | None:
        """Give the id of the row at a place."""
        row = self.row(place)
        return None if row is None else self._source.id_of(row)

    def place_of(self, row_id: str) -> int | None:
        """Find a row by its id among those in memory: what was seen lately."""
        place = self._pages.place_of(row_id)
        return place if place is not None and place < self._count else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer readers of the screen and tests; our own view paints from `cell`."""
        if role not in _ANSWERED or not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self.columns[index.column()].align is Align.RIGHT else _LEFT
        if role == ID_ROLE:
            return self.id_at(index.row())
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole and column.spoken is not None:
            row = self.row(index.row())
            return "" if row is None else column.spoken(row)
        return self.cell(index.row(), index.column()).spoken

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Give a column's header; rows have none."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.columns[section].header
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self.columns[section].align is Align.RIGHT else _LEFT
        return None
