"""The shift of a till: opened with a float, cash in and out beside sales, closed with a count."""

from posapp.commands.command import Command, Work
from posapp.commands.drawer import drawer_holds
from posapp.db.rows import CASH_MOVE, SHIFT
from posapp.domain.errors import Refused
from posapp.domain.events import ShiftChanged
from posapp.domain.shifts import CashMove, Shift

MAX_MINOR = 10**15  # more than any drawer holds; a typing error


class OpenShift(Command, frozen=True, kw_only=True, tag="open_shift"):
    """A shift begins; `float_minor` is the cash that lies in the drawer then."""

    float_minor: int


class MoveCash(Command, frozen=True, kw_only=True, tag="move_cash"):
    """Cash put into the drawer, or (negative) taken out of it, for a reason."""

    amount_minor: int
    reason: str


def open_shift(command: OpenShift, work: Work) -> str:
    """Begin a shift at this till. Raises `Refused` while one is open."""
    if not 0 <= command.float_minor <= MAX_MINOR:
        raise Refused("The float is the cash in the drawer: 0 or more.", code="bad_amount")
    return _begin(command, work, command.float_minor).id


def _begin(command: Command, work: Work, float_minor: int) -> Shift:
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
