"""The F1 sheet: every shortcut, made from the one table."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QGridLayout, QWidget

from posapp.gui import keys
from posapp.gui.fonts import Type
from posapp.gui.widgets.badge import Keycap
from posapp.gui.widgets.base import STRETCH, row
from posapp.gui.widgets.button import Button
from posapp.gui.widgets.dialog import DialogShell
from posapp.gui.widgets.label import Label


class ShortcutsSheet(DialogShell):
    """Two columns of keys and what they do, by where they hold."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Keyboard shortcuts", parent, size=QSize(720, 520))
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        for group, where in enumerate(dict.fromkeys(key.where for key in keys.KEYS)):
            self._add_group(grid, where, 0 if group == 0 else 2)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        self.add(grid, STRETCH)
        way_out = Button("Close", shortcut="Esc")
        self.set_footer(way_out, STRETCH)
        way_out.setFocus()

    def _add_group(self, grid: QGridLayout, where: str, left: int) -> None:
        at = 0
        while grid.itemAtPosition(at, left) is not None:
            at += 1
        if at:
            grid.setRowMinimumHeight(at, 12)
            at += 1
        grid.addWidget(Label(where, Type.SECTION), at, left, 1, 2)
        for key in (key for key in keys.KEYS if key.where == where):
            at += 1
            caps = [Keycap("Enter" if s == "Return" else s) for s in key.sequences]
            holder = QWidget()
            holder.setLayout(row(*caps, STRETCH, spacing=4))
            grid.addWidget(holder, at, left)
            grid.addWidget(Label(key.words), at, left + 1)
