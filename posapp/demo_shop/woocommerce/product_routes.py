"""Products and variations over REST."""

from collections.abc import Callable

from posapp.demo_shop.book import NotThere
from posapp.demo_shop.records import Product
from posapp.demo_shop.woocommerce import product_writes
from posapp.demo_shop.woocommerce.listing import choice, ids, in_window, listed
from posapp.demo_shop.woocommerce.order_routes import batch
from posapp.demo_shop.woocommerce.product_view import product_view, variation_view
from posapp.demo_shop.woocommerce.rest import Answer, Call, RestError, bad_param

ORDER_BY = (
    "date",
    "id",
    "include",
    "title",
    "slug",
    "modified",
    "price",
    "popularity",
    "rating",
    "menu_order",
)


def _missing(status: int) -> RestError:
    return RestError(status, "woocommerce_rest_product_invalid_id", "Invalid ID.")


def _found(call: Call, product_id: int) -> Product:
    try:
        return call.store.product(product_id)
    except NotThere:
        raise _missing(400 if call.method in {"POST", "PUT", "PATCH"} else 404) from None


def _writable(call: Call) -> Product:
    product = _found(call, call.ids[0])
    if product.kind == "variation":
        raise RestError(
            404,
            "woocommerce_rest_invalid_product_id",
            "To manipulate product variations you should use the "
            "/products/&lt;product_id&gt;/variations/&lt;id&gt; endpoint.",
        )
    return product


def list_products(call: Call) -> Answer:
    """GET products. A sku or a barcode finds a variation too; otherwise variations stay below their parent."""
    skus, barcode = call.query.many("sku"), call.query.get("global_unique_id")
    named = bool(skus or barcode)
    kind, search = call.query.get("type"), (call.query.get("search") or "").lower()
    wanted = _filters(call)
    found = [
        product
        for product in call.store.state.products.values()
        if (product.kind != "variation" or named)
        and wanted(product)
        and (not skus or product.sku in skus)
        and (not barcode or product.barcode == barcode)
        and (kind is None or product.kind == kind)
        and (not search or search in product.name.lower() or search in product.sku.lower())
    ]
    return listed(call, _sorted(call, found), lambda product: product_view(call, product))


def _filters(call: Call) -> Callable[[Product], bool]:
    statuses = _statuses(call)
    window = in_window(call.query)
    included, excluded = ids(call.query, "include"), ids(call.query, "exclude")

    def wanted(product: Product) -> bool:
        return (
            (product.status != "trash" if "any" in statuses else product.status in statuses)
            and window(product.created_at, product.modified_at)
            and (not included or product.id in included)
            and product.id not in excluded
        )

    return wanted


def _statuses(call: Call) -> list[str]:
    allowed = ("any", *product_writes.STATUSES)
    statuses = call.query.many("status") or ["any"]
    for status in statuses:
        if status not in allowed:
            words = ", ".join(allowed[:-1]) + f", and {allowed[-1]}"
            raise bad_param("status", "rest_not_in_enum", f"status is not one of {words}.")
    return statuses


def _sorted(call: Call, found: list[Product]) -> list[Product]:
    by = choice(call.query, "orderby", ORDER_BY, "date")
    down = choice(call.query, "order", ("asc", "desc"), "desc") == "desc"
    keys: dict[str, Callable[[Product], tuple[float, str, int]]] = {
        "date": lambda p: (p.created_at.timestamp(), "", p.id),
        "modified": lambda p: (p.modified_at.timestamp(), "", p.id),
        "title": lambda p: (0.0, p.name, p.id),
    }
    return sorted(found, key=keys.get(by, lambda p: (0.0, "", p.id)), reverse=down)


def get_product(call: Call) -> Answer:
    """GET products/{id}: a variation too, and one in the trash."""
    product = _found(call, call.ids[0])
    return Answer(product_view(call, product))


def post_product(call: Call) -> Answer:
    """POST products."""
    product_writes.check(call.body)
    product = product_writes.create(call.store, call.body)
    where = {"Location": call.link(f"products/{product.id}")}
    return Answer(product_view(call, product, written=True), 201, where)


def put_product(call: Call) -> Answer:
    """PUT products/{id}. `stock_quantity` is absolute."""
    product = _writable(call)
    product_writes.check(call.body)
    product_writes.change(call.store, product, call.body)
    return Answer(product_view(call, product, written=True))


def delete_product(call: Call) -> Answer:
    """DELETE products/{id}: to the trash, or with force for good, with its variations."""
    product = _found(call, call.ids[0])
    view = product_view(call, product, written=True)
    _remove(call, product, forced=call.forced)
    return Answer(view)


