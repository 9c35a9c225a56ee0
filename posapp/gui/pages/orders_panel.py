"""Beside the list of orders: the selected one, to be read."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from posapp.domain.orders import Channel
from posapp.gui import contact_links, marks, metrics, refund_words, text
from posapp.gui.dialogs.draft import units_left
from posapp.gui.dialogs.order_moments import words_of
from posapp.gui.fonts import MEDIUM, SEMIBOLD, Type
from posapp.gui.method_words import method
from posapp.gui.pages.beside import ReadingPanel
from posapp.gui.pages.orders_columns import WALK_IN
from posapp.gui.parts import Shop
from posapp.gui.theme import look
from posapp.gui.widgets.badge import Avatar
from posapp.gui.widgets.base import STRETCH, column, row
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.card import Divider
from posapp.gui.widgets.chip import StatusChip
from posapp.gui.widgets.flow import Flow
from posapp.gui.widgets.label import Label
from posapp.queries.detail_rows import LineFacts, OrderDetails, RefundFacts

LINES, MOMENTS = 12, 8  # that are read here; the dialog has them all


class OrderPanel(ReadingPanel):
    """Shows an order; `asked` tells which of its buttons was pressed: open, ship, deliver, edit, again."""

    asked = Signal(str)

    def __init__(self, shop: Shop, clock: Callable[[], datetime]) -> None:
        super().__init__("Order", width=metrics.SIDE_PANEL, most=560)
        self._shop, self._clock = shop, clock
        self.details: OrderDetails | None = None
        self.open_button = Button("Open", Variant.PRIMARY, icon="arrow-up-right", shortcut="Enter")
        self.next_button = Button("Mark shipped", icon="truck")
        self.again_button = Button(icon="copy", name="New order from this one")
        self._next = ""
        self.open_button.clicked.connect(lambda: self.asked.emit("open"))
        self.next_button.clicked.connect(lambda: self.asked.emit(self._next))
        self.again_button.clicked.connect(lambda: self.asked.emit("again"))
        actions = QWidget()
        flow = Flow(self.open_button, self.next_button, self.again_button)
        flow.setContentsMargins(0, 12, 0, 12)
        actions.setLayout(flow)
        self.footer.row.addWidget(actions)

    def show_order(self, details: OrderDetails | None) -> None:
        """Show an order, or that none is selected."""
        if details is not None and details == self.details:
            return
        self.details = details
        self.clear()
        self.footer.setVisible(details is not None)
        if details is None:
            self.set_title("No order selected")
            self.add(Label("Select an order to read it here.", Type.SMALL, ink="muted", wrap=True), STRETCH)
            return
        self.set_title(f"Order {details.number}")
        self._offer_next(details)
        self.add(
            self._chips(details), 12, self._customer(details), 12, Divider(), 12, self._money(details), 12, Divider(),
            12, *self._goods(details), *self._story(details), STRETCH,
        )  # fmt: skip

    def _offer_next(self, details: OrderDetails) -> None:
        """Offer the one thing that comes next for this order, if there is one besides opening it."""
        can = {offer.key for offer in details.actions if offer.can.allowed}
        words = {
            "ship": ("Mark shipped", "truck"),
            "deliver": ("Mark delivered", "package-check"),
            "edit": ("Edit", "pencil"),
        }
        own = details.channel != Channel.WEB
        order = ["ship", "deliver"] + (["edit"] if own else [])
        self._next = next((key for key in order if key in can), "")
        self.next_button.setVisible(bool(self._next))
        if self._next:
            word, icon = words[self._next]
            self.next_button.setText(word)
            self.next_button.set_icon(icon)
        self.again_button.setVisible(any(line.product_id for line in details.lines))

    def _chips(self, details: OrderDetails) -> QWidget:
        chips = (marks.PAYMENT[details.payment], marks.FULFILMENT[details.fulfilment])
        flow = Flow(*(StatusChip(chip) for chip in chips))
        flow.setContentsMargins(0, 0, 0, 0)
        made = QWidget()
        made.setLayout(flow)
        return made

    def _customer(self, details: OrderDetails) -> QHBoxLayout:
        who = details.contact
        name = text.outside(who.name) or WALK_IN
        words = column(STRETCH, Label(name, weight=MEDIUM, wrap=True))
        if who.phone:
            words.addWidget(Label(text.outside(who.phone, 40), Type.SMALL, ink="muted", figures=True))
        words.addStretch(1)
        buttons = []
        call = contact_links.call_link(who.phone)
        if not call.isEmpty():
            buttons.append(self._link_button("phone", f"Call {name}", call))
        chat = contact_links.whatsapp_link(who.phone, details.money.currency)
        if not chat.isEmpty():
            buttons.append(self._link_button("message-circle", f"WhatsApp {name}", chat))
        made = row(Avatar(who.name or WALK_IN, 36), words, *buttons, spacing=metrics.S12)
        made.setStretch(1, 1)
        return made

    @staticmethod
    def _link_button(icon: str, name: str, link: QUrl) -> Button:
        button = Button(icon=icon, name=name)
        button.clicked.connect(lambda: contact_links.open_link(link))
        return button

    def _money(self, details: OrderDetails) -> QVBoxLayout:
        money = details.money
        amount = [line.line_total_minor for line in details.lines] + [money.total_minor, money.delivery_minor]
        decimals = text.needs_decimals([*amount, money.discount_minor], money.currency)
        shown = details.lines[:LINES]
        box = column(spacing=10)
        for line in shown:
            box.addLayout(self._line(line, decimals))
        if len(details.lines) > len(shown):
            more = text.plural(len(details.lines) - len(shown), "more item")
            box.addWidget(Label(f"and {more}", Type.SMALL, ink="muted"))
        for words, minor in (
            ("Discount", -money.discount_minor),
            ("Delivery", money.delivery_minor),
            ("Fees", money.fees_minor),
            ("Rounding", money.rounding_minor),
        ):
            if minor:
                box.addLayout(_pair(words, text.amount(minor, money.currency, decimals=decimals)))
        box.addLayout(_pair("Total", text.money(money.total_minor, money.currency), strong=True))
        for words, minor in self._standing(details):
            box.addLayout(_pair(words, text.amount(minor, money.currency, decimals=decimals)))
        for refund in details.refunds:
            if refund_words.is_sent_out(refund):
                box.addWidget(self._refund(refund))
        return box

    def _refund(self, refund: RefundFacts) -> QWidget:
        """How far money is that somebody outside pays back."""
        cells: list[QWidget] = []
        for chip, minor in refund_words.chips_of(refund):
            cells += [
                Label(text.money(minor, self._shop.currency), Type.SMALL, figures=True),
                StatusChip(chip),
            ]
        flow = Flow(Label("Refund", Type.SMALL, ink="muted"), *cells, spacing=8, line_spacing=4)
        flow.setContentsMargins(0, 0, 0, 0)
        made = QWidget()
        made.setLayout(flow)
        return made

    def _line(self, line: LineFacts, decimals: bool) -> QHBoxLayout:
        currency, left = self._shop.currency, units_left(line)
        price = text.amount(line.unit_price_minor, currency, decimals=decimals)
        units = Label(f"{text.number(left)} × {price}", Type.SMALL, ink="muted", figures=True)
        amount = Label(text.amount(line.line_total_minor, currency, decimals=decimals), figures=True)
        made = row(Label(text.outside(line.name), wrap=True), units, amount, spacing=metrics.S12)
        made.setStretch(0, 1)
        for label in (units, amount):
            made.setAlignment(label, Qt.AlignmentFlag.AlignTop)
        return made

    def _standing(self, details: OrderDetails) -> list[tuple[str, int]]:
        """Say what was paid, given back, is due, and is owed."""
        money, counted = details.money, [p for p in details.payments if p.state == "SUCCEEDED"]
        by = {method(p.method or p.provider) for p in counted}
        paid = f"Paid by {by.pop()}" if len(by) == 1 else "Paid"
        figures = (
            (paid, money.received_minor),
            ("Refunded", -money.refunded_minor),
            ("To pay", money.balance_minor),
            ("Owed to the customer", money.owed_minor),
        )
        return [(words, minor) for words, minor in figures if minor]

    def _goods(self, details: OrderDetails) -> list[QWidget | int]:
        tracked = [line for line in details.lines if line.tracked]
        wanted, held = sum(x.wanted for x in tracked), sum(x.held for x in tracked)
        short, gone = sum(x.short for x in tracked), sum(x.handed_over for x in details.lines)
        said: list[QWidget | int] = []
        if held or short:
            words = f"Holds {text.number(held)} of {text.number(wanted - gone)}"
            label = Label(f"{words}, {text.number(short)} short" if short else words, icon="package-check")
            label.set_icon_ink("attention" if short else "ok")
            if short:
                label.set_icon("triangle-alert")
            said += [label, 8]
        if gone:
            said += [Label(f"{text.number(gone)} handed over", icon="package-check"), 8]
        if details.contact.address:
            address = text.outside(details.contact.address, 200)
            said += [Label(address, icon="map-pin", wrap=True), 8]
        if details.contact.note:
            said += [Label(text.outside(details.contact.note, 300), icon="file-text", wrap=True), 8]
        return [*said, 4, Divider(), 12] if said else []

    def _story(self, details: OrderDetails) -> list[QWidget | QHBoxLayout | int]:
        told: list[QWidget | QHBoxLayout | int] = []
        now = self._clock()
        moments = [(m, words) for m in details.timeline if (words := words_of(m, details.money.currency))]
        for moment, words in moments[-MOMENTS:]:
            when = text.when(moment.at, self._shop.zone, now)
            at = Label(when, Type.SMALL, ink="muted", figures=True)
            at.setMinimumWidth(look().px(44))
            line = row(
                at, Label(words, Type.SMALL, ink="muted", figures=True, wrap=True), spacing=metrics.S12
            )
            line.setStretch(1, 1)
            line.setAlignment(at, Qt.AlignmentFlag.AlignTop)
            told += [line, 4]
        return told


def _pair(words: str, figure: str, *, strong: bool = False) -> QHBoxLayout:
    """Lay words at the left and a figure at the right."""
    weight, ink = (SEMIBOLD, "text") if strong else (None, "muted")
    return row(Label(words, ink=ink, weight=weight), STRETCH, Label(figure, weight=weight, figures=True))
