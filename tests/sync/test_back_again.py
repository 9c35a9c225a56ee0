"""One second can hold several versions of an order, and the last may be the first again."""

from pathlib import Path

import pytest

from tests.sync.scripted import ScriptedShop, Till, held, order, product

MUG = "10"


@pytest.mark.parametrize("turns", [1, 2, 3, 4])
async def test_an_order_that_went_back_to_what_it_was_within_a_second_is_followed(
    tmp_path: Path, turns: int
) -> None:
    till = Till(tmp_path, ScriptedShop([product(MUG, "MUG", 5)]))
    await till.sync()
    alive = order("1", [(MUG, 2)], paid="10:00", status="processing")
    ended = order("1", [(MUG, 2)], paid="10:00", status="cancelled")
    assert alive.modified_at == ended.modified_at
    till.shop.tell([alive])
    await till.sync()
    for turn in range(turns):
        till.shop.tell([(ended, alive)[turn % 2]])
        await till.sync()
        found = till.orders()["1"]
        assert (found.status, held(found)[0]) == (("CANCELLED", 0), ("PROCESSING", 2))[turn % 2]
        assert len(found.payments) == 1
    again = await till.sync()
    assert again.counts.applied == 0


async def test_the_same_version_read_again_is_no_news(tmp_path: Path) -> None:
    till = Till(tmp_path, ScriptedShop([product(MUG, "MUG", 5)]))
    await till.sync()
    paid = order("1", [(MUG, 2)], paid="10:00")
    till.shop.tell([paid], [paid], [paid])
    await till.sync()
    till.shop.tell([paid])
    report = await till.sync()
    assert (report.counts.pulled, report.counts.already_known, report.counts.applied) == (1, 1, 0)
