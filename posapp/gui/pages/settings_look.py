"""Settings, Look and text: colours and size, changed at once and kept for this person."""

from PySide6.QtWidgets import QWidget

from posapp.gui.fonts import MEDIUM, Type
from posapp.gui.pages.settings_frame import Section
from posapp.gui.parts import Parts
from posapp.gui.theme import Scheme
from posapp.gui.tokens import Tone
from posapp.gui.widgets.base import column
from posapp.gui.widgets.card import Card, Divider
from posapp.gui.widgets.field_row import FieldRow
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.segmented import SegmentedControl
from posapp.gui.widgets.strip import Strip

SCHEMES = (
    (Scheme.SYSTEM, "Like the system"),
    (Scheme.LIGHT, "Light"),
    (Scheme.DARK, "Dark"),
    (Scheme.CONTRAST, "High contrast"),
)
SIZES = tuple((str(percent), f"{percent} %") for percent in (100, 125, 150, 175, 200))


class LookSection(Section):
    """Whatever is chosen holds for the whole window at once."""

    def __init__(self, parts: Parts) -> None:
        super().__init__("Look and text")
        self._parts = parts
        self.scheme = SegmentedControl(
            [(scheme.value, words) for scheme, words in SCHEMES],
            name="Colours",
            value=parts.theme.scheme.value,
        )
        self.text_size = SegmentedControl(
            SIZES, name="Size of text", value=self._nearest(parts.theme.text_percent)
        )
        card = Card(spacing=16)
        card.add(_line("Colours", "High contrast is black with white and yellow.", self.scheme))
        card.add(Divider())
        card.add(
            _line(
                "Size of text", "Everything grows with it; lists and charts give way first.", self.text_size
            )
        )
        self.complaint = Strip(Tone.STOPPED, "", wrap=True)
        kept = "Kept for you on this computer, as are the window's place and the columns of lists."
        self.add(card, Label(kept, Type.SMALL, ink="muted", wrap=True), self.complaint)
        self.scheme.changed.connect(lambda _: self._choose())
        self.text_size.changed.connect(lambda _: self._choose())
        parts.preferences.trouble.connect(lambda _: self.opened())
        self.opened()

    @staticmethod
    def _nearest(percent: int) -> str:
        return min((value for value, _ in SIZES), key=lambda value: abs(int(value) - percent))

    def opened(self) -> None:
        """Say what is wrong with the file of settings, if anything is."""
        complaint = self._parts.preferences.complaint
        self.complaint.setVisible(bool(complaint))
        if complaint:
            self.complaint.say(complaint)

    def _choose(self) -> None:
        scheme, percent = Scheme(self.scheme.value), int(self.text_size.value)
        self._parts.theme.choose(scheme, percent)
        self._parts.preferences.choose_look(scheme.value, percent)


def _line(name: str, meaning: str, control: QWidget) -> QWidget:
    """A setting: its name and meaning, and its control at the right."""
    told = QWidget()
    told.setLayout(column(Label(name, weight=MEDIUM), Label(meaning, Type.SMALL, ink="muted", wrap=True)))
    return FieldRow((told, 1), (control, 0), wide=700, spacing=12)
