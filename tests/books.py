"""The invariants of docs/rules.md as one function, over plain records from wherever they come.

`check_books` is called after every command of a test, on dictionaries in tests/domain and
on what the database holds elsewhere. It works everything out anew from the movements, the
payments and the sales entries, and never asks the rules how they came to their figures.
"""

from collections import defaultdict
from collections.abc import Iterable

from posapp.domain.attention import OVER_REASONS, SHORT_REASONS, Reason
from posapp.domain.book import SalesEntry
from posapp.domain.lines import Line
from posapp.domain.orders import Order, Status
from posapp.domain.payments import PaymentState, PaymentStatus
from posapp.domain.stock import Level, Movement

LIVING = (Status.PROCESSING, Status.COMPLETED)


def check_books(
    orders: Iterable[Order],
    levels: Iterable[Level],
    movements: Iterable[Movement],
    sales: Iterable[SalesEntry],
    *,
    auto_fill: bool = True,
) -> None:
    """Assert I1 to I7, and what follows from them; `movements` come in the order they were written."""
    orders, levels, movements, sales = list(orders), list(levels), list(movements), list(sales)
    _check_levels(levels, movements)
    _check_promises(orders, levels, movements)
    if auto_fill:
        _check_no_free_unit_beside_a_short_line(orders, levels)
    for order in orders:
        _check_units(order)
        _check_money(order)
        _check_status(order)
        _check_cases(order)
    _check_sales(orders, sales)


def total_sales(sales: Iterable[SalesEntry]) -> int:
    """Total Sales over all time, in minor units."""
    return sum(entry.amount_minor for entry in sales)


def _check_levels(levels: list[Level], movements: list[Movement]) -> None:
    """I1 and I2: levels are what their movements add up to, and never promise what is not there."""
    replayed: dict[tuple[str, str], tuple[int, int]] = {}
    for movement in movements:
        key = (movement.item_id, movement.location_id)
        on_hand, allocated = replayed.get(key, (0, 0))
        on_hand, allocated = on_hand + movement.on_hand_delta, allocated + movement.allocated_delta
        assert 0 <= allocated <= on_hand, f"I1: {key} was {on_hand}/{allocated} after {movement.kind}"
        assert movement.actor, f"I9: nobody moved {key} by {movement.kind}"
        replayed[key] = (on_hand, allocated)
    stored = {(lv.item_id, lv.location_id): (lv.on_hand, lv.allocated) for lv in levels}
    empty = {key for key, figures in stored.items() if figures == (0, 0)} - replayed.keys()
    assert {k: v for k, v in stored.items() if k not in empty} == replayed, "I2: levels and movements differ"


def _check_promises(orders: list[Order], levels: list[Level], movements: list[Movement]) -> None:
    """I2 and I4: what a level promises is what lines hold, and a line holds what its movements say."""
    promised: dict[tuple[str, str], int] = defaultdict(int)
    moved: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    left: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    carried: dict[str, int] = defaultdict(int)
    for movement in movements:
        item = movement.item_id
        carried[item] += movement.on_hand_delta if movement.kind == "TRANSFER" else 0
        if movement.line_id:
            moved[movement.line_id][item] += movement.allocated_delta
            left[movement.line_id][item] -= movement.on_hand_delta if movement.kind == "HANDOVER" else 0
            held = moved[movement.line_id][item]
            assert held >= 0, f"I4: line {movement.line_id} gave back more than it held"
    assert not any(carried.values()), f"units were lost on the way: {dict(carried)}"
    for order in orders:
        for line in order.lines:
            where = f"order {order.number}, {line.sku}"
            uses = _uses(line)
            for item, per in uses.items():
                promised[item, order.location_id] += per * line.allocated_qty
                held, gone = moved[line.id][item], left[line.id][item]
                assert held == per * line.allocated_qty, f"I2: {where} holds what no movement gave it"
                assert order.history or per * line.handed_over_qty <= gone, f"{where}: left without movement"
            others = {item: units for item, units in moved[line.id].items() if units and item not in uses}
            assert not others, f"{where} holds units of what it is not made of: {others}"
    for level in levels:
        held = promised.pop((level.item_id, level.location_id), 0)
        assert level.allocated == held, f"I2: {level.id} promises {level.allocated}, lines hold {held}"
    assert not any(promised.values()), f"I2: lines hold units of no level: {dict(promised)}"


