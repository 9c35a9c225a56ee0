"""What can be done about an order now: each thing tried on a book that is thrown away."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from posapp.commands.command import Command
from posapp.commands.orders import CancelOrder, EditOrder, HandOver, MarkShipped
from posapp.commands.resolutions import Resolve, SwapAllocation, UndoDecision
from posapp.domain.attention import SHORT_REASONS
from posapp.domain.book import Decision
from posapp.domain.errors import Refused
from posapp.domain.orders import Order, ShipStatus
from posapp.domain.outbox import Outgoing, OutState
from posapp.domain.payments import PartState
from posapp.domain.resolutions import offered
from posapp.queries.detail_rows import Offer, SwapOffer, UndoOffer
from posapp.queries.reader import Reader
from posapp.queries.rehearsal import NOBODY, allowed, rehearse

_NAME = "SELECT COALESCE(c.name, '') FROM orders o LEFT JOIN contact c ON c.id = o.contact_id WHERE o.id = ?"


def resolution_offers(reader: Reader, order: Order, at: datetime) -> tuple[Offer, ...]:
    """The decisions about the order's open cases, each with its reason where it cannot be made."""
    return tuple(
        Offer(r.key, r.label, r.gives_money, allowed(reader, _resolve(order, r.key, at), at))
        for r in offered(order)
    )


def _resolve(order: Order, key: str, at: datetime) -> Resolve:
    """The decision with nothing chosen; per line, the smallest that there is to choose."""
    first = next((line.id for line in order.lines if order.short(line) > 0), None)
    fulfill = {first: 1} if key == "mixed" and first else {}
    return Resolve(id=NOBODY, actor="", at=at, order_id=order.id, key=key, fulfill=fulfill)


def action_offers(reader: Reader, order: Order, at: datetime) -> tuple[Offer, ...]:
    """What else can be done with it: hand over, mark shipped and delivered, edit, cancel."""
    said: dict[str, Any] = {"id": NOBODY, "actor": "", "at": at, "order_id": order.id}
    tried: tuple[tuple[str, str, bool, Command], ...] = (
        ("hand_over", "Hand over", False, HandOver(**said)),
        ("ship", "Mark shipped", False, MarkShipped(**said, ship_status=ShipStatus.SHIPPED)),
        ("deliver", "Mark delivered", False, MarkShipped(**said, ship_status=ShipStatus.DELIVERED)),
        ("edit", "Edit", True, EditOrder(**said, seen_version=order.version)),
        ("cancel", "Cancel order", True, CancelOrder(**said)),
    )
    return tuple(
        Offer(key, label, money, allowed(reader, command, at)) for key, label, money, command in tried
    )


def undo_offers(
    reader: Reader, order: Order, decisions: Sequence[Decision], rows: Sequence[Outgoing], at: datetime
) -> tuple[UndoOffer, ...]:
    """The decisions made, newest first, and whether each can be taken back; `rows` is what must go out of it."""
    return tuple(_undo(reader, order, decision, rows, at) for decision in decisions if not decision.undone)


def _undo(
    reader: Reader, order: Order, decision: Decision, rows: Sequence[Outgoing], at: datetime
) -> UndoOffer:
    command = UndoDecision(id=NOBODY, actor="", at=at, order_id=order.id, decision_id=decision.id)
    parts = [
        part
        for part in order.parts
        if decision.refund_id and part.refund_id == decision.refund_id and part.state == PartState.QUEUED
    ]
    queued = {part.id for part in parts}
    due = [row.due_at for row in rows if row.part_id in queued and row.state == OutState.WAITING]
    return UndoOffer(
        decision.id,
        decision.key,
        decision.at,
        decision.actor,
        allowed(reader, command, at),
        sum(part.amount_minor for part in parts),
        min(due, default=None),
    )


def swap_offer(reader: Reader, order: Order, at: datetime) -> SwapOffer | None:
    """The order that overtook, if its units can still change hands."""
    case = order.open_case(*SHORT_REASONS)
    if case is None or not case.overtaken_by:
        return None
    command = SwapAllocation(id=NOBODY, actor="", at=at, order_id=order.id, other_id=case.overtaken_by)
    try:
        book = rehearse(reader, command, at)
    except Refused:
        return None
    other = book.orders[case.overtaken_by]
    held = {line.id: line.allocated_qty for line in order.lines}
    gained = sum(line.allocated_qty - held.get(line.id, 0) for line in book.orders[order.id].lines)
    return SwapOffer(other.id, other.number, reader.value(_NAME, (other.id,)) or "", gained)
