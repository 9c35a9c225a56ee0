"""A field that finds things by typing or scanning and takes one of them: products, customers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent

from posapp.gui import metrics, text
from posapp.gui.models.columns import Align, Cell, Column, Style
from posapp.gui.models.rows import ListRows
from posapp.gui.models.window_model import WindowModel
from posapp.gui.scanner import take_scans
from posapp.gui.theme import look
from posapp.gui.widgets.base import announce
from posapp.gui.widgets.card import Card
from posapp.gui.widgets.field import SearchField
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.table_view import TableView

MOST = 7
_TWO_LINES = 48
_LEAST = 340  # pixels for a name and a price


@dataclass(frozen=True, slots=True)
class Pick:
    """One thing that can be taken: its id, the words that name it, and the thing itself."""

    id: str
    words: str
    second: str = ""
    right: str = ""
    value: Any = None


_COLUMNS = (
    Column[Pick](
        "Found",
        lambda pick: Cell(text.outside(pick.words), below=text.outside(pick.second)),
        style=Style.MEDIUM,
        stretch=True,
        key="found",
    ),
    Column[Pick]("", lambda pick: pick.right, Align.RIGHT, width=120, key="right"),
)


def _id(pick: Pick) -> str:
    return pick.id


class PickField(SearchField):
    """Up and Down choose from what `find` gives, Enter takes it, Esc closes the list. The focus stays here."""

    picked = Signal(object)  # Pick
    missed = Signal(str)  # Enter, and nothing was found for these words

    def __init__(
        self,
        placeholder: str,
        find: Callable[[str], Sequence[Pick]],
        *,
        for_scans: bool = True,
        nothing: str = "Nothing found",
    ) -> None:
        """`for_scans`: a scan is typed into it; else it goes to the page. `nothing` is said of an empty list."""
        super().__init__(placeholder)
        self._find_all = find
        self._picks: dict[str, Pick] = {}
        self._model = WindowModel(_COLUMNS, ListRows[Pick]((), _id))
        self.list = TableView(
            self._model,
            name=f"Found: {placeholder}",
            edge=16,
            row_height=_TWO_LINES,
            in_card=True,
            fit_rows=True,
        )
        self.list.rows.looks_focused = True
        self.list.header.hide()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(lambda index: self._take(self._model.id_at(index.row())))
        self._none = Label(nothing, ink="muted")
        self._none.setContentsMargins(16, 8, 16, 8)
        self._none.setFixedHeight(metrics.ROW)
        self._popup: Card | None = None
        self.searched.connect(self._show_found)
        self.look_changed()
        if for_scans:
            take_scans(self.edit, enter=True)

    def _show_found(self, words: str) -> None:
        if not words:
            self.hide_list()
            return
        picks = list(self._find_all(words))[:MOST]
        self._picks = {pick.id: pick for pick in picks}
        self._model.set_source(ListRows(picks, _id))
        popup = self._made_popup()  # first: a list without a parent would open as a window and take the keys
        self.list.setVisible(bool(picks))
        self._none.setVisible(not picks)
        if picks:
            self.list.select_row(0)
        corner = self.mapTo(self.window(), QPoint(0, self.height() + 4))
        room = self.window().width() - corner.x() - 8
        popup.setFixedWidth(min(max(self.width(), look().px(_LEAST)), room))
        popup.adjustSize()
        popup.move(corner)
        popup.show()
        popup.raise_()
        announce(self, text.plural(len(picks), "result") if picks else self._none.text())

    def _made_popup(self) -> Card:
        if self._popup is None:
            self._popup = Card(padding=0, edge="line_strong", ground="raised")
            self._popup.setParent(self.window())
            self._popup.add(self.list, self._none)
        return self._popup

    def look_changed(self) -> None:
        """Give both lines of a row the room that larger text needs."""
        super().look_changed()
        if hasattr(self, "list"):
            self.list.row_height = look().px(_TWO_LINES)
            self.list.look_changed()

    def hide_list(self) -> None:
        """Close the list."""
        if self._popup is not None:
            self._popup.hide()

    @property
    def is_listing(self) -> bool:
        """Say whether the list is open."""
        return self._popup is not None and not self._popup.isHidden()

    def _enter(self) -> None:
        if self.is_waiting() or not self.is_listing:  # typed on, or scanned, since the list was made
            self._now()
        if self._picks and self.text:
            self._take(self.list.selected_id())
        elif self.text:
            self.hide_list()
            self.missed.emit(self.text)

    def _take(self, pick_id: str | None) -> None:
        pick = self._picks.get(pick_id or "")
        if pick is not None:
            self._picks = {}
            self.edit.clear()
            self._pause.stop()
            self.hide_list()
            self.picked.emit(pick)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows choose while one types; leaving the field closes the list."""
        if event.type() == QEvent.Type.FocusOut:
            self.hide_list()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None and self.is_listing and self._model.rowCount():
                place = self.list.currentIndex().row() + step
                self.list.select_row(min(max(0, place), self._model.rowCount() - 1))
                announce(self, self._model.cell(self.list.currentIndex().row(), 0).spoken)
                return True
        return super().eventFilter(watched, event)
