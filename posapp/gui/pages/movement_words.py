"""A movement of stock in words: what happened, and to whom."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from posapp.domain.stock import MovementKind
from posapp.gui import text
from posapp.gui.models.columns import Align, Cell, Column, Style
from posapp.gui.parts import Shop
from posapp.queries.movements import MovementRow

_SAYS: dict[MovementKind, str] = {
    MovementKind.OPENING: "Opened with {units}",
    MovementKind.RECEIVE: "Received {units}",
    MovementKind.COUNT: "Counted {after}, was {before}",
    MovementKind.ADJUST: "Adjusted {signed}",
    MovementKind.ALLOCATE: "Promised {units} to {order}",
    MovementKind.RELEASE: "Freed {units} of {order}",
    MovementKind.HANDOVER: "Handed {units} to {order}",
    MovementKind.FOUND: "Found {units} in hand",
    MovementKind.RETURN: "Took {units} back of {order}",
    MovementKind.TRANSFER: "Moved {signed}",
}
Units = Callable[[MovementRow], int]
_CHANNEL = {"WEB": "web", "COUNTER": "counter", "MANUAL": "by hand"}
_FEEDS = ("web shop", "paystack", "posapp")  # actors that are nobody's name


def what_happened(row: MovementRow) -> str:
    """Say the movement: "Promised 2 to 0142"."""
    units = row.on_hand_delta or row.allocated_delta
    order = row.order_number or "an order"
    return _SAYS[row.kind].format(
        units=text.number(abs(units)),
        signed=f"+{text.number(units)}" if units > 0 else text.number(units),
        after=text.number(row.on_hand),
        before=text.number(row.on_hand - row.on_hand_delta),
        order=order,
    )


def about_it(row: MovementRow) -> str:
    """Say what else is to know: the customer and the channel, or who did it and why."""
    if row.order_id:
        said = [text.outside(row.customer, 40), _CHANNEL.get(row.order_channel, "")]
        if row.kind == MovementKind.ALLOCATE and row.short_now:
            said.append(f"{text.number(row.short_now)} short")
    else:
        actor = text.outside(row.actor, 40)
        said = [text.outside(row.reason, 80), "" if actor in _FEEDS else actor]
    return ", ".join(part for part in said if part)


def day_cell(at: datetime, zone: ZoneInfo, now: datetime) -> Cell:
    """Give the day, with the time beneath it."""
    same = at.astimezone(zone).date() == now.astimezone(zone).date()
    day = "Today" if same else text.date(at, zone, today=now)
    return Cell(day, below=text.clock(at, zone), style=Style.MUTED)


def movement_columns(shop: Shop, clock: Callable[[], datetime]) -> tuple[Column[MovementRow], ...]:
    """Make the columns: each number as it was right after the movement, 600 where the movement changed it."""
    return (
        Column[MovementRow](
            "When", lambda row: day_cell(row.effective_at, shop.zone, clock()), width=76, key="when"
        ),
        Column[MovementRow](
            "What happened",
            lambda row: Cell(what_happened(row), below=about_it(row), style=Style.MEDIUM),
            width=120,
            stretch=True,
            key="what",
        ),
        _figure("Shelf", lambda row: row.on_hand, lambda row: row.on_hand_delta, 46),
        _figure("Promised", lambda row: row.allocated, lambda row: row.allocated_delta, 66),
        _figure("Free", lambda row: row.available, lambda row: row.on_hand_delta - row.allocated_delta, 52),
    )


def _figure(header: str, units: Units, change: Units, width: int) -> Column[MovementRow]:
    def cell(row: MovementRow) -> Cell:
        style = Style.STRONG if change(row) else Style.MUTED
        shown = text.number(units(row))
        return Cell(text.NOTHING if header == "Promised" and not units(row) else shown, style=style)

    return Column[MovementRow](header, cell, Align.RIGHT, width=width, key=header.lower())
