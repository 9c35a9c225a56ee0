"""What stands in place of a section of Settings that this person may not change."""

from posapp.gui import text
from posapp.gui.pages.settings_frame import Section
from posapp.gui.parts import Parts
from posapp.gui.widgets.card import Card
from posapp.gui.widgets.label import Label


class BarredSection(Section):
    """Says who could, instead of fields that would be refused."""

    def __init__(self, parts: Parts, title: str) -> None:
        super().__init__(title)
        card = Card()
        name = text.outside(parts.who.name, 40) or "Nobody"
        card.add(
            Label(f"{name} may not change the shop's settings.", icon="lock"), 8,
            Label("Somebody who may can sign in here: Ctrl+L, then their name.", ink="muted", wrap=True),
        )  # fmt: skip
        self.add(card)
