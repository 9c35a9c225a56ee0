"""The invoice on A4: whose it is, for whom, each line, the taxes by name, what was paid and what is still to pay."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtGui import QTextCursor, QTextDocument

from posapp.gui import text
from posapp.gui.fonts import REGULAR, SEMIBOLD
from posapp.gui.paper_a4 import BODY, LARGE, SMALL, TITLE, begun, put, say, table
from posapp.gui.paper_artist import image_of
from posapp.gui.paper_codes import qr_bitmap
from posapp.gui.paper_receipt import Amounts, included_taxes, return_rows, sum_rows, tender_rows, title_of
from posapp.queries.payment_ways import BankAccount
from posapp.queries.receipt import Receipt
from posapp.settings import Printing

_CODE_PX = 84


def invoice(
    receipt: Receipt, printing: Printing, account: BankAccount, zone: ZoneInfo, now: datetime
) -> QTextDocument:
    """Write the invoice of an order as it is now."""
    document, cursor = begun(text.outside(receipt.shop, 60))
    for words in printing.heading.splitlines():
        say(cursor, text.outside(words), SMALL)
    say(cursor, "")
    say(cursor, f"Invoice {text.outside(receipt.number, 24)}", TITLE, SEMIBOLD)
    _about(cursor, receipt, zone, now)
    _customer(cursor, receipt)
    shown = Amounts(receipt)
    _lines(cursor, receipt, shown)
    _sums(cursor, receipt, shown)
    _returns(cursor, receipt, shown)
    if receipt.balance_minor and account.is_known:
        _how_to_pay(cursor, receipt, account, shown)
    if receipt.note.strip():
        say(cursor, "")
        say(cursor, text.outside(receipt.note, 400))
    _end(cursor, receipt, printing)
    return document


def _about(cursor: QTextCursor, receipt: Receipt, zone: ZoneInfo, now: datetime) -> None:
    placed = f"Date {text.date(receipt.placed_at, zone)}"
    title = title_of(receipt)
    standing = "Paid" if title == "Receipt" else "To be paid" if receipt.balance_minor else title
    code = f"Reference {text.outside(receipt.code, 24)}" if receipt.code != receipt.number else ""
    printed = f"Printed {text.date(now, zone)} {text.clock(now, zone)}"
    say(cursor, " · ".join(part for part in (placed, code, standing, printed) if part), SMALL)


def _customer(cursor: QTextCursor, receipt: Receipt) -> None:
    contact = receipt.contact
    say(cursor, "")
    if not contact.name.strip():
        return
    say(cursor, "For", SMALL)
    say(cursor, text.outside(contact.name), LARGE, SEMIBOLD)
    for words in (contact.address, contact.phone, contact.email):
        if words.strip():
            say(cursor, text.outside(words, 240))


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
    say(cursor, "", SMALL)
    ruled = table(cursor, len(rows), (52, 10, 18, 20), ruled=True)
    for at, words in enumerate(rows):
        for column, each in enumerate(words):
            put(ruled, (at, column), each, weight=REGULAR if at else SEMIBOLD, right=column > 0)
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
    say(cursor, "", SMALL)
    sums = table(cursor, len(rows), (40, 20))
    for at, (words, figures, weight) in enumerate(rows):
        put(sums, (at, 0), words, weight=weight, right=True)
        put(sums, (at, 1), figures, weight=weight, right=True)
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
    say(cursor, "")
    say(cursor, f"Please pay {shown.signed(receipt.balance_minor)} to:", BODY, SEMIBOLD)
    say(cursor, where)
    say(cursor, f"Give the reference {text.outside(receipt.code, 24)}.")


def _end(cursor: QTextCursor, receipt: Receipt, printing: Printing) -> None:
    say(cursor, "")
    code = qr_bitmap(receipt.code) if printing.code != "none" else None
    if code is not None:
        image = image_of(code).scaledToWidth(_CODE_PX)
        cursor.insertImage(image, "code")
    for words in printing.footer.splitlines():
        say(cursor, text.outside(words), SMALL)
