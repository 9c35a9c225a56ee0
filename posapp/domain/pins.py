"""PINs and badges: what may be one, and how long somebody waits who does not know it."""

from datetime import datetime, timedelta
from itertools import pairwise

from posapp.domain.errors import Refused

SHORTEST, LONGEST = 4, 6  # digits of a PIN
BADGE_SHORTEST, BADGE_LONGEST = 8, 128  # characters of a badge's barcode
# Seconds to wait after so many wrong PINs in a row; from LOCK_OUT on it is the last one.
WAITS_S = (0, 0, 0, 5, 15, 30, 60, 300, 900, 900, 3600)
LOCK_OUT = 10
BADGE_FREE, BADGE_WAIT_S = 5, 5  # a product held under the scanner is no attack


def check_pin(pin: str) -> None:
    """Raises `Refused` for what is no PIN, and for one that everybody tries first."""
    if not (SHORTEST <= len(pin) <= LONGEST and pin.isascii() and pin.isdigit()):
        raise Refused(f"A PIN has {SHORTEST} to {LONGEST} digits.", code="bad_pin")
    steps = {ord(later) - ord(sooner) for sooner, later in pairwise(pin)}
    if steps in ({0}, {1}, {-1}):
        raise Refused("Everybody tries that PIN first. Choose another one.", code="weak_pin")


def check_badge(code: str) -> None:
    """Raises `Refused` for what is no badge: a short one could be guessed."""
    if not (BADGE_SHORTEST <= len(code) <= BADGE_LONGEST and code.isprintable()):
        raise Refused(f"The barcode of a badge has {BADGE_SHORTEST} characters or more.", code="bad_badge")
    if len(set(code)) < 4:
        raise Refused("That barcode is too easy to guess. Print another one.", code="weak_badge")


def wait_s(failures: int, failed_at: datetime | None, now: datetime) -> int:
    """Whole seconds until the next attempt; 0: it may be made now.

    A clock that was put back does not lengthen it beyond the wait itself.
    """
    if failed_at is None:
        return 0
    whole = WAITS_S[min(failures, LOCK_OUT)]
    return _left(whole, failed_at, now)


def badge_wait_s(failures: int, failed_at: datetime | None, now: datetime) -> int:
    """The same for badges that nobody has."""
    if failed_at is None or failures < BADGE_FREE:
        return 0
    return _left(BADGE_WAIT_S, failed_at, now)


def _left(whole: int, failed_at: datetime, now: datetime) -> int:
    left = (failed_at + timedelta(seconds=whole) - now).total_seconds()
    return max(0, min(whole, -int(-left // 1)))
