"""What a sale would come to and whether it could be made: the command's own handler, on a book thrown away."""

from dataclasses import dataclass
from datetime import datetime

from posapp.commands.command import Work
from posapp.commands.counter import Sell, draft, exchange, named_items, priced_sale
from posapp.domain import sales
from posapp.domain.allocation import fill_waiting
from posapp.domain.book import Book
from posapp.domain.orders import Order
from posapp.domain.pricing import PricedSale
from posapp.domain.sales import ShortItem
from posapp.queries.reader import Reader
from posapp.queries.rehearsal import new_book

UNNUMBERED = 0  # a sale that is only foreseen takes no number


@dataclass(frozen=True, slots=True)
class SaleForesight:
    """What a basket comes to, and what of it is not free. `names` are the lines' products.

    Of an exchange: what comes back pays `exchanged_minor` of it, and `payout_minor` goes back
    beyond that.
    """

    priced: PricedSale
    names: tuple[str, ...]
    shortages: tuple[ShortItem, ...]
    exchanged_minor: int = 0
    payout_minor: int = 0

    @property
    def total_minor(self) -> int:
        """What the sale costs."""
        return self.priced.total_minor

    @property
    def to_pay_minor(self) -> int:
        """What the customer still has to pay: the total less what comes back."""
        return self.priced.total_minor - self.exchanged_minor


def foresee_sale(reader: Reader, command: Sell, at: datetime) -> SaleForesight:
    """Price a sale and find what it would be short of, whatever its tenders.

    Raises `Refused` and `NotFound` for what cannot be sold at all. What a person answers for
    (`found`, `reserved`) is no longer missing.
    """
    with reader.snapshot():
        book = new_book(reader, command.actor, at)
        work = Work(reader.connection, book)
        order, priced = draft(command, work, UNNUMBERED)
        exchanged, _ = exchange(command, work, order) if command.returned else (0, 0)
        if command.returned:
            fill_waiting(book)
        back = sum(_given_back(book, each) for each in book.orders.values())
        sales.make_room(book, order, command.found, command.reserved)
        short = named_items(work, sales.shortages(book, order))
    return SaleForesight(priced, _names(order), tuple(short), exchanged, back - exchanged)


def _given_back(book: Book, order: Order) -> int:
    before = book.orders_before[order.id]
    known = {part.id for part in before.parts} if before else set()
    return sum(part.amount_minor for part in order.parts if part.id not in known)


def price_of(reader: Reader, command: Sell, at: datetime) -> PricedSale:
    """What a sale comes to, without a look at the shelf: for every change of a basket."""
    with reader.snapshot():
        return priced_sale(command, Work(reader.connection, new_book(reader, command.actor, at)))


def _names(order: Order) -> tuple[str, ...]:
    return tuple(line.name for line in order.lines)
