"""The provider's transactions: listed, verified, fetched, and begun by a link."""

import json
import re
import secrets

from posapp.demo_shop.book import NotThere
from posapp.demo_shop.paystack_views import fetched, in_list, verified
from posapp.demo_shop.paystack_wire import Call, Refused, one, page_in, window_in
from posapp.demo_shop.provider import transaction
from posapp.demo_shop.provider_links import make_link
from posapp.demo_shop.records import Transaction

CURRENCIES = ("GHS", "KES", "NGN", "ZAR", "USD")


def list_transactions(call: Call) -> dict[str, object]:
    """GET /transaction, newest first. `from` and `to` look at when the attempt began, not at when money came."""
    asked, inside = call.query, window_in(call.query)
    page, per_page = page_in(asked)
    found = [
        made
        for made in call.store.state.transactions.values()
        if inside(made.created_at)
        and made.status == asked.get("status", made.status)
        and made.channel == asked.get("channel", made.channel)
        and str(made.amount_minor) == asked.get("amount", str(made.amount_minor))
    ]
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


def verify(call: Call, reference: str) -> dict[str, object]:
    """GET /transaction/verify/{reference}."""
    return one(verified(by_reference(call, reference)), "Verification successful")


def fetch(call: Call, number: str) -> dict[str, object]:
    """GET /transaction/{id}."""
    made = call.store.state.transactions.get(int(number))
    if made is None:
        step = "Ensure that you're passing the ID of a transaction that exists on this integration"
        raise Refused(404, "Transaction ID not found", step)
    return one(fetched(made), "Transaction retrieved")


def initialize(call: Call) -> dict[str, object]:
    """POST /transaction/initialize: a page that waits to be paid."""
    amount, email = call.whole("amount"), call.text("email")
    if amount is None:
        raise Refused(400, "Amount is required")
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email):
        raise Refused(400, "Invalid Email Address Passed", code="invalid_email_address")
    currency = call.text("currency") or "NGN"
    if currency not in CURRENCIES or currency != "NGN":
        raise Refused(403, "Currency not supported by merchant", code="unsupported_currency")
    reference = call.text("reference") or secrets.token_hex(5)
    if not re.fullmatch(r"[A-Za-z0-9.=-]{1,200}", reference):
        raise Refused(400, "Invalid transaction reference", code="invalid_reference")
    try:
        made = make_link(call.store, reference, amount, email, _metadata(call))
    except ValueError:
        step = "Try and create the Transaction or Charge with a new reference"
        raise Refused(400, "Duplicate Transaction Reference", step, code="duplicate_reference") from None
    page = {
        "authorization_url": f"{call.root}/pay/{made.access_code}",
        "access_code": made.access_code,
        "reference": made.reference,
    }
    return one(page, "Authorization URL created")


def by_reference(call: Call, reference: str) -> Transaction:
    """The transaction with that reference. Raises `Refused`."""
    try:
        return transaction(call.store, reference)
    except NotThere:
        step = "Ensure that you're passing the reference of a transaction that exists on this integration"
        raise Refused(404, "Transaction reference not found", step) from None


def _metadata(call: Call) -> dict[str, object]:
    """An object, or one written as text."""
    told = call.body.get("metadata")
    if isinstance(told, str):
        try:
            told = json.loads(told)
        except ValueError:
            told = None
    if told is None or isinstance(told, dict):
        return told or {}
    raise Refused(400, "metadata must be an object")
