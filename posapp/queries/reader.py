"""The reading end of the database: one query-only connection, opened when first asked.

A screen gets a `Reader` and asks the functions of this package with it; it can change
nothing. A reader belongs to one thread; `again()` makes another one for a second thread.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from posapp.db import database
from posapp.db.store import DatabaseSource, load_order
from posapp.domain.orders import Order
from posapp.domain.provider_fees import FeeBearer
from posapp.domain.told_back import TELL_STATUS

Row = tuple[Any, ...]

_SETTINGS = "SELECT key, value FROM setting"
_LOCATIONS = "SELECT id, name FROM location ORDER BY rowid"


@dataclass(frozen=True, slots=True)
class Place:
    """A shop or a store room."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class ShopSettings:
    """Whose till it is and how it works. `currency` is "" in a folder where no shop was opened yet."""

    name: str
    owner: str
    currency: str  # ISO 4217
    time_zone: str  # IANA name
    till: str
    auto_fill: bool  # free units go to waiting orders by themselves
    tax_name: str
    tax_basis_points: int  # 7.5 % is 750
    tax_included: bool
    tell_shop: str  # what a web shop is told of its orders: off, status or note
    link_fee: str  # who bears a payment link's fee: merchant or customer
    locations: tuple[Place, ...]

    @property
    def is_open(self) -> bool:
        """Whether a shop was opened in this folder."""
        return bool(self.currency)


class Reader:
    """Answers questions about one folder's database, from one thread."""

    def __init__(self, folder: Path, *, checked: bool = False) -> None:
        """Read the database of a folder, opened at the first question; `checked` if a writer just opened it."""
        self._checked = checked
        self._folder = folder
        self._opened: Connection | None = None
        self._depth = 0

    @property
    def folder(self) -> Path:
        """The folder that is read."""
        return self._folder

    @property
    def connection(self) -> Connection:
        """The query-only connection. Raises `db.database.CannotOpen` where there is nothing to read."""
        if self._opened is None:
            self._opened = database.open_reader(self._folder, checked=self._checked)
        return self._opened

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """All rows of a question."""
        found: list[Row] = self.connection.execute(sql, parameters).fetchall()
        return found

    def row(self, sql: str, parameters: Sequence[Any] = ()) -> Row | None:
        """The first row of a question."""
        found: Row | None = self.connection.execute(sql, parameters).fetchone()
        return found

    def value(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """The first column of the first row, None where there is no row."""
        found = self.row(sql, parameters)
        return None if found is None else found[0]

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let all questions inside see one and the same state, whatever is written meanwhile."""
        self._depth += 1
        try:
            if self._depth == 1:
                self.connection.execute("BEGIN")
            yield
        finally:
            self._depth -= 1
            if self._depth == 0 and self._opened is not None and self._opened.in_transaction:
                self._opened.execute("ROLLBACK")

    def source(self) -> DatabaseSource:
        """What a throw-away `Book` reads from, for previews."""
        return DatabaseSource(self.connection)

    def order(self, order_id: str) -> Order | None:
        """An order with everything that belongs to it; None where there is none."""
        with self.snapshot():
            return load_order(self.connection, order_id)

    def settings(self) -> ShopSettings:
        """How the shop is set up."""
        with self.snapshot():
            stored = {str(key): str(value) for key, value in self.rows(_SETTINGS)}
            places = tuple(Place(*row) for row in self.rows(_LOCATIONS))
        return ShopSettings(
            name=stored.get("name", ""),
            owner=stored.get("owner", ""),
            currency=stored.get("currency", ""),
            time_zone=stored.get("time_zone", "UTC"),
            till=stored.get("till", "A"),
            auto_fill=stored.get("auto_fill", "true") == "true",
            tax_name=stored.get("tax_name", "VAT"),
            tax_basis_points=int(stored.get("tax_basis_points", "0")),
            tax_included=stored.get("tax_included", "true") == "true",
            tell_shop=stored.get("tell_shop", TELL_STATUS),
            link_fee=stored.get("link_fee", FeeBearer.MERCHANT),
            locations=places,
        )

    def again(self) -> "Reader":
        """Another reader of the same folder, for another thread."""
        return Reader(self._folder, checked=True)

    def close(self) -> None:
        """Let the file go; a later question opens it again."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None
