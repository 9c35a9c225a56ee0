import os
import queue
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from posapp.db import print_jobs
from posapp.desk import Desk
from posapp.devices.port import Port
from posapp.devices.ports import NetworkPort
from posapp.devices.queue import Hands, PrintQueue, Standing
from posapp.devices.rendering import Sheet, render
from posapp.devices.talking import Pace
from posapp.domain.paper import Bitmap, Cut, whole_line
from tests.devices.printer import PATIENCE_S, LoopbackPrinter, printer

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
# As patient as a busy machine needs; who waits in vain says so and is quick.
PATIENT = Pace(answer_s=5.0, look_s=0.02, silent_s=10.0, unsaid_s=20.0)


class Till:
    """A desk with a print queue before a printer; jobs print their subject, and how they are marked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.address = "127.0.0.1:1"
        self.standings: queue.Queue[Standing] = queue.Queue()
        self.drawer: queue.Queue[str] = queue.Queue()
        self.make_port: Callable[[], Port] = self.network
        self.pace = PATIENT
        self.look_again_s: float | None = None
        self.long = 0  # more lines on every receipt, so that it is cut in its midst
        self.start()

    def start(self) -> None:
        self.desk = Desk(self.folder, clock=lambda: NOW)
        hands = Hands(
            self.desk.write_now, self.port, self.set_out, self.standings.put, self.drawer.put,
            self.pace, pauses_s=(0.02,), look_again_s=self.look_again_s,
        )  # fmt: skip
        self.queue = PrintQueue(hands)
        self.queue.start()

    def network(self) -> Port:
        return NetworkPort(self.address)

    def port(self) -> Port:
        return self.make_port()

    def stop(self) -> None:
        self.queue.stop()
        self.desk.close()

    def set_out(self, job: print_jobs.Job) -> bytes:
        mark = " COPY" if job.copy else ""
        mark += " AGAIN" if job.torn else ""
        lines = [*whole_line(f"{job.subject}{mark}", 48), *whole_line("more", 48) * self.long, Cut()]
        return render(lines, Sheet(), lambda line, columns: Bitmap(8, 1, b"\x01"))

    def again(self, pace: Pace) -> None:
        """Begin anew, with another patience."""
        self.stop()
        self.pace = pace
        self.start()

    def ask(self, subject: str, **fields: bool) -> None:
        self.queue.note(partial(print_jobs.ask_for, kind="receipt", subject=subject, at=NOW, **fields))

    def rows(self, columns: str = "subject, state") -> list[tuple]:
        sql = f"SELECT {columns} FROM print_job ORDER BY id"
        return self.desk.write_now(lambda c: c.execute(sql).fetchall())

    def until(self, true: Callable[[Standing], bool]) -> Standing:
        """Wait until the printer is told to stand so."""
        while True:
            standing = self.standings.get(timeout=PATIENCE_S)
            if true(standing):
                return standing

    def rest(self) -> None:
        """Wait until what was asked for is printed, or given up."""

        def done(_: Standing) -> bool:
            states = {state for (state,) in self.rows("state")}
            return bool(states) and not {"waiting", "printing"} & states

        self.until(done)


@pytest.fixture
def paper() -> Iterator[LoopbackPrinter]:
    with printer() as made:
        yield made


@pytest.fixture
def till(tmp_path: Path, paper: LoopbackPrinter) -> Iterator[Till]:
    made = Till(tmp_path)
    made.address = paper.address
    yield made
    made.stop()


@pytest.fixture
def spooler(tmp_path, monkeypatch):
    """A program `lp` that keeps what it is given; a file `paused` makes it refuse."""
    script = tmp_path / "lp"
    script.write_text(
        f'#!/bin/sh\necho "$@" > {tmp_path}/arguments\n'
        f"[ -e {tmp_path}/paused ] && {{ echo lp: paused >&2; exit 1; }}\ncat > {tmp_path}/job\n"
    )
    script.chmod(0o700)
    (tmp_path / "lpstat").write_text("#!/bin/sh\necho receipts\necho office\n")
    (tmp_path / "lpstat").chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    return tmp_path
