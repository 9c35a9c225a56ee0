"""Paints a table's rows in one go: a look-up and a few strokes a cell, no call of Qt's for each of them."""

from typing import Any

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QTableView

from posapp.gui.models.columns import Column
from posapp.gui.models.window_model import WindowModel
from posapp.gui.theme import look
from posapp.gui.widgets.table_cells import CellPainter
from posapp.gui.widgets.table_header import TableHeader

BAR = 3  # the bar at the left edge of the selected row


class TableRows:
    """Draws ground, selection, hover, line and cells. `looks_focused`: another widget has the list's keys."""

    def __init__(
        self,
        view: QTableView,
        header: TableHeader,
        model: WindowModel[Any],
        *,
        in_card: bool,
        selectable: bool,
    ) -> None:
        self._view, self._header, self._model = view, header, model
        self._in_card, self._selectable = in_card, selectable
        self.looks_focused = False
        self.hovered = -1

    def paint(self, painter: QPainter, area: QRect) -> None:
        """Draw the rows that an area of the viewport touches."""
        t, count = look().tokens, self._model.rowCount()
        painter.fillRect(area, t.raised if self._in_card else t.bg)
        first, last = self._view.rowAt(area.top()), self._view.rowAt(area.bottom())
        if first < 0:
            return
        cells = CellPainter(painter)
        columns = self._shown_columns(area)
        for row in range(first, (last if last >= 0 else count - 1) + 1):
            self._paint_row(painter, cells, row, columns, last_row=row == count - 1)

    def _shown_columns(self, area: QRect) -> list[tuple[int, int, int, Column[Any]]]:
        """Give section, left and width of the columns in the area, without their paddings."""
        view, found = self._view, []
        for section, column in enumerate(self._model.columns):
            left, wide = view.columnViewportPosition(section), view.columnWidth(section)
            if not view.isColumnHidden(section) and left <= area.right() and left + wide >= area.left():
                before, after = self._header.paddings(section)
                found.append((section, left + before, wide - before - after, column))
        return found

    def _paint_row(
        self,
        painter: QPainter,
        cells: CellPainter,
        row: int,
        columns: list[tuple[int, int, int, Column[Any]]],
        *,
        last_row: bool,
    ) -> None:
        t, view = look().tokens, self._view
        top, high, wide = view.rowViewportPosition(row), view.rowHeight(row), view.viewport().width()
        if self._selectable and row == view.currentIndex().row():
            focused = view.hasFocus() or self.looks_focused
            painter.fillRect(0, top, wide, high, t.selection if focused else t.selection_idle)
            painter.fillRect(0, top, BAR, high - 1, t.primary if focused else t.border)
        elif row == self.hovered and self._selectable:
            painter.fillRect(0, top, wide, high, t.hover)
        if not (last_row and self._in_card):
            painter.fillRect(0, top + high - 1, wide, 1, t.line)
        for section, left, room, column in columns:
            rect = QRectF(left, top, room, high - 1)
            cells.cell(rect, self._model.cell(row, section), column.align, column.style, column.figures)
