"""Bringing missing units from other locations: a number for each line and each location that has some free."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.gui import text
from posapp.gui.dialogs.units_form import UnitsForm, UnitsLine
from posapp.gui.widgets.base import column
from posapp.queries.detail_rows import LineFacts, OrderDetails


class BringForm(QWidget):
    """Offers what could be brought. `changed` tells that a number is another one."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.units = UnitsForm(())
        self._places: dict[str, str] = {}  # column: location id
        self.setLayout(column(self.units))
        self.units.changed.connect(self.changed)

    def offer(self, details: OrderDetails, *, proposed: bool) -> bool:
        """Offer the short lines whose goods are free elsewhere; `proposed`: begin with all that is missing here.

        Says whether there is anything to offer. Numbers that were chosen stay as far as they fit.
        """
        lines = [line for line in details.lines if line.elsewhere]
        self._places = {_column(place.name): place.location_id for line in lines for place in line.elsewhere}
        self.units.show_columns(tuple(self._places))
        self.units.show_lines([self._line(line, proposed=proposed) for line in lines])
        return bool(lines)

    def _line(self, line: LineFacts, *, proposed: bool) -> UnitsLine:
        free = {_column(place.name): place.units for place in line.elsewhere}
        missing = line.short - line.fillable if proposed else 0
        starts = []
        for name in self._places:
            start = min(missing, free.get(name, 0))
            missing -= start
            starts.append((name, start))
        limits = tuple((name, free.get(name, 0)) for name in self._places)
        return UnitsLine(
            line.line_id, line.name, _note(line), line.short, limits=limits, starts=tuple(starts)
        )

    def forget(self) -> None:
        """Begin anew at the next offer."""
        self.units.forget()

    def chosen(self) -> dict[str, dict[str, int]]:
        """Give units by line id and location id."""
        found: dict[str, dict[str, int]] = {}
        for name, location_id in self._places.items():
            for line_id, units in self.units.units(name).items():
                found.setdefault(line_id, {})[location_id] = units
        return found


def _column(name: str) -> str:
    return f"From {text.outside(name, 40)}"


def _note(line: LineFacts) -> str:
    free = [text.number(place.units) for place in line.elsewhere]
    if len(free) > 1:
        pairs = zip(free, line.elsewhere, strict=True)
        free = [f"{units} in {text.outside(place.name, 40)}" for units, place in pairs]
    return f"of {text.number(line.short)} missing, free: {', '.join(free)}"
