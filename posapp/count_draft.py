"""The count at a close of day while it is being done: a small file, so that a killed program does not lose it.

It is no command and enters no journal. The screen shows a change first, the file is written after it, on a
thread of its own, and is whole or not there. One that belongs to another shift is of no use and is dropped.
"""

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Literal

import msgspec

from posapp.files import write_durably

FILE = Path("drafts") / "count.json"
MOST_BYTES = 100_000
log = logging.getLogger(__name__)


class Count(msgspec.Struct, frozen=True):
    """What was typed so far, as it was typed: the fields show it again."""

    shift_id: str
    pieces: dict[str, str] = {}  # by face value in minor units
    loose: str = ""
    counted: dict[str, str] = {}  # by method
    reason: str = ""
    format: Literal[1] = 1

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not (any(self.pieces.values()) or self.loose or any(self.counted.values()) or self.reason)


class CountDraft:
    """The draft of one data folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="count")

    def load(self, shift_id: str) -> Count:
        """What was typed for this shift; nothing where there is no file, or none that can be used."""
        try:
            with self._path.open("rb") as file:
                found = msgspec.json.decode(file.read(MOST_BYTES), type=Count)
        except FileNotFoundError:
            return Count(shift_id)
        except (OSError, ValueError, RecursionError) as error:
            log.warning("the draft of a count cannot be used: %s", type(error).__name__)
            return Count(shift_id)
        return found if found.shift_id == shift_id else Count(shift_id)

    def keep(self, count: Count) -> None:
        """Have it written soon; returns at once. An empty one takes the file away."""
        self._submit(count)

    def drop(self) -> None:
        """The shift is closed: the draft goes."""
        self._submit(None)

    def _submit(self, count: Count | None) -> None:
        self._pool.submit(self._write, count).add_done_callback(_complain)

    def _write(self, count: Count | None) -> None:
        if count is None or count.is_empty:
            self._path.unlink(missing_ok=True)
        else:
            write_durably(self._path, msgspec.json.encode(count).decode(), mode=0o600)

    def settle(self) -> None:
        """Wait until everything is on the disk: for tests, which read it there."""
        self._pool.submit(lambda: None).result()


def _complain(writing: "Future[None]") -> None:
    error = writing.exception()
    if error is not None:
        log.error("the draft of a count could not be saved", exc_info=error)
