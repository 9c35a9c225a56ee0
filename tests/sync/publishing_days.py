"""What may happen to a till and its web shop in any order, each deed small: people on both sides, and the network."""

import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx

from posapp.commands.command import new_command_id
from posapp.commands.orders import CancelOrder, HandOver, NewLine, PlaceOrder
from posapp.commands.payments import TakePayment
from posapp.commands.shop import MAIN_LOCATION
from posapp.commands.stock import AdjustStock
from posapp.demo_shop.app import build
from posapp.demo_shop.catalogue import add_product, add_variable, add_variation
from posapp.demo_shop.refunds import RefundedLine, RefundRefused
from posapp.demo_shop.store import Store
from posapp.domain.errors import Refused
from posapp.sync.worker import Worker
from tests.sync.publishing import QUICK, Clock, Published, Wire, connected

SKUS = ("MUG", "SOAP", "SHIRT-M", "WRAP-GOLD", "WRAP-WINE")
KEPT = ("MUG", "SOAP", "SHIRT-M", "WRAP")  # by whom the numbers are kept
OUTCOMES = (Refused, RefundRefused, StopIteration)


def small_store(clock: Clock) -> Store:
    """Two products, a variation with a number of its own, and two whose parent keeps one."""
    store = Store(clock=clock, empty=True)
    add_product(store, "Mug", sku="MUG", price="1000.00", stock=6)
    add_product(store, "Soap", sku="SOAP", price="500.00", stock=1)
    shirt = add_variable(store, "Shirt", sku="SHIRT", choice="Size", options=["M"])
    add_variation(store, shirt, "M", sku="SHIRT-M", price="9000.00", stock=3)
    wrap = add_variable(store, "Wrap", sku="WRAP", choice="Colour", options=["Gold", "Wine"])
    wrap.manage_stock, wrap.stock = True, 4
    for colour in ("Gold", "Wine"):
        add_variation(store, wrap, colour, sku=f"WRAP-{colour.upper()}", price="7000.00", stock=None)
    return store


