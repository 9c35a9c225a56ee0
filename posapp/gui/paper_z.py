"""X and Z on A4: every figure of the report, one line each, as a PDF."""

from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QPageSize,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)

from posapp.domain.shift_report import ShiftReport
from posapp.gui import fonts, text
from posapp.gui.dialogs.packing_slip import safe_name, write_pdf
from posapp.gui.fonts import REGULAR, SEMIBOLD
from posapp.gui.shift_words import FigureLine, report_lines, report_name


def file_name(report: ShiftReport, zone: ZoneInfo) -> str:
    """Name the file: "z-12-till-A-2026-11-20.pdf"."""
    day = report.at.astimezone(zone).date().isoformat()
    kind = f"z-{report.z_number}" if report.z_number else "x"
    return f"{kind}-till-{safe_name(report.till)}-{day}.pdf"


def report_document(report: ShiftReport, zone: ZoneInfo) -> QTextDocument:
    """Set the report out: whose till, from when to when, and the figures in the order in which they are read."""
    document = QTextDocument()
    document.setDefaultFont(fonts.make_font(fonts.Type.BODY, None, figures=True, scale=1))
    cursor = QTextCursor(document)
    cursor.insertText(text.outside(report.shop, 60), _face(20, SEMIBOLD))
    _paragraph(cursor, f"{report_name(report)} · Till {text.outside(report.till, 20)}", 16, SEMIBOLD)
    for words in _when(report, zone):
        _paragraph(cursor, words, 12)
    _paragraph(cursor, "", 6)
    _figures(cursor, report)
    if report.pieces or report.loose_minor:
        _paragraph(cursor, f"Counted: {_pieces(report)}", 12)
    _paragraph(cursor, "", 12)
    _paragraph(cursor, "Counted by ____________________     Checked by ____________________", 12)
    return document


def save_report(report: ShiftReport, zone: ZoneInfo, path: Path) -> None:
    """Write the report as a PDF, whole or not at all. Raises `OSError`."""
    title = f"{report_name(report)} till {report.till}"
    write_pdf(report_document(report, zone), path, title=title, paper=QPageSize.PageSizeId.A4)


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
    format_ = QTextTableFormat()
    format_.setCellPadding(4)
    format_.setCellSpacing(0)
    format_.setBorder(0)
    format_.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    shares = [QTextLength(QTextLength.Type.PercentageLength, share) for share in (44, 34, 22)]
    format_.setColumnWidthConstraints(shares)
    table = cursor.insertTable(len(lines), 3, format_)
    decimals = text.needs_decimals((line.amount_minor or 0 for line in lines), report.currency)
    for at, line in enumerate(lines):
        amount = line.amount_minor
        said = "" if amount is None else text.amount(amount, report.currency, decimals=decimals)
        _row(table, at, line, f"{said} {report.currency}" if line.is_sum else said)
    cursor.movePosition(QTextCursor.MoveOperation.End)


def _row(table: QTextTable, at: int, line: FigureLine, amount: str) -> None:
    weight = SEMIBOLD if line.is_head or line.is_sum else REGULAR
    size = 14 if line.is_head else 12
    for column, words in enumerate((line.words, line.detail, amount)):
        cell = table.cellAt(at, column).firstCursorPosition()
        if column == 2:
            block = QTextBlockFormat()
            block.setAlignment(Qt.AlignmentFlag.AlignRight)
            cell.setBlockFormat(block)
        cell.insertText(words, _face(size, weight))


def _face(size: int, weight: int = REGULAR) -> QTextCharFormat:
    format_ = QTextCharFormat()
    font = fonts.make_font(fonts.Type.BODY, weight, figures=True, scale=1)
    font.setPixelSize(size)
    format_.setFont(font)
    return format_


def _paragraph(cursor: QTextCursor, words: str, size: int, weight: int = REGULAR) -> None:
    cursor.movePosition(QTextCursor.MoveOperation.End)
    block = QTextBlockFormat()
    block.setTopMargin(4)
    cursor.insertBlock(block, _face(size, weight))
    cursor.insertText(words, _face(size, weight))
