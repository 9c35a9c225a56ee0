"""What changed under an open order, in words."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from posapp.domain.errors import AlreadyResolved
from posapp.gui import text
from posapp.gui.parts import Shop
from posapp.gui.refund_words import NOW
from posapp.queries.detail_rows import LineFacts, OrderDetails

RESOLVED = {
    "refund excess": "excess refunded",
    "refund order": "order refunded",
    "fulfill order": "fulfilled",
    "mixed": "decided per line",
    "restocked": "stock arrived",
    "gone": "it settled itself",
    "swap": "swapped with another order",
}


def concerns(details: OrderDetails, events: Iterable[object]) -> bool:
    """Say whether news is about this order, the stock of its items, or a setting."""
    items = {item for line in details.lines for item, _ in line.uses}
    return any(
        getattr(event, "order_id", None) == details.id
        or getattr(event, "item_id", None) in items
        or getattr(event, "key", None) is not None
        for event in events
    )


def is_news(before: OrderDetails, after: OrderDetails) -> bool:
    """Say whether anything that is shown, or that one decides on, is another than it was."""
    if before.fingerprint == after.fingerprint:
        return False
    told_elsewhere = replace(
        before, version=after.version, fingerprint=after.fingerprint, timeline=after.timeline, undo=after.undo
    )
    return told_elsewhere != after


def changed_words(before: OrderDetails, after: OrderDetails) -> str:
    """Say what is different now, stock first, for it is what one decides on."""
    old = {line.line_id: line for line in before.lines}
    said = [words for line in after.lines if (words := _line_words(old.get(line.line_id), line))]
    said += _refunds_words(before, after)
    settled = before.cases and not after.cases
    if settled:
        said.append("It needs no decision any more.")
    elif len(after.cases) > len(before.cases):
        said.append("There is another reason to decide." if before.cases else "It needs a decision now.")
    if before.money != after.money and before.refunds == after.refunds:
        said.append("Its money changed.")
    return f"Just changed: {' '.join(said[:3])}" if said else "The order just changed. Look again."


def _refunds_words(before: OrderDetails, after: OrderDetails) -> list[str]:
    """Say of each share of a refund that went on how far it is now."""
    was = {part.part_id: part.state for refund in before.refunds for part in refund.parts}
    return [
        f"The refund of {text.money(part.amount_minor, after.money.currency)} {NOW[part.state]}."
        for refund in after.refunds
        for part in refund.parts
        if was.get(part.part_id, part.state) != part.state
    ]


def _line_words(old: LineFacts | None, line: LineFacts) -> str:
    name = text.isolated(line.name, 40)
    if old is None:
        return f"{name} was added."
    changes = [
        f"{word} {text.number(was)} → {text.number(now)}"
        for word, was, now in (
            ("held", old.held, line.held),
            ("short", old.short, line.short),
            ("free", old.free_now or 0, line.free_now or 0),
        )
        if was != now
    ]
    return f"{name} {', '.join(changes)}." if changes else ""


def resolved_words(refusal: AlreadyResolved, shop: Shop, now: datetime) -> str:
    """Say who was faster, in the shop's own time."""
    by = text.outside(refusal.by, 40)
    at = f" at {text.when(refusal.at, shop.zone, now)}" if refusal.at else ""
    what = RESOLVED.get(refusal.resolution, refusal.resolution)
    return f"Already resolved by {by}{at}: {what}. Nothing was changed."
