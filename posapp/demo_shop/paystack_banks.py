"""The banks the provider pays out to: some of Nigeria's, invented numbers, and one that is closed."""

from posapp.demo_shop.paystack_wire import Call, Refused, page_in

_BANKS = (
    (9, "First Meadow Bank", "011"),
    (21, "Harbour Trust Bank", "058"),
    (7, "Lagoon Bank", "033"),
    (14, "Palm Savings & Loans", "057"),
    (171, "Riverbend Microfinance Bank", "50515"),
    (64, "Old Mill Bank", "084"),
)
_CLOSED = 64
_COUNTRIES = {"NGN": "Nigeria", "GHS": "Ghana", "KES": "Kenya", "ZAR": "South Africa"}


def list_banks(call: Call) -> dict[str, object]:
    """GET /bank."""
    currency = call.query.get("currency", "NGN")
    if currency not in _COUNTRIES:
        raise Refused(400, "Currency is not supported")
    page, per_page = page_in(call.query)
    rows = [_bank(*bank) for bank in _BANKS] if currency == "NGN" else []
    return {
        "status": True,
        "message": "Banks retrieved",
        "data": rows[(page - 1) * per_page : page * per_page],
    }


def _bank(number: int, name: str, code: str) -> dict[str, object]:
    return {
        "name": name,
        "slug": name.lower().replace(" ", "-"),
        "code": code,
        "longcode": f"{code:0<9}"[:9],
        "gateway": None,
        "pay_with_bank": False,
        "supports_transfer": True,
        "available_for_direct_debit": False,
        "active": number != _CLOSED,
        "is_deleted": number == _CLOSED,
        "country": "Nigeria",
        "currency": "NGN",
        "type": "nuban",
        "id": number,
        "createdAt": "2016-07-14T10:04:29.000Z",
        "updatedAt": "2026-01-12T08:00:00.000Z",
    }
