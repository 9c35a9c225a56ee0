"""Decisions about money that was to go back through a gateway and did not."""

from typing import Protocol

from posapp.domain.book import Book, Decision
from posapp.domain.cancelling import take_refund_back
from posapp.domain.errors import Refused
from posapp.domain.orders import Order
from posapp.domain.payments import SENT_OUT, Part, PartState
from posapp.domain.refunding import Payout


class Chosen(Protocol):
    """What these need to know of a choice: how money goes back."""

    @property
    def payout(self) -> Payout:
        """Route and reference."""
        ...


def retry_refund(book: Book, order: Order, choice: Chosen, decision: Decision) -> None:
    """Ask once more, under a new key: the attempt before has failed for good, so nothing is paid twice."""
    for part in order.failed_parts:
        if _leave_what_is_owed(order, part):
            part.attempt, part.state, part.remote_id = part.attempt + 1, PartState.QUEUED, ""


def record_manual_refund(book: Book, order: Order, choice: Chosen, decision: Decision) -> None:
    """A person gave the money another way: in cash, or by hand elsewhere; the failed shares are replaced."""
    payout = choice.payout
    if payout.route in SENT_OUT:
        raise Refused("Say how the money was given: in cash, or by hand elsewhere.", code="bad_route")
    for failed in order.failed_parts:
        if not _leave_what_is_owed(order, failed):
            continue
        given = Part(
            book.new_id("part"), failed.refund_id, order.id, failed.payment_id, failed.amount_minor, payout.route,
            payout.reference, shift_id=book.shift_id,
        )  # fmt: skip
        order.parts[order.parts.index(failed)] = given


def _leave_what_is_owed(order: Order, part: Part) -> bool:
    """Lower a failed share to what its payment still holds: the rest was given back elsewhere meanwhile (I6).

    False where nothing is left of it; then it is gone.
    """
    payment = next(p for p in order.payments if p.id == part.payment_id)
    given_elsewhere = part.amount_minor - min(part.amount_minor, max(0, order.left_of(payment)))
    refund = next(refund for refund in order.refunds if refund.id == part.refund_id)
    refund.amount_minor -= given_elsewhere
    part.amount_minor -= given_elsewhere
    if not part.amount_minor:
        order.parts.remove(part)
    return bool(part.amount_minor)


def undo_refund(book: Book, order: Order, choice: Chosen, decision: Decision) -> None:
    """Take the decision back whose money never went: lines and total are as they were before it."""
    failed = {part.refund_id for part in order.failed_parts}
    for refund_id in failed:
        if any(part.counts for part in order.parts if part.refund_id == refund_id):
            raise Refused(
                f"A share of this refund of order {order.number} has been paid: the rest cannot be undone.",
                code="money_left",
            )
    refunds = [refund for refund in order.refunds if refund.id in failed]
    if any(refund.remote_id for refund in refunds):
        # It would come back from there as a refund of the shop's own.
        raise Refused(
            f"The web shop has this refund of order {order.number} in its books: delete it there first, then undo.",
            code="written_there",
        )
    for refund in refunds:
        take_refund_back(book, order, refund.id)
