"""Everything else that can be done with an order from its dialog: the menu, and what its entries open."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from posapp.commands.orders import MarkShipped
from posapp.commands.resolutions import UndoDecision
from posapp.domain.errors import Refused
from posapp.domain.orders import ShipStatus, Status
from posapp.domain.paying import ON_DELIVERY
from posapp.gui import contact_links, text
from posapp.gui.dialogs.bank_details import BankDetailsDialog
from posapp.gui.dialogs.collect import CollectDialog, missing_words
from posapp.gui.dialogs.confirm_transfer import ConfirmTransferDialog
from posapp.gui.dialogs.deed import DeedDialog, Toast
from posapp.gui.dialogs.edit_order import EditOrderDialog
from posapp.gui.dialogs.foreseen import CancelOrderDialog, HandOverDialog, SwapDialog
from posapp.gui.dialogs.form_dialog import FormDialog
from posapp.gui.dialogs.new_order import NewOrderDialog
from posapp.gui.dialogs.order_history import revisions_dialog, timeline_dialog
from posapp.gui.dialogs.order_papers import papers_of
from posapp.gui.dialogs.order_strips import asked_details
from posapp.gui.dialogs.packing_slip import ask_and_write
from posapp.gui.dialogs.payment_asked import told_words
from posapp.gui.dialogs.payment_link import PaymentLinkDialog
from posapp.gui.dialogs.record_payment import RecordPaymentDialog
from posapp.gui.parts import Parts
from posapp.gui.post import PaymentTold
from posapp.gui.widgets.dialog import Question
from posapp.queries.detail_rows import OrderDetails
from posapp.queries.payment_links import why_no_page


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the menu; with `why_not` it cannot be chosen."""

    deed: str
    word: str
    why_not: str = ""


_NO_UNITS = "Nothing is held for it"
_SHIP = {"ship": (ShipStatus.SHIPPED, "shipped"), "deliver": (ShipStatus.DELIVERED, "delivered")}


def entries(details: OrderDetails, no_page: str = "") -> tuple[Entry, ...]:
    """Give what can be done with an order now, with the reason beside what cannot.

    `no_page`: why no payment page can be made for any order.
    """
    can = {offer.key: offer.can for offer in details.actions}
    why_not = {key: "" if offer.allowed else offer.why_not for key, offer in can.items()}
    awaited = next((p.payment_id for p in details.payments if p.is_awaited), "")
    due = details.money.balance_minor
    packable = any(line.held or line.handed_over for line in details.lines)
    found = [
        Entry("hand_over", "Pack and hand over…", why_not.get("hand_over", "")),
        Entry("print", "Print receipt"),
        Entry("receipt_pdf", "Receipt as PDF…"),
        Entry("invoice_pdf", "Invoice as PDF…"),
        Entry("whatsapp", "Receipt by WhatsApp", _no_chat(details)),
        Entry("mail", "Receipt by e-mail"),
        Entry("slip", "Packing slip as PDF…", "" if packable else _NO_UNITS),
        Entry("ship", "Mark shipped…", why_not.get("ship", "")),
        Entry("deliver", "Mark delivered…", why_not.get("deliver", "")),
        Entry("record_payment", "Record payment…"),
        Entry("collect", "Collect and hand over…", _not_collectable(details)),
        Entry("payment_link", "Payment link…", no_page if due else "Nothing is to be paid"),
    ]
    if awaited:
        found.append(Entry(f"confirm:{awaited}", "Confirm transfer…"))
    for part in asked_details(details):
        found.append(Entry(f"bank:{part}", "Give bank details…"))
    if details.swap is not None:
        found.append(Entry("swap", f"Swap with {text.outside(details.swap.number, 16)}…"))
    found += [
        Entry("edit", "Edit order…", why_not.get("edit", "")),
        Entry("new_order", "New order from this one…"),
        Entry("cancel", "Cancel order…", why_not.get("cancel", "")),
    ]
    return tuple(found)


