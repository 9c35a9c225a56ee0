"""The invoice on A4: whose it is, for whom, each line, the taxes by name, what was paid and what is still to pay.

Text is put in as text, never as markup: a customer's name is only ever letters.
"""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)

from posapp.gui import fonts, text
from posapp.gui.fonts import REGULAR, SEMIBOLD
from posapp.gui.paper_artist import image_of
from posapp.gui.paper_codes import qr_bitmap
from posapp.gui.paper_receipt import Amounts, included_taxes, return_rows, sum_rows, tender_rows, title_of
from posapp.queries.payment_ways import BankAccount
from posapp.queries.receipt import Receipt
from posapp.settings import Printing

_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_SMALL, _BODY, _LARGE, _TITLE = 12, 14, 16, 24
_CODE_PX = 84


def invoice(
    receipt: Receipt, printing: Printing, account: BankAccount, zone: ZoneInfo, now: datetime
) -> QTextDocument:
    """Write the invoice of an order as it is now."""
    document = QTextDocument()
    document.setDefaultFont(fonts.make_font(fonts.Type.BODY, None, figures=True, scale=1))
    cursor = QTextCursor(document)
    _say(cursor, text.outside(receipt.shop, 60), 20, SEMIBOLD, first=True)
    for words in printing.heading.splitlines():
        _say(cursor, text.outside(words), _SMALL)
    _say(cursor, "")
    _say(cursor, f"Invoice {text.outside(receipt.number, 24)}", _TITLE, SEMIBOLD)
    _about(cursor, receipt, zone, now)
    _customer(cursor, receipt)
    shown = Amounts(receipt)
    _lines(cursor, receipt, shown)
    _sums(cursor, receipt, shown)
    _returns(cursor, receipt, shown)
    if receipt.balance_minor and account.is_known:
        _how_to_pay(cursor, receipt, account, shown)
    if receipt.note.strip():
        _say(cursor, "")
        _say(cursor, text.outside(receipt.note, 400))
    _end(cursor, receipt, printing)
    return document


def _face(size: int, weight: int = REGULAR) -> QTextCharFormat:
    format_ = QTextCharFormat()
    font = fonts.make_font(fonts.Type.BODY, weight, figures=True, scale=1)
    font.setPixelSize(size)
    format_.setFont(font)
    return format_


def _say(
    cursor: QTextCursor, words: str, size: int = _BODY, weight: int = REGULAR, *, first: bool = False
) -> None:
    cursor.movePosition(QTextCursor.MoveOperation.End)
    block = QTextBlockFormat()
    block.setTopMargin(0 if first else 3)
    if first:
        cursor.setBlockFormat(block)
    else:
        cursor.insertBlock(block, _face(size, weight))
    cursor.insertText(words, _face(size, weight))


def _about(cursor: QTextCursor, receipt: Receipt, zone: ZoneInfo, now: datetime) -> None:
    placed = f"Date {text.date(receipt.placed_at, zone)}"
    title = title_of(receipt)
    standing = "Paid" if title == "Receipt" else "To be paid" if receipt.balance_minor else title
    code = f"Reference {text.outside(receipt.code, 24)}" if receipt.code != receipt.number else ""
    printed = f"Printed {text.date(now, zone)} {text.clock(now, zone)}"
    _say(cursor, " · ".join(part for part in (placed, code, standing, printed) if part), _SMALL)


def _customer(cursor: QTextCursor, receipt: Receipt) -> None:
    contact = receipt.contact
    _say(cursor, "")
    if not contact.name.strip():
        return
    _say(cursor, "For", _SMALL)
    _say(cursor, text.outside(contact.name), _LARGE, SEMIBOLD)
    for words in (contact.address, contact.phone, contact.email):
        if words.strip():
            _say(cursor, text.outside(words, 240))


def _table(cursor: QTextCursor, rows: int, shares: Sequence[int], *, ruled: bool) -> QTextTable:
    format_ = QTextTableFormat()
    format_.setCellPadding(5)
    format_.setCellSpacing(0)
    format_.setBorderCollapse(True)
    format_.setBorder(1 if ruled else 0)
    format_.setHeaderRowCount(1 if ruled else 0)
    format_.setWidth(QTextLength(QTextLength.Type.PercentageLength, sum(shares)))
    format_.setTopMargin(12 if ruled else 0)
    if not ruled:
        format_.setAlignment(_RIGHT)
    lengths = [QTextLength(QTextLength.Type.PercentageLength, share) for share in shares]
    format_.setColumnWidthConstraints(lengths)
    return cursor.insertTable(rows, len(shares), format_)


