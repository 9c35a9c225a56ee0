"""What a decision would do, in numbers, before anything has happened."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from posapp.gui import metrics, text
from posapp.gui.fonts import MEDIUM, SEMIBOLD, Type
from posapp.gui.theme import look
from posapp.gui.widgets.base import STRETCH, Item, Surface, Themed, column, fill, row
from posapp.gui.widgets.card import Card, Divider
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.panel import clear_layout

_LINE = 24
_LABEL_WIDE = 96


@dataclass(frozen=True, slots=True)
class Step:
    """A number before and after, as words: "On shelf", "4", "5"."""

    label: str
    before: str
    after: str

    @classmethod
    def units(cls, label: str, before: int, after: int) -> "Step":
        """Make a step of quantities."""
        return cls(label, text.number(before), text.number(after))

    @property
    def spoken(self) -> str:
        """Say it without the arrow."""
        return f"{self.label} {self.before} to {self.after}"


class Change(QWidget):
    """`On shelf 4 → 5`: label and arrow muted, a changed new value 600."""

    def __init__(self, step: Step) -> None:
        super().__init__()
        moved = step.before != step.after
        self.setLayout(
            row(
                Label(step.label, Type.SMALL, ink="muted"),
                Label(step.before, figures=True),
                Label("→", ink="muted"),
                Label(step.after, figures=True, weight=SEMIBOLD if moved else None),
                STRETCH,
                spacing=4,
            )
        )
        self.setAccessibleName(step.spoken)


class EffectRow(Themed, QWidget):
    """Label with icon in a column of 96, then lines of 24."""

    def __init__(self, label: str, icon: str) -> None:
        super().__init__()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self._label = Label(label, Type.BODY, ink="muted", weight=MEDIUM, icon=icon)
        side = column(self._label, STRETCH)
        self.setLayout(row(spacing=0, margins=(16, 8, 16, 8)))
        box = self.layout()
        assert isinstance(box, QHBoxLayout)
        fill(box, (side, self._lines))
        box.setStretch(1, 1)
        self.look_changed()

    def look_changed(self) -> None:
        """Keep the column of labels."""
        self._label.setFixedSize(look().px(_LABEL_WIDE), look().px(_LINE))

    def add(self, *items: Item, right: Sequence[Item] = (), spacing: int = 8) -> None:
        """Add a line of labels and controls; `right` stands at the right end."""
        line = QWidget()
        line.setLayout(row(*items, STRETCH, *right, spacing=spacing))
        line.setMinimumHeight(look().px(_LINE))
        for label in line.findChildren(Label):
            if not label.wordWrap():
                label.setFixedHeight(look().px(_LINE))
        self._lines.addWidget(line)

    def add_wide(self, part: QWidget) -> None:
        """Add a part that takes the whole width, such as a form or words that wrap."""
        part.setMinimumHeight(look().px(_LINE))
        self._lines.addWidget(part)


class EffectPanel(Card):
    """The panel with its head; rows are added by `add_row` and taken away by `clear`."""

    def __init__(self, title: str, note: str = "Nothing has happened yet") -> None:
        super().__init__(padding=0, edge="line_strong", ground="raised")
        self._title = Label(title, Type.BODY, weight=SEMIBOLD)
        self._note = Label(note, Type.CAPTION, ink="muted", icon="eye")
        head = Surface("surface", "bottom")
        head.setLayout(row(self._title, STRETCH, self._note, margins=(16, 0, 16, 0)))
        head.setMinimumHeight(metrics.TABLE_HEADER)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.add(head, self._rows)
        self.setAccessibleName(title)

    def set_title(self, title: str, note: str = "Nothing has happened yet") -> None:
        """Name another effect."""
        self._title.setText(title)
        self._note.setText(note)
        self.setAccessibleName(title)

    def add_row(self, label: str, icon: str) -> EffectRow:
        """Add a row such as Money (`hand-coins`), Stock (`package`) or Order (`receipt-text`)."""
        if self._rows.count():
            self._rows.addWidget(Divider())
        made = EffectRow(label, icon)
        self._rows.addWidget(made)
        return made

    def clear(self) -> None:
        """Take the rows away, to show another effect."""
        clear_layout(self._rows)
