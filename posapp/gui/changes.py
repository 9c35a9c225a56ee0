"""News for the screens: events told from any thread, gathered, and handed out on the GUI thread."""

import threading
from collections.abc import Callable, Iterable

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal

GATHER_MS = 40
APART_MS = 100  # at most ten times a second
_PAINTED = QEvent.Type(QEvent.registerEventType())
_AFTER_PAINTING = Qt.EventPriority.LowEventPriority.value - 1  # Qt posts its repaints at the low priority


class Changes(QObject):
    """Screens connect `changed` and re-read their query when a type they care about is among the names.

    An import of 500 orders becomes a few signals, not 500. Nothing is lost: what is told while a batch is
    handed out comes with the next one. `drawing` is told True before a batch and False when it is painted.
    """

    changed = Signal(frozenset, tuple)  # names of the events' types, the events in the order they were told
    _told = Signal()

    def __init__(
        self, parent: QObject | None = None, *, drawing: Callable[[bool], None] = lambda on: None
    ) -> None:
        super().__init__(parent)
        self._drawing = drawing
        self._lock = threading.Lock()
        self._waiting: list[object] = []
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._hand_out)
        self._since = QElapsedTimer()
        self._told.connect(self._gather, Qt.ConnectionType.QueuedConnection)

    def tell(self, events: Iterable[object]) -> None:
        """Take events after their COMMIT; may be called from any thread and returns at once."""
        with self._lock:
            first = not self._waiting
            self._waiting.extend(events)
            wake = first and bool(self._waiting)
        if wake:
            self._told.emit()

    def _gather(self) -> None:
        if not self._timer.isActive():
            rest = APART_MS - self._since.elapsed() if self._since.isValid() else 0
            self._timer.start(max(GATHER_MS, rest))

    def _hand_out(self) -> None:
        with self._lock:
            events, self._waiting = tuple(self._waiting), []
        self._since.restart()
        if events:
            self._drawing(True)
            QCoreApplication.postEvent(self, QEvent(_PAINTED), _AFTER_PAINTING)
            self.changed.emit(frozenset(type(event).__name__ for event in events), events)

    def customEvent(self, event: QEvent) -> None:
        """What the news changed is painted; a timer of no length would come before that."""
        if event.type() == _PAINTED:
            self._drawing(False)
