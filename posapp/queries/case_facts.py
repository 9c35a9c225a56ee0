"""Why an order needs a person: the facts of the sentence, with who took the missing units."""

from posapp.db.rows import from_text
from posapp.domain.attention import OVER_REASONS, SHORT_REASONS, Case, Reason
from posapp.domain.orders import Order, Status
from posapp.domain.payments import PartState, PaymentState
from posapp.queries.detail_rows import CaseFacts, CaseLine, Taker
from posapp.queries.reader import Reader

_TAKER = (
    "SELECT o.id, o.number, COALESCE(c.name, ''), o.confirmed_at, COALESCE(o.queue_at, o.placed_at), o.queue_seq "
    "FROM orders o LEFT JOIN contact c ON c.id = o.contact_id WHERE o.id = ?"
)


def case_facts(reader: Reader, order: Order) -> tuple[CaseFacts, ...]:
    """The open cases of an order, oldest first."""
    cases = sorted((c for c in order.cases if c.is_open), key=lambda c: (c.opened_at, c.id))
    return tuple(_case(reader, order, case) for case in cases)


def _case(reader: Reader, order: Order, case: Case) -> CaseFacts:
    names = {line.id: line.name for line in order.lines}
    short = case.reason in SHORT_REASONS
    return CaseFacts(
        reason=case.reason,
        opened_at=case.opened_at,
        detail=case.detail,
        lines=tuple(
            CaseLine(f.line_id, names.get(f.line_id, ""), f.wanted, f.got, f.short) for f in case.figures
        ),
        taker=_taker(reader, order, case.overtaken_by) if short and case.overtaken_by else None,
        amount_minor=_amount(order, case.reason),
    )


def _taker(reader: Reader, order: Order, taker_id: str) -> Taker | None:
    row = reader.row(_TAKER, (taker_id,))
    if row is None:
        return None
    place = (from_text(row[4]), row[5], row[0])
    return Taker(row[0], row[1], row[2], from_text(row[3]) if row[3] else None, place > order.place)


def _amount(order: Order, reason: Reason) -> int:
    """The money a case is about."""
    paid, total = order.paid_minor, order.total_minor
    if reason in OVER_REASONS:
        return max(0, paid - total)
    match reason:
        case Reason.LATE_PAYMENT:
            return order.unapplied_minor
        case Reason.PAYMENT_REVERSED:
            return max(0, total - paid)
        case Reason.PAYMENT_DELAYED:
            return sum(p.credited_minor for p in order.payments if p.state == PaymentState.PENDING)
        case Reason.SHOP_CHANGED:
            return paid if order.status == Status.CANCELLED else abs(paid - total)
        case Reason.REFUND_FAILED:
            return sum(order.failed_minor.values())
        case Reason.NEEDS_DETAILS:
            return sum(p.amount_minor for p in order.parts if p.state == PartState.NEEDS_DETAILS)
        case _:
            return 0
