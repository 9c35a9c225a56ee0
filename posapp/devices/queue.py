"""The print queue's thread: one job after the other, each until it is on paper or given up.

A sale never waits for it. It is told what to do by short notes, and tells how it stands; what waits lies in the
database, so that a program that is killed goes on where it was. A job that was cut in the midst is printed again
from its beginning, and says so.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from sqlite3 import Connection
from typing import Any, Protocol, TypeVar

from posapp.db import print_jobs
from posapp.db.print_jobs import Job
from posapp.devices import talking
from posapp.devices.port import Port, Unreachable
from posapp.devices.talking import Pace, Trouble

T = TypeVar("T")
_NONE, _CANCELLED = "none", "cancelled"
PAUSES_S = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)  # before the next attempt; the last one again and again
LOOK_AGAIN_S = 60.0  # how often a printer with nothing to do is asked whether it could
log = logging.getLogger(__name__)


class CannotSetOut(Exception):
    """What was to be printed is not there (any more); the job is given up."""


class Write(Protocol):
    """Does a piece of writing in one transaction and waits for it: `Desk.write_now`."""

    def __call__(self, work: Callable[[Connection], T], /) -> T:
        """Give what the work gives."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How the printer stands: `trouble` is "" while all is well, `waiting` counts what is not printed yet."""

    printing: bool = False
    trouble: str = ""
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Hands:
    """What the thread works with. `set_out` gives the bytes of a job; it and `port` are called on the thread."""

    write: Write
    port: Callable[[], Port]  # raises Unreachable("none") where no printer is set up
    set_out: Callable[[Job], bytes]  # raises CannotSetOut
    tell: Callable[[Standing], None]
    drawer_stuck: Callable[[str], None]  # why the drawer did not open
    pace: Pace = field(default_factory=Pace)
    pauses_s: Sequence[float] = PAUSES_S
    look_again_s: float | None = LOOK_AGAIN_S  # None: an idle printer is left alone


@dataclass
class _Note:
    """What the thread shall do beside printing."""

    do: Callable[[], Any]
    wakes: bool = True  # a printer in trouble is tried again at once


