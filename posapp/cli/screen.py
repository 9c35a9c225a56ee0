"""Where a verb's answer goes: one JSON value for scripts, or a short table for people."""

import json
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TextIO

import msgspec

from posapp.domain.money import decimals

# A name from outside may hold line ends, escape sequences or marks that turn the writing round.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
GAP = "  "


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its title, its width in characters, numbers to the right."""

    title: str
    width: int
    right: bool = False

    def cell(self, text: str) -> str:
        """Fit a text into the column."""
        text = plain(text)
        if len(text) > self.width and not self.right:
            text = text[: self.width - 1] + "…"
        return text.rjust(self.width) if self.right else text.ljust(self.width)


class Screen:
    """Writes answers to standard output and everything else to standard error."""

    def __init__(self, *, as_json: bool, out: TextIO | None = None, errors: TextIO | None = None) -> None:
        """Write JSON or text; the streams are those of the process unless told otherwise."""
        self.as_json = as_json
        self.out, self.errors = out or sys.stdout, errors or sys.stderr

    def json(self, value: Any) -> None:
        """Write one value. Only ASCII signs, so that every pipe and terminal passes it on unharmed."""
        self.out.write(as_json(value) + "\n")

    def json_list(self, values: Iterable[Any]) -> None:
        """Write a bare array, one element a line, as the elements come."""
        self.out.write("[")
        for i, value in enumerate(values):
            self.out.write((",\n " if i else "") + as_json(value))
        self.out.write("]\n")

    def say(self, line: str = "") -> None:
        """Write a line for people."""
        self.out.write(line.rstrip() + "\n")

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[str]], *, empty: str) -> None:
        """Write a table as the rows come; `empty` is said where there is none."""
        any_row = False
        for row in rows:
            if not any_row:
                self.say(GAP.join(column.cell(column.title) for column in columns))
            any_row = True
            self.say(GAP.join(column.cell(text) for column, text in zip(columns, row, strict=True)))
        if not any_row:
            self.say(empty)

    def warn(self, words: str) -> None:
        """Tell a person something beside the answer; scripts find it in the answer."""
        if not self.as_json:
            self.errors.write(f"posapp: {plain(words)}\n")

    def error(self, code: str, message: str) -> None:
        """Tell what went wrong."""
        if self.as_json:
            self.errors.write(as_json({"error": code, "message": message}) + "\n")
        else:
            self.errors.write(f"posapp: {plain(message)}\n")


def as_json(value: Any) -> str:
    """One value as JSON text."""
    return json.dumps(msgspec.to_builtins(value))


def plain(text: str) -> str:
    """Show what would break or disguise a line as its code."""
    return _UNSEEN.sub(lambda mark: mark.group().encode("unicode_escape").decode(), text)


def money(minor: int, currency: str) -> str:
    """An amount for people: 4500000 NGN is 45,000.00 NGN."""
    places = decimals(currency)
    whole, part = divmod(abs(minor), 10**places)
    fraction = f".{part:0{places}}" if places else ""
    return f"{'-' if minor < 0 else ''}{whole:,}{fraction} {currency}"
