"""Asking a payment provider at once about the payments of one order that it has not settled.

What it answers goes into the inbox like everything that comes in; the next look carries it out.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from sqlite3 import Connection

import httpx

from posapp.db.rows import from_text
from posapp.db.store import load_order
from posapp.desk import Desk
from posapp.domain.errors import Refused
from posapp.domain.feed import ProviderPayment, Unreadable
from posapp.domain.payments import PaymentState, Teller
from posapp.secrets import Secrets
from posapp.sync import inbox
from posapp.sync.opening import open_payer

MOST = 5  # attempts of one order that are asked about
_ORDER_OF_WEIGHT = (PaymentState.SUCCEEDED, PaymentState.PENDING, PaymentState.REVERSED, PaymentState.FAILED)
_SEEN = "SELECT MAX(seen_at) FROM inbox WHERE feed_id = ?"


@dataclass(frozen=True, slots=True)
class Told:
    """What a provider says of a payment; `state` is None where it does not know it."""

    provider: str
    reference: str
    state: PaymentState | None = None
    amount_minor: int = 0  # what of it goes to the order
    paid_at: datetime | None = None


async def ask_about(
    desk: Desk, secrets: Secrets, order_id: str, *, transport: httpx.AsyncBaseTransport | None = None
) -> Told:
    """Ask about an order's payments; of several, what matters most is told.

    Raises `Refused` in words for a person, `FeedUnavailable` without a network.
    """
    wanted = await desk.write(partial(_wanted, order_id=order_id))
    told = [await _asked(desk, secrets, *each, transport) for each in wanted]
    return min(told, key=_weight)


def _weight(told: Told) -> int:
    return len(_ORDER_OF_WEIGHT) if told.state is None else _ORDER_OF_WEIGHT.index(told.state)


def _wanted(connection: Connection, order_id: str) -> list[tuple[str, str]]:
    """(provider, reference) of what is not settled: attempts that hang, else what the web shop says was paid."""
    order = load_order(connection, order_id)
    if order is None:
        raise Refused("That order is not here.", code="unknown_order")
    ours = frozenset(Teller)
    hanging = [
        (payment.provider, payment.provider_ref)
        for payment in order.payments
        if payment.state == PaymentState.PENDING and payment.provider not in ours
    ]
    if not hanging and order.transaction_id:
        hanging = [("", order.transaction_id)]
    if not hanging:
        raise Refused(
            f"No payment of order {order.number} is known that a provider could be asked about.",
            code="no_reference",
        )
    return hanging[-MOST:]


async def _asked(
    desk: Desk, secrets: Secrets, provider: str, reference: str, transport: httpx.AsyncBaseTransport | None
) -> Told:
    payer = await open_payer(desk, secrets, provider, transport=transport)
    try:
        item = await payer.door.verify(reference)
        if item is None:
            return Told(payer.provider, reference)
        feed_id, now = payer.door.feed_id, desk.clock()
        # What a payment may claim is capped by the provider's time, as it was last seen: a till whose clock is
        # behind must not put a payment before those that were made earlier.
        seen_at = max(now, await desk.write(partial(_last_seen, feed_id=feed_id, otherwise=now)))
        await desk.write(inbox.store_items(feed_id, [item], seen_at, now))
        try:
            read = payer.door.read(item)
        except Unreadable as trouble:
            raise Refused(f"Its answer could not be read: {trouble}", code="unreadable") from None
    finally:
        await payer.door.close()
    assert isinstance(read, ProviderPayment), "a payment was asked for"
    credited = read.gross_minor - read.customer_fee_minor
    return Told(payer.provider, reference, PaymentState(read.state), credited, read.paid_at)


def _last_seen(connection: Connection, feed_id: str, otherwise: datetime) -> datetime:
    seen = connection.execute(_SEEN, (feed_id,)).fetchone()[0]
    return from_text(seen) if seen else otherwise
