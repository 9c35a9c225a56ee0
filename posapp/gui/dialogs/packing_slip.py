"""The packing slip: what goes into the parcel, for whom, as a PDF on one sheet or as many as it needs."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QFileDialog, QWidget

from posapp.gui import text
from posapp.gui.ask_where import ask_where
from posapp.gui.fonts import REGULAR, SEMIBOLD
from posapp.gui.paper_a4 import BODY, LARGE, SMALL, begun, put, safe_name, say, table, write_pdf
from posapp.gui.parts import Shop
from posapp.queries.detail_rows import LineFacts, OrderDetails


def packing_slip(details: OrderDetails, shop: Shop, now: datetime) -> QTextDocument:
    """Write the slip: shop, order, customer, and each line with room to tick; no prices."""
    document, cursor = begun(text.outside(shop.name, 60))
    say(cursor, f"Packing slip · order {text.outside(details.number, 24)}", LARGE, SEMIBOLD)
    placed = f"Placed {text.date(details.placed_at, shop.zone)}, printed {text.when(now, shop.zone, now)}"
    refs = [details.local_ref, f"web ID {details.remote_id}" if details.remote_id else ""]
    say(cursor, " · ".join([placed, *(text.outside(ref, 40) for ref in refs if ref)]), SMALL)
    _customer(cursor, details)
    _lines(cursor, [line for line in details.lines if _to_pack(line)])
    missing = [line for line in details.lines if line.short > 0]
    for line in missing:
        words = f"Not in this parcel: {text.number(line.short)} × {text.outside(line.name)}"
        say(cursor, words, SMALL, SEMIBOLD)
    say(cursor, "")
    say(cursor, "Packed by ____________________     Checked by ____________________", SMALL)
    return document


def _to_pack(line: LineFacts) -> int:
    return line.held or line.handed_over


def _customer(cursor: QTextCursor, details: OrderDetails) -> None:
    contact = details.contact
    say(cursor, "")
    say(cursor, text.outside(contact.name) or "Walk-in customer", LARGE, SEMIBOLD)
    for words in (contact.address, contact.phone):
        if words.strip():
            say(cursor, text.outside(words, 240))
    if contact.note.strip():
        say(cursor, f"Note: {text.outside(contact.note, 400)}", BODY, SEMIBOLD)
    say(cursor, "")


def _lines(cursor: QTextCursor, lines: list[LineFacts]) -> None:
    rows = [("Units", "Item", "Code", "Packed")]
    rows += [
        (text.number(_to_pack(line)), text.outside(line.name), text.outside(line.sku, 40), "")
        for line in lines
    ]
    packed = table(cursor, len(rows), (10, 54, 22, 14), ruled=True, padding=6)
    for at, words in enumerate(rows):
        for column, each in enumerate(words):
            put(packed, (at, column), each, weight=REGULAR if at else SEMIBOLD)
    cursor.movePosition(QTextCursor.MoveOperation.End)


def ask_and_write(
    details: OrderDetails, shop: Shop, now: datetime, parent: QWidget, told: Callable[[Path, str], None]
) -> QFileDialog:
    """Ask where the slip shall lie, write it there, and tell the path and, where it failed, why."""

    def save(path: Path) -> None:
        try:
            title = f"Packing slip {details.number}"
            write_pdf(packing_slip(details, shop, now), path, title=title)
        except OSError as error:
            told(path, str(error))
        else:
            told(path, "")

    return ask_where(parent, "Save packing slip", f"packing-slip-{safe_name(details.number)}.pdf", save)
