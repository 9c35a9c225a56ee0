"""What the screens may ask of the receipt printer and the drawer. They do not know who does it, and never wait."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import QObject, Signal

from posapp.settings import Printing

Phase = Literal["none", "ready", "printing", "trouble"]
Also = Callable[[Any], None]  # writes in a command's own transaction: what `Perform` takes as `also`
Found = Callable[[str, tuple[tuple[str, str], ...]], None]  # for which connection: address and words of each
NO_DRAWER = "No cash drawer is set up: Settings, Tills and printing."
NO_PRINTER = "No printer is set up: Settings, Tills and printing."


@dataclass(frozen=True, slots=True)
class PaperState:
    """How the printer stands. `trouble` names what is wrong, see `paper_words`; `waiting` jobs are not printed yet."""

    phase: Phase = "none"
    trouble: str = ""
    waiting: int = 0


class Paper(QObject):
    """The printer as the screens see it; this one is of a till that has none. Every call returns at once.

    A job waits in the database until it is printed, whatever happens to printer or program meanwhile.
    """

    state_changed = Signal(object)  # PaperState
    jobs_changed = Signal()  # a job was asked for, printed, cancelled or is in trouble
    said = Signal(str)  # in words: what was asked for could not be done

    state = PaperState()

    @property
    def has_drawer(self) -> bool:
        """Whether there is a cash drawer to open."""
        return False

    def set_up(self, printing: Printing) -> None:
        """Use another printer, or the same one otherwise, from the next job on."""

    def print_receipt(self, order_id: str, *, copy: bool = False) -> bool:
        """Have an order's receipt printed; one that was printed before is marked COPY by itself.

        False, and said in words, where no printer is set up.
        """
        return self._none()

    def print_z(self, shift_id: str) -> bool:
        """Have the Z of a closed shift printed; False where no printer is set up."""
        return self._none()

    def print_test(self) -> bool:
        """Have a page printed that shows what this printer can do; False where none is set up."""
        return self._none()

    def with_sale(self, order_id: str) -> Also | None:
        """Give what is to be written in the sale's own transaction, so that its receipt cannot be lost.

        It is handed to `Perform` as `also`. None where receipts are not printed by themselves.
        """
        return None

    def sold(self, *, cash: bool) -> None:
        """Tell that a sale is committed: its receipt begins to print, and for cash the drawer opens if it shall."""

    def find_printers(self, connection: str, answer: Found) -> None:
        """Look which printers this computer can see; `answer` is called later, not where it can see none."""

    def kick_drawer(self) -> None:
        """Open the cash drawer now or not at all: it must not open when nobody stands there any more."""
        self._none()

    def cancel(self, job_id: int) -> None:
        """Give a job up that is not printed yet."""

    def again(self, job_id: int) -> None:
        """Have something printed once more, marked COPY."""

    def try_now(self) -> None:
        """Try the printer again at once."""

    def _none(self) -> bool:
        self.said.emit(NO_PRINTER)
        return False
