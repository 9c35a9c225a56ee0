"""Small dialogs that change the basket: what it costs otherwise, what is noted, what is taken off."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

from posapp.domain import basket as baskets
from posapp.domain.basket import Basket, BasketLine
from posapp.domain.feed import MAX_TEXT
from posapp.gui import keys, text
from posapp.gui.dialogs.amount_input import AmountInput
from posapp.gui.dialogs.form_dialog import FormDialog, grown
from posapp.gui.fonts import Type
from posapp.gui.typed import Unreadable, read_amount, read_percent, shown_amount, shown_percent
from posapp.gui.widgets.base import STRETCH, row
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.field import Input
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.segmented import SegmentedControl

Change = Callable[[Basket], Basket]
Try = Callable[[Change], str]  # makes an edit; gives why it was refused, "" when it was made
LINE, SALE, PERCENT, AMOUNT = "line", "sale", "percent", "amount"
WHOLE = 100  # per cent


class SaleEdit(FormDialog):
    """`try_edit` makes the change; what it refuses is said in the dialog, which stays open."""

    def __init__(self, title: str, parent: QWidget, try_edit: Try, *, size: QSize, deed: str) -> None:
        super().__init__(title, parent, size=grown(size))
        self._try = try_edit
        self.commit = Button(deed, Variant.PRIMARY, shortcut="Enter")
        self.commit.setObjectName("apply")
        self.commit.clicked.connect(self.apply)

    def change(self) -> Change | None:
        """Give the edit as it is typed; None where it cannot be read, which the fields say."""
        raise NotImplementedError

    def apply(self) -> None:
        """Make it, or say why not."""
        change = self.change()
        if change is None:
            return
        why_not = self._try(change)
        if why_not:
            self.say_problem(why_not)
        else:
            self.accept()


class PriceDialog(SaleEdit):
    """F7: the price of one and a note for the line, and a note for the whole sale.

    A price left empty is the list price; without one (`list_minor` None) it must be typed.
    """

    def __init__(
        self,
        basket: Basket,
        line: BasketLine | None,
        list_minor: int | None,
        currency: str,
        try_edit: Try,
        parent: QWidget,
    ) -> None:
        super().__init__(
            "Price and note", parent, try_edit, size=QSize(520, 424 if line else 252), deed="Apply"
        )
        self._line, self._list_minor = line, list_minor
        price = None if line is None else line.unit_price_minor
        sign = text.sign_of(currency).strip()
        usual = "" if list_minor is None else shown_amount(list_minor, currency)
        self.price = AmountInput(
            f"Price of one, {sign}",
            currency,
            value="" if price is None else shown_amount(price, currency),
            empty_minor=-1 if list_minor is not None else None,
        )
        self.price.edit.setPlaceholderText(usual)
        self.line_note = Input("Note on this line", "" if line is None else line.note)
        self.sale_note = Input("Note on the whole sale", basket.note)
        self._lay_out(f"Left empty it costs {usual}, as always." if usual else "")
        for field in (self.price, self.line_note, self.sale_note):
            field.entered.connect(lambda _: self.apply())
        first = self.sale_note if line is None else self.price
        first.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        first.edit.selectAll()

    def _lay_out(self, usual: str) -> None:
        self.line_note.edit.setMaxLength(MAX_TEXT)
        self.sale_note.edit.setMaxLength(MAX_TEXT)
        hint = Label(usual, Type.SMALL, ink="muted", figures=True, wrap=True)
        self.add(4, self.problem)
        if self._line is not None:
            self.set_sub(text.outside(self._line.name))
            self.add(self.price, 4, hint, 12, self.line_note, 12)
        self.add(self.sale_note, 4, Label("Both notes are printed.", Type.SMALL, ink="muted"), 12, STRETCH)
        self.set_footer(Button("Cancel", shortcut="Esc"), STRETCH, self.commit)

    def change(self) -> Change | None:
        """Price and note of the line, and the sale's note."""
        line, note = self._line, self.sale_note.text
        if line is None:
            return lambda basket: baskets.with_note(basket, note)
        if not self.price.check():
            self.price.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        typed, line_note = self.price.amount_minor, self.line_note.text
        price = None if typed in (None, -1, self._list_minor) else typed

        def edit(basket: Basket) -> Basket:
            basket = baskets.with_price(basket, line.key, price)
            return baskets.with_note(baskets.with_line_note(basket, line.key, line_note), note)

        return edit


