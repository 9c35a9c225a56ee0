"""The head of the order dialog: how the order stands, who it is for, and how to reach them."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtWidgets import QSizePolicy

from posapp.gui import chips, text
from posapp.gui.dialogs import order_words
from posapp.gui.dialogs.contact_buttons import ContactButtons
from posapp.gui.dialogs.order_messages import Message
from posapp.gui.fonts import SEMIBOLD
from posapp.gui.marks import FULFILMENT, PAYMENT
from posapp.gui.parts import Shop
from posapp.gui.theme import look
from posapp.gui.widgets.chip import StatusChip
from posapp.gui.widgets.dialog import ORDER_DIALOG, DialogShell
from posapp.gui.widgets.label import Label
from posapp.queries.detail_rows import OrderDetails

LARGE = 1.3  # from this text factor on, words give way to icons and go to the second line


class OrderHead:
    """Fills the head of a dialog; it is no widget of its own."""

    def __init__(
        self, dialog: DialogShell, shop: Shop, told: Callable[[OrderDetails], Sequence[Message]]
    ) -> None:
        """`told`: the messages that can be sent about an order."""
        self._dialog, self._shop, self._told = dialog, shop, told
        self.payment, self.fulfilment = StatusChip(chips.UNPAID), StatusChip(chips.NOT_STARTED)
        self.name = Label("", weight=SEMIBOLD)
        self.phone = Label("", ink="muted", figures=True)
        self.contact = ContactButtons(shop.currency)
        dialog.add_beside_title(self.payment, self.fulfilment)
        dialog.add_head(self.name, self.phone, 8, self.contact)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        dialog.sub.setWordWrap(True)
        dialog.sub.setSizePolicy(policy)

    def show_order(self, details: OrderDetails, now: datetime) -> None:
        """Bring the head up to date. Name and number go to the second line where they do not fit beside the rest."""
        large = look().scale >= LARGE
        self._dialog.set_title(f"Order {text.outside(details.number, 24)}")
        self.payment.set_chip(PAYMENT[details.payment])
        self.fulfilment.set_chip(FULFILMENT[details.fulfilment])
        self.contact.show_contact(details.contact, self._told(details))
        self.contact.set_compact(large)
        name = text.outside(details.contact.name, 60) or "No name"
        phone = text.outside(details.contact.phone, 32)
        moved = self._place(name, phone)
        words = order_words.head(details, self._shop, now)
        self._dialog.set_sub(" · ".join(part for part in (*moved, words) if part))

    def _place(self, name: str, phone: str) -> list[str]:
        """Put name and number beside the title as far as there is room; give what is left for the second line."""
        fixed = (self._dialog.title, self.payment, self.fulfilment, self.contact)
        room = ORDER_DIALOG.width() - 2 * 24 - sum(part.sizeHint().width() for part in fixed) - 6 * 8 - 8
        self.name.setText(name)
        self.phone.setText(phone)
        moved = []
        if self.name.sizeHint().width() + self.phone.sizeHint().width() > room:
            moved.append(phone)
            self.phone.setText("")
        if self.name.sizeHint().width() > room:
            moved.insert(0, name)
            self.name.setText("")
        return moved
