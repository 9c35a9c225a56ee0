"""Killed at the counter, as a computer is that loses its power: the basket comes back, nothing is sold twice."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from posapp.app import window_loop
from posapp.domain.orders import Status
from posapp.gui.dialogs.pay import PayDialog
from posapp.settings import Printing
from tests.devices.printer import PATIENCE_S, printer
from tests.stories.counter import Clock, Counter
from tests.stories.till_to_kill import SCANNED

ROOT = Path(__file__).parents[2]
TOTAL = 1_250_000


def killed(folder, address, moment):
    """Play a till in a process of its own, and kill it at a moment."""
    words = (sys.executable, "-m", "tests.stories.till_to_kill", str(folder), address, moment)
    environment = {
        "QT_QPA_PLATFORM": "offscreen",
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "POSAPP_KEYRING": "file",
    }
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment) as till:
        try:
            assert till.stdout.readline().strip() == moment
        finally:
            till.send_signal(signal.SIGKILL)
        assert till.wait(30) == -signal.SIGKILL


@pytest.fixture
def again(qapp, theme, connected, tmp_path):
    """Plays what the next start finds; gives the story the till and a printer that the killed one did not reach."""
    qapp.setQuitOnLastWindowClosed(False)

    def run(moment, story):
        folder = tmp_path / "till"
        shutil.copytree(connected, folder)
        with printer() as there:
            there.vanish()
            killed(folder, there.address, moment)
            there.appear()
            printing = Printing(connection="network", address=there.address, automatic=True)

            async def whole():
                till = Counter(folder, theme, Clock(), printing=printing)
                try:
                    till.front.show()
                    till.window.resize(1366, 768)
                    till.paper.start()
                    await story(till, there)
                finally:
                    await till.leave()

            with asyncio.Runner(loop_factory=partial(window_loop, qapp)) as runner:
                runner.run(whole())

    return run


async def sells_it(till):
    """The basket of before, as if nothing had been."""
    await till.key("Ctrl+2")
    assert till.page.sale.basket.units == len(SCANNED)
    assert till.page.panel.sum.total.text() == "₦12,500"
    await till.key("F9")
    pay = await till.top(PayDialog)
    await till.key("F9")
    await till.until(lambda: pay.is_over, "the sale is committed")
    order = till.reader.order(pay.order_id)
    await till.key("F9")
    await till.goes(pay)
    return order


def orders(till):
    return till.reader.rows("SELECT number, total_minor FROM orders")


@pytest.mark.parametrize("moment", ["basket", "pay"])
def test_killed_before_the_money_the_basket_is_there_again(again, moment):
    async def story(till, there):
        assert (orders(till), till.sold()) == ([], 0)
        order = await sells_it(till)
        assert (order.status, till.sold()) == (Status.COMPLETED, TOTAL)
        assert till.stock("SHEA-200") == (35, 0, 35)
        assert "Beaded necklace" in await asyncio.to_thread(there.printed.get, timeout=PATIENCE_S)

    again(moment, story)


def test_killed_in_the_very_moment_it_is_sold_once_and_no_more(again):
    async def story(till, there):
        await till.key("Ctrl+2")
        if till.page.sale.basket.is_empty:  # the sale came first
            assert len(orders(till)) == 1
        else:  # the kill came first
            assert orders(till) == []
            await sells_it(till)
        assert till.sold() == TOTAL
        assert [total for _, total in orders(till)] == [TOTAL]
        assert "Beaded necklace" in await asyncio.to_thread(there.printed.get, timeout=PATIENCE_S)

    again("selling", story)


def test_killed_between_commit_and_print_the_receipt_still_prints_once(again):
    async def story(till, there):
        ((number, total),) = orders(till)
        assert (total, till.sold()) == (TOTAL, TOTAL)
        receipt = await asyncio.to_thread(there.printed.get, timeout=PATIENCE_S)
        assert number in receipt
        assert "COPY" not in receipt
        await till.until(
            lambda: till.reader.value("SELECT COUNT(*) FROM print_job WHERE state = 'waiting'") == 0
        )
        assert there.printed.empty(), "once"
        await till.key("Ctrl+2")
        assert till.page.sale.basket.is_empty
        await till.key("F9")
        assert till.over is till.window, "there is nothing to pay"
        assert till.stock("NECK-1") == (11, 0, 11)

    again("paid", story)
