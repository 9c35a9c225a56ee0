"""The products as tiles: read a page at a time, laid out abreast, chosen by arrows and Enter or by a touch."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from posapp.gui import text
from posapp.gui.pages.sell_tile import GAP, TilePainter, tile_height, tiles_abreast
from posapp.gui.pages.sell_words import free_words
from posapp.gui.widgets.base import Themed
from posapp.gui.widgets.overlay_bar import OverlayBar
from posapp.queries.selling import SellRow

Index = QModelIndex | QPersistentModelIndex
NextPage = Callable[[SellRow | None], Sequence[SellRow]]  # the products after one, from the first with None
PAGE = 256
BESIDE = 4  # with the gap after the last tile, the room of the scroll bar
_KEPT_PAGES = 4  # read anew upon news; what lies further down is read again when it is scrolled to


class TilesModel(QAbstractListModel):
    """Products of one category. `show_pages` is given another question for another one."""

    def __init__(self, currency: str) -> None:
        super().__init__()
        self._currency = currency
        self._next: NextPage = lambda _: ()
        self.rows: list[SellRow] = []
        self._ended = True

    def show_pages(self, next_page: NextPage) -> None:
        """Show the answer to another question from its beginning."""
        self.beginResetModel()
        self._next = next_page
        self.rows = list(next_page(None))
        self._ended = len(self.rows) < PAGE
        self.endResetModel()

    def refresh(self) -> None:
        """Ask again for what is shown; tiles keep their places where the same products stand there."""
        wanted = min(len(self.rows), _KEPT_PAGES * PAGE)
        rows: list[SellRow] = []
        ended = False
        while not ended and (len(rows) < wanted or not rows):
            page = self._next(rows[-1] if rows else None)
            rows += page
            ended = len(page) < PAGE
        if [row.id for row in rows] == [row.id for row in self.rows]:
            self.rows, self._ended = rows, ended
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows, self._ended = rows, ended
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Say how many tiles there are so far."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def canFetchMore(self, parent: Index) -> bool:
        """Say whether there are more products."""
        return not self._ended and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        """Read the next page."""
        page = self._next(self.rows[-1])
        self._ended = len(page) < PAGE
        if page:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(page) - 1)
            self.rows += page
            self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give the product for the painter, and words for whoever cannot see the tile."""
        if role == Qt.ItemDataRole.UserRole:
            return self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._spoken(self.rows[index.row()])
        if role == Qt.ItemDataRole.ToolTipRole:
            return text.tooltip(text.outside(self.rows[index.row()].name, 200))
        return None

    def _spoken(self, row: SellRow) -> str:
        price = "no price" if row.price_minor is None else text.money(row.price_minor, self._currency)
        return ", ".join(part for part in (text.outside(row.name), price, free_words(row)) if part)


class Tiles(Themed, QListView):
    """`taken` brings the product that was pressed, or entered."""

    taken = Signal(object)  # SellRow

    def __init__(self, currency: str) -> None:
        super().__init__()
        self.tiles = TilesModel(currency)
        self._painter = TilePainter(currency)
        self.setAccessibleName("Products")
        self.setModel(self.tiles)
        self.setItemDelegate(self._painter)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(tile_height())
        OverlayBar(self)
        self.look_changed()

    def look_changed(self) -> None:
        """Lay the tiles out anew."""
        if not hasattr(self, "_painter"):
            return
        wide = self.viewport().width()
        abreast = tiles_abreast(wide)
        self._painter.place = QSize((wide - BESIDE) // abreast, tile_height() + GAP)
        self.setGridSize(self._painter.place)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many abreast as there is room for."""
        self.look_changed()
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the product; letters are no search here, for a scanner types them."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._take(self.currentIndex())
        elif event.text().isprintable() and event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press of the left button takes it."""
        index = self.indexAt(event.position().toPoint())
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and index == self.currentIndex():
            self._take(index)

    def _take(self, index: QModelIndex) -> None:
        if index.isValid():
            self.taken.emit(self.tiles.rows[index.row()])
