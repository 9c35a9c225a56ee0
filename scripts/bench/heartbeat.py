"""What a window does in time: how long it does not answer, and when it has painted."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

FRAME_S = 0.016


@dataclass(frozen=True, slots=True)
class Gaps:
    """What was seen between two moments: the longest gap between two beats, and how many took over a frame.

    `most_work_s` is the most processor time that the thread itself spent in one gap: what is left of a gap, it
    waited, for other threads or for whatever else this machine does.
    """

    longest_s: float
    most_work_s: float
    over_a_frame: int
    took_s: float


class Heartbeat(QObject):
    """Beats every millisecond on the GUI thread; what blocks the window blocks the beat."""

    def __init__(self) -> None:
        """Begin to beat."""
        super().__init__()
        self._last = self._since = time.perf_counter()
        self._worked = time.thread_time()
        self._longest_s, self._most_work_s, self._over = 0.0, 0.0, 0
        self._timer = QTimer(self, interval=1, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        gap, self._last = now - self._last, now
        work_s, self._worked = worked - self._worked, worked
        self._longest_s, self._most_work_s = max(self._longest_s, gap), max(self._most_work_s, work_s)
        self._over += gap > FRAME_S

    def take(self) -> Gaps:
        """What was seen since the last time, and begin anew."""
        self._beat()
        seen = Gaps(self._longest_s, self._most_work_s, self._over, self._last - self._since)
        self._since, self._longest_s, self._most_work_s, self._over = self._last, 0.0, 0.0, 0
        return seen


class Painted(QObject):
    """Waits for a widget to have painted what it is waited for: `at` is the moment, as `time.perf_counter` tells it."""

    def __init__(self, widget: QWidget, awaited: Callable[[], bool]) -> None:
        """Begin to watch."""
        super().__init__(widget)
        self._widget, self._awaited = widget, awaited
        self.at: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Look at each paint; the one that counts is over when the loop comes round."""
        if event.type() == QEvent.Type.Paint and self._awaited() and not self.at.done():
            self._widget.removeEventFilter(self)
            QTimer.singleShot(0, self, lambda: self.at.set_result(time.perf_counter()))
        return False
