"""An order and its refunds as WooCommerce writes them: amounts as text, dates twice, names as HTML."""

from posapp.demo_shop.amounts import major, to_minor, unit_price
from posapp.demo_shop.orders import needs_payment, needs_processing
from posapp.demo_shop.pricing import Totals, totals
from posapp.demo_shop.records import Charge, CouponLine, Line, Note, Order, Refund
from posapp.demo_shop.woocommerce.listing import gmt_text, local_text, meta_rows
from posapp.demo_shop.woocommerce.rest import Call

EDITABLE = frozenset({"pending", "on-hold", "auto-draft", "checkout-draft"})
ITEM_VERBS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
VERSION = "11.0.1"
_ADDRESS = (
    "first_name",
    "last_name",
    "company",
    "address_1",
    "address_2",
    "city",
    "state",
    "postcode",
    "country",
)


def address_view(kept: dict[str, str], *, billing: bool) -> dict[str, object]:
    """All fields of an address, empty where nothing is known."""
    names = (*_ADDRESS, "email", "phone") if billing else (*_ADDRESS, "phone")
    return {name: kept.get(name, "") for name in names}


def line_view(line: Line) -> dict[str, object]:
    """A product's line; in a refund the numbers are negative."""
    subtotal, total = major(to_minor(line.subtotal_micro)), major(to_minor(line.total_micro))
    tax, subtotal_tax = major(line.total_tax_minor), major(line.subtotal_tax_minor)
    taxed = line.taxable and line.shows_tax
    return {
        "id": line.id,
        "name": line.name,
        "product_id": line.product_id,
        "variation_id": line.variation_id,
        "quantity": line.quantity,
        "tax_class": "",
        "subtotal": subtotal,
        "subtotal_tax": subtotal_tax,
        "total": total,
        "total_tax": tax,
        "taxes": [{"id": 1, "total": tax, "subtotal": subtotal_tax}] if taxed else [],
        "meta_data": meta_rows(line.meta, shown=True),
        "sku": line.sku,
        "global_unique_id": line.barcode,
        "price": unit_price(line.total_micro, line.quantity),
        "image": {"id": "" if line.product_id and not line.variation_id else 0, "src": ""},
        "parent_name": line.parent_name,
    }


def _taxes(charge: Charge) -> list[dict[str, object]]:
    if not charge.tax_minor:
        return []
    return [{"id": 1, "total": major(charge.tax_minor), "subtotal": ""}]


def shipping_view(charge: Charge) -> dict[str, object]:
    """A delivery's line."""
    return {
        "id": charge.id,
        "method_title": charge.title,
        "method_id": charge.method_id,
        "instance_id": charge.instance_id,
        "total": major(charge.total_minor),
        "total_tax": major(charge.tax_minor),
        "taxes": _taxes(charge),
        "tax_status": charge.tax_status,
        "meta_data": meta_rows(charge.meta, shown=True),
    }


def fee_view(charge: Charge) -> dict[str, object]:
    """A fee's line."""
    return {
        "id": charge.id,
        "name": charge.title,
        "tax_class": "",
        "tax_status": charge.tax_status,
        "amount": "",
        "total": major(charge.total_minor),
        "total_tax": major(charge.tax_minor),
        "taxes": _taxes(charge),
        "meta_data": meta_rows(charge.meta, shown=True),
    }


def coupon_view(coupon: CouponLine) -> dict[str, object]:
    """A coupon's line; its discount loses trailing zeros."""
    return {
        "id": coupon.id,
        "code": coupon.code,
        "discount": _short(coupon.discount_minor),
        "discount_tax": _short(coupon.tax_minor),
        "meta_data": meta_rows(coupon.meta, shown=True),
        "discount_type": coupon.kind,
        "nominal_amount": coupon.amount,
        "free_shipping": False,
    }


def _short(minor: int) -> str:
    return major(minor).rstrip("0").rstrip(".")


def tax_lines(line_id: int | None, cart_minor: int, shipping_minor: int) -> list[dict[str, object]]:
    """The one VAT line, if there is one."""
    if line_id is None:
        return []
    return [
        {
            "id": line_id,
            "rate_code": "NG-VAT-1",
            "rate_id": 1,
            "label": "VAT",
            "compound": False,
            "tax_total": major(cart_minor),
            "shipping_tax_total": major(shipping_minor),
            "rate_percent": 7.5,
            "meta_data": [],
        }
    ]


