"""A scroll bar that lies over its view and takes no room, so that rows and header keep the whole width."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar

_WIDE = 12


class OverlayBar(QScrollBar):
    """Moves with the view's own vertical bar, which is switched off."""

    def __init__(self, view: QAbstractScrollArea) -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self._view = view
        self._own = view.verticalScrollBar()
        view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Scroll")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._own.rangeChanged.connect(self._follow)
        self._own.valueChanged.connect(self.setValue)
        self.valueChanged.connect(self._own.setValue)
        view.viewport().installEventFilter(self)
        self._follow()

    def _follow(self) -> None:
        self.setRange(self._own.minimum(), self._own.maximum())
        self.setPageStep(self._own.pageStep())
        self.setSingleStep(self._own.singleStep())
        self.setVisible(self._own.maximum() > 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the right edge of what is shown."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            shown = self._view.viewport().geometry()
            self.setGeometry(shown.right() + 1 - _WIDE, shown.top(), _WIDE, shown.height())
            self._follow()
            self.raise_()
        return False
