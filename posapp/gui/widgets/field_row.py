"""Fields side by side while there is room, beneath each other where the window is narrow or the text large."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget, QWidgetItem

from posapp.gui import metrics
from posapp.gui.theme import look
from posapp.gui.widgets.base import Item, Themed
from posapp.gui.widgets.flow import Flow


def flow(*items: Item, spacing: int = metrics.S12) -> Flow:
    """Lay widgets side by side, beneath each other where there is too little room; without a margin."""
    made = Flow(*items, spacing=spacing)
    made.setContentsMargins(0, 0, 0, 0)
    return made


class FieldRow(Themed, QWidget):
    """Widgets side by side with their stretches; beneath each other where there is less room than `wide` pixels.

    With `middle` their middles stand on one line, as in the row of a list.
    """

    def __init__(
        self,
        *fields: tuple[QWidget, int],
        wide: int,
        spacing: int = metrics.CARD_GAP,
        middle: bool = False,
    ) -> None:
        super().__init__()
        self._wide = wide
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(spacing)
        self._fields = [field for field, _ in fields]
        for field, stretch in fields:
            self._box.addWidget(field, stretch)
            if middle:
                self._box.setAlignment(field, Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def look_changed(self) -> None:
        """Larger text needs more room."""
        self._turn()

    def minimumSizeHint(self) -> QSize:
        """At least one field a line."""
        hint = super().minimumSizeHint()
        widest = max((QWidgetItem(field).minimumSize().width() for field in self._fields), default=0)
        return QSize(widest, hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn when there is room, or too little."""
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        kinds = QBoxLayout.Direction
        beside = self.width() >= look().px(self._wide)
        self._box.setDirection(kinds.LeftToRight if beside else kinds.TopToBottom)
