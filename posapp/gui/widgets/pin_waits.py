"""The wait after a wrong PIN, counted down where one looks."""

from PySide6.QtCore import QObject, QTimer

from posapp.gui.widgets.pin_pad import PinPad
from posapp.pins import Verdict


class PinWaits(QObject):
    """Keeps a pad closed until the next attempt may be made. The desk keeps count; this only shows it."""

    def __init__(self, pad: PinPad, parent: QObject) -> None:
        super().__init__(parent)
        self._pad, self._left, self._words = pad, 0, ""
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._tick)

    def refuse(self, verdict: Verdict) -> None:
        """Say that it was wrong, and close the pad for as long as it takes."""
        self._left = verdict.wait_s
        self._words = verdict.words if verdict.locked_out or not verdict.wait_s else ""
        self._pad.set_busy(self._left > 0)
        self._say()
        if self._left:
            self._second.start()

    def stop(self) -> None:
        """Somebody else is asked."""
        self._second.stop()
        self._left = 0
        self._pad.set_busy(False)

    def _tick(self) -> None:
        self._left -= 1
        if self._left > 0:
            self._say()
            return
        self.stop()
        self._pad.say("")

    def _say(self) -> None:
        self._pad.say(self._words or Verdict("", self._left).words)
