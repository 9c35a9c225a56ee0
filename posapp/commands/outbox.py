"""What became of what was sent, and what a person says to do about what was refused.

The sender gives the first four as "posapp": a row is journalled as begun before anything leaves, so that a kill
at any instant leaves a row that is looked for outside before it is sent again.
"""

from typing import ClassVar

from posapp.commands.command import Command, Work
from posapp.domain import provider_refunds, sending
from posapp.domain.errors import NotFound, Refused
from posapp.domain.events import OutboxChanged
from posapp.domain.orders import Order
from posapp.domain.outbox import Outgoing, OutKind, OutState, refund_key
from posapp.domain.payments import Part, PartState


class BeginSending(Command, frozen=True, kw_only=True, tag="begin_sending"):
    """A try begins: from now on the row may have arrived."""

    at_till: ClassVar[bool] = False

    order_id: str
    outgoing_id: str


class NoteSent(Command, frozen=True, kw_only=True, tag="note_sent"):
    """The other side has it. `state` is how far the money of a refund is there."""

    at_till: ClassVar[bool] = False

    order_id: str
    outgoing_id: str
    remote_id: str = ""
    state: PartState = PartState.PROCESSED
    words: str = ""


class NoteDeclined(Command, frozen=True, kw_only=True, tag="note_declined"):
    """The other side has said no, for good."""

    at_till: ClassVar[bool] = False

    order_id: str
    outgoing_id: str
    words: str


class NoteRefundState(Command, frozen=True, kw_only=True, tag="note_refund_state"):
    """A payment provider tells how a refund that it has stands now."""

    at_till: ClassVar[bool] = False

    order_id: str
    part_id: str
    remote_id: str
    state: PartState


class RecordProviderRefund(Command, frozen=True, kw_only=True, tag="record_provider_refund"):
    """A payment provider tells of a refund that bears no reference of ours."""

    at_till: ClassVar[bool] = False

    order_id: str
    provider: str
    remote_id: str
    payment_ref: str
    amount_minor: int
    state: PartState
    reason: str = ""


class SendAgain(Command, frozen=True, kw_only=True, tag="send_again"):
    """Send what was refused once more."""

    order_id: str
    outgoing_id: str


class DiscardOutgoing(Command, frozen=True, kw_only=True, tag="discard_outgoing"):
    """Give up what was refused: the other side is never told."""

    order_id: str
    outgoing_id: str
    reason: str = ""


class GiveDetails(Command, frozen=True, kw_only=True, tag="give_details"):
    """The customer's bank account is there; the account itself travels beside the journal."""

    order_id: str
    part_id: str


def begin_sending(command: BeginSending, work: Work) -> str:
    """Mark a row as begun; answers its state, which is another one where it was taken back meanwhile."""
    order, row = _row(work, command.order_id, command.outgoing_id)
    sending.begin(work.book, order, row)
    return row.state


def note_sent(command: NoteSent, work: Work) -> str:
    """Write down that the other side has it."""
    order, row = _row(work, command.order_id, command.outgoing_id)
    sending.acknowledge(work.book, order, row, command.remote_id, command.state, command.words)
    return row.state


def note_declined(command: NoteDeclined, work: Work) -> str:
    """Write down that the other side refused."""
    order, row = _row(work, command.order_id, command.outgoing_id)
    sending.decline(work.book, order, row, command.words)
    return row.state


def note_refund_state(command: NoteRefundState, work: Work) -> str:
    """Follow a refund at its provider; news of an attempt before, or from before an account was told, is old."""
    order = work.order(command.order_id)
    part = _part(order, command.part_id)
    told = any(
        row.part_id == part.id and row.kind == OutKind.REFUND_DETAILS and row.state.is_open
        for row in work.book.outgoing(order.id)
    )
    if part.remote_id == command.remote_id and not (told and command.state == PartState.NEEDS_DETAILS):
        sending.move_part(work.book, order, part, command.state)
    return part.state


def record_provider_refund(command: RecordProviderRefund, work: Work) -> str:
    """Follow a refund made in a provider's dashboard, or by the web shop's plugin."""
    order = work.order(command.order_id)
    news = provider_refunds.ProviderRefundNews(
        command.provider, command.remote_id, command.payment_ref, command.amount_minor, command.state, command.reason
    )  # fmt: skip
    provider_refunds.record_provider_refund(work.book, order, news)
    return order.id


def send_again(command: SendAgain, work: Work) -> str:
    """Let a parked row wait again."""
    order, row = _parked(work, command.order_id, command.outgoing_id)
    row.state, row.words, row.answered_at, row.due_at = OutState.WAITING, "", None, command.at
    work.book.tell(OutboxChanged(order.id))
    return row.id


def discard_outgoing(command: DiscardOutgoing, work: Work) -> str:
    """Give up a parked row; what it was about stays as it is here."""
    order, row = _parked(work, command.order_id, command.outgoing_id)
    row.state, row.answered_at = OutState.DISCARDED, command.at
    work.book.tell(OutboxChanged(order.id))
    return row.id


def give_details(command: GiveDetails, work: Work) -> str:
    """Queue the telling of a bank account; answers the row's id, under which the account is kept until it is sent."""
    order = work.order(command.order_id)
    part = _part(order, command.part_id)
    if part.state != PartState.NEEDS_DETAILS:
        raise Refused("Nobody asks for a bank account for this refund.", code="not_asked")
    rows = work.book.outgoing(order.id)
    payment = next(p for p in order.payments if p.id == part.payment_id)
    attempt = sum(row.part_id == part.id and row.kind == OutKind.REFUND_DETAILS for row in rows) + 1
    key = refund_key(part.refund_id, f"{part.id}/details", attempt)
    rows.append(
        Outgoing(key, order.id, OutKind.REFUND_DETAILS, payment.provider, command.at, part.refund_id, part.id)
    )
    part.state = PartState.SUBMITTED
    work.book.tell(OutboxChanged(order.id))
    return key


def _row(work: Work, order_id: str, outgoing_id: str) -> tuple[Order, Outgoing]:
    order = work.order(order_id)
    return order, sending.row_of(work.book, order, outgoing_id)


def _parked(work: Work, order_id: str, outgoing_id: str) -> tuple[Order, Outgoing]:
    order, row = _row(work, order_id, outgoing_id)
    if row.state != OutState.REFUSED:
        raise Refused("That was not refused, or somebody has decided about it already.", code="not_refused")
    return order, row


def _part(order: Order, part_id: str) -> Part:
    part = next((part for part in order.parts if part.id == part_id), None)
    if part is None:
        raise NotFound("There is no such part of a refund.", code="part_not_found")
    return part
