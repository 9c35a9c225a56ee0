"""Above the list of orders: the saved views, the chips, and the sentence that sums them up."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.orders import Channel
from posapp.gui import marks, metrics, text
from posapp.gui.fonts import Type
from posapp.gui.parts import Shop
from posapp.gui.widgets.base import STRETCH
from posapp.gui.widgets.button import Button, Size, Variant
from posapp.gui.widgets.filter_chip import FilterChip
from posapp.gui.widgets.flow import Flow
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.segmented import SegmentedControl
from posapp.queries.days import Span, day_of
from posapp.queries.orders import OrderFilter, OrdersSummary, View
from posapp.queries.standing import FulfilmentMark, PaymentMark

VIEWS = (
    (View.TODAY, "Today"),
    (View.TO_PREPARE, "To prepare"),
    (View.AWAITING, "Awaiting transfer"),
    (View.ALL, "All"),
)
_BACK = {"today": 0, "week": 6, "month": 29}  # days before today that are taken in


@dataclass(frozen=True, slots=True)
class FindOrder:
    """Asks the orders page for its search field."""


class OrderFilters(QWidget):
    """The row of chips, together with the views that stand in the page's header.

    `changed` comes once for one act of a person. The view of today and the chip of today are one thing.
    """

    changed = Signal()

    def __init__(self, shop: Shop, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._shop, self._clock, self._settling = shop, clock, False
        self._search = ""
        self.views = SegmentedControl(VIEWS, name="Views", value=View.TODAY)
        self.day = FilterChip("Date", value="today")
        self.status = FilterChip("Status", [(m, chip.word) for m, chip in marks.FULFILMENT.items()])
        self.payment = FilterChip("Payment", [(m, chip.word) for m, chip in marks.PAYMENT.items()])
        self.channel = FilterChip("Channel", [(c, word) for c, (word, _) in marks.CHANNEL.items()])
        self.clear_button = Button("Clear filters", Variant.QUIET, Size.SMALL)
        self.clear_button.clicked.connect(self.clear)
        self._summary = Label("", Type.SMALL, ink="muted", figures=True)
        flow = Flow(*self._chips(), self.clear_button, STRETCH, self._summary)
        flow.setContentsMargins(metrics.PAGE_MARGIN, 0, metrics.PAGE_MARGIN, 12)
        self.setLayout(flow)
        self.name_days()
        self.views.changed.connect(self._view_changed)
        self.day.changed.connect(self._day_changed)
        for chip in (self.status, self.payment, self.channel):
            chip.changed.connect(self._tell)

    def _chips(self) -> tuple[FilterChip, ...]:
        return self.day, self.status, self.payment, self.channel

    def name_days(self) -> None:
        """Word the days anew; a window that stays open lives to see another date."""
        today = text.date(self._clock(), self._shop.zone, today=self._clock())
        self.day.set_choices(
            [
                ("today", f"Today, {today}"),
                ("yesterday", "Yesterday"),
                ("week", "Last 7 days"),
                ("month", "Last 30 days"),
            ]
        )

    def chosen(self) -> OrderFilter:
        """Give the question that is set now."""
        now = self._clock()
        view, day = View(self.views.value), self.day.value
        span = self._span(now) if day and view != View.TODAY else None
        return OrderFilter(
            view=view,
            status=FulfilmentMark(self.status.value) if self.status.value else None,
            payment=PaymentMark(self.payment.value) if self.payment.value else None,
            channel=Channel(self.channel.value) if self.channel.value else None,
            from_at=span.from_at if span else None,
            to_at=span.to_at if span else None,
            search=self._search,
            at=now,
        )

    def _span(self, now: datetime) -> Span:
        zone = self._shop.zone.key
        today = day_of(now, zone)
        noon = today.from_at + timedelta(hours=12)
        if self.day.value == "yesterday":
            return day_of(noon - timedelta(days=1), zone)
        first = day_of(noon - timedelta(days=_BACK[self.day.value or "today"]), zone)
        return replace(today, from_at=first.from_at)

    @property
    def searched(self) -> str:
        """Give what is searched for."""
        return self._search

    def search(self, words: str) -> None:
        """Search for something else, over all days and states: who types a number wants that order."""
        if words == self._search:
            return
        self._search = words
        self._settling = True
        if words and self.views.value == View.TODAY:
            self.views.set_value(View.ALL)
            self.day.set_value(None)
        self._settling = False
        self._tell()

    def show_filter(self, wanted: OrderFilter) -> None:
        """Set everything as a filter says; bounds other than the view's own are not taken over."""
        self._settling = True
        self._search = wanted.search
        self.views.set_value(wanted.view)
        self.day.set_value("today" if wanted.view == View.TODAY else None)
        self.status.set_value(wanted.status)
        self.payment.set_value(wanted.payment)
        self.channel.set_value(wanted.channel)
        self._settling = False
        self._tell()

    def clear(self) -> None:
        """Show all orders."""
        self.show_filter(OrderFilter())

    @property
    def is_set(self) -> bool:
        """Whether anything narrows the list."""
        narrowed = any(chip.value is not None for chip in self._chips()) or bool(self._search)
        return narrowed or self.views.value != View.ALL

    def words(self) -> str:
        """Name what narrows the list: "Today, Unpaid"."""
        view = dict(VIEWS)[View(self.views.value)]
        named = [view] if self.views.value != View.ALL else []
        if self.day.value and self.views.value != View.TODAY:
            named.append(self.day.accessibleName().removeprefix("Date: "))
        named += [chip.accessibleName().split(": ", 1)[1] for chip in self._chips()[1:] if chip.value]
        if self._search:
            named.append(f"“{text.isolated(self._search, 40)}”")
        return ", ".join(named)

    def sum_up(self, found: OrdersSummary) -> None:
        """Say how many orders there are and what the paid ones brought."""
        paid = f"{text.number(found.paid)} paid, {text.money(found.paid_minor, self._shop.currency)}"
        self._summary.setText(f"{text.plural(found.orders, 'order')} · {paid}")

    def _view_changed(self, view: str) -> None:
        if self._settling:
            return
        self._settling = True
        self.day.set_value("today" if view == View.TODAY else None)
        self._settling = False
        self._tell()

    def _day_changed(self, day: str | None) -> None:
        if self._settling:
            return
        self._settling = True
        if day == "today" and self.views.value == View.ALL:
            self.views.set_value(View.TODAY)
        elif day != "today" and self.views.value == View.TODAY:
            self.views.set_value(View.ALL)
        self._settling = False
        self._tell()

    def _tell(self) -> None:
        if not self._settling:
            self.clear_button.setVisible(self.is_set)
            self.changed.emit()
