"""Sync and health: what is connected, when it was last read, what waits and what was set aside."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec

from posapp.db.rows import from_text
from posapp.queries.reader import Reader

PAGE_ROWS = 256

_CONNECTIONS = (
    'SELECT n.id, n.kind, n.url, n."key", n.location_id, COALESCE(l.name, \'\'), n.look_s, n.state, n."cursor", '
    "n.imported, n.last_pull_at, n.compared_at, n.notice, n.about "
    "FROM connection n LEFT JOIN location l ON l.id = n.location_id ORDER BY n.rowid"
)
_WAITING = "SELECT COUNT(*) FROM inbox WHERE state = ?"
_LAST_PUSH = (
    "SELECT MAX(at) FROM (SELECT MAX(answered_at) AS at FROM (SELECT answered_at FROM outgoing WHERE state = 'DONE' "
    "ORDER BY rowid DESC LIMIT 32) UNION ALL SELECT MAX(sent_at) FROM publication)"
)
_SET_ASIDE = (
    "SELECT seq, feed_id, kind, remote_id, event_id, received_at, reason, COALESCE(body, ''), state FROM inbox "
    "WHERE state = ? AND seq > ? ORDER BY seq LIMIT ?"
)


@dataclass(frozen=True, slots=True)
class ConnectionRow:
    """A web shop or payment provider. The secret is not here."""

    id: str
    kind: str
    url: str
    key: str  # the public half
    location_id: str
    location: str
    look_s: int
    state: str  # active, removed, sign_in, taken_over
    cursor: str
    imported: bool  # the first import is whole
    last_pull_at: datetime | None
    compared_at: datetime | None
    notice: str  # what its owner should know: the shop was restored, another till serves it
    about: dict[str, Any] = field(hash=False)  # shop name, version, decimals, time zone, as it told


@dataclass(frozen=True, slots=True)
class InboxCounts:
    """What came in and is not done: not applied yet, waiting for its order, not readable."""

    new: int
    parked: int
    quarantined: int


@dataclass(frozen=True, slots=True)
class SetAside:
    """News that could not be applied, with its reason and as it came."""

    seq: int
    feed_id: str
    kind: str  # order, product, payment
    remote_id: str
    event_id: str
    received_at: datetime
    reason: str
    raw: str  # from outside: to be shown as plain text only
    state: str


@dataclass(frozen=True, slots=True)
class SyncLine:
    """The facts of the sync line that the database knows; whether the network is up, the worker knows."""

    connections: int  # that are read
    last_pull_at: datetime | None  # of the connection that was read least lately; None if one never was
    importing: int  # connections whose first import is not whole
    sign_in: tuple[str, ...]  # addresses that want a new key
    taken_over: tuple[str, ...]  # addresses that another installation serves now
    inbox: InboxCounts


def connections(reader: Reader) -> tuple[ConnectionRow, ...]:
    """Everything that is or was connected, in the order it was."""
    return tuple(_connection(row) for row in reader.rows(_CONNECTIONS))


def _connection(row: tuple[Any, ...]) -> ConnectionRow:
    flags_and_times = (bool(row[9]), _time(row[10]), _time(row[11]))
    about = msgspec.json.decode(row[13] or "{}", type=dict)
    return ConnectionRow(*(*row[:9], *flags_and_times, row[12], about))


@dataclass(frozen=True, slots=True)
class ToldTax:
    """The one plain tax that a connected web shop takes; see `sync.feed.ShopTax`."""

    name: str  # from outside, cleaned
    basis_points: int
    included: bool


def told_tax(reader: Reader) -> ToldTax | None:
    """The tax of the web shop, as it told when it was connected; None where it did not."""
    shops = (row for row in connections(reader) if row.state != "removed")
    told = next((row.about["tax"] for row in shops if row.about.get("tax")), None)
    return None if told is None else ToldTax(told["name"], told["basis_points"], told["included"])


def _time(stored: str | None) -> datetime | None:
    return from_text(stored) if stored else None


def inbox_counts(reader: Reader) -> InboxCounts:
    """Count what is not done; each from the index of its own state."""
    return InboxCounts(*(int(reader.value(_WAITING, (state,))) for state in ("new", "parked", "quarantined")))


def last_push_at(reader: Reader) -> datetime | None:
    """When something of ours was last taken outside; None where nothing ever was."""
    return _time(reader.value(_LAST_PUSH))


def set_aside(reader: Reader, state: str = "quarantined", after: int = 0) -> tuple[SetAside, ...]:
    """News set aside, oldest first, at most 256 after a `seq`; `state` may be "parked" too."""
    found = reader.rows(_SET_ASIDE, (state, after, PAGE_ROWS))
    return tuple(SetAside(*(*row[:5], from_text(row[5]), *row[6:])) for row in found)


def sync_line(reader: Reader) -> SyncLine:
    """The facts of the sync line."""
    with reader.snapshot():
        known = connections(reader)
        counts = inbox_counts(reader)
    active = [c for c in known if c.state == "active"]
    pulls = [c.last_pull_at for c in active]
    return SyncLine(
        connections=len(active),
        last_pull_at=None if None in pulls else min((p for p in pulls if p is not None), default=None),
        importing=sum(not c.imported for c in active),
        sign_in=tuple(c.url for c in known if c.state == "sign_in"),
        taken_over=tuple(c.url for c in known if c.state == "taken_over"),
        inbox=counts,
    )
