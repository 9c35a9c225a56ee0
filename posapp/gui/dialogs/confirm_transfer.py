"""Settling a transfer that was announced: seen in our own account, or it did not come."""

from PySide6.QtWidgets import QWidget

from posapp.commands.payments import ConfirmTransfer
from posapp.gui import text
from posapp.gui.dialogs.deed import DeedDialog, Toast
from posapp.gui.dialogs.order_words import person
from posapp.gui.parts import Parts
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.field import Input
from posapp.gui.widgets.label import Label
from posapp.queries.detail_rows import OrderDetails, PaymentFacts


class ConfirmTransferDialog(DeedDialog):
    """Only what is seen in our own account counts: a picture of a transfer is no transfer."""

    def __init__(
        self, parts: Parts, order_id: str, payment_id: str, parent: QWidget, *, toast: Toast | None = None
    ) -> None:
        super().__init__(parts, order_id, parent, title="Transfer for", toast=toast)
        self._payment_id, self._currency = payment_id, parts.shop.currency
        self._payment: PaymentFacts | None = None
        self._who = self._number = ""
        self._words = Label("", wrap=True, figures=True)
        self.reference = Input("Reference", placeholder="As our bank shows it")
        self.reference.edit.setObjectName("reference")
        self.reference.edit.setMaxLength(100)
        self.missing = Button("It did not come", warns=True)
        self.missing.setObjectName("did_not_come")
        self.missing.clicked.connect(lambda: self._settle(seen=False))
        self.add(self._words, 16, self.reference, 24)
        self.set_footer_of(self.missing)
        self.load()
        self.reference.edit.setFocus()

    def show_details(self, details: OrderDetails) -> None:
        """Show the announced payment as it is now."""
        self._who, self._number = person(details.contact.name), details.number
        found = [p for p in details.payments if p.payment_id == self._payment_id and p.is_awaited]
        self._payment = found[0] if found else None
        if self._payment is None:
            self._words.setText("This transfer is no longer awaited.")
            self.commit.restate("Seen in our account", Variant.PRIMARY, "landmark")
        else:
            now, zone = self.parts.clock(), self.parts.shop.zone
            money = text.money(self._payment.amount_minor, self._currency)
            at = text.when(self._payment.paid_at, zone, now)
            self._words.setText(
                f"{self._who[:1].upper()}{self._who[1:]} announced {money} at {at}. Look into our own account, not "
                "at a picture on a phone. Until it is confirmed nothing is held and goods must not leave."
            )
            if not self.reference.text:
                self.reference.set_text(text.outside(self._payment.reference, 100))
            self.commit.restate(f"Seen in our account: {money} from {self._who}", Variant.PRIMARY, "landmark")
        for button in (self.commit, self.missing):
            button.setEnabled(self._payment is not None)

    def press(self) -> None:
        """It came."""
        self._settle(seen=True)

    def _settle(self, *, seen: bool) -> None:
        if self._payment is None or self._busy:
            return
        money = text.money(self._payment.amount_minor, self._currency)
        self.carry_out(
            ConfirmTransfer,
            f"{self._number}: {money} {'confirmed' if seen else 'did not come'}",
            icon="landmark",
            payment_id=self._payment_id,
            seen=seen,
            reference=self.reference.text,
        )
