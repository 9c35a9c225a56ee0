"""Settings, Taking money: where customers transfer to, the smallest cash, what goes back without a network."""

from posapp.gui.dialogs.amount_input import AmountInput
from posapp.gui.fonts import Type
from posapp.gui.pages.settings_frame import Section
from posapp.gui.pages.settings_save import SaveButton
from posapp.gui.parts import Parts
from posapp.gui.typed import shown_amount
from posapp.gui.widgets.base import STRETCH, row
from posapp.gui.widgets.card import Card
from posapp.gui.widgets.field import Input
from posapp.gui.widgets.field_row import FieldRow
from posapp.gui.widgets.label import Label
from posapp.queries.payment_ways import payment_ways

_ACCOUNT = "Shown at Pay with the amount and a code to scan, and in messages that say where to pay."
_CASH = "What a customer pays in cash is rounded to it, as a line of its own. Left empty, nothing is rounded."
_OFFLINE = (
    "Without a network the till does not know what the web shop has done meanwhile. More than this cannot be given "
    "back then. Left empty there is no limit; with 0 nothing goes back."
)


class MoneySection(Section):
    """One button saves what was changed."""

    def __init__(self, parts: Parts) -> None:
        super().__init__("Taking money")
        self._parts = parts
        self.number = Input("Account number", placeholder="0123456789")
        self.bank = Input("Bank")
        self.holder = Input("Name on the account")
        self.step = AmountInput("Smallest cash", parts.shop.currency)
        self.offline = AmountInput("Most given back without a network", parts.shop.currency)
        self.offline.edit.setPlaceholderText("No limit")
        for field in (self.number, self.bank, self.holder):
            field.edit.setMaxLength(60)
        fields = (self.number, self.bank, self.holder, self.step, self.offline)
        self.save = SaveButton(parts, fields, self._changed, self._check)
        self.save.refused.connect(self.opened)
        self._lay_out()

    def _lay_out(self) -> None:
        account, cash, back = Card(), Card(), Card()
        account.add(
            Label("Transfers", Type.SECTION), 4, Label(_ACCOUNT, Type.SMALL, ink="muted", wrap=True), 12
        )
        account.add(FieldRow((self.number, 1), (self.bank, 1), wide=480), 12, self.holder)
        cash.add(Label("Cash", Type.SECTION), 4, Label(_CASH, Type.SMALL, ink="muted", wrap=True), 12)
        cash.add(FieldRow((self.step, 1), wide=240))
        back.add(Label("Refunds", Type.SECTION), 4, Label(_OFFLINE, Type.SMALL, ink="muted", wrap=True), 12)
        back.add(FieldRow((self.offline, 1), wide=240))
        self.add(account, cash, back, row(self.save, STRETCH))

    def _check(self) -> bool:
        return self.step.check() and self.offline.check()

    def opened(self) -> None:
        """Read how it is set."""
        ways = payment_ways(self._parts.reader)
        self.number.set_text(ways.account.number)
        self.bank.set_text(ways.account.bank)
        self.holder.set_text(ways.account.holder)
        step = ways.cash_step_minor
        self.step.set_text(shown_amount(step, self._parts.shop.currency) if step > 1 else "")
        limit = ways.offline_refund_minor
        self.offline.set_text("" if limit is None else shown_amount(limit, self._parts.shop.currency))
        self.save.offer()

    def _changed(self) -> dict[str, str]:
        ways, step = payment_ways(self._parts.reader), self.step.amount_minor
        known = "" if ways.offline_refund_minor is None else str(ways.offline_refund_minor)
        limit = str(self.offline.amount_minor or 0) if self.offline.text.strip() else ""
        now = {
            "offline_refund_minor": (known, limit),
            "bank_account": (ways.account.number, self.number.text),
            "bank_name": (ways.account.bank, self.bank.text),
            "bank_holder": (ways.account.holder, self.holder.text),
            "cash_step_minor": (str(ways.cash_step_minor), str(max(1, step or 0))),
        }
        return {key: typed for key, (known, typed) in now.items() if typed != known}
