"""The foot of the Pay dialog: finish the sale, keep it as an unpaid order, and why it cannot be finished yet."""

from PySide6.QtWidgets import QWidget

from posapp.domain.tendering import Tendering
from posapp.gui import keys, text
from posapp.gui.fonts import Type
from posapp.gui.theme import look
from posapp.gui.widgets.base import row
from posapp.gui.widgets.button import Button, Size, Variant
from posapp.gui.widgets.label import Label

LARGE = 1.5  # the factor of the text from which on words are short


class PayFoot(QWidget):
    """`offer` is called whenever something was paid or taken back."""

    def __init__(self, currency: str) -> None:
        super().__init__()
        self._currency = currency
        keep = (
            "Keep as unpaid order" if look().scale < LARGE else "Keep unpaid"
        )  # whole, and its key beside it
        self.keep = Button(keep, icon="hourglass", shortcut=keys.caption("pay_keep"))
        self.keep.setObjectName("keep_unpaid")
        self.finish = Button("Finish sale", Variant.PRIMARY, Size.LARGE, shortcut=keys.caption("pay"))
        self.finish.setObjectName("finish_sale")
        self.why_not = Label("", Type.CAPTION, ink="muted", figures=True)
        self.setLayout(row(self.why_not, self.keep, self.finish, spacing=12))

    def offer(self, paying: Tendering, *, lacks: bool, busy: bool) -> None:
        """Offer what can be done; `lacks`: the money that goes back is not told in full."""
        covered, left, awaiting = paying.is_covered, paying.left_minor, paying.awaiting_minor
        self.finish.setEnabled(covered and not lacks and not busy)
        self.keep.setEnabled(not covered and not busy)
        missing = f"{text.money(left, self._currency)} left to pay" if left else ""
        waits = f"Waits for {text.money(awaiting, self._currency)}" if awaiting else ""
        self.why_not.setText(missing or waits)
