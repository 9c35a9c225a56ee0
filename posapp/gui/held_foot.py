"""The rail's foot for held sales, and what goes wrong with their files, said in the window."""

from PySide6.QtCore import QObject, Qt, Signal

from posapp.drafts import Drafts
from posapp.gui import text
from posapp.gui.widgets.rail_foot import RailFoot


class HeldFoot(QObject):
    """`pressed` asks for the held sales, `trouble` tells in words what could not be read or saved."""

    pressed = Signal()
    trouble = Signal(str)
    _failed = Signal(str)

    def __init__(self, drafts: Drafts, parent: QObject) -> None:
        super().__init__(parent)
        self._drafts = drafts
        self.foot = RailFoot("pause")
        self.foot.setObjectName("held_sales")
        self.foot.hide()
        self.foot.clicked.connect(self.pressed)
        self._failed.connect(self.trouble, Qt.ConnectionType.QueuedConnection)
        drafts.trouble = self._failed.emit
        drafts.listeners.append(self.show_held)

    def show_held(self) -> None:
        """Say how many sales are held; none takes no room."""
        held = len(self._drafts.held())
        self.foot.say("Held sales", text.number(held))
        self.foot.setVisible(held > 0)

    def start(self) -> None:
        """The window is there: say what was found, and what could not be read."""
        self.show_held()
        for complaint in self._drafts.found.complaints:
            self.trouble.emit(complaint)

    def leave(self) -> None:
        """Listen no longer, once everything is on the disk."""
        self._drafts.listeners.remove(self.show_held)
        self._drafts.finish()
