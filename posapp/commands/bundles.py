"""What a bundle is made of: kept with its product, checked when it is said."""

import json
from collections.abc import Mapping

from posapp.commands.command import Work
from posapp.domain.errors import NotFound, Refused

MOST_COMPONENTS, MOST_UNITS = 50, 1_000
_PRODUCT = "SELECT name, item_id, sellable, archived, components FROM product WHERE id = ?"
_USED_BY = (
    "SELECT b.name FROM product b WHERE b.components <> '{}' "
    "AND EXISTS (SELECT 1 FROM json_each(b.components) WHERE key = ?) LIMIT 1"
)
_OWN_STOCK = "SELECT SUM(on_hand) FROM level WHERE item_id = ?"
_WAITING = (
    "SELECT o.number FROM attention_case c JOIN orders o ON o.id = c.order_id JOIN order_line l ON l.order_id = o.id "
    "WHERE c.is_open = 1 AND c.reason IN ('SHORTAGE', 'STOCK_DEFICIT') AND l.item_id = ? AND l.components = '{}' "
    "AND l.confirmed_qty - l.refunded_qty - l.allocated_qty - l.handed_over_qty > 0 LIMIT 1"
)


def set_components(work: Work, product_id: str, components: Mapping[str, int]) -> None:
    """Say what a product is made of, by product id; nothing makes it an ordinary one again.

    Orders that are confirmed keep the recipe they were confirmed with. Raises `Refused` for a
    bundle inside a bundle, and for a product whose own stock is still in use.
    """
    name, item_id, sellable, _, now = _product(work, product_id)
    before = json.loads(now)
    if dict(components) == before:
        return
    if not before:
        if not sellable or item_id != product_id:
            raise Refused(
                f"{name} shares its stock number with others: it cannot be a bundle.", code="shared_stock"
            )
        _check_free(work, product_id, name)
    _check_components(work, product_id, name, components, set(before))
    work.connection.execute(
        "UPDATE product SET components = ?, track_stock = 1, digest = CASE WHEN ? THEN digest ELSE '' END "
        "WHERE id = ?",  # without its digest, a linked product is taken over from its shop anew
        (json.dumps(dict(components), sort_keys=True), bool(components), product_id),
    )


def is_bundle(work: Work, product_id: str) -> bool:
    """Whether a product is made of others."""
    row = work.row("SELECT 1 FROM product WHERE id = ? AND components <> '{}'", (product_id,))
    return row is not None


def refuse_bundle(work: Work, product_id: str, name: str) -> None:
    """Raise `Refused` for a bundle: its stock is that of its components."""
    row = work.row(_PRODUCT, (product_id,))
    if row is None or row[4] == "{}":
        return
    names = [_product(work, component)[0] for component in json.loads(row[4])]
    raise Refused(
        f"{name} is a bundle and has no stock of its own. Do it with what it is made of: {', '.join(names)}.",
        code="bundle",
    )


def _product(work: Work, product_id: str) -> tuple[str, str, bool, bool, str]:
    row = work.row(_PRODUCT, (product_id,))
    if row is None:
        raise NotFound("There is no such product.", code="product_not_found")
    return row[0], row[1] or product_id, bool(row[2]), bool(row[3]), row[4]


def _check_free(work: Work, product_id: str, name: str) -> None:
    """A product that becomes a bundle leaves nothing behind: no units, no order that waits for them."""
    parent = work.row(_USED_BY, (product_id,))
    if parent is not None:
        raise Refused(f"{name} is part of {parent[0]}: a bundle cannot hold a bundle.", code="nested_bundle")
    on_hand = (work.row(_OWN_STOCK, (product_id,)) or (0,))[0]
    if on_hand:
        raise Refused(
            f"{name} has {on_hand} on the shelf. Adjust that to 0 first: a bundle has no stock of its own.",
            code="own_stock",
        )
    waiting = work.row(_WAITING, (product_id,))
    if waiting is not None:
        raise Refused(f"Order {waiting[0]} waits for {name}: decide about it first.", code="own_stock")


def _check_components(
    work: Work, product_id: str, name: str, components: Mapping[str, int], known: set[str]
) -> None:
    if len(components) > MOST_COMPONENTS:
        raise Refused(f"A bundle has at most {MOST_COMPONENTS} components.", code="too_many")
    for component_id, units in components.items():
        part, _, sellable, archived, made_of = _product(work, component_id)
        if not 1 <= units <= MOST_UNITS:
            raise Refused(f"{part}: between 1 and {MOST_UNITS:,} units in one bundle.", code="bad_quantity")
        if component_id == product_id or made_of != "{}":
            raise Refused(
                f"{part} is a bundle itself: choose what it is made of instead.", code="nested_bundle"
            )
        if not sellable:
            raise Refused(f"{part} has variations: choose one of them.", code="has_variations")
        if archived and component_id not in known:
            raise Refused(f"{part} is archived: it cannot become part of {name}.", code="archived")
