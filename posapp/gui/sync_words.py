"""The state of the sync in words: what the sync line says, and what Sync and health explains."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from posapp.gui import text
from posapp.gui.post import SyncLine
from posapp.queries.outbox import OutboxCounts

CLOCK_OFF_S = 120  # as far apart as a connection test lets pass
STUCK_AFTER = timedelta(seconds=60)  # without a sign of life a look is slow


@dataclass(frozen=True, slots=True)
class LineWords:
    """What stands in the sync line: a dot or an icon, the words, and the word that invites."""

    words: str
    dot: str = ""
    icon: str = ""
    ink: str = "attention"
    action: str = ""


def clock_is_off(line: SyncLine) -> bool:
    """Whether this computer's clock is too far from the web's to say nothing."""
    return abs(line.skew_s) >= CLOCK_OFF_S


def is_slow(line: SyncLine, now: datetime) -> bool:
    """Whether somebody is there and lets us wait."""
    stuck = line.phase == "syncing" and line.moved_at is not None and now - line.moved_at >= STUCK_AFTER
    return line.phase == "slow" or stuck


NOTHING_WAITS = OutboxCounts(0, 0)


def line_words(
    line: SyncLine,
    last: datetime | None,
    zone: ZoneInfo,
    now: datetime,
    outbox: OutboxCounts = NOTHING_WAITS,
) -> LineWords:
    """Say how the sync stands; `last` is when the web was last read, by this window or by one before.

    What was refused comes before what goes well: it waits for a person.
    """
    at = text.when(last, zone, now) if last else ""
    if is_slow(line, now):
        ago = f"last web check {text.waiting(now - last)} ago" if last else "not read yet"
        return LineWords(f"Slow, {ago}", icon="hourglass", action="Review")
    if line.phase == "idle" and clock_is_off(line):
        return LineWords(f"Clock is off by {_apart(line)}", icon="clock-alert", action="Review")
    if line.phase == "idle" and outbox.refused:
        words = text.plural(outbox.refused, "change refused", "changes refused")
        return LineWords(words, icon="circle-alert", action="Review")
    if line.phase == "offline":
        return _offline(at, outbox.waiting)
    if line.phase == "syncing":
        far = f" {text.number(line.done)}/{text.number(line.total)}" if line.total else ""
        return LineWords(f"Syncing{far}", icon="refresh-cw", ink="text")
    return _PHASES.get(line.phase) or LineWords(f"Up to date {at}", dot="ok")


def _offline(at: str, waiting: int) -> LineWords:
    """Without a network: what waits to be sent, else when the web was read last."""
    rest = f"selling works, {text.number(waiting)} to send" if waiting else f"last web check {at}"
    return LineWords(f"Offline, {rest}" if waiting or at else "Offline", icon="cloud-off")


_PHASES = {
    "sign_in": LineWords("Sign in again", icon="key-round", action="Review"),
    "taken_over": LineWords("Another till serves the web shop", icon="circle-alert", action="Review"),
    "stopped": LineWords("Stopped", icon="pause", action="Go on"),
    "fault": LineWords("Looking failed, tries again", icon="circle-alert", action="Review"),
    "none": LineWords("No web shop connected", icon="unplug", ink="text"),
}


def explained(line: SyncLine, now: datetime) -> tuple[str, ...]:
    """What a person should know of it, in whole sentences: what keeps the web from being read, and the clock."""
    said: list[str] = []
    if line.phase in ("offline", "slow", "sign_in", "taken_over", "fault") and line.words:
        said.append(text.outside(line.words, 300))
    if is_slow(line, now):
        said.append("The web answers slowly. It is tried again by itself; everything on this till works on.")
    if clock_is_off(line):
        ahead = "ahead of" if line.skew_s > 0 else "behind"
        said.append(
            f"The clock of this computer is {_apart(line)} {ahead} the web shop's. Orders and payments from the web "
            "go by the web shop's own time. What is recorded here by hand (payments, refunds, stock) bears this "
            "computer's time: the day it counts on and its place among the others. Set the clock of this computer, "
            "then look again."
        )
    return tuple(said)


def _apart(line: SyncLine) -> str:
    return text.waiting(timedelta(seconds=abs(line.skew_s)))
