"""A sale at the counter: place, pay, take from the shelf and hand over, all or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from posapp.domain.allocation import lose
from posapp.domain.attention import SHORT_REASONS
from posapp.domain.book import Book
from posapp.domain.errors import Refused
from posapp.domain.handing import hand_over_all
from posapp.domain.orders import Order, ShipStatus, Status
from posapp.domain.paying import News, record_payment, weigh
from posapp.domain.payments import EXCHANGE, PaymentState, Teller
from posapp.domain.stock import Level, MovementKind
from posapp.domain.tendering import ACCOUNT, CASH, METHODS, TRANSFER, check_given, check_rounding


@dataclass(frozen=True, slots=True)
class Taker:
    """An order that took units: who has what the customer at the counter cannot have."""

    order_id: str
    number: str
    channel: str
    paid_at: datetime


@dataclass(frozen=True, slots=True)
class ShortItem:
    """An item of a sale that the shelf has not enough free units of.

    `item_id` is the product whose stock it is (a bundle's component, a variation's parent);
    `product_ids` the products of the sale that want it. `missing` = wanted − free.
    """

    item_id: str
    product_ids: tuple[str, ...]
    wanted: int
    free: int
    on_hand: int
    reserved: int  # promised to paid orders
    name: str = ""
    cause: Taker | None = None  # who took the last ones
    loser: Taker | None = None  # who would lose units if reserved ones were sold

    @property
    def missing(self) -> int:
        """Units that are wanted and not free."""
        return self.wanted - self.free


class Short(Refused):
    """A sale of units that are not free: the cause, and what there is, item by item."""

    code = "short"

    def __init__(self, items: Sequence[ShortItem]) -> None:
        said = "; ".join(f"{item.name}: {item.wanted} wanted, {item.free} free" for item in items)
        super().__init__(f"Not enough is free to sell. {said}.")
        self.items = tuple(items)


@dataclass(frozen=True, slots=True)
class Taken:
    """What one method pays of a sale; `given_minor` is the cash handed over, before change."""

    method: str
    amount_minor: int
    given_minor: int = 0
    reference: str = ""
    awaiting: bool = False  # a transfer that was only announced


def check_tenders(
    total_minor: int, rounding_minor: int, tenders: Sequence[Taken], *, step_minor: int, deposit: bool
) -> None:
    """See that the tenders pay the total, which has the rounding in it. Raises `Refused`.

    The rounding is none, or exactly what rounding the cash to its smallest coin makes.
    """
    for tender in tenders:
        _check_tender(tender)
    if rounding_minor:
        cash = sum(t.amount_minor for t in tenders if t.method == CASH)
        rest = total_minor - rounding_minor - sum(t.amount_minor for t in tenders if t.method != CASH)
        check_rounding(rest, cash, rounding_minor, step_minor)
    paid = sum(tender.amount_minor for tender in tenders)
    if paid > total_minor:
        raise Refused("That is more than the sale costs: what is above it is change.", code="too_much")
    if paid < total_minor and not deposit:
        raise Refused("The sale is not paid in full yet.", code="not_paid")


def _check_tender(tender: Taken) -> None:
    if tender.method not in METHODS:
        raise Refused(f"Say how it is paid: {', '.join(METHODS)}.", code="bad_method")
    if tender.amount_minor <= 0:
        raise Refused("An amount above 0 is needed.", code="bad_amount")
    check_given(tender.method, tender.amount_minor, tender.given_minor)
    if tender.awaiting and tender.method != TRANSFER:
        raise Refused("Only a transfer can be awaited; other money is there or is not.", code="bad_method")


def wanted_items(book: Book, order: Order) -> dict[str, tuple[int, tuple[str, ...]]]:
    """Units that an order takes from each tracked item, and the products that want them; bundles by component."""
    found: dict[str, tuple[int, tuple[str, ...]]] = {}
    for line in order.lines:
        variant = book.source.variant(line.variant_id) if line.variant_id else None
        if variant is None:
            continue
        for item in variant.items:
            units, products = found.get(item, (0, ()))
            more = line.qty * variant.components.get(item, 1)
            found[item] = units + more, tuple(dict.fromkeys((*products, line.variant_id)))
    return found


def shortages(book: Book, order: Order) -> list[ShortItem]:
    """What an order that is still to be paid would be short of, with who took it."""
    short = []
    for item, (wanted, products) in wanted_items(book, order).items():
        level = book.level(item, order.location_id)
        if wanted > level.available:
            known = ShortItem(item, products, wanted, level.available, level.on_hand, level.allocated)
            taker = book.source.last_taker(item, order.location_id, other_than=order.id)
            cause = _taker(book, taker) if taker else None
            short.append(replace(known, cause=cause, loser=_newest_holder(book, level)))
    return short


def _taker(book: Book, order_id: str) -> Taker:
    order = book.order(order_id)
    return Taker(order.id, order.number, order.channel, order.queue_at or order.placed_at)


def _newest_holder(book: Book, level: Level) -> Taker | None:
    """Whose units `lose` would take first."""
    holders = [book.order(order_id) for order_id in book.source.holding(level.item_id, level.location_id)]
    newest = max(holders, key=lambda order: order.place, default=None)
    return _taker(book, newest.id) if newest else None


def make_room(book: Book, order: Order, found: Mapping[str, int], reserved: Mapping[str, int]) -> None:
    """Bring units to the shelf that a person answers for: found in hand, or promised to others.

    Never more than is missing when it comes to it, whatever was asked for. What was found
    goes on the list of recounts; the newest paid order loses what was promised to it.
    """
    found, reserved = _by_item(book, found), _by_item(book, reserved)
    for short in shortages(book, order):
        level = book.level(short.item_id, order.location_id)
        extra = min(short.missing, found.get(short.item_id, 0))
        if extra > 0:
            book.move(level, MovementKind.FOUND, on_hand=extra, order=order, reason="in hand at the counter")
            level.recount = True
        take = min(short.missing - max(0, extra), reserved.get(short.item_id, 0), level.allocated)
        if take > 0:
            _take_reserved(book, order, level, take)


def _by_item(book: Book, units: Mapping[str, int]) -> dict[str, int]:
    """Units by the item whose level they are on; a variation names its parent's."""
    found: dict[str, int] = {}
    for product_id, count in units.items():
        variant = book.source.variant(product_id)
        if variant is None or len(variant.items) != 1 or variant.components or count < 0:
            raise Refused("Only units of a product that is counted can be found or taken.", code="bad_item")
        found[variant.items[0]] = found.get(variant.items[0], 0) + count
    return found


