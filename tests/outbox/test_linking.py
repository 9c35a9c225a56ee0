"""A payment page for an order: asked once, shown again, never taken for somebody else's order."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from posapp.commands.shop import ChangeSetting
from posapp.demo_shop.app import build
from posapp.demo_shop.paystack import ROOT
from posapp.domain.errors import Refused
from posapp.domain.orders import Status
from posapp.domain.payments import PaymentStatus
from posapp.domain.provider_fees import FeeBearer, customer_fee
from posapp.secrets import Secrets
from posapp.sync import connecting
from posapp.sync.feed import FeedUnavailable
from posapp.sync.linking import MadeLink, link_for, order_named_by
from posapp.sync.outgoing import LinkAsk
from posapp.sync.worker import Worker
from tests.shop import Shop
from tests.sync.connectors.paystack_shop import Scene, open_scene

PRICE = 1_500_000
MAIL = "bola@example.test"
ORDER = "0190a4f0-0000-7000-8000-00000000000"


class Linked(Shop):
    """A shop with a provider that is connected."""

    secrets: Secrets
    scene: Scene
    down = False

    @property
    def transport(self) -> httpx.AsyncBaseTransport:
        gone = httpx.MockTransport(lambda request: httpx.Response(502, text="<html>"))
        return gone if self.down else httpx.ASGITransport(build(self.scene.store))

    async def link(self, order_id: str, amount_minor: int = PRICE, email: str = MAIL) -> MadeLink:
        return await link_for(
            self.desk, self.secrets, order_id, amount_minor, email, transport=self.transport
        )

    async def look(self) -> None:
        await Worker(self.desk, self.secrets, transport=self.transport).run_once()


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Linked]:
    """One mug on the shelf; the provider's clock goes with the shop's."""
    shop = Linked(tmp_path / "folder")
    shop.secrets = Secrets(tmp_path / "folder")
    async with open_scene() as scene:
        shop.scene = scene
        scene.clock.now = shop.now
        shop.product("Mug", PRICE, stock=1)
        await connecting.connect(
            shop.desk, shop.secrets, "paystack", f"http://127.0.0.1{ROOT}", "", scene.store.provider_key,
            transport=shop.transport,
        )  # fmt: skip
        yield shop
    shop.close()


def ordered(shop: Linked, last: str = "1") -> str:
    """An unpaid order under an id as the till makes them."""
    shop.new_id = lambda kind: f"{ORDER}{last}" if kind == "order" else Shop.new_id(shop, kind)  # type: ignore[method-assign]  # ids of tests are shorter than the till's own
    return shop.place({"mug": 1})


async def test_what_is_paid_on_the_page_confirms_the_order_it_was_made_for(shop: Linked) -> None:
    order_id = ordered(shop)
    made = await shop.link(order_id)
    assert order_named_by(made.reference) == order_id
    shop.scene.store.pay_link(made.reference)
    await shop.look()
    order = shop.order(order_id)
    assert (order.status, order.payment_status, order.lines[0].allocated_qty) == (
        Status.PROCESSING, PaymentStatus.PAID, 1,
    )  # fmt: skip


async def test_a_page_is_made_once_and_shown_again_while_it_fits(shop: Linked) -> None:
    order_id = ordered(shop)
    first = await shop.link(order_id)
    assert await shop.link(order_id) == first
    deposit = await shop.link(order_id, 500_000)
    assert deposit.reference != first.reference
    shop.now += timedelta(days=3)
    assert (await shop.link(order_id)).reference not in (first.reference, deposit.reference)


async def test_a_page_that_was_paid_is_not_shown_again(shop: Linked) -> None:
    order_id = ordered(shop)
    deposit = await shop.link(order_id, 500_000)
    shop.scene.store.pay_link(deposit.reference)
    await shop.look()
    assert (await shop.link(order_id, 500_000)).reference != deposit.reference
    with pytest.raises(Refused):
        await shop.link(order_id, PRICE)


async def test_the_customer_bears_the_fee_by_the_owners_choice(shop: Linked) -> None:
    shop.do(ChangeSetting, key="link_fee", value="customer")
    order_id = ordered(shop)
    made = await shop.link(order_id)
    assert made.fee_minor == customer_fee("paystack", "NGN", PRICE, FeeBearer.CUSTOMER) > 0
    shop.scene.store.pay_link(made.reference)
    await shop.look()
    order = shop.order(order_id)
    assert (order.paid_minor, order.credit_minor) == (PRICE, 0)


async def test_an_answer_that_was_lost_leaves_no_page_that_is_shown(shop: Linked) -> None:
    order_id = ordered(shop)
    shop.down = True
    with pytest.raises(FeedUnavailable):
        await shop.link(order_id)
    shop.down = False
    made = await shop.link(order_id)
    assert made.url
    assert made.reference.endswith("-2")


async def test_money_for_another_installation_is_not_taken_for_our_order_of_that_number(shop: Linked) -> None:
    order_id = ordered(shop)
    number = shop.order(order_id).number
    theirs = await shop.scene.feed.payment_link(link_ask(f"{ORDER}9-1", number))
    shop.scene.store.pay_link(theirs.reference)
    await shop.look()
    assert shop.order(order_id).payments == []


def link_ask(reference: str, number: str) -> LinkAsk:
    return LinkAsk(reference, number, "NGN", PRICE, 0, MAIL)


@pytest.mark.parametrize(("email", "amount"), [("", PRICE), ("nobody", PRICE), (MAIL, 0), (MAIL, PRICE + 1)])
async def test_what_makes_no_sense_is_refused_before_anybody_is_asked(
    shop: Linked, email: str, amount: int
) -> None:
    order_id = ordered(shop)
    before = len(shop.scene.store.state.transactions)
    with pytest.raises(Refused):
        await shop.link(order_id, amount, email)
    assert len(shop.scene.store.state.transactions) == before
