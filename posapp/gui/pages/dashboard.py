"""The first page: what needs a person, the money of today, what to prepare, what runs out, sales by hour."""

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from posapp.domain.rights import Right
from posapp.gui import keys, metrics, text
from posapp.gui.dialogs.accounts import AccountsDialog
from posapp.gui.dialogs.new_order import NewOrderDialog
from posapp.gui.pages.dashboard_hours import HoursCard
from posapp.gui.pages.dashboard_money import MoneyCard
from posapp.gui.pages.dashboard_needs import NeedsCard
from posapp.gui.pages.orders_filters import FindOrder
from posapp.gui.pages.shift_tile import ShiftTile
from posapp.gui.parts import Parts
from posapp.gui.tokens import Tone
from posapp.gui.widgets.abreast import Abreast
from posapp.gui.widgets.base import column
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.page import Page
from posapp.gui.widgets.panel import PageHeader, Scroll
from posapp.gui.widgets.strip import Strip
from posapp.gui.widgets.tile import Tile, TileGrid
from posapp.queries.accounts import accounts
from posapp.queries.dashboard import Dashboard, dashboard
from posapp.queries.orders import DateOf, OrderFilter, View
from posapp.queries.products import ProductFilter, Stock

GATHER_MS = 200  # news of an import comes often; the page counts anew five times a second at most
TICK_MS = 30_000  # waiting times and the day go on without any news
_SAID = 4  # names a tile says


