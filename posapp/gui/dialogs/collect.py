"""Collect and hand over: an unpaid order is paid at the counter and goes out, in one transaction or not at all."""

from functools import partial
from typing import Any

import shiboken6
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from posapp.commands.collecting import CollectAndHandOver
from posapp.commands.counter import Tender
from posapp.desk import Outcome
from posapp.domain.errors import Refused
from posapp.domain.tendering import CASH, Tendering
from posapp.gui import keys, text
from posapp.gui.dialogs.deed import Toast
from posapp.gui.dialogs.form_dialog import FormDialog, grown
from posapp.gui.dialogs.order_words import person
from posapp.gui.dialogs.pay_part import PayPart
from posapp.gui.dialogs.shift_gate import ensure_shift
from posapp.gui.fonts import Type
from posapp.gui.parts import Parts
from posapp.gui.widgets.base import STRETCH
from posapp.gui.widgets.button import Button, Size, Variant
from posapp.gui.widgets.label import Label
from posapp.queries.accounts import account_of
from posapp.queries.detail_rows import OrderDetails
from posapp.queries.payment_ways import payment_ways

SIZE = QSize(960, 584)


def missing_words(details: OrderDetails) -> str:
    """Name what is not on the shelf for an unpaid order that is to go out whole, "" when all of it is."""
    short = [(max(0, line.unpaid - (line.free_now or 0)), line) for line in details.lines if line.tracked]
    return ", ".join(f"{text.number(units)} {text.isolated(line.name, 60)}" for units, line in short if units)


class CollectDialog(FormDialog):
    """The ways to pay are those of Pay, with its keys; F9 takes the money and hands the goods over."""

    throw_away = "Forget what was paid?"

    def __init__(
        self, parts: Parts, details: OrderDetails, parent: QWidget, *, toast: Toast | None = None
    ) -> None:
        super().__init__(f"Collect {details.number}", parent, size=grown(SIZE))
        self.parts, self.details = parts, details
        self._toast = toast or parts.toast
        shop = parts.shop
        units = sum(line.unpaid for line in details.lines)
        what = f"{text.plural(units, 'item')}, {person(details.contact.name)}"
        self.part = PayPart(shop.currency, payment_ways(parts.reader), shop.till, self.problem)
        self.part.setObjectName("pay_part")
        self._missing = missing_words(details)
        self.back = Button("Back", shortcut="Esc")
        self.order_button = Button("Open order", icon="arrow-up-right")
        self.order_button.setObjectName("open_order")
        self.finish = Button("", Variant.PRIMARY, Size.LARGE, shortcut=keys.caption("pay"))
        self.finish.setObjectName("collect")
        self.why_not = Label("", Type.CAPTION, ink="muted", figures=True)
        self.add_beside_title(Label(what, ink="muted", figures=True))
        self.body.setContentsMargins(0, 0, 0, 0)
        self.add(self.part)
        self.set_footer(self.back, self.order_button, STRETCH, self.why_not, self.finish)
        self.part.changed.connect(self._show)
        for method in self.part.panes:
            keys.bind(self, f"pay_{method}", partial(self._choose, method))
        keys.bind(self, "pay", self._press)
        self.finish.clicked.connect(self._press)
        self.order_button.clicked.connect(self._open_order)
        self._say_missing()
        self._begin_with(account_of(parts.reader, details.contact.id))

    def _begin_with(self, account: Any) -> None:
        name = text.outside(self.details.contact.name)
        self.part.account.show_account(name, account.balance_minor, account.limit_minor)
        self.part.begin(self.details.money.balance_minor)

    def _say_missing(self) -> None:
        """What is not there is said before any money is taken, with where the money can be taken all the same."""
        self.order_button.setVisible(bool(self._missing))
        if self._missing:
            self.say_problem(
                f"{self._missing} of order {self.details.number} is not here now, so not all of it can go out. "
                "Its money can be recorded in the order: it holds what there is then."
            )

    def _open_order(self) -> None:
        self._leave()
        self.parts.open_order(self.details.id)

    def is_dirty(self) -> bool:
        """Money that was written down would be forgotten."""
        return self.part.is_touched

    def _choose(self, method: str) -> None:
        if not self.is_busy:
            self.part.choose(method)

    def _show(self, paying: Tendering) -> None:
        if not self._missing:
            self.say_problem("")
        due = text.money(paying.due_minor, self.parts.shop.currency)
        self.finish.setText(f"Take {due}, hand over")
        self.finish.setEnabled(paying.is_covered and not self.is_busy and not self._missing)
        left = text.money(paying.left_minor, self.parts.shop.currency)
        waits = "Goods leave when the transfer was seen" if paying.awaiting_minor else ""
        self.why_not.setText(f"{left} left to pay" if paying.left_minor else waits)

    def _press(self) -> None:
        if self.finish.isEnabled():
            ensure_shift(self.parts, self, self._collect)

    def _collect(self) -> None:
        paying = self.part.paying
        shares = (Tender(s.method, s.amount_minor, s.given_minor, s.reference) for s in paying.shares)
        self.begin(self.finish)
        self.parts.perform(
            CollectAndHandOver,
            done=self._done,
            failed=self._failed,
            also=self.parts.paper.with_sale(self.details.id),
            order_id=self.details.id,
            tenders=tuple(shares),
            rounding_minor=paying.rounding_minor,
        )

    def _done(self, outcome: Outcome) -> None:
        """It is committed: now it may be said, and printed."""
        paying, currency = self.part.paying, self.parts.shop.currency
        change = f", change {text.money(paying.change_minor, currency)}" if paying.change_minor else ""
        self.parts.paper.sold(cash=paying.share(CASH) is not None)
        said = (
            f"{self.details.number}: {text.money(paying.due_minor, currency)} taken{change}, all handed over"
        )
        self._toast(said, icon="package-check")
        if shiboken6.isValid(self):
            self.done_waiting()
            self.accept()

    def _failed(self, refusal: Refused) -> None:
        if shiboken6.isValid(self):
            self.refused(refusal)
            self._show_again()
        else:
            self._toast(refusal.message, icon="circle-alert")

    def _show_again(self) -> None:
        """Offer it again without taking the refusal's words away."""
        self.finish.setEnabled(self.part.paying.is_covered)
