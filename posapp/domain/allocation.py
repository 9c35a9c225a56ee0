"""First come, first served: who gets the units, and who loses them."""

from posapp.domain.attention import SHORT_REASONS, Case, Figure, Reason
from posapp.domain.book import Book
from posapp.domain.events import AttentionRaised, AttentionSettled, OrderChanged, StockChanged
from posapp.domain.lines import Line
from posapp.domain.orders import Order
from posapp.domain.stock import Level, MovementKind


def allocate(book: Book, order: Order) -> None:
    """Give each line what it wants and the shelf has, first line first.

    Untracked goods are never short. Running it again changes nothing.
    """
    for line in order.lines:
        need = order.short(line)
        if need <= 0:
            continue
        if not line.tracked:
            line.allocated_qty += need
            continue
        take(book, order, line, min(need, free_for(book, order, line)))


def free_for(book: Book, order: Order, line: Line) -> int:
    """Units that the shelf has free for a line: of a bundle, as many whole ones as its scarcest component allows."""
    if not line.components:
        return book.level(line.item_id, order.location_id).available
    return min(book.level(item, order.location_id).available // per for item, per in line.uses.items())


def take(book: Book, order: Order, line: Line, units: int) -> None:
    """Promise free units to a tracked line."""
    if units > 0:
        line.allocated_qty += units
        for item, per in line.uses.items():
            level = book.level(item, order.location_id)
            book.move(level, MovementKind.ALLOCATE, allocated=units * per, order=order, line=line)


def release(book: Book, order: Order, line: Line, units: int, *, reason: str = "") -> None:
    """Give held units back to the shelf: never more than the line holds (I4)."""
    units = min(units, line.allocated_qty)
    if units <= 0:
        return
    line.allocated_qty -= units
    for item, per in line.uses.items():
        level = book.level(item, order.location_id)
        book.move(level, MovementKind.RELEASE, allocated=-units * per, order=order, line=line, reason=reason)


def release_all(book: Book, order: Order) -> None:
    """Give everything back that an order holds."""
    for line in order.lines:
        release(book, order, line, line.allocated_qty)


def fill_waiting(book: Book) -> None:
    """Let free units go to waiting orders, oldest place first.

    A free unit can lie beside a short line only where a level gained free units in this
    command, or where a line of one of its orders is short.
    """
    if not book.source.auto_fill:
        return
    gained = [level for key, level in book.levels.items() if level.available > _free_before(book, key)]
    short = [
        book.level(item, order.location_id)
        for order in list(book.orders.values())
        for line in order.lines
        if order.is_confirmed and order.short(line) > 0
        for item in line.uses
    ]
    fill_from(book, *{level.id: level for level in (*gained, *short)}.values())


def _free_before(book: Book, key: str) -> int:
    before = book.levels_before[key]
    return before.available if before else 0


def fill_from(book: Book, *levels: Level) -> None:
    """Serve the queue for some levels as far as they go.

    It is one queue for all of them, since a bundle that waits draws on several: the oldest
    place comes first whichever of its components was the one that was missing.
    """
    free = [level for level in levels if level.available]
    if not free:
        return
    items = {(level.item_id, level.location_id) for level in free}
    for order in _queue(book, free):
        for line in order.lines:
            if _waits(order, line, items):
                take(book, order, line, min(order.short(line), free_for(book, order, line)))


def _queue(book: Book, levels: list[Level]) -> list[Order]:
    """Orders that are short of an item of these levels, oldest place first."""
    ids = set(book.orders)
    for level in levels:
        ids.update(book.source.waiting(level.item_id, level.location_id))
    return sorted((book.order(order_id) for order_id in sorted(ids)), key=lambda order: order.place)


def _waits(order: Order, line: Line, items: set[tuple[str, str]]) -> bool:
    if not order.is_confirmed or order.short(line) <= 0:
        return False
    return any((item, order.location_id) in items for item in line.uses)


def lose(book: Book, level: Level, units: int, *, reason: str) -> None:
    """Take promised units away from orders: newest place first, last line first.

    For a count that finds less on the shelf than is promised. The losers are short then. A
    bundle goes whole: what else it held is free, and the queue is served at the end.
    """
    holders = sorted({*book.source.holding(level.item_id, level.location_id), *book.orders})
    for order in sorted((book.order(order_id) for order_id in holders), key=lambda o: o.place, reverse=True):
        for line in reversed(order.lines):
            per = line.uses.get(level.item_id, 0) if order.location_id == level.location_id else 0
            loss = min(-(-units // per), line.allocated_qty) if per and units > 0 else 0
            if loss:
                release(book, order, line, loss, reason=reason)
                mark_short(book, order, Reason.STOCK_DEFICIT)
                units -= loss * per


def mark_short(book: Book, order: Order, reason: Reason, *, overtaken_by: str = "") -> None:
    """See that a short order has its one open case, with the figures as they are now.

    A second shortage joins the open case, and the first reason stays.
    """
    figures = [
        Figure(line.id, order.wanted(line), line.allocated_qty + line.handed_over_qty, order.short(line))
        for line in order.lines
        if order.short(line) > 0
    ]
    case = order.open_case(*SHORT_REASONS)
    if case is None:
        case = Case(book.new_id("case"), order.id, reason, book.at)
        order.cases.append(case)
        book.tell(AttentionRaised(order.id, reason))
    case.figures = figures
    if case.reason == Reason.SHORTAGE:  # a deficit was found by a count, nobody took those units
        overtaken_by = overtaken_by or _taker(book, order)
    case.overtaken_by = case.overtaken_by or overtaken_by


def _taker(book: Book, order: Order) -> str:
    """The order that took the missing units last."""
    for line in order.lines:
        for item in line.uses if order.short(line) > 0 else ():
            if line.components and book.level(item, order.location_id).available >= line.components[item]:
                continue  # a component that is there: its taker took nothing that is missing
            found = book.source.last_taker(item, order.location_id, other_than=order.id)
            if found:
                return found
    return ""


def settle_shortages(book: Book, order: Order) -> None:
    """Make the case agree with the lines: one open while a unit is short, none otherwise (I3)."""
    case = order.open_case(*SHORT_REASONS)
    if order.is_confirmed and order.short_units > 0:
        mark_short(book, order, Reason.SHORTAGE)
    elif case is not None:
        by_stock = order.is_confirmed and _served(order) > _served(book.orders_before[order.id])
        by = "posapp" if by_stock else book.actor
        close(book, order, case, resolution="restocked" if by_stock else "gone", by=by, by_stock=by_stock)


def _served(order: Order | None) -> int:
    """Units an order has, on the shelf or with its customer."""
    return sum(line.allocated_qty + line.handed_over_qty for line in order.lines) if order else 0


def close(book: Book, order: Order, case: Case, *, resolution: str, by: str, by_stock: bool = False) -> None:
    """Close a case and say who settled it and how."""
    case.is_open, case.resolution, case.resolved_by, case.resolved_at = False, resolution, by, book.at
    book.tell(AttentionSettled(order.id, case.reason, by_stock))


def tell_changes(book: Book) -> None:
    """Tell which orders and levels are different now."""
    for order in book.changed_orders():
        order.version += 1
        book.tell(OrderChanged(order.id))
    for level in book.changed_levels():
        book.tell(StockChanged(level.item_id, level.location_id))


def leaving(line: Line, gone: int) -> tuple[int, int]:
    """How many of the units that go were held, and how many with the customer; missing ones go first."""
    missing = line.confirmed_qty - line.refunded_qty - line.allocated_qty - line.handed_over_qty
    gone -= min(gone, max(0, missing))
    held = min(gone, line.allocated_qty)
    return held, min(gone - held, line.handed_over_qty)


def let_go(book: Book, order: Order, line: Line, leave: tuple[int, int]) -> None:
    """Let units leave an order: as many held ones, as many with the customer."""
    held, with_customer = leave
    release(book, order, line, held)
    line.handed_over_qty -= with_customer
