"""Money that was seen, told by a person, a shop or a provider."""

from datetime import datetime
from typing import ClassVar

from posapp.commands.accounts import charge_account
from posapp.commands.command import Command, Work
from posapp.commands.lines import cash_step
from posapp.domain.errors import Refused
from posapp.domain.orders import Order, Status
from posapp.domain.paying import News, flag_delay, round_rest
from posapp.domain.paying import record_payment as record
from posapp.domain.payments import ACCOUNT, PaymentState, Teller
from posapp.domain.pricing import MAX_TOTAL_MINOR
from posapp.domain.tendering import CASH, TRANSFER, check_given, check_rounding

METHODS = ("cash", "transfer", "card", "other", "account")
_OF_ORDER = "SELECT order_id FROM payment WHERE provider = ? AND provider_ref = ?"


class RecordPayment(Command, frozen=True, kw_only=True, tag="record_payment"):
    """What a feed tells of a payment. `paid_at` is effective: the teller's time, capped by its clock."""

    at_till: ClassVar[bool] = False

    order_id: str
    provider: str
    provider_ref: str  # unique with `provider`: the same money is news once only
    reference: str
    method: str
    gross_minor: int
    customer_fee_minor: int
    state: PaymentState
    paid_at: datetime


class TakePayment(Command, frozen=True, kw_only=True, tag="take_payment"):
    """Money a person saw (or, `awaiting`, was only told of). `paid_at` is when it came.

    `rounding_minor`: what paying the rest in cash adds to the order's total or (negative) takes off.
    `given_minor`: the cash that was handed over; what is above the amount went back as change.
    """

    order_id: str
    amount_minor: int
    method: str  # cash, transfer, card, other, account
    reference: str
    paid_at: datetime
    awaiting: bool = False
    rounding_minor: int = 0
    given_minor: int = 0


class ConfirmTransfer(Command, frozen=True, kw_only=True, tag="confirm_transfer"):
    """An awaited transfer was seen in our own account (or will never come)."""

    order_id: str
    payment_id: str
    seen: bool
    reference: str = ""


class FlagDelay(Command, frozen=True, kw_only=True, tag="flag_delay"):
    """A provider's payment has been pending for too long."""

    at_till: ClassVar[bool] = False

    order_id: str
    payment_id: str


def record_payment(command: RecordPayment, work: Work) -> str:
    """Record first, decide after: a payment is never refused.

    Money that is known is news of the order it was recorded on, whatever order its teller names now: it is
    one payment, and a teller that changed its mind must neither count it twice nor lose that it was taken back.
    """
    known = work.row(_OF_ORDER, (command.provider, command.provider_ref))
    order = work.order(known[0] if known else command.order_id)
    record(
        work.book,
        order,
        News(
            command.provider, command.provider_ref, command.reference, command.method, command.gross_minor,
            command.customer_fee_minor, command.state, command.paid_at,
        ),
    )  # fmt: skip
    return order.id


def take_payment(command: TakePayment, work: Work) -> str:
    """Record money by hand. It counts now unless it is only announced."""
    order = work.order(command.order_id)
    _check_taken(command)
    if command.method == ACCOUNT:
        _put_on_account(command, work, order)
    if command.rounding_minor:
        rest = _rest(order)
        check_rounding(rest, command.amount_minor, command.rounding_minor, cash_step(work))
        round_rest(work.book, order, command.rounding_minor)
    state = PaymentState.PENDING if command.awaiting else PaymentState.SUCCEEDED
    ref = work.book.new_id("hand")
    news = News(
        Teller.HAND, ref, command.reference, command.method, command.amount_minor, 0, state, command.paid_at
    )
    record(work.book, order, news)
    order.payments[-1].given_minor = command.given_minor
    return order.id


def _check_taken(command: TakePayment) -> None:
    """See that money by hand makes sense, whatever it is for. Raises `Refused`."""
    if command.amount_minor <= 0:
        raise Refused("An amount above 0 is needed.", code="bad_amount")
    if command.amount_minor > MAX_TOTAL_MINOR:
        raise Refused("That is more than a till can count.", code="bad_amount")
    if command.method not in METHODS:
        raise Refused(f"Say how it was paid: {', '.join(METHODS)}.", code="bad_method")
    if command.paid_at > command.at:
        raise Refused("A payment cannot lie in the future.", code="in_future")
    if command.awaiting and command.method != TRANSFER:
        raise Refused("Only a transfer can be awaited; other money is there or is not.", code="bad_method")
    if command.rounding_minor and command.method != CASH:
        raise Refused("Only what is paid in cash is rounded, to the smallest coin.", code="bad_rounding")
    check_given(command.method, command.amount_minor, command.given_minor)


def _rest(order: Order) -> int:
    """What is still to be paid; nothing of an order that is closed."""
    return 0 if order.status == Status.CANCELLED else max(0, order.total_minor - order.paid_minor)


def _put_on_account(command: TakePayment, work: Work, order: Order) -> None:
    """The customer owes it from now on: no more than is due, within the limit. Raises `Refused`."""
    if command.amount_minor > _rest(order):
        raise Refused("No more than is still to be paid goes on an account.", code="too_much")
    charge_account(work, order, command.amount_minor)


def confirm_transfer(command: ConfirmTransfer, work: Work) -> str:
    """Settle an awaited transfer: it counts from now, the moment it was seen."""
    order = work.order(command.order_id)
    payment = next((p for p in order.payments if p.id == command.payment_id), None)
    if payment is None or payment.provider != Teller.HAND or payment.state != PaymentState.PENDING:
        raise Refused("That transfer is no longer awaited.", code="not_awaited")
    payment.reference = command.reference or payment.reference
    state = PaymentState.SUCCEEDED if command.seen else PaymentState.FAILED
    news = News(
        payment.provider, payment.provider_ref, payment.reference, payment.method, payment.gross_minor, 0, state,
        command.at,
    )  # fmt: skip
    record(work.book, order, news)
    return order.id


def flag_payment_delay(command: FlagDelay, work: Work) -> str:
    """Open the case of a payment that hangs."""
    flag_delay(work.book, work.order(command.order_id), command.payment_id)
    return command.order_id
