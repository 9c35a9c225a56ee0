"""An old copy of the folder takes over: what was paid out since is looked for, and never paid again."""

from pathlib import Path

import pytest

from posapp.demo_shop.server import Running
from posapp.demo_shop.store import Store
from posapp.domain.payments import PartState
from tests.outbox.till import TOTE, Clock, Till


@pytest.mark.parametrize("route", ["provider", "gateway"])
@pytest.mark.parametrize("decided", [True, False], ids=["decided before", "decided again"])
async def test_an_old_folder_pays_nothing_twice(
    tmp_path: Path, demo: tuple[Store, Running, Clock], route: str, *, decided: bool
) -> None:
    till = Till(tmp_path / "till", *demo)
    await till.connect(provider=True)
    web, order_id = await till.short_order()
    if decided:
        till.resolve(order_id, "refund_excess", route)
    till.again(copy_to=tmp_path / "old")
    if not decided:
        till.resolve(order_id, "refund_excess", route)
    till.clock.pass_time(9)
    await till.send()
    till.close()
    old = Till(tmp_path / "old", *demo)
    if not decided:
        old.resolve(order_id, "refund_excess", route)
    old.clock.pass_time(9)
    await old.send()  # before any look
    assert [one.amount_minor for one in old.paid_out()] == [TOTE]
    assert len([one for one in old.written(web) if one.paid_by_gateway]) == (route == "gateway")
    for _ in range(3):
        old.clock.pass_time(700)
        await old.look()
    order = old.order(order_id)
    assert (order.paid_minor, order.total_minor, len(order.refunds)) == (2 * TOTE, 2 * TOTE, 1)
    assert old.part(order_id).state == PartState.PROCESSED
    assert [one.amount_minor for one in old.paid_out()] == [TOTE]
    assert [one.amount_minor for one in old.written(web)] == [TOTE]
    old.close()
