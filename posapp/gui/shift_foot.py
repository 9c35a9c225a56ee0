"""The rail's foot says whether a shift is open and since when, and opens the page of the shift."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from posapp.gui import keys, text
from posapp.gui.main_window import MainWindow
from posapp.gui.parts import Parts
from posapp.gui.widgets.rail_foot import RailFoot
from posapp.queries.shifts import open_shift_of


class ShiftFoot(QObject):
    """Holds nothing that the database does not."""

    def __init__(self, window: MainWindow, parts: Parts, open_page: Callable[[str], object]) -> None:
        super().__init__(window)
        self._parts = parts
        self.foot = RailFoot("clock")
        self.foot.setObjectName("shift_foot")
        window.rail.add_foot(self.foot)
        self.foot.clicked.connect(lambda: open_page("shift"))
        keys.bind(window, "shift", lambda: open_page("shift"))
        parts.changes.changed.connect(self._news)
        self._say()

    def _news(self, names: frozenset[str], _events: tuple[object, ...]) -> None:
        if names & {"ShiftChanged", "SettingsChanged"}:
            self._say()

    def _say(self) -> None:
        shift = open_shift_of(self._parts.reader)
        if shift is None:
            self.foot.say("No shift open")
        else:
            self.foot.say(
                f"Shift open {text.when(shift.opened_at, self._parts.shop.zone, self._parts.clock())}"
            )
