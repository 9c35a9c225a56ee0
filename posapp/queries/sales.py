"""Total Sales: what was confirmed and paid, less what refunds took off, by when it counts."""

from dataclasses import dataclass
from datetime import UTC, datetime

from posapp.db.rows import from_text, to_text
from posapp.queries.days import Span, zone_of
from posapp.queries.reader import Reader

_ALWAYS = ("", "~")  # text that lies before and after every stored time
_TOTALS = (
    "SELECT COALESCE(SUM(amount_minor), 0), COALESCE(SUM(CASE WHEN refund_id = '' THEN amount_minor END), 0), "
    "COALESCE(-SUM(CASE WHEN refund_id <> '' THEN amount_minor END), 0), "
    "COUNT(DISTINCT CASE WHEN refund_id = '' THEN order_id END) FROM sales_entry WHERE at >= ? AND at < ?"
)
_SHARES = (
    "SELECT COALESCE(SUM(CASE WHEN o.channel = 'WEB' THEN s.amount_minor END), 0), "
    "COALESCE(SUM(CASE WHEN o.channel <> 'WEB' THEN s.amount_minor END), 0) "
    "FROM sales_entry s CROSS JOIN orders o ON o.id = s.order_id WHERE s.at >= ? AND s.at < ?"
)
_MINUTES = (
    "SELECT substr(s.at, 1, 16), o.channel = 'WEB', SUM(s.amount_minor) FROM sales_entry s "
    "CROSS JOIN orders o ON o.id = s.order_id WHERE s.at >= ? AND s.at < ? AND s.refund_id = '' GROUP BY 1, 2"
)


@dataclass(frozen=True, slots=True)
class TotalSales:
    """Sales of a period in minor units. `refunds_minor` is positive: what refunds took off."""

    total_minor: int  # sales less refunds
    sales_minor: int
    refunds_minor: int
    orders: int  # that had something enter


@dataclass(frozen=True, slots=True)
class ChannelShares:
    """Total Sales of a period by where the order was made; counter is everything but the web."""

    web_minor: int
    counter_minor: int


@dataclass(frozen=True, slots=True)
class HourSales:
    """Sales (before refunds) of one hour of the shop's day."""

    hour: int  # 0 to 23, in the shop's time zone
    counter_minor: int
    web_minor: int


def total_sales(reader: Reader, from_at: datetime | None = None, to_at: datetime | None = None) -> TotalSales:
    """Total Sales from a time (included) to a time (not included), aware; without them, of all time."""
    found = reader.row(_TOTALS, span_texts(from_at, to_at))
    assert found is not None, "an aggregate always has a row"
    return TotalSales(*found)


def channel_shares(reader: Reader, span: Span) -> ChannelShares:
    """Say what of Total Sales came from the web and what from the counter."""
    found = reader.row(_SHARES, (to_text(span.from_at), to_text(span.to_at)))
    assert found is not None, "an aggregate always has a row"
    return ChannelShares(*found)


def sales_by_hour(reader: Reader, span: Span, time_zone: str) -> tuple[HourSales, ...]:
    """Sales by hour of the shop's own clock; hours without any are left out."""
    zone = zone_of(time_zone)
    hours: dict[int, list[int]] = {}
    for minute, is_web, amount in reader.rows(_MINUTES, (to_text(span.from_at), to_text(span.to_at))):
        hour = from_text(f"{minute}:00").replace(tzinfo=UTC).astimezone(zone).hour
        hours.setdefault(hour, [0, 0])[is_web] += amount
    return tuple(HourSales(hour, counter, web) for hour, (counter, web) in sorted(hours.items()))


def span_texts(from_at: datetime | None, to_at: datetime | None) -> tuple[str, str]:
    """Two times as they are stored; without one, what lies before or after every stored time."""
    first, last = _ALWAYS
    return to_text(from_at) if from_at else first, to_text(to_at) if to_at else last
