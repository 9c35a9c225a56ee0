"""The shop's clock and its numbers: times, ids, and rows of meta."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from posapp.demo_shop.records import Meta, State


class Counters:
    """State, clock and sequences. Nothing here waits, so one event loop never sees a half-made change."""

    def __init__(self, state: State, clock: Callable[[], datetime]) -> None:
        self.state = state
        self.random = random.Random(state.seed)
        self.changes = 0  # rises with every change, so that somebody may write the state to a file
        self._clock = clock
        self._held: datetime | None = None

    def now(self) -> datetime:
        """The shop's time: aware UTC, whole seconds."""
        moment = self._held or self._clock()
        return moment.astimezone(UTC).replace(microsecond=0)

    @contextmanager
    def at(self, when: datetime | None) -> Iterator[None]:
        """Let what is done inside happen at `when`; None is now. Raises `ValueError` for a naive time."""
        if when is not None and when.tzinfo is None:
            raise ValueError("a time in the demo shop is aware")
        before, self._held = self._held, when or self._held
        try:
            yield
        finally:
            self._held = before

    def post_id(self) -> int:
        """The next id of a product, an order or a refund: WordPress has one sequence for them."""
        self.state.next_post += 1
        return self.state.next_post - 1

    def line_id(self) -> int:
        """The next id of a line of any kind."""
        self.state.next_line += 1
        return self.state.next_line - 1

    def meta(self, key: str, value: object) -> Meta:
        """A new row of meta."""
        self.state.next_meta += 1
        return Meta(self.state.next_meta - 1, key, value)

    def put_meta(self, rows: list[Meta], key: str, value: object) -> None:
        """Set the value of a key: the row that is there, or a new one."""
        for row in rows:
            if row.key == key:
                row.value = value
                return
        rows.append(self.meta(key, value))


def meta_value(rows: list[Meta], key: str) -> object:
    """The value of a key, or None."""
    return next((row.value for row in rows if row.key == key), None)
