"""What needs a person now: orders in Attention, transfers nobody has seen, stuck refunds, money owed to customers."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from posapp.domain.attention import Reason
from posapp.domain.standing import PaymentMark
from posapp.gui import icons, keys, metrics, text
from posapp.gui.fonts import MEDIUM, Type
from posapp.gui.parts import Shop
from posapp.gui.theme import look
from posapp.gui.widgets.base import STRETCH, Themed, column, row
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.card import Card, Divider
from posapp.gui.widgets.label import Label
from posapp.queries.dashboard import Dashboard
from posapp.queries.orders import OrderFilter, View

_ROW = 59


class _Icon(Themed, QLabel):
    """An icon of 20 in an ink of the look; the words beside it say what it means."""

    def __init__(self, name: str, ink: str) -> None:
        super().__init__()
        self._name, self._ink = name, ink
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def change(self, name: str, ink: str) -> None:
        """Show another one."""
        self._name, self._ink = name, ink
        self.update()

    def sizeHint(self) -> QSize:
        """A square that grows with the text."""
        return QSize(look().px(metrics.ICON_HEAD), look().px(metrics.ICON_HEAD))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        icons.draw(painter, self._name, 0, 0, look().px(metrics.ICON_HEAD), look().tokens.ink(self._ink))
        painter.end()


class NeedRow(QWidget):
    """How many, what, which is the oldest, and the button that goes there."""

    def __init__(self, icon: str, button: Button, *, ink: str = "muted") -> None:
        super().__init__()
        self._icon = _Icon(icon, ink)
        self._count = Label("", Type.TITLE, figures=True)
        self._what = Label("", weight=MEDIUM)
        self._detail = Label("", Type.SMALL, ink="muted", figures=True, wrap=True)
        self.button = button
        words = column(self._what, self._detail)
        box = row(self._icon, self._count, words, button, spacing=metrics.S16, margins=(16, 6, 16, 6))
        box.setStretch(2, 1)
        self._count.setMinimumWidth(look().px(24))
        self.setLayout(box)
        self.setMinimumHeight(_ROW)

    def say(self, count: int, what: str, detail: str) -> None:
        """Say how many of what; none stands as a dash without a figure."""
        self._count.setText(text.number(count) if count else "")
        self._count.setVisible(count > 0)
        self._what.setText(what)
        self._detail.setText(detail)
        self.button.setAccessibleDescription(f"{text.number(count)} {what}. {detail}" if count else what)

    def mark(self, icon: str, ink: str) -> None:
        """Show another icon."""
        self._icon.change(icon, ink)


class NeedsCard(Card):
    """`order_wanted` asks for one order, `list_wanted` for the list behind a number."""

    order_wanted = Signal(str)
    list_wanted = Signal(object)  # OrderFilter
    attention_wanted = Signal(object)  # Reason: the list of Attention with these only

    def __init__(self, shop: Shop, clock: Callable[[], datetime]) -> None:
        super().__init__(padding=0)
        self._shop, self._clock = shop, clock
        self.setAccessibleName("Needs you")
        self.attention_button = Button("Attention", Variant.PRIMARY, shortcut=keys.caption("attention"))
        self.attention_button.setObjectName("attention_button")
        self.transfer_button = Button("Check transfer")
        self.refunds_button = Button("Open")
        self.owed_button = Button("Open")
        self._attention = NeedRow("triangle-alert", self.attention_button, ink="attention")
        self._transfers = NeedRow("hourglass", self.transfer_button)
        self._refunds = NeedRow("circle-alert", self.refunds_button)
        self._owed = NeedRow("undo-2", self.owed_button)
        self._lines = (Divider(), Divider(), Divider())
        self._why = Reason.REFUND_FAILED  # what the oldest refund that is stuck waits for
        self._one: dict[str, str] = {}  # the order that a button opens where it is the only one
        self.add_head("Needs you", STRETCH)
        self.add(
            self._attention, self._lines[0], self._transfers, self._lines[1], self._refunds, self._lines[2], self._owed,
            STRETCH,
        )  # fmt: skip
        self.transfer_button.clicked.connect(lambda: self._go("transfers", OrderFilter(view=View.AWAITING)))
        self.refunds_button.clicked.connect(self._go_refunds)
        self.owed_button.clicked.connect(lambda: self._go("owed", OrderFilter(payment=PaymentMark.OWED)))

    def _go(self, what: str, wanted: OrderFilter) -> None:
        if self._one[what]:
            self.order_wanted.emit(self._one[what])
        else:
            self.list_wanted.emit(wanted)

    def _go_refunds(self) -> None:
        if self._one["refunds"]:
            self.order_wanted.emit(self._one["refunds"])
        else:
            self.attention_wanted.emit(self._why)

    def show_facts(self, found: Dashboard, checked_at: datetime | None) -> None:
        """Say what the dashboard counted."""
        self._show_attention(found, checked_at)
        self._show_transfers(found)
        self._show_refunds(found)
        self._show_owed(found)
        for line, below in zip(self._lines, (self._transfers, self._refunds, self._owed), strict=True):
            line.setVisible(not below.isHidden())

    def _show_attention(self, found: Dashboard, checked_at: datetime | None) -> None:
        count, oldest, zone = found.attention, found.oldest, self._shop.zone
        self.attention_button.set_variant(Variant.PRIMARY if count else Variant.SECONDARY)
        if oldest is None:
            self._attention.mark("circle-check", "ok")
            checked = (
                f"Last checked {text.clock(checked_at, zone)}" if checked_at else "Everything is in order"
            )
            self._attention.say(0, "No order needs attention", checked)
            return
        self._attention.mark("triangle-alert", "attention")
        now, at = self._clock(), oldest.paid_at or oldest.since
        paid = f"paid {text.when(at, zone, now)}, " if oldest.paid_at else ""
        who = text.isolated(oldest.customer, 40) if oldest.customer else "walk-in"
        words = f"Oldest: {oldest.number} {who}, {paid}waiting {text.waiting(now - at)}"
        self._attention.say(count, "Order needs attention" if count == 1 else "Orders need attention", words)

    def _show_transfers(self, found: Dashboard) -> None:
        awaited = found.transfers
        self._transfers.setVisible(bool(awaited))
        self._one["transfers"] = awaited[0].order_id if len(awaited) == 1 else ""
        if awaited:
            first = awaited[0]
            sent = text.when(first.announced_at, self._shop.zone, self._clock())
            noun = "Transfer" if len(awaited) == 1 else "Transfers"
            words = f"{self._named(first.number, first.customer, first.amount_minor)}, sent {sent}"
            self.transfer_button.setText("Check transfer" if len(awaited) == 1 else "Check transfers")
            self._transfers.say(len(awaited), f"{noun} awaiting confirmation", words)

    def _show_refunds(self, found: Dashboard) -> None:
        stuck = found.refunds
        self._refunds.setVisible(bool(stuck))
        self._one["refunds"] = stuck[0].order_id if len(stuck) == 1 else ""
        if stuck:
            first = stuck[0]
            self._why = Reason.REFUND_FAILED if first.failed else Reason.NEEDS_DETAILS
            why = "Failed, money not moved" if first.failed else "Needs bank details"
            words = f"{self._named(first.number, first.customer, first.amount_minor)}. {why}"
            noun = "Refund needs something" if len(stuck) == 1 else "Refunds need something"
            self.refunds_button.setText("Open order" if len(stuck) == 1 else "Open list")
            self._refunds.say(len(stuck), noun, words)

    def _show_owed(self, found: Dashboard) -> None:
        owed = found.owed
        self._owed.setVisible(bool(owed))
        self._one["owed"] = owed[0].order_id if len(owed) == 1 else ""
        if owed:
            first, whole = owed[0], sum(order.owed_minor for order in owed)
            words = f"{self._named(first.number, first.customer, first.owed_minor)}. Money not moved"
            if len(owed) > 1:
                words += f". {text.money(whole, self._shop.currency)} in all"
            noun = "Customer is owed money" if len(owed) == 1 else "Customers are owed money"
            self.owed_button.setText("Open order" if len(owed) == 1 else "Open list")
            self._owed.say(len(owed), noun, words)

    def _named(self, number: str, customer: str, amount_minor: int) -> str:
        who = f" {text.isolated(customer, 40)}" if customer else ""
        return f"{number}{who}, {text.money(amount_minor, self._shop.currency)}"
