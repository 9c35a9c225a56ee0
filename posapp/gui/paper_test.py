"""The test page: what a person looks at to see that printer, paper and settings fit."""

from posapp.domain.paper import Block, Cell, Cut, Feed, Line, Picture, Rule, pair, whole_line
from posapp.gui import text
from posapp.gui.paper_receipt import heading, large
from posapp.gui.paper_sheet import Sheet

_SCRIPTS = ("Ṣé o rí i? Ẹ kú àárọ̀", "Ndewo, kedu?  Ɗan Ƙasa Ƴar", "Crème brûlée, Ñandú, Żółw", "مرحبا بكم")


def test_blocks(shop: str, currency: str, sheet: Sheet) -> tuple[Block, ...]:
    """Set a test page out: both margins, figures at the right, other scripts, the code, the cut."""
    columns, shown = sheet.columns, text.money(1_250_000_00, currency)
    ruler = "".join(str(at % 10) for at in range(1, columns + 1))
    blocks: list[Block] = [
        *heading(shop, sheet),
        Rule(),
        *whole_line("Test page", columns, side="centre", bold=True),
        *whole_line(f"{columns} signs on a line, the last one at the edge:", columns),
        Line((Cell(ruler, 0, columns),)),
        *pair("Figures stand right", "12,500.00", columns),
        *pair("A long name of a product is wrapped over as many lines as it needs", "1,999.50", columns),
        *large("TOTAL", shown, columns),
        Rule(double=True),
    ]
    blocks += [line for words in _SCRIPTS for line in whole_line(words, columns)]
    if sheet.code is not None:
        blocks += [Feed(), Picture(sheet.code)]
    at = f"{text.date(sheet.now, sheet.zone)} {text.clock(sheet.now, sheet.zone)}"
    return (*blocks, *whole_line(at, columns, side="centre"), Cut())
