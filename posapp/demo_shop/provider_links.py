"""Payment links at the provider: a page that waits for money, which may come once, twice, short, or never."""

from dataclasses import replace

from posapp.demo_shop.book import Book, NotThere
from posapp.demo_shop.provider import fee_on
from posapp.demo_shop.records import Transaction

OPEN = frozenset({"abandoned", "failed", "pending"})


def make_link(
    book: Book,
    reference: str,
    amount_minor: int,
    email: str,
    metadata: dict[str, object],
) -> Transaction:
    """A page on which nothing was paid yet: the provider calls it abandoned. Raises `ValueError` for a used one."""
    if any(known.reference == reference for known in book.state.transactions.values()):
        raise ValueError(reference)
    number = book.state.next_transaction
    made = Transaction(
        id=number,
        reference=reference,
        status="abandoned",
        amount_minor=amount_minor,
        requested_minor=amount_minor,
        created_at=book.now(),
        paid_at=None,
        channel="card",
        order_id=None,
        order_key="",
        email=email,
        first_name="",
        last_name="",
        phone="",
        metadata=metadata,
        access_code=f"{book.random.getrandbits(60):015x}",
    )
    book.state.next_transaction += 1
    book.state.transactions[number] = made
    book.changes += 1
    return made


def link_of(book: Book, access_code: str) -> Transaction:
    """The transaction behind a page. Raises `NotThere`."""
    for made in book.state.transactions.values():
        if access_code and made.access_code == access_code:
            return made
    raise NotThere("no such payment page")


def pay_link(book: Book, made: Transaction, amount_minor: int | None = None, channel: str = "card") -> bool:
    """A customer pays on the page, what it asks for unless an amount is given. False when it is paid already."""
    if made.status not in OPEN:
        return False
    made.status, made.paid_at, made.channel = "success", book.now(), channel
    made.amount_minor = made.requested_minor if amount_minor is None else amount_minor
    made.fee_minor = fee_on(made.amount_minor)
    book.changes += 1
    return True


def pay_again(book: Book, made: Transaction) -> Transaction:
    """The same customer's bank sends the money once more: another transaction with the same words beside it."""
    number = book.state.next_transaction
    again = replace(
        made, id=number, reference=f"T{number}", created_at=book.now(), paid_at=book.now(), status="success",
        channel="bank_transfer", access_code="", refunded_minor=0, metadata=dict(made.metadata),
    )  # fmt: skip
    again.fee_minor = fee_on(again.amount_minor)
    book.state.next_transaction += 1
    book.state.transactions[number] = again
    book.changes += 1
    return again


def leave_link(book: Book, made: Transaction, status: str) -> None:
    """A customer whose card is declined ("failed"), who goes away ("abandoned"), or whose bank is slow ("pending")."""
    if status not in OPEN:
        raise ValueError(f"a page that is left is not {status!r}")
    if made.status in OPEN:
        made.status = status
        book.changes += 1
