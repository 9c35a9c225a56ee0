"""The F1 sheet: every shortcut, made from the one table."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSlider, QGridLayout, QWidget

from posapp.gui import keys
from posapp.gui.fonts import Type
from posapp.gui.widgets.badge import Keycap
from posapp.gui.widgets.base import STRETCH, column, row
from posapp.gui.widgets.button import Button
from posapp.gui.widgets.dialog import DialogShell
from posapp.gui.widgets.label import Label

_BY = QAbstractSlider.SliderAction
_SCROLLS = {
    Qt.Key.Key_Down: _BY.SliderSingleStepAdd,
    Qt.Key.Key_Up: _BY.SliderSingleStepSub,
    Qt.Key.Key_PageDown: _BY.SliderPageStepAdd,
    Qt.Key.Key_PageUp: _BY.SliderPageStepSub,
    Qt.Key.Key_Home: _BY.SliderToMinimum,
    Qt.Key.Key_End: _BY.SliderToMaximum,
}


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
        way_out.installEventFilter(self)
        way_out.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Scroll by the keys that scroll: with large text not everything is in view."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _SCROLLS:
            self.middle.verticalScrollBar().triggerAction(_SCROLLS[Qt.Key(event.key())])
            return True
        return False


def _groups(places: Sequence[str]) -> QWidget:
    """Give the keys of some places beneath each other."""
    side = QWidget()
    box = column(spacing=8)
    for place in places:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
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
