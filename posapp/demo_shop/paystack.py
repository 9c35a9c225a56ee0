"""The payment provider's read side, as its specification has it: list, verify, fetch. Amounts in kobo."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from hmac import compare_digest

from starlette.requests import Request
from starlette.responses import Response

from posapp.demo_shop.book import NotThere
from posapp.demo_shop.provider import transaction
from posapp.demo_shop.records import Transaction
from posapp.demo_shop.store import Store

ROOT = "/paystack"
PAGE = 50
MOST_PER_PAGE = 1000
_WORDS = {
    "success": "Successful",
    "failed": "Declined",
    "abandoned": "The transaction was not completed",
    "reversed": "Successful",
}


class Refused(Exception):
    """An error answer of the provider."""

    def __init__(self, status: int, message: str, next_step: str) -> None:
        super().__init__(message)
        self.status = status
        self.body = {
            "status": False,
            "message": message,
            "meta": {"nextStep": next_step},
            "type": "validation_error",
            "code": "validation_error",
        }


def answer(store: Store, request: Request) -> Response:
    """Answer anything below the provider's address."""
    path = request.url.path.removeprefix(ROOT)
    try:
        _check_key(store, request.headers.get("authorization"))
        if request.method == "GET" and path == "/transaction":
            return _json(store, 200, _listed(store, request))
        if request.method == "GET" and (match := re.fullmatch(r"/transaction/verify/(.+)", path)):
            return _json(
                store, 200, _one(verified(_by_reference(store, match[1])), "Verification successful")
            )
        if request.method == "GET" and (match := re.fullmatch(r"/transaction/(\d{1,18})", path)):
            return _json(store, 200, _one(fetched(_by_id(store, int(match[1]))), "Transaction retrieved"))
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


def _by_reference(store: Store, reference: str) -> Transaction:
    try:
        return transaction(store, reference)
    except NotThere:
        step = "Ensure that you're passing the reference of a transaction that exists on this integration"
        raise Refused(404, "Transaction reference not found", step) from None


def _by_id(store: Store, number: int) -> Transaction:
    if number not in store.state.transactions:
        step = "Ensure that you're passing the ID of a transaction that exists on this integration"
        raise Refused(404, "Transaction ID not found", step)
    return store.state.transactions[number]


def _one(body: dict[str, object], message: str) -> dict[str, object]:
    return {"status": True, "message": message, "data": body}


