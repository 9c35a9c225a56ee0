"""The journal as people read it: who did what, when, at which till, and who allowed it.

Rows come newest first, by the time they were written down. Every filter is a choice among streams of one
index, (till, who, kind, time); the streams are merged as they are read, so that a million rows cost no more
than those that are shown.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import Any

import msgspec

from posapp.db.house_tables import JOURNAL_KIND, JOURNAL_ORDER
from posapp.db.rows import from_text, to_text
from posapp.domain.rights import SYSTEM_ACTORS
from posapp.queries.activity_kinds import tags_of
from posapp.queries.activity_names import names_of
from posapp.queries.reader import Reader

PAGE_ROWS = 256
PEOPLE, FEEDS, EVERYBODY = "", "\x00feeds", "\x00everybody"  # no name holds such a sign
_FIRST, _LAST = "", "~"  # before and after every stored time
# The next value after one that is known: a step along the index, however many entries lie between.
_TILL = "SELECT till FROM journal WHERE till > ? ORDER BY till LIMIT 1"
_ACTOR = "SELECT actor FROM journal WHERE till = ? AND actor > ? ORDER BY actor LIMIT 1"
_KIND = (
    f"SELECT {JOURNAL_KIND} FROM journal WHERE till = ? AND actor = ? AND {JOURNAL_KIND} > ? "
    f"ORDER BY {JOURNAL_KIND} LIMIT 1"
)
_OF_STREAM = f"till = ? AND actor = ? AND {JOURNAL_KIND} = ?"
_SINCE, _BEFORE = "recorded_at >= ? AND recorded_at < ?", "(recorded_at, seq) < (?, ?)"
_ORDER = "ORDER BY recorded_at DESC, seq DESC"
_ROWS = "SELECT seq, id, till, actor, recorded_at, body FROM journal WHERE seq IN ({places})"
_OF_ORDER = f"SELECT recorded_at, seq FROM journal WHERE {JOURNAL_ORDER} = ?"
_ORDERS = "SELECT id FROM orders WHERE number = ? OR number = ? OR (local_ref = ? AND local_ref <> '')"
# A return names its orders in a list; it is found by when the order's refunds were decided.
_RETURNS = (
    "SELECT j.recorded_at, j.seq FROM refund r JOIN journal j ON j.recorded_at >= r.decided_at "
    "AND j.recorded_at < strftime('%Y-%m-%dT%H:%M:%f', r.decided_at, '+15 minutes') "
    f"WHERE r.order_id = ?1 AND {JOURNAL_KIND} IN ('take_back', 'sell') AND instr(j.body, ?1) > 0"
)
Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class ActivityFilter:
    """What is asked for; "" is any. `who` is a name, `PEOPLE`, `FEEDS` or `EVERYBODY`; times are aware."""

    who: str = PEOPLE
    kind: str = ""  # of `activity_kinds.KINDS`
    till: str = ""
    from_at: datetime | None = None
    to_at: datetime | None = None  # not included
    order: str = ""  # its number or the till's reference


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One entry of the journal; `names` gives numbers and names by the ids in its facts."""

    seq: int
    id: str
    recorded_at: datetime
    actor: str
    approved_by: str
    till: str
    tag: str
    facts: dict[str, Any] = field(repr=False)
    names: dict[str, str] = field(repr=False)

    @property
    def order_id(self) -> str:
        """The order it is about, "" where it is about none."""
        return str(self.facts.get("order_id", ""))


def streams(reader: Reader) -> list[tuple[str, str, str]]:
    """Every till, name and kind of command that the journal knows together."""
    return [
        (till, actor, tag)
        for till in _steps(reader, _TILL)
        for actor in _steps(reader, _ACTOR, till)
        for tag in _steps(reader, _KIND, till, actor)
    ]


def _steps(reader: Reader, sql: str, *fixed: str) -> Iterator[str]:
    """Each value once, in their order."""
    last = ""
    while (found := reader.value(sql, (*fixed, last))) is not None:
        last = str(found)
        yield last