class DashboardPage(Page):
    """Every tile opens what it counts: `page_wanted` tells the page's id and the filter it shall show."""

    page_wanted = Signal(str, object)

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self.header = PageHeader("Dashboard")
        self.find_button = Button("Find order", icon="search", shortcut=keys.caption("find"))
        self.new_button = Button("New order", Variant.PRIMARY, icon="plus")
        self.header.add(self.find_button, self.new_button)
        self.needs = NeedsCard(parts.shop, parts.clock)
        self.money = MoneyCard(parts.shop)
        self.prepare = Tile("To prepare", icon="package")
        self.low = Tile("Low stock", icon="boxes")
        self.on_account = Tile("On account", icon="wallet-cards")
        self.shift = ShiftTile(parts)
        self.hours = HoursCard(parts.shop)
        self._demo = self._demo_strip()
        self._soon = QTimer(self, singleShot=True, interval=GATHER_MS)
        self._tick = QTimer(self, interval=TICK_MS)
        self._lay_out()
        self._connect()
        self.refresh()

    def _lay_out(self) -> None:
        side = metrics.PAGE_MARGIN
        inner = QWidget()
        box = column(self._demo, spacing=metrics.CARD_GAP, margins=(side, 0, side, 20))
        self._demo.setVisible(bool(self._parts.post.demo_page))
        box.addWidget(Abreast(self.needs, self.money, spacing=metrics.CARD_GAP, shares=(35, 18)))
        self._tiles = TileGrid((self.shift, self.prepare, self.low, self.on_account))
        self._tiles.show_tile(self.on_account, False)
        box.addWidget(self._tiles)
        box.addWidget(self.hours, 1)
        self._below = QWidget()  # holds the place of the chart for who may not see it
        box.addWidget(self._below, 1)
        inner.setLayout(box)
        self.setLayout(column(self.header, Scroll(inner)))

    def _connect(self) -> None:
        self.find_button.clicked.connect(self.search)
        self.new_button.clicked.connect(self._new_order)
        self.needs.attention_button.clicked.connect(lambda: self.page_wanted.emit("attention", None))
        self.needs.order_wanted.connect(self._parts.open_order)
        self.needs.attention_wanted.connect(lambda why: self.page_wanted.emit("attention", why))
        self.needs.list_wanted.connect(lambda wanted: self.page_wanted.emit("orders", wanted))
        sold_today = OrderFilter(view=View.TODAY, date_of=DateOf.CONFIRMED)  # as sales are dated
        self.money.open_button.clicked.connect(lambda: self.page_wanted.emit("orders", sold_today))
        to_prepare = OrderFilter(view=View.TO_PREPARE)
        self.prepare.clicked.connect(lambda: self.page_wanted.emit("orders", to_prepare))
        self.shift.clicked.connect(lambda: self.page_wanted.emit("shift", None))
        low = ProductFilter(stock=Stock.LOW)
        self.low.clicked.connect(lambda: self.page_wanted.emit("products", low))
        self.on_account.clicked.connect(lambda: AccountsDialog(self._parts, self.window()).open())
        self._soon.timeout.connect(self.refresh)
        self._tick.timeout.connect(self._on_tick)
        self._tick.start()
        self._parts.changes.changed.connect(self._news)
        self._parts.who.changed.connect(self.refresh)
        self._parts.post.line_changed.connect(lambda _: self._news(frozenset(), ()))
        keys.bind(self, "new_order", self._new_order, inside=True)

    def _demo_strip(self) -> Strip:
        page = self._parts.post.demo_page
        strip = Strip(Tone.REFUNDED, "Demo. Buy as a customer:", strong=page)
        self.open_demo = strip.add_button("Open the shop", icon="external-link")
        self.open_demo.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(page)))
        self.copy_demo = strip.add_button("Copy address", icon="copy")
        self.copy_demo.clicked.connect(lambda: self._copy(page))
        return strip

    def _copy(self, page: str) -> None:
        QGuiApplication.clipboard().setText(page)
        self._parts.toast("The demo shop's address is copied", icon="copy")

    # --- what the shell asks --------------------------------------------------------------------------

    def search(self) -> None:
        """F2: find an order."""
        self.page_wanted.emit("orders", FindOrder())

    def opened(self) -> None:
        """Count anew; the button to Attention has the keys."""
        self.refresh()
        self.needs.attention_button.setFocus()

    def regions(self) -> tuple[QWidget, ...]:
        """What needs a person, the money, the tiles, the hours."""
        return (self.needs.attention_button, self.money.open_button, self.prepare, self.hours.table_button)

    # --- reading --------------------------------------------------------------------------------------

    def _news(self, _names: frozenset[str], _events: tuple[object, ...]) -> None:
        if self.isVisible() and not self._soon.isActive():
            self._soon.start()

    def _on_tick(self) -> None:
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Ask all numbers anew, in one state of the database."""
        now = self._parts.clock()
        found = dashboard(self._parts.reader, now)
        self.header.set_fact(text.long_date(now, self._parts.shop.zone))
        self.needs.show_facts(found, self._parts.post.line.last_ok)
        self.new_button.set_variant(Variant.SECONDARY if found.attention else Variant.PRIMARY)
        sees = self._parts.who.may(Right.REPORTS_VIEW)
        self.money.setVisible(sees)
        self.hours.setVisible(sees)
        self._below.setHidden(sees)
        self.money.show_facts(found)
        self.hours.show_facts(found)
        self.shift.refresh()
        self._show_tiles(found)

    def _show_tiles(self, found: Dashboard) -> None:
        first = [
            f"{x.number} {text.outside(x.customer, 40).split(' ')[0]}".strip() for x in found.prepare_first
        ]
        more = found.to_prepare - len(first)
        names = ", ".join([*first, *([f"{text.number(more)} more"] if more > 0 else [])])
        self.prepare.set_value(text.plural(found.to_prepare, "order"), names or "Nothing waits to be packed")
        runs_out = [f"{text.outside(item.name, 40)} {text.number(item.free)}" for item in found.low[:_SAID]]
        self.low.set_value(
            text.plural(len(found.low), "product"),
            ", ".join(runs_out) or f"None with {text.number(found.low_threshold)} free or fewer",
            ink="text",
        )

        self._show_accounts()

    def _show_accounts(self) -> None:
        """Who owes for what was bought on account; no tile where nobody does."""
        owing = [row for row in accounts(self._parts.reader) if row.balance_minor > 0]
        self._tiles.show_tile(self.on_account, bool(owing))
        first = [text.outside(row.name, 40).split(" ")[0] or "No name" for row in owing[:_SAID]]
        more = len(owing) - len(first)
        names = ", ".join([*first, *([f"{text.number(more)} more"] if more else [])])
        whole = text.money(sum(row.balance_minor for row in owing), self._parts.shop.currency)
        self.on_account.set_value(f"{whole} owed", names)

    def _new_order(self) -> None:
        NewOrderDialog(self._parts, parent=self.window()).open()
