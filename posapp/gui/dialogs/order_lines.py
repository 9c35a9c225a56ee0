"""The lines of an order as a table in a card: ordered, held, short, free now, and the money beneath."""

from collections.abc import Sequence

from posapp.domain.orders import Status
from posapp.gui import metrics, text
from posapp.gui.dialogs import order_words
from posapp.gui.fonts import SEMIBOLD, Type
from posapp.gui.models.columns import Align, Cell, Column, Style
from posapp.gui.models.rows import ListRows
from posapp.gui.models.window_model import WindowModel
from posapp.gui.theme import look
from posapp.gui.widgets.base import STRETCH, Surface, row
from posapp.gui.widgets.card import Card
from posapp.gui.widgets.flow import Flow
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.panel import clear_layout
from posapp.gui.widgets.table_view import TableView
from posapp.queries.detail_rows import LineFacts, MoneyFacts, OrderDetails

MOST_ROWS = 5  # shown at once; a longer order scrolls within its card


def _short(line: LineFacts) -> Cell:
    if line.short <= 0:
        return Cell(text.NOTHING)
    return Cell(text.number(line.short), icon="triangle-alert", ink="attention", style=Style.STRONG)


def _spoken_short(line: LineFacts) -> str:
    return f"{text.plural(line.short, 'unit')} short" if line.short > 0 else "none short"


def _rows(lines: Sequence[LineFacts]) -> ListRows[LineFacts]:
    return ListRows(lines, lambda line: line.line_id)


def _item(line: LineFacts) -> Cell:
    return Cell(text.outside(line.name), after=order_words.beside_item(line))


def _free(line: LineFacts) -> str:
    return text.NOTHING if line.free_now is None else text.number(line.free_now)


class LinesCard(Card):
    """The table, and beneath it discount, delivery, paid and refunded.

    `narrow` is for the docked preview: not selectable, without unit price and totals.
    """

    def __init__(self, currency: str, *, narrow: bool = False, ground: str = "raised") -> None:
        super().__init__(padding=0, ground=ground)
        self._currency, self._narrow = currency, narrow
        self._living = True
        self._money: MoneyFacts | None = None  # that the totals show
        self._decimals = False
        self._model = WindowModel[LineFacts](self._columns(), _rows(()))
        self.table = TableView(
            self._model, name="Lines of the order", edge=12, in_card=True, selectable=not narrow
        )
        self.add(self.table)
        self._flow = Flow(spacing=24, line_spacing=4)
        self._flow.setContentsMargins(12, 8, 12, 8)
        if not narrow:
            totals = Surface("surface", "top")
            totals.setLayout(self._flow)
            self.add(totals)
        self._fit()

    def _columns(self) -> tuple[Column[LineFacts], ...]:
        right, narrow, sign = Align.RIGHT, self._narrow, text.sign_of(self._currency).strip()
        item = Column[LineFacts]("Item", _item, width=136, stretch=True)
        ordered = Column[LineFacts]("Ordered", self._ordered, right, width=80)
        held = Column[LineFacts](
            "Held", lambda line: text.number(line.held), right, width=72 if narrow else 80
        )
        short = Column[LineFacts]("Short", _short, right, width=72 if narrow else 88, spoken=_spoken_short)
        free = Column[LineFacts]("Free now", _free, right, width=88 if narrow else 104)
        price = Column[LineFacts](
            f"Unit price, {sign}",
            lambda line: self._amount(line.unit_price_minor),
            right,
            width=136,
            optional=True,
        )
        total = Column[LineFacts](
            f"Line total, {sign}",
            lambda line: self._amount(line.line_total_minor),
            right,
            width=120 if narrow else 136,
            optional=True,
        )
        return item, ordered, held, short, free, *(() if narrow else (price,)), total

    def _amount(self, minor: int) -> str:
        return text.amount(minor, self._currency, decimals=self._decimals)

    def _ordered(self, line: LineFacts) -> str:
        return order_words.ordered(line, living=self._living)

    def show_order(self, details: OrderDetails) -> None:
        """Show an order's lines; the selected line stays selected."""
        self._living = details.status != Status.CANCELLED
        amounts = [m for line in details.lines for m in (line.unit_price_minor, line.line_total_minor)]
        self._decimals = text.needs_decimals(amounts, self._currency)
        self.table.refresh(_rows(details.lines))
        self.table.viewport().update()
        self._fit()
        if not self._narrow and details.money != self._money:
            self._money = details.money
            self._show_totals(details)

    def look_changed(self) -> None:
        """Take the heights of the enlarged text."""
        super().look_changed()
        if hasattr(self, "_flow"):  # Surface asks for it while this card is still being made
            self._fit()

    def _fit(self) -> None:
        rows = max(1, self._model.rowCount())
        high = look().height(metrics.ROW)
        shown = rows * high if rows <= MOST_ROWS else round((MOST_ROWS - 0.5) * high)
        self.table.setFixedHeight(self.table.header.sizeHint().height() + shown)

    def _show_totals(self, details: OrderDetails) -> None:
        clear_layout(self._flow)
        money = details.money
        for label, minor in _totals(money):
            self._flow.add(_Figure(label, text.amount(minor, money.currency)))
        can = text.money(money.can_refund_minor, money.currency)
        due = text.money(money.balance_minor, money.currency)
        last = ("To pay", due) if money.balance_minor else ("Can refund up to", can)
        self._flow.add(STRETCH, _Figure(*last, strong=True))


def _totals(money: MoneyFacts) -> list[tuple[str, int]]:
    """Say what stands between the lines and the total, and how the money stands; what is nothing is left out."""
    found = []
    if money.discount_minor:
        found.append((_discount_words(money), -money.discount_minor))
    found.append(("Delivery", money.delivery_minor))
    if money.fees_minor:
        found.append(("Fees", money.fees_minor))
    if money.rounding_minor:
        found.append(("Rounding", money.rounding_minor))
    found += [("Total", money.total_minor), ("Paid", money.paid_minor), ("Refunded", money.refunded_minor)]
    if money.owed_minor:
        found.append(("Owed to customer", money.owed_minor))
    elif money.credit_minor:
        found.append(("Credit", money.credit_minor))
    return found


def _discount_words(money: MoneyFacts) -> str:
    """Name the discount by its percentage where it is a whole one of the goods' list price."""
    if money.goods_minor and not money.refunded_minor:
        percent, rest = divmod(money.discount_minor * 100, money.goods_minor)
        if not rest:
            return f"Discount {percent} %"
    return "Discount"


class _Figure(Surface):
    """A muted label and its amount."""

    def __init__(self, label: str, amount: str, *, strong: bool = False) -> None:
        super().__init__("surface")
        value = Label(amount, Type.BODY, weight=SEMIBOLD if strong else None, figures=True)
        self.setLayout(row(Label(label, Type.SMALL, ink="muted"), value, spacing=8))
