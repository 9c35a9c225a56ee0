"""Strips over an order's lines: what just changed, why it needs a person, and what can be taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from posapp.domain.attention import Reason
from posapp.domain.orders import CloseReason
from posapp.domain.payments import PartState
from posapp.gui import metrics, text
from posapp.gui.dialogs import order_words
from posapp.gui.fonts import Type
from posapp.gui.parts import Shop
from posapp.gui.theme import look
from posapp.gui.tokens import Tone
from posapp.gui.widgets.base import announce, column
from posapp.gui.widgets.button import Button
from posapp.gui.widgets.panel import clear_layout
from posapp.gui.widgets.strip import Strip
from posapp.queries.detail_rows import CaseFacts, OrderDetails

_UNLIMITED = 16_777_215  # Qt's own word for no greatest height


class WrappingStrip(Strip):
    """A strip whose sentence wraps instead of pushing its buttons out of the dialog."""

    def __init__(self, tone: Tone, sentence: str, *, icon: str | None = None) -> None:
        super().__init__(tone, sentence, icon=icon, height=metrics.STRIP_DIALOG)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._sentence.setWordWrap(True)
        self._sentence.setSizePolicy(policy)
        self._box.setStretch(0, 1000)
        self._box.addSpacing(12)
        self._box.setAlignment(self._sentence, Qt.AlignmentFlag.AlignVCenter)

    def look_changed(self) -> None:
        """Be at least as high as one line asks for."""
        super().look_changed()
        self.setMinimumHeight(look().height(self._base, Type.SMALL))
        self.setMaximumHeight(_UNLIMITED)
        margins = self._box.contentsMargins()
        self._box.setContentsMargins(margins.left(), 4, 8, 4)


@dataclass(frozen=True, slots=True)
class Said:
    """One strip: its tone, its sentence, and buttons as (word, deed).

    Until `due_at` its first button counts the seconds down: so long it can surely be pressed.
    """

    tone: Tone
    sentence: str
    deeds: tuple[tuple[str, str], ...] = ()
    icon: str | None = None
    due_at: datetime | None = None


class Strips(QWidget):
    """A stack of strips. `acted` tells the deed of a pressed button: "see:ID", "undo:ID", "swap" and so on."""

    acted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._box = column(spacing=8)
        self._box.setContentsMargins(0, 0, 0, 8)
        self.setLayout(self._box)
        self._said: tuple[Said, ...] = ()
        self._stops: list[QWidget] = []
        self._counting: list[tuple[Button, str, datetime]] = []
        self.setVisible(False)

    def show_strips(self, said: Sequence[Said]) -> None:
        """Show these; what is shown already stays as it is, with its focus."""
        if tuple(said) == self._said:
            return
        news = [each for each in said if each not in self._said]
        self._said = tuple(said)
        clear_layout(self._box)
        self._stops, self._counting = [], []
        for each in said:
            strip = WrappingStrip(each.tone, each.sentence, icon=each.icon)
            for word, deed in each.deeds:
                button = strip.add_button(word)
                button.setObjectName(deed.partition(":")[0])
                button.clicked.connect(lambda _=False, deed=deed: self.acted.emit(deed))
                self._stops.append(button)
                if each.due_at is not None and each.deeds[0] == (word, deed):
                    self._counting.append((button, word, each.due_at))
            self._box.addWidget(strip)
        self.setVisible(bool(said))
        for each in news:
            announce(self, each.sentence)

    def count_down(self, now: datetime) -> bool:
        """Show the seconds that are left on the buttons that have them; says whether any has."""
        left = 0
        for button, word, due_at in self._counting:
            seconds = max(0, ceil((due_at - now).total_seconds()))
            left = max(left, seconds)
            button.setText(f"{word} {text.number(seconds)} s" if seconds else word)
            button.setAccessibleName(word)  # a screen reader is told once, not every second
        return left > 0

    def stops(self) -> tuple[QWidget, ...]:
        """Give what Tab stops at, in order."""
        return tuple(self._stops)


def case_strip(details: OrderDetails, case: CaseFacts, shop: Shop, now: datetime) -> Said:
    """Say why the order needs a person, with what helps beside the decisions."""
    sentence = order_words.why(details, case, shop, now)
    deeds: list[tuple[str, str]] = []
    if case.taker is not None:
        deeds.append((f"See {text.outside(case.taker.number, 16)}", f"see:{case.taker.order_id}"))
        if details.swap is not None:
            deeds.append((f"Swap with {text.outside(details.swap.number, 16)}", "swap"))
    if case.reason == Reason.PAYMENT_DELAYED:
        deeds.append(("Check payment", "check_payment"))
    if case.reason == Reason.SHOP_CHANGED and details.money.balance_minor:
        deeds.append(("Record payment", "record_payment"))
    if case.reason == Reason.REFUND_FAILED:
        deeds += [("Try again", "choose:retry_refund"), ("Other way", "choose:manual_refund")]
    if case.reason == Reason.NEEDS_DETAILS:
        deeds += [("Give bank details", f"bank:{part}") for part in asked_details(details)]
    if case.reason == Reason.PAYMENT_REVERSED:
        deeds.append(("Record payment", "record_payment"))
    if case.reason == Reason.LATE_PAYMENT and details.close_reason == CloseReason.REFUNDED:
        deeds.append(("New order from this one", "new_order"))
    tone = Tone.STOPPED if case.reason in (Reason.PAYMENT_REVERSED, Reason.REFUND_FAILED) else Tone.ATTENTION
    return Said(tone, sentence, tuple(deeds))


def asked_details(details: OrderDetails) -> list[str]:
    """The shares of refunds for which a bank account is asked."""
    states = (PartState.NEEDS_DETAILS,)
    return [part.part_id for refund in details.refunds for part in refund.parts if part.state in states]


def standing_strips(details: OrderDetails, shop: Shop, now: datetime, *, offline: bool = False) -> list[Said]:
    """Say everything that stands about the order: cases, awaited money, references seen twice, what can be undone."""
    said = [case_strip(details, case, shop, now) for case in details.cases]
    currency = details.money.currency
    for payment in details.payments:
        if payment.is_awaited:
            amount = text.money(payment.amount_minor, currency)
            words = f"A transfer of {amount} was announced. It counts once it is seen in our own account."
            said.append(
                Said(Tone.WAITING, words, (("Confirm", f"confirm:{payment.payment_id}"),), "hourglass")
            )
    for same in details.same_references[:1]:
        words = (
            f"Payment reference {text.outside(same.reference, 40)} was used for order {same.number} too. "
            "Check that it is not the same money."
        )
        said.append(Said(Tone.WAITING, words, ((f"See {same.number}", f"see:{same.order_id}"),)))
    return said + _undo_strip(details, shop, now, offline=offline)


def _undo_strip(details: OrderDetails, shop: Shop, now: datetime, *, offline: bool) -> list[Said]:
    offer = details.undo[0] if details.undo else None
    if offer is None or not offer.can.allowed:
        return []
    label = order_words.DECIDED.get(offer.key, "Decided")
    at = text.when(offer.at, shop.zone, now)
    undo = (("Undo", f"undo:{offer.decision_id}"),)
    by = f"{label} by {text.outside(offer.actor, 40)} at {at}."
    if not offer.held_minor:
        return [Said(Tone.MOVED, f"{by} Nothing has happened to the order since.", undo, "undo-2")]
    money = text.money(offer.held_minor, details.money.currency)
    goes = (
        "is queued: sent when the network is back"
        if offline
        else "is saved on this till and goes out by itself"
    )
    tone = Tone.WAITING if offline else Tone.MOVED
    return [Said(tone, f"{by} {money} {goes}.", undo, "hourglass", offer.due_at)]
