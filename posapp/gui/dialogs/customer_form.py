"""Who an order is for: somebody known, or a few fields; a walk-in leaves them empty."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.feed import MAX_TEXT, Contact
from posapp.gui import text
from posapp.gui.contact_links import digits_of_phone
from posapp.gui.dialogs.pick_field import Pick, PickField
from posapp.gui.fonts import Type
from posapp.gui.parts import Parts
from posapp.gui.widgets.base import column, row
from posapp.gui.widgets.field import Input
from posapp.gui.widgets.label import Label
from posapp.queries.detail_rows import ContactFacts
from posapp.queries.details import contact_facts
from posapp.queries.jump import HitKind, jump

_FOUND = 24


class CustomerForm(QWidget):
    """A known customer whose fields are left as they are keeps the id; any change makes a contact of its own.

    What other orders say of a customer is never changed from here.
    """

    changed = Signal()

    def __init__(self, parts: Parts, *, headed: bool = True) -> None:
        """`headed`: with a title of its own, where it is a part of something larger."""
        super().__init__()
        self._parts = parts
        self._known: ContactFacts | None = None
        nothing = "Nobody found. Enter: a new customer"
        self.finder = PickField("Find a customer: name or phone", self._customers, nothing=nothing)
        self.name = Input("Name")
        self.phone = Input("Phone")
        self.email = Input("E-mail")
        self.address = Input("Delivery address")
        self.note = Input("About the customer")
        head = (Label("Customer", Type.SECTION),) if headed else ()
        box = column(
            *head,
            self.finder,
            row(self.name, self.phone, spacing=12),
            self.address,
            row(self.email, self.note, spacing=12),
            spacing=12,
        )
        self.setLayout(box)
        self.finder.picked.connect(lambda pick: self.show_contact(contact_facts(parts.reader, pick.id)))
        self.finder.missed.connect(self._begin_new)
        for field in self._fields():
            field.edit.setMaxLength(MAX_TEXT)
            field.changed.connect(lambda _: self.changed.emit())

    def _begin_new(self, words: str) -> None:
        """Nobody has this name or number yet: it need not be typed again."""
        is_phone = bool(digits_of_phone(words))
        self.show_contact(ContactFacts("", "" if is_phone else words, words if is_phone else "", "", "", ""))
        self.finder.clear()
        (self.name if is_phone else self.phone).edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fields(self) -> tuple[Input, ...]:
        return self.name, self.phone, self.email, self.address, self.note

    def _customers(self, words: str) -> Sequence[Pick]:
        seen: dict[tuple[str, str], Pick] = {}
        for hit in jump(self._parts.reader, words, _FOUND):
            if hit.kind == HitKind.CUSTOMER:
                seen.setdefault((hit.title, hit.detail), Pick(hit.id, hit.title or "No name", hit.detail))
        return list(seen.values())

    def show_contact(self, facts: ContactFacts) -> None:
        """Fill the fields with somebody known."""
        self._known = facts
        known = (facts.name, facts.phone, facts.email, facts.address, facts.note)
        for field, words in zip(self._fields(), known, strict=True):
            field.set_text(text.outside(words, MAX_TEXT))
        self.changed.emit()

    def contact(self) -> Contact:
        """Give what the fields say."""
        return Contact(*(field.text for field in self._fields()))

    @property
    def known_id(self) -> str:
        """Give the id of the known customer, "" for a new one or a walk-in."""
        facts = self._known
        if facts is None:
            return ""
        known = (facts.name, facts.phone, facts.email, facts.address, facts.note)
        same = tuple(text.outside(words, MAX_TEXT) for words in known) == tuple(
            f.text for f in self._fields()
        )
        return facts.id if same else ""
