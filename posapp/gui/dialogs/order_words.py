"""What the order's dialogs say: sentences made of facts, always naming the person, the order and the amount."""

from collections.abc import Sequence
from datetime import datetime

from posapp.domain.attention import Reason
from posapp.domain.orders import CloseReason
from posapp.domain.payments import SENT_OUT
from posapp.gui import refund_words, text
from posapp.gui.method_words import method
from posapp.gui.parts import Shop
from posapp.queries.detail_rows import CaseFacts, LineFacts, OrderDetails, PaymentFacts

_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "prof", "alhaji", "alhaja", "chief", "engr", "pastor"})
_IN_SHOP = {
    "cancelled": "cancelled it",
    "failed": "marked it failed",
    "trash": "moved it to the bin",
    "gone": "deleted it",
    "edited": "changed it",
    "refunded": "refunded some of it",
    "refund_deleted": "took a refund back",
}

DECIDED = {  # by the decision's key: what has been done by it
    "refund_excess": "Excess refunded",
    "refund_order": "Order refunded",
    "fulfill_order": "Fulfilled",
    "mixed": "Decided per line",
    "accept": "Accepted and reopened",
    "refund": "Late money refunded",
    "refund_difference": "Difference refunded",
    "keep_credit": "Kept as credit",
    "release_cancel": "Released and cancelled",
    "wait": "New payment awaited",
    "write_off": "Written off",
    "shop_refund": "Rest refunded",
    "already_refunded": "Refund in the shop noted",
    "reopen": "Reopened",
    "accept_as_paid": "Accepted as paid",
    "retry_refund": "Refund asked again",
    "manual_refund": "Refunded by hand",
    "undo_refund": "Refund taken back",
}


def person(name: str) -> str:
    """Give the name a button says: the first one of a person's, the whole where it is short or has a title."""
    whole = text.outside(name, 24)
    if not whole:
        return "the customer"
    first = whole.split()[0]
    short = len(first) < 2 or first.rstrip(".").lower() in _TITLES or first.endswith("…")
    return whole if short else first


def payer(payment: PaymentFacts) -> str:
    """Give by what a payment came: the provider's name, else how it was paid."""
    return method(payment.method if payment.provider in ("hand", "shop") else payment.provider)


def head(details: OrderDetails, shop: Shop, now: datetime) -> str:
    """Say the dialog's second line: where the order came from and how it was paid."""
    words = {"WEB": "Web", "COUNTER": "Counter", "MANUAL": "Made by hand"}[details.channel]
    said = [words]
    if details.remote_id:
        said.append(f"web ID {text.outside(details.remote_id, 40)}")
    if details.local_ref:
        said.append(text.outside(details.local_ref, 40))
    counted = [p for p in details.payments if p.state == "SUCCEEDED"]
    last = max(counted, key=lambda p: p.paid_at, default=None)
    if last is None:
        said.append(f"placed {text.when(details.placed_at, shop.zone, now)}")
        return " · ".join(said)
    paid = f"paid {text.when(last.paid_at, shop.zone, now)} by {payer(last)}"
    said.append(f"{paid}, ref {text.outside(last.reference, 40)}" if last.reference else paid)
    if len(counted) > 1:
        said.append(f"{len(counted)} payments")
    return " · ".join(said)


