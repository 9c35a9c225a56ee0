"""POST and PUT of orders: what a client may say, and what WooCommerce makes of it."""

from collections.abc import Mapping

from posapp.demo_shop.book import NotThere
from posapp.demo_shop.names import stored_name
from posapp.demo_shop.orders import (
    STATUSES,
    change_quantity,
    needs_payment,
    number_tax_line,
    open_order,
    payment_complete,
    remove_line,
    set_status,
)
from posapp.demo_shop.pricing import COUPONS, apply_coupon, new_charge, new_line, set_line_money
from posapp.demo_shop.records import Charge, Line, Order, Product
from posapp.demo_shop.stock import TAKES_STOCK, take
from posapp.demo_shop.store import Store
from posapp.demo_shop.woocommerce.body import (
    address_at,
    minor_of,
    required,
    rows_at,
    status_at,
    text_at,
    whole_at,
    write_meta,
    yes_at,
)
from posapp.demo_shop.woocommerce.rest import RestError, wrong_type

Body = Mapping[str, object]


def create(store: Store, body: Body) -> Order:
    """Make an order. The same body twice makes two: nothing here is idempotent. Raises `RestError`."""
    required(not body.get("id"), "woocommerce_rest_shop_order_exists", "Cannot create existing shop_order.")
    wanted = _checked(store, body)
    order = open_order(store)
    order.created_via = text_at(body, "created_via") or "rest-api"
    _plain_fields(store, order, body)
    try:
        _lines(store, order, body)
        _charges(store, order, body)
    except RestError:
        del store.state.orders[order.id]
        raise
    number_tax_line(store, order)
    _coupons(store, order, body)
    if wanted is not None and wanted != order.status:
        set_status(store, order, wanted)
        order.notes.clear()
    if yes_at(body, "set_paid"):
        payment_complete(store, order, order.transaction_id)
    return order


def change(store: Store, order: Order, body: Body) -> Order:
    """Edit an order. Raises `RestError`."""
    wanted = _checked(store, body)
    _plain_fields(store, order, body)
    _lines(store, order, body)
    _charges(store, order, body)
    number_tax_line(store, order)
    if yes_at(body, "set_paid") and needs_payment(order):
        payment_complete(store, order, order.transaction_id)
    if wanted is not None and wanted != order.status:
        set_status(store, order, wanted)
    store.touch(order)
    return order


def _checked(store: Store, body: Body) -> str | None:
    """Every type before anything is done, as WordPress does; gives the status that is wanted."""
    for name in ("payment_method", "payment_method_title", "transaction_id", "customer_note", "created_via"):
        text_at(body, name)
    for name in ("line_items", "shipping_lines", "fee_lines", "coupon_lines", "meta_data"):
        for place, row in enumerate(rows_at(body, name)):
            for part in ("subtotal", "total"):
                text_at(row, part, f"{name}[{place}][{part}]")
            for part in ("quantity", "variation_id"):
                whole_at(row, part, f"{name}[{place}][{part}]")
    address_at(body, "billing"), address_at(body, "shipping"), yes_at(body, "set_paid")
    customer = whole_at(body, "customer_id") or 0
    required(customer == 0, "woocommerce_rest_invalid_customer_id", "Customer ID is invalid.")
    return status_at(body, STATUSES)


def _plain_fields(store: Store, order: Order, body: Body) -> None:
    order.payment_method = text_at(body, "payment_method") or order.payment_method
    order.payment_title = stored_name(text_at(body, "payment_method_title") or order.payment_title)
    for name in ("transaction_id", "customer_note"):
        if (text := text_at(body, name)) is not None:
            setattr(order, name, text)
    order.billing |= address_at(body, "billing")
    order.shipping |= address_at(body, "shipping")
    write_meta(store, order.meta, body)


def _lines(store: Store, order: Order, body: Body) -> None:
    for row in rows_at(body, "line_items"):
        known = _known(order.lines, row)
        if known is not None and _taken_out(row, "product_id"):
            remove_line(store, order, known)
            continue
        quantity = whole_at(row, "quantity")
        if known is None:
            line = new_line(store, _product(store, row), 1 if quantity is None else quantity)
            order.lines.append(line)
            _money(line, row)
            if order.status in TAKES_STOCK:
                take(store, order)
        else:
            _money(known, row)
            if quantity is not None:
                change_quantity(store, order, known, quantity)
        write_meta(store, order.lines[-1].meta if known is None else known.meta, row)


def _known(lines: list[Line], row: Body) -> Line | None:
    line_id = whole_at(row, "id")
    if not line_id:
        return None
    found = next((line for line in lines if line.id == line_id), None)
    if found is None:
        words = "Order item ID provided is not associated with order."
        raise RestError(400, "woocommerce_rest_invalid_item_id", words)
    return found


def _taken_out(row: Body, name: str) -> bool:
    return (name in row and row[name] is None) or whole_at(row, "quantity") == 0


def _product(store: Store, row: Body) -> Product | None:
    """The variation, the product, or what the sku names; None for one the shop does not have."""
    variation, product, sku = row.get("variation_id"), row.get("product_id"), row.get("sku")
    words = "Product ID or SKU is required."
    required(bool(variation or product or sku), "woocommerce_rest_required_product_reference", words)
    if sku:
        return store.product_by_sku(str(sku))
    try:
        return store.product(int(str(variation or product)))
    except (NotThere, ValueError):
        return None


def _money(line: Line, row: Body) -> None:
    try:
        set_line_money(line, text_at(row, "subtotal"), text_at(row, "total"))
    except ValueError:
        raise wrong_type("line_items", "string") from None


def _charges(store: Store, order: Order, body: Body) -> None:
    for name, kept, title_key in (
        ("shipping_lines", order.shipping_lines, "method_title"),
        ("fee_lines", order.fees, "name"),
    ):
        for row in rows_at(body, name):
            _charge(store, order, kept, row, title_key)


def _charge(store: Store, order: Order, kept: list[Charge], row: Body, title_key: str) -> None:
    known = next((charge for charge in kept if charge.id == row.get("id")), None)
    if known is not None and title_key in row and row[title_key] is None:
        kept.remove(known)
        return
    taxable = row.get("tax_status", "taxable") == "taxable"
    if title_key == "method_title":
        taxable = taxable and any(line.taxable for line in order.lines)
    net = minor_of(row.get("total") or "0", "total")
    title = stored_name(text_at(row, title_key) or (known.title if known else ""))
    made = new_charge(store, title, net, taxable=taxable, method_id=text_at(row, "method_id") or "")
    if known is not None:
        made.id, made.method_id = known.id, made.method_id or known.method_id
        made.total_minor, made.tax_minor = (
            (made.total_minor, made.tax_minor) if "total" in row else (known.total_minor, known.tax_minor)
        )
        kept[kept.index(known)] = made
    else:
        kept.append(made)
    made.tax_status = "taxable" if row.get("tax_status", "taxable") == "taxable" else "none"
    made.instance_id = text_at(row, "instance_id") or made.instance_id
    write_meta(store, made.meta, row)


def _coupons(store: Store, order: Order, body: Body) -> None:
    """Apply coupons. An unknown one leaves the order behind as a draft, and the error names it."""
    for row in rows_at(body, "coupon_lines"):
        code = (text_at(row, "code") or "").lower()
        if code not in COUPONS:
            order.status = "checkout-draft"
            raise RestError(
                400,
                "woocommerce_rest_invalid_coupon",
                f"Coupon &quot;{code}&quot; cannot be applied because it does not exist.",
                new_draft_order_id=order.id,
            )
        order.coupons.append(apply_coupon(store, order, code))
