"""Swapping with an order that overtook: promised units change hands."""

from posapp.domain.allocation import close, free_for, mark_short, release, take
from posapp.domain.attention import SHORT_REASONS, Reason
from posapp.domain.book import Book
from posapp.domain.errors import Refused
from posapp.domain.lines import Line
from posapp.domain.orders import Order


def swap(book: Book, order: Order, other: Order) -> None:
    """Give a waiting order the units of one that paid later and overtook it.

    Moves min(short, held) per item in one step. Raises `Refused` once a unit of the
    other is with its customer: goods handed over always win.
    """
    if not (order.is_confirmed and other.is_confirmed) or other.place <= order.place:
        raise Refused(f"Order {other.number} did not overtake order {order.number}.", code="no_swap")
    if any(line.handed_over_qty for line in other.lines):
        raise Refused(f"Units of order {other.number} are with its customer already.", code="handed_over")
    moved = 0
    if order.location_id == other.location_id:
        for line in order.lines:
            moved += _same_goods(book, order, line, other)
            if order.short(line) > 0:
                moved += _shared_components(book, order, line, other)
    if not moved:
        raise Refused(
            f"Order {other.number} holds nothing that order {order.number} is short of.", code="no_swap"
        )
    mark_short(book, other, Reason.STOCK_DEFICIT, overtaken_by=order.id)
    case = order.open_case(*SHORT_REASONS)
    if case is not None and not order.short_units:
        close(book, order, case, resolution="swap", by=book.actor)


def _same_goods(book: Book, order: Order, line: Line, other: Order) -> int:
    """Unit for unit from lines that draw on the very same levels, last line first."""
    moved = 0
    for theirs in reversed(other.lines):
        units = min(order.short(line), theirs.allocated_qty) if theirs.uses == line.uses else 0
        if units > 0 and line.tracked:
            release(book, other, theirs, units, reason="swap")
            take(book, order, line, units)
            moved += units
    return moved


def _shared_components(book: Book, order: Order, line: Line, other: Order) -> int:
    """Between a bundle and something that shares a component with it: only what makes whole units is given up."""
    uses = line.uses
    held = {item: sum(x.uses.get(item, 0) * x.allocated_qty for x in other.lines) for item in uses}
    if not line.tracked or not any(held.values()):
        return 0
    free = {item: book.level(item, order.location_id).available for item in uses}
    units = min(order.short(line), *((free[item] + held[item]) // per for item, per in uses.items()))
    if units <= free_for(book, order, line):
        return 0  # what is free would do: nobody has to give anything up
    for item, per in uses.items():
        missing = units * per - book.level(item, order.location_id).available
        for theirs in reversed(other.lines):
            loss = min(-(-missing // theirs.uses[item]), theirs.allocated_qty) if item in theirs.uses else 0
            if missing > 0 and loss:
                release(book, other, theirs, loss, reason="swap")
                missing -= loss * theirs.uses[item]
    take(book, order, line, units)
    return units