def order_view(call: Call, order: Order) -> dict[str, object]:
    """The whole order."""
    sums = totals(order)
    return {
        "id": order.id,
        "parent_id": 0,
        "status": order.status,
        "currency": "NGN",
        "version": VERSION,
        "prices_include_tax": call.store.state.prices_include_tax,
        "date_created": local_text(order.created_at),
        "date_modified": local_text(order.modified_at),
        **_sums(sums),
        "customer_id": order.customer_id,
        "order_key": order.order_key,
        "billing": address_view(order.billing, billing=True),
        "shipping": address_view(order.shipping, billing=False),
        "payment_method": order.payment_method,
        "payment_method_title": order.payment_title,
        "transaction_id": order.transaction_id,
        "customer_ip_address": order.ip_address,
        "customer_user_agent": order.user_agent,
        "created_via": order.created_via,
        "customer_note": order.customer_note,
        "date_completed": local_text(order.completed_at),
        "date_paid": local_text(order.paid_at),
        "cart_hash": order.cart_hash,
        "number": str(order.id),
        "meta_data": meta_rows(order.meta),
        **_lines(order, sums),
        "payment_url": f"{call.base}/checkout/order-pay/{order.id}/?pay_for_order=true&key={order.order_key}",
        "is_editable": order.status in EDITABLE,
        "needs_payment": needs_payment(order),
        "needs_processing": needs_processing(call.store, order),
        **_gmt_dates(order),
        "currency_symbol": "₦",
        "_links": _links(call, order),
    }


def _gmt_dates(order: Order) -> dict[str, object]:
    return {
        "date_created_gmt": gmt_text(order.created_at),
        "date_modified_gmt": gmt_text(order.modified_at),
        "date_completed_gmt": gmt_text(order.completed_at),
        "date_paid_gmt": gmt_text(order.paid_at),
    }


def _sums(sums: Totals) -> dict[str, object]:
    return {
        "discount_total": major(sums.discount_minor),
        "discount_tax": major(sums.discount_tax_minor),
        "shipping_total": major(sums.shipping_minor),
        "shipping_tax": major(sums.shipping_tax_minor),
        "cart_tax": major(sums.cart_tax_minor),
        "total": major(sums.total_minor),
        "total_tax": major(sums.tax_minor),
    }


def _lines(order: Order, sums: Totals) -> dict[str, object]:
    return {
        "line_items": [line_view(line) for line in order.lines],
        "tax_lines": tax_lines(order.tax_line_id, sums.cart_tax_minor, sums.shipping_tax_minor),
        "shipping_lines": [shipping_view(charge) for charge in order.shipping_lines],
        "fee_lines": [fee_view(charge) for charge in order.fees],
        "coupon_lines": [coupon_view(coupon) for coupon in order.coupons],
        "refunds": _short_refunds(order),
    }


def _links(call: Call, order: Order) -> dict[str, object]:
    own = call.link(f"orders/{order.id}")
    return {
        "self": [{"href": own, "targetHints": {"allow": ITEM_VERBS}}],
        "collection": [{"href": call.link("orders")}],
        "email_templates": [{"embeddable": True, "href": f"{own}/actions/email_templates"}],
    }


def _short_refunds(order: Order) -> list[dict[str, object]]:
    latest = sorted(order.refunds, key=lambda refund: (-refund.made_at.timestamp(), refund.id))
    return [
        {
            "id": refund.id,
            "reason": refund.reason,
            "total": f"-{major(refund.amount_minor)}",
            "total_tax": major(refund_tax(refund)),
        }
        for refund in latest
    ]


def refund_tax(refund: Refund) -> int:
    """VAT in a refund's lines, in kobo, negative."""
    return sum(line.total_tax_minor for line in refund.lines) + sum(c.tax_minor for c in refund.shipping)


def refund_view(call: Call, order: Order, refund: Refund, *, with_parent: bool = False) -> dict[str, object]:
    """A refund: `amount` is positive, its lines are negative."""
    home = f"orders/{order.id}/refunds"
    cart = sum(line.total_tax_minor for line in refund.lines)
    return {
        "id": refund.id,
        **({"parent_id": order.id} if with_parent else {}),
        "date_created": local_text(refund.made_at),
        "date_created_gmt": gmt_text(refund.made_at),
        "amount": major(refund.amount_minor),
        "reason": refund.reason,
        "refunded_by": 1,
        "refunded_payment": refund.paid_by_gateway,
        "meta_data": meta_rows(refund.meta),
        "line_items": [line_view(line) for line in refund.lines],
        "shipping_lines": [shipping_view(charge) for charge in refund.shipping],
        "tax_lines": tax_lines(refund.tax_line_id, cart, sum(c.tax_minor for c in refund.shipping)),
        "fee_lines": [fee_view(charge) for charge in refund.fees],
        "_links": {
            "self": [{"href": call.link(f"{home}/{refund.id}"), "targetHints": {"allow": ["GET", "DELETE"]}}],
            "collection": [{"href": call.link(home)}],
            "up": [{"href": call.link(f"orders/{order.id}")}],
        },
    }


def note_view(call: Call, order: Order, note: Note) -> dict[str, object]:
    """A note of an order's history."""
    home = f"orders/{order.id}/notes"
    return {
        "id": note.id,
        "author": "WooCommerce",
        "date_created": local_text(note.made_at),
        "date_created_gmt": gmt_text(note.made_at),
        "note": note.text,
        "customer_note": note.for_customer,
        "_links": {
            "self": [{"href": call.link(f"{home}/{note.id}"), "targetHints": {"allow": ["GET", "DELETE"]}}],
            "collection": [{"href": call.link(home)}],
            "up": [{"href": call.link(f"orders/{order.id}")}],
        },
    }
