"""A frame that lights up for a moment: a scan was taken, or nothing knows its code."""

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QWidget

from posapp.gui.theme import look

FLASH_MS = 300
_EDGE = 4


class Flash(QWidget):
    """Seen from the corner of an eye that looks at the goods. It stands still and never comes faster than it goes.

    Only the frame itself is drawn anew, so that a scan costs no more than before.
    """

    def __init__(self, parent: QWidget, *, known: bool) -> None:
        super().__init__(parent)
        self._known = known
        self.setObjectName("flash_known" if known else "flash_unknown")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(parent.rect())
        inner = self.rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        self.setMask(QRegion(self.rect()) - QRegion(inner))
        QTimer.singleShot(FLASH_MS, self, self.deleteLater)
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the frame: the mask leaves nothing else of it."""
        tokens = look().tokens
        painter = QPainter(self)
        painter.fillRect(QRect(self.rect()), tokens.ok if self._known else tokens.danger)
        painter.end()


def flash(over: QWidget, *, known: bool) -> None:
    """Light the frame of a page or a dialog; one that is still lit goes first."""
    for old in over.findChildren(Flash, options=Qt.FindChildOption.FindDirectChildrenOnly):
        old.hide()
        old.deleteLater()
    Flash(over, known=known)
