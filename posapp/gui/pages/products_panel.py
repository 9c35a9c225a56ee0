"""Beside the list of products: the selected one's stock, who waits for it, and every movement behind its numbers."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from posapp.gui import metrics, text
from posapp.gui.fonts import Type
from posapp.gui.models.rows import ListRows
from posapp.gui.models.window_model import WindowModel
from posapp.gui.pages.beside import ReadingPanel
from posapp.gui.pages.movement_words import movement_columns
from posapp.gui.pages.products_levels import ComponentsTable, LevelsTable
from posapp.gui.pages.products_web import WebChange
from posapp.gui.parts import Parts
from posapp.gui.widgets.base import STRETCH, Surface, column, row
from posapp.gui.widgets.button import Button, Size, Variant
from posapp.gui.widgets.card import Card
from posapp.gui.widgets.flow import Flow
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.panel import clear_layout
from posapp.gui.widgets.table_view import TableView
from posapp.queries.locations import levels_of
from posapp.queries.movements import MovementRow, movements
from posapp.queries.products import ProductRow, Waiting, waiting_for

FIRST_MOVEMENTS = 50
NAMED = 4  # waiting orders that are named
_SIDE = 20
BUNDLE = "A bundle has no stock of its own: receive, adjust or count what it is made of."


class Figure(QWidget):
    """A number of the level under its name."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._units = Label("", Type.TITLE, figures=True)
        self.setLayout(
            column(Label(name, Type.CAPTION, ink="muted"), self._units, spacing=2, margins=(12, 8, 12, 8))
        )

    def show_units(self, units: int, *, ink: str = "text") -> None:
        """Show so many."""
        self._units.setText(text.number(units))
        self._units.set_ink(ink)
        self.setAccessibleName(f"{self._name}: {text.number(units)}")


