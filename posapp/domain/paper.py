"""What stands on a strip of paper: lines in columns, rules, pictures, a cut. No printer and no typeface is known here.

A column is as wide as one sign of the printer's own letters: 32 of them on paper of 58 mm, 48 on 80 mm.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

COLUMNS = {58: 32, 80: 48}  # by the width of the paper in millimetres
DOTS_PER_COLUMN = 12
Side = Literal["left", "right", "centre"]
# Invisible marks that join signs to one: they take no room and must not be parted from their sign.
_JOINERS = "\u200c\u200d"


@dataclass(frozen=True, slots=True)
class Cell:
    """Words in a stretch of columns of one line."""

    words: str
    start: int
    width: int
    side: Side = "left"


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `size` 2 has signs twice as wide and high; its columns are counted in single ones."""

    cells: tuple[Cell, ...]
    bold: bool = False
    size: Literal[1, 2] = 1


@dataclass(frozen=True, slots=True)
class Rule:
    """A line drawn across."""

    double: bool = False


@dataclass(frozen=True, slots=True)
class Bitmap:
    """Dots, black or white. `rows`: one bit a dot, 1 is black, each row filled up to whole bytes."""

    width: int
    height: int
    rows: bytes

    def __post_init__(self) -> None:
        """See that there are as many bytes as there must be."""
        if len(self.rows) != (self.width + 7) // 8 * self.height:
            raise ValueError("a bitmap has as many bytes as its rows need")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the middle of the paper."""

    bitmap: Bitmap


@dataclass(frozen=True, slots=True)
class Feed:
    """Empty lines."""

    lines: int = 1


@dataclass(frozen=True, slots=True)
class Cut:
    """The end of a sheet."""


Block = Line | Rule | Picture | Feed | Cut


def scrubbed(words: str) -> str:
    """Take out what no line of paper holds: control characters, line ends, direction overrides.

    This is the gate behind which a product's name can never be a command to the printer.
    """
    kept = (
        " " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign
        for sign in words
        if sign in _JOINERS or unicodedata.category(sign) not in ("Cf", "Cs", "Co", "Cn")
    )
    return " ".join("".join(kept).split())


def columns_of(words: str) -> int:
    """How many columns words take: none for a tone mark on its letter, two for a sign of Chinese."""
    return sum(_wide(sign) for sign in words)


def _wide(sign: str) -> int:
    if sign in _JOINERS or unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in ("W", "F") else 1


def wrapped(words: str, width: int, *, most: int = 0) -> tuple[str, ...]:
    """Break words into lines of at most `width` columns, between words where that can be.

    With `most`, what does not fit into so many lines ends in "..". Empty words give one empty line.
    """
    lines = [""]
    for word in scrubbed(words).split():
        for piece in _pieces(word, width):
            joined = f"{lines[-1]} {piece}" if lines[-1] else piece
            if columns_of(joined) <= width:
                lines[-1] = joined
            else:
                lines.append(piece)
    if most and len(lines) > most:
        last = lines[most - 1]
        while last and columns_of(last) > width - 2:
            last = last[:-1]
        lines = [*lines[: most - 1], f"{last.rstrip()}.."]
    return tuple(lines)


def _pieces(word: str, width: int) -> Iterable[str]:
    """Cut a word that is longer than a line, never between a letter and its marks."""
    piece = ""
    for sign in word:
        if piece and columns_of(piece + sign) > width:
            yield piece
            piece = ""
        piece += sign
    yield piece


def whole_line(words: str, columns: int, *, side: Side = "left", bold: bool = False) -> tuple[Line, ...]:
    """Words over the whole width, on as many lines as they need."""
    return tuple(Line((Cell(line, 0, columns, side),), bold) for line in wrapped(words, columns))


def pair(left: str, right: str, columns: int, *, bold: bool = False, indent: int = 0) -> tuple[Line, ...]:
    """Words at the left and figures at the right of the last of their lines; figures are never cut."""
    figures = scrubbed(right)
    room = columns - columns_of(figures) - 1
    if room < 8:  # no room beside them: beneath
        return (
            *whole_line(left, columns, bold=bold),
            Line((Cell(figures, 0, columns, "right"),), bold),
        )
    lines = wrapped(left, room - indent)
    shown = [Line((Cell(line, indent, room - indent),), bold) for line in lines[:-1]]
    last = (Cell(lines[-1], indent, room - indent), Cell(figures, room, columns - room, "right"))
    return (*shown, Line(last, bold))
