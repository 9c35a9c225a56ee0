"""Following the refunds that a web shop makes, and those that it deletes again."""

from dataclasses import dataclass

from posapp.domain.allocation import leaving, let_go, release_all
from posapp.domain.attention import Reason
from posapp.domain.book import Book
from posapp.domain.lines import Line
from posapp.domain.orders import CloseReason, Order, Status
from posapp.domain.outbox import OutKind
from posapp.domain.paying import raise_case, weigh
from posapp.domain.payments import (
    GATEWAY,
    IN_SHOP,
    Part,
    PartState,
    PaymentState,
    Refund,
    RefundKind,
    RefundLine,
)
from posapp.domain.refunding import open_refund, shut, take_off_sales
from posapp.domain.sending import acknowledge


@dataclass(frozen=True, slots=True)
class ShopRefundNews:
    """A refund found in the shop: amounts positive, lines by the shop's line id."""

    remote_id: str
    amount_minor: int
    units: dict[str, int]
    reason: str
    reference: str = ""  # ours, where the till had sent it


def record_shop_refund(book: Book, order: Order, news: ShopRefundNews) -> None:
    """Follow a refund that the shop made; the same one again changes nothing.

    Its units leave short first, then held, then with the customer. What it gives above
    their worth comes first from credit, then is unassigned; what it gives less is a fee.
    """
    if any(refund.remote_id == news.remote_id for refund in order.refunds):
        return
    ours = _sent(book, order, news) or _ours(order, news)
    if ours is not None:
        ours.remote_id = news.remote_id
        _acknowledge(book, order, ours, news)
        return
    refund, beyond = follow_refund(book, order, news)
    refund.remote_id = news.remote_id
    _shop_parts(book, order, refund)
    if beyond:
        raise_case(book, order, Reason.SHOP_CHANGED, detail="refunded")
    weigh(book, order, at=book.at)


def follow_refund(book: Book, order: Order, news: ShopRefundNews) -> tuple[Refund, bool]:
    """Write down a refund that was made outside, by the rules above; whoever calls adds its parts.

    Gives it with whether it was more than there is to give back: only that much is recorded.
    """
    paid, living = max(0, order.paid_minor), order.status != Status.CANCELLED
    there = paid if living else paid + order.unapplied_minor
    amount = min(news.amount_minor, there)
    refund = open_refund(book, order, RefundKind.EDIT, amount, reason=news.reason)
    with_customer = any(line.handed_over_qty for line in order.lines)
    if not living:
        _refund_closed(book, order, refund, paid)
    elif order.is_confirmed and amount == paid and amount > 0 and not with_customer:
        _empty(book, order, refund)
    else:
        _reduce(book, order, refund, news, credit=max(0, paid - order.total_minor))
    return refund, news.amount_minor > there


def _sent(book: Book, order: Order, news: ShopRefundNews) -> Refund | None:
    """The refund that the till sent under the reference that the shop's one bears."""
    rows = book.outgoing(order.id) if news.reference else []
    row = next((row for row in rows if row.id == news.reference), None)
    return next((refund for refund in order.refunds if row and refund.id == row.refund_id), None)


def _acknowledge(book: Book, order: Order, refund: Refund, news: ShopRefundNews) -> None:
    """What was to be sent of it has been made: by us, or by a person in the shop for the same amount.

    A shop writes a refund down once its gateway has paid: what had failed before is made good.
    """
    alive = {
        "",
        *(part.id for part in order.parts),
    }  # a part that was given another way since has its own record
    rows = [
        row
        for row in book.outgoing(order.id)
        if row.refund_id == refund.id and row.kind == OutKind.SHOP_REFUND
    ]
    named = next((row for row in rows if row.id == news.reference), None)
    if named is not None and named.part_id:  # the other parts have refunds of their own in the shop
        acknowledge(book, order, named, news.remote_id, PartState.PROCESSED)
        return
    for row in rows:
        if row.part_id in alive:
            acknowledge(book, order, row, news.remote_id, PartState.PROCESSED)
    for part in order.parts:
        if part.refund_id == refund.id and part.route == GATEWAY:
            part.state = PartState.PROCESSED


def _ours(order: Order, news: ShopRefundNews) -> Refund | None:
    """A refund decided here that the shop has now written down too: not a second one."""
    for refund in order.refunds:
        units = {line.remote_id: r.quantity for r in refund.lines if (line := order.line(r.line_id))}
        same_goods = not news.units or not units or news.units == units
        unsent = not refund.remote_id and not _is_deleted(order, refund)
        if unsent and refund.amount_minor == news.amount_minor > 0 and same_goods:
            return refund
    return None


def _refund_closed(book: Book, order: Order, refund: Refund, paid: int) -> None:
    """A refund of a cancelled order: what was paid for it first, then what came too late."""
    of_order = min(refund.amount_minor, paid)
    refund.kind = RefundKind.ORDER if of_order or not order.unapplied_minor else RefundKind.LATE
    whole = of_order == paid > 0
    take_off_sales(book, order, refund, order.contribution_minor if whole else of_order)


