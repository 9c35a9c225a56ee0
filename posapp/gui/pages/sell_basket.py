"""The right side of the Sell page: whose sale, what is in it, what it comes to."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from posapp.domain.basket import Basket
from posapp.gui import keys, metrics, text
from posapp.gui.fonts import Type
from posapp.gui.pages.sell_back import SellBack
from posapp.gui.pages.sell_lines import SellLines
from posapp.gui.pages.sell_sum import SellSum
from posapp.gui.theme import look
from posapp.gui.widgets.base import STRETCH, Surface, column
from posapp.gui.widgets.button import Button
from posapp.gui.widgets.flow import Flow
from posapp.gui.widgets.label import Label

WIDE = 400
_LEAST = 150  # pixels for the lines
_ANY = 16_777_215  # Qt's own largest height
_LINES = 2  # the place of the lines in the panel
_NAME_MOST = 40  # letters of a customer's name on the button


class BasketHead(Surface):
    """Title, how many items, and the customer."""

    def __init__(self) -> None:
        super().__init__("raised", "bottom")
        self.title = Label("New sale", Type.SECTION)
        self.items = Label("", Type.SMALL, ink="muted", figures=True)
        self.customer_button = Button("Customer", shortcut=keys.caption("customer"))
        self.note = Label("", Type.SMALL, ink="muted", wrap=True)
        self.note.hide()
        self.back_button = Button("Take back", name=f"Take goods back, {keys.caption('take_back')}")
        flow = Flow(self.title, self.items, STRETCH, self.back_button, self.customer_button)
        flow.setContentsMargins(0, 0, 0, 0)
        top = QWidget()
        top.setLayout(flow)
        self.setLayout(column(top, self.note, spacing=4, margins=(16, 12, 16, 12)))
        self.look_changed()

    def look_changed(self) -> None:
        """60 high, as a page's header."""
        super().look_changed()
        self.setMinimumHeight(metrics.PAGE_HEADER)

    def show_basket(self, basket: Basket) -> None:
        """Show whose sale it is."""
        label, units = text.outside(basket.label, 24), text.plural(basket.units, "item")
        # "New sale" gives way to the customer's name.
        by_name = bool(basket.contact_id and basket.units and not label)
        self.title.setText(units if by_name else label or "New sale")
        self.items.setText(units if basket.units and not by_name else "")
        name = text.outside(basket.customer, _NAME_MOST)
        self.customer_button.setText(name or "Customer")
        self.customer_button.set_icon("users" if basket.contact_id else None)
        self.customer_button.setAccessibleName(f"Customer: {name}" if name else "Customer: walk-in")
        self.note.setText(text.outside(basket.note, 200))
        self.note.setVisible(bool(basket.note))


class BasketPanel(Surface):
    """Without the tiles beside it, its lines are shown on the left, where they have more room."""

    def __init__(self, currency: str) -> None:
        super().__init__("raised", "left")
        self.setAccessibleName("Basket")
        self.head = BasketHead()
        self.back = SellBack(currency)
        self.lines = SellLines(currency)
        self.sum = SellSum(currency)
        self._box: QVBoxLayout = column(self.head, self.back, self.lines, self.sum, margins=(1, 0, 0, 0))
        self._box.setStretch(_LINES, 1)
        self.setLayout(self._box)

    def give_lines(self) -> SellLines:
        """Take the lines out, to be shown under the field."""
        self.lines.inset(metrics.PAGE_MARGIN)
        self._box.removeWidget(self.lines)
        self._box.insertStretch(_LINES, 1)
        return self.lines

    def take_lines(self) -> None:
        """Show the lines here again."""
        self.lines.inset(metrics.S16)
        self._box.takeAt(_LINES)
        self._box.insertWidget(_LINES, self.lines, 1)

    def fit(self, room: int) -> bool:
        """Take 400, more for larger text, and leave the tiles at least as much.

        Where that leaves no room for two lines the sums give way; True when that changed.
        """
        self.setFixedWidth(min(look().px(WIDE), max(WIDE, room // 2)))
        left = self.height() - self.head.sizeHint().height() - self.sum.full_height()
        is_short = self._box.indexOf(self.lines) >= 0 and left < look().px(_LEAST)
        self.head.note.setMaximumHeight(0 if is_short else _ANY)
        return self.sum.compact(is_short)
