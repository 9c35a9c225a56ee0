"""Days as the shop lives them: in its own time zone, stored and compared in UTC."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


@dataclass(frozen=True, slots=True)
class Span:
    """A time from `from_at` (included) to `to_at` (not included), both aware UTC."""

    from_at: datetime
    to_at: datetime


def zone_of(name: str) -> ZoneInfo:
    """The time zone of a name; a name that nobody knows is taken as UTC."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def day_of(at: datetime, time_zone: str) -> Span:
    """The shop's day that contains a moment: 23, 24 or 25 hours long."""
    day = at.astimezone(zone_of(time_zone)).date()
    return days_between(day, day, time_zone)


def days_between(first: date, last: date, time_zone: str) -> Span:
    """The shop's days from the first to the last, both whole. Raises `ValueError` where the last comes first."""
    if last < first:
        raise ValueError("the last day lies before the first")
    zone = zone_of(time_zone)
    start, end = (datetime.combine(d, time(), zone) for d in (first, last + timedelta(days=1)))
    return Span(start.astimezone(UTC), end.astimezone(UTC))
