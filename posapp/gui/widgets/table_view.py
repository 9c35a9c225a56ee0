"""The table of every list: paints its rows itself, keeps the selection by id, remembers its columns."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QSizePolicy, QTableView, QWidget

from posapp.gui import metrics, text
from posapp.gui.models.window_model import WindowModel
from posapp.gui.theme import look
from posapp.gui.widgets.base import Themed
from posapp.gui.widgets.overlay_bar import OverlayBar
from posapp.gui.widgets.table_columns import TableColumns
from posapp.gui.widgets.table_header import TableHeader
from posapp.gui.widgets.table_place import TablePlace
from posapp.gui.widgets.table_rows import TableRows


class TableView(Themed, QTableView):
    """Shows a `WindowModel`. Enter or a double click opens a row, Space previews it, Ctrl+C copies TSV.

    `edge` is the padding at both ends, 24 on a page and 12 in a card; in a card also give `in_card=True`.
    `fit_rows` makes it as high as its rows. `new_rows` words the button that shows what came in meanwhile.
    """

    opened = Signal(str)  # row id
    previewed = Signal(str)  # row id
    selected = Signal(str)  # row id, "" for none
    sort_requested = Signal(str, bool)  # column id, descending

    def __init__(
        self,
        model: WindowModel[Any],
        *,
        name: str,
        edge: int = 24,
        row_height: int = metrics.ROW,
        in_card: bool = False,
        fit_rows: bool = False,
        selectable: bool = True,
        new_rows: Callable[[int], str] = lambda count: f"{text.plural(count, 'new row')}, show",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.row_height, self._in_card, self._fit_rows = row_height, in_card, fit_rows
        self._selectable = selectable
        self.setAccessibleName(name)
        self.header = TableHeader(edge=edge, top_line=not in_card, parent=self)
        self.setHorizontalHeader(self.header)
        self._set_up_view()
        self.setModel(model)
        self.rows = TableRows(self, self.header, model, in_card=in_card, selectable=selectable)
        self.window_model = model
        self.columns = TableColumns(self, self.header, model.columns)
        self.place = TablePlace(self, model, new_rows)
        self._connect(model)
        self.look_changed()

    def _set_up_view(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.SingleSelection if self._selectable else mode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setCornerButtonEnabled(False)
        if self._fit_rows:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        else:
            OverlayBar(self)
        if not self._selectable:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _connect(self, model: WindowModel[Any]) -> None:
        model.modelReset.connect(lambda: self._hover(-1))
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self.updateGeometry)
        self.selectionModel().currentRowChanged.connect(self._tell_selected)
        self.doubleClicked.connect(lambda index: self._tell(self.opened, index.row()))
        self.header.sectionClicked.connect(self._sort)

    def look_changed(self) -> None:
        """Take the heights and widths of the enlarged text."""
        self.verticalHeader().setDefaultSectionSize(look().height(self.row_height))
        self.columns.fit()
        self.updateGeometry()
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """As high as its rows where it was asked to be."""
        if not self._fit_rows:
            return QSize(480, 240)
        rows = self.window_model.rowCount() * self.verticalHeader().defaultSectionSize()
        header = 0 if self.header.isHidden() else self.header.sizeHint().height()
        return QSize(480, header + rows - (1 if self._in_card and rows else 0))

    def minimumSizeHint(self) -> QSize:
        """A table gives way first when room is short."""
        return self.sizeHint() if self._fit_rows else QSize(240, look().px(120))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows that the damaged area touches."""
        painter = QPainter(self.viewport())
        self.rows.paint(painter, event.rect())
        painter.end()

    # --- keeping the place ----------------------------------------------------------------------------

    def selected_id(self) -> str | None:
        """Give the id of the selected row."""
        return self.window_model.id_at(self.currentIndex().row())

    def select_id(self, row_id: str) -> bool:
        """Select a row that is in memory; says whether it was found."""
        place = self.window_model.place_of(row_id)
        if place is not None:
            self.setCurrentIndex(self.window_model.index(place, 0))
        return place is not None

    def select_row(self, place: int) -> None:
        """Select the row at a place, as a page does with the first one."""
        self.setCurrentIndex(self.window_model.index(place, 0))

    def refresh(self, source: Any = None) -> None:
        """Have the model read again what is on screen, after news."""
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height() - 1)
        self.window_model.refresh(source, (first, last if last >= 0 else self.window_model.rowCount() - 1))

    # --- telling --------------------------------------------------------------------------------------

    def _tell(self, signal: Any, place: int) -> None:
        row_id = self.window_model.id_at(place)
        if row_id is not None:
            signal.emit(row_id)

    def _tell_selected(self, current: QModelIndex) -> None:
        self.viewport().update()
        self.selected.emit(self.window_model.id_at(current.row()) or "")

    def _sort(self, section: int) -> None:
        column = self.window_model.columns[section]
        if column.sortable:
            descending = self.header.sorted_by == (section, False)
            self.set_sort(column.id, descending=descending)
            self.sort_requested.emit(column.id, descending)

    def set_sort(self, column_id: str, *, descending: bool) -> None:
        """Draw the arrow at the column by which the source is sorted."""
        self.header.show_sorted([c.id for c in self.window_model.columns].index(column_id), descending)

    # --- hands ----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Space previews, Ctrl+C copies, Home and End go to the first and last row."""
        current, key = self.currentIndex().row(), event.key()
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(as_tsv(self, current))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current >= 0:
            self._tell(self.opened, current)
        elif key == Qt.Key.Key_Space and current >= 0:
            self._tell(self.previewed, current)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.window_model.rowCount():
            self.select_row(0 if key == Qt.Key.Key_Home else self.window_model.rowCount() - 1)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Typed letters do not search: Qt would walk through all rows, and a scanner types."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select the first row when there was none, so that the arrows have somewhere to start."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.window_model.rowCount():
            self.select_row(0)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the selection as idle."""
        super().focusOutEvent(event)
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tint the row under the pointer."""
        self._hover(self.rowAt(round(event.position().y())))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Take the tint away."""
        self._hover(-1)
        super().leaveEvent(event)

    def _hover(self, row: int) -> None:
        if row != self.rows.hovered:
            self.rows.hovered = row
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns anew."""
        super().resizeEvent(event)
        self.columns.fit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the columns."""
        self.columns.menu(self).popup(event.globalPos())

    def choose_columns(self, at: QWidget) -> None:
        """Open the column chooser beneath a button."""
        self.columns.menu(self).popup(at.mapToGlobal(QPoint(0, at.height() + 4)))


def as_tsv(view: TableView, row: int) -> str:
    """Give the header and one row as tab-separated lines, the hidden columns left out."""
    model = view.window_model
    sections = [section for section in range(len(model.columns)) if not view.isColumnHidden(section)]
    header = "\t".join(model.columns[section].header for section in sections)
    cells = "\t".join(model.cell(row, section).spoken for section in sections) if row >= 0 else ""
    return f"{header}\n{cells}\n"
