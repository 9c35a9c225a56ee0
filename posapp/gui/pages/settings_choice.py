"""One setting of a few values: each is a word to choose and a sentence that says what it does."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from posapp.commands.shop import ChangeSetting
from posapp.domain.errors import Refused
from posapp.gui import metrics
from posapp.gui.fonts import MEDIUM, Type
from posapp.gui.parts import Parts
from posapp.gui.theme import look
from posapp.gui.widgets.base import STRETCH, row
from posapp.gui.widgets.card import Card
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.toggles import Radio


class _Sentence(Label):
    """Stands beneath a radio's word, not beneath its mark."""

    def __init__(self, words: str) -> None:
        super().__init__(words, Type.SMALL, ink="muted", wrap=True)

    def look_changed(self) -> None:
        """The mark grows with the text."""
        super().look_changed()
        self.setContentsMargins(look().px(16) + 8, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a setting, its word, and what it does."""

    value: str
    word: str
    sentence: str


class ChoiceCard(Card):
    """The setting's name, what it is about, and its values beneath each other; a choice counts at once."""

    chosen = Signal(str)  # a value that a person chose

    def __init__(self, name: str, about: str, choices: Sequence[Choice]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.radios: dict[str, Radio] = {}
        self.add(Label(name, weight=MEDIUM), Label(about, Type.SMALL, ink="muted", wrap=True))
        for choice in choices:
            self._add_choice(name, choice)

    def _add_choice(self, name: str, choice: Choice) -> None:
        radio = Radio(choice.word, name=f"{name}: {choice.word}")
        radio.setObjectName(choice.value)
        radio.setAccessibleDescription(choice.sentence)
        radio.toggled.connect(lambda on, value=choice.value: self.chosen.emit(value) if on else None)
        self.radios[choice.value] = radio
        self.add(metrics.S12, row(radio, STRETCH), _Sentence(choice.sentence))

    def show_value(self, value: str) -> None:
        """Show which one holds, without telling anybody."""
        for radio in self.radios.values():
            radio.blockSignals(True)
        self.radios[value].setChecked(True)
        for radio in self.radios.values():
            radio.blockSignals(False)


class SettingChoice(QObject):
    """A card bound to a setting of the shop: it reads how it is set, and changes it; a refusal puts it back.

    It goes with its card, and hears of no news after that.
    """

    def __init__(self, parts: Parts, key: str, card: ChoiceCard) -> None:
        super().__init__(card)
        self._parts, self._key, self.card = parts, key, card
        card.chosen.connect(self._change)
        parts.changes.changed.connect(self._news)

    def opened(self) -> None:
        """Read how it is set."""
        self.card.show_value(getattr(self._parts.reader.settings(), self._key))

    def _news(self, names: frozenset[str], _events: tuple[object, ...]) -> None:
        if "SettingsChanged" in names:
            self.opened()

    def _change(self, value: str) -> None:
        self._parts.perform(ChangeSetting, key=self._key, value=value, failed=self._not_changed)

    def _not_changed(self, why: Refused) -> None:
        self.opened()
        self._parts.toast(why.message, icon="circle-alert")
