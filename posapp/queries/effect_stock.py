"""The stock side of an effect: each item's level before and after, and why."""

from posapp.domain.book import Book
from posapp.domain.orders import Order
from posapp.domain.stock import Level, MovementKind
from posapp.queries.effect_rows import StockEffect, StockNote
from posapp.queries.reader import Reader

_PRODUCT = "SELECT name FROM product WHERE id = ?"


def stock_effects(reader: Reader, book: Book, before: Order, after: Order) -> tuple[StockEffect, ...]:
    """The order's tracked items in line order, of a bundle its components, then whatever else moved."""
    names: dict[str, str] = {}
    for line in sorted(after.lines, key=lambda line: (line.position, line.id)):
        for item in line.uses:
            name = _name(reader, item) if line.components else line.name
            names.setdefault(book.level(item, after.location_id).id, name)
    for level in book.changed_levels():
        names.setdefault(level.id, _name(reader, level.item_id))
    places = {place.id: place.name for place in reader.settings().locations}
    shown = places if len(places) > 1 else {}
    return tuple(_effect(book, before, after, book.levels[key], name, shown) for key, name in names.items())


def _name(reader: Reader, item_id: str) -> str:
    return str(reader.value(_PRODUCT, (item_id,)) or "")


def _effect(
    book: Book, before: Order, after: Order, level: Level, name: str, places: dict[str, str]
) -> StockEffect:
    old = book.levels_before[level.id]
    moved: dict[MovementKind, int] = {}
    for movement in book.movements:
        if (movement.item_id, movement.location_id) == (level.item_id, level.location_id):
            moved[movement.kind] = moved.get(movement.kind, 0) + movement.on_hand_delta
    return StockEffect(
        item_id=level.item_id,
        name=name,
        on_hand_before=old.on_hand if old else 0,
        on_hand_after=level.on_hand,
        allocated_before=old.allocated if old else 0,
        allocated_after=level.allocated,
        found=moved.get(MovementKind.FOUND, 0),
        note=_note(book, before, after, level),
        location=places.get(level.location_id, ""),
        brought=moved.get(MovementKind.TRANSFER, 0),
    )


def _note(book: Book, before: Order, after: Order, level: Level) -> StockNote:
    moved = [m for m in book.movements if (m.item_id, m.location_id) == (level.item_id, level.location_id)]
    ours = [m for m in moved if m.order_id == after.id]
    kinds = {m.kind for m in ours}
    if MovementKind.FOUND in kinds:
        return StockNote.FOUND
    if MovementKind.TRANSFER in kinds:
        came = sum(m.on_hand_delta for m in ours if m.kind == MovementKind.TRANSFER) > 0
        return StockNote.BROUGHT if came else StockNote.CARRIED_OFF
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
    if level.location_id != after.location_id:
        return False
    now = {line.id: after.short(line) for line in after.lines if level.item_id in line.uses}
    return any(before.short(line) > now.get(line.id, 0) for line in before.lines if line.id in now)
