"""A till in memory: the rules on dictionaries, with nothing written down that a rule did not decide."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from datetime import UTC, datetime, timedelta

from posapp.domain.attention import SHORT_REASONS
from posapp.domain.book import Book, Decision, SalesEntry
from posapp.domain.events import Event
from posapp.domain.lines import Line
from posapp.domain.orders import Channel, Order
from posapp.domain.outbox import Outgoing
from posapp.domain.paying import News, record_payment, weigh
from posapp.domain.payments import PaymentState, Teller
from posapp.domain.pricing import NO_TAX, Discount, PricedLine, PricedWish, TaxClass, TaxRate, price_sale
from posapp.domain.refunding import Payout
from posapp.domain.resolutions import Choice, resolve
from posapp.domain.settling import settle
from posapp.domain.shop_orders import Terms, revise
from posapp.domain.shop_refunds import ShopRefundNews, record_shop_refund
from posapp.domain.stock import Level, Movement, MovementKind, Variant, level_id
from posapp.domain.told_back import TELL_NOTHING
from tests.books import check_books, total_sales

SHOP = "marina"  # the one location of most tests
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def clock(text: str) -> datetime:
    """The Monday of the tests at "10:05"."""
    hours, minutes = text.split(":")
    return MONDAY.replace(hour=int(hours), minute=int(minutes))


class MemorySource:
    """Orders, levels and what was written about them; hands out copies, as a database does."""

    def __init__(self) -> None:
        self.auto_fill, self.tell_shop = True, TELL_NOTHING
        self.orders: dict[str, Order] = {}
        self.levels: dict[str, Level] = {}
        self.variants: dict[str, Variant] = {}
        self.movements: list[Movement] = []
        self.sales: list[SalesEntry] = []
        self.decisions: dict[str, Decision] = {}
        self.sent: dict[str, list[Outgoing]] = {}

    def order(self, order_id: str) -> Order | None:
        return deepcopy(self.orders.get(order_id))

    def level(self, item_id: str, location_id: str) -> Level | None:
        return deepcopy(self.levels.get(level_id(item_id, location_id)))

    def elsewhere(self, item_id: str, location_id: str) -> Sequence[Level]:
        found = [v for v in self.levels.values() if v.item_id == item_id and v.location_id != location_id]
        return deepcopy(sorted(found, key=lambda level: level.id))

    def variant(self, variant_id: str) -> Variant | None:
        return deepcopy(self.variants.get(variant_id))

    def waiting(self, item_id: str, location_id: str) -> Sequence[str]:
        return [
            o.id
            for o in self.orders.values()
            if o.location_id == location_id
            and o.open_case(*SHORT_REASONS)
            and any(item_id in x.uses for x in o.lines)
        ]

    def holding(self, item_id: str, location_id: str) -> Sequence[str]:
        return [
            o.id
            for o in self.orders.values()
            if o.location_id == location_id and any(item_id in x.uses and x.allocated_qty for x in o.lines)
        ]

    def outgoing(self, order_id: str) -> list[Outgoing]:
        return deepcopy(self.sent.get(order_id, []))

    def last_taker(self, item_id: str, location_id: str, *, other_than: str) -> str:
        takers = [
            m.order_id
            for m in self.movements
            if (m.item_id, m.location_id, m.kind) == (item_id, location_id, MovementKind.ALLOCATE)
            and m.order_id != other_than
        ]
        return takers[-1] if takers else ""

    def apply(self, book: Book) -> None:
        """Write what became different, as a transaction does."""
        for order in book.changed_orders():
            self.orders[order.id] = deepcopy(order)
        for level in book.changed_levels():
            self.levels[level.id] = deepcopy(level)
        self.sent |= deepcopy(book.sent)
        self.movements += book.movements
        self.sales += book.sales
        self.decisions |= {decision.id: deepcopy(decision) for decision in book.decisions}


class Till:
    """Commands as a person or a feed gives them; the books are checked after every one."""

    def __init__(self, *, auto_fill: bool = True) -> None:
        self.source = MemorySource()
        self.source.auto_fill = auto_fill
        self.now = MONDAY
        self.events: list[Event] = []
        self._commands = 0

    @contextmanager
    def command(self, *, at: datetime | None = None, actor: str = "Ada") -> Iterator[Book]:
        """One transaction: refused means that nothing of it is written."""
        self._commands += 1
        self.now = max(self.now + timedelta(seconds=1), at or self.now)
        book = Book(
            self.source,
            command_id=f"c{self._commands}",
            actor=actor,
            at=at or self.now,
            recorded_at=self.now,
        )
        yield book
        settle(book)
        self.source.apply(book)
        self.events = book.events
        self.check()

    def check(self) -> None:
        source = self.source
        check_books(
            source.orders.values(),
            source.levels.values(),
            source.movements,
            source.sales,
            auto_fill=source.auto_fill,
        )

    # what is there

    def shelf(self, item: str, on_hand: int, *, tracked: bool = True, location: str = SHOP) -> None:
        """Know an item, with so many units to begin with."""
        self.source.variants[item] = Variant(item, item, tracked)
        if on_hand:
            with self.command() as book:
                book.move(book.level(item, location), MovementKind.OPENING, on_hand=on_hand)

    def bundle(self, name: str, **components: int) -> None:
        """Know a product that is made of others."""
        self.source.variants[name] = Variant(name, name, track_stock=True, components=components)

    def order(
        self,
        number: str,
        *wanted: tuple[str, int, int],
        discount: int = 0,
        vat: int = 0,
        shipping: int = 0,
        placed: datetime = MONDAY,
        sequence: int | None = None,
        channel: Channel = Channel.MANUAL,
        history: bool = False,
        location: str = SHOP,
    ) -> Order:
        """Place an order of (item, units, unit price) at MONDAY, before anything else happens."""
        order = Order(
            id=number,
            number=number,
            channel=channel,
            location_id=location,
            currency="NGN",
            placed_at=placed,
            sequence=int(number) if sequence is None else sequence,
            discount_minor=discount,
            shipping_net_minor=shipping,
            history=history,
        )
        order.lines = lines(number, *wanted, discount=discount, vat=vat)
        order.total_minor = order.total_placed_minor = order.total_now_minor
        with self.command() as book:
            book.add_order(order)
            weigh(book, order, at=placed)
        return self.get(number)

    # what happens

    def pay(
        self,
        number: str,
        amount: int | None = None,
        *,
        at: datetime | None = None,
        ref: str = "",
        state: PaymentState = PaymentState.SUCCEEDED,
        provider: str = Teller.HAND,
        reference: str = "",
        fee: int = 0,
        method: str = "cash",
    ) -> Order:
        """Tell of a payment; of the whole total unless an amount is named."""
        gross = self.get(number).total_minor if amount is None else amount
        with self.command(at=at) as book:
            ref = ref or book.new_id("hand")
            news = News(provider, ref, reference, method, gross, fee, state, at or self.now)
            record_payment(book, book.order(number), news)
        return self.get(number)

    def decide(
        self,
        number: str,
        key: str,
        *,
        fulfill: dict[str, int] | None = None,
        refund: dict[str, int] | None = None,
        bring: dict[str, dict[str, int]] | None = None,
        payout: Payout | None = None,
        at: datetime | None = None,
        seen: str = "",
        actor: str = "Ada",
    ) -> Order:
        """Press a button; per-line units are named by item."""
        order = self.get(number)
        ids = {line.sku: line.id for line in order.lines}
        choice = Choice(
            key,
            payout or Payout(),
            {ids[sku]: n for sku, n in (fulfill or {}).items()},
            {ids[sku]: n for sku, n in (refund or {}).items()},
            {ids[sku]: places for sku, places in (bring or {}).items()},
        )
        with self.command(at=at, actor=actor) as book:
            resolve(book, book.order(number), choice, seen=seen)
        return self.get(number)

    def shop_edits(self, number: str, *wanted: tuple[str, int, int], shipping: int = 0) -> Order:
        """The web shop's back office changes the lines; lines keep their identity by item."""
        with self.command(actor="shop") as book:
            terms = Terms(shipping, {}, 0, {}, 0)
            revise(book, book.order(number), lines(number, *wanted), terms)
        return self.get(number)

    def shop_refunds(self, number: str, amount: int, ref: str = "r1", **units: int) -> Order:
        """The web shop gives money back, and names units by item."""
        with self.command(actor="shop") as book:
            record_shop_refund(book, book.order(number), ShopRefundNews(ref, amount, units, ""))
        return self.get(number)

    # what is seen

    def get(self, number: str) -> Order:
        return deepcopy(self.source.orders[number])

    def stock(self, item: str, location: str = SHOP) -> tuple[int, int, int]:
        """on_hand / allocated / available."""
        level = self.source.levels.get(level_id(item, location)) or Level("", item, location)
        return level.on_hand, level.allocated, level.available

    @property
    def sales(self) -> int:
        return total_sales(self.source.sales)

    @property
    def badge(self) -> int:
        return sum(any(case.is_open for case in order.cases) for order in self.source.orders.values())

    def kinds(self) -> list[str]:
        """Kinds of the movements so far, the openings left out."""
        return [str(m.kind) for m in self.source.movements if m.kind != MovementKind.OPENING]


