"""From what was decided to what must be sent, and from what was answered back to the order.

Rows follow from how an order stands: a part that is queued asks for its row, and a refund of a web order asks
to be written down in the shop once none of its money is still under way. Doing it twice adds nothing.
"""

from posapp.domain.allocation import close
from posapp.domain.attention import Reason
from posapp.domain.book import Book
from posapp.domain.errors import NotFound
from posapp.domain.events import OutboxChanged
from posapp.domain.orders import Order
from posapp.domain.outbox import UNDO_FOR, Outgoing, OutKind, OutState, refund_key
from posapp.domain.paying import raise_case, weigh
from posapp.domain.payments import (
    EXCHANGE,
    GATEWAY,
    IN_SHOP,
    SENT_OUT,
    Part,
    PartState,
    PaymentState,
    Refund,
    RefundKind,
)

SHOWN_THERE = (RefundKind.EXCESS, RefundKind.ORDER, RefundKind.EDIT)  # what a web shop has a record for
_RANK = {
    PartState.QUEUED: 0,
    PartState.SUBMITTED: 1,
    PartState.PENDING: 2,
    PartState.NEEDS_DETAILS: 2,
    PartState.PROCESSED: 3,
    PartState.FAILED: 4,
}


def queue_refunds(book: Book, order: Order) -> None:
    """Write the rows that an order's refunds ask for and have not got."""
    for refund in order.refunds:
        parts = [part for part in order.parts if part.refund_id == refund.id]
        for place, part in enumerate(parts):
            if part.state == PartState.QUEUED:
                _queue_part(book, order, part, place)
        if order.shop_id and _is_to_be_shown(refund, parts):
            key = refund_key(refund.id, "shop", 1)
            _queue(book, Outgoing(key, order.id, OutKind.SHOP_REFUND, order.shop_id, book.at, refund.id))


def _queue_part(book: Book, order: Order, part: Part, place: int) -> None:
    payment = next(p for p in order.payments if p.id == part.payment_id)
    by_shop = part.route == GATEWAY
    kind = OutKind.SHOP_REFUND if by_shop else OutKind.PROVIDER_REFUND
    to = order.shop_id if by_shop else payment.provider
    key = refund_key(part.refund_id, str(_place_of(book, part, place)), part.attempt)
    _queue(book, Outgoing(key, order.id, kind, to, book.at + UNDO_FOR, part.refund_id, part.id))


def _place_of(book: Book, part: Part, place: int) -> int:
    """Which of its refund's parts it is, for all time: what became of the others moves it to no other's key."""
    places = {
        row.part_id: int(row.id.split("/")[-2])
        for row in book.outgoing(part.order_id)
        if row.refund_id == part.refund_id and row.part_id and row.kind != OutKind.REFUND_DETAILS
    }
    if part.id in places:
        return places[part.id]
    return place if place not in places.values() else max(places.values()) + 1


def _is_to_be_shown(refund: Refund, parts: list[Part]) -> bool:
    """Whether the web shop is still to write a refund down that was paid out another way."""
    if refund.remote_id or refund.kind not in SHOWN_THERE or refund.amount_minor <= 0:
        return False
    paid_here = all(part.route not in (GATEWAY, IN_SHOP, EXCHANGE) for part in parts)
    return bool(parts) and paid_here and all(part.state == PartState.PROCESSED for part in parts)


def _queue(book: Book, row: Outgoing) -> None:
    rows = book.outgoing(row.order_id)
    if all(known.id != row.id for known in rows):
        rows.append(row)
        book.tell(OutboxChanged(row.order_id))


def row_of(book: Book, order: Order, outgoing_id: str) -> Outgoing:
    """Find a row of an order. Raises `NotFound`."""
    row = next((row for row in book.outgoing(order.id) if row.id == outgoing_id), None)
    if row is None:
        raise NotFound("There is nothing like that to send.", code="outgoing_not_found")
    return row


def begin(book: Book, order: Order, row: Outgoing) -> None:
    """A try begins now: it may arrive, whatever is heard of it, and can no longer be taken back."""
    if row.state != OutState.WAITING:
        return
    row.state = OutState.SENDING
    part = _part_of(order, row)
    if part is not None and part.state == PartState.QUEUED:
        part.state = PartState.SUBMITTED
    book.tell(OutboxChanged(order.id))


