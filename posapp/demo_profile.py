"""The demo profile: an invented shop with a day behind it, and its web shop running inside.

The first start tells the demo shop a day of orders in every state, connects to it as to
any shop, and adds a few orders made at the counter. Later starts go on where it stopped.
"""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from posapp.commands.command import Command, named, new_command_id
from posapp.commands.orders import HandOver, NewLine, PlaceOrder
from posapp.commands.payments import TakePayment
from posapp.commands.shop import MAIN_LOCATION, ChangeSetting, OpenShop
from posapp.db.contacts import write_contact
from posapp.demo_shop.checkout import Customer, Delivery, Payment
from posapp.demo_shop.server import HOST, Running, serve
from posapp.demo_shop.store import Store
from posapp.desk import Desk
from posapp.domain.feed import Contact
from posapp.secrets import Secrets
from posapp.sync.connecting import connect
from posapp.sync.connections import Link, links, save_link
from posapp.sync.deriving import product_id
from posapp.sync.round import shop_currency
from posapp.sync.worker import Worker

SHOP_FILE = "demo-shop.json"
_ACCOUNT = {"bank_account": "0119204587", "bank_name": "Lagoon Bank", "bank_holder": "Adaeze Stores"}


@contextlib.asynccontextmanager
async def demo_shop(desk: Desk, secrets: Secrets, folder: Path) -> AsyncIterator[Running]:
    """Run the demo shop of a folder while inside, connected to the desk."""
    path = folder / SHOP_FILE
    first = not path.exists()
    store = Store(clock=desk.clock) if first else Store.open(path, clock=desk.clock)
    if first:
        tell_a_day(store, desk.clock())
    async with serve(store, save_to=path) as running:
        known = await desk.write(links)
        kinds = {link.kind for link in known}
        if "woocommerce" not in kinds:
            await open_shop(desk)
            await connect(
                desk, secrets, "woocommerce", running.url, running.consumer_key, running.consumer_secret
            )
        if "paystack" not in kinds:
            await connect(desk, secrets, "paystack", running.provider_url, "", running.provider_key)
        if not known:
            await Worker(desk, secrets).run_once()
            await add_counter_orders(desk)
        for link in known:
            await _follow(desk, link, running)
        yield running


async def _follow(desk: Desk, link: Link, running: Running) -> None:
    """Point a connection to where the demo shop listens now: at another port each time.

    One that a person made to another shop stays as it is.
    """
    here = link.key == running.consumer_key if link.is_shop else link.url.startswith(f"http://{HOST}:")
    if here:
        moved = replace(link, url=running.url if link.is_shop else running.provider_url)
        await desk.write(partial(save_link, link=moved))


async def open_shop(desk: Desk) -> None:
    """Open the invented shop under its owner's name, unless a start before this one came as far."""
    if await desk.write(shop_currency):
        return
    at = desk.clock()
    command = OpenShop(
        id=new_command_id(at), actor=OWNER, at=at, name="Adaeze Stores", owner=OWNER, currency="NGN",
        time_zone="Africa/Lagos",
    )  # fmt: skip
    await desk.run(command)
    for key, value in _ACCOUNT.items():
        at = desk.clock()
        await desk.run(ChangeSetting(id=new_command_id(at), actor=OWNER, at=at, key=key, value=value))


