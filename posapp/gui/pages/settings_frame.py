"""What the sections of Settings are made of: a head, cards, and rows of fields that stand beneath each other
where the window is narrow or the text large.
"""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from posapp.gui import icons, metrics, paint
from posapp.gui.fonts import MEDIUM, Type
from posapp.gui.theme import look
from posapp.gui.widgets.base import STRETCH, Item, Themed, column, fill, row
from posapp.gui.widgets.card import Card
from posapp.gui.widgets.flow import Flow
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.panel import Scroll
from posapp.gui.widgets.toggles import Switch


def flow(*items: Item, spacing: int = metrics.S12) -> Flow:
    """Lay widgets side by side, beneath each other where there is too little room; without a margin."""
    made = Flow(*items, spacing=spacing)
    made.setContentsMargins(0, 0, 0, 0)
    return made


class Section(QWidget):
    """One section: a title with chips and a fact beside it, cards beneath; it scrolls."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.fact = Label("", Type.SMALL, ink="muted", figures=True)
        self.fact.hide()
        self._head = flow(Label(title, Type.SECTION), self.fact)
        head = QWidget()
        head.setLayout(self._head)
        head.setMinimumHeight(metrics.CONTROL)
        self._cards = column(head, spacing=metrics.CARD_GAP, margins=(24, 18, 24, 16))
        inner = QWidget()
        inner.setLayout(column(self._cards, STRETCH))
        self.setLayout(column(Scroll(inner)))

    def add_beside_title(self, *items: QWidget) -> None:
        """Put chips between title and fact."""
        for item in items:
            self._head.insert(self._head.count() - 1, item)

    def set_fact(self, words: str) -> None:
        """Say the second fact."""
        self.fact.setText(words)
        self.fact.setVisible(bool(words))

    def add(self, *items: Item) -> None:
        """Add cards and strips."""
        fill(self._cards, items)

    def opened(self) -> None:
        """Read what is shown; called whenever the section comes to the front."""


class FieldRow(Themed, QWidget):
    """Widgets side by side with their stretches; beneath each other where there is less room than `wide` pixels."""

    def __init__(self, *fields: tuple[QWidget, int], wide: int, spacing: int = metrics.CARD_GAP) -> None:
        super().__init__()
        self._wide = wide
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(spacing)
        for field, stretch in fields:
            self._box.addWidget(field, stretch)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def look_changed(self) -> None:
        """Larger text needs more room."""
        self._turn()

    def minimumSizeHint(self) -> QSize:
        """At least one field a line."""
        hint = super().minimumSizeHint()
        widest = [self._box.itemAt(at).minimumSize().width() for at in range(self._box.count())]
        return QSize(max(widest, default=0), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn when there is room, or too little."""
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        kinds = QBoxLayout.Direction
        beside = self.width() >= look().px(self._wide)
        self._box.setDirection(kinds.LeftToRight if beside else kinds.TopToBottom)


class IconTile(Themed, QWidget):
    """A neutral tile with the icon of what a card is about."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.look_changed()

    def look_changed(self) -> None:
        """Grow with the text."""
        self.setFixedSize(look().px(40), look().px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw tile and icon."""
        painter, t = QPainter(self), look().tokens
        paint.box(painter, QRectF(self.rect()), metrics.RADIUS, t.hover)
        size = look().px(22)
        icons.draw_centred(painter, self._name, QRectF(self.rect()), size, t.muted)
        painter.end()


class SwitchCard(Card):
    """A switch with its name and a sentence that says what it does as it stands."""

    def __init__(self, name: str, on: str, off: str) -> None:
        super().__init__()
        self._on, self._off = on, off
        self.switch = Switch(name=name)
        self._words = Label("", Type.SMALL, ink="muted", wrap=True)
        words = column(Label(name, weight=MEDIUM), self._words)
        line = row(self.switch, words, spacing=metrics.S12)
        line.setStretch(1, 1)
        self.add(line)
        self.show_state(on=False)

    def show_state(self, *, on: bool) -> None:
        """Show how it stands, without telling anybody."""
        self.switch.setChecked(on)
        self._words.setText(self._on if on else self._off)
        self.switch.setAccessibleDescription(self._words.text())
