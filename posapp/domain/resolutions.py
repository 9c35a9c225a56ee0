"""What a person can decide about an order that needs attention.

Each resolution is one function on a book. A preview runs it on a book that is thrown
away, the command on one that is written: both show and do the same.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256

from posapp.domain.allocation import close
from posapp.domain.attention import CANCELLED_THERE, OVER_REASONS, SHORT_REASONS, Case, Reason
from posapp.domain.book import Book, Decision
from posapp.domain.errors import AlreadyResolved, FactsChanged, Refused
from posapp.domain.failed_refunds import record_manual_refund, retry_refund, undo_refund
from posapp.domain.fulfilling import Bring, fulfill_line, refuse_unknown
from posapp.domain.orders import CloseReason, Order
from posapp.domain.paying import weigh
from posapp.domain.payments import RefundKind
from posapp.domain.refunding import Payout, refund_order, refund_units
from posapp.domain.remedies import (
    accept_as_paid,
    accept_late,
    already_refunded,
    keep_as_credit,
    refund_after_shop,
    refund_difference,
    refund_late,
    release_and_cancel,
    reopen_order,
    wait_for_payment,
    write_off,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A decision as a person made it; units by line id. Units to `bring` come beside those to fulfil."""

    key: str
    payout: Payout = field(default_factory=Payout)
    fulfill: dict[str, int] = field(default_factory=dict)
    refund: dict[str, int] = field(default_factory=dict)
    bring: Bring = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Resolution:
    """One button: what it is called, for which cases, and what it does."""

    key: str
    label: str
    reasons: tuple[Reason, ...]
    details: tuple[str, ...]  # only for these details of a SHOP_CHANGED case; () for all
    apply: Callable[[Book, Order, Choice, Decision], None]
    gives_money: bool = False


def _refund_excess(book: Book, order: Order, choice: Choice, decision: Decision) -> None:
    """Pay back the missing units; nothing moves on the shelf, for they never left it."""
    missing = {line.id: order.short(line) for line in order.lines if order.short(line) > 0}
    if not missing:
        raise Refused("Nothing of this order is missing.", code="nothing_short")
    if not _kept(order, missing):
        raise Refused("Nothing of this order is there: use Refund Order.", code="nothing_held")
    decision.refund_id = refund_units(book, order, missing, RefundKind.EXCESS, choice.payout).id


def _kept(order: Order, missing: dict[str, int]) -> int:
    return sum(order.wanted(line) - missing.get(line.id, 0) for line in order.lines)


def _refund_order(book: Book, order: Order, choice: Choice, decision: Decision) -> None:
    decision.refund_id = refund_order(book, order, choice.payout, CloseReason.REFUNDED).id


def _fulfill_order(book: Book, order: Order, choice: Choice, decision: Decision) -> None:
    """The missing units are there after all: take what is free, bring what was chosen, and find the rest."""
    missing = {line.id: order.short(line) for line in order.lines if order.short(line) > 0}
    if not missing:
        raise Refused("Nothing of this order is missing.", code="nothing_short")
    refuse_unknown(order, choice.bring)
    for line in order.lines:
        brought = choice.bring.get(line.id, {})
        rest = missing.get(line.id, 0) - sum(brought.values())
        if rest < 0:
            raise Refused(f"{line.name}: only {missing.get(line.id, 0)} are missing.", code="too_many")
        fulfill_line(book, order, line, rest, brought, decision)


def _mixed(book: Book, order: Order, choice: Choice, decision: Decision) -> None:
    """Per line, fulfil, bring and refund some of the missing units; something must remain."""
    refuse_unknown(order, choice.bring, choice.fulfill, choice.refund)
    for line in order.lines:
        f, r = choice.fulfill.get(line.id, 0), choice.refund.get(line.id, 0)
        if f < 0 or r < 0 or f + r + sum(choice.bring.get(line.id, {}).values()) > order.short(line):
            raise Refused(f"{line.name}: only {order.short(line)} are missing.", code="too_many")
    refund = {line_id: units for line_id, units in choice.refund.items() if units}
    brings = any(units for places in choice.bring.values() for units in places.values())
    if not refund and not brings and not any(choice.fulfill.values()):
        raise Refused("Say how many units to fulfil or to refund.", code="nothing_chosen")
    if not _kept(order, refund):
        raise Refused("Nothing would be left of the order: use Refund Order.", code="nothing_left")
    for line in order.lines:
        brought = choice.bring.get(line.id, {})
        fulfill_line(book, order, line, choice.fulfill.get(line.id, 0), brought, decision)
    if refund:
        decision.refund_id = refund_units(book, order, refund, RefundKind.EXCESS, choice.payout).id


NEVER = -1  # no order has this version
_REOPENABLE = (*CANCELLED_THERE, "refunded", "refund_deleted")

