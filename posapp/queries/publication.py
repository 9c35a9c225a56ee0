"""Numbers of stock that go to a web shop: which wait to be sent, and which were changed by hand over there."""

from dataclasses import dataclass
from datetime import datetime

from posapp.db.rows import from_text
from posapp.queries.reader import Reader, Row

# Whole bundles that the free units of the tracked components make; -1 where none of them is tracked.
_BUNDLES = (
    "COALESCE((SELECT MIN(free / units) FROM (SELECT COALESCE(v.on_hand - v.allocated, 0) AS free, "
    "SUM(j.value) AS units FROM json_each(i.components) j CROSS JOIN product part ON part.id = j.key "
    "LEFT JOIN level v ON v.id = COALESCE(NULLIF(part.item_id, ''), part.id) || '@' || cn.location_id "
    "WHERE part.track_stock = 1 GROUP BY COALESCE(NULLIF(part.item_id, ''), part.id))), -1)"
)
# What a web shop should show of an item `i`: what is free where the shop `cn` takes its goods from.
OURS = (
    "CASE WHEN i.components = '{}' THEN COALESCE((SELECT v.on_hand - v.allocated FROM level v "
    f"WHERE v.id = i.id || '@' || cn.location_id), 0) ELSE {_BUNDLES} END"
)
_KEPT = (
    "i.shop_id = cn.id AND i.remote_id <> '' AND i.archived = 0 AND i.track_stock = 1 "
    "AND COALESCE(NULLIF(i.item_id, ''), i.id) = i.id"
)
_OPENED = "(i.components <> '{}' OR EXISTS (SELECT 1 FROM movement m WHERE m.item_id = i.id))"
# An item `i` whose number the shop `cn` keeps: itself, or a parent for its variations; one that was opened here.
PUBLISHED = f"{_KEPT} AND {_OPENED}"


def differing(columns: str, shops: str, joins: str = "") -> str:
    """SQL text: numbers `i` of the `shops` (a condition on `cn`) that differ from ours or are not sure.

    Each of ours is worked out once.
    """
    return (
        "WITH number AS MATERIALIZED (SELECT i.id, i.remote_id, i.parent_id, i.components, p.tries, p.next_at, "
        f"p.doubt, p.words, k.least = k.most AS sure, k.number - p.taken + k.least AS there, {OURS} AS ours "
        "FROM connection cn CROSS JOIN product i ON i.shop_id = cn.id CROSS JOIN publication p ON p.item_id = i.id "
        "LEFT JOIN shop_reading k ON k.item_id = i.id AND k.role = 'known' "
        f"WHERE {_KEPT} AND p.odd_since IS NULL AND {shops}) SELECT {columns} FROM number i {joins} "
        f"WHERE i.ours >= 0 AND COALESCE(NOT i.sure OR i.there <> i.ours, 1) AND {_OPENED}"
    )


_WAITING = differing("COUNT(*), COUNT(NULLIF(i.words, ''))", "cn.state = 'active' AND cn.imported = 1")
_CHANGED = (
    "SELECT i.id, i.name, cn.location_id, o.number - p.taken + o.least, "
    f"{OURS}, COALESCE((SELECT v.allocated FROM level v WHERE v.id = i.id || '@' || cn.location_id), 0), p.odd_since "
    "FROM publication p CROSS JOIN connection cn ON cn.id = p.shop_id CROSS JOIN product i ON i.id = p.item_id "
    "CROSS JOIN shop_reading o ON o.item_id = p.item_id AND o.role = 'odd' "
    "WHERE p.odd_since IS NOT NULL AND cn.state = 'active' AND i.archived = 0 AND i.track_stock = 1"
)


@dataclass(frozen=True, slots=True)
class Publishing:
    """How the numbers stand: `waiting` are still to be sent, `refused` of them the shop did not take so far."""

    waiting: int
    refused: int
    changed: int  # changed by hand over there, and left alone until somebody counts


@dataclass(frozen=True, slots=True)
class ChangedThere:
    """A number that somebody changed in the web shop: `there` it is now, `ours` is what is free here."""

    item_id: str
    name: str
    location_id: str
    there: int
    ours: int
    promised: int
    since: datetime

    @property
    def shelf(self) -> int:
        """How many would be on the shelf if the shop's number were right: promised ones are among them."""
        return max(0, self.there + self.promised)


def publishing(reader: Reader) -> Publishing:
    """How many numbers wait, and how many were changed by hand."""
    waiting, refused = reader.rows(_WAITING)[0]
    return Publishing(waiting, refused, len(changed_there(reader)))


def changed_there(reader: Reader) -> tuple[ChangedThere, ...]:
    """All numbers that were changed by hand in a web shop, by name."""
    rows = reader.rows(f"{_CHANGED} ORDER BY i.name COLLATE NOCASE, i.id")
    return tuple(_change(row) for row in rows)


def change_of(reader: Reader, item_id: str, location_id: str) -> ChangedThere | None:
    """What somebody changed of this item in the web shop that takes from this location."""
    row = reader.row(f"{_CHANGED} AND p.item_id = ? AND cn.location_id = ?", (item_id, location_id))
    return _change(row) if row else None


def _change(row: Row) -> ChangedThere:
    item_id, name, location_id, there, ours, promised, since = row
    return ChangedThere(item_id, name, location_id, there, ours, promised, from_text(since))
