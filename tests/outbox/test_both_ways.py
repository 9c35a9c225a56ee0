"""Web sales, counter sales, decisions, refunds on both sides, edits and cuts of the network: at rest all agree."""

import asyncio
import os
from pathlib import Path

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.counter.till import passing_folder
from tests.outbox.both_ways import ROUTES, BothWays

CUTS = ("before", "after", "after")
RUNS = 1_000 if os.environ.get("HYPOTHESIS_PROFILE") == "campaign" else 50

picks, skus, kept, units = st.integers(0, 9), st.integers(0, 4), st.integers(0, 3), st.integers(1, 4)
bad_line = st.tuples(
    st.just("give_back_on_a_bad_line"), picks, picks, st.integers(0, 2), st.sampled_from(CUTS)
)
routes, statuses = (
    st.sampled_from(ROUTES),
    st.sampled_from(["processing", "completed", "cancelled", "failed"]),
)
deeds = st.one_of(
    st.tuples(st.just("web_order"), skus, units, st.sampled_from(["paid", "paid", "pending"])),
    st.tuples(st.just("web_card"), skus, units, st.sampled_from(["exact", "exact", "part", "more", "twice"])),
    st.tuples(st.just("web_card"), skus, units, st.sampled_from(["exact", "more", "twice"])),
    st.tuples(st.just("web_on_delivery"), skus, units),
    st.tuples(st.just("web_status"), picks, statuses),
    st.tuples(st.just("web_edit"), picks, units),
    st.tuples(st.just("web_refund"), picks, units, st.booleans()),
    st.tuples(st.just("provider_will"), st.sampled_from(["failed", "refused", "pending", "processed"])),
    st.tuples(st.just("sell"), skus, units),
    st.tuples(st.just("decide"), picks, picks, routes),
    st.tuples(st.just("decide"), picks, picks, routes),
    bad_line,
    bad_line,
    bad_line,
    bad_line,
    st.tuples(st.just("cancel_any"), picks, routes),
    st.tuples(st.just("undo_last")),
    st.tuples(st.just("hand_over_any"), picks),
    st.tuples(st.just("collect"), picks),
    st.tuples(st.just("arrive"), kept, units),
    st.tuples(st.just("count_some"), kept, st.integers(0, 9)),
    st.tuples(st.just("look_at_all"), st.integers(1, 3)),
    st.tuples(st.just("look_at_all"), st.integers(1, 3)),
    st.tuples(st.just("cut_writes"), st.integers(1, 3), st.sampled_from(["before", "after"])),
    st.tuples(
        st.just("break_reads"), st.sampled_from(["/orders", "/refund", "/products"]), st.integers(1, 2)
    ),
    st.tuples(st.just("restart")),
    st.tuples(st.just("wait"), st.integers(1, 3)),
)


@given(st.integers(0, 2**32), st.lists(deeds, min_size=6, max_size=20))
@settings(max_examples=RUNS, phases=[Phase.explicit, Phase.generate])  # a run is too long to be made smaller
def test_at_rest_money_and_goods_agree_on_both_sides(seed: int, happened: list[tuple[object, ...]]) -> None:
    with passing_folder() as folder:
        asyncio.run(_run(Path(folder), seed, happened))


async def _run(folder: Path, seed: int, happened: list[tuple[object, ...]]) -> None:
    days = BothWays(folder, seed)
    try:
        await days.open()
        for name, *what in happened:
            await days.done(str(name), *what)
        await days.rest()
        days.check()
    finally:
        days.close()
