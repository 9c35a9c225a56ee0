"""An order made by hand: for whom, what, how much off, what delivery costs. It stays unpaid until money is recorded."""

import shiboken6
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

from posapp.commands.command import new_command_id
from posapp.commands.contacts import keeping
from posapp.commands.orders import NewLine, PlaceOrder
from posapp.desk import Outcome
from posapp.domain.feed import MAX_TEXT, Contact
from posapp.gui import text
from posapp.gui.dialogs.amount_input import AmountInput
from posapp.gui.dialogs.customer_form import CustomerForm
from posapp.gui.dialogs.draft import MAX_LINES, DraftLine, Taxes, tax_of, totals_of, with_one_more
from posapp.gui.dialogs.draft_lines import DraftLines
from posapp.gui.dialogs.draft_sum import DraftSum
from posapp.gui.dialogs.form_dialog import FormDialog
from posapp.gui.dialogs.item_field import ItemField
from posapp.gui.dialogs.order_words import person
from posapp.gui.dialogs.pick_field import Pick
from posapp.gui.fonts import Type
from posapp.gui.parts import Parts
from posapp.gui.theme import look
from posapp.gui.tokens import Tone
from posapp.gui.typed import MAX_UNITS
from posapp.gui.widgets.abreast import Abreast
from posapp.gui.widgets.base import STRETCH, column, row
from posapp.gui.widgets.button import Button, Variant
from posapp.gui.widgets.card import Divider
from posapp.gui.widgets.field import Input
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.strip import Strip
from posapp.queries.detail_rows import OrderDetails
from posapp.queries.heads import OrderRow
from posapp.queries.orders import order_row
from posapp.queries.products import product_row

SIZE = QSize(1040, 680)
_ITEMS_LEAST = 520  # what a row needs for its name, price, stepper and total


