"""Opening a shift: the cash that lies in the drawer now."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from posapp.commands.shifts import OpenShift
from posapp.gui import text
from posapp.gui.dialogs.amount_input import AmountInput
from posapp.gui.dialogs.form_dialog import FormDialog
from posapp.gui.fonts import Type
from posapp.gui.parts import Parts
from posapp.gui.widgets.base import STRETCH
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.label import Label
from posapp.queries.shifts import cash_left

_WIDE = 560
_WHY = "A shift counts this till's money from its float to its close. Count the cash in the drawer now."


class OpenShiftDialog(FormDialog):
    """Accepted once the shift is open. `without` lets a sale go on without one, where that is offered."""

    def __init__(self, parts: Parts, parent: QWidget, *, without: Callable[[], None] | None = None) -> None:
        super().__init__("Open the shift", parent)
        self._parts, self._without = parts, without
        currency = parts.shop.currency
        self.float = AmountInput(
            f"Cash in the drawer, {text.sign_of(currency).strip()}", currency, large=True
        )
        self.float.edit.setObjectName("float")
        self.float.entered.connect(lambda _: self._press())
        self.set_sub(f"Till {parts.shop.till} · {text.long_date(parts.clock(), parts.shop.zone)}")
        left = cash_left(parts.reader)
        hint = "" if left is None else f"{text.money(left, currency)} was counted at the last close."
        self._hint = Label(hint, Type.CAPTION, ink="muted", wrap=True)
        if not hint:
            self._hint.hide()
        self.add(4, Label(_WHY, wrap=True), 16, self.float, 4, self._hint, 8, self.problem, STRETCH)
        self.commit = Button("Open the shift", Variant.PRIMARY, icon="clock")
        self.commit.setObjectName("open_shift")
        self.commit.clicked.connect(self._press)
        out = Button("Cancel", shortcut="Esc")
        if without is None:
            self.set_footer(out, STRETCH, self.commit)
        else:
            self.aside = Button("Go on without a shift")
            self.aside.setObjectName("without_shift")
            self.aside.clicked.connect(self._go_on)
            self.set_footer(out, STRETCH, self.aside, self.commit)
        self.fit_fields(_WIDE)
        self.float.edit.setFocus()

    def _go_on(self) -> None:
        """Leave the money of this sale without a shift: it is listed apart."""
        self._leave()
        if self._without is not None:
            self._without()

    def _press(self) -> None:
        if self.is_busy or not self.float.check():
            return
        self.begin(self.commit)
        self._parts.perform(
            OpenShift, float_minor=self.float.amount_minor, done=lambda _: self._opened(), failed=self.refused
        )

    def _opened(self) -> None:
        self.done_waiting()
        self._parts.toast(
            f"Shift opened with {text.money(self.float.amount_minor or 0, self._parts.shop.currency)}",
            icon="clock",
        )
        self.accept()
