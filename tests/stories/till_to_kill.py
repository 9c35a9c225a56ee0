"""A till in a process of its own, played up to a moment and left there, to be killed: FOLDER PRINTER MOMENT.

The moments, in this order: "basket", "pay" (money is typed), "selling" (the last key is pressed, nothing is waited
for), "paid" (committed, and no printer has been reached).
"""

import asyncio
import sys
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication

from posapp.app import window_loop
from posapp.commands.command import new_command_id
from posapp.commands.shifts import OpenShift
from posapp.gui.dialogs.pay import PayDialog
from posapp.gui.theme import Scheme, Theme
from posapp.settings import Printing
from tests.stories.counter import Clock, Counter

SCANNED = ("NECK-1", "SHEA-200", "SHEA-200")  # ₦12,500


async def play(till, moment):
    """Sell until the moment has come."""
    at = till.clock()
    till.desk.do(OpenShift(id=new_command_id(at), actor=till.front.parts.shop.person, at=at, float_minor=0))
    await till.key("Ctrl+2")
    for code in SCANNED:
        await till.scan(code)
    await till.until(lambda: till.page.sale.basket.units == len(SCANNED), "the basket has them")
    till.front.parts.drafts.settle()
    if moment == "basket":
        return
    await till.key("F9")
    pay = await till.top(PayDialog)
    await till.write("20000")
    if moment == "pay":
        return
    await till.key("F9")
    if moment == "paid":
        await till.until(lambda: pay.is_over, "the sale is committed")
        assert pay.ending.words.text() == "Paid ₦12,500"


async def main(app, folder, address, moment):
    theme = Theme(app, scheme=Scheme.LIGHT)
    printing = Printing(connection="network", address=address, automatic=True)
    till = Counter(folder, theme, Clock(), printing=printing)
    till.front.show()
    till.window.resize(1366, 768)
    till.paper.start()
    await play(till, moment)
    sys.stdout.write(f"{moment}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()  # until it is killed


if __name__ == "__main__":
    application = QApplication(sys.argv[:1])
    with asyncio.Runner(loop_factory=partial(window_loop, application)) as runner:
        runner.run(main(application, Path(sys.argv[1]), sys.argv[2], sys.argv[3]))
