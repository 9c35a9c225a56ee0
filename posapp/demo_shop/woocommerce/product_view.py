"""Products and variations as WooCommerce writes them."""

from posapp.demo_shop.amounts import net_of, parse_micro, to_minor
from posapp.demo_shop.names import slug_of, spoken_name
from posapp.demo_shop.pricing import lowest_price, variation_name
from posapp.demo_shop.records import Attribute, Product
from posapp.demo_shop.stock import on_hand, status_of
from posapp.demo_shop.woocommerce.listing import gmt_text, local_text
from posapp.demo_shop.woocommerce.order_view import ITEM_VERBS
from posapp.demo_shop.woocommerce.rest import Call


def _times(product: Product) -> dict[str, object]:
    return {
        "date_created": local_text(product.created_at),
        "date_created_gmt": gmt_text(product.created_at),
        "date_modified": local_text(product.modified_at),
        "date_modified_gmt": gmt_text(product.modified_at),
    }


def _sale() -> dict[str, object]:
    names = ("date_on_sale_from", "date_on_sale_from_gmt", "date_on_sale_to", "date_on_sale_to_gmt")
    return dict.fromkeys(names)


def _stock(call: Call, product: Product) -> dict[str, object]:
    keeper = call.store.stock_keeper(product) or product
    units = on_hand(call.store, product)
    status = status_of(call.store, product)
    inherited = keeper is not product
    return {
        "manage_stock": "parent" if inherited else product.manage_stock,
        "stock_quantity": units,
        "stock_status": status,
        "backorders": keeper.backorders,
        "backorders_allowed": keeper.backorders != "no",
        "backordered": status == "onbackorder",
        "low_stock_amount": product.low_stock,
    }


def _option(attribute: Attribute) -> dict[str, object]:
    return {
        "id": 0,
        "name": attribute.name,
        "slug": slug_of(attribute.name),
        "option": attribute.options[0] if attribute.options else "",
    }


def _offered(attribute: Attribute) -> dict[str, object]:
    return {
        "id": 0,
        "name": attribute.name,
        "slug": attribute.name,
        "position": 0,
        "visible": True,
        "variation": True,
        "options": attribute.options,
    }


def _meta(product: Product) -> list[dict[str, object]]:
    return [{"id": m.id, "key": m.key, "value": m.value} for m in product.meta]


def _permalink(call: Call, product: Product) -> str:
    parent = call.store.state.products.get(product.parent_id)
    if parent is None:
        return f"{call.base}/product/{product.slug}/"
    chosen = "&".join(f"attribute_{slug_of(a.name)}={a.options[0]}" for a in product.attributes)
    return f"{call.base}/product/{parent.slug}/?{chosen}"


def _price_html(product: Product, price: str) -> str:
    if not price:
        return ""
    micro = parse_micro(price)
    minor = to_minor(net_of(micro) if product.tax_status == "taxable" else micro)
    symbol = '<span class="woocommerce-Price-currencySymbol" translate="no">&#8358;</span>'
    amount = f"{minor // 100:,}.{minor % 100:02d}"
    return f'<span class="woocommerce-Price-amount amount"><bdi>{symbol}{amount}</bdi></span>'


def product_view(call: Call, product: Product, *, written: bool = False) -> dict[str, object]:
    """A product, or a variation read through /products. `written` is the answer to a change."""
    variation = product.kind == "variation"
    price = lowest_price(call.store, product)
    shown = {
        "id": product.id,
        "name": variation_name(call.store, product) if variation else product.name,
        "slug": product.slug,
        "permalink": _permalink(call, product),
        **_times(product),
        "type": product.kind,
        "status": product.status,
        "featured": False,
        "catalog_visibility": "visible",
        "description": product.description,
        "short_description": "",
        **_price(product, price, counted="0" if variation else product.sold),
        "tax_status": product.tax_status,
        "tax_class": product.tax_class,
        **{name: part for name, part in _stock(call, product).items() if name != "stock_status"},
        "sold_individually": False,
        **_parcel(product),
        **_shelf(call, product, written=written),
        "attributes": [(_option if variation else _offered)(a) for a in product.attributes],
        "default_attributes": [],
        "variations": [v.id for v in call.store.variations_of(product.id)],
        "grouped_products": [],
        "menu_order": 0,
        "price_html": _price_html(product, price),
        "related_ids": [],
        "meta_data": _meta(product),
        "stock_status": status_of(call.store, product),
        "has_options": product.kind == "variable",
        "post_password": "",
        "global_unique_id": product.barcode,
    }
    if written:
        shown["permalink_template"] = f"{call.base}/product/%pagename%/"
        shown["generated_slug"] = slug_of(product.name)
    return {**shown, "_links": _links(call, product, f"products/{product.id}", "products")}


