"""Refunds over REST. What WooCommerce refuses here it refuses with HTTP 500, for good."""

from collections.abc import Mapping

from posapp.demo_shop.book import NotThere
from posapp.demo_shop.provider import METHOD, give_money_back
from posapp.demo_shop.records import Order, Refund
from posapp.demo_shop.refunds import (
    RefundAsked,
    RefundedLine,
    RefundRefused,
    asked_minor,
    delete_refund,
    left_to_refund,
    make_refund,
)
from posapp.demo_shop.woocommerce.body import as_meta, micro_of, minor_of, rows_at, text_at, whole_at, yes_at
from posapp.demo_shop.woocommerce.listing import choice, in_window, listed
from posapp.demo_shop.woocommerce.order_routes import the_order
from posapp.demo_shop.woocommerce.order_view import refund_view
from posapp.demo_shop.woocommerce.rest import Answer, Call, RestError

GATEWAYS = frozenset({METHOD, "bacs", "cod"})


def _parent(call: Call) -> Order:
    try:
        return call.store.order(call.ids[0])
    except NotThere:
        raise RestError(404, "woocommerce_rest_invalid_order_id", "Invalid order ID.") from None


def _the_refund(call: Call) -> tuple[Order, Refund]:
    order = _parent(call)
    try:
        return order, call.store.refund_of(order, call.ids[1])
    except NotThere:
        words = "Invalid order refund ID."
        raise RestError(404, "woocommerce_rest_invalid_order_refund_id", words) from None


def _latest_first(pairs: list[tuple[Order, Refund]]) -> list[tuple[Order, Refund]]:
    return sorted(pairs, key=lambda pair: (pair[1].made_at, pair[1].id), reverse=True)


def list_refunds(call: Call) -> Answer:
    """GET orders/{id}/refunds."""
    order = _parent(call)
    pairs = _latest_first([(order, refund) for refund in order.refunds])
    return listed(call, pairs, lambda pair: refund_view(call, *pair), tail=[("dp", "2")])


def all_refunds(call: Call) -> Answer:
    """GET refunds: of every order, with its `parent_id`."""
    window = in_window(call.query)
    pairs = [(order, refund) for order in call.store.state.orders.values() for refund in order.refunds]
    down = choice(call.query, "order", ("asc", "desc"), "desc") == "desc"
    ordered = _latest_first([pair for pair in pairs if window(pair[1].made_at, pair[1].made_at)])
    return listed(
        call,
        ordered if down else ordered[::-1],
        lambda pair: refund_view(call, *pair, with_parent=True),
        tail=[("dp", "2")],
    )


def get_refund(call: Call) -> Answer:
    """GET orders/{id}/refunds/{id}."""
    return Answer(refund_view(call, *_the_refund(call)))


def post_refund(call: Call) -> Answer:
    """POST orders/{id}/refunds. `api_refund` and `api_restock` are true unless one says otherwise."""
    order = the_order(call) if call.ids[0] in call.store.state.orders else _parent(call)
    asked = _asked(call.body)
    if asked.amount_minor is not None and asked.amount_minor < 0:
        words = "Refund amount must be greater than zero."
        raise RestError(400, "woocommerce_rest_invalid_order_refund", words)
    try:
        refund = (
            _through_gateway(call, order, asked)
            if asked.by_gateway
            else make_refund(call.store, order, asked)
        )
    except RefundRefused as refused:
        raise RestError(500, "woocommerce_rest_cannot_create_order_refund", str(refused), data=500) from None
    # WooCommerce really writes its own route's pattern there.
    where = call.link(f"orders/(?P<order_id>[\\d]+)/refunds/{refund.id}")
    return Answer(refund_view(call, order, refund), 201, {"Location": where})


def _through_gateway(call: Call, order: Order, asked: RefundAsked) -> Refund:
    if order.payment_method not in GATEWAYS:
        raise RefundRefused("The payment gateway for this order does not exist.")
    if order.payment_method != METHOD:
        raise RefundRefused("The payment gateway for this order does not support automatic refunds.")
    amount = asked_minor(asked)
    if not 0 <= amount <= left_to_refund(order):
        raise RefundRefused("Invalid refund amount.")
    if not give_money_back(call.store, order, amount):
        words = "An error occurred while attempting to create the refund using the payment gateway API."
        raise RefundRefused(words)
    return make_refund(call.store, order, asked)


def _asked(body: Mapping[str, object]) -> RefundAsked:
    amount = text_at(body, "amount")
    told = yes_at(body, "api_refund")
    restock = yes_at(body, "api_restock")
    return RefundAsked(
        amount_minor=None if amount is None else minor_of(amount, "amount"),
        reason=text_at(body, "reason") or "",
        lines=tuple(_line(row) for row in rows_at(body, "line_items")),
        restock=True if restock is None else restock,
        by_gateway=True if told is None else told,
        meta=tuple(
            (str(row["key"]), as_meta(row.get("value")))
            for row in rows_at(body, "meta_data")
            if row.get("key")
        ),
    )


def _line(row: Mapping[str, object]) -> RefundedLine:
    taxes = rows_at(row, "refund_tax")
    return RefundedLine(
        line_id=whole_at(row, "id") or 0,
        quantity=whole_at(row, "quantity") or 0,
        total_micro=micro_of(row.get("refund_total") or 0, "line_items"),
        tax_minor=sum(minor_of(tax.get("refund_total") or 0, "line_items") for tax in taxes),
    )


def remove_refund(call: Call) -> Answer:
    """DELETE orders/{id}/refunds/{id}?force=true. The order looks as if nothing had happened."""
    order, refund = _the_refund(call)
    if not call.forced:
        raise RestError(501, "woocommerce_rest_trash_not_supported", "Refunds do not support trashing.")
    view = refund_view(call, order, refund)
    delete_refund(call.store, order, refund)
    return Answer(view)
