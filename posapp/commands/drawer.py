"""The till's open shift, and what its drawer holds."""

from sqlite3 import Connection

from posapp.commands.command import Work
from posapp.domain.errors import Refused
from posapp.domain.orders import Order
from posapp.domain.payments import PaymentState

_OPEN = (
    "SELECT id FROM shift WHERE closed_at IS NULL AND till = (SELECT value FROM setting WHERE key = 'till')"
)
_HOLDS = (
    "SELECT s.float_minor "
    "+ (SELECT COALESCE(SUM(gross_minor - customer_fee_minor), 0) FROM payment "
    "WHERE shift_id = s.id AND shift_id <> '' AND method = 'cash' AND state = 'SUCCEEDED') "
    "- (SELECT COALESCE(SUM(amount_minor), 0) FROM part "
    "WHERE shift_id = s.id AND shift_id <> '' AND route = 'cash' AND state <> 'FAILED') "
    "+ (SELECT COALESCE(SUM(amount_minor), 0) FROM account_payment WHERE shift_id = s.id AND method = 'cash') "
    "+ (SELECT COALESCE(SUM(amount_minor), 0) FROM cash_move WHERE shift_id = s.id) "
    "FROM shift s WHERE s.id = ?"
)


def open_shift_id(connection: Connection) -> str:
    """The shift that is open at this till, "" where none is."""
    row = connection.execute(_OPEN).fetchone()
    return str(row[0]) if row else ""


def drawer_of(connection: Connection, shift_id: str) -> int:
    """What a shift's drawer holds by the book, in minor units."""
    row = connection.execute(_HOLDS, (shift_id,)).fetchone()
    return int(row[0]) if row else 0


def drawer_holds(work: Work) -> int | None:
    """What the drawer held before this command, in minor units; None where no shift is open to say so."""
    return drawer_of(work.connection, work.book.shift_id) if work.book.shift_id else None


def guard_drawer(work: Work) -> None:
    """Refuse a command that pays out more cash than the drawer holds. Without a shift nobody can say."""
    book = work.book
    if not book.shift_id:
        return
    moved = [_cash_moved(order, book.orders_before[order.id]) for order in book.orders.values()]
    if not any(out for _, out in moved):
        return
    holds = drawer_of(work.connection, book.shift_id)
    if holds + sum(came - out for came, out in moved) < 0:
        raise Refused(
            "The drawer does not hold that much cash. Put cash in first, or give the money back another way.",
            code="drawer_short",
        )


def _cash_moved(order: Order, before: Order | None) -> tuple[int, int]:
    """The cash that a command brought for one order, and what it gave back."""
    paid = {p.id for p in before.payments if p.state == PaymentState.SUCCEEDED} if before else set()
    gone = {part.id for part in before.parts} if before else set()
    came = sum(
        p.credited_minor
        for p in order.payments
        if p.id not in paid and p.method == "cash" and p.state == PaymentState.SUCCEEDED
    )
    return came, sum(
        part.amount_minor for part in order.parts if part.id not in gone and part.route == "cash"
    )
