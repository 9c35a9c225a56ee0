"""A message to a customer before it goes: its text can be changed, and a person copies or sends it.

Nothing is sent from here: WhatsApp and the e-mail program open with it written.
"""

from collections.abc import Sequence

from PySide6.QtCore import QSize, QUrl, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QPalette, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from posapp.gui import contact_links
from posapp.gui.dialogs.form_dialog import FormDialog, grown
from posapp.gui.dialogs.order_messages import Message
from posapp.gui.dialogs.order_words import person
from posapp.gui.fonts import MEDIUM, Type
from posapp.gui.theme import look
from posapp.gui.widgets.base import STRETCH, Themed
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.card import Card
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.select import Select
from posapp.queries.detail_rows import ContactFacts

_SIZE = QSize(640, 440)
_MOST = 2_000  # characters: more than any of ours, less than an address line bears
_HOW = "Nothing is sent by itself. WhatsApp and e-mail open with it written; you send it there."
_NO_PROGRAM = "This computer has no program for that. Copy the message instead."


class MessageText(Themed, QPlainTextEdit):
    """Plain text to be changed; like a field it shows by its edge, the card's, that the keys go here."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(10)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.look_changed()

    def look_changed(self) -> None:
        """Take font and colours, and stay high enough for some lines."""
        self.setFont(look().font(figures=True))
        colours = self.palette()
        colours.setColor(QPalette.ColorRole.Base, look().tokens.bg)
        colours.setColor(QPalette.ColorRole.Text, look().tokens.text)
        self.setPalette(colours)
        self.setMinimumHeight(5 * look().line() + 20)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keys go here."""
        super().focusInEvent(event)
        self._draw_edge("primary")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keys go elsewhere."""
        super().focusOutEvent(event)
        self._draw_edge("border")

    def _draw_edge(self, ink: str) -> None:
        card = self.parentWidget()
        if isinstance(card, Card):
            card.edge = ink
            card.update()


class MessageDialog(FormDialog):
    """`copied` says that the message lies on the clipboard; what was changed of one is kept while another is seen."""

    throw_away = "Throw away what you changed?"
    copied = Signal(str)

    def __init__(
        self,
        messages: Sequence[Message],
        contact: ContactFacts,
        currency: str,
        parent: QWidget,
        key: str = "",
    ) -> None:
        super().__init__(f"Message to {person(contact.name)}", parent, size=grown(_SIZE))
        self._messages = {each.key: each for each in messages}
        self._changed: dict[str, str] = {}
        self._contact, self._currency = contact, currency
        self._key = key or messages[0].key
        self.about = Select("About", [(each.key, each.title) for each in messages], self._key)
        self.text = MessageText("Message")
        self.copy = Button("Copy", Variant.PRIMARY, icon="copy")
        self.whatsapp = Button("WhatsApp", icon="message-circle")
        self.mail = Button("E-mail", icon="send")
        for button, name in ((self.copy, "copy"), (self.whatsapp, "whatsapp"), (self.mail, "mail")):
            button.setObjectName(name)
        self._lay_out()
        self.about.changed.connect(self._choose)
        self.text.textChanged.connect(self._edited)
        self.copy.clicked.connect(self._copy)
        self.whatsapp.clicked.connect(self._chat)
        self.mail.clicked.connect(self._letter)
        self._show()
        self.text.setFocus()

    def _lay_out(self) -> None:
        if len(self._messages) > 1:
            self.add(self.about, 12)
        else:
            self.about.setParent(self)
            self.about.hide()
        frame = Card(padding=1, ground="raised", edge="border")
        frame.add(self.text)
        how = Label(_HOW, Type.CAPTION, ink="muted", wrap=True)
        self.add(Label("Message", Type.SMALL, weight=MEDIUM), 4, frame, 6, how, 4, self.problem, 8)
        self.body.setStretchFactor(frame, 1)
        self.set_footer(Button("Close", shortcut="Esc"), STRETCH, self.mail, self.whatsapp, self.copy)

    @property
    def words(self) -> str:
        """What stands there now."""
        return self.text.toPlainText().strip()

    def is_dirty(self) -> bool:
        """Something was changed and not taken anywhere."""
        return bool(self._changed)

    def _choose(self, key: str) -> None:
        self._key = key
        self._show()

    def _show(self) -> None:
        words = self._changed.get(self._key, self._messages[self._key].words)
        self.text.blockSignals(True)
        self.text.setPlainText(words)
        self.text.blockSignals(False)
        self._offer()

    def _edited(self) -> None:
        if self.text.toPlainText() == self._messages[self._key].words:
            self._changed.pop(self._key, None)
        else:
            self._changed[self._key] = self.text.toPlainText()
        self._offer()

    def _offer(self) -> None:
        """Say of each way why it cannot be taken."""
        whole = len(self.words)
        why_not = "Write something" if not whole else f"At most {_MOST:,} characters" if whole > _MOST else ""
        _offer(self.copy, "" if whole else why_not)
        _offer(self.mail, why_not)
        _offer(self.whatsapp, why_not or contact_links.no_chat(self._contact.phone, self._currency))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.words)
        self.copied.emit(f"Message copied: {self._messages[self._key].title.lower()}")
        self.accept()

    def _chat(self) -> None:
        self._open(contact_links.whatsapp_link(self._contact.phone, self._currency, self.words))

    def _letter(self) -> None:
        subject = self._messages[self._key].subject
        self._open(contact_links.mail_link(self._contact.email, subject, self.words))

    def _open(self, link: QUrl) -> None:
        if contact_links.open_link(link):
            self.accept()
        else:
            self.say_problem(_NO_PROGRAM)


def _offer(button: Button, why_not: str) -> None:
    if why_not:
        button.disable(why_not)
    else:
        button.enable()
