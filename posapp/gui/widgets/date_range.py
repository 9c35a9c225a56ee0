"""A small panel beneath a chip to choose days from and to, typed or picked from a calendar."""

from datetime import date

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from posapp.gui import paint, typed
from posapp.gui.fonts import MEDIUM, Type
from posapp.gui.theme import look
from posapp.gui.widgets.base import STRETCH, Surface, announce, column, row
from posapp.gui.widgets.button import Button, Size, Variant
from posapp.gui.widgets.field import Input
from posapp.gui.widgets.label import Label
from posapp.gui.widgets.month_grid import MonthGrid, months_later

BACKWARDS = "The first day lies after the last one. Change one of them."


class DateRangePopup(Surface):
    """`chosen` tells the first and the last day, both taken in. Esc closes it and changes nothing."""

    chosen = Signal(object, object)  # date, date

    def __init__(self, today: date, first: date | None, last: date | None, parent: QWidget) -> None:
        super().__init__("raised", parent=parent)
        self._window = parent
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.hide()
        self.setAccessibleName("Choose days")
        self._today = today
        self.first = Input("From", typed.shown_date(first or today), placeholder=typed.DATE_LIKE)
        self.last = Input("To", typed.shown_date(last or today), placeholder=typed.DATE_LIKE)
        self._picking = self.first
        self.problem = Label("", Type.SMALL, ink="danger", icon="circle-alert", wrap=True)
        self.problem.hide()
        self.grid = MonthGrid(today)
        self._month = Label(self.grid.month, weight=MEDIUM)
        self._earlier = Button(icon="chevron-left", size=Size.SMALL, name="Month before")
        self._later = Button(icon="chevron-right", size=Size.SMALL, name="Month after")
        self.out = Button("Cancel", shortcut="Esc")
        self.take = Button("Show these days", Variant.PRIMARY)
        turn = row(self._earlier, STRETCH, self._month, STRETCH, self._later)
        fields = row(self.first, self.last, spacing=12)
        deeds = row(self.out, STRETCH, self.take)
        self._box = column(fields, 12, turn, 8, self.grid, self.problem, 12, deeds, margins=(16, 16, 16, 16))
        self.setLayout(self._box)
        self._connect()
        self.grid.go_to(last or today)
        self._read()

    def _connect(self) -> None:
        for field in (self.first, self.last):
            field.changed.connect(lambda _: self._read())
            field.entered.connect(lambda _: self._take())
            field.edit.focused.connect(self._field_focused)
        self.grid.picked.connect(self._picked)
        self.grid.turned.connect(lambda: self._month.setText(self.grid.month))
        self._earlier.clicked.connect(lambda: self.grid.go_to(months_later(self.grid.current, -1)))
        self._later.clicked.connect(lambda: self.grid.go_to(months_later(self.grid.current, 1)))
        self.out.clicked.connect(self.close)
        self.take.clicked.connect(self._take)
        app = QApplication.instance()
        assert isinstance(app, QApplication), "widgets are made after their application"
        app.focusChanged.connect(self._focus_moved)

    def open_at(self, chip: QWidget) -> None:
        """Open beneath a chip, within its window; the first field has the keys."""
        self.setFixedWidth(max(look().px(372), self.sizeHint().width()))
        self._fit()
        window = self._window
        place = chip.mapTo(window, QPoint(0, chip.height() + 4))
        x = max(0, min(place.x(), window.width() - self.width()))
        y = max(0, min(place.y(), window.height() - self.height()))
        self.move(x, y)
        self.show()
        self.raise_()
        self.first.edit.setFocus(Qt.FocusReason.PopupFocusReason)
        self.first.edit.selectAll()

    def _fit(self) -> None:
        """As high as its words need; in a window too low for that the days are typed, without the calendar."""
        high, room = self._needed(), self._window.height()
        if high > room:
            for part in (self.grid, self._month, self._earlier, self._later):
                part.hide()
            high = self._needed()
        self.setFixedHeight(high)
        self.move(self.x(), max(0, min(self.y(), room - high)))

    def _needed(self) -> int:
        self._box.invalidate()
        self._box.activate()
        high = self._box.totalHeightForWidth(self.width()) if self._box.hasHeightForWidth() else 0
        return max(high, self._box.totalSizeHint().height())

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Who goes on elsewhere in the window does not want to choose days any more."""
        if self.isVisible() and new is not None and new is not self and not self.isAncestorOf(new):
            self.close()

    def _field_focused(self) -> None:
        for field in (self.first, self.last):
            if field.edit.hasFocus():
                self._picking = field

    def _days(self) -> tuple[date | None, date | None]:
        """The days as they are typed; what cannot be read is said beneath its field."""
        found: list[date | None] = []
        for field in (self.first, self.last):
            try:
                found.append(typed.read_date(field.text, self._today))
                field.set_error("")
            except typed.Unreadable as why:
                found.append(None)
                field.set_error(str(why))
        return found[0], found[1]

    def _read(self) -> None:
        first, last = self._days()
        backwards = first is not None and last is not None and last < first
        said = BACKWARDS if backwards else ""
        if said and self.problem.isHidden():
            announce(self, said)
        self.problem.setText(said)
        self.problem.setVisible(backwards)
        self.first.box.set_failed(backwards or first is None)
        self.last.box.set_failed(backwards or last is None)
        self.take.setEnabled(first is not None and last is not None and not backwards)
        self.grid.show_range(first, last)
        if self.isVisible():
            self._fit()

    def _picked(self, day: date) -> None:
        """A day of the calendar goes into the field that was typed in last; after From comes To."""
        self._picking.set_text(typed.shown_date(day))
        self._picking = self.last if self._picking is self.first else self.first

    def _take(self) -> None:
        first, last = self._days()
        if first is not None and last is not None and first <= last:
            self.close()
            self.chosen.emit(first, last)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the edge."""
        painter, t = QPainter(self), look().tokens
        paint.box(painter, QRectF(self.rect()), 0, None, t.line_strong, 2 if t.edged else 1)
        painter.end()