def price_lines(
    wanted: Sequence[tuple[int, int]], discount: int, rate: TaxRate | None
) -> tuple[PricedLine, ...]:
    """Lines of (units, unit price) with a discount on all of them and one tax."""
    taxes = TaxClass(((rate.name, rate.basis_points),), rate.included) if rate else NO_TAX
    wishes = [PricedWish(units, price, tax_class=taxes) for units, price in wanted]
    return price_sale(wishes, Discount(amount_minor=discount)).lines


def lines(number: str, *wanted: tuple[str, int, int], discount: int = 0, vat: int = 0) -> list[Line]:
    """Lines of (item, units, unit price) with their money, priced as an order of our own."""
    rate = TaxRate("VAT", vat, included=False) if vat else None
    priced = price_lines([(units, price) for _, units, price in wanted], discount, rate)
    return [
        Line(
            id=f"{number}:{item}",
            order_id=number,
            position=position,
            variant_id=item,
            item_id="",
            remote_id=item,
            sku=item,
            name=item.title(),
            qty_placed=units,
            qty=units,
            unit_price_minor=price,
            net_minor=figures.net_minor,
            taxes=figures.taxes,
        )
        for position, ((item, units, price), figures) in enumerate(zip(wanted, priced, strict=True))
    ]


def reasons(order: Order) -> list[str]:
    """Open reasons of an order."""
    return [str(case.reason) for case in order.cases if case.is_open]


def held(order: Order) -> list[int]:
    return [line.allocated_qty for line in order.lines]


def short(order: Order) -> list[int]:
    return [order.short(line) for line in order.lines]
