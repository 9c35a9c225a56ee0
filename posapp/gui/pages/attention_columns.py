"""The columns of Attention: who waits, since when, and why."""

from collections.abc import Callable
from datetime import datetime

from posapp.domain.attention import SHORT_REASONS, Reason
from posapp.gui import text
from posapp.gui.models.columns import Align, Cell, Column, Style
from posapp.gui.pages.fractions import Decimals
from posapp.gui.parts import Shop
from posapp.gui.reasons import REASON
from posapp.queries.attention import AttentionRow

_IN_SHOP = {
    "cancelled": "cancelled in the shop",
    "failed": "failed in the shop",
    "trash": "binned in the shop",
    "gone": "deleted in the shop",
    "edited": "changed in the shop",
    "refunded": "refunded in the shop",
    "refund_deleted": "refund taken back in the shop",
}
_REFUND = {
    Reason.REFUND_FAILED: "not given back, still owed",
    Reason.NEEDS_DETAILS: "waits for the customer's bank account",
}


def columns(shop: Shop, now: Callable[[], datetime], decimals: Decimals) -> tuple[Column[AttentionRow], ...]:
    """Declare the columns; times are the shop's."""
    sign = text.sign_of(shop.currency).strip()
    return (
        Column[AttentionRow](
            "No.", lambda row: text.outside(row.number, 24), style=Style.MEDIUM, width=88, key="number"
        ),
        Column[AttentionRow]("Paid at", lambda row: _paid_at(row, shop, now()), width=88, optional=True),
        Column[AttentionRow]("Customer", lambda row: text.outside(row.customer) or text.NOTHING, width=152),
        Column[AttentionRow]("Why", _why, width=160),
        Column[AttentionRow]("Short", _short, width=180, stretch=True),
        Column[AttentionRow](
            f"Paid, {sign}",
            lambda row: decimals.amount(row.paid_minor) if row.paid_minor else text.NOTHING,
            Align.RIGHT,
            width=108,
            optional=True,
        ),
        Column[AttentionRow](
            "Waiting",
            lambda row: text.waiting(now() - row.waiting_since),
            Align.RIGHT,
            width=96,
            optional=True,
        ),
    )


def _paid_at(row: AttentionRow, shop: Shop, now: datetime) -> str:
    if row.paid_at is None or (row.pending_minor and not row.paid_minor):
        return text.NOTHING  # announced is not paid
    same_day = row.paid_at.astimezone(shop.zone).date() == now.astimezone(shop.zone).date()
    return text.clock(row.paid_at, shop.zone) if same_day else text.date(row.paid_at, shop.zone, today=now)


def _why(row: AttentionRow) -> Cell:
    more = len(row.reasons) - 1
    return Cell(chip=REASON[row.reasons[0]], after=f"+{more}" if more else "")


def _short(row: AttentionRow) -> Cell:
    """Say what is missing, of which line; for money, how much and why."""
    first = row.lines[0] if row.lines else None
    name = text.outside(first.name) if first else text.NOTHING
    rest = f" and {text.plural(len(row.lines) - 1, 'more item')}" if len(row.lines) > 1 else ""
    if any(reason in SHORT_REASONS for reason in row.reasons) and first:
        return Cell(name, after=f"{text.number(first.short)} of {text.number(first.wanted)}{rest}")
    if row.reasons[0] in (Reason.REFUND_FAILED, Reason.NEEDS_DETAILS):
        return Cell(text.money(row.refund_minor, row.currency), after=_REFUND[row.reasons[0]])
    return Cell(name, after=_money_words(row, first.wanted if first else 0) + rest)


def _money_words(row: AttentionRow, units: int) -> str:
    def money(minor: int) -> str:
        return text.money(minor, row.currency)

    match row.reasons[0]:
        case Reason.LATE_PAYMENT:
            return f"{text.number(units)}, was cancelled"
        case Reason.OVERPAYMENT | Reason.DUPLICATE_PAYMENT:
            return f"{money(row.credit_minor)} too much"
        case Reason.PAYMENT_REVERSED:
            return f"{money(row.balance_minor)} missing"
        case Reason.PAYMENT_DELAYED:
            return f"{money(row.pending_minor)} not there yet"
        case Reason.SHOP_CHANGED:
            return _IN_SHOP.get(row.shop_change, "changed in the shop")
    return text.number(units)
