"""Getting a waiting line its missing units: those that are free, those another location has, those that are found."""

from collections.abc import Mapping

from posapp.domain.allocation import free_for, take
from posapp.domain.book import Book, Brought, Decision
from posapp.domain.errors import Refused
from posapp.domain.lines import Line
from posapp.domain.orders import Order
from posapp.domain.stock import MovementKind
from posapp.domain.stocktaking import carry

Bring = Mapping[str, Mapping[str, int]]  # line id, location id: units


def refuse_unknown(order: Order, *chosen: Mapping[str, object]) -> None:
    """Raise `Refused` where a choice names a line that the order does not have."""
    if {line_id for units in chosen for line_id in units} - {line.id for line in order.lines}:
        raise Refused("That line is not part of this order.", code="line_not_found")


def fulfill_line(
    book: Book, order: Order, line: Line, units: int, bring: Mapping[str, int], decision: Decision
) -> None:
    """Give a line `units` from here and what `bring` says from elsewhere, by location id.

    What is free here comes first, then what is brought; what is still missing is FOUND:
    on hand rises by exactly that. The decision remembers it, so that it can be taken back.
    """
    free = min(units, free_for(book, order, line)) if units > 0 and line.tracked else 0
    take(book, order, line, free)
    brought = sum(_bring(book, order, line, place, n, decision) for place, n in bring.items() if n)
    found = units - free
    if found > 0:
        _find(book, order, line, found, decision)
    if free + brought + found > 0:
        decision.gained[line.id] = free + brought + found


def _bring(book: Book, order: Order, line: Line, location_id: str, units: int, decision: Decision) -> int:
    """Carry units over for this line only; of a bundle, those components that are missing here."""
    if units < 0 or location_id == order.location_id:
        raise Refused("Units are brought from another location than the order's own.", code="bad_quantity")
    for item, per in line.uses.items():
        source, here = (book.level(item, place) for place in (location_id, order.location_id))
        count = max(0, units * per - here.available) if line.components else units
        if count > source.available:
            raise Refused(
                f"{line.name}: only {source.available} are free there, {count} would be brought.",
                code="not_free",
            )
        if count:
            carry(book, source, here, count, order=order, line=line)
            decision.brought.append(Brought(line.id, item, location_id, count))
    take(book, order, line, units)
    return units


def _find(book: Book, order: Order, line: Line, units: int, decision: Decision) -> None:
    for item, per in line.uses.items():
        level = book.level(item, order.location_id)
        missing = units * per - level.available
        if missing > 0:
            book.move(level, MovementKind.FOUND, on_hand=missing, order=order, line=line)
            decision.found.setdefault(line.id, {})[item] = missing
    take(book, order, line, units)
