"""What a draft comes to: goods, discount, tax, delivery, total."""

from PySide6.QtWidgets import QWidget

from posapp.domain.pricing import TaxRate
from posapp.gui import text
from posapp.gui.dialogs.draft import DraftTotals
from posapp.gui.fonts import SEMIBOLD, Type
from posapp.gui.typed import shown_percent
from posapp.gui.widgets.base import STRETCH, column, row
from posapp.gui.widgets.label import Label


class _Figure(QWidget):
    def __init__(self, words: str, type_: Type = Type.BODY, *, strong: bool = False) -> None:
        super().__init__()
        weight = SEMIBOLD if strong else None
        self.words = Label(words, Type.BODY, ink="text" if strong else "muted", weight=weight)
        self.figure = Label("", type_, weight=weight, figures=True)
        self.setLayout(row(self.words, STRETCH, self.figure))


class DraftSum(QWidget):
    """Only what is not nothing is said, besides the total."""

    def __init__(self, currency: str) -> None:
        super().__init__()
        self._currency = currency
        self._goods = _Figure("Goods")
        self._discount = _Figure("Discount")
        self._tax = _Figure("Tax")
        self._delivery = _Figure("Delivery")
        self.total = _Figure("Total", Type.TITLE, strong=True)
        self.setLayout(column(self._goods, self._discount, self._tax, self._delivery, self.total, spacing=4))

    def show_totals(self, found: DraftTotals, tax: TaxRate | None) -> None:
        """Show these figures."""
        figures = (
            (self._goods, found.goods_minor),
            (self._discount, -found.discount_minor),
            (self._tax, found.tax_minor),
            (self._delivery, found.delivery_minor),
        )
        decimals = text.needs_decimals([minor for _, minor in figures], self._currency)
        for line, minor in figures:
            line.figure.setText(text.amount(minor, self._currency, decimals=decimals))
            line.setVisible(bool(minor))
        self._tax.words.setText("Tax")
        if tax is not None:
            named = f"{text.outside(tax.name, 24)} {shown_percent(tax.basis_points)} %"
            self._tax.words.setText(f"{named}, included" if tax.included else named)
        self.total.figure.setText(text.money(found.total_minor, self._currency))
