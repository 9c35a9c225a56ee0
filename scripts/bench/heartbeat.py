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
    """What was seen between two moments: the longest gap between two beats, and how many took over a frame."""

    longest_s: float
    over_a_frame: int
    took_s: float


class Heartbeat(QObject):
    """Beats every millisecond on the GUI thread; what blocks the window blocks the beat."""

    def __init__(self) -> None:
        """Begin to beat."""
        super().__init__()
        self._last = self._since = time.perf_counter()
        self._longest_s, self._over = 0.0, 0
        self._timer = QTimer(self, interval=1, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        gap, self._last = now - self._last, now
        self._longest_s = max(self._longest_s, gap)
        self._over += gap > FRAME_S

    def take(self) -> Gaps:
        """What was seen since the last time, and begin anew."""
        self._beat()
        seen = Gaps(self._longest_s, self._over, self._last - self._since)
        self._since, self._longest_s, self._over = self._last, 0.0, 0
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
