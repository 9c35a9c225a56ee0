"""An order paid by a link: in part, too much, twice, late or not at all, and with the fee on top."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from posapp.domain.orders import Order
from posapp.domain.payments import PaymentStatus
from posapp.domain.provider_fees import FeeBearer, customer_fee
from posapp.sync.outgoing import LinkAsk
from tests.sync.connectors.paystack_shop import Scene, open_scene
from tests.sync.scripted import NOON, ScriptedShop, Till, order, product, reasons

BALANCE = 1_000_000
FEE = customer_fee("paystack", "NGN", BALANCE, FeeBearer.CUSTOMER)


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with open_scene() as scene:
        scene.clock.now = NOON
        yield scene


@pytest.fixture
async def till(tmp_path: Path, scene: Scene) -> Till:
    """Ten mugs for ₦10,000 that nobody has paid yet."""
    till = Till(tmp_path, ScriptedShop([product("10", "MUG", 20)]), scene.feed)  # type: ignore[arg-type]  # a real one
    await till.sync()
    till.shop.tell([order("1", [("10", 10)], payment_method="paystack")])
    await till.sync()
    return till


async def press(till: Till, scene: Scene, *deeds: str, fee: int = 0, reference: str = "L-1") -> Order:
    """Make a link and press the buttons of its page; the till looks after each."""
    number = till.orders()["1"].number
    ask = LinkAsk(reference, number, "NGN", BALANCE + fee, fee, "bola@example.test")
    link = await scene.feed.payment_link(ask)
    await till.sync()
    assert till.orders()["1"].payments == []
    async with httpx.AsyncClient(transport=scene.way._inner) as browser:
        for deed in deeds:
            assert (await browser.post(link.url, data={"deed": deed})).status_code == 303
            scene.clock.forward(minutes=1)
            await till.sync()
    return till.orders()["1"]


@pytest.mark.parametrize("fee", [0, FEE])
@pytest.mark.parametrize("before", [(), ("fail",), ("slow",), ("abandon", "fail")])
async def test_the_order_is_paid_exactly_whoever_bears_the_fee_and_whatever_came_before(
    till: Till, scene: Scene, fee: int, before: tuple[str, ...]
) -> None:
    ours = await press(till, scene, *before, "pay", fee=fee)
    assert (ours.payment_status, ours.paid_minor, ours.credit_minor) == (PaymentStatus.PAID, BALANCE, 0)
    (payment,) = ours.payments
    assert (payment.gross_minor, payment.customer_fee_minor) == (BALANCE + fee, fee)
    assert (reasons(ours), till.total_sales(), till.levels()) == ([], BALANCE, {"MUG": (20, 10)})


@pytest.mark.parametrize(
    ("deed", "paid", "status", "cases"),
    [
        ("less", BALANCE - 50_000, PaymentStatus.PARTIALLY_PAID, []),
        ("more", BALANCE + 50_000, PaymentStatus.PAID, ["OVERPAYMENT"]),
        ("twice", 2 * BALANCE, PaymentStatus.PAID, ["DUPLICATE_PAYMENT"]),
        ("fail", 0, PaymentStatus.UNPAID, []),
        ("abandon", 0, PaymentStatus.UNPAID, []),
        ("slow", 0, PaymentStatus.UNPAID, []),
    ],
)
async def test_what_a_customer_does_on_the_page_is_what_the_till_knows(
    till: Till, scene: Scene, deed: str, paid: int, status: PaymentStatus, cases: list[str]
) -> None:
    ours = await press(till, scene, deed)
    assert (ours.paid_minor, ours.payment_status, reasons(ours)) == (paid, status, cases)
    confirmed = status == PaymentStatus.PAID
    assert (till.total_sales(), till.levels()) == (BALANCE * confirmed, {"MUG": (20, 10 * confirmed)})


async def test_the_rest_by_a_second_link_completes_it(till: Till, scene: Scene) -> None:
    await press(till, scene, "less")
    rest = LinkAsk("L-2", till.orders()["1"].number, "NGN", 50_000, 0, "bola@example.test")
    await scene.feed.payment_link(rest)
    scene.store.pay_link("L-2")
    await till.sync()
    ours = till.orders()["1"]
    assert (ours.payment_status, ours.paid_minor, reasons(ours)) == (PaymentStatus.PAID, BALANCE, [])


async def test_a_bank_that_does_not_answer_is_a_delay(till: Till, scene: Scene) -> None:
    await press(till, scene, "slow")
    scene.clock.forward(minutes=16)
    await till.sync()
    assert reasons(till.orders()["1"]) == ["PAYMENT_DELAYED"]


async def test_an_old_page_paid_again_is_a_duplicate(till: Till, scene: Scene) -> None:
    ours = await press(till, scene, "pay", "again")
    assert (ours.paid_minor, reasons(ours)) == (2 * BALANCE, ["DUPLICATE_PAYMENT"])
