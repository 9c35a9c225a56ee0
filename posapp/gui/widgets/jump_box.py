"""Ctrl+K: one field that finds anything and goes there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from posapp.gui import keys, metrics, text
from posapp.gui.models.columns import Cell, Column, Style
from posapp.gui.models.rows import ListRows
from posapp.gui.models.window_model import WindowModel
from posapp.gui.widgets.base import announce
from posapp.gui.widgets.card import Card
from posapp.gui.widgets.field import SearchField
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.table_view import TableView

MOST = 8


@dataclass(frozen=True, slots=True)
class JumpHit:
    """One thing found: what it is ("order"), its id, and the words that name it."""

    kind: str
    id: str
    words: str
    second: str = ""
    icon: str = "receipt-text"


_COLUMNS = (
    Column[JumpHit](
        "Found",
        lambda hit: Cell(text.outside(hit.words), after=text.outside(hit.second), icon=hit.icon),
        style=Style.MEDIUM,
        stretch=True,
        key="found",
    ),
)


def _id(hit: JumpHit) -> str:
    return f"{hit.kind}/{hit.id}"


class JumpBox(SearchField):
    """Lists what `search` finds beneath the field; Up and Down choose, Enter goes, Esc gives the focus back."""

    jumped = Signal(object)  # JumpHit

    def __init__(self, search: Callable[[str], Sequence[JumpHit]], *, placeholder: str) -> None:
        super().__init__(placeholder, keycap=keys.caption("jump"), width=metrics.JUMP_BOX)
        self._search = search
        self._hits: dict[str, JumpHit] = {}
        self._before: QWidget | None = None
        self._model = WindowModel(_COLUMNS, ListRows[JumpHit]((), _id))
        self.list = TableView(self._model, name="Found", edge=16, in_card=True, fit_rows=True)
        self.list.rows.looks_focused = True
        self.list.header.hide()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(lambda index: self._go(self._model.id_at(index.row())))
        self._none = Label("Nothing found", ink="muted")
        self._none.setContentsMargins(16, 8, 16, 8)
        self._none.setFixedHeight(metrics.ROW)
        self._popup: Card | None = None
        self.searched.connect(self._find)

    def start(self) -> None:
        """Take the focus, remembering where it was."""
        self._before = self.window().focusWidget()
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()

    def _find(self, words: str) -> None:
        if not words or not self.edit.hasFocus():
            self._hide()
            return
        hits = list(self._search(words))[:MOST]
        self._hits = {_id(hit): hit for hit in hits}
        self._model.set_source(ListRows(hits, _id))
        self._show(found=bool(hits))
        announce(self, text.plural(len(hits), "result") if hits else "Nothing found")

    def _show(self, *, found: bool) -> None:
        if self._popup is None:
            self._popup = Card(padding=0, edge="line_strong", ground="surface")
            self._popup.setParent(self.window())
            self._popup.add(self.list, self._none)
        self.list.setVisible(found)
        self._none.setVisible(not found)
        if found:
            self.list.select_row(0)
        self._popup.setFixedWidth(self.width())
        self._popup.adjustSize()
        self._popup.move(self.mapTo(self.window(), QPoint(0, self.height() + 4)))
        self._popup.show()
        self._popup.raise_()

    def _hide(self) -> None:
        if self._popup is not None:
            self._popup.hide()

    def _go(self, row_id: str | None) -> None:
        hit = self._hits.get(row_id or "")
        if hit is not None:
            self._leave()
            self.jumped.emit(hit)

    def _leave(self) -> None:
        self._hide()
        self.edit.clear()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enter(self) -> None:
        if self.is_waiting():
            self._now()
        self._go(self.list.selected_id())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows choose from the list while one types; leaving the field closes it."""
        if event.type() == QEvent.Type.FocusOut:
            self._hide()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None and self._model.rowCount():
                place = self.list.currentIndex().row() + step
                self.list.select_row(min(max(0, place), self._model.rowCount() - 1))
                announce(self, self._model.cell(self.list.currentIndex().row(), 0).spoken)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._leave()
                return True
        return False
