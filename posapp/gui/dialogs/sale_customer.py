"""F3: whose sale it is. Somebody known, somebody new, or a walk-in; F3 again: what is owed."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

from posapp.commands.command import new_command_id
from posapp.domain import basket as baskets
from posapp.domain.basket import Basket
from posapp.domain.feed import Contact
from posapp.gui import keys
from posapp.gui.dialogs.account import AccountDialog
from posapp.gui.dialogs.accounts import AccountsDialog
from posapp.gui.dialogs.customer_form import CustomerForm
from posapp.gui.dialogs.pick_field import Pick
from posapp.gui.dialogs.sale_edit import Change, SaleEdit, Try
from posapp.gui.parts import Parts
from posapp.gui.widgets.base import STRETCH
from posapp.gui.widgets.button import Button
from posapp.queries.detail_rows import ContactFacts
from posapp.queries.details import contact_facts

_SIZE = QSize(640, 420)


class SaleCustomerDialog(SaleEdit):
    """Typing finds, Enter takes the first one found and is done; the fields beneath make a new customer.

    What is known of a customer is never changed from here: other words make a customer of their own.
    """

    def __init__(self, parts: Parts, basket: Basket, try_edit: Try, parent: QWidget) -> None:
        super().__init__("Customer of this sale", parent, try_edit, size=_SIZE, deed="Use for this sale")
        self._parts = parts
        self._basket = basket
        self.customer = CustomerForm(parts, headed=False)
        self.walk_in = Button("Walk-in")
        self.walk_in.setObjectName("walk_in")
        self.walk_in.setVisible(False)
        self.account = Button("Accounts…", icon="wallet-cards", shortcut=keys.caption("customer"))
        self.account.setObjectName("account")
        self.add(4, self.problem, self.customer, 16, STRETCH)
        self.set_footer(Button("Cancel", shortcut="Esc"), self.walk_in, self.account, STRETCH, self.commit)
        self._show_known(basket)
        self._before = self.customer.contact()
        self.walk_in.setVisible(bool(basket.contact_id))
        self.walk_in.clicked.connect(self._nobody)
        self.account.clicked.connect(self._open_account)
        keys.bind(self, "customer", self._open_account)
        self.customer.changed.connect(self._name_account)
        self._name_account()
        self.customer.finder.picked.connect(self._picked)
        for field in (self.customer.name, self.customer.phone, self.customer.email, self.customer.address):
            field.entered.connect(lambda _: self.apply())
        self.customer.note.entered.connect(lambda _: self.apply())
        self.customer.finder.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_known(self, basket: Basket) -> None:
        if basket.contact is not None:
            known = basket.contact
            self.customer.show_contact(
                ContactFacts(
                    basket.contact_id, known.name, known.phone, known.email, known.address, known.note
                )
            )
        elif basket.contact_id:
            self.customer.show_contact(contact_facts(self._parts.reader, basket.contact_id))

    def is_dirty(self) -> bool:
        """Say whether somebody new was typed."""
        return self.customer.contact() != self._before and not self.customer.known_id

    def _picked(self, _pick: Pick) -> None:
        """Somebody known was found: that is all there was to say."""
        self.apply()

    def _name_account(self) -> None:
        """The account of who stands in the fields; of everybody, where nobody known does."""
        self.account.setText("Account…" if self.customer.known_id else "Accounts…")

    def _open_account(self) -> None:
        known = self.customer.known_id
        dialog = AccountDialog(self._parts, known, self) if known else AccountsDialog(self._parts, self)
        dialog.open()

    def _nobody(self) -> None:
        self.customer.show_contact(ContactFacts("", "", "", "", "", ""))
        self.apply()

    def change(self) -> Change | None:
        """Take who stands in the fields; nobody is a walk-in."""
        contact, known = self.customer.contact(), self.customer.known_id
        if contact == Contact():
            return lambda basket: baskets.for_customer(basket, "", "")
        name = contact.name or contact.phone or "Customer"
        if known and known == self._basket.contact_id and self._basket.contact is not None:
            return lambda basket: basket  # new, and as it was typed before
        if known:
            return lambda basket: baskets.for_customer(basket, known, name)
        fresh = new_command_id(self._parts.perform.now())
        return lambda basket: baskets.for_customer(basket, fresh, name, contact)
