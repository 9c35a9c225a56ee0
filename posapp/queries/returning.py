"""What can come back over the counter, found by its receipt, and what giving it back would do."""

from dataclasses import dataclass
from datetime import datetime

from posapp.commands.command import Work
from posapp.commands.drawer import guard_drawer
from posapp.commands.returns import TakeBack
from posapp.commands.rights import needs_of_effect
from posapp.db.store import load_order
from posapp.domain.lines import Line
from posapp.domain.money import worth_of
from posapp.domain.orders import Order
from posapp.domain.payments import ROUNDING
from posapp.domain.refunding import newest_first
from posapp.domain.rights import Need
from posapp.queries.effects import customer_of
from posapp.queries.reader import Reader
from posapp.queries.rehearsal import rehearse
from posapp.queries.search import tidy

# What stands on a receipt: the number, the till's own reference, the web shop's id; in this order.
_BY_NUMBER = "SELECT id FROM orders WHERE number IN (?, ?) ORDER BY number = ? DESC LIMIT 1"
_BY_REFERENCE = "SELECT id FROM orders WHERE local_ref = ? LIMIT 1"
_BY_REMOTE = "SELECT id FROM orders WHERE remote_id = ? ORDER BY placed_at DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class ReturnableLine:
    """A line of a receipt. `returnable` units were handed over and have not come back."""

    line_id: str
    product_id: str
    name: str
    sku: str
    sold: int
    returnable: int
    unit_price_minor: int
    tracked: bool  # whether restocking moves a number
    line: Line

    def worth_minor(self, units: int) -> int:
        """What so many units give back, with tax, discounts off."""
        line = self.line
        amounts = (line.net_minor, *line.taxes.values())
        return sum(worth_of(a, taken=line.taken, more=units, of_units=line.qty_placed) for a in amounts)


@dataclass(frozen=True, slots=True)
class Returnable:
    """A receipt with what of it can still come back. `delivery_minor` can go back with the last of the goods."""

    order_id: str
    number: str
    local_ref: str
    channel: str
    customer: str
    currency: str
    sold_at: datetime
    methods: tuple[str, ...]  # how it was paid, newest first
    lines: tuple[ReturnableLine, ...]
    delivery_minor: int = 0  # what of the delivery was paid and has not been given back, with its tax

    @property
    def units(self) -> int:
        """Units that can come back; 0: all of it came back already, or never left."""
        return sum(line.returnable for line in self.lines)


@dataclass(frozen=True, slots=True)
class BackPart:
    """A share of the money: how much, how it goes back, and how it had come."""

    amount_minor: int
    route: str  # cash, hand, account
    method: str


@dataclass(frozen=True, slots=True)
class ReturnForesight:
    """What a return gives back, by ways, how the shelves gain, and the rights that it takes."""

    amount_minor: int
    parts: tuple[BackPart, ...]
    restocked: tuple[tuple[str, int], ...]  # item id, units
    needs: tuple[Need, ...] = ()


def returnable(reader: Reader, number_or_code: str) -> Returnable | None:
    """The order of a receipt by what is printed on it or typed from it; None where there is none."""
    typed = tidy(number_or_code).lstrip("#")
    if not typed:
        return None
    with reader.snapshot():
        found = (
            reader.value(_BY_NUMBER, (typed, typed.zfill(4), typed))
            or reader.value(_BY_REFERENCE, (typed.upper(),))
            or reader.value(_BY_REMOTE, (typed,))
        )
        return None if found is None else returnable_of(reader, str(found))


def returnable_of(reader: Reader, order_id: str) -> Returnable | None:
    """What of an order can come back; None where there is no such order."""
    with reader.snapshot():
        order = load_order(reader.connection, order_id)
        return None if order is None else _returnable(order, customer_of(reader, order_id))


def _returnable(order: Order, customer: str) -> Returnable:
    return Returnable(
        order.id,
        order.number,
        order.local_ref,
        order.channel,
        customer,
        order.currency,
        order.confirmed_at or order.placed_at,
        tuple(dict.fromkeys(payment.method for payment in newest_first(order.payments))),
        tuple(
            ReturnableLine(
                line.id, line.variant_id, line.name, line.sku, line.confirmed_qty,
                line.handed_over_qty if order.is_confirmed else 0, line.unit_price_minor, line.tracked, line,
            )
            for line in order.lines
        ),
        order.shipping_net_minor + sum(order.shipping_taxes.values()) if order.is_confirmed else 0,
    )  # fmt: skip


def foresee_return(reader: Reader, command: TakeBack, at: datetime) -> ReturnForesight:
    """What a return would do now, by the handler itself. Raises `Refused` where it would be refused."""
    with reader.snapshot():
        book = rehearse(reader, command, at)
        guard_drawer(Work(reader.connection, book))  # said at once: the dialog offers the other ways
    parts = []
    for order_id, order in book.orders.items():
        before = book.orders_before[order_id]
        known = {part.id for part in before.parts} if before else set()
        methods = {payment.id: payment.method for payment in order.payments}
        parts += [
            BackPart(part.amount_minor, part.route, methods.get(part.payment_id, ""))
            for part in order.parts
            if part.id not in known and part.route != ROUNDING
        ]
    restocked = tuple((m.item_id, m.on_hand_delta) for m in book.movements if m.kind == "RETURN")
    amount, needs = sum(part.amount_minor for part in parts), tuple(needs_of_effect(book))
    return ReturnForesight(amount, tuple(parts), restocked, needs)
