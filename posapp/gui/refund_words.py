"""How far money is on its way back: a word, an icon and a tone, the same wherever a refund is shown."""

from collections.abc import Iterable, Sequence

from posapp.domain.payments import SENT_OUT, PartState
from posapp.gui import text
from posapp.gui.chips import Chip
from posapp.gui.method_words import method
from posapp.gui.tokens import Tone
from posapp.queries.detail_rows import PartFacts, RefundFacts

SAVED = Chip("Saved on this till", "hourglass", Tone.NEUTRAL)
SENT = Chip("Sent", "send", Tone.WAITING)
WITH_BANK = Chip("With the bank", "landmark", Tone.WAITING)
DONE = Chip("Done", "circle-check", Tone.GOOD)
FAILED = Chip("Failed (money not moved)", "circle-x", Tone.STOPPED)
NEEDS_DETAILS = Chip("Needs bank details", "landmark", Tone.ATTENTION)
STATE: dict[PartState, Chip] = {
    PartState.QUEUED: SAVED,
    PartState.SUBMITTED: SENT,
    PartState.PENDING: WITH_BANK,
    PartState.PROCESSED: DONE,
    PartState.FAILED: FAILED,
    PartState.NEEDS_DETAILS: NEEDS_DETAILS,
}
NOW: dict[PartState, str] = {  # the same in a sentence: "The refund of ₦12,500 ..."
    PartState.QUEUED: "is saved on this till",
    PartState.SUBMITTED: "is sent",
    PartState.PENDING: "is with the bank",
    PartState.PROCESSED: "is done",
    PartState.FAILED: "failed, no money moved",
    PartState.NEEDS_DETAILS: "needs the customer's bank details",
}
_URGENCY = (  # what a person must know first
    PartState.FAILED,
    PartState.NEEDS_DETAILS,
    PartState.QUEUED,
    PartState.SUBMITTED,
    PartState.PENDING,
    PartState.PROCESSED,
)
ROUTES = {
    "cash": "in cash",
    "hand": "by hand",
    "shop": "in the web shop",
    "exchange": "for another sale",
    "account": "off the account",
    "rounding": "rounded off",
    "gateway": "by the web shop's gateway",
}


def way(part: PartFacts) -> str:
    """Say by which way a share of a refund goes back, within a sentence."""
    if part.route == "provider":
        return f"by {method(part.provider)}"
    return ROUTES.get(part.route, part.route)


def ways(parts: Iterable[PartFacts]) -> str:
    """Say the ways of a refund, each once."""
    return ", ".join(dict.fromkeys(way(part) for part in parts))


def chips_of(refund: RefundFacts) -> list[tuple[Chip, int]]:
    """The states of a refund's money with the amount that is in each, minor units, the most urgent first."""
    found = []
    for state in _URGENCY:
        amounts = [
            part.amount_minor for part in refund.parts if part.state == state and part.route != "rounding"
        ]
        if amounts:
            found.append((STATE[state], sum(amounts)))
    return found


def is_sent_out(refund: RefundFacts) -> bool:
    """Whether somebody outside is asked to pay some of it."""
    return any(part.route in SENT_OUT for part in refund.parts)


def on_its_way(refunds: Sequence[RefundFacts]) -> list[str]:
    """Say of each refund that is asked for outside and is not there yet how far it is."""
    said = []
    for refund in refunds:
        states = [
            part.state
            for part in refund.parts
            if part.route in SENT_OUT and part.state != PartState.PROCESSED
        ]
        if states:
            first = min(states, key=_URGENCY.index)
            said.append(f"Refund: {STATE[first].word[:1].lower()}{STATE[first].word[1:]}")
    return said


def refused_words(parts: Iterable[PartFacts]) -> str:
    """What the other side said about the shares that failed; "" where it said nothing."""
    return next((text.outside(part.words, 160) for part in parts if part.words), "")
