"""The selected order, docked beneath the list of Attention: enough to know what it is about."""

from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from posapp.gui import text
from posapp.gui.dialogs import order_words
from posapp.gui.dialogs.order_lines import LinesCard
from posapp.gui.fonts import MEDIUM, Type
from posapp.gui.marks import FULFILMENT, PAYMENT
from posapp.gui.parts import Shop
from posapp.gui.theme import look
from posapp.gui.widgets.base import STRETCH, Surface, column, row
from posapp.gui.widgets.button import Button, Size, Variant
from posapp.gui.widgets.chip import StatusChip
from posapp.gui.widgets.flow import Flow
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.panel import Scroll, clear_layout
from posapp.queries.detail_rows import CaseFacts, OrderDetails

_WHY_WIDE = 340


class AttentionPreview(Surface):
    """Reads only. `seen` asks for another order: the one that took the units."""

    seen = Signal(str)

    def __init__(self, shop: Shop) -> None:
        super().__init__("surface", "top")
        self._shop = shop
        self.setAccessibleName("Preview of the selected order")
        self._number = Label("", Type.SECTION, figures=True)
        self._who = Label("", ink="muted", figures=True)
        self._chips = QWidget()
        self._lines = LinesCard(shop.currency, narrow=True, ground="surface")
        self._why: QVBoxLayout = column(spacing=4)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QWidget()
        line = Flow(self._number, self._who, STRETCH, self._chips)
        line.setContentsMargins(0, 0, 0, 0)
        head.setLayout(line)
        chips = row(spacing=8)
        self._chips.setLayout(chips)
        self._side = QWidget()
        side = column(Label("Why it is here", weight=MEDIUM), 4, self._why, STRETCH)
        self._side.setLayout(side)
        body = row(self._lines, self._side, spacing=24)
        body.setStretch(0, 1)
        body.setAlignment(self._lines, Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(head, 14, body, margins=(24, 16, 24, 16)))
        self.look_changed()

    def look_changed(self) -> None:
        """Keep the column of words readable in large text."""
        super().look_changed()
        if hasattr(self, "_side"):  # Surface asks for it while this is still being made
            self._side.setFixedWidth(min(look().px(_WHY_WIDE), 480))

    def show_order(self, details: OrderDetails, now: datetime) -> None:
        """Show an order."""
        contact = details.contact
        channel = {"WEB": "web", "COUNTER": "counter", "MANUAL": "made by hand"}[details.channel]
        said = (text.outside(contact.name, 60), text.outside(contact.phone, 32), channel)
        self._number.setText(f"Order {text.outside(details.number, 24)}")
        self._who.setText(" · ".join(part for part in said if part))
        chips = self._chips.layout()
        assert chips is not None, "it was given one when it was made"
        clear_layout(chips)
        for chip in (PAYMENT[details.payment], FULFILMENT[details.fulfilment]):
            chips.addWidget(StatusChip(chip))
        self._lines.show_order(details)
        clear_layout(self._why)
        for case in details.cases:
            self._add_case(details, case, now)
        for words in self._facts(details, now):
            self._why.addWidget(Label(words, Type.SMALL, ink="muted", wrap=True, figures=True))

    def _add_case(self, details: OrderDetails, case: CaseFacts, now: datetime) -> None:
        self._why.addWidget(Label(order_words.why(details, case, self._shop, now), wrap=True, figures=True))
        if case.taker is None:
            return
        other = case.taker.order_id
        link = Button(f"See {text.outside(case.taker.number, 24)}", Variant.QUIET, Size.SMALL, flush=True)
        link.clicked.connect(lambda: self.seen.emit(other))
        self._why.addLayout(row(link, STRETCH))

    def _facts(self, details: OrderDetails, now: datetime) -> list[str]:
        free = sum(min(line.short, line.free_now or 0) for line in details.lines if line.short > 0)
        said = []
        if free:
            said.append(
                f"{text.number(free)} of what is missing {'is' if free == 1 else 'are'} free now. "
                "Until it is filled, a newer payment may take it."
            )
        paid = [p for p in details.payments if p.state == "SUCCEEDED"]
        for payment in paid[-2:]:
            by = order_words.payer(payment)
            amount = text.money(payment.amount_minor, details.money.currency)
            said.append(f"Paid {amount} by {by} at {text.when(payment.paid_at, self._shop.zone, now)}")
        return said


class Dock(Scroll):
    """Holds the preview: as high as it asks for, less where the window is low, and then it scrolls.

    The list beside it comes first: until a person has chosen, the preview shows only where the list keeps its rows.
    """

    _LEAST = 440  # the height in which list and preview have room, at 100 % text

    def __init__(self, preview: AttentionPreview) -> None:
        super().__init__(preview)
        self._preview = preview
        self._filled = False
        self._wished: bool | None = None  # until a person says: as there is room for it
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def toggle(self) -> None:
        """Show what was hidden, hide what was shown, whatever the room."""
        self._wished = self.isHidden()
        self.setVisible(self._filled and self._wished)

    def place(self, height: int, *, filled: bool) -> None:
        """Show it where it is `filled` and the page's `height` leaves the list its rows."""
        self._filled = filled
        room = height >= look().px(self._LEAST)
        self.setVisible(filled and (room if self._wished is None else self._wished))

    def sizeHint(self) -> QSize:
        """The whole preview in the width there is."""
        layout = self._preview.layout()
        assert layout is not None, "it was given one when it was made"
        wide = max(self.width(), layout.minimumSize().width())
        return QSize(wide, layout.totalHeightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """Its head and a line or two."""
        return QSize(0, look().px(96))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width is another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
