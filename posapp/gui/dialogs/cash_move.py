"""Cash put into the drawer or taken out of it, beside sales: how much, and what for."""

from PySide6.QtWidgets import QWidget

from posapp.commands.shifts import MoveCash
from posapp.gui import text
from posapp.gui.dialogs.amount_input import AmountInput
from posapp.gui.dialogs.form_dialog import FormDialog
from posapp.gui.parts import Parts
from posapp.gui.widgets.base import STRETCH
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.field import Input
from posapp.gui.widgets.segmented import SegmentedControl

_WIDE = 560
_LONGEST = 100
IN, OUT = "Cash in", "Cash out"


class CashMoveDialog(FormDialog):
    """Out is what a drawer is mostly opened for: diesel, transport, the bank."""

    def __init__(self, parts: Parts, parent: QWidget) -> None:
        super().__init__("Cash in or out", parent)
        self._parts, self._currency = parts, parts.shop.currency
        self.way = SegmentedControl((("out", OUT), ("in", IN)), name="Which way")
        self.amount = AmountInput(
            f"How much, {text.sign_of(self._currency).strip()}", self._currency, large=True, empty_minor=None
        )
        self.reason = Input("What for", placeholder="Diesel, change from the bank, …")
        self.amount.edit.setObjectName("cash_amount")
        self.reason.edit.setObjectName("cash_reason")
        self.reason.edit.setMaxLength(_LONGEST)
        self.commit = Button("", Variant.PRIMARY, icon="banknote")
        self.commit.setObjectName("move_cash")
        self.add(4, self.way, 16, self.amount, 12, self.reason, 12, self.problem, STRETCH)
        self.set_footer(Button("Cancel", shortcut="Esc"), STRETCH, self.commit)
        self.way.changed.connect(lambda _: self._restate())
        self.amount.read.connect(self._restate)
        self.amount.entered.connect(lambda _: self.reason.edit.setFocus())
        self.reason.entered.connect(lambda _: self._press())
        self.commit.clicked.connect(self._press)
        self._restate()
        self.fit_fields(_WIDE)
        self.amount.edit.setFocus()

    def is_dirty(self) -> bool:
        """Typed work would be lost."""
        return bool(self.amount.text or self.reason.text)

    @property
    def _is_out(self) -> bool:
        return self.way.value == "out"

    def _restate(self) -> None:
        minor = self.amount.amount_minor
        money = f": {text.money(minor, self._currency)}" if minor else ""
        self.commit.setText(f"{OUT if self._is_out else IN}{money}")

    def _press(self) -> None:
        minor = self.amount.amount_minor
        self.reason.set_error("" if self.reason.text.strip() else "Say what the cash is for.")
        if self.is_busy or not self.amount.check() or minor is None:
            return
        if not self.reason.text.strip():
            self.reason.edit.setFocus()
            return
        self.begin(self.commit)
        self._parts.perform(
            MoveCash,
            amount_minor=-minor if self._is_out else minor,
            reason=self.reason.text.strip(),
            done=lambda _: self._moved(minor),
            failed=self.refused,
        )

    def _moved(self, minor: int) -> None:
        self.done_waiting()
        if self._parts.paper.state.phase != "none":
            self._parts.paper.kick_drawer()
        way = "taken out of" if self._is_out else "put into"
        self._parts.toast(f"{text.money(minor, self._currency)} {way} the drawer", icon="banknote")
        self.accept()
