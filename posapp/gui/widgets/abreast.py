"""Two parts side by side, beneath each other where large text or a narrow window leaves no room."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from posapp.gui.widgets.base import row


class Abreast(QWidget):
    """`shares` says how the width is divided. `least` is what the first needs to stand beside the other, in pixels."""

    def __init__(
        self, first: QWidget, second: QWidget, *, spacing: int, shares: tuple[int, int], least: int = 0
    ) -> None:
        super().__init__()
        self._parts, self._least = (first, second), least
        self._box = row(first, second, spacing=spacing)
        for place, share in enumerate(shares):
            self._box.setStretch(place, share)
        self.setLayout(self._box)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the wider of the two."""
        least = max(part.minimumSizeHint().width() for part in self._parts)
        return QSize(least, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Look whether both fit."""
        super().resizeEvent(event)
        first, second = (part.minimumSizeHint().width() for part in self._parts)
        fits = self.width() >= max(first, self._least) + second + self._box.spacing()
        way = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        if self._box.direction() != way:
            self._box.setDirection(way)
