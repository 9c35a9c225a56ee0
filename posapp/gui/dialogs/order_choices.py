"""The decisions that an order waits for: one exclusive group, pressing one only shows its effect."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QWidget

from posapp.gui import keys, text
from posapp.gui.widgets.choice import Captioned, ChoiceButton
from posapp.queries.detail_rows import Offer, OrderDetails

PER_ROW = 3
MIXED = "mixed"
ICONS = {
    "refund_excess": "undo-2",
    "refund_order": "rotate-ccw",
    "fulfill_order": "package-check",
    "mixed": "split",
    "accept": "circle-check",
    "refund": "undo-2",
    "refund_difference": "undo-2",
    "keep_credit": "wallet-cards",
    "release_cancel": "circle-x",
    "wait": "hourglass",
    "write_off": "file-warning",
    "shop_refund": "undo-2",
    "already_refunded": "circle-check",
    "reopen": "rotate-ccw",
    "accept_as_paid": "circle-check",
    "retry_refund": "refresh-cw",
    "manual_refund": "hand-coins",
    "undo_refund": "undo-2",
}
_KEYED = ("refund_excess", "refund_order", "fulfill_order")


def meaning(key: str, details: OrderDetails) -> str:
    """Say in a few words what a decision means for this order, with its key where it has one."""
    words = _meaning(key, details)
    return f"{words} · {keys.caption(key)}" if key in _KEYED else words


_MEANINGS = {
    "refund_excess": "Pay back the {short} missing",
    "refund_order": "Pay back everything",
    "fulfill_order": "I do have the missing {short}",
    "accept": "Take the money and hold the goods again",
    "refund": "Pay {money} back",
    "refund_difference": "Pay {money} back",
    "shop_refund": "Pay {money} back",
    "keep_credit": "{money} stays with the order",
    "release_cancel": "Free the goods and close the order",
    "wait": "Keep the goods here until it is paid",
    "write_off": "The goods are gone and so is the money",
    "already_refunded": "Write it down, no money moves here",
    "reopen": "The customer wants it after all",
    "accept_as_paid": "Let {due} go",
    "retry_refund": "Ask once more for {money}",
    "manual_refund": "I gave {money} another way",
    "undo_refund": "Nothing is given back after all",
}


def _meaning(key: str, details: OrderDetails) -> str:
    words = _MEANINGS.get(key, "")
    if key == "fulfill_order":
        words = _fulfilling(details) or words
    currency = details.money.currency
    return words.format(
        short=text.number(sum(line.short for line in details.lines if line.short > 0)),
        money=text.money(_amount_of(key, details), currency),
        due=text.money(details.money.balance_minor, currency),
    )


def _amount_of(key: str, details: OrderDetails) -> int:
    """The money of the case that a decision is about, in minor units."""
    reasons = {
        "refund": ("LATE_PAYMENT",),
        "refund_difference": ("OVERPAYMENT", "DUPLICATE_PAYMENT"),
        "keep_credit": ("OVERPAYMENT", "DUPLICATE_PAYMENT"),
        "shop_refund": ("SHOP_CHANGED",),
        "retry_refund": ("REFUND_FAILED",),
        "manual_refund": ("REFUND_FAILED",),
    }.get(key, ())
    return next((case.amount_minor for case in details.cases if case.reason in reasons), 0)


def _fulfilling(details: OrderDetails) -> str:
    """Say where the missing units are; "" where nobody knows of them yet."""
    short = [line for line in details.lines if line.short > 0]
    if all(line.fillable >= line.short for line in short):
        return "Take the {short} free now"
    there = [line.fillable + sum(place.units for place in line.elsewhere) for line in short]
    if all(units >= line.short for units, line in zip(there, short, strict=True)):
        names = {place.name for line in short for place in line.elsewhere}
        return f"Bring the {{short}} from {_one(names)}"
    return ""


def _one(names: set[str]) -> str:
    """The one other location by its name, several in a word; braces would be taken for a figure's place."""
    only = text.outside(next(iter(names)), 24) if len(names) == 1 else "elsewhere"
    return only.replace("{", "(").replace("}", ")")


class Choices(QWidget):
    """The buttons of all open cases. `chosen` tells the key of the pressed one; nothing else happens.

    `gone` tells that the chosen decision is offered no more.
    """

    chosen = Signal(str)
    gone = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.group = QButtonGroup(self)
        self.group.setExclusive(True)
        self.buttons: dict[str, ChoiceButton] = {}
        self._captioned: dict[str, Captioned] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)

    def show_offers(self, details: OrderDetails) -> None:
        """Offer what can be decided now; what cannot says why beneath."""
        offers = [offer for offer in details.offers if offer.key != MIXED]
        if [offer.key for offer in offers] != list(self.buttons):
            self._build(offers)
        for offer in offers:
            captioned = self._captioned[offer.key]
            if offer.can.allowed:
                captioned.enable(meaning(offer.key, details))
                continue
            captioned.disable(offer.can.why_not)
            if self.buttons[offer.key].isChecked():
                self.clear()
                self.gone.emit()
        self.setVisible(bool(offers))

    def _build(self, offers: Sequence[Offer]) -> None:
        had_choice = self.group.checkedButton() is not None
        for captioned in self._captioned.values():
            self.group.removeButton(self.buttons[captioned.button.objectName()])
            captioned.hide()
            captioned.deleteLater()
        self.buttons, self._captioned = {}, {}
        columns = _columns(len(offers))
        for at, offer in enumerate(offers):
            button = ChoiceButton(offer.label, ICONS.get(offer.key, "check"))
            button.setObjectName(offer.key)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(lambda _=False, key=offer.key: self.chosen.emit(key))
            self.group.addButton(button)
            self.buttons[offer.key] = button
            self._captioned[offer.key] = Captioned(button, centred=True)
            self._grid.addWidget(
                self._captioned[offer.key], at // columns, at % columns, Qt.AlignmentFlag.AlignTop
            )
        for column in range(PER_ROW):
            self._grid.setColumnStretch(column, 1 if column < min(columns, len(offers)) else 0)
        if had_choice:
            self.gone.emit()

    def choose(self, key: str) -> bool:
        """Choose by key, as Alt+E does; the focus goes there, so that Tab leads on. Says whether it could."""
        button = self.buttons.get(key)
        if button is None or not button.isEnabled():
            return False
        button.setChecked(True)
        button.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.chosen.emit(key)
        return True

    def clear(self) -> None:
        """Have none chosen."""
        self.group.setExclusive(False)
        for button in self.buttons.values():
            button.setChecked(False)
        self.group.setExclusive(True)

    def reason_against(self, key: str) -> str:
        """Say why a decision cannot be made now; "" when it can, or is not offered."""
        button = self.buttons.get(key)
        return button.accessibleDescription() if button is not None and not button.isEnabled() else ""


def _columns(offers: int) -> int:
    """Three side by side; four make two rows of two."""
    return 2 if offers == PER_ROW + 1 else PER_ROW
