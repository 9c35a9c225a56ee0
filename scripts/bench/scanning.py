"""Scans into the Sell page, in a process of its own: prints the seconds from code to painted line, as JSON.

python -m scripts.bench.scanning FOLDER
"""

import asyncio
import contextlib
import gc
import json
import sys
import time
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtWidgets import QApplication

from posapp.app import make_front, window_loop
from posapp.desk import Desk
from posapp.gui.litter import Litter
from posapp.gui.pages.sell import SellPage
from posapp.gui.preferences import Preferences
from posapp.gui.theme import Theme
from posapp.posting import AppPost
from posapp.queries.reader import Reader
from posapp.secrets import Secrets
from scripts.bench import scan
from scripts.bench.heartbeat import Painted

SCANS, WARM_UP = 60, 10
SETTLE_S = 1.0  # what a start leaves to be done is none of what is measured


async def scanned(desk: Desk, app: QApplication) -> dict[str, list[float]]:
    """One customer with a full trolley."""
    reader = Reader(desk.folder)
    front = make_front(desk, reader, AppPost(desk, Secrets(desk.folder)), Theme(app), Preferences())
    front.show()
    page = cast(SellPage, front.open_page("sell"))
    await asyncio.sleep(SETTLE_S)
    gc.collect()
    gc.freeze()
    taken = []
    for n in range(WARM_UP + SCANS):
        began = time.perf_counter()
        assert page.scan(scan.code(n)), "a code of the shop"
        line = page.lines.selected
        assert line is not None, "the line that was scanned"
        taken.append(await Painted(line, lambda: True).at - began)
    front.leave()
    reader.close()
    return {"seconds": taken[WARM_UP:]}


def main(folder: str) -> None:
    """Open the window, scan, print."""
    app = QApplication(sys.argv[:1])
    with contextlib.ExitStack() as stack:
        desk = Desk(Path(folder))
        stack.callback(desk.close)
        stack.enter_context(Litter())  # as the program does
        runner = stack.enter_context(asyncio.Runner(loop_factory=partial(window_loop, app)))
        print(json.dumps(runner.run(scanned(desk, app))))


if __name__ == "__main__":
    main(*sys.argv[1:])
