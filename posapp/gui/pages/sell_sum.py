"""What the basket comes to, in large figures, and the ways on: hold, recall, discount, pay."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from posapp.domain.basket import Basket
from posapp.domain.pricing import PricedSale, TaxClass
from posapp.domain.tendering import nearest
from posapp.gui import keys, text
from posapp.gui.fonts import SEMIBOLD, Type
from posapp.gui.theme import look
from posapp.gui.typed import shown_percent
from posapp.gui.widgets.base import STRETCH, Surface, column, row
from posapp.gui.widgets.button import Button, Size, Variant
from posapp.gui.widgets.flow import Flow
from posapp.gui.widgets.label import Label

MOST_TAXES = 3  # lines of their own; more are added up in one


class _Figure(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._words = Label("", ink="muted")
        self._figure = Label("", figures=True)
        self.setLayout(row(self._words, STRETCH, self._figure, spacing=12))

    @property
    def words(self) -> str:
        return "" if self.isHidden() else self._words.text()

    @property
    def figure(self) -> str:
        return self._figure.text()

    def say(self, words: str, figure: str) -> None:
        self._words.setText(words)
        self._figure.setText(figure)
        self.setVisible(bool(words))


class _Deed(Button):
    """A little tighter than other buttons: three of them stand beside each other in the basket."""

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        return super().sizeHint() - QSize(4, 0)


class SellSum(Surface):
    """Only what is not nothing is said, besides the total."""

    def __init__(self, currency: str) -> None:
        super().__init__("surface", "top")
        self._currency = currency
        self._compact = False
        self.figures = [_Figure() for _ in range(MOST_TAXES + 4)]
        self.total_word = Label("Total", Type.SECTION, weight=SEMIBOLD)
        self.total = Label("", Type.TOTAL, figures=True)
        self.trouble = Label("", Type.SMALL, ink="danger", icon="circle-alert", wrap=True)
        self.trouble.hide()
        self.manager = Label("", Type.SMALL, ink="muted", icon="key-round", figures=True, wrap=True)
        self.manager.hide()
        self.hold_button = _Deed("Hold", icon="pause", shortcut=keys.caption("hold"))
        self.recall_button = _Deed("Recall", icon="history", shortcut=keys.caption("recall"))
        self.discount_button = _Deed("Discount", icon="percent", shortcut=keys.caption("discount"))
        self.pay_button = Button("Pay", Variant.PRIMARY, Size.PAY, shortcut=keys.caption("pay"))
        self.pay_button.setObjectName("pay")
        self.pay_button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._lay_out()

    def _lay_out(self) -> None:
        total = row(self.total_word, STRETCH, self.total, spacing=12)
        deeds = QWidget()
        flow = Flow(self.hold_button, self.recall_button, self.discount_button)
        flow.setContentsMargins(0, 0, 0, 0)
        deeds.setLayout(flow)
        box = column(
            *self.figures,
            total,
            self.trouble,
            self.manager,
            8,
            deeds,
            8,
            self.pay_button,
            spacing=4,
            margins=(16, 12, 16, 16),
        )
        self.setLayout(box)

    def show_sum(
        self,
        basket: Basket,
        priced: PricedSale,
        taxes: dict[str, TaxClass],
        cash_step_minor: int,
        *,
        trouble: str = "",
        manager: str = "",
    ) -> None:
        """Show what it comes to, why it cannot be paid, and that a manager must allow it."""
        due = priced.total_minor - basket.returned_minor
        self._show_figures(basket, priced, taxes, nearest(abs(due), cash_step_minor))
        money = text.money(abs(due), self._currency)
        word = "Goes back" if due < 0 else "To pay" if basket.returned else "Total"
        self.total_word.setText(word)
        self.total.setText(money)
        self.total.setAccessibleName(f"{word} {money}")
        for label, words in ((self.trouble, trouble), (self.manager, manager)):
            label.setText(words)
            label.setVisible(bool(words))
        deed = f"Exchange: {money} back" if due < 0 else f"Pay {money}"
        self.pay_button.setText(deed if basket.lines else "Pay")
        self.pay_button.setEnabled(bool(basket.lines) and not trouble)
        self.discount_button.setEnabled(bool(basket.lines))
        self.hold_button.setEnabled(bool(basket.lines or basket.returned))

    def _show_figures(
        self, basket: Basket, priced: PricedSale, taxes: dict[str, TaxClass], rounded_minor: int
    ) -> None:
        """Show how the total came about; `rounded_minor` is what cash would pay of it."""
        said = [("Subtotal", priced.subtotal_minor)] if priced.subtotal_minor != priced.total_minor else []
        if priced.discount_minor:
            rate = f" {shown_percent(basket.discount_bp)} %" if basket.discount_bp else ""
            said.append((f"Discount{rate}", -priced.discount_minor))
        said += self._tax_lines(priced, taxes)
        if basket.returned:
            said.append(("Returned", -basket.returned_minor))
        if rounded_minor != abs(priced.total_minor - basket.returned_minor):
            said.append(("In cash, rounded", rounded_minor))
        decimals = text.needs_decimals([minor for _, minor in said], self._currency)
        shown = [] if self._compact else said
        for place, figure in enumerate(self.figures):
            if place < len(shown):
                words, minor = shown[place]
                figure.say(words, text.amount(minor, self._currency, decimals=decimals))
            else:
                figure.say("", "")

    def compact(self, compact: bool) -> bool:
        """Say the total alone where there is no room for more; True when that is a change."""
        changed = compact != self._compact
        self._compact = compact
        return changed

    def full_height(self) -> int:
        """Say how high it is with everything it may say."""
        spare = sum(1 for figure in self.figures[:2] if figure.isHidden())
        return self.sizeHint().height() + spare * (look().line() + 4)

    def _tax_lines(self, priced: PricedSale, taxes: dict[str, TaxClass]) -> list[tuple[str, int]]:
        """Every tax by name; those inside the prices say so."""
        inside = {name for each in taxes.values() if each.included for name, _ in each.rates}
        found = [
            (f"{text.outside(name, 24)}{', included' if name in inside else ''}", tax)
            for name, tax in sorted(priced.taxes.items())
            if tax
        ]
        if len(found) <= MOST_TAXES:
            return found
        return [*found[: MOST_TAXES - 1], ("Other taxes", sum(tax for _, tax in found[MOST_TAXES - 1 :]))]

    def show_held(self, held: int) -> None:
        """Offer to recall only what is there."""
        self.recall_button.setEnabled(held > 0)

    def look_changed(self) -> None:
        """Figures stand at the right, whatever the size of the text."""
        super().look_changed()
        if hasattr(self, "total"):
            self.total.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.setMinimumWidth(look().px(260))
