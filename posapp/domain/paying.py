"""Payment confirms order: record first, decide after."""

from dataclasses import dataclass
from datetime import datetime

from posapp.domain.allocation import allocate
from posapp.domain.attention import Case, Reason
from posapp.domain.book import Book
from posapp.domain.events import AttentionRaised
from posapp.domain.handing import hand_over_all
from posapp.domain.orders import Order, Status
from posapp.domain.outbox import COMPLETED, PAID, was_told
from posapp.domain.payments import Payment, PaymentState, Teller

ON_DELIVERY = "cod"  # WooCommerce's payment method of who pays when the goods come


@dataclass(frozen=True, slots=True)
class News:
    """What somebody tells of a payment. `paid_at` is the effective time already."""

    provider: str
    provider_ref: str
    reference: str
    method: str
    gross_minor: int
    customer_fee_minor: int
    state: PaymentState
    paid_at: datetime


def record_payment(book: Book, order: Order, news: News) -> None:
    """Write down what is told of a payment, and confirm the order if it completes it.

    The same money is news once only; an older state of it is ignored. Money for a
    closed order moves nothing: it waits for a decision.
    """
    payment = _known(order, news)
    if payment is None and _is_echo(book, order, news):
        return
    if payment is None:
        payment = Payment(
            id=book.new_id("payment"),
            order_id=order.id,
            provider=news.provider,
            provider_ref=news.provider_ref,
            reference=news.reference,
            method=news.method,
            gross_minor=news.gross_minor,
            customer_fee_minor=news.customer_fee_minor,
            state=news.state,
            paid_at=max(news.paid_at, order.placed_at),
        )
        order.payments.append(payment)
    elif not _rise(order, payment, news):
        return
    if payment.state == PaymentState.SUCCEEDED:
        if payment.provider == Teller.HAND:
            payment.shift_id = book.shift_id
        payment.applied = order.status != Status.CANCELLED
        weigh(book, order, at=max(payment.paid_at, _covered_at(order)))
    elif payment.state == PaymentState.REVERSED:
        flag_reversal(book, order)


def _is_echo(book: Book, order: Order, news: News) -> bool:
    """Whether a shop's word of a payment is only the echo of money that a person recorded here.

    A shop dates an order paid when it is marked processing or completed: by us, or, cash on delivery, by its own people
    (docs/rules.md, two tellers).
    """
    if news.provider != Teller.SHOP or order.confirmed_at is None:
        return False
    rows = book.outgoing(order.id)
    told = order.payment_method == ON_DELIVERY or was_told(rows, COMPLETED) or was_told(rows, PAID)
    return told and is_told_here(order)


def is_told_here(order: Order) -> bool:
    """Whether all its money was recorded by a person, or came through a payment page of ours: no shop knows of it."""
    came = [p for p in order.payments if p.state == PaymentState.SUCCEEDED]
    return bool(came) and all(p.provider == Teller.HAND or p.provider_ref.startswith(order.id) for p in came)


def _covered_at(order: Order) -> datetime:
    """When the payments, in the order in which they were made, had come to cover the total.

    A deposit that is heard of last does not give its order the deposit's place in the queue.
    """
    covered, at = 0, order.placed_at
    for payment in sorted(order.payments, key=lambda p: (p.paid_at, p.id)):
        if covered < order.total_minor and payment.applied and payment.state == PaymentState.SUCCEEDED:
            covered, at = covered + order.left_of(payment), payment.paid_at
    return at


def _known(order: Order, news: News) -> Payment | None:
    """The payment this news is about, if it has been heard of.

    A provider's payment and the shop's word of it, by the same reference, are the same
    money told twice (docs/rules.md, two tellers).
    """
    for payment in order.payments:
        if payment.provider == news.provider and payment.provider_ref == news.provider_ref:
            return payment
    names = {news.reference, news.provider_ref} - {""}
    for payment in order.payments:
        tellers = {payment.provider, news.provider}
        of_both = Teller.SHOP in tellers and len(tellers - set(Teller)) == 1
        if of_both and names & {payment.reference, payment.provider_ref}:
            return payment
    return None


