"""Call, WhatsApp and Copy message: reaching the customer from where one decides."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QUrl, Signal
from PySide6.QtWidgets import QMenu, QWidget

from posapp.gui import contact_links, text
from posapp.gui.dialogs.message_preview import MessageDialog
from posapp.gui.dialogs.order_messages import Message
from posapp.gui.widgets.base import row
from posapp.gui.widgets.button import Button
from posapp.queries.detail_rows import ContactFacts

_NOBODY = ContactFacts("", "", "", "", "", "")


class ContactButtons(QWidget):
    """`failed` says in words what the desktop could not open, `copied` which message lies on the clipboard.

    Copy message leads to the message itself, to be read and changed first.
    """

    failed = Signal(str)
    copied = Signal(str)

    def __init__(self, currency: str, *, copying: bool = True) -> None:
        super().__init__()
        self._currency, self._contact = currency, _NOBODY
        self._messages: tuple[Message, ...] = ()
        self.call = Button("Call", icon="phone")
        self.whatsapp = Button("WhatsApp", icon="message-circle")
        self.copy = Button("Copy message", icon="copy")
        self._words = {self.call: "Call", self.whatsapp: "WhatsApp", self.copy: "Copy message"}
        for button, name in ((self.call, "call"), (self.whatsapp, "whatsapp"), (self.copy, "copy_message")):
            button.setObjectName(name)
            button.setAccessibleName(self._words[button])
        self.call.clicked.connect(lambda: self._open(contact_links.call_link(self._contact.phone)))
        self.whatsapp.clicked.connect(self._chat)
        self.copy.clicked.connect(self._offer)
        self.setLayout(row(self.call, self.whatsapp, *((self.copy,) if copying else ())))
        if not copying:
            self.copy.setParent(self)
            self.copy.hide()

    def show_contact(self, contact: ContactFacts, messages: Sequence[Message]) -> None:
        """Serve this customer; what cannot be done says why."""
        self._contact, self._messages = contact, tuple(messages)
        phone = contact.phone
        _enable(self.call, contact_links.NO_NUMBER if contact_links.call_link(phone).isEmpty() else "")
        _enable(self.whatsapp, contact_links.no_chat(phone, self._currency))
        _enable(self.copy, "" if messages else "Nothing to tell yet")

    def set_compact(self, compact: bool) -> None:
        """Show icons alone where large text leaves no room for words."""
        for button, word in self._words.items():
            button.setText("" if compact else word)

    def _open(self, link: QUrl) -> None:
        if not contact_links.open_link(link):
            self.failed.emit("This computer has no program to call or chat with. Copy the number instead.")

    def _chat(self) -> None:
        words = self._messages[0].words if self._messages else ""
        self._open(contact_links.whatsapp_link(self._contact.phone, self._currency, words))

    def menu(self) -> QMenu:
        """Make the menu of messages."""
        menu = QMenu(self)
        menu.setAccessibleName("Messages")
        for message in self._messages:
            action = menu.addAction(text.literal(f"{message.title}…"))
            action.triggered.connect(lambda _=False, key=message.key: self.preview(key))
        return menu

    def _offer(self) -> None:
        if len(self._messages) == 1:
            self.preview(self._messages[0].key)
            return
        self.menu().popup(self.copy.mapToGlobal(QPoint(0, self.copy.height() + 4)))

    def preview(self, key: str) -> MessageDialog:
        """Show a message before it goes."""
        dialog = MessageDialog(self._messages, self._contact, self._currency, self.window(), key)
        dialog.copied.connect(self.copied)
        dialog.open()
        return dialog


def _enable(button: Button, reason: str) -> None:
    if reason:
        button.disable(reason)
    else:
        button.enable()