class NewOrderDialog(FormDialog):
    """With `like` it opens filled with what another order had, at the prices of today."""

    throw_away = "Throw this order away?"

    def __init__(
        self, parts: Parts, *, like: OrderDetails | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__("New order", parent, size=SIZE)
        self._parts = parts
        self._order_id = new_command_id(parts.perform.now())
        self._tax, self._taxes = tax_of(parts.reader.settings()), Taxes(parts.reader)
        currency = parts.shop.currency
        self.items = ItemField(parts)
        self.lines = DraftLines(currency, "Type a name or code above, or scan a barcode, to add an item.")
        self.customer = CustomerForm(parts)
        self.discount = AmountInput("Discount", currency)
        self.delivery = AmountInput("Delivery", currency)
        self.note = Input("Note on the order", placeholder="Instagram, blue if there is one, …")
        self.note.edit.setMaxLength(MAX_TEXT)
        self.sum = DraftSum(currency)
        self.left_out = Strip(Tone.WAITING, "", icon="info")
        self.left_out.hide()
        self.commit = Button("Place order", Variant.PRIMARY)
        self.commit.setObjectName("place_order")
        self._lay_out()
        self.items.picked.connect(self._add)
        self.lines.changed.connect(lambda _: self._recount())
        for field in (self.discount, self.delivery):
            field.read.connect(self._recount)
        self.customer.changed.connect(self._recount)
        self.commit.clicked.connect(self._place)
        if like is not None:
            self._fill(like)
        self._recount()
        self.items.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        self.set_sub("Unpaid until a payment is recorded; nothing is taken from stock before.")
        money = row(self.discount, self.delivery, spacing=12)
        items, side = QWidget(), QWidget()
        goods = column(
            Label("Items", Type.SECTION), 12, self.items, 12, self.left_out, 4, self.lines, STRETCH, 12
        )
        goods.addWidget(self.note)  # at the side it would push the sum out of a laptop's screen
        items.setLayout(goods)
        side.setLayout(column(self.customer, 16, Divider(), 12, money, 12, self.sum, STRETCH))
        both = Abreast(items, side, spacing=32, shares=(62, 34), least=look().px(_ITEMS_LEAST))
        self.add(8, self.problem, both, 12, STRETCH)
        self.set_footer(Button("Cancel", shortcut="Esc"), STRETCH, self.commit)

    def _fill(self, like: OrderDetails) -> None:
        """Take over customer, delivery and what can still be sold; say what cannot."""
        self.set_title(f"New order like {like.number}")
        self.customer.show_contact(like.contact)
        wanted: dict[str, int] = {}
        gone: list[str] = []
        for line in like.lines:
            wanted[line.product_id] = min(wanted.get(line.product_id, 0) + line.ordered, MAX_UNITS)
        lines: list[DraftLine] = []
        for product_id, units in wanted.items():
            found = product_row(self._parts.reader, product_id, self._parts.shop.location_id)
            if found is None or found.archived or not found.sellable or found.price_minor is None:
                gone += [text.outside(x.name, 40) for x in like.lines if x.product_id == product_id][:1]
            else:
                lines.append(DraftLine(found, units))
        self.lines.show_lines(lines)
        if like.money.delivery_minor:
            self.delivery.set_text(text.amount(like.money.delivery_minor, like.money.currency))
        if gone:
            self.left_out.say(f"No longer sold and left out: {', '.join(gone[:3])}")
            self.left_out.show()

    # --- reading --------------------------------------------------------------------------------------

    def is_dirty(self) -> bool:
        """Say whether closing would lose anything."""
        return bool(self.lines.lines or self.note.text) or self.customer.contact() != Contact()

    def _add(self, pick: Pick) -> None:
        if len(self.lines.lines) >= MAX_LINES:
            self.say_problem(f"An order has at most {MAX_LINES} lines.")
            return
        self.lines.show_lines(with_one_more(self.lines.lines, pick.value))
        self._recount()

    def _recount(self) -> None:
        """Add up anew, and say on the button what will be placed."""
        discount, delivery = self.discount.amount_minor, self.delivery.amount_minor
        found = totals_of(self.lines.lines, discount or 0, delivery or 0, self._taxes.of)
        self.sum.show_totals(found, self._tax if self._taxes.all_standard(self.lines.lines) else None)
        if discount is not None and discount > found.goods_minor:
            self.discount.set_error("More than the goods cost.")
        elif discount is not None:
            self.discount.set_error("")
        who = person(self.customer.name.text) if self.customer.name.text else "walk-in"
        total = text.money(found.total_minor, self._parts.shop.currency)
        self.commit.setText(f"Place order for {who}: {total}" if self.lines.lines else "Place order")

    def _is_right(self) -> bool:
        """Look at everything; the first thing that is wrong gets the focus."""
        if not self.lines.lines:
            self.say_problem("Add at least one item.")
            self.items.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        for field in (self.discount, self.delivery):
            if not field.check():
                field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
                return False
        goods = sum(line.list_minor for line in self.lines.lines)
        if (self.discount.amount_minor or 0) > goods:
            self.discount.set_error("More than the goods cost.")
            self.discount.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        return True

    # --- the deed -------------------------------------------------------------------------------------

    def _place(self) -> None:
        if not self._is_right():
            return
        self.begin(self.commit)
        contact, contact_id = self.customer.contact(), self.customer.known_id
        is_new = not contact_id and contact != Contact()
        if is_new:
            contact_id = new_command_id(self._parts.perform.now())
        lines = tuple(NewLine(x.product.id, x.quantity, x.price_minor) for x in self.lines.lines)
        self._parts.perform(
            PlaceOrder,
            done=self._placed,
            failed=self.refused,
            also=keeping(contact_id, contact) if is_new else None,
            order_id=self._order_id,
            location_id=self._parts.shop.location_id,
            lines=lines,
            contact_id=contact_id,
            discount_minor=self.discount.amount_minor or 0,
            shipping_minor=self.delivery.amount_minor or 0,
            note=self.note.text,
        )

    def _placed(self, outcome: Outcome) -> None:
        placed: OrderRow | None = order_row(self._parts.reader, outcome.answer)
        if placed is not None:
            self._parts.toast(
                f"Order {placed.number} is placed, {text.money(placed.total_minor, placed.currency)} to pay",
                action="Open",
                on_action=lambda: self._parts.open_order(placed.id),
            )
        if shiboken6.isValid(self):
            self.done_waiting()
            self.accept()
