"""Choosing a shop or a store room; with only one there is nothing to choose."""

from collections.abc import Sequence

from posapp.gui import text
from posapp.gui.parts import Parts
from posapp.gui.widgets.select import Select
from posapp.queries.reader import Place


class LocationSelect(Select):
    """Begins with the till's own location, or with another; hidden while there is only one."""

    def __init__(self, parts: Parts, label: str, location: str = "") -> None:
        self.places: Sequence[Place] = parts.reader.settings().locations
        choices = [(place.id, text.outside(place.name, 60)) for place in self.places]
        super().__init__(label, choices, location or parts.shop.location_id)
        self.box.setObjectName(label.lower())
        if len(self.places) < 2:
            self.hide()

    @property
    def words(self) -> str:
        """The chosen location's name."""
        return self.box.currentText()

    def other_than(self, location: str) -> str:
        """The first location that is another one, "" where there is none."""
        return next((place.id for place in self.places if place.id != location), "")
