"""Following refunds that nobody here asked a payment provider for: made in its own dashboard, or by the web shop."""

from dataclasses import dataclass

from posapp.domain.attention import Reason
from posapp.domain.book import Book
from posapp.domain.events import OutboxChanged
from posapp.domain.orders import Order
from posapp.domain.outbox import OutKind, OutState
from posapp.domain.paying import raise_case, weigh
from posapp.domain.payments import GATEWAY, IN_SHOP, PROVIDER, Part, PartState, Payment, PaymentState
from posapp.domain.sending import acknowledge, move_part
from posapp.domain.shop_refunds import ShopRefundNews, follow_refund


@dataclass(frozen=True, slots=True)
class ProviderRefundNews:
    """A refund found at a provider that bears no reference of ours."""

    provider: str
    remote_id: str
    payment_ref: str  # the provider's reference of the payment it gives back
    amount_minor: int
    state: PartState
    reason: str = ""


def record_provider_refund(book: Book, order: Order, news: ProviderRefundNews) -> None:
    """Follow it once: as the part it pays out, where one is as high, or as money given back without naming goods."""
    payment = next(
        (p for p in order.payments if (p.provider, p.provider_ref) == (news.provider, news.payment_ref)), None
    )
    if payment is None:
        return
    parts = [part for part in order.parts if part.payment_id == payment.id]
    known = next((part for part in order.parts if part.remote_id == news.remote_id), None)
    if known is not None:
        move_part(book, order, known, news.state)
    elif news.state != PartState.FAILED and not _is_ours(book, order, payment, parts, news):
        _record(book, order, payment, news)


def _is_ours(book: Book, order: Order, payment: Payment, parts: list[Part], news: ProviderRefundNews) -> bool:
    """Whether it is what was decided here: paid out by the shop's gateway, not sent yet, or given by hand.

    What the gateway is known to have paid comes first: it must be found over there, what was not sent need not.
    """
    same = [part for part in parts if part.amount_minor == news.amount_minor and not part.remote_id]
    by_gateway = [part for part in same if _is_by_shop(part)]
    if not by_gateway and _settles_unsent(book, order, same, news):
        return True
    elsewhere = by_gateway or [part for part in same if part.route == "hand"] or _by_gateway(order, news)
    if elsewhere:
        elsewhere[0].remote_id = news.remote_id
        _give_its_payment(order, elsewhere[0], payment)
    return bool(elsewhere)


def _give_its_payment(order: Order, paid: Part, payment: Payment) -> None:
    """Let a share be of the payment that the gateway chose; one of it that is not paid takes its place.

    Otherwise what failed would be reckoned on a payment that went back whole, and nobody would owe it.
    """
    if paid.payment_id == payment.id:
        return
    others = [part for part in order.parts if part.payment_id == payment.id and part.route == GATEWAY]
    other = next((p for p in others if p.amount_minor == paid.amount_minor and not p.remote_id), None)
    if other is not None:
        other.payment_id, paid.payment_id = paid.payment_id, payment.id
    elif order.left_of(payment) >= paid.amount_minor:
        paid.payment_id = payment.id


def _settles_unsent(book: Book, order: Order, same: list[Part], news: ProviderRefundNews) -> bool:
    """Whether it is a share that nobody outside was asked for by us yet: then nobody is asked any more."""
    for row in book.outgoing(order.id):
        part = next((part for part in same if part.id == row.part_id), None)
        if part is None or row.state not in (OutState.WAITING, OutState.SENDING):
            continue
        if row.kind == OutKind.PROVIDER_REFUND:
            acknowledge(book, order, row, news.remote_id, news.state)
            return True
        if row.kind == OutKind.SHOP_REFUND and row.state == OutState.WAITING:
            row.state, row.answered_at = OutState.WITHDRAWN, book.at
            part.route, part.remote_id = PROVIDER, news.remote_id
            move_part(book, order, part, news.state)
            book.tell(OutboxChanged(order.id))
            return True
    return False


def _is_by_shop(part: Part) -> bool:
    """Whether the shop's gateway has paid it, or may have: it was asked."""
    return part.route in (GATEWAY, IN_SHOP) and part.counts and part.state != PartState.QUEUED


def _by_gateway(order: Order, news: ProviderRefundNews) -> list[Part]:
    """What the shop's gateway paid out of any payment of the order: it chooses which of several it gives back."""
    by_shop = [part for part in order.parts if _is_by_shop(part)]
    return [part for part in by_shop if part.amount_minor == news.amount_minor and not part.remote_id]


def _record(book: Book, order: Order, payment: Payment, news: ProviderRefundNews) -> None:
    """Money given back over there. What was taken back whole is a reversal, which has a case of its own."""
    if payment.state != PaymentState.SUCCEEDED:
        return
    left = min(news.amount_minor, order.left_of(payment))
    refund, beyond = follow_refund(book, order, ShopRefundNews(news.remote_id, left, {}, news.reason))
    if refund.amount_minor > 0:
        part = Part(book.new_id("part"), refund.id, order.id, payment.id, refund.amount_minor, PROVIDER)
        part.state, part.remote_id = news.state, news.remote_id
        order.parts.append(part)
    if beyond or left < news.amount_minor:
        raise_case(book, order, Reason.SHOP_CHANGED, detail="refunded")
    weigh(book, order, at=book.at)
