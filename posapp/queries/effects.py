"""Foreseeing: the same code that will carry a decision out, run on a book that is thrown away.

Nothing is computed a second time. The command's own handler and the settling run on a
query-only connection, and what became different is told as an `Effect`.
"""

from datetime import datetime

from posapp.commands.command import Command
from posapp.commands.orders import EditOrder
from posapp.commands.resolutions import Resolve
from posapp.commands.rights import needs_of_effect
from posapp.domain.book import Book
from posapp.domain.orders import Order, Status
from posapp.domain.resolutions import fingerprint
from posapp.domain.standing import fulfilment_mark, payment_mark
from posapp.queries.days import day_of
from posapp.queries.effect_money import money_effect
from posapp.queries.effect_rows import Effect, HeldLine, OrderEffect, OtherOrderEffect, SalesEffect
from posapp.queries.effect_stock import stock_effects
from posapp.queries.reader import Reader
from posapp.queries.rehearsal import new_book, rehearse
from posapp.queries.sales import total_sales

_NAME = "SELECT COALESCE(c.name, '') FROM orders o LEFT JOIN contact c ON c.id = o.contact_id WHERE o.id = ?"


def foresee(reader: Reader, command: Resolve, at: datetime) -> Effect:
    """What a decision would do now. Raises `Refused` with the reason where it could not be made."""
    return foresee_any(reader, command, command.order_id, at)


def foresee_edit(reader: Reader, command: EditOrder, at: datetime) -> Effect:
    """What an edit would do now. Raises `Refused`."""
    return foresee_any(reader, command, command.order_id, at)


def foresee_any(reader: Reader, command: Command, order_id: str, at: datetime) -> Effect:
    """What any command about one order would do now. Raises `Refused`, `NotFound`."""
    with reader.snapshot():
        unchanged = new_book(reader, command.actor, at)
        seen = fingerprint(unchanged, unchanged.order(order_id))
        book = rehearse(reader, command, at)
        after = book.order(order_id)
        before = book.orders_before[order_id]
        assert before is not None, "an order that is foreseen stands in the database"
        return Effect(
            money=money_effect(before, after, customer_of(reader, order_id)),
            stock=stock_effects(reader, book, before, after),
            order=_order(before, after),
            sales=_sales(reader, book, at),
            others=others(reader, book, order_id),
            seen=seen,
            needs=tuple(needs_of_effect(book)),
        )


def customer_of(reader: Reader, order_id: str) -> str:
    """The name an order is under, "" for a walk-in."""
    return str(reader.value(_NAME, (order_id,)) or "")


def _order(before: Order, after: Order) -> OrderEffect:
    was_open = any(case.is_open for case in before.cases)
    still_open = tuple(case.reason for case in after.cases if case.is_open)
    return OrderEffect(
        order_id=after.id,
        number=after.number,
        status_before=before.status,
        status_after=after.status,
        payment_status_before=before.payment_status,
        payment_status_after=after.payment_status,
        payment_after=payment_mark(after),
        fulfilment_after=fulfilment_mark(after),
        lines=_held(before, after),
        leaves_attention=was_open and not still_open,
        still_open=still_open,
    )


def _held(before: Order, after: Order) -> tuple[HeldLine, ...]:
    """What each line holds before and after."""
    old = {line.id: line for line in before.lines}
    lines = []
    for line in after.lines:
        earlier = old.get(line.id)
        was = (before.wanted(earlier), earlier.allocated_qty, before.short(earlier)) if earlier else (0, 0, 0)
        now = (after.wanted(line), line.allocated_qty, after.short(line))
        pairs = [figure for pair in zip(was, now, strict=True) for figure in pair]
        lines.append(HeldLine(line.id, line.name, *pairs))
    return tuple(lines)


def _sales(reader: Reader, book: Book, at: datetime) -> SalesEffect:
    day = day_of(at, reader.settings().time_zone)
    before = total_sales(reader, day.from_at, day.to_at).total_minor
    of_today = sum(entry.amount_minor for entry in book.sales if day.from_at <= entry.at < day.to_at)
    return SalesEffect(sum(entry.amount_minor for entry in book.sales), before, before + of_today)


def others(reader: Reader, book: Book, order_id: str = "") -> tuple[OtherOrderEffect, ...]:
    """Other orders than this one that gain or lose units, the largest gain first."""
    found = []
    for order in book.changed_orders():
        before = book.orders_before[order.id]
        if order.id == order_id or before is None:
            continue
        held = {line.id: line.allocated_qty for line in before.lines}
        moved = [(line.name, line.allocated_qty - held.get(line.id, 0)) for line in order.lines]
        was_open, is_open = (any(c.is_open for c in o.cases) for o in (before, order))
        if not any(units for _, units in moved) and was_open == is_open:
            continue
        found.append(
            OtherOrderEffect(
                order_id=order.id,
                number=order.number,
                customer=customer_of(reader, order.id),
                units=sum(units for _, units in moved),
                items=tuple((name, units) for name, units in moved if units),
                leaves_attention=was_open and not is_open and order.status != Status.CANCELLED,
                enters_attention=is_open and not was_open,
                lines=_held(before, order),
            )
        )
    return tuple(sorted(found, key=lambda other: (-other.units, other.number)))
