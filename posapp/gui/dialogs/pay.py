"""Taking money for a basket: one sale in one transaction, committed before anything says "Paid"."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import shiboken6
from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from posapp.commands.counter import Sell, Tender
from posapp.desk import Outcome
from posapp.domain.basket import Basket, left_out
from posapp.domain.errors import Refused
from posapp.domain.orders import Order
from posapp.domain.sales import Short, ShortItem
from posapp.domain.tendering import CASH, Tendering
from posapp.gui import keys, text
from posapp.gui.chips import Chip
from posapp.gui.dialogs.form_dialog import FormDialog, grown
from posapp.gui.dialogs.pay_done import DonePane
from posapp.gui.dialogs.pay_foot import PayFoot
from posapp.gui.dialogs.pay_part import PayPart
from posapp.gui.dialogs.shift_gate import ensure_shift
from posapp.gui.dialogs.short import ShortDialog, WaysOut
from posapp.gui.parts import Parts
from posapp.gui.tokens import Tone
from posapp.gui.widgets.base import STRETCH, announce
from posapp.gui.widgets.button import Button, Size, Variant
from posapp.gui.widgets.chip import StatusChip
from posapp.gui.widgets.label import Label
from posapp.queries.accounts import account_of
from posapp.queries.payment_ways import payment_ways
from posapp.queries.sale_foresight import foresee_sale

SIZE = QSize(960, 584)
Also = Callable[[Any], None]  # writes beside the command, in its transaction


class PayDialog(FormDialog):
    """Alt+1 to Alt+4 choose how it is paid, F9 finishes. `basket_changed`: units that are not there were left out."""

    paid = Signal(str)
    kept_unpaid = Signal(str)
    basket_changed = Signal(object)
    throw_away = "Forget what was paid?"

    def __init__(self, parts: Parts, basket: Basket, parent: QWidget, *, also: Also | None = None) -> None:
        super().__init__("Pay", parent, size=grown(SIZE))
        self.parts, self.basket, self._also = parts, basket, also
        self._found: dict[str, int] = {}
        self._reserved: dict[str, int] = {}
        self.order_id = ""  # of the sale, once it is committed
        self.split = StatusChip(_split(2))
        self.what = Label("", ink="muted", figures=True)
        shop = parts.shop
        self.part = PayPart(shop.currency, payment_ways(parts.reader), shop.till, self.problem)
        self.ending = DonePane(parts)
        self.back = Button("Back", shortcut="Esc")
        self._foot = PayFoot(shop.currency)
        self.keep, self.finish, self.why_not = self._foot.keep, self._foot.finish, self._foot.why_not
        self.next = Button("New sale", Variant.PRIMARY, Size.LARGE, shortcut=keys.caption("pay"))
        self.next.setObjectName("next_sale")
        self.next.hide()
        self._lay_out()
        self._connect()
        self._price()

    def _lay_out(self) -> None:
        self.add_beside_title(self.what)
        self.add_head(self.split)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.part)
        self._pages.addWidget(self.ending)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.add(self._pages)
        self.set_footer(self.back, STRETCH, self._foot, self.next)

    def _connect(self) -> None:
        self.part.changed.connect(self._show)
        for method in self.part.panes:
            keys.bind(self, f"pay_{method}", partial(self.choose, method))
        keys.bind(self, "pay", self._finish)
        keys.bind(self, "pay_keep", self._keep)
        keys.bind(self, "print", self.ending.print_receipt)
        self.finish.clicked.connect(self._finish)
        self.keep.clicked.connect(self._keep)
        self.next.clicked.connect(self.accept)

    @property
    def is_over(self) -> bool:
        """Whether the sale is made."""
        return bool(self.order_id)

    def is_dirty(self) -> bool:
        """Money that was written down would be forgotten; what was only proposed is nobody's."""
        return not self.is_over and self.part.is_touched

    def choose(self, method: str) -> None:
        """Pay by this way."""
        if not self.is_busy and not self.is_over:
            self.part.choose(method)

    def _price(self) -> None:
        """Ask what the basket costs now."""
        now, who = self.parts.clock(), self.parts.perform.actor
        command = Sell(id="foreseen", actor=who, at=now, **self._fields())
        self.foreseen = foresee_sale(self.parts.reader, command, now)
        customer = text.outside(self.basket.customer)
        self.what.setText(f"{text.plural(self.basket.units, 'item')}, {customer or 'walk-in'}")
        account = account_of(self.parts.reader, self.basket.contact_id)
        self.part.account.show_account(customer, account.balance_minor, account.limit_minor)
        self.part.begin(self.foreseen.to_pay_minor, back_minor=self.foreseen.payout_minor)

    def _fields(self) -> dict[str, Any]:
        back = self.part.back.fields() if self.part.gives_back else {}
        return (
            self.basket.sale_fields() | back | {"found": dict(self._found), "reserved": dict(self._reserved)}
        )

    def _show(self, paying: Tendering) -> None:
        self.say_problem("")
        back = self.part.gives_back
        self.keep.setVisible(not back)
        pays = f"Pay {self._money(paying.due_minor)}"
        self.set_title(f"Give back {self._money(self.foreseen.payout_minor)}" if back else pays)
        self.split.setVisible(len(paying.shares) > 1)
        self.split.set_chip(_split(len(paying.shares)))
        self._offer(paying)

    def _offer(self, paying: Tendering) -> None:
        lacks = self.part.gives_back and self.part.back.lacks
        self._foot.offer(paying, lacks=lacks, busy=self.is_busy)

    def _money(self, minor: int) -> str:
        return text.money(minor, self.parts.shop.currency)

    # --- the sale --------------------------------------------------------------------------------------

    def _finish(self) -> None:
        """F9: the sale, whole; when it is made, the next customer."""
        if self.is_over:
            self.accept()
        elif self.finish.isEnabled():
            ensure_shift(self.parts, self, lambda: self._sell(self.finish, self.part.paying))

    def _keep(self) -> None:
        """Keep it as an order that takes no stock until it is paid."""
        if not self.is_over and not self.part.paying.is_covered and not self.is_busy:
            firm = self.part.firm()
            if _is_money(firm):  # a deposit is the shift's as any money is
                ensure_shift(self.parts, self, lambda: self._sell(self.keep, firm))
            else:
                self._sell(self.keep, firm)

    def _sell(self, button: Button, paying: Tendering) -> None:
        paper = self.parts.paper.with_sale(self.basket.order_id) if _is_money(paying) else None
        self.begin(button)
        self.parts.perform(
            Sell,
            done=self._sold,
            failed=self._not_sold,
            also=both(self._also, paper),
            tenders=_tenders(paying),
            rounding_minor=paying.rounding_minor if paying.is_covered else 0,
            deposit=not paying.is_covered,
            **self._fields(),
        )

    def _sold(self, outcome: Outcome) -> None:
        """It is committed: now it may be said, and printed."""
        order = self.parts.reader.order(outcome.answer)
        if not shiboken6.isValid(self) or order is None:
            return
        self.done_waiting()
        self.show_end(order)
        paying = self.part.paying
        if _is_money(paying):
            by_cash = self.part.gives_back and self.part.back.is_cash
            self.parts.paper.sold(cash=by_cash or paying.share(CASH) is not None)
        (self.kept_unpaid if order.total_minor > order.paid_minor else self.paid).emit(order.id)

    def show_end(self, order: Order) -> None:
        """Say of a committed sale that it is paid, or kept unpaid; nothing here can be changed any more."""
        self.order_id = order.id
        self.ending.show_sale(order, self.part.paying, back_minor=self.foreseen.payout_minor)
        self._pages.setCurrentWidget(self.ending)
        self.set_title(
            f"Order {order.number}" if order.total_minor > order.paid_minor else f"Sale {order.number}"
        )
        announce(self, self.ending.spoken())
        for gone in (self.back, self._foot, self.split):
            gone.hide()
        self.next.show()
        self.next.setFocus()

    def _not_sold(self, refusal: Refused) -> None:
        if not shiboken6.isValid(self):
            return
        self.refused(refusal)
        self._offer(self.part.paying)
        if isinstance(refusal, Short):
            self._ask_about(refusal.items)

    # --- what is not there -----------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Before money is taken, say what is not there."""
        super().showEvent(event)
        if self.foreseen.shortages and not self._found and not self._reserved:
            QTimer.singleShot(0, self, lambda: self._ask_about(self.foreseen.shortages))

    def _ask_about(self, items: Sequence[ShortItem]) -> None:
        asked = ShortDialog(self.parts, items, self)
        asked.accepted.connect(lambda: self._take_way_out(asked.ways_out()))
        asked.rejected.connect(self._leave)
        asked.open()

    def _take_way_out(self, ways: WaysOut) -> None:
        self._found |= ways.found
        self._reserved |= ways.reserved
        for item in ways.left_out.values():
            self.basket = left_out(self.basket, item.product_ids, item.missing)
        if ways.left_out:
            self.basket_changed.emit(self.basket)
        if not self.basket.lines:
            self._leave()
            return
        self._price()
        if self.foreseen.shortages:
            self._ask_about(self.foreseen.shortages)

    def reject(self) -> None:
        """Esc: back to the basket; once it is paid, on to the next customer."""
        if self.is_over:
            self.accept()
        else:
            super().reject()


def _split(ways: int) -> Chip:
    return Chip(f"Split between {ways}", "split", Tone.NEUTRAL)


def _tenders(paying: Tendering) -> tuple[Tender, ...]:
    return tuple(
        Tender(s.method, s.amount_minor, s.given_minor, s.reference, s.awaiting) for s in paying.shares
    )


def _is_money(paying: Tendering) -> bool:
    """Whether anything changes hands now: not where nothing is paid, or a transfer is only announced."""
    return paying.is_covered or any(not share.awaiting for share in paying.shares)


def both(first: Also | None, second: Also | None) -> Also | None:
    """Write two things beside a command, in its transaction."""
    if first is None or second is None:
        return first or second

    def write(connection: Any) -> None:
        first(connection)
        second(connection)

    return write
