"""No card number reaches the journal: the free words of a command are masked before it is written down."""

from functools import lru_cache
from typing import TypeVar

import msgspec

from posapp.commands.command import Command
from posapp.commands.rights import FEED_COMMANDS
from posapp.domain.masking import mask_cards

# Where people type what they like. Codes, serials and what is searched for are never touched.
WORDS = frozenset({"note", "reference", "reason", "payout_reference"})
S = TypeVar("S", bound=msgspec.Struct)


def masked(command: Command) -> Command:
    """The same command without card numbers. What a feed tells is its own reference, and stays."""
    return command if type(command) in FEED_COMMANDS else _masked(command)


def _masked(record: S) -> S:
    words, nested = _fields(type(record))
    changes: dict[str, object] = {}
    for name in words:
        text = getattr(record, name)
        if isinstance(text, str) and (clean := mask_cards(text)) != text:
            changes[name] = clean
    for name in nested:
        rows = getattr(record, name)
        clean_rows = tuple(_masked(row) if isinstance(row, msgspec.Struct) else row for row in rows)
        if clean_rows != rows:
            changes[name] = clean_rows
    return msgspec.structs.replace(record, **changes) if changes else record


@lru_cache(maxsize=256)
def _fields(kind: type[msgspec.Struct]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The fields of words of a record, and those that hold rows of records."""
    fields = msgspec.structs.fields(kind)
    nested = tuple(field.name for field in fields if str(field.type).startswith("tuple["))
    return tuple(field.name for field in fields if field.name in WORDS), nested
