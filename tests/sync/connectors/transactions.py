"""A transaction in the shape of Paystack's specification."""

from typing import Any


def transaction(reference: str = "283_1795403467", **changes: Any) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": 4099260516,
        "domain": "test",
        "status": "success",
        "reference": reference,
        "amount": 985_000,
        "message": None,
        "gateway_response": "Successful",
        "paid_at": "2026-11-23T03:11:06.000Z",
        "created_at": "2026-11-23T03:10:40.000Z",
        "channel": "card",
        "currency": "NGN",
        "ip_address": "192.0.2.7",
        "metadata": {
            "order_id": 283,
            "custom_fields": [{"display_name": "Order ID", "variable_name": "order_id", "value": 283}],
        },
        "log": None,
        "fees": 24_775,
        "fees_split": None,
        "customer": {"id": 1, "email": "bola@example.test", "customer_code": "CUS_1"},
        "authorization": {},
        "plan": {},
        "split": {},
        "subaccount": {},
        "order_id": None,
        "paidAt": "2026-11-23T03:11:06.000Z",
        "createdAt": "2026-11-23T03:10:40.000Z",
        "requested_amount": 985_000,
        "source": None,
        "connect": None,
        "pos_transaction_data": None,
    }
    return told | changes
