"""A customer's account: what is owed and how it came to that, how much may be owed, and money taken for it."""

from typing import Any

import shiboken6
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

from posapp.commands.accounts import PayAccount, SetCreditLimit
from posapp.gui import method_words, text
from posapp.gui.dialogs.amount_input import AmountInput
from posapp.gui.dialogs.form_dialog import FormDialog, grown
from posapp.gui.dialogs.order_words import person
from posapp.gui.dialogs.shift_gate import ensure_shift
from posapp.gui.fonts import Type
from posapp.gui.models.columns import Align, Cell, Column, Style
from posapp.gui.models.rows import ListRows
from posapp.gui.models.window_model import WindowModel
from posapp.gui.parts import Parts
from posapp.gui.typed import shown_amount
from posapp.gui.widgets.base import STRETCH, column, row
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.card import Card, Divider
from posapp.gui.widgets.field import Input
from posapp.gui.widgets.field_row import FieldRow
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.segmented import SegmentedControl
from posapp.gui.widgets.table_view import TableView
from posapp.queries.accounts import AccountEntry, account_entries, account_of
from posapp.queries.details import contact_facts

_SIZE, _BARE = QSize(760, 592), QSize(640, 280)  # of an account with a past, and without
METHODS = (("cash", "Cash"), ("transfer", "Transfer"), ("card", "Card"), ("other", "Other"))
_WORDS = {"bought": "Bought, order {}", "returned": "Brought back, order {}", "paid": "Paid by {}"}
_LONGEST = 100


