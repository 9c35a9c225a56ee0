"""Answers that are worked out on another thread and come back on the window's."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

T = TypeVar("T")


class Answers(QObject):
    """A child of who asks: an answer that comes after the asker is gone finds nobody."""

    _back = Signal(object, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._back.connect(self._hand_back, Qt.ConnectionType.QueuedConnection)

    def wait(self, future: "Future[T]", then: Callable[[T], None]) -> None:
        """Call `then` with the answer, on the window's thread. An error is raised there."""
        future.add_done_callback(lambda done: self._come(done, then))

    def _come(self, done: "Future[Any]", then: Callable[[Any], None]) -> None:
        if shiboken6.isValid(self):
            self._back.emit(done, then)

    def _hand_back(self, done: "Future[Any]", then: Callable[[Any], None]) -> None:
        then(done.result())
