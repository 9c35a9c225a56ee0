"""The Z on the receipt printer's roll: the same lines as in the window and in its PDF."""

from posapp.domain.paper import Block, Cell, Cut, Feed, Line, Rule, pair, whole_line, wrapped
from posapp.domain.shift_report import ShiftReport
from posapp.gui import text
from posapp.gui.paper_receipt import heading, large, marks
from posapp.gui.paper_sheet import Sheet
from posapp.gui.shift_words import report_lines, report_name


def z_blocks(
    report: ShiftReport, sheet: Sheet, *, copy: bool = False, torn: bool = False
) -> tuple[Block, ...]:
    """Set a closed shift out, up to its cut; who counted and who checked sign beneath."""
    columns = sheet.columns
    blocks: list[Block] = [
        *heading(report.shop, sheet),
        *marks(sheet, copy=copy, torn=torn),
        Rule(),
        *large(report_name(report), f"Till {text.outside(report.till, 8)}", columns),
        *_when(report, sheet),
    ]
    for line in report_lines(report):
        words = text.outside(line.words, 80)
        if line.is_head:
            blocks += [Rule(), *whole_line(words, columns, bold=True)]
            continue
        amount = "" if line.amount_minor is None else text.amount(line.amount_minor, report.currency)
        blocks += pair(words, amount, columns, bold=line.is_sum)
        if line.detail:
            detail = wrapped(text.outside(line.detail, 200), columns - 2)
            blocks += [Line((Cell(words, 2, columns - 2),)) for words in detail]
    blocks += [Rule(), Feed(2), *whole_line("Counted by ______________", columns)]
    blocks += [Feed(2), *whole_line("Checked by ______________", columns), Cut()]
    return tuple(blocks)


def _when(report: ShiftReport, sheet: Sheet) -> list[Block]:
    """From when to when, and by whom."""
    people = [("Opened", report.opened_at, report.opened_by), ("Closed", report.at, report.closed_by)]
    blocks: list[Block] = []
    for what, at, who in people:
        moment = f"{text.date(at, sheet.zone)} {text.clock(at, sheet.zone)}"
        blocks += whole_line(f"{what} {moment} by {text.outside(who, 40)}", sheet.columns)
    if report.approved_by:
        blocks += whole_line(f"Allowed by {text.outside(report.approved_by, 40)}", sheet.columns)
    if report.goes_on_from_z:
        blocks += whole_line(f"Goes on from Z {report.goes_on_from_z}", sheet.columns)
    return blocks
