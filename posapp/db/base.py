"""What all tables share: STRICT types, defaults, and a language to make SQL text in.

Times are ISO 8601 text in UTC with microseconds, so that text order is time order. Amounts are
minor units, quantities whole units. What is written in JSON is never searched.
"""

from typing import Any

from peewee import SQL, IntegerField, Model, SqliteDatabase, TextField

LANGUAGE = SqliteDatabase(None)  # for making SQL text only: connections are opened elsewhere


def text(default: str = "", **options: Any) -> Any:
    """A column of text that is empty by default, also for those who write SQL by hand."""
    return TextField(constraints=[SQL(f"DEFAULT '{default}'"), *options.pop("constraints", [])], **options)


def integer(default: int = 0, **options: Any) -> Any:
    """A column of whole numbers, 0 by default; a truth is 0 or 1."""
    return IntegerField(constraints=[SQL(f"DEFAULT {default}"), *options.pop("constraints", [])], **options)


class Table(Model):
    """What all tables share."""

    class Meta:
        database = LANGUAGE
        strict_tables = True
        legacy_table_names = False