def _empty(book: Book, order: Order, refund: Refund) -> None:
    """A refund that brings N to nothing while the goods are here is Refund Order."""
    refund.kind = RefundKind.ORDER
    release_all(book, order)
    take_off_sales(book, order, refund, order.contribution_minor)
    shut(book, order, CloseReason.REFUNDED)


def _reduce(book: Book, order: Order, refund: Refund, news: ShopRefundNews, *, credit: int) -> None:
    """Take a refund's units and money off a living order."""
    total_before, unassigned_before = order.total_minor, order.unassigned_minor
    kept_before, edited_off = order.kept_minor, max(0, order.contribution_minor - total_before)
    for line in order.lines:
        units = min(news.units.get(line.remote_id, 0), line.qty - line.refunded_qty)
        if units > 0:
            refund.lines.append(_units_back(book, order, line, units))
    worth = sum(line.net_minor + line.tax_minor for line in refund.lines)
    covered = min(order.unassigned_minor, worth)
    order.unassigned_minor -= covered
    order.retotal()
    # As with our own refunds: while a balance is due, goods that go lower it before money comes back.
    due_back = min(worth - covered, max(0, order.paid_minor - order.total_minor - credit))
    over = max(0, refund.amount_minor - (worth - covered))
    from_credit = min(over, credit)
    order.unassigned_minor += over - from_credit
    order.kept_minor += max(0, due_back - refund.amount_minor)
    order.retotal()
    refund.unassigned_minor = order.unassigned_minor - unassigned_before
    refund.kept_minor = order.kept_minor - kept_before
    take_off_sales(book, order, refund, total_before - order.total_minor + min(from_credit, edited_off))


def _units_back(book: Book, order: Order, line: Line, units: int) -> RefundLine:
    """Take units off a line with their money; those that were never confirmed go last."""
    net, taxes = line.worth_by_rate(units)
    if order.is_confirmed:
        confirmed = min(units, order.wanted(line))
        leave = leaving(line, confirmed)
        line.confirmed_qty += units - confirmed
        line.refunded_qty += units
        let_go(book, order, line, leave)
    else:
        line.refunded_qty += units
        line.handed_over_qty = min(line.handed_over_qty, line.qty - line.refunded_qty)
        if line.confirmed_qty:
            line.confirmed_qty = max(line.confirmed_qty, line.refunded_qty + line.handed_over_qty)
    return RefundLine(line.id, units, net, sum(taxes.values()), taxes)


def _shop_parts(book: Book, order: Order, refund: Refund) -> None:
    """Say on which payments the shop's refund went back: newest first, as far as they reach."""
    left = refund.amount_minor
    counted = [p for p in order.payments if p.state == PaymentState.SUCCEEDED]
    for payment in sorted(counted, key=lambda p: (p.applied, p.paid_at, p.id), reverse=True):
        share = min(left, order.left_of(payment))
        if share > 0:
            order.parts.append(Part(book.new_id("part"), refund.id, order.id, payment.id, share, "shop"))
            left -= share


def forget_shop_refund(book: Book, order: Order, remote_id: str) -> None:
    """The shop deleted a refund it had made: the money counts as never sent, and a person looks.

    One that gave no money back is simply taken back: its units are wanted again.
    """
    refund = next((r for r in order.refunds if r.remote_id == remote_id), None)
    if refund is None:
        return
    parts = [part for part in order.parts if part.refund_id == refund.id]
    if any(part.route != "shop" for part in parts):
        refund.remote_id = ""  # it was decided and paid out here; the shop only had written it down
        return
    gone = [part for part in parts if part.counts]
    for part in gone:
        part.state = PartState.FAILED
    if gone:
        raise_case(book, order, Reason.SHOP_CHANGED, detail="refund_deleted")
    elif refund.amount_minor == 0:
        take_back(order, refund)
    weigh(book, order, at=book.at)


def deleted_refunds(order: Order) -> list[Refund]:
    """Refunds that the shop made and deleted, while nobody has decided about their money."""
    return [refund for refund in order.refunds if refund.remote_id and _is_deleted(order, refund)]


def _is_deleted(order: Order, refund: Refund) -> bool:
    parts = [part for part in order.parts if part.refund_id == refund.id]
    return bool(parts) and not any(part.counts or part.route != IN_SHOP for part in parts)


def take_back(order: Order, refund: Refund) -> None:
    """Undo what a refund took off the lines; once the money covers them they are a new arrival."""
    for gone in refund.lines:
        line = order.line(gone.line_id)
        if line is not None:
            line.refunded_qty -= gone.quantity
            line.confirmed_qty = max(0, line.confirmed_qty - gone.quantity)
    order.unassigned_minor = max(0, order.unassigned_minor - refund.unassigned_minor)
    order.kept_minor = max(0, order.kept_minor - refund.kept_minor)
    order.refunds.remove(refund)
    order.parts = [part for part in order.parts if part.refund_id != refund.id]
    order.retotal()
