"""Python's cyclic garbage is collected on the window's thread only.

The collector runs wherever Python happens to allocate. On a worker's thread it would
destroy widgets there, which Qt does not survive. So it is switched off, and a timer
does its work between two events.
"""

import gc
from types import TracebackType

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1_000


class Litter(QObject):
    """While inside, garbage is collected by a timer of the thread that made this."""

    def __enter__(self) -> "Litter":
        gc.disable()
        self._thresholds = gc.get_threshold()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._collect)
        self._timer.start(EVERY_MS)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.stop()
        gc.enable()

    def _collect(self) -> None:
        """Collect the oldest generation that is due, as the interpreter would have done."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > self._thresholds[generation] > 0:
                gc.collect(generation)
                return
