"""What can become of a sale: it comes back, its rest is paid, it is collected, cancelled, or decided about."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from posapp.commands.orders import CancelOrder, HandOver
from posapp.commands.payments import ConfirmTransfer
from posapp.commands.returns import TakeBack, TakeBackUnknown
from posapp.commands.shop import MAIN_LOCATION
from posapp.commands.stock import CountStock
from posapp.domain.errors import Refused
from posapp.domain.orders import Order, Status
from posapp.domain.payments import PaymentState
from posapp.domain.sale_line import Returned, SaleLine
from tests.counter.notebook import Line, Notebook, Page, Paid, nearest, priced
from tests.counter.till import Counter

GOODS = (  # price, tax in basis points, inside the price, class
    ("mug", 100_000, 750, True, ""),
    ("book", 33_333, 0, True, "zero"),
    ("ring", 77_777, 750, False, "lux"),
    ("wig", 250_001, 750, True, ""),
    ("set", 240_000, 750, True, ""),
)
EXPECTED_REFUSALS = {"short", "drawer_short", "over_limit"}


class Afterwards:
    """The deeds that need a sale; each is written in the notebook and done at the till."""

    till: Counter
    book: Notebook
    pages: dict[str, Page]
    step: int

    def attempt(self, deed: Callable[[], Callable[[], Any]]) -> bool:
        """Write a deed down in pencil, do it, and rub it out again where the till refuses it."""
        before = deepcopy((self.pages, self.book))
        do = deed()
        refused: Refused | None = None
        try:
            do()
        except Refused as refusal:
            refused = refusal
        if refused is None:
            assert self.book.drawer >= 0, "more cash went out than was there"
            return True
        assert refused.code in EXPECTED_REFUSALS, refused.message
        assert refused.code != "drawer_short" or self.book.drawer < 0
        self.pages, self.book = before
        return False

    def _returnable(self, pick: int) -> Returned | None:
        """One unit of a line that is with its customer."""
        found = [
            Returned(order.id, line.id, 1, pick % 3 > 0, "scratched")
            for order in self.orders()
            for line in order.lines
            if order.is_confirmed and line.handed_over_qty and not self.pages[order.id].unknown
        ]
        return found[pick % len(found)] if found else None

    def _place(self, returned: Returned) -> int:
        lines = self.till.order(returned.order_id).lines
        return next(at for at, line in enumerate(lines) if line.id == returned.line_id)

    def orders(self, *statuses: Status) -> list[Order]:
        found = [self.till.order(order_id) for order_id in self.pages]
        return [order for order in found if not statuses or order.status in statuses]

    def take_back(self, pick: int, route: str, with_delivery: bool) -> None:
        returned = self._returnable(pick)
        if returned is None:
            return
        page = self.pages[returned.order_id]
        delivery = page.shipping if with_delivery else 0

        def deed() -> Callable[[], Any]:
            page = self.pages[returned.order_id]
            self.book.back(page, {self._place(returned): 1}, route, delivery=delivery)
            said = {returned.order_id: delivery} if delivery else {}
            return lambda: self.till.do(TakeBack, returned=(returned,), route=route, delivery=said)

        self.attempt(deed)

    def give_delivery(self, pick: int, route: str, percent: int) -> None:
        """The delivery goes back without goods, whole or in part."""
        found = [o.id for o in self.orders() if o.is_confirmed and self.pages[o.id].shipping]
        if not found:
            return
        order_id = found[pick % len(found)]
        amount = max(1, self.pages[order_id].shipping * percent // 100)

        def deed() -> Callable[[], Any]:
            self.book.back(self.pages[order_id], {}, route, delivery=amount)
            return lambda: self.till.do(TakeBack, returned=(), route=route, delivery={order_id: amount})

        self.attempt(deed)

    def take_back_unknown(self, good: int, units: int, price: int, route: str) -> None:
        name, _, rate, inside, _ = GOODS[good]

        def deed() -> Callable[[], Any]:
            order_id = self.till.new_id("unknown")
            page = self.pages[order_id] = priced([Line(units, price, 0, rate, inside)], 0)
            page.unknown = page.confirmed = True
            if route == "cash":
                page.rounding = nearest(page.total, self.step) - page.total
                page.total += page.rounding
            if not page.total:  # less than half a coin is nothing: no money, no sale, no tax
                page.lines[0].tax = 0
            page.money.append(Paid("before", page.total))
            self.book.back(page, {0: units}, route)
            return lambda: self.till.do(
                TakeBackUnknown, order_id=order_id, location_id=MAIN_LOCATION,
                lines=(SaleLine(name, units, price),), restock=True, route=route, reason="gift",
            )  # fmt: skip

        self.attempt(deed)

    def settle_unpaid(self, pick: int, method: str, seen: bool) -> None:
        """The rest of a deposit, or an announced transfer that came (or never will)."""
        waiting = self.orders(Status.OPEN)
        if not waiting:
            return
        order = waiting[pick % len(waiting)]
        page = self.pages[order.id]
        pending = [p for p in order.payments if p.state == PaymentState.PENDING]
        if pending:
            if seen:
                self.book.take(page, "transfer", pending[0].gross_minor)
            self.till.do(ConfirmTransfer, order_id=order.id, payment_id=pending[0].id, seen=seen)
        elif page.total > page.paid:
            self.attempt(lambda: self._pay_rest(order.id, method))

    def _pay_rest(self, order_id: str, method: str) -> Callable[[], Any]:
        """By what was chosen; in cash in coins, where the rest is no less than one."""
        page = self.pages[order_id]
        rest = page.total - page.paid
        coins = nearest(rest, self.step)
        rounding = coins - rest if method == "cash" and coins else 0
        page.rounding += rounding
        page.total += rounding
        self.book.take(page, "card" if method == "cash" and not coins else method, rest + rounding)
        paid = {"method": page.money[-1].method, "rounding_minor": rounding}
        return lambda: self.till.pay(order_id, rest + rounding, **paid)

    def hand_over(self, pick: int) -> None:
        held = [o for o in self.orders(Status.PROCESSING) if any(line.allocated_qty for line in o.lines)]
        if held:
            self.till.do(HandOver, order_id=held[pick % len(held)].id)

    def cancel(self, pick: int, route: str) -> None:
        here = [
            order
            for order in self.orders(Status.OPEN, Status.PROCESSING)
            if not any(line.handed_over_qty for line in order.lines)
        ]
        if not here:
            return
        order = here[pick % len(here)]

        def deed() -> Callable[[], Any]:
            self.book.cancel(self.pages[order.id], route)
            return lambda: self.till.do(CancelOrder, order_id=order.id, route=route, reference="T")

        if self.attempt(deed):
            self.pages.pop(order.id)

    def _lose_one(self) -> None:
        """A count finds a unit too little of what is promised: the newest order goes short."""
        held = next((x for o in self.orders() for x in o.lines if x.tracked and x.allocated_qty), None)
        if held is not None:
            item = next(iter(held.uses))
            on_hand, allocated, _ = self.till.stock(item)
            counted = {"product_id": item, "counted": allocated - 1, "seen": on_hand}
            self.till.do(CountStock, location_id=MAIN_LOCATION, **counted)

    def decide(self, pick: int, route: str, whole: bool) -> None:
        """Units that are missing go back: those alone, or with them the order of which nothing has left."""
        self._lose_one()
        short = self.orders(Status.PROCESSING, Status.COMPLETED)
        short = [order for order in short if order.short_units]
        if not short:
            return
        order = short[pick % len(short)]
        kept = sum(order.wanted(line) - order.short(line) for line in order.lines)
        left = any(line.handed_over_qty for line in order.lines)
        key = "refund_order" if not kept or (whole and not left) else "refund_excess"
        missing = {at: order.short(line) for at, line in enumerate(order.lines) if order.short(line)}

        def deed() -> Callable[[], Any]:
            if key == "refund_order":
                self.book.cancel(self.pages[order.id], route)
            else:
                self.book.back(self.pages[order.id], missing, route)
            return lambda: self.till.resolve(order.id, key, route=route, reference="T")

        if self.attempt(deed) and key == "refund_order":
            self.pages.pop(order.id)
