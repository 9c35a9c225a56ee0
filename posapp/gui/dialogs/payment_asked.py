"""What a payment provider says when it is asked about one payment, in a sentence."""

from datetime import datetime
from zoneinfo import ZoneInfo

from posapp.domain.payments import PaymentState
from posapp.gui import text
from posapp.gui.method_words import method
from posapp.gui.post import PaymentTold


def told_words(told: PaymentTold, currency: str, zone: ZoneInfo, now: datetime) -> str:
    """Say how a payment stands, and what follows from it."""
    if told.words:
        return f"Nobody could tell. {told.words}"
    who = method(told.provider)
    amount = text.money(told.amount_minor, currency)
    match told.state:
        case PaymentState.SUCCEEDED:
            at = f" {text.when(told.paid_at, zone, now)}" if told.paid_at else ""
            return f"{who} has {amount}, paid{at}. It is being recorded."
        case PaymentState.PENDING:
            return f"{who} says: {amount} not there yet, still under way. Goods stay here."
        case PaymentState.FAILED:
            return f"{who} says: the payment failed. Nothing was paid."
        case PaymentState.REVERSED:
            return f"{who} says: {amount} was paid and taken back."
        case _:
            return f"{who} knows no payment {text.outside(told.reference, 60)}."
