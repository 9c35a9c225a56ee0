"""Goods that come back: find the receipt, say what came back, and give the money back or exchange it."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from posapp.commands.returns import TakeBack
from posapp.domain.errors import Refused
from posapp.domain.sale_line import Returned
from posapp.gui import text
from posapp.gui.dialogs.giving_back import GivingBack
from posapp.gui.dialogs.pick_field import Pick, PickField
from posapp.gui.dialogs.take_back_lines import BackLines
from posapp.gui.fonts import Type
from posapp.gui.parts import Parts
from posapp.gui.widgets.base import STRETCH, column
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.toggles import Check
from posapp.queries.jump import HitKind, jump
from posapp.queries.returning import Returnable, ReturnForesight, foresee_return, returnable, returnable_of

SIZE = QSize(760, 600)
WHERE = (
    "The code to scan is at the end of the receipt, its number at the top. A name or a phone number finds the sales of "
    "a customer. What is taken back goes on the shelf again, unless you say why not."
)
NO_REFERENCE = "Note the reference of the transfer or slip, so that the money can be found again."
MANAGER = " That is more than you may give back: a manager's PIN is asked for."
WAYS = {"cash": "in cash", "hand": "by hand elsewhere", "account": "off what is owed"}


class TakeBackDialog(GivingBack):
    """`exchanged` carries what pays for new goods instead."""

    exchanged = Signal(object)  # tuple[Returned, ...]
    no_receipt = Signal()

    def __init__(self, parts: Parts, parent: QWidget, *, order_id: str = "", exchange: bool = True) -> None:
        super().__init__("Take back", parts, parent, SIZE)
        self.receipt: Returnable | None = None
        self.lines: BackLines | None = None
        self.field = PickField("Scan the receipt, or type its number, a name or a phone", self._find)
        self.effect = Label("", Type.SMALL, ink="muted", wrap=True, figures=True)
        self.exchange = Button("Exchange for other goods", icon="replace")
        self.without = Button("No receipt", icon="search-x")
        self.delivery = Check("Give the delivery back too")
        self.delivery.setObjectName("delivery")
        self._can_exchange = exchange
        self._lay_out()
        self._connect()
        if order_id:
            self.show_receipt(returnable_of(parts.reader, order_id))
        self.offer()

    def _lay_out(self) -> None:
        self._holder: QWidget = Label(WHERE, ink="muted", wrap=True)
        self._money = QWidget()
        self._money.setLayout(column(self.payout, 8, self.effect))
        self.add(self.field, 12, self._holder, 12, self.delivery, 4, self._money, 8, self.problem, STRETCH)
        self.set_footer(Button("Close", shortcut="Esc"), STRETCH, self.without, self.exchange, self.commit)

    def _connect(self) -> None:
        self.field.picked.connect(lambda pick: self.show_receipt(returnable_of(self.parts.reader, pick.id)))
        self.field.missed.connect(self._typed)
        self.payout.changed.connect(self.offer)
        self.delivery.toggled.connect(self.offer)
        self.commit.clicked.connect(self.press)
        self.exchange.clicked.connect(self._exchange)
        self.without.clicked.connect(self._without_receipt)

    def is_dirty(self) -> bool:
        """What was counted back would have to be counted again."""
        return self._has_chosen

    def scan(self, code: str) -> bool:
        """Take a scanned receipt."""
        found = returnable(self.parts.reader, code)
        if found is not None and not self.is_dirty():
            self.show_receipt(found)
        return found is not None

    def _find(self, typed: str) -> Sequence[Pick]:
        hits = jump(self.parts.reader, typed)
        return [Pick(hit.id, hit.title, hit.detail or "Walk-in") for hit in hits if hit.kind == HitKind.ORDER]

    def _typed(self, typed: str) -> None:
        found = returnable(self.parts.reader, typed)
        if found is None:
            self.say_problem(f"No sale or order is called {text.outside(typed, 40)}.")
            return
        self.field.clear()
        self.show_receipt(found)

    def show_receipt(self, receipt: Returnable | None) -> None:
        """Show what of an order can come back."""
        if receipt is None:
            return
        self.say_problem("")
        self.receipt = receipt
        sold = text.when(receipt.sold_at, self.parts.shop.zone, self.parts.clock())
        self.set_title(f"Take back from {receipt.number}")
        self.set_sub(f"{text.outside(receipt.customer) or 'Walk-in'}, sold {sold}")
        lines = BackLines(receipt)
        lines.changed.connect(self.offer)
        before = self.body.replaceWidget(self._holder, lines)
        assert before is not None, "the holder lies in the body"
        self._holder.hide()
        self._holder.deleteLater()
        self._holder = self.lines = lines
        self.payout.reset("cash" if receipt.methods[:1] == ("cash",) else "hand")
        self.payout.offer_amounts(adjustable=False, delivery_minor=0)
        self.delivery.setChecked(False)
        if not receipt.units:
            self.say_problem("All of it came back already, or never left the shop.")
        self.offer()
        lines.first().setFocus()

    # --- the effect and the deed -----------------------------------------------------------------------

    def _returned(self) -> Sequence[Returned]:
        return self.lines.returned() if self.lines is not None else ()

    @property
    def _offers_delivery(self) -> bool:
        """What the delivery cost can go back with the last of the goods, or after them."""
        left = self.receipt.units - sum(each.quantity for each in self._returned()) if self.receipt else 1
        return left == 0 and self.receipt is not None and self.receipt.delivery_minor > 0

    @property
    def _has_chosen(self) -> bool:
        return bool(self._returned()) or (self._offers_delivery and self.delivery.isChecked())

    def _fields(self) -> dict[str, Any]:
        payout, delivery = self.payout.payout(), {}
        if self.receipt is not None and self._offers_delivery and self.delivery.isChecked():
            delivery = {self.receipt.order_id: self.receipt.delivery_minor}
        way = {"route": payout.route, "reference": payout.reference}
        return {"returned": tuple(self._returned()), "delivery": delivery, **way}

    def offer(self) -> None:
        """Show the effect, by the rule that will carry it out."""
        returned = self._returned()
        self.delivery.setVisible(self._offers_delivery)
        self._money.setVisible(self._has_chosen)
        self.exchange.setVisible(self._can_exchange and self.receipt is not None)
        self.exchange.setEnabled(bool(returned) and not self._lacks_reason)
        self.without.setVisible(self.receipt is None)
        self.commit.setVisible(self.receipt is not None)
        foreseen = self._foresee() if self._has_chosen and not self._lacks_reason else None
        if foreseen is None:
            self.commit.restate("Take back", Variant.DANGER, "undo-2")
            self.commit.setEnabled(False)
            return
        units = text.number(sum(each.quantity for each in returned))
        what = f"Take back {units}" if returned else "Delivery"
        money = text.money(foreseen.amount_minor, self.parts.shop.currency)
        lacks = self.payout.lacks_reference and any(part.route == "hand" for part in foreseen.parts)
        asks = MANAGER if self.parts.who.lacks(foreseen.needs) else ""
        self.effect.setText(f"{self._said(foreseen)}{f' {NO_REFERENCE}' if lacks else ''}{asks}")
        self.commit.restate(f"{what}: give {money}", Variant.DANGER, "undo-2")
        self.commit.setEnabled(not self.is_busy and not lacks)

    @property
    def _lacks_reason(self) -> bool:
        lacks = self.lines is not None and self.lines.is_missing_a_reason
        if lacks:
            self.effect.setText("Say why it is not sold again.")
        return lacks

    def _foresee(self) -> ReturnForesight | None:
        now = self.parts.clock()
        command = TakeBack(id="foreseen", actor=self.parts.perform.actor, at=now, **self._fields())
        try:
            foreseen = foresee_return(self.parts.reader, command, now)
        except Refused as refusal:
            self.say_problem(refusal.message)
            return None
        self.say_problem("")
        return foreseen

    def _ways(self, foreseen: ReturnForesight) -> str:
        currency = self.parts.shop.currency
        by_route: dict[str, int] = {}  # a sale that was split comes back in as many parts, of one way
        for part in foreseen.parts:
            by_route[part.route] = by_route.get(part.route, 0) + part.amount_minor
        parts = [
            f"{text.money(minor, currency)} {WAYS.get(route, route)}" for route, minor in by_route.items()
        ]
        return " and ".join(parts) or "nothing"

    def _said(self, foreseen: ReturnForesight) -> str:
        units = sum(units for _, units in foreseen.restocked)
        shelf = (
            f"{text.plural(units, 'unit')} back on the shelf." if units else "Nothing goes back on the shelf."
        )
        return f"The customer gets {self._ways(foreseen)}. {shelf}"

    def _deed_words(self) -> str:
        """Say afterwards what was done: how much came back, from whose order, and what went out how."""
        foreseen, receipt = self._foresee(), self.receipt
        if foreseen is None or receipt is None:
            return "Taken back"
        units = text.plural(sum(each.quantity for each in self._returned()), "item")
        done = f"{units} taken back" if self._returned() else "delivery given back"
        return f"{receipt.number}: {done}, {self._ways(foreseen)}"

    def press(self) -> None:
        """Give the money back."""
        if self._has_chosen and not self.is_busy:
            self.give(TakeBack, self._deed_words(), self._fields())

    def _exchange(self) -> None:
        returned = tuple(self._returned())
        if returned:
            self.exchanged.emit(returned)
            self.accept()

    def _without_receipt(self) -> None:
        self.no_receipt.emit()
        self.accept()
