"""Killed at every step of sending: one payout and one refund record, always."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from posapp.commands.outbox import BeginSending, NoteSent
from posapp.domain.outbox import OutState
from posapp.domain.payments import PartState
from posapp.replay import check_replay
from tests.outbox.till import TOTE, Killed, Till

ROOT = Path(__file__).parents[2]
STEPS = ("before begin", "after begin", "before request", "after request", "before noted", "after noted")


def dies(till: Till, step: str, path: str = "/refunds") -> None:
    """Let the process end at a step of sending."""
    match step:
        case "before begin":
            till.desk.before = BeginSending
        case "after begin":
            till.desk.after = BeginSending
        case "before request":
            till.wire.dies_before = path
        case "after request":
            till.wire.dies_after = path
        case "before noted":
            till.desk.before = NoteSent
        case "after noted":
            till.desk.after = NoteSent


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("by_pull", [False, True], ids=["by the look", "by the pull"])
async def test_one_payout_and_one_record(till: Till, step: str, *, by_pull: bool) -> None:
    web, order_id = await till.short_order()
    till.resolve(order_id, "refund_excess")
    till.clock.pass_time(9)
    dies(till, step)
    with pytest.raises(Killed):
        await till.send()
    till.again()
    await till.send()  # at once: what was cut off may still run
    if step not in ("before begin", "after noted"):
        assert till.row(order_id).state == OutState.SENDING
    if by_pull:
        await till.look()  # the shop's own news of it
    till.clock.pass_time(91)
    await till.send()
    await till.look()
    assert [refund.amount_minor for refund in till.written(web)] == [TOTE]
    assert [refund.amount_minor for refund in till.paid_out()] == [TOTE]
    assert (till.row(order_id).state, till.part(order_id).state) == (OutState.DONE, PartState.PROCESSED)
    order = till.order(order_id)
    assert (order.paid_minor, order.total_minor, len(order.refunds)) == (2 * TOTE, 2 * TOTE, 1)
    assert till.cases(order_id) == set()
    assert till.desk.write_now(check_replay).differences == []


async def test_nothing_leaves_while_the_request_before_it_may_still_run(till: Till) -> None:
    _, order_id = await till.short_order()
    till.resolve(order_id, "refund_excess")
    till.clock.pass_time(9)
    dies(till, "before request")
    with pytest.raises(Killed):
        await till.send()
    till.again()
    for _ in range(4):
        till.clock.pass_time(20)
        await till.worker.sender.hurry()  # not even where a person asks
        await till.look()
    assert [asked for asked in till.wire.asked if asked.endswith("/refunds")] == []
    till.clock.pass_time(11)
    await till.look()
    assert till.row(order_id).state == OutState.DONE


@pytest.mark.parametrize("step", ["before", "after", "noted"])
async def test_a_process_that_is_killed_pays_once(till: Till, step: str) -> None:
    web, order_id = await till.short_order()
    till.resolve(order_id, "refund_excess")
    till.clock.pass_time(9)
    till.desk.close()
    words = (sys.executable, "-m", "tests.outbox.sender_to_kill", str(till.folder))
    other = await asyncio.create_subprocess_exec(
        *words, str(till.clock.ahead.total_seconds()), step, stdout=asyncio.subprocess.PIPE, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    try:
        assert other.stdout is not None
        assert (await other.stdout.readline()).decode().strip() == step
    finally:
        other.kill()
        await other.wait()
    till.begin()
    assert till.row(order_id).state == (OutState.DONE if step == "noted" else OutState.SENDING)
    till.clock.pass_time(91)
    await till.look()
    assert [refund.amount_minor for refund in till.written(web)] == [TOTE]
    assert len(till.paid_out()) == 1
    assert till.row(order_id).state == OutState.DONE
