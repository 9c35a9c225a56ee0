"""From what a provider says of its refunds to the events they tell: ours are acknowledged, others followed.

A refund that bears our reference finds the row that asked for it, also where its answer was lost. One that bears
none is found by its payment; on a web order it waits a while, for the shop may have made it and tells of it too.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from sqlite3 import Connection
from typing import Any

from posapp.commands.command import Command, named
from posapp.commands.outbox import NoteDeclined, NoteRefundState, NoteSent, RecordProviderRefund
from posapp.domain.feed import Kind, ProviderRefund
from posapp.domain.payments import PartState
from posapp.sync.deriving import Dated, Key
from posapp.sync.events import Trouble
from posapp.sync.inbox import InboxRow

SHOP_TELLS_FIRST = timedelta(minutes=10)  # a refund on a web order may be one that the shop still tells of
FAILED = "The payment provider could not pay it out."
ACTOR = "posapp"

# A row of ours whose refund was not taken back meanwhile; its part is gone where a person gave the money otherwise.
_OURS = (
    "SELECT g.order_id, COALESCE(p.id, '') FROM outgoing g JOIN refund r ON r.id = g.refund_id "
    "LEFT JOIN part p ON p.id = g.part_id WHERE g.id = ?"
)
_BY_PAYMENT = (
    "SELECT o.id, o.shop_id, o.sequence FROM payment p JOIN orders o ON o.id = p.order_id "
    "WHERE p.provider = ? AND p.provider_ref = ?"
)
# A part that a refund may be: known to be it, or as high and not linked to any refund of the provider.
_PARTS = (
    "SELECT t.remote_id FROM part t JOIN payment p ON p.id = t.payment_id WHERE t.order_id = ? AND p.provider = ? "
    "AND (t.remote_id = ? OR (t.remote_id = '' AND t.amount_minor = ? AND t.route <> 'cash'))"
)


def match_refunds(
    connection: Connection,
    good: Sequence[tuple[InboxRow, ProviderRefund]],
    currency: str,
    now: datetime,
    bad: list[Trouble],
) -> tuple[list[Dated], list[int], list[int]]:
    """The events of a provider's refunds, the rows that wait, and those that tell nothing to be followed.

    `now` is the provider's own time.
    """
    events: list[Dated] = []
    parked: list[int] = []
    done: list[int] = []
    for row, refund in good:
        ours = connection.execute(_OURS, (refund.our_reference,)).fetchone() if refund.our_reference else None
        found = connection.execute(_BY_PAYMENT, (refund.provider, refund.transaction_ref)).fetchone()
        parts = _parts(connection, found[0], refund) if found is not None else []
        is_young = now - refund.created_at < SHOP_TELLS_FIRST
        if refund.currency != currency:
            bad.append(Trouble(row.seq, f"A refund in {refund.currency}; this shop sells in {currency}."))
        elif ours is not None:
            told = _of_ours(refund, ours[0], ours[1], row.seen_at)
            events += [_dated(one, refund, row) for one in told]
        elif found is None or (found[1] and is_young and not parts):
            parked.append(row.seq)
        elif refund.state == PartState.FAILED and refund.remote_id not in parts:
            done.append(row.seq)
        else:
            at = min(refund.created_at, row.seen_at)
            events.append(_dated(_of_others(refund, found[0], at), refund, row, sequence=found[2]))
    return events, parked, done


def _parts(connection: Connection, order_id: str, refund: ProviderRefund) -> list[str]:
    asked = (order_id, refund.provider, refund.remote_id, refund.amount_minor)
    return [row[0] for row in connection.execute(_PARTS, asked)]


def _of_ours(refund: ProviderRefund, order_id: str, part_id: str, seen_at: datetime) -> list[Command]:
    """What became of a row of ours, and how far its money is: each is old news where it is known."""
    about: dict[str, Any] = {"actor": ACTOR, "at": seen_at, "order_id": order_id}
    state = named("provider refund", refund.provider, refund.remote_id, refund.our_reference, refund.digest)
    row = {**about, "id": f"{state}:row", "outgoing_id": refund.our_reference}
    answered: Command
    if refund.state == PartState.FAILED:
        answered = NoteDeclined(**row, words=refund.words or FAILED)
    else:
        answered = NoteSent(**row, remote_id=refund.remote_id, state=refund.state, words=refund.words)
    if not part_id:  # given another way since: whoever did that has decided
        return [answered]
    moved = NoteRefundState(
        **about, id=f"{state}:state", part_id=part_id, remote_id=refund.remote_id, state=refund.state
    )
    return [answered, moved]


def _of_others(refund: ProviderRefund, order_id: str, at: datetime) -> Command:
    return RecordProviderRefund(
        id=named("provider refund", refund.provider, refund.remote_id, refund.digest),
        actor=refund.provider, at=at, order_id=order_id, provider=refund.provider, remote_id=refund.remote_id,
        payment_ref=refund.transaction_ref, amount_minor=refund.amount_minor, state=refund.state, reason=refund.words,
    )  # fmt: skip


def _dated(command: Command, refund: ProviderRefund, row: InboxRow, *, sequence: int = 0) -> Dated:
    return Dated(Key(command.at, Kind.REFUND, sequence, command.id), command, row.seq)