def _check_no_free_unit_beside_a_short_line(orders: list[Order], levels: list[Level]) -> None:
    free = {(level.item_id, level.location_id): level.on_hand - level.allocated for level in levels}
    for order in orders:
        for line in order.lines:
            if line.tracked and _short(order, line) > 0:
                parts = _uses(line).items()
                idle = min(free.get((item, order.location_id), 0) // per for item, per in parts)
                assert idle == 0, f"{idle} of {line.sku} lie free beside short order {order.number}"


def _uses(line: Line) -> dict[str, int]:
    """The levels that one unit of a line draws on; of a bundle, those of its components."""
    return {} if not line.tracked else line.components or {line.item_id: 1}


def _wanted(order: Order, line: Line) -> int:
    return line.confirmed_qty - line.refunded_qty if order.status in LIVING else line.handed_over_qty


def _short(order: Order, line: Line) -> int:
    return _wanted(order, line) - line.allocated_qty - line.handed_over_qty


def _check_units(order: Order) -> None:
    """I3 and I5: nobody holds more than is wanted, and only paid, living orders hold anything."""
    for line in order.lines:
        where = f"order {order.number}, {line.sku}: {line}"
        for units in (line.qty, line.refunded_qty, line.allocated_qty, line.handed_over_qty):
            assert units >= 0, where
        assert line.refunded_qty <= line.qty <= line.qty_placed, where
        assert line.confirmed_qty <= line.qty, where
        assert line.allocated_qty + line.handed_over_qty <= _wanted(order, line), f"I3: {where}"
        assert line.tracked or _short(order, line) == 0, f"untracked goods are never short: {where}"
        if order.status not in LIVING:
            assert line.allocated_qty == 0, f"I5: {order.status} {where}"
        if order.status == Status.OPEN and order.confirmed_at is None:
            assert line.handed_over_qty == line.confirmed_qty == 0, f"I5: {where}"
    assert (order.confirmed_at is not None) or order.status not in LIVING, "confirmed without a date"


def _check_money(order: Order) -> None:
    """I6 and I7: what went back was there, and the total is what its parts add up to."""
    for payment in order.payments:
        back = sum(p.amount_minor for p in order.parts if p.payment_id == payment.id and p.state != "FAILED")
        assert back <= payment.gross_minor - payment.customer_fee_minor, f"I6: {order.number} {payment}"
        assert payment.paid_at >= order.placed_at, f"{order.number} was paid before it was placed"
    for refund in order.refunds:
        parts = [p.amount_minor for p in order.parts if p.refund_id == refund.id]
        assert sum(parts) == refund.amount_minor, f"refund {refund.kind} of {order.number}: {parts}"
        assert refund.actor, f"I9: nobody refunded {order.number}"
    charges = order.shipping_net_minor + sum(order.shipping_taxes.values())
    charges += order.fees_net_minor + sum(order.fees_taxes.values()) + order.kept_minor
    charges += order.rounding_minor
    goods = sum(_left_of_line(line) for line in order.lines)
    assert order.total_minor == goods + charges - order.unassigned_minor >= 0, f"I7: order {order.number}"
    assert min(order.kept_minor, order.unassigned_minor, order.credit_kept_minor) >= 0, order.number
    _check_payment_status(order, _paid(order))


def _left_of_line(line: Line) -> int:
    """What remains of a line's money after the units that left, rounded half up on what has gone."""
    gone, of = line.qty_placed - line.qty + line.refunded_qty, line.qty_placed
    amounts = (line.net_minor, *line.taxes.values())
    return sum(a - (2 * a * gone + of) // (2 * of) for a in amounts) if of else 0


def _paid(order: Order) -> int:
    counted = {p.id: p for p in order.payments if p.applied and p.state == PaymentState.SUCCEEDED}
    back = sum(p.amount_minor for p in order.parts if p.payment_id in counted and p.state != "FAILED")
    return sum(p.gross_minor - p.customer_fee_minor for p in counted.values()) - back


def _check_payment_status(order: Order, paid: int) -> None:
    if order.status == Status.CANCELLED:
        expected = PaymentStatus.UNPAID
    elif paid >= order.total_minor and (paid > 0 or order.confirmed_at is not None):
        expected = PaymentStatus.PAID
    else:
        expected = PaymentStatus.PARTIALLY_PAID if paid > 0 else PaymentStatus.UNPAID
    assert order.payment_status == expected, f"order {order.number}: {order.payment_status}, paid {paid}"


def _check_status(order: Order) -> None:
    """Paid in full means confirmed, and completed means that everything was handed over."""
    covered = _paid(order) >= order.total_minor
    goods = any(line.qty > line.refunded_qty for line in order.lines)
    if order.status == Status.OPEN:
        assert not covered or (_paid(order) == 0 and not goods), (
            f"order {order.number} is paid and not confirmed"
        )
    if order.status in LIVING:
        whole = all(line.confirmed_qty == line.qty for line in order.lines)
        assert whole or not covered, f"order {order.number} is paid in full, not confirmed in full"
        done = whole and all(line.handed_over_qty == _wanted(order, line) for line in order.lines)
        assert (order.status == Status.COMPLETED) == done, f"order {order.number} is {order.status}"
    assert (order.status == Status.CANCELLED) == (order.cancelled_at is not None), order.number
    assert (order.status == Status.CANCELLED) == bool(order.close_reason), order.number


def _check_cases(order: Order) -> None:
    """I3: one open shortage exactly while a unit is short; a money case only while its fact is there."""
    reasons = [case.reason for case in order.cases if case.is_open]
    assert len(reasons) == len(set(reasons)), f"order {order.number}: {reasons}"
    short = order.status in LIVING and any(_short(order, line) > 0 for line in order.lines)
    shortages = sum(reason in SHORT_REASONS for reason in reasons)
    assert shortages == (1 if short else 0), f"I3: order {order.number} short: {short}, cases {reasons}"
    paid = _paid(order)
    if any(reason in OVER_REASONS for reason in reasons):
        assert order.status in LIVING, order.number
        assert paid > order.total_minor, f"order {order.number} is not overpaid"
    late = [p for p in order.payments if not p.applied and p.state == PaymentState.SUCCEEDED]
    waits = any(order.left_of(p) > 0 for p in late)
    assert (Reason.LATE_PAYMENT in reasons) == waits, f"order {order.number}: late money {waits}"
    if Reason.PAYMENT_REVERSED in reasons:
        assert order.status in LIVING, order.number
        assert paid < order.total_minor, order.number
    if Reason.PAYMENT_DELAYED in reasons:
        assert any(p.state == PaymentState.PENDING for p in order.payments), order.number
    if order.status in LIVING and paid > order.total_minor + order.credit_kept_minor:
        asked = {*OVER_REASONS, Reason.SHOP_CHANGED} & set(reasons)
        assert asked, f"order {order.number} has credit that nobody is asked about"


def _check_sales(orders: list[Order], sales: list[SalesEntry]) -> None:
    """Total Sales is the sum of what orders contribute, and every refund took off what it says."""
    by_order: dict[str, int] = defaultdict(int)
    by_refund: dict[str, int] = defaultdict(int)
    for entry in sales:
        by_order[entry.order_id] += entry.amount_minor
        by_refund[entry.refund_id] += entry.amount_minor
    for order in orders:
        contributed = by_order.pop(order.id, 0)
        assert contributed == order.contribution_minor, f"order {order.number} counts {contributed}"
        back = sum(refund.amount_minor for refund in order.refunds)
        assert contributed == -back if order.no_receipt else contributed >= 0, f"order {order.number}"
        if order.status == Status.OPEN and order.confirmed_at is None:
            assert contributed == 0, f"unpaid order {order.number} counts as sold"
        if order.status in LIVING and _paid(order) >= order.total_minor:
            assert contributed >= order.total_minor, f"order {order.number} is paid and does not count"
        for refund in order.refunds:
            assert by_refund[refund.id] == -refund.sales_minor, f"refund of {order.number} in Total Sales"
            assert refund.kind in ("EXCESS", "ORDER", "EDIT") or refund.sales_minor == 0, refund
    assert not any(by_order.values()), f"sales of unknown orders: {dict(by_order)}"
