"""Sales by hour, as a chart and, at a press, as the same numbers in a table."""

from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget

from posapp.gui import metrics, text
from posapp.gui.fonts import Type
from posapp.gui.models.columns import Align, Column, Style
from posapp.gui.models.rows import ListRows
from posapp.gui.models.window_model import WindowModel
from posapp.gui.parts import Shop
from posapp.gui.theme import look
from posapp.gui.widgets.base import STRETCH, column
from posapp.gui.widgets.button import Button, Size, Variant
from posapp.gui.widgets.card import Card
from posapp.gui.widgets.chart import Bar, BarChart, ChartKey
from posapp.gui.widgets.flow import Flow
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.table_view import TableView
from posapp.queries.dashboard import Dashboard
from posapp.queries.sales import HourSales

FIRST, LAST = 8, 19  # hours that are shown anyway


@dataclass(frozen=True, slots=True)
class HourRow:
    """One hour as the table says it."""

    hour: str
    counter: str
    web: str
    total: str


_COLUMNS = (
    Column[HourRow]("Hour", lambda row: row.hour, width=80, stretch=True),
    Column[HourRow]("Counter", lambda row: row.counter, Align.RIGHT, width=140),
    Column[HourRow]("Web", lambda row: row.web, Align.RIGHT, width=140),
    Column[HourRow]("Total", lambda row: row.total, Align.RIGHT, Style.STRONG, width=140),
)


class _Views(QStackedWidget):
    """Gives way first: what room the page has left is the chart's."""

    def sizeHint(self) -> QSize:
        """Ask for no more than the bars need to be told apart."""
        return QSize(480, look().px(120))


class HoursCard(Card):
    """The chart gives way to the table while `table_button` is down."""

    def __init__(self, shop: Shop) -> None:
        super().__init__(padding=16)
        self._currency = shop.currency
        sign = text.sign_of(shop.currency).strip()
        self.table_button = Button("Show as table", Variant.QUIET, Size.SMALL)
        self.chart = BarChart("Sales by hour", ("Counter", "Web"), words=text.number)
        self._model: WindowModel[HourRow] = WindowModel(_COLUMNS, ListRows[HourRow]((), _hour))
        self.table = TableView(
            self._model, name=f"Sales by hour in {shop.currency}", edge=12, row_height=metrics.ROW_DENSE,
            in_card=True, selectable=False,
        )  # fmt: skip
        self._views = _Views()
        self._views.addWidget(self.chart)
        self._views.addWidget(self.table)
        head = Flow(
            Label("Sales by hour", Type.SECTION),
            Label(f"{sign}, when paid", Type.SMALL, ink="muted"),
            STRETCH,
            self.table_button,
            ChartKey("Counter", "Web"),
            spacing=metrics.S16,
        )
        box = column(head, 8)
        box.addWidget(self._views, 1)
        self.add(box)
        self.table_button.clicked.connect(self._swap)

    def _swap(self) -> None:
        as_table = self._views.currentWidget() is self.chart
        self._views.setCurrentWidget(self.table if as_table else self.chart)
        self.table_button.setText("Show as chart" if as_table else "Show as table")

    def show_facts(self, found: Dashboard) -> None:
        """Show what was sold in each hour of the shop's day."""
        sold = {hour.hour: hour for hour in found.hours}
        first, last = min([FIRST, *sold]), max([LAST, *sold])
        shown = [sold.get(hour, HourSales(hour, 0, 0)) for hour in range(first, last + 1)]
        unit = 10 ** text.digits_of(self._currency)
        self.chart.set_bars(
            [Bar(f"{x.hour:02d}", (_whole(x.counter_minor, unit), _whole(x.web_minor, unit))) for x in shown]
        )
        decimals = text.needs_decimals(
            [minor for x in found.hours for minor in (x.counter_minor, x.web_minor)], self._currency
        )
        rows = [
            HourRow(
                f"{x.hour:02d}:00",
                *(
                    text.amount(minor, self._currency, decimals=decimals) if minor else text.NOTHING
                    for minor in (x.counter_minor, x.web_minor, x.counter_minor + x.web_minor)
                ),
            )
            for x in shown
        ]
        self.table.refresh(ListRows(rows, _hour))


def _hour(row: HourRow) -> str:
    return row.hour


def _whole(minor: int, unit: int) -> int:
    """Round to whole units for the chart; what was refunded away at once is no bar."""
    return max(0, (2 * minor + unit) // (2 * unit))
