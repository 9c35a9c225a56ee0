"""Keeps a person's place in a table while its rows change: the selected row, the scroll, what came in meanwhile."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QTableView

from posapp.gui.models.pages import PAGE
from posapp.gui.models.window_model import WindowModel
from posapp.gui.widgets.button import Button, Size


class TablePlace(QObject):
    """Joined to a view and its model once; selects by id after a reset and scrolls back to where it was."""

    def __init__(self, view: QTableView, model: WindowModel[Any], new_rows: Callable[[int], str]) -> None:
        super().__init__(view)
        self._view, self._model, self._new_rows = view, model, new_rows
        self._id: str | None = None
        self._place = self._offset = self._scroll = 0
        self.button = Button("", size=Size.SMALL, icon="arrow-up-narrow-wide", parent=view)
        self.button.hide()
        self.button.clicked.connect(self._show)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._return)
        model.waiting_changed.connect(self._count)
        view.verticalScrollBar().valueChanged.connect(self._scrolled)
        view.installEventFilter(self)

    def _remember(self) -> None:
        self._place = self._view.currentIndex().row()
        self._id = self._model.id_at(self._place)
        self._offset = self._view.rowViewportPosition(self._place) if self._id else 0
        self._scroll = self._view.verticalScrollBar().value()

    def _return(self) -> None:
        anew = self._model.starting_over
        now = None if self._id is None else self._find(self._id)
        if now is not None:
            self._view.setCurrentIndex(self._model.index(now, 0))
        if anew:  # after the selection, which scrolls to itself
            self._view.scrollToTop()
            self._model.live = True
        else:
            high = self._view.verticalHeader().defaultSectionSize()
            back = self._scroll if now is None else now * high - self._offset
            self._view.verticalScrollBar().setValue(back)

    def _find(self, row_id: str) -> int | None:
        """Look where the row was, in the pages beside, and at the top."""
        for near in (0, self._place, self._place - PAGE, self._place + PAGE):
            self._model.row(near)
        return self._model.place_of(row_id)

    def _scrolled(self, value: int) -> None:
        self._model.live = value == 0
        if value == 0 and self._model.waiting:
            self._model.show_waiting()

    def _show(self) -> None:
        """Show what came in; the keys go back to the list, for the button is gone with it."""
        self._view.setFocus()
        self._model.show_waiting()

    def _count(self, rows: int) -> None:
        self.button.setText(self._new_rows(rows))
        self.button.setVisible(rows > 0)
        self._put_button()

    def _put_button(self) -> None:
        self.button.adjustSize()
        top = self._view.viewport().geometry().top() + 8
        self.button.move((self._view.width() - self.button.width()) // 2, top)
        self.button.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the button in the middle."""
        if event.type() == QEvent.Type.Resize:
            self._put_button()
        return False
