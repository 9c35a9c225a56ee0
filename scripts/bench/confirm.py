"""One durable confirm of an order of three lines: through the desk, and by hand-written SQL."""

import statistics
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from sqlite3 import Connection

from posapp.commands.payments import TakePayment
from posapp.db import database
from posapp.desk import Desk
from scripts.bench import raw, shop
from scripts.bench.timing import Sample, Work, fsync_cost, interleave, ratios

RUNS, WARM_UP = 400, 50
GOAL = 1.5


def measure(folder: Path) -> list[str]:
    """Race three ways on equal files: by hand, through the desk, and through the desk's own thread."""
    count = RUNS + WARM_UP
    for name in ("raw", "desk", "hop"):
        _fill(folder / name, count)
    by_hand = database.open_writer(folder / "raw")
    desk, hop = Desk(folder / "desk", clock=shop.Clock()), Desk(folder / "hop", clock=shop.Clock())
    paid_at = shop.OPENED + timedelta(hours=1)
    try:
        samples = interleave(
            RUNS,
            _raw(by_hand, paid_at),
            lambda n: _bound(lambda pay: desk._run(pay, None, False), n, paid_at),
            lambda n: _bound(hop.do, n, paid_at),
            warm_up=WARM_UP,
        )
    finally:
        by_hand.close()
        desk.close()
        hop.close()
    return _words(folder, *samples)


def _fill(folder: Path, count: int) -> None:
    desk = shop.open_shop(folder)
    shop.batch(desk, shop.unpaid_orders(shop.Clock(), count))
    desk.close()


def _raw(connection: Connection, paid_at: datetime) -> Callable[[int], Work]:
    clock = shop.Clock()
    return lambda n: _bound(lambda pay: raw.confirm(connection, pay, clock()), n, paid_at)


def _bound(work: Callable[[TakePayment], object], n: int, paid_at: datetime) -> Work:
    pay = shop.payment(n, paid_at)
    return lambda: work(pay)


def _words(folder: Path, by_hand: Sample, desk: Sample, hop: Sample) -> list[str]:
    (ratio, spread), (hop_ratio, hop_spread) = ratios(desk, by_hand), ratios(hop, by_hand)
    raw_cpu, desk_cpu = (statistics.median(sample.cpu_s) for sample in (by_hand, desk))
    cpu = f"{desk_cpu * 1e3:.2f} ms of processor time, raw {raw_cpu * 1e3:.2f}"
    return [
        f"{'confirm, one fsync here':<35}{fsync_cost(folder).words()}",
        f"{'confirm, raw sqlite3':<35}{by_hand.words()}",
        f"{'confirm, desk':<35}{desk.words()}   {ratio:.2f} × raw ({spread}), goal ≤ {GOAL}",
        f"{'confirm, desk and its thread':<35}{hop.words()}   {hop_ratio:.2f} × raw ({hop_spread})",
        f"{'confirm, work without the disk':<35}{cpu}   {desk_cpu / raw_cpu:.2f} × raw",
    ]
