"""Sheets of A4 and their PDF: paragraphs, tables and the file, for slips, invoices and reports.

Text is put in as text, never as markup: a customer's name is only ever letters.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSaveFile, QSizeF, Qt
from PySide6.QtGui import (
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)

from posapp.gui import fonts
from posapp.gui.fonts import REGULAR, SEMIBOLD

SMALL, BODY, LARGE, TITLE, SHOP = 12, 14, 16, 24, 20  # pixels, 96 to an inch
_MARGIN_MM = 18
_PX_PER_INCH = 96


def begun(shop: str) -> tuple[QTextDocument, QTextCursor]:
    """A sheet that begins with the shop's name."""
    document = QTextDocument()
    document.setDefaultFont(fonts.make_font(fonts.Type.BODY, None, figures=True, scale=1))
    cursor = QTextCursor(document)
    cursor.insertText(shop, _face(SHOP, SEMIBOLD))
    return document, cursor


def say(cursor: QTextCursor, words: str, size: int = BODY, weight: int = REGULAR) -> None:
    """Add a paragraph at the end; without words it is room."""
    cursor.movePosition(QTextCursor.MoveOperation.End)
    block = QTextBlockFormat()
    block.setTopMargin(4)
    cursor.insertBlock(block, _face(size, weight))
    cursor.insertText(words, _face(size, weight))


def table(
    cursor: QTextCursor, rows: int, shares: Sequence[int], *, ruled: bool = False, padding: int = 5
) -> QTextTable:
    """Add a table; `shares` of the width in per cent, what is less than all of it stands at the right.

    A ruled one has lines, and its first row again on every sheet.
    """
    format_ = QTextTableFormat()
    format_.setCellPadding(padding)
    format_.setCellSpacing(0)
    format_.setBorderCollapse(True)
    format_.setBorder(1 if ruled else 0)
    format_.setHeaderRowCount(1 if ruled else 0)
    format_.setTopMargin(12 if ruled else 0)
    format_.setWidth(QTextLength(QTextLength.Type.PercentageLength, sum(shares)))
    if sum(shares) < 100:
        format_.setAlignment(Qt.AlignmentFlag.AlignRight)
    lengths = [QTextLength(QTextLength.Type.PercentageLength, share) for share in shares]
    format_.setColumnWidthConstraints(lengths)
    return cursor.insertTable(rows, len(shares), format_)


def put(
    into: QTextTable,
    at: tuple[int, int],
    words: str,
    size: int = BODY,
    weight: int = REGULAR,
    *,
    right: bool = False,
) -> None:
    """Write a cell, given by row and column."""
    cell = into.cellAt(*at).firstCursorPosition()
    block = QTextBlockFormat()
    block.setAlignment(Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft)
    cell.setBlockFormat(block)
    cell.insertText(words, _face(size, weight))


def _face(size: int, weight: int) -> QTextCharFormat:
    format_ = QTextCharFormat()
    font = fonts.make_font(fonts.Type.BODY, weight, figures=True, scale=1)
    font.setPixelSize(size)
    format_.setFont(font)
    return format_


def safe_name(number: str) -> str:
    """Give an order's number as it may stand in a file's name."""
    return "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in number)[:40] or "order"


def write_pdf(document: QTextDocument, path: Path, *, title: str) -> None:
    """Write a document as PDF, whole or not at all. Raises `OSError` when it cannot be written."""
    file = QSaveFile(str(path))
    if not file.open(QSaveFile.OpenModeFlag.WriteOnly):
        raise OSError(file.errorString())
    writer = QPdfWriter(file)
    writer.setResolution(_PX_PER_INCH)
    writer.setTitle(title)
    writer.setCreator("posapp")
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    writer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    _paint(document, writer)
    if not file.commit():
        raise OSError(file.errorString())


def _paint(document: QTextDocument, writer: QPdfWriter) -> None:
    """Paint page by page; QTextDocument.print_ would add margins and page numbers of its own."""
    area = QRectF(0, 0, writer.width(), writer.height())
    document.setDocumentMargin(0)
    document.setPageSize(QSizeF(area.width(), area.height()))
    document.documentLayout().setPaintDevice(writer)
    painter = QPainter(writer)
    for page in range(document.pageCount()):
        if page:
            writer.newPage()
        painter.save()
        painter.translate(0, -page * area.height())
        document.drawContents(painter, area.translated(0, page * area.height()))
        painter.restore()
    painter.end()
