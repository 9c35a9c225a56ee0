"""What every command is, and what a handler works with.

A command is a frozen record: it carries its own id, who gave it and when it counts. A
handler reads no clock, no randomness and no network, so that the journal replayed into
an empty file gives the same rows.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime
from sqlite3 import Connection
from typing import Any, ClassVar
from uuid import UUID

import msgspec

from posapp.db import store
from posapp.domain.book import Book, Decision
from posapp.domain.errors import NotFound
from posapp.domain.ids import named_id
from posapp.domain.orders import Order

NAMES = UUID("5f2c1c53-6a0e-4a57-9d58-0f8c6d1f5b0a").bytes  # under which ids that come from outside are named


class Command(msgspec.Struct, frozen=True, kw_only=True, tag_field="do", gc=False):
    """A change somebody wants. `at` is when it counts (UTC); for a feed it is the feed's own time.

    It is a leaf: the cyclic collector does not visit it.
    """

    at_till: ClassVar[bool] = True  # given by a person at the till: its money belongs to the open shift

    id: str
    actor: str
    at: datetime
    approved_by: str = ""  # who allowed this one action, where the actor's own rights do not reach


class Work:
    """One command being carried out: its book, and the connection for what is no book's business."""

    def __init__(self, connection: Connection, book: Book) -> None:
        """Work inside the caller's transaction."""
        self.connection, self.book = connection, book

    def order(self, order_id: str) -> Order:
        """Take an order into the book. Raises `NotFound`."""
        return self.book.order(order_id)

    def setting(self, key: str, default: str = "") -> str:
        """A setting that changes what commands do."""
        row = self.connection.execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else default

    def set(self, key: str, value: str) -> None:
        """Change such a setting."""
        self.connection.execute(
            "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, value),
        )

    def count_up(self, name: str) -> int:
        """Give out the next number of a counter; each is given out once only."""
        sql = 'INSERT INTO counter (name, "next") VALUES (?, 2) ON CONFLICT (name) DO UPDATE SET "next" = "next" + 1 '
        return int(self.connection.execute(sql + 'RETURNING "next" - 1', (name,)).fetchone()[0])

    def decision(self, decision_id: str) -> Decision:
        """Find a decision. Raises `NotFound`."""
        decision = store.load_decision(self.connection, decision_id)
        if decision is None:
            raise NotFound("There is no such decision to undo.", code="decision_not_found")
        return decision

    def row(self, sql: str, parameters: Sequence[Any]) -> tuple[Any, ...] | None:
        """One row of a question."""
        found: tuple[Any, ...] | None = self.connection.execute(sql, parameters).fetchone()
        return found


def new_command_id(at: datetime) -> str:
    """A fresh id that sorts by time (UUID version 7, RFC 9562)."""
    stamp = int(at.timestamp() * 1000)
    value = (stamp << 80) | (7 << 76) | (secrets.randbits(12) << 64) | (2 << 62) | secrets.randbits(62)
    return str(UUID(int=value))


def named(*parts: str) -> str:
    """The id of something that comes from outside: the same every time the same parts come."""
    return named_id(NAMES, "\x1f".join(parts))
