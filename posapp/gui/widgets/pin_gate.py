"""Who somebody is, asked by a pad: the PIN or badge is proved elsewhere, and after a wrong one the pad waits."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from posapp.gui.answers import Answers
from posapp.gui.widgets.pin_pad import PinPad
from posapp.pins import Pins, Verdict


class PinGate(QObject):
    """`proved` tells who it is. `whose` gives the name that a PIN is for, "" where nobody is picked.

    A wrong one closes the pad until the next attempt may be made. The desk keeps count; this only shows it.
    """

    proved = Signal(str)

    def __init__(self, pad: PinPad, pins: Pins, whose: Callable[[], str], parent: QObject) -> None:
        super().__init__(parent)
        self._pad, self._pins, self._whose = pad, pins, whose
        self._answers = Answers(self)
        self.left_s, self._words = 0, ""
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._tick)
        pad.pin_typed.connect(self._pin)
        pad.badge_typed.connect(self.badge)

    def badge(self, code: str) -> None:
        """Look whose badge it is."""
        self._pad.set_busy(True)
        self._answers.wait(self._pins.check_badge(code), self._answered)

    def _pin(self, pin: str) -> None:
        if name := self._whose():
            self._pad.set_busy(True)
            self._answers.wait(self._pins.check_pin(name, pin), self._answered)

    def _answered(self, verdict: Verdict) -> None:
        self._pad.set_busy(False)
        if verdict.name:
            self.proved.emit(verdict.name)
        else:
            self.refuse(verdict)

    def refuse(self, verdict: Verdict) -> None:
        """Say that it was wrong, and close the pad for as long as it takes."""
        self.left_s = verdict.wait_s
        self._words = verdict.words if verdict.locked_out or not verdict.wait_s else ""
        self._pad.set_busy(self.left_s > 0)
        self._say()
        if self.left_s:
            self._second.start()

    def stop(self) -> None:
        """Somebody else is asked."""
        self._second.stop()
        self.left_s = 0
        self._pad.set_busy(False)

    def _tick(self) -> None:
        self.left_s -= 1
        if self.left_s > 0:
            self._say()
            return
        self.stop()
        self._pad.say("")

    def _say(self) -> None:
        self._pad.say(self._words or Verdict("", self.left_s).words)
