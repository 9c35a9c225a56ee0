"""Small tables of the product panel: what each location has, and what a bundle is made of."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from posapp.gui import text
from posapp.gui.fonts import MEDIUM, Type, alignment
from posapp.gui.widgets.label import Label
from posapp.queries.bundles import Component
from posapp.queries.locations import LevelRow


class SmallTable(QWidget):
    """Rows of a name and numbers under their heads; each number is told with its head to a screen reader."""

    def __init__(self, heads: Sequence[str]) -> None:
        super().__init__()
        self._heads = tuple(heads)
        self._cells: list[QWidget] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)

    def show_rows(self, rows: Sequence[tuple[str, ...]], *, strong: int = -1) -> None:
        """Show rows, none at all hides it; the row `strong` stands out."""
        for cell in self._cells:
            cell.hide()
            cell.deleteLater()
        self._cells = []
        for place, head in enumerate(self._heads):
            self._put(Label(head, Type.CAPTION, ink="muted"), 0, place)
        for at, cells in enumerate(rows):
            for place, words in enumerate(cells):
                label = Label(words, Type.SMALL, weight=MEDIUM if at == strong else None, figures=place > 0)
                if place:
                    label.setAccessibleName(f"{cells[0]}, {self._heads[place]}: {words}")
                else:
                    label.setWordWrap(True)
                self._put(label, at + 1, place)
        self.setVisible(bool(rows))

    def _put(self, label: Label, at: int, place: int) -> None:
        if place:
            label.setAlignment(alignment(right=True))
        self._grid.addWidget(label, at, place, Qt.AlignmentFlag.AlignVCenter)
        self._cells.append(label)


class LevelsTable(SmallTable):
    """What each location has of an item; the one that the list shows stands out."""

    def __init__(self) -> None:
        super().__init__(("Location", "On shelf", "Promised", "Free"))

    def show_levels(self, levels: Sequence[LevelRow], shown: str) -> None:
        """Show them; one alone says nothing that the figures above do not."""
        rows = [
            (
                text.outside(level.location, 40),
                text.number(level.on_hand),
                text.number_or_nothing(level.allocated),
                text.number(level.available),
            )
            for level in levels
        ]
        at = next((i for i, level in enumerate(levels) if level.location_id == shown), -1)
        self.show_rows(rows if len(rows) > 1 else (), strong=at)


class ComponentsTable(SmallTable):
    """What a bundle is made of, and how many of each are free."""

    def __init__(self) -> None:
        super().__init__(("Made of", "In each", "Free"))

    def show_components(self, components: Sequence[Component]) -> None:
        """Show them."""
        self.show_rows(
            [
                (
                    text.outside(part.name, 60),
                    text.number(part.units),
                    text.number(part.free) if part.tracked else text.NOTHING,
                )
                for part in components
            ]
        )
