"""What waits to be sent in words: what it is, how far it is, and what sending again and giving up mean."""

from datetime import datetime
from zoneinfo import ZoneInfo

from posapp.domain.outbox import OutKind, OutState
from posapp.gui import refund_words, text
from posapp.gui.chips import Chip
from posapp.gui.method_words import method
from posapp.gui.tokens import Tone
from posapp.queries.outbox import OutboxRow

REFUSED = Chip("Refused", "circle-alert", Tone.ATTENTION)
ICONS = {
    OutKind.SHOP_REFUND: "undo-2",
    OutKind.PROVIDER_REFUND: "undo-2",
    OutKind.REFUND_DETAILS: "landmark",
    OutKind.SHOP_ORDER: "receipt-text",
}
_AGAIN = {
    OutKind.SHOP_REFUND: "asks once more, under the same reference: it is never done twice",
    OutKind.PROVIDER_REFUND: "asks once more, under the same reference: it is never paid twice",
    OutKind.REFUND_DETAILS: "tells the same account once more",
    OutKind.SHOP_ORDER: "tells the web shop once more how the order stands",
}
_DISCARD = {
    OutKind.SHOP_REFUND: "the web shop never shows this refund, unless somebody writes it down there. "
    "The money stays as it is",
    OutKind.PROVIDER_REFUND: "nobody is asked for this money any more",
    OutKind.REFUND_DETAILS: "this account is not told; the order asks for another one when it is still needed",
    OutKind.SHOP_ORDER: "the web shop goes on showing the order as it stands there. Nothing changes here",
}


def is_record(row: OutboxRow) -> bool:
    """Whether a refund is only to be written down in the web shop: its money went another way."""
    return row.kind == OutKind.SHOP_REFUND and row.id.split("/")[1:2] == ["shop"]


def change(row: OutboxRow) -> str:
    """Say what it is, with the order and the amount."""
    number = text.outside(row.number, 24)
    money = text.money(row.amount_minor, row.currency)
    match row.kind:
        case OutKind.SHOP_REFUND if is_record(row):
            return f"Record of the refund of {number}, {money}"
        case OutKind.SHOP_REFUND | OutKind.PROVIDER_REFUND:
            return f"Refund of {number}, {money}"
        case OutKind.REFUND_DETAILS:
            return f"Bank details for the refund of {number}"
        case OutKind.SHOP_ORDER:
            return f"Status of order {number}"


def to_whom(row: OutboxRow) -> str:
    """Say who is told, within a sentence."""
    shops = (OutKind.SHOP_REFUND, OutKind.SHOP_ORDER)
    return "the web shop" if row.kind in shops else method(row.to)


def state_chip(row: OutboxRow) -> Chip:
    """How far it is."""
    if row.state == OutState.REFUSED:
        return REFUSED
    return refund_words.SENT if row.state == OutState.SENDING else refund_words.SAVED


def state_words(row: OutboxRow, zone: ZoneInfo, now: datetime, *, behind: bool, offline: bool) -> str:
    """Say beside the chip what it waits for; `behind`: what was refused of its order goes first."""
    if behind:
        return "Waits for what was refused of this order"
    if row.state == OutState.SENDING and not row.words:
        return f"To {to_whom(row)}, no answer yet"
    why = f". {text.outside(row.words, 120)}" if row.words else ""
    if offline:
        return f"Goes when the network is back{why}"
    if row.due_at > now:
        return "Can still be undone"
    if row.next_at is not None and row.next_at > now:
        return f"Tried again {text.clock(row.next_at, zone)}{why}"
    return f"Goes next{why}"


def again_means(row: OutboxRow) -> str:
    """Say what sending again does."""
    return f"Send again {_AGAIN[row.kind]}."


def discard_means(row: OutboxRow) -> str:
    """Say what giving up does."""
    return f"Discard: {_DISCARD[row.kind]}."
