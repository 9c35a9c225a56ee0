"""Stock published: after each look the web shop is told the numbers that differ from ours.

Absolute, read just before and read back from the answer, at most so many a run: a shop is never hammered, and a first
publication goes on over many runs. What is about to be sent is written down before it is sent, so that after a cut,
or a kill, the next run reads first and knows both numbers that may stand there.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from sqlite3 import Connection

from posapp.db.rows import to_text
from posapp.desk import Desk
from posapp.domain.web_stock import fits
from posapp.queries.publication import OURS, PUBLISHED, differing
from posapp.sync.connections import Link
from posapp.sync.outgoing import Declined, ShopDoor, StockNumber
from posapp.sync.publication import Numbers

STILL_RUNNING = timedelta(seconds=90)  # a try without an answer may still arrive as late as this
REFUSED = timedelta(hours=1)
LONGEST = timedelta(hours=6)
READ_EVERY = timedelta(hours=24)  # each number is read at least so often
ALONE_AFTER = 2  # what failed so often is sent by itself, that it may spoil no others
log = logging.getLogger(__name__)

# Only names of our own tables and columns enter these texts; values travel as parameters.
_ENROL = (
    "INSERT INTO publication (item_id, shop_id) SELECT i.id, i.shop_id FROM connection cn JOIN product i "  # noqa: S608 - our own text alone
    f"ON {PUBLISHED} WHERE cn.id = ? AND NOT EXISTS (SELECT 1 FROM publication p WHERE p.item_id = i.id)"
)
_SEEN = "SELECT item_id FROM shop_reading WHERE shop_id = ? AND role = 'seen' AND open = 0"
_EXPLAINED = (  # somebody has counted, both sides agree anyway, or there is nothing that could be counted
    "SELECT p.item_id FROM publication p CROSS JOIN connection cn ON cn.id = p.shop_id "  # noqa: S608 - our own text alone
    "CROSS JOIN product i ON i.id = p.item_id CROSS JOIN shop_reading o ON o.item_id = p.item_id AND o.role = 'odd' "
    "WHERE p.shop_id = ? AND p.odd_since IS NOT NULL "
    f"AND (i.components <> '{{}}' OR o.least = o.most AND o.number - p.taken + o.least = ({OURS}) "
    "OR EXISTS (SELECT 1 FROM movement m WHERE m.item_id = i.id "
    "AND m.location_id = cn.location_id AND m.kind = 'COUNT' AND m.recorded_at >= p.odd_since))"
)
_PARENT = "LEFT JOIN product parent ON parent.id = i.parent_id AND i.parent_id <> ''"
_DOUBTFUL = (
    "SELECT i.id, i.remote_id, COALESCE(parent.remote_id, ''), p.tries "  # noqa: S608 - our own text alone
    "FROM (SELECT item_id FROM publication WHERE shop_id = ?1 AND doubt = 1 UNION "
    "SELECT item_id FROM shop_reading WHERE shop_id = ?1 AND role = 'known' AND at < ?2) d "
    "CROSS JOIN publication p ON p.item_id = d.item_id CROSS JOIN product i ON i.id = d.item_id "
    f"CROSS JOIN connection cn ON cn.id = p.shop_id {_PARENT} "
    f"WHERE {PUBLISHED} AND ({OURS}) >= 0 AND (p.next_at IS NULL OR p.next_at <= ?3) ORDER BY p.doubt DESC LIMIT ?4"
)
_DIFFERING = (  # what would be oversold goes first
    differing("i.id, i.remote_id, COALESCE(parent.remote_id, ''), i.tries", "cn.id = ?", _PARENT)
    + " AND i.doubt = 0 AND (i.next_at IS NULL OR i.next_at <= ?) "
    "ORDER BY i.tries >= ?, i.there > i.ours DESC, i.id LIMIT ?"
)


@dataclass(frozen=True, slots=True)
class Pace:
    """How much a shop is asked to do in one run."""

    batch: int = 20  # numbers in one request
    batches: int = 3  # requests that write
    pause_s: float = 2.0  # between two of them
    reads: int = 100  # numbers that are only read


@dataclass(frozen=True, slots=True)
class Wanted:
    """A number to read, and perhaps to set."""

    item_id: str
    remote_id: str
    parent_id: str  # the shop's id, "" for a product
    tries: int


class Publisher:
    """Publishes the stock of one web shop, once; cancelled at any point, the next run goes on."""

    def __init__(
        self, desk: Desk, link: Link, door: ShopDoor, pace: Pace, still_ours: Callable[[], Awaitable[bool]]
    ) -> None:
        """Serve one connection, whose first import is whole and whose orders were just pulled.

        `still_ours` is asked before anything is written: another till may have taken over.
        """
        self.desk, self.link, self.door, self.pace, self._still_ours = desk, link, door, pace, still_ours
        self.sent = 0

    async def run(self) -> int:
        """Read what is doubtful, send what differs; gives how many numbers were set. Raises `FeedUnavailable`."""
        await self.desk.write(self._settle)
        doubtful = await self.desk.write(self._doubtful)
        if doubtful:
            await self._read(doubtful)
        found = batches(await self.desk.write(self._differing), self.pace)
        if found and not await self._still_ours():
            return 0
        for at, batch in enumerate(found):
            if at:
                await asyncio.sleep(self.pace.pause_s)
            await self._publish(batch)
        return self.sent

    def _settle(self, connection: Connection) -> None:
        """Judge again what was strange, and go on with what a person has settled."""
        shop, now = self.link.id, self.desk.clock()
        connection.execute(_ENROL, (shop,))
        for (item,) in connection.execute(_SEEN, (shop,)).fetchall():
            Numbers(connection, item, now).settle()
        for (item,) in connection.execute(_EXPLAINED, (shop,)).fetchall():
            numbers = Numbers(connection, item, now)
            numbers.believe(numbers.readings["odd"])

    def _doubtful(self, connection: Connection) -> list[Wanted]:
        now = self.desk.clock()
        asked = (self.link.id, to_text(now - READ_EVERY), to_text(now), self.pace.reads)
        return [Wanted(*row) for row in connection.execute(_DOUBTFUL, asked).fetchall()]

    def _differing(self, connection: Connection) -> list[Wanted]:
        most = self.pace.batch * self.pace.batches
        asked = (self.link.id, to_text(self.desk.clock()), ALONE_AFTER, most)
        return [Wanted(*row) for row in connection.execute(_DIFFERING, asked).fetchall()]

    async def _read(self, wanted: Sequence[Wanted]) -> list[tuple[Wanted, int]]:
        """Read numbers and judge them; gives those that are explained, as they are there now."""
        told = await self.door.stock_numbers([one.remote_id for one in wanted])
        there = {number.remote_id: number.quantity for number in told}
        return await self.desk.write(partial(self._judge, wanted=wanted, there=there))

    def _judge(
        self, connection: Connection, wanted: Sequence[Wanted], there: Mapping[str, int | None]
    ) -> list[tuple[Wanted, int]]:
        now = self.desk.clock()
        explained: list[tuple[Wanted, int]] = []
        for one in wanted:
            number = there.get(one.remote_id)
            numbers = Numbers(connection, one.item_id, now)
            if number is None:  # gone, or no longer counted there: the next pull tells
                _later(numbers, one, "The web shop keeps no number of it.")
            elif numbers.judge(number):
                explained.append((one, number))
        return explained

    async def _publish(self, batch: Sequence[Wanted]) -> None:
        """Read, write down, send, read back."""
        explained = await self._read(batch)
        sending = await self.desk.write(partial(self._begin, explained=explained))
        if not sending:
            return
        try:
            answers = await self.door.put_stock(
                [StockNumber(one.remote_id, one.parent_id, ours) for one, ours in sending]
            )
        except Declined as refusal:
            await self.desk.write(partial(self._refused, sending=sending, words=refusal.words))
            log.info("%s takes no stock numbers: %s", self.link.kind, refusal.words)
            return
        back = {answer.remote_id: answer.quantity for answer in answers}
        self.sent += await self.desk.write(partial(self._note, sending=sending, back=back))

    def _begin(
        self, connection: Connection, explained: Sequence[tuple[Wanted, int]]
    ) -> list[tuple[Wanted, int]]:
        """What is free now, to be set there; each number is written down as a try first."""
        now = self.desk.clock()
        sending: list[tuple[Wanted, int]] = []
        for one, there in explained:
            numbers = Numbers(connection, one.item_id, now)
            ours = numbers.ours()
            if ours is not None and ours != there and fits(ours):
                numbers.write("tried", numbers.fresh(ours))
                numbers.set(doubt=1, tries=one.tries + 1, next_at=now + STILL_RUNNING)
                sending.append((one, ours))
        return sending

    def _note(
        self, connection: Connection, sending: Sequence[tuple[Wanted, int]], back: Mapping[str, int | None]
    ) -> int:
        """Compare what the shop says it has with what was sent; gives how many agree."""
        now, agreed = self.desk.clock(), 0
        for one, ours in sending:
            numbers = Numbers(connection, one.item_id, now)
            told = back.get(one.remote_id)
            if told is None:
                numbers.forget("tried")
                numbers.set(doubt=0)
                _later(numbers, one, "The web shop did not take its number.")
                continue
            numbers.believe(numbers.fresh(told))
            if told == ours:
                agreed += 1
                numbers.set(tries=0, next_at=None, words="", sent_at=now)
            else:
                _later(numbers, one, f"The web shop made {told} of {ours}.")
        return agreed

    def _refused(self, connection: Connection, sending: Sequence[tuple[Wanted, int]], words: str) -> None:
        now = self.desk.clock()
        for one, _ in sending:
            numbers = Numbers(connection, one.item_id, now)
            numbers.forget("tried")
            numbers.set(doubt=0, next_at=now + REFUSED, words=words)


def batches(wanted: Iterable[Wanted], pace: Pace) -> list[list[Wanted]]:
    """What goes out together: below one parent, the most urgent first; what failed before alone, one a run."""
    below: dict[str, list[Wanted]] = {}
    alone: list[list[Wanted]] = []
    places: dict[str, int] = {}
    for place, one in enumerate(wanted):
        places[one.item_id] = place
        if one.tries < ALONE_AFTER:
            below.setdefault(one.parent_id, []).append(one)
        else:
            alone.append([one])
    cut = [some[at : at + pace.batch] for some in below.values() for at in range(0, len(some), pace.batch)]
    cut.sort(key=lambda some: places[some[0].item_id])
    return [*alone[:1], *cut][: pace.batches]


def _later(numbers: Numbers, one: Wanted, words: str) -> None:
    """Leave an item alone for a while, longer each time."""
    pause = min(LONGEST, timedelta(seconds=30) * 2 ** min(one.tries, 12))
    numbers.set(tries=one.tries + 1, next_at=numbers.now + pause, words=words)
