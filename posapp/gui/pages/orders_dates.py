"""The chip of days above the list of orders: the usual spans, days from and to, and what the day is the day of."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from PySide6.QtWidgets import QMenu

from posapp.gui import text
from posapp.gui.parts import Shop
from posapp.gui.widgets.date_range import DateRangePopup
from posapp.gui.widgets.filter_chip import FilterChip
from posapp.queries.days import Span, days_between
from posapp.queries.orders import DateOf
from posapp.settings import SavedView

_BACK = {"today": 0, "week": 6, "month": 29}  # days before today that are taken in
USUAL = ("today", "yesterday", "week", "month", "this_month")
RANGE = "range"
_LABELS = {DateOf.PLACED: "Date", DateOf.CONFIRMED: "Confirmed"}
_WORDS = {DateOf.PLACED: "Day it was placed", DateOf.CONFIRMED: "Day it was confirmed (paid in full)"}


@dataclass(frozen=True, slots=True)
class Days:
    """What the chip says: a usual span by its key, "range" with both days, or None for any day."""

    key: str | None = None
    first: date | None = None
    last: date | None = None
    date_of: DateOf = DateOf.PLACED


class DateChip(FilterChip):
    """`changed` also comes when other days are chosen under the same key."""

    kinds = True  # whether the day may be that of placing or of confirming

    def __init__(self, shop: Shop, clock: Callable[[], datetime]) -> None:
        super().__init__("Date", value="today")
        self._shop, self._clock = shop, clock
        self.days = Days("today")
        self.popup: DateRangePopup | None = None
        self.name_days()

    def name_days(self) -> None:
        """Word the days anew; a window that stays open lives to see another date."""
        today = text.date(self._clock(), self._shop.zone, today=self._clock())
        self.set_choices(
            [
                ("today", f"Today, {today}"),
                ("yesterday", "Yesterday"),
                ("week", "Last 7 days"),
                ("month", "Last 30 days"),
                ("this_month", "This month"),
                (RANGE, self._range_words()),
            ]
        )

    def _range_words(self) -> str:
        first, last = self.days.first, self.days.last
        if first is None or last is None:
            return "From – to"
        if first == last:
            return f"{first.day} {first:%b %Y}"
        year = f" {first.year}" if first.year != last.year else ""
        month = f" {first:%b}" if year or first.month != last.month else ""
        return f"{first.day}{month}{year} – {last.day} {last:%b %Y}"

    def words(self) -> str:
        """Give what stands on it; by the day of confirmation it says so."""
        said = super().words()
        named = self.value is not None and self._date_of() is not DateOf.PLACED
        return f"{_LABELS[self._date_of()]}: {said}" if named else said

    def _date_of(self) -> DateOf:
        return self.days.date_of if hasattr(self, "days") else DateOf.PLACED

    def set_value(self, value: str | None) -> None:
        """Choose a usual span, or any day; a range is chosen with its days by `set_days`."""
        self.set_days(Days(value, date_of=self.days.date_of if value else DateOf.PLACED))

    def set_days(self, days: Days) -> None:
        """Choose days, and tell it when that is a change. A range that is not whole is any day."""
        if days.key == RANGE and (days.first is None or days.last is None or days.last < days.first):
            days = Days(date_of=days.date_of)
        if days == self.days:
            return
        self.days, self._value = days, days.key
        self.set_label(_LABELS[days.date_of])
        self.name_days()
        self.changed.emit(days.key)

    def span(self) -> Span | None:
        """Give the time from the first to the last day, in the shop's zone; None for any."""
        days, zone = self.days, self._shop.zone
        today = self._clock().astimezone(zone).date()
        match days.key:
            case None:
                return None
            case "range" if days.first is not None and days.last is not None:
                first, last = days.first, days.last
            case "this_month":
                first, last = today.replace(day=1), today
            case "yesterday":
                first = last = today - timedelta(days=1)
            case key:
                first, last = today - timedelta(days=_BACK[key]), today
        return days_between(first, last, zone.key)

    def days_of(self, from_at: datetime | None, to_at: datetime | None, date_of: DateOf) -> Days:
        """The days that bounds of a filter mean; without both, any day."""
        if from_at is None or to_at is None:
            return Days(date_of=date_of)
        zone = self._shop.zone
        last = to_at.astimezone(UTC) - timedelta(microseconds=1)
        return Days(RANGE, from_at.astimezone(zone).date(), last.astimezone(zone).date(), date_of)

    def fill_menu(self, menu: QMenu) -> None:
        """Offer the usual spans, days from and to, and below what the day is the day of."""
        super().fill_menu(menu)
        ranged = menu.actions()[-1]
        ranged.setText(f"{self._range_words()}…" if self.value == RANGE else "From – to…")
        ranged.triggered.disconnect()
        ranged.triggered.connect(self.choose_range)
        if not self.kinds:
            return
        menu.addSeparator()
        for date_of, words in _WORDS.items():
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(date_of is self.days.date_of)
            action.triggered.connect(lambda _=False, each=date_of: self._set_date_of(each))

    def _set_date_of(self, date_of: DateOf) -> None:
        days = self.days
        self.set_days(Days(days.key, days.first, days.last, date_of))

    def choose_range(self) -> None:
        """Open the calendar beneath the chip, on the days that are shown now."""
        zone = self._shop.zone
        today, span = self._clock().astimezone(zone).date(), self.span()
        first = last = None
        if span is not None:
            now = self.days_of(span.from_at, span.to_at, self.days.date_of)
            first, last = now.first, now.last
        self.popup = DateRangePopup(today, first, last, self.window())
        self.popup.chosen.connect(
            lambda first, last: self.set_days(Days(RANGE, first, last, self.days.date_of))
        )
        self.popup.destroyed.connect(self._popup_gone)
        self.popup.open_at(self)

    def _popup_gone(self) -> None:
        self.popup = None


def days_of_view(saved: SavedView) -> Days:
    """The days of a saved view; what cannot be read is any day."""
    date_of = DateOf.CONFIRMED if saved.date_of == DateOf.CONFIRMED else DateOf.PLACED
    if saved.day != RANGE:
        return Days(saved.day if saved.day in USUAL else None, date_of=date_of)
    try:
        return Days(RANGE, date.fromisoformat(saved.first), date.fromisoformat(saved.last), date_of)
    except ValueError:
        return Days(date_of=date_of)