def _not_collectable(details: OrderDetails) -> str:
    """Why its money cannot be taken and its goods handed over at once, "" when it can."""
    if details.status != Status.OPEN or not details.money.balance_minor:
        return "It is paid" if details.status != Status.CANCELLED else "It is cancelled"
    return "Not all of it is there" if missing_words(details) else ""


def _no_chat(details: OrderDetails) -> str:
    """Why the customer cannot be written to by WhatsApp, "" when it is possible."""
    if not contact_links.digits_of_phone(details.contact.phone):
        return contact_links.NO_NUMBER
    known = contact_links.international(details.contact.phone, details.money.currency)
    return "" if known else contact_links.NO_COUNTRY


def next_deed(details: OrderDetails) -> Entry | None:
    """Give the one thing that an order without a decision to make waits for; None when it waits for nothing."""
    if asked := asked_details(details):
        return Entry(f"bank:{asked[0]}", "Give bank details…")
    if details.status == Status.CANCELLED:
        return None
    awaited = next((p.payment_id for p in details.payments if p.is_awaited), "")
    if awaited:
        return Entry(f"confirm:{awaited}", "Confirm transfer…")
    if details.payment_method == ON_DELIVERY and not _not_collectable(details):
        return Entry("collect", "Collect and hand over…")
    if details.money.balance_minor:
        return Entry("record_payment", "Record payment…")
    for deed, word in (
        ("hand_over", "Pack and hand over…"),
        ("ship", "Mark shipped…"),
        ("deliver", "Mark delivered…"),
    ):
        if any(offer.key == deed and offer.can.allowed for offer in details.actions):
            return Entry(deed, word)
    return None


