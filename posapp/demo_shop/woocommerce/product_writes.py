"""POST and PUT of products and variations: what WordPress checks, and what batches let through."""

from collections.abc import Mapping

from posapp.demo_shop.amounts import parse_micro
from posapp.demo_shop.catalogue import add_product, add_variable
from posapp.demo_shop.names import slug_of, stored_name
from posapp.demo_shop.records import Attribute, Product
from posapp.demo_shop.store import Store
from posapp.demo_shop.woocommerce.body import rows_at, status_at, text_at, whole_at, write_meta, yes_at
from posapp.demo_shop.woocommerce.rest import RestError, wrong_type

Body = Mapping[str, object]
STATUSES = ("draft", "pending", "private", "publish", "future", "auto-draft", "trash")
_TEXTS = ("name", "sku", "regular_price", "sale_price", "description", "global_unique_id", "weight")


def check(body: Body) -> None:
    """Types as WordPress checks them on a single product; a batch skips this. Raises `RestError`."""
    for name in (*_TEXTS, "tax_class"):
        text_at(body, name)
    for name in ("stock_quantity", "low_stock_amount"):
        whole_at(body, name)
    yes_at(body, "manage_stock"), yes_at(body, "virtual")
    status_at(body, STATUSES)


def create(store: Store, body: Body) -> Product:
    """Make a product. Raises `RestError`."""
    name = str(body.get("name") or "Product")
    _free_sku(store, body, None)
    if body.get("type") == "variable":
        product = add_variable(store, name, sku="", choice="", options=[])
        product.attributes = _attributes(body)
    else:
        product = add_product(store, name, sku="", price="", stock=None)
    change(store, product, body)
    return product


def create_variation(store: Store, parent: Product, body: Body) -> Product:
    """Make a variation of a variable product. Raises `RestError`."""
    _free_sku(store, body, None)
    chosen = [
        Attribute(str(row.get("name", "")), [str(row.get("option", ""))])
        for row in rows_at(body, "attributes")
    ]
    variation = add_product(store, ", ".join(a.options[0] for a in chosen), sku="", price="", stock=None)
    variation.kind, variation.parent_id, variation.attributes = "variation", parent.id, chosen
    variation.slug = f"{parent.slug}-{slug_of(variation.name)}"
    change(store, variation, {k: v for k, v in body.items() if k != "name"})
    return variation


def change(store: Store, product: Product, body: Body) -> None:
    """Write the fields that were sent. A stock number for a product nobody counts is ignored."""
    _free_sku(store, body, product)
    _texts(product, body)
    if not product.regular_price:
        product.sale_price = ""
    if (virtual := yes_at(body, "virtual")) is not None:
        product.virtual = virtual
    _stock(product, body)
    write_meta(store, product.meta, body)
    store.touch(product)


def _texts(product: Product, body: Body) -> None:
    for name, field in (("sku", "sku"), ("global_unique_id", "barcode"), ("weight", "weight")):
        if body.get(name) is not None:
            setattr(product, field, str(body[name]))
    for name in ("name", "description"):
        if body.get(name) is not None:
            setattr(product, name, stored_name(str(body[name])))
    for name in ("regular_price", "sale_price"):
        if body.get(name) is not None:
            setattr(product, name, _price(body[name]))
    for name in ("tax_status", "tax_class", "backorders", "stock_status", "status"):
        if isinstance(body.get(name), str):
            setattr(product, name, body[name])


def _price(value: object) -> str:
    """A price as it was typed; what is none becomes no price, which only a batch lets happen."""
    text = str(value)
    try:
        parse_micro(text)
    except ValueError:
        return ""
    return text


def _stock(product: Product, body: Body) -> None:
    told = yes_at(body, "manage_stock") if body.get("manage_stock") != "parent" else False
    if told is not None:
        product.manage_stock = told
        product.stock = (product.stock or 0) if told else None
    units = body.get("stock_quantity")
    if product.manage_stock and isinstance(units, int | float | str):
        product.stock = _units(units)
    low = body.get("low_stock_amount")
    if isinstance(low, int | str) and str(low).isdigit():
        product.low_stock = int(low)


def _units(value: float | str) -> int:
    """A number of units as PHP reads it: 1.5 is 1, and what is no number is 0."""
    try:
        return int(float(value))
    except (ValueError, OverflowError):
        return 0


def _free_sku(store: Store, body: Body, own: Product | None) -> None:
    sku = body.get("sku")
    if sku is None:
        return
    if not isinstance(sku, str):
        raise wrong_type("sku", "string")
    taken = store.product_by_sku(sku)
    if taken is not None and taken is not own:
        raise RestError(
            400,
            "product_invalid_sku",
            "Invalid or duplicated SKU.",
            resource_id=taken.id,
            unique_sku=f"{sku}-1",
        )


def _attributes(body: Body) -> list[Attribute]:
    kept = []
    for row in rows_at(body, "attributes"):
        options = row.get("options")
        kept.append(
            Attribute(
                str(row.get("name", "")), [str(o) for o in options] if isinstance(options, list) else []
            )
        )
    return kept
