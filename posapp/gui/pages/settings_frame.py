"""What the sections of Settings are made of: a head, cards, switches with a sentence."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from posapp.gui import icons, metrics, paint
from posapp.gui.fonts import MEDIUM, Type
from posapp.gui.theme import look
from posapp.gui.widgets.base import STRETCH, Item, Themed, column, fill, row
from posapp.gui.widgets.card import Card
from posapp.gui.widgets.field_row import flow
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.panel import Scroll
from posapp.gui.widgets.toggles import Switch

_TAB = Qt.FocusPolicy.TabFocus


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
        self._scroll = Scroll(inner)
        self.setLayout(column(self._scroll))
        self._held = ""  # what had the keys is called so
        self._again = QTimer(self, singleShot=True, interval=0)  # what is new is shown by then
        self._again.timeout.connect(self._give_back)

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

    @contextmanager
    def keeping_focus(self) -> Iterator[None]:
        """Make the section anew inside: what had the keys has them again, or what is called so now.

        Left to Qt they would go to the next control of the window, whatever that is.
        """
        held: QWidget | None = self.window().focusWidget()
        if held is not None and self.isAncestorOf(held):
            self._held = _called(held)
            self._again.start()
        yield

    def _give_back(self) -> None:
        stops = [w for w in self.findChildren(QWidget) if w.isVisible() and w.focusPolicy() & _TAB]
        again = next((w for w in stops if _called(w) == self._held), None) or next(iter(stops), None)
        if again is not None:
            again.setFocus()
            self._scroll.ensureWidgetVisible(again, 0, metrics.CARD_GAP)


def _called(widget: QWidget) -> str:
    return widget.accessibleName() or str(getattr(widget, "word", ""))


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