def acknowledge(
    book: Book, order: Order, row: Outgoing, remote_id: str, state: PartState, words: str = ""
) -> None:
    """The other side has it; `state` says how far the money of a refund is.

    It may have been said before that this attempt had failed: what is there is believed, and is not sent again.
    """
    if row.state in (OutState.DONE, OutState.WITHDRAWN):
        return
    row.state, row.remote_id, row.words, row.answered_at = OutState.DONE, remote_id, words, book.at
    refund = next((r for r in order.refunds if r.id == row.refund_id), None)
    if refund is not None and row.kind == OutKind.SHOP_REFUND:
        refund.remote_id = remote_id
    part = _part_of(order, row)
    if part is not None:
        if row.kind != OutKind.SHOP_REFUND:  # the provider's own name of it; the shop's stands on the refund
            part.remote_id = remote_id or part.remote_id
        if part.state == PartState.FAILED and state != PartState.FAILED:
            part.state = PartState.SUBMITTED
        move_part(book, order, part, state)
        for other in book.outgoing(order.id):
            if (other.part_id, other.kind) == (row.part_id, row.kind) and other.state == OutState.WAITING:
                other.state, other.answered_at = OutState.WITHDRAWN, book.at
    elif row.part_id and refund is not None and state != PartState.FAILED:
        # A person has given it another way since: the customer has it twice.
        raise_case(book, order, Reason.SHOP_CHANGED, detail="refunded")
    book.tell(OutboxChanged(order.id))


def decline(book: Book, order: Order, row: Outgoing, words: str) -> None:
    """The other side has said no, for good.

    Money that did not move is a case, and a bank account that was not taken is asked for again; the rest is parked.
    """
    if not row.state.is_open:
        return
    part = _part_of(order, row)
    row.state = OutState.FAILED if part is not None else OutState.REFUSED
    row.words, row.answered_at = words, book.at
    if part is not None:
        wants_account = row.kind == OutKind.REFUND_DETAILS
        move_part(book, order, part, PartState.NEEDS_DETAILS if wants_account else PartState.FAILED)
    book.tell(OutboxChanged(order.id))


def move_part(book: Book, order: Order, part: Part, state: PartState) -> None:
    """Follow how far a part's money is; it only goes forward, and what failed may yet bring N to the total."""
    if state == part.state or _RANK[state] < _RANK[part.state]:
        return
    part.state = state
    weigh(book, order, at=book.at)


def withdraw(book: Book, order: Order, refund_id: str) -> None:
    """Take back what was not sent yet of a refund that is undone."""
    for row in book.outgoing(order.id):
        if row.refund_id == refund_id and row.state in (OutState.WAITING, OutState.REFUSED):
            row.state, row.answered_at = OutState.WITHDRAWN, book.at
            book.tell(OutboxChanged(order.id))


def _part_of(order: Order, row: Outgoing) -> Part | None:
    return next((part for part in order.parts if part.id == row.part_id), None) if row.part_id else None


def settle_refunds(book: Book, order: Order) -> None:
    """Ask for a person while money that was to go back has not gone, or waits for a bank account.

    Where a failed share is owed no more, its customer is not told of it either.
    """
    sent_out = [part for part in order.parts if part.route in SENT_OUT]
    _drop_taken_back(book, order)
    owed = order.failed_minor
    for reason, there in (
        (Reason.REFUND_FAILED, bool(owed)),
        (Reason.NEEDS_DETAILS, any(part.state == PartState.NEEDS_DETAILS for part in sent_out)),
    ):
        case = order.open_case(reason)
        if there and case is None:
            raise_case(book, order, reason)
        elif case is not None and not there:
            close(book, order, case, resolution="gone", by="posapp")
    for part in sent_out:
        if not part.counts and part.id not in owed:
            _say_nothing(book, order, part.refund_id)


def _drop_taken_back(book: Book, order: Order) -> None:
    """What was not sent yet of a payment that the bank took back never goes: its customer has that money."""
    gone = {payment.id for payment in order.payments if payment.state == PaymentState.REVERSED}
    dropped = {p.id for p in order.parts if p.payment_id in gone and p.state == PartState.QUEUED}
    for part in order.parts:
        if part.id in dropped:
            part.state = PartState.FAILED
    for row in book.outgoing(order.id) if dropped else ():
        if row.part_id in dropped and row.state == OutState.WAITING:
            row.state, row.answered_at = OutState.WITHDRAWN, book.at
            book.tell(OutboxChanged(order.id))


def _say_nothing(book: Book, order: Order, refund_id: str) -> None:
    for row in book.outgoing(order.id):
        about_it = row.kind == OutKind.SHOP_ORDER and row.refund_id == refund_id
        if about_it and row.state == OutState.WAITING:
            row.state, row.answered_at = OutState.WITHDRAWN, book.at
            book.tell(OutboxChanged(order.id))
