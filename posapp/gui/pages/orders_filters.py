"""Above the list of orders: the saved views, the chips, and the sentence that sums them up."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.orders import Channel
from posapp.domain.rights import Right
from posapp.domain.standing import FulfilmentMark, PaymentMark
from posapp.gui import marks, metrics, text
from posapp.gui.fonts import Type
from posapp.gui.pages.orders_dates import DateChip, Days, days_of_view
from posapp.gui.pages.orders_sort import SortButton, sort_named
from posapp.gui.pages.orders_views import ViewsChip
from posapp.gui.parts import Parts
from posapp.gui.widgets.base import STRETCH
from posapp.gui.widgets.button import Button, Size, Variant
from posapp.gui.widgets.filter_chip import FilterChip
from posapp.gui.widgets.flow import Flow
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.segmented import SegmentedControl
from posapp.queries.orders import DateOf, OrderFilter, OrdersSummary, View
from posapp.settings import SEARCH_MOST, SavedView

VIEWS = (
    (View.TODAY, "Today"),
    (View.TO_PREPARE, "To prepare"),
    (View.AWAITING, "Awaiting transfer"),
    (View.ALL, "All"),
)


@dataclass(frozen=True, slots=True)
class FindOrder:
    """Asks the orders page for its search field."""


class OrderFilters(QWidget):
    """The row of chips, together with the views that stand in the page's header.

    `changed` comes once for one act of a person. The view of today and the chip of today are one thing.
    """

    changed = Signal()
    view_opened = Signal(str)  # what it searches for

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        shop, clock = parts.shop, parts.clock
        self._shop, self._clock, self._settling = shop, clock, False
        self._search = ""
        self.views = SegmentedControl(VIEWS, name="Views", value=View.TODAY)
        self.day = DateChip(shop, clock)
        self.status = FilterChip("Status", [(m, chip.word) for m, chip in marks.FULFILMENT.items()])
        self.payment = FilterChip("Payment", [(m, chip.word) for m, chip in marks.PAYMENT.items()])
        self.channel = FilterChip("Channel", [(c, word) for c, (word, _) in marks.CHANNEL.items()])
        self.sort = SortButton()
        self.saved = ViewsChip(parts, self._as_view)
        self.saved.opened.connect(self.open_view)
        self.clear_button = Button("Clear filters", Variant.QUIET, Size.SMALL)
        self.clear_button.clicked.connect(self.clear)
        self._summary = Label("", Type.SMALL, ink="muted", figures=True)
        flow = Flow(*self._chips(), self.saved, self.sort, self.clear_button, STRETCH, self._summary)
        flow.setContentsMargins(metrics.PAGE_MARGIN, 0, metrics.PAGE_MARGIN, 12)
        self.setLayout(flow)
        self.views.changed.connect(self._view_changed)
        self.day.changed.connect(self._day_changed)
        for chip in (self.status, self.payment, self.channel, self.sort):
            chip.changed.connect(self._tell)

    def _chips(self) -> tuple[FilterChip, ...]:
        return self.day, self.status, self.payment, self.channel

    def chosen(self) -> OrderFilter:
        """Give the question that is set now."""
        now = self._clock()
        view = View(self.views.value)
        span = self.day.span() if view != View.TODAY else None
        return OrderFilter(
            view=view,
            status=FulfilmentMark(self.status.value) if self.status.value else None,
            payment=PaymentMark(self.payment.value) if self.payment.value else None,
            channel=Channel(self.channel.value) if self.channel.value else None,
            from_at=span.from_at if span else None,
            to_at=span.to_at if span else None,
            search=self._search,
            at=now,
            date_of=self.day.days.date_of,
            sort=self.sort.value,
        )

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
        """Set everything as a filter says; its bounds are shown as whole days."""
        self._settling = True
        self._search = wanted.search
        self.views.set_value(wanted.view)
        days = self.day.days_of(wanted.from_at, wanted.to_at, wanted.date_of)
        self.day.set_days(Days("today", date_of=wanted.date_of) if wanted.view == View.TODAY else days)
        self.status.set_value(wanted.status)
        self.payment.set_value(wanted.payment)
        self.channel.set_value(wanted.channel)
        self.sort.set_value(wanted.sort)
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
        dated = self.day.value and self.views.value != View.TODAY
        if dated or self.day.days.date_of is DateOf.CONFIRMED:
            named.append(self.day.words())
        named += [chip.accessibleName().split(": ", 1)[1] for chip in self._chips()[1:] if chip.value]
        if self._search:
            named.append(f"“{text.isolated(self._search, 40)}”")
        return ", ".join(named)

    def sum_up(self, found: OrdersSummary) -> None:
        """Say how many orders there are and, to who may see it, what the paid ones brought."""
        if not self._shop.who.may(Right.REPORTS_VIEW):
            self._summary.setText(text.plural(found.orders, "order"))
            return
        if found.sales_minor is not None:
            sales = f"{text.money(found.sales_minor, self._shop.currency)} sales"
            self._summary.setText(f"{text.plural(found.orders, 'order')} · {sales}")
            return
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

    def _as_view(self) -> tuple[SavedView, str]:
        """What is shown, as a view without a name, and in words."""
        days = self.day.days
        shown = SavedView(
            view=self.views.value,
            day=days.key or "",
            first=days.first.isoformat() if days.first else "",
            last=days.last.isoformat() if days.last else "",
            date_of=days.date_of.value,
            status=self.status.value or "",
            payment=self.payment.value or "",
            channel=self.channel.value or "",
            sort=self.sort.value.value,
            search=self._search[:SEARCH_MOST],
        )
        words = (self.words() or "All orders", self.sort.words)
        return shown, ", ".join(filter(None, words))

    def open_view(self, saved: SavedView) -> None:
        """Show a saved view; what a file says that we do not know is any."""
        self._settling = True
        self._search = saved.search
        self.views.set_value(saved.view if saved.view in dict(VIEWS) else View.ALL)
        self.day.set_days(days_of_view(saved))
        for chip, value in zip(self._chips()[1:], (saved.status, saved.payment, saved.channel), strict=True):
            chip.set_value(value if value in chip.values else None)
        self.sort.set_value(sort_named(saved.sort))
        self._settling = False
        self.view_opened.emit(saved.search)
        self._tell()

    def _tell(self) -> None:
        if not self._settling:
            self.saved.refresh()
            self.clear_button.setVisible(self.is_set)
            self.changed.emit()
