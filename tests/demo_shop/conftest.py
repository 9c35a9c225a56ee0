"""A demo shop without a network, and the shop the recordings were made in."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from posapp.demo_shop.app import build
from posapp.demo_shop.catalogue import add_product, add_variable, add_variation
from posapp.demo_shop.records import Attribute
from posapp.demo_shop.store import Store

BASE = "http://127.0.0.1:8443"
OPENED = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, now: datetime = OPENED) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(clock: Clock) -> Store:
    return Store(clock=clock)


def asking(store: Store) -> httpx.AsyncClient:
    key = store.key
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(build(store)),
        base_url=BASE,
        auth=(key.consumer_key, key.consumer_secret),
    )


@pytest.fixture
async def rest(store: Store) -> AsyncIterator[httpx.AsyncClient]:
    """The shopkeeper's REST client."""
    async with asking(store) as client:
        yield client


@pytest.fixture
async def provider(store: Store) -> AsyncIterator[httpx.AsyncClient]:
    """The provider's client."""
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(build(store)),
        base_url=f"{BASE}/paystack",
        headers={"Authorization": f"Bearer {store.provider_key}"},
    ) as client:
        yield client


@pytest.fixture
def browser(store: Store) -> Callable[[], httpx.AsyncClient]:
    """Browsers, each with cookies of its own."""

    def opened() -> httpx.AsyncClient:
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(build(store)), base_url=BASE, follow_redirects=True
        )

    return opened


@pytest.fixture
def recorded_shop(clock: Clock) -> Store:
    """The products of the recordings, under their ids."""
    store = Store(clock=clock, empty=True)
    store.state.next_post = 10
    water = add_product(store, "Bottled Water 75cl", sku="WTR-75", price="250.00", stock=100)
    water.barcode = "6151100030115"
    oil = add_product(store, "Groundnut Oil (loose)", sku="OIL-1", price="1234.56", stock=12)
    oil.sale_price, oil.low_stock, oil.weight = "1199.99", 5, "0.92"
    add_product(store, "Last Unit Radio", sku="RAD-1", price="15500.00", stock=1)
    add_product(store, "Delivery service", sku="SRV-1", price="999.95", stock=None).virtual = True
    bread = add_product(store, "Bread (VAT exempt)", sku="BRD-1", price="800", stock=40)
    bread.tax_status = "none"
    store.post_id()
    draft = add_product(store, "Draft thing", sku="DRF-1", price="10", stock=None)
    draft.status = "draft"
    add_product(store, "No SKU, no price product", sku="", price="", stock=3)
    add_product(store, "Ọ̀pá “àṣẹ” & <b>Gèlè</b> – ₦", sku="ỌPÁ-1", price="7000.10", stock=9)
    shirt = add_variable(store, "Ankara Shirt", sku="ANK", choice="Size", options=["S", "M", "L"])
    shirt.attributes.append(Attribute("Colour", ["Red", "Blue"]))
    for size, colour, price, units in (
        ("S", "Red", "8500.00", 5),
        ("M", "Red", "8500.00", 2),
        ("L", "Blue", "9000.00", 1),
    ):
        made = add_variation(store, shirt, size, sku=f"ANK-{size}-{colour}", price=price, stock=units)
        made.attributes.append(Attribute("Colour", [colour]))
    cap = add_variable(store, "Parent-stocked Cap", sku="CAP", choice="Colour", options=["Red", "Blue"])
    cap.manage_stock, cap.stock = True, 10
    add_variation(store, cap, "Red", sku="CAP-RED", price="3000", stock=None)
    store.state.next_post = 127
    return store
