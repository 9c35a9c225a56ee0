"""The shift of a till: opened with a float, cash in and out beside sales, closed with a count."""

import msgspec

from posapp.commands.command import Command, Work
from posapp.commands.drawer import drawer_holds
from posapp.commands.shift_report import add_up, load_shift
from posapp.db.rows import CASH_MOVE, SHIFT
from posapp.domain.errors import NotFound, Refused
from posapp.domain.events import ShiftChanged
from posapp.domain.shift_report import CASH, COUNTABLE, ShiftReport
from posapp.domain.shifts import CashMove, Shift, cash_counted

MAX_MINOR = 10**15  # more than any drawer holds; a typing error
ASK_OVER_MINOR = 30_000  # a larger difference needs a reason, where the shop says nothing else
ALLOW_OVER_MINOR = 500_000  # a larger one needs who may manage shifts
_ENCODER = msgspec.json.Encoder(order="deterministic")


class OpenShift(Command, frozen=True, kw_only=True, tag="open_shift"):
    """A shift begins; `float_minor` is the cash that lies in the drawer then."""

    float_minor: int


class MoveCash(Command, frozen=True, kw_only=True, tag="move_cash"):
    """Cash put into the drawer, or (negative) taken out of it, for a reason."""

    amount_minor: int
    reason: str


class CloseShift(Command, frozen=True, kw_only=True, tag="close_shift"):
    """The shift ends with a count. `pieces` are notes and coins by face value in minor units: "100000" is ₦1,000.

    `counted` is what the other methods were found to hold, by their own slips; one that is
    not named was not counted.
    """

    pieces: dict[str, int] = {}
    loose_minor: int = 0  # coins and other cash, counted as one amount
    counted: dict[str, int] = {}
    reason: str = ""


class ReopenShift(Command, frozen=True, kw_only=True, tag="reopen_shift"):
    """Go on after a close: a new shift that says which Z it goes on from. The Z itself stays as it is."""

    shift_id: str
    reason: str


def open_shift(command: OpenShift, work: Work) -> str:
    """Begin a shift at this till. Raises `Refused` while one is open."""
    if not 0 <= command.float_minor <= MAX_MINOR:
        raise Refused("The float is the cash in the drawer: 0 or more.", code="bad_amount")
    return _begin(command, work, command.float_minor).id


def _begin(command: Command, work: Work, float_minor: int, *, reopens: str = "", reason: str = "") -> Shift:
    if work.book.shift_id:
        raise Refused("A shift is open at this till already: close it first.", code="shift_open")
    mark = work.row("SELECT COALESCE(MAX(rowid), 0) FROM sales_entry", ())
    shift = Shift(
        id=work.book.new_id("shift"),
        till=work.setting("till", "A"),
        opened_at=command.at,
        opened_by=command.actor,
        float_minor=float_minor,
        opening_mark=mark[0] if mark else 0,
        reopens=reopens,
        reopen_reason=reason,
    )
    work.connection.execute(SHIFT.insert, SHIFT.encode(shift))
    work.book.tell(ShiftChanged(shift.id))
    return shift


def move_cash(command: MoveCash, work: Work) -> str:
    """Write down cash in or out; out only up to what the drawer holds."""
    holds = drawer_holds(work)
    if holds is None:
        raise Refused("No shift is open at this till: open one first.", code="no_shift")
    if not 0 < abs(command.amount_minor) <= MAX_MINOR:
        raise Refused("Say how much cash: more than 0.", code="bad_amount")
    if not command.reason.strip():
        raise Refused("Say what the cash is for.", code="reason_missing")
    if holds + command.amount_minor < 0:
        raise Refused("The drawer does not hold that much cash.", code="drawer_short")
    move = CashMove(
        work.book.new_id("cash"), work.book.shift_id, command.amount_minor, command.reason, command.at, command.actor
    )  # fmt: skip
    work.connection.execute(CASH_MOVE.insert, CASH_MOVE.encode(move))
    work.book.tell(ShiftChanged(move.shift_id))
    return move.id


