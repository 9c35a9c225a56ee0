"""The shift of this till: how it stands, cash in and out, X, the close, and every Z of before."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.rights import Right
from posapp.domain.shift_report import CASH, ShiftReport
from posapp.gui import chips, keys, metrics, text
from posapp.gui.models.columns import Align, Cell, Column, Style
from posapp.gui.models.rows import ListRows
from posapp.gui.models.window_model import WindowModel
from posapp.gui.pages.close_methods import OVER
from posapp.gui.parts import Parts
from posapp.gui.shift_deeds import ShiftDeeds, may_see
from posapp.gui.tokens import Tone
from posapp.gui.widgets.base import STRETCH, column
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.card import Card
from posapp.gui.widgets.empty import EmptyState
from posapp.gui.widgets.page import Page
from posapp.gui.widgets.panel import PageHeader, Scroll
from posapp.gui.widgets.strip import Strip
from posapp.gui.widgets.table_view import TableView
from posapp.gui.widgets.tile import Tile, TileGrid
from posapp.queries.shifts import ClosedShift, closed_shifts, counting_rules, open_shift_of, x_report

GATHER_MS = 200
_LIST = 240  # the list of Z reports is never lower; then the page scrolls
NEWS = frozenset(
    {"OrderChanged", "OrderPlaced", "ShiftChanged", "AccountChanged", "SettingsChanged", "StaffChanged"}
)


class ShiftPage(Page):
    """`close_wanted`: the day shall be closed."""

    close_wanted = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self.deeds = ShiftDeeds(parts, self)
        self.header = PageHeader("Shift")
        self.open_button = Button("Open the shift", Variant.PRIMARY, icon="clock")
        self.cash_button = Button("Cash in or out", icon="banknote", shortcut=keys.caption("cash_move"))
        self.x_button = Button("X report, no close", icon="receipt-text")
        self.close_button = Button("Close the day", Variant.PRIMARY, icon="lock")
        for name, button in (("open", self.open_button), ("cash", self.cash_button), ("x", self.x_button)):
            button.setObjectName(f"shift_{name}")
        self.close_button.setObjectName("shift_close")
        self.header.add(self.cash_button, self.x_button, self.close_button, self.open_button)
        self.total, self.drawer = (
            Tile("Total Sales of this shift", icon="chart-column"),
            Tile("In the drawer", icon="banknote"),
        )
        self.refunds, self.receipts = Tile("Refunds", icon="undo-2"), Tile("Receipts", icon="receipt-text")
        self.tiles = TileGrid((self.total, self.drawer, self.refunds, self.receipts))
        self.apart = Strip(Tone.WAITING, "", icon="banknote")
        self.apart_button = self.apart.add_button("Show")
        self.table = self._make_table()
        self._none = EmptyState(
            "No Z report yet",
            "Closing the day makes the first one. Each stays here as it was.",
            icon="receipt-text",
        )
        self._soon = QTimer(self, singleShot=True, interval=GATHER_MS)
        self._lay_out()
        self._connect()
        self.refresh()

    def _make_table(self) -> TableView:
        zone, currency = self._parts.shop.zone, self._parts.shop.currency
        now = self._parts.clock

        def off(row: ClosedShift) -> Cell:
            if not row.difference_minor:
                return Cell(chip=chips.AGREES)
            chip = chips.SHORT_CASH if row.difference_minor < 0 else OVER
            return Cell(text.money(abs(row.difference_minor), currency), chip=chip)

        columns = (
            Column[ClosedShift](
                "Z",
                lambda x: str(x.z_number),
                style=Style.MEDIUM,
                width=64,
                spoken=lambda x: f"Z {x.z_number}",
            ),
            Column[ClosedShift]("Till", lambda x: text.outside(x.till, 20), width=64),
            Column[ClosedShift]("Opened", lambda x: text.when(x.opened_at, zone, now()), width=140),
            Column[ClosedShift]("Closed", lambda x: text.when(x.closed_at, zone, now()), width=140),
            Column[ClosedShift]("By", lambda x: text.outside(x.closed_by, 40), width=140, stretch=True),
            Column[ClosedShift](
                f"Total Sales, {text.sign_of(currency).strip()}",
                lambda x: text.amount(x.total_sales_minor, currency),
                Align.RIGHT,
                Style.STRONG,
                width=150,
            ),
            Column[ClosedShift]("Difference", off, width=170),
        )
        model = WindowModel(columns, ListRows[ClosedShift]((), lambda x: x.shift_id))
        return TableView(model, name="Z reports", edge=16, in_card=True)

    def _lay_out(self) -> None:
        side = metrics.PAGE_MARGIN
        self.card = Card(padding=0)
        self.card.add_head("Z reports", STRETCH)
        self.card.add(self.table, self._none)
        inner = QWidget()
        box = column(self.apart, self.tiles, self.card, spacing=metrics.CARD_GAP, margins=(side, 0, side, 20))
        box.setStretch(2, 1)
        inner.setLayout(box)
        self.table.setMinimumHeight(_LIST)
        self.setLayout(column(self.header, Scroll(inner)))

    def _connect(self) -> None:
        self.open_button.clicked.connect(self.deeds.open_shift)
        self.cash_button.clicked.connect(self.deeds.move_cash)
        self.x_button.clicked.connect(self.deeds.show_x)
        self.close_button.clicked.connect(self.close_wanted)
        self.apart_button.clicked.connect(self.deeds.show_apart)
        for tile in (self.total, self.drawer, self.refunds, self.receipts):
            tile.clicked.connect(self.deeds.show_x)
        self.table.opened.connect(self.deeds.show_z)
        self._soon.timeout.connect(self.refresh)
        self._parts.changes.changed.connect(self._news)
        self._parts.who.changed.connect(self.refresh)
        keys.bind(self, "cash_move", self._cash)  # holds while this page is shown, wherever the focus is

    def _cash(self) -> None:
        if self.cash_button.isVisible():
            self.deeds.move_cash()

    # --- what the shell asks --------------------------------------------------------------------------

    def opened(self) -> None:
        """Read anew; the deed of the moment has the keys."""
        self.refresh()
        self._deed.setFocus()

    def regions(self) -> tuple[QWidget, ...]:
        """The deeds, the figures, the list."""
        return tuple(part for part in (self._deed, self.total, self.table) if part.isVisible())

    @property
    def _deed(self) -> Button:
        """What is to be done here: close, or open."""
        return self.open_button if self.close_button.isHidden() else self.close_button

    def show_closed(self, shift_id: str) -> None:
        """A shift was closed just now: show its Z."""
        self.refresh()
        self.table.select_id(shift_id)
        if may_see(self._parts):
            self.deeds.show_z(shift_id)
        else:
            self.deeds.keep_pdf(shift_id)
            number = next(
                (row.z_number for row in closed_shifts(self._parts.reader) if row.shift_id == shift_id), 0
            )
            self._parts.toast(f"The day is closed: Z {number}", icon="lock")

    # --- reading --------------------------------------------------------------------------------------

    def _news(self, names: frozenset[str], _events: tuple[object, ...]) -> None:
        if self.isVisible() and names & NEWS and not self._soon.isActive():
            self._soon.start()

    def refresh(self) -> None:
        """Ask how the shift stands, and for the list of Z reports."""
        parts, now = self._parts, self._parts.clock()
        shift = open_shift_of(parts.reader)
        sees = may_see(parts)
        self._offer(is_open=shift is not None, sees=sees)
        blind = counting_rules(parts.reader).blind and not parts.who.may(Right.SHIFT_MANAGE)
        self.tiles.setVisible(shift is not None and sees and not blind)
        day, till = text.long_date(now, parts.shop.zone), f"Till {parts.shop.till}"
        if shift is None:
            self.header.set_fact(f"{day} · {till} · no shift is open")
        else:
            since = text.when(shift.opened_at, parts.shop.zone, now)
            self.header.set_fact(
                f"{day} · {till} · open since {since} by {text.outside(shift.opened_by, 40)}"
            )
        report = x_report(parts.reader, now) if shift is not None and sees and not blind else None
        if report is not None:
            self._show_tiles(report)
        closed = closed_shifts(parts.reader) if sees else ()
        apart = self.deeds.money_apart() if sees else ()
        self.apart.setVisible(bool(apart))
        if apart:
            money = text.money(sum(row.amount_minor for row in apart), parts.shop.currency)
            count = text.plural(len(apart), "payment")
            self.apart.say(f"{money} was taken without a shift since the last one, in {count}.")
        self.card.setVisible(sees)
        self.table.refresh(ListRows(closed, lambda x: x.shift_id))
        self.table.setVisible(bool(closed))
        self._none.setVisible(not closed)

    def _offer(self, *, is_open: bool, sees: bool) -> None:
        """Show the deeds there are. The focus of one that goes passes to the deed of the moment.

        Left to Qt it would go to whatever comes next in the window, and Enter would press that.
        """
        deeds = (self.cash_button, self.x_button, self.close_button, self.open_button)
        held = self.window().focusWidget()
        self.open_button.setVisible(not is_open)
        for button in (self.cash_button, self.close_button):
            button.setVisible(is_open)
        self.x_button.setVisible(is_open and sees)
        if held in deeds and held.isHidden():
            self._deed.setFocus()

    def _show_tiles(self, report: ShiftReport) -> None:
        currency, cash = report.currency, report.of(CASH)
        steps = (
            ("Float", report.float_minor), ("cash", cash.net_minor), ("in", report.cash_in_minor),
            ("out", report.cash_out_minor),
        )  # fmt: skip
        self.total.set_value(
            text.money(report.total_sales_minor, currency),
            f"{text.money(report.money_minor, currency)} taken in all ways",
        )
        self.drawer.set_value(
            text.money(report.expected_minor, currency),
            ", ".join(f"{words} {text.money(minor, currency)}" for words, minor in steps if minor),
        )
        self.refunds.set_value(text.money(report.refunds_minor, currency), "")
        span = f"{report.first_receipt} to {report.last_receipt}" if report.receipts else "None yet"
        self.receipts.set_value(text.number(report.receipts), span)
