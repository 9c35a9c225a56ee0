"""What waits for somebody else does not keep the program from ending."""

import asyncio
import threading
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication

from posapp.app import window_loop
from posapp.gui.errands import Errands


def test_the_windows_loop_ends_while_a_keyring_is_still_waited_for(qapp: QApplication) -> None:
    asked, answered, ended = threading.Event(), threading.Event(), threading.Event()

    def locked_keyring() -> None:
        asked.set()
        answered.wait(30)
        ended.set()

    async def story() -> None:
        waiting = asyncio.create_task(asyncio.to_thread(locked_keyring))
        while not asked.is_set():  # noqa: ASYNC110 - the thread has no event of this loop
            await asyncio.sleep(0.01)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)

    qapp.setQuitOnLastWindowClosed(False)
    with asyncio.Runner(loop_factory=partial(window_loop, qapp)) as runner:
        runner.run(story())
    assert not ended.is_set()
    answered.set()
    assert ended.wait(30)


async def test_answers_and_faults_come_back() -> None:
    errands, loop = Errands(), asyncio.get_running_loop()
    assert await asyncio.wrap_future(errands.submit(lambda: threading.current_thread().daemon)) is True
    with pytest.raises(ZeroDivisionError):
        await asyncio.wrap_future(errands.submit(lambda: 1 // 0))
    assert await loop.run_in_executor(errands, max, 1, 2) == 2
    errands.shutdown()
    with pytest.raises(RuntimeError, match="any more"):
        errands.submit(max, 1, 2)
