"""Settings, Shortcuts: every key of the table, and other ones where somebody's hands are used to them."""

from functools import partial

from PySide6.QtWidgets import QWidget

from posapp.gui import keys
from posapp.gui.dialogs.press_key import PressKeyDialog
from posapp.gui.fonts import Type
from posapp.gui.pages.settings_frame import Section
from posapp.gui.parts import Parts
from posapp.gui.widgets.badge import Keycap
from posapp.gui.widgets.base import STRETCH, row
from posapp.gui.widgets.button import Button, Size
from posapp.gui.widgets.card import Card, Divider
from posapp.gui.widgets.label import Label

_PLACES = tuple(dict.fromkeys(key.where for key in keys.KEYS))
_KEPT = "Kept for you on this computer. New keys hold at once; buttons show them from the next start."


class KeyRow(QWidget):
    """What a key does, the key, and a button to choose another."""

    def __init__(self, key: keys.Key) -> None:
        super().__init__()
        self.key = key
        self.caps = [Keycap(keys.short(sequence)) for sequence in keys.sequences(key.id)]
        self.change = Button("Change", size=Size.SMALL, name=f"Change the keys for: {key.words}")
        words = Label(key.words, wrap=True)
        box = row(words, *self.caps, self.change, spacing=12, margins=(16, 6, 16, 6))
        box.setStretch(0, 1)
        self.setLayout(box)
        self.change.setVisible(key.bound)


class KeysSection(Section):
    """The table in its groups. A key that widgets handle themselves is shown and stays."""

    def __init__(self, parts: Parts) -> None:
        super().__init__("Shortcuts")
        self._parts = parts
        self.rows: dict[str, KeyRow] = {}
        self.reset = Button("All as delivered")
        self.reset.clicked.connect(lambda: self._keep({}))
        self._groups = [Card(padding=0) for _ in _PLACES]
        self.add(Label(_KEPT, Type.SMALL, ink="muted", wrap=True), *self._groups, row(self.reset, STRETCH))
        self._fill()

    def opened(self) -> None:
        """Show the keys as they are now."""
        self.reset.setEnabled(bool(self._parts.preferences.known.keys))

    def _fill(self) -> None:
        for card, place in zip(self._groups, _PLACES, strict=True):
            title = Label(place, Type.SECTION)
            title.setContentsMargins(16, 12, 16, 6)
            card.add(title)
            for key in (key for key in keys.KEYS if key.where == place):
                made = self.rows[key.id] = KeyRow(key)
                made.change.clicked.connect(partial(self._ask, key))
                card.add(Divider(), made)

    def _ask(self, key: keys.Key) -> None:
        asked = PressKeyDialog(key, self.window())
        asked.chosen.connect(partial(self._choose, key))
        asked.open()

    def _choose(self, key: keys.Key, sequence: str) -> None:
        kept = {name: held for name, held in self._parts.preferences.known.keys.items() if name != key.id}
        if sequence:
            kept[key.id] = (sequence,)
        self._keep(kept)

    def _keep(self, chosen: dict[str, tuple[str, ...]]) -> None:
        keys.use(chosen)
        self._parts.preferences.change(keys=chosen)
        for name, made in self.rows.items():
            for cap in made.caps[1:]:
                cap.setVisible(name not in chosen)
            made.caps[0].setText(keys.caption(name))
            made.caps[0].updateGeometry()
        self.opened()
