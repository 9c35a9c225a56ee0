"""A small real shop for tests: a desk on a folder, a clock that ticks, and the verbs of a day.

Everything goes through commands; nothing is written behind the desk's back, but who an order
is for, which no journal holds.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from posapp.commands.catalogue import SaveProduct
from posapp.commands.command import Command
from posapp.commands.orders import NewLine, PlaceOrder
from posapp.commands.payments import RecordPayment, TakePayment
from posapp.commands.resolutions import Resolve
from posapp.commands.rights import FEED_COMMANDS
from posapp.commands.shop import MAIN_LOCATION, OpenShop
from posapp.commands.shop_orders import PlaceShopOrder, WebLine, WebTerms
from posapp.commands.stock import ReceiveStock
from posapp.db.contacts import write_contact
from posapp.desk import Desk, Outcome
from posapp.domain.feed import Contact
from posapp.domain.orders import Order
from posapp.domain.payments import PaymentState
from posapp.queries.reader import Reader

FRIDAY = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # ten o'clock in Lagos


class Shop:
    """One shop in one folder. `now` moves on by a second with every look at the clock."""

    def __init__(self, folder: Path, *, currency: str = "NGN", time_zone: str = "Africa/Lagos") -> None:
        self.now = FRIDAY
        self.folder = folder
        self.desk = Desk(folder, clock=self.clock)
        self.reader = Reader(folder)
        self._made = 0
        self.do(OpenShop, name="Adaeze Stores", owner="Adaeze", currency=currency, time_zone=time_zone)

    def clock(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def new_id(self, kind: str) -> str:
        self._made += 1
        return f"{kind}-{self._made}"

    def command(self, kind: type[Command], **fields: Any) -> Any:
        """A command of now: by the owner, and what only a feed may tell by the web shop."""
        actor = "web shop" if kind in FEED_COMMANDS else "Adaeze"
        return kind(id=self.new_id("command"), at=self.clock(), **({"actor": actor} | fields))

    def do(self, kind: type[Command], **fields: Any) -> Outcome:
        return self.desk.do(self.command(kind, **fields))

    def product(self, name: str, price_minor: int = 100_000, *, stock: int = 0, **fields: Any) -> str:
        """A product under a short id: its name in lower case, without spaces."""
        product_id = fields.pop("product_id", name.lower().replace(" ", "-"))
        values = {"sku": product_id.upper(), "barcode": "", "track_stock": True} | fields
        self.do(SaveProduct, product_id=product_id, name=name, price_minor=price_minor, **values)
        if stock:
            self.receive(product_id, stock)
        return product_id

    def receive(self, product_id: str, units: int) -> None:
        self.do(ReceiveStock, product_id=product_id, location_id=MAIN_LOCATION, units=units)

    def customer(self, name: str, **fields: str) -> str:
        contact_id = self.new_id("contact")
        self.desk.write_now(partial(write_contact, contact_id=contact_id, contact=Contact(name, **fields)))
        return contact_id

    def place(self, wanted: Mapping[str, int], *, customer: str = "", **fields: Any) -> str:
        """An order made here: units by product id."""
        order_id = self.new_id("order")
        lines = tuple(NewLine(product_id, units) for product_id, units in wanted.items())
        contact_id = self.customer(customer) if customer else fields.pop("contact_id", "")
        self.do(
            PlaceOrder,
            order_id=order_id,
            location_id=MAIN_LOCATION,
            lines=lines,
            contact_id=contact_id,
            **fields,
        )
        return order_id

    def web_order(self, remote_id: str, wanted: Mapping[str, tuple[int, int]], **fields: Any) -> str:
        """An order of a web shop: (units, unit price) by product id."""
        order_id = self.new_id("web")
        lines = tuple(
            WebLine(
                f"{remote_id}-{at}",
                product_id,
                product_id.upper(),
                product_id,
                units,
                price,
                units * price,
                {},
                0,
            )
            for at, (product_id, (units, price)) in enumerate(wanted.items())
        )
        values: dict[str, Any] = {
            "shop_id": "shop", "remote_key": f"key-{remote_id}", "location_id": MAIN_LOCATION, "contact_id": "",
            "currency": "NGN", "placed_at": self.clock(), "terms": WebTerms(lines, 0, {}, 0, {}, 0, remote_id),
            "shop_status": "pending", "payment_method": "paystack", "transaction_id": "", "history": False,
        }  # fmt: skip
        self.do(PlaceShopOrder, order_id=order_id, remote_id=remote_id, **(values | fields))
        return order_id

    def pay(self, order_id: str, amount_minor: int | None = None, **fields: Any) -> None:
        """Money seen at the counter; without an amount, all that is missing."""
        missing = self.order(order_id).total_minor - self.order(order_id).paid_minor
        values = {"method": "cash", "reference": "", "paid_at": self.clock()} | fields
        self.do(TakePayment, order_id=order_id, amount_minor=amount_minor or missing, **values)

    def told(self, order_id: str, amount_minor: int, state: PaymentState, reference: str = "T1") -> None:
        """What a payment provider tells."""
        self.do(
            RecordPayment, order_id=order_id, provider="paystack", provider_ref=reference, reference=reference,
            method="card", gross_minor=amount_minor, customer_fee_minor=0, state=state, paid_at=self.clock(),
        )  # fmt: skip

    def sold(self, wanted: Mapping[str, int], **fields: Any) -> str:
        """An order that is placed and paid in full."""
        order_id = self.place(wanted, **fields)
        self.pay(order_id)
        return order_id

    def resolve(self, order_id: str, key: str, **fields: Any) -> Outcome:
        return self.do(Resolve, order_id=order_id, key=key, **fields)

    def order(self, order_id: str) -> Order:
        order = self.reader.order(order_id)
        assert order is not None
        return order

    def close(self) -> None:
        self.reader.close()
        self.desk.close()
