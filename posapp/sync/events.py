"""Which events wait in the inbox: read, matched to our orders, not yet carried out."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from sqlite3 import Connection
from typing import TypeVar

import msgspec

from posapp.commands.command import Command, named
from posapp.commands.payments import FlagDelay
from posapp.db.contacts import write_contact
from posapp.db.rows import from_text, to_text
from posapp.db.store import load_order
from posapp.desk import Also
from posapp.domain.feed import ProviderPayment, ShopOrder, Unreadable
from posapp.domain.orders import Order
from posapp.sync import inbox
from posapp.sync.deriving import Dated, Deriver, Known, Setting, known_of, order_id
from posapp.sync.feed import Feed
from posapp.sync.inbox import InboxRow
from posapp.sync.linking import order_named_by
from posapp.sync.provider_events import payment_events

T = TypeVar("T")
DELAY = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Trouble:
    """A row that cannot be applied: the owner reads the reason."""

    seq: int
    reason: str


async def read(
    feed: Feed, rows: list[InboxRow], kind: type[T]
) -> tuple[list[tuple[InboxRow, T]], list[Trouble]]:
    """Read raw rows on a thread of their own: hundreds of them would make a window stall."""
    return await asyncio.to_thread(read_rows, feed, rows, kind)


def read_rows(
    feed: Feed, rows: list[InboxRow], kind: type[T]
) -> tuple[list[tuple[InboxRow, T]], list[Trouble]]:
    """Read raw rows; what cannot be trusted is set aside with its reason, the others proceed."""
    good: list[tuple[InboxRow, T]] = []
    bad: list[Trouble] = []
    for row in rows:
        try:
            reading = feed.read(row.item)
        except Unreadable as reason:
            bad.append(Trouble(row.seq, str(reason)))
            continue
        if isinstance(reading, kind):
            good.append((row, reading))
        else:
            bad.append(Trouble(row.seq, "This is not what it says it is."))
    return good, bad


def derive(
    connection: Connection,
    good: list[tuple[InboxRow, ShopOrder]],
    setting: Setting,
    currency: str,
    bad: list[Trouble],
    notice: Callable[[str], None],
) -> tuple[list[Dated], list[int]]:
    """The events of all states that wait; and the rows that tell nothing new."""
    events: list[Dated] = []
    done: list[int] = []
    known: dict[str, Known] = {}
    stamps: dict[str, str] = {}
    for row, read in sorted(good, key=lambda pair: (pair[0].item.stamp, pair[0].seq)):
        order = _identified(connection, read, setting.shop_id)
        reason = _objection(order, setting, currency) if order else ""
        if reason:
            bad.append(Trouble(row.seq, reason))
            continue
        remote_id = row.item.remote_id
        newest = stamps.setdefault(remote_id, inbox.newest_applied(connection, row.feed_id, remote_id))
        if order is None or (row.item.stamp and row.item.stamp < newest):
            done.append(row.seq)  # gone before it was known, or older than what is known
            continue
        ours = order_id(order)
        if ours not in known:
            stored = load_order(connection, ours)
            known[ours] = known_of(stored)
            if stored is None and _id_used_again(connection, order, setting.shop_id):
                notice(
                    f"The web shop uses order id {order.remote_id} again for another order. It was probably restored "
                    "from a backup. Both orders are kept; check the newest orders in the shop against this till."
                )
        again = row.item.event_id.partition("#")[2]
        told = Deriver(order, known[ours], setting, row.seen_at, row.seq, again).derive()
        events.extend(told)
        if not told:
            done.append(row.seq)
    return events, done


def _identified(connection: Connection, order: ShopOrder, shop_id: str) -> ShopOrder | None:
    """An order that is gone in the shop tells only its number: the newest of ours that bears it is meant."""
    if order.status != "gone":
        return order
    row = connection.execute(
        "SELECT remote_key, placed_at FROM orders WHERE shop_id = ? AND remote_id = ? ORDER BY placed_at DESC LIMIT 1",
        (shop_id, order.remote_id),
    ).fetchone()
    return msgspec.structs.replace(order, key=row[0], placed_at=from_text(row[1])) if row else None


def _objection(order: ShopOrder, setting: Setting, currency: str) -> str:
    """Why an order that can be read must not be followed."""
    if order.status == "gone":
        return ""
    if order.currency != currency:
        return f"Order {order.shown_number} is in {order.currency}; this shop sells in {currency}."
    for line in order.lines:
        if line.product_id in ("", "0"):
            return f"Order {order.shown_number}: “{line.name}” names no product of the shop. Correct the order there."
    return ""


def _id_used_again(connection: Connection, order: ShopOrder, shop_id: str) -> bool:
    sql = "SELECT 1 FROM orders WHERE shop_id = ? AND remote_id = ? AND remote_key <> ?"
    return connection.execute(sql, (shop_id, order.remote_id, order.key)).fetchone() is not None


def contact_writers(good: Iterable[ShopOrder]) -> dict[str, Also]:
    """What to write beside the command that places an order: who it is for, outside the journal."""
    writers: dict[str, Also] = {}
    for order in good:
        ours = order_id(order)
        writers[named("place", ours, "placed")] = _contact_writer(named(ours, "contact"), order)
    return writers


def _contact_writer(contact_id: str, order: ShopOrder) -> Also:
    return lambda connection: write_contact(connection, contact_id, order.contact)


_ELSEWHERE = "SELECT id FROM connection WHERE state = 'taken_over'"
_BY_REMOTE = "SELECT id FROM orders WHERE remote_id = ? AND channel = 'WEB' ORDER BY placed_at DESC LIMIT 1"
_BY_TRANSACTION = "SELECT id FROM orders WHERE transaction_id = ? ORDER BY placed_at DESC LIMIT 1"
_BY_ID = "SELECT id FROM orders WHERE id = ?"
_BY_NUMBER = "SELECT id FROM orders WHERE number = ?"


def match(
    connection: Connection, good: list[tuple[InboxRow, ProviderPayment]], currency: str, bad: list[Trouble]
) -> tuple[list[Dated], list[int]]:
    """The events of payments whose order is known, and the rows of the others.

    Money for orders of a shop that another till serves now waits: that till is told of it too, and gives units.
    """
    elsewhere = {row[0] for row in connection.execute(_ELSEWHERE)}
    events: list[Dated] = []
    parked: list[int] = []
    for row, payment in good:
        if payment.currency != currency:
            bad.append(Trouble(row.seq, f"A payment in {payment.currency}; this shop sells in {currency}."))
            continue
        order = _order_for(connection, payment)
        if order is None:
            parked.append(row.seq)
        elif order.shop_id not in elsewhere:
            events.extend(payment_events(payment, order, row.seen_at, row.seq))
    return events, parked


def _order_for(connection: Connection, payment: ProviderPayment) -> Order | None:
    """The order a payment is for: the one its payment page was made for; otherwise by the shop's id in its
    metadata, by the shop's transaction id, by our number.
    """
    ours = order_named_by(payment.provider_ref)
    tries = (
        (_BY_ID, ours),
        (_BY_REMOTE, payment.order_remote_id),
        (_BY_TRANSACTION, payment.provider_ref),
        (_BY_NUMBER, "" if ours else payment.order_number),  # another installation numbers its orders alike
    )
    for sql, value in tries:
        row = connection.execute(sql, (value,)).fetchone() if value else None
        if row:
            return load_order(connection, row[0])
    return None


_HANGING = (
    "SELECT p.id, p.order_id, p.paid_at FROM payment p JOIN orders o ON o.id = p.order_id "
    "WHERE p.state = 'PENDING' AND p.provider <> 'hand' AND o.status = 'OPEN' AND p.paid_at < ? "
    "UNION ALL SELECT '', o.id, o.shop_paid_at FROM orders o WHERE o.status = 'OPEN' AND o.shop_paid_at < ? "
    "AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.order_id = o.id)"
)


def delays(connection: Connection, now: datetime) -> list[Command]:
    """Payments that a provider has not settled for too long, by the feed's own clock."""
    limit = to_text(now - DELAY)
    return [
        FlagDelay(
            id=named("delay", order, payment, since),
            actor="posapp",
            at=now,
            order_id=order,
            payment_id=payment,
        )
        for payment, order, since in connection.execute(_HANGING, (limit, limit)).fetchall()
    ]
