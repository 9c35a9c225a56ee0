"""What happened to an order, oldest first, told from what is stored: who, when, how much."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from posapp.db.rows import from_text
from posapp.domain.book import Decision
from posapp.domain.orders import Order
from posapp.domain.payments import PaymentState
from posapp.domain.stock import MovementKind
from posapp.queries.detail_rows import Happening, Moment
from posapp.queries.reader import Reader
from posapp.queries.revisions import entries_of

_MOVED = (
    "SELECT recorded_at, effective_at, kind, actor, SUM(allocated_delta) FROM movement WHERE order_id = ? "
    "GROUP BY recorded_at, kind ORDER BY MIN(rowid)"
)
_PAID = {
    PaymentState.PENDING: Happening.ANNOUNCED,
    PaymentState.SUCCEEDED: Happening.PAID,
    PaymentState.FAILED: Happening.PAYMENT_FAILED,
    PaymentState.REVERSED: Happening.REVERSED,
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
_ORDER = list(Happening)


def timeline(reader: Reader, order: Order, decisions: Sequence[Decision]) -> tuple[Moment, ...]:
    """Everything worth telling of an order; at one moment, in the order of `Happening`."""
    moments = [
        Moment(order.placed_at, Happening.PLACED, word=order.channel),
        *(
            Moment(p.paid_at, _PAID[p.state], amount_minor=p.credited_minor, word=p.method)
            for p in order.payments
        ),
        *_units(reader, order),
        *_cases(order),
        *(Moment(d.at, Happening.DECIDED, d.actor, word=d.key) for d in decisions),
        *(
            Moment(r.decided_at, Happening.REFUNDED, r.actor, amount_minor=r.amount_minor, word=r.kind)
            for r in order.refunds
        ),
        *_said(reader, order),
    ]
    if order.cancelled_at is not None:
        moments.append(Moment(order.cancelled_at, Happening.CANCELLED, word=order.close_reason))
    return tuple(sorted(moments, key=lambda m: (m.at, _ORDER.index(m.what))))


def _units(reader: Reader, order: Order) -> Iterator[Moment]:
    """Units held, given back and handed over; "held n of m" tells what the order wants in all."""
    wanted = sum(line.confirmed_qty for line in order.lines if line.tracked)
    for _, effective_at, kind, actor, units in reader.rows(_MOVED, (order.id,)):
        what = _MOVES.get(kind)
        if what is not None and units:
            of_units = wanted if what == Happening.HELD else 0
            yield Moment(from_text(effective_at), what, actor, abs(units), of_units)


def _cases(order: Order) -> Iterator[Moment]:
    """When attention was asked for and when it was no longer needed."""
    opened = sorted(order.cases, key=lambda case: case.opened_at)
    for at, together in groupby(opened, key=lambda case: case.opened_at):
        for case in together:
            yield Moment(at, Happening.ATTENTION, word=case.reason)
    for case in opened:
        if case.resolved_at is not None:
            yield Moment(case.resolved_at, Happening.SETTLED, case.resolved_by, word=case.resolution)


def _said(reader: Reader, order: Order) -> Iterator[Moment]:
    for entry in entries_of(reader, order.id):
        what = _SAID.get(entry.do)
        if what is not None:
            word = str(entry.body.get("ship_status") or entry.body.get("detail") or entry.do)
            yield Moment(entry.at, what, entry.actor, word=word)
