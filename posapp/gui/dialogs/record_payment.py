"""Writing down money that a person saw for an order, or was only told of."""

from datetime import datetime

from PySide6.QtWidgets import QWidget

from posapp.commands.payments import TakePayment
from posapp.domain.tendering import ACCOUNT, CASH
from posapp.gui import text
from posapp.gui.dialogs.deed import DeedDialog, Toast
from posapp.gui.dialogs.order_words import person
from posapp.gui.dialogs.shift_gate import ensure_shift
from posapp.gui.fonts import Type
from posapp.gui.parts import Parts
from posapp.gui.theme import look
from posapp.gui.typed import Unreadable, read_amount, shown_amount
from posapp.gui.widgets.base import column
from posapp.gui.widgets.button import Variant
from posapp.gui.widgets.field import Input
from posapp.gui.widgets.flow import Flow
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.segmented import SegmentedControl
from posapp.gui.widgets.toggles import Check, Radio
from posapp.queries.accounts import AccountRow, account_of
from posapp.queries.detail_rows import OrderDetails
from posapp.queries.payment_ways import Rest, rest_of

METHODS = (("cash", "Cash"), ("transfer", "Transfer"), ("card", "Card"), ("other", "Other"))
ON_ACCOUNT = (ACCOUNT, "On account")
DATE = "%Y-%m-%d %H:%M"


