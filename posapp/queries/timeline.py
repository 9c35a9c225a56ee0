"""What happened to an order, oldest first, told from what is stored: who, when, how much."""

from collections.abc import Iterator, Sequence

from posapp.db.rows import from_text
from posapp.domain.book import Decision
from posapp.domain.orders import Order
from posapp.domain.outbox import Outgoing
from posapp.domain.payments import PartState, PaymentState
from posapp.domain.resolutions import RESOLUTIONS
from posapp.domain.stock import MovementKind
from posapp.queries.detail_rows import Happening, Moment
from posapp.queries.reader import Reader
from posapp.queries.revisions import Entry, entries_of

_OF_LINE = (  # units of the line: a bundle moves each of its components, and is told once
    "CASE WHEN l.id IS NULL OR l.components = '{}' THEN m.allocated_delta "
    "WHEN m.item_id = (SELECT MIN(key) FROM json_each(l.components)) "
    "THEN m.allocated_delta / (SELECT value FROM json_each(l.components) WHERE key = m.item_id) ELSE 0 END"
)
_MOVED = (
    f"SELECT m.recorded_at, m.effective_at, m.kind, m.actor, SUM({_OF_LINE}) FROM movement m "
    "LEFT JOIN order_line l ON l.id = m.line_id WHERE m.order_id = ? "
    "GROUP BY m.recorded_at, m.kind ORDER BY MIN(m.rowid)"
)
_PAID = {
    PaymentState.PENDING: Happening.ANNOUNCED,
    PaymentState.SUCCEEDED: Happening.PAID,
    PaymentState.FAILED: Happening.PAYMENT_FAILED,
    PaymentState.REVERSED: Happening.PAID,  # it was; that it went back is told beside it
}
_MOVES = {
    MovementKind.ALLOCATE: Happening.HELD,
    MovementKind.RELEASE: Happening.RELEASED,
    MovementKind.HANDOVER: Happening.HANDED_OVER,
}
# Commands that leave no other trace than the journal; decisions, money and units have their own tables.
_SAID = {
    "mark_shipped": Happening.SHIPPED,
    "edit_order": Happening.EDITED,
    "revise_shop_order": Happening.SHOP_CHANGED,
    "cancel_shop_order": Happening.SHOP_CHANGED,
    "reopen_shop_order": Happening.SHOP_CHANGED,
    "complete_shop_order": Happening.SHOP_CHANGED,
    "undo_decision": Happening.UNDONE,
}
# What is told of money on its way back, and where the command says how far it is.
_MOVED_BACK = ("begin_sending", "note_sent", "note_declined", "note_refund_state", "give_details")
_ORDER = list(Happening)


def timeline(
    reader: Reader, order: Order, decisions: Sequence[Decision], rows: Sequence[Outgoing] = ()
) -> tuple[Moment, ...]:
    """Everything worth telling of an order; at one moment, in the order of `Happening`."""
    entries = entries_of(reader, order.id)
    moments = [
        Moment(order.placed_at, Happening.PLACED, word=order.channel),
        *(
            Moment(p.paid_at, _PAID[p.state], amount_minor=p.credited_minor, word=p.method)
            for p in order.payments
        ),
        *_units(reader, order),
        *_cases(order),
        *_decided(order, decisions),
        *_moved_back(order, rows, entries),
        *_said(entries),
    ]
    if order.cancelled_at is not None:
        moments.append(Moment(order.cancelled_at, Happening.CANCELLED, word=order.close_reason))
    return tuple(sorted(moments, key=lambda m: (m.at, _ORDER.index(m.what))))


def _decided(order: Order, decisions: Sequence[Decision]) -> Iterator[Moment]:
    """Decisions with the money they gave back, and the refunds that no decision made."""
    amounts = {refund.id: refund.amount_minor for refund in order.refunds}
    for decision in decisions:
        amount = amounts.pop(decision.refund_id, 0)
        yield Moment(decision.at, Happening.DECIDED, decision.actor, amount_minor=amount, word=decision.key)
    for refund in order.refunds:
        if refund.id in amounts:
            yield Moment(
                refund.decided_at,
                Happening.REFUNDED,
                refund.actor,
                amount_minor=refund.amount_minor,
                word=refund.kind,
            )


def _units(reader: Reader, order: Order) -> Iterator[Moment]:
    """Units held, given back and handed over; "held n of m" tells what the order wants in all."""
    wanted = sum(line.confirmed_qty for line in order.lines if line.tracked)
    for _, effective_at, kind, actor, units in reader.rows(_MOVED, (order.id,)):
        what = _MOVES.get(kind)
        if what is not None and units:
            of_units = wanted if what == Happening.HELD else 0
            yield Moment(from_text(effective_at), what, actor, abs(units), of_units)


def _cases(order: Order) -> Iterator[Moment]:
    """When attention was asked for, and when it ended by itself; decisions are told as such."""
    for case in order.cases:
        yield Moment(case.opened_at, Happening.ATTENTION, word=case.reason)
        if case.resolved_at is not None and case.resolution not in RESOLUTIONS:
            yield Moment(case.resolved_at, Happening.SETTLED, case.resolved_by, word=case.resolution)


def _moved_back(order: Order, rows: Sequence[Outgoing], entries: Sequence[Entry]) -> Iterator[Moment]:
    """How the money of refunds went on, each step once: sent, with the bank, there, failed."""
    of_row = {row.id: row.part_id for row in rows}
    amounts = {part.id: part.amount_minor for part in order.parts}
    last: dict[str, str] = {}
    there: dict[
        str, str
    ] = {}  # what the provider calls the refund that pays a part out; news of another is old
    for entry in entries:
        if entry.do not in _MOVED_BACK:
            continue
        part_id = str(entry.body.get("part_id") or of_row.get(str(entry.body.get("outgoing_id")), ""))
        state, remote_id = _state_of(entry), str(entry.body.get("remote_id") or "")
        is_old = entry.do == "note_refund_state" and there.get(part_id, remote_id) != remote_id
        if part_id not in amounts or last.get(part_id) == state or is_old:
            continue
        last[part_id], there[part_id] = state, remote_id or there.get(part_id, "")
        yield Moment(entry.at, Happening.REFUND_MOVED, entry.actor, amount_minor=amounts[part_id], word=state)


def _state_of(entry: Entry) -> str:
    match entry.do:
        case "begin_sending":
            return PartState.SUBMITTED
        case "note_declined":
            return PartState.FAILED
        case "give_details":
            return "details_given"
    return str(entry.body.get("state") or PartState.PROCESSED)


def _said(entries: Sequence[Entry]) -> Iterator[Moment]:
    """What only the journal knows, and when a payment went back."""
    for entry in entries:
        what = _SAID.get(entry.do)
        if what is not None:
            word = str(entry.body.get("ship_status") or entry.body.get("detail") or entry.do)
            yield Moment(entry.at, what, entry.actor, word=word)
        elif entry.body.get("state") == PaymentState.REVERSED:
            amount = int(entry.body["gross_minor"]) - int(entry.body["customer_fee_minor"])
            yield Moment(entry.at, Happening.REVERSED, entry.actor, amount_minor=amount)
