"""Products: taken over from a web shop, or kept here. A product form never writes stock."""

from typing import ClassVar

from posapp.commands.bundles import is_bundle, refuse_bundle, set_components
from posapp.commands.command import Command, Work
from posapp.domain.errors import NotFound, Refused
from posapp.domain.events import CatalogueChanged
from posapp.domain.pricing import MAX_TOTAL_MINOR

_UPSERT = (
    "INSERT INTO product (id, parent_id, name, sku, barcode, price_minor, item_id, track_stock, sellable, archived, "
    "shop_id, remote_id, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
    "parent_id = excluded.parent_id, name = excluded.name, sku = excluded.sku, barcode = excluded.barcode, "
    "price_minor = excluded.price_minor, item_id = excluded.item_id, track_stock = excluded.track_stock, "
    "sellable = excluded.sellable, archived = excluded.archived, shop_id = excluded.shop_id, "
    "remote_id = excluded.remote_id, digest = excluded.digest"
)
_ONE = "SELECT name, sku, barcode, price_minor, track_stock, shop_id, archived, item_id FROM product WHERE id = ?"
_VARIATIONS = "UPDATE product SET category = ? WHERE parent_id = ? AND parent_id <> ''"


class ImportProduct(Command, frozen=True, kw_only=True, tag="import_product"):
    """A product as its web shop has it. Name and price are the shop's as long as it is linked."""

    at_till: ClassVar[bool] = False

    product_id: str
    parent_id: str
    name: str
    sku: str
    barcode: str
    price_minor: int | None
    item_id: str  # whose level it draws on
    track_stock: bool
    sellable: bool
    archived: bool
    shop_id: str
    remote_id: str
    digest: str
    category: str = ""


class SaveProduct(Command, frozen=True, kw_only=True, tag="save_product"):
    """A product form that was saved; `product_id` is new for a new product."""

    product_id: str
    name: str
    sku: str
    barcode: str
    price_minor: int | None
    track_stock: bool
    archived: bool = False
    category: str | None = None  # None: as it is; a linked product's is the web shop's
    tax_class_id: str | None = None  # None: as it is; "": the standard class
    components: dict[str, int] | None = None  # product id: units in one; None: as they are; {}: no bundle


def import_product(command: ImportProduct, work: Work) -> str:
    """Take over what the shop says; orders that name the product keep their own snapshot."""
    c = command
    tracked = c.track_stock or is_bundle(work, c.product_id)  # what it is made of here, no shop knows
    work.connection.execute(
        _UPSERT,
        (c.product_id, c.parent_id, c.name, c.sku, c.barcode, c.price_minor, c.item_id, int(tracked),
         int(c.sellable), int(c.archived), c.shop_id, c.remote_id, c.digest),
    )  # fmt: skip
    _sort_in(work, c.product_id, c.category or _category_of(work, c.parent_id), None)
    if not c.sellable:  # its variations are shown where it is
        work.connection.execute(_VARIATIONS, (c.category.strip(), c.product_id))
    work.book.tell(CatalogueChanged(c.product_id))
    return c.product_id


def save_product(command: SaveProduct, work: Work) -> str:
    """Save a form. What belongs to the web shop cannot be changed here."""
    name, sku = command.name.strip(), command.sku.strip()
    if not name:
        raise Refused("Give the product a name.", code="name_missing")
    if command.price_minor is not None and not 0 <= command.price_minor <= MAX_TOTAL_MINOR:
        raise Refused("A price cannot be below 0, nor more than a till can count.", code="bad_price")
    taken = work.row(
        "SELECT name FROM product WHERE sku = ? AND id <> ? AND archived = 0", (sku, command.product_id)
    )
    if sku and taken:
        raise Refused(f"SKU {sku} belongs to {taken[0]} already.", code="sku_taken")
    old = work.row(_ONE, (command.product_id,))
    if old and old[5] and (name, command.price_minor) != (old[0], old[3]):
        raise Refused(
            f"Name and price of {old[0]} belong to the web shop. Change them there; they arrive here by themselves.",
            code="linked",
        )
    shop_id, item_id = (old[5], old[7]) if old else ("", command.product_id)
    remote = work.row(
        "SELECT remote_id, parent_id, digest, sellable FROM product WHERE id = ?", (command.product_id,)
    )
    remote_id, parent_id, digest, sellable = remote or ("", "", "", 1)
    tracked = command.track_stock or is_bundle(work, command.product_id)  # by its components
    work.connection.execute(
        _UPSERT,
        (command.product_id, parent_id, name, sku, command.barcode.strip(), command.price_minor, item_id,
         int(tracked), sellable, int(command.archived), shop_id, remote_id, digest),
    )  # fmt: skip
    _sort_in(work, command.product_id, None if shop_id else command.category, command.tax_class_id)
    if command.components is not None:
        set_components(work, command.product_id, command.components)
    work.book.tell(CatalogueChanged(command.product_id))
    return command.product_id


def _category_of(work: Work, product_id: str) -> str:
    row = work.row("SELECT category FROM product WHERE id = ?", (product_id,)) if product_id else None
    return str(row[0]) if row else ""


def _sort_in(work: Work, product_id: str, category: str | None, tax_class_id: str | None) -> None:
    """Say under what a product is shown, and how it is taxed; None leaves that as it is."""
    if tax_class_id and work.row("SELECT 1 FROM tax_class WHERE id = ?", (tax_class_id,)) is None:
        raise NotFound("There is no such tax class.", code="tax_class_not_found")
    work.connection.execute(
        "UPDATE product SET category = COALESCE(?, category), tax_class_id = COALESCE(?, tax_class_id) WHERE id = ?",
        (category.strip() if category is not None else None, tax_class_id, product_id),
    )


def item_of(work: Work, product_id: str) -> str:
    """Whose level a product draws on. Raises `Refused` for what has no stock number of its own."""
    row = work.row("SELECT name, item_id, track_stock FROM product WHERE id = ?", (product_id,))
    if row is None:
        raise NotFound("There is no such product.", code="product_not_found")
    if not row[2]:
        raise Refused(f"{row[0]} is not tracked: it has no stock number.", code="not_tracked")
    refuse_bundle(work, product_id, row[0])
    return str(row[1] or product_id)