def why(details: OrderDetails, case: CaseFacts, shop: Shop, now: datetime) -> str:
    """Say in a sentence or two why the order needs a person."""
    money = text.money(case.amount_minor, details.money.currency)
    match case.reason:
        case Reason.SHORTAGE | Reason.STOCK_DEFICIT:
            return _why_short(case, shop, now)
        case Reason.LATE_PAYMENT:
            closed = "refunded" if details.close_reason == CloseReason.REFUNDED else "cancelled"
            at = f" at {text.when(details.cancelled_at, shop.zone, now)}" if details.cancelled_at else ""
            return f"{money} arrived after the order was {closed}{at}. Nothing is held for it."
        case Reason.OVERPAYMENT:
            return f"{money} more was paid than the order costs."
        case Reason.DUPLICATE_PAYMENT:
            return f"The order was paid twice: {money} too much."
        case Reason.PAYMENT_REVERSED:
            out = any(line.handed_over for line in details.lines)
            where = "The goods are with the customer." if out else "The goods are still held."
            return f"The bank took money back: {money} is missing. {where}"
        case Reason.PAYMENT_DELAYED:
            return (
                f"A payment of {money} has not come through yet. Nothing is held, and goods must not leave."
            )
        case Reason.SHOP_CHANGED:
            return _why_shop_changed(details, case, money)
        case Reason.REFUND_FAILED:
            return _why_failed(details, money)
        case Reason.NEEDS_DETAILS:
            asks = next((p for r in details.refunds for p in r.parts if p.state == "NEEDS_DETAILS"), None)
            by = method(asks.provider) if asks else "the provider"
            who = person(details.contact.name)
            return f"{by[:1].upper()}{by[1:]} asks for the bank account of {who}, before {money} can go back."


def _why_failed(details: OrderDetails, money: str) -> str:
    """Say which way did not work, in the words of who refused, and who is owed what."""
    parts = [p for r in details.refunds for p in r.parts if p.state == "FAILED" and p.route in SENT_OUT]
    by, said = refund_words.ways(parts), refund_words.refused_words(parts)
    words = f" ({said.rstrip('.')})" if said else ""
    return f"The refund of {money} {by} failed{words}. No money has moved: {person(details.contact.name)} is owed it."


def _why_short(case: CaseFacts, shop: Shop, now: datetime) -> str:
    said = []
    for line in case.lines[:2]:
        name = text.isolated(line.name, 48)
        was = "were" if line.got != 1 else "was"
        left = f"{text.number(line.got)} {was} left" if line.got else "none was left"
        lost = f"{text.number(line.got)} {was} found" if line.got else "none was found"
        left = lost if case.reason == Reason.STOCK_DEFICIT else left
        said.append(f"{text.number(line.wanted)} {name} ordered and paid, {left}.")
    if len(case.lines) > 2:
        said.append(f"{text.plural(len(case.lines) - 2, 'more item')} short.")
    taker = case.taker
    if taker is not None:
        at = f", paid {text.when(taker.paid_at, shop.zone, now)}" if taker.paid_at else ""
        them = "it" if sum(line.wanted - line.got for line in case.lines) == 1 else "them"
        took = "took the others" if any(line.got for line in case.lines) else f"took {them}"
        took = f"overtook and has {them}" if taker.paid_later else took
        said.append(f"Order {text.outside(taker.number, 24)} {took}{at}.")
    return " ".join(said)


def _why_shop_changed(details: OrderDetails, case: CaseFacts, money: str) -> str:
    did = _IN_SHOP.get(case.detail, "changed it")
    if case.amount_minor == 0:
        return f"The web shop {did} after it was paid."
    if details.money.balance_minor:
        return f"The web shop {did} after it was paid: {money} is missing now."
    return f"The web shop {did} after it was paid: {money} is left over. Nothing was paid out."


def units_held(lines: Sequence[tuple[int, str]]) -> str:
    """Say the units of each line as the commit does: "3 + 2"; many lines become their sum."""
    shown = [units for units, _ in lines if units]
    if len(shown) > 4:
        return f"{text.number(sum(shown))} units"
    return " + ".join(text.number(units) for units in shown) or "0"


def ordered(line: LineFacts, *, living: bool) -> str:
    """Say what was ordered, and what is left of it where units were refunded or edited away: "3 → 2"."""
    left = line.wanted + line.unpaid if living else line.ordered - line.refunded
    if left == line.ordered:
        return text.number(line.ordered)
    return f"{text.number(line.ordered)} → {text.number(left)}"


def beside_item(line: LineFacts) -> str:
    """Say what else is to know about a line, in muted words after its name."""
    said = []
    if line.refunded:
        said.append(f"{text.number(line.refunded)} refunded")
    if line.handed_over:
        said.append(f"{text.number(line.handed_over)} handed over")
    if line.unpaid and (line.held or line.handed_over or line.short):
        said.append(f"{text.number(line.unpaid)} not paid yet")
    return ", ".join(said)
