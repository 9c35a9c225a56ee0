"""Check payment: the provider is asked about the payments of one order at once, and what it says counts."""

import httpx
import pytest

from posapp.demo_shop.app import build
from posapp.domain.errors import Refused
from posapp.domain.orders import Status
from posapp.domain.payments import PaymentState
from posapp.sync.checking import Told, ask_about
from posapp.sync.feed import FeedUnavailable
from tests.outbox import test_linking as linking
from tests.outbox.test_linking import PRICE, Linked, ordered

shop = linking.shop  # the fixture


async def asked(shop: Linked, order_id: str) -> Told:
    return await ask_about(shop.desk, shop.secrets, order_id, transport=shop.transport)


async def press(shop: Linked, url: str, deed: str) -> None:
    transport = httpx.ASGITransport(build(shop.scene.store))
    async with httpx.AsyncClient(transport=transport) as browser:
        assert (await browser.post(url, data={"deed": deed})).status_code == 303


def waiting(shop: Linked) -> int:
    sql = "SELECT COUNT(*) FROM inbox WHERE kind = 'payment' AND state = 'new'"
    found: int = shop.reader.value(sql)
    return found


async def test_what_hangs_is_asked_for_by_its_reference_and_counts_at_the_next_look(shop: Linked) -> None:
    order_id = ordered(shop)
    made = await shop.link(order_id)
    await press(shop, made.url, "slow")
    await shop.look()
    assert [p.state for p in shop.order(order_id).payments] == [PaymentState.PENDING]
    told = await asked(shop, order_id)
    assert (told.provider, told.reference, told.state) == ("paystack", made.reference, PaymentState.PENDING)
    await press(shop, made.url, "pay")
    told = await asked(shop, order_id)
    assert (told.state, told.amount_minor) == (PaymentState.SUCCEEDED, PRICE)
    assert waiting(shop) > 0, "it came in, and is carried out by the next look"
    assert shop.order(order_id).status == Status.OPEN
    await shop.look()
    order = shop.order(order_id)
    assert (order.status, order.paid_minor, len(order.payments)) == (Status.PROCESSING, PRICE, 1)
    assert waiting(shop) == 0


async def test_a_payment_that_the_provider_does_not_know_is_said_to_be_unknown(shop: Linked) -> None:
    order_id = ordered(shop)
    shop.told(order_id, PRICE, PaymentState.PENDING, "T-404")
    assert await asked(shop, order_id) == Told("paystack", "T-404")
    assert shop.order(order_id).payments[0].state == PaymentState.PENDING


async def test_without_anything_to_ask_for_it_says_so(shop: Linked) -> None:
    order_id = ordered(shop)
    with pytest.raises(Refused, match="could be asked about"):
        await asked(shop, order_id)
    shop.pay(order_id, method="transfer", awaiting=True)
    with pytest.raises(Refused, match="could be asked about"):
        await asked(
            shop, order_id
        )  # a transfer that a person announced is nobody's to confirm but a person's


async def test_without_a_network_nothing_is_told(shop: Linked) -> None:
    order_id = ordered(shop)
    shop.told(order_id, PRICE, PaymentState.PENDING, "T-1")
    shop.down = True
    with pytest.raises(FeedUnavailable):
        await asked(shop, order_id)
