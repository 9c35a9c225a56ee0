"""Somebody else's PIN for one action: what this person may not do, one who may can allow."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from posapp.domain.errors import Refused
from posapp.domain.rights import Need, Right, allows
from posapp.gui import text
from posapp.gui.dialogs.form_dialog import grown
from posapp.gui.fonts import Type
from posapp.gui.parts import Parts
from posapp.gui.perform import Asking
from posapp.gui.scanner import leave_keys_to
from posapp.gui.widgets.base import STRETCH, column, row
from posapp.gui.widgets.button import Button
from posapp.gui.widgets.dialog import DialogShell
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.panel import Scroll
from posapp.gui.widgets.pin_gate import PinGate
from posapp.gui.widgets.pin_pad import PinPad
from posapp.gui.widgets.staff_card import StaffCard, choose_card
from posapp.queries.staff import StaffRow, approvers, rights_of

_KEY = QSize(72, 48)
_SIZE = QSize(600, 452)
_GAP = 32  # between the names and the pad


class ApproveDialog(DialogShell):
    """Asks one of those who may for a PIN or a badge. Closing it leaves the action refused."""

    def __init__(self, parts: Parts, asking: Asking, people: list[StaffRow], parent: QWidget) -> None:
        super().__init__("Who allows this?", parent, size=grown(_SIZE))
        self._parts, self._asking, self._settled = parts, asking, False
        self._need = Need(asking.refusal.right, asking.refusal.amount)
        leave_keys_to(self)
        self.pad = PinPad(key=_KEY, gap=8)
        self.gate = PinGate(self.pad, parts.who.pins, lambda: self.chosen, self)
        self.gate.proved.connect(self._proved)
        self._people = {one.name: one for one in people}
        self.cards: list[StaffCard] = []
        self.add(self._lay_out(people), 16)
        self.cancel = Button("Cancel", shortcut="Esc")
        self.cancel.installEventFilter(self)  # a badge may be scanned while it has the keys
        self.set_footer(self.cancel, STRETCH)
        self.finished.connect(self._give_up)
        self.choose(people[0])

    def _why(self) -> str:
        who, right, amount = text.outside(self._parts.who.name, 40), self._need.right, self._need.amount
        words = f"{who} may not {right.words}"
        if right is Right.REFUNDS_ISSUE and amount:
            words += f": {text.money(amount, self._parts.shop.currency)}"
        elif right is Right.DISCOUNT and amount:
            words += f": {amount / 100:.4g} %"
        return f"{words}. Somebody who may can allow it once; both names are kept."

    def _lay_out(self, people: list[StaffRow]) -> QWidget:
        """Put the names beside the pad: many of them scroll, and the pad's keys stay in sight in large text."""
        group = QButtonGroup(self)
        names, both = QWidget(), QWidget()
        left = column(Label(self._why(), wrap=True), 16, spacing=0, margins=(0, 0, 2, 0))
        for person in people:
            card = StaffCard(person.name, person.role.name)
            card.clicked.connect(partial(self.choose, person))
            card.installEventFilter(self)
            group.addButton(card)
            self.cards.append(card)
            left.addWidget(card)
            left.addSpacing(8)
        left.addSpacing(8)
        left.addWidget(Label("Or scan a staff badge", Type.SMALL, ink="muted", icon="id-card"))
        left.addStretch(1)
        names.setLayout(left)
        beside = row(Scroll(names), column(self.pad, STRETCH), spacing=_GAP)
        beside.setStretch(0, 1)
        both.setLayout(beside)
        return both

    def choose(self, person: StaffRow, _checked: bool = False) -> None:
        """Ask for this person's PIN."""
        choose_card(self.cards, person.name)
        self.gate.stop()
        self.pad.say("" if person.has_pin else "This person has a badge only.")
        self.pad.expect(f"PIN for {text.outside(person.name, 30)}", person.pin_length)
        self.pad.setFocus()

    @property
    def chosen(self) -> str:
        """Whose PIN is asked for."""
        return next((card.person for card in self.cards if card.isChecked()), "")

    def scan(self, code: str) -> bool:
        """A scanner read something: a badge, or nothing that allows."""
        self.gate.badge(code)
        return True

    def _proved(self, name: str) -> None:
        if not allows(rights_of(self._parts.reader, name), self._need):
            self.pad.say(f"{text.outside(name, 40)} may not do this either.")
        elif not self._settled:
            self._settled = True
            self.accept()
            self._asking.allow(name)

    def _give_up(self) -> None:
        if not self._settled:
            self._settled = True
            self._asking.give_up()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let what is typed on a name or on the way out go to the pad."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self.pad.take(event)
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits go to the pad wherever the focus is."""
        if not self.pad.take(event):
            super().keyPressEvent(event)


def who_could(parts: Parts, refusal: Refused) -> list[StaffRow]:
    """Who could allow what was refused; nobody where it is no matter of rights."""
    right, amount = getattr(refusal, "right", None), getattr(refusal, "amount", 0)
    if not isinstance(right, Right):
        return []
    return approvers(parts.reader, Need(right, amount), other_than=parts.who.name)
