"""Receipts as PDF: the same lines as on the roll, on one page that is exactly as long as they are."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSaveFile, QSizeF, Qt
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter

from posapp.domain.paper import Block, Cut, Feed, Line, Picture, Rule
from posapp.gui.paper_artist import LINE_DOTS, image_of, paint_line
from posapp.gui.paper_sheet import Sheet

_DOTS_PER_MM = 8  # of receipt printers: 203 a inch
_RULE_DOTS, _THICK = 12, 2
_MARGIN_MM = 4.0
_PER_INCH = 1200
_MM_PER_INCH = 25.4


def write_receipt_pdf(blocks: Sequence[Block], sheet: Sheet, path: Path, *, title: str) -> None:
    """Write blocks as PDF, whole or not at all. Raises `OSError` when it cannot be written."""
    file = QSaveFile(str(path))
    if not file.open(QSaveFile.OpenModeFlag.WriteOnly):
        raise OSError(file.errorString())
    writer = QPdfWriter(file)
    writer.setResolution(_PER_INCH)
    writer.setTitle(title)
    writer.setCreator("posapp")
    wide = sheet.dots / _DOTS_PER_MM + 2 * _MARGIN_MM
    high = sum(_height(block) for block in blocks) / _DOTS_PER_MM + 2 * _MARGIN_MM
    size = QPageSize(QSizeF(wide, high), QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageSize(size)
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    painter = QPainter(writer)
    scale = _PER_INCH / _MM_PER_INCH / _DOTS_PER_MM  # from dots of the roll to those of the page
    margin = _MARGIN_MM * _DOTS_PER_MM * scale
    paint_blocks(painter, blocks, sheet, scale, margin)
    painter.end()
    if not file.commit():
        raise OSError(file.errorString())


def _height(block: Block) -> int:
    """How high a block is, in dots of the roll."""
    match block:
        case Line():
            return LINE_DOTS * block.size
        case Rule():
            return _RULE_DOTS
        case Picture():
            return block.bitmap.height
        case Feed():
            return LINE_DOTS * block.lines
    return 0


def paint_blocks(
    painter: QPainter, blocks: Sequence[Block], sheet: Sheet, scale: float, margin: float
) -> None:
    """Paint blocks beneath each other, each dot of the roll `scale` units large."""
    wide, top = sheet.dots * scale, margin
    for block in blocks:
        box = QRectF(margin, top, wide, _height(block) * scale)
        match block:
            case Line():
                paint_line(painter, block, box, sheet.columns)
            case Rule():
                lines = (-2, 2) if block.double else (0,)
                for off in lines:
                    middle = box.center().y() + off * scale
                    painter.fillRect(QRectF(margin, middle, wide, _THICK * scale), Qt.GlobalColor.black)
            case Picture():
                across = block.bitmap.width * scale
                left = margin + (wide - across) / 2
                painter.drawImage(QRectF(left, top, across, box.height()), image_of(block.bitmap))
            case Feed() | Cut():
                pass
        top += box.height()
