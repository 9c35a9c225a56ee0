"""Shifts of the tills: the one that is open, X at any moment, and every Z as it was frozen."""

from dataclasses import dataclass
from datetime import datetime

import msgspec

from posapp.commands.drawer import open_shift_id
from posapp.commands.shift_report import add_up, load_shift
from posapp.commands.shifts import ALLOW_OVER_MINOR, ASK_OVER_MINOR
from posapp.db.rows import from_text, to_text
from posapp.domain.shift_report import ShiftReport
from posapp.domain.shifts import Shift, cash_counted
from posapp.queries.reader import Reader

PAGE = 256
_DECODER = msgspec.json.Decoder(ShiftReport)
_LAST = "SELECT id FROM shift WHERE till = ? AND closed_at IS NOT NULL ORDER BY rowid DESC LIMIT 1"
_REPORT = "SELECT report FROM shift WHERE id = ?"
_CLOSED = (
    "SELECT id, till, z_number, opened_at, closed_at, closed_by, difference_minor, "
    "json_extract(report, '$.sales_minor') - json_extract(report, '$.refunds_minor') FROM shift "
    "WHERE closed_at IS NOT NULL AND closed_at < ? ORDER BY closed_at DESC LIMIT ?"
)
_SETTINGS = (
    "SELECT key, value FROM setting "
    "WHERE key IN ('shift_reason_over_minor', 'shift_manager_over_minor', 'blind_count')"
)
_LATE = (
    "SELECT s.order_id, o.number, s.at, s.amount_minor FROM sales_entry s CROSS JOIN orders o ON o.id = s.order_id "
    "WHERE s.at >= ? AND s.at < ? AND s.rowid > ? AND s.shift_id <> ? ORDER BY s.rowid LIMIT 256"
)


@dataclass(frozen=True, slots=True)
class ClosedShift:
    """One line of the list of Z reports."""

    shift_id: str
    till: str
    z_number: int
    opened_at: datetime
    closed_at: datetime
    closed_by: str
    difference_minor: int
    total_sales_minor: int


@dataclass(frozen=True, slots=True)
class CountingRules:
    """How a close is counted. With `blind` nobody sees what is expected before the count is done."""

    blind: bool
    ask_over_minor: int  # a larger difference needs a reason
    allow_over_minor: int  # a larger one needs who may manage shifts


@dataclass(frozen=True, slots=True)
class LateEntry:
    """An amount that was written after a close, but dated before it: "added after close"."""

    order_id: str
    number: str
    at: datetime
    amount_minor: int


def open_shift_of(reader: Reader) -> Shift | None:
    """The shift that is open at this till; None where none is."""
    with reader.snapshot():
        shift_id = open_shift_id(reader.connection)
        return load_shift(reader.connection, shift_id) if shift_id else None


def x_report(reader: Reader, at: datetime) -> ShiftReport | None:
    """Every figure of the open shift as of now; None where no shift is open."""
    with reader.snapshot():
        shift = open_shift_of(reader)
        return None if shift is None else add_up(reader.connection, shift, at)


def z_report(reader: Reader, shift_id: str) -> ShiftReport | None:
    """A Z exactly as it was frozen; None for a shift that is open or unknown."""
    frozen = reader.value(_REPORT, (shift_id,))
    return _DECODER.decode(frozen) if frozen else None


def closed_shifts(reader: Reader, *, before: datetime | None = None) -> tuple[ClosedShift, ...]:
    """Z reports, the last first, a page at a time; `before` is the close of the last one shown."""
    rows = reader.rows(_CLOSED, (to_text(before) if before else "~", PAGE))
    return tuple(
        ClosedShift(id_, till, z, from_text(opened), from_text(closed), by, difference, total)
        for id_, till, z, opened, closed, by, difference, total in rows
    )


def last_closed(reader: Reader) -> Shift | None:
    """The shift that this till closed last."""
    with reader.snapshot():
        shift_id = reader.value(_LAST, (reader.settings().till,))
        return load_shift(reader.connection, shift_id) if shift_id else None


def cash_left(reader: Reader) -> int | None:
    """The cash that was counted at this till's last close; None before the first one."""
    shift = last_closed(reader)
    return None if shift is None else cash_counted(shift.pieces, shift.loose_minor)


def counting_rules(reader: Reader) -> CountingRules:
    """How closes are counted in this shop."""
    known = {str(key): str(value) for key, value in reader.rows(_SETTINGS)}
    ask, allow = known.get("shift_reason_over_minor", ""), known.get("shift_manager_over_minor", "")
    return CountingRules(
        known.get("blind_count") == "true",
        int(ask) if ask.isdecimal() else ASK_OVER_MINOR,
        int(allow) if allow.isdecimal() else ALLOW_OVER_MINOR,
    )


def added_after_close(reader: Reader, report: ShiftReport) -> tuple[LateEntry, ...]:
    """What was dated into a closed shift's time after its close. The Z itself never changes."""
    span = (to_text(report.opened_at), to_text(report.at), report.mark, report.shift_id)
    return tuple(
        LateEntry(order, number, from_text(at), amount)
        for order, number, at, amount in reader.rows(_LATE, span)
    )