def _rise(order: Order, payment: Payment, news: News) -> bool:
    """Take over a higher state; amounts are the provider's last word until money counted."""
    if news.state.rank <= payment.state.rank:
        return False
    if payment.state != PaymentState.SUCCEEDED:
        payment.gross_minor, payment.customer_fee_minor = news.gross_minor, news.customer_fee_minor
        payment.paid_at = max(news.paid_at, order.placed_at)
        payment.method = news.method or payment.method
    payment.state = news.state
    return True


def weigh(book: Book, order: Order, *, at: datetime) -> None:
    """Confirm what the money covers now, if anything is left to confirm.

    `at` is when the money came to cover it: the order's place in the queue.
    """
    order.retotal()
    paid = order.paid_minor
    if order.status == Status.CANCELLED or paid < order.total_minor:
        return
    if paid == 0 and not order.units_left:
        return  # no goods and no money: there is nothing to confirm
    if order.status == Status.OPEN:
        order.status = Status.PROCESSING
        order.confirmed_at = order.confirmed_at or at
        _take_place(book, order, at)
    elif any(line.confirmed_qty < line.qty for line in order.lines):
        _take_place(book, order, at)
    raise_sales(book, order, at=at)


def _take_place(book: Book, order: Order, at: datetime) -> None:
    """Confirm all units wanted and take them from the shelf as a new arrival."""
    order.queue_at, order.queue_seq = at, order.sequence
    for line in order.lines:
        if line.confirmed_qty <= line.refunded_qty:
            variant = book.source.variant(line.variant_id) if line.variant_id else None
            line.tracked = variant is not None and variant.track_stock
            line.item_id = variant.item_id if variant is not None else ""
            line.components = variant.components if variant is not None else {}
        line.confirmed_qty = line.qty
        if order.history:
            line.handed_over_qty = line.confirmed_qty - line.refunded_qty
    if order.history:
        order.status = Status.COMPLETED
        return
    if order.status == Status.COMPLETED:
        order.status = Status.PROCESSING
    allocate(book, order)
    if order.completed_in_shop:
        hand_over_all(book, order)


def round_rest(book: Book, order: Order, rounding_minor: int) -> None:
    """Cash pays the rest in coins that there are: the total follows, as it is sold, and Total Sales with it.

    Call it before the payment is recorded: what raises the total enters Total Sales with the money.
    """
    counted_over = max(0, order.contribution_minor - order.total_minor)
    order.rounding_minor += rounding_minor
    order.total_placed_minor += rounding_minor
    order.retotal()
    book.add_sales(order, counted_over - max(0, order.contribution_minor - order.total_minor))


def raise_sales(book: Book, order: Order, *, at: datetime) -> None:
    """Let what is confirmed and paid, and was not counted yet, enter Total Sales."""
    was, book.at = book.at, at
    if order.total_minor > order.contribution_minor:
        book.add_sales(order, order.total_minor - order.contribution_minor)
    book.at = was


def flag_reversal(book: Book, order: Order) -> None:
    """The bank took money back. What was confirmed stays until a person decides."""
    if order.is_confirmed and order.paid_minor < order.total_minor:
        raise_case(book, order, Reason.PAYMENT_REVERSED)


def raise_case(book: Book, order: Order, reason: Reason, *, detail: str = "") -> Case:
    """Open a case of a reason, or find the one that is open."""
    case = order.open_case(reason)
    if case is None:
        case = Case(book.new_id("case"), order.id, reason, book.at, detail=detail)
        order.cases.append(case)
        book.tell(AttentionRaised(order.id, reason))
    elif detail:
        case.detail = detail
    return case


def flag_delay(book: Book, order: Order, payment_id: str) -> None:
    """A provider's payment has been pending for too long: somebody should ask."""
    payment = next((p for p in order.payments if p.id == payment_id), None)
    if payment is None or payment.provider in set(Teller) or order.status != Status.OPEN:
        return
    if payment.state == PaymentState.PENDING:
        raise_case(book, order, Reason.PAYMENT_DELAYED)
