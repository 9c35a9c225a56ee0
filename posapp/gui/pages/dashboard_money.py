"""The money of today: Total Sales, what refunds took off, and the shares of counter and web."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from posapp.gui import metrics, text
from posapp.gui.fonts import Type, alignment
from posapp.gui.parts import Shop
from posapp.gui.theme import look
from posapp.gui.widgets.base import STRETCH, Themed, row
from posapp.gui.widgets.button import Button, Size, Variant
from posapp.gui.widgets.card import Card
from posapp.gui.widgets.chart import ShareBar, draw_part
from posapp.gui.widgets.label import Label
from posapp.queries.dashboard import Dashboard


class _Square(Themed, QLabel):
    """A piece of a series, 14 square; the name stands beside it."""

    def __init__(self, series: int) -> None:
        super().__init__()
        self._series = series
        self.setFixedSize(14, 14)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        draw_part(painter, QRectF(self.rect()), self._series)
        painter.end()


class _Share(QWidget):
    """A series' name, what it sold, and its percentage."""

    def __init__(self, name: str, series: int) -> None:
        super().__init__()
        self._amount = Label("", figures=True)
        self._percent = Label("", Type.SMALL, ink="muted", figures=True)
        self._percent.setMinimumWidth(look().px(48))
        self._percent.setAlignment(alignment(right=True))
        self.setLayout(row(_Square(series), Label(name, Type.SMALL), STRETCH, self._amount, self._percent))

    def show_share(self, minor: int, percent: int | None, shop: Shop, *, decimals: bool) -> None:
        """Show an amount and its part of the whole; without a whole there is no part."""
        self._amount.setText(text.amount(minor, shop.currency, decimals=decimals))
        self._percent.setText(text.NOTHING if percent is None else f"{percent} %")


class MoneyCard(Card):
    """Opens the orders that became sales today by `open_button`."""

    def __init__(self, shop: Shop) -> None:
        super().__init__(padding=16)
        self._shop = shop
        self.setAccessibleName("Money today")
        self.open_button = Button(
            "",
            Variant.QUIET,
            Size.SMALL,
            icon="chevron-right",
            name="Open the orders that became sales today",
        )
        self._total = Label("", Type.FIGURE, figures=True)
        self._sales = Label("", figures=True)
        self._refunds = Label("", figures=True)
        self._bar = ShareBar("Counter and web")
        self._counter, self._web = _Share("Counter", 0), _Share("Web", 1)
        self.add(
            row(Label("Money today", Type.SECTION), STRETCH, self.open_button),
            4,
            Label("Total sales", Type.SMALL, ink="muted"),
            self._total,
            8,
            row(
                Label("Sales", Type.SMALL, ink="muted"), self._sales, STRETCH,
                Label("Refunds", Type.SMALL, ink="muted"), self._refunds, spacing=metrics.S12,
            ),
            12,
            self._bar,
            8,
            self._counter,
            4,
            self._web,
            STRETCH,
        )  # fmt: skip

    def show_facts(self, found: Dashboard) -> None:
        """Say what the dashboard added up."""
        currency, today, shares = self._shop.currency, found.today, found.shares
        figures = (today.sales_minor, today.refunds_minor, shares.counter_minor, shares.web_minor)
        decimals = text.needs_decimals(figures, currency)
        self._total.setText(text.money(today.total_minor, currency))
        self._sales.setText(text.amount(today.sales_minor, currency, decimals=decimals))
        self._refunds.setText(text.amount(-today.refunds_minor, currency, decimals=decimals))
        self._bar.set_shares([("Counter", shares.counter_minor), ("Web", shares.web_minor)])
        whole = max(0, shares.counter_minor) + max(0, shares.web_minor)
        counter = round(max(0, shares.counter_minor) * 100 / whole) if whole else None
        web = 100 - counter if counter is not None else None
        self._counter.show_share(shares.counter_minor, counter, self._shop, decimals=decimals)
        self._web.show_share(shares.web_minor, web, self._shop, decimals=decimals)
