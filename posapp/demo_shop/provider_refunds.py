"""Refunds at the provider: asked for, awaited, paid out or not, in any order a test wants.

Left alone, a refund is paid out half a minute after it was asked for, by the shop's clock.
"""

from datetime import timedelta

from posapp.demo_shop.book import Book, NotThere
from posapp.demo_shop.provider_records import ProviderRefund
from posapp.demo_shop.records import Transaction

TAKES = timedelta(seconds=30)
STATUSES = ("pending", "processing", "processed", "failed", "needs-attention")
REFUSED = "refused"  # an outcome that makes no refund at all


class RefundDeclined(Exception):
    """The provider says no; `code` is its own word."""

    def __init__(self, words: str, code: str = "validation_error") -> None:
        super().__init__(words)
        self.code = code


def plan(book: Book, *outcomes: str) -> None:
    """Say what becomes of the next refunds, one outcome each: a status, or "refused"; later ones are paid out.

    Raises `ValueError` for what is none.
    """
    for outcome in outcomes:
        if outcome != REFUSED and outcome not in STATUSES:
            raise ValueError(f"a refund has no status {outcome!r}")
    book.state.refund_plan += outcomes
    book.changes += 1


def refund_of(book: Book, number: int) -> ProviderRefund:
    """Raises `NotThere`."""
    try:
        return book.state.provider_refunds[number]
    except KeyError:
        raise NotThere(f"no refund {number}") from None


def make_refund(
    book: Book,
    made: Transaction,
    amount_minor: int | None = None,
    *,
    customer_note: str = "",
    merchant_note: str = "",
    at_once: bool = False,
) -> ProviderRefund:
    """Give money back on a transaction, all that is left of it unless an amount is given.

    Two alike are two refunds: the provider knows no key. Raises `RefundDeclined`.
    """
    amount = _possible(made, amount_minor)
    outcome = book.state.refund_plan.pop(0) if book.state.refund_plan else "processed"
    if outcome == REFUSED:
        raise RefundDeclined("Your balance is not enough to fulfil this request")
    now = book.now()
    refund = ProviderRefund(
        id=book.state.next_provider_refund,
        transaction_id=made.id,
        amount_minor=amount,
        status="pending",
        created_at=now,
        customer_note=customer_note or f"Refund for transaction {made.reference}",
        merchant_note=merchant_note or f"Refund for transaction {made.reference} by owner@example.test",
        becomes=outcome,
        due_at=now + TAKES,
    )
    book.state.next_provider_refund += 1
    book.state.provider_refunds[refund.id] = refund
    made.refunded_minor += amount
    book.changes += 1
    if at_once:
        settle_refund(book, refund, outcome)
    return refund


def _possible(made: Transaction, amount_minor: int | None) -> int:
    """What is to be given back, if it can be. Raises `RefundDeclined`."""
    left = made.amount_minor - made.refunded_minor
    amount = left if amount_minor is None else amount_minor
    if made.status == "reversed" or (made.status == "success" and left == 0):
        raise RefundDeclined("Transaction has been fully reversed")
    if made.status != "success":
        raise RefundDeclined("Transaction was not successful, so it cannot be refunded")
    if not 0 < amount <= left:
        raise RefundDeclined("Refund amount cannot be more than what is left of the transaction")
    return amount


def settle_refund(book: Book, refund: ProviderRefund, status: str) -> None:
    """Bring a refund to a status, any after any: a provider may say paid out, and then that it failed.

    A transaction that is given back whole is called reversed; one whose refund failed is not.
    """
    if status not in STATUSES:
        raise ValueError(f"a refund has no status {status!r}")
    made = book.state.transactions[refund.transaction_id]
    was_whole = _paid_out(book, made) >= made.amount_minor
    refund.status, refund.due_at = status, None
    refund.refunded_at = book.now() if status == "processed" else None
    made.refunded_minor = sum(one.amount_minor for one in refunds_of(book, made) if one.status != "failed")
    is_whole = _paid_out(book, made) >= made.amount_minor
    if is_whole and made.status == "success":
        made.status = "reversed"
    elif was_whole and not is_whole and made.status == "reversed":
        made.status = "success"
    book.changes += 1


def settle_due(book: Book) -> None:
    """Let every refund become what it is to become, once its time has come."""
    for refund in book.state.provider_refunds.values():
        if refund.due_at is not None and refund.due_at <= book.now():
            settle_refund(book, refund, refund.becomes)


def take_details(book: Book, refund: ProviderRefund, account_number: str, bank_id: str) -> None:
    """The customer's account, for a refund that waits for it; then it goes on. Raises `RefundDeclined`."""
    if refund.status != "needs-attention":
        raise RefundDeclined('Invalid Refund state, refund status should be "needs-attention"')
    if not (account_number.isascii() and account_number.isdigit() and len(account_number) == 10):
        raise RefundDeclined(f"Could not resolve account {account_number}")
    refund.account_number, refund.bank_id = account_number, bank_id
    refund.status = "processing"
    refund.becomes = book.state.refund_plan.pop(0) if book.state.refund_plan else "processed"
    refund.due_at = book.now() + TAKES
    book.changes += 1


def refunds_of(book: Book, made: Transaction) -> list[ProviderRefund]:
    """Every refund of a transaction, oldest first."""
    return [one for one in book.state.provider_refunds.values() if one.transaction_id == made.id]


def _paid_out(book: Book, made: Transaction) -> int:
    return sum(one.amount_minor for one in refunds_of(book, made) if one.status == "processed")
