"""A shop to measure with: opened, stocked and full of unpaid orders, all through commands."""

import asyncio
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from posapp.commands.catalogue import SaveProduct
from posapp.commands.command import Command, named
from posapp.commands.orders import NewLine, PlaceOrder
from posapp.commands.payments import TakePayment
from posapp.commands.shop import MAIN_LOCATION, OpenShop
from posapp.commands.stock import ReceiveStock
from posapp.desk import Desk

OPENED = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
PRODUCTS = 100
PRICE_MINOR = 150_000
LINES = 3
ACTOR = "Owner"


class Clock:
    """A till's clock that moves on by a millisecond with every look."""

    def __init__(self) -> None:
        """Begin on the day the shop opens."""
        self.now = OPENED

    def __call__(self) -> datetime:
        """The next moment."""
        self.now += timedelta(milliseconds=1)
        return self.now


def open_shop(folder: Path) -> Desk:
    """A shop with products and more stock than anybody will buy."""
    clock = Clock()
    desk = Desk(folder, clock=clock)
    desk.do(OpenShop(id="open", actor=ACTOR, at=clock(), name="Bench", owner=ACTOR, currency="NGN",
                     time_zone="Africa/Lagos"))  # fmt: skip
    batch(desk, _catalogue(clock))
    return desk


def _catalogue(clock: Clock) -> Iterator[Command]:
    for n in range(PRODUCTS):
        yield SaveProduct(id=named("save", str(n)), actor=ACTOR, at=clock(), product_id=product(n), name=f"Article {n}",
                          sku=f"SKU-{n}", barcode="", price_minor=PRICE_MINOR, track_stock=True)  # fmt: skip
        yield ReceiveStock(id=named("receive", str(n)), actor=ACTOR, at=clock(), product_id=product(n),
                           location_id=MAIN_LOCATION, units=1_000_000)  # fmt: skip


def product(n: int) -> str:
    """Id of a product."""
    return named("product", str(n % PRODUCTS))


def order(n: int) -> str:
    """Id of an order."""
    return named("order", str(n))


def unpaid_orders(clock: Clock, count: int) -> Iterator[Command]:
    """Orders of three lines of three different products."""
    for n in range(count):
        lines = tuple(NewLine(product(n * LINES + at), 1) for at in range(LINES))
        yield PlaceOrder(id=named("place", str(n)), actor=ACTOR, at=clock(), order_id=order(n),
                         location_id=MAIN_LOCATION, lines=lines)  # fmt: skip


def payment(n: int, at: datetime) -> TakePayment:
    """The payment that completes order n."""
    return TakePayment(id=named("pay", str(n)), actor=ACTOR, at=at, order_id=order(n), amount_minor=LINES * PRICE_MINOR,
                       method="cash", reference="", paid_at=at)  # fmt: skip


def batch(desk: Desk, commands: Iterable[Command]) -> None:
    """Carry commands out, a thousand in a transaction. Raises what was refused."""
    for outcome in asyncio.run(desk.run_batch([(command, None) for command in commands])):
        if isinstance(outcome, Exception):
            raise outcome
