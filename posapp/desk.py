"""The one door: every change is a command brought here.

One command is one transaction is one journal row and its effect. Writing happens on one
thread that owns the one writing connection; whoever asks waits for a future, never for a
disk. Events are told after the commit.
"""

import asyncio
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection
from typing import TypeVar

from posapp.commands.command import Command, Work
from posapp.commands.drawer import guard_drawer
from posapp.commands.handlers import ENCODER, carry_out
from posapp.commands.masking import masked
from posapp.commands.rights import permit, permit_effect
from posapp.db import database, journal
from posapp.db.lock import FolderLock
from posapp.db.rows import from_text, to_text
from posapp.db.store import DatabaseSource, write_book
from posapp.domain.book import Book
from posapp.domain.errors import Refused
from posapp.domain.events import Event
from posapp.domain.settling import settle

T = TypeVar("T")
Also = Callable[[Connection], None]
HOLD_S = 0.1  # the longest a paced command waits for a window that draws
REST_S = 0.0005  # the least the writer rests after a paced command, so that the window can breathe


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a command: its answer, what it told; `known` if it had been carried out before."""

    answer: str
    events: tuple[Event, ...] = ()
    known: bool = False


def utc_now() -> datetime:
    """The till's clock."""
    return datetime.now(UTC)


