"""The end of a sale: paid, the change in large figures, and what to do with the receipt."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from posapp.domain.orders import Order
from posapp.domain.standing import payment_mark
from posapp.domain.tendering import Tendering
from posapp.gui import contact_links, keys, text
from posapp.gui.dialogs.contact_buttons import ContactButtons
from posapp.gui.dialogs.order_messages import PAYING, messages_of
from posapp.gui.dialogs.order_papers import Papers, papers_of
from posapp.gui.dialogs.payment_link import PaymentLinkDialog
from posapp.gui.fonts import SEMIBOLD, Type
from posapp.gui.marks import PAYMENT
from posapp.gui.parts import Parts
from posapp.gui.widgets.base import STRETCH, announce, column
from posapp.gui.widgets.button import Button
from posapp.gui.widgets.flow import Flow
from posapp.gui.widgets.label import Label
from posapp.queries.details import order_details
from posapp.queries.payment_links import why_no_page

UNPAID = "It takes no stock until it is paid in full. It stands under Orders, {}."
TELL = "Tell the customer how to pay"


class DonePane(QWidget):
    """What a cashier reads out, and the receipt; of an order that is kept unpaid, how the customer can pay it."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts, self._order_id = parts, ""
        self._papers: Papers | None = None
        self._no_page = ""  # why no payment page can be made
        self.words = Label("", Type.TITLE, icon="circle-check", figures=True)
        self.words.set_icon_ink("ok")
        self.words.setObjectName("done_words")
        self._change_word = Label("Give change", weight=SEMIBOLD)
        self.change = Label("", Type.TOTAL, figures=True)
        self.change.setObjectName("done_change")
        self.second = Label("", ink="muted", wrap=True, figures=True)
        self._make_buttons()
        self._no_chat = Label("", Type.CAPTION, ink="muted", wrap=True)
        self._no_chat.hide()
        self.said = Label("", Type.SMALL, ink="muted", icon="info", wrap=True)
        self.said.hide()
        inner = column(
            self.words, 24, self._change_word, self.change, 8, self.second, 24, margins=(24, 40, 24, 24)
        )
        for item in (self._receipt, self._tell):
            inner.addWidget(item)
        inner.addWidget(self._ways)
        inner.addSpacing(4)
        inner.addWidget(self._no_chat)
        inner.addSpacing(8)
        inner.addWidget(self.said)
        self.setLayout(column(inner, STRETCH))

    def _make_buttons(self) -> None:
        self.print = Button("Print receipt", icon="printer", shortcut=keys.caption("print"))
        self.print.setObjectName("print_receipt")
        self.whatsapp = Button("WhatsApp", icon="message-circle", name="Send the receipt by WhatsApp")
        self.whatsapp.setObjectName("receipt_whatsapp")
        self.mail = Button("E-mail", icon="send", name="Send the receipt by e-mail")
        self.mail.setObjectName("receipt_mail")
        self._receipt = QWidget()
        flow = Flow(self.print, self.whatsapp, self.mail, spacing=8, line_spacing=8)
        flow.setContentsMargins(0, 0, 0, 4)
        self._receipt.setLayout(flow)
        self._tell = Label(TELL, weight=SEMIBOLD)
        self._tell.setContentsMargins(0, 12, 0, 8)
        self.contact = ContactButtons(self._parts.shop.currency)
        self.link = Button("Payment link…", icon="external-link")
        self.link.setObjectName("payment_link")
        self._ways = QWidget()
        ways = Flow(self.contact, self.link, spacing=8, line_spacing=8)
        ways.setContentsMargins(0, 0, 0, 4)
        self._ways.setLayout(ways)
        self.link.clicked.connect(self.ask_for_page)
        self.print.clicked.connect(self.print_receipt)
        self.whatsapp.clicked.connect(lambda: self._share(Papers.by_whatsapp))
        self.mail.clicked.connect(lambda: self._share(Papers.by_mail))
        self.contact.failed.connect(self._say)
        self.contact.copied.connect(self._say)

    def show_sale(self, order: Order, paying: Tendering, *, back_minor: int = 0) -> None:
        """Say what was paid, what goes back over the counter, and what is still due of a deposit."""
        self._order_id = order.id
        left = max(0, order.total_minor - order.paid_minor)
        deposit = order.paid_minor if left else 0
        kept = f"{self._money(deposit)} received" if deposit else f"Order {order.number} is kept unpaid"
        self.words.setText(kept if left else f"Paid {self._money(order.total_minor)}")
        self.words.set_icon("hourglass" if left else "circle-check")
        self.words.set_icon_ink("attention" if left else "ok")
        back = left or paying.change_minor or back_minor
        self._change_word.setText("Still to be paid" if left else "Give back" if back else "No change")
        self.change.setText(self._money(back) if back else "")
        self.change.setVisible(bool(back))
        where = PAYMENT[payment_mark(order)].word
        self.second.setText(UNPAID.format(where) if left else "Saved on this till.")
        self._offer(unpaid=bool(left), deposit=bool(deposit))

    def _offer(self, *, unpaid: bool, deposit: bool) -> None:
        """Offer the receipt, also of a deposit, or the message that says how to pay."""
        self._receipt.setVisible(deposit or not unpaid)
        for sent in (self.whatsapp, self.mail):
            sent.setVisible(not unpaid)
        self._tell.setVisible(unpaid)
        self._ways.setVisible(unpaid)
        parts = self._parts
        if not unpaid:
            self._papers = papers_of(parts, self._order_id, self, lambda words, **_: self._say(words))
            self._offer_chat(self._papers.receipt.contact.phone if self._papers else "")
            return
        self._no_page = why_no_page(parts.reader)
        if self._no_page:
            self.link.disable(self._no_page)
        else:
            self.link.enable()
        self._offer_messages()

    def _offer_messages(self) -> None:
        """Offer what says how to pay, with the page that was made for it."""
        parts = self._parts
        details = order_details(parts.reader, self._order_id, parts.clock())
        if details is not None:
            told = [each for each in messages_of(parts, details) if each.key in PAYING]
            self.contact.show_contact(details.contact, told)
            self._offer_chat(details.contact.phone)

    def ask_for_page(self) -> None:
        """Have a page made on which the order can be paid; the messages name it from then on."""
        dialog = PaymentLinkDialog(
            self._parts, self._order_id, self.window(), toast=lambda words, **_: self._say(words)
        )
        dialog.finished.connect(lambda _: self._offer_messages())
        dialog.open()

    def _offer_chat(self, phone: str) -> None:
        """What cannot be done says beneath why."""
        if why := contact_links.no_chat(phone, self._parts.shop.currency):
            self.whatsapp.disable(why)
        reasons = (("WhatsApp", why), ("payment link", self._no_page))
        said = [f"No {what}: {why[:1].lower()}{why[1:]}." for what, why in reasons if why]
        self._no_chat.setText(" ".join(said))
        self._no_chat.setVisible(bool(said))

    def _share(self, by: Callable[[Papers], None]) -> None:
        if self._papers is not None:
            by(self._papers)

    def _say(self, words: str) -> None:
        self.said.setText(words)
        self.said.show()
        announce(self, words)

    def spoken(self) -> str:
        """What a screen reader says of it."""
        return f"{self.words.text()}. {self._change_word.text()} {self.change.text()}"

    def print_receipt(self) -> None:
        """Print it; a second one is marked as a copy."""
        if self._order_id:
            self._parts.paper.print_receipt(self._order_id)

    def _money(self, minor: int) -> str:
        return text.money(minor, self._parts.shop.currency)
