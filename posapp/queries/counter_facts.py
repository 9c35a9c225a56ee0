"""What the counter must know beside its products: who holds units, what is taxed how, what was sold."""

import json
from dataclasses import dataclass

from posapp.db.store import item_path
from posapp.domain.orders import Channel
from posapp.domain.pricing import TaxClass
from posapp.queries.reader import Reader

_HOLDERS = (
    "SELECT o.number, o.channel, o.queue_at, o.queue_seq, o.id FROM order_line l CROSS JOIN orders o "
    "ON o.id = l.order_id "
    "WHERE l.item_id = ?1 AND l.allocated_qty > 0 AND o.location_id = ?2 UNION "
    "SELECT o.number, o.channel, o.queue_at, o.queue_seq, o.id FROM order_line l CROSS JOIN orders o "
    "ON o.id = l.order_id WHERE l.components <> '{}' AND l.components ->> ?3 > 0 AND l.allocated_qty > 0 "
    "AND o.location_id = ?2 ORDER BY 3 DESC, 4 DESC, 5 DESC LIMIT 2"
)


@dataclass(frozen=True, slots=True)
class Holder:
    """An order that holds units of an item."""

    number: str
    from_web: bool


def holders_of(reader: Reader, item_id: str, location_id: str) -> tuple[Holder, ...]:
    """The orders that hold units of an item in one place, newest first; two at most, for only one is named."""
    found = reader.rows(_HOLDERS, (item_id, location_id, item_path(item_id)))
    return tuple(Holder(number, channel == Channel.WEB) for number, channel, *_ in found)


def is_sold(reader: Reader, order_id: str) -> bool:
    """Whether there is an order of this id: a basket of it was sold, or kept unpaid."""
    return reader.row("SELECT 1 FROM orders WHERE id = ?", (order_id,)) is not None


def tax_classes(reader: Reader) -> dict[str, TaxClass]:
    """The taxes of every kind of goods by its id; "" is the standard kind, which the settings describe."""
    settings = reader.settings()
    points = settings.tax_basis_points
    standard = TaxClass(((settings.tax_name, points),) if points else (), settings.tax_included)
    found = {
        class_id: TaxClass(tuple((name, rate) for name, rate in json.loads(rates)), bool(included))
        for class_id, rates, included in reader.rows("SELECT id, rates, included FROM tax_class")
    }
    return {"": standard, **found}
