"""Payment links: a page at the payment provider on which a customer pays an order that is not paid.

The reference is ours and names the order, so that the payment finds it again whatever was heard of the answer,
and money for another installation on the same account is never taken for an order of this one.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from sqlite3 import Connection

import httpx

from posapp.db.rows import from_text, to_text
from posapp.db.store import load_order
from posapp.desk import Desk
from posapp.domain.errors import Refused
from posapp.domain.orders import Order, Status
from posapp.domain.provider_fees import FeeBearer, customer_fee
from posapp.queries.payment_links import LINK_VALID_FOR
from posapp.secrets import Secrets
from posapp.sync.opening import open_payer
from posapp.sync.outgoing import Declined, LinkAsk, Payer

TRIES = 3  # references that the provider may know already, of an older database of ours
_OURS = re.compile(r"([0-9a-f-]{36})-[0-9]{1,6}", re.ASCII)
_MAIL = re.compile(r"[^@\s,;]{1,64}@[^@\s,;]{1,190}\.[^@\s,;]{2,}")
_MADE = (
    "SELECT reference, amount_minor, customer_fee_minor, url, made_at FROM payment_link "
    "WHERE order_id = ? ORDER BY rowid DESC"
)


@dataclass(frozen=True, slots=True)
class MadeLink:
    """A page to pay on. The customer pays `amount_minor` and `fee_minor` above it."""

    url: str
    reference: str
    amount_minor: int
    fee_minor: int


async def link_for(
    desk: Desk,
    secrets: Secrets,
    order_id: str,
    amount_minor: int,
    email: str,
    *,
    transport: httpx.AsyncBaseTransport | None = None,
) -> MadeLink:
    """Give the page on which an order can be paid: the one that was made for this amount, or a new one.

    Raises `Refused` in words for a person, `FeedUnavailable` without a network; nothing is changed then.
    """
    known = await desk.write(partial(_known, order_id=order_id, amount_minor=amount_minor, now=desk.clock()))
    if known is not None:
        return known
    if not _MAIL.fullmatch(email.strip()):
        raise Refused(
            "The provider needs the customer's e-mail address for a payment page.", code="bad_email"
        )
    payer = await open_payer(desk, secrets, transport=transport)
    try:
        for _ in range(TRIES):
            work = partial(
                _write_down,
                order_id=order_id,
                amount_minor=amount_minor,
                provider=payer.provider,
                now=desk.clock(),
            )
            number, currency, made = await desk.write(work)
            whole = made.amount_minor + made.fee_minor
            ask = LinkAsk(made.reference, number, currency, whole, made.fee_minor, email.strip())
            url = await _asked(payer.door, ask)
            if url:
                return await desk.write(partial(_answered, made=made, url=url))
    finally:
        await payer.door.close()
    raise Refused("The provider knows every reference that was tried. Try again later.", code="no_link")


async def _asked(door: Payer, ask: LinkAsk) -> str:
    """The page's address; "" where the reference was used before."""
    try:
        return (await door.payment_link(ask)).url
    except Declined as refusal:
        if refusal.code == "duplicate":
            return ""
        raise Refused(f"The provider made no payment page: {refusal.words}", code="no_link") from None


def order_named_by(reference: str) -> str:
    """The id of the order that a reference of ours names; "" for anybody else's."""
    match = _OURS.fullmatch(reference)
    return match[1] if match else ""


def _known(connection: Connection, order_id: str, amount_minor: int, now: datetime) -> MadeLink | None:
    """The newest page that was answered, still fresh, and for this amount, while it was not paid."""
    _payable(connection, order_id, amount_minor)
    paid = {
        row[0]
        for row in connection.execute("SELECT provider_ref FROM payment WHERE order_id = ?", (order_id,))
    }
    for reference, amount, fee, url, made_at in connection.execute(_MADE, (order_id,)).fetchall():
        fresh = timedelta() <= now - from_text(made_at) < LINK_VALID_FOR
        if url and fresh and amount == amount_minor and reference not in paid:
            return MadeLink(url, reference, amount, fee)
    return None


def _payable(connection: Connection, order_id: str, amount_minor: int) -> Order:
    order = load_order(connection, order_id)
    if order is None or order.status == Status.CANCELLED:
        raise Refused("That order is closed: nothing is to be paid for it.", code="not_open")
    if not 0 < amount_minor <= order.total_minor - order.paid_minor:
        raise Refused("A link asks for what is still to be paid, or for a part of it.", code="bad_amount")
    return order


def _write_down(
    connection: Connection, order_id: str, amount_minor: int, provider: str, now: datetime
) -> tuple[str, str, MadeLink]:
    """Keep the reference before anybody is asked; gives the order's number and currency beside it."""
    order = _payable(connection, order_id, amount_minor)
    row = connection.execute("SELECT value FROM setting WHERE key = 'link_fee'").fetchone()
    bearer = FeeBearer(row[0]) if row else FeeBearer.MERCHANT
    fee = customer_fee(provider, order.currency, amount_minor, bearer)
    made = connection.execute("SELECT COUNT(*) FROM payment_link WHERE order_id = ?", (order_id,)).fetchone()[
        0
    ]
    reference = f"{order_id}-{made + 1}"
    connection.execute(
        "INSERT INTO payment_link (reference, order_id, provider, amount_minor, customer_fee_minor, made_at) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (reference, order_id, provider, amount_minor, fee, to_text(now)),
    )
    return order.number, order.currency, MadeLink("", reference, amount_minor, fee)


def _answered(connection: Connection, made: MadeLink, url: str) -> MadeLink:
    connection.execute("UPDATE payment_link SET url = ? WHERE reference = ?", (url, made.reference))
    return MadeLink(url, made.reference, made.amount_minor, made.fee_minor)
