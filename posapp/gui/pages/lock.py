"""The lock: over everything, until somebody proves who they are by PIN or badge.

It is a window of its own that no other one comes before; what lies beneath stays as it was:
the basket, an open dialog, a payment half typed.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QButtonGroup, QDialog, QGridLayout, QWidget

from posapp.gui import text
from posapp.gui.fonts import SEMIBOLD, Type
from posapp.gui.parts import Parts
from posapp.gui.scanner import leave_keys_to
from posapp.gui.theme import look
from posapp.gui.widgets.base import STRETCH, Surface, Themed, column, row
from posapp.gui.widgets.card import Card, Divider
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.panel import Scroll
from posapp.gui.widgets.pin_gate import PinGate
from posapp.gui.widgets.pin_pad import PinPad
from posapp.gui.widgets.staff_card import StaffCard, choose_card
from posapp.queries.staff import StaffRow, staff_rows

TICK_MS = 1000
_CARD_WIDE = 880


class LockPage(Themed, QDialog):
    """`opened` tells who proved who they are; `left` that the window is to be closed from here."""

    opened = Signal(str)
    left = Signal()

    def __init__(self, parts: Parts, window: QWidget, *, waiting: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(window, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self._parts, self._window = parts, window
        self.setWindowTitle(f"{text.outside(parts.shop.name, 60)}, locked")
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        leave_keys_to(self)
        self.pad = PinPad()
        self.gate = PinGate(self.pad, parts.who.pins, lambda: self.chosen, self)
        self.gate.proved.connect(self._proved)
        self._group = QButtonGroup(self)
        self.cards: list[StaffCard] = []
        self._day, self._time = Label("", ink="muted", figures=True), Label("", Type.TITLE, figures=True)
        self._lay_out(waiting)
        self._clock = QTimer(self, interval=TICK_MS)
        self._clock.timeout.connect(self._tell_time)
        window.installEventFilter(self)
        self.look_changed()

    def look_changed(self) -> None:
        """Lie on the surface; the card grows with the text."""
        colours = self.palette()
        colours.setColor(self.backgroundRole(), look().tokens.surface)
        self.setPalette(colours)
        if hasattr(self, "_card"):
            self._fit()

    def _lay_out(self, waiting: tuple[tuple[str, str], ...]) -> None:
        brand = Label(text.outside(self._parts.shop.name, 40), weight=SEMIBOLD, icon="store")
        brand.set_icon_ink("primary")
        till = Label(f"· Till {self._parts.shop.till}", ink="muted")
        head = QWidget()
        head.setLayout(row(brand, till, STRETCH, self._day, self._time, margins=(32, 16, 32, 16)))
        self._card = Card(padding=0, ground="surface", edge="line_strong")
        inner = QWidget()
        inner.setLayout(self._middle(waiting))
        self._card.add(inner)
        around = QWidget()
        around.setLayout(column(STRETCH, row(STRETCH, self._card, STRETCH, margins=(24, 0, 24, 0)), STRETCH))
        self.setLayout(column(head, Scroll(around)))

    def _middle(self, waiting: tuple[tuple[str, str], ...]) -> QGridLayout:
        left = QWidget()
        left.setLayout(self._people(waiting))
        typing = Label("You can type it too", Type.SMALL, ink="muted", icon="keyboard")
        right = Surface("raised", "left")
        pad = column(self.pad, 16, row(STRETCH, typing, STRETCH), STRETCH, margins=(44, 32, 44, 24))
        right.setLayout(pad)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.addWidget(left, 0, 0)
        grid.addWidget(right, 0, 1)
        grid.setColumnStretch(0, 1)
        return grid

    def _people(self, waiting: tuple[tuple[str, str], ...]) -> QGridLayout:
        grid, box = QGridLayout(), QGridLayout()
        grid.setSpacing(12)
        rows = [one for one in staff_rows(self._parts.reader) if one.can_sign_in]
        for at, person in enumerate(rows):
            card = StaffCard(person.name, person.role.name)
            card.clicked.connect(lambda _=False, chosen=person: self.choose(chosen))
            card.installEventFilter(self)
            self._group.addButton(card)
            self.cards.append(card)
            grid.addWidget(card, at // 2, at % 2)
        self._rows = {one.name: one for one in rows}
        badge = Label("Or scan your staff badge", ink="muted", icon="id-card")
        parts = column(
            Label("Who is selling?", Type.TITLE), 4,
            Label("Pick your name, then your PIN.", ink="muted"), 20, grid, 24, badge,
        )  # fmt: skip
        if waiting:
            parts.addSpacing(24)
            parts.addWidget(Divider())
            parts.addSpacing(16)
            for words, icon in waiting:
                line = Label(words, icon=icon)
                line.set_icon_ink("attention" if icon == "triangle-alert" else "muted")
                parts.addWidget(line)
                parts.addSpacing(10)
        parts.addStretch(1)
        box.setContentsMargins(32, 32, 32, 24)
        box.addLayout(parts, 0, 0)
        return box

    def choose(self, person: StaffRow) -> None:
        """Ask for this person's PIN."""
        choose_card(self.cards, person.name)
        self.gate.stop()
        self.pad.say("")
        self.pad.expect(f"PIN for {text.outside(person.name, 30)}", person.pin_length)
        if not person.has_pin:
            self.pad.say("This person has a badge only.")
        self.pad.setFocus()

    @property
    def chosen(self) -> str:
        """Whose PIN is asked for."""
        card = self._group.checkedButton()
        return card.person if isinstance(card, StaffCard) else ""

    def come(self, who: str) -> None:
        """Lie over the window; who was here last is picked already."""
        first = self._rows.get(who) or next(iter(self._rows.values()), None)
        if first is not None:
            self.choose(first)
        self._tell_time()
        self._clock.start()
        self._cover()
        self.show()
        self.activateWindow()
        self.pad.setFocus()

    def scan(self, code: str) -> bool:
        """A scanner read something: a badge, or nothing that opens."""
        self.gate.badge(code)
        return True

    def _proved(self, name: str) -> None:
        self._clock.stop()
        self._window.removeEventFilter(self)
        self.done(QDialog.DialogCode.Accepted)
        self.opened.emit(name)

    def _tell_time(self) -> None:
        now = self._parts.clock().astimezone(self._parts.shop.zone)
        self._day.setText(text.long_date(now, self._parts.shop.zone))
        self._time.setText(f"{now:%H:%M}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the card the width there is."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._card.setFixedWidth(
            max(self._card.minimumSizeHint().width(), min(look().px(_CARD_WIDE), self.width() - 48))
        )

    def _cover(self) -> None:
        """Lie over the whole window, and over any dialog that reaches beyond it."""
        own = self._window.mapToGlobal(QPoint(0, 0))
        area = QRect(own, self._window.size())
        for each in QApplication.topLevelWidgets():
            if each.isVisible() and isinstance(each, QDialog) and each is not self:
                area = area.united(each.geometry())
        self.setGeometry(area)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move with the window; let what is typed on a name go to the pad."""
        if watched is self._window and event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self._cover()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self.pad.take(event)
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc opens nothing."""
        if not self.pad.take(event) and event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)

    def reject(self) -> None:
        """There is no way round it."""

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing the lock closes the whole window: a till can be put to bed without a PIN."""
        event.ignore()
        self.left.emit()
