"""What an order that waits for no decision shows in its middle: its money, and where the goods go."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from posapp.domain.orders import ShipStatus, Status
from posapp.domain.payments import PaymentState
from posapp.gui import refund_words, text
from posapp.gui.dialogs.order_words import payer
from posapp.gui.fonts import MEDIUM, SEMIBOLD, Type
from posapp.gui.parts import Shop
from posapp.gui.widgets.base import STRETCH, column, row
from posapp.gui.widgets.card import Card, Divider
from posapp.gui.widgets.chip import StatusChip
from posapp.gui.widgets.flow import Flow
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.panel import clear_layout
from posapp.queries.detail_rows import OrderDetails, PaymentFacts, RefundFacts

_STATES = {
    PaymentState.PENDING: "awaited, does not count yet",
    PaymentState.FAILED: "did not come",
    PaymentState.REVERSED: "taken back by the bank",
    PaymentState.SUCCEEDED: "",
}
_KINDS = {
    "EXCESS": "Refunded, missing units",
    "ORDER": "Refunded",
    "EDIT": "Refunded, order changed",
    "OVERPAY": "Refunded, paid too much",
    "LATE": "Refunded, paid late",
}


class Standing(QWidget):
    """Two cards side by side: every payment and refund; the customer's address and note, and what comes next."""

    acted = Signal(str)

    def __init__(self, shop: Shop) -> None:
        super().__init__()
        self._shop = shop
        self._money, self._goods = _Side("Payments and refunds"), _Side("Where it stands")
        line = row(self._money, self._goods, spacing=12)
        line.setStretch(0, 1)
        line.setStretch(1, 1)
        self.setLayout(line)

    def show_order(self, details: OrderDetails, now: datetime) -> None:
        """Bring both cards up to date."""
        self._money.fill(self._money_rows(details, now))
        self._goods.fill(_goods_rows(details))

    def _money_rows(self, details: OrderDetails, now: datetime) -> list[QWidget]:
        made = [self._payment(payment, now) for payment in details.payments]
        made += [self._refund(refund, now) for refund in details.refunds]
        return made or [Label("Nothing was paid yet.", ink="muted")]

    def _payment(self, payment: PaymentFacts, now: datetime) -> QWidget:
        by = payer(payment)
        said = [f"{by[:1].upper()}{by[1:]}", text.when(payment.paid_at, self._shop.zone, now)]
        state = _STATES[payment.state] or ("" if payment.applied else "came after the order was closed")
        return _money_row(said, payment.reference, state, payment.amount_minor, self._shop.currency)

    def _refund(self, refund: RefundFacts, now: datetime) -> QWidget:
        at = text.when(refund.decided_at, self._shop.zone, now)
        said = [_KINDS.get(refund.kind, "Refunded"), at]
        refs = ", ".join(part.reference for part in refund.parts if part.reference)
        way = refund_words.ways(refund.parts) or "nothing was paid out"
        by = f"{way}, decided by {text.outside(refund.actor, 40)}" if refund.actor else way
        words = f"{by}: {text.outside(refund.reason, 80)}" if refund.reason else by
        below = self._states(refund) if refund_words.is_sent_out(refund) else None
        return _money_row(said, refs, words, -refund.amount_minor, self._shop.currency, below)

    def _states(self, refund: RefundFacts) -> QWidget:
        """How far its money is; with several states, how much is in each."""
        states = refund_words.chips_of(refund)
        cells: list[QWidget] = []
        for chip, minor in states:
            cells.append(StatusChip(chip))
            if len(states) > 1:
                cells.append(Label(text.money(minor, self._shop.currency), Type.SMALL, figures=True))
        if why := refund_words.refused_words(refund.parts):
            cells.append(Label(why, Type.SMALL, ink="muted", wrap=True))
        flow = Flow(*cells, spacing=8, line_spacing=4)
        flow.setContentsMargins(0, 4, 0, 0)
        made = QWidget()
        made.setLayout(flow)
        return made


def _money_row(
    said: list[str], reference: str, state: str, minor: int, currency: str, below: QWidget | None = None
) -> QWidget:
    lead = Label(" · ".join(said), weight=MEDIUM, figures=True)
    amount = Label(text.amount(minor, currency), weight=SEMIBOLD, figures=True)
    second = ", ".join(
        part for part in (f"ref {text.outside(reference, 60)}" if reference else "", state) if part
    )
    made = QWidget()
    box = column(row(lead, STRETCH, amount))
    if second:
        box.addWidget(Label(second, Type.SMALL, ink="muted", wrap=True, figures=True))
    if below is not None:
        box.addWidget(below)
    made.setLayout(box)
    return made


def _goods_rows(details: OrderDetails) -> list[QWidget]:
    contact = details.contact
    made: list[QWidget] = [Label(next_step(details), wrap=True, weight=MEDIUM)]
    where = text.outside(contact.address, 240)
    if where:
        made.append(Label(where, icon="map-pin", wrap=True))
    if contact.email:
        made.append(Label(text.outside(contact.email, 120), Type.SMALL, ink="muted", wrap=True))
    if details.note:
        made.append(Label(f"Note: {text.outside(details.note, 400)}", wrap=True))
    if contact.note:
        words = f"Of the customer: {text.outside(contact.note, 400)}"
        made.append(Label(words, Type.SMALL, ink="muted", wrap=True))
    return made


def next_step(details: OrderDetails) -> str:
    """Say in a sentence what the order waits for now."""
    money = details.money
    due = text.money(money.balance_minor, money.currency)
    if details.status == Status.CANCELLED:
        owed = text.money(money.owed_minor, money.currency)
        return (
            f"Closed. {owed} is owed to the customer."
            if money.owed_minor
            else "Closed. Nothing is held for it."
        )
    if money.balance_minor:
        held = any(line.held for line in details.lines)
        return f"{due} is still to be paid. {'The goods stay here until then.' if held else 'Nothing is held yet.'}"
    if details.status == Status.PROCESSING:
        some = any(line.handed_over for line in details.lines)
        return (
            "Paid: the rest is ready to be packed."
            if some
            else "Paid and held: ready to be packed and handed over."
        )
    if details.ship_status == ShipStatus.UNFULFILLED:
        return "Handed over."
    return f"Handed over and {details.ship_status.lower()}."


class _Side(Card):
    def __init__(self, title: str) -> None:
        super().__init__(padding=0, ground="raised")
        head = Label(title, weight=SEMIBOLD)
        holder = QWidget()
        holder.setLayout(row(head, STRETCH, margins=(16, 8, 16, 8)))
        self._rows: QVBoxLayout = column(spacing=8, margins=(16, 10, 16, 12))
        self.add(holder, Divider(), self._rows, STRETCH)
        self.setAccessibleName(title)

    def fill(self, made: list[QWidget]) -> None:
        """Show these rows in place of those before."""
        clear_layout(self._rows)
        for each in made:
            self._rows.addWidget(each)
