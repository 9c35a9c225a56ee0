"""The F1 sheet: every shortcut, made from the one table."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QGridLayout, QWidget

from posapp.gui import keys
from posapp.gui.fonts import Type
from posapp.gui.widgets.badge import Keycap
from posapp.gui.widgets.base import STRETCH, column, row
from posapp.gui.widgets.button import Button
from posapp.gui.widgets.dialog import DialogShell
from posapp.gui.widgets.label import Label


class ShortcutsSheet(DialogShell):
    """Columns of keys and what they do, by where they hold: everywhere, in lists and orders, at the counter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Keyboard shortcuts", parent, size=QSize(1120, 640))
        columns = ((keys.EVERYWHERE,), (keys.LISTS, keys.ORDER, keys.PAY), (keys.SELL,))
        sides = row(*(_groups(places) for places in columns), spacing=32)
        for place in range(len(columns)):
            sides.setStretch(place, 1)
        self.add(sides, STRETCH)
        way_out = Button("Close", shortcut="Esc")
        self.set_footer(way_out, STRETCH)
        way_out.setFocus()


def _groups(places: Sequence[str]) -> QWidget:
    """Give the keys of some places beneath each other."""
    side = QWidget()
    box = column(spacing=8)
    for place in places:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for at, key in enumerate(key for key in keys.KEYS if key.where == place):
            holder = QWidget()
            holder.setLayout(
                row(*(Keycap(keys.short(s)) for s in keys.sequences(key.id)), STRETCH, spacing=4)
            )
            grid.addWidget(holder, at, 0)
            grid.addWidget(Label(key.words, wrap=True), at, 1)
        box.addWidget(Label(place, Type.SECTION))
        box.addLayout(grid)
        box.addSpacing(8)
    box.addStretch(1)
    side.setLayout(box)
    return side
