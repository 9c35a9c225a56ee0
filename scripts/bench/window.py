"""A window in a process of its own, under arriving orders: prints what was seen, as JSON.

python -m scripts.bench.window bare SECONDS
python -m scripts.bench.window posapp FOLDER
"""

import asyncio
import contextlib
import gc
import json
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QTimer
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

from posapp.app import make_front, window_loop
from posapp.desk import Desk
from posapp.gui.front import Front
from posapp.gui.litter import Litter
from posapp.gui.pages.orders import OrdersPage
from posapp.gui.preferences import Preferences
from posapp.gui.theme import Theme
from posapp.posting import AppPost
from posapp.queries.orders import OrderFilter, View
from posapp.queries.reader import Reader
from posapp.secrets import Secrets
from scripts.bench import feed, shop
from scripts.bench.heartbeat import Gaps, Heartbeat, Painted

BADGES, FEW, ROUNDS, MANY = 15, 500, 5, 10_000
LONGEST_S = 75.0  # then the thousands are cut off: a busy machine must not hold everything up
SETTLE_S = 1.0  # what a start leaves to be done is none of what is measured
_DONE = "confirmed_at IS NOT NULL"
REPAINT_MS = 100  # as often as news reach a screen


async def bare(seconds: float) -> dict[str, Any]:
    """A plain table that repaints ten times a second, and nothing beside it."""
    window, table = QMainWindow(), QTableView()
    rows = QStandardItemModel(256, 8)
    for place in range(256 * 8):
        rows.setItem(place // 8, place % 8, QStandardItem(f"Cell {place}"))
    table.setModel(rows)
    window.setCentralWidget(table)
    window.resize(1366, 768)
    window.show()
    repaint = QTimer(window, interval=REPAINT_MS)
    repaint.timeout.connect(table.viewport().update)
    repaint.start()
    await asyncio.sleep(SETTLE_S)
    gc.freeze()
    return {"bare": asdict(await _idle(Heartbeat(), seconds))}


async def posapp(desk: Desk, app: QApplication) -> dict[str, Any]:
    """The list of orders while orders arrive: one that goes short, a few hundred at a time, then thousands."""
    reader = Reader(desk.folder)
    front = make_front(desk, reader, AppPost(desk, Secrets(desk.folder)), Theme(app), Preferences())
    front.show()
    cast(OrdersPage, front.open_page("orders")).show_filter(OrderFilter(view=View.ALL))
    till = _Till(desk, front)
    await till.look()
    await till.arrive(FEW)  # the first time everything is loaded
    await asyncio.sleep(SETTLE_S)
    gc.collect()
    gc.freeze()
    badges = [await till.badge() for _ in range(BADGES)]
    few = [await till.round(FEW) for _ in range(ROUNDS)]
    many = await till.round(MANY)
    shown, stored = cast(OrdersPage, front.window.page()).model.rowCount(), till.orders()
    assert shown == stored, f"the window shows {shown} of {stored} orders"
    front.leave()
    reader.close()
    return {"badges": badges, "few": few, "many": many}


class _Till:
    """A window joined to a scripted shop, and what is measured of it."""

    def __init__(self, desk: Desk, front: Front) -> None:
        self.desk, self.front = desk, front
        self.shop, self.told = feed.BenchFeed(), 0
        self.beat = Heartbeat()
        self.busy = self.beat.take()

    async def look(self) -> None:
        await feed.look_once(self.desk, self.shop, paced=True)

    def orders(self, which: str = "1") -> int:
        """How many orders there are of a kind."""
        sql = f"SELECT count(*) FROM orders WHERE {which}"  # noqa: S608 - our own words
        return int(self.desk.write_now(lambda c: c.execute(sql).fetchone())[0])

    async def arrive(self, count: int) -> int:
        """Let orders come; gives how many were placed and paid in that time."""
        self.shop.tell(self.told, count)
        self.told += count
        before = self.orders(_DONE)
        self.beat.take()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.look(), LONGEST_S)
        await asyncio.sleep(0.2)  # the last news are handed out and painted
        self.busy = (
            self.beat.take()
        )  # counting waits here for the writer, which is none of the window's doing
        return self.orders(_DONE) - before

    async def round(self, count: int) -> dict[str, Any]:
        """The window while orders arrive, and the same window idle for as long: a long time has a longer longest."""
        arrived = await self.arrive(count)
        idle = await _idle(self.beat, self.busy.took_s)
        return {"idle": asdict(idle), "busy": asdict(self.busy), "asked": count, "orders": arrived}

    async def badge(self) -> float:
        """Seconds from the end of a pull that brings a paid order with nothing on the shelf to the painted badge."""
        tabs = self.front.window.rail.tabs
        waited = self.front.window.rail.badge("attention")
        painted = Painted(tabs, lambda: self.front.window.rail.badge("attention") > waited)
        self.shop.tell_short(self.told)
        self.told += 1
        await self.look()
        return await painted.at - self.shop.pulled_at


async def _idle(beat: Heartbeat, seconds: float) -> Gaps:
    beat.take()
    await asyncio.sleep(seconds)
    return beat.take()


def main(what: str, argument: str) -> None:
    """Open the window, measure, print."""
    app = QApplication(sys.argv[:1])
    with contextlib.ExitStack() as stack:
        if what == "bare":
            work = bare(float(argument))
        else:
            desk = shop.open_shop(Path(argument))
            stack.callback(desk.close)
            feed.connect(desk)
            work = posapp(desk, app)
            stack.enter_context(Litter())  # as the program does
        runner = stack.enter_context(asyncio.Runner(loop_factory=partial(window_loop, app)))
        print(json.dumps(runner.run(work)))


if __name__ == "__main__":
    main(*sys.argv[1:])
