"""X and Z on A4: every figure of the report, one line each, as a PDF."""

from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtGui import QTextCursor, QTextDocument, QTextTable

from posapp.domain.shift_report import ShiftReport
from posapp.gui import text
from posapp.gui.fonts import REGULAR, SEMIBOLD
from posapp.gui.paper_a4 import BODY, LARGE, SMALL, begun, put, safe_name, say, table, write_pdf
from posapp.gui.shift_words import FigureLine, report_lines, report_name


def file_name(report: ShiftReport, zone: ZoneInfo) -> str:
    """Name the file: "z-12-till-A-2026-11-20.pdf"."""
    day = report.at.astimezone(zone).date().isoformat()
    kind = f"z-{report.z_number}" if report.z_number else "x"
    return f"{kind}-till-{safe_name(report.till)}-{day}.pdf"


def report_document(report: ShiftReport, zone: ZoneInfo) -> QTextDocument:
    """Set the report out: whose till, from when to when, and the figures in the order in which they are read."""
    document, cursor = begun(text.outside(report.shop, 60))
    say(cursor, f"{report_name(report)} · Till {text.outside(report.till, 20)}", LARGE, SEMIBOLD)
    for words in _when(report, zone):
        say(cursor, words, SMALL)
    say(cursor, "", 6)
    _figures(cursor, report)
    if report.pieces or report.loose_minor:
        say(cursor, f"Counted: {_pieces(report)}", SMALL)
    say(cursor, "", SMALL)
    say(cursor, "Counted by ____________________     Checked by ____________________", SMALL)
    return document


def save_report(report: ShiftReport, zone: ZoneInfo, path: Path) -> None:
    """Write the report as a PDF, whole or not at all. Raises `OSError`."""
    title = f"{report_name(report)} till {report.till}"
    write_pdf(report_document(report, zone), path, title=title)


def _when(report: ShiftReport, zone: ZoneInfo) -> list[str]:
    opened = f"Opened {text.when(report.opened_at, zone, report.at)} by {text.outside(report.opened_by, 60)}"
    at = f"{text.long_date(report.at, zone)} {report.at.astimezone(zone):%Y}, {text.clock(report.at, zone)}"
    lines = [f"{'Closed' if report.z_number else 'As of'} {at}", opened]
    if report.closed_by:
        allowed = f", allowed by {text.outside(report.approved_by, 60)}" if report.approved_by else ""
        lines.append(f"Closed by {text.outside(report.closed_by, 60)}{allowed}")
    if report.goes_on_from_z:
        lines.append(f"Goes on from Z {report.goes_on_from_z}")
    return lines


def _pieces(report: ShiftReport) -> str:
    parts = [
        f"{text.money(int(face), report.currency)} × {text.number(count)}"
        for face, count in sorted(report.pieces.items(), key=lambda piece: -int(piece[0]))
    ]
    if report.loose_minor:
        parts.append(f"coins and other {text.money(report.loose_minor, report.currency)}")
    return ", ".join(parts)


def _figures(cursor: QTextCursor, report: ShiftReport) -> None:
    lines = report_lines(report)
    figures = table(cursor, len(lines), (44, 34, 22), padding=4)
    decimals = text.needs_decimals((line.amount_minor or 0 for line in lines), report.currency)
    for at, line in enumerate(lines):
        amount = line.amount_minor
        said = "" if amount is None else text.amount(amount, report.currency, decimals=decimals)
        _row(figures, at, line, f"{said} {report.currency}" if line.is_sum else said)
    cursor.movePosition(QTextCursor.MoveOperation.End)


def _row(into: QTextTable, at: int, line: FigureLine, amount: str) -> None:
    weight = SEMIBOLD if line.is_head or line.is_sum else REGULAR
    size = BODY if line.is_head else SMALL
    for column, words in enumerate((line.words, line.detail, amount)):
        put(into, (at, column), words, size, weight, right=column == 2)
