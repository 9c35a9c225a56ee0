"""The table of addresses below /wp-json, and the one way through it."""

import re
from collections.abc import Mapping
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from posapp.demo_shop.store import Store
from posapp.demo_shop.woocommerce import order_routes as orders
from posapp.demo_shop.woocommerce import product_routes as products
from posapp.demo_shop.woocommerce import refund_routes as refunds
from posapp.demo_shop.woocommerce import settings_routes as site
from posapp.demo_shop.woocommerce import webhook_routes as webhooks
from posapp.demo_shop.woocommerce.rest import (
    Answer,
    Call,
    Endpoint,
    Handler,
    Query,
    RestError,
    authenticate,
    picked,
    read_body,
    refuse_stranger,
    respond,
)

ROOT = "/wp-json"
MOST_BODY_BYTES = 8_000_000


def _collection(path: str, verbs: Mapping[str, Handler], *also: str) -> Endpoint:
    return Endpoint(re.compile(path), verbs, also=also)


def _item(
    path: str, get: Handler | None, put: Handler | None = None, delete: Handler | None = None
) -> Endpoint:
    verbs: dict[str, Handler] = {}
    if get is not None:
        verbs["GET"] = get
    if put is not None:
        verbs |= {"POST": put, "PUT": put, "PATCH": put}
    if delete is not None:
        verbs["DELETE"] = delete
    return Endpoint(re.compile(path), verbs, one=True)


def _batch(path: str, handler: Handler) -> Endpoint:
    return Endpoint(re.compile(path), {"POST": handler, "PUT": handler, "PATCH": handler})


N, W = r"(\d{1,18})", r"([\w-]+)"
ENDPOINTS = (
    _collection("orders", {"GET": orders.list_orders, "POST": orders.post_order}),
    _batch("orders/batch", orders.batch_orders),
    _item(f"orders/{N}", orders.get_order, orders.put_order, orders.delete_order),
    _collection(f"orders/{N}/notes", {"GET": orders.list_notes, "POST": orders.post_note}),
    _collection(f"orders/{N}/refunds", {"GET": refunds.list_refunds, "POST": refunds.post_refund}),
    _item(f"orders/{N}/refunds/{N}", refunds.get_refund, delete=refunds.remove_refund),
    _collection("refunds", {"GET": refunds.all_refunds}),
    _collection("products", {"GET": products.list_products, "POST": products.post_product}),
    _batch("products/batch", products.batch_products),
    _item(f"products/{N}", products.get_product, products.put_product, products.delete_product),
    _collection(
        f"products/{N}/variations", {"GET": products.list_variations, "POST": products.post_variation}
    ),
    _batch(f"products/{N}/variations/batch", products.batch_variations),
    _item(
        f"products/{N}/variations/{N}",
        products.get_variation,
        products.put_variation,
        products.delete_variation,
    ),
    _collection("variations", {"GET": products.all_variations}),
    _collection("webhooks", {"GET": webhooks.list_webhooks, "POST": webhooks.post_webhook}),
    _item(f"webhooks/{N}", webhooks.get_webhook, webhooks.put_webhook, webhooks.delete_webhook),
    _collection("data/currencies/current", {"GET": site.current_currency}),
    _collection(f"settings/{W}", {"GET": site.settings}),
    _item(f"settings/{W}/{W}", site.one_setting),
    _collection("taxes", {"GET": site.taxes}, "POST"),
    _collection("payment_gateways", {"GET": site.gateways}),
    _collection("shipping/zones", {"GET": site.zones}, "POST"),
    _collection("system_status", {"GET": site.system_status}),
)


async def answer(store: Store, request: Request) -> Response:
    """Answer anything below /wp-json."""
    base = f"{request.url.scheme}://{request.url.netloc}"
    allow = ""
    try:
        raw = await request.body()
        if len(raw) > MOST_BODY_BYTES:
            raise RestError(413, "rest_request_too_large", "The request is too large.")
        below = request.url.path.removeprefix(ROOT).strip("/")
        if below in {"", "wc/v3"} and request.method == "GET":
            call = _call(store, request, base, (), b"")
            return respond(
                store, base, Answer(site.site_index(call)) if not below else site.namespace_index(call)
            )
        key = authenticate(store, request.headers.get("authorization"), request.method)
        endpoint, parts = _find(below, request.method)
        allow = endpoint.allow
        if key is None:
            allow = ""
            raise refuse_stranger(endpoint, request.method)
        call = _call(store, request, base, parts, raw)
        return respond(store, base, _only_asked(call, endpoint.verbs[request.method](call)), allow)
    except RestError as error:
        return respond(store, base, Answer(error.body, error.status), allow)


def _only_asked(call: Call, answer: Answer) -> Answer:
    """`_fields` works on every answer; lists have done it themselves."""
    fields = call.query.many("_fields")
    if not fields or not isinstance(answer.body, dict):
        return answer
    return replace(answer, body=picked(answer.body, fields))


def _find(below: str, method: str) -> tuple[Endpoint, tuple[str, ...]]:
    """The endpoint for a path. Raises `RestError` (404), for a verb it does not have too."""
    path = below.removeprefix("wc/v3/") if below.startswith("wc/v3/") else "/"
    for endpoint in ENDPOINTS:
        match = endpoint.pattern.fullmatch(path)
        if match is not None and method in endpoint.verbs:
            return endpoint, match.groups()
    words = "No route was found matching the URL and request method."
    raise RestError(404, "rest_no_route", words)


def _call(store: Store, request: Request, base: str, parts: tuple[str, ...], raw: bytes) -> Call:
    return Call(
        store=store,
        method=request.method,
        path=request.url.path,
        base=base,
        ids=tuple(int(part) for part in parts if part.isdigit()),
        words=parts,
        query=Query(request.url.query),
        body=read_body(raw),
    )