def counted_report(command: CloseShift, work: Work) -> ShiftReport:
    """The open shift as this command would close it. Raises `Refused` for a count that cannot be."""
    shift = load_shift(work.connection, work.book.shift_id) if work.book.shift_id else None
    if shift is None:
        raise Refused("No shift is open at this till.", code="no_shift")
    counts = (*command.pieces.values(), command.loose_minor)
    if any(not 0 <= count <= MAX_MINOR for count in counts) or not all(map(_is_face, command.pieces)):
        raise Refused("A count of notes and coins is 0 or more.", code="bad_amount")
    if cash_counted(command.pieces, command.loose_minor) > MAX_MINOR:
        raise Refused("That is more than a drawer can hold.", code="bad_amount")
    for method, amount in command.counted.items():
        if method not in COUNTABLE or method == CASH or abs(amount) > MAX_MINOR:
            raise Refused(f"{method!r} is nothing that can be counted so.", code="bad_method")
    found = {CASH: cash_counted(command.pieces, command.loose_minor), **command.counted}
    report = add_up(work.connection, shift, command.at)
    return msgspec.structs.replace(
        report,
        counts=report.counted(found),
        pieces={face: count for face, count in command.pieces.items() if count},
        loose_minor=command.loose_minor,
        reason=command.reason.strip(),
        closed_by=command.actor,
    )


def _is_face(face: str) -> bool:
    """Whether it is the face value of a note or a coin, in digits."""
    return face.isascii() and face.isdecimal() and len(face) <= len(str(MAX_MINOR)) and int(face) > 0


def over_limit(command: CloseShift, work: Work) -> bool:
    """Whether the difference of a close is so large that only who may manage shifts can allow it."""
    limit = _amount(work, "shift_manager_over_minor", ALLOW_OVER_MINOR)
    return abs(counted_report(command, work).difference_minor) > limit


def close_shift(command: CloseShift, work: Work) -> str:
    """End the shift and freeze its Z. It always can: what is open is written down and carries over."""
    report = counted_report(command, work)
    ask_over = _amount(work, "shift_reason_over_minor", ASK_OVER_MINOR)
    if abs(report.difference_minor) > ask_over and not report.reason:
        raise Refused("Say why the count differs from what was expected.", code="reason_missing")
    shift = load_shift(work.connection, report.shift_id)
    assert shift is not None, "it was added up in this transaction"
    shift.z_number = work.count_up(f"z:{shift.till}")
    shift.closed_at, shift.closed_by = command.at, command.actor
    shift.approved_by = getattr(command, "approved_by", "")
    shift.pieces, shift.loose_minor = report.pieces, report.loose_minor
    shift.counted = {c.method: c.counted_minor for c in report.counts if c.counted_minor is not None}
    shift.difference_minor, shift.reason = report.difference_minor, report.reason
    frozen = msgspec.structs.replace(report, z_number=shift.z_number, approved_by=shift.approved_by)
    shift.report = _ENCODER.encode(frozen).decode()
    work.connection.execute(SHIFT.upsert, SHIFT.encode(shift))
    work.book.tell(ShiftChanged(shift.id))
    return shift.id


def reopen_shift(command: ReopenShift, work: Work) -> str:
    """Go on with the till's last shift, with the cash that was counted at its close."""
    if not command.reason.strip():
        raise Refused("Say why the shift is opened again.", code="reason_missing")
    closed = load_shift(work.connection, command.shift_id)
    if closed is None:
        raise NotFound("There is no such shift.", code="shift_not_found")
    last = work.row("SELECT id FROM shift WHERE till = ? ORDER BY rowid DESC LIMIT 1", (closed.till,))
    if closed.till != work.setting("till", "A") or last is None or last[0] != closed.id:
        raise Refused("Only this till's last shift can be opened again.", code="not_last")
    cash = cash_counted(closed.pieces, closed.loose_minor)
    return _begin(command, work, cash, reopens=closed.id, reason=command.reason.strip()).id


def _amount(work: Work, key: str, otherwise: int) -> int:
    """A setting that is an amount in minor units."""
    text = work.setting(key)
    return int(text) if text.isdecimal() else otherwise
