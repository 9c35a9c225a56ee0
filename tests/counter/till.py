"""The shop of the tests with the verbs of its counter; its books are checked after every one."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from posapp.commands.command import Command
from posapp.commands.counter import Sell, Tender
from posapp.commands.returns import TakeBack
from posapp.commands.shop import MAIN_LOCATION
from posapp.db.rows import LEVEL, MOVEMENT, SALE
from posapp.db.store import load_order
from posapp.desk import Outcome
from posapp.domain.lines import Line
from posapp.domain.orders import Order
from posapp.domain.sale_line import Returned, SaleLine
from posapp.queries.books import book_troubles
from posapp.queries.sale_foresight import price_of
from posapp.replay import check_replay
from tests.books import check_books, total_sales
from tests.shop import Shop


class Counter(Shop):
    """Sells and takes back at the counter."""

    def do(self, kind: type[Command], **fields: Any) -> Outcome:
        outcome = super().do(kind, **fields)
        self.check()
        return outcome

    def sale(
        self, *lines: SaleLine | tuple[Any, ...], pay: Iterable[Tender] | None = None, **fields: Any
    ) -> Sell:
        """A sale, paid in cash exactly unless tenders are named."""
        made = tuple(line if isinstance(line, SaleLine) else SaleLine(*line) for line in lines)
        values = {"order_id": self.new_id("sale"), "location_id": MAIN_LOCATION, "lines": made} | fields
        bare: Sell = self.command(Sell, **values)
        tenders = [cash(self.total(bare))] if pay is None else pay
        return self.command(Sell, **values, tenders=tuple(t for t in tenders if t.amount_minor))

    def total(self, sale: Sell) -> int:
        return price_of(self.reader, sale, self.now).total_minor

    def sell(self, *lines: SaleLine | tuple[Any, ...], **fields: Any) -> Order:
        command = self.sale(*lines, **fields)
        self.desk.do(command)
        self.check()
        return self.order(command.order_id)

    def take_back(
        self, order: Order, quantity: int = 1, *, at: int = 0, restock: bool = True, **fields: Any
    ) -> Order:
        """Units of one line come back."""
        reason = "" if restock else "broken"
        back = Returned(order.id, order.lines[at].id, quantity, restock, reason)
        self.do(TakeBack, returned=(back,), **fields)
        return self.order(order.id)

    def stock(self, product_id: str) -> tuple[int, int, int]:
        """on hand / allocated / available."""
        row = self.reader.row(f"{LEVEL.select} WHERE item_id = ?", (product_id,))
        if row is None:
            return 0, 0, 0
        level = LEVEL.decode(row)
        return level.on_hand, level.allocated, level.available

    def line(self, order: Order, at: int = 0) -> Line:
        return self.order(order.id).lines[at]

    @property
    def sales(self) -> int:
        return total_sales([SALE.decode(row) for row in self.reader.rows(SALE.select)])

    def check(self) -> None:
        """The books balance, as the tests and as the doctor see it."""
        connection = self.reader.connection
        ids = [row[0] for row in self.reader.rows("SELECT id FROM orders ORDER BY number")]
        orders = [order for order in (load_order(connection, each) for each in ids) if order is not None]
        check_books(
            orders,
            [LEVEL.decode(row) for row in self.reader.rows(LEVEL.select)],
            [MOVEMENT.decode(row) for row in self.reader.rows(f"{MOVEMENT.select} ORDER BY rowid")],
            [SALE.decode(row) for row in self.reader.rows(f"{SALE.select} ORDER BY rowid")],
        )
        assert not list(book_troubles(connection, 5))

    def replayed(self) -> None:
        """The journal makes every row again."""
        with self.reader.snapshot():
            found = check_replay(self.reader.connection)
        assert not found.differences, found.differences


def cash(amount_minor: int, given_minor: int = 0) -> Tender:
    return Tender("cash", amount_minor, given_minor)


def transfer(amount_minor: int, reference: str = "NIP-1", *, awaiting: bool = False) -> Tender:
    return Tender("transfer", amount_minor, 0, reference, awaiting)


def card(amount_minor: int) -> Tender:
    return Tender("card", amount_minor, 0, "1234")


def on_account(amount_minor: int) -> Tender:
    return Tender("account", amount_minor)


def passing_folder() -> "tempfile.TemporaryDirectory[str]":
    """A folder for one example of many, in memory where the system has a place for that: no disk is waited for."""
    memory = Path("/dev/shm")
    return tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None)
