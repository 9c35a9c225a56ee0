"""The end of a sale: paid, the change in large figures, and what to do with the receipt."""

from PySide6.QtWidgets import QWidget

from posapp.domain.orders import Order
from posapp.domain.tendering import Tendering
from posapp.gui import keys, text
from posapp.gui.fonts import SEMIBOLD, Type
from posapp.gui.parts import Parts
from posapp.gui.widgets.base import STRETCH, column
from posapp.gui.widgets.button import Button
from posapp.gui.widgets.flow import Flow
from posapp.gui.widgets.label import Label

UNPAID = "It takes no stock until it is paid in full. It stands under Orders, Unpaid."


class DonePane(QWidget):
    """What a cashier reads out, and the receipt."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts, self._order_id = parts, ""
        self.words = Label("", Type.TITLE, icon="circle-check", figures=True)
        self.words.set_icon_ink("ok")
        self.words.setObjectName("done_words")
        self._change_word = Label("Give change", weight=SEMIBOLD)
        self.change = Label("", Type.TOTAL, figures=True)
        self.change.setObjectName("done_change")
        self.second = Label("", ink="muted", wrap=True, figures=True)
        self.print = Button("Print receipt", icon="printer", shortcut=keys.caption("print"))
        self.print.setObjectName("print_receipt")
        self.print.clicked.connect(self.print_receipt)
        buttons, flow = QWidget(), Flow(self.print, spacing=8, line_spacing=8)
        flow.setContentsMargins(0, 0, 0, 0)
        buttons.setLayout(flow)
        inner = column(
            self.words,
            24,
            self._change_word,
            self.change,
            8,
            self.second,
            24,
            buttons,
            margins=(24, 40, 24, 24),
        )
        self.setLayout(column(inner, STRETCH))

    def show_sale(self, order: Order, paying: Tendering, *, back_minor: int = 0) -> None:
        """Say what was paid, what goes back over the counter, and what is still due of a deposit."""
        self._order_id = order.id
        left = max(0, order.total_minor - order.paid_minor)
        self.words.setText(
            f"Order {order.number} is kept unpaid" if left else f"Paid {self._money(order.total_minor)}"
        )
        self.words.set_icon("hourglass" if left else "circle-check")
        self.words.set_icon_ink("attention" if left else "ok")
        back = left or paying.change_minor or back_minor
        self._change_word.setText("Still to be paid" if left else "Give back" if back else "No change")
        self.change.setText(self._money(back) if back else "")
        self.second.setText(UNPAID if left else f"Sale {order.number} is saved on this till.")
        self.print.setVisible(not left)

    def spoken(self) -> str:
        """What a screen reader says of it."""
        return f"{self.words.text()}. {self._change_word.text()} {self.change.text()}"

    def print_receipt(self) -> None:
        """Print it; a second one is marked as a copy."""
        if self._order_id:
            self._parts.paper.print_receipt(self._order_id)

    def _money(self, minor: int) -> str:
        return text.money(minor, self._parts.shop.currency)
