"""A transaction as the payment provider tells it, by its specification. Amounts in kobo."""

from posapp.demo_shop.paystack_wire import stamp
from posapp.demo_shop.records import Transaction

_WORDS = {
    "success": "Successful",
    "failed": "Declined",
    "abandoned": "The transaction was not completed",
    "reversed": "Successful",
}


def _metadata(made: Transaction) -> dict[str, object]:
    """What the shop's plugin sends along: the order, twice, and who bears the fee where a customer does.

    A link brings its own.
    """
    if made.metadata:
        return made.metadata
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
    return {**order, "custom_fields": custom}


def customer(made: Transaction) -> dict[str, object]:
    """Who paid; the provider numbers people by their address."""
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
        "paid_at": stamp(made.paid_at),
        "created_at": stamp(made.created_at),
        "channel": made.channel,
        "currency": "NGN",
        "ip_address": "127.0.0.1",
        "metadata": _metadata(made),
        "log": None,
        "fees": made.fee_minor,
        "fees_split": None,
        "customer": customer(made),
        "authorization": _authorization(made),
        "split": {},
        "subaccount": {},
        "order_id": None,
        "paidAt": stamp(made.paid_at),
        "createdAt": stamp(made.created_at),
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
    return {**_common(made), "paidAt": stamp(made.paid_at) or "", "plan": {}, "source": source}


def verified(made: Transaction) -> dict[str, object]:
    """The answer to a verification."""
    return {
        **_common(made),
        "customer": {**customer(made), "international_format_phone": made.phone or None},
        "receipt_number": None,
        "plan": None,
        "source": None,
        "fees_breakdown": None,
        "transaction_date": stamp(made.created_at),
        "plan_object": {},
    }


def fetched(made: Transaction) -> dict[str, object]:
    """One transaction by its id. By the specification its stamps and fee are never null."""
    account = {"receiver_bank_account_number": None, "receiver_bank": None}
    return {
        **_common(made),
        "paid_at": stamp(made.paid_at) or "",
        "paidAt": stamp(made.paid_at) or "",
        "fees": made.fee_minor or 0,
        "authorization": {**_authorization(made), **account},
        "customer": {**customer(made), "international_format_phone": made.phone},
        "receipt_number": None,
        "helpdesk_link": None,
        "plan": {},
        "source": {"source": "merchant_api", "type": "api", "identifier": None},
        "fees_breakdown": None,
    }
