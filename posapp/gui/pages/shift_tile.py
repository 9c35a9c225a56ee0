"""The dashboard's tile of the shift: whether one is open, since when, by whom."""

from posapp.gui import text
from posapp.gui.parts import Parts
from posapp.gui.widgets.tile import Tile
from posapp.queries.shifts import last_closed, open_shift_of


class ShiftTile(Tile):
    """Opens the page of the shift."""

    def __init__(self, parts: Parts) -> None:
        super().__init__("Shift", icon="clock")
        self._parts = parts

    def refresh(self) -> None:
        """Ask whether a shift is open."""
        reader, zone, now = self._parts.reader, self._parts.shop.zone, self._parts.clock()
        shift = open_shift_of(reader)
        if shift is not None:
            since = text.when(shift.opened_at, zone, now)
            self.set_value(f"Open since {since}", f"By {text.outside(shift.opened_by, 40)}")
            return
        last = last_closed(reader)
        closed = "" if last is None or last.closed_at is None else text.when(last.closed_at, zone, now)
        self.set_value(
            "None open",
            f"Z {last.z_number} closed {closed}" if last and closed else "Open one to count the cash",
        )