def tell_a_day(store: Store, now: datetime) -> None:
    """Let a morning happen in the web shop: orders in every state, three of them for Attention."""

    def ago(minutes: int) -> datetime:
        return now - timedelta(minutes=minutes)

    store.set_stock("TOTE-RED", 4, at=ago(600))
    ngozi = store.place(
        [("NECK-1", 5), ("SHEA-200", 8)], customer=_NGOZI, delivery=Delivery.LAGOS, at=ago(304)
    )
    store.pay(ngozi.id, at=ago(300))
    late = store.place([("WIG-14", 1)], customer=_UCHE, at=ago(297))
    store.set_status(late.id, "cancelled", at=ago(262))
    store.transaction(late.id, at=ago(257))
    kemi = store.place([("ZOBO-50", 6), ("SOAP-BH", 2)], customer=_KEMI, at=ago(245))
    store.pay(kemi.id, at=ago(243))
    store.set_status(kemi.id, "completed", at=ago(200))
    rice = store.place([("RICE-5", 2)], customer=_AMINA, at=ago(190))
    store.pay(rice.id, at=ago(188))
    short = store.place([("RICE-5", 2)], customer=_MUSA, at=ago(186))
    store.pay(short.id, at=ago(162))
    grace = store.place(
        [("ADIRE-S", 1), ("ADIRE-M", 1)], customer=_GRACE, delivery=Delivery.LAGOS, at=ago(94)
    )
    store.pay(grace.id, at=ago(92))
    store.refund(grace.id, 1_850_000, reason="wrong size", at=ago(60))
    halima = store.place([("TOTE-RED", 2)], customer=_HALIMA, delivery=Delivery.LAGOS, at=ago(37))
    store.place([("SHEA-200", 2), ("TOTE-BLU", 1)], customer=_BISI, payment=Payment.LATER, at=ago(35))
    ada = store.place([("TOTE-RED", 3), ("SHEA-200", 2)], customer=_ADA, delivery=Delivery.LAGOS, at=ago(33))
    store.pay(halima.id, at=ago(28))
    store.pay(ada.id, at=ago(27))
    slow = store.place([("SOAP-BH", 3)], customer=_TUNDE, at=ago(12))
    store.transaction(slow.id, status="pending", channel="bank_transfer", at=ago(11))
    zainab = store.place([("GELE-GOLD", 2)], customer=_ZAINAB, at=ago(17))
    store.pay(zainab.id, at=ago(16))
    store.place([("ZOBO-50", 10)], customer=_FUNKE, payment=Payment.ON_DELIVERY, at=ago(6))
    store.place([("NECK-1", 1)], customer=_SANI, payment=Payment.TRANSFER, at=ago(4))


def _customer(first: str, last: str, digits: str, street: str = "") -> Customer:
    return Customer(first, last, f"+234 80{digits[0]} 555 {digits[1:]}", street=street)


_NGOZI = _customer("Ngozi", "Okeke", "30134", "3 Harbour Road, Apapa")
_UCHE = _customer("Uche", "Nnamdi", "30131")
_KEMI = _customer("Kemi", "Ade", "50129")
_AMINA = _customer("Amina", "Bello", "60136")
_MUSA = _customer("Musa", "Danjuma", "30137")
_GRACE = _customer("Grace", "Udo", "70139", "21 Lantern Street, Yaba")
_HALIMA = _customer("Halima", "Sani", "60140", "14 Palm Close, Surulere")
_BISI = _customer("Bisi", "Alabi", "20141")
_ADA = _customer("Ada", "Obi", "30142", "8 Mango Lane, Ikeja")
_TUNDE = _customer("Tunde", "Bello", "10143")
_ZAINAB = _customer("Zainab", "Yusuf", "90144")
_FUNKE = _customer("Funke", "Ojo", "80146", "5 Bridge View, Lekki")
_SANI = _customer("Sani", "Abdullahi", "40148")


async def add_counter_orders(desk: Desk) -> None:
    """Orders made by hand: one paid and collected, one with a deposit, one whose transfer is awaited."""
    shop = next(link for link in await desk.write(links) if link.is_shop)
    skus = dict(await desk.write(lambda c: c.execute("SELECT sku, remote_id FROM product").fetchall()))

    async def order(who: Contact, lines: dict[str, int]) -> str:
        at = desk.clock()
        order_id = new_command_id(at)
        contact_id = named(order_id, "contact")
        wanted = tuple(NewLine(product_id(shop.id, skus[sku]), units) for sku, units in lines.items())
        command = PlaceOrder(
            id=new_command_id(at), actor=OWNER, at=at, order_id=order_id, location_id=MAIN_LOCATION, lines=wanted,
            contact_id=contact_id,
        )  # fmt: skip
        await desk.run(command, also=lambda c: write_contact(c, contact_id, who))
        return order_id

    async def run(kind: type[Command], **fields: Any) -> None:
        at = desk.clock()
        await desk.run(kind(id=new_command_id(at), actor=OWNER, at=at, **fields))

    async def pay(order_id: str, amount: int, method: str, *, awaiting: bool = False) -> None:
        at = desk.clock()
        await run(
            TakePayment, order_id=order_id, amount_minor=amount, method=method, reference="", paid_at=at,
            awaiting=awaiting,
        )  # fmt: skip

    walk_in = await order(Contact(name="Walk-in"), {"SHEA-200": 4})
    await pay(walk_in, 1_200_000, "cash")
    await run(HandOver, order_id=walk_in)
    deposit = await order(Contact(name="Chioma Eze", phone="+234 803 555 0150"), {"ADIRE-L": 1})
    await pay(deposit, 1_000_000, "card")
    awaited = await order(Contact(name="Emeka Nwankwo", phone="+234 805 555 0143"), {"SHEA-200": 5})
    await pay(awaited, 1_500_000, "transfer", awaiting=True)


OWNER = "Adaeze"
