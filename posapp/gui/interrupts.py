"""Ctrl+C in a terminal, and the desktop's wish that programs end: the window closes as if by hand.

Python runs its own handlers only when Python runs; a window at rest would not notice for a long time.
"""

import signal
import socket
from types import FrameType, TracebackType

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSocketNotifier, Signal

_WISHES = (signal.SIGINT, signal.SIGTERM)


class Interrupts(QObject):
    """While inside, SIGINT, SIGTERM and Qt's own wish to quit become `asked`."""

    asked = Signal()

    def __enter__(self) -> "Interrupts":
        self._near, self._far = socket.socketpair()
        for end in (self._near, self._far):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._near.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)
        self._before = [signal.signal(wish, _noted) for wish in _WISHES]
        self._fd_before = signal.set_wakeup_fd(self._far.fileno(), warn_on_full_buffer=False)
        application = QCoreApplication.instance()
        assert application is not None, "there is no window without an application"
        application.installEventFilter(self)
        return self

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The end of a session quits Qt's loop, which would leave work of ours unfinished: finish it first."""
        if event.type() == QEvent.Type.Quit:
            self.asked.emit()
            return True
        return False

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        signal.set_wakeup_fd(self._fd_before)
        for wish, before in zip(_WISHES, self._before, strict=True):
            signal.signal(wish, before)
        self._notifier.setEnabled(False)
        self._near.close()
        self._far.close()

    def _woken(self) -> None:
        self._near.recv(64)
        self.asked.emit()


def _noted(number: int, frame: FrameType | None) -> None:
    """Nothing to do here: the wake-up has been written by the interpreter itself."""
