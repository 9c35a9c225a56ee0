"""The movements behind a number of stock: what changed, by whom, why, and what it was afterwards."""

from dataclasses import dataclass
from datetime import datetime

from posapp.db.rows import from_text
from posapp.domain.stock import MovementKind, level_id
from posapp.queries.reader import Reader

Key = tuple[int, int, int]  # place in the table, and the numbers after the movement above it
PAGE_ROWS = 256

_LEVEL = "SELECT on_hand, allocated FROM level WHERE id = ?"
_MOVEMENTS = (
    "SELECT m.rowid, m.id, m.kind, m.on_hand_delta, m.allocated_delta, m.effective_at, m.recorded_at, m.actor, "
    "m.reason, m.order_id, COALESCE(o.number, ''), COALESCE(o.channel, ''), COALESCE(c.name, ''), "
    "COALESCE(CASE WHEN o.status IN ('PROCESSING', 'COMPLETED') "
    "THEN l.confirmed_qty - l.refunded_qty - l.allocated_qty - l.handed_over_qty END, 0) "
    "FROM movement m LEFT JOIN orders o ON o.id = m.order_id LEFT JOIN order_line l ON l.id = m.line_id "
    "LEFT JOIN contact c ON c.id = o.contact_id "
    "WHERE m.item_id = ? AND m.location_id = ? AND m.rowid < ? ORDER BY m.rowid DESC LIMIT ?"
)
_NEWEST = 2**62  # beyond every place in the table


@dataclass(frozen=True, slots=True)
class MovementRow:
    """One movement, and the level's numbers right after it. Units; times aware UTC."""

    id: str
    kind: MovementKind
    on_hand_delta: int
    allocated_delta: int
    on_hand: int
    allocated: int
    effective_at: datetime
    recorded_at: datetime
    actor: str
    reason: str
    order_id: str  # "" where no order is concerned
    order_number: str
    order_channel: str
    customer: str
    short_now: int  # units that the order's line is short of today
    key: Key  # continues after this row

    @property
    def available(self) -> int:
        """Free units after it."""
        return self.on_hand - self.allocated


def movements(
    reader: Reader, item_id: str, location_id: str, key: Key | None = None, limit: int = PAGE_ROWS
) -> tuple[MovementRow, ...]:
    """Movements of one level, newest first; the next page begins after the last row's key."""
    with reader.snapshot():
        if key is None:
            level = reader.row(_LEVEL, (level_id(item_id, location_id),)) or (0, 0)
            key = (_NEWEST, level[0], level[1])
        place, on_hand, allocated = key
        rows: list[MovementRow] = []
        for found in reader.rows(_MOVEMENTS, (item_id, location_id, place, min(limit, PAGE_ROWS))):
            at, movement_id, kind, shelf, promised = found[:5]
            before = (at, on_hand - shelf, allocated - promised)
            rows.append(
                MovementRow(
                    id=movement_id,
                    kind=MovementKind(kind),
                    on_hand_delta=shelf,
                    allocated_delta=promised,
                    on_hand=on_hand,
                    allocated=allocated,
                    effective_at=from_text(found[5]),
                    recorded_at=from_text(found[6]),
                    actor=found[7],
                    reason=found[8],
                    order_id=found[9],
                    order_number=found[10],
                    order_channel=found[11],
                    customer=found[12],
                    short_now=found[13],
                    key=before,
                )
            )
            _, on_hand, allocated = before
    return tuple(rows)