RESOLUTIONS = {
    r.key: r
    for r in (
        Resolution("refund_excess", "Refund Excess", SHORT_REASONS, (), _refund_excess, gives_money=True),
        Resolution("refund_order", "Refund Order", SHORT_REASONS, (), _refund_order, gives_money=True),
        Resolution("fulfill_order", "Fulfill Order", SHORT_REASONS, (), _fulfill_order),
        Resolution("mixed", "Per line", SHORT_REASONS, (), _mixed, gives_money=True),
        Resolution("accept", "Accept and reopen", (Reason.LATE_PAYMENT,), (), accept_late),
        Resolution("refund", "Refund", (Reason.LATE_PAYMENT,), (), refund_late, gives_money=True),
        Resolution(
            "refund_difference", "Refund difference", OVER_REASONS, (), refund_difference, gives_money=True
        ),
        Resolution("keep_credit", "Keep as credit", OVER_REASONS, (), keep_as_credit),
        Resolution(
            "release_cancel",
            "Release and cancel",
            (Reason.PAYMENT_REVERSED,),
            (),
            release_and_cancel,
            gives_money=True,
        ),
        Resolution("wait", "Wait for new payment", (Reason.PAYMENT_REVERSED,), (), wait_for_payment),
        Resolution("write_off", "Write off", (Reason.PAYMENT_REVERSED,), (), write_off),
        Resolution("shop_refund", "Refund", (Reason.SHOP_CHANGED,), (), refund_after_shop, gives_money=True),
        Resolution(
            "already_refunded", "Already refunded in the shop", (Reason.SHOP_CHANGED,), (), already_refunded
        ),
        Resolution("reopen", "Reopen", (Reason.SHOP_CHANGED,), _REOPENABLE, reopen_order),
        Resolution("retry_refund", "Retry", (Reason.REFUND_FAILED,), (), retry_refund),
        Resolution(
            "manual_refund",
            "Record manual refund",
            (Reason.REFUND_FAILED,),
            (),
            record_manual_refund,
            gives_money=True,
        ),
        Resolution("undo_refund", "Undo", (Reason.REFUND_FAILED,), (), undo_refund),
        Resolution(
            "accept_as_paid", "Accept as paid", (Reason.SHOP_CHANGED,), ("edited", "refunded"), accept_as_paid
        ),
    )
}


def offered(order: Order) -> tuple[Resolution, ...]:
    """The buttons for an order's open cases, in their order; allowed or not is another question."""
    return tuple(r for r in RESOLUTIONS.values() if _case_for(order, r) is not None)


def _case_for(order: Order, resolution: Resolution) -> Case | None:
    case = order.open_case(*resolution.reasons)
    if case is None or (resolution.details and case.detail not in resolution.details):
        return None
    return case


def fingerprint(book: Book, order: Order) -> str:
    """What a person saw when deciding: the order's version and the free stock of its items.

    It is different as soon as either is, so a decision about older figures is refused. Of
    what is short, free stock elsewhere counts too: it can be brought.
    """
    free = [
        f"{item}={book.level(item, order.location_id).available}"
        for line in order.lines
        for item in book.items_of(line)
    ]
    short = {item: None for line in order.lines if order.short(line) > 0 for item in line.uses}
    there = [x for item in short for x in book.source.elsewhere(item, order.location_id) if x.available]
    free += [f"{level.id}={level.available}" for level in there]
    open_cases = sorted(case.reason for case in order.cases if case.is_open)
    facts = "|".join([order.id, str(order.version), *open_cases, *free, str(book.source.auto_fill)])
    return sha256(facts.encode()).hexdigest()[:16]


def resolve(book: Book, order: Order, choice: Choice, *, seen: str = "") -> Decision:
    """Carry out a decision. Raises `Refused` with the reason; then nothing has changed.

    `seen` is the fingerprint that the person decided on; "" takes things as they are.
    """
    resolution = RESOLUTIONS.get(choice.key)
    if resolution is None:
        raise Refused(f"There is no decision called {choice.key!r}.", code="unknown_resolution")
    case = _case_for(order, resolution)
    if case is None:
        _say_resolved(order, resolution)
    elif seen and seen != fingerprint(book, order):
        raise FactsChanged
    decision = Decision(
        book.command_id, order.id, choice.key, book.at, book.actor, version_after=order.version + 1
    )
    resolution.apply(book, order, choice, decision)
    confirmed = sum(line.confirmed_qty for line in order.lines)
    weigh(book, order, at=book.at)
    if sum(line.confirmed_qty for line in order.lines) != confirmed:
        decision.version_after = NEVER  # it let other units in: it cannot be taken back
    still_short = case is not None and case.reason in SHORT_REASONS and order.short_units > 0
    if case is not None and case.is_open and not still_short:
        close(book, order, case, resolution=choice.key, by=book.actor)
    book.decisions.append(decision)
    return decision


def _say_resolved(order: Order, resolution: Resolution) -> None:
    """Tell the loser who was faster, or that there never was anything to decide."""
    closed = [c for c in order.cases if c.reason in resolution.reasons and not c.is_open and c.resolved_at]
    if closed:
        last = max(closed, key=lambda c: (c.resolved_at is not None, c.resolved_at))
        raise AlreadyResolved(last.resolved_by, last.resolved_at, last.resolution.replace("_", " "))
    raise Refused(f"Order {order.number} does not need that decision.", code="no_case")
