"""What a shop or a provider takes back of what it said: a completed order, the order that money was for."""

from pathlib import Path

import msgspec
import pytest

from posapp.domain.orders import Status
from posapp.sync.connections import set_state
from tests.sync.scripted import ScriptedShop, Till, at, held, order, product, reasons
from tests.sync.test_money_that_went import payment

MUG, MUG_SKU = "10", "MUG"


def gone(till: Till, remote_id: str = "1") -> int:
    return sum(line.handed_over_qty for line in till.orders()[remote_id].lines)


async def test_a_completed_state_that_is_taken_back_hands_nothing_more_over(tmp_path: Path) -> None:
    till = Till(tmp_path, ScriptedShop([product(MUG, "MUG", 5)]))
    await till.sync()
    till.shop.tell(
        [order("1", [(MUG, 2)], status="completed", modified="09:30")]
    )  # on delivery, not paid yet
    await till.sync()
    assert till.orders()["1"].completed_in_shop
    till.shop.tell([order("1", [(MUG, 2)], status="on-hold", modified="09:40")])
    await till.sync()
    assert not till.orders()["1"].completed_in_shop
    till.shop.tell([order("1", [(MUG, 2)], paid="10:00", modified="10:00")])
    await till.sync()
    assert held(till.orders()["1"]) == (2, 0)
    assert gone(till) == 0
    assert till.orders()["1"].status == Status.PROCESSING


async def test_completed_once_more_is_handed_over_once_more(tmp_path: Path) -> None:
    till = Till(tmp_path, ScriptedShop([product(MUG, "MUG", 5)]))
    await till.sync()
    two, three = [(MUG, 2)], [(MUG, 3)]
    paid = {"paid": "09:10"}
    till.shop.tell([order("1", two, **paid, status="completed", modified="09:30")])
    await till.sync()
    assert (gone(till), till.levels()) == (2, {"MUG": (3, 0)})
    till.shop.tell([order("1", three, **paid, status="processing", modified="09:40", total_minor=200_000)])
    await till.sync()
    assert gone(till) == 2  # what left has left
    till.shop.tell([order("1", two, **paid, status="processing", modified="09:50")])
    await till.sync()
    till.shop.tell([order("1", two, **paid, status="completed", modified="10:10")])
    await till.sync()
    assert till.orders()["1"].completed_in_shop
    assert (gone(till), till.orders()["1"].status) == (2, Status.COMPLETED)
    assert (await till.sync()).counts.applied == 0


async def test_the_same_completed_order_read_again_is_completed_once(tmp_path: Path) -> None:
    till = Till(tmp_path, ScriptedShop([product(MUG, "MUG", 5)]))
    await till.sync()
    done = order("1", [(MUG, 2)], paid="09:10", status="completed", modified="09:30")
    noted = msgspec.structs.replace(done, modified_at=at("09:45"))
    till.shop.tell([done, noted], [noted])
    await till.sync()
    completed = "SELECT count(*) FROM journal WHERE body LIKE '%complete_shop_order%'"
    assert till.desk.write_now(lambda c: c.execute(completed).fetchone()[0]) == 1
    assert gone(till) == 2


@pytest.mark.parametrize("together", [True, False])
async def test_money_told_of_two_orders_is_one_payment_and_stays_where_it_was(
    tmp_path: Path, together: bool
) -> None:
    provider = ScriptedShop([], "provider")
    provider.waiting = []
    till = Till(tmp_path, ScriptedShop([product(MUG, "MUG", 5)]), provider)
    await till.sync()
    till.shop.tell([order(number, [(MUG, 1)], payment_method="paystack") for number in ("1", "2")])
    first = payment("A", "1")
    second = msgspec.structs.replace(first, order_remote_id="2", digest="other")
    if together:
        provider.tell([first, second])
    else:
        provider.tell([first])
        await till.sync()
        provider.tell([second])
    report = await till.sync()
    assert report.counts.quarantined == 0
    found = till.orders()
    paid = {number: len(each.payments) for number, each in found.items()}
    assert sorted(paid.values()) == [0, 1]
    assert together or paid == {"1": 1, "2": 0}
    assert till.total_sales() == 100_000
    provider.tell([msgspec.structs.replace(second, state="REVERSED", digest="reversed")])
    report = await till.sync()
    assert report.counts.quarantined == 0
    holder = next(number for number, payments in paid.items() if payments)
    found = till.orders()
    assert reasons(found[holder]) == ["PAYMENT_REVERSED"]
    assert found[holder].paid_minor == 0
    assert sum(len(each.payments) for each in found.values()) == 1


async def test_money_for_the_orders_of_a_shop_that_another_till_serves_waits(tmp_path: Path) -> None:
    provider = ScriptedShop([], "provider")
    provider.waiting = []
    till = Till(tmp_path, ScriptedShop([product(MUG, "MUG", 5)]), provider)
    await till.sync()
    till.shop.tell([order("1", [(MUG, 1)], payment_method="paystack")])
    await till.sync()
    till.desk.write_now(lambda c: set_state(c, "shop", "taken_over"))
    provider.tell([payment("A", "1")])
    await till.sync()
    assert till.levels() == {MUG_SKU: (5, 0)}
    assert till.orders()["1"].payments == []
    till.desk.write_now(lambda c: set_state(c, "shop", "active"))
    await till.sync()
    assert till.levels() == {MUG_SKU: (5, 1)}