class DiscountDialog(SaleEdit):
    """F8: per cent or an amount, off the whole sale or off the selected line; F8 again changes which.

    `worth` says what the basket comes to after a change, None where it is refused.
    """

    def __init__(
        self,
        basket: Basket,
        line: BasketLine | None,
        currency: str,
        try_edit: Try,
        worth: Callable[[Change], int | None],
        parent: QWidget,
    ) -> None:
        super().__init__("Discount", parent, try_edit, size=QSize(520, 352), deed="Give discount")
        self._basket, self._line, self._currency, self._worth = basket, line, currency, worth
        where = [(SALE, "Whole sale"), *([(LINE, "This line")] if line is not None else [])]
        self.where = SegmentedControl(where, name="What it is taken off")
        self.kind = SegmentedControl(
            [(PERCENT, "Per cent"), (AMOUNT, f"Amount, {text.sign_of(currency).strip()}")], name="Discount in"
        )
        self.value = Input("Discount", placeholder="0")
        self.effect = Label("", figures=True, wrap=True)
        self._lay_out()
        self.where.changed.connect(lambda _: self._show_known())
        self.kind.changed.connect(lambda _: self._foresee())
        self.value.changed.connect(lambda _: self._typed())
        self.value.entered.connect(lambda _: self.apply())
        keys.bind(self, "discount", self._other)
        self._show_known()
        self.value.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        self.add(
            4, self.problem, row(self.where, self.kind, STRETCH, spacing=12), 16, self.value, 12, self.effect
        )
        self.add(12, STRETCH)
        self.set_footer(Button("Cancel", shortcut="Esc"), STRETCH, self.commit)

    def _other(self) -> None:
        """F8 in the dialog: the line instead of the sale, or the other way round."""
        if self._line is not None:
            self.where.set_value(LINE if self.where.value == SALE else SALE)

    def _show_known(self) -> None:
        """Show the discount that is given already."""
        line = self._line if self.where.value == LINE else None
        of = self._basket if line is None else line
        self.set_sub("Off everything in the basket" if line is None else text.outside(line.name))
        self.kind.set_value(AMOUNT if of.discount_minor else PERCENT)
        known = shown_amount(of.discount_minor, self._currency) if of.discount_minor else ""
        self.value.set_text(shown_percent(of.discount_bp) if of.discount_bp else known)
        self.value.edit.selectAll()
        self._foresee()

    def _typed(self) -> None:
        if self.value.text.endswith("%") and self.kind.value == AMOUNT:
            self.kind.set_value(PERCENT)
        elif self.kind.value == PERCENT and self._is_money():
            self.kind.set_value(AMOUNT)
        self.value.set_error("")
        self._foresee()

    def _is_money(self) -> bool:
        """More than all of it can only be meant as an amount."""
        digits = self.value.text.partition(".")[0].replace(",", "")
        return digits.isascii() and digits.isdigit() and int(digits) > WHOLE

    def _read(self) -> Change:
        """Raises `Unreadable`."""
        typed = self.value.text
        bp = minor = 0
        if typed and self.kind.value == PERCENT:
            bp = read_percent(typed)
        elif typed:
            minor = read_amount(typed, self._currency)
        if self.where.value == LINE and self._line is not None:
            key = self._line.key
            return lambda basket: baskets.with_line_discount(basket, key, basis_points=bp, minor=minor)
        return lambda basket: baskets.with_discount(basket, basis_points=bp, minor=minor)

    def _foresee(self) -> None:
        """Say what the sale comes to with it."""
        self.say_problem("")
        try:
            after = self._worth(self._read())
        except Unreadable:
            after = None
        before = self._worth(lambda basket: basket)
        shown = "" if before is None else text.money(before, self._currency)
        if after is None or after == before:
            self.effect.setText(f"Total {shown}")
        else:
            self.effect.setText(f"Total {shown} → {text.money(after, self._currency)}")
        self.commit.setText("Give discount" if self.value.text else "No discount")

    def change(self) -> Change | None:
        """The discount as it is typed; left empty, none."""
        try:
            return self._read()
        except Unreadable as wrong:
            self.value.set_error(str(wrong))
            self.value.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
