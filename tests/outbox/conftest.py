"""A shop with one web order that was paid through the shop's gateway and is short of one mug."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from posapp.commands.payments import RecordPayment
from posapp.db.store import DatabaseSource
from posapp.demo_shop.server import Running, serve
from posapp.demo_shop.store import Store
from posapp.domain.orders import Order
from posapp.domain.outbox import Outgoing
from posapp.domain.payments import Part, PaymentState, Teller
from tests.outbox.till import Clock, Till
from tests.shop import Shop

PRICE = 150_000


class OutShop(Shop):
    """The verbs of what goes out."""

    def web_paid(self, units: int = 3, *, stock: int = 2, remote_id: str = "88") -> str:
        """A web order that the shop says was paid, of which only some units are there."""
        self.product("Mug", PRICE, stock=stock)
        order_id = self.web_order(remote_id, {"mug": (units, PRICE)})
        self.do(
            RecordPayment, order_id=order_id, provider=Teller.SHOP, provider_ref=f"shop:{remote_id}", reference="",
            method="Card", gross_minor=units * PRICE, customer_fee_minor=0, state=PaymentState.SUCCEEDED,
            paid_at=self.clock(),
        )  # fmt: skip
        return order_id

    def rows(self, order_id: str) -> list[Outgoing]:
        return DatabaseSource(self.reader.connection).outgoing(order_id)

    def row(self, order_id: str) -> Outgoing:
        (row,) = self.rows(order_id)
        return row

    def part(self, order_id: str) -> Part:
        return self.order(order_id).parts[-1]

    def cases(self, order_id: str) -> set[str]:
        order: Order = self.order(order_id)
        return {case.reason.value for case in order.cases if case.is_open}


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[OutShop]:
    """An open shop."""
    made = OutShop(tmp_path / "folder")
    yield made
    made.close()


@pytest.fixture
async def demo() -> AsyncIterator[tuple[Store, Running, Clock]]:
    """A running demo shop, and the time it lives in."""
    clock = Clock()
    store = Store(clock=clock)
    async with serve(store) as running:
        yield store, running, clock


@pytest.fixture
async def till(tmp_path: Path, demo: tuple[Store, Running, Clock]) -> AsyncIterator[Till]:
    """A till that serves the running demo shop."""
    made = Till(tmp_path / "till", *demo)
    await made.connect()
    yield made
    made.close()