class RecordPaymentDialog(DeedDialog):
    """Method, amount, when and reference. More than is due must be meant; a transfer may only be announced.

    Cash pays the rest in coins that there are. Who may owe can have it put on the account.
    """

    def __init__(self, parts: Parts, order_id: str, parent: QWidget, *, toast: Toast | None = None) -> None:
        super().__init__(parts, order_id, parent, title="Record payment for", toast=toast)
        self._currency, self._who, self._rest, self._free = parts.shop.currency, "", Rest(0, 0), 0
        self._total, self._proposed = 0, ""
        ways = (*METHODS, ON_ACCOUNT) if self._account_of().limit_minor else METHODS
        self.method = SegmentedControl(ways, name="How it was paid")
        self.amount = Input("Amount", name="Amount paid")
        self.amount.edit.setObjectName("amount")
        self.when = Input("When", name="When it was paid", placeholder="2026-11-20 14:05")
        self.when.edit.setObjectName("when")
        self.reference = Input("Reference", placeholder="What the receipt or the bank shows")
        self.reference.edit.setObjectName("reference")
        self.seen = Radio("Seen in our own account: it counts now", checked=True)
        self.seen.setObjectName("seen")
        self.announced = Radio("Only announced: it counts once it is confirmed")
        self.announced.setObjectName("announced")
        self.meant = Check("Yes, more than is due")
        self.meant.setObjectName("meant")
        self._due_words = Label("", Type.SMALL, ink="muted", figures=True)
        self._lay_out()
        self.method.changed.connect(lambda _: self._propose())
        for field in (self.amount, self.when):
            field.changed.connect(lambda _: self._restate())
        for choice in (self.seen, self.announced, self.meant):
            choice.toggled.connect(lambda _: self._restate())
        self.amount.edit.setMaxLength(24)
        self.reference.edit.setMaxLength(100)
        self._first, self._filled_in, self._is_cash = True, "", False
        self.load()
        self.amount.edit.setFocus()
        self.amount.edit.selectAll()

    def _lay_out(self) -> None:
        fields = QWidget()
        side_by_side = Flow(self.amount, self.when, spacing=12)
        side_by_side.setContentsMargins(0, 0, 0, 0)
        fields.setLayout(side_by_side)
        self._transfer = QWidget()
        self._transfer.setLayout(column(self.seen, self.announced, spacing=4))
        self.add(self._due_words, 8, self.method, 12, fields, 12, self.reference, 12)
        self.add(self._transfer, self.meant, 16)
        self.set_footer_of()

    def look_changed(self) -> None:
        """Keep the fields as wide as what is typed into them."""
        super().look_changed()
        if hasattr(self, "when"):  # the frame asks for it before the fields are made
            for field in (self.amount, self.when):
                field.setFixedWidth(look().px(220))

    def show_details(self, details: OrderDetails) -> None:
        """Show what is due; the amount is filled in, and follows the way of paying until somebody types one."""
        self._total, self._who = details.money.total_minor, person(details.contact.name)
        self._rest, self._free = rest_of(self.parts.reader, self.order_id), self._account_of().free_minor
        if self._first:
            self._first = False
            now = self.parts.clock().astimezone(self.parts.shop.zone)
            self._filled_in = now.strftime(DATE)
            self.when.set_text(self._filled_in)
        self.look_changed()
        self._propose()

    def _account_of(self) -> AccountRow:
        order = self.parts.reader.order(self.order_id)
        return account_of(self.parts.reader, order.contact_id if order else "")

    @property
    def _due(self) -> int:
        """What this way of paying asks for: cash comes in coins, if it comes to one."""
        in_cash = self.method.value == CASH and self._rest.cash_minor
        return self._rest.cash_minor if in_cash else self._rest.due_minor

    @property
    def _most_on_account(self) -> int:
        return min(self._due, self._free)

    def _propose(self) -> None:
        """Say what is due by the way that is chosen, and fill it in."""
        total, rest = text.money(self._total, self._currency), self._rest.due_minor
        said = f"{text.money(rest, self._currency)} of {total} is still to be paid."
        if self._due != rest:
            said += f" In cash {text.money(self._due, self._currency)} pays it."
        if self.method.value == ACCOUNT:
            said += f" {text.money(self._free, self._currency)} is free on the account."
        self._due_words.setText(said if rest else f"Nothing is due of {total}.")
        if self.amount.text == self._proposed:
            minor = self._most_on_account if self.method.value == ACCOUNT else self._due
            self._proposed = shown_amount(minor, self._currency) if minor else ""
            self.amount.set_text(self._proposed)
        self._restate()

    def _amount(self) -> int | None:
        try:
            minor = read_amount(self.amount.text, self._currency)
        except Unreadable as unreadable:
            self.amount.set_error(str(unreadable))
            return None
        too_much = ""
        if self.method.value == ACCOUNT and minor > self._most_on_account:
            too_much = f"At most {text.money(self._most_on_account, self._currency)}."
        self.amount.set_error(too_much if minor else "Type an amount above 0.")
        return None if too_much else minor or None

    def _paid_at(self) -> datetime | None:
        """Read when it was paid; left as it was filled in, it is this moment."""
        now = self.parts.clock()
        if self.when.text == self._filled_in:
            self.when.set_error("")
            return now
        try:
            typed = datetime.strptime(self.when.text, DATE).replace(tzinfo=self.parts.shop.zone)
        except ValueError:
            self.when.set_error("Type it as 2026-11-20 14:05.")
            return None
        self.when.set_error("A payment cannot lie in the future." if typed > now else "")
        return None if typed > now else typed.astimezone(now.tzinfo)

    def _restate(self) -> None:
        self._transfer.setVisible(self.method.value == "transfer")
        amount, paid_at = self._amount(), self._paid_at()
        over = max(0, (amount or 0) - self._due)
        self.meant.setVisible(over > 0)
        ready = amount is not None and paid_at is not None and (not over or self.meant.isChecked())
        money = text.money(amount or 0, self._currency)
        words = f"Record {money} from {self._who}" if amount else "Record payment"
        if amount and self.method.value == ACCOUNT:
            words = f"Put {money} on the account of {self._who}"
        if self._awaiting:
            words = f"Wait for {money} from {self._who}"
        if over and amount:
            words += f", {text.money(over, self._currency)} too much"
        self.commit.restate(words, Variant.PRIMARY, "hand-coins")
        self.commit.setEnabled(ready)

    def done_deed(self) -> None:
        """Cash goes into the drawer."""
        if self._is_cash:
            self.parts.paper.sold(cash=True)

    @property
    def _awaiting(self) -> bool:
        return self.method.value == "transfer" and self.announced.isChecked()

    def press(self) -> None:
        """Record it; money that is there belongs to a shift."""
        if self._awaiting or self.method.value == ACCOUNT:
            self._record()
        else:
            ensure_shift(self.parts, self, self._record)

    def _record(self) -> None:
        amount, paid_at = self._amount(), self._paid_at()
        if amount is None or paid_at is None:
            return
        self._is_cash = self.method.value == CASH
        money, number = text.money(amount, self._currency), self.title.text().rpartition(" ")[2]
        said = f"{number}: {money} is awaited" if self._awaiting else f"{number}: {money} recorded"
        self.carry_out(
            TakePayment,
            said,
            icon="hand-coins",
            amount_minor=amount,
            method=self.method.value,
            rounding_minor=self._rest.rounding_minor(self.method.value, amount),
            reference=self.reference.text,
            paid_at=paid_at,
            awaiting=self._awaiting,
        )
