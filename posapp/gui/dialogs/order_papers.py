"""What can be had of an order on paper or as a message: receipt, invoice, packing slip."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QFileDialog, QWidget

from posapp.gui import contact_links, text
from posapp.gui.ask_where import ask_where
from posapp.gui.dialogs.deed import Toast
from posapp.gui.paper import NO_PRINTER
from posapp.gui.paper_a4 import safe_name, write_pdf
from posapp.gui.paper_invoice import invoice
from posapp.gui.paper_pdf import write_receipt_pdf
from posapp.gui.paper_receipt import receipt_blocks, title_of
from posapp.gui.paper_sheet import Sheet, make_sheet
from posapp.gui.paper_text import receipt_words
from posapp.gui.parts import Parts
from posapp.queries.payment_ways import payment_ways
from posapp.queries.receipt import Receipt, receipt_of

_NO_PROGRAM = "This computer has no program for that. The receipt as PDF can be sent by hand."


@dataclass(frozen=True, slots=True)
class Papers:
    """Paper of one order: `parent` is what dialogs stand over, `toast` says what was done."""

    parts: Parts
    receipt: Receipt
    parent: QWidget
    toast: Toast

    def print_receipt(self) -> None:
        """Have it printed; one that was printed before comes as a copy."""
        if self.parts.paper.state.phase == "none":
            self.toast(NO_PRINTER, icon="circle-alert")
        elif self.parts.paper.print_receipt(self.receipt.order_id):
            self.toast(f"Printing the receipt of {self.receipt.number}", icon="printer")

    def receipt_pdf(self) -> QFileDialog:
        """Ask where the receipt shall lie, and write it there."""
        return self._ask("receipt", "Save receipt", self._write_receipt)

    def invoice_pdf(self) -> QFileDialog:
        """Ask where the invoice shall lie, and write it there."""
        return self._ask("invoice", "Save invoice", self._write_invoice)

    def by_whatsapp(self) -> None:
        """Open a chat with the customer, the receipt typed in and not sent."""
        words = receipt_words(self.receipt, self.parts.shop.zone)
        phone, currency = self.receipt.contact.phone, self.parts.shop.currency
        self._open(contact_links.whatsapp_link(phone, currency, words))

    def by_mail(self) -> None:
        """Open a letter to the customer, the receipt written and not sent."""
        shop = text.outside(self.receipt.shop, 60)
        subject = f"{title_of(self.receipt)} {text.outside(self.receipt.number, 24)}, {shop}"
        words = receipt_words(self.receipt, self.parts.shop.zone)
        self._open(contact_links.mail_link(self.receipt.contact.email, subject, words))

    def _open(self, link: QUrl) -> None:
        if not contact_links.open_link(link):
            self.toast(_NO_PROGRAM, icon="circle-alert")

    def _sheet(self) -> Sheet:
        printing = self.parts.preferences.known.printing
        return make_sheet(printing, self.parts.shop.zone, self.parts.clock(), self.receipt.code)

    def _write_receipt(self, path: Path) -> None:
        sheet = self._sheet()
        write_receipt_pdf(
            receipt_blocks(self.receipt, sheet), sheet, path, title=f"Receipt {self.receipt.number}"
        )

    def _write_invoice(self, path: Path) -> None:
        parts = self.parts
        printing, account = parts.preferences.known.printing, payment_ways(parts.reader).account
        document = invoice(self.receipt, printing, account, parts.shop.zone, parts.clock())
        write_pdf(document, path, title=f"Invoice {self.receipt.number}")

    def _ask(self, kind: str, title: str, write: Callable[[Path], None]) -> QFileDialog:
        def save(path: Path) -> None:
            try:
                write(path)
            except OSError as error:
                self.toast(f"{path.name} could not be written: {error}", icon="circle-alert")
            else:
                self.toast(f"Saved as {path.name}", icon="printer")

        return ask_where(self.parent, title, f"{kind}-{safe_name(self.receipt.number)}.pdf", save)


def papers_of(parts: Parts, order_id: str, parent: QWidget, toast: Toast) -> Papers | None:
    """Give the papers of an order; None where there is no such order."""
    receipt = receipt_of(parts.reader, order_id)
    return None if receipt is None else Papers(parts, receipt, parent, toast)
