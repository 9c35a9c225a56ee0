"""Where a customer's refund goes, when the payment provider asks for a bank account."""

from collections.abc import Sequence
from datetime import datetime

import shiboken6
from PySide6.QtWidgets import QWidget

from posapp.commands.bank_details import BankAccount, keeping
from posapp.commands.outbox import GiveDetails
from posapp.domain.payments import PartState
from posapp.gui import text
from posapp.gui.dialogs.deed import Toast
from posapp.gui.dialogs.foreseen import ForeseenDialog
from posapp.gui.dialogs.order_words import person
from posapp.gui.dialogs.pick_field import Pick, PickField
from posapp.gui.fonts import MEDIUM, Type
from posapp.gui.method_words import method
from posapp.gui.parts import Parts
from posapp.gui.post import BankList, BankName
from posapp.gui.theme import look
from posapp.gui.widgets.base import STRETCH, column, row
from posapp.gui.widgets.button import Button, Size, Variant
from posapp.gui.widgets.field import Input
from posapp.gui.widgets.label import Label
from posapp.queries.detail_rows import OrderDetails, PartFacts
from posapp.queries.effect_rows import Effect

DIGITS = {"NGN": 10}  # of an account number, where every bank has the same
MOST_DIGITS = 34
_HIGH = 560  # room for the list of banks beneath its field