def _take_reserved(book: Book, order: Order, level: Level, units: int) -> None:
    lose(book, level, units, reason=f"sold at the counter, {order.number}")
    for other in list(book.orders.values()):
        case = other.open_case(*SHORT_REASONS)
        before = book.orders_before[other.id]
        fresh = before is None or before.open_case(*SHORT_REASONS) is None
        if case is not None and other.id != order.id and fresh:
            case.overtaken_by = case.overtaken_by or order.id


def take_money(
    book: Book, order: Order, tenders: Sequence[Taken], *, exchanged_minor: int = 0, moved_minor: int = 0
) -> None:
    """Record what pays a sale; the last of it confirms the order, which takes its units then.

    Of what is exchanged, `moved_minor` was bought on account and stays on it.
    """
    brought = (Taken(ACCOUNT, moved_minor), Taken(EXCHANGE, exchanged_minor - moved_minor))
    for tender in (*(each for each in brought if each.amount_minor), *tenders):
        ref = book.new_id("hand")
        state = PaymentState.PENDING if tender.awaiting else PaymentState.SUCCEEDED
        news = News(Teller.HAND, ref, tender.reference, tender.method, tender.amount_minor, 0, state, book.at)
        record_payment(book, order, news)
        order.payments[-1].given_minor = tender.given_minor
    weigh(book, order, at=book.at)


def hand_over_sale(book: Book, order: Order) -> None:
    """Hand a paid sale over at once; what leaves over the counter is delivered."""
    if order.is_confirmed and not order.short_units:
        hand_over_all(book, order)
        if order.status == Status.COMPLETED:
            order.ship_status = ShipStatus.DELIVERED
