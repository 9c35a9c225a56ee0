"""The right side of the Pay dialog for a bank transfer: where to pay, and whether it was seen in our own account."""

from PySide6.QtWidgets import QWidget

from posapp.domain.tendering import TRANSFER, Tendering
from posapp.gui import text
from posapp.gui.dialogs.pay_panes import AmountPane
from posapp.gui.fonts import MEDIUM, Type
from posapp.gui.theme import look
from posapp.gui.widgets.base import STRETCH, Surface, column
from posapp.gui.widgets.button import Button
from posapp.gui.widgets.field import FieldBox
from posapp.gui.widgets.field_row import FieldRow
from posapp.gui.widgets.flow import Flow
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.qr import QrCode
from posapp.queries.payment_ways import BankAccount

LARGE = 1.5
SAID, WAITS, SEEN = (
    ("Customer says it is sent", "A screen shown by the customer proves nothing"),
    ("Awaiting confirmation", "Look in our own bank app"),
    ("Confirmed, seen in our own account", "Only this counts"),
)


class TransferPane(AmountPane):
    """A transfer is awaited until somebody saw it in our own account; until then the sale is not paid."""

    method = TRANSFER

    def __init__(self, currency: str, account: BankAccount) -> None:
        self._account = account
        self.qr = QrCode(132, "Account and amount, to scan and copy")
        self._scan = Label("Scan to copy the details", Type.CAPTION, ink="muted")
        self._number = Label("", Type.FIGURE, figures=True)
        self._number.setObjectName("account_number")
        self._bank = Label("", figures=True)
        self._steps = [Label("", weight=MEDIUM) for _ in range(3)]
        self._means = [Label("", Type.SMALL, ink="muted") for _ in range(3)]
        self.bank_reference = FieldBox(name="Reference that our bank shows", placeholder="Bank's reference")
        self.bank_reference.edit.setObjectName("bank_reference")
        self.bank_reference.edit.setMaxLength(60)
        self.seen = Button("I see it in our account", icon="circle-check")
        self.seen.setObjectName("seen")
        self.remove = Button("Remove transfer", icon="x")
        super().__init__(currency, "Amount by transfer")
        self._lay_out()
        self.seen.clicked.connect(self._toggle_seen)
        self.remove.clicked.connect(lambda: self.wished.emit(self.paying.pay(TRANSFER, 0)))
        self.bank_reference.edit.textEdited.connect(lambda _: self._referenced())

    def _lay_out(self) -> None:
        where, code = QWidget(), QWidget()
        where.setLayout(column(
            self.amount, 16, Label("Customer pays into", Type.SMALL, ink="muted"), self._number, self._bank, STRETCH,
        ))  # fmt: skip
        code.setLayout(column(self.qr, 4, self._scan, STRETCH))
        line = Surface("line")
        line.setFixedHeight(1)
        steps = column(spacing=0)
        for word, means in zip(self._steps, self._means, strict=True):
            steps.addWidget(word)
            means.setContentsMargins(26, 0, 0, 4)
            steps.addWidget(means)
        buttons = QWidget()
        flow = Flow(self.seen, self.bank_reference, self.remove, spacing=8, line_spacing=8)
        flow.setContentsMargins(0, 0, 0, 0)
        buttons.setLayout(flow)
        top = FieldRow((where, 1), (code, 0), wide=270, spacing=16)  # beside the largest text too
        self.setLayout(column(top, 12, line, 12, steps, 12, buttons, STRETCH))

    @property
    def _typed_reference(self) -> str:
        return self.bank_reference.edit.text().strip()

    def look_changed(self) -> None:
        """Keep the fields as wide as what is typed into them."""
        super().look_changed()
        self.bank_reference.setFixedWidth(look().px(168))
        for means in self._means:  # in large text they give way to the deed beneath
            if look().scale >= LARGE:
                means.hide()
            elif means.parent() is not None:
                means.show()

    def show_paying(self, paying: Tendering) -> None:
        """Show where the transfer stands."""
        super().show_paying(paying)
        share = paying.share(TRANSFER)
        amount = share.amount_minor if share else 0
        if not self.amount.edit.hasFocus():
            self.fill_in(amount)
        seen = share is not None and not share.awaiting
        self._show_account(amount)
        self._show_steps(seen=seen, any_=share is not None)
        self.seen.setVisible(share is not None)
        self.remove.setVisible(share is not None)
        self.bank_reference.setVisible(share is not None)
        self.seen.setText("Not seen after all" if seen else f"I see {self.money(amount)} in our account")
        self.seen.set_icon("undo-2" if seen else "circle-check")

    def _show_account(self, amount: int) -> None:
        known = self._account
        if not known.is_known:
            self._number.setText("No account is set")
            self._bank.setText("Set it under Settings, Taking money")
        else:
            self._number.setText(spaced(known.number))
            self._bank.setText(" · ".join(text.outside(w) for w in (known.bank, known.holder) if w))
        self.qr.setVisible(known.is_known and amount > 0)
        self._scan.setVisible(known.is_known and amount > 0 and look().scale < LARGE)
        if known.is_known and amount > 0:
            self.qr.show_words(
                "\n".join((known.number, known.bank, known.holder, text.money(amount, self.currency)))
            )

    def _show_steps(self, *, seen: bool, any_: bool) -> None:
        at = 2 if seen else 1 if any_ else -1
        for place, (word, means) in enumerate((SAID, WAITS, SEEN)):
            done, now = place < at or (seen and place == 2), place == at and not seen
            icon = "circle-check" if done else "hourglass" if now else "circle-dashed"
            self._steps[place].setText(word)
            self._steps[place].set_icon(icon)
            self._steps[place].set_icon_ink("ok" if done else "attention" if now else "muted")
            self._steps[place].set_ink("text" if done or now else "muted")
            self._means[place].setText(means)

    def _toggle_seen(self) -> None:
        share = self.paying.share(TRANSFER)
        if share is not None:
            self._wish_now(share.amount_minor, awaiting=not share.awaiting)

    def _referenced(self) -> None:
        share = self.paying.share(TRANSFER)
        if share is not None and share.reference != self._typed_reference:
            self._wish_now(share.amount_minor, awaiting=share.awaiting)

    def _wish_now(self, minor: int, *, awaiting: bool) -> None:
        self.wished.emit(self.paying.pay(TRANSFER, minor, reference=self._typed_reference, awaiting=awaiting))

    def wish(self, minor: int) -> Tendering:
        """Await it; one that was seen and is another amount now must be seen anew."""
        return self.paying.pay(TRANSFER, minor, reference=self._typed_reference, awaiting=True)


def spaced(number: str) -> str:
    """Set an account number of digits in groups, so that it can be read across the counter."""
    digits = "".join(number.split())
    if not digits.isdigit() or len(digits) != 10:
        return text.outside(number)
    return f"{digits[:4]} {digits[4:7]} {digits[7:]}"
