"""Widths and choice of a table's columns: shared out, changed by a person, remembered."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView, QWidget

from posapp.gui import text
from posapp.gui.models.columns import Column
from posapp.gui.theme import look


class TableColumns(QObject):
    """`changed` tells the choice as plain dicts and lists, to be kept for this person and given to `restore`."""

    changed = Signal(dict)

    def __init__(self, view: QTableView, header: QHeaderView, columns: Sequence[Column[Any]]) -> None:
        super().__init__(view)
        self._view, self._header, self._columns = view, header, columns
        self._widths: dict[str, int] = {}  # by a person, in pixels at 100 % text
        self._hidden: set[str] = set()
        self._fitting = False
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.sectionResized.connect(self._resized)

    def restore(self, choice: dict[str, Any]) -> None:
        """Take up a remembered choice; what it says of columns that are no more is ignored."""
        known = {column.id for column in self._columns}
        widths = choice.get("widths", {})
        self._widths = {k: int(v) for k, v in widths.items() if k in known and 24 <= int(v) <= 2000}
        optional = {column.id for column in self._columns if column.optional}
        self._hidden = set(choice.get("hidden", [])) & optional
        self.fit()

    def choice(self) -> dict[str, Any]:
        """Give the choice as it is remembered."""
        return {"widths": dict(self._widths), "hidden": sorted(self._hidden)}

    def menu(self, parent: QWidget) -> QMenu:
        """Make the chooser: a check beside every column that may be hidden."""
        menu = QMenu(parent)
        menu.setAccessibleName("Columns")
        for column in self._columns:
            action = menu.addAction(text.literal(column.header))
            action.setCheckable(True)
            action.setChecked(column.id not in self._hidden)
            action.setEnabled(column.optional)
            action.toggled.connect(lambda on, name=column.id: self.show(name, on=on))
        return menu

    def show(self, column_id: str, *, on: bool) -> None:
        """Show or hide a column."""
        (self._hidden.discard if on else self._hidden.add)(column_id)
        self.fit()
        self.changed.emit(self.choice())

    def _resized(self, section: int, _old: int, new: int) -> None:
        if not self._fitting and new > 0:
            self._widths[self._columns[section].id] = round(new / look().scale)
            self.changed.emit(self.choice())

    def fit(self) -> None:
        """Give every column its width, drop optional ones while room is short, share out what is left."""
        room = self._view.viewport().width()
        wide = {c.id: look().px(self._widths.get(c.id, c.width)) for c in self._columns}
        shown = [c for c in self._columns if c.id not in self._hidden]
        while sum(wide[c.id] for c in shown) > room and any(c.optional for c in shown):
            shown.remove([c for c in shown if c.optional][-1])
        stretching = [c for c in shown if c.stretch]
        spare = max(0, room - sum(wide[c.id] for c in shown))
        for at, column in enumerate(stretching):
            wide[column.id] += spare // len(stretching) + (spare % len(stretching) if at == 0 else 0)
        self._fitting = True
        for section, column in enumerate(self._columns):
            self._header.setSectionHidden(section, column not in shown)
            if column in shown:
                self._header.resizeSection(section, wide[column.id])
        self._fitting = False
