"""The provider pays out: killed, cut off, failed, asking for an account, or asked in its own dashboard."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from posapp.commands.bank_details import BankAccount, keeping
from posapp.commands.command import new_command_id
from posapp.commands.outbox import BeginSending, GiveDetails, NoteSent
from posapp.demo_shop.faults import Kind
from posapp.demo_shop.provider_refunds import make_refund
from posapp.demo_shop.server import Running
from posapp.demo_shop.store import Store
from posapp.domain.outbox import OutState
from posapp.domain.payments import PartState
from posapp.replay import check_replay
from tests.outbox.till import TOTE, Clock, Killed, Till


@pytest.fixture
async def till(tmp_path: Path, demo: tuple[Store, Running, Clock]) -> AsyncIterator[Till]:
    """A till that serves the shop and reads its provider."""
    made = Till(tmp_path / "till", *demo)
    await made.connect(provider=True)
    yield made
    made.close()


async def settled(till: Till, *, after_s: float = 9) -> None:
    till.clock.pass_time(after_s)
    await till.look()


async def refunded(till: Till) -> str:
    """A short order whose missing tote the provider is to pay back; the eight seconds are over."""
    _, order_id = await till.short_order()
    till.resolve(order_id, "refund_excess", "provider")
    till.clock.pass_time(9)
    return order_id


@pytest.mark.parametrize(
    "step", ["before begin", "after begin", "before request", "after request", "before noted", "after noted"]
)
@pytest.mark.parametrize("by_pull", [False, True], ids=["by the look", "by the pull"])
async def test_killed_at_any_step_it_pays_once(till: Till, step: str, *, by_pull: bool) -> None:
    order_id = await refunded(till)
    desk, wire = till.desk, till.wire
    match step:
        case "before begin":
            desk.before = BeginSending
        case "after begin":
            desk.after = BeginSending
        case "before request":
            wire.dies_before = "/refund"
        case "after request":
            wire.dies_after = "/refund"
        case "before noted":
            desk.before = NoteSent
        case "after noted":
            desk.after = NoteSent
    with pytest.raises(Killed):
        await till.send()
    till.again()
    if by_pull:
        await till.look()
    await settled(till, after_s=91)
    await settled(till, after_s=60)
    assert [one.amount_minor for one in till.paid_out()] == [TOTE]
    assert till.part(order_id).state == PartState.PROCESSED
    order = till.order(order_id)
    assert (order.paid_minor, len(order.refunds), till.cases(order_id)) == (2 * TOTE, 1, set())
    assert till.desk.write_now(check_replay).differences == []


async def test_paid_by_the_provider_it_is_written_down_in_the_shop_without_its_gateway(till: Till) -> None:
    order_id = await refunded(till)
    await till.look()
    await settled(till, after_s=60)
    web = till.store.order(int(till.order(order_id).remote_id))
    (refund,) = web.refunds
    assert (refund.amount_minor, refund.paid_by_gateway) == (TOTE, False)
    assert {row.state for row in till.rows(order_id)} == {OutState.DONE}


@pytest.mark.parametrize("kind", [Kind.LOST_ANSWER, Kind.DROP, Kind.BAD_GATEWAY, Kind.DOUBLED])
async def test_a_bad_network_pays_once(till: Till, kind: Kind) -> None:
    order_id = await refunded(till)
    till.store.faults.add(kind, method="POST", path="/paystack/refund")
    for _ in range(3):
        await settled(till, after_s=700)
    paid = [one for one in till.paid_out() if one.amount_minor == TOTE]
    assert len(paid) == (2 if kind == Kind.DOUBLED else 1)  # a proxy that asks twice is not ours to stop
    assert till.part(order_id).state == PartState.PROCESSED


async def test_scenario_25_a_failed_refund_is_owed_and_its_retry_pays_once(till: Till) -> None:
    till.store.plan_refunds("failed")
    order_id = await refunded(till)
    await till.look()
    await settled(till, after_s=60)
    order = till.order(order_id)
    assert till.cases(order_id) == {"REFUND_FAILED"}
    assert (order.owed_minor, order.total_minor, order.lines[0].allocated_qty) == (TOTE, 2 * TOTE, 2)
    till.resolve(order_id, "retry_refund", "provider")
    await settled(till)
    await settled(till, after_s=60)
    assert (till.cases(order_id), till.order(order_id).owed_minor) == (set(), 0)
    assert [one.amount_minor for one in till.paid_out()] == [TOTE]


async def test_scenario_26_pressed_offline_and_killed_before_the_answer_was_stored(till: Till) -> None:
    _, order_id = await till.short_order()
    till.wire.is_down = True
    till.resolve(order_id, "refund_excess", "provider")
    await settled(till, after_s=3_600)
    assert (till.part(order_id).state, till.row(order_id).state) == (PartState.QUEUED, OutState.WAITING)
    till.again()
    till.desk.before = NoteSent
    with pytest.raises(Killed):
        await till.look()
    till.again()
    for _ in range(3):
        await settled(till, after_s=100)
    assert [one.amount_minor for one in till.paid_out()] == [TOTE]
    assert till.part(order_id).state == PartState.PROCESSED


async def test_a_failure_that_was_none_is_found_before_the_retry_pays(till: Till) -> None:
    till.store.plan_refunds("failed")
    order_id = await refunded(till)
    await till.look()
    await settled(till, after_s=60)
    (there,) = till.store.state.provider_refunds.values()
    till.resolve(order_id, "retry_refund", "provider")
    till.store.settle_refund(there.id, "processed")  # it went after all
    till.clock.pass_time(9)
    await till.send()
    assert [one.id for one in till.paid_out()] == [there.id]
    assert till.part(order_id).state == PartState.PROCESSED


async def test_a_bank_account_is_asked_for_told_and_forgotten(till: Till) -> None:
    till.store.plan_refunds("needs-attention", "processed")
    order_id = await refunded(till)
    await till.look()
    await settled(till, after_s=60)
    assert till.cases(order_id) == {"NEEDS_DETAILS"}
    at, part = till.clock(), till.part(order_id)
    give = GiveDetails(id=new_command_id(at), actor=till.owner, at=at, order_id=order_id, part_id=part.id)
    till.desk.do(give, also=keeping(part.id, BankAccount("NGN", "0123456789", "9")))
    till.store.faults.add(Kind.LOST_ANSWER, method="POST", path="/refund/retry")
    for _ in range(3):
        await settled(till, after_s=200)
    assert (till.part(order_id).state, till.cases(order_id)) == (PartState.PROCESSED, set())
    assert [one.account_number for one in till.paid_out()] == ["0123456789"]
    assert till.desk.write_now(lambda c: c.execute("SELECT * FROM outgoing_details").fetchall()) == []
    bodies = till.desk.write_now(lambda c: c.execute("SELECT group_concat(body) FROM journal").fetchone()[0])
    assert "0123456789" not in bodies


async def test_a_refund_of_the_dashboard_is_followed_once(till: Till) -> None:
    web, order_id = await till.short_order(units=2)
    (paid,) = [one for one in till.store.state.transactions.values() if one.order_id == web.id]
    make_refund(till.store, paid, TOTE, at_once=True)
    await till.look()
    assert till.order(order_id).refunds == []  # the shop may have made it, and tells of it too
    for _ in range(3):
        await settled(till, after_s=700)
    order = till.order(order_id)
    assert (order.paid_minor, order.total_minor, len(order.refunds)) == (TOTE, TOTE, 1)
    assert [refund.amount_minor for refund in till.written(web)] == [TOTE]


async def test_a_refund_by_the_shops_plugin_is_one_refund(till: Till) -> None:
    web, order_id = await till.short_order()
    till.resolve(order_id, "refund_excess", "gateway")
    for _ in range(3):
        await settled(till, after_s=700)
    order = till.order(order_id)
    assert (order.paid_minor, len(order.refunds), len(till.written(web))) == (2 * TOTE, 1, 1)
    (there,) = till.paid_out()
    assert till.part(order_id).remote_id == str(there.id)


async def test_money_that_went_after_its_refund_was_taken_back_is_followed(till: Till) -> None:
    till.store.plan_refunds("failed")
    order_id = await refunded(till)
    await till.look()
    await settled(till, after_s=60)
    till.resolve(order_id, "undo_refund")
    assert (till.order(order_id).paid_minor, till.order(order_id).refunds) == (3 * TOTE, [])
    (there,) = till.store.state.provider_refunds.values()
    till.store.settle_refund(there.id, "processed")
    for _ in range(3):
        await settled(till, after_s=700)
    order = till.order(order_id)
    assert (order.paid_minor, len(order.refunds), len(till.paid_out())) == (2 * TOTE, 1, 1)
