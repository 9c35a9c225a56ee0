"""Decisions about money that was to go back through a gateway and did not."""

from typing import Protocol

from posapp.domain.attention import Reason
from posapp.domain.book import Book, Decision
from posapp.domain.cancelling import take_refund_back
from posapp.domain.errors import Refused
from posapp.domain.events import OutboxChanged
from posapp.domain.orders import Order, Status
from posapp.domain.outbox import OutKind, OutState
from posapp.domain.paying import flag_reversal, raise_case
from posapp.domain.payments import SENT_OUT, Part, PartState, PaymentState
from posapp.domain.refunding import Payout


class Chosen(Protocol):
    """What these need to know of a choice: how money goes back."""

    @property
    def payout(self) -> Payout:
        """Route and reference."""
        ...


def retry_refund(book: Book, order: Order, choice: Chosen, decision: Decision) -> None:
    """Ask once more, under a new key: the attempt before has failed for good, so nothing is paid twice."""
    for part in _as_owed(book, order):
        part.attempt, part.state, part.remote_id = part.attempt + 1, PartState.QUEUED, ""


def record_manual_refund(book: Book, order: Order, choice: Chosen, decision: Decision) -> None:
    """A person gave the money another way: in cash, or by hand elsewhere; the failed shares are replaced."""
    payout = choice.payout
    if payout.route in SENT_OUT:
        raise Refused("Say how the money was given: in cash, or by hand elsewhere.", code="bad_route")
    for failed in _as_owed(book, order):
        given = Part(
            book.new_id("part"), failed.refund_id, order.id, failed.payment_id, failed.amount_minor, payout.route,
            payout.reference, shift_id=book.shift_id,
        )  # fmt: skip
        order.parts[order.parts.index(failed)] = given


def _as_owed(book: Book, order: Order) -> list[Part]:
    """The failed shares, each lowered to what is still owed of it: the rest went back, or is needed, elsewhere (I6)."""
    owed = order.failed_minor
    parts = [part for part in order.parts if part.id in owed]
    for part in parts:
        refund = next(refund for refund in order.refunds if refund.id == part.refund_id)
        refund.amount_minor -= part.amount_minor - owed[part.id]
        part.amount_minor = owed[part.id]
    for row in book.outgoing(order.id):  # the account is no longer asked for
        if row.kind == OutKind.REFUND_DETAILS and row.part_id in owed and row.state.is_open:
            row.state, row.answered_at = OutState.WITHDRAWN, book.at
            book.tell(OutboxChanged(order.id))
    return parts


def undo_refund(book: Book, order: Order, choice: Chosen, decision: Decision) -> None:
    """Take the decision back whose money never went: lines and total are as they were before it."""
    owed = order.failed_minor
    failed = {part.refund_id for part in order.parts if part.id in owed}
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
    if any(row.refund_id in failed and row.state == OutState.SENDING for row in book.outgoing(order.id)):
        raise Refused(
            f"The web shop may be writing this refund of order {order.number} down: wait for its answer, then undo.",
            code="being_written",
        )
    for refund in refunds:
        take_refund_back(book, order, refund.id)
    _ask_again(book, order)


def _ask_again(book: Book, order: Order) -> None:
    """What the decision had settled is open once more: what the shop changed, what the bank took back.

    Missing units and money above the total ask for themselves.
    """
    there = [case.detail for case in order.cases if case.reason == Reason.SHOP_CHANGED]
    if order.status == Status.CANCELLED:
        if there and order.paid_minor > 0:
            raise_case(book, order, Reason.SHOP_CHANGED, detail=there[-1])
    elif there and order.contribution_minor > order.total_minor:
        raise_case(book, order, Reason.SHOP_CHANGED, detail="edited")
    elif order.is_confirmed and any(p.state == PaymentState.REVERSED for p in order.payments):
        flag_reversal(book, order)
