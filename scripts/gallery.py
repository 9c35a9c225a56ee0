"""Draw every component in every state, and the empty shell, to PNG files: to be looked at beside the mockups.

QT_QPA_PLATFORM=offscreen .venv/bin/python scripts/gallery.py [folder]
"""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from posapp.gui import chips, metrics, text
from posapp.gui.fonts import MEDIUM, Type
from posapp.gui.main_window import MainWindow
from posapp.gui.models.columns import Align, Cell, Column, Style
from posapp.gui.models.rows import ListRows
from posapp.gui.models.window_model import WindowModel
from posapp.gui.theme import Scheme, Theme
from posapp.gui.tokens import Tone
from posapp.gui.widgets.base import STRETCH, Surface, column, row
from posapp.gui.widgets.button import Button, CommitButton, Size, Variant
from posapp.gui.widgets.card import Card
from posapp.gui.widgets.chart import Bar, BarChart, ChartKey, ShareBar
from posapp.gui.widgets.chip import StatusChip
from posapp.gui.widgets.choice import Captioned, ChoiceButton
from posapp.gui.widgets.dialog import ORDER_DIALOG, DialogShell
from posapp.gui.widgets.effect import Change, EffectPanel, Step
from posapp.gui.widgets.empty import EmptyState
from posapp.gui.widgets.field import FieldBox, Input, SearchField
from posapp.gui.widgets.filter_chip import FilterChip
from posapp.gui.widgets.flow import Flow
from posapp.gui.widgets.focus_ring import draw_ring
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.page import Page, PageEntry
from posapp.gui.widgets.panel import Bar as PageBar
from posapp.gui.widgets.panel import PageHeader, Scroll
from posapp.gui.widgets.rail import RailItem, RailTabs
from posapp.gui.widgets.segmented import SegmentedControl
from posapp.gui.widgets.strip import Strip
from posapp.gui.widgets.table_view import TableView
from posapp.gui.widgets.tile import Tile, TileGrid
from posapp.gui.widgets.toast import Toast
from posapp.gui.widgets.toggles import Check, Radio, Stepper, Switch

UNDER = Qt.WidgetAttribute.WA_UnderMouse


