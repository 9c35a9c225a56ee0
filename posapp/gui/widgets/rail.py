"""The list of pages at the left: tabs for eye, keyboard and screen reader."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QTabBar, QWidget

from posapp.gui import icons, metrics, paint, text
from posapp.gui.fonts import SEMIBOLD, Type
from posapp.gui.theme import look
from posapp.gui.widgets.badge import badge_width, draw_badge
from posapp.gui.widgets.base import STRETCH, Surface, Themed, column

_GAP = 2


@dataclass(frozen=True, slots=True)
class RailItem:
    """One page: its id, its word, its icon, and the name of its key."""

    id: str
    words: str
    icon: str
    shortcut: str = ""


class RailTabs(Themed, QTabBar):
    """The tabs themselves, painted by us; Up, Down, Home and End move among them."""

    def __init__(self, items: Sequence[RailItem]) -> None:
        super().__init__()
        self.items = tuple(items)
        self.badges = [0] * len(items)
        self.icons_only = False
        self.setShape(QTabBar.Shape.RoundedWest)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Pages")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for at, item in enumerate(items):
            self.addTab(text.literal(item.words))
            self.setAccessibleTabName(at, item.words)
        self.hovered = -1

    def look_changed(self) -> None:
        """Lay the tabs out anew."""
        self.setFont(look().font())  # Qt lays tabs out again upon a change of font
        self.updateGeometry()

    def tabSizeHint(self, index: int) -> QSize:
        """A whole line of the rail, and the gap beneath it."""
        wide = look().px(metrics.RAIL_ICONS - 17) if self.icons_only else self._wide()
        return QSize(wide, look().height(metrics.RAIL_ITEM) + _GAP)

    def _wide(self) -> int:
        return look().px(metrics.RAIL) - 17

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Words are never cut."""
        return self.tabSizeHint(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move among the tabs."""
        last, now = self.count() - 1, self.currentIndex()
        places = {
            Qt.Key.Key_Up: max(0, now - 1),
            Qt.Key.Key_Down: min(last, now + 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        place = places.get(Qt.Key(event.key()))
        if place is None:
            super().keyPressEvent(event)
        else:
            self.setCurrentIndex(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tint the tab under the pointer."""
        self.hovered = self.tabAt(event.position().toPoint())
        self.update()
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Take the tint away."""
        self.hovered = -1
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tabs."""
        painter = QPainter(self)
        for at in range(self.count()):
            self._paint_tab(painter, at, self.tabRect(at).adjusted(0, 0, 0, -_GAP))
        painter.end()

    def _paint_tab(self, painter: QPainter, at: int, rect: QRect) -> None:
        t, item, on = look().tokens, self.items[at], at == self.currentIndex()
        box = QRectF(rect)
        if on or at == self.hovered:
            paint.box(painter, box, metrics.RADIUS, t.selection if on else t.hover)
        if on:
            painter.fillRect(QRectF(box.left(), box.top() + 8, 3, box.height() - 16), t.primary)
        if on and self.hasFocus():
            paint.box(painter, box, metrics.RADIUS, None, t.primary, 2)
        size = look().px(metrics.ICON)
        x = box.left() + (box.width() - size) / 2 if self.icons_only else box.left() + 12
        icons.draw(
            painter,
            item.icon,
            round(x),
            round(box.center().y() - size / 2),
            size,
            t.primary if on else t.muted,
        )
        if self.icons_only:
            self._paint_corner_badge(painter, at, box)
        else:
            self._paint_words(painter, at, box.adjusted(12 + size + 12, 0, -10, 0), on=on)

    def _paint_words(self, painter: QPainter, at: int, box: QRectF, *, on: bool) -> None:
        t, item, count = look().tokens, self.items[at], self.badges[at]
        font = look().font(weight=SEMIBOLD if on else None)
        paint.words(painter, box, item.words, font, t.primary if on else t.text)
        if count:
            wide, high = badge_width(count), look().px(metrics.BADGE)
            left = box.left() + round(paint.width_of(item.words, font)) + 8
            draw_badge(painter, QRectF(left, round(box.center().y() - high / 2), wide, high), count)
        if count < 100:
            paint.words(painter, box, item.shortcut, look().font(Type.CAPTION), t.muted, paint.RIGHT)

    def _paint_corner_badge(self, painter: QPainter, at: int, box: QRectF) -> None:
        if count := self.badges[at]:
            wide, high = badge_width(count) - 4, look().px(16)
            draw_badge(painter, QRectF(box.right() - wide, box.top(), max(wide, high), high), count)


class Rail(Surface):
    """`chosen` tells the id of the page a person chose. Foot widgets go to the bottom by `add_foot`."""

    chosen = Signal(str)

    def __init__(self, items: Sequence[RailItem]) -> None:
        super().__init__("surface", "right")
        self.tabs = RailTabs(items)
        self._foot = column()
        self.setLayout(column(self.tabs, STRETCH, self._foot, margins=(8, 12, 9, 8)))
        self.tabs.currentChanged.connect(self._tell)
        self.tabs.tabBarClicked.connect(self._tell)
        self._room = metrics.RAIL_ICONS_BELOW * 2
        self.fit(self._room)

    def look_changed(self) -> None:
        """Grow with the text, or give way to it."""
        super().look_changed()
        if hasattr(self, "_room"):  # Surface asks for it while this is still being made
            self.fit(self._room)

    def fit(self, room: int) -> None:
        """Show icons only where the window is narrow for its text; `room` is its width."""
        self._room = room
        self.set_icons_only(room < metrics.RAIL_ICONS_BELOW * look().scale)

    def set_icons_only(self, only: bool) -> None:
        """Show icons only, with tooltips for the words, when the window is narrow."""
        self.tabs.icons_only = only
        self.setFixedWidth(look().px(metrics.RAIL_ICONS if only else metrics.RAIL))
        for at, item in enumerate(self.tabs.items):
            self.tabs.setTabToolTip(at, text.tooltip(f"{item.words}  {item.shortcut}") if only else "")
        self.tabs.look_changed()
        self.tabs.setIconSize(QSize(16, 17 if only else 16))  # has Qt lay the tabs out again

    def set_badge(self, page_id: str, count: int, noun: str = "order") -> None:
        """Show how many things wait on a page; its accessible name says "Attention, 3 orders"."""
        at = self._place(page_id)
        self.tabs.badges[at] = count
        words = self.tabs.items[at].words
        self.tabs.setAccessibleTabName(at, f"{words}, {text.plural(count, noun)}" if count else words)
        self.tabs.update()

    def badge(self, page_id: str) -> int:
        """Give the count a page shows."""
        return self.tabs.badges[self._place(page_id)]

    def set_current(self, page_id: str) -> None:
        """Mark the page that is shown."""
        self.tabs.blockSignals(True)  # it is not a person who chooses
        self.tabs.setCurrentIndex(self._place(page_id))
        self.tabs.blockSignals(False)
        self.tabs.update()

    def add_foot(self, widget: QWidget) -> None:
        """Add a line at the bottom."""
        self._foot.addWidget(widget)

    def _tell(self, at: int) -> None:
        if at >= 0:
            self.chosen.emit(self.tabs.items[at].id)

    def _place(self, page_id: str) -> int:
        return next(at for at, item in enumerate(self.tabs.items) if item.id == page_id)
