"""Units chosen line by line: how many of the missing ones to fulfil and to refund, or how many to hand over."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from posapp.gui import text
from posapp.gui.fonts import Type
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.toggles import Stepper


@dataclass(frozen=True, slots=True)
class UnitsLine:
    """A line to choose for: at most `most` units over all columns together; `start` stands in the first.

    `limits` are lower ones of single columns; a column with the limit 0 is not offered for the
    line. `starts` are the numbers that columns begin with instead.
    """

    line_id: str
    name: str
    note: str
    most: int
    start: int = 0
    limits: tuple[tuple[str, int], ...] = ()
    starts: tuple[tuple[str, int], ...] = ()


class UnitsForm(QWidget):
    """A row for each line, a stepper for each column. `changed` tells that a number is another one."""

    changed = Signal()

    def __init__(self, columns: Sequence[str]) -> None:
        super().__init__()
        self._columns = tuple(columns)
        self._lines: tuple[UnitsLine, ...] = ()
        self._steppers: dict[tuple[str, str], Stepper] = {}
        self._cells: list[QWidget] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)

    def show_columns(self, columns: Sequence[str]) -> None:
        """Offer other columns; the numbers of those that stay are kept at the next lines."""
        if tuple(columns) != self._columns:
            self._columns = tuple(columns)
            lines, self._lines = self._lines, ()
            self.show_lines(lines)

    def forget(self) -> None:
        """Show nothing, and begin anew at the next lines."""
        self.show_lines(())

    def show_lines(self, lines: Sequence[UnitsLine]) -> None:
        """Offer these lines; numbers of lines that stay are kept as far as they still fit."""
        if tuple(lines) == self._lines:
            return
        kept = {key: stepper.value() for key, stepper in self._steppers.items()}
        known = {line.line_id for line in self._lines}
        for cell in self._cells:
            cell.hide()
            cell.deleteLater()
        self._lines, self._steppers, self._cells = tuple(lines), {}, []
        for at, line in enumerate(lines):
            self._add(at, line, kept if line.line_id in known else {})
        self._grid.setColumnStretch(1 + 2 * len(self._columns), 1)

    def _add(self, at: int, line: UnitsLine, kept: dict[tuple[str, str], int]) -> None:
        name = text.outside(line.name, 60)
        label = Label(name)
        note = Label(line.note, Type.SMALL, ink="muted")
        self._grid.addWidget(label, at, 0)
        self._grid.addWidget(note, at, 1 + 2 * len(self._columns))
        self._cells += [label, note]
        limits, starts, spare = dict(line.limits), dict(line.starts), line.most
        for place, column in enumerate(self._columns):
            most = min(line.most, limits.get(column, line.most))
            if not most:
                continue
            first = starts.get(column, line.start if place == 0 else 0)
            stepper = Stepper(f"{column} {name}", most=most)
            stepper.setObjectName(f"{column.lower().replace(' ', '_')}_{at + 1}")
            stepper.setValue(min(most, spare, kept.get((line.line_id, column), first)))
            spare -= stepper.value()
            stepper.valueChanged.connect(partial(self._moved, line, column))
            word = Label(column, Type.SMALL, ink="muted")
            self._steppers[line.line_id, column] = stepper
            self._grid.addWidget(word, at, 1 + 2 * place)
            self._grid.addWidget(stepper, at, 2 + 2 * place)
            self._cells += [word, stepper]

    def _moved(self, line: UnitsLine, column: str, value: int) -> None:
        """Take from the other columns what would be too much together."""
        spare = line.most - value
        for other in self._columns:
            stepper = self._steppers.get((line.line_id, other))
            if other != column and stepper is not None:
                stepper.blockSignals(True)
                stepper.setValue(min(stepper.value(), spare))
                stepper.blockSignals(False)
                stepper.update()
                spare -= stepper.value()
        self.changed.emit()

    def focus_first(self) -> None:
        """Put the focus into the first number."""
        if self._steppers:
            next(iter(self._steppers.values())).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def stops(self) -> tuple[QWidget, ...]:
        """Give what Tab stops at, in order."""
        return tuple(self._steppers.values())

    def units(self, column: str) -> dict[str, int]:
        """Give the numbers of a column by line id; lines with none are left out."""
        found = {line_id: each.value() for (line_id, of), each in self._steppers.items() if of == column}
        return {line_id: units for line_id, units in found.items() if units}
