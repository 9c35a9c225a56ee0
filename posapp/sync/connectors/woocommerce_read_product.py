"""From WooCommerce's products to ours. Pure: the same bytes give the same record."""

import math
from datetime import datetime

import msgspec

from posapp.domain import money
from posapp.domain.feed import MAX_UNITS, ShopProduct, Tracking, Unreadable
from posapp.sync.connectors import woocommerce_wire as wire
from posapp.sync.connectors.reading import (
    clean_text,
    instant_or_none,
    minor_rounded,
    remote_id,
    whole,
    with_digest,
)

LIVE = frozenset({"publish", "private", "draft", "pending", "future"})


def read_product(body: bytes, currency: str) -> ShopProduct:
    """Read a packed product, its price in the shop's currency. Raises `Unreadable`.

    A bad price is no price; a bad id, date or stock number is unreadable. A product
    that is gone carries nothing but its id and `archived`.
    """
    packed = wire.unpack(body, wire.ProductBody)
    if packed.gone is not None:
        return _gone_product(packed.gone.id, packed.seen_at)
    product = packed.product
    if product is None:
        raise Unreadable("The shop sent no product.")
    created_at = instant_or_none(product.date_created_gmt, "the product's date", packed.seen_at)
    modified_at = instant_or_none(product.date_modified_gmt, "the date of change", packed.seen_at)
    number = remote_id(product.id, "the product's id")
    tracking = tracking_of(product)
    told = with_digest(
        ShopProduct(
            remote_id=number,
            parent_id=remote_id(product.parent_id, "the parent's id") if is_variation(product.type) else "",
            name=_name(product, packed.parent_name) or f"Product {number}",
            sku=clean_text(product.sku, 100),
            barcode=clean_text(product.global_unique_id, 100),
            price_minor=_price(product.price, money.decimals(currency)),
            tracking=Tracking(tracking.kept_by),
            sellable=not (is_parent(product.type) or product.type in ("grouped", "external")),
            archived=product.status not in LIVE,
            created_at=created_at or modified_at or packed.seen_at,
            modified_at=modified_at or created_at or packed.seen_at,
            category="" if is_variation(product.type) else _category(product.categories),
        )
    )
    # Its number moves with every sale, and is none of the catalogue's business.
    return msgspec.structs.replace(told, tracking=tracking)


def _category(told: object) -> str:
    """The first category that says something; what cannot be read is none."""
    for one in told if isinstance(told, list) else ():
        name = one.get("name") if isinstance(one, dict) else None
        if isinstance(name, str) and one.get("slug") != "uncategorized":
            return clean_text(name, 100)
    return ""


def is_parent(kind: object) -> bool:
    """True for "variable" and what plugins make of it ("variable-subscription")."""
    return isinstance(kind, str) and kind.startswith("variable")


def is_variation(kind: object) -> bool:
    """True for "variation" and what plugins make of it ("subscription_variation")."""
    return isinstance(kind, str) and kind.endswith("variation")


def _name(product: wire.Product, parent_name: str) -> str:
    """A variation is told by its parent's name and its options: "Ankara Shirt – Red, L"."""
    own, parent = clean_text(product.name), clean_text(parent_name)
    if not parent:
        return own
    options = ", ".join(clean_text(one.option, 100) for one in product.attributes if one.option)
    return clean_text(f"{parent} – {options or own}")


def _price(value: object, decimals: int) -> int | None:
    """The price as typed, rounded to the smallest unit; what is no price is none."""
    if not isinstance(value, str | int) or value == "":
        return None
    try:
        price_minor = minor_rounded(value, decimals, "the price")
    except Unreadable:
        return None
    return price_minor if price_minor >= 0 else None


def tracking_of(product: wire.Product) -> Tracking:
    """Who keeps the number. A parent that keeps one carries it for its variations. Raises `Unreadable`."""
    if product.manage_stock is not True and product.manage_stock != "parent":
        return Tracking("nobody")
    number = product.stock_quantity
    if isinstance(number, float):
        number = math.floor(number)  # of 2.5 kg two can be sold whole
    quantity = whole(number or 0, "the stock number", -MAX_UNITS)
    return Tracking("self" if product.manage_stock is True else "parent", quantity)


def _gone_product(product_id: str, seen_at: datetime) -> ShopProduct:
    return with_digest(
        ShopProduct(
            remote_id=remote_id(product_id, "the product's id"),
            parent_id="",
            name="",
            sku="",
            barcode="",
            price_minor=None,
            tracking=Tracking("nobody"),
            sellable=False,
            archived=True,
            created_at=seen_at,
            modified_at=seen_at,
        )
    )
