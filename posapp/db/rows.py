"""Records to rows and back, with SQL text that is built once from the tables.

Most of a query builder's time goes into making SQL (docs/decisions/0003). Here every
statement is made at import; afterwards only parameters travel.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from enum import StrEnum
from operator import attrgetter
from typing import Any, Generic, TypeVar, get_args, get_origin, get_type_hints

import msgspec
from peewee import Model

from posapp.db import order_tables, outbox_tables, shift_tables, stock_tables
from posapp.domain import attention, book, lines, orders, outbox, payments, shifts, standing, stock
from posapp.domain.copies import Record

T = TypeVar("T", bound=Record)


def to_text(moment: datetime) -> str:
    """Write a time as it is stored: fixed width, so that text order is time order."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def from_text(text: str) -> datetime:
    """Read a stored time."""
    return datetime.fromisoformat(text)


_ENCODER = msgspec.json.Encoder(order="sorted")
Codec = tuple[Callable[[Any], Any] | None, Callable[[Any], Any] | None]


def _codec(annotation: Any) -> Codec:
    """How a field of this type goes into a column and comes out again; None: as it is."""
    inner = [a for a in get_args(annotation) if a is not type(None)]
    optional = type(None) in get_args(annotation)
    if annotation is bool:
        return int, bool
    if annotation is datetime or (optional and inner == [datetime]):
        return _or_none(to_text), _or_none(from_text)
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return str.__str__, annotation
    if get_origin(annotation) in (dict, list):
        decoder = msgspec.json.Decoder(annotation)
        return (lambda value: _ENCODER.encode(value).decode()), decoder.decode
    return None, None


def _or_none(convert: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else convert(value)


def _both(
    first: Callable[[T], tuple[Any, ...]], second: Callable[[T], tuple[Any, ...]]
) -> Callable[[T], tuple[Any, ...]]:
    return lambda record: (*first(record), *second(record))


class Shape(Generic[T]):
    """One record type and its table: how to read and write it."""

    def __init__(
        self,
        record: type[T],
        table: type[Model],
        *,
        leave_out: Iterable[str] = (),
        derived: Sequence[str] = (),
        derive: Callable[[T], tuple[Any, ...]] | None = None,
    ) -> None:
        """Match a dataclass to a table by the names of its fields; `derived` columns are written and never read."""
        hints = get_type_hints(record)
        self.record = record
        self.columns = [f.name for f in fields(record) if f.name not in set(leave_out)]
        codecs = [_codec(hints[name]) for name in self.columns]
        of_fields: Callable[[T], tuple[Any, ...]] = attrgetter(*self.columns)
        self._values = of_fields if derive is None else _both(of_fields, derive)
        self._encoders = {i: c[0] for i, c in enumerate(codecs) if c[0] is not None}
        self._written = [*self.columns, *derived]
        self._places = range(len(self._written))
        self._decoders = [(i, c[1]) for i, c in enumerate(codecs) if c[1] is not None]
        self.name: str = table._meta.table_name
        listed, written = (
            ", ".join(f'"{name}"' for name in names) for names in (self.columns, self._written)
        )
        marks = ", ".join("?" * len(self._written))
        changed = ", ".join(f'"{name}" = excluded."{name}"' for name in self._written if name != "id")
        # Only names of our own tables and columns enter these texts; values travel as parameters.
        self.select = f'SELECT {listed} FROM "{self.name}"'
        self.insert = f'INSERT INTO "{self.name}" ({written}) VALUES ({marks})'
        self.upsert = f"{self.insert} ON CONFLICT (id) DO UPDATE SET {changed}"
        self._updates: dict[tuple[int, ...], str] = {}  # by the places of the changed columns
        self.by_id = f"{self.select} WHERE id = ?"
        self.by_order = f"{self.select} WHERE order_id = ? ORDER BY rowid"

    def encode(self, record: T) -> list[Any]:
        """The parameters of one record, in the order of its columns."""
        values = list(self._values(record))
        for i, encoder in self._encoders.items():
            values[i] = encoder(values[i])
        return values

    def change(self, record: T, before: T) -> tuple[str, list[Any]]:
        """The statement that writes what became different, and its parameters; "" where nothing did.

        It names those columns only, so that an index over the others is not written again.
        """
        now, was = self._values(record), self._values(before)
        changed = tuple(i for i in self._places if now[i] != was[i])
        if not changed:
            return "", []
        sql = self._updates.get(changed)
        if sql is None:
            listed = ", ".join(f'"{self._written[i]}" = ?' for i in changed)
            sql = self._updates[changed] = f'UPDATE "{self.name}" SET {listed} WHERE id = ?'
        encoders = self._encoders
        return sql, [*(encoders[i](now[i]) if i in encoders else now[i] for i in changed), now[0]]

    def decode(self, row: tuple[Any, ...]) -> T:
        """The record of one row."""
        values = list(row)
        for i, decoder in self._decoders:
            values[i] = decoder(values[i])
        return self.record(*values)


ORDER = Shape(
    orders.Order,
    order_tables.Orders,
    leave_out=("lines", "payments", "refunds", "parts", "cases"),
    derived=standing.Standing._fields,
    derive=standing.standing_of,
)
LINE = Shape(lines.Line, order_tables.OrderLine)
PAYMENT = Shape(payments.Payment, order_tables.Payment)
REFUND = Shape(payments.Refund, order_tables.Refund)
PART = Shape(payments.Part, order_tables.Part)
CASE = Shape(attention.Case, order_tables.AttentionCase)
LEVEL = Shape(stock.Level, stock_tables.Level)
MOVEMENT = Shape(stock.Movement, stock_tables.Movement)
SALE = Shape(book.SalesEntry, order_tables.SalesEntry)
DECISION = Shape(book.Decision, order_tables.Decision)
OUTGOING = Shape(outbox.Outgoing, outbox_tables.Outgoing)
SHIFT = Shape(shifts.Shift, shift_tables.Shift)
CASH_MOVE = Shape(shifts.CashMove, shift_tables.CashMove)
