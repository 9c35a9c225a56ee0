"""From what a provider says of one attempt to pay to the events it tells. Pure."""

from datetime import datetime

from posapp.commands.command import named
from posapp.commands.payments import RecordPayment
from posapp.domain.feed import Kind, ProviderPayment
from posapp.domain.orders import Order
from posapp.domain.payments import PaymentState
from posapp.sync.deriving import Dated, Key


def payment_events(payment: ProviderPayment, order: Order, seen_at: datetime, row_seq: int) -> list[Dated]:
    """What a provider tells of one attempt to pay, as events of its order.

    Money that was taken back had come first, whether or not anybody looked in between: what it
    confirmed is there to be decided about.
    """
    state = PaymentState(payment.state)
    told = [state]
    if state == PaymentState.REVERSED and payment.paid_at is not None:
        told = [PaymentState.SUCCEEDED, state]
    return [_payment_event(payment, one, order, seen_at, row_seq) for one in told]


def _payment_event(
    payment: ProviderPayment, state: PaymentState, order: Order, seen_at: datetime, row_seq: int
) -> Dated:
    paid_at = min(max(payment.paid_at or payment.created_at, order.placed_at), seen_at)
    # When a payment was taken back nobody says; it is news from now on, and comes after the shop's
    # own refund of it, which the provider tells as a reversal too.
    taken_back = state == PaymentState.REVERSED
    at, kind = (seen_at, Kind.CANCELLED) if taken_back else (paid_at, Kind.PAYMENT)
    command = RecordPayment(
        id=named("provider payment", payment.provider, payment.provider_ref, state, order.id),
        actor=payment.provider,
        at=at,
        order_id=order.id,
        provider=payment.provider,
        provider_ref=payment.provider_ref,
        reference=payment.provider_ref,
        method=payment.channel or payment.provider,
        gross_minor=payment.gross_minor,
        customer_fee_minor=payment.customer_fee_minor,
        state=state,
        paid_at=paid_at,
    )
    return Dated(Key(at, kind, order.sequence, command.id), command, row_seq)
