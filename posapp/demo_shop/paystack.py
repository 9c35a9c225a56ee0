"""The payment provider's side of the demo shop, as its specification has it. Amounts in kobo."""

import json
import re
from collections.abc import Callable
from email.utils import format_datetime
from hmac import compare_digest

from starlette.requests import Request
from starlette.responses import Response

from posapp.demo_shop.paystack_banks import list_banks
from posapp.demo_shop.paystack_refunds import create_refund, fetch_refund, give_details, list_refunds
from posapp.demo_shop.paystack_transactions import fetch, initialize, list_transactions, verify
from posapp.demo_shop.paystack_wire import Call, Refused, body_of
from posapp.demo_shop.provider_refunds import settle_due
from posapp.demo_shop.store import Store

ROOT = "/paystack"
_ENDPOINTS: tuple[tuple[str, str, Callable[..., dict[str, object]]], ...] = (
    ("GET", r"/transaction", list_transactions),
    ("POST", r"/transaction/initialize", initialize),
    ("GET", r"/transaction/verify/(.+)", verify),
    ("GET", r"/transaction/(\d{1,18})", fetch),
    ("GET", r"/refund", list_refunds),
    ("POST", r"/refund", create_refund),
    ("GET", r"/refund/(\d{1,18})", fetch_refund),
    ("POST", r"/refund/retry_with_customer_details/(\d{1,18})", give_details),
    ("GET", r"/bank", list_banks),
)


async def answer(store: Store, request: Request) -> Response:
    """Answer anything below the provider's address; refunds whose time has come are settled first."""
    path = request.url.path.removeprefix(ROOT)
    try:
        _check_key(store, request.headers.get("authorization"))
        body = await body_of(request)
        settle_due(store)
        root = f"{request.url.scheme}://{request.url.netloc}{ROOT}"
        call = Call(store, request.query_params, body, root)
        for method, pattern, endpoint in _ENDPOINTS:
            match = re.fullmatch(pattern, path)
            if match and method == request.method:
                return _json(store, 200, endpoint(call, *match.groups()))
        raise Refused(404, "Entity not found", "Check the address and the method of the request")
    except Refused as refused:
        return _json(store, refused.status, refused.body)


def _json(store: Store, status: int, body: object) -> Response:
    headers = {"Date": format_datetime(store.now(), usegmt=True)}
    media = "application/json; charset=utf-8"
    return Response(json.dumps(body, ensure_ascii=False).encode(), status, headers, media)


def _check_key(store: Store, header: str | None) -> None:
    step = "Ensure that you provide the correct authorization key for the request"
    kind, _, key = (header or "").partition(" ")
    if kind.lower() != "bearer" or not key:
        raise Refused(401, "No Authorization Header was found", step)
    if not compare_digest(key.strip().encode(), store.provider_key.encode()):
        raise Refused(401, "Invalid key", step)
