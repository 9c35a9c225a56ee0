"""The sum of a day: whatever is sold, paid, taken back and counted, all figures agree to the kobo."""

import os
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.counter.day import Day, Selling
from tests.counter.till import passing_folder

DAYS = 1_000 if os.environ.get("HYPOTHESIS_PROFILE") == "campaign" else 50

picks = st.integers(0, 20)
routes = st.sampled_from(["cash", "hand", "own"])
wants = st.lists(
    st.tuples(st.integers(0, 4), st.integers(1, 3), st.sampled_from([0, 0, 500, 1_234])),
    min_size=1,
    max_size=3,
).map(tuple)
mixes = st.lists(
    st.tuples(st.sampled_from(["cash", "transfer", "card", "account"]), st.integers(1, 9)),
    min_size=1, max_size=3, unique_by=lambda share: share[0],
).map(tuple)  # fmt: skip
sellings = st.builds(
    Selling,
    wants,
    st.sampled_from([0, 0, 1, 12_345]),
    mixes,
    st.sampled_from(["now", "now", "now", "deposit", "awaiting"]),
    st.booleans(),
    st.one_of(st.none(), picks),
    st.sampled_from(["", "found", "reserved", "reserved"]),
    st.sampled_from([0, 0, 0, 150_000, 7_501]),
)
deeds = st.one_of(
    st.tuples(st.just("sell"), sellings),
    st.tuples(st.just("sell"), sellings),
    st.tuples(st.just("sell"), sellings),
    st.tuples(st.just("take_back"), picks, routes, st.booleans()),
    st.tuples(st.just("take_back"), picks, routes, st.booleans()),
    st.tuples(st.just("give_delivery"), picks, routes, st.integers(1, 100)),
    st.tuples(st.just("decide"), picks, st.sampled_from(["cash", "hand"]), st.booleans()),
    st.tuples(
        st.just("take_back_unknown"), st.integers(0, 3), st.integers(1, 3), st.integers(1_000, 60_000),
        st.sampled_from(["cash", "hand"]),
    ),
    st.tuples(st.just("settle_unpaid"), picks, st.sampled_from(["cash", "transfer", "card", "account"]),
              st.booleans()),
    st.tuples(st.just("hand_over"), picks),
    st.tuples(st.just("cancel"), picks, st.sampled_from(["cash", "hand"])),
    st.tuples(st.just("pay_account"), st.sampled_from(["cash", "transfer"]), st.integers(1, 100)),
    st.tuples(st.just("move_cash"), st.integers(-40_000, 40_000)),
    st.tuples(st.just("web_sale"), st.integers(1, 2)),
    st.tuples(st.just("close"), st.sampled_from([0, 0, 500, -500])),
)  # fmt: skip


mornings = st.lists(st.tuples(st.just("sell"), sellings), min_size=2, max_size=4)
days = st.builds(list.__add__, mornings, st.lists(deeds, min_size=4, max_size=14))


@given(st.sampled_from([1, 1, 500, 5_000]), days)
@settings(max_examples=DAYS)
def test_a_day_adds_up_to_the_kobo(step, happened):
    with passing_folder() as folder:
        day = Day(Path(folder) / "shop", step)
        try:
            for name, *what in happened:
                getattr(day, name)(*what)
                day.check()
            day.end()
        finally:
            day.till.close()
