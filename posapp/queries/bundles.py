"""What a bundle is made of, and how many the free units of its components make."""

from collections.abc import Iterable
from dataclasses import dataclass

from posapp.queries.reader import Reader

_COMPONENTS = (
    "SELECT p.id, COALESCE(NULLIF(p.item_id, ''), p.id), p.name, p.sku, j.value, p.track_stock, "
    "COALESCE(v.on_hand - v.allocated, 0) FROM json_each(?1) j CROSS JOIN product p ON p.id = j.key "
    "LEFT JOIN level v ON v.id = COALESCE(NULLIF(p.item_id, ''), p.id) || '@' || ?2 "
    "ORDER BY p.name COLLATE NOCASE, p.id"
)


@dataclass(frozen=True, slots=True)
class Component:
    """One product in a bundle: its units in each, and how many of it are free in a location."""

    product_id: str
    item_id: str  # whose level it draws on
    name: str
    sku: str
    units: int
    tracked: bool  # what is not tracked limits nothing
    free: int


def components_of(reader: Reader, stored: str, location_id: str) -> tuple[Component, ...]:
    """The components as a product keeps them, with what is free of each in a location."""
    rows = reader.rows(_COMPONENTS, (stored, location_id))
    return tuple(
        Component(found, item, name, sku, units, bool(tracked), free)
        for found, item, name, sku, units, tracked, free in rows
    )


def whole_bundles(parts: Iterable[Component]) -> int:
    """How many whole bundles the free units make; the scarcest component decides."""
    needed: dict[str, int] = {}
    free: dict[str, int] = {}
    for part in parts:
        if part.tracked:
            needed[part.item_id] = needed.get(part.item_id, 0) + part.units
            free[part.item_id] = part.free
    return min((free[item] // units for item, units in needed.items()), default=0)
