"""The two chips of an order: how it stands with its money, and with its goods."""

from enum import StrEnum
from typing import NamedTuple

from posapp.domain.orders import Order, ShipStatus, Status
from posapp.domain.payments import PaymentState, PaymentStatus


class PaymentMark(StrEnum):
    """The payment chip. A cancelled order shows unpaid, refunded, or what is owed to the customer."""

    PAID = "paid"
    PARTLY = "partly"
    UNPAID = "unpaid"
    AWAITING = "awaiting"  # a transfer or a provider's payment that is announced and not there yet
    REFUNDED = "refunded"
    OWED = "owed"


class FulfilmentMark(StrEnum):
    """The fulfilment chip. Attention goes before everything while a case is open."""

    NOT_STARTED = "not_started"  # not paid in full: goods must not leave
    TO_PREPARE = "to_prepare"
    HANDED_OVER = "handed_over"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    ATTENTION = "attention"
    CANCELLED = "cancelled"


def payment_mark(order: Order) -> PaymentMark:
    """How an order stands with its money; its payments and parts are needed, its lines are not."""
    return _payment_mark(order, order.payment_status)


def _payment_mark(order: Order, money: PaymentStatus) -> PaymentMark:
    if order.status == Status.CANCELLED:
        if order.owed_minor > 0:
            return PaymentMark.OWED
        return PaymentMark.REFUNDED if order.refunded_minor > 0 else PaymentMark.UNPAID
    match money:
        case PaymentStatus.PAID:
            return PaymentMark.PAID
        case PaymentStatus.PARTIALLY_PAID:
            return PaymentMark.PARTLY
        case PaymentStatus.UNPAID:
            pending = any(payment.state == PaymentState.PENDING for payment in order.payments)
            return PaymentMark.AWAITING if pending else PaymentMark.UNPAID


_SENT = {ShipStatus.SHIPPED: FulfilmentMark.SHIPPED, ShipStatus.DELIVERED: FulfilmentMark.DELIVERED}


def fulfilment_mark(order: Order) -> FulfilmentMark:
    """How an order stands with its goods; its payments, parts and cases are needed, its lines are not."""
    return _fulfilment_mark(order, order.payment_status)


def _fulfilment_mark(order: Order, money: PaymentStatus) -> FulfilmentMark:
    if any(case.is_open for case in order.cases):
        return FulfilmentMark.ATTENTION
    match order.status:
        case Status.CANCELLED:
            return FulfilmentMark.CANCELLED
        case Status.COMPLETED:
            return _SENT.get(order.ship_status, FulfilmentMark.HANDED_OVER)
        case Status.PROCESSING if money == PaymentStatus.PAID:
            return FulfilmentMark.TO_PREPARE
        case _:
            return FulfilmentMark.NOT_STARTED


class Standing(NamedTuple):
    """What is worked out of an order and kept beside it, so that lists can be found and summed by it."""

    payment_mark: str
    fulfilment_mark: str
    paid_minor: int
    refunded_minor: int
    owed_minor: int


def standing_of(order: Order) -> Standing:
    """How an order stands; its payments, parts and cases are needed, its lines are not."""
    money = order.payment_status
    marks = _payment_mark(order, money).value, _fulfilment_mark(order, money).value
    return Standing(*marks, order.paid_minor, order.refunded_minor, order.owed_minor)
