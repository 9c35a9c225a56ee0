"""The packing slip: what goes into the parcel, for whom, as a PDF on one sheet or as many as it needs.

Text is put in as text, never as markup: a customer's name is only ever letters.
"""

from collections.abc import Callable
from datetime import datetime
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
    QTextTableFormat,
)
from PySide6.QtWidgets import QFileDialog, QWidget

from posapp.gui import fonts, text
from posapp.gui.fonts import REGULAR, SEMIBOLD
from posapp.gui.parts import Shop
from posapp.queries.detail_rows import LineFacts, OrderDetails

_MARGIN_MM = 18
_PX_PER_INCH = 96


def packing_slip(details: OrderDetails, shop: Shop, now: datetime) -> QTextDocument:
    """Write the slip: shop, order, customer, and each line with room to tick; no prices."""
    document = QTextDocument()
    document.setDefaultFont(fonts.make_font(fonts.Type.BODY, None, figures=True, scale=1))
    cursor = QTextCursor(document)
    cursor.insertText(text.outside(shop.name, 60), _face(20, SEMIBOLD))
    _line(cursor, f"Packing slip · order {text.outside(details.number, 24)}", 16, SEMIBOLD)
    placed = f"Placed {text.date(details.placed_at, shop.zone)}, printed {text.when(now, shop.zone, now)}"
    refs = [details.local_ref, f"web ID {details.remote_id}" if details.remote_id else ""]
    _line(cursor, " · ".join([placed, *(text.outside(ref, 40) for ref in refs if ref)]), 12)
    _customer(cursor, details)
    _lines(cursor, [line for line in details.lines if _to_pack(line)])
    missing = [line for line in details.lines if line.short > 0]
    for line in missing:
        words = f"Not in this parcel: {text.number(line.short)} × {text.outside(line.name)}"
        _line(cursor, words, 12, SEMIBOLD)
    _line(cursor, "")
    _line(cursor, "Packed by ____________________     Checked by ____________________", 12)
    return document


def _to_pack(line: LineFacts) -> int:
    return line.held or line.handed_over


def _face(size: int, weight: int = REGULAR) -> QTextCharFormat:
    format_ = QTextCharFormat()
    font = fonts.make_font(fonts.Type.BODY, weight, figures=True, scale=1)
    font.setPixelSize(size)
    format_.setFont(font)
    return format_


def _line(cursor: QTextCursor, words: str, size: int = 14, weight: int = REGULAR) -> None:
    cursor.movePosition(QTextCursor.MoveOperation.End)
    block = QTextBlockFormat()
    block.setTopMargin(4)
    cursor.insertBlock(block, _face(size, weight))
    cursor.insertText(words, _face(size, weight))


def _customer(cursor: QTextCursor, details: OrderDetails) -> None:
    contact = details.contact
    _line(cursor, "")
    _line(cursor, text.outside(contact.name) or "Walk-in customer", 16, SEMIBOLD)
    for words in (contact.address, contact.phone):
        if words.strip():
            _line(cursor, text.outside(words, 240))
    if contact.note.strip():
        _line(cursor, f"Note: {text.outside(contact.note, 400)}", 14, SEMIBOLD)
    _line(cursor, "")


def _lines(cursor: QTextCursor, lines: list[LineFacts]) -> None:
    format_ = QTextTableFormat()
    format_.setCellPadding(6)
    format_.setCellSpacing(0)
    format_.setBorderCollapse(True)
    format_.setBorder(1)
    format_.setHeaderRowCount(1)
    format_.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    lengths = [(QTextLength.Type.PercentageLength, share) for share in (10, 54, 22, 14)]
    format_.setColumnWidthConstraints([QTextLength(kind, share) for kind, share in lengths])
    table = cursor.insertTable(len(lines) + 1, 4, format_)
    rows = [("Units", "Item", "Code", "Packed")]
    rows += [
        (text.number(_to_pack(line)), text.outside(line.name), text.outside(line.sku, 40), "")
        for line in lines
    ]
    for at, words in enumerate(rows):
        for column, each in enumerate(words):
            table.cellAt(at, column).firstCursorPosition().insertText(
                each, _face(14, REGULAR if at else SEMIBOLD)
            )
    cursor.movePosition(QTextCursor.MoveOperation.End)


def write_pdf(document: QTextDocument, path: Path, *, title: str, paper: QPageSize.PageSizeId) -> None:
    """Write a document as PDF, whole or not at all. Raises `OSError` when it cannot be written."""
    file = QSaveFile(str(path))
    if not file.open(QSaveFile.OpenModeFlag.WriteOnly):
        raise OSError(file.errorString())
    writer = QPdfWriter(file)
    writer.setResolution(_PX_PER_INCH)
    writer.setTitle(title)
    writer.setCreator("posapp")
    writer.setPageSize(QPageSize(paper))
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


def ask_and_write(
    details: OrderDetails, shop: Shop, now: datetime, parent: QWidget, told: Callable[[Path, str], None]
) -> QFileDialog:
    """Ask where the slip shall lie, write it there, and tell the path and, where it failed, why."""
    dialog = QFileDialog(parent, "Save packing slip")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter("PDF (*.pdf)")
    dialog.setDefaultSuffix("pdf")
    dialog.selectFile(f"packing-slip-{safe_name(details.number)}.pdf")

    def save(name: str) -> None:
        path = Path(name)
        try:
            title = f"Packing slip {details.number}"
            write_pdf(packing_slip(details, shop, now), path, title=title, paper=QPageSize.PageSizeId.A4)
        except OSError as error:
            told(path, str(error))
        else:
            told(path, "")

    dialog.fileSelected.connect(save)
    dialog.open()
    return dialog


def safe_name(number: str) -> str:
    """Give an order's number as it may stand in a file's name."""
    return "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in number)[:40] or "order"
