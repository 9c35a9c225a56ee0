"""The count of the drawer: a line for each note and coin, one field for the rest, and what it comes to."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from posapp.count_draft import Count
from posapp.domain.denominations import faces
from posapp.domain.shifts import cash_counted
from posapp.gui import text
from posapp.gui.fonts import SEMIBOLD, Type
from posapp.gui.theme import look
from posapp.gui.typed import Unreadable, read_amount, read_units
from posapp.gui.widgets.base import STRETCH, Surface, row
from posapp.gui.widgets.button import Button, Size, Variant
from posapp.gui.widgets.card import Card, Divider
from posapp.gui.widgets.field import FieldBox
from posapp.gui.widgets.label import Label

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class CountCard(Card):
    """`changed`: something was typed. Enter goes on to the next field; what cannot be read counts as nothing."""

    changed = Signal()
    done = Signal()  # Enter in the last field

    def __init__(self, currency: str) -> None:
        super().__init__(padding=0)
        self._currency = currency
        self.later = Button("Count later", Variant.QUIET, Size.SMALL)
        self.later.setObjectName("count_later")
        self.pieces = {
            str(face): self._field(f"How many of {text.money(face, currency)}") for face in faces(currency)
        }
        self._sums = {face: Label(text.NOTHING, figures=True, ink="muted") for face in self.pieces}
        self.loose = self._field("Coins and other, an amount")
        self._total = Label("", Type.FIGURE, figures=True)
        self._lay_out()
        fields = [*self.pieces.values(), self.loose]
        for at, field in enumerate(fields):
            follower = fields[at + 1].edit if at + 1 < len(fields) else None
            field.edit.returnPressed.connect(follower.setFocus if follower is not None else self.done.emit)

    def _field(self, name: str) -> FieldBox:
        made = FieldBox(name=name, placeholder="0")
        made.edit.setAlignment(_RIGHT)
        made.edit.setMaxLength(12)
        made.edit.textEdited.connect(lambda _: self._typed())
        return made

    def _lay_out(self) -> None:
        self.add_head("Count the drawer", STRETCH, self.later, height=44)
        grid, holder = QGridLayout(), QWidget()
        grid.setContentsMargins(16, 4, 16, 4)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for at, (face, field) in enumerate(self.pieces.items()):
            grid.addWidget(Label(text.money(int(face), self._currency), figures=True), at, 0)
            grid.addWidget(Label("×", ink="muted"), at, 1)
            grid.addWidget(field, at, 2)
            self._sums[face].setAlignment(_RIGHT)
            grid.addWidget(self._sums[face], at, 3)
        last = len(self.pieces)
        grid.addWidget(Label("Coins and other", ink="muted"), last, 0, 1, 2)
        grid.addWidget(self.loose, last, 2)
        grid.setColumnStretch(3, 1)
        holder.setLayout(grid)
        foot = Surface("surface")
        foot.setLayout(row(Label("Counted", weight=SEMIBOLD), STRETCH, self._total, margins=(16, 10, 16, 10)))
        self.add(holder, STRETCH, Divider(), foot)
        self.look_changed()
        self._typed(tell=False)

    def look_changed(self) -> None:
        """Larger text needs wider fields."""
        super().look_changed()
        if hasattr(self, "loose"):  # Surface asks for it while this is still being made
            for field in (*self.pieces.values(), self.loose):
                field.setFixedWidth(look().px(88))

    # --- what was typed -------------------------------------------------------------------------------

    def units(self, face: str) -> int | None:
        """Give the pieces of one face value; None where what was typed is no number."""
        typed = self.pieces[face].edit.text().strip()
        try:
            return read_units(typed, least=0) if typed else 0
        except Unreadable:
            return None

    def loose_minor(self) -> int | None:
        """Give the coins and the rest; None where what was typed is no amount."""
        typed = self.loose.edit.text().strip()
        try:
            return read_amount(typed, self._currency) if typed else 0
        except Unreadable:
            return None

    def fields(self) -> tuple[dict[str, int], int]:
        """Give what a close is told: pieces by face value, and the rest."""
        return {face: units for face in self.pieces if (units := self.units(face))}, self.loose_minor() or 0

    @property
    def total_minor(self) -> int:
        """What was counted."""
        return cash_counted(*self.fields())

    @property
    def is_readable(self) -> bool:
        """Whether every field holds a number or nothing."""
        return all(self.units(face) is not None for face in self.pieces) and self.loose_minor() is not None

    @property
    def is_begun(self) -> bool:
        """Whether anything was typed."""
        return any(field.edit.text().strip() for field in (*self.pieces.values(), self.loose))

    def show_count(self, count: Count) -> None:
        """Put what was typed before back into the fields."""
        for face, field in self.pieces.items():
            field.edit.setText(count.pieces.get(face, ""))
        self.loose.edit.setText(count.loose)
        self._typed(tell=False)

    def typed(self) -> tuple[dict[str, str], str]:
        """Give the fields as they stand, for the draft."""
        pieces = {face: field.edit.text() for face, field in self.pieces.items() if field.edit.text()}
        return pieces, self.loose.edit.text()

    def _typed(self, *, tell: bool = True) -> None:
        for face, field in self.pieces.items():
            units = self.units(face)
            field.set_failed(units is None)
            words = text.amount(int(face) * units, self._currency) if units else text.NOTHING
            self._sums[face].setText(words)
            self._sums[face].set_ink("text" if units else "muted")
        self.loose.set_failed(self.loose_minor() is None)
        self._total.setText(text.money(self.total_minor, self._currency))
        if tell:
            self.changed.emit()
