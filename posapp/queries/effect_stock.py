"""The stock side of an effect: each item's level before and after, and why."""

from posapp.domain.book import Book
from posapp.domain.orders import Order
from posapp.domain.stock import Level, MovementKind
from posapp.queries.effect_rows import StockEffect, StockNote
from posapp.queries.reader import Reader

_PRODUCT = "SELECT name FROM product WHERE id = ?"


def stock_effects(reader: Reader, book: Book, before: Order, after: Order) -> tuple[StockEffect, ...]:
    """The order's tracked items in line order, then whatever else moved."""
    names: dict[str, str] = {}
    for line in sorted(after.lines, key=lambda line: (line.position, line.id)):
        if line.tracked:
            names.setdefault(book.level(line.item_id, after.location_id).id, line.name)
    for level in book.changed_levels():
        names.setdefault(level.id, str(reader.value(_PRODUCT, (level.item_id,)) or ""))
    return tuple(_effect(book, before, after, book.levels[key], name) for key, name in names.items())


def _effect(book: Book, before: Order, after: Order, level: Level, name: str) -> StockEffect:
    old = book.levels_before[level.id]
    found = sum(
        movement.on_hand_delta
        for movement in book.movements
        if movement.kind == MovementKind.FOUND and movement.item_id == level.item_id
    )
    return StockEffect(
        item_id=level.item_id,
        name=name,
        on_hand_before=old.on_hand if old else 0,
        on_hand_after=level.on_hand,
        allocated_before=old.allocated if old else 0,
        allocated_after=level.allocated,
        found=found,
        note=_note(book, before, after, level),
    )


def _note(book: Book, before: Order, after: Order, level: Level) -> StockNote:
    moved = [m for m in book.movements if (m.item_id, m.location_id) == (level.item_id, level.location_id)]
    ours = [m for m in moved if m.order_id == after.id]
    kinds = {m.kind for m in ours}
    if MovementKind.FOUND in kinds:
        return StockNote.FOUND
    if MovementKind.HANDOVER in kinds:
        return StockNote.HANDED_OVER
    if MovementKind.RELEASE in kinds:
        others = any(m.kind == MovementKind.ALLOCATE and m.order_id != after.id for m in moved)
        return StockNote.TO_OTHERS if others else StockNote.FREED
    if MovementKind.ALLOCATE in kinds:
        swapped = any(m.kind == MovementKind.RELEASE and m.order_id != after.id for m in moved)
        return StockNote.SWAPPED if swapped else StockNote.TAKEN
    return StockNote.NEVER_LEFT if _dropped(before, after, level) else StockNote.NO_CHANGE


def _dropped(before: Order, after: Order, level: Level) -> bool:
    """Whether missing units of the item are no longer wanted."""
    now = {line.id: after.short(line) for line in after.lines if line.item_id == level.item_id}
    return any(before.short(line) > now.get(line.id, 0) for line in before.lines if line.id in now)
