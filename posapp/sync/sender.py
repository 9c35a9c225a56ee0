"""The one who sends: what the outbox holds, a row at a time, each exactly once.

A row is looked for outside before it is sent, and journalled as begun, with the time of its next try, before its
request leaves: a kill at any instant leaves a row that is looked for first, and no sooner than the request that was
cut off can still be running. A row that cannot even be looked for is not begun, so that it can still be undone.
"""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from sqlite3 import Connection

import msgspec

from posapp.commands.command import Command, named
from posapp.commands.outbox import BeginSending, NoteDeclined, NoteSent
from posapp.db.outgoing_tries import Due, forget_details, hurry, read_details, turns, write_try
from posapp.db.rows import to_text
from posapp.db.store import DatabaseSource
from posapp.desk import Desk
from posapp.domain.errors import Refused
from posapp.domain.outbox import OutState
from posapp.domain.payments import PartState
from posapp.sync.asking import Job, job_of
from posapp.sync.connections import Link, learn_gateway, links, set_notice
from posapp.sync.feed import Feed, FeedUnavailable
from posapp.sync.outgoing import BankDetails, Declined, Refunded

ACTOR = "posapp"
REST_S = 30  # how long somebody who did not answer is left alone, where he does not ask for longer
MOST = 20  # rows in one go: then a look has its turn
NOT_CONNECTED = "It is no longer connected. This is sent once it is connected again."
ELSEWHERE = "Another posapp serves this web shop now."
SIGN_IN = "The key is no longer accepted. This is sent once a new one is given in the settings."
WAITS = {"sign_in": SIGN_IN, "taken_over": ELSEWHERE}
log = logging.getLogger(__name__)

Open = Callable[[Link], Awaitable[Feed]]
IsOurs = Callable[[Link, Feed], Awaitable[bool]]


@dataclass(slots=True)
class Sent:
    """What one go has done, and who did not answer."""

    sent: int = 0
    refused: int = 0
    troubles: list[tuple[Link, FeedUnavailable]] = field(default_factory=list)


@dataclass(slots=True)
class Task:
    """A row that is worked at: whom it goes to, and what is asked."""

    due: Due
    link: Link
    door: Feed
    job: Job
    number: str  # of its order
    method: str  # how its order was paid: the web shop's gateway

    @property
    def row_id(self) -> str:
        """The row's id, which is our reference outside."""
        return self.due.row.id