class Sheet(Surface):
    """The component sheet, every widget at the place it has in the mockup."""

    def __init__(self) -> None:
        super().__init__("bg")
        self.setFixedSize(1366, 768)
        self.rings: list[QWidget] = []
        self._buttons()
        self._chips()
        self._inputs()
        self._rows()
        self._right()

    def put(self, widget: QWidget, x: int, y: int, wide: int = 0, high: int = 0) -> QWidget:
        """Place a widget; without a size it takes its own."""
        widget.setParent(self)
        size = widget.sizeHint()
        widget.setGeometry(x, y, wide or size.width(), high or size.height())
        return widget

    def title(self, words: str, x: int, y: int) -> None:
        """Name a part of the sheet."""
        self.put(Label(words, Type.CAPTION, ink="muted", weight=MEDIUM), x, y - 8)

    def _buttons(self) -> None:
        self.title("Buttons: rest, hover, pressed, focus, disabled", 24, 28)
        rows = (
            ("Primary", Variant.PRIMARY, "arrow-up-right", "Open"),
            ("Secondary", Variant.SECONDARY, "phone", "Call"),
            ("Danger", Variant.DANGER, "undo-2", "Pay"),
            ("Quiet", Variant.QUIET, "history", "See"),
        )
        for at, (name, variant, icon, word) in enumerate(rows):
            y = 48 + 44 * at
            self.put(Label(name, Type.SMALL, ink="muted"), 24, y + 8)
            for state in range(5):
                button = Button(word, variant, icon=icon)
                button.setAttribute(UNDER, state in (1, 2))
                button.setDown(state == 2)
                button.setEnabled(state != 4)
                self.put(button, 100 + 88 * state, y, 80)
                if state == 3:
                    self.rings.append(button)
        self.put(Label("Sizes", Type.SMALL, ink="muted"), 24, 236)
        self.put(Button("Review", size=Size.SMALL), 100, 232)
        self.put(Button("Open", Variant.PRIMARY, shortcut="Enter"), 175, 228)
        self.put(Button("Pay ₦80,000", Variant.PRIMARY, Size.LARGE, shortcut="F9"), 285, 222)
        self.put(Button(icon="printer", name="Print"), 461, 228)

    def _chips(self) -> None:
        self.title("Status chips: icon, word, colour", 24, 296)
        x, y = 24, 312
        for chip in [each for each in vars(chips).values() if isinstance(each, chips.Chip)][:12]:
            made = StatusChip(chip)
            if x + made.sizeHint().width() > 530:
                x, y = 24, y + 32
            self.put(made, x, y)
            x += made.sizeHint().width() + 8
        self.title("Filter chips, segmented control", 24, 424)
        self.put(FilterChip("Date", [("today", "Today")], value="today"), 24, 442)
        self.put(FilterChip("Status", [("x", "X")]), 112, 442)
        self.put(FilterChip("Hover", [("x", "X")], any_word=""), 231, 442).setAttribute(UNDER, True)
        self.put(SegmentedControl([("d", "Day"), ("p", "Product"), ("s", "Staff")], name="By"), 317, 440)
        self.title("Rail item: rest, hover, selected", 24, 500)
        self.put(Surface("surface"), 24, 516, 210, 188)
        tabs = RailTabs([RailItem(str(n), "Attention", "triangle-alert", "Ctrl+4") for n in range(4)])
        tabs.badges = [3, 12, 3, 120]
        tabs.setCurrentIndex(2)
        tabs.hovered = 1
        self.put(tabs, 32, 522, 192)

    def _inputs(self) -> None:
        self.title("Inputs: rest, focus, error, disabled", 564, 28)
        self.put(Label("Order number", Type.SMALL, weight=MEDIUM), 564, 44)
        self.put(SearchField("Order number", keycap="F2"), 564, 68, 338)
        focused = FieldBox(name="focus")
        focused.edit.setText("0142")
        focused.shown_focused = True
        self.put(focused, 564, 112, 338)
        failed = Input("", "abc", name="number")
        failed.set_error("Type a whole number, for example 3")
        self.put(failed, 564, 156, 338, 64)
        off = FieldBox(name="till")
        off.edit.setText("Till 1")
        off.setEnabled(False)
        self.put(off, 564, 224, 338)
        self.title("Choices", 564, 284)
        self.put(Radio("Paystack", checked=True), 564, 298)
        cash = Radio("Cash")
        cash.setAutoExclusive(False)
        self.put(cash, 664, 298)
        self.put(Check("Print", checked=True), 738, 298)
        self.put(Check("Email"), 808, 298)
        self.put(Switch("On", checked=True), 564, 336)
        self.put(Switch("Off"), 643, 336)
        self.put(Stepper("Units", value=2), 724, 332)

    def _rows(self) -> None:
        self.title("Table row: rest, hover, selected, selected elsewhere", 564, 388)
        columns = (
            Column[str]("No.", lambda r: "0142", style=Style.MEDIUM, width=62),
            Column[str]("Customer", lambda r: "Ada Obi", width=78),
            Column[str]("Payment", lambda r: chips.PAID, width=72),
            Column[str]("State", lambda r: r, Align.RIGHT, Style.MUTED, width=20, stretch=True),
            Column[str]("Total", lambda r: "42,825", Align.RIGHT, width=76),
        )
        for at, state in enumerate(("rest", "hover", "selected", "idle")):
            view = TableView(WindowModel(columns, ListRows((state,), str)), name=state, edge=12)
            view.header.hide()
            view.rows.hovered = 0 if state == "hover" else -1
            if state in ("selected", "idle"):
                view.select_row(0)
            view.rows.looks_focused = state == "selected"
            self.put(view, 564, 405 + 40 * at, 338, 40)
        self.title("Before and after", 564, 589)
        self.put(Change(Step.units("Free", 37, 37)), 564, 604)
        self.put(Change(Step.units("On shelf", 4, 5)), 671, 604)
        self.title("Money", 564, 649)
        self.put(Label("42,825", figures=True), 564, 678)
        self.put(Label(text.money(1187500, "NGN"), Type.TITLE, figures=True), 629, 672)
        self.put(Label(text.money(38855000, "NGN"), Type.FIGURE, figures=True), 733, 666)

    def _right(self) -> None:
        self.title("Toast: 6 s, one action", 930, 28)
        self.put(Toast("0142: Ada gets ₦11,875", action="Undo", seconds=8, countdown=True), 930, 44, 412, 48)
        self.title("Strips, inside a page or dialog", 930, 116)
        strips = (
            (Tone.ATTENTION, "2 were left, 3 are paid", "", None, "See 0140"),
            (Tone.MOVED, "Stock arrived for 0137", "", "package-plus", "Review"),
            (Tone.WAITING, "The order changed. Look again", "", None, ""),
            (Tone.GOOD, "Refund of 0129 is done", "", None, ""),
            (Tone.STOPPED, "Refund failed. No money moved", "", None, "Try again"),
        )
        for at, (tone, sentence, strong, icon, button) in enumerate(strips):
            strip = Strip(tone, sentence, strong=strong, icon=icon)
            if button:
                strip.add_button(button)
            self.put(strip, 930, 132 + 48 * at, 412)
        self.title("Empty table", 930, 388)
        good = EmptyState("Nothing needs you", "Last checked 14:32", icon="circle-check", ink="ok")
        none = EmptyState("No order matches", "Filters: Today, Unpaid", action="Clear filters")
        for state, y, high in ((good, 404, 118), (none, 530, 154)):
            card = Card()
            card.add(state)
            self.put(card, 930, y, 412, high)
        self.title("Chart keys", 930, 708)
        self.put(ChartKey("Counter", "Web"), 930, 724)