def _put(table: QTextTable, row: int, column: int, words: str, *, right: bool, weight: int = REGULAR) -> None:
    place = table.cellAt(row, column).firstCursorPosition()
    block = QTextBlockFormat()
    block.setAlignment(_RIGHT if right else _LEFT)
    place.setBlockFormat(block)
    place.insertText(words, _face(_BODY, weight))


def _lines(cursor: QTextCursor, receipt: Receipt, shown: Amounts) -> None:
    currency = text.sign_of(receipt.currency).strip()
    rows = [("Item", "Units", f"Price, {currency}", f"Amount, {currency}")]
    for line in receipt.lines:
        name = text.outside(line.name)
        more = [f"({text.outside(line.sku, 40)})"] if line.sku else []
        more += [f"– {text.outside(line.note)}"] if line.note.strip() else []
        price = shown(line.unit_price_minor)
        rows.append((" ".join([name, *more]), text.number(line.quantity), price, shown(line.amount_minor)))
        if line.discount_minor:
            rows.append(("Discount", "", "", shown(-line.discount_minor)))
    _say(cursor, "", _SMALL)
    table = _table(cursor, len(rows), (52, 10, 18, 20), ruled=True)
    for at, words in enumerate(rows):
        for column, each in enumerate(words):
            _put(table, at, column, each, right=column > 0, weight=REGULAR if at else SEMIBOLD)
    cursor.movePosition(QTextCursor.MoveOperation.End)


def _sums(cursor: QTextCursor, receipt: Receipt, shown: Amounts) -> None:
    rows = [(words, shown(minor), REGULAR) for words, minor in sum_rows(receipt)]
    rows.append(("Total", shown.signed(receipt.sold_minor), SEMIBOLD))
    if not receipt.gone_minor:
        rows += [(f"of it {name}", shown(minor), REGULAR) for name, minor in included_taxes(receipt)]
    for words, minor in tender_rows(receipt):
        due = words == "Still to pay"
        rows.append((words, shown.signed(minor) if due else shown(minor), SEMIBOLD if due else REGULAR))
    _amounts(cursor, rows)


def _amounts(cursor: QTextCursor, rows: Sequence[tuple[str, str, int]]) -> None:
    _say(cursor, "", _SMALL)
    table = _table(cursor, len(rows), (40, 20), ruled=False)
    for at, (words, figures, weight) in enumerate(rows):
        _put(table, at, 0, words, right=True, weight=weight)
        _put(table, at, 1, figures, right=True, weight=weight)
    cursor.movePosition(QTextCursor.MoveOperation.End)


def _returns(cursor: QTextCursor, receipt: Receipt, shown: Amounts) -> None:
    rows = [(words, shown(minor), REGULAR) for words, minor in return_rows(receipt)]
    if receipt.gone_minor:
        rows.append(("Now", shown.signed(receipt.total_minor), SEMIBOLD))
        rows += [(f"of it {name}", shown(minor), REGULAR) for name, minor in included_taxes(receipt)]
    if rows:
        _amounts(cursor, rows)


def _how_to_pay(cursor: QTextCursor, receipt: Receipt, account: BankAccount, shown: Amounts) -> None:
    words = [account.bank, account.number, account.holder]
    where = ", ".join(text.outside(each, 60) for each in words if each.strip())
    _say(cursor, "")
    _say(cursor, f"Please pay {shown.signed(receipt.balance_minor)} to:", _BODY, SEMIBOLD)
    _say(cursor, where)
    _say(cursor, f"Give the reference {text.outside(receipt.code, 24)}.")


def _end(cursor: QTextCursor, receipt: Receipt, printing: Printing) -> None:
    _say(cursor, "")
    code = qr_bitmap(receipt.code) if printing.code != "none" else None
    if code is not None:
        image = image_of(code).scaledToWidth(_CODE_PX)
        cursor.insertImage(image, "code")
    for words in printing.footer.splitlines():
        _say(cursor, text.outside(words), _SMALL)
