"""Which ways money of an order can go back, and why one cannot: for the choice a person makes."""

import json
from dataclasses import dataclass

from posapp.domain.orders import Order
from posapp.domain.payments import GATEWAY, PROVIDER, Payment, PaymentState, Teller
from posapp.domain.tendering import CASH
from posapp.queries.reader import Reader

_CONNECTIONS = "SELECT id, kind, state, about FROM connection"
_TELLERS = (Teller.SHOP, Teller.HAND, Teller.BEFORE)


_WHY_NOT = {
    "no_shop": "This order came from no web shop.",
    "paid_here": "Its money was taken at the till.",
    "gateway_cannot": "The web shop's gateway cannot pay back what came this way.",
    "no_provider": "No payment provider has told of this money.",
    "not_connected": "It is not connected.",
    "sign_in": "It no longer accepts our key: give a new one in the settings.",
    "taken_over": "Another till serves this web shop.",
}


@dataclass(frozen=True, slots=True)
class RefundWay:
    """A route, and why it cannot be taken: `code` is "" where it can, otherwise a key of the sentences above."""

    route: str  # cash, hand, gateway or provider
    code: str = ""

    @property
    def allowed(self) -> bool:
        """Whether it can be chosen."""
        return not self.code

    @property
    def why_not(self) -> str:
        """Why it cannot be chosen, in a sentence; "" where it can."""
        return _WHY_NOT[self.code] if self.code else ""


def refund_ways(reader: Reader, order_id: str) -> tuple[RefundWay, ...]:
    """All ways, those that cannot be taken with their reason; none for an order that is not there."""
    with reader.snapshot():
        order, rows = reader.order(order_id), reader.rows(_CONNECTIONS)
    if order is None:
        return ()
    by_id = {row[0]: (row[2], json.loads(row[3]).get("gateways", {})) for row in rows}
    providers = {row[1]: row[2] for row in rows}
    return (
        RefundWay(CASH),
        RefundWay("hand"),
        RefundWay(GATEWAY, _why_no_gateway(order, *by_id.get(order.shop_id, ("removed", {})))),
        RefundWay(PROVIDER, _why_no_provider(order, providers)),
    )


def _why_no_gateway(order: Order, state: str, gateways: dict[str, bool]) -> str:
    """An order's gateway that nobody knows yet may be tried: its first refusal tells."""
    if not order.shop_id:
        return "no_shop"
    if not any(payment.provider not in (Teller.HAND, Teller.BEFORE) for payment in _came(order)):
        return "paid_here"
    if state != "active":
        return _code(state)
    return "" if gateways.get(order.payment_method, True) else "gateway_cannot"


def _why_no_provider(order: Order, providers: dict[str, str]) -> str:
    told = {payment.provider for payment in _came(order) if payment.provider not in _TELLERS}
    if not told:
        return "no_provider"
    states = [providers.get(provider, "removed") for provider in told]
    return "" if "active" in states else _code(states[0])


def _came(order: Order) -> list[Payment]:
    return [payment for payment in order.payments if payment.state == PaymentState.SUCCEEDED]


def _code(state: str) -> str:
    return state if state in ("sign_in", "taken_over") else "not_connected"