class PrintQueue:
    """Runs the thread. All its methods may be called from any thread and return at once."""

    def __init__(self, hands: Hands) -> None:
        """Nothing runs before `start`."""
        self._hands = hands
        self._notes: queue.Queue[_Note] = queue.Queue()
        self._stopping = threading.Event()
        self._port: Port | None = None
        self._standing = Standing()
        self._failures = 0
        self._seen_at = float("-inf")  # when the printer was last known to be well
        self._thread = threading.Thread(target=self._run, name="printer", daemon=True)

    def start(self) -> None:
        """Begin to print what waits."""
        self._thread.start()

    def stop(self, wait_s: float = 2.0) -> None:
        """Stop after the byte that is being sent; what is not printed waits for the next start.

        A printer that is only just being called may take longer: the thread is left to itself then.
        """
        self._stopping.set()
        port = self._port
        if port is not None:
            port.close()
        self._notes.put(_Note(lambda: None))
        if self._thread.is_alive():
            self._thread.join(wait_s)

    def note(self, work: Callable[[Connection], object] | None = None) -> None:
        """Write something into the queue's table, and look at it at once; without work: only look."""
        self._notes.put(_Note(partial(self._hands.write, work) if work else lambda: None))

    def look_anew(self) -> None:
        """See at once how the printer is: it is another one, or somebody has done something about it."""
        self._notes.put(_Note(self._forget))

    def _forget(self) -> None:
        self._seen_at = float("-inf")

    def open_drawer(self, pin: int) -> None:
        """Open the drawer as soon as the thread is free, which a printer in trouble does not prevent."""
        self._notes.put(_Note(partial(self._open_drawer, pin), wakes=False))

    # --- on the thread -------------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            self._hands.write(print_jobs.take_up)
            self._tell(printing=False)
            while not self._stopping.is_set():
                pause = self._print_next()
                self._listen(pause)
        except Exception:  # a fault of ours: said instead of a thread that is silently gone
            if not self._stopping.is_set():  # at the end the desk may be closed before the printer let go
                log.exception("printing stopped")
                self._hands.tell(replace(self._standing, printing=False, trouble="ours"))

    def _listen(self, pause_s: float | None) -> None:
        """Do what notes say, until the pause is over or one of them is worth another attempt."""
        until = None if pause_s is None else time.monotonic() + pause_s
        while not self._stopping.is_set():
            try:
                left = None if until is None else max(0.0, until - time.monotonic())
                note = self._notes.get(timeout=left)
            except queue.Empty:
                return
            note.do()
            if note.wakes and self._notes.empty():
                return

    def _print_next(self) -> float | None:
        """Print the job whose turn it is; gives how long to pause, None until something is asked for."""
        job = self._hands.write(print_jobs.next_job)
        if job is None:
            return self._look()
        try:
            self._print(job)
        except CannotSetOut as why:
            log.warning("print job %s is given up: %s", job.id, why)
            self._hands.write(partial(print_jobs.give_up, job_id=job.id, state="failed", trouble=str(why)))
        except Trouble as trouble:
            log.info("print job %s waits: %s (%s)", job.id, trouble.code, trouble)
            if trouble.code != _CANCELLED:
                return self._put_back(job, trouble)
        self._failures, self._seen_at = 0, time.monotonic()
        self._tell(printing=False, trouble="")
        return 0.0

    def _look(self) -> float | None:
        """With nothing to print, see now and then whether the printer could; gives when to see again."""
        self._failures, again_s = 0, self._hands.look_again_s
        if again_s is None:
            self._tell(printing=False, trouble="")
            return None
        since = time.monotonic() - self._seen_at
        if since < again_s and not self._standing.trouble:
            self._tell(printing=False)
            return again_s - since
        trouble = ""
        try:
            with _Open(self) as port:
                talking.see(port, self._hands.pace)
        except Trouble as why:
            trouble = why.code
        self._seen_at = time.monotonic()
        self._tell(printing=False, trouble=trouble)
        return None if trouble == _NONE else again_s

    def _put_back(self, job: Job, trouble: Trouble) -> float | None:
        """Leave a job at its place; gives how long to wait before the next attempt."""
        back = partial(print_jobs.put_back, job_id=job.id, trouble=trouble.code, torn=trouble.torn)
        self._hands.write(back)
        pause = self._hands.pauses_s[min(self._failures, len(self._hands.pauses_s) - 1)]
        self._failures += 1
        self._tell(printing=False, trouble=trouble.code)
        return None if trouble.code == _NONE else pause

    def _print(self, job: Job) -> None:
        """Print one job on a fresh connection. Raises `Trouble` and `CannotSetOut`."""
        content = self._set_out(job)
        with _Open(self) as port:
            self._tell(printing=True)
            talking.print_out(
                port,
                content,
                begin=partial(self._begin, job),
                told=partial(self._delayed, job),
                pace=self._hands.pace,
            )
        self._hands.write(partial(print_jobs.finish, job_id=job.id))

    def _begin(self, job: Job) -> None:
        if not self._hands.write(partial(print_jobs.begin, job_id=job.id)):
            raise Trouble(_CANCELLED, torn=False)

    def _set_out(self, job: Job) -> bytes:
        try:
            return self._hands.set_out(job)
        except CannotSetOut:
            raise
        except Exception as error:  # a fault in one receipt must not keep all the others from being printed
            log.exception("print job %s cannot be set out", job.id)
            raise CannotSetOut("posapp stumbled over it; the log says more") from error

    def _delayed(self, job: Job, trouble: str) -> None:
        """The printer still has the job in hand: say so, and do meanwhile what was asked for. Raises `Trouble`."""
        if trouble != self._standing.trouble:
            self._tell(printing=True, trouble=trouble)
        while not self._notes.empty():
            self._notes.get().do()
        if not self._hands.write(partial(print_jobs.is_open, job_id=job.id)):
            raise Trouble(_CANCELLED, torn=True)

    def _open_drawer(self, pin: int) -> None:
        try:
            if self._port is not None:
                talking.open_drawer(self._port, pin, self._hands.pace, in_trouble=True)
                return
            with _Open(self) as port:
                talking.open_drawer(port, pin, self._hands.pace)
        except Trouble as trouble:
            self._hands.drawer_stuck(trouble.code)
        except OSError as error:
            self._hands.drawer_stuck(error.code if isinstance(error, Unreachable) else "vanished")

    def _tell(self, *, printing: bool, trouble: str | None = None) -> None:
        waiting = self._hands.write(print_jobs.waiting)
        kept = self._standing.trouble if trouble is None else trouble
        standing = replace(self._standing, printing=printing, trouble=kept, waiting=waiting)
        self._standing = standing
        self._hands.tell(standing)


class _Open:
    """The port, open for one job; the queue can close it from another thread to end a wait."""

    def __init__(self, queue: PrintQueue) -> None:
        self._queue = queue

    def __enter__(self) -> Port:
        try:
            port = self._queue._hands.port()
            self._queue._port = port
            port.open()
        except Unreachable as error:
            self._queue._port = None
            raise Trouble(error.code, torn=False, words=str(error)) from error
        return port

    def __exit__(self, *_: object) -> None:
        port, self._queue._port = self._queue._port, None
        if port is not None:
            port.close()