def _remove(call: Call, product: Product, *, forced: bool) -> None:
    if forced:
        for inside in call.store.variations_of(product.id):
            del call.store.state.products[inside.id]
        del call.store.state.products[product.id]
        call.store.changes += 1
        return
    if product.status == "trash":
        words = "The product has already been deleted."
        raise RestError(410, "woocommerce_rest_already_trashed", words)
    call.store.put_meta(product.meta, "_wp_trash_meta_status", product.status)
    call.store.put_meta(product.meta, "_wp_trash_meta_time", str(int(call.store.now().timestamp())))
    product.status = "trash"
    call.store.touch(product)


def batch_products(call: Call) -> Answer:
    """POST products/batch. Nothing is checked: a price "abc" blanks the price and answers 200."""

    def found(product_id: int) -> Product:
        try:
            return call.store.product(product_id)
        except NotThere:
            raise _missing(400) from None

    def change(product_id: int, body: object) -> dict[str, object]:
        product = found(product_id)
        product_writes.change(call.store, product, body if isinstance(body, dict) else {})
        return product_view(call, product, written=True)

    def delete(product_id: int) -> dict[str, object]:
        product = found(product_id)
        view = product_view(call, product, written=True)
        _remove(call, product, forced=True)
        return view

    return batch(
        call,
        lambda body: product_view(call, product_writes.create(call.store, body), written=True),
        change,
        delete,
    )


def list_variations(call: Call) -> Answer:
    """GET products/{id}/variations."""
    parent = _found(call, call.ids[0])
    wanted = _filters(call)
    inside = [v for v in call.store.variations_of(parent.id) if wanted(v)]
    return listed(call, _sorted(call, inside), lambda product: variation_view(call, product))


def all_variations(call: Call) -> Answer:
    """GET variations: of every product."""
    wanted = _filters(call)
    found = [p for p in call.store.state.products.values() if p.kind == "variation" and wanted(p)]
    home = call.link("variations")

    def view(product: Product) -> dict[str, object]:
        # WooCommerce really links like this here: no hints, and a parent 0.
        links = {
            "self": [{"href": f"{home}/{product.id}"}],
            "collection": [{"href": home}],
            "up": [{"href": call.link("products/0")}],
        }
        return {**variation_view(call, product), "_links": links}

    return listed(call, _sorted(call, found), view)


def _variation(call: Call) -> Product:
    known = {v.id: v for v in call.store.variations_of(call.ids[0])}
    if call.ids[1] not in known:
        status = 400 if call.method in {"POST", "PUT", "PATCH"} else 404
        raise RestError(status, "woocommerce_rest_product_variation_invalid_id", "Invalid ID.")
    return known[call.ids[1]]


def get_variation(call: Call) -> Answer:
    """GET products/{id}/variations/{id}."""
    return Answer(variation_view(call, _variation(call)))


def post_variation(call: Call) -> Answer:
    """POST products/{id}/variations."""
    product_writes.check(call.body)
    parent = _found(call, call.ids[0])
    variation = product_writes.create_variation(call.store, parent, call.body)
    # WooCommerce really writes its own route's pattern there.
    where = {"Location": call.link(f"products/(?P<product_id>[\\d]+)/variations/{variation.id}")}
    return Answer(variation_view(call, variation, written=True), 201, where)


def put_variation(call: Call) -> Answer:
    """PUT products/{id}/variations/{id}. Stock that the parent counts is left alone."""
    variation = _variation(call)
    product_writes.check(call.body)
    product_writes.change(call.store, variation, call.body)
    return Answer(variation_view(call, variation, written=True))


def delete_variation(call: Call) -> Answer:
    """DELETE products/{id}/variations/{id}, always for good."""
    variation = _variation(call)
    view = variation_view(call, variation, written=True)
    del call.store.state.products[variation.id]
    call.store.changes += 1
    return Answer(view)


def batch_variations(call: Call) -> Answer:
    """POST products/{id}/variations/batch; changes only."""
    known = {v.id: v for v in call.store.variations_of(call.ids[0])}

    def change(product_id: int, body: object) -> dict[str, object]:
        if product_id not in known:
            raise RestError(400, "woocommerce_rest_product_variation_invalid_id", "Invalid ID.")
        product_writes.change(call.store, known[product_id], body if isinstance(body, dict) else {})
        return variation_view(call, known[product_id], written=True)

    def refused(_: object) -> dict[str, object]:
        raise RestError(
            501, "woocommerce_rest_cannot_batch", "The demo shop only changes variations in batches."
        )

    return batch(call, refused, change, refused)
