"""The first start in an empty folder: whose shop this is, in which money and time zone."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from posapp.commands.shop import OpenShop
from posapp.domain.errors import Refused
from posapp.gui import places
from posapp.gui.fonts import Type
from posapp.gui.perform import Perform
from posapp.gui.theme import look
from posapp.gui.tokens import Tone
from posapp.gui.widgets.base import STRETCH
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.dialog import DialogShell
from posapp.gui.widgets.field import Input
from posapp.gui.widgets.field_row import FieldRow
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.select import Select
from posapp.gui.widgets.strip import Strip

_SIZE = (660, 520)
LONGEST = 80  # characters of a shop's or a person's name


class OpenShopDialog(DialogShell):
    """Accepted once the shop is open; turned down it leaves the folder without one."""

    def __init__(self, perform: Perform, parent: QWidget | None = None) -> None:
        super().__init__("Open your shop", parent, size=QSize(*_SIZE))
        self._perform = perform
        self.name = Input("Shop name", placeholder="As your customers know it")
        self.owner = Input("Your name", placeholder="Who owns this till")
        for field in (self.name, self.owner):
            field.edit.setMaxLength(LONGEST)
            field.entered.connect(lambda _: self._open())
        self.currency = Select("Currency", places.currencies(), places.currency_here())
        self.zone = Select("Time zone", places.zones(), places.zone_here())
        choices = FieldRow((self.currency, 1), (self.zone, 1), wide=560, spacing=12)
        money = "The currency of your prices. It cannot change once there are orders."
        web = "You can connect a web shop and a payment provider afterwards, in Settings."
        later = "The shop's name and time zone can be changed there too."
        self._trouble = Strip(Tone.STOPPED, "")
        self._trouble.hide()
        self.add(
            4, self.name, 12, self.owner, 12, choices, 4, Label(money, Type.CAPTION, ink="muted", wrap=True)
        )
        self.add(20, Label(f"{web} {later}", Type.SMALL, icon="globe", wrap=True), 16, self._trouble, STRETCH)
        self.commit = Button("Open the shop", Variant.PRIMARY, icon="store")
        self.commit.clicked.connect(self._open)
        self.set_footer(Button("Not now", shortcut="Esc"), STRETCH, self.commit)
        self.name.edit.setFocus()

    def look_changed(self) -> None:
        """Grow with the text."""
        super().look_changed()
        self._wanted = QSize(look().px(_SIZE[0]), look().px(_SIZE[1]))

    def _open(self) -> None:
        """Open it, unless a name is missing."""
        self.name.set_error("" if self.name.text else "Give your shop a name.")
        self.owner.set_error("" if self.owner.text else "Say who owns it.")
        if not (self.name.text and self.owner.text):
            (self.owner if self.name.text else self.name).edit.setFocus()
            return
        self.commit.setEnabled(False)
        self._perform.actor = self.owner.text
        self._perform(
            OpenShop,
            name=self.name.text,
            owner=self.owner.text,
            currency=self.currency.value,
            time_zone=self.zone.value,
            done=lambda _: self.accept(),
            failed=self._refused,
        )

    def _refused(self, why: Refused) -> None:
        self.commit.setEnabled(True)
        self._trouble.say(why.message)
        self._trouble.show()
