"""One order, for people who read a terminal."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from posapp.cli.screen import Column, Screen, money, plain
from posapp.db.rows import from_text
from posapp.queries.facts import OrderFacts

LINE_COLUMNS = (
    Column("SKU", 20),
    Column("Name", 28),
    Column("Ordered", 7, right=True),
    Column("Wanted", 7, right=True),
    Column("Held", 7, right=True),
    Column("Short", 7, right=True),
    Column("Refunded", 8, right=True),
    Column("Handed over", 11, right=True),
    Column("Worth", 18, right=True),
)
_DECISIONS = {
    "SHORTAGE": "refund-excess, refund-order, fulfill-order, mixed",
    "STOCK_DEFICIT": "refund-excess, refund-order, fulfill-order, mixed",
    "LATE_PAYMENT": "accept, refund",
    "OVERPAYMENT": "refund-difference, keep-credit",
    "DUPLICATE_PAYMENT": "refund-difference, keep-credit",
    "PAYMENT_REVERSED": "release-cancel, wait, write-off",
    "SHOP_CHANGED": "refund, already-refunded, reopen, accept-as-paid",
    "REFUND_FAILED": "retry-refund, manual-refund, undo-refund",
}
_ROUTES = {
    "cash": "in cash",
    "hand": "by hand",
    "shop": "in the web shop",
    "gateway": "by the web shop's gateway",
    "provider": "by the payment provider",
    "account": "off the account",
    "exchange": "for another sale",
    "rounding": "rounded off",
}
_STATES = {
    "QUEUED": "saved on this till",
    "SUBMITTED": "sent",
    "PENDING": "with the bank",
    "PROCESSED": "done",
    "FAILED": "failed, money not moved",
    "NEEDS_DETAILS": "needs bank details",
}


def show_order(screen: Screen, order: OrderFacts, zone: ZoneInfo) -> None:
    """Write an order: how it stands, what it needs, its lines, its money."""
    reference = order.local_ref or (f"web id {order.remote_id}" if order.remote_id else "")
    heading = ", ".join(part for part in (order.channel.lower(), reference, order.customer) if part)
    screen.say(plain(f"Order {order.number} ({heading})"))
    screen.say(f"{order.status}, {order.payment_status}, {order.ship_status}")
    for title, words in _facts(order, zone):
        screen.say(f"{title:<10} {words}")
    for reason in order.attention:
        screen.say(f"Attention: {reason}. Decide by posapp resolve {order.number}: {_decisions(reason)}")
    screen.say()
    rows = (
        (line.sku, line.name, *(str(n) for n in (line.ordered, line.wanted, line.held, line.short, line.refunded,
         line.handed_over)), money(line.total_minor, order.currency))
        for line in order.lines
    )  # fmt: skip
    screen.table(LINE_COLUMNS, rows, empty="It has no lines.")


def _decisions(reason: str) -> str:
    if reason == "NEEDS_DETAILS":
        return "none; the window asks for the customer's bank account"
    return _DECISIONS.get(reason, "wait for the provider")


def _facts(order: OrderFacts, zone: ZoneInfo) -> Iterator[tuple[str, str]]:
    yield "Placed", time_text(order.placed_at, zone)
    if order.confirmed_at:
        yield "Confirmed", time_text(order.confirmed_at, zone)
    amounts = (
        ("Total", order.total_minor),
        ("Paid", order.paid_minor),
        ("Refunded", order.refunded_minor),
        ("To pay", order.balance_minor),
        ("Owed back", order.owed_minor),
    )
    for title, minor in amounts:
        if minor or title in ("Total", "Paid"):
            yield title, money(minor, order.currency)
    for payment in order.payments:
        words = f"{money(payment.gross_minor, order.currency)} by {payment.method}, {payment.state.lower()}"
        yield "Payment", plain(f"{words}, {time_text(payment.paid_at, zone)} {payment.reference}")
    for refund in order.refunds:
        for part in refund.parts:
            words = f"{money(part.amount_minor, order.currency)} {_ROUTES.get(part.route, part.route)}"
            state = _STATES.get(part.state, part.state.lower())
            yield "Refund", plain(f"{words}, {state}, {time_text(refund.decided_at, zone)} {part.reference}")
    if order.overtaken_by:
        yield "Taken by", order.overtaken_by


def time_text(stored: str, zone: ZoneInfo) -> str:
    """A stored time as the shop's own clock showed it, to the minute."""
    return f"{from_text(stored).astimezone(zone):%Y-%m-%d %H:%M}"
