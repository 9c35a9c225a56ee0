"""The right side of the Pay dialog for money that is counted, slid through a terminal, or owed."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from posapp.domain.errors import Refused
from posapp.domain.tendering import ACCOUNT, CARD, CASH, Tendering, quick_notes
from posapp.gui import text
from posapp.gui.dialogs.amount_input import AmountInput
from posapp.gui.fonts import Type
from posapp.gui.theme import look
from posapp.gui.typed import shown_amount
from posapp.gui.widgets.base import STRETCH, Themed, column
from posapp.gui.widgets.button import Button
from posapp.gui.widgets.field import Input
from posapp.gui.widgets.flow import Flow
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.panel import clear_layout


class PayPane(Themed, QWidget):
    """One way to pay. `wished` carries the `Tendering` as it is wished after an edit here."""

    wished = Signal(object)
    method = ""

    def __init__(self, currency: str) -> None:
        super().__init__()
        self.currency = currency
        self.paying = Tendering(0)
        self.look_changed()

    def show_paying(self, paying: Tendering) -> None:
        """Show how things stand; a field that a person types into is left alone."""
        self.paying = paying

    def first(self) -> QWidget:
        """Give where the keyboard starts."""
        raise NotImplementedError

    def money(self, minor: int) -> str:
        """Give an amount with its sign."""
        return text.money(minor, self.currency)


class AmountPane(PayPane):
    """A pane with an amount; what is more than is left is said beside the field."""

    def __init__(self, currency: str, label: str) -> None:
        self.amount = AmountInput(label, currency, empty_minor=0, large=True)
        self.amount.edit.setObjectName("amount")
        self.amount.edit.setMaxLength(24)
        super().__init__(currency)
        self._is_edited = False
        self.amount.edit.textEdited.connect(lambda _: self._edited())
        self.amount.read.connect(self._read)

    def _edited(self) -> None:
        self._is_edited = True  # Qt tells an edit before the change, and the change takes an error back

    def _read(self) -> None:
        if self._is_edited:
            self._is_edited = False
            self.typed()

    def look_changed(self) -> None:
        """Keep the field as wide as an amount."""
        self.amount.setFixedWidth(look().px(200))

    def fill_in(self, minor: int) -> None:
        """Put an amount into the field unless it says so already."""
        if self.amount.amount_minor != minor or not self.amount.text:
            self.amount.set_text(shown_amount(minor, self.currency) if minor else "")
        self.amount.set_error("")

    def typed(self) -> None:
        """Take what was typed as the wish."""
        minor = self.amount.amount_minor
        if minor is None:
            self.amount.check()
            return
        try:
            wish = self.wish(minor)
        except Refused as refusal:
            # No other amount than the one that stands there.
            self.wished.emit(self.paying.pay(self.method, 0))
            self.amount.set_error(refusal.message)
            return
        self.amount.set_error("")
        self.wished.emit(wish)

    def wish(self, minor: int) -> Tendering:
        """Give the tendering with this amount. Raises `Refused`."""
        raise NotImplementedError

    def first(self) -> QWidget:
        """Start in the amount."""
        return self.amount.edit


class CashPane(AmountPane):
    """What the customer hands over, with the notes she is likely to hold, and the change in large figures."""

    method = CASH

    def __init__(self, currency: str) -> None:
        self._notes = QWidget()
        self._flow = Flow(spacing=8, line_spacing=8)
        self._flow.setContentsMargins(0, 0, 0, 0)
        self._notes.setLayout(self._flow)
        self._quick: tuple[int, ...] = ()
        super().__init__(currency, "Cash given")
        self.change = Label("", Type.TOTAL, figures=True)
        self.change.setObjectName("change")
        self._change_word = Label("Change", ink="muted")
        self._hint = Label("Up and Down choose from the notes", Type.CAPTION, ink="muted")
        self.setLayout(
            column(self.amount, 12, self._notes, 4, self._hint, 24, self._change_word, self.change, STRETCH)
        )
        self.amount.edit.installEventFilter(self)

    def show_paying(self, paying: Tendering) -> None:
        """Show what is given and what goes back."""
        super().show_paying(paying)
        share = paying.share(CASH)
        if not self.amount.edit.hasFocus() or self.amount.amount_minor != (share.given_minor if share else 0):
            self.fill_in(share.given_minor if share else 0)
        short = paying.left_minor
        self._change_word.setText("Still missing" if short else "Change")
        self.change.setText(self.money(short or paying.change_minor))
        self.change.set_ink("attention" if short else "text")
        self._offer(quick_notes(paying.room(CASH), 10 ** text.digits_of(self.currency)))

    def _offer(self, notes: tuple[int, ...]) -> None:
        if notes == self._quick:
            return
        self._quick = notes
        clear_layout(self._flow)
        for place, minor in enumerate(notes):
            word = f"Exactly {self.money(minor)}" if place == 0 else self.money(minor)
            button = Button(word, name=f"{word} in cash")
            button.clicked.connect(lambda _, minor=minor: self._take(minor))
            self._flow.add(button)

    def _take(self, minor: int) -> None:
        self.amount.set_text(shown_amount(minor, self.currency))
        self.typed()
        self.amount.edit.setFocus()
        self.amount.edit.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down go through the notes; the hand stays on the keys."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._quick:
            given = self.amount.amount_minor or 0
            if event.key() == Qt.Key.Key_Down:
                self._take(next((n for n in self._quick if n > given), self._quick[0]))
                return True
            if event.key() == Qt.Key.Key_Up:
                self._take(next((n for n in reversed(self._quick) if n < given), self._quick[-1]))
                return True
        return False

    def wish(self, minor: int) -> Tendering:
        """Take the cash."""
        return self.paying.give_cash(minor)


class CardPane(AmountPane):
    """What the terminal took. The card itself never comes near this program: a reference, or its last four."""

    method = CARD

    def __init__(self, currency: str) -> None:
        self.reference = Input("Terminal's reference, or last four of the card", placeholder="Not needed")
        self.reference.edit.setObjectName("reference")
        self.reference.edit.setMaxLength(40)
        super().__init__(currency, "Amount by card")
        first = Label("Type the amount into the terminal. Finish the sale once it says approved.", wrap=True)
        never = Label("Never type a card number here.", Type.SMALL, ink="muted", icon="shield-check")
        self.setLayout(column(self.amount, 16, self.reference, 16, first, 8, never, STRETCH))
        self.reference.changed.connect(lambda _: self.typed())

    def show_paying(self, paying: Tendering) -> None:
        """Show what the card pays."""
        super().show_paying(paying)
        share = paying.share(CARD)
        if not self.amount.edit.hasFocus():
            self.fill_in(share.amount_minor if share else 0)

    def wish(self, minor: int) -> Tendering:
        """Have the card pay it."""
        return self.paying.pay(CARD, minor, reference=self.reference.text.strip())


class AccountPane(AmountPane):
    """What the customer will pay later, as far as the limit allows; without a customer, what to do."""

    method = ACCOUNT

    def __init__(self, currency: str) -> None:
        super().__init__(currency, "On account")
        self.words = Label("", wrap=True)
        self.second = Label("", Type.SMALL, ink="muted", wrap=True, figures=True)
        self.setLayout(column(self.amount, 16, self.words, 4, self.second, STRETCH))
        self._who, self._balance, self._limit = "", 0, 0

    def show_account(self, who: str, balance_minor: int, limit_minor: int) -> None:
        """Say whose account it is, what is owed already and how far it may go."""
        self._who, self._balance, self._limit = who, balance_minor, limit_minor
        self.amount.setVisible(self.is_open)
        if not who:
            self.words.setText("Choose the customer first.")
            self.second.setText("Back to the sale with Esc, then F3.")
        elif not limit_minor:
            self.words.setText(f"{who} has no account here.")
            self.second.setText("Back with Esc, then F3 and Account: there it is set how much may be owed.")
        else:
            self.words.setText(
                f"{who} owes {self.money(balance_minor)} of at most {self.money(limit_minor)}."
            )
            self.second.setText(f"Up to {self.money(self.free_minor)} more can go on account.")

    @property
    def is_open(self) -> bool:
        """Whether this customer can pay later at all."""
        return bool(self._who) and self._limit > 0

    @property
    def free_minor(self) -> int:
        """What may still go on account."""
        return max(0, self._limit - self._balance) if self._who else 0

    def show_paying(self, paying: Tendering) -> None:
        """Show what goes on account."""
        super().show_paying(paying)
        share = paying.share(ACCOUNT)
        if not self.amount.edit.hasFocus():
            self.fill_in(share.amount_minor if share else 0)

    def first(self) -> QWidget:
        """Start in the amount, where there is one."""
        return self.amount.edit if self.is_open else self

    def wish(self, minor: int) -> Tendering:
        """Let the customer owe it."""
        if minor > self.free_minor:
            raise Refused(f"At most {self.money(self.free_minor)} can go on account.", code="over_limit")
        return self.paying.pay(ACCOUNT, minor)
