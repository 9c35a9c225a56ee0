"""By which ways the money of an order can go back, and why not by the others."""

from dataclasses import dataclass

from posapp.domain.payments import GATEWAY, PROVIDER, PaymentState, Teller
from posapp.queries.reader import Reader

_CONNECTED = "SELECT 1 FROM connection WHERE kind = ? AND state <> 'removed'"


@dataclass(frozen=True, slots=True)
class RefundWay:
    """One way; `why_not` says in words for a person why it cannot be taken."""

    route: str  # gateway, provider, cash, hand
    allowed: bool
    why_not: str = ""


def refund_ways(reader: Reader, order_id: str) -> tuple[RefundWay, ...]:
    """The ways that there are for an order's money, the way it came first."""
    with reader.snapshot():
        order = reader.order(order_id)
        if order is None:
            return ()
        left = [p for p in order.payments if p.state == PaymentState.SUCCEEDED and order.left_of(p) > 0]
        found = []
        providers = {payment.provider for payment in left} - set(Teller)
        for provider in sorted(providers):
            there = reader.row(_CONNECTED, (provider,)) is not None
            why_not = "" if there else "It is not connected."
            found.append(RefundWay(PROVIDER, there, why_not))
        if order.shop_id and any(payment.provider == Teller.SHOP for payment in left):
            found.append(RefundWay(GATEWAY, allowed=True))
    return (*found[:1], RefundWay("cash", allowed=True), RefundWay("hand", allowed=True))