def _price(product: Product, price: str, *, counted: object) -> dict[str, object]:
    return {
        "sku": product.sku,
        "price": price,
        "regular_price": product.regular_price,
        "sale_price": product.sale_price,
        **_sale(),
        "on_sale": bool(product.sale_price),
        "purchasable": bool(price),
        "total_sales": counted,
        **_goods(product),
    }


def _goods(product: Product) -> dict[str, object]:
    return {
        "virtual": product.virtual,
        "downloadable": False,
        "downloads": [],
        "download_limit": -1,
        "download_expiry": -1,
        "external_url": "",
        "button_text": "",
    }


def _parcel(product: Product) -> dict[str, object]:
    return {
        "weight": product.weight,
        "dimensions": {"length": "", "width": "", "height": ""},
        "shipping_required": not product.virtual,
        "shipping_taxable": not product.virtual,
        "shipping_class": "",
        "shipping_class_id": 0,
    }


def _shelf(call: Call, product: Product, *, written: bool) -> dict[str, object]:
    variation = product.kind == "variation"
    categories = sorted({p.category for p in call.store.state.products.values()})
    place = categories.index(product.category)
    category = {"id": 15 + place, "name": product.category, "slug": slug_of(product.category)}
    return {
        "reviews_allowed": not variation,
        "average_rating": "0" if written else "0.00",
        "rating_count": 0,
        "upsell_ids": [],
        "cross_sell_ids": [],
        "parent_id": product.parent_id,
        "purchase_note": "",
        "categories": [] if variation else [category],
        "brands": [],
        "tags": [],
        "images": [],
    }


def _links(call: Call, product: Product, own: str, home: str) -> dict[str, object]:
    links: dict[str, object] = {
        "self": [{"href": call.link(own), "targetHints": {"allow": ITEM_VERBS}}],
        "collection": [{"href": call.link(home)}],
    }
    if product.parent_id:
        links["up"] = [{"href": call.link(f"products/{product.parent_id}")}]
    return links


def variation_view(call: Call, product: Product, *, written: bool = False) -> dict[str, object]:
    """A variation below its parent, which is where it can be written."""
    goods, parcel = _goods(product), _parcel(product)
    home = f"products/{product.parent_id}/variations"
    return {
        "id": product.id,
        "type": "variation",
        **_times(product),
        "description": product.description,
        "permalink": _permalink(call, product),
        "sku": product.sku,
        "global_unique_id": product.barcode,
        "price": product.price,
        "regular_price": product.regular_price,
        "sale_price": product.sale_price,
        **_sale(),
        "on_sale": bool(product.sale_price),
        "status": product.status,
        "purchasable": bool(product.price),
        **{name: goods[name] for name in goods if name not in {"external_url", "button_text"}},
        "tax_status": product.tax_status,
        "tax_class": "parent" if written else product.tax_class,
        **_stock(call, product),
        "weight": parcel["weight"],
        "dimensions": parcel["dimensions"],
        "shipping_class": "",
        "shipping_class_id": 0,
        "image": None,
        "gallery_image_ids": [],
        "attributes": [_option(a) for a in product.attributes],
        "menu_order": 0,
        "meta_data": _meta(product),
        "name": ", ".join(spoken_name(a.options[0]) for a in product.attributes if a.options),
        "parent_id": product.parent_id,
        "_links": _links(call, product, f"{home}/{product.id}", home),
    }
