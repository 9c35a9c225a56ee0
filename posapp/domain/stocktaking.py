"""Receiving, adjusting, counting and opening stock."""

from posapp.domain.allocation import lose
from posapp.domain.book import Book
from posapp.domain.errors import Refused
from posapp.domain.lines import Line
from posapp.domain.orders import Order
from posapp.domain.stock import Level, MovementKind

MAX_UNITS = 1_000_000


def receive(book: Book, level: Level, units: int, *, reason: str) -> None:
    """Goods arrived; waiting orders are served at the end of the command."""
    if not 0 < units <= MAX_UNITS:
        raise Refused(f"Receive between 1 and {MAX_UNITS:,} units.", code="bad_quantity")
    book.move(level, MovementKind.RECEIVE, on_hand=units, reason=reason)


def adjust(book: Book, level: Level, units: int, *, reason: str) -> None:
    """Correct the shelf by a difference, with a reason. Below 0 is refused."""
    if units == 0 or abs(units) > MAX_UNITS:
        raise Refused("Say by how many units to adjust, for example -2 or 3.", code="bad_quantity")
    if not reason:
        raise Refused("Say why the stock is adjusted.", code="reason_missing")
    if level.on_hand + units < 0:
        raise Refused(f"Only {level.on_hand} are on the shelf: it cannot go below 0.", code="below_zero")
    _shift(book, level, units, MovementKind.ADJUST, reason)


def count(book: Book, level: Level, counted: int, *, seen: int, reason: str) -> None:
    """Apply a count. The difference to the number that was *seen* is what counts.

    Whatever happened between looking and saving stays. A shelf cannot go below 0: then
    it is 0, and the item asks to be counted again.
    """
    if not 0 <= counted <= MAX_UNITS:
        raise Refused(f"A count lies between 0 and {MAX_UNITS:,}.", code="bad_quantity")
    delta = counted - seen
    below = level.on_hand + delta < 0
    _shift(book, level, max(delta, -level.on_hand), MovementKind.COUNT, reason)
    level.recount = below


def _shift(book: Book, level: Level, delta: int, kind: MovementKind, reason: str) -> None:
    """Move the shelf; if less is left than is promised, the newest promises are broken first."""
    missing = level.allocated - (level.on_hand + delta)
    if missing > 0:
        lose(book, level, missing, reason=reason)
    book.move(level, kind, on_hand=delta, reason=reason)


def transfer(book: Book, source: Level, target: Level, units: int, *, reason: str) -> None:
    """Carry free units to another location, where waiting orders are served at the end of the command.

    What is promised to an order stays where its order is. Raises `Refused` for more than is free.
    """
    if source.id == target.id:
        raise Refused("Choose two different locations.", code="same_location")
    if not 0 < units <= MAX_UNITS:
        raise Refused(f"Move between 1 and {MAX_UNITS:,} units.", code="bad_quantity")
    if units > source.available:
        promised = f", {source.allocated} of {source.on_hand} are promised" if source.allocated else ""
        raise Refused(f"Only {source.available} are free there{promised}.", code="not_free")
    carry(book, source, target, units, reason=reason)


def carry(
    book: Book,
    source: Level,
    target: Level,
    units: int,
    *,
    order: Order | None = None,
    line: Line | None = None,
    reason: str = "",
) -> None:
    """Take units off one shelf and put them onto another; with a line, it is for its sake."""
    book.move(source, MovementKind.TRANSFER, on_hand=-units, order=order, line=line, reason=reason)
    book.move(target, MovementKind.TRANSFER, on_hand=units, order=order, line=line, reason=reason)


def open_stock(book: Book, level: Level, units: int) -> None:
    """Take over a shop's number once; a negative one opens as 0 and asks for a count."""
    book.move(level, MovementKind.OPENING, on_hand=max(0, units))
    level.recount = units < 0
