"""Blocks of paper into the bytes of ESC/POS, as nearly all receipt printers speak it.

What the printer's own letters can say goes as text; a line with any other sign (₦, a tone mark, Arabic) is drawn
whole and sent as a picture. No byte of a text is ever a command: what could be one is a picture too.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from PIL import Image

from posapp.devices.library import Dummy
from posapp.domain.paper import (
    COLUMNS,
    DOTS_PER_COLUMN,
    Bitmap,
    Block,
    Cell,
    Cut,
    Feed,
    Line,
    Picture,
    Rule,
    columns_of,
    scrubbed,
)

Draw = Callable[[Line, int], Bitmap]  # a line, and how many columns it has
_CODECS = {"ascii": "ascii", "cp437": "cp437", "cp850": "cp850", "cp858": "cp858", "cp1252": "cp1252"}
_NO_CHINESE = b"\x1c."  # many printers take pairs of high bytes for Chinese until they are told
_RULE_DOTS = 12  # high
_THICK_DOTS = 2
_TAKES_BACK = str.maketrans(
    {"−": "-", "–": "-", "—": "-", "×": "x", "…": "..", "·": "-", "’": "'", "‘": "'", "“": '"', "”": '"'}
)
"""Signs that have a plain one of the same meaning; a whole line need not be drawn for them."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """How this printer is spoken to. `code_page` "picture": every line is drawn; "ascii": what all printers have."""

    paper_mm: Literal[58, 80] = 80
    code_page: str = "ascii"
    cut: bool = True

    @property
    def columns(self) -> int:
        """Signs on a line."""
        return COLUMNS[self.paper_mm]

    @property
    def dots(self) -> int:
        """Dots on a line."""
        return self.columns * DOTS_PER_COLUMN


class _Roll(Dummy):  # type: ignore[misc]  # python-escpos is not typed strictly
    """A roll of paper that is written in memory."""

    face = (False, 1)

    def face_of(self, line: Line) -> None:
        """Write in the face of a line, if it is another than the one before."""
        if (line.bold, line.size) != self.face:
            double = line.size == 2
            self.set(bold=line.bold, double_width=double, double_height=double, normal_textsize=not double)
            self.face = (line.bold, line.size)

    def raw(self, command: bytes) -> None:
        """Write a command that the library has no word for."""
        self._raw(command)


def render(blocks: Iterable[Block], sheet: Sheet, draw: Draw) -> bytes:
    """Give the bytes of a job; they begin by putting the printer back to its own settings."""
    roll = _Roll("narrow" if sheet.paper_mm == 58 else "default")
    roll.hw("INIT")
    if sheet.code_page not in ("ascii", "picture"):
        roll.raw(_NO_CHINESE)
    roll.charcode("CP437" if sheet.code_page in ("ascii", "picture") else sheet.code_page.upper())
    for block in blocks:
        _render(roll, block, sheet, draw)
    return bytes(roll.output)


def _render(roll: _Roll, block: Block, sheet: Sheet, draw: Draw) -> None:
    match block:
        case Line():
            words = _as_text(block, sheet)
            if words is None:
                _picture(roll, draw(block, sheet.columns), sheet)
            else:
                roll.face_of(block)
                roll.text(f"{words}\n")
        case Rule():
            _picture(roll, _rule(sheet.dots, double=block.double), sheet)
        case Picture():
            _picture(roll, block.bitmap, sheet)
        case Feed():
            roll.ln(block.lines)
        case Cut():
            if sheet.cut:
                roll.cut(mode="PART")
            else:
                roll.print_and_feed(6)


def _as_text(line: Line, sheet: Sheet) -> str | None:
    """The line in the printer's own letters; None where it has no letter for a sign of it."""
    if sheet.code_page == "picture":
        return None
    words = set_out(line.cells, sheet.columns, line.size).translate(_TAKES_BACK)
    try:
        encoded = words.encode(_CODECS[sheet.code_page])
    except UnicodeEncodeError:
        return None
    # The last gate: nothing below a space, and no delete, however it came here.
    return words if all(byte >= 0x20 and byte != 0x7F for byte in encoded) else None


def set_out(cells: Sequence[Cell], columns: int, size: int) -> str:
    """Put the words of cells into their columns with spaces; what is too long for its cell is cut."""
    room = columns // size
    line = [" "] * room
    for cell in cells:
        start, width = cell.start // size, min(cell.width // size, room - cell.start // size)
        words = scrubbed(cell.words).translate(_TAKES_BACK)[:width]
        space = width - columns_of(words)
        lead = {"left": 0, "right": space, "centre": space // 2}[cell.side]
        line[start + lead : start + lead + len(words)] = words
    return "".join(line).rstrip()


def _rule(dots: int, *, double: bool) -> Bitmap:
    black, white = b"\xff" * ((dots + 7) // 8), b"\x00" * ((dots + 7) // 8)
    inner = [black] * _THICK_DOTS
    rows = [*inner, *([white] * 2), *inner] if double else inner
    above = (_RULE_DOTS - len(rows)) // 2
    rows = [white] * above + rows + [white] * (_RULE_DOTS - len(rows) - above)
    return Bitmap(dots, _RULE_DOTS, b"".join(rows))


def _picture(roll: _Roll, bitmap: Bitmap, sheet: Sheet) -> None:
    """Send dots, in the middle where they are narrower than the paper."""
    if bitmap.width > sheet.dots or not bitmap.height:
        return
    black = Image.frombytes("1", (bitmap.width, bitmap.height), bitmap.rows)
    # The library prints what is dark, and 1 is light to it.
    roll.image(black.point(lambda dot: 0 if dot else 255), center=True)
