"""The paper of the window: the print queue of `devices`, told to the screens in their own words.

What a job says is set out on the queue's thread, with a reader of its own, when its turn comes. What speaks
to printers is loaded there too, when the first one is spoken to: a till without a printer starts without it.
"""

import threading
from functools import partial
from importlib import import_module
from sqlite3 import Connection
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal

from posapp.db import print_jobs
from posapp.db.print_jobs import RECEIPT, TEST, Job, Z
from posapp.desk import Desk
from posapp.devices.port import Port, Unreachable
from posapp.devices.queue import CannotSetOut, Hands, PrintQueue, Standing
from posapp.devices.talking import Pace
from posapp.domain.paper import Block
from posapp.gui import paper_words
from posapp.gui.paper import Also, Found, Paper, PaperState
from posapp.gui.paper_artist import draw_line
from posapp.gui.paper_receipt import receipt_blocks
from posapp.gui.paper_sheet import Sheet, make_sheet
from posapp.gui.paper_test import test_blocks
from posapp.gui.paper_z_roll import z_blocks
from posapp.queries.reader import Reader
from posapp.queries.receipt import receipt_of
from posapp.queries.shifts import z_report
from posapp.settings import Printing


class AppPaper(Paper):
    """Runs the queue; every call returns at once."""

    _told = Signal(object)  # Standing, from the queue's thread
    _drawer = Signal(str)
    _found = Signal(int, str, object)

    def __init__(self, desk: Desk, printing: Printing, *, pace: Pace | None = None) -> None:
        """`pace` for tests. Nothing is printed before `start`."""
        super().__init__()
        self._desk, self.printing = desk, printing
        self.state = PaperState("none" if printing.connection == "none" else "ready")
        hands = Hands(
            desk.write_now, self._port, self.set_out, self._told.emit, self._drawer.emit, pace or Pace()
        )
        self.queue = PrintQueue(hands)
        self._looks = 0
        self._asked: tuple[int, Found] = (0, lambda connection, found: None)
        self._found.connect(self._answer, Qt.ConnectionType.QueuedConnection)
        self._told.connect(self._stand, Qt.ConnectionType.QueuedConnection)
        self._drawer.connect(self._drawer_stuck, Qt.ConnectionType.QueuedConnection)

    @property
    def has_drawer(self) -> bool:
        """Whether there is a cash drawer to open."""
        return self.printing.connection != "none" and self.printing.drawer != "none"

    def start(self) -> None:
        """Print what waits from the last time."""
        self.queue.start()

    def stop(self) -> None:
        """Stop; what is not printed waits for the next start."""
        self.queue.stop()

    def set_up(self, printing: Printing) -> None:
        """Use another printer, or the same one otherwise, from the next job on."""
        self.printing = printing
        if printing.connection == "none" or self.state.phase == "none":
            self._show(PaperState("none" if printing.connection == "none" else "ready"))
        self.queue.look_anew()

    # --- asking ----------------------------------------------------------------------------------------

    def print_receipt(self, order_id: str, *, copy: bool = False) -> bool:
        """Queue an order's receipt."""
        return self._ask(RECEIPT, order_id, copy=copy)

    def print_z(self, shift_id: str) -> bool:
        """Queue the Z of a closed shift."""
        return self._ask(Z, shift_id)

    def print_test(self) -> bool:
        """Queue a test page."""
        return self._ask(TEST, "")

    def _ask(self, kind: str, subject: str, *, copy: bool = False) -> bool:
        if self.printing.connection == "none":
            return self._none()
        self.queue.note(
            partial(print_jobs.ask_for, kind=kind, subject=subject, at=self._desk.clock(), copy=copy)
        )
        return True

    def with_sale(self, order_id: str) -> Also | None:
        """Write the receipt's job in the sale's transaction, where receipts print by themselves."""
        if self.printing.connection == "none" or not self.printing.automatic:
            return None
        at = self._desk.clock()

        def also(connection: Connection) -> None:
            print_jobs.ask_for(connection, RECEIPT, order_id, at)

        return also

    def sold(self, *, cash: bool) -> None:
        """Look at the queue, and open the drawer for cash."""
        if self.printing.connection == "none":
            return
        if cash and self.printing.kick_on_cash:
            self.kick_drawer()
        self.queue.note()

    def kick_drawer(self) -> None:
        """Open the drawer."""
        if self.printing.connection == "none":
            self._none()
        elif self.has_drawer:
            self.queue.open_drawer(5 if self.printing.drawer == "pin5" else 2)

    def find_printers(self, connection: str, answer: Found) -> None:
        """Look on a thread of its own."""
        self._looks += 1
        self._asked = (self._looks, answer)
        threading.Thread(target=self._find, args=(self._looks, connection), daemon=True).start()

    def _find(self, look: int, connection: str) -> None:
        finding = import_module("posapp.devices.finding")
        self._found.emit(look, connection, finding.printers(connection))

    def _answer(self, look: int, connection: str, found: tuple[tuple[str, str], ...]) -> None:
        asked, answer = self._asked
        if asked == look:
            answer(connection, found)

    def cancel(self, job_id: int) -> None:
        """Give a job up."""
        self.queue.note(partial(print_jobs.give_up, job_id=job_id, state="cancelled"))

    def again(self, job_id: int) -> None:
        """Print a job once more."""
        self.queue.note(partial(print_jobs.repeat, job_id=job_id, at=self._desk.clock()))

    def try_now(self) -> None:
        """Try the printer at once."""
        self.queue.look_anew()

    # --- told by the queue -----------------------------------------------------------------------------

    def _stand(self, standing: Standing) -> None:
        if self.printing.connection == "none":
            self._show(PaperState("none", waiting=standing.waiting))
        elif standing.trouble and standing.trouble != "none":
            self._show(PaperState("trouble", standing.trouble, standing.waiting))
        else:
            self._show(PaperState("printing" if standing.printing else "ready", waiting=standing.waiting))
        self.jobs_changed.emit()

    def _show(self, state: PaperState) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)

    def _drawer_stuck(self, code: str) -> None:
        self.said.emit(
            f"The drawer did not open. Printer {paper_words.wrong(code)}: {paper_words.advice(code)}"
        )

    # --- on the queue's thread -------------------------------------------------------------------------

    def _port(self) -> Port:
        if self.printing.connection == "none":
            raise Unreachable("none", "no printer is set up")
        port: Port = import_module("posapp.devices.ports").port_of(self.printing)
        return port

    def set_out(self, job: Job) -> bytes:
        """Give the bytes of a job, as the database has it now. Raises `CannotSetOut`."""
        printing, rendering = self.printing, import_module("posapp.devices.rendering")
        reader = Reader(self._desk.folder, checked=True)
        try:
            blocks = self._blocks(reader, job)
        finally:
            reader.close()
        roll = rendering.Sheet(printing.paper_mm, printing.code_page, printing.cut)
        out: bytes = rendering.render(blocks, roll, draw_line)
        return out

    def _blocks(self, reader: Reader, job: Job) -> list[Block]:
        """Set a job out, as often as the settings say; every further piece is marked a copy."""
        make = {RECEIPT: self._receipt, Z: self._z, TEST: self._test}[job.kind]
        pieces = self.printing.copies if job.kind == RECEIPT and not job.copy else 1
        return [block for piece in range(pieces) for block in make(reader, job, piece > 0)]

    def _sheet(self, reader: Reader, code: str) -> Sheet:
        zone = ZoneInfo(reader.settings().time_zone)
        return make_sheet(self.printing, zone, self._desk.clock(), code)

    def _receipt(self, reader: Reader, job: Job, further: bool) -> tuple[Block, ...]:
        receipt = receipt_of(reader, job.subject)
        if receipt is None:
            raise CannotSetOut("the order is not there")
        sheet = self._sheet(reader, receipt.code)
        return receipt_blocks(receipt, sheet, copy=job.copy or further, torn=job.torn)

    def _z(self, reader: Reader, job: Job, further: bool) -> tuple[Block, ...]:
        report = z_report(reader, job.subject)
        if report is None:
            raise CannotSetOut("the shift is not closed")
        return z_blocks(report, self._sheet(reader, ""), copy=job.copy or further, torn=job.torn)

    def _test(self, reader: Reader, job: Job, further: bool) -> tuple[Block, ...]:
        known = reader.settings()
        return test_blocks(known.name, known.currency, self._sheet(reader, f"{known.till}-TEST"))