def _listed(store: Store, request: Request) -> dict[str, object]:
    """Newest first. `from` and `to` look at when the attempt began, not at when money came."""
    asked = request.query_params
    per_page = _number(asked.get("perPage") or asked.get("per_page"), PAGE, MOST_PER_PAGE, "perPage")
    page = _number(asked.get("page"), 1, 10**9, "page")
    begin, end = _time(asked.get("from"), "from"), _time(asked.get("to"), "to")
    fits: list[Callable[[Transaction], bool]] = [
        lambda t: begin is None or t.created_at >= begin,
        lambda t: end is None or t.created_at <= end,
        lambda t: not asked.get("status") or t.status == asked["status"],
        lambda t: not asked.get("channel") or t.channel == asked["channel"],
        lambda t: not asked.get("amount") or str(t.amount_minor) == asked["amount"],
    ]
    found = [t for t in store.state.transactions.values() if all(fit(t) for fit in fits)]
    found.sort(key=lambda t: (t.created_at, t.id), reverse=True)
    skip = (page - 1) * per_page
    return {
        "status": True,
        "message": "Transactions retrieved",
        "data": [in_list(t) for t in found[skip : skip + per_page]],
        "meta": {
            "total": len(found),
            "total_volume": sum(t.amount_minor for t in found if t.status == "success"),
            "skipped": min(skip, len(found)),
            "perPage": per_page,
            "page": page,
            "pageCount": -(-len(found) // per_page),
        },
    }


def _number(text: str | None, default: int, most: int, name: str) -> int:
    if text is None:
        return default
    if not re.fullmatch(r"\d{1,9}", text) or not 1 <= int(text) <= most:
        raise Refused(400, f"{name} must be a valid number", f"Provide a valid {name}")
    return int(text)


def _time(text: str | None, name: str) -> datetime | None:
    """A date, or a date and time; without a zone it is UTC."""
    if not text:
        return None
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise Refused(400, f"{name} must be a valid date", f"Provide a valid {name}") from None
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _stamp(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _metadata(made: Transaction) -> dict[str, object]:
    """What the shop's plugin sends along: the order, twice, and who bears the fee where a customer does."""
    fields = [
        ("Plugin", "plugin", "woo-paystack"),
        ("Order ID", "order_id", str(made.order_id or "")),
        ("Order key", "order_key", made.order_key),
        ("Customer name", "customer_name", f"{made.first_name} {made.last_name}".strip()),
    ]
    if made.customer_fee_minor:
        fields.append(("Fee paid by customer", "customer_fee", str(made.customer_fee_minor)))
    custom = [{"display_name": d, "variable_name": v, "value": value} for d, v, value in fields if value]
    order = {"order_id": str(made.order_id), "order_key": made.order_key} if made.order_id is not None else {}
    return {**order, "custom_fields": custom, **made.metadata}


def _customer(made: Transaction) -> dict[str, object]:
    number = sum(made.email.encode()) + 100_000
    return {
        "id": number,
        "first_name": made.first_name,
        "last_name": made.last_name,
        "email": made.email,
        "customer_code": f"CUS_{number:015x}",
        "phone": made.phone,
        "metadata": {},
        "risk_action": "default",
    }


def _authorization(made: Transaction) -> dict[str, object]:
    return {
        "authorization_code": f"AUTH_{made.id:010x}",
        "bin": "408408",
        "last4": f"{made.id % 10_000:04d}",
        "exp_month": "12",
        "exp_year": "2030",
        "channel": made.channel,
        "card_type": "visa",
        "bank": "TEST BANK",
        "country_code": "NG",
        "brand": "visa",
        "reusable": False,
        "signature": f"SIG_{made.id:010x}",
        "account_name": None,
    }


def _common(made: Transaction) -> dict[str, object]:
    return {
        "id": made.id,
        "domain": "test",
        "status": made.status,
        "reference": made.reference,
        "amount": made.amount_minor,
        "message": None,
        "gateway_response": _WORDS.get(made.status, "The bank has not answered yet"),
        "paid_at": _stamp(made.paid_at),
        "created_at": _stamp(made.created_at),
        "channel": made.channel,
        "currency": "NGN",
        "ip_address": "127.0.0.1",
        "metadata": _metadata(made),
        "log": None,
        "fees": made.fee_minor,
        "fees_split": None,
        "customer": _customer(made),
        "authorization": _authorization(made),
        "split": {},
        "subaccount": {},
        "order_id": None,
        "paidAt": _stamp(made.paid_at),
        "createdAt": _stamp(made.created_at),
        "requested_amount": made.requested_minor,
        "pos_transaction_data": None,
        "connect": None,
    }


def in_list(made: Transaction) -> dict[str, object]:
    """An entry of the list. Its second stamp is text by the specification: empty until money came."""
    source = {
        "source": "merchant_api",
        "type": "api",
        "identifier": None,
        "entry_point": "transaction_initialize",
    }
    return {**_common(made), "paidAt": _stamp(made.paid_at) or "", "plan": {}, "source": source}


def verified(made: Transaction) -> dict[str, object]:
    """The answer to a verification."""
    return {
        **_common(made),
        "customer": {**_customer(made), "international_format_phone": made.phone or None},
        "receipt_number": None,
        "plan": None,
        "source": None,
        "fees_breakdown": None,
        "transaction_date": _stamp(made.created_at),
        "plan_object": {},
    }


def fetched(made: Transaction) -> dict[str, object]:
    """One transaction by its id. By the specification its stamps and fee are never null."""
    account = {"receiver_bank_account_number": None, "receiver_bank": None}
    return {
        **_common(made),
        "paid_at": _stamp(made.paid_at) or "",
        "paidAt": _stamp(made.paid_at) or "",
        "fees": made.fee_minor or 0,
        "authorization": {**_authorization(made), **account},
        "customer": {**_customer(made), "international_format_phone": made.phone},
        "receipt_number": None,
        "helpdesk_link": None,
        "plan": {},
        "source": {"source": "merchant_api", "type": "api", "identifier": None},
        "fees_breakdown": None,
    }
