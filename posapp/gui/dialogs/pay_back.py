"""The middle of the Pay dialog for an exchange that leaves a surplus: money goes back, and none comes in."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.gui import text
from posapp.gui.dialogs.payout_form import PayoutForm
from posapp.gui.dialogs.take_back import NO_REFERENCE
from posapp.gui.fonts import Type
from posapp.gui.widgets.base import STRETCH, column
from posapp.gui.widgets.label import Label

_WHY = "What came back is worth more than what is taken."


class PayBack(QWidget):
    """`changed` tells that it goes back another way; nothing may be finished while it `lacks` something."""

    changed = Signal()

    def __init__(self, currency: str, till: str) -> None:
        super().__init__()
        self._currency = currency
        self.amount = Label("", Type.TOTAL, figures=True)
        self.amount.setObjectName("goes_back")
        self.form = PayoutForm(currency, till)
        self.form.offer_amounts(adjustable=False, delivery_minor=0)
        self.missing = Label("", Type.SMALL, ink="muted", wrap=True)
        self.missing.hide()
        self.setLayout(
            column(
                Label(_WHY, ink="muted", wrap=True), 16, Label("Give back", ink="muted"), self.amount, 16, self.form, 8,
                self.missing, STRETCH,
            )
        )  # fmt: skip
        self.form.changed.connect(self._show)

    def begin(self, back_minor: int) -> None:
        """Show how much goes back."""
        self.amount.setText(text.money(back_minor, self._currency))
        self._show()

    def _show(self) -> None:
        self.missing.setText(NO_REFERENCE if self.lacks else "")
        self.missing.setVisible(self.lacks)
        self.changed.emit()

    @property
    def lacks(self) -> bool:
        """Whether money that was sent by hand cannot be found again yet."""
        return self.form.lacks_reference

    @property
    def is_cash(self) -> bool:
        """Whether it comes out of the drawer."""
        return self.form.payout().route == "cash"

    def fields(self) -> dict[str, str]:
        """Give the sale's fields for the way back."""
        payout = self.form.payout()
        return {"payout_route": payout.route, "payout_reference": payout.reference}

    def first(self) -> QWidget:
        """Give where the keyboard starts."""
        return self.form.cash