class Sender:
    """Sends what is due through the connections of one desk."""

    def __init__(self, desk: Desk, open_door: Open, is_ours: IsOurs) -> None:
        """`open_door` opens a connection; `is_ours` says whether a web shop is still this till's to serve."""
        self.desk, self._open, self._is_ours = desk, open_door, is_ours
        self._doors: dict[str, tuple[Link, Feed]] = {}
        self._rests: dict[
            str, tuple[datetime, datetime]
        ] = {}  # whom nothing is sent to, since and until when

    async def send_due(self) -> Sent:
        """Send everything that is due, at most `MOST` rows; one after the other."""
        told = Sent()
        try:
            for _ in range(MOST):
                due = await self._next()
                if due is None:
                    break
                await self._send(due, told)
        finally:
            for _, door in self._doors.values():
                await door.close()
            self._doors.clear()
        return told

    async def wait_s(self, longest_s: float) -> float:
        """How long until the next row is due, at most so long."""
        now = self.desk.clock()
        soonest = min((due.at for due in await self._turns(now)), default=None)
        return longest_s if soonest is None else min(longest_s, max(0.0, (soonest - now).total_seconds()))

    async def hurry(self, to: str = "") -> None:
        """Try at once what only waits for its next try; to one connection, or everywhere."""
        for resting in [to] if to else list(self._rests):
            self._rests.pop(resting, None)
        await self.desk.write(partial(hurry, now=self.desk.clock(), to=to))

    async def _next(self) -> Due | None:
        now = self.desk.clock()
        return next((due for due in await self._turns(now) if due.at <= now), None)

    async def _turns(self, now: datetime) -> list[Due]:
        """The rows whose turn it is, where none goes to whom is left alone for a while."""
        waiting = await self.desk.write(partial(turns, now=now))
        for due in waiting:
            since, until = self._rests.get(due.row.to, (now, now))
            due.at = max(due.at, until if since <= now else now)
        return sorted(waiting, key=lambda due: due.at)

    def _rest(self, to: str, seconds: float) -> None:
        """Leave somebody who does not answer alone, but not so long that one order holds up all the others."""
        now = self.desk.clock()
        self._rests[to] = (now, now + timedelta(seconds=max(REST_S, seconds)))

    async def _send(self, due: Due, told: Sent) -> None:
        """Work at one row: whatever happens, it is done, refused, or tried later."""
        task: Task | None = None
        try:
            task = await self._task(due, told)
            if task is not None:
                await self._carry_out(task, told)
        except Declined as refusal:
            await self._declined(due, task, refusal, told)
        except FeedUnavailable as trouble:
            await self._later(due, trouble.words, trouble.retry_after_s)
            link = self._doors[due.row.to][0]
            told.troubles.append((link, trouble))
            self._rest(due.row.to, trouble.retry_after_s)
            log.info("%s could not be told: %s", link.kind, trouble.words)
        except Exception:  # a fault of ours with one row must not keep the others from being sent
            log.exception("a row of the outbox could not be sent")
            await self._later(due, "posapp stumbled over it. It tries again by itself; the log says more.")

    async def _task(self, due: Due, told: Sent) -> Task | None:
        """What is to be done for a row; None where it must wait."""
        link, door = await self._door(due)
        if link is None or door is None:
            return None
        found = await self.desk.write(partial(_job, due=due))
        if found is None:
            await self._later(due, "Its order no longer knows what this was about.")
            return None
        job, number, method = found
        return Task(due, link, door, job, number, method)

    async def _door(self, due: Due) -> tuple[Link, Feed] | tuple[None, None]:
        """The open connection that a row goes to; where there is none, it waits in words."""
        to = due.row.to
        if to not in self._doors:
            known = await self.desk.write(links)
            link = next((one for one in known if one.address == to and one.state != "removed"), None)
            if link is None or link.state != "active":
                await self._later(due, WAITS.get(link.state if link else "", NOT_CONNECTED))
                return None, None
            self._doors[to] = (link, await self._open(link))
            if link.is_shop and not await self._is_ours(*self._doors[to]):
                await self._later(due, ELSEWHERE)
                self._rest(to, 0)
                return None, None
        return self._doors[to]

    async def _carry_out(self, task: Task, told: Sent) -> None:
        """Look, begin, ask, and write down what was answered."""
        found = await task.job.look(task.door)
        if not await self._begin(task, leaves=found is None):
            return
        answer = found or await task.job.ask(task.door)
        if answer.state == PartState.FAILED:
            raise Declined(answer.words or "It could not be paid out.")
        await self._give(_noted(task.due, answer, self.desk.clock()))
        await self.desk.write(forget_details)
        told.sent += 1
        if answer.words:
            log.warning("order %s: %s", task.number, answer.words)
            words = f"Order {task.number}: {answer.words}"
            await self.desk.write(lambda c: set_notice(c, task.link.id, words))

    async def _begin(self, task: Task, *, leaves: bool) -> bool:
        """Journal the try, with the time of the next one; False where the row was taken back meanwhile."""
        now, due = self.desk.clock(), task.due
        so_far = replace(due.so_far, next_at=due.so_far.pause(now), words="")
        so_far.begun_at = now if leaves else due.so_far.begun_at
        also = partial(write_try, told=so_far)
        if due.row.state == OutState.SENDING:
            await self.desk.write(also)
        else:
            told = {"order_id": due.row.order_id, "outgoing_id": due.row.id}
            await self.desk.run(BeginSending(id=_id(due, "begin"), actor=ACTOR, at=now, **told), also=also)
        due.so_far = so_far
        return await self.desk.write(partial(_state, due=due)) == OutState.SENDING

    async def _declined(self, due: Due, task: Task | None, refusal: Declined, told: Sent) -> None:
        """The other side said no for good."""
        fields = {"order_id": due.row.order_id, "outgoing_id": due.row.id, "words": refusal.words}
        await self._give(NoteDeclined(id=_id(due, "declined"), actor=ACTOR, at=self.desk.clock(), **fields))
        await self.desk.write(forget_details)
        told.refused += 1
        if refusal.code == "gateway_cannot" and task is not None:
            await self.desk.write(lambda c: learn_gateway(c, task.link, task.method))
        log.info("a %s was refused: %s", due.row.kind, refusal.words)

    async def _give(self, command: Command) -> None:
        """Give a command; a row that was taken back meanwhile says nothing."""
        try:
            await self.desk.run(command)
        except Refused as refused:
            log.warning("what was answered could not be written down: %s", refused.message)

    async def _later(self, due: Due, words: str, asked_s: float = 0) -> None:
        """Try it later, and remember why."""
        next_at = due.so_far.pause(self.desk.clock(), asked_s)
        so_far = replace(due.so_far, words=words, next_at=next_at, tries=due.so_far.tries + 1)
        await self.desk.write(partial(write_try, told=so_far))


def _id(due: Due, what: str) -> str:
    """One command for one try: a row that a person sends again is due anew."""
    return named(what, due.row.id, to_text(due.row.due_at))


def _noted(due: Due, answer: Refunded, at: datetime) -> NoteSent:
    return NoteSent(
        id=_id(due, "sent"), actor=ACTOR, at=at, order_id=due.row.order_id, outgoing_id=due.row.id,
        remote_id=answer.remote_id, state=answer.state, words=answer.words,
    )  # fmt: skip


def _job(connection: Connection, due: Due) -> tuple[Job, str, str] | None:
    """What a row asks for, read afresh."""
    source = DatabaseSource(connection)
    order, rows = source.order(due.row.order_id), source.outgoing(due.row.order_id)
    row = next((row for row in rows if row.id == due.row.id), None)
    if order is None or row is None:
        return None
    body = read_details(connection, row.id)
    details = msgspec.json.decode(body, type=BankDetails) if body else None
    job = job_of(order, row, rows, details)
    return None if job is None else (job, order.number, order.payment_method)


def _state(connection: Connection, due: Due) -> str:
    row = connection.execute("SELECT state FROM outgoing WHERE id = ?", (due.row.id,)).fetchone()
    return str(row[0]) if row else ""
