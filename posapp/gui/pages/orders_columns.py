"""What the list of orders shows, column by column."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from posapp.gui import marks, text
from posapp.gui.models.columns import Align, Cell, Column, Style
from posapp.gui.pages.fractions import Decimals
from posapp.gui.parts import Shop
from posapp.queries.heads import OrderRow

WALK_IN = "Walk-in"


def _more_columns() -> tuple[Column[OrderRow], ...]:
    """The columns that a person may choose to see."""
    return (
        Column[OrderRow](
            "Phone",
            lambda row: text.outside(row.phone, 24) or text.NOTHING,
            style=Style.MUTED,
            width=172,
            optional=True,
            key="phone",
        ),
        Column[OrderRow](
            "Web ID",
            lambda row: text.outside(row.remote_id, 16) or text.NOTHING,
            style=Style.MUTED,
            width=92,
            optional=True,
            key="remote",
        ),
    )


def order_columns(
    shop: Shop, clock: Callable[[], datetime], decimals: Decimals
) -> tuple[Column[OrderRow], ...]:
    """Make the columns; `clock` tells which day is today, `decimals` how the totals are shown."""
    sign = text.sign_of(shop.currency).strip()
    return (
        Column[OrderRow]("No.", lambda row: row.number, style=Style.MEDIUM, width=80, key="number"),
        Column[OrderRow](
            "Placed",
            lambda row: placed_cell(row.placed_at, shop.zone, clock()),
            style=Style.MUTED,
            width=80,
            optional=True,
            key="placed",
            sortable=True,
            spoken=lambda row: text.when(row.placed_at, shop.zone, clock()),
        ),
        Column[OrderRow](
            "Customer", lambda row: customer_cell(row.customer), width=140, stretch=True, key="customer"
        ),
        Column[OrderRow]("Channel", channel_cell, width=112, optional=True, key="channel"),
        Column[OrderRow]("Payment", lambda row: marks.PAYMENT[row.payment], width=116, key="payment"),
        Column[OrderRow](
            "Fulfilment", lambda row: marks.FULFILMENT[row.fulfilment], width=132, key="fulfilment"
        ),
        *_more_columns(),
        Column[OrderRow](
            f"Total, {sign}",
            lambda row: decimals.amount(row.total_minor),
            Align.RIGHT,
            width=124,
            key="total",
            sortable=True,
            spoken=lambda row: text.money(row.total_minor, row.currency),
        ),
    )


def placed_cell(at: datetime, zone: ZoneInfo, now: datetime) -> Cell:
    """Give the time of today, else the day with the time beneath, else with the year too."""
    here, today = at.astimezone(zone), now.astimezone(zone)
    if here.date() == today.date():
        return Cell(text.clock(at, zone))
    year = f"{here.year} " if here.year != today.year else ""
    return Cell(text.date(at, zone, today=at), below=f"{year}{text.clock(at, zone)}")


def customer_cell(name: str) -> Cell:
    """Give the customer's name; somebody without one is a walk-in, muted."""
    shown = text.outside(name)
    return Cell(shown) if shown else Cell(WALK_IN, style=Style.MUTED)


def channel_cell(row: OrderRow) -> Cell:
    """Say where the order was made."""
    word, icon = marks.CHANNEL[row.channel]
    return Cell(word, icon=icon, style=Style.MUTED)
