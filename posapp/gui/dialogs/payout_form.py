"""How money goes back: the way it takes, its reference, and, where it may be lowered, the amount with a reason."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

from posapp.gui.dialogs.order_plan import Payout, Way
from posapp.gui.dialogs.route_choice import RouteChoice
from posapp.gui.fonts import Type
from posapp.gui.theme import look
from posapp.gui.typed import Unreadable, read_amount, shown_amount
from posapp.gui.widgets.base import Themed, column
from posapp.gui.widgets.button import Button, Size, Variant
from posapp.gui.widgets.field import FieldBox, Input
from posapp.gui.widgets.flow import Flow
from posapp.gui.widgets.label import Label

OF_AMOUNTS = (
    "reason_missing",
    "too_much",
    "amount_is_fixed",
)  # refusals that stand beside the field they are about
AT_HAND = ("cash", "hand")  # the ways of goods that were bought here


class PayoutForm(Themed, QWidget):
    """`changed` tells that `payout()` is another one. Amounts in minor units.

    `error` is a sentence while something typed cannot be read; nothing may be committed then.
    """

    changed = Signal()

    def __init__(self, currency: str, till: str) -> None:
        super().__init__()
        self._currency = currency
        self._offered: tuple[str, ...] = AT_HAND
        self._worth: int | None = None  # what the field shows while nobody has typed into it
        self.reference = FieldBox(name="Reference of the transfer", placeholder="Reference")
        self.reference.edit.setObjectName("reference")
        self.reference.edit.setMaxLength(100)
        self.change = Button("Change amount", Variant.QUIET, Size.SMALL, icon="pencil")
        self.change.setObjectName("change_amount")
        self.amount = Input("Give back", name="Amount to give back")
        self.shipping = Input("Of delivery", "0", name="Delivery to give back")
        self.reason = Input("Why less", placeholder="Needed when less goes back")
        for field, name in ((self.amount, "amount"), (self.shipping, "shipping"), (self.reason, "reason")):
            field.edit.setObjectName(name)
            field.edit.setMaxLength(200 if field is self.reason else 24)
        self.problem = Label("", Type.SMALL, ink="danger", icon="circle-alert", wrap=True)
        self.problem.hide()
        self._amounts = QWidget()
        self.ways = RouteChoice(till, (self.reference,))
        self.change.setParent(self)  # stands beside the amount; where there is none, nowhere
        self.change.hide()
        self._adjustable = False
        self.cash, self.hand = self.ways.cash, self.ways.hand
        self._lay_out()
        self._connect()
        self.set_route("cash")

    def _lay_out(self) -> None:
        amounts = Flow(self.amount, self.shipping, self.reason, spacing=12, line_spacing=8)
        amounts.setContentsMargins(0, 0, 0, 0)
        self._amounts.setLayout(amounts)
        self._amounts.hide()
        self.setLayout(column(self.ways, self._amounts, self.problem, spacing=4))
        self.look_changed()

    def look_changed(self) -> None:
        """Keep fields as wide as what is typed into them."""
        for field, wide in (
            (self.reference, 132),
            (self.amount, 132),
            (self.shipping, 116),
            (self.reason, 320),
        ):
            field.setFixedWidth(look().px(wide))

    def _connect(self) -> None:
        self.ways.changed.connect(self.changed)
        self.hand.toggled.connect(lambda _: self._place_reference())
        self.reference.edit.textEdited.connect(lambda _: self.changed.emit())
        self.reference.edit.editingFinished.connect(self._typed_reference)  # a scan is no reference
        self.reference.edit.installEventFilter(self)
        self.change.clicked.connect(self._open_amounts)
        for field in (self.amount, self.shipping, self.reason):
            field.edit.textEdited.connect(lambda _: self.changed.emit())

    def offer_ways(self, ways: Sequence[Way], *, offline: bool) -> None:
        """Offer these ways; what cannot be says why, and without a network a gateway's is queued."""
        self.ways.offer(ways, offline=offline)
        self._offered = tuple(way.route for way in ways)
        self._place_reference()

    def _place_reference(self) -> None:
        """Where there are more ways than a line holds, the reference comes when it is asked for."""
        several = len(self._offered) > len(AT_HAND)
        self.reference.setVisible("hand" in self._offered and (self.hand.isChecked() or not several))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click into the reference means that way."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self.hand.setChecked(True)
        return False

    def _typed_reference(self) -> None:
        """Who has typed a reference means that way."""
        if self.reference.edit.text().strip():
            self.hand.setChecked(True)

    def _open_amounts(self) -> None:
        self._amounts.show()
        self.change.hide()
        self.amount.edit.setFocus()
        self.amount.edit.selectAll()

    def stops(self) -> tuple[QWidget, ...]:
        """Give what Tab stops at, in order."""
        fields = (self.amount.edit, self.shipping.edit, self.reason.edit)
        return (self.change, *self.ways.radios.values(), self.reference.edit, *fields)

    def set_route(self, route: str) -> None:
        """Choose a way without telling."""
        self.blockSignals(True)
        self.ways.set_route(route)
        self.blockSignals(False)

    def reset(self, route: str) -> None:
        """Forget what was typed: another decision or another order."""
        self.blockSignals(True)
        self.set_route(route)
        self.reference.edit.clear()
        self.amount.edit.clear()
        self.shipping.set_text("0")
        self.reason.set_text("")
        for field in (self.amount, self.shipping, self.reason):
            field.set_error("")
        self._worth = None
        self._amounts.hide()
        self.change.setVisible(self._adjustable)
        self.blockSignals(False)

    def offer_amounts(self, *, adjustable: bool, delivery_minor: int) -> None:
        """Say whether the amount may be lowered, and whether there is delivery to give back."""
        self._adjustable, opened = adjustable, not self._amounts.isHidden()
        self.change.setVisible(adjustable and not opened)
        self._amounts.setVisible(adjustable and opened)
        self.shipping.setVisible(delivery_minor > 0)

    def show_worth(self, minor: int) -> None:
        """Show what the units are worth in the field, unless a person has typed another amount."""
        typed = self.amount.text
        if not typed or (self._worth is not None and typed == shown_amount(self._worth, self._currency)):
            self.amount.set_text(shown_amount(minor, self._currency))
            self._worth = minor

    @property
    def error(self) -> str:
        """Give what is wrong with what was typed; "" when all can be read."""
        return next((w for w in (self._read(self.amount)[1], self._read(self.shipping)[1]) if w), "")

    @property
    def lacks_reference(self) -> bool:
        """Say whether money that went by hand has nothing yet that it could be found again by."""
        return self.hand.isChecked() and not self.reference.edit.text().strip()

    def payout(self) -> Payout:
        """Give the way and amounts as chosen; what cannot be read counts as not typed."""
        route = self.ways.route
        reference = self.reference.edit.text().strip() if route == "hand" else ""
        if self._amounts.isHidden():
            return Payout(route, reference)
        amount = self._read(self.amount)[0]
        lowered = amount if amount != self._worth else None
        return Payout(route, reference, lowered, self._read(self.shipping)[0] or 0, self.reason.text)

    def _read(self, field: Input) -> tuple[int | None, str]:
        if self._amounts.isHidden() or field.isHidden():
            return None, ""
        try:
            return read_amount(
                field.text or "0" if field is self.shipping else field.text, self._currency
            ), ""
        except Unreadable as unreadable:
            return None, str(unreadable)

    def show_errors(self, refused: str = "", code: str = "") -> None:
        """Show each error beside its field: what cannot be read, or what the rules refuse."""
        about = self.reason if code == "reason_missing" else self.amount
        if code == "too_much" and self.payout().shipping_minor and self.payout().amount_minor is None:
            about = self.shipping
        elsewhere = self._amounts.isHidden() or code not in OF_AMOUNTS
        self.problem.setText(refused if elsewhere else "")
        self.problem.setVisible(bool(refused) and elsewhere)
        for field in (self.amount, self.shipping, self.reason):
            unread = "" if field is self.reason else self._read(field)[1]
            field.set_error(unread or (refused if field is about and not elsewhere else ""))
