"""A page on which a customer pays an order: its code to scan, its address to copy or to write to the customer."""

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from posapp.domain.customer_words import message
from posapp.gui import contact_links, text
from posapp.gui.dialogs.amount_input import AmountInput
from posapp.gui.dialogs.deed import DeedDialog, Toast
from posapp.gui.dialogs.order_strips import Said
from posapp.gui.dialogs.order_words import person
from posapp.gui.fonts import Type
from posapp.gui.parts import Parts
from posapp.gui.post import LinkMade
from posapp.gui.theme import look
from posapp.gui.tokens import Tone
from posapp.gui.typed import shown_amount
from posapp.gui.widgets.base import STRETCH, column, row
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.field import Input
from posapp.gui.widgets.field_row import FieldRow
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.qr import QrCode
from posapp.queries.detail_rows import OrderDetails

_ASKED = "Asking the payment provider for a page…"
_HOW = (
    "The order is confirmed by itself once the provider tells that it was paid. Nothing is held until then."
)


class PaymentLinkDialog(DeedDialog):
    """Asks for an amount and an e-mail address, then shows the page; what is paid on it comes with the next look."""

    def __init__(self, parts: Parts, order_id: str, parent: QWidget, *, toast: Toast | None = None) -> None:
        super().__init__(parts, order_id, parent, title="Payment link for", toast=toast)
        self._currency, self._made, self._asking = parts.shop.currency, LinkMade(), False
        self._details: OrderDetails | None = None
        self._words = Label("", wrap=True, figures=True)
        self.amount = AmountInput("Ask for", self._currency)
        self.email = Input("Customer's e-mail", placeholder="name@example.com")
        for field, name in ((self.amount, "amount"), (self.email, "email")):
            field.edit.setObjectName(name)
            field.edit.setMaxLength(200)
            field.changed.connect(lambda _: self._restate())
        self.qr = QrCode(220, "The payment page, to scan with a phone")
        self._address = Label("", Type.SMALL, ink="muted", wrap=True)
        self._address.setObjectName("address")
        self.copy = Button("Copy link", icon="copy")
        self.whatsapp = Button("WhatsApp", icon="message-circle")
        self.mail = Button("E-mail", icon="send")
        self._page = QWidget()
        self._lay_out()
        self.copy.clicked.connect(self._copy)
        self.whatsapp.clicked.connect(lambda: self._open(self._chat()))
        self.mail.clicked.connect(lambda: self._open(self._letter()))
        self.load()
        self.amount.edit.setFocus()
        self.amount.edit.selectAll()

    def _lay_out(self) -> None:
        buttons = QWidget()
        buttons.setLayout(column(self.copy, self.whatsapp, self.mail, STRETCH, spacing=8))
        beside = QWidget()
        beside.setLayout(row(self.qr, 16, buttons, STRETCH))
        self._page.setLayout(column(beside, 8, self._address))
        self._page.hide()
        self._fields = FieldRow((self.amount, 1), (self.email, 2), wide=320)
        self.add(self._words, 12, self._fields, self._page, 16)
        self.set_footer_of()

    def show_details(self, details: OrderDetails) -> None:
        """Show what is still to be paid; the fields are filled in once."""
        first, self._details = self._details is None, details
        due = details.money.balance_minor
        if first:
            self.amount.set_text(shown_amount(due, self._currency) if due else "")
            self.email.set_text(details.contact.email)
        self._say()
        self._restate()

    def _say(self) -> None:
        details = self._details
        assert details is not None, "shown after the order was read"
        due = text.money(details.money.balance_minor, self._currency)
        if not details.money.balance_minor:
            self._words.setText(f"Order {details.number} is paid. Nothing is to be asked for.")
        elif self._made.url:
            whole = text.money(self._made.amount_minor + self._made.fee_minor, self._currency)
            fee = f", {text.money(self._made.fee_minor, self._currency)} of it the provider's fee"
            self._words.setText(f"The page asks for {whole}{fee if self._made.fee_minor else ''}. {_HOW}")
        else:
            self._words.setText(f"{due} is still to be paid by {person(details.contact.name)}. {_HOW}")

    def _restate(self) -> None:
        shown, paid = (
            bool(self._made.url),
            self._details is not None and not self._details.money.balance_minor,
        )
        self._page.setVisible(shown and not paid)
        self._fields.setVisible(not shown and not paid)
        self.commit.setVisible(not shown and not paid)
        amount = self.amount.amount_minor or 0
        self.commit.restate(
            f"Make a page for {text.money(amount, self._currency)}", Variant.PRIMARY, "external-link"
        )
        self.commit.setEnabled(amount > 0 and bool(self.email.text.strip()) and not self._asking)
        if self._chat().isEmpty():
            self.whatsapp.disable(contact_links.NO_NUMBER)
        else:
            self.whatsapp.enable()

    def press(self) -> None:
        """Ask for the page."""
        amount = self.amount.amount_minor
        if not amount:
            return
        self._asking = True
        self._restate()
        self.strips.show_strips([Said(Tone.WAITING, _ASKED, icon="hourglass")])
        self.parts.post.payment_link(
            self.order_id, amount, self.email.text.strip(), _while_here(self, self._answered)
        )

    def _answered(self, made: LinkMade) -> None:
        self._asking, self._made = False, made
        self.strips.show_strips([Said(Tone.STOPPED, made.words, icon="circle-alert")] if made.words else [])
        if made.url:
            self.qr.show_words(made.url)
            self._address.setText(text.outside(made.url, 500))
        self._say()
        self._restate()
        (self.copy if made.url else self.email.edit).setFocus()

    def _message(self) -> str:
        assert self._details is not None, "shown after the order was read"
        whole = text.money(self._made.amount_minor + self._made.fee_minor, self._currency)
        shop = text.outside(self.parts.shop.name, 60)
        number, page = self._details.number, self._made.url
        return message("page", shop=shop, asked=whole, number=number, page=page)

    def _chat(self) -> QUrl:
        phone = self._details.contact.phone if self._details else ""
        return contact_links.whatsapp_link(phone, self._currency, self._message() if self._details else "")

    def _letter(self) -> QUrl:
        number = self._details.number if self._details else ""
        return contact_links.mail_link(self.email.text, f"Order {number}", self._message())

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._made.url)
        self._toast("Link copied", icon="copy")

    def _open(self, link: QUrl) -> None:
        if not contact_links.open_link(link):
            self._toast("This computer has no program for that. Copy the link instead.", icon="circle-alert")

    def look_changed(self) -> None:
        """Keep the address within the dialog."""
        super().look_changed()
        if hasattr(self, "_address"):  # the frame asks for it before the fields are made
            self._address.setMaximumWidth(look().px(520))


def _while_here(dialog: PaymentLinkDialog, answer: Callable[[LinkMade], None]) -> Callable[[LinkMade], None]:
    """Pass an answer on only while the dialog is there: it may come long after Esc."""
    return lambda made: answer(made) if shiboken6.isValid(dialog) else None
