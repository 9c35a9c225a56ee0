"""The provider's refunds over REST, in the three shapes that its specification gives them."""

from datetime import timedelta

from posapp.demo_shop.book import NotThere
from posapp.demo_shop.paystack_transactions import by_reference
from posapp.demo_shop.paystack_views import customer
from posapp.demo_shop.paystack_wire import Call, Refused, one, page_in, stamp, window_in
from posapp.demo_shop.provider_records import ProviderRefund
from posapp.demo_shop.provider_refunds import RefundDeclined, make_refund, refund_of, take_details
from posapp.demo_shop.records import Transaction

INTEGRATION = 412829
BY = "owner@example.test"
EXPECTED_IN = timedelta(days=10)


def list_refunds(call: Call) -> dict[str, object]:
    """GET /refund, newest first; `from` and `to` look at when it was asked for."""
    inside = window_in(call.query)
    page, per_page = page_in(call.query)
    found = [refund for refund in call.store.state.provider_refunds.values() if inside(refund.created_at)]
    found.sort(key=lambda refund: (refund.created_at, refund.id), reverse=True)
    skip = (page - 1) * per_page
    return {
        "status": True,
        "message": "Refunds retrieved",
        "data": [told(refund, _paid(call, refund)) for refund in found[skip : skip + per_page]],
        "meta": {
            "total": len(found),
            "skipped": min(skip, len(found)),
            "perPage": str(per_page),
            "page": page,
            "pageCount": -(-len(found) // per_page),
            "failedRefundCount": sum(refund.status == "failed" for refund in found),
        },
    }


def fetch_refund(call: Call, number: str) -> dict[str, object]:
    """GET /refund/{id}."""
    refund = _refund(call, number)
    return one(told(refund, _paid(call, refund)), "Refund retrieved")


def create_refund(call: Call) -> dict[str, object]:
    """POST /refund: by the transaction's reference or its number."""
    which = call.text("transaction")
    made = call.store.state.transactions.get(int(which)) if which.isdigit() and len(which) < 19 else None
    made = made or by_reference(call, which)
    if (call.text("currency") or "NGN") != "NGN":
        raise Refused(400, "Currency is not that of the transaction")
    try:
        refund = make_refund(
            call.store,
            made,
            call.whole("amount"),
            customer_note=call.text("customer_note"),
            merchant_note=call.text("merchant_note"),
        )
    except RefundDeclined as no:
        raise Refused(400, str(no), code=no.code) from None
    return one(_created(refund, made), "Refund has been queued for processing")


def give_details(call: Call, number: str) -> dict[str, object]:
    """POST /refund/retry_with_customer_details/{id}."""
    refund = _refund(call, number)
    account = call.body.get("refund_account_details")
    if not isinstance(account, dict) or account.get("currency") != "NGN":
        raise Refused(422, "refund_account_details is required")
    try:
        take_details(
            call.store, refund, str(account.get("account_number", "")), str(account.get("bank_id", ""))
        )
    except RefundDeclined as no:
        raise Refused(422, str(no), code=no.code) from None
    return one(_retried(refund), "Refund retried and has been queued for processing")


def _refund(call: Call, number: str) -> ProviderRefund:
    try:
        return refund_of(call.store, int(number))
    except NotThere:
        raise Refused(404, "Refund not found") from None


def _paid(call: Call, refund: ProviderRefund) -> Transaction:
    return call.store.state.transactions[refund.transaction_id]


def _common(refund: ProviderRefund) -> dict[str, object]:
    return {
        "integration": INTEGRATION,
        "id": refund.id,
        "domain": "test",
        "currency": "NGN",
        "amount": refund.amount_minor,
        "status": refund.status,
        "refunded_by": BY,
        "customer_note": refund.customer_note,
        "merchant_note": refund.merchant_note,
        "deducted_amount": 0 if refund.status == "failed" else refund.amount_minor,
    }


def told(refund: ProviderRefund, made: Transaction) -> dict[str, object]:
    """An entry of the list, and one refund by its id."""
    who = {**customer(made), "metadata": "", "international_format_phone": made.phone}
    return {
        **_common(refund),
        "transaction": refund.transaction_id,
        "dispute": None,
        "settlement": None,
        "refunded_at": stamp(refund.refunded_at),
        "fully_deducted": int(refund.status != "failed"),
        "createdAt": stamp(refund.created_at),
        "bank_reference": None,
        "transaction_reference": made.reference,
        "reason": {"failed": "The customer's bank did not take the money"}.get(refund.status, "REFUND"),
        "customer": who,
        "refund_type": "full" if refund.amount_minor == made.amount_minor else "partial",
        "transaction_amount": made.amount_minor,
        "initiated_by": BY,
        "refund_channel": "api",
        "session_id": None,
        "collect_account_number": refund.status == "needs-attention",
    }


def _created(refund: ProviderRefund, made: Transaction) -> dict[str, object]:
    transaction = {
        "id": made.id,
        "domain": "test",
        "reference": made.reference,
        "amount": made.amount_minor,
        "paid_at": stamp(made.paid_at),
        "channel": made.channel,
        "currency": "NGN",
        "authorization": {"exp_month": None, "exp_year": None, "account_name": None},
        "customer": {"international_format_phone": None},
        "plan": {},
        "subaccount": {"currency": None},
        "split": {},
        "order_id": None,
        "paidAt": stamp(made.paid_at),
        "pos_transaction_data": None,
        "source": None,
        "fees_breakdown": None,
    }
    return {
        **_common(refund),
        "transaction": transaction,
        "channel": None,
        "expected_at": stamp(refund.created_at + EXPECTED_IN),
        "fully_deducted": False,
        "createdAt": stamp(refund.created_at),
        "updatedAt": stamp(refund.created_at),
    }


def _retried(refund: ProviderRefund) -> dict[str, object]:
    return {
        **_common(refund),
        "transaction": refund.transaction_id,
        "dispute": {},
        "settlement": {},
        "refunded_at": None,
        "expected_at": stamp(refund.created_at + EXPECTED_IN),
        "channel": "api",
        "fully_deducted": True,
        "bank_reference": None,
        "reason": "PROCESSING",
        "customer": {},
        "initiated_by": BY,
        "reversed_at": None,
        "session_id": None,
    }
