"""A month to pick a day from, by pointer and by keyboard; the days of a range are tinted."""

import calendar
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from posapp.gui import metrics, paint
from posapp.gui.fonts import MEDIUM, REGULAR, Type
from posapp.gui.theme import look
from posapp.gui.widgets.base import Themed, announce

WEEKS, DAYS = 6, 7
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2199, 12, 31)  # what a shop's orders can be dated
_NAMES = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}


def months_later(day: date, months: int) -> date:
    """The same day some months later or earlier, the last one of a shorter month, within what can be shown."""
    place = day.year * 12 + day.month - 1 + months
    year, month = divmod(place, 12)
    if not FIRST_DAY.year <= year <= LAST_DAY.year:
        return FIRST_DAY if months < 0 else LAST_DAY
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class MonthGrid(Themed, QWidget):
    """Six weeks around a month, Monday first. `picked` tells a day, `turned` that another month is shown."""

    picked = Signal(object)  # date
    turned = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = self.current = today
        self._range: tuple[date, date] | None = None
        self._hovered: date | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name()

    @property
    def month(self) -> str:
        """Name the month that is shown: November 2026."""
        return f"{self.current:%B %Y}"

    def show_range(self, first: date | None, last: date | None) -> None:
        """Tint a range; one that is not whole, or goes backwards, is not shown."""
        whole = first is not None and last is not None and first <= last
        self._range = (first, last) if first is not None and last is not None and whole else None
        self.update()

    def go_to(self, day: date) -> None:
        """Move the keyboard's day, and with it the month."""
        day = min(max(day, FIRST_DAY), LAST_DAY)
        turned = (day.year, day.month) != (self.current.year, self.current.month)
        self.current = day
        self._name()
        if turned:
            self.turned.emit()
        self.update()

    def _name(self) -> None:
        self.setAccessibleName(f"Calendar, {self.current:%A} {self.current.day} {self.current:%B %Y}")
        self.setAccessibleDescription("Arrows choose a day, Page Up and Page Down a month, Enter takes it")

    def _cell(self) -> tuple[float, float]:
        return self.width() / DAYS, self.height() / (WEEKS + 1)

    def sizeHint(self) -> QSize:
        """Targets large enough for a finger on a laptop."""
        return QSize(DAYS * look().px(44), (WEEKS + 1) * look().height(metrics.CONTROL_SMALL, Type.SMALL))

    def minimumSizeHint(self) -> QSize:
        """No day is cut."""
        return self.sizeHint()

    def look_changed(self) -> None:
        """Measure anew."""
        self.updateGeometry()

    def _first_shown(self) -> date:
        first = self.current.replace(day=1)
        return first - timedelta(days=first.weekday())

    def _day_at(self, x: float, y: float) -> date | None:
        wide, high = self._cell()
        week, weekday = int(y // high) - 1, int(x // wide)
        if not (0 <= week < WEEKS and 0 <= weekday < DAYS):
            return None
        day = self._first_shown() + timedelta(days=week * DAYS + weekday)
        return day if FIRST_DAY <= day <= LAST_DAY else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go by days and weeks, Page Up and Down by months, Home and End within the month; Enter picks."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.go_to(self.current + timedelta(days=_STEPS[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.go_to(months_later(self.current, -1 if key == Qt.Key.Key_PageUp else 1))
        elif key == Qt.Key.Key_Home:
            self.go_to(self.current.replace(day=1))
        elif key == Qt.Key.Key_End:
            self.go_to(months_later(self.current.replace(day=1), 1) - timedelta(days=1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.picked.emit(self.current)
            return
        else:
            super().keyPressEvent(event)
            return
        announce(self, f"{self.current:%A} {self.current.day} {self.current:%B %Y}")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick the day under the pointer."""
        day = self._day_at(event.position().x(), event.position().y())
        if day is not None:
            self.go_to(day)
            self.picked.emit(day)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show which day would be picked."""
        self._hovered = self._day_at(event.position().x(), event.position().y())
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """No day is under the pointer any more."""
        self._hovered = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the names of the days and six weeks."""
        painter, t = QPainter(self), look().tokens
        wide, high = self._cell()
        for at, name in enumerate(_NAMES):
            box = QRectF(at * wide, 0, wide, high)
            paint.words(painter, box, name, look().font(Type.CAPTION, MEDIUM), t.muted, paint.CENTRE)
        for at in range(WEEKS * DAYS):
            day = self._first_shown() + timedelta(days=at)
            self._paint_day(painter, day, QRectF(at % DAYS * wide, (at // DAYS + 1) * high, wide, high))
        painter.end()

    def _paint_day(self, painter: QPainter, day: date, cell: QRectF) -> None:
        t = look().tokens
        inside = self._range is not None and self._range[0] <= day <= self._range[1]
        end = self._range is not None and day in self._range
        if inside:
            painter.fillRect(cell.adjusted(0, 1, 0, -1), t.selection)
        box = cell.adjusted(2, 1, -2, -1)
        if end:
            paint.box(painter, box, metrics.RADIUS_SMALL, t.primary)
        elif day == self._hovered:
            paint.box(painter, box, metrics.RADIUS_SMALL, t.hover)
        if day == self.current and self.hasFocus():
            ring = cell.adjusted(1, 0, -1, 0)
            paint.box(painter, ring, metrics.RADIUS_SMALL, None, t.text if end else t.primary, 2)
        ink = t.on_primary if end else t.text if day.month == self.current.month else t.muted
        weight = MEDIUM if day == self._today or end else REGULAR
        paint.words(
            painter, box, str(day.day), look().font(Type.SMALL, weight, figures=True), ink, paint.CENTRE
        )
        if day == self._today:
            under = QRectF(box.center().x() - 8, box.bottom() - 4, 16, 2)
            painter.fillRect(under, t.on_primary if end else t.primary)