class BankDetailsDialog(ForeseenDialog):
    """The account goes to the provider and is not kept; the journal says only that it was given."""

    keeps_view = True

    def __init__(
        self, parts: Parts, order_id: str, part_id: str, parent: QWidget, *, toast: Toast | None = None
    ) -> None:
        super().__init__(parts, order_id, parent, title="Bank details for", units="Units", toast=toast)
        self._part_id = part_id
        self._part: PartFacts | None = None
        self._banks: Sequence[BankName] = ()
        self.bank: BankName | None = None
        self.setMinimumHeight(min(look().px(_HIGH), 640))
        self._words = Label("", wrap=True, figures=True)
        self.finder = PickField("Name of the bank", self._find, for_scans=False, nothing="No such bank")
        self.finder.edit.setObjectName("bank")
        self.finder.edit.setAccessibleName("Bank")
        self.finder.picked.connect(self._picked)
        self.chosen = Label("", weight=MEDIUM, icon="landmark")
        self.other = Button("Another bank", Variant.QUIET, Size.SMALL)
        self.other.setObjectName("other_bank")
        self.other.clicked.connect(lambda: self._choose(None))
        self.trouble = Label("", Type.SMALL, icon="hourglass", wrap=True)
        self.again = Button("Ask again", Variant.SECONDARY, Size.SMALL, icon="refresh-cw")
        self.again.clicked.connect(self._ask)
        digits = DIGITS.get(parts.shop.currency)
        self.account = Input("Account number", placeholder=f"{digits} digits" if digits else "Digits only")
        self.account.edit.setObjectName("account")
        self.account.edit.setMaxLength(2 * MOST_DIGITS)
        self.account.edit.textEdited.connect(self._typed)
        self._lay_out()
        self.set_footer_of()
        self.load()
        self._choose(None)
        self._ask()

    def _lay_out(self) -> None:
        found, asking = QWidget(), QWidget()
        found.setLayout(row(self.chosen, self.other, STRETCH))
        asking.setLayout(row(self.trouble, self.again, STRETCH))
        self._found, self._asking = found, asking
        bank = QWidget()
        bank.setLayout(
            column(Label("Bank", Type.SMALL, weight=MEDIUM), self.finder, found, asking, spacing=4)
        )
        self.add(self._words, 16, bank, 12, self.account, 16, self.effect_view, STRETCH, 16)
        self.effect_view.payout.hide()

    # --- the banks ------------------------------------------------------------------------------------

    def _ask(self) -> None:
        if self._part is None:
            return
        self._say_asking(f"Asking {self._by} for its banks…", again=False)
        self.parts.post.banks(self._part.provider, self.parts.shop.currency, self._answered)

    def _answered(self, found: BankList) -> None:
        if not shiboken6.isValid(self):
            return
        self._banks = found.banks
        if found.words or not found.banks:
            why = text.outside(found.words, 200) or f"{self._by} named none."
            self._say_asking(f"The banks could not be read. {why}", again=True)
        else:
            self._asking.hide()
            self.finder.setEnabled(True)
            self.finder.edit.setFocus()

    def _say_asking(self, words: str, *, again: bool) -> None:
        self.trouble.setText(words)
        self.trouble.set_icon("circle-alert" if again else "hourglass")
        self.trouble.set_icon_ink("attention" if again else "muted")
        self.again.setVisible(again)
        self._asking.show()
        self.finder.setEnabled(False)

    def _find(self, words: str) -> list[Pick]:
        """Banks whose name has all that was typed, those that begin with it first."""
        parts = words.casefold().split()
        names = [(bank, bank.name.casefold()) for bank in self._banks]
        found = [(bank, name) for bank, name in names if all(part in name for part in parts)]
        found.sort(key=lambda each: (not each[1].startswith(words.casefold()), each[1]))
        return [Pick(bank.id, bank.name, value=bank) for bank, _ in found]

    def _picked(self, pick: Pick) -> None:
        self._choose(pick.value)
        self.account.edit.setFocus()

    def _choose(self, bank: BankName | None) -> None:
        had = self.bank is not None
        self.bank = bank
        self.chosen.setText(text.outside(bank.name, 80) if bank else "")
        self._found.setVisible(bank is not None)
        self.finder.setVisible(bank is None)
        if had and bank is None:
            self.finder.edit.setFocus()
        self._foresee()

    # --- the account ----------------------------------------------------------------------------------

    def _typed(self, words: str) -> None:
        """Only digits count; spaces and dashes of a pasted number fall away."""
        digits = "".join(sign for sign in words if sign in "0123456789")[:MOST_DIGITS]
        if digits != words:
            self.account.set_text(digits)
        if not self._wrong():
            self.account.set_error("")
        self._foresee()

    def _wrong(self) -> str:
        """What is wrong with the account's number; "" when nothing is."""
        number, digits = self.account.text, DIGITS.get(self.parts.shop.currency)
        if digits and len(number) != digits:
            return f"An account number has {digits} digits; these are {len(number)}."
        return "" if number else "Type the account number."

    # --- the effect -----------------------------------------------------------------------------------

    @property
    def _by(self) -> str:
        name = method(self._part.provider) if self._part else ""
        return f"{name[:1].upper()}{name[1:]}" or "The provider"

    def show_details(self, details: OrderDetails) -> None:
        """Show for which money an account is asked."""
        asked = [p for r in details.refunds for p in r.parts if p.part_id == self._part_id]
        self._part = asked[0] if asked else None
        if self._part is not None and self._part.state == PartState.NEEDS_DETAILS:
            who, money = (
                person(details.contact.name),
                text.money(self._part.amount_minor, details.money.currency),
            )
            self._words.setText(
                f"{self._by} asks to which account {money} of {who} shall go. Ask {who} for it. It is told to "
                f"{self._by} alone and is gone from this till once it is sent."
            )
        super().show_details(details)

    def command_of(self, command_id: str, at: datetime) -> GiveDetails:
        """Give the details; the account itself travels beside it."""
        return GiveDetails(
            id=command_id, actor=self.parts.shop.person, at=at, order_id=self.order_id, part_id=self._part_id
        )

    def show_effect(self, effect: Effect) -> None:
        """Show where the money goes."""
        view, part, who = self.effect_view, self._part, person(effect.money.customer)
        if part is None:
            return
        money = text.money(part.amount_minor, effect.money.currency)
        whole = self.bank is not None and not self._wrong()
        end = f"account …{self.account.text[-4:]} at {self.chosen.text()}" if whole else "the account above"
        view.set_title("Effect of sending the bank details")
        view.say_money(f"{who[:1].upper()}{who[1:]} gets", money, f"{self._by} pays it to {end}.")
        view.show_rows(effect)
        words = f"Send to {self._by}: {money} for {who}" if whole else "Name bank and account"
        self.commit.restate(words, Variant.PRIMARY, "landmark")

    def press(self) -> None:
        """Queue the details, if they are whole."""
        wrong = self._wrong()
        self.account.set_error(wrong)
        if self.bank is None and self.finder.isEnabled():
            self.finder.edit.setFocus()
        elif wrong:
            self.account.edit.setFocus()
        if self.bank is None or wrong or self.effect is None:
            return
        account = BankAccount(self.parts.shop.currency, self.account.text, self.bank.id)
        self.carry_out(
            GiveDetails,
            f"{text.outside(self.effect.order.number, 24)}: bank details go to {self._by}",
            icon="landmark",
            part_id=self._part_id,
            also=keeping(self._part_id, account),
        )
