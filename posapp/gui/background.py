"""Long questions, asked on a thread of their own, so that the window never waits for them."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from posapp.queries.reader import Reader

T = TypeVar("T")
log = logging.getLogger(__name__)


class Background(QObject):
    """Asks with a reader of its own; answers come back on the GUI thread.

    A question replaces an earlier one of the same `topic` that has not been answered yet: its answer is dropped.
    """

    _back = Signal(str, object, object, object)  # topic, future, answer, failed

    def __init__(self, reader: Reader, parent: QObject) -> None:
        super().__init__(parent)
        self._reader = reader
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="reader")
        self._asked: dict[str, Future[Any]] = {}
        self._back.connect(self._hand_back, Qt.ConnectionType.QueuedConnection)

    def ask(
        self,
        topic: str,
        question: Callable[[Reader], T],
        answer: Callable[[T], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Ask; an exception goes to `failed`, or is logged and the answer stays away."""
        before = self._asked.pop(topic, None)
        if before is not None:
            before.cancel()
        future = self._pool.submit(self._put, question)
        self._asked[topic] = future
        future.add_done_callback(partial(self._come_back, topic, answer, failed))

    def _put(self, question: Callable[[Reader], T]) -> T:
        reader = self._reader.again()
        try:
            return question(reader)
        finally:
            reader.close()

    def _come_back(self, topic: str, answer: object, failed: object, future: "Future[Any]") -> None:
        if not future.cancelled() and shiboken6.isValid(self):
            self._back.emit(topic, future, answer, failed)

    def _hand_back(
        self,
        topic: str,
        future: "Future[Any]",
        answer: Callable[[Any], None],
        failed: Callable[[BaseException], None] | None,
    ) -> None:
        if self._asked.get(topic) is not future:
            return
        del self._asked[topic]
        error = future.exception()
        if error is None:
            answer(future.result())
        elif failed is not None:
            failed(error)
        else:
            log.error("a question could not be answered", exc_info=error)
