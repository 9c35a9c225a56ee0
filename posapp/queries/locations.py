"""What each location has of one item."""

from dataclasses import dataclass

from posapp.queries.reader import Reader

_LEVELS = (
    "SELECT l.id, l.name, COALESCE(v.on_hand, 0), COALESCE(v.allocated, 0), COALESCE(v.recount, 0) FROM location l "
    "LEFT JOIN level v ON v.id = ? || '@' || l.id ORDER BY l.rowid"
)


_LOCATIONS = (
    "SELECT l.id, l.name, COALESCE((SELECT SUM(v.on_hand) FROM level v WHERE v.location_id = l.id), 0), "
    "COALESCE((SELECT SUM(v.allocated) FROM level v WHERE v.location_id = l.id), 0), "
    "EXISTS (SELECT 1 FROM connection n WHERE n.location_id = l.id AND n.state <> 'removed' AND n.kind <> 'paystack') "
    "FROM location l ORDER BY l.rowid"
)


@dataclass(frozen=True, slots=True)
class LocationRow:
    """A shop or store room, and all units it has; whether a web shop's orders take there."""

    id: str
    name: str
    on_hand: int
    allocated: int
    serves_web: bool


@dataclass(frozen=True, slots=True)
class LevelRow:
    """What one location has of an item. Units."""

    location_id: str
    location: str
    on_hand: int
    allocated: int
    recount: bool

    @property
    def available(self) -> int:
        """Units that nobody has paid for."""
        return self.on_hand - self.allocated


def location_rows(reader: Reader) -> tuple[LocationRow, ...]:
    """Every location, the oldest first."""
    return tuple(
        LocationRow(place, name, on_hand, allocated, bool(web))
        for place, name, on_hand, allocated, web in reader.rows(_LOCATIONS)
    )


def levels_of(reader: Reader, item_id: str) -> tuple[LevelRow, ...]:
    """An item's level in every location, oldest location first; 0 where it never was."""
    rows = reader.rows(_LEVELS, (item_id,))
    return tuple(LevelRow(place, name, on, held, bool(recount)) for place, name, on, held, recount in rows)