def shot(widget: QWidget, path: Path, ratio: float = 1.0) -> None:
    """Save what a widget shows."""
    widget.ensurePolished()
    widget.show()
    QApplication.processEvents()
    picture = QPixmap(widget.size() * ratio)
    picture.setDevicePixelRatio(ratio)
    widget.render(picture)
    if isinstance(widget, Sheet):
        painter = QPainter(picture)
        for button in widget.rings:
            draw_ring(painter, button.geometry())
        painter.end()
    picture.save(str(path))


def compose(window: QWidget, dialog: QWidget, path: Path) -> None:
    """Save a dialog standing over its window, as the mockups show it."""
    QApplication.processEvents()
    under, over = window.grab(), dialog.grab()
    corner = QPoint((window.width() - dialog.width()) // 2, (window.height() - dialog.height()) // 2)
    painter = QPainter(under)
    clip = QPainterPath()
    clip.addRoundedRect(QRect(corner, dialog.size()), metrics.RADIUS_CARD, metrics.RADIUS_CARD)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipPath(clip)
    painter.drawPixmap(corner, over)
    painter.end()
    under.save(str(path))


class DemoOrders(Page):
    """A page with a header, filters, a table and a bar of actions."""

    def __init__(self) -> None:
        super().__init__()
        header = PageHeader("Orders")
        header.add_beside_title(
            SegmentedControl(
                [("t", "Today"), ("p", "To prepare"), ("a", "Awaiting transfer"), ("l", "All")], name="View"
            )
        )
        header.add(
            SearchField("Number, phone, name, amount", keycap="F2", width=316),
            Button(icon="columns-3", name="Columns"),
            Button("Export", icon="download"),
        )
        filters = QWidget()
        line = Flow(
            FilterChip("Date", [("t", "Today, 20 Nov")], value="t"),
            FilterChip("Status", [("a", "A")]),
            FilterChip("Payment", [("a", "A")]),
            FilterChip("Channel", [("a", "A")]),
            Button("Clear filters", Variant.QUIET, Size.SMALL),
            STRETCH,
            Label("16 orders · 13 paid, ₦395,050", Type.SMALL, ink="muted", figures=True),
        )
        line.setContentsMargins(metrics.PAGE_MARGIN, 0, metrics.PAGE_MARGIN, 12)
        filters.setLayout(line)
        columns = (
            Column[int]("No.", lambda n: f"{n:04}", style=Style.MEDIUM, width=80),
            Column[int]("Placed", lambda n: "14:29", style=Style.MUTED, width=72),
            Column[int]("Customer", lambda n: "Halima Sani", width=160, stretch=True),
            Column[int](
                "Channel", lambda n: Cell("Web", icon="globe"), style=Style.MUTED, width=112, optional=True
            ),
            Column[int]("Payment", lambda n: chips.PAID if n % 3 else chips.AWAITING, width=116),
            Column[int]("Fulfilment", lambda n: chips.TO_PREPARE if n % 2 else chips.ATTENTION, width=120),
            Column[int](
                "Total, ₦",
                lambda n: text.amount(n * 12_300, "NGN", decimals=False),
                Align.RIGHT,
                width=120,
                sortable=True,
            ),
        )
        rows = tuple(range(147, 120, -1))
        self.table = TableView(WindowModel(columns, ListRows(rows, str)), name="Orders")
        self.table.select_row(7)
        bar = PageBar(
            Button("Open", Variant.PRIMARY, icon="arrow-up-right", shortcut="Enter"),
            Button("Call", icon="phone"),
            STRETCH,
        )
        self.setLayout(column(header, filters, self.table, bar))

    def opened(self) -> None:
        """Start in the list."""
        self.table.setFocus()


class DemoDashboard(Page):
    """A page with cards, tiles and a chart."""

    def __init__(self) -> None:
        super().__init__()
        header = PageHeader("Dashboard")
        header.set_fact("Friday 20 November")
        header.add(Button("Find order", icon="search", shortcut="F2"))
        money = Card()
        money.add(Label("Money today", Type.SECTION), 8, Label("Total sales", Type.SMALL, ink="muted"))
        money.add(
            Label("₦388,550", Type.FIGURE, figures=True),
            16,
            ShareBar("Shares", [("Counter", 225_800), ("Web", 162_750)]),
            STRETCH,
        )
        money.setFixedWidth(372)
        needs = Card(padding=0)
        needs.add_head("Needs you")
        needs.add(STRETCH)
        tiles = TileGrid(
            (
                Tile("Shift", "₦92,700 in drawer", "Chidi, open since 08:02, float 20,000", icon="clock"),
                Tile("To prepare", "3 orders", "0134 Ngozi, 0140 Halima, 0144 Zainab", icon="package"),
                Tile("Low stock", "4 products", "Ankara tote (red) 0, wig 1, rice 2, zobo 5", icon="boxes"),
            )
        )
        chart = Card()
        values = [
            (34_100, 0),
            (0, 61_825),
            (49_500, 0),
            (0, 19_600),
            (52_000, 0),
            (59_800, 0),
            (30_400, 87_825),
        ]
        values += [(0, 0)] * 5
        bars = [Bar(f"{hour:02}", pair) for hour, pair in enumerate(values, start=8)]
        head = row(
            Label("Sales by hour", Type.SECTION),
            Label("₦, when paid", Type.SMALL, ink="muted"),
            STRETCH,
            ChartKey("Counter", "Web"),
            spacing=16,
        )
        chart.add(head, 8, BarChart("Sales by hour", ("Counter", "Web"), bars))
        inner = QWidget()
        inner.setLayout(column(row(needs, money, spacing=16), 16, tiles, 16, chart, margins=(24, 0, 24, 20)))
        self.setLayout(column(header, Scroll(inner)))


def order_dialog(window: QWidget) -> DialogShell:
    """Make the order dialog of the mockups."""
    dialog = DialogShell("Order 0142", window, size=ORDER_DIALOG)
    dialog.add_beside_title(StatusChip(chips.PAID), StatusChip(chips.ATTENTION))
    dialog.add_head(
        Button("Call", icon="phone"),
        Button("WhatsApp", icon="message-circle"),
        Button("Copy message", icon="copy"),
    )
    dialog.set_sub("Web · old ID 88213 · paid 14:05 by Paystack, ref T6813 0544")
    strip = Strip(
        Tone.ATTENTION,
        "3 Ankara tote ordered and paid, 2 were left. Order 0140 took the others, paid 14:04.",
        height=metrics.STRIP_DIALOG,
    )
    strip.add_button("See 0140")
    columns = (
        Column[tuple[str, ...]]("Item", lambda r: r[0], stretch=True, width=200),
        Column[tuple[str, ...]]("Ordered", lambda r: r[1], Align.RIGHT, width=80),
        Column[tuple[str, ...]]("Held", lambda r: r[2], Align.RIGHT, width=80),
        Column[tuple[str, ...]](
            "Short",
            lambda r: (
                Cell(r[3], icon="triangle-alert", ink="attention", style=Style.STRONG)
                if r[3] != "–"
                else r[3]
            ),
            Align.RIGHT,
            width=88,
        ),
        Column[tuple[str, ...]]("Free now", lambda r: r[4], Align.RIGHT, width=104),
        Column[tuple[str, ...]]("Unit price, ₦", lambda r: r[5], Align.RIGHT, width=136),
        Column[tuple[str, ...]]("Line total, ₦", lambda r: r[6], Align.RIGHT, width=136),
    )
    lines = (
        ("Ankara tote (red)", "3", "2", "1", "0", "12,500", "37,500"),
        ("Shea butter 200 g", "2", "2", "–", "37", "3,000", "6,000"),
    )
    table = TableView(
        WindowModel(columns, ListRows(lines, lambda r: r[0])),
        name="Lines",
        edge=12,
        in_card=True,
        fit_rows=True,
    )
    table.select_row(0)
    table.rows.looks_focused = True
    card = Card(padding=0, ground="raised")
    card.add(table)
    choices = row(
        Captioned(ChoiceButton("Refund Excess", "undo-2"), "Pay back the 1 missing · Alt+E", centred=True),
        Captioned(ChoiceButton("Refund Order", "rotate-ccw"), "Pay back everything · Alt+O", centred=True),
        Captioned(
            ChoiceButton("Fulfill Order", "package-check"), "I do have the missing 1 · Alt+F", centred=True
        ),
        spacing=12,
    )
    choices.itemAt(0).widget().button.setChecked(True)
    effect = EffectPanel("Effect of Refund Excess")
    money = effect.add_row("Money", "hand-coins")
    money.add(
        Label("Ada gets"),
        Label("₦11,875", Type.TITLE, figures=True),
        Label(
            "1 × 12,500 less 5 % share of the discount. Delivery is not refunded.", Type.SMALL, ink="muted"
        ),
    )
    money.add(
        Label("By", ink="muted"),
        8,
        Radio("Paystack, back to card or bank", checked=True),
        2,
        Radio("Cash from Till 1"),
        FieldBox(name="Reference", placeholder="Reference", height=32),
    )
    stock = effect.add_row("Stock", "package")
    for name, shelf, promised, free, note in (
        ("Ankara tote (red)", (4, 5), (4, 5), (0, 0), "1 found in hand, held for Ada"),
        ("Shea butter 200 g", (39, 39), (2, 2), (37, 37), "No change"),
    ):
        steps = (Step.units("On shelf", *shelf), Step.units("Promised", *promised), Step.units("Free", *free))
        stock.add(Label(name), *map(Change, steps), Label(note, Type.SMALL, ink="muted"))
    order = effect.add_row("Order", "receipt-text")
    order.add(
        Label("Stays paid, holds 2 + 2. Leaves Attention."),
        right=[Change(Step("Total sales", "₦388,550", "₦376,675"))],
    )
    dialog.add(strip, 8, card, 12, choices, 8, effect, STRETCH)
    dialog.set_footer(
        Button("Close", shortcut="Esc"),
        Check("Work through the list", muted=True),
        STRETCH,
        CommitButton("Refund Excess: pay Ada ₦11,875", Variant.DANGER, icon="undo-2"),
    )
    return dialog


def shell() -> MainWindow:
    """Make the window with two dummy pages."""
    pages = (
        PageEntry("dashboard", "Dashboard", DemoDashboard, "layout-dashboard", "dashboard"),
        PageEntry("orders", "Orders", DemoOrders, "receipt-text", "orders"),
        PageEntry("attention", "Attention", DemoOrders, "triangle-alert", "attention"),
        PageEntry("products", "Products", DemoOrders, "package", "products"),
        PageEntry("settings", "Settings", Page, "settings", "settings"),
    )
    window = MainWindow(
        pages,
        shop="Adaeze Stores",
        till="Till 1",
        person="Adaeze Nwosu",
        role="Owner",
        search=lambda words: [],
        version="v1.0.0",
    )
    window.resize(1366, 768)
    window.set_badge("attention", 3)
    window.status.sync.say("Up to date 14:32", dot="ok")
    window.status.set_cell("waiting", "To send 0")
    window.status.set_cell("stock", "Stock as of 14:32")
    return window


def main() -> None:
    """Draw all of it."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/gallery")
    folder.mkdir(parents=True, exist_ok=True)
    screen = (
        folder / "screen.json"
    )  # the offscreen platform's own is 800 × 800, too small for the order dialog
    screen.write_text('{"screens": [{"name": "1", "x": 0, "y": 0, "width": 1920, "height": 1080}]}')
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screen}"
    app = QApplication([])
    theme = Theme(app, scheme=Scheme.LIGHT)
    for scheme in (Scheme.LIGHT, Scheme.DARK, Scheme.CONTRAST):
        theme.choose(scheme)
        shot(Sheet(), folder / f"components-{scheme}.png")
        window = shell()
        window.show()
        shot(window, folder / f"dashboard-{scheme}.png")
        window.open_page("orders")
        shot(window, folder / f"orders-{scheme}.png")
        dialog = order_dialog(window)
        dialog.open()
        compose(window, dialog, folder / f"order_dialog-{scheme}.png")
        dialog.close()
        window.close()
    theme.choose(Scheme.LIGHT, 200)
    window = shell()
    for page in ("dashboard", "orders"):
        window.open_page(page)
        shot(window, folder / f"{page}-200.png")


if __name__ == "__main__":
    main()
