"""Settings, Locations: the shops and store rooms, their names, and adding one."""

from functools import partial

from PySide6.QtWidgets import QWidget

from posapp.commands.locations import MOST_LETTERS, AddLocation, RenameLocation
from posapp.domain.errors import Refused
from posapp.gui import text
from posapp.gui.fonts import Type
from posapp.gui.pages.settings_frame import Section
from posapp.gui.parts import Parts
from posapp.gui.widgets.base import column
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.card import Card
from posapp.gui.widgets.field import Input
from posapp.gui.widgets.field_row import FieldRow, flow
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.panel import clear_layout
from posapp.queries.locations import LocationRow, location_rows

_MEANING = (
    "A shop or a store room with shelves of its own. An order takes its units from one location; units are moved from "
    "one to another on the Products page, or brought for an order that is short."
)


class LocationsSection(Section):
    """A row for each location, and a field for another one."""

    def __init__(self, parts: Parts) -> None:
        super().__init__("Locations")
        self._parts = parts
        self._shown: tuple[LocationRow, ...] | None = None
        self.rows: list[_LocationCard] = []
        self._list = column(spacing=12)
        self.name = Input("Another location", placeholder="Lekki")
        self.name.edit.setMaxLength(MOST_LETTERS)
        self.add_button = Button("Add location", Variant.PRIMARY, icon="plus")
        rows, new = QWidget(), Card()
        rows.setLayout(self._list)
        add = QWidget()
        add.setLayout(flow(self.add_button))
        new.add(self.name, 12, add)
        self.add(Label(_MEANING, Type.SMALL, ink="muted", wrap=True), rows, new)
        self.name.changed.connect(lambda _: self.name.set_error(""))
        self.name.entered.connect(lambda _: self._add())
        self.add_button.clicked.connect(self._add)
        parts.changes.changed.connect(self._told)

    def opened(self) -> None:
        """Read which there are; a name that is being typed stays as long as they are the same."""
        found = location_rows(self._parts.reader)
        if found == self._shown:
            return
        self._shown = found
        with self.keeping_focus():
            self._fill(found)

    def _fill(self, found: tuple[LocationRow, ...]) -> None:
        clear_layout(self._list)
        self.rows = []
        for location in found:
            card = _LocationCard(location, own=location.id == self._parts.shop.location_id)
            card.rename_button.clicked.connect(partial(self._rename, card))
            card.name.entered.connect(lambda _, card=card: self._rename(card))
            self.rows.append(card)
            self._list.addWidget(card)
        self.set_fact(text.plural(len(found), "location"))

    def _told(self, names: frozenset[str], _events: tuple[object, ...]) -> None:
        if names & {"SettingsChanged", "StockChanged"} and self.isVisible():
            self.opened()

    def _add(self) -> None:
        name = self.name.text

        def done(_: object) -> None:
            self.name.set_text("")
            self.opened()
            self._parts.toast(f"{text.outside(name, 60)} is added")

        self._parts.perform(
            AddLocation, done=done, failed=lambda why: self.name.set_error(why.message), name=name
        )

    def _rename(self, card: "_LocationCard") -> None:
        if card.name.text == card.location.name:
            return

        def failed(why: Refused) -> None:
            card.name.set_error(why.message)

        self._parts.perform(
            RenameLocation,
            done=lambda _: self._parts.toast("Saved"),
            failed=failed,
            location_id=card.location.id,
            name=card.name.text,
        )


class _LocationCard(Card):
    """One location: its name, what it is, and what lies there."""

    def __init__(self, location: LocationRow, *, own: bool) -> None:
        super().__init__()
        self.location = location
        self.name = Input("Name", location.name)
        self.name.edit.setMaxLength(MOST_LETTERS)
        self.name.edit.setAccessibleName(f"Name of {text.outside(location.name, 60)}")
        self.rename_button = Button("Rename", name=f"Rename {text.outside(location.name, 60)}")
        self.rename_button.setEnabled(False)
        facts = ["this till" if own else "", "web orders take here" if location.serves_web else ""]
        facts.append(f"{text.number(location.on_hand)} on the shelf")
        if location.allocated:
            facts.append(f"{text.number(location.allocated)} promised")
        deeds = QWidget()
        deeds.setLayout(flow(self.rename_button))
        self.add(FieldRow((self.name, 1), wide=320), 6)
        said = " · ".join(fact for fact in facts if fact)
        self.add(
            Label(f"{said[:1].upper()}{said[1:]}", Type.SMALL, ink="muted", figures=True),
            10,
            deeds,
        )
        self.name.changed.connect(self._typed)

    def _typed(self, name: str) -> None:
        self.name.set_error("")
        self.rename_button.setEnabled(bool(name.strip()) and name.strip() != self.location.name)