class ActivitySource:
    """Entries of one filter: rows for a window model."""

    def __init__(self, reader: Reader, chosen: ActivityFilter) -> None:
        """Ask one reader; another filter is another source."""
        self._reader, self.filter = reader, chosen
        self._span = (
            to_text(chosen.from_at) if chosen.from_at else _FIRST,
            to_text(chosen.to_at) if chosen.to_at else _LAST,
        )
        known = streams(reader)
        wanted = [one for one in known if _wanted(chosen, *one)]
        self._streams = None if len(wanted) == len(known) else wanted  # None: the whole journal
        self._found = _of_order(reader, chosen, self._span) if chosen.order.strip() else None

    def count(self) -> int:
        """Say how many entries there are."""
        if self._found is not None:
            return len(self._found)
        return sum(
            int(self._reader.value(f"SELECT COUNT(*) FROM journal WHERE {where}", values))
            for where, values in self._questions(None)
        )

    def page_after(self, key: Key | None, limit: int) -> Sequence[ActivityRow]:
        """Give the next entries after the key, from the newest with None."""
        with self._reader.snapshot():
            places = list(islice(self._keys(key), min(limit, PAGE_ROWS)))
            return _rows(self._reader, [seq for _, seq in places])

    def skip(self, key: Key | None, rows: int) -> Key | None:
        """Give the key so many entries further on; None when there are not so many."""
        asked = list(self._questions(key)) if self._found is None else []
        if len(asked) == 1:
            where, values = asked[0]
            sql = f"SELECT recorded_at, seq FROM journal WHERE {where} {_ORDER} LIMIT 1 OFFSET ?"
            found = self._reader.row(sql, (*values, rows - 1))
            return None if found is None else (str(found[0]), int(found[1]))
        with self._reader.snapshot():
            return next(islice(self._keys(key), rows - 1, None), None)

    def key_of(self, row: ActivityRow) -> Key:
        """Give the key of a row."""
        return to_text(row.recorded_at), row.seq

    def id_of(self, row: ActivityRow) -> str:
        """Give the id of a row."""
        return row.id

    def _questions(self, key: Key | None) -> Iterator[tuple[str, tuple[Any, ...]]]:
        """The condition of every stream, and its parameters."""
        after, values = (f" AND {_BEFORE}", key) if key else ("", ())
        if self._streams is None:
            yield _SINCE + after, (*self._span, *values)
            return
        for stream in self._streams:
            yield f"{_OF_STREAM} AND {_SINCE}{after}", (*stream, *self._span, *values)

    def _keys(self, key: Key | None) -> Iterator[Key]:
        """Times and places of the entries after a key, newest first; each stream is read only as far as need be."""
        if self._found is not None:
            return (one for one in self._found if key is None or one < key)
        cursors: list[Iterable[Key]] = [
            self._reader.connection.execute(
                f"SELECT recorded_at, seq FROM journal WHERE {where} {_ORDER}", values
            )
            for where, values in self._questions(key)
        ]
        return merge(*cursors, reverse=True)


def _wanted(chosen: ActivityFilter, till: str, actor: str, tag: str) -> bool:
    if chosen.till and till != chosen.till:
        return False
    if chosen.kind and tag not in tags_of(chosen.kind):
        return False
    if chosen.who in (PEOPLE, FEEDS):
        return (actor in SYSTEM_ACTORS) == (chosen.who == FEEDS)
    return chosen.who in (EVERYBODY, actor)


def _of_order(reader: Reader, chosen: ActivityFilter, span: tuple[str, str]) -> list[Key]:
    """Entries about the orders of a number, newest first. They are few: one order's history."""
    typed = chosen.order.strip().removeprefix("#")
    numbers = (typed, typed.zfill(4), typed.upper())
    found: set[Key] = set()
    for (order_id,) in reader.rows(_ORDERS, numbers):
        for sql in (_OF_ORDER, _RETURNS):
            found.update((str(at), int(seq)) for at, seq in reader.rows(sql, (order_id,)))
    between = [one for one in found if span[0] <= one[0] < span[1]]
    rows = {row.seq: row for row in _rows(reader, [seq for _, seq in between])}
    return sorted(
        (one for one in between if _wanted(chosen, rows[one[1]].till, rows[one[1]].actor, rows[one[1]].tag)),
        reverse=True,
    )


def _rows(reader: Reader, places: Sequence[int]) -> list[ActivityRow]:
    """The entries at these places of the journal, in this order."""
    if not places:
        return []
    read = {
        row[0]: row for row in reader.rows(_ROWS.format(places=", ".join("?" * len(places))), tuple(places))
    }
    facts = {seq: _facts(read[seq][5]) for seq in places}
    names = names_of(reader, facts.values())
    return [
        ActivityRow(
            seq=seq, id=read[seq][1], recorded_at=from_text(read[seq][4]), actor=read[seq][3],
            approved_by=str(facts[seq].get("approved_by", "")), till=read[seq][2],
            tag=str(facts[seq].get("do", "")), facts=facts[seq], names=names,
        )
        for seq in places
    ]  # fmt: skip


def _facts(body: str) -> dict[str, Any]:
    """What an entry says; one that was altered until it cannot be read says nothing."""
    try:
        found = msgspec.json.decode(body)
    except msgspec.DecodeError:
        return {}
    return found if isinstance(found, dict) else {}
