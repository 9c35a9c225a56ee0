"""A table model over any number of rows that holds a window of them, and keeps its place when they change."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Generic, TypeVar, cast

from PySide6.QtCore import QModelIndex, QObject, Signal

from posapp.gui.models.columns import Column
from posapp.gui.models.pages import PAGE, Pages
from posapp.gui.models.rows import RowSource
from posapp.gui.models.table_model import TableModel

Row = TypeVar("Row")


class WindowModel(TableModel[Row], Generic[Row]):
    """Rows of a `RowSource` under declared columns.

    `refresh()` after news re-reads what is on screen: changed rows are told as `dataChanged`, few rows that
    came or went as such, and only else everything is reset. New rows appear at once while the view is `live`
    (scrolled to the top); while it is not, they are counted in `waiting` until `show_waiting()`.
    """

    waiting_changed = Signal(int)  # rows that came in at the top and are not shown yet
    refreshed = Signal()

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        source: RowSource[Row],
        *,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, source, parent=parent)
        self.live = True
        self.waiting = 0
        self.starting_over = False  # tells the view whether a reset is another question or the same one

    def set_source(self, source: RowSource[Row]) -> None:
        """Show another question: another filter or order. The view starts at the top."""
        self.starting_over = True
        self._reset_to(source)
        self.starting_over = False
        self.refreshed.emit()

    def show_waiting(self) -> None:
        """Show the rows that came in at the top meanwhile."""
        self.set_source(self._source)

    def refresh(self, source: RowSource[Row] | None = None, shown: tuple[int, int] = (0, 0)) -> None:
        """Read again what is on screen, `shown` from first to last place, and tell only what differs.

        A list at hand (`ListRows`) is brought anew as `source`, in the same order and with the same filter.
        """
        new_source = source if source is not None else self._source
        count = new_source.count()
        if max(count, self._count) <= PAGE and (self.live or not self._came_at_the_top(new_source)):
            self._refresh_few(new_source)
        elif self.live:
            self._refresh_top(new_source, count)
        else:
            self._refresh_middle(new_source, count, shown)
        self.refreshed.emit()

    def _set_waiting(self, rows: int) -> None:
        if rows != self.waiting:
            self.waiting = rows
            self.waiting_changed.emit(rows)

    def _came_at_the_top(self, source: RowSource[Row]) -> bool:
        """Whether a list of one page is as it was, but for rows that came in above it."""
        old = [self._source.id_of(row) for row in self._pages.page(0)] if self._count else []
        new = [source.id_of(row) for row in source.page_after(None, PAGE)]
        return bool(old) and len(new) >= len(old) and new[len(new) - len(old) :] == old

    def _refresh_few(self, source: RowSource[Row]) -> None:
        """One page in all: tell exactly which rows came, went and changed."""
        old = [self._source.id_of(row) for row in self._pages.page(0)] if self._count else []
        fresh = Pages(source)
        new_rows = fresh.page(0)
        new = [source.id_of(row) for row in new_rows]
        before: list[Row] = list(self._pages.page(0)) if self._count else []
        edits = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if self._count != len(old):
            self._reset_to(source)
            return
        for tag, i1, i2, j1, j2 in reversed(edits):
            if tag in ("delete", "replace"):
                self.beginRemoveRows(QModelIndex(), i1, i2 - 1)
                self._adopt_list(source, before, slice(i1, i2), [])
                self.endRemoveRows()
            if tag in ("insert", "replace"):
                self.beginInsertRows(QModelIndex(), i1, i1 + j2 - j1 - 1)
                self._adopt_list(source, before, slice(i1, i1), new_rows[j1:j2])
                self.endInsertRows()
        changed = [at for at, (a, b) in enumerate(zip(before, new_rows, strict=True)) if a != b]
        self._source, self._pages = source, fresh
        self._cells.clear()
        self._set_waiting(0)
        self._tell(changed)

    def _adopt_list(self, source: RowSource[Row], rows: list[Row], span: slice, put: Sequence[Row]) -> None:
        rows[span] = put
        self._count = len(rows)
        self._pages = Pages(source)
        self._pages.put(0, list(rows))
        self._cells.clear()

    def _refresh_top(self, source: RowSource[Row], count: int) -> None:
        """Scrolled to the top: rows that came in there are let in, the rest of the window is read again."""
        old = self._pages.in_memory(0)
        fresh = Pages(source)
        new = fresh.page(0)
        old_ids, new_ids = [self._source.id_of(r) for r in old], [source.id_of(r) for r in new]
        came = count - self._count
        if not (old and 0 <= came < PAGE and new_ids[came:] == old_ids[: PAGE - came]):
            self._reset_to(source)
            return
        if came:
            self.beginInsertRows(QModelIndex(), 0, came - 1)
        self._source, self._pages, self._count = source, fresh, count
        self._cells.clear()
        if came:
            self.endInsertRows()
        self._tell([at + came for at, row in enumerate(old[: PAGE - came]) if row != new[at + came]])
        self._set_waiting(0)

    def _refresh_middle(self, source: RowSource[Row], count: int, shown: tuple[int, int]) -> None:
        """Scrolled down: nothing may move under the eye; rows that came in at the top are counted instead."""
        if count < self._count:
            self._reset_to(source)
            return
        numbers = set(range(shown[0] // PAGE, shown[1] // PAGE + 1))
        old = {number: self._pages.in_memory(number) for number in numbers}
        self._pages.source = self._source = source
        self._pages.leave_out(count - self._count)
        changed: list[int] = []
        for number in sorted(numbers):
            new = self._pages.reread(number)
            if [source.id_of(r) for r in new] != [source.id_of(r) for r in old[number]]:
                self._reset_to(source)
                return
            start = number * PAGE
            changed += [start + at for at, (a, b) in enumerate(zip(old[number], new, strict=True)) if a != b]
        self._pages.forget_but(numbers)
        self._cells.clear()
        self._set_waiting(count - self._count)
        self._tell(changed)

    def _reset_to(self, source: RowSource[Row]) -> None:
        self.beginResetModel()
        self._begin(source)
        self._set_waiting(0)
        self.endResetModel()

    def _tell(self, changed: Sequence[int]) -> None:
        """Tell changed places in as few spans as they form."""
        last = len(self.columns) - 1
        start = previous = None
        for place in [*changed, None]:
            if start is not None and (place is None or place != cast(int, previous) + 1):
                self.dataChanged.emit(self.index(start, 0), self.index(cast(int, previous), last))
                start = None
            start = place if start is None else start
            previous = place