class Desk:
    """Takes commands, one at a time, and tells what they did."""

    def __init__(self, folder: Path, *, clock: Callable[[], datetime] = utc_now, till: str = "A") -> None:
        """Open a folder for writing. Raises `FolderInUse` and `CannotOpen`."""
        self.folder, self.clock, self.till = folder, clock, till
        self.listeners: list[Callable[[Sequence[Event]], None]] = []
        self._unheld, self._closing = threading.Event(), threading.Event()
        self._unheld.set()
        database.check_writable(folder)
        self._lock = FolderLock(folder)
        try:
            if not database.exists(folder):
                database.create(folder)
            self._writer = ThreadPoolExecutor(1, thread_name_prefix="writer")
            self._connection = self._writer.submit(database.open_writer, folder).result()
        except BaseException:  # raised again: whatever it is, the folder is free for the next one
            self._lock.close()
            raise

    def submit(self, command: Command, *, also: Also | None = None, paced: bool = False) -> "Future[Outcome]":
        """Have a command carried out; `also` writes what no journal holds, in the same transaction."""
        return self._writer.submit(self._run, command, also, paced)

    async def run(self, command: Command, *, also: Also | None = None, paced: bool = False) -> Outcome:
        """Have a command carried out and wait for it without blocking. Raises `Refused`."""
        return await asyncio.wrap_future(self.submit(command, also=also, paced=paced))

    def do(self, command: Command, *, also: Also | None = None) -> Outcome:
        """Have a command carried out and wait here: for the command line and tests."""
        return self.submit(command, also=also).result()

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Write what is not journalled (inbox, cursors, contacts) in one transaction."""
        return await asyncio.wrap_future(self._writer.submit(self._transact, work))

    def write_now(self, work: Callable[[Connection], T]) -> T:
        """The same, waiting here."""
        return self._writer.submit(self._transact, work).result()

    async def run_batch(self, batch: Iterable[tuple[Command, Also | None]]) -> list[Outcome | Refused]:
        """Carry out commands in one transaction, for work nobody watches; a refused one leaves no trace."""
        return await asyncio.wrap_future(self._writer.submit(self._run_batch, list(batch)))

    async def run_each(
        self, batch: Iterable[tuple[Command, Also | None]], *, paced: bool
    ) -> list[Outcome | Exception]:
        """Carry out commands, each in a transaction of its own, and say what came of each.

        Between two of them whoever else writes has a turn, but the caller's loop has none: the window's
        thread is left alone. One that fails stops none; cancelled, no further one is begun.
        """
        done: Future[list[Outcome | Exception]] = Future()
        self._writer.submit(self._next_of, iter(list(batch)), [], done, paced)
        return await asyncio.wrap_future(done)

    def hold(self, on: bool) -> None:
        """Have paced commands wait while the window reads and draws: two threads of Python take turns badly."""
        if on:
            self._unheld.clear()
        else:
            self._unheld.set()

    def close(self) -> None:
        """Finish what was given and let the folder go."""
        self._closing.set()
        self._writer.submit(self._connection.close).result()
        self._writer.shutdown()
        self._lock.close()

    def _run(self, command: Command, also: Also | None, paced: bool) -> Outcome:
        if paced:
            self._unheld.wait(HOLD_S)
        worked_s = time.thread_time()
        outcome = self._transact(lambda connection: self._carry_out(connection, command, also))
        self._tell(outcome.events)
        if paced:
            # The rest lets the window have its turns: half of what was worked, not of what the disk was waited for.
            time.sleep(max(REST_S, (time.thread_time() - worked_s) / 2))
        return outcome

    def _next_of(
        self,
        batch: Iterator[tuple[Command, Also | None]],
        outcomes: list[Outcome | Exception],
        done: "Future[list[Outcome | Exception]]",
        paced: bool,
    ) -> None:
        """Carry out one of a series and queue up again for the next."""
        following = None if done.cancelled() or self._closing.is_set() else next(batch, None)
        if following is None:
            if self._closing.is_set():
                done.cancel()
            if done.set_running_or_notify_cancel():
                done.set_result(outcomes)
            return
        try:
            outcomes.append(self._run(*following, paced))
        except Exception as fault:  # noqa: BLE001 - the caller says what became of each
            outcomes.append(fault)
        self._writer.submit(self._next_of, batch, outcomes, done, paced)

    def _run_batch(self, batch: list[tuple[Command, Also | None]]) -> list[Outcome | Refused]:
        outcomes: list[Outcome | Refused] = []

        def work(connection: Connection) -> None:
            for command, also in batch:
                connection.execute("SAVEPOINT one")
                try:
                    outcomes.append(self._carry_out(connection, command, also))
                except Refused as refusal:
                    connection.execute("ROLLBACK TO one")
                    outcomes.append(refusal)
                connection.execute("RELEASE one")

        self._transact(work)
        self._tell(
            [event for outcome in outcomes if isinstance(outcome, Outcome) for event in outcome.events]
        )
        return outcomes

    def _transact(self, work: Callable[[Connection], T]) -> T:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            result = work(self._connection)
            self._connection.execute("COMMIT")
        except BaseException:  # raised again: nothing of a transaction that did not end may stay
            self._connection.execute("ROLLBACK")
            raise
        return result

    def _carry_out(self, connection: Connection, command: Command, also: Also | None) -> Outcome:
        answer = journal.first_answer(connection, command.id)
        if answer is not None:
            if also:
                also(connection)
            return Outcome(answer, known=True)
        command, recorded_at = masked(command), to_text(self.clock())
        answer, events = apply(connection, command, from_text(recorded_at), checked=True)
        body = ENCODER.encode(command).decode()
        journal.append(
            connection, journal.Entry(command.id, self.till, command.actor, recorded_at, body, answer)
        )
        if also:
            also(connection)
        return Outcome(answer, events)

    def _tell(self, events: Sequence[Event]) -> None:
        if events:
            for listener in self.listeners:
                listener(events)


def apply(
    connection: Connection, command: Command, recorded_at: datetime, *, checked: bool = False
) -> tuple[str, tuple[Event, ...]]:
    """Carry a command out inside the caller's transaction; the same at every replay.

    `checked` asks whether the person may: at the desk, never at a replay. Raises `NotAllowed`.
    """
    book = Book(
        DatabaseSource(connection),
        command_id=command.id,
        actor=command.actor,
        at=command.at,
        recorded_at=recorded_at,
    )
    work = Work(connection, book)
    permission = permit(command, work) if checked else None
    answer = carry_out(command, work)
    guard_drawer(work)  # not in a preview: there another way for the money can still be chosen
    settle(book)
    if permission is not None:
        permit_effect(permission, book)
    write_book(connection, book)
    return answer, tuple(book.events)
