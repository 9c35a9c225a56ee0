"""The basket of the moment and the held sales: small files beside the database, so that a killed program loses none.

A draft is no command and enters no journal. The window shows a change first; the file is written after it, on
a thread of its own, and is whole or not there. Holding a sale and taking it up again are one renaming each, so
that it never lies there twice. A draft bears the id that its order will have: one whose order exists was sold,
though the program was killed before it could take the file away, and is dropped at the next start.
"""

import logging
import re
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from posapp.domain.basket import Basket, Words
from posapp.domain.errors import Refused
from posapp.files import write_durably

FOLDER = "drafts"
CURRENT = "current.json"
MOST_BYTES = 2_000_000  # a basket of 500 lines is far smaller
_HELD = re.compile(r"held-([0-9A-Za-z-]{1,120})\.json")
_ID = re.compile(r"[0-9A-Za-z-]{1,120}")
log = logging.getLogger(__name__)


class Draft(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a file holds. `held_at` (aware UTC) and `held_by` are set while it is held."""

    basket: Basket
    held_at: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    held_by: Words = ""
    format: Literal[1] = 1


class Found(msgspec.Struct, frozen=True):
    """What was there at the start. `complaints` says in words what could not be read and was set aside."""

    basket: Basket | None = None
    complaints: tuple[str, ...] = ()


class Drafts:
    """The drafts of one data folder; without one they hold as long as the window does.

    `trouble` is called, on the writing thread, with what could not be saved, in words.
    """

    def __init__(self, data_folder: Path | None = None) -> None:
        self._folder = None if data_folder is None else data_folder / FOLDER
        self.trouble: Callable[[str], None] = log.warning
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="drafts")
        self._lock = threading.Lock()
        self._failing = self._finished = False
        self._newest = 0  # counts the baskets that came to be written; only the last one matters
        self._held: dict[str, Draft] = {}
        self.found = Found()  # what `load` found
        self.listeners: list[Callable[[], None]] = []  # called, where it was done, when other sales are held

    # --- at the start ---------------------------------------------------------------------------------

    def load(self, is_sold: Callable[[str], bool]) -> Found:
        """Read what is there; a draft whose order exists was sold and is dropped.

        A file that cannot be used is set aside under another name and told in words; nothing is ever lost.
        """
        complaints: list[str] = []
        current = self._read_one(CURRENT, is_sold, complaints)
        self._held = {}
        for name in self._names():
            draft = self._read_one(name, is_sold, complaints)
            if draft is not None:
                self._held[draft.basket.order_id] = draft
        self.found = Found(None if current is None else current.basket, tuple(complaints))
        return self.found

    def _names(self) -> list[str]:
        if self._folder is None:
            return []
        try:
            return sorted(path.name for path in self._folder.iterdir() if _HELD.fullmatch(path.name))
        except OSError:
            return []

    def _read_one(self, name: str, is_sold: Callable[[str], bool], complaints: list[str]) -> Draft | None:
        if self._folder is None:
            return None
        path = self._folder / name
        try:
            draft = _read(path)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, RecursionError) as error:
            log.warning("the draft %s cannot be used: %s", name, type(error).__name__)
            complaints.append(_set_aside(path))
            return None
        held = _HELD.fullmatch(name)
        if held is not None and held[1] != draft.basket.order_id:
            complaints.append(_set_aside(path))
            return None
        if is_sold(draft.basket.order_id):
            path.unlink(missing_ok=True)
            return None
        return draft

    # --- the basket of the moment ---------------------------------------------------------------------

    def keep(self, basket: Basket) -> None:
        """Have the basket written soon; returns at once. An empty one takes the file away."""
        with self._lock:
            self._newest += 1
            mine = self._newest
        self._submit(lambda: self._write_current(basket, mine))

    def _write_current(self, basket: Basket, mine: int) -> None:
        with self._lock:
            outdated = mine != self._newest
        if self._folder is None or outdated:
            return  # a later one waits behind this one
        if basket.is_empty:
            (self._folder / CURRENT).unlink(missing_ok=True)
        else:
            _write(self._folder / CURRENT, Draft(basket))

    # --- held sales -----------------------------------------------------------------------------------

    def held(self) -> tuple[Draft, ...]:
        """The held sales, the one that waits longest first."""
        return tuple(sorted(self._held.values(), key=lambda draft: (draft.held_at is None, draft.held_at)))

    def _tell(self) -> None:
        for listener in self.listeners:
            listener()

    def hold(self, basket: Basket, *, at: datetime, by: str) -> None:
        """Put the basket of the moment by, under its label; the place of the moment is free then."""
        draft = Draft(basket, at, by[:120])
        self._held[basket.order_id] = draft
        self._submit(lambda: self._move_away(draft))
        self._tell()

    def _move_away(self, draft: Draft) -> None:
        if self._folder is not None:
            current = self._folder / CURRENT
            _write(current, draft)
            current.replace(self._folder / f"held-{_named(draft)}.json")

    def take(self, order_id: str) -> Basket | None:
        """Make a held sale the basket of the moment; None where somebody took it already."""
        draft = self._held.pop(order_id, None)
        if draft is None:
            return None
        self._submit(lambda: self._move_back(draft))
        self._tell()
        return draft.basket

    def _move_back(self, draft: Draft) -> None:
        if self._folder is None:
            return
        try:
            (self._folder / f"held-{_named(draft)}.json").replace(self._folder / CURRENT)
        except FileNotFoundError:  # it could not be saved when it was held
            _write(self._folder / CURRENT, draft)

    def discard(self, order_id: str) -> Draft | None:
        """Throw a held sale away; gives it, so that it can be put back."""
        draft = self._held.pop(order_id, None)
        folder = self._folder
        if draft is not None and folder is not None:
            self._submit(lambda: (folder / f"held-{_named(draft)}.json").unlink(missing_ok=True))
        self._tell()
        return draft

    def put_back(self, draft: Draft) -> None:
        """Hold a sale again that was just thrown away."""
        self._held[draft.basket.order_id] = draft
        folder = self._folder
        if folder is not None:
            self._submit(lambda: _write(folder / f"held-{_named(draft)}.json", draft))
        self._tell()

    # --- the thread -----------------------------------------------------------------------------------

    def _submit(self, work: Callable[[], object]) -> None:
        if not self._finished:  # what a sale tells after the window is closed changes no file any more
            self._pool.submit(work).add_done_callback(self._done)

    def _done(self, writing: "Future[object]") -> None:
        error = writing.exception()
        was, self._failing = self._failing, error is not None
        if error is not None:
            log.error("a draft could not be saved", exc_info=error)
        if self._failing and not was:  # said once, not at every scan
            self.trouble(
                "This basket could not be saved on the disk. Selling goes on; finish this sale before you close posapp."
            )

    def settle(self) -> None:
        """Wait until everything is on the disk: for tests, which read it there."""
        self._pool.submit(lambda: None).result()

    def finish(self) -> None:
        """Write what waits, and wait for it: the window is closed."""
        self._finished = True
        self._pool.shutdown(wait=True)


def _read(path: Path) -> Draft:
    with path.open("rb") as file:
        raw = file.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise ValueError("too large")
    draft = msgspec.json.decode(raw, type=Draft)
    if not _ID.fullmatch(draft.basket.order_id):
        raise ValueError("not an id of ours")
    keys = [line.key for line in draft.basket.lines]
    if len(keys) != len(set(keys)):
        raise ValueError("two lines of one name")
    return draft


def _write(path: Path, draft: Draft) -> None:
    write_durably(path, msgspec.json.encode(draft).decode(), mode=0o600)


def _named(draft: Draft) -> str:
    """The part of a file's name that is an id; ours are nothing else, and no path may come in by one."""
    if not _ID.fullmatch(draft.basket.order_id):
        raise Refused("This sale cannot be held.", code="bad_id")
    return draft.basket.order_id


def _set_aside(path: Path) -> str:
    """Give a file that cannot be used another name, and say so."""
    aside = path.with_name(f"{path.stem}.damaged")
    what = "The basket" if path.name == CURRENT else "A held sale"
    with suppress(OSError):
        path.replace(aside)
        return f"{what} of before could not be read. Its file was set aside: {aside}"
    return f"{what} of before could not be read: {path}"
