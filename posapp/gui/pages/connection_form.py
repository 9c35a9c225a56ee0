"""Address and key of a web shop or a provider, to be typed, tested and connected."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.gui import metrics, text
from posapp.gui.fonts import Type
from posapp.gui.pages.connection_words import Kind
from posapp.gui.post import Address
from posapp.gui.widgets.base import STRETCH, column
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.card import Card
from posapp.gui.widgets.field import Input
from posapp.gui.widgets.field_row import FieldRow, flow
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.select import Select
from posapp.queries.reader import Place

LONGEST = 500


class ConnectionForm(Card):
    """`tested` and `submitted` carry the `Address`; what is missing is said beside its field.

    The secret is never shown, nor given back once it was used. `cancelled`: the person would rather not.
    """

    tested = Signal(object)
    submitted = Signal(object)
    cancelled = Signal()

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self._kind = kind
        self.title = Label("", Type.SECTION)
        self.address = Input(kind.address, placeholder=kind.placeholder)
        self.key = Input(kind.key or "Key", placeholder="ck_")
        if not kind.key_needed:
            self.key.hide()
        self.secret = Input(kind.secret, placeholder=kind.secret_placeholder, secret=True)
        for field in (self.address, self.key, self.secret):
            field.edit.setMaxLength(LONGEST)
            field.changed.connect(lambda _, each=field: each.set_error(""))
            field.entered.connect(lambda _: self._submit())
        self.place = Select("Its orders take stock from", ())
        self.place.hide()
        self._places: tuple[Place, ...] = ()
        self.test_button = Button("Test connection", icon="refresh-cw")
        self.submit_button = Button("Connect", Variant.PRIMARY, icon="globe")
        self.cancel_button = Button("Cancel", Variant.QUIET)
        self._where = Label(kind.where, Type.CAPTION, ink="muted", wrap=True)
        self.explained = _explained(kind)
        self._lay_out()
        self.test_button.clicked.connect(self._test)
        self.submit_button.clicked.connect(self._submit)
        self.cancel_button.clicked.connect(self._cancel)

    def _lay_out(self) -> None:
        keys = FieldRow((self.key, 1), (self.secret, 1), wide=420)
        deeds = QWidget()
        deeds.setLayout(flow(self.submit_button, self.test_button, self.cancel_button))
        fields = QWidget()
        fields.setLayout(
            column(self.title, 8, self.address, 12, keys, 6, self._where, 12, self.place, 16, deeds, STRETCH)
        )
        self.add(FieldRow((fields, 3), (self.explained, 2), wide=680, spacing=metrics.S32))

    def offer_places(self, places: tuple[Place, ...]) -> None:
        """Offer the locations that a new web shop can be bound to; with one there is nothing to choose."""
        if places != self._places:
            chosen = self.place.value
            self._places = places
            self.place.box.clear()
            for place in places:
                self.place.box.addItem(text.outside(place.name, 60), place.id)
            if chosen in {place.id for place in places}:
                self.place.set_value(chosen)
        self._show_place()

    def _show_place(self) -> None:
        new = self.address.isEnabled() and self._kind.key_needed
        self.place.setVisible(new and len(self._places) > 1)

    def ask_to_connect(self, url: str = "") -> None:
        """Ask for everything; a connection that was let go is offered with its old address."""
        self.title.setText(f"Connect {self._kind.name}")
        self._begin_with(url)
        self.address.setEnabled(True)
        self.explained.show()
        self.cancel_button.hide()
        self.submit_button.setText("Connect")
        self._show_place()

    def ask_for_key(self, url: str) -> None:
        """Ask for another key to the same address."""
        self.title.setText("Change key")
        self._begin_with(url)
        self.address.setEnabled(False)
        self.explained.hide()
        self.cancel_button.show()
        self.submit_button.setText("Use this key")
        self._show_place()
        (self.key if self._kind.key_needed else self.secret).edit.setFocus()

    def _begin_with(self, url: str) -> None:
        self.address.set_text(url)
        self.key.set_text("")
        self.forget_secret()
        self.wait(False)

    def forget_secret(self) -> None:
        """Empty the secret; set, not cleared, for then Undo cannot bring it back."""
        self.secret.set_text("")

    def wait(self, waiting: bool) -> None:
        """Take no further press while an answer is awaited."""
        for each in (self.test_button, self.submit_button, self.key, self.secret):
            each.setEnabled(not waiting)

    def _typed(self) -> Address | None:
        """What was typed; None while something is missing, which is said."""
        missing = []
        if self._kind.key_needed:
            missing = [
                (self.address, "Type the web address of the shop."),
                (self.key, "Paste the consumer key."),
            ]
        missing.append((self.secret, f"Paste the {self._kind.secret.lower()}."))
        empty = [(field, sentence) for field, sentence in missing if not field.text]
        for field, sentence in empty:
            field.set_error(sentence)
        if empty:
            empty[0][0].edit.setFocus()
            return None
        url = self.address.text or self._kind.placeholder
        key = self.key.text if self._kind.key_needed else ""
        place = self.place.value if len(self._places) > 1 and self._kind.key_needed else ""
        return Address(self._kind.id, url, key, self.secret.text, place)

    def _test(self) -> None:
        address = self._typed()
        if address is not None:
            self.tested.emit(address)

    def _submit(self) -> None:
        address = self._typed()
        if address is not None and self.submit_button.isEnabled():
            self.submitted.emit(address)

    def _cancel(self) -> None:
        self.forget_secret()
        self.cancelled.emit()


def _explained(kind: Kind) -> QWidget:
    """What happens, told before it does."""
    card = Card(ground="raised", spacing=8)
    card.add(Label("What happens", Type.SECTION))
    for icon, sentence in kind.happens:
        card.add(Label(sentence, Type.SMALL, icon=icon, wrap=True))
    card.add(STRETCH)
    return card