class Days(Published):
    """Both sides; `chance` decides only where a deed strikes, and comes from the example."""

    def __init__(self, folder: Path, seed: int) -> None:
        clock = Clock()
        store = small_store(clock)
        super().__init__(folder, store, clock, Wire(httpx.ASGITransport(build(store))), QUICK)
        self.chance = random.Random(seed)
        self.web: list[int] = []
        self.counter: list[str] = []
        self.offered: set[str] = set()  # items whose number was said to be changed by hand

    async def open(self) -> None:
        await connected(self, "https://shop.example.test")

    # --- in the web shop

    async def web_order(self, sku: int, units: int, status: str) -> None:
        order = self.store.place([(SKUS[sku], units)], method="bacs")
        self.web.append(order.id)
        if status == "paid":
            self.store.set_status(order.id, "on-hold")
        if status != "pending":
            self.store.set_status(order.id, {"paid": "processing"}.get(status, status))

    async def web_status(self, pick: int, status: str) -> None:
        order = self._order(pick)
        if order is not None and self.store.order(order).status not in ("trash", "refunded"):
            self.store.set_status(order, status)

    async def web_edit(self, pick: int, units: int) -> None:
        order = self._order(pick)
        if order is not None and self.store.order(order).status in ("processing", "on-hold"):
            line = next(iter(self.store.order(order).lines))
            self.store.edit_quantity(order, line.sku, units)

    async def web_refund(self, pick: int, units: int, restock: bool) -> None:
        order = self._order(pick)
        if order is not None and self.store.order(order).status in ("processing", "completed"):
            line = next(iter(self.store.order(order).lines))
            back = RefundedLine(line.id, min(units, line.quantity), 1)
            self.store.refund(order, 1, lines=[back], restock=restock)

    async def web_trash(self, pick: int) -> None:
        order = self._order(pick)
        if order is not None and self.store.order(order).status != "trash":
            self.store.trash(order)

    async def by_hand(self, kept: int, units: int) -> None:
        self.store.set_stock(KEPT[kept], units)

    def _order(self, pick: int) -> int | None:
        return self.web[pick % len(self.web)] if self.web else None

    # --- at the counter

    async def sell(self, sku: int, units: int) -> None:
        order_id = new_command_id(self.clock())
        lines = (NewLine(self.product(SKUS[sku]), units),)
        self.do(PlaceOrder, order_id=order_id, location_id=MAIN_LOCATION, lines=lines)
        total = self.rows("SELECT total_minor FROM orders WHERE id = ?", order_id)[0][0]
        self.counter.append(order_id)
        now = self.clock()
        self.do(
            TakePayment, order_id=order_id, amount_minor=total, method="transfer", reference="", paid_at=now
        )

    async def hand_over(self, pick: int) -> None:
        if self.counter:
            self.do(HandOver, order_id=self.counter[pick % len(self.counter)])

    async def cancel(self, pick: int) -> None:
        if self.counter:
            self.do(CancelOrder, order_id=self.counter[pick % len(self.counter)], route="hand")

    async def arrive(self, kept: int, units: int) -> None:
        self.receive(KEPT[kept], units)

    async def break_some(self, kept: int, units: int) -> None:
        fields: dict[str, Any] = {"location_id": MAIN_LOCATION, "reason": "broken"}
        self.do(AdjustStock, product_id=self.product(KEPT[kept]), units=-units, **fields)

    async def count_some(self, kept: int, units: int) -> None:
        self.count(KEPT[kept], units)

    # --- the network and the clock

    async def look_at_all(self, times: int) -> None:
        for _ in range(times):
            await self.look()
            self.offered |= {change.item_id for change in self.changed()}

    async def cut_writes(self, times: int, how: str) -> None:
        left = [1] * times

        def fails(request: httpx.Request) -> str:
            if request.method == "POST" and left:
                left.pop()
                return how
            return ""

        self.wire.fails = fails

    async def break_reads(self, path: str, times: int) -> None:
        self.store.faults.add("crash", times=times, method="GET", path=path)

    async def sale_in_between(self, sku: int, units: int, what: str) -> None:
        """Somebody buys just before the next number is read, or set."""
        left = [1]

        def meanwhile(request: httpx.Request) -> None:
            reads = request.method == "GET" and b"include=" in request.url.query
            if left and (request.method == "POST" if what == "set" else reads):
                left.pop()
                self.web.append(self.buy(SKUS[sku], units))

        self.wire.meanwhile = meanwhile

    async def restart(self) -> None:
        self.worker = Worker(self.desk, self.secrets, transport=self.wire, pace=QUICK)

    async def wait(self, minutes: int) -> None:
        self.clock.pass_time(timedelta(minutes=minutes))

    # --- rest

    async def done(self, name: str, *what: Any) -> None:
        """Do one deed; what a rule or the shop itself refuses is not done."""
        try:
            await getattr(self, name)(*what)
        except OUTCOMES:
            return

    async def rest(self) -> None:
        """The network holds and nobody does anything, but count what is offered to be counted."""
        self.wire.fails = lambda request: ""
        self.wire.meanwhile = lambda request: None
        self.store.faults.clear()
        for _ in range(40):
            self.clock.pass_time(timedelta(minutes=2))
            await self.look(3)
            self.offered |= {change.item_id for change in self.changed()}
            for change in self.changed():
                shelf = self.rows("SELECT on_hand FROM level WHERE item_id = ?", change.item_id)[0][0]
                self.count_item(change.item_id, self.chance.choice([shelf, change.shelf]))
            if not self.state().waiting and not self.changed():
                self.clock.pass_time(timedelta(minutes=2))
                await self.look(3)
                if not self.state().waiting and not self.changed():
                    return
        raise AssertionError(f"it never rests: {self.state()}, {self.differing()}")