class AccountDialog(FormDialog):
    """Money is taken within the shift, like that of a sale; a limit of 0 closes the account for more."""

    throw_away = "Forget the money that was typed?"

    def __init__(self, parts: Parts, contact_id: str, parent: QWidget) -> None:
        facts = contact_facts(parts.reader, contact_id)
        name = text.outside(facts.name, 60) or text.outside(facts.phone, 24) or "a customer"
        bare = not account_entries(parts.reader, contact_id)
        super().__init__(f"Account of {name}", parent, size=grown(_BARE if bare else _SIZE))
        self.set_sub(text.outside(facts.phone, 24))
        self._parts, self._contact_id, self._who = parts, contact_id, person(facts.name)
        self._currency = parts.shop.currency
        self.account = account_of(parts.reader, contact_id)
        sign = text.sign_of(self._currency).strip()
        self.owed = Label("", Type.TOTAL, figures=True)
        self.owed.setObjectName("owed")
        self.free = Label("", Type.SMALL, ink="muted", figures=True, wrap=True)
        self.limit = AmountInput(f"May owe at most, {sign}", self._currency)
        self.limit.edit.setObjectName("limit")
        self.set_limit = Button("Set limit")
        self.set_limit.setObjectName("set_limit")
        self.method = SegmentedControl(METHODS, name="How it is paid")
        self.amount = AmountInput(f"Money taken, {sign}", self._currency, empty_minor=None)
        self.amount.edit.setObjectName("amount")
        self.reference = Input("Reference", placeholder="Not needed")
        self.reference.edit.setObjectName("reference")
        self.reference.edit.setMaxLength(_LONGEST)
        self.entries = self._make_entries()
        self.commit = Button("", Variant.PRIMARY, icon="hand-coins")
        self.commit.setObjectName("take_money")
        self._lay_out()
        self._connect()
        self._read(fill_in=True)
        first = self.amount if self.account.balance_minor else self.limit
        first.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        first.edit.selectAll()

    def _make_entries(self) -> TableView:
        self._model = WindowModel(self._columns(), ListRows[AccountEntry]((), _key))
        return TableView(
            self._model, name="How it came to that", edge=16, in_card=True, fit_rows=True, selectable=False
        )

    def _columns(self) -> tuple[Column[AccountEntry], ...]:
        shop, clock = self._parts.shop, self._parts.clock
        sign = text.sign_of(self._currency).strip()
        return (
            Column("When", lambda e: text.when(e.at, shop.zone, clock()), width=120, key="when"),
            Column("What", _words, style=Style.MEDIUM, width=200, stretch=True, key="what"),
            Column(f"Owed, {sign}", lambda e: self._signed(e.amount_minor), Align.RIGHT, width=120, key="owed"),
        )  # fmt: skip

    def _signed(self, minor: int) -> str:
        return f"{'+' if minor > 0 else ''}{text.amount(minor, self._currency)}"

    def _lay_out(self) -> None:
        left, right = QWidget(), QWidget()
        left.setLayout(column(Label("Owes", ink="muted"), self.owed, self.free, STRETCH))
        limit = row(self.limit, self.set_limit)
        limit.setAlignment(self.set_limit, Qt.AlignmentFlag.AlignBottom)
        right.setLayout(column(limit, STRETCH))
        self._taking = QWidget()
        fields = FieldRow((self.amount, 1), (self.reference, 1), wide=420, spacing=12)
        self._taking.setLayout(
            column(Divider(), 12, Label("Take money for it", Type.SECTION), 8, self.method, 12, fields, 16)
        )
        self._card = Card(padding=0, ground="raised")
        self._card.add(self.entries)
        self.add(8, self.problem, FieldRow((left, 1), (right, 1), wide=560, spacing=24), 16)
        self.add(self._taking, self._card, 12, STRETCH)
        self.set_footer(Button("Close", shortcut="Esc"), STRETCH, self.commit)

    def _connect(self) -> None:
        self.limit.read.connect(self._offer)
        self.limit.entered.connect(lambda _: self._keep_limit())
        self.set_limit.clicked.connect(self._keep_limit)
        self.method.changed.connect(lambda _: self._offer())
        self.amount.read.connect(self._offer)
        self.amount.entered.connect(lambda _: self._take())
        self.reference.entered.connect(lambda _: self._take())
        self.commit.clicked.connect(self._take)
        self._parts.changes.changed.connect(self._news)

    def is_dirty(self) -> bool:
        """Money that was written down and not taken yet."""
        proposed = shown_amount(self.account.balance_minor, self._currency)
        typed = self.amount.text not in ("", proposed) or bool(self.reference.text)
        return bool(self.account.balance_minor) and typed

    # --- reading --------------------------------------------------------------------------------------

    def _news(self, names: frozenset[str], _events: tuple[object, ...]) -> None:
        if names & {"AccountChanged", "OrderChanged"} and shiboken6.isValid(self):
            self._read(fill_in=not self.is_dirty())

    def _read(self, *, fill_in: bool) -> None:
        """Read how the account stands; `fill_in` proposes to take all that is owed."""
        now = self.account = account_of(self._parts.reader, self._contact_id)
        self.owed.setText(self._money(now.balance_minor))
        closed = "Nothing can be bought on account yet." if not now.limit_minor else "The limit is reached."
        self.free.setText(
            f"Up to {self._money(now.free_minor)} more can go on account." if now.free_minor else closed
        )
        if fill_in:
            self.limit.set_text(shown_amount(now.limit_minor, self._currency) if now.limit_minor else "")
            self.amount.set_text(shown_amount(now.balance_minor, self._currency) if now.balance_minor else "")
            self.amount.set_error("")
            self.reference.set_text("")
        found = account_entries(self._parts.reader, self._contact_id)
        self._model.set_source(ListRows(found, _key))
        self._card.setVisible(bool(found))
        self._taking.setVisible(now.balance_minor > 0)
        self.commit.setVisible(now.balance_minor > 0)
        self._offer()

    def _offer(self) -> None:
        """Say on the buttons what they would do."""
        limit, minor = self.limit.amount_minor, self.amount.amount_minor
        self.set_limit.setEnabled(limit is not None and limit != self.account.limit_minor)
        over = minor is not None and minor > self.account.balance_minor
        if over:
            self.amount.set_error(
                f"{self._who[:1].upper()}{self._who[1:]} owes no more than {self.owed.text()}."
            )
        way = dict(METHODS)[self.method.value].lower()
        self.commit.setText(f"Take {self._money(minor)}, {way}" if minor and not over else "Take money")
        self.commit.setEnabled(bool(minor) and not over and not self.is_busy)

    def _money(self, minor: int) -> str:
        return text.money(minor, self._currency)

    # --- deeds ----------------------------------------------------------------------------------------

    def _keep_limit(self) -> None:
        limit = self.limit.amount_minor
        if self.is_busy or not self.limit.check() or limit is None or limit == self.account.limit_minor:
            return
        words = f"May owe up to {self._money(limit)} from now on" if limit else "Nothing more goes on account"
        self.begin(self.set_limit)
        self._parts.perform(
            SetCreditLimit,
            contact_id=self._contact_id,
            limit_minor=limit,
            done=lambda _: self._done(words),
            failed=self._not_done,
        )

    def _take(self) -> None:
        minor = self.amount.amount_minor
        if self.is_busy or not self.amount.check() or not self.commit.isEnabled() or minor is None:
            return
        ensure_shift(self._parts, self, lambda: self._take_now(minor))

    def _take_now(self, minor: int) -> None:
        method = self.method.value
        words = f"{self._money(minor)} taken from {text.isolate(self._who)}"

        def taken(_: Any) -> None:
            self._parts.paper.sold(cash=method == "cash")
            self._done(words, fill_in=True)

        self.begin(self.commit)
        self._parts.perform(
            PayAccount,
            contact_id=self._contact_id,
            amount_minor=minor,
            method=method,
            reference=self.reference.text,
            done=taken,
            failed=self._not_done,
        )

    def _done(self, words: str, *, fill_in: bool = False) -> None:
        self._parts.toast(words, icon="hand-coins")
        if shiboken6.isValid(self):
            self.done_waiting()
            self._read(fill_in=fill_in or not self.is_dirty())

    def _not_done(self, refusal: Any) -> None:
        if shiboken6.isValid(self):
            self.refused(refusal)
            self._offer()


def _key(entry: AccountEntry) -> str:
    return f"{entry.at.isoformat()} {entry.kind} {entry.number} {entry.amount_minor}"


def _words(entry: AccountEntry) -> Cell:
    said = text.outside(entry.number, 24) or method_words.method(entry.method)
    return Cell(_WORDS[entry.kind].format(said))
