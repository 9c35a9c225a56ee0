"""Fields for money and for units: read exactly, and what is wrong is said beneath them."""

from PySide6.QtCore import Signal

from posapp.gui.typed import MAX_UNITS, Unreadable, read_amount, read_units
from posapp.gui.widgets.field import Input


class AmountInput(Input):
    """An amount of money; `read` tells it in minor units. Left empty it is `empty_minor`, or asked for if None."""

    read = Signal()

    def __init__(
        self,
        label: str,
        currency: str,
        *,
        value: str = "",
        empty_minor: int | None = 0,
        icon: str | None = None,
        large: bool = False,
    ) -> None:
        super().__init__(label, value, placeholder="0" if empty_minor == 0 else "", icon=icon, large=large)
        self._currency, self._empty = currency, empty_minor
        self.changed.connect(lambda _: self._typed())
        self.edit.editingFinished.connect(self.check)

    @property
    def amount_minor(self) -> int | None:
        """Give the amount; None while it cannot be read."""
        try:
            return self._read()
        except Unreadable:
            return None

    def _read(self) -> int:
        if not self.text and self._empty is not None:
            return self._empty
        return read_amount(self.text, self._currency)

    def check(self) -> bool:
        """Say beneath the field what is wrong with it; True when nothing is."""
        try:
            self._read()
        except Unreadable as wrong:
            self.set_error(str(wrong))
            return False
        self.set_error("")
        return True

    def _typed(self) -> None:
        """Take an error back as soon as it is mended; a new one waits until the field is left."""
        if self.amount_minor is not None:
            self.set_error("")
        self.read.emit()


class UnitsInput(Input):
    """A whole number of units between two bounds."""

    read = Signal()

    def __init__(self, label: str, *, least: int = 1, most: int = MAX_UNITS, placeholder: str = "") -> None:
        super().__init__(label, placeholder=placeholder)
        self._least, self._most = least, most
        self.changed.connect(lambda _: self._typed())

    @property
    def units(self) -> int | None:
        """Give the units; None while they cannot be read."""
        try:
            return read_units(self.text, least=self._least, most=self._most)
        except Unreadable:
            return None

    def check(self) -> bool:
        """Say beneath the field what is wrong with it; True when nothing is."""
        try:
            read_units(self.text, least=self._least, most=self._most)
        except Unreadable as wrong:
            self.set_error(str(wrong))
            return False
        self.set_error("")
        return True

    def _typed(self) -> None:
        if self.units is not None:
            self.set_error("")
        self.read.emit()
