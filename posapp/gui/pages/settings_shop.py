"""Settings, Shop: its name, money and time zone, and the tax on orders that are made here."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from posapp.commands.shop import ChangeSetting
from posapp.desk import Outcome
from posapp.domain.errors import Refused
from posapp.domain.rights import MOST_NAME
from posapp.gui import places, text
from posapp.gui.fonts import Type
from posapp.gui.pages.settings_frame import Section
from posapp.gui.parts import Parts
from posapp.gui.tokens import Tone
from posapp.gui.typed import Unreadable, read_percent, shown_percent
from posapp.gui.widgets.base import STRETCH, column, row
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.card import Card
from posapp.gui.widgets.field import Input
from posapp.gui.widgets.field_row import FieldRow
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.select import Select
from posapp.gui.widgets.strip import Strip
from posapp.gui.widgets.toggles import Switch
from posapp.queries import health
from posapp.queries.orders import OrderFilter, OrdersSource
from posapp.queries.reader import ShopSettings

LONGEST_NAME, LONGEST_TAX = 80, 20
_HAS_ORDERS = "Cannot change: there are orders in this currency."
_LATER = "The new currency and time zone hold from the next start of posapp."


class ShopSection(Section):
    """One button saves what was changed; every setting is a command of its own, and journalled."""

    def __init__(self, parts: Parts) -> None:
        super().__init__("Shop")
        self._parts = parts
        known = parts.reader.settings()
        self.name = Input("Shop name")
        self.name.edit.setMaxLength(LONGEST_NAME)
        self.owner = Input("Owner's name")
        self.owner.edit.setMaxLength(MOST_NAME)
        self.currency = Select("Currency", _with(places.currencies(), known.currency))
        self.zone = Select("Time zone", _with(places.zones(), known.time_zone))
        self._locked = Label(_HAS_ORDERS, Type.CAPTION, ink="muted", icon="lock")
        self.tax_name = Input("Name of the tax", placeholder="VAT")
        self.tax_name.edit.setMaxLength(LONGEST_TAX)
        self.tax_rate = Input("Rate", placeholder="7.5", trailing="%")
        self.tax_included = Switch("Prices include the tax")
        self.told = Strip(Tone.MOVED, "", wrap=True)
        self.use_told = self.told.add_button("Use it")
        self.told.hide()
        self.later = Strip(Tone.MOVED, _LATER, wrap=True)
        self.later.hide()
        self.save = Button("Save", Variant.PRIMARY)
        self._lay_out(known)
        self._connect()
        self._waiting = 0

    def _lay_out(self, known: ShopSettings) -> None:
        shop, tax = Card(), Card()
        money, clock = QWidget(), QWidget()
        money.setLayout(column(self.currency, self._locked, STRETCH, spacing=4))
        clock.setLayout(column(self.zone, STRETCH))
        places_row = FieldRow((money, 1), (clock, 1), wide=480)
        names = FieldRow((self.name, 1), (self.owner, 1), wide=480)
        till = f"Till {text.outside(known.till, 8)}. What was done under another name of the owner stays under it."
        shop.add(names, 12, places_row, 12, Label(till, Type.SMALL, ink="muted", wrap=True))
        meaning = (
            "For orders made here by hand. Web orders keep the taxes of their web shop, and an order keeps the tax "
            "it was placed with."
        )
        tax.add(Label("Tax", Type.SECTION), 4, Label(meaning, Type.SMALL, ink="muted", wrap=True), 12)
        fields = FieldRow((self.tax_name, 2), (self.tax_rate, 1), wide=480)
        tax.add(fields, 12, self.tax_included, 12, self.told)
        self.add(shop, tax, self.later, row(self.save, STRETCH))

    def _connect(self) -> None:
        for field in (self.name, self.owner, self.tax_name, self.tax_rate):
            field.changed.connect(lambda _, each=field: each.set_error(""))
            field.changed.connect(lambda _: self._offer())
            field.entered.connect(lambda _: self._save())
        for select in (self.currency, self.zone):
            select.changed.connect(lambda _: self._offer())
        self.tax_included.toggled.connect(lambda _: self._offer())
        self.save.clicked.connect(self._save)
        self.use_told.clicked.connect(self._use_told)

    def opened(self) -> None:
        """Read how the shop is set up."""
        known = self._parts.reader.settings()
        self.name.set_text(known.name)
        self.owner.set_text(known.owner)
        self.currency.set_value(known.currency)
        self.zone.set_value(known.time_zone)
        self.tax_name.set_text(known.tax_name)
        self.tax_rate.set_text(shown_percent(known.tax_basis_points))
        self.tax_included.setChecked(known.tax_included)
        has_orders = bool(OrdersSource(self._parts.reader, OrderFilter()).page_after(None, 1))
        self.currency.setEnabled(not has_orders)
        self._locked.setVisible(has_orders)
        self._offer()
        self._show_told()

    def _show_told(self) -> None:
        """Propose the tax that the web shop takes, where the till has another."""
        told, known = health.told_tax(self._parts.reader), self._parts.reader.settings()
        ours = (known.tax_name, known.tax_basis_points, known.tax_included)
        differs = told is not None and (told.name, told.basis_points, told.included) != ours
        if told is not None and differs:
            where = "inside" if told.included else "on top of"
            rate = f"{text.isolated(told.name, LONGEST_TAX)} {shown_percent(told.basis_points)} %"
            self.told.say(f"The web shop takes {rate}, {where} its prices; this till has something else.")
        self.told.setVisible(differs)

    def _use_told(self) -> None:
        """Take the web shop's tax into the fields; it holds once it is saved."""
        told = health.told_tax(self._parts.reader)
        if told is not None:
            self.tax_name.set_text(text.outside(told.name, LONGEST_TAX))
            self.tax_rate.set_text(shown_percent(told.basis_points))
            self.tax_included.setChecked(told.included)
            self.told.hide()
            self.save.setFocus()

    def _typed(self) -> dict[str, str]:
        """What the fields say, by setting. Raises `Unreadable` for a rate that is no number."""
        return {
            "name": self.name.text,
            "owner": " ".join(self.owner.text.split()),
            "currency": self.currency.value,
            "time_zone": self.zone.value,
            "tax_name": self.tax_name.text or "VAT",
            "tax_basis_points": str(read_percent(self.tax_rate.text or "0")),
            "tax_included": "true" if self.tax_included.isChecked() else "false",
        }

    def _changed(self) -> dict[str, str]:
        known = self._parts.reader.settings()
        now = {
            "name": known.name,
            "owner": known.owner,
            "currency": known.currency,
            "time_zone": known.time_zone,
            "tax_name": known.tax_name,
            "tax_basis_points": str(known.tax_basis_points),
            "tax_included": "true" if known.tax_included else "false",
        }
        return {key: value for key, value in self._typed().items() if value != now[key]}

    def _offer(self) -> None:
        """The button is there for what was changed."""
        try:
            changed = bool(self._changed())
        except Unreadable:
            changed = True
        if changed:
            self.save.enable()
        else:
            self.save.disable("Nothing was changed")

    def _save(self) -> None:
        """Bring every changed setting to the desk."""
        self.name.set_error("" if self.name.text else "A shop has a name.")
        self.owner.set_error("" if self.owner.text else "Say who owns it.")
        try:
            changed = self._changed()
        except Unreadable as why:
            self.tax_rate.set_error(str(why))
            return
        if not self.name.text or not self.owner.text or not changed:
            return
        self._waiting = len(changed)
        self.save.disable("Saving")
        # The owner's name last: the other changes are made under the name that holds now.
        for key, value in sorted(changed.items(), key=lambda change: change[0] == "owner"):
            done = partial(self._saved, key, self._parts.reader.settings().owner)
            self._parts.perform(ChangeSetting, key=key, value=value, done=done, failed=self._refused)
        if {"currency", "time_zone"} & set(changed):
            self.later.show()

    def _saved(self, key: str, owner: str, outcome: Outcome) -> None:
        if key == "owner" and self._parts.perform.actor == owner:
            self._parts.perform.actor = outcome.answer  # the owner goes on under the new name
        self._waiting -= 1
        if self._waiting == 0:
            self._parts.toast("Saved")
            self._offer()

    def _refused(self, why: Refused) -> None:
        self._waiting -= 1
        self.later.hide()
        self._parts.toast(why.message, icon="circle-alert")
        self.opened()


def _with(choices: Sequence[tuple[str, str]], known: str) -> list[tuple[str, str]]:
    """The choices, and what the shop has now where it is not among them."""
    return [*choices, *(() if known in dict(choices) else ((known, known),))]