class Deeds(QObject):
    """Opens what an entry or a strip asks for, over the order's dialog. `see` asks for another order."""

    see = Signal(str)
    done = Signal()  # something was done in what it opened

    def __init__(
        self, parts: Parts, dialog: QDialog, toast: Toast, current: Callable[[], OrderDetails]
    ) -> None:
        super().__init__(dialog)
        self._parts, self._dialog, self._toast, self._current = parts, dialog, toast, current

    @property
    def is_busy(self) -> bool:
        """Whether something is being done over the order just now: its news will be one's own."""
        kinds: tuple[type[DeedDialog] | type[FormDialog], ...] = (DeedDialog, FormDialog)
        return any(over.is_busy for kind in kinds for over in self._dialog.findChildren(kind))

    def menu(self, parent: QWidget) -> QMenu:
        """Make the menu; what cannot be done says why beneath the pointer and to a screen reader."""
        menu = QMenu(parent)
        menu.setAccessibleName("More")
        menu.setToolTipsVisible(True)
        for entry in entries(self._current(), why_no_page(self._parts.reader)):
            action = menu.addAction(text.literal(entry.word))
            action.setObjectName(entry.deed.partition(":")[0])
            action.setEnabled(not entry.why_not)
            action.setToolTip(text.tooltip(entry.why_not))
            action.setStatusTip(entry.why_not)
            action.triggered.connect(lambda _=False, deed=entry.deed: self.do(deed))
        return menu

    def do(self, deed: str) -> None:
        """Do what a deed asks for: "hand_over", "see:ID", "confirm:ID", "undo:ID" and so on."""
        name, _, rest = deed.partition(":")
        details, parts = self._current(), self._parts
        match name:
            case "see":
                self.see.emit(rest)
            case "undo":
                self.undo(rest)
            case "check_payment":
                self._check_payment(details)
            case "ship" | "deliver":
                self._mark(name)
            case "print" | "receipt_pdf" | "invoice_pdf" | "whatsapp" | "mail":
                self._paper(name, details)
            case "slip":
                ask_and_write(details, parts.shop, parts.clock(), self._dialog, self._slip_told)
            case _:
                self._open(name, rest, details)

    def _check_payment(self, details: OrderDetails) -> None:
        parts, number = self._parts, text.outside(details.number, 16)

        def told(answer: PaymentTold) -> None:
            words = told_words(answer, parts.shop.currency, parts.shop.zone, parts.clock())
            toast = self._toast if shiboken6.isValid(self) else parts.toast
            toast(f"{number}: {words}", icon="circle-alert" if answer.words else "info")

        self._toast(f"Asking about the payment of {number}", icon="refresh-cw")
        parts.post.check_payment(details.id, told)

    def _open(self, name: str, rest: str, details: OrderDetails) -> None:
        parts, over, toast = self._parts, self._dialog, self._toast
        made: dict[str, Callable[[], QDialog]] = {
            "record_payment": lambda: RecordPaymentDialog(parts, details.id, over, toast=toast),
            "collect": lambda: CollectDialog(parts, details, over, toast=toast),
            "payment_link": lambda: PaymentLinkDialog(parts, details.id, over, toast=toast),
            "confirm": lambda: ConfirmTransferDialog(parts, details.id, rest, over, toast=toast),
            "bank": lambda: BankDetailsDialog(parts, details.id, rest, over, toast=toast),
            "hand_over": lambda: HandOverDialog(parts, details.id, over, toast=toast),
            "swap": lambda: SwapDialog(parts, details.id, _taker(details), over, toast=toast),
            "cancel": lambda: CancelOrderDialog(parts, details.id, over, toast=toast),
            "edit": lambda: EditOrderDialog(parts, details, parent=over),
            "new_order": lambda: NewOrderDialog(parts, like=details, parent=over),
            "timeline": lambda: timeline_dialog(details, parts, over),
            "revisions": lambda: revisions_dialog(details, parts, over),
        }
        opened = made[name]()
        # A page that was made is told in the messages from now on; that dialog is left by its way out.
        (opened.finished if name == "payment_link" else opened.accepted).connect(lambda *_: self.done.emit())
        opened.open()

    def _paper(self, deed: str, details: OrderDetails) -> None:
        papers = papers_of(self._parts, details.id, self._dialog, self._toast)
        if papers is not None:
            {
                "print": papers.print_receipt,
                "receipt_pdf": papers.receipt_pdf,
                "invoice_pdf": papers.invoice_pdf,
                "whatsapp": papers.by_whatsapp,
                "mail": papers.by_mail,
            }[deed]()

    def undo(self, decision_id: str) -> None:
        """Take a decision back."""
        details = self._current()
        undo_decision(self._parts, details.id, details.number, decision_id, self._say_done)

    def _say_done(self, sentence: str, **options: Any) -> None:
        if shiboken6.isValid(self):
            self.done.emit()
        self._toast(sentence, **options)

    def _mark(self, deed: str) -> None:
        status, word = _SHIP[deed]
        details = self._current()
        who = text.isolated(details.contact.name, 40) or "the customer"
        sentence = f"Order {details.number} of {who} is marked {word}. This cannot be taken back."
        question = Question(f"Mark {details.number} {word}?", sentence, f"Mark {word}", self._dialog)

        def failed(refusal: Refused) -> None:
            self._toast(refusal.message, icon="circle-alert")

        def done(_: object) -> None:
            self._say_done(f"{details.number} is marked {word}", icon="truck")

        question.accepted.connect(
            lambda: self._parts.perform(
                MarkShipped, done=done, failed=failed, order_id=details.id, ship_status=status
            )
        )
        question.open()

    def _slip_told(self, path: Path, trouble: str) -> None:
        if trouble:
            self._toast(f"{path.name} could not be written: {trouble}", icon="circle-alert")
        else:
            self._toast(f"Saved as {path.name}", icon="printer")


def _taker(details: OrderDetails) -> str:
    return details.swap.order_id if details.swap else ""


def undo_decision(parts: Parts, order_id: str, number: str, decision_id: str, toast: Toast) -> None:
    """Take a decision back and say so, or say why it could not be."""

    def done(_: object) -> None:
        toast(f"{number}: the decision is taken back", icon="undo-2")

    def failed(refusal: Refused) -> None:
        toast(refusal.message, icon="circle-alert")

    parts.perform(UndoDecision, done=done, failed=failed, order_id=order_id, decision_id=decision_id)
