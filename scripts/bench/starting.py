"""Start to first paint: the program against a bare window of the same toolkit."""

import time
from pathlib import Path

from scripts.bench import children, shop
from scripts.bench.timing import Sample, ratios

RUNS = 7
ORDERS = 1_000


def measure(folder: Path) -> list[str]:
    """Start both in turns; the first of each is not counted, for it fills the disk's cache."""
    desk = shop.open_shop(folder / "shop")
    shop.batch(desk, shop.unpaid_orders(shop.Clock(), ORDERS))
    desk.close()
    taken: dict[str, list[float]] = {"bare": [], "posapp": []}
    for n in range(RUNS + 1):
        for what, seconds in taken.items():
            told = float(children.run(folder, "start", what, str(folder / "shop"), str(time.perf_counter())))
            if n:
                seconds.append(told)
    bare, posapp = Sample(tuple(taken["bare"])), Sample(tuple(taken["posapp"]))
    ratio, spread = ratios(posapp, bare)
    return [
        f"start to first paint, bare window  {bare.words()}",
        f"start to first paint, posapp       {posapp.words()}   {ratio:.2f} × bare ({spread}), {ORDERS:,} orders",
    ]
