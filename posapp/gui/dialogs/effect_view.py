"""The effect panel of a decision: money, stock and order, before anything has happened."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from posapp.domain.rights import Right
from posapp.gui import text
from posapp.gui.dialogs import effect_words
from posapp.gui.dialogs.bring_form import BringForm
from posapp.gui.dialogs.order_plan import Payout, Preview
from posapp.gui.dialogs.payout_form import PayoutForm
from posapp.gui.dialogs.units_form import UnitsForm, UnitsLine
from posapp.gui.fonts import SEMIBOLD, Type
from posapp.gui.parts import Shop
from posapp.gui.theme import look
from posapp.gui.widgets.base import STRETCH, column, row
from posapp.gui.widgets.card import Divider
from posapp.gui.widgets.effect import Change, EffectPanel, EffectRow, Step
from posapp.gui.widgets.flow import Flow
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.panel import clear_layout
from posapp.queries.detail_rows import OrderDetails
from posapp.queries.effect_rows import Effect, StockEffect

FULFIL, REFUND = "Fulfil", "Refund"
BRINGING = ("fulfill_order", "mixed")
SAME_WAY = ("retry_refund",)  # asks for the money once more by the way that was chosen before
ADJUSTABLE = ("refund_excess", "mixed")  # the others give back all there is
_ITEM_MOST, _ITEMS_SHOWN = 320, 6


class EffectView(EffectPanel):
    """Shows a `Preview`. The fields for units and money stay while figures change, so that typing goes on.

    `changed` tells that a person changed units or payout: foresee again.
    """

    changed = Signal()

    def __init__(self, shop: Shop, units: Sequence[str] = (FULFIL, REFUND)) -> None:
        super().__init__("Effect")
        self._shop = shop
        self.units = UnitsForm(units)
        self.payout = PayoutForm(shop.currency, shop.till)
        self.units.changed.connect(self.changed)
        self.payout.changed.connect(self.changed)
        self.bring = BringForm()
        self.bring.changed.connect(self.changed)
        self._bring_row = EffectRow("Bring", "truck")
        self._bring_row.add_wide(self.bring)
        self._bring_line = Divider()
        self._units_row = EffectRow("Units", "split")
        self._units_row.add_wide(self.units)
        self._units_line = Divider()
        self._money_row = EffectRow("Money", "hand-coins")
        self._lead = Label("")
        self._amount = Label("", Type.TITLE, figures=True)
        self._note = Label("", Type.SMALL, ink="muted", wrap=True)
        words = QWidget()
        line = row(self._lead, self._amount, self._note, self.payout.change)
        line.setStretch(2, 1)
        line.setAlignment(self._note, Qt.AlignmentFlag.AlignVCenter)
        words.setLayout(line)
        self._money_row.add_wide(words)
        self._money_row.add_wide(self.payout)
        self._stock = _Holder()
        self._order = _Holder()
        self._below = QWidget()
        self._below.setLayout(column(Divider(), self._stock, Divider(), self._order))
        self.add(
            self._bring_row, self._bring_line, self._units_row, self._units_line, self._money_row, self._below
        )
        self._show_bring(False)

    def show_preview(self, shown: Preview, label: str, details: OrderDetails) -> None:
        """Show what a plan would do, or why it cannot be done so."""
        self.set_title(f"Effect of {label}")
        key, effect, refusal = shown.plan.key, shown.effect, shown.refusal
        self.show_units(key == "mixed")
        if effect is None:
            self._say("", "", refusal.message if refusal else "")
            self.payout.hide()
            self.payout.change.hide()
            self._below.hide()
            return
        gives = effect_words.paid_out(effect) > 0 or effect.money.kept_minor > 0
        lead, amount = effect_words.money_lead(effect)
        note = effect_words.again_note if key in SAME_WAY else effect_words.money_note
        self._say(lead, amount, note(effect))
        self.payout.setVisible(gives and key not in SAME_WAY)
        adjustable = gives and key in ADJUSTABLE
        self.payout.offer_amounts(adjustable=adjustable, delivery_minor=details.money.delivery_minor)
        self.payout.show_worth(effect.money.amount_minor + max(0, effect.money.kept_minor))
        self.payout.show_errors(refusal.message if refusal else "", refusal.code if refusal else "")
        self.show_rows(effect)

    def show_rows(self, effect: Effect) -> None:
        """Show what becomes of stock and order."""
        self._below.show()
        says = (effect.stock, effect.others, effect.money.customer, effect.order.lines)
        self._stock.put(says, lambda: stock_row(effect))
        sees = self._shop.who.may(Right.REPORTS_VIEW)
        made = partial(order_row, effect, self._shop.currency, sees_sales=sees)
        self._order.put((effect.order, effect.sales, sees), made)

    def say_money(self, lead: str, amount: str, note: str) -> None:
        """Say what becomes of money that the effect itself does not move."""
        self._say(lead, amount, note)

    def show_money(self, effect: Effect) -> None:
        """Show what becomes of the money, without a choice of the way."""
        self._say(*effect_words.money_lead(effect), effect_words.money_note(effect))

    def show_units(self, shown: bool) -> None:
        """Show or hide the row in which units are chosen."""
        self._units_row.setVisible(shown)
        self._units_line.setVisible(shown)

    def offer_units(self, details: OrderDetails) -> None:
        """Offer the short lines for a decision per line; what is brought leaves less to fulfil or to refund."""
        brought = {line_id: sum(places.values()) for line_id, places in self.bring.chosen().items()}
        self.units.show_lines(
            [
                UnitsLine(
                    line.line_id,
                    line.name,
                    f"{text.number(line.short)} missing",
                    line.short - brought.get(line.line_id, 0),
                )
                for line in details.lines
                if line.short > 0
            ]
        )

    def offer_bring(self, key: str, details: OrderDetails) -> None:
        """Offer what other locations have free; *Fulfill Order* proposes it before anything is found."""
        offers = key in BRINGING and self.bring.offer(details, proposed=key == "fulfill_order")
        if not offers:
            self.bring.forget()
        self._show_bring(offers)

    def _show_bring(self, shown: bool) -> None:
        self._bring_row.setVisible(shown)
        self._bring_line.setVisible(shown)

    def reset(self, route: str) -> None:
        """Forget what was typed for another decision."""
        self.bring.forget()
        self.payout.reset(route)

    def chosen_payout(self) -> Payout:
        """Give how money goes back as chosen."""
        return self.payout.payout()

    def _say(self, lead: str, amount: str, note: str) -> None:
        self._lead.setText(lead)
        self._lead.setVisible(bool(lead))
        self._amount.setText(amount)
        self._amount.setVisible(bool(amount))
        self._note.setText(note)


class _Holder(QWidget):
    """A place for a row that is made anew when what it says is something else."""

    def __init__(self) -> None:
        super().__init__()
        self._box: QVBoxLayout = column()
        self._says: object = None
        self.setLayout(self._box)

    def put(self, says: object, make: Callable[[], QWidget]) -> None:
        """Show a row in place of the one before, unless it says the same in the same size of text."""
        if (says, look().scale) != self._says:
            self._says = (says, look().scale)
            clear_layout(self._box)
            self._box.addWidget(make())


def stock_row(effect: Effect) -> EffectRow:
    """Make the row Stock: each item before and after, and which waiting orders get what is freed."""
    made = EffectRow("Stock", "package")
    items = _first(effect.stock)
    moves = any(_moved(item) for item in effect.stock)
    several = len({item.location for item in effect.stock}) > 1
    names = [_named(item, several) for item in items]
    wide = max([Label(name).sizeHint().width() for name in names], default=0) + 12
    wide = min(max(wide, look().px(160)), look().px(_ITEM_MOST))
    for item, name in zip(items, names, strict=True):
        made.add_wide(_stock_line(item, name, wide, effect, moves))
    rest = len(effect.stock) - len(items)
    if rest:
        made.add_wide(Label(f"{text.plural(rest, 'more item')} likewise", Type.SMALL, ink="muted"))
    if not effect.stock:
        made.add_wide(Label("No stock moves."))
    for other in effect.others[:3]:
        made.add_wide(Label(effect_words.other_order(other), Type.SMALL, icon="arrow-right", wrap=True))
    if len(effect.others) > 3:
        made.add_wide(
            Label(f"{text.plural(len(effect.others) - 3, 'more order')} too", Type.SMALL, ink="muted")
        )
    return made


def _named(item: StockEffect, several: bool) -> str:
    where = f" · {text.outside(item.location, 24)}" if several else ""
    return f"{text.outside(item.name, 48)}{where}"


def _first(stock: Sequence[StockEffect]) -> list[StockEffect]:
    """Give the items to show: of many, those that move first."""
    if len(stock) <= _ITEMS_SHOWN:
        return list(stock)
    return sorted(stock, key=lambda item: not _moved(item))[: _ITEMS_SHOWN - 1]


def _moved(item: StockEffect) -> bool:
    return (item.on_hand_before, item.allocated_before) != (item.on_hand_after, item.allocated_after)


def _stock_line(item: StockEffect, name: str, wide: int, effect: Effect, moves: bool) -> QWidget:
    label = Label(name)
    label.setFixedWidth(wide)
    steps = [(Step.units("Free", item.free_before, item.free_after), 104)]
    if moves:
        shelf = Step.units("On shelf", item.on_hand_before, item.on_hand_after)
        promised = Step.units("Promised", item.allocated_before, item.allocated_after)
        steps = [(shelf, 136), (promised, 136), *steps]
    cells: list[QWidget] = [label]
    for step, least in steps:
        change = Change(step)
        change.setFixedWidth(max(look().px(least), change.sizeHint().width() + 12))
        cells.append(change)
    cells.append(Label(effect_words.stock_note(item, effect), Type.SMALL, ink="muted"))
    line = QWidget()
    line.setLayout(_flow(*cells, spacing=0))
    return line


def _flow(*items: QWidget | int, spacing: int = 8) -> Flow:
    """Lay items in a line that wraps, with nothing around them."""
    made = Flow(*items, spacing=spacing, line_spacing=0)
    made.setContentsMargins(0, 0, 0, 0)
    return made


def order_row(effect: Effect, currency: str, *, sees_sales: bool) -> EffectRow:
    """Make the row Order: how it stands afterwards, and at the right what Total Sales of today become.

    Who may not see Total Sales is told by how much they change.
    """
    made = EffectRow("Order", "receipt-text")
    line = QWidget()
    sales = effect.sales
    cells: list[QWidget | int] = [
        Label(effect_words.order_sentence(effect), figures=True, wrap=True),
        STRETCH,
    ]
    before = text.money(sales.today_before_minor, currency)
    after = text.money(sales.today_after_minor, currency)
    if not sees_sales:
        change = sales.today_after_minor - sales.today_before_minor
        more = "+" if change > 0 else ""
        words = f"{more}{text.money(change, currency)}" if change else "no change"
        cells.append(_sales(Label(words, figures=True, weight=SEMIBOLD)))
    elif before == after:
        cells.append(_sales(Label(f"{before}, no change", figures=True)))
    else:
        cells.append(
            _sales(
                Label(before, figures=True),
                Label("→", ink="muted"),
                Label(after, figures=True, weight=SEMIBOLD),
            )
        )
    line.setLayout(_flow(*cells))
    made.add_wide(line)
    return made


def _sales(*figures: QWidget) -> QWidget:
    made = QWidget()
    made.setLayout(row(Label("Total sales today", ink="muted"), *figures, spacing=4))
    return made
