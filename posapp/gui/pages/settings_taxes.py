"""Settings, Tax classes: goods that are taxed in another way than the shop's setting says."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.commands.command import new_command_id
from posapp.commands.taxes import SaveTaxClass
from posapp.domain.errors import Refused
from posapp.gui import text
from posapp.gui.fonts import Type
from posapp.gui.pages.settings_frame import Section
from posapp.gui.parts import Parts
from posapp.gui.typed import Unreadable, read_percent, shown_percent
from posapp.gui.widgets.base import column
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.card import Card
from posapp.gui.widgets.field import Input
from posapp.gui.widgets.field_row import FieldRow, flow
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.panel import clear_layout
from posapp.gui.widgets.toggles import Switch
from posapp.queries.tax_classes import TaxClassRow, tax_class_rows

LONGEST = 40
SLOTS = 2  # taxes that a card has room for; one that has more keeps them all
_MEANING = (
    "Goods are taxed as Shop says, unless their product names one of these classes. What was sold keeps the taxes "
    "that it was sold with."
)


class TaxesSection(Section):
    """A card for each class, and an empty one for another."""

    def __init__(self, parts: Parts) -> None:
        super().__init__("Tax classes")
        self._parts = parts
        self._shown: tuple[TaxClassRow, ...] | None = None
        self.cards: list[TaxClassCard] = []
        self._list = column(spacing=12)
        rows = QWidget()
        rows.setLayout(self._list)
        self.add(Label(_MEANING, Type.SMALL, ink="muted", wrap=True), rows)
        parts.changes.changed.connect(self._told)

    def opened(self) -> None:
        """Read which there are; what is being typed stays as long as they are the same."""
        found = tax_class_rows(self._parts.reader)
        if found == self._shown:
            return
        self._shown = found
        with self.keeping_focus():
            self._fill(found)

    def _fill(self, found: tuple[TaxClassRow, ...]) -> None:
        clear_layout(self._list)
        self.cards = [TaxClassCard(each) for each in (*found, None)]
        for card in self.cards:
            card.saved.connect(lambda card=card: self._save(card))
            self._list.addWidget(card)
        self.set_fact(text.plural(len(found), "class", "classes") if found else "")

    def _told(self, names: frozenset[str], _events: tuple[object, ...]) -> None:
        if names & {"TaxClassChanged", "CatalogueChanged"} and self.isVisible():
            self.opened()

    def _save(self, card: "TaxClassCard") -> None:
        try:
            rates = card.rates()
        except Unreadable:
            return
        name = card.name.text

        def done(_: object) -> None:
            self.opened()
            self._parts.toast(f"{text.outside(name, LONGEST)} is saved")

        def failed(why: Refused) -> None:
            card.name.set_error(why.message)

        self._parts.perform(
            SaveTaxClass,
            done=done,
            failed=failed,
            tax_class_id=card.known.id if card.known else new_command_id(self._parts.perform.now()),
            name=name,
            rates=rates,
            included=card.included.isChecked(),
        )


class TaxClassCard(Card):
    """One class: its name, its taxes, and whether prices have them in. Without one it makes another."""

    saved = Signal()

    def __init__(self, known: TaxClassRow | None) -> None:
        super().__init__()
        self.known = known
        called = text.outside(known.name, LONGEST) if known else "another class"
        self.name = Input(
            "Name" if known else "Another class", known.name if known else "", placeholder="Books"
        )
        self.name.edit.setMaxLength(LONGEST)
        self.name.edit.setAccessibleName(f"Name of {called}")
        slots = max(SLOTS, len(known.rates) if known else 0)
        self.taxes = [_Tax(called, at, known) for at in range(slots)]
        self.included = Switch("Prices include the tax", name=f"Prices include the tax of {called}")
        self.included.setChecked(known.included if known else True)
        words, icon = ("Save", None) if known else ("Add class", "plus")
        self.button = Button(
            words, Variant.SECONDARY, icon=icon, name=f"{words} {called}" if known else words
        )
        self._lay_out()
        self._before = self._typed()
        for field in (self.name, *(field for tax in self.taxes for field in (tax.name, tax.rate))):
            field.changed.connect(lambda _, each=field: each.set_error(""))
            field.changed.connect(lambda _: self._offer())
            field.entered.connect(lambda _: self._press())
        self.included.toggled.connect(lambda _: self._offer())
        self.button.clicked.connect(self.saved)
        self._offer()

    def _lay_out(self) -> None:
        deeds = QWidget()
        deeds.setLayout(flow(self.button))
        self.add(FieldRow((self.name, 1), wide=320), 12)
        for tax in self.taxes:
            self.add(FieldRow((tax.name, 2), (tax.rate, 1), wide=480), 8)
        self.add(self.included, 6)
        if self.known is not None:
            count = self.known.products
            taxed = f"{text.plural(count, 'product')} taxed so" if count else "No product is taxed so yet"
            self.add(Label(taxed, Type.SMALL, ink="muted", figures=True), 6)
        self.add(6, deeds)

    def rates(self) -> tuple[tuple[str, int], ...]:
        """The taxes as typed; an empty row is none. Raises `Unreadable`, and says it beside the field."""
        found = []
        for tax in self.taxes:
            if tax.name.text or tax.rate.text:
                try:
                    found.append((tax.name.text or "VAT", read_percent(tax.rate.text or "0")))
                except Unreadable as wrong:
                    tax.rate.set_error(str(wrong))
                    raise
        return tuple(found)

    def _typed(self) -> tuple[object, ...]:
        texts = [field.text for tax in self.taxes for field in (tax.name, tax.rate)]
        return (self.name.text, *texts, self.included.isChecked())

    def _offer(self) -> None:
        if not self.name.text:
            self.button.disable("Give the class a name")
        elif self._typed() == self._before:
            self.button.disable("Nothing was changed")
        else:
            self.button.enable()

    def _press(self) -> None:
        if self.button.isEnabled():
            self.saved.emit()


class _Tax:
    """Name and rate of one tax of a class."""

    def __init__(self, called: str, at: int, known: TaxClassRow | None) -> None:
        name, points = known.rates[at] if known and at < len(known.rates) else ("", 0)
        first = at == 0
        self.name = Input(
            "Tax" if first else "Second tax" if at == 1 else "Another tax", name, placeholder="VAT"
        )
        shown = shown_percent(points) if name else ""
        self.rate = Input("Rate", shown, placeholder="7.5", trailing="%")
        self.name.edit.setMaxLength(20)
        self.name.edit.setAccessibleName(f"Tax {at + 1} of {called}")
        self.rate.edit.setAccessibleName(f"Rate of tax {at + 1} of {called}")
