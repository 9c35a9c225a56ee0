"""The kinds of goods by their taxes, as Settings lists them."""

import json
from dataclasses import dataclass

from posapp.queries.reader import Reader

_ROWS = (
    "SELECT t.id, t.name, t.rates, t.included, "
    "(SELECT COUNT(*) FROM product p WHERE p.tax_class_id = t.id AND p.tax_class_id <> '' AND p.archived = 0) "
    "FROM tax_class t ORDER BY t.name COLLATE NOCASE, t.id"
)


@dataclass(frozen=True, slots=True)
class TaxClassRow:
    """A kind of goods. `rates`: each tax by name in basis points; `products` are taxed so today."""

    id: str
    name: str
    rates: tuple[tuple[str, int], ...]
    included: bool
    products: int


def tax_class_rows(reader: Reader) -> tuple[TaxClassRow, ...]:
    """All kinds but the standard one, which the settings describe."""
    return tuple(
        TaxClassRow(
            class_id, name, tuple((n, points) for n, points in json.loads(rates)), bool(included), count
        )
        for class_id, name, rates, included, count in reader.rows(_ROWS)
    )
