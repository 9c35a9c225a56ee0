"""Carrying a command out on a book that is thrown away: what a person is shown is what pressing does.

The same handler, the same rules and the same settling as at the desk; the connection is
query-only, so that nothing can be written even by mistake.
"""

from dataclasses import dataclass
from datetime import datetime

from posapp.commands.command import Command, Work
from posapp.commands.handlers import carry_out
from posapp.db.store import DatabaseSource
from posapp.domain.book import Book
from posapp.domain.errors import Refused
from posapp.domain.settling import settle
from posapp.queries.reader import Reader

NOBODY = "rehearsal"  # names the throw-away commands of a preview; none of them reaches the journal


@dataclass(frozen=True, slots=True)
class Allowed:
    """Whether something can be done now, and if not, why not, in words for a person."""

    allowed: bool
    why_not: str = ""
    code: str = ""


def rehearse(reader: Reader, command: Command, at: datetime) -> Book:
    """Carry a command out as if it were given at a time, and give the book it was done in.

    For commands that work on orders and stock. Raises `Refused` exactly where the desk would.
    """
    book = new_book(reader, command.actor, at, command_id=command.id)
    carry_out(command, Work(reader.connection, book))
    settle(book)
    return book


def new_book(reader: Reader, actor: str, at: datetime, *, command_id: str = NOBODY) -> Book:
    """A book on the reader's connection."""
    return Book(DatabaseSource(reader.connection), command_id=command_id, actor=actor, at=at, recorded_at=at)


def allowed(reader: Reader, command: Command, at: datetime) -> Allowed:
    """Whether a command would be accepted now."""
    try:
        rehearse(reader, command, at)
    except Refused as refusal:
        return Allowed(False, refusal.message, refusal.code)
    return Allowed(True)
