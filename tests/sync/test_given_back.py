"""A provider calls a payment reversed that was given back whole: the books are the same whoever gave it back."""

from collections.abc import AsyncIterator
from pathlib import Path
from sqlite3 import Connection

import pytest

from posapp.commands.command import new_command_id
from posapp.commands.orders import CancelOrder
from posapp.commands.outbox import BeginSending, NoteRefundState, NoteSent
from posapp.db.rows import LEVEL, MOVEMENT, SALE
from posapp.domain.orders import Order
from posapp.domain.outbox import OutKind
from posapp.domain.payments import PartState, PaymentState
from posapp.queries.books import book_troubles
from posapp.sync.outgoing import RefundAsk
from tests.books import check_books
from tests.sync.connectors.paystack_shop import Scene, link_ask, open_scene
from tests.sync.scripted import NOON, ScriptedShop, Till, order, product, reasons

PRICE = 100_000


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with open_scene() as scene:
        scene.clock.now = NOON
        yield scene


@pytest.fixture
async def till(tmp_path: Path, scene: Scene) -> Till:
    """One mug ordered on the web and paid by a link."""
    till = Till(tmp_path, ScriptedShop([product("10", "MUG", 5)]), scene.feed)  # type: ignore[arg-type]  # a real one
    await till.sync()
    till.shop.tell([order("1", [("10", 1)], payment_method="paystack")])
    await till.sync()
    await pay(till, scene, "L-1")
    return till


async def pay(till: Till, scene: Scene, reference: str) -> None:
    number = till.orders()["1"].number
    link = link_ask(reference, PRICE)
    await scene.feed.payment_link(type(link)(reference, number, "NGN", PRICE, 0, link.email))
    scene.store.pay_link(reference)
    await till.sync()


def run(till: Till, make: type, **fields: object) -> None:
    till.desk.do(make(id=new_command_id(till.time), actor="posapp", at=till.time, **fields))


async def send(till: Till, scene: Scene) -> str:
    """What the sender does with the one row that waits for the provider."""
    sql = "SELECT id, part_id FROM outgoing WHERE kind = ? AND state = 'WAITING'"
    ((key, part_id),) = till.desk.write_now(lambda c: c.execute(sql, (OutKind.PROVIDER_REFUND,)).fetchall())
    ours = till.orders()["1"]
    part = next(part for part in ours.parts if part.id == part_id)
    payment = next(one for one in ours.payments if one.id == part.payment_id)
    run(till, BeginSending, order_id=ours.id, outgoing_id=key)
    made = await scene.feed.refund(RefundAsk(key, payment.provider_ref, "NGN", part.amount_minor))
    run(till, NoteSent, order_id=ours.id, outgoing_id=key, remote_id=made.remote_id, state=made.state)
    return made.remote_id


def cancel(till: Till) -> None:
    ours = till.orders()["1"]
    till.desk.do(
        CancelOrder(
            id=new_command_id(till.time), actor="Owner", at=till.time, order_id=ours.id, route="provider"
        )
    )


def balanced(till: Till) -> None:
    """The books balance, as the tests and as the doctor see it."""

    def look(connection: Connection) -> None:
        check_books(
            orders,
            [LEVEL.decode(row) for row in connection.execute(LEVEL.select).fetchall()],
            [
                MOVEMENT.decode(row)
                for row in connection.execute(f"{MOVEMENT.select} ORDER BY rowid").fetchall()
            ],
            [SALE.decode(row) for row in connection.execute(f"{SALE.select} ORDER BY rowid").fetchall()],
        )
        assert not list(book_troubles(connection, 5))

    orders = list(till.orders().values())
    till.desk.write_now(look)


def figures(ours: Order) -> tuple[int, int, int, list[str]]:
    return ours.paid_minor, ours.refunded_minor, ours.owed_minor, reasons(ours)


async def test_a_refund_of_ours_is_no_reversal_and_owes_nothing(till: Till, scene: Scene) -> None:
    assert till.orders()["1"].paid_minor == PRICE
    cancel(till)
    await send(till, scene)
    scene.clock.forward(minutes=1)
    await till.sync()
    (made,) = scene.store.state.transactions.values()
    assert made.status == "reversed"
    ours = till.orders()["1"]
    assert [payment.state for payment in ours.payments] == [PaymentState.SUCCEEDED]
    assert figures(ours) == (0, PRICE, 0, [])
    assert (till.total_sales(), till.levels()) == (0, {"MUG": (5, 0)})
    balanced(till)


async def test_one_that_was_paid_out_and_then_failed_is_owed_again(till: Till, scene: Scene) -> None:
    cancel(till)
    number = await send(till, scene)
    scene.clock.forward(minutes=1)
    await till.sync()
    scene.store.settle_refund(int(number), "failed")
    await till.sync()
    ours = till.orders()["1"]
    (part,) = ours.parts
    news = {"order_id": ours.id, "part_id": part.id, "remote_id": number}
    run(till, NoteRefundState, **news, state=PartState.PROCESSED)
    run(till, NoteRefundState, **news, state=PartState.FAILED)
    assert figures(till.orders()["1"]) == (PRICE, 0, PRICE, ["REFUND_FAILED"])
    balanced(till)


async def test_a_payment_given_back_whole_leaves_the_others_of_its_order(till: Till, scene: Scene) -> None:
    """Paid twice, and one of the two goes back: the order stays paid, once."""
    await pay(till, scene, "L-2")
    ours = till.orders()["1"]
    assert figures(ours) == (2 * PRICE, 0, 0, ["DUPLICATE_PAYMENT"])
    elsewhere = RefundAsk("somebody at the dashboard", "L-2", "NGN", PRICE)
    await scene.feed.refund(elsewhere)
    scene.clock.forward(minutes=1)
    await scene.feed.banks("NGN")
    await till.sync()
    ours = till.orders()["1"]
    assert ours.paid_minor == PRICE
    assert ours.owed_minor == 0
    assert (till.total_sales(), till.levels()) == (PRICE, {"MUG": (5, 1)})
    balanced(till)


async def test_a_reversal_that_somebody_else_made_of_all_there_was_asks_a_person(
    till: Till, scene: Scene
) -> None:
    scene.store.reverse("L-1")
    await till.sync()
    ours = till.orders()["1"]
    assert [payment.state for payment in ours.payments] == [PaymentState.REVERSED]
    assert figures(ours) == (0, 0, 0, ["PAYMENT_REVERSED"])
    balanced(till)