class _Movements(TableView):
    """As high as its rows and as narrow as the panel."""

    def sizeHint(self) -> QSize:
        """Ask for the height of the rows only."""
        return QSize(240, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Never lower: the panel scrolls."""
        return self.sizeHint()


class ProductPanel(ReadingPanel):
    """`asked` tells which button was pressed: receive, adjust, count, move, edit; `order_wanted` an order's id.

    It shows the stock of the location that the list shows, and beneath it what the others have.
    """

    asked = Signal(str)
    order_wanted = Signal(str)

    def __init__(self, parts: Parts, clock: Callable[[], datetime]) -> None:
        super().__init__("Product", width=metrics.SIDE_PANEL_PRODUCTS, most=640)
        self._parts, self._clock = parts, clock
        self.product: ProductRow | None = None
        self._moved: list[MovementRow] = []
        self.shelf, self.promised, self.free = Figure("On shelf"), Figure("Promised"), Figure("Free")
        self.levels, self.components = LevelsTable(), ComponentsTable()
        self._location = parts.shop.location_id
        self._facts = Label("", Type.SMALL, ink="muted", figures=True, wrap=True)
        self._no_stock = Label(BUNDLE, Type.SMALL, ink="muted", icon="boxes", wrap=True)
        self.web_change = WebChange(parts)
        self._waiting = QWidget()
        self._waiting_box = Flow(spacing=4, line_spacing=4)
        self._waiting_box.setContentsMargins(0, 0, 0, 0)
        self._waiting.setLayout(self._waiting_box)
        self.model: WindowModel[MovementRow] = WindowModel(
            movement_columns(parts.shop, clock), ListRows[MovementRow]((), _id)
        )
        self.table = _Movements(
            self.model, name="Movements", edge=_SIDE, row_height=48, fit_rows=True, selectable=False
        )
        self.older_button = Button("Show older", Variant.QUIET, Size.SMALL, icon="history")
        self._lay_out()
        self.older_button.clicked.connect(self._show_older)

    def _lay_out(self) -> None:
        self.body.setContentsMargins(0, 0, 0, 0)
        box = Card(padding=0, edge="line_strong", ground="raised")
        self._lines = (_line(), _line())
        figures = row(self.shelf, self._lines[0], self.promised, self._lines[1], self.free, spacing=0)
        for at in (0, 2, 4):
            figures.setStretch(at, 1)
        box.add(figures)
        self._box = box
        self._stock = column(
            box, 10, self.levels, self.components, 6, self._no_stock, 6, self._waiting, spacing=0
        )
        self.add(
            column(self._facts, 12, self.web_change, self._stock, margins=(_SIDE, 0, _SIDE, 12)),
            self.table,
            row(self.older_button, STRETCH, margins=(12, 8, 12, 8)),
            STRETCH,
        )
        self.edit_button = Button(icon="pencil", name="Edit product")
        self.buttons = {
            "receive": Button("Receive", icon="package-plus"),
            "adjust": Button("Adjust", icon="diff"),
            "count": Button("Count", icon="clipboard-check"),
            "move": Button("Move", icon="truck"),
            "edit": self.edit_button,
        }
        flow = Flow(*self.buttons.values(), spacing=6)
        flow.setContentsMargins(0, 12, 0, 12)
        actions = QWidget()
        actions.setLayout(flow)
        self.footer.row.addWidget(actions)
        for what, button in self.buttons.items():
            button.clicked.connect(lambda _=False, what=what: self.asked.emit(what))

    def show_product(self, product: ProductRow | None, location: str = "") -> None:
        """Show a product as it is now in a location ("" the till's own), or that none is selected."""
        location = location or self._parts.shop.location_id
        again = product is not None and self.product is not None and product.id == self.product.id
        again = again and location == self._location
        self.product, self._location = product, location
        self.web_change.show_product(product, location)
        self.footer.setVisible(product is not None)
        for part in (self._box, self._waiting, self.table):
            part.setVisible(product is not None and product.tracked)
        for part in (self.levels, self.components, self._no_stock):
            part.hide()
        self.older_button.hide()
        if product is None:
            self.set_title("No product selected")
            self._facts.setText("Select a product to see its stock here.")
            return
        self.set_title(text.outside(product.name, 60))
        self._facts.setText(self._about(product))
        counted = product.tracked and not product.is_bundle
        for what in ("receive", "adjust", "count"):
            self.buttons[what].setVisible(counted)
        self.buttons["move"].setVisible(counted and len(self._parts.reader.settings().locations) > 1)
        self._no_stock.setVisible(product.is_bundle)
        self.components.show_components(product.components)
        if product.tracked:
            self._show_stock(
                product, keep=max(FIRST_MOVEMENTS, len(self._moved)) if again else FIRST_MOVEMENTS
            )

    def _about(self, product: ProductRow) -> str:
        price = (
            "no price"
            if product.price_minor is None
            else text.money(product.price_minor, self._parts.shop.currency)
        )
        facts = [text.outside(product.sku, 40), price, text.outside(product.barcode, 40)]
        if not product.tracked:
            facts.append("stock is not counted" if product.sellable else "its variations are sold")
        return " · ".join(fact for fact in facts if fact)

    def _show_stock(self, product: ProductRow, *, keep: int) -> None:
        for figure in (self.shelf, self.promised, *self._lines):
            figure.setVisible(not product.is_bundle)
        self.table.setVisible(not product.is_bundle)
        if not product.is_bundle:
            self.levels.show_levels(levels_of(self._parts.reader, product.item_id), self._location)
        self.shelf.show_units(product.on_hand)
        self.promised.show_units(product.allocated)
        self.free.show_units(product.available, ink="attention" if product.is_low else "text")
        self._show_waiting(waiting_for(self._parts.reader, product.item_id))
        self._moved = list(self._movements(product, None, keep))
        self._show_moved(more=len(self._moved) == keep)

    def _show_waiting(self, waiting: Sequence[Waiting]) -> None:
        """Name the orders that want units: those that paid and are short, then those that have not paid."""
        clear_layout(self._waiting_box)
        short = [order for order in waiting if order.is_paid]
        unpaid = [order for order in waiting if not order.is_paid]
        for orders, words, ink in (
            (short, "{n} paid {orders} for it:", "attention"),
            (unpaid, "{n} more unpaid {orders} this:", "muted"),
        ):
            if not orders:
                continue
            noun = (
                ("order waits" if len(orders) == 1 else "orders wait")
                if orders is short
                else ("order wants" if len(orders) == 1 else "orders want")
            )
            said = words.format(n=text.number(len(orders)), orders=noun)
            self._waiting_box.add(Label(said, Type.SMALL, ink=ink, figures=True))
            for order in orders[:NAMED]:
                self._waiting_box.add(self._order_button(order))
            if len(orders) > NAMED:
                self._waiting_box.add(
                    Label(f"and {text.number(len(orders) - NAMED)} more", Type.SMALL, ink="muted")
                )
        self._waiting.setVisible(bool(waiting))

    def _order_button(self, order: Waiting) -> Button:
        button = Button(order.number, Variant.QUIET, Size.SMALL)
        who = f" of {text.outside(order.customer, 40)}" if order.customer else ""
        button.setAccessibleName(f"Open order {order.number}{who}, {text.plural(order.units, 'unit')}")
        button.clicked.connect(lambda: self.order_wanted.emit(order.order_id))
        return button

    # --- movements ------------------------------------------------------------------------------------

    def _movements(
        self, product: ProductRow, after: MovementRow | None, limit: int
    ) -> tuple[MovementRow, ...]:
        key = after.key if after else None
        return movements(self._parts.reader, product.item_id, self._location, key, limit)

    def _show_older(self) -> None:
        if self.product is not None and self._moved:
            found = self._movements(self.product, self._moved[-1], FIRST_MOVEMENTS)
            self._moved += found
            self._show_moved(more=len(found) == FIRST_MOVEMENTS)

    def _show_moved(self, *, more: bool) -> None:
        self.model.set_source(ListRows(self._moved, _id))
        self.table.updateGeometry()
        self.older_button.setVisible(more)


def _id(movement: MovementRow) -> str:
    return movement.id


def _line() -> Surface:
    made = Surface("line_strong")
    made.setFixedWidth(1)
    return made
