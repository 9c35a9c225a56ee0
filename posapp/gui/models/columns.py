"""What a table shows, declared as data: a page lists its columns, the model and the view do the rest."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from posapp.gui.chips import Chip

Row = TypeVar("Row")


class Align(StrEnum):
    """Words left, numbers right; the header stands on the same line."""

    LEFT = "left"
    RIGHT = "right"


class Style(StrEnum):
    """How a column's words are set."""

    PLAIN = "plain"
    MUTED = "muted"  # second facts
    MEDIUM = "medium"  # the number or name one looks for: 500
    STRONG = "strong"  # money or units that count: 600


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is more than one text. Everything in it is shown as plain text.

    `after` follows in muted, `below` is a second line in small; `ink` names a token for icon and text, such
    as "attention" for short units; `style` differs from the column's for this cell only.
    """

    text: str = ""
    after: str = ""
    below: str = ""
    icon: str | None = None
    chip: Chip | None = None
    ink: str | None = None
    style: Style | None = None

    @property
    def spoken(self) -> str:
        """Say all of it, in the order it is read."""
        return " ".join(
            part for part in (self.chip.word if self.chip else "", self.text, self.after, self.below) if part
        )


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column: its header, and how a row becomes its cell: a text, a `Chip` or a `Cell`.

    `width` in pixels at 100 % text; of the columns that `stretch`, the room left over is shared. `key` names
    the column in what is remembered and in `sort_requested`; a column with `sortable` answers a click on its
    header. `spoken` is what a screen reader says instead of the cell's words. `optional` columns can be
    hidden by a person, and give way (last first) when room is short.
    """

    header: str
    cell: Callable[[Row], str | Chip | Cell]
    align: Align = Align.LEFT
    style: Style = Style.PLAIN
    width: int = 120
    stretch: bool = False
    optional: bool = False
    sortable: bool = False
    figures: bool = True
    key: str = ""
    spoken: Callable[[Row], str] | None = field(default=None, compare=False)

    @property
    def id(self) -> str:
        """Give the name by which the column is remembered."""
        return self.key or self.header

    def of(self, row: Row) -> Cell:
        """Make the row's cell."""
        made = self.cell(row)
        if isinstance(made, str):
            return Cell(made)
        return Cell(chip=made) if isinstance(made, Chip) else made
