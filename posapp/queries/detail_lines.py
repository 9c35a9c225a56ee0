"""The lines of an order with their stock: what is free for each here, and what other locations have."""

from collections.abc import Iterator, Mapping

from posapp.domain.book import Book
from posapp.domain.lines import Line
from posapp.domain.orders import Order
from posapp.queries.detail_rows import Elsewhere, LineFacts
from posapp.queries.reader import Place, Reader

Uses = Mapping[str, int]  # item id: units in one


def line_facts(reader: Reader, book: Book, order: Order) -> tuple[LineFacts, ...]:
    """The lines in their order. Free units that several lines could have are counted for the first."""
    lines = sorted(order.lines, key=lambda line: (line.position, line.id))
    drawn = {line.id: _uses(book, line) for line in lines}
    left = {item: book.level(item, order.location_id).available for uses in drawn.values() for item in uses}
    others = tuple(place for place in reader.settings().locations if place.id != order.location_id)
    found = []
    for line in lines:
        uses = drawn[line.id]
        fillable = min(max(0, order.short(line)), _whole(left, uses))
        for item, per in uses.items():
            left[item] -= fillable * per
        found.append(_line(book, order, line, uses, fillable, others))
    return tuple(found)


def _uses(book: Book, line: Line) -> Uses:
    """What a line draws on, or will once it is paid; nothing for untracked goods."""
    if line.tracked or line.confirmed_qty or not line.variant_id:
        return line.uses
    variant = book.source.variant(line.variant_id)
    if variant is None or not variant.track_stock:
        return {}
    return variant.components or {variant.item_id: 1}


def _whole(free: Mapping[str, int], uses: Uses) -> int:
    return min((free[item] // per for item, per in uses.items()), default=0)


def _elsewhere(
    book: Book, order: Order, line: Line, uses: Uses, others: tuple[Place, ...]
) -> Iterator[Elsewhere]:
    """What could be brought for a short line; a bundle needs only what is missing here."""
    for place in others:
        there = {item: book.level(item, place.id).available for item in uses}
        if line.components:
            here = {item: book.level(item, order.location_id).available for item in uses}
            both = {item: here[item] + there[item] for item in uses}
            units = _whole(both, uses) - _whole(here, uses)
        else:
            units = _whole(there, uses)
        if units:
            yield Elsewhere(place.id, place.name, units)


def _line(
    book: Book, order: Order, line: Line, uses: Uses, fillable: int, others: tuple[Place, ...]
) -> LineFacts:
    free = {item: book.level(item, order.location_id).available for item in uses}
    left = line.qty - line.refunded_qty
    is_short = bool(uses) and order.short(line) > 0
    return LineFacts(
        line_id=line.id,
        product_id=line.variant_id,
        item_id=next(iter(uses)) if len(uses) == 1 else line.item_id,
        name=line.name,
        sku=line.sku,
        tracked=bool(uses),
        ordered=line.qty_placed,
        wanted=order.wanted(line),
        held=line.allocated_qty,
        short=order.short(line),
        free_now=_whole(free, uses) if uses else None,
        handed_over=line.handed_over_qty,
        refunded=line.refunded_qty,
        unpaid=max(0, line.qty - line.confirmed_qty),
        unit_price_minor=line.unit_price_minor,
        line_total_minor=line.unit_price_minor * left,
        worth_minor=line.gross_left_minor,
        uses=tuple(uses.items()),
        fillable=fillable,
        elsewhere=tuple(_elsewhere(book, order, line, uses, others)) if is_short else (),
    )
