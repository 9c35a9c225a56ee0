"""What came in, raw, before anybody believed it.

A page and the cursor behind it are stored in one transaction: a page may be read twice,
but is never skipped. An event is known by its id and stored once.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from sqlite3 import Connection

import msgspec

from posapp.db.rows import from_text, to_text
from posapp.sync.feed import Page, RawItem

KEEP_BODIES = timedelta(days=30)
_STORE = (
    "INSERT INTO inbox (feed_id, event_id, kind, remote_id, stamp, seen_at, received_at, body, state) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'new') ON CONFLICT (feed_id, event_id) DO NOTHING"
)
_NEWEST_EVENT = (
    "SELECT event_id, stamp FROM inbox WHERE kind = ? AND remote_id = ? AND feed_id = ? ORDER BY seq DESC"
)
_TIMES = (
    "SELECT count(*) FROM inbox WHERE feed_id = ? AND event_id = ? OR feed_id = ? AND event_id LIKE ? || '#%'"
)
_WAITING = (
    "SELECT seq, feed_id, event_id, kind, remote_id, stamp, seen_at, body, state FROM inbox "
    "WHERE state IN ('new', 'parked') AND feed_id = ? AND kind = ? ORDER BY seq"
)
_MARK = "UPDATE inbox SET state = ?, reason = ?, applied_at = ? WHERE seq = ?"
# A newer state that could be followed settles what was set aside of the same thing before.
_SUPERSEDE = (
    "UPDATE inbox SET state = 'discarded', applied_at = ? FROM inbox AS newer WHERE newer.seq = ? "
    "AND inbox.state = 'quarantined' AND inbox.feed_id = newer.feed_id AND inbox.kind = newer.kind "
    "AND inbox.remote_id = newer.remote_id AND inbox.remote_id <> '' AND inbox.seq < newer.seq"
)
_NEWEST = "SELECT max(stamp) FROM inbox WHERE kind = 'order' AND remote_id = ? AND feed_id = ? AND state = 'applied'"


class InboxRow(msgspec.Struct, frozen=True, gc=False):
    """One stored item; `seen_at` is the server's time when it was read."""

    seq: int
    feed_id: str
    item: RawItem
    seen_at: datetime
    state: str


def store_page(feed_id: str, page: Page, received_at: datetime) -> Callable[[Connection], int]:
    """Store a page with its cursor; gives how many of its items are news."""

    def work(connection: Connection) -> int:
        known = connection.total_changes
        for item in page.items:
            _store(connection, feed_id, item, page.seen_at, received_at)
        news = connection.total_changes - known
        connection.execute(
            "UPDATE connection SET cursor = ?, last_pull_at = ? WHERE id = ?",
            (page.cursor, to_text(received_at), feed_id),
        )
        return news

    return work


def store_items(
    feed_id: str, items: Sequence[RawItem], seen_at: datetime, received_at: datetime
) -> Callable[[Connection], int]:
    """Store items that were asked for one by one; the cursor stays."""

    def work(connection: Connection) -> int:
        known = connection.total_changes
        for item in items:
            _store(connection, feed_id, item, seen_at, received_at)
        return connection.total_changes - known

    return work


def _store(
    connection: Connection, feed_id: str, item: RawItem, seen_at: datetime, received_at: datetime
) -> None:
    """Store an item once; one that went back to what it was within a second is news again."""
    stored = connection.execute(_STORE, _parameters(feed_id, item, item.event_id, seen_at, received_at))
    if stored.rowcount or not item.remote_id:
        return
    newest = connection.execute(_NEWEST_EVENT, (item.kind, item.remote_id, feed_id)).fetchone()
    if newest is None or newest[1] != item.stamp or newest[0].partition("#")[0] == item.event_id:
        return
    times = connection.execute(_TIMES, (feed_id, item.event_id, feed_id, item.event_id)).fetchone()[0]
    connection.execute(_STORE, _parameters(feed_id, item, f"{item.event_id}#{times}", seen_at, received_at))


def _parameters(
    feed_id: str, item: RawItem, event_id: str, seen_at: datetime, received_at: datetime
) -> tuple[object, ...]:
    body = item.body.decode("utf-8", "replace")
    return (
        feed_id, event_id, item.kind, item.remote_id, item.stamp, to_text(seen_at), to_text(received_at), body
    )  # fmt: skip


def waiting(connection: Connection, feed_id: str, kind: str) -> list[InboxRow]:
    """Items of a kind that are not applied yet, oldest first; parked ones are tried again each time."""
    rows = connection.execute(_WAITING, (feed_id, kind)).fetchall()
    return [
        InboxRow(
            seq,
            feed,
            RawItem(kind, remote_id, event_id, stamp, (body or "").encode()),
            from_text(seen),
            state,
        )
        for seq, feed, event_id, kind, remote_id, stamp, seen, body, state in rows
    ]


def newest_applied(connection: Connection, feed_id: str, remote_id: str) -> str:
    """The stamp of the newest state of an order that was applied, "" if none was."""
    row = connection.execute(_NEWEST, (remote_id, feed_id)).fetchone()
    return row[0] or ""


def mark(seqs: Iterable[int], state: str, at: datetime, reason: str = "") -> Callable[[Connection], None]:
    """Say what became of items: applied, parked, quarantined or discarded."""

    def work(connection: Connection) -> None:
        applied_at = to_text(at) if state in ("applied", "discarded") else None
        for seq in seqs:
            connection.execute(_MARK, (state, reason, applied_at, seq))
            if state == "applied":
                connection.execute(_SUPERSEDE, (to_text(at), seq))

    return work


def forget_bodies(now: datetime) -> Callable[[Connection], None]:
    """Delete the raw text of what was applied long ago: it holds personal data."""

    def work(connection: Connection) -> None:
        connection.execute(
            "UPDATE inbox SET body = NULL WHERE body IS NOT NULL AND applied_at < ?",
            (to_text(now - KEEP_BODIES),),
        )

    return work
