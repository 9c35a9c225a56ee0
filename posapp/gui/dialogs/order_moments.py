"""What happened to an order, a few words a moment, for the panel beside the list."""

from posapp.gui import text
from posapp.gui.dialogs.order_words import DECIDED
from posapp.gui.method_words import METHODS
from posapp.queries.detail_rows import Happening, Moment

_PLACED = {"WEB": "Placed on the web", "COUNTER": "Placed at the counter", "MANUAL": "Placed by hand"}
_REASONS = {
    "SHORTAGE": "Short of stock",
    "STOCK_DEFICIT": "Lost units to a count",
    "PAYMENT_DELAYED": "Payment hangs",
    "LATE_PAYMENT": "Paid late",
    "OVERPAYMENT": "Paid too much",
    "DUPLICATE_PAYMENT": "Paid twice",
    "PAYMENT_REVERSED": "Payment taken back",
    "SHOP_CHANGED": "Changed in the web shop",
    "REFUND_FAILED": "Refund failed",
    "NEEDS_DETAILS": "Needs bank details",
}
_SAYS: dict[Happening, str] = {
    Happening.ANNOUNCED: "{money} announced{by}",
    Happening.PAID: "{money} paid{by}",
    Happening.PAYMENT_FAILED: "{money} was not paid",
    Happening.REVERSED: "{money} taken back by the bank",
    Happening.HELD: "{units}{of} taken from stock",
    Happening.RELEASED: "{units} back to stock",
    Happening.HANDED_OVER: "{units} handed over",
    Happening.REFUNDED: "{money} refunded",
    Happening.REFUND_MOVED: "Refund of {money} {step}",
    Happening.EDITED: "Edited",
    Happening.UNDONE: "Decision undone",
    Happening.SHOP_CHANGED: "Changed in the web shop",
    Happening.CANCELLED: "Cancelled",
}
_STEPS = {
    "SUBMITTED": "sent",
    "PENDING": "is with the bank",
    "PROCESSED": "is done",
    "FAILED": "failed, no money moved",
    "NEEDS_DETAILS": "needs bank details",
    "details_given": "goes on with the bank details given",
}


def words_of(moment: Moment, currency: str) -> str:
    """Say one moment; "" for one that a neighbour tells already (a decision tells its settling)."""
    word = moment.word
    match moment.what:
        case Happening.PLACED:
            return _PLACED.get(word, "Placed")
        case Happening.SHIPPED:
            return f"Marked {word.lower()}"
        case Happening.ATTENTION:
            return f"Attention: {_REASONS.get(word, word)}"
        case Happening.DECIDED:
            return DECIDED.get(word, word.replace("_", " ").capitalize())
        case Happening.SETTLED:
            return "Stock arrived" if word == "restocked" else ""
    of_units = f" of {text.number(moment.of_units)}" if moment.of_units > moment.units else ""
    return _SAYS[moment.what].format(
        money=text.money(moment.amount_minor, currency),
        units=text.number(moment.units),
        of=of_units,
        by=_by(word),
        step=_STEPS.get(word, ""),
    )


def _by(method: str) -> str:
    shown = METHODS.get(method.lower(), text.outside(method, 24))
    return f" by {shown}" if shown else ""
