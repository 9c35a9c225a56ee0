"""Proving who somebody is, by PIN or by badge: on a thread of its own, for the work is made to be slow."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Connection

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from argon2.low_level import Type, hash_secret_raw

from posapp.db import staff, staff_secrets
from posapp.desk import Also, Desk
from posapp.domain.pins import LOCK_OUT, badge_wait_s, check_badge, check_pin, wait_s

# RFC 9106, second recommendation: three passes, 64 MiB, four lanes. A tenth of a second, and as much for a thief.
HASHER = PasswordHasher(3, 64 * 1024, 4)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Who somebody proved to be, "" for nobody; then how long to wait before the next attempt."""

    name: str = ""
    wait_s: int = 0
    locked_out: bool = False

    @property
    def words(self) -> str:
        """What to tell somebody who was wrong."""
        if self.locked_out:
            return "Too many wrong attempts. A manager can set a new PIN, or wait an hour."
        if self.wait_s:
            return f"Not right. Wait {_span(self.wait_s)} before the next attempt."
        return "Not right. Try again."


class Pins:
    """Checks PINs and badges of one shop. Answers come as futures; nothing here blocks a window."""

    def __init__(self, desk: Desk, *, hasher: PasswordHasher = HASHER) -> None:
        """Read and write through the desk."""
        self._desk, self._hasher = desk, hasher
        self._nobody = ""  # what an unknown name is compared with, so that it takes as long
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="pins")

    def check_pin(self, name: str, pin: str) -> "Future[Verdict]":
        """Whether this is the PIN of somebody who works here."""
        return self._thread.submit(self._check_pin, name, pin)

    def check_badge(self, code: str) -> "Future[Verdict]":
        """Whose badge this is, of those who work here."""
        return self._thread.submit(self._check_badge, code)

    def keep_pin(self, name: str, pin: str) -> "Future[Also]":
        """Make what to hand to the desk with `NoteSecret`, so that the PIN's hash is kept. Raises `Refused`."""
        check_pin(pin)
        return self._thread.submit(self._pin_keeper, name, pin)

    def keep_badge(self, name: str, code: str) -> "Future[Also]":
        """The same for a badge. Raises `Refused`."""
        check_badge(code)
        return self._thread.submit(self._badge_keeper, name, code)

    def close(self) -> None:
        """Finish what was given; an attempt that is under way is counted already."""
        self._thread.shutdown()

    def _check_pin(self, name: str, pin: str) -> Verdict:
        now = self._desk.clock()
        kept, left = self._desk.write_now(lambda c: _begin(c, name, now, wait_s))
        if left:
            return Verdict("", left, kept.failures >= LOCK_OUT)
        if not self._matches(kept.pin_hash, pin):
            failures = kept.failures + 1
            return Verdict("", wait_s(failures, now, now), failures >= LOCK_OUT)
        return self._welcome(name)

    def _check_badge(self, code: str) -> Verdict:
        now = self._desk.clock()
        kept, left = self._desk.write_now(lambda c: _begin(c, staff_secrets.NOBODY, now, badge_wait_s))
        if left:
            return Verdict("", left)
        badge_hash = self._badge_hash(code)
        name = self._desk.write_now(lambda c: staff_secrets.badge_holder(c, badge_hash))
        return self._welcome(name) if name else Verdict("", badge_wait_s(kept.failures + 1, now, now))

    def _welcome(self, name: str) -> Verdict:
        def work(connection: Connection) -> bool:
            person = staff.person(connection, name)
            if person is None or not person.active:
                return False
            staff_secrets.note_right(connection, name)
            return True

        return Verdict(name) if self._desk.write_now(work) else Verdict()

    def _matches(self, pin_hash: str, pin: str) -> bool:
        self._nobody = self._nobody or self._hasher.hash("nobody's")
        try:
            self._hasher.verify(pin_hash or self._nobody, pin)
        except VerificationError:
            return False
        return bool(pin_hash)

    def _badge_hash(self, code: str) -> str:
        salt, cost = self._desk.write_now(staff_secrets.shop_salt), self._hasher
        parts = (code.encode(), salt, cost.time_cost, cost.memory_cost, cost.parallelism, 32, Type.ID)
        return hash_secret_raw(*parts).hex()

    def _pin_keeper(self, name: str, pin: str) -> Also:
        pin_hash = self._hasher.hash(pin)
        return lambda connection: staff_secrets.put_pin(connection, name, pin_hash, len(pin))

    def _badge_keeper(self, name: str, code: str) -> Also:
        badge_hash = self._badge_hash(code)
        return lambda connection: staff_secrets.put_badge(connection, name, badge_hash)


def without_badge(name: str) -> Also:
    """What to hand to the desk with `NoteSecret`, so that a badge is taken away."""
    return lambda connection: staff_secrets.put_badge(connection, name, "")


def forgotten(name: str) -> Also:
    """What to hand to the desk where nothing of PIN and badge shall stay."""
    return lambda connection: staff_secrets.forget(connection, name)


def _begin(
    connection: Connection, name: str, now: datetime, waits: Callable[[int, datetime | None, datetime], int]
) -> tuple[staff_secrets.Secret, int]:
    """What is kept of a person, and the wait; where there is none, the attempt is counted as wrong already."""
    known = name == staff_secrets.NOBODY or staff.person(connection, name) is not None
    kept = staff_secrets.secret(connection, name)
    if kept.failed_at is not None and kept.failed_at > now:  # the clock was put back: the wait begins anew
        staff_secrets.set_failed_at(connection, name, now)
    left = waits(kept.failures, kept.failed_at, now)
    if not left:
        staff_secrets.note_wrong(connection, name if known else staff_secrets.NOBODY, now)
    return kept, left


def _span(seconds: int) -> str:
    return f"{seconds} s" if seconds < 120 else f"{seconds // 60} minutes"
