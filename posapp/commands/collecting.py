"""Pay on delivery: the money is taken and the goods go out in one transaction, or neither."""

from posapp.commands.command import Command, Work
from posapp.commands.counter import Tender
from posapp.commands.payments import TakePayment, take_payment
from posapp.domain import handing
from posapp.domain.errors import Refused
from posapp.domain.orders import Order, Status
from posapp.domain.payments import PaymentStatus
from posapp.domain.tendering import CASH


class CollectAndHandOver(Command, frozen=True, kw_only=True, tag="collect_and_hand_over"):
    """An unpaid order is paid in full and all of it is handed over.

    `rounding_minor`: what paying the rest in cash adds to the total or (negative) takes off.
    """

    order_id: str
    tenders: tuple[Tender, ...]
    rounding_minor: int = 0


class NotAllThere(Refused):
    """Some of the goods are not there: nothing was taken, neither money nor units. `missing` by line id."""

    code = "not_all_there"

    def __init__(self, order: Order, missing: dict[str, int]) -> None:
        names = [f"{units} {line.name}" for line in order.lines if (units := missing.get(line.id, 0))]
        super().__init__(
            f"{', '.join(names)} of order {order.number} cannot be handed over now. No money was recorded."
        )
        self.missing = missing


def collect_and_hand_over(command: CollectAndHandOver, work: Work) -> str:
    """Record the money, take the units and hand them over; refused whole where money or goods are missing."""
    order = work.order(command.order_id)
    if order.status != Status.OPEN:
        raise Refused(f"Order {order.number} is {order.status.lower()} already.", code="not_open")
    if any(tender.awaiting for tender in command.tenders):
        raise Refused("Goods leave when the money is there, not when it is announced.", code="not_paid")
    rounding = command.rounding_minor
    for tender in sorted(command.tenders, key=_is_cash):  # cash pays what the others leave, and is rounded
        take_payment(_taken(command, tender, rounding if _is_cash(tender) else 0), work)
        rounding = 0 if _is_cash(tender) else rounding
    if rounding:
        raise Refused("Only what is paid in cash is rounded, to the smallest coin.", code="bad_rounding")
    if order.payment_status != PaymentStatus.PAID:
        raise Refused(f"Order {order.number} is not paid in full by that.", code="not_paid")
    missing = {line.id: order.short(line) for line in order.lines if order.short(line) > 0}
    if missing:
        raise NotAllThere(order, missing)
    handing.hand_over_all(work.book, order)
    return order.id


def _is_cash(tender: Tender) -> bool:
    return tender.method == CASH


def _taken(command: CollectAndHandOver, tender: Tender, rounding_minor: int) -> TakePayment:
    """One tender as the command that records it alone; its id is never journalled."""
    return TakePayment(
        id=command.id, actor=command.actor, at=command.at, approved_by=command.approved_by,
        order_id=command.order_id, amount_minor=tender.amount_minor, method=tender.method,
        reference=tender.reference, paid_at=command.at, rounding_minor=rounding_minor,
        given_minor=tender.given_minor,
    )  # fmt: skip
